namespace Safeconduct.Situation.Agreements.Monitor;

/// <summary>
/// A rule with one instance for each trigger: Preceded, Answered, Never, Once, and Order without a total. For one moment of the trigger the possible outcomes follow from the reports one by one, because they are independent;
/// over the times the trigger may have, they are joined at the finitely many moments where they can change.
/// </summary>
internal sealed class KeyedRule : Judged
{
    private readonly Part? _trigger;
    private readonly Bindings? _need;
    private readonly Bindings? _excuse;
    private readonly Bindings? _on;
    private readonly Bindings? _off;
    private readonly bool _after;
    private readonly long _atLeast;
    private readonly long _atMost;
    private readonly long _lateFor = AgreementMonitor.Ever;
    private readonly Happening _agreement;
    private readonly PausedClock _clock = new();
    private readonly Deadlines _deadlines = new();
    private readonly Bindings[] _roles;
    private readonly PausedClock _sureClock = new();
    private readonly List<long> _moments = [];
    private Verdict[] _verdict = [];
    private int[] _witness = [];
    private Verdict _only;

    public KeyedRule(Rule rule, AgreementMonitor monitor)
        : base(rule, monitor)
    {
        switch (rule)
        {
            case Preceded r:
                (_trigger, _need, _atLeast, _atMost) = (r.Trigger, new Bindings(r.By), r.AtLeast, r.AtMost);
                break;
            case Order r:
                (_trigger, _need, _atMost) = (r.Then, new Bindings(r.First.Increments!), AgreementMonitor.Ever);
                break;
            case Never r:
                (_trigger, _need, _atLeast, _atMost) = (r.Event, r.Unless is null ? null : new Bindings(r.Unless), r.AtLeast, r.AtMost);
                (_on, _off) = r.During is null ? (null, null) : (new Bindings(r.During.On), new Bindings(r.During.Off));
                break;
            case Answered r:
                (_trigger, _need, _atLeast, _atMost, _after) = (r.Trigger, new Bindings(r.Response), r.AtLeast, r.AtMost, true);
                _excuse = r.Excuse is null ? null : new Bindings(r.Excuse);
                (_on, _off) = r.PausedBy is null ? (null, null) : (new Bindings(r.PausedBy.On), new Bindings(r.PausedBy.Off));
                _lateFor = r.LateFor ?? AgreementMonitor.Ever;
                break;
            case Once r:
                (_need, _atMost, _after) = (new Bindings(r.Event with { Same = Same.None }), r.Until - r.From, true);
                _agreement = Happening.At(0, 0, default, r.From);
                break;
            default:
                throw new ArgumentException(rule.GetType().Name, nameof(rule));
        }

        _roles = [.. new[] { _need, _excuse, _on, _off }.OfType<Bindings>()];
    }

    public override IEnumerable<Part> Parts => new[] { _trigger, _need?.Part, _excuse?.Part, _on?.Part, _off?.Part }.OfType<Part>();

    public override void Added(int slot)
    {
        ref readonly var happening = ref Reports[slot];
        if (_trigger is not null && _trigger.Takes(happening))
        {
            Trigger(slot, happening);
            return;
        }

        foreach (var role in _roles)
        {
            if (role.Part.Takes(happening))
            {
                ref var binding = ref role.Of(happening);
                binding.Members.Add(Reports, slot);
                Affected(role, ref binding, happening);
            }
        }
    }

    public override void Removed(int slot)
    {
        ref readonly var happening = ref Reports[slot];
        if (_trigger is not null && _trigger.Takes(happening))
        {
            if (slot < _verdict.Length && _verdict[slot] != Verdict.None)
            {
                foreach (var role in _roles)
                {
                    role.Of(happening).Triggers.Remove(Reports, slot);
                }

                Set(slot, Verdict.None, 0);
            }

            return;
        }

        foreach (var role in _roles)
        {
            if (role.Part.Takes(happening))
            {
                ref var binding = ref role.Of(happening);
                binding.Members.Remove(Reports, slot);
                Affected(role, ref binding, happening);
            }
        }
    }

    public override void Advanced(long from)
    {
        while (_deadlines.TryTake(Now, out var slot))
        {
            if (slot < 0 ? _only == Verdict.Pending : slot < _verdict.Length && _verdict[slot] == Verdict.Pending)
            {
                Judge(slot);
            }
        }
    }

    public override void Started()
    {
        if (_trigger is null)
        {
            Judge(-1);
        }
    }

    public override void WatchChanged()
    {
        foreach (var slot in Instances())
        {
            if (Of(slot) is Verdict.Broken or Verdict.Overdue)
            {
                Judge(slot);
            }
        }
    }

