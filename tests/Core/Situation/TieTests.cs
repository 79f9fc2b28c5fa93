using System.Globalization;
using Safeconduct.Situation;
using Safeconduct.Situation.Derived;
using Safeconduct.Situation.Ties;
using Safeconduct.Statements;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Xunit;

namespace Safeconduct.Tests.Core.Situation;

/// <summary>What holds together: rules among quantities, ranges that add up, conflicts with their proof.</summary>
public sealed class TieTests
{
    private const string First = "left.people.all.old-city.2031-05-01/2031-05-02.said";
    private const string Later = "left.people.all.old-city.2031-05-01/2031-05-04.said";

    /// <summary>Each row: what is said (day, bound, category or batch; "d2-d3" a count over days), and what holds together on one figure.</summary>
    [Theory]
    [InlineData("2 1000; 4 at least 500", Later, "1000..")] // a running total does not fall
    [InlineData("2 1000; 4 1500; fighters 2 at least 1200", First, "conflict S1 S3")] // a part above its whole
    [InlineData("2 at least 400; 4 1500", First, "400..1500")] // nor is the earlier one above the later
    [InlineData("2 1000; d3-d4 300; 4 at least 1", Later, "1300..1300")] // consecutive days add
    [InlineData("2 1000; d3-d4 300; 4 1299", Later, "conflict S1 S2 S3")] // and three statements may fail only together
    [InlineData("2 about 1000; d3-d4 300; 4 1299", Later, "1299..1299")] // what rounding explains is no conflict
    [InlineData("women 2 300; children 2 400; 2 at least 1", First, "700..")] // disjoint parts add
    [InlineData("women 2 300; fighters 2 400; 2 at least 1", First, "400..")] // women may be fighters: overlapping parts do not
    [InlineData("women 2 300; children 2 400; men 2 50; 2 at least 1", First, "750..750")] // all there are
    [InlineData("2@ten batches 8000; 2@nine batches 6500; 2 at least 1", First, "8000..")] // fewer batches hold fewer people
    [InlineData("2@nine batches 8000; 2@ten batches 6500", First, "conflict S1 S2")] // and never more
    [InlineData("2@first 24 hours 9500; 2 6462", First, "conflict S1 S2")] // part of the time above all of it
    [InlineData("2@first 24 hours 6462; 2 9500", First, "9500..9500")]
    public void What_is_said_of_tied_quantities_holds_together_or_is_in_conflict(string said, string figure, string holds)
    {
        var assessed = Say.Assessed([.. said.Split(';', StringSplitOptions.TrimEntries).Select((words, i) => Said($"S{i + 1}", words))]);
        var together = assessed.Figures.Single(f => f.Id == figure).Together!;
        Assert.Equal(holds, together.Consensus is { } c
            ? string.Create(CultureInfo.InvariantCulture, $"{c.Low}..{c.High}")
            : $"conflict {assessed.Conflicts.Single(k => together.Conflicts.Contains(k.Id)).Ids.Ids()}");
    }

    [Fact]
    public void A_proof_is_a_column_that_adds_up()
    {
        var assessed = Say.Assessed(Said("S1", "2 about 3000"), Said("S2", "4 more than 15000"), Said("S3", "d3-d4 at least 1"));
        var proof = assessed.Figure("left.people.all.old-city.2031-05-03/2031-05-04.said").Together!.Consensus!.LowProof!;
        Assert.Equal((11701, 1), (proof.Adds, proof.Times));
        Assert.Equal(["S1 -3300", "S2 15001", "Days 0"], proof.Lines.Select(l => $"{(l.Id is { } id ? id.Value : l.Rule.ToString())} {l.Amount}"));
    }

    [Fact]
    public void A_contested_figure_says_what_fits_without_each_side()
    {
        var together = Say.Assessed(Said("S1", "2 8079"), Said("S2", "2 more than 9500"), Said("S3", "2 about 8500"), Said("S4", "2 at least 6000")).Figure(First).Together!;
        Assert.Null(together.Consensus);
        Assert.Equal(["of-S2 8079..8079"], together.Without.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Source.Id} {w.Low}..{w.High}")));
    }

    [Fact]
    public void A_source_that_gives_two_numbers_at_once_binds_nobody_to_either() =>
        Assert.Empty(Say.Assessed(
            Say.Total("S1", "one", Say.Bound("8461")), Say.Total("S2", "one", Say.Bound("10724"))).Conflicts);

