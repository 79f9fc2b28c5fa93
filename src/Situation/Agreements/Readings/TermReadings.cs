using NodaTime;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Finding;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Obstruction;

namespace Safeconduct.Situation.Agreements.Readings;

/// <summary>Reads every term of an agreement against the statements of one view. A pure function: the same statements give the same readings in any order of arrival.</summary>
public sealed class TermReadings
{
    /// <summary>How long after a term's time a report of it may still be on its way.</summary>
    public static readonly Duration UsualLateness = Duration.FromDays(3);

    private const int MostTried = 400;

    private readonly Agreement _agreement;
    private readonly TermLinks _links;
    private readonly Operation _operation;
    private readonly Duration _lateness;
    private readonly Instant _now;
    private readonly IReadOnlyList<Statement> _binding;
    private readonly Dictionary<StatementId, IReadOnlyList<Report>> _reports;
    private readonly Evidence _evidence;
    private readonly Dictionary<string, (Verdict Verdict, IReadOnlyList<ClauseReading> Clauses)> _read = new(StringComparer.Ordinal);

    private TermReadings(Agreement agreement, TermLinks links, Operation operation, IReadOnlyList<Statement> binding, Dictionary<StatementId, IReadOnlyList<Report>> reports, Instant now, Duration lateness)
    {
        (_agreement, _links, _operation, _binding, _reports, _now, _lateness) = (agreement, links, operation, binding, reports, now, lateness);
        _evidence = new Evidence(agreement, operation, binding, reports, now);
    }

