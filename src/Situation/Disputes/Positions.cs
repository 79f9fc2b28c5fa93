using NodaTime;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Situation.Disputes;

/// <summary>
/// Two camps of claims such that every one of the first is below every one of the second, whatever tolerance allows. Between camps that share claims the larger pair
/// stands for the smaller.
/// </summary>
internal sealed record Positions(IReadOnlyList<CountSaid> Lower, IReadOnlyList<CountSaid> Higher)
{
    /// <summary>At most so many pairs are listed for one figure: those furthest apart.</summary>
    public const int Cap = 20;

    /// <summary>As said: from the highest number of the lower camp to the lowest of the higher.</summary>
    public long Amount => Bottom(NearestAbove) - Top(NearestBelow);

    public CountSaid NearestBelow => Lower.MaxBy(Top)!;

    public CountSaid NearestAbove => Higher.MinBy(Bottom)!;

    public bool IsExact => IsExactly(NearestBelow.Bound) && IsExactly(NearestAbove.Bound);

    private static bool IsExactly(Bound bound) => !bound.IsApproximate && bound.High is not null && bound.Low is not null;

    /// <summary>The pairs of camps among claims that may be the lower and claims that may be the higher.</summary>
    /// <param name="excused">True where words, hours or one source's own revision explain the difference of two claims.</param>
    public static IReadOnlyList<Positions> Of(IReadOnlyCollection<CountSaid> below, IReadOnlyCollection<CountSaid> above, int tolerancePercent, Func<CountSaid, CountSaid, bool> excused)
    {
        var tops = below.Select(c => (Claim: c, Most: Most(c, tolerancePercent))).Where(c => c.Most is not null).OrderBy(c => c.Most).ThenBy(c => c.Claim.Statement.Id).ToList();
        var bottoms = above.Select(c => (Claim: c, Least: Least(c, tolerancePercent))).Where(c => c.Least > 0).OrderByDescending(c => c.Least).ThenBy(c => c.Claim.Statement.Id).ToList();
        if (tops.Count == 0 || bottoms.Count == 0 || tops[0].Most >= bottoms[0].Least)
        {
            return [];
        }

        var camps = Camps([.. tops.Select(t => t.Most!.Value)], [.. bottoms.Select(b => b.Least!.Value)]);
        var pairs = camps
            .Select(c => (Lower: tops.Take(c.Lower).Select(t => t.Claim), Higher: bottoms.Take(c.Higher).Select(b => b.Claim)))
            .OrderByDescending(c => c.Higher.Min(Bottom) - c.Lower.Max(Top))
            .Take(Cap)
            .SelectMany(c => Unexcused([.. c.Lower], [.. c.Higher], excused));
        // "Nearly 3,000" and "more than 3,000" differ by nothing that anybody said.
        return [.. Largest([.. pairs.Where(p => p.Amount > 0 || p.IsExact).OrderByDescending(p => p.Amount).Take(3 * Cap)]).Take(Cap)];
    }

    public static long? Least(CountSaid claim, int tolerancePercent) => claim.HasNumber ? claim.Bound.LeastWithin(tolerancePercent) : null;

    public static long? Most(CountSaid claim, int tolerancePercent) => claim.HasNumber ? claim.Bound.MostWithin(tolerancePercent) : null;

    private static long Top(CountSaid claim) => claim.Bound.High ?? claim.Bound.Low ?? 0;

    private static long Bottom(CountSaid claim) => claim.Bound.Low ?? claim.Bound.High ?? 0;

    /// <summary>How many of the lowest tops lie below how many of the highest bottoms: each pair as large as it can be.</summary>
    private static List<(int Lower, int Higher)> Camps(IReadOnlyList<long> topsUp, IReadOnlyList<long> bottomsDown)
    {
        var camps = new List<(int, int)>();
        for (var (lower, higher) = (1, bottomsDown.Count); lower <= topsUp.Count; lower++)
        {
            while (higher > 0 && bottomsDown[higher - 1] <= topsUp[lower - 1])
            {
                higher--;
            }

            // Complete only where the next top would cut the higher camp shorter.
            if (higher > 0 && (lower == topsUp.Count || bottomsDown[higher - 1] <= topsUp[lower]))
            {
                camps.Add((lower, higher));
            }
        }

        return camps;
    }

    /// <summary>Where some pairs across the camps are excused, those of the lower camp that oppose the same claims stay together.</summary>
    private static IEnumerable<Positions> Unexcused(IReadOnlyList<CountSaid> lower, IReadOnlyList<CountSaid> higher, Func<CountSaid, CountSaid, bool> excused)
    {
        var manners = higher.GroupBy(Manner).Select(g => g.ToList()).ToList();
        return lower.GroupBy(Manner)
            .Select(g => (Lower: g, Excused: Enumerable.Range(0, manners.Count).Where(m => excused(g.First(), manners[m][0])).ToList()))
            .Where(l => l.Excused.Count < manners.Count)
            .GroupBy(l => string.Join(' ', l.Excused.Select(m => Shown.Number(m))), StringComparer.Ordinal)
            .Select(g => new Positions([.. g.SelectMany(l => l.Lower)], [.. manners.Where((_, m) => !g.First().Excused.Contains(m)).SelectMany(m => m)]));
    }

    /// <summary>Everything about a claim that may excuse a difference: claims of one manner are excused alike.</summary>
    private static (SourceId, bool, string?, string?, CutKind, OffsetDateTime?) Manner(CountSaid claim) =>
        (claim.Statement.SaidBy.Id, claim.IsPart, claim.Quantity.Scope.Batch, claim.TimeWords, claim.Quantity.Cut.Kind, claim.Quantity.Cut.Time.End.At);

    private static IEnumerable<Positions> Largest(IReadOnlyList<Positions> pairs)
    {
        var sets = pairs.Select(p => (Lower: p.Lower.ToHashSet(), Higher: p.Higher.ToHashSet())).ToList();
        bool LiesIn(int i, int j) => sets[i].Lower.IsSubsetOf(sets[j].Lower) && sets[i].Higher.IsSubsetOf(sets[j].Higher);
        return pairs.Where((_, i) => !Enumerable.Range(0, pairs.Count).Any(j => j != i && LiesIn(i, j) && (j < i || !LiesIn(j, i))));
    }
}
