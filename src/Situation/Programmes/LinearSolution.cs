using System.Collections;
using Safeconduct.Situation.Networks;

namespace Safeconduct.Situation.Programmes;

/// <summary>
/// The ranges that a set of claims leaves, where propagation alone is not enough: on components with cycles each end is made exact by a linear programme, and
/// says so only with both proofs in hand: a checked certificate that nothing lies beyond, and whole numbers that fulfil every rule and claim and stand at the end.
/// Without the second it stays <see cref="RangeStatus.Outer"/>. Work is done when asked for, a component at a time; the claims taken up do not change.
/// </summary>
public sealed class LinearSolution
{
    private readonly Network _network;
    private readonly Dictionary<int, ComponentProgramme?> _programmes = [];

    private LinearSolution(Network network, Solution propagated) => (_network, Propagated) = (network, propagated);

    /// <summary>What propagation alone found.</summary>
    public Solution Propagated { get; }

    /// <summary>The ranges under some claims; null: under all of the network's claims.</summary>
    public static LinearSolution Of(Network network, BitArray? active = null) => new(network, Solution.Of(network, active));

    /// <summary>Whether the claims taken up can all hold: true with whole numbers in hand, false with a conflict, null where neither was found within the stated work.</summary>
    public bool? IsConsistent =>
        !Propagated.IsConsistent ? false
        : Cyclic().Select(c => ProgrammeOf(c)!.IsConsistent).ToList() is var all && all.Contains(false) ? false
        : all.Contains(null) ? null
        : true;

    /// <summary>A proof that the claims taken up cannot all hold; its claims are not yet the fewest. Null: none was found.</summary>
    public Certificate? Contradiction =>
        Propagated.IsConsistent
            ? Cyclic().Select(c => ProgrammeOf(c)!.Contradiction).FirstOrDefault(c => c is not null)
            : Propagated.Conflict?.Certificate;

    /// <summary>The range of a quantity, each end with a checked certificate.</summary>
    public QuantityRange RangeOf(int quantity)
    {
        var range = Propagated.RangeOf(quantity);
        return range.Status == RangeStatus.Outer && ProgrammeOf(_network.Components.OfQuantity[quantity]) is { } programme ? programme.RangeOf(quantity, range) : range;
    }

    /// <summary>The certificate of an end, checked; null: nothing bounds that end, or there is a contradiction around it.</summary>
    public Certificate? ProofOf(int quantity, End end) =>
        ProgrammeOf(_network.Components.OfQuantity[quantity]) is { } programme ? programme.ProofOf(quantity, end) : Propagated.ProofOf(quantity, end);

    /// <summary>
    /// Proves as many ends as one batch of searches does, on every component with cycles: how many ends are bounded there, and how many of them are now known to
    /// be attained. What is left is proved one at a time when it is asked for.
    /// </summary>
    /// <param name="rounds">How many batches at most.</param>
    public (long Ends, long Attained) ProveMany(int rounds)
    {
        var (ends, attained) = (0L, 0L);
        foreach (var component in Cyclic())
        {
            var (e, a) = ProgrammeOf(component)!.ProveMany(rounds);
            (ends, attained) = (ends + e, attained + a);
        }

        return (ends, attained);
    }

    internal ComponentProgramme? ProgrammeOf(int component)
    {
        if (!_programmes.TryGetValue(component, out var programme))
        {
            programme = IsCyclic(component) ? new ComponentProgramme(_network, Propagated, component) : null;
            _programmes[component] = programme;
        }

        return programme;
    }

    private IEnumerable<int> Cyclic() => Enumerable.Range(0, _network.Components.Count).Where(IsCyclic);

    private bool IsCyclic(int component) =>
        Propagated.UncheckedRangeOf(_network.Components.QuantitiesOf(component)[0]).Status == RangeStatus.Outer;
}
