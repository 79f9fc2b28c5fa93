namespace Safeconduct.Situation.Agreements.Monitor;

/// <summary>A quota: one instance, judged by the range of the total at its term.</summary>
internal sealed class ReachRule(Reach rule, AgreementMonitor monitor) : Judged(rule, monitor)
{
    private readonly RunningTotal _total = new(rule.Of, monitor.Reports, monitor.From);
    private readonly long _by = rule.By ?? AgreementMonitor.Ever;
    private Verdict _verdict;

    public RunningTotal Total => _total;

    public override IEnumerable<Part> Parts => _total.Parts;

    public override void Added(int slot)
    {
        if (_total.Add(slot))
        {
            Judge();
        }
    }

    public override void Removed(int slot)
    {
        if (_total.Remove(slot))
        {
            Judge();
        }
    }

    public override void Advanced(long from)
    {
        if (from <= _by && Now > _by)
        {
            Judge();
        }
    }

    public override void Started() => Judge();

    public override void WatchChanged() => Judge();

    public override IEnumerable<InstanceVerdict> Verdicts() => [VerdictOf(0)!.Value];

    public override InstanceVerdict? VerdictOf(long instance)
    {
        var (low, high) = _total.At(_by);
        return instance != 0 ? null : new InstanceVerdict(0, _verdict, Monitor.From, _by, Monitor.IsProvisional(_by), low, high >= AgreementMonitor.Unbounded ? null : high);
    }

    public override Proof? Explain(long instance)
    {
        if (VerdictOf(instance) is not { } said)
        {
            return null;
        }

        var watched = IsWatched();
        return Proved(
            said,
            rule.AtMost ? Coverage.NotNeeded : rule.Closed ? Coverage.Closed : watched ? Coverage.Watched : Coverage.Denied,
            _total.Deciding(_by, _by, s => Of(s, watched), s => _total.Denies(s, rule.Total, _by)));
    }

    private void Judge()
    {
        var before = _verdict;
        var ((low, high), (_, sure), (lowEver, highEver), (_, sureEver)) = (_total.At(_by), _total.At(_by, sureOnly: true), _total.At(AgreementMonitor.Ever), _total.At(AgreementMonitor.Ever, sureOnly: true));
        _verdict = Of(new(low, high, sure, lowEver, highEver, sureEver, _total.IsDenied(rule.Total, _by)), IsWatched());
        if (before != _verdict)
        {
            Changed(0, before, _verdict);
        }
    }

    private bool IsWatched() => _total.Parts.Any(p => Monitor.IsWatched(p, default, Monitor.From, _by));

    private Verdict Of(RunningTotal.Sums sums, bool watched)
    {
        var absence = rule.AtMost || (Now > _by && (rule.Closed || sums.Denied || watched)) ? Verdict.Broken : Now <= _by ? Verdict.Pending : Verdict.Overdue;
        return Judgement.Of(Outcomes(sums.Must, sums.May, sums.MustEver, sums.MayEver), () => Outcomes(sums.Must, sums.MaySure, sums.MustEver, sums.MaySureEver), absence);
    }

    private Outcomes Outcomes(long low, long high, long lowest, long highest)
    {
        if (rule.AtMost)
        {
            return (low <= rule.Total ? Agreements.Monitor.Outcomes.Kept : Agreements.Monitor.Outcomes.None) | (high > rule.Total ? Agreements.Monitor.Outcomes.Broken : Agreements.Monitor.Outcomes.None);
        }

        if (high >= rule.Total)
        {
            return Agreements.Monitor.Outcomes.Kept | (low < rule.Total ? Agreements.Monitor.Outcomes.Broken : Agreements.Monitor.Outcomes.None);
        }

        // Short at its term for certain: what remains is whether it was reached later.
        return (highest >= rule.Total ? Agreements.Monitor.Outcomes.Late : Agreements.Monitor.Outcomes.None) | (lowest < rule.Total ? Agreements.Monitor.Outcomes.Broken : Agreements.Monitor.Outcomes.None);
    }
}

/// <summary>No later step before a total was reached: one instance for each later step.</summary>
internal sealed class OrderAfterTotal(Order rule, AgreementMonitor monitor) : Judged(rule, monitor)
{
    private readonly RunningTotal _total = new(rule.First, monitor.Reports, monitor.From);
    private readonly long[] _reached = [AgreementMonitor.Ever, AgreementMonitor.Ever, AgreementMonitor.Ever];
    private readonly long _needed = rule.Total!.Value;
    private Series _then;
    private Verdict[] _verdict = [];

