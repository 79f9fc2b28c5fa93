using Safeconduct.Statements;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Situation.Figures;

/// <summary>One figure before it is named: the claims that stand and those that no longer do.</summary>
internal sealed record FigureDraft(FigureKey Key, IReadOnlyList<CountSaid> Now, IReadOnlyList<CountSaid> Earlier)
{
    /// <summary>Claims that set the ends. A total of part of the time ("first 24 hours", "nine convoys") sets none where its own source has gone on to a higher one.</summary>
    public IReadOnlyList<CountSaid> Setting { get; } = Key.Form is CutForm.Total ? [.. Now.Where(c => !IsOvertaken(c, Now))] : Now;

    public static IReadOnlyList<FigureDraft> All(IReadOnlyList<(FigureKey Key, CountSaid Count)> keyed) =>
        [.. keyed.GroupBy(k => k.Key, k => k.Count).Select(g => Of(g.Key, [.. g]))];

    /// <summary>Each source in its latest form: what it said later of the same figure, in the same words of time and batch, takes the place of what it said before.</summary>
    public static FigureDraft Of(FigureKey key, IReadOnlyList<CountSaid> claims)
    {
        var latest = claims.Where(c => c.Binds).GroupBy(Form).ToDictionary(g => g.Key, g => g.ToList());
        var (now, earlier) = (new List<CountSaid>(), new List<CountSaid>());
        foreach (var claim in claims)
        {
            var stands = claim.Binds && !latest[Form(claim)].Exists(other => IsLater(other.Statement.SaidAt, claim.Statement.SaidAt));
            (stands ? now : earlier).Add(claim);
        }

        return new FigureDraft(key, now, earlier);
    }

    /// <summary>Later for certain: by day, or by hours that are both stated.</summary>
    private static bool IsLater(Moment one, Moment other) =>
        one.HourIsStated && other.HourIsStated ? one.CompareTo(other) > 0 : one.Date > other.Date;

    private static (SourceId, Statements.Quantities.Category, string?, string?) Form(CountSaid claim) =>
        (claim.Statement.SaidBy.Id, claim.Quantity.Category, claim.Quantity.Scope.Batch, claim.TimeWords);

    private static bool IsOvertaken(CountSaid claim, IReadOnlyList<CountSaid> now) =>
        IsOfPartOfTheTime(claim) && claim.HasNumber
        && now.Any(o => o.HasNumber && o.Statement.SaidBy.Id == claim.Statement.SaidBy.Id && !IsOfPartOfTheTime(o) && o.Bound.Low >= (claim.Bound.Low ?? claim.Bound.High));

    private static bool IsOfPartOfTheTime(CountSaid claim) => claim.TimeWords is not null || claim.Quantity.Scope.Batch is not null;
}
