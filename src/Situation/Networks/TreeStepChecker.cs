namespace Safeconduct.Situation.Networks;

/// <summary>As <see cref="StepChecker"/>, for ranges on trees: a range is an inner range or follows from the rule above; an inner range is a claim's or follows from a rule below.</summary>
internal sealed class TreeStepChecker(Network network, TreeRanges ranges, ClaimHeaps claims)
{
    // As of when each inner end and each end of a range was when it checked, one higher; 0: never.
    private readonly long[] _inner = new long[2 * network.QuantityCount];
    private readonly long[] _range = new long[2 * network.QuantityCount];
    private readonly Stack<(int Slot, bool Inner)> _open = new();

    public bool Checks(int slot)
    {
        _open.Clear();
        _open.Push((slot, false));
        while (_open.TryPeek(out var step))
        {
            var before = _open.Count;
            if (!Stands(step.Slot, step.Inner) && !Follows(step.Slot, step.Inner))
            {
                return false;
            }

            if (_open.Count == before)
            {
                (step.Inner ? _inner : _range)[step.Slot] = AsOf(step.Slot, step.Inner) + 1;
                _open.Pop();
            }
        }

        return true;
    }

    private long Value(int slot, bool inner) => inner ? ranges.InnerOf(slot) : ranges.ValueOf(slot);

    private long AsOf(int slot, bool inner) => inner ? ranges.InnerAsOf(slot >> 1) : ranges.RangeAsOf(slot >> 1);

    private bool Stands(int slot, bool inner)
    {
        var value = Value(slot, inner);
        return value == ((slot & 1) == 0 ? 0 : Propagation.Open) || (inner ? _inner : _range)[slot] == AsOf(slot, inner) + 1;
    }

    /// <summary>True also when it waits for what it reads: that is then on the stack.</summary>
    private bool Follows(int slot, bool inner)
    {
        var reason = ranges.ReasonAt(slot, inner ? ranges.InnerTimeOf(slot) : ranges.TimeOf(slot));
        if (reason.ClaimOrNone is { } claim)
        {
            var said = (slot & 1) == 0 ? network.ClaimLow[claim] : network.ClaimHigh[claim];
            return claims.Contains(claim) && network.ClaimQuantity[claim] == slot >> 1 && said == Value(slot, inner);
        }

        return reason.RuleOrNone is { } rule && ByRule(rule, slot, inner);
    }

    private bool ByRule(int rule, int slot, bool inner)
    {
        var own = 0;
        for (var t = network.RuleStart[rule]; t < network.RuleStart[rule + 1]; t++)
        {
            own = network.TermQuantity[t] == slot >> 1 ? network.TermCoefficient[t] : own;
        }

        var (left, waits) = ((Int128)network.RuleConstant[rule] * own, false);
        for (var t = network.RuleStart[rule]; t < network.RuleStart[rule + 1]; t++)
        {
            var other = network.TermQuantity[t];
            if (other == slot >> 1)
            {
                continue;
            }

            // Below the rule: the inner range. Above it: the range, which only something below may read.
            var below = network.Components.RuleAbove[other] == rule;
            var a = network.TermCoefficient[t] * own;
            var read = (2 * other) + ((a > 0) == ((slot & 1) == 0) ? 1 : 0);
            var value = Value(read, below);
            if (value == Propagation.Open || (!below && (inner || network.Components.RuleAbove[slot >> 1] != rule)))
            {
                return false;
            }

            if (!Stands(read, below))
            {
                _open.Push((read, below));
                waits = true;
            }

            left -= (Int128)a * value;
        }

        var ended = Value(slot, inner);
        return own is 1 or -1 && (waits || ((slot & 1) == 0 ? ended <= left : ended >= left));
    }
}
