using Safeconduct.Situation.Agreements.Monitor;

namespace Safeconduct.Tests.Core.Situation.Agreements.Monitor;

/// <summary>The slow twin: every completion of a short log one by one, each judged as plainly as its rule is worded, and what follows from all of them together.</summary>
internal sealed class Completions(IReadOnlyList<Rule> rules, IReadOnlyList<Happening> log, IReadOnlyList<Watch> watches, long from, long now)
{
    private const long Ever = AgreementMonitor.Ever;
    private const long Horizon = 60;

    /// <summary>How many completions a log has.</summary>
    public static long Count(IEnumerable<Happening> log) => log.Aggregate(1L, (n, h) => n * ((h.Late - h.Early + 1) * ((h.High ?? h.Low) - h.Low + 1)) + (h.Contested ? n : 0));

    /// <summary>Every instance of a rule with its verdict; for a balance every millisecond at which it is not kept.</summary>
    public Dictionary<long, Verdict> Verdicts(Rule rule)
    {
        var found = new Dictionary<long, Verdict>();
        switch (rule)
        {
            case Balance balance:
                for (var t = from; t <= now; t++)
                {
                    var verdict = Settle(Sums(balance, t, sureOnly: false), Sums(balance, t, sureOnly: true),
                        () => balance.Minus is null || IsWatched(balance.Minus, default, t - balance.Window, t) ? Verdict.Broken : Verdict.Overdue, rule.Closed);
                    if (verdict != Verdict.Kept)
                    {
                        found[t] = verdict;
                    }
                }

                break;
            case ForEach forEach:
                for (var k = 1L; Tranche(forEach, k) is { } verdict; k++)
                {
                    found[k] = verdict;
                }

                break;
            case Reach reach:
                found[0] = Reached(reach);
                break;
            case Safeconduct.Situation.Agreements.Monitor.Once:
                found[0] = Keyed(rule, Happening.At(0, 0, default, ((Safeconduct.Situation.Agreements.Monitor.Once)rule).From));
                break;
            default:
                var trigger = rule switch { Preceded r => r.Trigger, Answered r => r.Trigger, Never r => r.Event, Order r => r.Then, _ => throw new ArgumentException(rule.GetType().Name, nameof(rule)) };
                foreach (var report in log.Where(h => trigger.Takes(h) && h.Early >= from))
                {
                    found[report.Id] = Keyed(rule, report);
                }

                break;
        }

        return found;
    }

    /// <summary>The outcomes of an instance over all completions, joint in everything: what a verdict must never contradict.</summary>
    public HashSet<Verdict> Outcomes(Rule rule, Happening trigger) => [.. Times(trigger).SelectMany(t => All(Others(rule, trigger, sureOnly: false)).Select(c => Point(rule, trigger with { Early = t, Late = t }, c, null)))];

    private Verdict Keyed(Rule rule, Happening trigger)
    {
        var all = Ranged(rule, trigger, sureOnly: false, out var deadline);
        if (trigger.Contested)
        {
            all.Add(Verdict.Kept);
        }

        return Settle(all, Ranged(rule, trigger, sureOnly: true, out _), () => Absent(rule, trigger, deadline), closed: false);
    }

    private Verdict Absent(Rule rule, Happening trigger, long deadline)
    {
        switch (rule)
        {
            case Answered or Safeconduct.Situation.Agreements.Monitor.Once when now <= deadline:
                return Verdict.Pending;
            case Answered r:
                return r.Closed || IsWatched(r.Response, trigger.Key, trigger.Early + r.AtLeast, deadline) ? Verdict.Broken : Verdict.Overdue;
            case Safeconduct.Situation.Agreements.Monitor.Once r:
                return r.Closed || IsWatched(r.Event, default, r.From, r.Until) ? Verdict.Broken : Verdict.Overdue;
            case Preceded r:
                return r.Closed || IsWatched(r.By, trigger.Key, trigger.Early - r.AtMost, trigger.Late - r.AtLeast) ? Verdict.Broken : Verdict.Overdue;
            case Never r:
                return r.Unless is null || r.Closed || IsWatched(r.Unless, trigger.Key, trigger.Early - r.AtMost, trigger.Late - r.AtLeast) ? Verdict.Broken : Verdict.Overdue;
            case Order r:
                return r.Closed || (r.Total is { } total && IsDenied(r.First, total, trigger.Late)) || Given(r.First).Any(p => IsWatched(p, trigger.Key, from, trigger.Late)) ? Verdict.Broken : Verdict.Overdue;
            default:
                throw new ArgumentException(rule.GetType().Name, nameof(rule));
        }
    }

