using System.Numerics;

namespace Safeconduct.Situation.Networks;

/// <summary>
/// Unfolds the reasons of propagation into a certificate. An end that a rule gave is that rule times a multiplier and the ends it read, each times its own; they unfold in turn.
/// Steps are taken the latest first, so that all who read a step have added to its multiplier before it is unfolded: once each, however many paths lead to it.
/// Multipliers stay whole: where one must be divided, everything is first multiplied by what is missing.
/// </summary>
internal sealed class Unfolding
{
    private readonly Network _network;
    private readonly IReasons _reasons;
    private readonly Dictionary<(int Slot, long Time), BigInteger> _pending = [];
    private readonly PriorityQueue<(int Slot, long Time), long> _latest = new();
    private readonly Dictionary<(LineKind Kind, int Index), BigInteger> _lines = [];
    private readonly Dictionary<(int Slot, long Time), BigInteger> _rounded = [];
    private BigInteger _scale = BigInteger.One;

    private Unfolding(Network network, IReasons reasons)
    {
        _network = network;
        _reasons = reasons;
    }

    /// <summary>The proof of an end as it stands; null: nothing bounds it.</summary>
    public static Certificate? Of(Network network, IReasons reasons, int slot)
    {
        var time = reasons.TimeOf(slot);
        return (slot & 1) == 1 && reasons.ReasonAt(slot, time) == Reason.None ? null : Whole(network, reasons, [(slot, time)], slot);
    }

    /// <summary>The proof of nonsense from the end that crossed and the end that it crossed. The propagation has a history.</summary>
    public static Certificate OfCrossing(Network network, Propagation propagation)
    {
        var (slot, _, _, time) = propagation.Crossing;
        return Whole(network, propagation, [(slot, time), (slot ^ 1, propagation.Before(slot ^ 1, time, -1))], null);
    }

    /// <summary>The proof of nonsense from a quantity of a tree whose inner range is empty.</summary>
    public static Certificate OfCrossing(Network network, TreeRanges ranges, int quantity) =>
        Whole(network, ranges, [(2 * quantity, ranges.InnerTimeOf(2 * quantity)), ((2 * quantity) + 1, ranges.InnerTimeOf((2 * quantity) + 1))], null);

    private static Certificate Whole(Network network, IReasons reasons, ReadOnlySpan<(int Slot, long Time)> roots, int? target)
    {
        var last = new Unfolding(network, reasons);
        last.Unfold(roots, target is not null);
        var roundings = new SortedDictionary<long, (int Slot, Unfolding Steps)>();
        var open = new PriorityQueue<(int Slot, long Time), long>();
        Ask(last);
        while (open.TryDequeue(out var step, out _))
        {
            if (!roundings.ContainsKey(step.Time))
            {
                var unfolding = new Unfolding(network, reasons);
                unfolding.Unfold([step], single: true);
                roundings[step.Time] = (step.Slot, unfolding);
                Ask(unfolding);
            }
        }

        var places = roundings.Keys.Select((time, i) => (time, i)).ToDictionary(p => p.time, p => p.i);
        var earlier = new List<Certificate>();
        foreach (var (slot, steps) in roundings.Values)
        {
            earlier.Add(steps.Certified(slot, places, earlier, []));
        }

        return last.Certified(target, places, earlier, earlier);

        void Ask(Unfolding unfolding)
        {
            foreach (var step in unfolding._rounded.Keys)
            {
                open.Enqueue(step, -step.Time);
            }
        }
    }

    private void Unfold(ReadOnlySpan<(int Slot, long Time)> roots, bool single)
    {
        foreach (var (slot, time) in roots)
        {
            if (single)
            {
                // The end itself is rounded last of all, so a rule's coefficient may stay in front of it.
                var reason = _reasons.ReasonAt(slot, time);
                _scale = reason.RuleOrNone is { } rule ? BigInteger.Abs(Coefficient(rule, slot >> 1)) : BigInteger.One;
                Take(slot, reason, _scale, time);
            }
            else
            {
                Need(slot, time, BigInteger.One);
            }
        }

        while (_latest.TryDequeue(out var step, out _))
        {
            if (_pending.Remove(step, out var times))
            {
                var reason = _reasons.ReasonAt(step.Slot, step.Time);
                if (reason.IsRounded)
                {
                    _rounded[step] = times;
                }
                else
                {
                    Take(step.Slot, reason, times, step.Time);
                }
            }
        }
    }

