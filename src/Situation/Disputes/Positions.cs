using Safeconduct.Situation.Figures;
using Safeconduct.Statements;

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

    public bool IsExact => !NearestBelow.Bound.IsApproximate && !NearestAbove.Bound.IsApproximate && NearestBelow.Bound.High is not null && NearestAbove.Bound.High is not null;

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

        var pairs = new List<Positions>();
        for (var (i, reach) = (0, bottoms.Count); i < tops.Count; i++)
        {
            while (reach > 0 && !(bottoms[reach - 1].Least > tops[i].Most))
            {
                reach--;
            }

            // The lower camp is complete for this reach only where the next claim's top cuts the higher camp shorter.
            var next = i + 1 < tops.Count ? tops[i + 1].Most : null;
            if (reach > 0 && !(next is { } more && bottoms[reach - 1].Least > more))
            {
                pairs.AddRange(Unexcused([.. tops.Take(i + 1).Select(t => t.Claim)], [.. bottoms.Take(reach).Select(b => b.Claim)], excused));
            }
        }

        return [.. Largest(pairs).OrderByDescending(p => p.Amount).Take(Cap)];
    }

    public static long? Least(CountSaid claim, int tolerancePercent) => claim.HasNumber ? claim.Bound.LeastWithin(tolerancePercent) : null;

    public static long? Most(CountSaid claim, int tolerancePercent) => claim.HasNumber ? claim.Bound.MostWithin(tolerancePercent) : null;

    private static long Top(CountSaid claim) => claim.Bound.High ?? claim.Bound.Low ?? 0;

    private static long Bottom(CountSaid claim) => claim.Bound.Low ?? claim.Bound.High ?? 0;

    /// <summary>Where some pairs across the camps are excused, those of the lower camp that oppose the same claims stay together.</summary>
    private static IEnumerable<Positions> Unexcused(IReadOnlyList<CountSaid> lower, IReadOnlyList<CountSaid> higher, Func<CountSaid, CountSaid, bool> excused) =>
        lower.Select(l => (Lower: l, Against: (IReadOnlyList<CountSaid>)[.. higher.Where(h => !excused(l, h))]))
            .Where(l => l.Against.Count > 0)
            .GroupBy(l => string.Join(' ', l.Against.Select(a => higher.IndexOfReference(a))), StringComparer.Ordinal)
            .Select(g => new Positions([.. g.Select(l => l.Lower)], g.First().Against));

    private static IEnumerable<Positions> Largest(IReadOnlyList<Positions> pairs) => pairs.Where((p, i) => !pairs.Where((q, j) => i != j
        && p.Lower.All(q.Lower.Contains) && p.Higher.All(q.Higher.Contains)
        && (j < i || q.Lower.Count > p.Lower.Count || q.Higher.Count > p.Higher.Count)).Any());
}

internal static class ReferenceLists
{
    public static int IndexOfReference<T>(this IReadOnlyList<T> list, T item)
        where T : class
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (ReferenceEquals(list[i], item))
            {
                return i;
            }
        }

        return -1;
    }
}
