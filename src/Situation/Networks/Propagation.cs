using System.Collections;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Safeconduct.Situation.Networks;

/// <summary>
/// Ranges by propagation: each rule bounds each of its quantities by what the others can be at most and at least, until nothing narrows (Davis 1987; Fellegi and Holt 1976 derive implied edits so;
/// Dobra and Fienberg 2000 bound table cells so). Every narrowing keeps its reason, one claim or one rule, so that a proof can be unfolded from it (<see cref="Unfolding"/>).
/// A component at a time: what happens in one cannot touch another. Each component ends settled (nothing narrows any more: the one widest state that all reasons allow, whatever the order
/// of work), in conflict (an end crossed its other end), or unfinished (a cycle narrows slowly and the stated work is used up; what was found is sound).
/// A slot is one end of one quantity: 2 * quantity for the low end, one more for the high end.
/// </summary>
internal sealed class Propagation : IReasons
{
    /// <summary>A high end that nothing bounds.</summary>
    public const long Open = long.MaxValue;

    /// <summary>Derived ends beyond this are kept at it (low) or not kept (high): sound, no longer exact. With coefficients to 10^9 and 2^30 terms no sum can leave an Int128.</summary>
    public const long Ceiling = 1_000_000_000_000_000_000;

    /// <summary>How often a component with cycles may be read through, counted in terms, before it is left unfinished.</summary>
    public const int Rounds = 256;

    private readonly Network _network;
    private readonly Components _components;
    private readonly long[] _value;
    private readonly Reason[] _reason;
    private readonly long[] _time;
    private readonly Reach[] _reach;
    private readonly bool[] _dirty;
    private readonly Queue<int> _queue = new();
    private readonly State[] _state;
    private readonly bool[] _clamped;
    private readonly List<Step>? _history;
    private readonly ClaimHeaps _best;
    private long _clock;
    private long _work;
    private bool _sweeping;

    public Propagation(Network network, BitArray? active, bool history = false)
        : this(network, new ClaimHeaps(network, active), history)
    {
    }

    /// <param name="history">Keep every step, not only the latest of each end: needed to prove what was found before a component settled.</param>
    public Propagation(Network network, ClaimHeaps claims, bool history = false)
    {
        _network = network;
        _components = network.Components;
        _value = new long[2 * network.QuantityCount];
        _reason = new Reason[_value.Length];
        _time = new long[_value.Length];
        _reach = new Reach[network.RuleCount];
        _dirty = new bool[network.RuleCount];
        _state = new State[_components.Count];
        _clamped = new bool[_components.Count];
        _history = history ? [] : null;
        _best = claims;
        for (var slot = 0; slot < _value.Length; slot++)
        {
            (_value[slot], _reason[slot], _time[slot]) = (Base(slot), Reason.None, -1);
        }

        for (var t = 0; t < network.TermQuantity.Length; t++)
        {
            ref var reach = ref _reach[network.TermRule[t]];
            reach.Open(most: network.TermCoefficient[t] > 0, 1);
        }
    }

    public enum State : byte
    {
        Fresh,
        Settled,
        Unfinished,
        Conflict,
    }

    /// <summary>Where ends crossed last: the end that would cross, as it was derived. Kept only with a history.</summary>
    public (int Slot, long Value, Reason Reason, long Time) Crossing { get; private set; }

    public int Conflicts { get; private set; }

    public ClaimHeaps Claims => _best;

    public State StateOf(int component) => _state[component];

    /// <summary>Whether every end in a settled component is one that whole numbers attain.</summary>
    public bool IsExact(int component) => _state[component] == State.Settled && _components.IsTree[component] && !_clamped[component];

    /// <summary>
    /// Whether the latest reason of each end reads only ends that have stood since: so it is when nothing narrows any more and nothing was rounded or cut off at the ceiling,
    /// for then an end that moved would have moved all that read it. Then present reasons are proofs, and following them finds all that rests on a claim.
    /// </summary>
    public bool IsGrounded(int component) => _state[component] == State.Settled && _components.IsUnit[component] && !_clamped[component];

    public long ValueOf(int slot) => _value[slot];

    /// <summary>When the end last moved; -1: never. An end with the same time has the same value for the same reasons.</summary>
    public long TimeOf(int slot) => _time[slot];

    /// <summary>The step that set an end last before a time. Without a history there is only the latest, and in a grounded component that is the one.</summary>
    public long Before(int slot, long time, int rule)
    {
        var at = _time[slot];
        while (at >= time && _history is not null)
        {
            at = _history[(int)at].Previous;
        }

        return at;
    }

    public Reason ReasonAt(int slot, long time) => time < 0 ? Reason.None : _history is null ? _reason[slot] : CollectionsMarshal.AsSpan(_history)[(int)time].Reason;

    public void RunAll() => RunWhere(_ => true);

