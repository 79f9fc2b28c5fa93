namespace Safeconduct.Situation.Networks;

/// <summary>
/// Checks an end step by step: its one claim says it, or its one rule gives it from other ends that were set before it, and those check too. It is the same proof as the unfolded certificate,
/// left folded; each step is added up once and remembered by its time, so that after an update only what moved is checked again. Independent of how propagation found the step.
/// </summary>
internal sealed class StepChecker(Network network, Propagation propagation)
{
    // The time at which each end was when it checked; 0: never (times are kept one higher).
    private readonly long[] _checked = new long[2 * network.QuantityCount];
    private readonly Stack<int> _open = new();

    public bool Checks(int slot)
    {
        _open.Clear();
        _open.Push(slot);
        while (_open.TryPeek(out var top))
        {
            if (!Stands(top))
            {
                var (holds, waits) = Step(top, propagation.TimeOf(top));
                if (!holds)
                {
                    return false;
                }

                if (waits)
                {
                    continue;
                }

                _checked[top] = propagation.TimeOf(top) + 1;
            }

            _open.Pop();
        }

        return true;
    }

    /// <summary>Nothing was said of it, so it is zero or open; or it checked before.</summary>
    private bool Stands(int slot) => propagation.TimeOf(slot) is var time && (time < 0 ? propagation.ValueOf(slot) == ((slot & 1) == 0 ? 0 : Propagation.Open) : _checked[slot] == time + 1);

    private (bool Holds, bool Waits) Step(int slot, long time)
    {
        var reason = propagation.ReasonAt(slot, time);
        if (reason.ClaimOrNone is { } claim)
        {
            var said = (slot & 1) == 0 ? network.ClaimLow[claim] : network.ClaimHigh[claim];
            return (propagation.Claims.Contains(claim) && network.ClaimQuantity[claim] == slot >> 1 && said == propagation.ValueOf(slot), false);
        }

        return reason.RuleOrNone is { } rule && time >= 0 ? ByRule(rule, slot, time) : (false, false);
    }

    /// <summary>The quantity is what the constant leaves beside the others: each other at the end that leaves the most (high end) or the least (low end).</summary>
    private (bool Holds, bool Waits) ByRule(int rule, int slot, long time)
    {
        var own = 0;
        for (var t = network.RuleStart[rule]; t < network.RuleStart[rule + 1]; t++)
        {
            own = network.TermQuantity[t] == slot >> 1 ? network.TermCoefficient[t] : own;
        }

        var (left, waits) = ((Int128)network.RuleConstant[rule] * own, false);
        for (var t = network.RuleStart[rule]; t < network.RuleStart[rule + 1]; t++)
        {
            if (network.TermQuantity[t] == slot >> 1)
            {
                continue;
            }

            var a = network.TermCoefficient[t] * own;
            var read = (2 * network.TermQuantity[t]) + ((a > 0) == ((slot & 1) == 0) ? 1 : 0);
            if (propagation.TimeOf(read) >= time || propagation.ValueOf(read) == Propagation.Open)
            {
                return (false, false);
            }

            if (!Stands(read))
            {
                _open.Push(read);
                waits = true;
            }

            left -= (Int128)a * propagation.ValueOf(read);
        }

        var value = propagation.ValueOf(slot);
        return (own is 1 or -1 && (waits || ((slot & 1) == 0 ? value <= left : value >= left)), waits);
    }
}
