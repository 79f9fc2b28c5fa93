using NodaTime;
using Safeconduct.Statements;

namespace Safeconduct.Situation.Agreements.Readings;

/// <summary>
/// Reads one clause against what was reported, three-valued: what every reading of the statements allows is said; what depends on whom one believes is disputed; what
/// nobody settles is unclear. The rules are in <c>formats/agreement-semantics.md</c>.
/// </summary>
internal sealed partial class ClauseReader
{
    private readonly Evidence _evidence;
    private readonly Window _window;
    private readonly Func<When, bool, Between?> _when;
    private readonly Func<int, Between?> _stepDone;
    private readonly Duration _lateness;
    private readonly Phrases _say;
    private readonly IReadOnlyList<StatementId> _stated;

    /// <param name="window">When the term is in force.</param>
    /// <param name="when">Resolves a time that the agreement names; with <c>true</c>, a day means its end. Null while it has not come.</param>
    public ClauseReader(Evidence evidence, Window window, Func<When, bool, Between?> when, Func<int, Between?> stepDone, Duration lateness, IReadOnlyList<StatementId> stated) =>
        (_evidence, _window, _when, _stepDone, _lateness, _say, _stated) = (evidence, window, when, stepDone, lateness, new Phrases(evidence.Places, evidence.Zone), stated);

    public ClauseReading Read(Clause clause) => clause switch
    {
        Clause.Never c => Never(c),
        Clause.Happens c => Happens(c, c.What, c.From, c.By),
        Clause.AtLeast c => AtLeast(c),
        Clause.AtMost c => AtMost(c),
        Clause.EveryoneLeaves c => EveryoneLeaves(c),
        Clause.SafePassage c => SafePassage(c),
        Clause.OnlyTo c => OnlyTo(c),
        Clause.Open c => Open(c),
        Clause.OnlyAfter c => OnlyAfter(c),
        Clause.ByAccount c => ByAccount(c),
        Clause.NotObservable c => NotObservable(c),
        Clause.LeadsTo c => LeadsTo(c),
        Clause.Preceded c => Preceded(c),
        Clause.ForEach c => ForEach(c),
        Clause.Balance c => Balance(c),
        _ => throw new ArgumentOutOfRangeException(nameof(clause)),
    };

    private ClauseReading Reading(Clause clause, Verdict verdict, Ground ground, string sentence, IEnumerable<StatementId> evidence) =>
        new(clause, verdict, ground, sentence, [.. evidence.Distinct().Order()]);

    /// <summary>A window that is open, or closed so lately that reports may still come.</summary>
    private bool MayChange(Window window) => window.Until is not { } u || !_evidence.IsPast(After(u.Latest));

    private Instant After(Instant instant) => Instant.MaxValue - instant < _lateness ? Instant.MaxValue : instant + _lateness;

    // ---- prohibition ----------------------------------------------------------------------------------------------------------------------------------------

    private ClauseReading Never(Clause.Never clause)
    {
        var what = _say.Of(clause.What);
        var spans = clause.While is { } state ? Spans(state).Select(s => s.Within(_window)).ToList() : [_window];
        if (!spans.Exists(s => _evidence.HasCome(s.From.Earliest)))
        {
            return Reading(clause, Verdict.Pending, Ground.NotYetOwed, "Not yet in force.", _stated) with { IsProvisional = true };
        }

        var told = _evidence.Happenings(clause.What, spans.Min(s => s.From.Earliest), spans.Exists(s => s.Until is null) ? null : spans.Max(s => s.Until!.Value.Latest));
        if (clause.UnlessPrecededBy is { } excuse)
        {
            told = [.. told.Where(t => !IsExcused(t, excuse, clause.Within ?? Duration.Zero))];
        }

        var certain = told.Where(t => spans.Exists(s => s.Certainly(t.Early, t.Late))).ToList();
        var possible = told.Where(t => !certain.Contains(t) && spans.Exists(s => s.Possibly(t.Early, t.Late))).ToList();
        var all = certain.Concat(possible).SelectMany(t => t.AllIds);
        var open = spans.Exists(MayChange);
        if (certain.Where(t => t.Credence is Credence.Settled).ToList() is { Count: > 0 } settled)
        {
            return Reading(clause, Verdict.Broken, Ground.Reported, $"{Upper(what)} reported, {Times(settled)}.", settled.SelectMany(t => t.AllIds));
        }

        if (certain.Where(t => t.Credence is Credence.Contested).ToList() is { Count: > 0 } contested)
        {
            return Reading(clause, Verdict.Disputed, Ground.DeniedByOthers, $"{Upper(what)} reported by some and denied by others, {Times(contested)}.", contested.SelectMany(t => t.AllIds)) with { IsProvisional = open };
        }

        if (certain.Count > 0)
        {
            return _evidence.Sides.IsSettled(certain.SelectMany(t => t.By).Select(r => r.Statement))
                ? Reading(clause, Verdict.Broken, Ground.Reported, $"{Upper(what)} reported by more than one side, {Times(certain)}.", certain.SelectMany(t => t.AllIds))
                : Reading(clause, Verdict.Unclear, Ground.OneSideAlone, $"{Upper(what)} reported by one side alone, {Times(certain)}.", all) with { IsProvisional = open };
        }

        if (possible.Count > 0)
        {
            return Reading(clause, Verdict.Unclear, Ground.HourNotStated, $"{Upper(what)} reported, but whether within the time meant is not stated ({Times(possible)}).", all) with { IsProvisional = open };
        }

        return NoReport(clause, clause.What, spans, what, open);
    }