    public override IEnumerable<InstanceVerdict> Verdicts() => Instances().Select(Described).OrderBy(v => v.Instance);

    public override InstanceVerdict? VerdictOf(long instance)
    {
        if (_trigger is null)
        {
            return instance == 0 ? Described(-1) : null;
        }

        var slot = instance is > 0 and <= int.MaxValue ? Reports.SlotOf((int)instance) : -1;
        return slot >= 0 && slot < _verdict.Length && _verdict[slot] != Verdict.None ? Described(slot) : null;
    }

    public override void Fold(long horizon)
    {
        if (_trigger is null)
        {
            return;
        }

        foreach (var slot in Instances().ToList())
        {
            var verdict = _verdict[slot];
            var until = _after ? Described(slot).Until : Reports[slot].Late;

            // What was not answered can still be answered late.
            var waits = _after && verdict is Verdict.Broken or Verdict.Overdue or Verdict.Possible or Verdict.Disputed;
            if (verdict == Verdict.Pending || until >= horizon || (waits && (_lateFor == AgreementMonitor.Ever || until + _lateFor >= horizon)))
            {
                continue;
            }

            foreach (var role in _roles)
            {
                role.Of(Reports[slot]).Triggers.Remove(Reports, slot);
            }

            _verdict[slot] = Verdict.None;
            Folded[verdict] = Folded.GetValueOrDefault(verdict) + 1;
            if (verdict != Verdict.Kept)
            {
                FoldedIds.Add(Reports[slot].Id);
            }

            Reports.Release(slot);
        }

        // Switches of a state, and what a later step waits for, count without end.
        if (_atMost != AgreementMonitor.Ever)
        {
            _need?.Fold(Reports, _after ? horizon : horizon - _atMost, Reports.Release);
            _excuse?.Fold(Reports, horizon, Reports.Release);
        }
    }

    public override Proof? Explain(long instance)
    {
        if (VerdictOf(instance) is not { } said)
        {
            return null;
        }

        var trigger = _trigger is null ? _agreement : Reports[Reports.SlotOf((int)instance)];
        var deciding = new List<int>();
        if (_on is not null || (said.Witness == 0 && said.Verdict is not (Verdict.Broken or Verdict.Pending or Verdict.Overdue)))
        {
            var found = new List<int>();
            foreach (var role in _roles)
            {
                found.AddRange(role.Of(trigger).Members.All);
            }

            deciding = Fewest.Of(found, left => With(trigger, left) == said.Verdict).ConvertAll(s => Reports[s].Id);
        }
        else if (said.Witness != 0 && said.Verdict is Verdict.Kept or Verdict.Excused)
        {
            deciding.Add(said.Witness);
        }

        if (_trigger is not null)
        {
            deciding.Add(trigger.Id);
        }

        var absence = _need is null ? Coverage.NotNeeded : Rule.Closed ? Coverage.Closed : Coverage.Watched;
        return Proved(said, absence, deciding, nearest: said.Verdict is Verdict.Kept or Verdict.Excused ? null : Nearest(trigger, said));
    }

    /// <summary>The last report of what was needed that lies wholly before the window, and the first wholly after it.</summary>
    private List<int> Nearest(in Happening trigger, InstanceVerdict said)
    {
        var nearest = new List<int>();
        if (_need is null)
        {
            return nearest;
        }

        var (from, until) = _after ? (said.From + _atLeast, said.Until) : (said.From, trigger.Late - _atLeast);
        var (before, after) = (-1, -1);
        foreach (var slot in _need.Of(trigger).Members.All)
        {
            before = Reports[slot].Late < from && (before < 0 || Reports[slot].Late >= Reports[before].Late) ? slot : before;
            after = after < 0 && Reports[slot].Early > until ? slot : after;
        }

        nearest.AddRange(new[] { before, after }.Where(s => s >= 0).Select(s => Reports[s].Id));
        return nearest;
    }

    /// <summary>The verdict that only some of the reports would give.</summary>
    private Verdict With(in Happening trigger, List<int> slots)
    {
        var (need, excuse, on, off) = (Of(_need), Of(_excuse), Of(_on), Of(_off));
        return Conclude(trigger, need, excuse, on, off, out _, out _);

        int[] Of(Bindings? role) => role is null ? [] : [.. slots.Where(s => role.Part.Takes(Reports[s]))];
    }

    private IEnumerable<int> Instances() => _trigger is null ? [-1] : Enumerable.Range(0, _verdict.Length).Where(s => _verdict[s] != Verdict.None);

