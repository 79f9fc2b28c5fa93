using NodaTime;
using Safeconduct.Situation.Disputes;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Tensions;

/// <summary>Where different bodies meet in one exact number once it is taken apart. Chance can do that too, so small numbers are left out, and nothing is concluded from it.</summary>
internal sealed class AgreeingSources(Operation operation, Bodies bodies)
{
    /// <summary>Sums below this are met by chance.</summary>
    private const long Least = 20;

    /// <summary>So many counts of one matter are tried.</summary>
    private const int Most = 50;

    private static readonly Measure[] Harms = [Measure.Killed, Measure.Wounded, Measure.Harmed, Measure.Found, Measure.Burned];

    public IReadOnlyList<Agreeing> Of(IReadOnlyList<FigureDraft> drafts, IReadOnlyList<Statement> binding) =>
    [
        .. PartsOfAWhole(drafts).Concat(TotalAndDays(drafts)).Concat(PlannedSums(binding))
            .DistinctBy(a => string.Join(' ', a.Ids))
            .OrderBy(a => a.Ids[0]).ThenBy(a => string.Join(' ', a.Ids), StringComparer.Ordinal),
    ];

    /// <summary>Two groups that share nobody, counted by one source, make the whole that another body counts.</summary>
    private IEnumerable<Agreeing> PartsOfAWhole(IReadOnlyList<FigureDraft> drafts)
    {
        foreach (var matter in drafts.Where(d => d.Key.Series.Group is null).GroupBy(d => (d.Key.Series.Area, d.Key.Series.Unit, IsHarm: Harms.Contains(d.Key.Series.Measure), d.Key.End)))
        {
            var counts = matter.SelectMany(d => d.Now.Where(IsExact).Select(c => (d.Key.Series.Category, Count: c))).OrderBy(c => c.Count.Statement.Id).Take(Most).ToList();
            foreach (var parts in counts.GroupBy(c => c.Count.Statement.SaidBy.Id))
            {
                foreach (var (one, other) in Pairs([.. parts]).Where(p => p.One.Category.IsDisjointFrom(p.Other.Category)))
                {
                    var sum = Plain.Low(one.Count) + Plain.Low(other.Count);
                    foreach (var whole in counts.Where(w => Plain.Low(w.Count) == sum && sum >= Least && w.Category != one.Category && w.Category != other.Category && AreOthers(w.Count, one.Count)))
                    {
                        yield return Met([one.Count, other.Count], whole.Count);
                    }
                }
            }
        }
    }

    /// <summary>One body's total and its count of the days after it make another body's later total.</summary>
    private IEnumerable<Agreeing> TotalAndDays(IReadOnlyList<FigureDraft> drafts)
    {
        foreach (var series in drafts.Where(d => d.Key.Series.Batch is null).GroupBy(d => d.Key.Series))
        {
            var totals = series.Where(d => d.Key.Form is CutForm.Total).SelectMany(d => d.Now.Where(IsGiven).Select(c => (d.Key, Count: c))).OrderBy(c => c.Count.Statement.Id).Take(Most).ToList();
            var days = series.Where(d => d.Key.Form is CutForm.During).SelectMany(d => d.Now.Where(IsGiven).Select(c => (d.Key, Count: c))).OrderBy(c => c.Count.Statement.Id).Take(Most).ToList();
            foreach (var day in days)
            {
                foreach (var total in totals.Where(t => t.Key.End < day.Key.Start && bodies.ShareOne(t.Count.Statement.SaidBy.Id, day.Count.Statement.SaidBy.Id)))
                {
                    var sum = Plain.Low(total.Count) + Plain.Low(day.Count);
                    foreach (var later in totals.Where(t => t.Key.Start == total.Key.Start && t.Key.End >= day.Key.End && Plain.Low(t.Count) == sum && sum >= Least && AreOthers(t.Count, day.Count)))
                    {
                        yield return Met([total.Count, day.Count], later.Count);
                    }
                }
            }
        }
    }

    private IEnumerable<Agreeing> PlannedSums(IReadOnlyList<Statement> binding) =>
        PlanTensions.Sums(Plans.Numbers(binding), operation).Where(s => s.Shares.Count > 1 && Plain.Low(s.Whole) >= Least && AreOthers(s.Whole, s.Shares[0])).Select(s => Met(s.Shares, s.Whole));

    private static Agreeing Met(IReadOnlyList<CountSaid> parts, CountSaid whole) => new(
        Told.Ids([.. parts, whole]),
        $"{string.Join(" and ", parts.Select(p => Told.Count(p)))} make {Shown.Grouped(Plain.Low(whole))}, the number of {whole.Statement.SaidBy.Name}.",
        Plain.Low(whole));

    private bool AreOthers(CountSaid one, CountSaid other) => !bodies.ShareOne(one.Statement.SaidBy.Id, other.Statement.SaidBy.Id);

    private static bool IsExact(CountSaid claim) => claim.HasNumber && !claim.Bound.IsApproximate && claim.Bound.Low == claim.Bound.High && Plain.Low(claim) > 0;

    private static bool IsGiven(CountSaid claim) => claim is { HasNumber: true, IsPart: false } && Plain.Low(claim) > 0;

    private static IEnumerable<(T One, T Other)> Pairs<T>(IReadOnlyList<T> items) => items.SelectMany((one, i) => items.Skip(i + 1).Select(other => (one, other)));
}