    public void RunWhere(Func<int, bool> chosen)
    {
        for (var c = 0; c < _components.Count; c++)
        {
            if (chosen(c))
            {
                Run(c);
            }
        }
    }

    /// <summary>A component from its base: claims first, then its rules inward from the leaves, outward again, and then whatever still narrows. On a tree the two sweeps are all.</summary>
    public void Run(int component)
    {
        Enter(component, State.Settled);
        _work = 0;
        _clamped[component] = false;
        _sweeping = true;
        var holds = ApplyClaims(component) && Sweep(_components.RulesOf(component));
        _sweeping = false;
        Finish(component, holds && Drain(component));
    }

    /// <summary>As <see cref="Run"/>, after something that a settled state cannot be led on from.</summary>
    public void RunAgain(int component)
    {
        foreach (var q in _components.QuantitiesOf(component))
        {
            Reset(2 * q);
            Reset((2 * q) + 1);
        }

        Abandon();
        Run(component);
    }

    /// <summary>A claim was taken up. Only what narrows is touched.</summary>
    public void Add(int claim)
    {
        var component = _components.OfQuantity[_network.ClaimQuantity[claim]];
        switch (_state[component])
        {
            case State.Settled:
                _work = 0;
                Finish(component, ApplyClaim(claim) && Drain(component));
                Afresh(component);
                break;
            case State.Unfinished:
                RunAgain(component);
                break;
            case State.Conflict or State.Fresh:
                // What is in conflict stays so with one claim more; what was never run will be run with all its claims.
                break;
        }
    }

    /// <summary>A claim was withdrawn: ends that rest on it, directly or through rules, go back to their claims and are derived again.</summary>
    public void Withdraw(int claim)
    {
        var quantity = _network.ClaimQuantity[claim];
        var component = _components.OfQuantity[quantity];
        if (!IsGrounded(component))
        {
            RunAgain(component);
            return;
        }

        var resting = RestingOn(quantity, Reason.Claim(claim));
        if (resting.Count == 0)
        {
            return;
        }

        foreach (var slot in resting)
        {
            Reset(slot);
        }

        _work = 0;
        var holds = true;
        foreach (var slot in resting)
        {
            holds = holds && ApplyBest(slot);
            MarkRules(slot >> 1);
        }

        Finish(component, holds && Drain(component));
        Afresh(component);
    }

    /// <summary>With a history: takes up some claims on top of what stands, follows them, and says whether no end crossed. <see cref="Rewind"/> undoes it.</summary>
    public bool Try(IReadOnlyList<int> claims)
    {
        foreach (var claim in claims)
        {
            if (!ApplyClaim(claim))
            {
                return Abandon();
            }
        }

        _work = 0;
        return claims.Count == 0 || Drain(_components.OfQuantity[_network.ClaimQuantity[claims[0]]]) || Abandon();
    }

    /// <summary>With a history: how many steps there are.</summary>
    public int Mark => _history!.Count;

    /// <summary>With a history: undoes the steps after a mark, the latest first.</summary>
    public void Rewind(int mark)
    {
        Abandon();
        for (var i = _history!.Count - 1; i >= mark; i--)
        {
            var step = _history[i];
            var previous = (int)step.Previous;
            Put(step.Slot, previous < 0 ? Base(step.Slot) : _history[previous].Value);
            (_reason[step.Slot], _time[step.Slot]) = (previous < 0 ? Reason.None : _history[previous].Reason, previous);
        }

        CollectionsMarshal.SetCount(_history, mark);
        _clock = mark;
        Abandon();
    }

    private static long Base(int slot) => (slot & 1) == 0 ? 0 : Open;

    private void Enter(int component, State state)
    {
        Conflicts += (state == State.Conflict ? 1 : 0) - (_state[component] == State.Conflict ? 1 : 0);
        _state[component] = state;
    }

    private void Finish(int component, bool holds)
    {
        if (!holds)
        {
            Abandon();
            Enter(component, State.Conflict);
        }
    }

    /// <summary>What is left unfinished is left where a fresh run leaves it.</summary>
    private void Afresh(int component)
    {
        if (_state[component] == State.Unfinished)
        {
            RunAgain(component);
        }
    }

    private bool Abandon()
    {
        while (_queue.TryDequeue(out var rule))
        {
            _dirty[rule] = false;
        }

        return false;
    }

    private bool ApplyClaims(int component)
    {
        foreach (var q in _components.QuantitiesOf(component))
        {
            if (_network.FirstClaim[q] >= 0 && !(ApplyBest(2 * q) && ApplyBest((2 * q) + 1)))
            {
                return false;
            }
        }

        return true;
    }

    private bool ApplyBest(int slot)
    {
        var claim = _best.Of(slot);
        return claim < 0 || Tighten(slot, _best.EndOf(claim, slot), Reason.Claim(claim));
    }

