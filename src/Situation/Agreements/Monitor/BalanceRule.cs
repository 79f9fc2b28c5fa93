using System.Runtime.Intrinsics;

namespace Safeconduct.Situation.Agreements.Monitor;

/// <summary>
/// Sums over a sliding window: at each moment, what the sums must and may be, as running sums of what enters and leaves. Its instances are the longest stretches of time up to now in which the limit is, or may be, exceeded;
/// each is named by the moment at which it begins.
/// </summary>
internal sealed class BalanceRule(Balance rule, AgreementMonitor monitor) : Judged(rule, monitor)
{
    // Columns: the least and the most that plus less minus may be; the same two without contested reports.
    private readonly Ledger _ledger = new();
    private readonly List<Stretch> _stretches = [];
    private readonly List<(long Time, Vector256<long> Amounts)> _steps = [];
    private readonly List<Stretch> _fresh = [];
    private readonly Bindings _reports = new(new Part(0));

    public override IEnumerable<Part> Parts => rule.Minus is null ? [rule.Plus] : [rule.Plus, rule.Minus];

    public override void Added(int slot) => Take(slot, adds: true);

    public override void Removed(int slot) => Take(slot, adds: false);

    public override void Advanced(long from) => Judge(from < Monitor.From ? Monitor.From : from + 1, Now);

    public override void Started()
    {
    }

    public override void WatchChanged() => Judge(Monitor.From, Now);

    public override IEnumerable<InstanceVerdict> Verdicts() => _stretches.ToArray().Select(Described);

    public override InstanceVerdict? VerdictOf(long instance)
    {
        var at = Find(instance);
        return at < _stretches.Count && _stretches[at].From == instance ? Described(_stretches[at]) : null;
    }

    public override Proof? Explain(long instance)
    {
        if (VerdictOf(instance) is not { } said)
        {
            return null;
        }

        var near = new List<int>();
        foreach (var slot in _reports.Of(default).Members.Between(Reports, instance - rule.Window, instance))
        {
            if (Reports[slot].Late >= instance - rule.Window && Reports[slot].Early <= instance)
            {
                near.Add(slot);
            }
        }

        var minus = near.Where(s => !rule.Plus.Takes(Reports[s])).ToList();
        var deciding = near.Except(minus).OrderBy(s => Reports[s].Low).ThenBy(s => Reports[s].Id).ToList();
        var sums = near.Aggregate(Vector256<long>.Zero, (sum, s) => sum + At(s));
        var outcome = Exceeds(sums);

        // Small ones go first; passes until none can, because contested ones speak for and against.
        for (var before = deciding.Count + 1; deciding.Count < before;)
        {
            before = deciding.Count;
            deciding.RemoveAll(s =>
            {
                var spared = Exceeds(sums - At(s)) == outcome;
                sums -= spared ? At(s) : Vector256<long>.Zero;
                return spared;
            });
        }

        return Proved(said, rule.Minus is null ? Coverage.NotNeeded : rule.Closed ? Coverage.Closed : Coverage.Watched, deciding.Select(s => Reports[s].Id), minus.Select(s => Reports[s].Id));

        Vector256<long> At(int slot)
        {
            ref readonly var report = ref Reports[slot];
            var (may, must) = Amounts(report);
            return may + (report.Late <= instance && report.Early >= instance - rule.Window ? must : Vector256<long>.Zero);
        }
    }

    /// <summary>What a report adds while it may lie in the window, and what besides while it must.</summary>
    private (Vector256<long> May, Vector256<long> Must) Amounts(in Happening report)
    {
        var sure = !report.Contested;
        var (high, low) = (report.High ?? AgreementMonitor.Unbounded, sure ? report.Low : 0);
        return rule.Plus.Takes(report)
            ? (Vector256.Create(0, high, 0, sure ? high : 0), Vector256.Create(low, 0, low, 0))
            : (Vector256.Create(-high, 0, sure ? -high : 0, 0), Vector256.Create(0, -low, 0, -low));
    }

    /// <summary>The least and the most the difference of the sums may be at a moment; amounts without an upper end count <see cref="AgreementMonitor.Unbounded"/>.</summary>
    public (long Low, long High) At(long time)
    {
        var sums = _ledger.UpTo(time);
        return (sums.GetElement(0), sums.GetElement(1));
    }

    private InstanceVerdict Described(Stretch stretch)
    {
        var (low, high) = At(stretch.From);
        return new(stretch.From, stretch.Verdict, stretch.From, stretch.Until, Monitor.IsProvisional(stretch.Until), low, high >= AgreementMonitor.Unbounded / 2 ? null : high);
    }