    public RunningTotal Total => _total;

    public override IEnumerable<Part> Parts => _total.Parts.Append(rule.Then);

    public override void Added(int slot)
    {
        ref readonly var report = ref Reports[slot];
        if (!rule.Then.Takes(report))
        {
            Moved(_total.Add(slot));
        }
        else if (report.Early >= Monitor.From)
        {
            if (_verdict.Length < Reports.Capacity)
            {
                Array.Resize(ref _verdict, Reports.Capacity);
            }

            _then.Add(Reports, slot);
            Judge(slot);
        }
    }

    public override void Removed(int slot)
    {
        if (!rule.Then.Takes(Reports[slot]))
        {
            Moved(_total.Remove(slot));
        }
        else if (slot < _verdict.Length && _verdict[slot] != Verdict.None)
        {
            _then.Remove(Reports, slot);
            Set(slot, Verdict.None);
        }
    }

    public override void Advanced(long from)
    {
    }

    public override void Started()
    {
    }

    public override void WatchChanged()
    {
        foreach (var slot in _then.All)
        {
            Judge(slot);
        }
    }

    public override IEnumerable<InstanceVerdict> Verdicts() => _then.All.ToArray().Select(Described);

    public override InstanceVerdict? VerdictOf(long instance)
    {
        var slot = instance is > 0 and <= int.MaxValue ? Reports.SlotOf((int)instance) : -1;
        return slot >= 0 && slot < _verdict.Length && _verdict[slot] != Verdict.None ? Described(slot) : null;
    }

    /// <summary>A later step is judged again only when a moment at which the total is reached passed over it.</summary>
    private void Moved(bool isOurs)
    {
        if (!isOurs)
        {
            return;
        }

        var (from, until) = (long.MaxValue, long.MinValue);
        for (var column = 0; column < 3; column++)
        {
            var reached = _total.Reaches(column, _needed);
            if (reached != _reached[column])
            {
                (from, until) = (Math.Min(from, Math.Min(reached, _reached[column])), Math.Max(until, Math.Max(reached, _reached[column])));
                _reached[column] = reached;
            }
        }

        // What denies the total may have come or gone without moving any of them.
        (from, until) = _total.Amounts.Totals is null ? (from, until) : (long.MinValue, long.MaxValue);
        if (from <= until)
        {
            foreach (var slot in _then.Between(Reports, from, until))
            {
                Judge(slot);
            }
        }
    }

    private InstanceVerdict Described(int slot)
    {
        ref readonly var then = ref Reports[slot];
        var (low, high) = (_total.At(then.Early).Low, _total.At(then.Late).High);
        return new(then.Id, _verdict[slot], Monitor.From, then.Late, Monitor.IsProvisional(then.Late), low, high >= AgreementMonitor.Unbounded ? null : high);
    }

    public override Proof? Explain(long instance)
    {
        if (VerdictOf(instance) is not { } said)
        {
            return null;
        }

        var then = Reports[Reports.SlotOf((int)instance)];
        var watched = IsWatched(then);
        var deciding = _total.Deciding(then.Early, then.Late, Of, s => _total.Denies(s, _needed, then.Late));
        return Proved(said, rule.Closed ? Coverage.Closed : watched ? Coverage.Watched : Coverage.Denied, deciding.Append(then.Id));

        Verdict Of(RunningTotal.Sums sums) => Judgement.Of(
            Able(sums.May) | (then.Contested ? Agreements.Monitor.Outcomes.Kept : Agreements.Monitor.Outcomes.None) | Short(sums.Must),
            () => Able(sums.MaySure) | Short(sums.Must),
            rule.Closed || watched || sums.Denied ? Verdict.Broken : Verdict.Overdue);

        Outcomes Able(long may) => may >= _needed ? Agreements.Monitor.Outcomes.Kept : Agreements.Monitor.Outcomes.None;

        Outcomes Short(long must) => must < _needed ? Agreements.Monitor.Outcomes.Broken : Agreements.Monitor.Outcomes.None;
    }

    private bool IsWatched(in Happening then)
    {
        var (key, until) = (then.Key, then.Late);
        return _total.Parts.Any(p => Monitor.IsWatched(p, key, Monitor.From, until));
    }

    private void Judge(int slot)
    {
        var then = Reports[slot];
        var all = Outcomes(then, RunningTotal.May) | (then.Contested ? Agreements.Monitor.Outcomes.Kept : Agreements.Monitor.Outcomes.None);
        var absent = rule.Closed || _total.IsDenied(_needed, then.Late) || IsWatched(then) ? Verdict.Broken : Verdict.Overdue;
        Set(slot, Judgement.Of(all, () => Outcomes(then, RunningTotal.MayBeSure), absent));
    }