    /// <summary>No report is not no fire: it is kept as far as somebody is said to have watched, and unclear where nobody is.</summary>
    private ClauseReading NoReport(Clause clause, Occurrence what, List<Window> spans, string words, bool open)
    {
        var watch = new Occurrence("monitoring", what.At) { Where = [.. what.From, .. what.To, .. what.Via, .. what.Where] };
        var from = spans.Min(s => s.From.Earliest);
        var until = spans.Exists(s => s.Until is null) ? Instant.MaxValue : spans.Max(s => s.Until!.Value.Latest);
        var watched = _evidence.Happenings(watch, from, until).Where(t => t.Credence is not Credence.Contested).ToList();
        var denials = _evidence.Denials(what, from, until).Select(d => d.Id);
        return watched.Count > 0
            ? Reading(clause, Verdict.Kept, Ground.NoReportWhileWatched, $"No report of {words} in watched hours ({Times(watched)}).", watched.SelectMany(t => t.Ids).Concat(denials)) with { IsProvisional = open }
            : Reading(clause, Verdict.Unclear, Ground.NotWatched, $"No report of {words}, and nobody is said to have watched.", _stated.Concat(denials)) with { IsProvisional = open };
    }

    private bool IsExcused(Told told, Occurrence excuse, Duration within) =>
        _evidence.Happenings(excuse, Before(told.Early, within), told.Late)
            .Any(e => e.Credence is Credence.Settled && SameMatter(excuse, told, e) && e.Late <= told.Early && e.Early >= Before(told.Late, within));

    // ---- deadline -------------------------------------------------------------------------------------------------------------------------------------------

    private ClauseReading Happens(Clause clause, Occurrence what, When? from, When? by)
    {
        var words = _say.Of(what);
        var start = from is null ? _window.From : _when(from, false);
        if (start is not { } begins || !_evidence.HasCome(begins.Earliest))
        {
            return Reading(clause, Verdict.Pending, Ground.NotYetOwed, "Not yet owed.", _stated) with { IsProvisional = true };
        }

        // What a text of the day before promises may be done at any time once it is in force, so a happening that may lie before is left out only where it must.
        var told = _evidence.Happenings(what, begins.Earliest, _window.Until?.Latest).ToList();
        var chosen = what.Which is Ordinal.First && told.Count > 0 ? told.Where(t => t.Early <= told.Where(o => o.Credence is Credence.Settled).Select(o => o.Late).DefaultIfEmpty(Instant.MaxValue).Min()).ToList() : told;
        if (by is null)
        {
            return Undated(clause, words, chosen);
        }

        if (_when(by, true) is not { } due)
        {
            return Undated(clause, words, chosen) with { IsProvisional = true };
        }

        return Dated(clause, words, chosen, due);
    }

