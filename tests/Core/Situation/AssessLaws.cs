using System.Globalization;
using Safeconduct.Situation;
using Safeconduct.Situation.Figures;
using Safeconduct.Situation.Ties;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Status;
using Safeconduct.Statements.Kinds.Withdrawal;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Times;
using Xunit;

namespace Safeconduct.Tests.Core.Situation;

/// <summary>What holds for any statements: seeded, so that a failure can be repeated.</summary>
public sealed class AssessLaws
{
    [Fact]
    public void The_order_and_repetition_of_statements_changes_nothing()
    {
        foreach (var seed in Enumerable.Range(1, 40))
        {
            var random = new Random(seed);
            var statements = Invented(random, 60);
            var shuffled = statements.OrderBy(_ => random.Next()).Concat(statements.Where(_ => random.Next(3) == 0)).ToArray();
            Assert.Equal(Written(Say.Assessed(statements)), Written(Say.Assessed(shuffled)));
        }
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public void The_culture_of_the_machine_changes_nothing(string culture)
    {
        var statements = Invented(new Random(5), 80);
        var before = CultureInfo.CurrentCulture;
        var plain = Written(Say.Assessed(statements));
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);
            Assert.Equal(plain, Written(Say.Assessed(statements)));
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void Every_count_in_view_stands_in_some_row_whatever_is_added()
    {
        foreach (var seed in Enumerable.Range(1, 40))
        {
            var statements = Invented(new Random(seed), 50);
            for (var n = 10; n <= 50; n += 10)
            {
                var shown = Say.Assessed([.. statements.Take(n)]).Figures.SelectMany(f => f.PerSource).SelectMany(r => r.Now.Concat(r.Earlier)).Select(c => c.Id).ToHashSet();
                Assert.All(statements.Take(n).Where(s => s.Said is Headcount), s => Assert.Contains(s.Id, shown));
            }
        }
    }

    [Fact]
    public void What_is_known_only_grows()
    {
        var statements = Invented(new Random(9), 120);
        var days = Enumerable.Range(1, 12).Select(d => Moment.Parse($"2031-05-{d:00}").Earliest(Say.Operation.Zone)).ToList();
        foreach (var known in Enum.GetValues<Known>())
        {
            HashSet<StatementId> before = [];
            foreach (var day in days)
            {
                var now = Assess.Of(statements, Say.Operation, new View(Lens.All, day, known)).Statements.Select(s => s.Id).ToHashSet();
                Assert.Superset(before, now);
                before = now;
            }
        }
    }

    [Fact]
    public void Ids_and_phrases_are_unique_and_every_dispute_named_exists()
    {
        foreach (var seed in Enumerable.Range(1, 40))
        {
            var assessed = Say.Assessed(Invented(new Random(seed), 80));
            Assert.Equal(assessed.Figures.Count, assessed.Figures.Select(f => f.Id).Distinct().Count());
            Assert.Equal(assessed.Figures.Count, assessed.Figures.Select(f => f.What).Distinct().Count());
            Assert.Equal(assessed.Disputes.Count, assessed.Disputes.Select(d => d.Id).Distinct().Count());
            Assert.All(assessed.Figures.Where(f => f.Dispute is not null), f => Assert.Contains(f.Dispute, assessed.Disputes.Select(d => d.Id)));
        }
    }

    [Fact]
    public void No_disputed_pair_holds_together_and_every_pair_that_does_not_is_disputed()
    {
        foreach (var seed in Enumerable.Range(1, 60))
        {
            var random = new Random(seed);
            string[] kinds = ["{0}", "about {0}", "nearly {0}", "at least {0}", "up to {0}"];
            var statements = Enumerable.Range(1, random.Next(2, 9))
                .Select(i => Say.Total($"S{i}", $"source-{i}", Say.Bound(string.Format(CultureInfo.InvariantCulture, kinds[random.Next(kinds.Length)], random.Next(10, 200)))))
                .ToList();
            var pairs = Say.Assessed([.. statements]).Disputes
                .SelectMany(d => d.Sides[0].SelectMany(a => d.Sides[1].Select(b => (a.Value, b.Value)))).ToHashSet();
            foreach (var a in statements)
            {
                foreach (var b in statements)
                {
                    var (lower, higher) = (((Headcount)a.Said).Counted.Bound, ((Headcount)b.Said).Counted.Bound);
                    var apart = Enumerable.Range(0, 400).All(n => !(Allows(lower, n) && Enumerable.Range(0, 400).Any(m => m == n && Allows(higher, m))))
                        && (lower.High ?? long.MaxValue) < (higher.Low ?? 0);
                    Assert.Equal(apart, pairs.Contains((a.Id.Value, b.Id.Value)));
                }
            }
        }
    }

    [Fact]
    public void A_hundred_thousand_statements_are_assessed()
    {
        var assessed = Say.Assessed(Invented(new Random(1), 100_000, days: 25));
        Assert.Equal(100_000, assessed.Statements.Count);
        Assert.NotEmpty(assessed.Disputes);
    }

    private static bool Allows(Bound bound, long n) =>
        (bound.LeastWithin(10) is not { } least || n >= least) && (bound.MostWithin(10) is not { } most || n <= most);

    private static Statement[] Invented(Random random, int howMany, int days = 9)
    {
        Category[] categories = [Category.Everyone, Category.Everyone, Category.Civilians, Category.Fighters, Category.Children];
        string[] bounds = ["{0}", "about {0}", "at least {0}", "more than {0}", "up to {0}", "many", "not known"];
        string?[] batches = [null, null, null, "first convoy", "ten batches", "nine convoys"];
        string?[] to = [null, "hill", "valley", "new-city", "abroad"];
        return [.. Enumerable.Range(1, howMany).Select(i =>
        {
            var id = $"S{i:000000}";
            var source = $"body-{random.Next(12)}/office-{random.Next(3)}";
            var day = random.Next(1, days + 1);
            var about = $"2031-05-01/2031-05-{day:00}";
            var saidAt = random.Next(2) == 0 ? $"2031-05-{Math.Min(28, day + random.Next(3)):00}" : $"2031-05-{day:00}T{random.Next(24):00}:00+02:00";
            var bound = Say.Bound(string.Format(CultureInfo.InvariantCulture, bounds[random.Next(bounds.Length)], random.Next(0, 40) * 500));
            Link[] links = i > 1 && random.Next(6) == 0 ? [new Link((Relation)random.Next(9), new StatementId($"S{random.Next(1, i):000000}"))] : [];
            return random.Next(12) switch
            {
                0 => Say.That(id, source, new Status(SubjectKind.Operation, (State)random.Next(11)), about, saidAt, modality: (Modality)random.Next(2)),
                1 when i > 1 => Say.That(id, source, new Withdrawal(new StatementId($"S{random.Next(1, i):000000}"), "a slip"), about, saidAt),
                2 or 3 => Say.That(id, source, new Headcount(Measure.Remaining, Say.People(bound, categories[random.Next(categories.Length)])), about, saidAt, links: links),
                _ => Say.That(id, source, new Headcount(Measure.Left, Say.People(bound, categories[random.Next(categories.Length)]), random.Next(3) > 0, Batch: batches[random.Next(batches.Length)]), about, saidAt, to: to[random.Next(to.Length)], links: links),
            };
        })];
    }

    private static string Written(Assessed assessed) => string.Join('\n', assessed.Figures.Select(Written)
        .Concat(assessed.Disputes.Select(d => $"{d.Id} {d.Kind} {string.Join('|', d.Sides.Select(s => s.Ids()))} {d.Why} {d.Figure} {d.Amount}"))
        .Concat(assessed.Conflicts.Select(c => $"{c.Id} {Written(c.Proof)}"))
        .Concat(assessed.Derived.Select(d => $"{d.Id} {d.What} {d.Low}..{d.High} {d.LowSupport.Ids()}|{d.HighSupport.Ids()} {string.Join(';', d.Sums.Select(s => $"{s.Source} {s.Result} {s.Ids.Ids()}"))}"))
        .Concat(assessed.SameOrigin.Select(g => $"{g.Ids.Ids()} {g.Why}"))
        .Concat(assessed.Status.SelectMany(s => s.States.Select(t => $"{s.What} {t.State} {t.Since} {string.Join(';', t.SaidBy.Concat(t.DeniedBy).Select(v => $"{v.Source} {v.Ids.Ids()} {v.When} {v.Origin} {v.StillStands}"))}"))));

    private static string Written(Figure f) =>
        $"{f.Id} {f.What} {f.Low}..{f.High} {f.LowSupport.Ids()}|{f.HighSupport.Ids()} {f.Dispute} {f.Approximate} "
        + $"{f.Together?.Consensus?.Low}..{f.Together?.Consensus?.High} {Written(f.Together?.Consensus?.LowProof)} {Written(f.Together?.Consensus?.HighProof)} {string.Join(',', (f.Together?.Without ?? []).Select(w => $"{w.Source} {Shown.Number(w.Low)}"))} "
        + string.Join(';', f.PerSource.Select(r => $"{r.Source} {r.Low}..{r.High} [{string.Join(',', r.Now.Select(c => $"{c.Id} {c.Bound} {c.Words}"))}] [{string.Join(',', r.Earlier.Select(c => $"{c.Id} {c.Bound} {c.Words}"))}]"));

    private static string Written(Proof? proof) => proof is null ? "" : $"{string.Join(';', proof.Lines.Select(l => $"{l.Id} {l.Says} {Shown.Number(l.Amount)} {Shown.Number(l.Times)}"))} {Shown.Number(proof.Times)} {Shown.Number(proof.Adds)}";
}
