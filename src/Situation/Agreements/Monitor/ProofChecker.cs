namespace Safeconduct.Situation.Agreements.Monitor;

/// <summary>
/// Checks proofs against the reports themselves. It shares nothing with the monitor: no index, no tree, no closed form. For each moment a trigger may have, and each deadline the clock may leave, it asks of every report
/// whether it can, and whether it must, lie in the window, and adds amounts up. Trust in a verdict that is shown rests on this class alone.
/// </summary>
/// <param name="happenings">All reports that stand.</param>
/// <param name="from">When the agreement begins, Unix milliseconds.</param>
/// <param name="now">Up to when time went on.</param>
public sealed class ProofChecker(IReadOnlyList<Rule> rules, IEnumerable<Happening> happenings, IReadOnlyList<Watch> watches, long from, long now)
{
    private const long Ever = AgreementMonitor.Ever;
    private readonly Dictionary<int, Happening> _byId = happenings.ToDictionary(h => h.Id);
    private readonly Dictionary<int, Rule> _rules = rules.ToDictionary(r => r.Id);
    private readonly Dictionary<Part, Dictionary<Key, Happening[]>> _drawers = [];

    /// <summary>Whether all reports give the verdict, with the total and the moments stated, and whether the deciding ones give it alone.</summary>
    public bool Checks(Proof proof)
    {
        if (!_rules.TryGetValue(proof.Rule, out var rule) || proof.Deciding.Concat(proof.Counted).Any(i => !_byId.ContainsKey(i)) || proof.Deciding.Distinct().Count() != proof.Deciding.Count)
        {
            return false;
        }

        if (rule is ForEach tranche)
        {
            return Tranche(tranche, proof);
        }

        return Concluded(rule, proof.Instance, null, proof) == proof.Verdict && Concluded(rule, proof.Instance, [.. proof.Deciding, .. proof.Counted], proof) == proof.Verdict;
    }

    /// <summary>Whether the deciding reports no longer give the verdict when any one of them is left out.</summary>
    public bool IsMinimal(Proof proof) => _rules[proof.Rule] is ForEach tranche
        ? proof.Deciding.All(i => !Reached(tranche, proof, [.. proof.Deciding.Where(d => d != i)]))
        : proof.Deciding.All(i => Concluded(_rules[proof.Rule], proof.Instance, [.. proof.Deciding.Where(d => d != i), .. proof.Counted], proof) != proof.Verdict);

    /// <summary>The verdict of an instance from some reports; null: from all.</summary>
    private Verdict Concluded(Rule rule, long instance, IReadOnlyList<int>? only, Proof proof)
    {
        switch (rule)
        {
            case Preceded r:
                return Keyed(r.Trigger, r, [r.By], r.By, (_, e) => (e.Early - r.AtMost, e.Late - r.AtLeast));
            case Never r:
                return Keyed(r.Event, r, [.. Given(r.Unless, r.During?.On, r.During?.Off)], r.Unless, (_, e) => (e.Early - r.AtMost, e.Late - r.AtLeast));
            case Order { Total: null } r:
                return Keyed(r.Then, r, [r.First.Increments!], r.First.Increments, (_, e) => (from, e.Late));
            case Answered r:
                return Keyed(r.Trigger, r, [.. Given(r.Response, r.Excuse, r.PausedBy?.On, r.PausedBy?.Off)], r.Response, (t, e) => (e.Early + r.AtLeast, t));
            case Once r:
                var any = r.Event with { Same = Same.None };
                return Over(new Answered(r.Id, new Part(0), any, 0, r.Until - r.From, Closed: r.Closed), Happening.At(0, 0, default, r.From), Reports(any, default, only), any, (t, _) => (r.From, t));
            case Order r:
                return !_byId.TryGetValue((int)instance, out var then) || (only is not null && !only.Contains(then.Id)) ? Verdict.None
                    : Total(r.First, then.Early, then.Late, r.Total!.Value, atMost: false, late: false, r.Closed, only, proof, then, then.Late);
            case Reach r:
                return instance != 0 ? Verdict.None : Total(r.Of, r.By ?? Ever, r.By ?? Ever, r.Total + (r.AtMost ? 1 : 0), r.AtMost, late: true, r.Closed, only, proof, null, r.By ?? Ever);
            case Balance r:
                return Sums(r, instance, only, proof);
            default:
                return Verdict.None;
        }

        Verdict Keyed(Part triggers, Rule of, Part[] parts, Part? need, Func<long, Happening, (long, long)> window) =>
            !_byId.TryGetValue((int)instance, out var trigger) || !triggers.Takes(trigger) || trigger.Early < from || (only is not null && !only.Contains(trigger.Id))
                ? Verdict.None
                : Over(of, trigger, parts.Length == 1 ? Reports(parts[0], trigger.Key, only) : [.. parts.SelectMany(p => Reports(p, trigger.Key, only))], need, window);
    }