    private ClauseReading Undated(Clause clause, string words, List<Told> told)
    {
        if (told.Find(t => t.Credence is Credence.Settled) is { } done)
        {
            return Reading(clause, Verdict.Kept, Ground.Done, $"{Upper(words)} reported, {_say.Of(new Between(done.Early, done.Late))}.", done.AllIds) with { DoneAt = (done.Early, done.Late) };
        }

        return told.Find(t => t.Credence is Credence.Contested) is { } contested
            ? Reading(clause, Verdict.Disputed, Ground.DeniedByOthers, $"{Upper(words)} reported by some and denied by others.", contested.AllIds) with { IsProvisional = true }
            : told.Count > 0
            ? Reading(clause, Verdict.Unclear, Ground.OneSideAlone, $"{Upper(words)} reported by one side alone.", told.SelectMany(t => t.AllIds)) with { IsProvisional = true }
            : Reading(clause, Verdict.Pending, Ground.NoDate, $"Nobody reports {words}, and it has no date.", _stated) with { IsProvisional = true };
    }

    private ClauseReading Dated(Clause clause, string words, List<Told> told, Between due)
    {
        (Instant, Instant) dueAt = (due.Earliest, due.Latest);
        var open = !_evidence.IsPast(After(due.Latest));
        if (told.Find(t => t.Credence is Credence.Settled && t.Late <= due.Earliest) is { } done)
        {
            return Reading(clause, Verdict.Kept, Ground.Done, $"Due by {_say.Of(due)}; {words} reported {_say.Of(new Between(done.Early, done.Late))}.", done.AllIds) with { Due = dueAt, DoneAt = (done.Early, done.Late) };
        }

        var maybe = told.Where(t => t.Early <= due.Latest).ToList();
        if (maybe.Find(t => t.Credence is Credence.Contested && t.Late <= due.Earliest) is { } contested)
        {
            return Reading(clause, Verdict.Disputed, Ground.DeniedByOthers, $"Due by {_say.Of(due)}; {words} reported in time by some and denied by others.", contested.AllIds) with { Due = dueAt, IsProvisional = open };
        }

        if (!_evidence.IsPast(due.Latest))
        {
            return Reading(clause, Verdict.Pending, Ground.NotYetDue, $"Due by {_say.Of(due)}.", _stated) with { Due = dueAt, IsProvisional = true };
        }

        if (maybe.Find(t => t.Credence is Credence.Settled) is { } vague)
        {
            return Reading(clause, Verdict.Unclear, Ground.HourNotStated, $"Due by {_say.Of(due)}; {words} reported {_say.Of(new Between(vague.Early, vague.Late))}, without saying whether before or after.", vague.AllIds) with { Due = dueAt, IsProvisional = open };
        }

        if (maybe.Count > 0)
        {
            var oneSided = maybe[0];
            return Reading(clause, Verdict.Unclear, Ground.OneSideAlone, $"Due by {_say.Of(due)}; {words} in time is reported by one side alone.", oneSided.AllIds) with { Due = dueAt, IsProvisional = open };
        }

        if (told.Find(t => t.Credence is Credence.Settled) is { } late)
        {
            return Reading(clause, Verdict.Late, Ground.DoneLate, $"Due by {_say.Of(due)}; {words} reported {_say.Of(new Between(late.Early, late.Late))}{HowLate(due, late)}.", late.AllIds) with { Due = dueAt, DoneAt = (late.Early, late.Late), IsProvisional = open };
        }

        return Reading(clause, Verdict.Late, Ground.NotDoneInTime, $"Due by {_say.Of(due)}; nobody reports {words} by then{(told.Count > 0 ? ", and what is reported of later is not settled" : "")}.", told.Count > 0 ? told.SelectMany(t => t.AllIds) : _stated) with { Due = dueAt, IsProvisional = open };
    }

    private static string HowLate(Between due, Told late)
    {
        var (least, most) = (late.Early - due.Latest, late.Late - due.Earliest);
        return least <= Duration.Zero ? "" : $", {Hours(least)}{(Hours(least) == Hours(most) ? "" : $" to {Hours(most)}")} after";
    }

    internal static string Hours(Duration span) => span.TotalMinutes < 120
        ? $"{Shown.Number((long)span.TotalMinutes)} minutes"
        : span.TotalHours < 72 ? $"{(Math.Round(span.TotalHours * 2) / 2).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture)} hours" : $"{Shown.Number((long)span.TotalDays)} days";

    // ---- quotas ---------------------------------------------------------------------------------------------------------------------------------------------

