using Safeconduct.Reports;
using Safeconduct.Statements;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;
using Safeconduct.Tests.Core.Situation;
using Xunit;

namespace Safeconduct.Tests.Reports.Leaving;

/// <summary>A record grows, and what was decided stays: carried on, read from the start, or cut off before the newest, each statement leaves the room in one form.</summary>
public sealed class GrowingTests
{
    private static readonly Category[] Kinds = [Category.Women, Category.Men, Category.Children, Category.Everyone];

    [Theory]
    [InlineData(1, 20, 3)]
    [InlineData(2, 30, 9)]
    [InlineData(3, 75, 60)]
    public void A_growing_record_carried_on_in_any_steps_is_given_the_forms_that_it_is_given_from_the_start(int seed, int size, int days)
    {
        var random = new Random(seed);
        var record = Invented(random, size, days);
        var whole = Forms(record);
        Assert.Contains(whole.Values, f => f.Contains("fewer than", StringComparison.Ordinal));
        IReadOnlyList<Statement> before = [];
        while (before.Count < size)
        {
            IReadOnlyList<Statement> now = [.. record.Take(Math.Min(size, before.Count + random.Next(1, size / 2)))];
            Edition.GoesOn(before, now);
            Same(now, Forms(now), whole);
            before = now;
        }

        // Without being carried on, and beside a record that it does not go on from.
        IReadOnlyList<Statement> half = [.. record.Take(size / 2)];
        Same(half, Forms(half), whole);
        IReadOnlyList<Statement> other = [.. record.Skip(1)];
        Edition.GoesOn(half, other);
        Assert.Equal(Forms([.. record.Skip(1)]), Forms(other));
    }

    private static void Same(IReadOnlyList<Statement> record, Dictionary<StatementId, string> forms, Dictionary<StatementId, string> whole)
    {
        foreach (var id in record.Select(s => s.Id))
        {
            Assert.Equal(whole.GetValueOrDefault(id), forms.GetValueOrDefault(id));
        }
    }

    private static Dictionary<StatementId, string> Forms(IReadOnlyList<Statement> record) =>
        Edition.Of(record, Say.Operation, new("X/1", "Invented", Moment.Parse("2032-05-20").Earliest(Say.Operation.Zone), Audience.Public) { ReleasedEarly = record.Select(s => s.Id).ToHashSet() }).Shown.ToDictionary(s => s.Id, s => $"{s.IsCoarse} {s.About} {s.Where} {s.Wording}");

    /// <summary>Counts by day and running totals of several sources, some printed, many of them few, some against each other, some that name a convoy.</summary>
    private static List<Statement> Invented(Random random, int size, int days)
    {
        var start = new NodaTime.LocalDate(2031, 5, 1);
        return [.. Enumerable.Range(0, size).Select(i =>
        {
            var date = NodaTime.Text.LocalDatePattern.Iso.Format(start.PlusDays(random.Next(days)));
            Counted Of(Category category, int n) => Say.People(Bound.Exactly(n), category);
            var n = random.Next(4) == 0 ? random.Next(1, 5) : random.Next(5, 200);
            var (isTotal, isPrinted) = (random.Next(5) == 0, random.Next(5) == 0);
            var said = random.Next(4) switch
            {
                0 => new Headcount(Measure.Left, Of(Category.Everyone, n + 30), Including: [Of(Category.Women, n), Of(Category.Men, 26)], IsRunningTotal: isTotal),
                1 => new Headcount(random.Next(2) == 0 ? Measure.Left : Measure.Arrived, Of(Category.Everyone, n), Batch: $"convoy {random.Next(3)}"),
                _ => new Headcount(random.Next(6) == 0 ? Measure.Killed : Measure.Left, Of(Kinds[random.Next(4)], n), IsRunningTotal: isTotal),
            };
            var statement = Say.That($"T-{i}", isPrinted ? "paper/osier" : "own/osier", said, isTotal ? $"2031-05-01/{date}" : date, kind: isPrinted ? SourceKind.Media : SourceKind.OwnObservers, from: random.Next(3) == 0 ? "old-city" : "hill");
            return statement with { Handling = Handling.Public, Consent = Consent.NotNeeded };
        })];
    }
}