    /// <summary>The outcomes with each deadline anywhere in the range that the paused clock leaves: the definition. Without a pause it is the joint one.</summary>
    private HashSet<Verdict> Ranged(Rule rule, Happening trigger, bool sureOnly, out long latest)
    {
        var found = new HashSet<Verdict>();
        latest = trigger.Late;
        foreach (var t in Times(trigger))
        {
            var at = trigger with { Early = t, Late = t };
            var others = Others(rule, trigger, sureOnly);
            IEnumerable<long?> deadlines = [null];
            if (rule is Answered { PausedBy: { } state } paused)
            {
                var switches = others.Where(h => state.On.Takes(h) || state.Off.Takes(h)).ToList();
                var completions = All(switches).ToList();
                var (soonest, last) = (Clock(t, paused.AtMost, x => completions.TrueForAll(c => IsOn(state, c, x))), Clock(t, paused.AtMost, x => completions.Exists(c => IsOn(state, c, x))));
                deadlines = Enumerable.Range(0, (int)(Math.Min(last, Horizon) - Math.Min(soonest, Horizon)) + 1).Select(i => (long?)(Math.Min(soonest, Horizon) + i)).Append(soonest).Append(last).Distinct();
                others = [.. others.Except(switches)];
                latest = last;
            }
            else
            {
                latest = rule switch { Answered r => t + r.AtMost, Safeconduct.Situation.Agreements.Monitor.Once r => r.Until, _ => latest };
            }

            var all = All(others).ToList();
            found.UnionWith(deadlines.SelectMany(d => all.Select(c => Point(rule, at, c, d))));
        }

        return found;
    }

    private List<Happening> Others(Rule rule, Happening trigger, bool sureOnly)
    {
        var parts = rule switch
        {
            Preceded r => [r.By],
            Answered r => new[] { r.Response, r.Excuse, r.PausedBy?.On, r.PausedBy?.Off }.OfType<Part>().ToArray(),
            Never r => [.. new[] { r.During?.On, r.During?.Off, r.Unless }.OfType<Part>()],
            Safeconduct.Situation.Agreements.Monitor.Once r => [r.Event with { Same = Same.None }],
            Order r => Given(r.First),
            _ => [],
        };
        var floor = rule is Order { Total: not null } ? from : long.MinValue;
        return [.. log.Where(h => h.Id != trigger.Id && h.Early >= floor && parts.Any(p => p.Takes(h) && (rule is Order { Total: not null } || h.Key.Only(p.Same) == trigger.Key.Only(p.Same))) && !(sureOnly && h.Contested))];
    }

    private static Verdict Point(Rule rule, Happening trigger, IReadOnlyList<Happening> others, long? deadline)
    {
        var t = trigger.Early;
        switch (rule)
        {
            case Preceded r:
                return Any(r.By, t - r.AtMost, t - r.AtLeast) ? Verdict.Kept : Verdict.Broken;
            case Never r:
                return (r.During is not null && !IsOn(r.During, others, t)) || (r.Unless is not null && Any(r.Unless, t - r.AtMost, t - r.AtLeast)) ? Verdict.Kept : Verdict.Broken;
            case Order { Total: null } r:
                return Any(r.First.Increments!, long.MinValue, t) ? Verdict.Kept : Verdict.Broken;
            case Order r:
                return Total(r.First, others, t) >= r.Total ? Verdict.Kept : Verdict.Broken;
            case Safeconduct.Situation.Agreements.Monitor.Once r:
                return Any(r.Event, r.From, r.Until) ? Verdict.Kept : Any(r.Event, r.Until + 1, long.MaxValue) ? Verdict.Late : Verdict.Broken;
            case Answered r:
                var until = deadline ?? (r.PausedBy is null ? t + r.AtMost : Clock(t, r.AtMost, x => IsOn(r.PausedBy, others, x)));
                var late = r.LateFor is { } more ? until + more : long.MaxValue;
                return Any(r.Response, t + r.AtLeast, until) ? Verdict.Kept
                    : r.Excuse is not null && Any(r.Excuse, t, until) ? Verdict.Excused
                    : Any(r.Response, until + 1, late) ? Verdict.Late : Verdict.Broken;
            default:
                throw new ArgumentException(rule.GetType().Name, nameof(rule));
        }

        bool Any(Part part, long low, long high) => others.Any(h => part.Takes(h) && h.Early >= low && h.Early <= high);
    }