    [Fact]
    public void Those_killed_in_a_district_are_among_those_killed_in_the_town_and_among_those_harmed()
    {
        var assessed = Say.Assessed(
            Say.That("S1", "a", new Headcount(Measure.Killed, Say.People(Say.Bound("6")), Batch: null)),
            Say.That("S2", "b", new Headcount(Measure.Killed, Say.People(Say.Bound("4"))), from: "town"),
            Say.That("S3", "c", new Headcount(Measure.Harmed, Say.People(Say.Bound("5")))));
        Assert.Equal(["S1 S2", "S1 S3"], assessed.Conflicts.Select(c => c.Ids.Ids()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Departures_by_two_crossings_add_up_to_at_most_all_of_them()
    {
        Statement By(string id, string gate, string bound) => Say.That(id, "post", new Headcount(Measure.Left, Say.People(Say.Bound(bound)))) with { Where = new Scope(new PlaceId("old-city"), Via: new PlaceId(gate)) };
        var all = Say.That("S3", "c", new Headcount(Measure.Left, Say.People(Say.Bound("450"))));
        Assert.Equal("S1 S2 S3", Assert.Single(Say.Assessed(By("S1", "hill", "300"), By("S2", "valley", "200"), all).Conflicts).Ids.Ids());
        Assert.Empty(Say.Assessed(By("S1", "hill", "300"), By("S2", "valley", "100"), all).Conflicts);

        // A source that names only one way may mean everybody: then 300 and 450 are one quantity.
        Assert.Equal("S1 S3", Assert.Single(Say.Assessed(By("S1", "hill", "300"), all).Conflicts).Ids.Ids());
    }

    [Fact]
    public void Whoever_was_inside_before_is_inside_later_or_has_left_or_was_killed()
    {
        Statement[] Said(string later) =>
        [
            Say.Inside("S1", "a", Say.Bound("5000"), day: "2031-05-01"),
            Say.Inside("S2", "b", Say.Bound(later), day: "2031-05-04"),
            Say.That("S3", "c", new Headcount(Measure.Left, Say.People(Say.Bound("3000"))), "2031-05-01/2031-05-04"),
            Say.That("S4", "d", new Headcount(Measure.Killed, Say.People(Say.Bound("up to 20"))), "2031-05-01/2031-05-04"),
        ];
        Assert.Equal("S1 S2 S3 S4", Assert.Single(Say.Assessed(Said("1500")).Conflicts).Ids.Ids());
        Assert.Empty(Say.Assessed(Said("1980")).Conflicts);
        Assert.Empty(Say.Assessed(Said("1500")[..3]).Conflicts);
    }

    [Fact]
    public void Leaving_a_district_is_not_leaving_the_town() =>
        Assert.Empty(Say.Assessed(
            Say.That("S1", "a", new Headcount(Measure.Left, Say.People(Say.Bound("600")))),
            Say.That("S2", "b", new Headcount(Measure.Left, Say.People(Say.Bound("400"))), from: "town")).Conflicts);

    /// <summary>Every proof shown, read again from its lines alone: amounts add up, and a conflict leaves more than nothing.</summary>
    [Fact]
    public void Every_proof_of_random_statements_adds_up_from_its_lines_and_every_conflict_is_minimal()
    {
        var (proofs, conflicts) = (0, 0);
        foreach (var seed in Enumerable.Range(1, 200))
        {
            var statements = Random(new Random(seed));
            var assessed = Say.Assessed(statements);
            foreach (var consensus in assessed.Figures.Select(f => f.Together?.Consensus).OfType<Consensus>())
            {
                Adds(consensus.LowProof, n => -(-n.Adds / n.Times) >= consensus.Low || ((n.Adds + n.Times - 1) / n.Times) == consensus.Low);
                Adds(consensus.HighProof, n => n.Adds / n.Times == consensus.High);
            }

            foreach (var conflict in assessed.Conflicts)
            {
                Adds(conflict.Proof, n => n.Adds > 0);
                conflicts++;
                foreach (var spared in conflict.Ids)
                {
                    Assert.Empty(Say.Assessed([.. statements.Where(s => conflict.Ids.Contains(s.Id) && s.Id != spared)]).Conflicts);
                }
            }
        }

        Assert.True(proofs > 500 && conflicts > 100, $"too little was tried: {proofs} proofs, {conflicts} conflicts");

        void Adds(Proof? proof, Func<Proof, bool> holds)
        {
            if (proof is not null)
            {
                proofs++;
                Assert.Equal(proof.Adds, proof.Lines.Sum(l => l.Amount));
                Assert.True(holds(proof));
                Assert.All(proof.Lines, l => Assert.True(l.Id is not null || l.Amount == 0));
            }
        }
    }

    [Fact]
    public void One_more_statement_never_widens_what_holds_together_and_a_wider_one_never_narrows_it()
    {
        foreach (var seed in Enumerable.Range(1, 200))
        {
            var random = new Random(seed);
            var statements = Random(random);
            var before = Say.Assessed(statements[..^1]);
            var after = Say.Assessed(statements);
            var wider = Say.Assessed([.. statements.Select(s => random.Next(3) == 0 ? Widened(s) : s)]);
            if (after.Conflicts.Count > 0)
            {
                continue;
            }

            foreach (var figure in before.Figures.Where(f => !f.Id.Contains("latest", StringComparison.Ordinal)))
            {
                var (was, now, wide) = (figure.Together!.Consensus!, after.Figure(figure.Id).Together!.Consensus!, wider.Figure(figure.Id).Together!.Consensus!);
                Assert.True(now.Low >= was.Low && (was.High is null || now.High <= was.High), $"{seed} {figure.Id}");
                Assert.True(wide.Low <= now.Low && (now.High is null || wide.High is null || wide.High >= now.High), $"{seed} {figure.Id}");
            }
        }
    }

    [Theory]
    [InlineData("2 about 8500; 4 16000", "left.people.all.old-city.2031-05-03/2031-05-04.derived", "about 7,500", Derivation.BetweenTotals)]
    [InlineData("d1-d2 600; d3-d4 400", "left.people.all.old-city.2031-05-01/2031-05-04.derived", "1,000", Derivation.SumOfParts)]
    [InlineData("d1-d2 600; d3-d4 more than 400", "left.people.all.old-city.2031-05-01/2031-05-04.derived", "more than 1,000", Derivation.SumOfParts)]
    public void Figures_are_worked_out_from_one_sources_own_numbers(string said, string id, string result, Derivation how)
    {
        var derived = Say.Assessed([.. said.Split(';', StringSplitOptions.TrimEntries).Select((words, i) => Said($"S{i + 1}", words, "one"))]).Derived.Single(d => d.Id == id);
        Assert.Equal((result, how), (derived.Sums.Single().Result.ToString(), derived.How));
        Assert.Equal("S1 S2", derived.Sums.Single().Ids.Ids());
        Assert.Equal(result.StartsWith("more", StringComparison.Ordinal), derived.Low is null);
    }

    [Fact]
    public void Two_sources_are_never_worked_into_one_sum() =>
        Assert.Empty(Say.Assessed(Said("S1", "2 8500"), Said("S2", "4 16000")).Derived);

    [Fact]
    public void A_rest_is_a_whole_less_its_part_and_not_shown_where_it_was_said()
    {
        var whole = Say.That("S1", "a", new Headcount(Measure.Left, Say.People(Say.Bound("951")), Including: [Say.People(Say.Bound("200"), Category.Fighters)]));
        Assert.Equal("left.people.all-other-than-fighters.old-city.2031-05-01.derived 751 751", Say.Assessed(whole).Derived.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Id} {d.Low} {d.High}")).Single());
    }

    private static Statement Said(string id, string words, string? source = null)
    {
        var (category, rest) = Named(words);
        var space = rest.IndexOf(' ', StringComparison.Ordinal);
        var (when, bound) = (rest[..space], rest[(space + 1)..]);
        string? short_ = null;
        if (when.Contains('@'))
        {
            // "2@first 24 hours 6462": the last word is the number.
            var last = rest.LastIndexOf(' ');
            (when, short_, bound) = (rest[..rest.IndexOf('@', StringComparison.Ordinal)], rest[(rest.IndexOf('@', StringComparison.Ordinal) + 1)..last], rest[(last + 1)..]);
        }

        var isBatches = short_?.EndsWith("batches", StringComparison.Ordinal) == true;
        return when.StartsWith('d')
            ? Say.That(id, source ?? $"of-{id}", new Headcount(Measure.Left, Say.People(Say.Bound(bound), category)), $"2031-05-0{when[1]}/2031-05-0{when[4]}")
            : Say.Total(id, source ?? $"of-{id}", Say.Bound(bound), $"2031-05-0{when}", category, isBatches ? short_ : null, isBatches ? null : short_);
    }

    private static (Category?, string) Named(string words)
    {
        foreach (var (name, category) in new[] { ("women ", Category.Women), ("children ", Category.Children), ("men ", Category.Men), ("fighters ", Category.Fighters) })
        {
            if (words.StartsWith(name, StringComparison.Ordinal))
            {
                return (category, words[name.Length..]);
            }
        }

        return (null, words);
    }

    private static Statement[] Random(Random random)
    {
        string[] categories = ["", "", "", "women ", "children ", "fighters "];
        string[] bounds = ["{0}", "about {0}", "at least {0}", "up to {0}", "more than {0}"];
        return
        [
            .. Enumerable.Range(1, random.Next(3, 9)).Select(i =>
            {
                var from = random.Next(1, 5);
                var when = random.Next(3) == 0 ? $"d{from}-d{random.Next(from, 5)}" : $"{random.Next(1, 5)}";
                return Said($"S{i}", categories[random.Next(categories.Length)] + when + " " + string.Format(CultureInfo.InvariantCulture, bounds[random.Next(bounds.Length)], random.Next(0, 30) * 10));
            }),
        ];
    }

    private static Statement Widened(Statement statement)
    {
        var headcount = (Headcount)statement.Said;
        var bound = headcount.Counted.Bound;
        var wider = bound switch
        {
            { Low: { } low, High: { } high } => Bound.Between(low - (low / 5), high + (high / 5) + 1, bound.IsApproximate),
            { Low: { } low } => Bound.AtLeast(low / 2),
            _ => Bound.UpTo((bound.High ?? 0) * 2),
        };
        return statement with { Said = headcount with { Counted = Say.People(wider, headcount.Counted.Category) } };
    }
}