    /// <summary>Terms in the order of the text. A term of which no statement is known yet has no reading.</summary>
    /// <param name="lateness">How long after a term's time a report of it may still be on its way.</param>
    /// <param name="now">Up to when clocks run where the view has no as-of: a room that is live gives its own hour, so that a deadline can pass in silence. Without it they stop at the last that was known.</param>
    public static IReadOnlyList<TermReading> Of(Agreement agreement, IReadOnlyCollection<Statement> statements, Operation operation, View view, Duration? lateness = null, Instant? now = null)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        var (binding, until) = Binding(statements, operation, view);
        var reports = binding.ToDictionary(s => s.Id, s => Report.Of(s, operation.Zone));
        var readings = new TermReadings(agreement, new TermLinks(agreement), operation, binding, reports, view.AsOf is null && now > until ? now.Value : until, lateness ?? UsualLateness);
        return [.. agreement.Terms.Where(readings.IsKnown).Select(t => readings.Of(t))];
    }

    /// <summary>Verdicts alone, at an instant by which all the statements are known, whatever time they give for themselves: what a watch comes to in any order of arrival.</summary>
    /// <exception cref="RefusedException"><c>assess.same-id-twice</c>.</exception>
    public static IReadOnlyList<(Term Term, Verdict Verdict, bool IsProvisional)> Verdicts(Agreement agreement, IReadOnlyCollection<Statement> statements, Operation operation, Instant now)
    {
        var known = Knowledge.InOrder(statements).ToDictionary(s => s.Id);
        var replaced = new Replaced(known, operation.Zone);
        var binding = known.Values.Where(s => !replaced.Contains(s.Id)).OrderBy(s => s.Id).ToList();
        var reports = binding.ToDictionary(s => s.Id, s => Report.Of(s, operation.Zone));
        var readings = new TermReadings(agreement, new TermLinks(agreement), operation, binding, reports, now, UsualLateness);
        return [.. agreement.Terms.Where(readings.IsKnown).Select(t => (Term: t, Read: readings.Read(t))).Select(r => (r.Term, r.Read.Verdict, r.Read.Clauses.Any(c => c.IsProvisional)))];
    }

    /// <summary>One term's verdict over what it looks at, and until when it stands if nothing more is said. Null while no statement makes the term known.</summary>
    internal static ((Verdict Verdict, bool IsProvisional, string Sentence)? Reading, Instant NextTurn) ReadOne(
        Agreement agreement, TermLinks links, Term term, Operation operation, IReadOnlyList<Statement> binding, Dictionary<StatementId, IReadOnlyList<Report>> reports, Instant now, Duration lateness)
    {
        var readings = new TermReadings(agreement, links, operation, binding, reports, now, lateness);
        if (!readings.IsKnown(term))
        {
            return (null, Instant.MaxValue);
        }

        var (verdict, clauses) = readings.Read(term);
        return ((verdict, clauses.Any(c => c.IsProvisional), Sentence(clauses)), readings._evidence.NextTurn);
    }

    /// <summary>Statements that the terms would look at and that speak of a time before the agreement began: named, and not judged.</summary>
    public static IReadOnlyList<StatementId> BeforeTheAgreement(Agreement agreement, IReadOnlyCollection<Statement> statements, Operation operation, View view)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        var (binding, now) = Binding(statements, operation, view);
        var reports = binding.ToDictionary(s => s.Id, s => Report.Of(s, operation.Zone));
        if (agreement.From is not { } from || new TermReadings(agreement, new TermLinks(agreement), operation, binding, reports, now, UsualLateness).Resolve(from, false) is not { } begins)
        {
            return [];
        }

        var links = new TermLinks(agreement);
        var interests = agreement.Terms.Select(t => new Interests(agreement, links, t, operation.Gazetteer)).ToList();
        return [.. binding.Where(s => reports[s.Id] is { Count: > 0 } said && said.All(r => r.Late < begins.Earliest) && interests.Exists(i => i.Touches(s, said))).Select(s => s.Id)];
    }

    /// <summary>What binds in the view, and up to when it is judged: the view's instant, or the last that anything was known.</summary>
    private static (IReadOnlyList<Statement> Binding, Instant Now) Binding(IReadOnlyCollection<Statement> statements, Operation operation, View view)
    {
        var known = Knowledge.InOrder(statements).Where(s => Knowledge.IsKnown(s, view, operation.Zone)).ToDictionary(s => s.Id);
        var grades = new Grades(known.Values);
        var replaced = new Replaced(known, operation.Zone);
        var binding = known.Values.Where(s => Knowledge.Counts(s, view.Lens, grades, known) && !replaced.Contains(s.Id)).OrderBy(s => s.Id).ToList();
        var now = view.AsOf ?? known.Values.Select(s => s.KnownFrom.Latest(operation.Zone)).DefaultIfEmpty(Instant.MinValue).Max();
        return (binding, now);
    }

    private bool IsKnown(Term term)
    {
        IReadOnlyList<StatementId> by = term.StatedIn.Count > 0 ? term.StatedIn : VersionOf(term)?.AccordingTo is { Count: > 0 } known ? known : _agreement.AccordingTo;
        return by.Count == 0 || by.Any(_evidence.Has);
    }

    private TermReading Of(Term term)
    {
        var (verdict, clauses) = Read(term);
        var evidence = EvidenceOf(clauses);
        var seen = evidence.Select(_evidence.Find).OfType<Statement>().ToList();
        var allegations = seen.Select(s => (Statement: s, Author: AuthorOf(s))).Where(a => a.Author is not null)
            .Select(a => new Allegation(a.Author!, a.Statement.SaidBy.Name, a.Statement.Id)).ToList();
        var findings = _binding.Where(s => s.Said is Finding f && f.RestsOn.Any(evidence.Contains)).Select(s => s.Id).ToList();
        return new(term, verdict, clauses, Sentence(clauses), Smallest(term, verdict, evidence), evidence)
        {
            Allegations = verdict is Verdict.Pending ? [] : allegations,
            Findings = findings,
        };
    }

    private static IReadOnlyList<StatementId> EvidenceOf(IReadOnlyList<ClauseReading> clauses) =>
        [.. clauses.SelectMany(c => c.Evidence).Distinct().Order()];

    private static string? AuthorOf(Statement statement) => (statement.Said is Statements.Kinds.Correction.Correction c ? c.Instead : statement.Said) switch
    {
        Incident { AllegedAuthor: { } author } => author,
        Obstruction { AllegedAuthor: { } author } => author,
        _ => null,
    };

    private static string Sentence(IReadOnlyList<ClauseReading> clauses) => string.Join(" ", clauses.Select(c => c.Sentence));

    // ---- one term -------------------------------------------------------------------------------------------------------------------------------------------

    private (Verdict Verdict, IReadOnlyList<ClauseReading> Clauses) Read(Term term)
    {
        if (_read.TryGetValue(term.Number, out var known))
        {
            return known;
        }

        // A term that leads back to itself (a step that waits for itself) reads as pending there.
        _read[term.Number] = (Verdict.Pending, []);
        return _read[term.Number] = ReadNew(term);
    }

    private (Verdict Verdict, IReadOnlyList<ClauseReading> Clauses) ReadNew(Term term)
    {
        var denied = term.DeniedBy.Where(_evidence.Has).ToList();
        var clauses = ReadClauses(term);
        var verdict = Together(clauses.Select(c => c.Verdict).ToList());
        if (denied.Count > 0)
        {
            var stated = term.StatedIn.Where(_evidence.Has).Concat(denied).Order().ToList();
            return (Verdict.Disputed, [.. clauses, new ClauseReading(term.Clauses[0], Verdict.Disputed, Ground.TermDenied, "That there is such a term is denied.", stated)]);
        }

        var rivals = _links.RivalsOf(term).Where(IsKnown).ToList();
        foreach (var rival in rivals)
        {
            var other = Together(ReadClauses(rival).Select(c => c.Verdict).ToList());
            if (other != verdict)
            {
                var ids = term.StatedIn.Concat(rival.StatedIn).Where(_evidence.Has).Distinct().Order().ToList();
                return (Verdict.Disputed, [.. clauses, new ClauseReading(term.Clauses[0], Verdict.Disputed, Ground.RivalReadings, $"Another account of the term (term {rival.Number}) reads otherwise.", ids)]);
            }
        }

        // A demand binds nobody: not doing it breaks nothing.
        return term.AskedBy is not null && verdict is Verdict.Broken or Verdict.Late ? (Verdict.Pending, clauses) : (verdict, clauses);
    }

    private IReadOnlyList<ClauseReading> ReadClauses(Term term)
    {
        if (WindowOf(term) is not { } window)
        {
            return [.. term.Clauses.Select(c => new ClauseReading(c, Verdict.Pending, Ground.NotYetOwed, "Not yet in force.", [.. term.StatedIn.Where(_evidence.Has).Order()]) { IsProvisional = true })];
        }

        var reader = new ClauseReader(_evidence, window, Resolve, StepDone, _lateness, [.. term.StatedIn.Where(_evidence.Has)]);
        return [.. term.Clauses.Select(reader.Read)];
    }

    /// <summary>All must be met. Some met and some not is partly; else what is least settled is said.</summary>
    internal static Verdict Together(IReadOnlyList<Verdict> verdicts)
    {
        if (verdicts.Distinct().Count() == 1)
        {
            return verdicts[0];
        }

        var met = verdicts.Any(v => v is Verdict.Kept or Verdict.Late);
        var not = verdicts.Contains(Verdict.Broken);
        return verdicts.Contains(Verdict.Partly) || (met && not) ? Verdict.Partly
            : verdicts.Contains(Verdict.Disputed) ? Verdict.Disputed
            : not ? Verdict.Broken
            : verdicts.Contains(Verdict.Unclear) ? Verdict.Unclear
            : verdicts.Contains(Verdict.Pending) ? Verdict.Pending
            : Verdict.Late;
    }

    // ---- times ----------------------------------------------------------------------------------------------------------------------------------------------

    private AgreementVersion? VersionOf(Term term) => term.Version is { } n ? _agreement.Versions.FirstOrDefault(v => v.Number == n) : null;

    /// <summary>When the term is in force; null while that has not come. It ends with its agreement, its version, its own end, or the version of the term that replaces it.</summary>
    private Window? WindowOf(Term term)
    {
        var version = VersionOf(term);
        var from = term.From ?? version?.From ?? _agreement.From;
        var begins = from is null ? Between.At(Instant.MinValue) : Resolve(from, false);
        if (term.AfterStep is { } step)
        {
            begins = StepDone(step);
        }

        if (term.If is { } condition)
        {
            begins = _evidence.Happenings(condition, begins?.Earliest).Where(t => t.Credence is Credence.Settled).Select(t => new Between(t.Early, t.Late)).Cast<Between?>().FirstOrDefault();
        }

        if (begins is not { } start)
        {
            return null;
        }

        var replacing = _links.Replacing(term).Select(t => t.From ?? VersionOf(t)?.From);
        var ends = new[] { term.Until, version?.Until, _agreement.Until }.Concat(replacing)
            .Select(w => w is null ? null : Resolve(w, w is When.Time { Moment.HourIsStated: false }))
            .OfType<Between>()
            .ToList();
        Between? until = ends.Count == 0 ? null : ends.Aggregate((a, b) => new Between(Instant.Min(a.Earliest, b.Earliest), Instant.Min(a.Latest, b.Latest)));
        return new Window(start, until);
    }

    /// <summary>A time of the text; a whole day means its start, or with <paramref name="isEnd"/> its end. Null while what it waits for has not come.</summary>
    private Between? Resolve(When when, bool isEnd)
    {
        switch (when)
        {
            case When.Time t:
                var first = Of(t.Moment);
                return t.OrElse is { } other ? Between.At(first).Hull(Between.At(Of(other))) : Between.At(first);
            case When.StepDone s:
                return StepDone(s.Step);
            case When.Complete c:
                return ClauseReader.CompleteAt(_evidence, c.Places, new Window(_agreement.From is When.Time begun ? Between.At(Of(begun.Moment)) : Between.At(Instant.MinValue), null));
            case When.First f:
                return _evidence.Happenings(f.Occurrence).Where(t => t.Credence is Credence.Settled).Select(t => new Between(t.Early, t.Late)).Cast<Between?>().FirstOrDefault();
            case When.End:
                return _agreement.Until is { } until and not When.End ? Resolve(until, true) : null;
            default:
                throw new ArgumentOutOfRangeException(nameof(when));
        }

        Instant Of(Statements.Times.Moment m) => isEnd ? Report.LastOf(m, _operation.Zone) : m.Earliest(_operation.Zone);
    }

    /// <summary>When the terms of a step were all met; null while they are not.</summary>
    private Between? StepDone(int step)
    {
        var terms = _links.OfStep(step).ToList();
        Between? done = null;
        foreach (var term in terms)
        {
            var (verdict, clauses) = Read(term);
            if (verdict is not (Verdict.Kept or Verdict.Late))
            {
                return null;
            }

            foreach (var at in clauses.Select(c => c.DoneAt).OfType<(Instant Earliest, Instant Latest)>())
            {
                done = done is { } d ? new Between(Instant.Max(d.Earliest, at.Earliest), Instant.Max(d.Latest, at.Latest)) : new Between(at.Earliest, at.Latest);
            }
        }

        return done;
    }

    // ---- the smallest deciding set --------------------------------------------------------------------------------------------------------------------------

    /// <summary>
    /// Statements that alone give the verdict, none of which can be left out. Found by taking away: halves first, then one at a time, each time reading the term again on
    /// what is left. More than one such set may exist; which one is found depends on the ids alone. Source of the method: Junker, QuickXplain (AAAI 2004), in its deletion form.
    /// </summary>
    private IReadOnlyList<StatementId> Smallest(Term term, Verdict verdict, IReadOnlyList<StatementId> evidence)
    {
        var always = Always(term);
        var grounds = Grounds(term);

        // What gives the least precise time goes first, then what came later, so that the plainest statements stay.
        var kept = evidence.Select(_evidence.Find).OfType<Statement>()
            .OrderByDescending(s => Report.LastOf(s.About, _operation.Zone) - s.About.Earliest(_operation.Zone)).ThenByDescending(s => s.Id).Select(s => s.Id).ToList();
        if (!Gives(term, verdict, grounds, always, kept))
        {
            // Something outside the evidence takes part, such as what says when the term began; then all that the term looks at is where it starts from.
            var interests = new Interests(_agreement, _links, term, _operation.Gazetteer);
            kept = [.. _binding.Where(s => interests.Touches(s, _reports[s.Id])).Select(s => s.Id).Except(kept), .. kept];
        }

        // A few of the plainest are mostly enough: twice as many are tried each time until they are.
        for (var few = 4; few < kept.Count; few *= 2)
        {
            var plainest = kept.TakeLast(few).ToList();
            if (Gives(term, verdict, grounds, always, plainest))
            {
                kept = plainest;
                break;
            }
        }

        var tried = 0;
        for (var size = Math.Max(1, kept.Count / 2); size >= 1 && kept.Count > 0;)
        {
            var before = kept.Count;
            for (var at = 0; at < kept.Count && tried < MostTried;)
            {
                var without = kept.Where((_, i) => i < at || i >= at + size).ToList();
                tried++;
                if (Gives(term, verdict, grounds, always, without))
                {
                    kept = without;
                }
                else
                {
                    at += size;
                }
            }

            // Not every reading is monotone: once one is gone, another that was needed beside it may not be. One by one until none can go.
            size = size > 1 ? (size + 1) / 2 : kept.Count < before && tried < MostTried ? 1 : 0;
        }

        return [.. kept.Order()];
    }

    /// <summary>What makes the term known is part of the text and not of what decides it.</summary>
    private HashSet<StatementId> Always(Term term) => [.. term.StatedIn.Concat(_agreement.AccordingTo).Concat(VersionOf(term)?.AccordingTo ?? [])];

    private List<Ground> Grounds(Term term) => [.. Read(term).Clauses.Select(c => c.Ground)];

    private bool Gives(Term term, Verdict verdict, List<Ground> grounds, HashSet<StatementId> always, IReadOnlyList<StatementId> ids)
    {
        var set = ids.ToHashSet();
        var part = new TermReadings(_agreement, _links, _operation, [.. _binding.Where(s => set.Contains(s.Id) || always.Contains(s.Id))], _reports, _now, _lateness);
        return part.Read(term).Verdict == verdict && part.Grounds(term).SequenceEqual(grounds);
    }
}