    private Verdict Of(int slot) => slot < 0 ? _only : _verdict[slot];

    private void Trigger(int slot, in Happening happening)
    {
        if (happening.Early < Monitor.From)
        {
            return;
        }

        if (_verdict.Length < Reports.Capacity)
        {
            Array.Resize(ref _verdict, Reports.Capacity);
            Array.Resize(ref _witness, Reports.Capacity);
        }

        Span<int> places = stackalloc int[4];
        Places(happening, places);
        for (var r = 0; r < _roles.Length; r++)
        {
            _roles[r].At(places[r]).Triggers.Add(Reports, slot);
        }

        Judge(slot, happening, places);
    }

    /// <summary>Judges the instances again that a report, come or gone, may bear on.</summary>
    private void Affected(Bindings role, ref Binding binding, in Happening report)
    {
        if (_trigger is null)
        {
            Judge(-1);
            return;
        }

        if (binding.Triggers.Count == 0)
        {
            return;
        }

        long from, until;
        if (role == _on || role == _off)
        {
            (from, until) = _after ? (long.MinValue, long.MaxValue) : (report.Early, long.MaxValue);
        }
        else if (role == _excuse)
        {
            (from, until) = (_on is null ? report.Early - _atMost : long.MinValue, report.Late);
        }
        else if (_after)
        {
            (from, until) = (_on is null && _lateFor != AgreementMonitor.Ever ? report.Early - _atMost - _lateFor : long.MinValue, report.Late - _atLeast);
        }
        else
        {
            (from, until) = (report.Early + _atLeast, _atMost == AgreementMonitor.Ever ? long.MaxValue : report.Late + _atMost);
        }

        foreach (var slot in binding.Triggers.Between(Reports, from, until))
        {
            Judge(slot);
        }
    }

    private void Judge(int slot)
    {
        var trigger = slot < 0 ? _agreement : Reports[slot];
        Span<int> places = stackalloc int[4];
        Places(trigger, places);
        Judge(slot, trigger, places);
    }

    private void Places(in Happening trigger, Span<int> places)
    {
        for (var r = 0; r < _roles.Length; r++)
        {
            places[r] = _roles[r].Place(trigger);
        }
    }

    private void Judge(int slot, in Happening trigger, ReadOnlySpan<int> places)
    {
        // Roles stand in this order, those that the rule has.
        var next = 0;
        Binding none = default;
        ref var need = ref _need is null ? ref none : ref _need.At(places[next++]);
        ref var excuse = ref _excuse is null ? ref none : ref _excuse.At(places[next++]);
        ref var on = ref _on is null ? ref none : ref _on.At(places[next++]);
        ref var off = ref _off is null ? ref none : ref _off.At(places[next]);
        var (from, until) = Reach(trigger);
        var verdict = Conclude(trigger, need.Members.Between(Reports, from, until), excuse.Members.Between(Reports, trigger.Early, long.MaxValue), on.Members.All, off.Members.All, out var witness, out var deadline);
        var before = Of(slot);
        Set(slot, verdict, witness);
        if (verdict == Verdict.Pending && deadline != AgreementMonitor.Ever && (before != verdict || _on is not null))
        {
            _deadlines.Add(slot, deadline);
        }
    }

    private void Set(int slot, Verdict verdict, int witness)
    {
        var before = Of(slot);
        if (slot < 0)
        {
            _only = verdict;
        }
        else
        {
            _verdict[slot] = verdict;
            _witness[slot] = witness;
        }

        if (before != verdict)
        {
            Changed(slot < 0 ? 0 : Reports[slot].Id, before, verdict);
        }
    }

    /// <summary>Where reports of what the rule needs may lie.</summary>
    private (long From, long Until) Reach(in Happening trigger) => _after
        ? (trigger.Early + _atLeast, long.MaxValue)
        : (_atMost == AgreementMonitor.Ever ? long.MinValue : trigger.Early - _atMost, trigger.Late - _atLeast);

    private InstanceVerdict Described(int slot)
    {
        var trigger = slot < 0 ? _agreement : Reports[slot];
        var (from, until) = (trigger.Early, trigger.Late);
        if (_after)
        {
            until = Read(trigger, _clock, sureOnly: false).Deadline(trigger.Late, _atMost, may: true);
        }
        else if (_need is not null)
        {
            from = _atMost == AgreementMonitor.Ever ? Monitor.From : trigger.Early - _atMost;
        }

        return new(trigger.Id, Of(slot), from, until, Monitor.IsProvisional(until), Witness: slot < 0 ? 0 : _witness[slot]);
    }