    private Verdict Over(Rule rule, Happening trigger, Happening[] reports, Part? need, Func<long, Happening, (long, long)> window)
    {
        var (all, latest) = Able(rule, trigger, reports);
        all |= trigger.Contested ? Outcomes.Kept : Outcomes.None;
        if (all != Outcomes.Broken)
        {
            return One(all) ?? (One(Able(rule, trigger, [.. reports.Where(r => !r.Contested)]).All) is null ? Verdict.Possible : Verdict.Disputed);
        }

        var (low, high) = window(latest, trigger);
        return rule is Answered && now <= latest ? Verdict.Pending : need is null || rule.Closed || IsWatched(need, trigger.Key, low, high) ? Verdict.Broken : Verdict.Overdue;
    }

    /// <summary>What each moment of the trigger and each deadline leaves possible, report by report.</summary>
    private static (Outcomes All, long Latest) Able(Rule rule, Happening trigger, Happening[] reports)
    {
        var (all, latest) = (Outcomes.None, trigger.Late);
        foreach (var t in Moments(rule, trigger, reports))
        {
            if (rule is Answered r)
            {
                var (soonest, last) = (Clock(r, reports, t, may: false), Clock(r, reports, t, may: true));
                latest = last;
                if (soonest == last)
                {
                    all |= Answer(r, reports, t, last);
                    continue;
                }

                foreach (var d in reports.SelectMany(h => new[] { h.Early, h.Early - 1, h.Late, h.Late - 1, h.Late - 1 - (r.LateFor ?? 0), h.Early - (r.LateFor ?? 0) }).Where(d => d > soonest && d < last).Append(soonest).Append(last))
                {
                    all |= Answer(r, reports, t, d);
                }

                continue;
            }

            var (need, a, b) = rule switch { Preceded p => (p.By, t - p.AtMost, t - p.AtLeast), Never n => (n.Unless, t - n.AtMost, t - n.AtLeast), Order o => (o.First.Increments, long.MinValue, t), _ => throw new ArgumentException(rule.GetType().Name, nameof(rule)) };
            var during = (rule as Never)?.During;
            all |= (need is not null && Can(reports, need, a, b)) || (during is not null && !IsOn(during, reports, t, may: false)) ? Outcomes.Kept : Outcomes.None;
            all |= (need is null || !Must(reports, need, a, b)) && (during is null || IsOn(during, reports, t, may: true)) ? Outcomes.Broken : Outcomes.None;
        }

        return (all, latest);
    }

    private static Outcomes Answer(Answered r, Happening[] reports, long t, long d)
    {
        var all = Can(reports, r.Response, t + r.AtLeast, d) ? Outcomes.Kept : Outcomes.None;
        if (Must(reports, r.Response, t + r.AtLeast, d))
        {
            return all;
        }

        all |= r.Excuse is not null && Can(reports, r.Excuse, t, d) ? Outcomes.Excused : Outcomes.None;
        if (r.Excuse is not null && Must(reports, r.Excuse, t, d))
        {
            return all;
        }

        var until = r.LateFor is { } more && d < Ever ? d + more : long.MaxValue;
        all |= d < Ever && Can(reports, r.Response, d + 1, until) ? Outcomes.Late : Outcomes.None;
        return all | (Must(reports, r.Response, t + r.AtLeast, until) ? Outcomes.None : Outcomes.Broken);
    }