    private void Take(int slot, bool adds)
    {
        var report = Reports[slot];
        if (report.Early < Monitor.From)
        {
            return;
        }

        var (may, must) = Amounts(report);
        Step(report.Early, 0, may);
        Step(report.Late + rule.Window + 1, 1, -may);
        if (report.Late <= report.Early + rule.Window && must != Vector256<long>.Zero)
        {
            Step(report.Late, 2, must);
            Step(report.Early + rule.Window + 1, 3, -must);
        }

        ref var all = ref _reports.Of(default);
        if (adds)
        {
            all.Members.Add(Reports, slot);
        }
        else
        {
            all.Members.Remove(Reports, slot);
        }

        Judge(report.Early, report.Late + rule.Window);

        void Step(long time, int which, Vector256<long> amounts)
        {
            var tag = ((long)report.Id * 4) + which;
            if (adds)
            {
                _ledger.Add(time, tag, amounts);
            }
            else
            {
                _ledger.Remove(time, tag);
            }
        }
    }

    /// <summary>Finds the stretches again between two moments, and joins them to those around.</summary>
    private void Judge(long from, long until)
    {
        (from, until) = (Math.Max(from, Monitor.From), Math.Min(until, Now));
        if (from > until)
        {
            return;
        }

        var first = Find(from - 1);
        var last = first;
        while (last < _stretches.Count && _stretches[last].From <= until + 1)
        {
            last++;
        }

        _fresh.Clear();
        if (last > first && _stretches[first].From < from)
        {
            Join(_stretches[first] with { Until = Math.Min(_stretches[first].Until, from - 1) });
        }

        var sums = _ledger.UpTo(from);
        _steps.Clear();
        _ledger.Between(from + 1, until, _steps);
        var start = from;
        for (var i = 0; i < _steps.Count; i++)
        {
            if (_steps[i].Time > start)
            {
                Join(new Stretch(start, _steps[i].Time - 1, Exceeds(sums), Verdict.None));
                start = _steps[i].Time;
            }

            sums += _steps[i].Amounts;
        }

        Join(new Stretch(start, until, Exceeds(sums), Verdict.None));
        if (last > first && _stretches[last - 1].Until > until)
        {
            Join(_stretches[last - 1] with { From = Math.Max(_stretches[last - 1].From, until + 1) });
        }

        for (var i = 0; i < _fresh.Count; i++)
        {
            _fresh[i] = _fresh[i] with { Verdict = Settled(_fresh[i]) };
        }

        Replace(first, last);
    }

    private void Replace(int first, int last)
    {
        var (o, n) = (first, 0);
        while (o < last || n < _fresh.Count)
        {
            if (n == _fresh.Count || (o < last && _stretches[o].From < _fresh[n].From))
            {
                Changed(_stretches[o].From, _stretches[o].Verdict, Verdict.None);
                o++;
            }
            else if (o == last || _fresh[n].From < _stretches[o].From)
            {
                Changed(_fresh[n].From, Verdict.None, _fresh[n].Verdict);
                n++;
            }
            else
            {
                if (_stretches[o].Verdict != _fresh[n].Verdict)
                {
                    Changed(_fresh[n].From, _stretches[o].Verdict, _fresh[n].Verdict);
                }

                (o, n) = (o + 1, n + 1);
            }
        }

        if (last == first + 1 && _fresh.Count == 1)
        {
            _stretches[first] = _fresh[0];
            return;
        }

        _stretches.RemoveRange(first, last - first);
        _stretches.InsertRange(first, _fresh);
    }

    private void Join(Stretch next)
    {
        if (next.Outcome == Verdict.Kept)
        {
            return;
        }

        if (_fresh.Count > 0 && _fresh[^1].Outcome == next.Outcome && _fresh[^1].Until + 1 == next.From)
        {
            _fresh[^1] = _fresh[^1] with { Until = next.Until };
            return;
        }

        _fresh.Add(next);
    }

    private Verdict Exceeds(Vector256<long> sums) => sums.GetElement(0) > rule.Limit ? Verdict.Broken
        : sums.GetElement(1) <= rule.Limit ? Verdict.Kept
        : sums.GetElement(2) > rule.Limit || sums.GetElement(3) <= rule.Limit ? Verdict.Disputed : Verdict.Possible;

    private Verdict Settled(Stretch stretch) => stretch.Outcome == Verdict.Broken && !rule.Closed && rule.Minus is not null && !Monitor.IsWatched(rule.Minus, default, stretch.From - rule.Window, stretch.Until)
        ? Verdict.Overdue
        : stretch.Outcome;

    /// <summary>The first stretch that ends at a moment or after it.</summary>
    private int Find(long time)
    {
        var (low, high) = (0, _stretches.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _stretches[middle].Until < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>A stretch of time, ends included.</summary>
    /// <param name="Outcome">What the sums say; the verdict says also whether anybody watched.</param>
    private readonly record struct Stretch(long From, long Until, Verdict Outcome, Verdict Verdict);
}
