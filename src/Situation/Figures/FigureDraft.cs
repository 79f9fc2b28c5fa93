using NodaTime;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Situation.Figures;

/// <summary>One figure before it is named: the claims that stand and those that no longer do.</summary>
internal sealed record FigureDraft(FigureKey Key, IReadOnlyList<CountSaid> Now, IReadOnlyList<CountSaid> Earlier)
{
    /// <summary>Claims that set the ends. A total of part of the time ("first 24 hours", "nine convoys") sets none where its own source has gone on to a higher one.</summary>
    public IReadOnlyList<CountSaid> Setting { get; } = Key.Form is CutForm.Total ? NotOvertaken(Now) : Now;

    public static IReadOnlyList<FigureDraft> All(IReadOnlyList<(FigureKey Key, CountSaid Count)> keyed) =>
        [.. keyed.GroupBy(k => k.Key, k => k.Count).Select(g => Of(g.Key, [.. g]))];

    /// <summary>
    /// Each source in its latest form: what it said later of the same figure, in the same words of time and batch, takes the place of what it said before. A copy by somebody
    /// else takes the place of nothing: it is not the source that spoke again.
    /// </summary>
    public static FigureDraft Of(FigureKey key, IReadOnlyList<CountSaid> claims)
    {
        var latest = claims.Where(c => c.Binds && !IsCopy(c)).GroupBy(Form).ToDictionary(g => g.Key, g => Latest.Of(g.Select(c => c.Statement.SaidAt)));
        var stands = claims.ToLookup(c => c.Binds && !(latest.TryGetValue(Form(c), out var last) && last.IsAfter(c.Statement.SaidAt)));
        return new FigureDraft(key, [.. stands[true]], [.. stands[false]]);
    }

    private static bool IsCopy(CountSaid claim) => claim.Statement.Links.Any(l => l.Relation is Relation.Relays);

    private static (SourceId, Statements.Quantities.Category, string?, string?) Form(CountSaid claim) =>
        (claim.Statement.SaidBy.Id, claim.Quantity.Category, claim.Quantity.Scope.Batch, claim.TimeWords);

    private static IReadOnlyList<CountSaid> NotOvertaken(IReadOnlyList<CountSaid> now)
    {
        var goneOnTo = now.Where(c => c.HasNumber && !IsOfPartOfTheTime(c)).GroupBy(c => c.Statement.SaidBy.Id).ToDictionary(g => g.Key, g => g.Max(c => c.Bound.Low));
        return [.. now.Where(c => !(c.HasNumber && IsOfPartOfTheTime(c) && goneOnTo.GetValueOrDefault(c.Statement.SaidBy.Id) >= (c.Bound.Low ?? c.Bound.High)))];
    }

    private static bool IsOfPartOfTheTime(CountSaid claim) => claim.PartOfTheTime is not null || claim.UpToWhichBatch is not null;

    /// <summary>The latest times in a set, by stated hour and by day alone: only a later day, or a later hour where both are stated, is later for certain.</summary>
    private sealed record Latest(Instant? Hour, LocalDate? DayOfHour, LocalDate? Day)
    {
        public static Latest Of(IEnumerable<Moment> moments)
        {
            var all = moments.ToList();
            var hours = all.Where(m => m.HourIsStated).ToList();
            var days = all.Where(m => !m.HourIsStated).ToList();
            return new(
                hours.Count == 0 ? null : hours.Max(m => m.At!.Value.ToInstant()),
                hours.Count == 0 ? null : hours.Max(m => m.Date),
                days.Count == 0 ? null : days.Max(m => m.Date));
        }

        public bool IsAfter(Moment moment) => Day > moment.Date || (moment.At is { } at ? Hour > at.ToInstant() : DayOfHour > moment.Date);
    }
}