    private static bool Can(Happening[] reports, Part part, long low, long high)
    {
        foreach (ref readonly var h in reports.AsSpan())
        {
            if (h.Late >= low && h.Early <= high && low <= high && part.Takes(h))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Must(Happening[] reports, Part part, long low, long high)
    {
        foreach (ref readonly var h in reports.AsSpan())
        {
            if (h.Early >= low && h.Late <= high && !h.Contested && part.Takes(h))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>On at a moment: some opening, as late as it can be, that no closing must follow; or one that no closing can.</summary>
    private static bool IsOn(State state, Happening[] reports, long t, bool may) => Array.Exists(reports, on => state.On.Takes(on) && (may
        ? on.Early <= t && !Must(reports, state.Off, Math.Min(on.Late, t), t)
        : !on.Contested && on.Late <= t && !Can(reports, state.Off, on.Early, t)));

    private static long Clock(Answered r, Happening[] reports, long t, bool may)
    {
        if (r.PausedBy is not { } state)
        {
            return t + r.AtMost;
        }

        var left = r.AtMost;
        foreach (var next in reports.Where(h => state.On.Takes(h) || state.Off.Takes(h)).SelectMany(h => new[] { h.Early, h.Early + 1, h.Late, h.Late + 1 }).Where(m => m > t).Distinct().Order().Append(Ever))
        {
            var on = IsOn(state, reports, t, may);
            if (left == 0 || (!on && left <= next - t))
            {
                return t + left;
            }

            (left, t) = (on ? left : left - (next - t), next);
        }

        return Ever;
    }

    /// <summary>Every moment of the trigger where an answer can change: an end of a report less a span, and where a paused clock passes an end.</summary>
    private static IEnumerable<long> Moments(Rule rule, Happening trigger, Happening[] reports)
    {
        if (trigger.Early == trigger.Late)
        {
            return [trigger.Late];
        }

        long[] spans = rule switch { Preceded p => [p.AtLeast, p.AtMost], Never n => [0, n.AtLeast, n.AtMost], Answered a => [0, -a.AtLeast, -a.AtMost, -a.AtMost - (a.LateFor ?? 0)], _ => [0] };
        var ends = reports.SelectMany(h => new[] { h.Early, h.Late }).Distinct().ToList();
        var moments = ends.SelectMany(e => spans.Select(s => e + s)).ToList();
        if (rule is Answered { PausedBy: not null } r)
        {
            moments.AddRange(ends.SelectMany(e => new[] { e, e - (r.LateFor ?? 0) }).SelectMany(e => new[] { e - 1, e, e + 1 }).SelectMany(e => new[] { First(e, may: false), First(e, may: true) }));
        }

        return moments.SelectMany(m => new[] { m - 1, m, m + 1 }).Where(m => m > trigger.Early && m < trigger.Late).Prepend(trigger.Early).Append(trigger.Late).Distinct().Order();

        long First(long end, bool may)
        {
            var (low, high) = (trigger.Early, trigger.Late);
            while (low < high)
            {
                var middle = low + ((high - low) / 2);
                (low, high) = Clock(r, reports, middle, may) < end ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }

    private Verdict Total(Amounts of, long must, long may, long total, bool atMost, bool late, bool closed, IReadOnlyList<int>? only, Proof proof, Happening? then, long term)
    {
        var own = Own(of, only).ToList();
        var (low, high) = (Least(must), Most(may, contested: true));
        if (only is null && (low != proof.Low || (high >= AgreementMonitor.Unbounded ? null : high) != proof.High))
        {
            return Verdict.None;
        }

        var (met, unmet) = atMost ? (Outcomes.Broken, Outcomes.Kept) : (Outcomes.Kept, Outcomes.Broken);
        var all = Of(high, contested: true) | (then is { Contested: true } ? Outcomes.Kept : Outcomes.None);
        if (all != Outcomes.Broken || atMost)
        {
            return One(all) ?? (One(Of(Most(may, contested: false), contested: false)) is null ? Verdict.Possible : Verdict.Disputed);
        }

        var denied = own.Exists(h => of.Totals?.Takes(h) == true && !h.Contested && h.High < total && h.Early >= term);
        return late && now <= term ? Verdict.Pending
            : closed || denied || Given(of.Increments, of.Totals).Any(p => IsWatched(p, then?.Key ?? default, from, term)) ? Verdict.Broken : Verdict.Overdue;

        Outcomes Of(long most, bool contested) => !late || atMost || most >= total
            ? (most >= total ? met : Outcomes.None) | (low < total ? unmet : Outcomes.None)
            : (Most(Ever, contested) >= total ? Outcomes.Late : Outcomes.None) | (Least(Ever) < total ? unmet : Outcomes.None);

        long Least(long t) => Greater(of, own, h => h.Late <= t && !h.Contested, h => h.Low);

        long Most(long t, bool contested) => Greater(of, own, h => h.Early <= t && (contested || !h.Contested), h => h.High ?? AgreementMonitor.Unbounded);
    }

    private static long Greater(Amounts of, List<Happening> own, Func<Happening, bool> counts, Func<Happening, long> amount) => Math.Max(
        own.Where(h => of.Increments?.Takes(h) == true && counts(h)).Sum(amount), own.Where(h => of.Totals?.Takes(h) == true && counts(h)).Select(amount).DefaultIfEmpty(0).Max());

    private Verdict Sums(Balance r, long t, IReadOnlyList<int>? only, Proof proof)
    {
        var near = Given(r.Plus, r.Minus).SelectMany(p => Reports(p with { Same = Same.None }, default, only)).Where(h => h.Early >= from && h.Early <= t && h.Late >= t - r.Window).ToList();
        var ((low, high), (sureLow, sureHigh)) = (Ends(near), Ends([.. near.Where(h => !h.Contested)]));
        var verdict = low > r.Limit ? Verdict.Broken : high <= r.Limit ? Verdict.None : sureLow > r.Limit || sureHigh <= r.Limit ? Verdict.Disputed : Verdict.Possible;
        if (only is null && (low != proof.Low || (high >= AgreementMonitor.Unbounded / 2 ? null : high) != proof.High || t > now))
        {
            return Verdict.None;
        }

        return verdict == Verdict.Broken && r.Minus is not null && !r.Closed && !IsWatched(r.Minus, default, proof.From - r.Window, proof.Until) ? Verdict.Overdue : verdict;

        (long Low, long High) Ends(List<Happening> reports) => (
            reports.Sum(h => !r.Plus.Takes(h) ? -(h.High ?? AgreementMonitor.Unbounded) : IsIn(h) ? h.Low : 0),
            reports.Sum(h => r.Plus.Takes(h) ? h.High ?? AgreementMonitor.Unbounded : IsIn(h) ? -h.Low : 0));

        bool IsIn(Happening h) => !h.Contested && h.Late <= t && h.Early >= t - r.Window;
    }

    /// <summary>A tranche: the moments follow from the reports in order, the verdict from the moments.</summary>
    private bool Tranche(ForEach r, Proof proof)
    {
        var k = proof.Instance;
        var (opened, discharged) = (Moment(r.Of, k * r.Each, contested: true), Moment(r.Owed, k * r.OwedEach, contested: true));
        if (k < 1 || (opened, discharged) != (proof.Opened, proof.Discharged) || !Reached(r, proof, proof.Deciding))
        {
            return false;
        }

        var all = Pairs(opened, discharged);
        var first = r.EitherOrder ? Math.Min(opened.Late, discharged.Late) : opened.Late;
        var deadline = first == Ever ? Ever : first + r.Within;
        var began = r.EitherOrder ? Math.Min(opened.Early, discharged.Early) : opened.Early;
        var denied = Denied(r.Owed, k * r.OwedEach) || (r.EitherOrder && Denied(r.Of, k * r.Each));
        var watched = Watched(r.Owed) || (r.EitherOrder && Watched(r.Of));
        return proof.Verdict == (all != Outcomes.Broken
            ? One(all) ?? (One(Pairs(Moment(r.Of, k * r.Each, contested: false), Moment(r.Owed, k * r.OwedEach, contested: false))) is null ? Verdict.Possible : Verdict.Disputed)
            : now <= deadline ? Verdict.Pending : r.Closed || denied || watched ? Verdict.Broken : Verdict.Overdue);

        bool Denied(Amounts of, long total) => Own(of, null).Any(h => of.Totals?.Takes(h) == true && !h.Contested && h.High < total && h.Early >= deadline);

        bool Watched(Amounts of) => Given(of.Increments, of.Totals).Any(p => IsWatched(p, default, Math.Min(began, from), deadline));

        (long Early, long Late) Moment(Amounts of, long total, bool contested)
        {
            var own = Own(of, null).ToList();
            var times = own.SelectMany(h => new[] { h.Early, h.Late }).Order().Distinct().ToList();
            return (First(t => Greater(of, own, h => h.Early <= t && (contested || !h.Contested), h => h.High ?? AgreementMonitor.Unbounded)), First(t => Greater(of, own, h => h.Late <= t && !h.Contested, h => h.Low)));

            long First(Func<long, long> at) => times.Where(t => at(t) >= total).DefaultIfEmpty(Ever).First();
        }

        // The last moment at which a total can be reached that need not be.
        long Last((long Early, long Late) moment, Amounts of) => moment.Late < Ever ? moment.Late : Own(of, null).Select(h => h.Late).DefaultIfEmpty(Ever).Max();

        Outcomes Pairs((long Early, long Late) o, (long Early, long Late) c)
        {
            var (lastO, lastC, both) = (Last(o, r.Of), Last(c, r.Owed), o.Early < Ever && c.Early < Ever);
            var met = both && c.Early - lastO <= r.Within && (!r.EitherOrder || o.Early - lastC <= r.Within);
            var missed = both && (lastC - o.Early > r.Within || (r.EitherOrder && lastO - c.Early > r.Within));
            var never = (o.Early < Ever && c.Late == Ever) || (r.EitherOrder && c.Early < Ever && o.Late == Ever);
            return (met || (o.Late == Ever && (!r.EitherOrder || c.Late == Ever)) ? Outcomes.Kept : Outcomes.None) | (missed ? Outcomes.Late : Outcomes.None) | (never ? Outcomes.Broken : Outcomes.None);
        }
    }

    /// <summary>Whether some reports alone reach both totals at the latest moments stated, as far as they are reached at all.</summary>
    private bool Reached(ForEach r, Proof proof, IReadOnlyList<int> only)
    {
        return Reaches(r.Of, r.Each, proof.Opened.Late) && Reaches(r.Owed, r.OwedEach, proof.Discharged.Late);

        bool Reaches(Amounts of, long each, long by) => by == Ever || Greater(of, [.. Own(of, only)], h => h.Late <= by && !h.Contested, h => h.Low) >= proof.Instance * each;
    }

    private IEnumerable<Happening> Own(Amounts of, IReadOnlyList<int>? only) => Given(of.Increments, of.Totals).SelectMany(p => Reports(p with { Same = Same.None }, default, only)).Where(h => h.Early >= from);

    private Happening[] Reports(Part part, Key trigger, IReadOnlyList<int>? only)
    {
        var key = trigger.Only(part.Same);
        if (only is not null)
        {
            var found = new List<Happening>(only.Count);
            foreach (var id in only)
            {
                if (_byId[id] is var h && part.Takes(h) && h.Key.Only(part.Same) == key)
                {
                    found.Add(h);
                }
            }

            return [.. found];
        }

        if (!_drawers.TryGetValue(part, out var drawer))
        {
            _drawers[part] = drawer = _byId.Values.Where(h => part.Takes(h)).GroupBy(h => h.Key.Only(part.Same)).ToDictionary(g => g.Key, g => g.ToArray());
        }

        return drawer.GetValueOrDefault(key) ?? [];
    }

    private bool IsWatched(Part part, Key trigger, long low, long high)
    {
        var own = trigger.Only(part.Same);
        var key = new Key(part.Where.First != 0 ? part.Where.First : own.First, part.Where.Second != 0 ? part.Where.Second : own.Second, part.Where.Third != 0 ? part.Where.Third : own.Third);
        while (low <= high)
        {
            var reach = watches.Where(w => w.Name == part.Name && key.Fits(w.Key) && w.From <= low && w.Until >= low).Select(w => (long?)w.Until).Max();
            if (reach is not { } until)
            {
                return false;
            }

            low = until + 1;
        }

        return true;
    }

    private static IEnumerable<Part> Given(params Part?[] parts) => parts.OfType<Part>();

    private static Verdict? One(Outcomes outcomes) => outcomes switch
    {
        Outcomes.Kept => Verdict.Kept,
        Outcomes.Late => Verdict.Late,
        Outcomes.Broken => Verdict.Broken,
        Outcomes.Excused => Verdict.Excused,
        _ => null,
    };
}
