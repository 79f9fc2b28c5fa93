namespace Safeconduct.Situation.Agreements.Monitor;

/// <summary>
/// A state whose openings and closings are known within limits: when it may be on, when it must be on, and a clock that stands still while it is. Exact for every single moment; a deadline is the range from the one that
/// counts only the time that is certainly paused to the one that counts all that may be.
/// </summary>
internal sealed class PausedClock
{
    private readonly List<Happening> _on = [];
    private readonly List<Happening> _off = [];
    private readonly List<long> _moments = [];

    /// <summary>Takes the reports of one key.</summary>
    /// <param name="sureOnly">Leaves the contested ones out.</param>
    public void Read(Reports reports, ReadOnlySpan<int> on, ReadOnlySpan<int> off, bool sureOnly)
    {
        Take(reports, on, _on, sureOnly);
        Take(reports, off, _off, sureOnly);
        _moments.Clear();
        foreach (var switched in _on.Concat(_off))
        {
            _moments.AddRange([switched.Early, switched.Early + 1, switched.Late, switched.Late + 1]);
        }

        _moments.Sort();
    }

    /// <summary>Moments between which neither answer changes.</summary>
    public IReadOnlyList<long> Moments => _moments;

    /// <summary>Whether it is on at a moment in some completion: an opening, as late as it may be, that every closing can be kept away from.</summary>
    public bool MayBeOn(long time)
    {
        foreach (var on in _on)
        {
            if (on.Early <= time && !_off.Exists(o => !o.Contested && o.Early >= Math.Min(on.Late, time) && o.Late <= time))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it is on at a moment in every completion: a sure opening that no closing, as late as it may be, can follow.</summary>
    public bool MustBeOn(long time)
    {
        var closed = long.MinValue;
        foreach (var off in _off)
        {
            closed = off.Early <= time ? Math.Max(closed, Math.Min(off.Late, time)) : closed;
        }

        return _on.Exists(o => !o.Contested && o.Late <= time && o.Early > closed);
    }

    /// <summary>The earliest moment by which so much time passed unpaused.</summary>
    /// <param name="may">Counts every moment as paused at which it may be on; else those at which it must be.</param>
    public long Deadline(long from, long span, bool may)
    {
        if (_on.Count == 0)
        {
            return from + span;
        }

        var (now, next) = (from, 0);
        while (true)
        {
            if (span == 0)
            {
                return now;
            }

            while (next < _moments.Count && _moments[next] <= now)
            {
                next++;
            }

            var until = next < _moments.Count ? _moments[next] : AgreementMonitor.Ever;
            var on = may ? MayBeOn(now) : MustBeOn(now);
            if (!on && span <= until - now)
            {
                return now + span;
            }

            if (until == AgreementMonitor.Ever)
            {
                return until;
            }

            span -= on ? 0 : until - now;
            now = until;
        }
    }

    private static void Take(Reports reports, ReadOnlySpan<int> slots, List<Happening> into, bool sureOnly)
    {
        into.Clear();
        foreach (var slot in slots)
        {
            if (!sureOnly || !reports[slot].Contested)
            {
                into.Add(reports[slot]);
            }
        }
    }
}