    private PausedClock Read(in Happening trigger, PausedClock clock, bool sureOnly)
    {
        if (_on is null)
        {
            clock.Read(Reports, [], [], sureOnly);
        }
        else
        {
            clock.Read(Reports, _on.Of(trigger).Members.All, _off!.Of(trigger).Members.All, sureOnly);
        }

        return clock;
    }

    private Verdict Conclude(in Happening trigger, ReadOnlySpan<int> need, ReadOnlySpan<int> excuse, ReadOnlySpan<int> on, ReadOnlySpan<int> off, out int witness, out long deadline)
    {
        if (_on is not null)
        {
            _clock.Read(Reports, on, off, sureOnly: false);
        }

        var all = Joined(trigger, need, excuse, _clock, sureOnly: false, out witness, out deadline);
        all |= trigger.Contested ? Outcomes.Kept : Outcomes.None;
        witness = all is Outcomes.Kept or Outcomes.Excused ? witness : 0;
        switch (all)
        {
            case Outcomes.Kept:
                return Verdict.Kept;
            case Outcomes.Late:
                return Verdict.Late;
            case Outcomes.Excused:
                return Verdict.Excused;
            case Outcomes.Broken:
                return Absent(trigger, deadline);
            default:
                if (_on is not null)
                {
                    _sureClock.Read(Reports, on, off, sureOnly: true);
                }

                return Judgement.IsOne(Joined(trigger, need, excuse, _sureClock, sureOnly: true, out _, out _)) ? Verdict.Disputed : Verdict.Possible;
        }
    }

    /// <summary>What it means that no report keeps an instance.</summary>
    private Verdict Absent(in Happening trigger, long deadline)
    {
        if (_after && Now <= deadline)
        {
            return Verdict.Pending;
        }

        var (from, until) = _after ? (trigger.Early + _atLeast, deadline) : (_atMost == AgreementMonitor.Ever ? Monitor.From : trigger.Early - _atMost, trigger.Late - _atLeast);
        return _need is null || Rule.Closed || Monitor.IsWatched(_need.Part, trigger.Key, from, until) ? Verdict.Broken : Verdict.Overdue;
    }

    /// <summary>The outcomes over all times the trigger may have.</summary>
    private Outcomes Joined(in Happening trigger, ReadOnlySpan<int> need, ReadOnlySpan<int> excuse, PausedClock clock, bool sureOnly, out int witness, out long deadline)
    {
        if (trigger.Early == trigger.Late)
        {
            return At(trigger.Early, need, excuse, clock, sureOnly, out witness, out deadline);
        }

        Moments(trigger, need, excuse, clock);
        var joined = Outcomes.None;
        foreach (var moment in _moments)
        {
            joined |= At(moment, need, excuse, clock, sureOnly, out _, out _);
        }

        witness = 0;
        deadline = _after ? Deadline(clock, trigger.Late, may: true) : trigger.Late;
        return joined;
    }

    private long Deadline(PausedClock clock, long from, bool may) => _on is null ? from + _atMost : clock.Deadline(from, _atMost, may);

    private Outcomes At(long time, ReadOnlySpan<int> need, ReadOnlySpan<int> excuse, PausedClock clock, bool sureOnly, out int witness, out long deadline)
    {
        witness = 0;
        if (_after)
        {
            deadline = Deadline(clock, time, may: true);
            return AnsweredAt(time, need, excuse, _on is null ? deadline : Deadline(clock, time, may: false), deadline, sureOnly, out witness);
        }

        // Preceded, and Never where the state is on: broken without what must come before.
        deadline = time;
        var (from, until) = (_atMost == AgreementMonitor.Ever ? long.MinValue : time - _atMost, time - _atLeast);
        var (may, must) = (false, false);
        foreach (var slot in need)
        {
            ref readonly var report = ref Reports[slot];
            if (report.Early <= until && report.Late >= from && !(sureOnly && report.Contested))
            {
                may = true;
                if (!report.Contested && report.Early >= from && report.Late <= until)
                {
                    (must, witness) = (true, report.Id);
                    break;
                }
            }
        }

        var (mayBeOn, mustBeOn) = _on is null ? (true, true) : (clock.MayBeOn(time), clock.MustBeOn(time));
        return (may || !mustBeOn ? Outcomes.Kept : Outcomes.None) | (mayBeOn && !must ? Outcomes.Broken : Outcomes.None);
    }