    private void Take(int slot, Reason reason, BigInteger times, long time)
    {
        var q = slot >> 1;
        if (reason.ClaimOrNone is { } claim)
        {
            Line((slot & 1) == 0 ? LineKind.ClaimLow : LineKind.ClaimHigh, claim, times);
        }
        else if (reason.RuleOrNone is { } rule)
        {
            TakeRule(slot, rule, times, time);
        }
        else
        {
            Line(LineKind.NotBelowZero, q, times);
        }
    }

    private void TakeRule(int slot, int rule, BigInteger times, long time)
    {
        BigInteger a = Coefficient(rule, slot >> 1);
        var missing = BigInteger.Abs(a) / BigInteger.GreatestCommonDivisor(times, a);
        if (!missing.IsOne)
        {
            Scale(missing);
            times *= missing;
        }

        var factor = ((slot & 1) == 0 ? times : -times) / a;
        Line(LineKind.Rule, rule, factor);
        for (var t = _network.RuleStart[rule]; t < _network.RuleStart[rule + 1]; t++)
        {
            var other = _network.TermQuantity[t];
            if (other != slot >> 1)
            {
                // What the rule leaves of the other quantity is cancelled by one of its ends.
                var left = factor * _network.TermCoefficient[t];
                var read = (2 * other) + (left.Sign > 0 ? 1 : 0);
                Need(read, _reasons.Before(read, time, rule), BigInteger.Abs(left));
            }
        }
    }

    private void Need(int slot, long time, BigInteger times)
    {
        if (time < 0)
        {
            Line(LineKind.NotBelowZero, slot >> 1, times);
        }
        else if (_pending.TryGetValue((slot, time), out var before))
        {
            _pending[(slot, time)] = before + times;
        }
        else
        {
            _pending[(slot, time)] = times;
            _latest.Enqueue((slot, time), -time);
        }
    }

    private void Line(LineKind kind, int index, BigInteger times) => _lines[(kind, index)] = _lines.GetValueOrDefault((kind, index)) + times;

    private void Scale(BigInteger by)
    {
        _scale *= by;
        Scale(_pending, by);
        Scale(_lines, by);
        Scale(_rounded, by);
    }

    private static void Scale<T>(Dictionary<T, BigInteger> numbers, BigInteger by)
        where T : notnull
    {
        foreach (var key in numbers.Keys.ToList())
        {
            numbers[key] *= by;
        }
    }

    private int Coefficient(int rule, int quantity)
    {
        for (var t = _network.RuleStart[rule]; t < _network.RuleStart[rule + 1]; t++)
        {
            if (_network.TermQuantity[t] == quantity)
            {
                return _network.TermCoefficient[t];
            }
        }

        throw new InvalidOperationException("A reason names a rule that does not name its quantity.");
    }

    private Certificate Certified(int? slot, Dictionary<long, int> places, IReadOnlyList<Certificate> earlier, IReadOnlyList<Certificate> shown)
    {
        var lines = _lines.Select(l => new CertificateLine(l.Value, l.Key.Kind, l.Key.Index))
            .Concat(_rounded.Select(r => new CertificateLine(r.Value, LineKind.Rounded, places[r.Key.Time])))
            .Where(l => !l.Multiplier.IsZero)
            .OrderBy(l => l.Kind).ThenBy(l => l.Index)
            .ToList();
        var bound = lines.Aggregate(BigInteger.Zero, (sum, l) => sum + (l.Multiplier * Constant(l, earlier)));
        return slot is { } s
            ? new Certificate(s >> 1, (End)(s & 1), _scale, (s & 1) == 0 ? bound : -bound, lines, shown)
            : new Certificate(null, End.Low, BigInteger.Zero, bound, lines, shown);
    }

    private BigInteger Constant(CertificateLine line, IReadOnlyList<Certificate> earlier) => line.Kind switch
    {
        LineKind.ClaimLow => _network.ClaimLow[line.Index],
        LineKind.ClaimHigh => -(BigInteger)_network.ClaimHigh[line.Index],
        LineKind.Rule => _network.RuleConstant[line.Index],
        LineKind.Rounded => earlier[line.Index].End == End.Low ? earlier[line.Index].Value : -earlier[line.Index].Value,
        LineKind.NotBelowZero => 0,
        _ => throw new InvalidOperationException("Every kind of line is listed."),
    };
}