    private bool ApplyClaim(int claim)
    {
        var slot = 2 * _network.ClaimQuantity[claim];
        return (_network.ClaimLow[claim] == Network.NoLow || Tighten(slot, _network.ClaimLow[claim], Reason.Claim(claim)))
            && (_network.ClaimHigh[claim] == Network.NoHigh || Tighten(slot + 1, _network.ClaimHigh[claim], Reason.Claim(claim)));
    }

    private bool Sweep(ReadOnlySpan<int> rules)
    {
        for (var i = rules.Length - 1; i >= 0; i--)
        {
            if (!Apply(rules[i]))
            {
                return Clean(rules);
            }
        }

        foreach (var rule in rules)
        {
            if (_dirty[rule] && !Apply(rule))
            {
                return Clean(rules);
            }
        }

        foreach (var rule in rules)
        {
            if (_dirty[rule])
            {
                _queue.Enqueue(rule);
            }
        }

        return true;
    }

    private bool Clean(ReadOnlySpan<int> rules)
    {
        foreach (var rule in rules)
        {
            _dirty[rule] = false;
        }

        return false;
    }

    private bool Drain(int component)
    {
        var allowed = ((long)Rounds * _components.Terms[component]) + 10_000;
        while (_queue.TryDequeue(out var rule))
        {
            if (!Apply(rule))
            {
                return false;
            }

            if (_work > allowed && !_components.IsTree[component])
            {
                Abandon();
                Enter(component, State.Unfinished);
                return true;
            }
        }

        return true;
    }