    /// <summary>The outcomes of one moment of the trigger, its deadline anywhere between two moments (formats/agreement-semantics.md, "Answered").</summary>
    private Outcomes AnsweredAt(long time, ReadOnlySpan<int> need, ReadOnlySpan<int> excuse, long soonest, long latest, bool sureOnly, out int witness)
    {
        const long Ever = AgreementMonitor.Ever;
        witness = 0;
        var (must, may) = (Ever, Ever);
        foreach (var slot in need)
        {
            ref readonly var report = ref Reports[slot];
            if (report.Late < time + _atLeast || (sureOnly && report.Contested))
            {
                continue;
            }

            may = Math.Min(may, Math.Max(report.Early, time + _atLeast));
            if (!report.Contested && report.Early >= time + _atLeast && report.Late < must)
            {
                must = report.Late;
                if (must <= soonest)
                {
                    witness = report.Id;
                    return Outcomes.Kept;
                }
            }
        }

        var (mustExcuse, mayExcuse) = (Ever, Ever);
        foreach (var slot in excuse)
        {
            ref readonly var report = ref Reports[slot];
            if (report.Late >= time && !(sureOnly && report.Contested))
            {
                mayExcuse = Math.Min(mayExcuse, Math.Max(report.Early, time));
                if (!report.Contested && report.Early >= time && report.Late < mustExcuse)
                {
                    (mustExcuse, witness) = (report.Late, report.Id);
                }
            }
        }

        var outcomes = may < Ever && latest >= may ? Outcomes.Kept : Outcomes.None;
        outcomes |= mayExcuse < Ever && Math.Max(soonest, mayExcuse) <= Math.Min(latest, Before(must)) ? Outcomes.Excused : Outcomes.None;
        var top = Math.Min(latest, Before(Math.Min(must, mustExcuse)));
        foreach (var slot in need)
        {
            ref readonly var report = ref Reports[slot];
            if (!(sureOnly && report.Contested) && Math.Max(soonest, _lateFor == Ever ? soonest : report.Early - _lateFor) <= Math.Min(top, report.Late - 1))
            {
                outcomes |= Outcomes.Late;
                break;
            }
        }

        var unanswered = must == Ever ? Ever : _lateFor == Ever ? long.MinValue : must - 1 - _lateFor;
        return outcomes | (soonest <= Math.Min(Math.Min(latest, unanswered), Before(mustExcuse)) ? Outcomes.Broken : Outcomes.None);

        // What never comes leaves even a deadline that never comes before it.
        static long Before(long moment) => moment == Ever ? Ever : moment - 1;
    }

    /// <summary>The moments of the trigger between which no outcome changes.</summary>
    private void Moments(in Happening trigger, ReadOnlySpan<int> need, ReadOnlySpan<int> excuse, PausedClock clock)
    {
        var (early, late) = (trigger.Early, trigger.Late);
        _moments.Clear();
        _moments.Add(early);
        _moments.Add(late);
        foreach (var slot in need)
        {
            ref readonly var report = ref Reports[slot];
            foreach (var end in (ReadOnlySpan<long>)[report.Early, report.Late])
            {
                if (_after)
                {
                    Around(end - _atLeast);
                    Due(end);
                    if (_lateFor != AgreementMonitor.Ever)
                    {
                        Due(end - _lateFor);
                    }
                }
                else
                {
                    Around(end + _atLeast);
                    Around(_atMost == AgreementMonitor.Ever ? late : end + _atMost);
                }
            }
        }

        foreach (var slot in excuse)
        {
            ref readonly var report = ref Reports[slot];
            foreach (var end in (ReadOnlySpan<long>)[report.Early, report.Late])
            {
                Around(end);
                Due(end);
            }
        }

        if (_on is not null && !_after)
        {
            foreach (var moment in clock.Moments)
            {
                Around(moment);
            }
        }

        void Around(long moment)
        {
            for (var m = moment - 1; m <= moment + 1; m++)
            {
                if (m > early && m < late)
                {
                    _moments.Add(m);
                }
            }
        }

        // The moments of the trigger at which a deadline passes a moment; a deadline never comes sooner for a later trigger.
        void Due(long end)
        {
            if (_on is null)
            {
                Around(end - _atMost);
                return;
            }

            foreach (var may in (ReadOnlySpan<bool>)[false, true])
            {
                for (var e = end - 1; e <= end + 1; e++)
                {
                    var (low, high) = (early, late);
                    while (low < high)
                    {
                        var middle = low + ((high - low) / 2);
                        (low, high) = clock.Deadline(middle, _atMost, may) < e ? (middle + 1, high) : (low, middle);
                    }

                    Around(low);
                }
            }
        }
    }
}