    private ClauseReading AtLeast(Clause.AtLeast clause)
    {
        if (NumberOf(clause.Total) is not { } number)
        {
            return Reading(clause, Verdict.Unclear, Ground.NumberNotStated, $"How many {clause.Total.Category} the share is of is not stated.", _stated);
        }

        if (!_evidence.HasCome(_window.From.Earliest))
        {
            return Reading(clause, Verdict.Pending, Ground.NotYetOwed, "Not yet owed.", _stated) with { IsProvisional = true };
        }

        var totals = new Totals(_evidence, clause.Total, _window);
        var due = clause.By is null ? null : _when(clause.By, true);
        var open = due is null || !_evidence.IsPast(After(due.Value.Latest));
        var words = $"{Shown.Grouped(number)} {_say.Of(clause.Total)}";
        var span = totals.Span();
        var reading = Reach(clause, totals, number, due, words) with { Total = totals.IsEmpty ? null : span, IsProvisional = open };
        return due is { } d ? reading with { Due = (d.Earliest, d.Latest) } : reading;
    }

    private ClauseReading Reach(Clause clause, Totals totals, long number, Between? due, string words)
    {
        if (totals.Reaches(number) is { } reached && reached.Late <= (due?.Earliest ?? Instant.MaxValue))
        {
            var (verdict, ground) = reached.Credence switch
            {
                Credence.Settled => (Verdict.Kept, Ground.Done),
                Credence.Contested => (Verdict.Disputed, Ground.DeniedByOthers),
                _ => (Verdict.Unclear, Ground.OneSideAlone),
            };
            return Reading(clause, verdict, ground, $"{Upper(words)}: {reached.By.Count!.Bound} reported{Whose(reached)}.", reached.Against.Append(reached.By).Select(r => r.Id)) with { DoneAt = (reached.Early, reached.Late) };
        }

        if (due is not { } by)
        {
            return Short(clause, totals, number, words, Verdict.Pending, Ground.NoDate, "and it has no date");
        }

        if (!_evidence.IsPast(by.Latest))
        {
            return Short(clause, totals, number, words, Verdict.Pending, Ground.NotYetDue, $"due by {_say.Of(by)}");
        }

        var later = totals.Reaches(number);
        if (later is not null && later.Early > by.Latest)
        {
            return Reading(clause, Verdict.Late, Ground.DoneLate, $"{Upper(words)}, due by {_say.Of(by)}: {later.By.Count!.Bound} reported up to {_say.Of(later.Late)}.", [later.By.Id, .. totals.Ids]) with { DoneAt = (later.Early, later.Late) };
        }

        if (later is { Credence: not Credence.OneSided })
        {
            // Its count begins before the date and ends after it. Where it ends on a later day, or a count up to the date or later stays below, it was reached after.
            return later.Late > by.Latest || totals.IsBelow(number, by.Earliest)
                ? Reading(clause, Verdict.Late, Ground.DoneLate, $"{Upper(words)}, due by {_say.Of(by)}: first reported up to {_say.Of(later.Late)} ({later.By.Count!.Bound}).", totals.Ids) with { DoneAt = (by.Latest, later.Late) }
                : Reading(clause, Verdict.Unclear, Ground.HourNotStated, $"{Upper(words)}, due by {_say.Of(by)}: {later.By.Count!.Bound} reported, without saying whether before or after.", totals.Ids);
        }

        return totals.Highest() > 0
            ? Short(clause, totals, number, words, Verdict.Partly, Ground.Share, $"due by {_say.Of(by)}")
            : Reading(clause, Verdict.Late, Ground.NotDoneInTime, $"{Upper(words)}, due by {_say.Of(by)}: nobody reports any.", totals.Ids.Count > 0 ? totals.Ids : _stated);
    }

    private ClauseReading Short(Clause clause, Totals totals, long number, string words, Verdict verdict, Ground ground, string when)
    {
        var span = totals.Span();
        var most = totals.Highest();
        return Reading(
            clause,
            verdict,
            ground,
            most == 0 ? $"{Upper(words)}: nobody reports any, {when}." : $"{Upper(words)}: {Phrases.Of(span, most)} reported ({Shown.Number(most * 100 / number)} per cent of it at most), {when}.",
            totals.Ids.Count > 0 ? totals.Ids : _stated);
    }

