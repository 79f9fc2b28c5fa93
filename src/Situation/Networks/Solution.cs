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
    private readonly Propagation _propagation;
    private readonly Dictionary<int, Propagation> _histories = [];
    private readonly Dictionary<int, long> _checked = [];

    private Solution(Network network, BitArray? active)
    {
        _network = network;
        _propagation = new Propagation(network, active);
        _propagation.RunAll();
    }

    /// <summary>No contradiction was found among the claims taken up; on trees there is none.</summary>
    public bool IsConsistent => _propagation.Conflicts == 0;

    /// <summary>The ranges under some claims; null: under all of the network's claims.</summary>
    public static Solution Of(Network network, BitArray? active = null) => new(network, active);

    /// <summary>The claims that are taken up.</summary>
    public BitArray Active() => _propagation.Active.ToBits();

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
        _histories.Remove(ComponentOf(_network.ClaimQuantity[claim]));
        _propagation.Add(claim);
    }

    /// <summary>Withdraws a claim; one that is not taken up changes nothing.</summary>
    public void Withdraw(int claim)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(claim);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(claim, _network.ClaimCount);
        _histories.Remove(ComponentOf(_network.ClaimQuantity[claim]));
        _propagation.Withdraw(claim);
    }

    /// <summary>The range of a quantity. Each end is handed out only after its certificate checked; an end without one would be left open.</summary>
    public QuantityRange RangeOf(int quantity)
    {
        var range = UncheckedRangeOf(quantity);
        if (range.Status == RangeStatus.Conflict || (Stands(2 * quantity) && Stands((2 * quantity) + 1)))
        {
            return range;
        }

        return new QuantityRange(Stands(2 * quantity) ? range.Low : 0, Stands((2 * quantity) + 1) ? range.High : null, RangeStatus.Outer);
    }

    /// <summary>The range of a quantity as propagation left it, without looking at its certificates: for measuring, and for those who check them in another way.</summary>
    public QuantityRange UncheckedRangeOf(int quantity)
    {
        var component = ComponentOf(quantity);
        var high = _propagation.ValueOf((2 * quantity) + 1);
        return _propagation.StateOf(component) == Propagation.State.Conflict
            ? new QuantityRange(null, null, RangeStatus.Conflict)
            : new QuantityRange(_propagation.ValueOf(2 * quantity), high == Propagation.Open ? null : high, _propagation.IsExact(component) ? RangeStatus.Exact : RangeStatus.Outer);
    }

    /// <summary>The certificate of an end, checked; null: nothing bounds that end, or its component is in conflict.</summary>
    public Certificate? ProofOf(int quantity, End end)
    {
        var component = ComponentOf(quantity);
        if (_propagation.StateOf(component) == Propagation.State.Conflict)
        {
            return null;
        }

        var certificate = Unfolding.Of(_network, Provable(component), (2 * quantity) + (int)end);
        return certificate is not null && CertificateChecker.Checks(_network, certificate) ? certificate : null;
    }

    /// <summary>One contradiction among the claims taken up, narrowed until no claim in it can be spared; null: none was found.</summary>
    public Conflict? Conflict => Enumerable.Range(0, IsConsistent ? 0 : _network.Components.Count)
        .Where(c => _propagation.StateOf(c) == Propagation.State.Conflict)
        .Select(c => Conflicts.InComponent(_network, _propagation.Active, c))
        .FirstOrDefault(c => c is not null);

    /// <summary>The claim taken up that says most about an end of a quantity by itself; null: none speaks of that end.</summary>
    internal (int Claim, long Value)? ClaimedEnd(int quantity, End end)
    {
        var slot = (2 * quantity) + (int)end;
        var claim = _propagation.Active.Of(slot);
        return claim < 0 ? null : (claim, _propagation.Active.EndOf(claim, slot));
    }

    private int ComponentOf(int quantity) => _network.Components.OfQuantity[quantity];

    /// <summary>A grounded component proves itself. Any other is run once more, keeping every step.</summary>
    private Propagation Provable(int component)
    {
        if (_propagation.IsGrounded(component))
        {
            return _propagation;
        }

        if (!_histories.TryGetValue(component, out var history))
        {
            history = new Propagation(_network, _propagation.Active.ToBits(), history: true);
            history.Run(component);
            _histories[component] = history;
        }

        return history;
    }

    private bool Stands(int slot)
    {
        var time = _propagation.TimeOf(slot);
        if (time < 0 || (_checked.TryGetValue(slot, out var before) && before == time))
        {
            return true;
        }

        var value = _propagation.ValueOf(slot);
        var proof = ProofOf(slot >> 1, (End)(slot & 1));
        if (proof is null || ((slot & 1) == 0 ? proof.Value < value : proof.Value > value))
        {
            return false;
        }

        _checked[slot] = time;
        return true;
    }
}
