using System.Collections;

namespace Safeconduct.Situation.Networks;

/// <summary>How good a range is.</summary>
public enum RangeStatus
{
    /// <summary>Both ends are attained: some whole numbers fulfil every rule and every claim taken up, with the quantity at that end.</summary>
    Exact,

    /// <summary>Nothing beyond the ends is possible; whether the ends themselves are is not known.</summary>
    Outer,

    /// <summary>The claims taken up around this quantity cannot all hold, so together they leave no range.</summary>
    Conflict,
}

/// <summary>What the claims taken up and the rules leave of a quantity, ends included.</summary>
/// <param name="Low">At least so many; null only in conflict.</param>
/// <param name="High">At most so many; null: nothing bounds it, or in conflict.</param>
public readonly record struct QuantityRange(long? Low, long? High, RangeStatus Status)
{
    public bool IsExact => Status == RangeStatus.Exact;
}

/// <summary>
/// The ranges that a set of claims leaves, each end with its certificate. Claims may be taken up and withdrawn; only what they can change is touched, and the ranges are those of a
/// solution made afresh (on components with cycles that use up the stated work, both are sound and may differ).
/// Propagation alone: on a component with cycles a contradiction that only adding up around the cycle shows is not found here, and <see cref="IsConsistent"/> then means "none found".
/// </summary>
public sealed class Solution
{
    private readonly Network _network;
    private readonly ClaimHeaps _claims;
    private readonly TreeRanges _trees;
    private readonly TreeStepChecker _treeSteps;

    // For components that are not trees; null where there are none.
    private readonly Propagation? _propagation;
    private readonly StepChecker? _steps;
    private readonly Dictionary<int, Propagation> _histories = [];

    private Solution(Network network, BitArray? active)
    {
        _network = network;
        _claims = new ClaimHeaps(network, active);
        _trees = new TreeRanges(network, _claims);
        _treeSteps = new TreeStepChecker(network, _trees, _claims);
        if (Enumerable.Range(0, network.Components.Count).Any(c => !TreeRanges.Covers(network, c)))
        {
            _propagation = new Propagation(network, _claims);
            _propagation.RunWhere(c => !TreeRanges.Covers(network, c));
            _steps = new StepChecker(network, _propagation);
        }
    }

    /// <summary>No contradiction was found among the claims taken up; on trees there is none.</summary>
    public bool IsConsistent => _trees.Conflicts == 0 && (_propagation?.Conflicts ?? 0) == 0;

    /// <summary>The ranges under some claims; null: under all of the network's claims.</summary>
    public static Solution Of(Network network, BitArray? active = null) => new(network, active);

    /// <summary>The claims that are taken up.</summary>
    public BitArray Active() => _claims.ToBits();

    /// <summary>The range that is left without some claims.</summary>
    public Solution Without(IEnumerable<int> claims)
    {
        var active = Active();
        foreach (var claim in claims)
        {
            active[claim] = false;
        }

        return new Solution(_network, active);
    }