    private ClauseReading AtMost(Clause.AtMost clause)
    {
        if (NumberOf(clause.Total) is not { } number)
        {
            return Reading(clause, Verdict.Unclear, Ground.NumberNotStated, $"How many {clause.Total.Category} the share is of is not stated.", _stated);
        }

        var window = clause.Until is { } until ? new Window(_window.From, _when(until, true) ?? _window.Until) : _window;
        var totals = new Totals(_evidence, clause.Total, window);
        var words = $"at most {Shown.Grouped(number)} {_say.Of(clause.Total)}";
        if (totals.Reaches(number + 1) is { } above)
        {
            var (verdict, ground) = above.Credence switch
            {
                Credence.Settled => (Verdict.Broken, Ground.Reported),
                Credence.Contested => (Verdict.Disputed, Ground.DeniedByOthers),
                _ => (Verdict.Unclear, Ground.OneSideAlone),
            };
            return Reading(clause, verdict, ground, $"{Upper(words)}: {above.By.Count!.Bound} reported{Whose(above)}.", above.Against.Append(above.By).Select(r => r.Id)) with { IsProvisional = MayChange(window) };
        }

        return totals.IsEmpty
            ? Reading(clause, Verdict.Unclear, Ground.NotWatched, $"{Upper(words)}: nobody counts them.", _stated) with { IsProvisional = true }
            : Reading(clause, Verdict.Kept, Ground.Done, $"{Upper(words)}: {Phrases.Of(totals.Span(), totals.Highest())} reported.", totals.Ids) with { IsProvisional = MayChange(window), Total = totals.Span() };
    }

    private static string Whose(Reached reached) => reached.Credence switch
    {
        Credence.Contested => ", and fewer by others up to the same time or later",
        Credence.OneSided => " by one side alone",
        _ => "",
    };

    private long? NumberOf(Total total) => total.Number ?? (total is { Share: { } share, Of: { } of } ? of * share.Numerator / share.Denominator : null);

    // ---- who leaves, how, where to --------------------------------------------------------------------------------------------------------------------------

    private ClauseReading EveryoneLeaves(Clause.EveryoneLeaves clause)
    {
        var words = $"the end of departures from {_say.Names(clause.Places)}";
        var told = Completions(clause.Places, _window).ToList();
        if (clause.By is { } by && _when(by, true) is { } due)
        {
            return Dated(clause, words, told, due);
        }

        return Undated(clause, words, told);
    }

    /// <summary>Somebody says the operation is complete, or tells of the last convoy out; denied where somebody says it is not, of the same time or later.</summary>
    private IEnumerable<Told> Completions(IReadOnlyList<PlaceId> places, Window window)
    {
        var complete = new Occurrence("completion", default) { From = places };
        var last = new Occurrence("departure", default) { From = places, Batch = "last convoy" };
        var not = new Occurrence("state-not-complete", default) { IsOwnType = true, From = places };
        var denials = _evidence.Happenings(not, window.From.Earliest, window.Until?.Latest).SelectMany(t => t.By).ToList();
        return _evidence.Happenings(complete, window.From.Earliest, window.Until?.Latest).Concat(_evidence.Happenings(last, window.From.Earliest, window.Until?.Latest))
            .Select(t => denials.Where(d => d.Late >= t.Late && t.By.Any(r => r.Statement.SaidBy.Id.Body != d.Statement.SaidBy.Id.Body)).ToList() is { Count: > 0 } against
                ? t with { DeniedBy = [.. t.DeniedBy, .. against], Credence = Credence.Contested }
                : t)
            .OrderBy(t => t.Late);
    }

    /// <summary>When departures from a place are settled as complete; null while they are not.</summary>
    public static Between? CompleteAt(Evidence evidence, IReadOnlyList<PlaceId> places, Window window)
    {
        var reader = new ClauseReader(evidence, window, (_, _) => null, _ => null, Duration.Zero, []);
        return reader.Completions(places, window).FirstOrDefault(t => t.Credence is Credence.Settled) is { } t ? new Between(t.Early, t.Late) : null;
    }