    /// <summary>Bounds each quantity of a rule by the others. False: an end crossed.</summary>
    private bool Apply(int rule)
    {
        _dirty[rule] = false;
        ref var reach = ref _reach[rule];
        if (reach is { OpenLeast: > 1, OpenMost: > 1 })
        {
            return true;
        }

        var (from, to) = (_network.RuleStart[rule], _network.RuleStart[rule + 1]);
        _work += to - from;
        var constant = (Int128)_network.RuleConstant[rule];
        for (var t = from; t < to; t++)
        {
            var (slot, a) = (2 * _network.TermQuantity[t], _network.TermCoefficient[t]);
            var (least, most) = a > 0 ? (slot, slot + 1) : (slot + 1, slot);
            if (reach.Rest(most: false, _value[least], a) is { } below && !Bound(most, constant - below, a, rule))
            {
                return false;
            }

            if (reach.Rest(most: true, _value[most], a) is { } above && !Bound(least, constant - above, a, rule))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>a * x is at most the room (slot: the end where a * x is greatest) or at least it. Rounded inward.</summary>
    private bool Bound(int slot, Int128 room, int a, int rule)
    {
        if (a is 1 or -1)
        {
            return Tighten(slot, Within(a > 0 ? room : -room), Reason.Rule(rule, rounded: false));
        }

        var (quotient, rest) = Int128.DivRem(room, a);
        var rounded = rest != 0;
        if (rounded)
        {
            // DivRem cuts toward zero; the true quotient lies on the side of the signs.
            var negative = Int128.IsNegative(rest) != (a < 0);
            quotient += (slot & 1) == 0 ? (negative ? 0 : 1) : (negative ? -1 : 0);
        }

        return Tighten(slot, Within(quotient), Reason.Rule(rule, rounded));
    }

    private static long Within(Int128 value) => value > Ceiling ? Ceiling + 1 : value < -1 ? -1 : (long)value;

    /// <summary>Moves an end inward; an end that would move outward stays. False: it would cross the other end, and nothing is moved.</summary>
    private bool Tighten(int slot, long value, Reason reason)
    {
        var high = (slot & 1) != 0;
        if (value > Ceiling)
        {
            _clamped[_components.OfQuantity[slot >> 1]] = true;
            if (high)
            {
                return true;
            }

            value = Ceiling;
        }

        if (high ? value >= _value[slot] : value <= _value[slot])
        {
            return true;
        }

        var time = _clock++;
        // A crossing step, too, stays in the history, as the last one, to be proved; it moves nothing.
        _history?.Add(new Step(slot, _time[slot], value, reason));
        if (high ? value < _value[slot - 1] : value > _value[slot + 1])
        {
            Crossing = (slot, value, reason, time);
            return false;
        }

        Put(slot, value, reason.IsRounded ? -1 : reason.RuleOrNone ?? -1);
        (_reason[slot], _time[slot]) = (reason, time);
        return true;
    }

    private void Reset(int slot)
    {
        if (_time[slot] >= 0)
        {
            Put(slot, Base(slot));
            (_reason[slot], _time[slot]) = (Reason.None, -1);
        }
    }

    /// <summary>
    /// Sets an end, leads the sums of its rules on, and marks those rules to be read: but not the rule that gave the end, since a rule read once gives nothing more until another end of it moves,
    /// unless the end was rounded.
    /// </summary>
    private void Put(int slot, long value, int by = -1)
    {
        var old = _value[slot];
        var high = (slot & 1) != 0;
        _value[slot] = value;
        var q = slot >> 1;
        for (var u = _network.UseStart[q]; u < _network.UseStart[q + 1]; u++)
        {
            var t = _network.UseTerm[u];
            var (rule, a) = (_network.TermRule[t], _network.TermCoefficient[t]);
            _reach[rule].Move(most: high == a > 0, old, value, a);
            if (rule != by)
            {
                ToRead(rule);
            }
        }
    }

    private void MarkRules(int q)
    {
        for (var u = _network.UseStart[q]; u < _network.UseStart[q + 1]; u++)
        {
            ToRead(_network.TermRule[_network.UseTerm[u]]);
        }
    }

    private void ToRead(int rule)
    {
        if (!_dirty[rule])
        {
            _dirty[rule] = true;
            if (!_sweeping)
            {
                _queue.Enqueue(rule);
            }
        }
    }

    /// <summary>All ends whose present reasons lead back to a claim.</summary>
    private List<int> RestingOn(int quantity, Reason claim)
    {
        var found = new List<int>();
        var seen = new HashSet<int>();
        for (var slot = 2 * quantity; slot < (2 * quantity) + 2; slot++)
        {
            if (_time[slot] >= 0 && _reason[slot] == claim && seen.Add(slot))
            {
                found.Add(slot);
            }
        }

        for (var i = 0; i < found.Count; i++)
        {
            var (q, high) = (found[i] >> 1, found[i] & 1);
            for (var u = _network.UseStart[q]; u < _network.UseStart[q + 1]; u++)
            {
                var term = _network.UseTerm[u];
                var rule = _network.TermRule[term];
                for (var t = _network.RuleStart[rule]; t < _network.RuleStart[rule + 1]; t++)
                {
                    // An end of x reads the opposite end of a quantity on its own side of the rule, and the same end of one on the other side.
                    var sameSide = (_network.TermCoefficient[t] > 0) == (_network.TermCoefficient[term] > 0);
                    var slot = (2 * _network.TermQuantity[t]) + (sameSide ? 1 - high : high);
                    if (t != term && _time[slot] >= 0 && _reason[slot].IsRule(rule) && seen.Add(slot))
                    {
                        found.Add(slot);
                    }
                }
            }
        }

        return found;
    }

    private readonly record struct Step(int Slot, long Previous, long Value, Reason Reason);

    /// <summary>What the terms of a rule add up to at least and at most; terms without bound are counted beside the sum.</summary>
    private struct Reach
    {
        private Int128 _least;
        private Int128 _most;

        public int OpenLeast { get; private set; }

        public int OpenMost { get; private set; }

        /// <summary>At the start a low end is 0 and adds nothing, and a high end is open: it is greatest for a positive coefficient, least for a negative one.</summary>
        public void Open(bool most, int by)
        {
            if (most)
            {
                OpenMost += by;
            }
            else
            {
                OpenLeast += by;
            }
        }

        /// <summary>The sum of the other terms, given one term's own end; null while another is without bound.</summary>
        public readonly Int128? Rest(bool most, long own, int a)
        {
            var open = most ? OpenMost : OpenLeast;
            return own == Propagation.Open
                ? open == 1 ? (most ? _most : _least) : null
                : open == 0 ? (most ? _most : _least) - Times(own, a) : null;
        }

        public void Move(bool most, long old, long value, int a)
        {
            Open(most, (value == Propagation.Open ? 1 : 0) - (old == Propagation.Open ? 1 : 0));
            var by = Times((value == Propagation.Open ? 0 : value) - (old == Propagation.Open ? 0 : old), a);
            if (most)
            {
                _most += by;
            }
            else
            {
                _least += by;
            }
        }

        private static Int128 Times(long value, int a) => a == 1 ? value : a == -1 ? -value : (Int128)value * a;
    }
}

/// <summary>Why an end stands where it stands: one claim, one rule (then: was it rounded on the way), or nothing but that counts are not below zero.</summary>
internal readonly record struct Reason
{
    private readonly int _code;

    private Reason(int code) => _code = code;

    public static Reason None { get; } = new(int.MinValue);

    public static Reason Claim(int claim) => new(~claim);

    public static Reason Rule(int rule, bool rounded) => new((rule << 1) | (rounded ? 1 : 0));

    public int? ClaimOrNone => _code is < 0 and > int.MinValue ? ~_code : null;

    public int? RuleOrNone => _code >= 0 ? _code >> 1 : null;

    public bool IsRounded => _code >= 0 && (_code & 1) == 1;

    public bool IsRule(int rule) => _code >= 0 && _code >> 1 == rule;
}
