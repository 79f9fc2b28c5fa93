using NodaTime;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;

namespace Safeconduct.Situation.Agreements.Readings;

/// <summary>A verdict as it changed, and when it was known to: by a statement, or (null) by a clock that ran out.</summary>
/// <param name="Before">Null where the term was not known before.</param>
/// <param name="By">The first, by its id, of the statements that became known then and that the term looks at.</param>
public sealed record VerdictChange(Term Term, Verdict? Before, Verdict After, bool IsProvisional, Instant KnownAt, StatementId? By, string Sentence)
{
    /// <summary>How many more that it looks at became known at the same moment.</summary>
    public int Others { get; init; }
}

/// <summary>
/// Watches the terms while statements become known, in any order: late, correcting and withdrawing ones too. It waits for nothing; each answer is what reads from all that is
/// known by then. A statement makes it read again the terms that look at such reports, and no others; a clock, those whose clock it is.
/// Owned by one thread. At every moment its verdicts are those of <see cref="TermReadings.Of"/> over the same statements: a test holds it to that.
/// </summary>
public sealed class TermWatch
{
    private readonly Agreement _agreement;
    private readonly TermLinks _links;
    private readonly Operation _operation;
    private readonly Duration _lateness;
    private readonly Dictionary<StatementId, Statement> _known = [];
    private readonly Dictionary<StatementId, IReadOnlyList<Report>> _reports = [];
    private readonly List<Watched> _terms;
    private readonly HashSet<StatementId> _pointedTo = [];
    private Replaced _replaced;

    public TermWatch(Agreement agreement, Operation operation, Duration? lateness = null)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        (_agreement, _links, _operation, _lateness) = (agreement, new TermLinks(agreement), operation, lateness ?? TermReadings.UsualLateness);
        _terms = [.. agreement.Terms.Select(t => new Watched(t, new Interests(agreement, _links, t, operation.Gazetteer)))];
        _replaced = new Replaced(_known, operation.Zone);
    }

    public Instant Now { get; private set; } = Instant.MinValue;

    /// <summary>The verdicts as they stand, for the terms that are known.</summary>
    public IReadOnlyList<(Term Term, Verdict Verdict, bool IsProvisional)> Verdicts =>
        [.. _terms.Where(t => t.Verdict is not null).Select(t => (t.Term, t.Verdict!.Value, t.IsProvisional))];

    /// <summary>How many times a term was read: what was touched, for whoever measures.</summary>
    public long Readings { get; private set; }

    /// <summary>Takes in one statement. The same statement twice changes nothing.</summary>
    /// <param name="counts">False where a lens leaves it out: what it takes back stays taken back, and nothing else follows from it.</param>
    /// <exception cref="RefusedException"><c>terms.clock-back</c>: known before something that was taken in already. What it speaks of may lie as far back as it likes.</exception>
    public IReadOnlyList<VerdictChange> Learn(Statement statement, Instant knownAt, bool counts = true) => Learn([(statement, counts)], knownAt);

    /// <summary>Takes in statements that became known at one moment; terms are read once after all of them.</summary>
    /// <exception cref="RefusedException"><c>terms.clock-back</c>.</exception>
    public IReadOnlyList<VerdictChange> Learn(IReadOnlyList<(Statement Statement, bool Counts)> statements, Instant knownAt)
    {
        ArgumentNullException.ThrowIfNull(statements);
        var changes = Advance(knownAt).ToList();
        var fresh = statements.Where(s => _known.TryAdd(s.Statement.Id, s.Statement)).ToList();
        var touched = new List<StatementId>();
        var mayReplace = false;
        foreach (var (statement, counts) in fresh)
        {
            _reports[statement.Id] = Report.Of(statement, _operation.Zone);
            touched.Add(statement.Id);
            foreach (var term in counts ? _terms.Where(t => t.Interests.Touches(statement, _reports[statement.Id])) : [])
            {
                term.LooksAt.Add(statement.Id, statement);
            }

            mayReplace |= PointsTo(statement).Any() || _pointedTo.Contains(statement.Id);
            _pointedTo.UnionWith(PointsTo(statement));
        }

        if (mayReplace)
        {
            var before = _replaced;
            _replaced = new Replaced(_known, _operation.Zone);
            touched.AddRange(_known.Keys.Where(id => before.Contains(id) != _replaced.Contains(id)));
        }

        foreach (var term in _terms)
        {
            var own = touched.Where(term.LooksAt.ContainsKey).Distinct().Order().ToList();
            if (own.Count > 0)
            {
                Read([term], own, changes);
            }
        }

        return changes;
    }

    /// <summary>Lets time pass: deadlines that run out are read again.</summary>
    /// <exception cref="RefusedException"><c>terms.clock-back</c>.</exception>
    public IReadOnlyList<VerdictChange> Advance(Instant now)
    {
        if (now < Now)
        {
            throw new RefusedException("terms.clock-back", "Statements are taken in in the order in which they became known; this one was known before the last.");
        }

        var changes = new List<VerdictChange>();
        while (_terms.Count > 0 && _terms.Min(t => t.NextTurn) is var next && next <= now)
        {
            Now = next;
            Read([.. _terms.Where(t => t.NextTurn <= next)], [], changes);
        }

        Now = now;
        return changes;
    }

    private static IEnumerable<StatementId> PointsTo(Statement statement) => statement.Said switch
    {
        Statements.Kinds.Withdrawal.Withdrawal w => [w.Of],
        Statements.Kinds.Correction.Correction c => [c.Of, .. statement.Links.Select(l => l.To)],
        _ => statement.Links.Select(l => l.To),
    };

    private void Read(IReadOnlyList<Watched> terms, IReadOnlyList<StatementId> by, List<VerdictChange> changes)
    {
        foreach (var term in terms)
        {
            var of = term.LooksAt.Values.Where(s => !_replaced.Contains(s.Id)).ToList();
            var (reading, turn) = TermReadings.ReadOne(_agreement, _links, term.Term, _operation, of, _reports, Now, _lateness);
            Readings++;
            term.NextTurn = turn;
            if (reading is not { } r)
            {
                term.Verdict = null;
                continue;
            }

            if (r.Verdict != term.Verdict)
            {
                changes.Add(new(term.Term, term.Verdict, r.Verdict, r.IsProvisional, Now, by.Count > 0 ? by[0] : null, r.Sentence) { Others = Math.Max(0, by.Count - 1) });
            }

            (term.Verdict, term.IsProvisional) = (r.Verdict, r.IsProvisional);
        }
    }

    private sealed class Watched(Term term, Interests interests)
    {
        public Term Term { get; } = term;

        public Interests Interests { get; } = interests;

        /// <summary>What it looks at of all that is known, in the order of the ids.</summary>
        public SortedDictionary<StatementId, Statement> LooksAt { get; } = [];

        public Verdict? Verdict { get; set; }

        public bool IsProvisional { get; set; }

        /// <summary>Read at the first moment there is, so that terms known from no statement stand from the start.</summary>
        public Instant NextTurn { get; set; } = Instant.MinValue;
    }
}
