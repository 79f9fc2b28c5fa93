namespace Safeconduct.Situation.Networks;

/// <summary>
/// Ranges on components that are trees, where an update must stay cheap though it may move the range of every quantity: nothing is led on that nobody asks for.
/// A tree hangs from its first quantity. The inner range of a quantity is what its claims and all that hangs below it leave; an update leads inner ranges on towards the root only, by running sums.
/// The range itself is the inner range and what the rule above leaves: computed when asked, from the root down along one path, and kept until something on that path or beside it moves.
/// This is directional consistency on a tree: with no inner range empty, every end is attained by whole numbers (Freuder 1982; the same ends as <see cref="Propagation"/>, which is unique).
/// </summary>
internal sealed class TreeRanges : IReasons
{
    /// <summary>On a tree an end is a sum that names each claim and each constant at most once, so with so many nodes no sum leaves a long.</summary>
    public const int GreatestTree = 4_000_000;

    private const long Open = Propagation.Open;

    private readonly Network _network;
    private readonly Components _components;
    private readonly ClaimHeaps _claims;
    private readonly long[] _inner;
    private readonly long[] _range;
    private readonly Sums[] _sums;
    private readonly int[] _depth;
    private readonly int[] _crossed;

    // When an inner range last moved, when one below a rule last moved, and as of when a range was computed. A range holds while nothing on its path moved after it.
    private readonly long[] _innerMoved;
    private readonly long[] _ruleMoved;
    private readonly long[] _rangeAsOf;
    private readonly Stack<int> _path = new();
    private long _now;
    private int _deepest;

    public TreeRanges(Network network, ClaimHeaps claims)
    {
        _network = network;
        _components = network.Components;
        _claims = claims;
        _inner = new long[2 * network.QuantityCount];
        _range = new long[_inner.Length];
        _sums = new Sums[network.RuleCount];
        _depth = new int[network.QuantityCount];
        _crossed = new int[_components.Count];
        _innerMoved = new long[network.QuantityCount];
        _ruleMoved = new long[network.RuleCount];
        _rangeAsOf = new long[network.QuantityCount];
        Array.Fill(_rangeAsOf, -1);
        for (var c = 0; c < _components.Count; c++)
        {
            if (Covers(network, c))
            {
                Run(c);
            }
        }
    }

    public int Conflicts { get; private set; }

    public static bool Covers(Network network, int component) =>
        network.Components.IsTree[component] && network.Components.QuantitiesOf(component).Length + network.Components.RulesOf(component).Length <= GreatestTree;

    public bool IsInConflict(int component) => _crossed[component] > 0;

    /// <summary>A quantity whose inner range is empty: the first of the component.</summary>
    public int Crossing(int component)
    {
        foreach (var q in _components.QuantitiesOf(component))
        {
            if (_inner[2 * q] > _inner[(2 * q) + 1])
            {
                return q;
            }
        }

        throw new InvalidOperationException("Only a component in conflict has an empty range.");
    }

    /// <summary>A claim on this quantity was taken up or withdrawn.</summary>
    public void Update(int quantity)
    {
        var now = _now + 1;
        for (var q = quantity; Refresh(q, now);)
        {
            _now = now;
            var above = _components.RuleAbove[q];
            if (above < 0)
            {
                break;
            }

            _ruleMoved[above] = now;
            q = _components.OwnerOfRule[above];
        }
    }

    /// <summary>An end of a quantity's range.</summary>
    public long ValueOf(int slot)
    {
        var q = slot >> 1;
        if (!Holds(q))
        {
            Compute(q);
        }

        return _range[slot];
    }

    public long InnerOf(int slot) => _inner[slot];

    /// <summary>As of when the end is what it is: it moves only together with this.</summary>
    public long RangeAsOf(int quantity) => _rangeAsOf[quantity];

    public long InnerAsOf(int quantity) => _innerMoved[quantity];

    // Reasons read from the root outward, so times order them: inner ends from the leaves up, then ranges from the root down.
    public long TimeOf(int slot) => _deepest + 1 + _depth[slot >> 1];

    public long InnerTimeOf(int slot) => _deepest + 1 - _depth[slot >> 1];

    public long Before(int slot, long time, int rule) => _components.RuleAbove[slot >> 1] == rule ? InnerTimeOf(slot) : TimeOf(slot);

    public Reason ReasonAt(int slot, long time)
    {
        var value = time == InnerTimeOf(slot) ? _inner[slot] : ValueOf(slot);
        return value == _inner[slot] ? InnerReason(slot, value) : Reason.Rule(_components.RuleAbove[slot >> 1], rounded: false);
    }

    private Reason InnerReason(int slot, long value)
    {
        if ((slot & 1) == 0 && value == 0)
        {
            return Reason.None;
        }

        var claim = _claims.Of(slot);
        if (claim >= 0 && _claims.EndOf(claim, slot) == value)
        {
            return Reason.Claim(claim);
        }

        var q = slot >> 1;
        for (var u = _network.UseStart[q]; u < _network.UseStart[q + 1]; u++)
        {
            var t = _network.UseTerm[u];
            var rule = _network.TermRule[t];
            if (rule != _components.RuleAbove[q])
            {
                var (low, high) = _sums[rule].Leave(_network.RuleConstant[rule], _network.TermCoefficient[t]);
                if (((slot & 1) == 0 ? low : high) == value)
                {
                    return Reason.Rule(rule, rounded: false);
                }
            }
        }

        return Reason.None;
    }

