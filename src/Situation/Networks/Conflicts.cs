using System.Collections;

namespace Safeconduct.Situation.Networks;

/// <summary>
/// Claims that cannot all hold, whatever else is true. Without any one of them propagation finds no contradiction in the rest; on trees then some whole numbers fulfil the rest.
/// </summary>
/// <param name="Claims">In the order of their numbers; empty where the rules alone contradict one another.</param>
/// <param name="Certificate">Adds up to <c>0 >= 1</c> or more, from these claims and rules.</param>
public sealed record Conflict(IReadOnlyList<int> Claims, Certificate Certificate);

/// <summary>
/// Minimal conflicts. A first proof of nonsense gives a core of claims; each is left out in turn, and stays out when the rest still leads to nonsense (deletion filter; a new, smaller proof replaces the core
/// at once). All minimal conflicts are found by setting aside, for each conflict known, one of its claims in every way (Reiter 1987; compare MARCO, Liffiton et al. 2016).
/// </summary>
public static class Conflicts
{
    internal static Conflict? InComponent(Network network, ClaimHeaps active, int component)
    {
        var history = new Propagation(network, active.ToBits(), history: true);
        history.Run(component);
        return history.StateOf(component) == Propagation.State.Conflict
            ? new ConflictFinder(network).Minimal(Unfolding.OfCrossing(network, history))
            : null;
    }
}

/// <summary>Tries sets of claims on a network that is otherwise unclaimed.</summary>
internal sealed class ConflictFinder
{
    private readonly Network _network;
    private readonly Propagation _propagation;
    private readonly int _base;

    public ConflictFinder(Network network)
    {
        _network = network;
        _propagation = new Propagation(network, new BitArray(0), history: true);
        _propagation.RunAll();
        _base = _propagation.Mark;
    }

    /// <summary>A proof of nonsense from these claims; null: propagation finds none.</summary>
    public Certificate? Proof(IReadOnlyList<int> claims)
    {
        var proof = _propagation.Try(claims) ? null : Unfolding.OfCrossing(_network, _propagation);
        _propagation.Rewind(_base);
        return proof;
    }

    public Conflict? Minimal(Certificate proof)
    {
        var needed = new List<int>();
        var open = new Queue<int>(proof.Claims());
        while (open.TryDequeue(out var claim))
        {
            if (Proof([.. needed, .. open]) is { } smaller)
            {
                proof = smaller;
                var left = smaller.Claims().ToHashSet();
                open = new Queue<int>(open.Where(left.Contains));
            }
            else
            {
                needed.Add(claim);
            }
        }

        // The last proof may lean on a claim in a way that the last trial showed to be spare; what is needed alone proves it too.
        var last = Proof(needed) ?? proof;
        return CertificateChecker.Checks(_network, last) ? new Conflict(last.Claims(), last) : null;
    }
}