    private HashSet<Verdict> Sums(Balance rule, long time, bool sureOnly)
    {
        var near = log.Where(h => h.Early >= from && (rule.Plus.Takes(h) || rule.Minus?.Takes(h) == true) && !(sureOnly && h.Contested)).ToList();
        return [.. All(near).Select(c => Sum(c, rule.Plus) - (rule.Minus is null ? 0 : Sum(c, rule.Minus)) > rule.Limit ? Verdict.Broken : Verdict.Kept)];

        long Sum(IReadOnlyList<Happening> completion, Part part) => completion.Where(h => part.Takes(h) && h.Early <= time && h.Early >= time - rule.Window).Sum(h => h.Low);
    }

    private Verdict Reached(Reach rule)
    {
        var by = rule.By ?? Ever;
        return Settle(Set(sureOnly: false), Set(sureOnly: true), Absent, closed: false);

        HashSet<Verdict> Set(bool sureOnly) => [.. All(Own(rule.Of, sureOnly)).Select(c => rule.AtMost
            ? (Total(rule.Of, c, by) <= rule.Total ? Verdict.Kept : Verdict.Broken)
            : Total(rule.Of, c, by) >= rule.Total ? Verdict.Kept : Total(rule.Of, c, Ever) >= rule.Total ? Verdict.Late : Verdict.Broken)];

        Verdict Absent() => rule.AtMost ? Verdict.Broken
            : now <= by ? Verdict.Pending
            : rule.Closed || IsDenied(rule.Of, rule.Total, by) || Given(rule.Of).Any(p => IsWatched(p, default, from, by)) ? Verdict.Broken : Verdict.Overdue;
    }

    /// <summary>A tranche, by the ranges of the moments at which it opens and is discharged: any moment of the one with any of the other.</summary>
    private Verdict? Tranche(ForEach rule, long k)
    {
        var (opened, discharged) = (Moments(rule.Of, k * rule.Each, sureOnly: false), Moments(rule.Owed, k * rule.OwedEach, sureOnly: false));
        if (opened.TrueForAll(m => m == Ever) && (!rule.EitherOrder || discharged.TrueForAll(m => m == Ever)))
        {
            return null;
        }

        var (sureOpened, sureDischarged) = (Moments(rule.Of, k * rule.Each, sureOnly: true), Moments(rule.Owed, k * rule.OwedEach, sureOnly: true));
        var first = rule.EitherOrder ? Math.Min(opened.Max(), discharged.Max()) : opened.Max();
        var deadline = first == Ever ? Ever : first + rule.Within;
        return Settle(Pairs(opened, discharged), Pairs(Narrow(opened, sureOpened), Narrow(discharged, sureDischarged)), Absent, closed: false);

        // Without contested reports the latest moment is the same, because it counts on none of them.
        static List<long> Narrow(List<long> all, List<long> sure) => sure;

        HashSet<Verdict> Pairs(List<long> os, List<long> cs) => [.. Range(os).SelectMany(o => Range(cs).Select(c => Pair(rule, o, c)))];

        Verdict Absent() => now <= deadline ? Verdict.Pending
            : rule.Closed || Known(rule.Owed, k * rule.OwedEach) || (rule.EitherOrder && Known(rule.Of, k * rule.Each)) ? Verdict.Broken : Verdict.Overdue;

        bool Known(Amounts of, long total) => IsDenied(of, total, deadline) || Given(of).Any(p => IsWatched(p, default, from, deadline));
    }

