using System.Collections;
using System.Globalization;

namespace Safeconduct.Situation.Networks;

/// <summary>
/// Claims that cannot all hold, whatever else is true. Without any one of them propagation finds no contradiction in the rest; on trees then some whole numbers fulfil the rest.
/// </summary>
/// <param name="Claims">In the order of their numbers; empty where the rules alone contradict one another.</param>
/// <param name="Certificate">Adds up to <c>0 >= 1</c> or more, from these claims and rules.</param>
public sealed record Conflict(IReadOnlyList<int> Claims, Certificate Certificate);

/// <summary>
/// Minimal conflicts. A first proof of nonsense gives a core of claims; each is left out in turn, and stays out when the rest still leads to nonsense: a deletion filter, where a new and smaller proof
/// replaces the core at once (compare QuickXplain, Junker 2004). All minimal conflicts are found by setting aside, for each conflict known, one of its claims in every way (hitting-set tree, Reiter 1987;
/// compare MARCO, Liffiton et al. 2016): a conflict is missed by no branch that sets aside only claims outside it.
/// </summary>
public static class Conflicts
{
    /// <summary>The neighbourhood that is searched for all conflicts: the nearest quantities, as many as this.</summary>
    public const int NearbyQuantities = 400;

    /// <summary>How many sets of claims are tried before the search says that it did not see all.</summary>
    public const int Trials = 4_000;

    /// <summary>
    /// The minimal conflicts among claims near a quantity, the fewest claims first. Near: the quantities of its component in order of distance, up to <see cref="NearbyQuantities"/>.
    /// Where there is none near, one of the component at large, if it has any.
    /// </summary>
    /// <param name="active">The claims that are taken up; null: all.</param>
    /// <param name="cap">At most so many conflicts.</param>
    /// <returns>The conflicts, and whether these are all that propagation can show in the whole component.</returns>
    public static (IReadOnlyList<Conflict> Found, bool All) Near(Network network, int quantity, BitArray? active, int cap)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quantity);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(quantity, network.QuantityCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cap);
        var taken = new ClaimHeaps(network, active);
        var component = network.Components.OfQuantity[quantity];
        var near = Nearest(network, quantity);
        int[] claims = [.. near.SelectMany(network.ClaimsOn).Where(taken.Contains).Order()];
        var (found, all) = Every(network, claims, cap);
        var whole = near.Count == network.Components.QuantitiesOf(component).Length;
        if (found.Count == 0 && !whole && Solution.Of(network, active).ConflictAround(quantity) is { } far)
        {
            found = [far];
        }

        return ([.. found.OrderBy(c => c.Claims.Count).ThenBy(c => c.Claims.Count > 0 ? c.Claims[0] : -1)], all && whole);
    }

    private static (List<Conflict> Found, bool All) Every(Network network, IReadOnlyList<int> claims, int cap)
    {
        var finder = new ConflictFinder(network);
        var found = new List<Conflict>();
        var open = new Queue<int[]>([[]]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var trials = 0; open.TryDequeue(out var aside); trials++)
        {
            if (trials == Trials)
            {
                return (found, false);
            }

            var known = found.Find(c => !c.Claims.Any(aside.Contains));
            if (known is null && finder.Proof([.. claims.Where(c => !aside.Contains(c))]) is { } proof && finder.Minimal(proof) is { } conflict)
            {
                if (found.Count == cap)
                {
                    return (found, false);
                }

                found.Add(known = conflict);
            }

            foreach (var claim in known?.Claims ?? [])
            {
                int[] more = [.. aside.Append(claim).Order()];
                if (seen.Add(string.Join(' ', more.Select(c => c.ToString(CultureInfo.InvariantCulture)))))
                {
                    open.Enqueue(more);
                }
            }
        }

        return (found, true);
    }

    private static List<int> Nearest(Network network, int quantity)
    {
        var near = new List<int> { quantity };
        var seen = new HashSet<int> { quantity };
        for (var i = 0; i < near.Count; i++)
        {
            for (var u = network.UseStart[near[i]]; u < network.UseStart[near[i] + 1]; u++)
            {
                var rule = network.TermRule[network.UseTerm[u]];
                for (var t = network.RuleStart[rule]; t < network.RuleStart[rule + 1]; t++)
                {
                    if (seen.Count < NearbyQuantities && seen.Add(network.TermQuantity[t]))
                    {
                        near.Add(network.TermQuantity[t]);
                    }
                }
            }
        }

        return near;
    }
}