    /// <summary>Each quantity after all that hang below it.</summary>
    private void Run(int component)
    {
        foreach (var q in _components.QuantitiesOf(component))
        {
            var above = _components.RuleAbove[q];
            _depth[q] = above < 0 ? 0 : _depth[_components.OwnerOfRule[above]] + 1;
            _deepest = Math.Max(_deepest, _depth[q]);
            (_inner[2 * q], _inner[(2 * q) + 1]) = (0, Open);
            if (above >= 0)
            {
                _sums[above].Add(CoefficientOf(q, above), 0, Open, 1);
            }
        }

        var quantities = _components.QuantitiesOf(component);
        for (var i = quantities.Length - 1; i >= 0; i--)
        {
            Refresh(quantities[i], 0);
        }
    }

    /// <summary>The inner range of a quantity anew. False: it has not moved.</summary>
    private bool Refresh(int q, long now)
    {
        var (low, high) = (0L, Open);
        if (_network.FirstClaim[q] >= 0)
        {
            var (atLeast, atMost) = (_claims.Of(2 * q), _claims.Of((2 * q) + 1));
            low = atLeast < 0 ? 0 : _network.ClaimLow[atLeast];
            high = atMost < 0 ? Open : _network.ClaimHigh[atMost];
        }

        var (above, own) = (_components.RuleAbove[q], 0);
        for (var u = _network.UseStart[q]; u < _network.UseStart[q + 1]; u++)
        {
            var t = _network.UseTerm[u];
            var rule = _network.TermRule[t];
            if (rule == above)
            {
                own = _network.TermCoefficient[t];
                continue;
            }

            var (least, most) = _sums[rule].Leave(_network.RuleConstant[rule], _network.TermCoefficient[t]);
            (low, high) = (Math.Max(low, least), Math.Min(high, most));
        }

        var (lowBefore, highBefore) = (_inner[2 * q], _inner[(2 * q) + 1]);
        if (low == lowBefore && high == highBefore)
        {
            return false;
        }

        (_inner[2 * q], _inner[(2 * q) + 1], _innerMoved[q]) = (low, high, now);
        Crossed(_components.OfQuantity[q], (low > high ? 1 : 0) - (lowBefore > highBefore ? 1 : 0));
        if (above >= 0)
        {
            _sums[above].Add(own, lowBefore, highBefore, -1);
            _sums[above].Add(own, low, high, 1);
        }

        return true;
    }

    private void Crossed(int component, int by)
    {
        Conflicts -= _crossed[component] > 0 ? 1 : 0;
        _crossed[component] += by;
        Conflicts += _crossed[component] > 0 ? 1 : 0;
    }

    private bool Holds(int q)
    {
        var asOf = _rangeAsOf[q];
        if (asOf == _now)
        {
            return true;
        }

        for (var at = q; _innerMoved[at] <= asOf;)
        {
            var above = _components.RuleAbove[at];
            if (above < 0)
            {
                return true;
            }

            if (_ruleMoved[above] > asOf)
            {
                return false;
            }

            at = _components.OwnerOfRule[above];
        }

        return false;
    }

    private void Compute(int q)
    {
        _path.Clear();
        for (var at = q; ; at = _components.OwnerOfRule[_components.RuleAbove[at]])
        {
            _path.Push(at);
            if (_components.RuleAbove[at] < 0 || _rangeAsOf[at] == _now)
            {
                break;
            }
        }

        while (_path.TryPop(out var at))
        {
            if (_rangeAsOf[at] == _now)
            {
                continue;
            }

            var above = _components.RuleAbove[at];
            var (low, high) = above < 0 ? (0, Open) : FromAbove(at, above);
            (low, high) = (Math.Max(low, _inner[2 * at]), Math.Min(high, _inner[(2 * at) + 1]));
            if (_rangeAsOf[at] < 0 || low != _range[2 * at] || high != _range[(2 * at) + 1] || !Holds(at))
            {
                (_range[2 * at], _range[(2 * at) + 1], _rangeAsOf[at]) = (low, high, _now);
            }
        }
    }

    /// <summary>What a rule leaves of one quantity below it, given the range of the quantity above and the inner ranges of the others.</summary>
    private (long Low, long High) FromAbove(int q, int rule)
    {
        var owner = _components.OwnerOfRule[rule];
        var own = CoefficientOf(q, rule);
        var sums = _sums[rule];
        sums.Add(own, _inner[2 * q], _inner[(2 * q) + 1], -1);
        sums.Add(CoefficientOf(owner, rule), _range[2 * owner], _range[(2 * owner) + 1], 1);
        return sums.Leave(_network.RuleConstant[rule], own);
    }

    private int CoefficientOf(int q, int rule)
    {
        for (var u = _network.UseStart[q]; ; u++)
        {
            if (_network.TermRule[_network.UseTerm[u]] == rule)
            {
                return _network.TermCoefficient[_network.UseTerm[u]];
            }
        }
    }

    /// <summary>What terms add up to at least and at most; those without bound are counted beside.</summary>
    private struct Sums
    {
        private long _least;
        private long _most;
        private int _openLeast;
        private int _openMost;

        public void Add(int a, long low, long high, int times)
        {
            var (atMost, open) = high == Open ? (0, times) : (high, 0);
            if (a > 0)
            {
                _least += times * low;
                _most += times * atMost;
                _openMost += open;
            }
            else
            {
                _most -= times * low;
                _least -= times * atMost;
                _openLeast += open;
            }
        }

        /// <summary>The range of a further quantity with coefficient a, when all add up to the constant.</summary>
        public readonly (long Low, long High) Leave(long constant, int a)
        {
            var (low, high) = a > 0
                ? (_openMost > 0 ? long.MinValue : constant - _most, _openLeast > 0 ? Open : constant - _least)
                : (_openLeast > 0 ? long.MinValue : _least - constant, _openMost > 0 ? Open : _most - constant);
            return (Math.Max(low, 0), high);
        }
    }
}
