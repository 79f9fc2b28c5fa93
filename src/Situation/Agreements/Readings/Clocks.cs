using NodaTime;
using Safeconduct.Statements;

namespace Safeconduct.Situation.Agreements.Readings;

/// <summary>Clauses about what follows, what comes before, and two totals that go together.</summary>
internal sealed partial class ClauseReader
{
    /// <summary>The spans in which a state holds, with both ends as far as they are known.</summary>
    private List<Window> Spans(State state) => state switch
    {
        State.InForce => [_window],
        State.DeparturesRun s => Alternating(new("departure", default) { From = s.From }, new("resumption", default) { Where = s.From }, ["suspension", "completion", "postponement"], s.From),
        State.Suspended => Alternating(null, new("suspension", default), ["resumption", "completion"], []),
        State.Between s => Alternating(null, s.Opens, [], [], s.Closes),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private List<Window> Alternating(Occurrence? first, Occurrence opens, IReadOnlyList<string> closing, IReadOnlyList<PlaceId> places, Occurrence? closes = null)
    {
        var (from, until) = (_window.From.Earliest, _window.Until?.Latest);
        var on = _evidence.Happenings(opens, from, until).Where(t => t.Credence is Credence.Settled).Select(t => (At: new Between(t.Early, t.Late), On: true)).ToList();
        if (first is not null && Settled(first, from, until) is { } begun)
        {
            on.Add((begun, true));
        }

        var off = (closes is { } c ? [c] : closing.Select(n => new Occurrence(n, default) { Where = places }))
            .SelectMany(o => _evidence.Happenings(o, from, until)).Where(t => t.Credence is Credence.Settled).Select(t => (At: new Between(t.Early, t.Late), On: false));
        var spans = new List<Window>();
        Between? since = null;
        foreach (var (at, isOn) in on.Concat(off).OrderBy(p => p.At.Earliest).ThenBy(p => p.At.Latest).ThenBy(p => p.On))
        {
            if (isOn && since is null)
            {
                since = at;
            }
            else if (!isOn && since is { } s)
            {
                spans.Add(new(s, at));
                since = null;
            }
        }

        if (since is { } open)
        {
            spans.Add(new(open, null));
        }

        return spans;
    }

    private Between? Settled(Occurrence what, Instant? from, Instant? until) =>
        _evidence.Happenings(what, from, until).Where(t => t.Credence is Credence.Settled).Select(t => new Between(t.Early, t.Late)).Cast<Between?>().FirstOrDefault();

    // ---- order ----------------------------------------------------------------------------------------------------------------------------------------------

    private ClauseReading OnlyAfter(Clause.OnlyAfter clause)
    {
        var then = clause.Then is { } occurrence
            ? _evidence.Happenings(occurrence, _window.From.Earliest, _window.Until?.Latest).Where(t => _window.Possibly(t.Early, t.Late)).Select(t => (Between: new Between(Instant.Max(t.Early, _window.From.Earliest), t.Late), t.Credence, Ids: t.AllIds.ToList(), Certain: _window.Certainly(t.Early, t.Late))).ToList()
            : [.. _evidence.Counts(clause.ThenTotal!, _window.From.Earliest).Where(r => r.Count!.Bound.Least > 0 && _window.Possibly(r.Early, r.Late))
                .Select(r => (new Between(Instant.Max(r.Early, _window.From.Earliest), r.Late), _evidence.Sides.IsSettled([r.Statement]) ? Credence.Settled : Credence.OneSided, new List<StatementId> { r.Id }, _window.Certainly(r.Early, r.Late)))];
        var words = clause.Then is { } o ? _say.Of(o) : _say.Of(clause.ThenTotal!);
        if (then.Count == 0)
        {
            return Reading(clause, Verdict.Pending, Ground.NotYetDue, $"{Upper(words)}: none reported yet.", _stated) with { IsProvisional = true };
        }

        var (first, firstIds, firstWords) = FirstOf(clause);
        var open = MayChange(_window);
        if (first is not { } come)
        {
            var early = then.Where(t => t.Certain && t.Credence is Credence.Settled).ToList();
            return early.Count > 0
                ? Reading(clause, Verdict.Broken, Ground.Reported, $"{Upper(words)} reported ({_say.Of(early[0].Between)}), and {firstWords} by nobody.", early.SelectMany(t => t.Ids)) with { IsProvisional = open }
                : Reading(clause, Verdict.Unclear, Ground.HourNotStated, $"{Upper(words)} may have come before {firstWords}.", then.SelectMany(t => t.Ids)) with { IsProvisional = open };
        }

        var before = then.Where(t => t.Certain && t.Between.Latest < come.Earliest).ToList();
        if (before.Find(t => t.Credence is Credence.Settled) is { Ids: not null } broken)
        {
            return Reading(clause, Verdict.Broken, Ground.Reported, $"{Upper(words)} reported ({_say.Of(broken.Between)}) before {firstWords} ({_say.Of(come)}).", broken.Ids.Concat(firstIds)) with { IsProvisional = open };
        }

        if (before.Find(t => t.Credence is Credence.Contested) is { Ids: not null } contested)
        {
            return Reading(clause, Verdict.Disputed, Ground.DeniedByOthers, $"{Upper(words)} before {firstWords} according to some, denied by others.", contested.Ids.Concat(firstIds)) with { IsProvisional = open };
        }

        var maybe = then.Where(t => t.Between.Earliest < come.Latest).ToList();
        return before.Count > 0
            ? Reading(clause, Verdict.Unclear, Ground.OneSideAlone, $"{Upper(words)} before {firstWords} is reported by one side alone.", before.SelectMany(t => t.Ids).Concat(firstIds)) with { IsProvisional = open }
            : maybe.Count > 0
            ? Reading(clause, Verdict.Unclear, Ground.HourNotStated, $"{Upper(words)} ({_say.Of(maybe[0].Between)}) and {firstWords} ({_say.Of(come)}): which came first is not stated.", maybe.SelectMany(t => t.Ids).Concat(firstIds)) with { IsProvisional = open }
            : Reading(clause, Verdict.Kept, Ground.Done, $"{Upper(words)} reported after {firstWords} ({_say.Of(come)}).", then.Take(1).SelectMany(t => t.Ids).Concat(firstIds)) with { IsProvisional = open };
    }

    private (Between? At, IReadOnlyList<StatementId> Ids, string Words) FirstOf(Clause.OnlyAfter clause)
    {
        if (clause.Step is { } step)
        {
            return (_stepDone(step), [], $"step {Shown.Number(step)}");
        }

        if (clause.First is { } occurrence)
        {
            var told = _evidence.Happenings(occurrence, _window.From.Earliest, null).FirstOrDefault(t => t.Credence is Credence.Settled);
            return (told is null ? null : new Between(told.Early, told.Late), told is null ? [] : [.. told.Ids], _say.Of(occurrence));
        }

        var total = clause.FirstTotal!;
        var reached = NumberOf(total) is { } n ? new Totals(_evidence, total, _window).Reaches(n) : null;
        return (reached is { Credence: Credence.Settled } r ? new Between(r.Early, r.Late) : null, reached is null ? [] : [reached.By.Id], $"{Shown.Grouped(NumberOf(total) ?? 0)} {_say.Of(total)}");
    }

    // ---- what follows and what comes before -----------------------------------------------------------------------------------------------------------------

    private ClauseReading LeadsTo(Clause.LeadsTo clause)
    {
        var (each, to) = (_say.Of(clause.Each), _say.Of(clause.To));
        var triggers = Triggers(clause.Each, clause.To);
        if (triggers.Count == 0)
        {
            return Reading(clause, Verdict.Pending, Ground.NotYetDue, $"{Upper(each)}: none reported yet.", _stated) with { IsProvisional = true };
        }

        var instances = new Instances();
        instances.Add(1, triggers);
        instances.Add(2, _evidence.Happenings(clause.To));
        if (clause.Unless is { } unless)
        {
            instances.Add(3, _evidence.Happenings(unless).Where(t => t.Credence is Credence.Settled));
        }

        var paused = clause.ClockStops is State.Suspended or State.Between ? new Monitor.State(new(4), new(5)) : null;
        if (paused is not null)
        {
            var (on, off) = Switches(clause.ClockStops!);
            instances.Add(4, on);
            instances.Add(5, off);
        }

        var judged = instances.Judged(
            new Monitor.Answered(
                1,
                Instances.Trigger(clause.To),
                new(2, Instances.SameOf(clause.To)),
                0,
                (long)clause.Within.TotalMilliseconds,
                clause.Unless is { } u ? new(3, Instances.SameOf(u)) : null,
                paused),
            _evidence.Now);
        var count = Counted(judged);
        var ids = judged.SelectMany(j => j.Ids);
        var open = Running(judged) || MayChange(_window);
        var (done, late, missing) = (count[Monitor.Verdict.Kept], count[Monitor.Verdict.Late], count[Monitor.Verdict.Overdue] + count[Monitor.Verdict.Broken]);
        var of = judged.Count - count[Monitor.Verdict.Excused];
        if (missing > 0)
        {
            // Nobody saying that it arrived is not somebody saying that it did not: its time is over, and no more.
            return Reading(
                clause,
                done + late > 0 ? Verdict.Partly : Verdict.Late,
                done + late > 0 ? Ground.SomeAndSome : Ground.NotDoneInTime,
                $"{Upper(each)}: followed by {to} in {Shown.Number(done + late)} of {Shown.Number(of)}; in {Shown.Number(missing)} nobody reports it by then.",
                ids) with { IsProvisional = open };
        }

        return late > 0 ? Reading(clause, Verdict.Late, Ground.DoneLate, $"{Upper(each)}: {Shown.Number(late)} of {Shown.Number(of)} followed by {to} after their time.", ids) with { IsProvisional = open }
            : count[Monitor.Verdict.Disputed] > 0 ? Reading(clause, Verdict.Disputed, Ground.DeniedByOthers, $"{Upper(each)}: whether {to} followed in time depends on whom one believes for {Shown.Number(count[Monitor.Verdict.Disputed])} of {Shown.Number(of)}.", ids) with { IsProvisional = open }
            : count[Monitor.Verdict.Possible] > 0 ? Reading(clause, Verdict.Unclear, Ground.HourNotStated, $"{Upper(each)}: whether {to} followed in time is not stated for {Shown.Number(count[Monitor.Verdict.Possible])} of {Shown.Number(of)}.", ids) with { IsProvisional = open }
            : count[Monitor.Verdict.Pending] > 0 ? Reading(clause, Verdict.Pending, Ground.NotYetDue, $"{Upper(each)}: {Shown.Number(count[Monitor.Verdict.Pending])} of {Shown.Number(of)} still within their time.", ids) with { IsProvisional = true }
            : Reading(clause, Verdict.Kept, Ground.Done, of == 0 ? $"{Upper(each)}: each excused." : $"{Upper(each)}: each followed by {to} in time.", ids) with { IsProvisional = open };
    }

    private ClauseReading Preceded(Clause.Preceded clause)
    {
        var each = _say.Of(clause.Each);
        var by = string.Join(" or ", clause.By.Select(_say.Of));
        var triggers = Triggers(clause.Each, clause.By[0]);
        if (triggers.Count == 0)
        {
            return Reading(clause, Verdict.Pending, Ground.NotYetDue, $"{Upper(each)}: none reported.", _stated) with { IsProvisional = true };
        }

        var instances = new Instances();
        instances.Add(1, triggers);
        instances.Add(2, clause.By.SelectMany(b => _evidence.Happenings(b)));
        var judged = instances.Judged(new Monitor.Preceded(1, Instances.Trigger(clause.By[0]), new(2, Instances.SameOf(clause.By[0])), 0, (long)clause.Within.TotalMilliseconds), _evidence.Now);
        var count = Counted(judged);
        var ids = judged.SelectMany(j => j.Ids);
        var open = Running(judged) || MayChange(_window);
        var missing = count[Monitor.Verdict.Broken] + count[Monitor.Verdict.Overdue];
        var kept = count[Monitor.Verdict.Kept];
        return missing > 0
            ? Reading(clause, kept > 0 ? Verdict.Partly : Verdict.Broken, kept > 0 ? Ground.SomeAndSome : Ground.Reported, $"{Upper(each)}: {Shown.Number(missing)} of {Shown.Number(judged.Count)} without {by} reported in the {Hours(clause.Within)} before.", ids) with { IsProvisional = open }
            : count[Monitor.Verdict.Disputed] > 0
            ? Reading(clause, Verdict.Disputed, Ground.DeniedByOthers, $"{Upper(each)}: whether {by} came before depends on whom one believes for {Shown.Number(count[Monitor.Verdict.Disputed])} of {Shown.Number(judged.Count)}.", ids) with { IsProvisional = open }
            : count[Monitor.Verdict.Possible] > 0
            ? Reading(clause, Verdict.Unclear, Ground.HourNotStated, $"{Upper(each)}: whether {by} came before is not stated for {Shown.Number(count[Monitor.Verdict.Possible])} of {Shown.Number(judged.Count)}.", ids) with { IsProvisional = open }
            : count[Monitor.Verdict.Pending] > 0
            ? Reading(clause, Verdict.Pending, Ground.NotYetDue, $"{Upper(each)}: {Shown.Number(count[Monitor.Verdict.Pending])} of {Shown.Number(judged.Count)} still within their time.", ids) with { IsProvisional = true }
            : Reading(clause, Verdict.Kept, Ground.Done, $"{Upper(each)}: each preceded by {by}.", ids) with { IsProvisional = open };
    }

    /// <summary>Whether a window is open, or closed so lately that reports may still come; every clock is looked at, so that none runs out unseen.</summary>
    private bool Running(IReadOnlyList<Judgement> judged)
    {
        var open = false;
        foreach (var until in judged.Select(j => j.Until).Distinct())
        {
            // The monitor counts whole milliseconds: for it a deadline has passed with the next one.
            _ = _evidence.HasCome(until == Instant.MaxValue ? until : until + Duration.FromMilliseconds(1));
            open |= !_evidence.IsPast(After(until));
        }

        return open;
    }

    private List<Told> Triggers(Occurrence each, Occurrence second) =>
        [.. _evidence.Happenings(each, _window.From.Earliest, _window.Until?.Latest).Where(t => _window.Certainly(t.Early, t.Late) && t.Credence is not Credence.Contested && CanBeToldApart(second, t))];

    private static Dictionary<Monitor.Verdict, int> Counted(IReadOnlyList<Judgement> judged) =>
        Enum.GetValues<Monitor.Verdict>().ToDictionary(v => v, v => judged.Count(j => j.Verdict == v));

    /// <summary>What opens and what closes a state, as settled happenings.</summary>
    private (IEnumerable<Told> On, IEnumerable<Told> Off) Switches(State state)
    {
        var (on, off) = state is State.Between b
            ? (_evidence.Happenings(b.Opens), _evidence.Happenings(b.Closes))
            : (_evidence.Happenings(new("suspension", default)), [.. _evidence.Happenings(new("resumption", default)), .. _evidence.Happenings(new("completion", default))]);
        return (on.Where(t => t.Credence is Credence.Settled), off.Where(t => t.Credence is Credence.Settled));
    }

    /// <summary>Two occurrences that must be of the same convoy or place are; a report that names none cannot be told to be of another, and is not taken for the same.</summary>
    private static bool SameMatter(Occurrence second, Told first, Told other) => second.Same.All(key => key switch
    {
        "convoy" => Convoys(first).Overlaps(Convoys(other)),
        "place" => PlacesOf(first).Overlaps(PlacesOf(other)),
        _ => true,
    });

    /// <summary>Where the same convoy must follow, a report that names none could be followed by any.</summary>
    private static bool CanBeToldApart(Occurrence second, Told first) => !second.Same.Contains("convoy") || Convoys(first).Count > 0;

    private static HashSet<string> Convoys(Told told) => [.. told.By.Select(r => Figures.BatchWords.FigureOf(r.Scope.Batch)).OfType<string>()];

    private static HashSet<PlaceId> PlacesOf(Told told) => [.. told.By.SelectMany(r => new[] { r.Scope.Via, r.Scope.From, r.Scope.To }).OfType<PlaceId>()];

    // ---- two totals -----------------------------------------------------------------------------------------------------------------------------------------

    private ClauseReading ForEach(Clause.ForEach clause)
    {
        if (NumberOf(clause.Of) is not { } n || NumberOf(clause.Owed) is not { } m)
        {
            return Both(clause, clause.Of, clause.Owed, Verdict.Unclear, Ground.NumberNotStated, "how many the share is of is not stated");
        }

        var (of, owed) = (new Totals(_evidence, clause.Of, _window), new Totals(_evidence, clause.Owed, _window));
        var (certainOf, possibleOf) = (of.Span().Low, of.Highest());
        var (certainOwed, possibleOwed) = (owed.Span().Low, owed.Highest());
        var opened = certainOf / n;
        if (opened == 0 && (!clause.EachOther || certainOwed / m == 0))
        {
            return Both(clause, clause.Of, clause.Owed, Verdict.Pending, Ground.NotYetDue, "neither has come to its first part") with { IsProvisional = true };
        }

        // Every part that has surely opened and whose time is over must have its counterpart.
        var (short1, short2) = (Overdue(of, n, owed, m, clause.Within), clause.EachOther ? Overdue(owed, m, of, n, clause.Within) : (0, 0));
        var (sure, maybe) = (short1.Sure + short2.Sure, short1.Maybe + short2.Maybe);
        var met = Math.Min(possibleOf / n, possibleOwed / m);
        return sure > 0
            ? Both(clause, clause.Of, clause.Owed, met > 0 ? Verdict.Partly : Verdict.Broken, Ground.Share, $"{Shown.Number(sure)} part{(sure == 1 ? "" : "s")} without its counterpart in {Hours(clause.Within)}")
            : maybe > 0
            ? Both(clause, clause.Of, clause.Owed, Verdict.Disputed, Ground.DeniedByOthers, "whether they went together depends on whose count is taken")
            : Both(clause, clause.Of, clause.Owed, Verdict.Kept, Ground.Done, "each part had its counterpart") with { IsProvisional = MayChange(_window) };
    }

    /// <summary>Parts opened by the first total whose counterpart did not come within the time: surely, or by somebody's count.</summary>
    private (long Sure, long Maybe) Overdue(Totals first, long n, Totals second, long m, Duration within)
    {
        var (sure, maybe) = (0L, 0L);
        for (var k = 1L; k <= first.Highest() / n && k <= 10_000; k++)
        {
            if (first.Reaches(k * n) is not { } opened || !_evidence.IsPast(opened.Late + within))
            {
                continue;
            }

            var answer = second.Reaches(k * m);
            if (answer is { Credence: Credence.Settled } && answer.Late <= opened.Late + within)
            {
                continue;
            }

            if (opened.Credence is Credence.Settled && (answer is null || answer.Early > opened.Late + within))
            {
                sure++;
            }
            else
            {
                maybe++;
            }
        }

        return (sure, maybe);
    }

    private ClauseReading Balance(Clause.Balance clause)
    {
        var (plus, minus) = (_evidence.Counts(clause.Plus, _window.From.Earliest), _evidence.Counts(clause.Minus, _window.From.Earliest));
        static bool IsPart(Report r) => r.Count!.Quantity.Cut.Kind is Statements.Quantities.CutKind.During;
        var ends = plus.Where(IsPart).Select(r => r.Late).Distinct().Order().ToList();
        foreach (var end in ends)
        {
            var from = Before(end, clause.Window);
            var sum = plus.Where(r => IsPart(r) && r.Early > from && r.Late <= end).GroupBy(r => (r.Early, r.Late)).Sum(g => g.Min(r => r.Count!.Bound.Least ?? 0));
            var other = minus.Where(r => IsPart(r) && r.Late > from && r.Early <= end).Sum(r => r.Count!.Bound.Most ?? long.MaxValue / 4);
            if (sum - other > clause.Limit)
            {
                return Both(clause, clause.Plus, clause.Minus, Verdict.Broken, Ground.Reported, $"in the {Hours(clause.Window)} to {_say.Of(end)} they differ by more than {Shown.Grouped(clause.Limit)}");
            }
        }

        return plus.Count == 0 && minus.Count == 0
            ? Both(clause, clause.Plus, clause.Minus, Verdict.Pending, Ground.NotYetDue, "neither is counted yet") with { IsProvisional = true }
            : Both(clause, clause.Plus, clause.Minus, Verdict.Kept, Ground.Done, $"no {Hours(clause.Window)} in which they surely differ by more than {Shown.Grouped(clause.Limit)}") with { IsProvisional = MayChange(_window) };
    }

    /// <summary>Two totals side by side, never what one side owes the other.</summary>
    private ClauseReading Both(Clause clause, Total one, Total other, Verdict verdict, Ground ground, string why)
    {
        var (first, second) = (new Totals(_evidence, one, _window), new Totals(_evidence, other, _window));
        var ids = first.Ids.Concat(second.Ids).ToList();
        var beside = $"Parallel departures: {_say.Of(one)}: {Said(first)}; {_say.Of(other)}: {Said(second)}.";
        return Reading(clause, verdict, ground, $"{beside} {Upper(why)}.", ids.Count > 0 ? ids : _stated) with
        {
            Total = first.IsEmpty ? null : first.Span(),
            Against = second.IsEmpty ? null : second.Span(),
            OutsideRoom = beside,
        };

        string Said(Totals totals) => totals.IsEmpty ? "nobody counts them" : Phrases.Of(totals.Span(), totals.Highest());
    }
}