    private static Verdict Pair(ForEach rule, long opened, long discharged)
    {
        if (rule.EitherOrder && discharged < opened)
        {
            (opened, discharged) = (discharged, opened);
        }

        return opened == Ever || (discharged < Ever && discharged <= opened + rule.Within) ? Verdict.Kept : discharged == Ever ? Verdict.Broken : Verdict.Late;
    }

    private static IEnumerable<long> Range(List<long> moments)
    {
        var finite = moments.Where(m => m < Ever).ToList();
        for (var m = finite.Count == 0 ? 1 : finite.Min(); m <= (finite.Count == 0 ? 0 : finite.Max()); m++)
        {
            yield return m;
        }

        if (moments.Contains(Ever))
        {
            yield return Ever;
        }
    }

    private List<long> Moments(Amounts of, long total, bool sureOnly) => [.. All(Own(of, sureOnly)).Select(c => c.Select(h => h.Early).Order().Where(t => Total(of, c, t) >= total).DefaultIfEmpty(Ever).First()).Distinct()];

    private List<Happening> Own(Amounts of, bool sureOnly) => [.. log.Where(h => h.Early >= from && Given(of).Any(p => p.Takes(h)) && !(sureOnly && h.Contested))];

    private static long Total(Amounts of, IReadOnlyList<Happening> completion, long time) => Math.Max(
        completion.Where(h => of.Increments?.Takes(h) == true && h.Early <= time).Sum(h => h.Low),
        completion.Where(h => of.Totals?.Takes(h) == true && h.Early <= time).Select(h => h.Low).DefaultIfEmpty(0).Max());

    private static Part[] Given(Amounts of) => [.. new[] { of.Increments, of.Totals }.OfType<Part>()];

    private bool IsDenied(Amounts of, long total, long at) => log.Any(h => h.Early >= from && of.Totals?.Takes(h) == true && !h.Contested && h.High < total && h.Early >= at);

    private static Verdict Settle(HashSet<Verdict> all, HashSet<Verdict> sure, Func<Verdict> absent, bool closed) =>
        all.Count > 1 ? (sure.Count == 1 ? Verdict.Disputed : Verdict.Possible)
        : all.Single() != Verdict.Broken ? all.Single()
        : closed ? Verdict.Broken : absent();

    private static bool IsOn(State state, IReadOnlyList<Happening> completion, long time) =>
        completion.Any(on => state.On.Takes(on) && on.Early <= time && !completion.Any(off => state.Off.Takes(off) && off.Early >= on.Early && off.Early <= time));

    private static long Clock(long from, long span, Func<long, bool> isOn)
    {
        for (var t = from; t < Horizon; t++)
        {
            if (span == 0)
            {
                return t;
            }

            span -= isOn(t) ? 0 : 1;
        }

        return Ever;
    }

    private bool IsWatched(Part part, Key trigger, long low, long high)
    {
        var own = trigger.Only(part.Same);
        var key = new Key(part.Where.First != 0 ? part.Where.First : own.First, part.Where.Second != 0 ? part.Where.Second : own.Second, part.Where.Third != 0 ? part.Where.Third : own.Third);
        for (var t = low; t <= Math.Min(high, 2 * Horizon); t++)
        {
            if (!watches.Any(w => w.Name == part.Name && key.Fits(w.Key) && w.From <= t && w.Until >= t))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<long> Times(Happening report)
    {
        for (var t = report.Early; t <= report.Late; t++)
        {
            yield return t;
        }
    }

    private static IEnumerable<IReadOnlyList<Happening>> All(IReadOnlyList<Happening> reports, int at = 0)
    {
        if (at == reports.Count)
        {
            return [[]];
        }

        var report = reports[at];
        var rest = All(reports, at + 1).ToList();
        var placed = Times(report).SelectMany(t => Enumerable.Range((int)report.Low, (int)((report.High ?? report.Low + 3) - report.Low) + 1).SelectMany(
            n => rest.Select(r => (IReadOnlyList<Happening>)[report with { Early = t, Late = t, Low = n, High = n, Contested = false }, .. r])));
        return report.Contested ? placed.Concat(rest) : placed;
    }

    /// <summary>The rules it was made for.</summary>
    public IReadOnlyList<Rule> Rules => rules;
}