    private ClauseReading SafePassage(Clause.SafePassage clause)
    {
        var words = _say.Of(clause.For);
        var (from, until) = (_window.From.Earliest, _window.Until?.Latest);
        var passed = _evidence.Happenings(clause.For, from, until).Where(t => _window.Certainly(t.Early, t.Late) || t.Late >= _window.From.Latest).ToList();
        IReadOnlyList<PlaceId> places = [.. clause.For.From, .. clause.For.Via];
        var hindered = new[] { "obstruction", "harm", "fire-on-convoy" }
            .SelectMany(noun => _evidence.Happenings(new Occurrence(noun, clause.At) { IsOwnType = noun == "fire-on-convoy", Where = places }, from, until))
            .Where(t => _window.Certainly(t.Early, t.Late))
            .OrderBy(t => t.Early)
            .ToList();
        return Shares(clause, words, "passed", passed, "stopped, turned back or harmed", hindered) with { IsProvisional = MayChange(_window) };
    }

    private ClauseReading OnlyTo(Clause.OnlyTo clause)
    {
        var words = _say.Of(clause.What);
        var told = _evidence.Happenings(clause.What, _window.From.Earliest, _window.Until?.Latest).Where(t => t.By.Any(r => r.Scope.To is not null)).ToList();
        var there = told.Where(t => t.By.Where(r => r.Scope.To is not null).All(r => _evidence.Within(r.Scope.To, clause.Places))).ToList();
        var elsewhere = told.Except(there).Where(t => _window.Certainly(t.Early, t.Late)).ToList();
        return Shares(clause, words, $"to {_say.Names(clause.Places)}", there, "to other places", elsewhere) with { IsProvisional = MayChange(_window) };
    }

    private ClauseReading Open(Clause.Open clause)
    {
        var words = $"{(clause.IsAccess ? "access" : "passage")} to {_say.Names(clause.Places)}";
        string[] refused = clause.IsAccess ? ["refused", "blocked", "held"] : ["refused", "blocked", "held", "turned-back", "burning"];
        var bad = refused.SelectMany(noun => _evidence.Happenings(new Occurrence(noun, clause.At) { Where = clause.Places }, _window.From.Earliest, _window.Until?.Latest))
            .Where(t => _window.Certainly(t.Early, t.Late) && (!clause.IsAccess || t.By.Any(r => r.Type.StartsWith("access-", StringComparison.Ordinal) || r.Type.StartsWith("aid-", StringComparison.Ordinal))))
            .ToList();
        var good = (clause.IsAccess ? ["access", "delivery"] : new[] { "departure", "arrival" })
            .SelectMany(noun => _evidence.Happenings(new Occurrence(noun, clause.At) { Where = clause.Places }, _window.From.Earliest, _window.Until?.Latest))
            .Where(t => _window.Possibly(t.Early, t.Late))
            .ToList();
        var ofParts = bad.Where(t => t.By.All(r => PlaceOf(r) is { } p && !clause.Places.Contains(p))).ToList();
        if (bad.Exists(t => t.Credence is Credence.Settled) && ofParts.Count == bad.Count && good.Count == 0)
        {
            return Reading(clause, Verdict.Partly, Ground.Share, $"{Upper(words)}: refused at {_say.Names([.. ofParts.SelectMany(t => t.By).Select(PlaceOf).OfType<PlaceId>().Distinct()])}; nobody reports it refused elsewhere.", bad.SelectMany(t => t.AllIds)) with { IsProvisional = MayChange(_window) };
        }

        return Shares(clause, words, "open", good, "refused", bad) with { IsProvisional = MayChange(_window) };
    }

    private static PlaceId? PlaceOf(Report report) => report.Scope.From ?? report.Scope.To ?? report.Scope.Via;