    private Outcomes Outcomes(in Happening then, int may) =>
        (then.Late >= _reached[may] ? Agreements.Monitor.Outcomes.Kept : Agreements.Monitor.Outcomes.None) | (then.Early < _reached[RunningTotal.Must] ? Agreements.Monitor.Outcomes.Broken : Agreements.Monitor.Outcomes.None);

    private void Set(int slot, Verdict verdict)
    {
        var before = _verdict[slot];
        _verdict[slot] = verdict;
        if (before != verdict)
        {
            Changed(Reports[slot].Id, before, verdict);
        }
    }
}

/// <summary>
/// Reciprocity between two totals. What opens and discharges a tranche is asked of the totals' trees when it is needed; only its last verdict is kept, so that a change can be told. A report shifts every later tranche;
/// those are judged again at the next reading or when time goes on, not at each report.
/// </summary>
internal sealed class ForEachRule(ForEach rule, AgreementMonitor monitor) : Judged(rule, monitor)
{
    /// <summary>How many tranches beyond those that opened for certain are looked at.</summary>
    private const long MostPossible = 100;

    private const long Ever = AgreementMonitor.Ever;

    private readonly RunningTotal _opens = new(rule.Of, monitor.Reports, monitor.From);
    private readonly RunningTotal _discharges = new(rule.Owed, monitor.Reports, monitor.From);
    private readonly List<Verdict> _told = [];
    private readonly PriorityQueue<long, long> _deadlines = new();
    private long _touched = long.MaxValue;

    public RunningTotal Opens => _opens;

    public RunningTotal Discharges => _discharges;

    public override IEnumerable<Part> Parts => _opens.Parts.Concat(_discharges.Parts);

    public override void Added(int slot) => Touch(slot, _opens.Add(slot), _discharges.Add(slot));

    public override void Removed(int slot) => Touch(slot, _opens.Remove(slot), _discharges.Remove(slot));

    public override void Advanced(long from)
    {
        while (_deadlines.TryPeek(out var tranche, out var deadline) && deadline < Now)
        {
            _deadlines.Dequeue();
            if (tranche <= _told.Count && _told[(int)tranche - 1] == Verdict.Pending)
            {
                Tell(tranche);
            }
        }

        Settle();
    }

    public override void Started()
    {
    }

    public override void WatchChanged()
    {
        _touched = 1;
        Settle();
    }

    public override IEnumerable<InstanceVerdict> Verdicts()
    {
        Settle();
        for (var k = 1; k <= _told.Count; k++)
        {
            yield return Judge(k);
        }
    }

    public override InstanceVerdict? VerdictOf(long instance) => instance < 1 || instance > Count() ? null : Judge(instance);

    public override Proof? Explain(long instance)
    {
        if (VerdictOf(instance) is not { } said)
        {
            return null;
        }

        var (opened, discharged) = Moments(instance);
        var absence = rule.Closed ? Coverage.Closed : IsDenied(instance, said.Until) ? Coverage.Denied : Coverage.Watched;
        return Proved(said, absence, _opens.Reaching(instance * rule.Each, opened.Late).Concat(_discharges.Reaching(instance * rule.OwedEach, discharged.Late))) with { Opened = opened, Discharged = discharged };
    }

    /// <summary>Judges the tranches that reports shifted, and tells what changed.</summary>
    public void Settle()
    {
        if (_touched == long.MaxValue)
        {
            return;
        }

        var count = Count();
        for (var k = _told.Count; k > count; k--)
        {
            Changed(k, _told[k - 1], Verdict.None);
            _told.RemoveAt(k - 1);
        }

        for (var k = _touched; k <= count; k++)
        {
            Tell(k);
        }

        _touched = long.MaxValue;
    }

    /// <summary>When a tranche may open and be discharged: the earliest and the latest of each.</summary>
    public ((long Early, long Late) Opened, (long Early, long Late) Discharged) Moments(long tranche, bool sureOnly = false)
    {
        var (a, b) = (tranche * rule.Each, tranche * rule.OwedEach);
        var may = sureOnly ? RunningTotal.MayBeSure : RunningTotal.May;
        return ((_opens.Reaches(may, a), _opens.Reaches(RunningTotal.Must, a)), (_discharges.Reaches(may, b), _discharges.Reaches(RunningTotal.Must, b)));
    }

