using Safeconduct.Reports;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Movement;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;
using Safeconduct.Tests.Core.Situation;
using Xunit;

namespace Safeconduct.Tests.Reports.Leaving;

/// <summary>
/// Trying to work out what was covered. The attacker here is slow and plain and shares nothing with the mechanism: it reads the statements shown, tries every way in which people can have
/// left, and keeps those ways that fit every number shown.
/// </summary>
public sealed class AttackTests
{
    private const int Below = 5;

    /// <summary>The most of a kind that leave on a day, and the most that the attacker tries: no less than all who leave on a day, or its own limit would tell it something.</summary>
    private const int Most = 5;
    private const int Reach = 15;

    private static readonly Category[] Kinds = [Category.Women, Category.Men, Category.Children];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_covered_count_of_a_table_over_days_and_categories_can_be_narrowed_by_trying_every_number(int seed)
    {
        var random = new Random(seed);
        var (covered, withheld) = (0, 0);
        for (var trial = 0; trial < 12; trial++)
        {
            var truth = Enumerable.Range(0, 6).Select(_ => random.Next(0, Most + 1)).ToArray();
            var statements = Enumerable.Range(1, random.Next(2, 7)).Select(n => Told(n, truth, random)).ToList();
            var edition = Edition.Of(statements, Say.Operation, Settings());
            withheld += edition.Withheld;
            covered += CheckedByTrying(statements, edition.Shown, $"seed {seed}, trial {trial}");
        }

        Assert.InRange(covered, 10, int.MaxValue);
        Assert.InRange(withheld, 0, 24);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    public void A_statement_keeps_its_form_however_the_record_grows_so_that_no_two_editions_tell_more_than_one(int seed)
    {
        var random = new Random(seed);
        for (var trial = 0; trial < 15; trial++)
        {
            var truth = Enumerable.Range(0, 6).Select(_ => random.Next(1, 6)).ToArray();
            var statements = Enumerable.Range(1, 7).Select(n => Told(n, truth, random)).ToList();
            var whole = Edition.Of(statements, Say.Operation, Settings()).Shown.ToDictionary(s => s.Id);
            for (var known = 1; known < statements.Count; known++)
            {
                var earlier = Edition.Of([.. statements.Take(known)], Say.Operation, Settings()).Shown;
                Assert.Equal(earlier.Select(s => s.Id), whole.Keys.Where(id => statements.FindIndex(s => s.Id == id) < known));
                Assert.All(earlier, s => Assert.Equal(s.Said.ToString(), whole[s.Id].Said.ToString()));
            }
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(21)]
    public void Nobody_held_on_the_way_can_be_counted_from_who_left_and_who_arrived_or_from_the_vehicles(int seed)
    {
        var random = new Random(seed);
        var covered = 0;
        for (var trial = 0; trial < 25; trial++)
        {
            int[] bus = [random.Next(1, 9), random.Next(1, 9), random.Next(1, 9)];
            var (held, off) = (random.Next(0, 4), random.Next(0, 3));
            var arrived = Math.Max(0, bus.Sum() - held - off);
            List<(Statement Statement, Func<int[], int, int, int, int> Of)> told =
            [
                (Way("left", Measure.Left, bus.Sum(), "convoy 3"), (b, _, _, _) => b.Sum()),
                (Way("arrived", Measure.Arrived, arrived, "convoy 3"), (_, _, _, a) => a),
                (Way("held", Measure.Held, held, "convoy 3"), (_, h, _, _) => h),
                (Way("off", Measure.GotOff, off, "convoy 3"), (_, _, o, _) => o),
                (Way("bus-1", Measure.Left, bus[0], "convoy 3, bus 11"), (b, _, _, _) => b[0]),
                (Way("bus-2", Measure.Left, bus[1], "convoy 3, bus 12"), (b, _, _, _) => b[1]),
                (Way("bus-3", Measure.Left, bus[2], "convoy 3, bus 13"), (b, _, _, _) => b[2]),
            ];
            told = [.. told.OrderBy(_ => random.Next()).Take(random.Next(3, 8))];
            var shown = Edition.Of([.. told.Select(t => t.Statement), Way("end", Measure.Arrived, 0, "convoy 3") with { Said = new Movement(Step.Arrived, "convoy 3") }], Say.Operation, Settings()).Shown.ToDictionary(s => s.Id);
            var seen = told.Where(t => shown.ContainsKey(t.Statement.Id)).Select(t => (t.Statement, Shown: Interval(((Headcount)shown[t.Statement.Id].Said).Counted.Bound), t.Of)).ToList();
            var values = seen.Select(_ => new HashSet<int>()).ToList();
            IEnumerable<int> In(string id) => seen.Find(s => s.Statement.Id.Value == id) is { Statement: not null } s ? Enumerable.Range((int)s.Shown.Least, (int)Math.Min(s.Shown.Most, 26) - (int)s.Shown.Least + 1) : Enumerable.Range(0, 27);
            foreach (var (b, h, o, a) in from x in In("bus-1") from y in In("bus-2") from z in In("bus-3")
                                         where x + y + z <= 26
                                         from h in In("held") from o in In("off") where h + o <= x + y + z from a in In("arrived")
                                         where a + h + o <= x + y + z
                                         select (new[] { x, y, z }, h, o, a))
            {
                if (seen.TrueForAll(s => s.Of(b, h, o, a) >= s.Shown.Least && s.Of(b, h, o, a) <= s.Shown.Most))
                {
                    for (var i = 0; i < seen.Count; i++)
                    {
                        values[i].Add(seen[i].Of(b, h, o, a));
                    }
                }
            }

            foreach (var (s, possible) in seen.Zip(values).Where(p => ((Headcount)p.First.Statement.Said).Counted.Bound.High is > 0 and < Below))
            {
                covered++;
                Assert.True(Enumerable.Range(1, Below - 1).All(possible.Contains), $"seed {seed}, trial {trial}: {s.Statement.Id} can only be {string.Join(", ", possible.Order())}\n{string.Join('\n', told.Select(t => $"{t.Statement.Id} {t.Statement.Wording}  ->  {(shown.TryGetValue(t.Statement.Id, out var f) ? f.Wording : "withheld")}"))}");
            }
        }

        Assert.InRange(covered, 20, int.MaxValue);
    }

    private static int CheckedByTrying(List<Statement> statements, IReadOnlyList<Statement> shown, string where)
    {
        var forms = shown.ToDictionary(s => s.Id);
        var cells = new List<(string Name, bool IsSmall, int[] Terms, (long Least, long Most) Seen)>();
        foreach (var statement in statements.Where(s => forms.ContainsKey(s.Id)))
        {
            var (was, now) = ((Headcount)statement.Said, (Headcount)forms[statement.Id].Said);
            foreach (var (one, other) in was.Parts.Prepend(was.Counted).Zip(now.Parts.Prepend(now.Counted)))
            {
                var n = one.Bound.High!.Value;
                cells.Add(($"{statement.Id} {one.Category}", n is > 0 and < Below, Terms(one.Category, statement), Interval(other.Bound)));
                Assert.InRange(n, cells[^1].Seen.Least, cells[^1].Seen.Most);
            }
        }

        var possible = cells.Select(_ => new HashSet<int>()).ToList();
        var way = new int[6];
        void Try(int at)
        {
            // What was put in so far is no more than any count says, and what is still to come can reach what each says at least.
            if (!cells.TrueForAll(c => c.Terms.Where(t => t < at).Sum(t => way[t]) is var n && n <= c.Seen.Most && n + (Reach * c.Terms.Count(t => t >= at)) >= c.Seen.Least))
            {
                return;
            }

            if (at == way.Length)
            {
                for (var i = 0; i < cells.Count; i++)
                {
                    possible[i].Add(cells[i].Terms.Sum(t => way[t]));
                }

                return;
            }

            for (way[at] = 0; way[at] <= Reach; way[at]++)
            {
                Try(at + 1);
            }
        }

        var covered = Enumerable.Range(0, cells.Count).Where(i => cells[i].IsSmall).ToList();
        if (covered.Count == 0)
        {
            return 0;
        }

        Try(0);
        Assert.NotEmpty(possible[0]);
        Assert.All(covered, i => Assert.True(
            Enumerable.Range(1, Below - 1).All(possible[i].Contains),
            $"{where}: {cells[i].Name} can only be {string.Join(", ", possible[i].Order())}\n{string.Join('\n', statements.Select(s => $"{s.About} {s.Wording}  ->  {(forms.TryGetValue(s.Id, out var f) ? f.Wording : "withheld")}"))}"));
        return covered.Count;
    }

    /// <summary>Which of the six unknowns a count adds up: three categories on two days.</summary>
    private static int[] Terms(Category category, Statement statement) =>
        [.. from day in statement.About.IsInterval ? new[] { 0, 1 } : [statement.About.Start.Date.Day - 1] from k in Enumerable.Range(0, 3) where category.Contains(Kinds[k]) select (day * 3) + k];

    private static (long Least, long Most) Interval(Bound bound) => bound switch
    {
        { IsNotKnown: true } => (0, long.MaxValue),
        { HighIsStrict: true, High: Below, Low: null } => (1, Below - 1),
        _ => (bound.Least ?? 0, bound.Most ?? long.MaxValue),
    };

    private static Statement Told(int n, int[] truth, Random random)
    {
        var when = random.Next(3);
        var about = when switch { 0 => "2031-05-01", 1 => "2031-05-02", _ => "2031-05-01/2031-05-02" };
        var empty = Statement(n, new Headcount(Measure.Left, Say.People(Bound.Exactly(0))), about);
        var category = random.Next(2) == 0 ? Category.Everyone : Kinds[random.Next(3)];
        Counted Of(Category c) => Say.People(Bound.Exactly(Terms(c, empty).Sum(t => truth[t])), c);
        var parts = category == Category.Everyone && random.Next(2) == 0 ? Kinds.Where(_ => random.Next(3) > 0).Select(Of).ToList() : [];
        return Statement(n, new Headcount(Measure.Left, Of(category), IsRunningTotal: when == 2, Including: parts.Count > 0 ? parts : null), about);
    }

    private static Statement Statement(int n, Said said, string about) =>
        Say.That($"T-{n}", "own/osier", said, about, kind: SourceKind.OwnObservers, from: "hill") with { Handling = Handling.Public, Consent = Consent.NotNeeded };

    private static Statement Way(string id, Measure measure, int n, string batch) =>
        Say.That(id, "own/osier", new Headcount(measure, Say.People(Bound.Exactly(n)), Batch: batch), "2031-05-01T10:00+02:00", from: "hill") with { Handling = Handling.Public, Consent = Consent.NotNeeded };

    private static ReportSettings Settings() => new("X/1", "Invented", Moment.Parse("2031-05-20").Earliest(Say.Operation.Zone), Audience.Public);
}