    /// <summary>What was asked of each: kept where all did, broken where none did, partly where some did and some did not.</summary>
    private ClauseReading Shares(Clause clause, string words, string good, IReadOnlyList<Told> did, string bad, IReadOnlyList<Told> didNot)
    {
        var kept = did.Where(t => t.Credence is Credence.Settled).ToList();
        var broken = didNot.Where(t => t.Credence is Credence.Settled).ToList();
        if (broken.Count > 0)
        {
            return kept.Count > 0
                ? Reading(clause, Verdict.Partly, Ground.SomeAndSome, $"{Upper(words)}: some {good} ({Times(kept)}), some {bad} ({Times(broken)}).", kept.Concat(broken).SelectMany(t => t.AllIds))
                : Reading(clause, Verdict.Broken, Ground.Reported, $"{Upper(words)}: {bad} ({Times(broken)}).", broken.SelectMany(t => t.AllIds));
        }

        if (didNot.FirstOrDefault(t => t.Credence is Credence.Contested) is { } contested)
        {
            return Reading(clause, Verdict.Disputed, Ground.DeniedByOthers, $"{Upper(words)}: {bad} according to some, denied by others ({Times([contested])}).", contested.AllIds);
        }

        if (didNot.Count > 0)
        {
            return _evidence.Sides.IsSettled(didNot.SelectMany(t => t.By).Select(r => r.Statement))
                ? Reading(clause, kept.Count > 0 ? Verdict.Partly : Verdict.Broken, Ground.SomeAndSome, $"{Upper(words)}: {bad} according to more than one side ({Times(didNot)}).", kept.Concat(didNot).SelectMany(t => t.AllIds))
                : Reading(clause, Verdict.Unclear, Ground.OneSideAlone, $"{Upper(words)}: {bad} according to one side alone ({Times(didNot)}).", kept.Concat(didNot).SelectMany(t => t.AllIds));
        }

        return kept.Count > 0
            ? Reading(clause, Verdict.Kept, Ground.Done, $"{Upper(words)}: {good}, as far as reported ({Times(kept)}).", kept.SelectMany(t => t.AllIds))
            : Reading(clause, Verdict.Pending, Ground.NoDate, $"{Upper(words)}: nobody reports any.", _stated) with { IsProvisional = true };
    }

    // ---- accounts -------------------------------------------------------------------------------------------------------------------------------------------

    private ClauseReading ByAccount(Clause.ByAccount clause)
    {
        var kept = clause.Kept.Where(_evidence.Has).ToList();
        var not = clause.NotKept.Where(_evidence.Has).ToList();
        var bears = clause.BearsOnIt.Where(_evidence.Has);
        var all = kept.Concat(not).Concat(bears).ToList();
        return (kept.Count, not.Count) switch
        {
            (0, 0) => Reading(clause, all.Count > 0 ? Verdict.Unclear : Verdict.Pending, all.Count > 0 ? Ground.NotObservable : Ground.NoDate, all.Count > 0 ? "Statements bear on it and settle nothing." : "Nobody says anything of it yet.", all.Count > 0 ? all : _stated) with { IsProvisional = true },
            ( > 0, > 0) => Reading(clause, Verdict.Disputed, Ground.ForAndAgainst, "Kept according to some, not kept according to others.", all),
            ( > 0, _) => OneWay(clause, kept, Verdict.Kept, "Kept", all),
            _ => OneWay(clause, not, Verdict.Broken, "Not kept", all),
        };
    }

    private ClauseReading OneWay(Clause clause, IReadOnlyList<StatementId> ids, Verdict verdict, string words, IReadOnlyList<StatementId> all) =>
        _evidence.Sides.IsSettled(ids.Select(_evidence.Find).OfType<Statement>())
            ? Reading(clause, verdict, verdict is Verdict.Kept ? Ground.Done : Ground.Reported, $"{words}, as stated; nobody says otherwise.", all)
            : Reading(clause, Verdict.Unclear, Ground.OneSideAlone, $"{words} according to one side alone.", all) with { IsProvisional = true };

    private ClauseReading NotObservable(Clause.NotObservable clause) =>
        Reading(clause, Verdict.Unclear, Ground.NotObservable, $"“{clause.Word}” has no observable meaning: no report could settle it.", clause.BearsOnIt.Where(_evidence.Has) is var ids && ids.Any() ? ids : _stated);

    // ---- common ---------------------------------------------------------------------------------------------------------------------------------------------

    private string Times(IReadOnlyList<Told> told)
    {
        var times = told.OrderBy(t => t.Early).Select(t => _say.Of(new Between(t.Early, t.Late))).Distinct(StringComparer.Ordinal).ToList();
        return times.Count <= 4 ? string.Join("; ", times) : $"{string.Join("; ", times.Take(3))} and {Shown.Number(times.Count - 3)} further times";
    }

    private static string Upper(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    private static Instant Before(Instant instant, Duration span) => instant == Instant.MinValue || instant - Instant.MinValue < span ? Instant.MinValue : instant - span;
}