    private void Touch(int slot, bool opens, bool discharges)
    {
        if (opens || discharges)
        {
            // What both totals had reached for certain before the report stays as it is.
            var early = Reports[slot].Early - 1;
            var before = opens ? _opens.At(early).Low / rule.Each : _discharges.At(early).Low / rule.OwedEach;
            _touched = Math.Min(_touched, before + 1);
        }
    }

    private long Count()
    {
        var (low, high) = _opens.At(Ever);
        var count = Math.Min(high / rule.Each, (low / rule.Each) + MostPossible);
        if (rule.EitherOrder)
        {
            (low, high) = _discharges.At(Ever);
            count = Math.Max(count, Math.Min(high / rule.OwedEach, (low / rule.OwedEach) + MostPossible));
        }

        return count;
    }

    private void Tell(long tranche)
    {
        while (_told.Count < tranche)
        {
            _told.Add(Verdict.None);
        }

        var (before, after) = (_told[(int)tranche - 1], Judge(tranche));
        _told[(int)tranche - 1] = after.Verdict;
        if (before != after.Verdict)
        {
            Changed(tranche, before, after.Verdict);
        }

        if (after.Verdict == Verdict.Pending)
        {
            _deadlines.Enqueue(tranche, after.Until);
        }
    }

    private InstanceVerdict Judge(long tranche)
    {
        var (opened, discharged) = Moments(tranche);
        var first = rule.EitherOrder ? (Early: Math.Min(opened.Early, discharged.Early), Late: Math.Min(opened.Late, discharged.Late)) : opened;
        var deadline = first.Late == Ever ? Ever : first.Late + rule.Within;
        var verdict = Judgement.Of(Outcomes(opened, discharged), () => Sure(tranche), Absent(tranche, first.Early, deadline));
        var (low, high) = _discharges.At(Math.Min(deadline, Ever));
        return new(tranche, verdict, first.Early, deadline, Monitor.IsProvisional(deadline), low, high >= AgreementMonitor.Unbounded ? null : high);
    }

    private Outcomes Sure(long tranche)
    {
        var (opened, discharged) = Moments(tranche, sureOnly: true);
        return Outcomes(opened, discharged);
    }

    private Outcomes Outcomes((long Early, long Late) opened, (long Early, long Late) discharged)
    {
        var outcomes = opened.Late == Ever && (!rule.EitherOrder || discharged.Late == Ever) ? Agreements.Monitor.Outcomes.Kept : Agreements.Monitor.Outcomes.None;
        var open = opened.Early < Ever;
        var met = discharged.Early < Ever;
        var (lastOpened, lastDischarged) = (Finite(opened, _opens), Finite(discharged, _discharges));
        if (open && met)
        {
            outcomes |= discharged.Early <= lastOpened + rule.Within && (!rule.EitherOrder || opened.Early <= lastDischarged + rule.Within) ? Agreements.Monitor.Outcomes.Kept : Agreements.Monitor.Outcomes.None;
            outcomes |= lastDischarged > opened.Early + rule.Within || (rule.EitherOrder && lastOpened > discharged.Early + rule.Within) ? Agreements.Monitor.Outcomes.Late : Agreements.Monitor.Outcomes.None;
        }

        var owed = (open && discharged.Late == Ever) || (rule.EitherOrder && met && opened.Late == Ever);
        return outcomes | (owed ? Agreements.Monitor.Outcomes.Broken : Agreements.Monitor.Outcomes.None);
    }

    /// <summary>The latest moment at which a total that may never be reached would be, if it is.</summary>
    private long Finite((long Early, long Late) reached, RunningTotal total) =>
        reached.Late < Ever ? reached.Late : reached.Early == Ever ? Ever : total.Increments.Concat(total.Totals).Max(s => Reports[s].Late);

    private Verdict Absent(long tranche, long from, long deadline)
    {
        if (Now <= deadline)
        {
            return Verdict.Pending;
        }

        return rule.Closed || IsDenied(tranche, deadline) || IsWatched(_discharges, from, deadline) || (rule.EitherOrder && IsWatched(_opens, from, deadline)) ? Verdict.Broken : Verdict.Overdue;
    }

    private bool IsDenied(long tranche, long deadline) => _discharges.IsDenied(tranche * rule.OwedEach, deadline) || (rule.EitherOrder && _opens.IsDenied(tranche * rule.Each, deadline));

    private bool IsWatched(RunningTotal total, long from, long deadline) => total.Parts.Any(p => Monitor.IsWatched(p, default, Math.Min(from, Monitor.From), deadline));
}