    /// <summary>Takes up a claim of the network; one that is taken up already changes nothing.</summary>
    public void Add(int claim)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(claim);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(claim, _network.ClaimCount);
        if (_claims.Add(claim))
        {
            Moved(claim, taken: true);
        }
    }

    /// <summary>Withdraws a claim; one that is not taken up changes nothing.</summary>
    public void Withdraw(int claim)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(claim);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(claim, _network.ClaimCount);
        if (_claims.Withdraw(claim))
        {
            Moved(claim, taken: false);
        }
    }

    /// <summary>
    /// The range of a quantity. An end is handed out only after its proof checked, step by step (<see cref="StepChecker"/>), or unfolded where ends were rounded or left unfinished;
    /// an end whose proof does not check is left open.
    /// </summary>
    public QuantityRange RangeOf(int quantity)
    {
        var range = UncheckedRangeOf(quantity);
        if (range.Status == RangeStatus.Conflict)
        {
            return range;
        }

        var (low, high) = (Stands(2 * quantity), Stands((2 * quantity) + 1));
        return low && high ? range : new QuantityRange(low ? range.Low : 0, high ? range.High : null, RangeStatus.Outer);
    }

    /// <summary>The range of a quantity as the engine left it, without looking at its proof: for measuring, and for those who check it in another way.</summary>
    public QuantityRange UncheckedRangeOf(int quantity)
    {
        var component = ComponentOf(quantity);
        if (IsInConflict(component))
        {
            return new QuantityRange(null, null, RangeStatus.Conflict);
        }

        var high = ValueOf((2 * quantity) + 1);
        return new QuantityRange(ValueOf(2 * quantity), high == Propagation.Open ? null : high, IsExact(component) ? RangeStatus.Exact : RangeStatus.Outer);
    }

    /// <summary>The certificate of an end, checked; null: nothing bounds that end, or its component is in conflict.</summary>
    public Certificate? ProofOf(int quantity, End end)
    {
        var component = ComponentOf(quantity);
        if (IsInConflict(component))
        {
            return null;
        }

        var certificate = Unfolding.Of(_network, Reasons(component), (2 * quantity) + (int)end);
        return certificate is not null && CertificateChecker.Checks(_network, certificate) ? certificate : null;
    }

    /// <summary>One contradiction among the claims taken up, narrowed until no claim in it can be spared; null: none was found.</summary>
    public Conflict? Conflict => IsConsistent ? null : Enumerable.Range(0, _network.Components.Count).Where(IsInConflict).Select(ConflictIn).FirstOrDefault(c => c is not null);

    /// <summary>One contradiction in the component of a quantity, as <see cref="Conflict"/>.</summary>
    public Conflict? ConflictAround(int quantity) => IsInConflict(ComponentOf(quantity)) ? ConflictIn(ComponentOf(quantity)) : null;

    /// <summary>The claim taken up that says most about an end of a quantity by itself; null: none speaks of that end.</summary>
    internal (int Claim, long Value)? ClaimedEnd(int quantity, End end)
    {
        var slot = (2 * quantity) + (int)end;
        var claim = _claims.Of(slot);
        return claim < 0 ? null : (claim, _claims.EndOf(claim, slot));
    }

    private Conflict? ConflictIn(int component) => new ConflictFinder(_network).Minimal(
        IsTree(component)
            ? Unfolding.OfCrossing(_network, _trees, _trees.Crossing(component))
            : Unfolding.OfCrossing(_network, History(component)));

    private int ComponentOf(int quantity) => _network.Components.OfQuantity[quantity];

    private bool IsTree(int component) => TreeRanges.Covers(_network, component);

    private bool IsInConflict(int component) => IsTree(component) ? _trees.IsInConflict(component) : _propagation!.StateOf(component) == Propagation.State.Conflict;

    private bool IsExact(int component) => IsTree(component) || _propagation!.IsExact(component);

    private long ValueOf(int slot) => IsTree(ComponentOf(slot >> 1)) ? _trees.ValueOf(slot) : _propagation!.ValueOf(slot);

    private void Moved(int claim, bool taken)
    {
        var quantity = _network.ClaimQuantity[claim];
        if (IsTree(ComponentOf(quantity)))
        {
            _trees.Update(quantity);
            return;
        }

        _histories.Remove(ComponentOf(quantity));
        if (taken)
        {
            _propagation!.Add(claim);
        }
        else
        {
            _propagation!.Withdraw(claim);
        }
    }

    private IReasons Reasons(int component) => IsTree(component) ? _trees : _propagation!.IsGrounded(component) ? _propagation : History(component);

    /// <summary>A component that does not prove itself is run once more, keeping every step.</summary>
    private Propagation History(int component)
    {
        if (!_histories.TryGetValue(component, out var history))
        {
            history = new Propagation(_network, _claims, history: true);
            history.Run(component);
            _histories[component] = history;
        }

        return history;
    }

    private bool Stands(int slot)
    {
        var component = ComponentOf(slot >> 1);
        if (IsTree(component))
        {
            return _treeSteps.Checks(slot);
        }

        if (_propagation!.IsGrounded(component))
        {
            return _steps!.Checks(slot);
        }

        var value = _propagation.ValueOf(slot);
        return _propagation.TimeOf(slot) < 0
            || (ProofOf(slot >> 1, (End)(slot & 1)) is { } proof && ((slot & 1) == 0 ? proof.Value >= value : proof.Value <= value));
    }
}
