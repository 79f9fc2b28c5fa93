using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Situation.Agreements.Readings;

/// <summary>What a term looks at, its steps, rivals and clocks included: the types of reports and the statements it names. What is none of these cannot change its reading.</summary>
internal sealed class Interests
{
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private readonly HashSet<StatementId> _ids = [];

    public Interests(Agreement agreement, Term term) => Add(agreement, term, []);

    public bool Touches(Statement statement, IReadOnlyList<Report> reports) => _ids.Contains(statement.Id) || reports.Any(r => _types.Contains(r.Type));

    private void Add(Agreement agreement, Term term, HashSet<string> seen)
    {
        if (!seen.Add(term.Number))
        {
            return;
        }

        var version = agreement.Versions.FirstOrDefault(v => v.Number == term.Version);
        _ids.UnionWith([.. term.StatedIn, .. term.DeniedBy, .. agreement.AccordingTo, .. version?.AccordingTo ?? []]);
        Add(term.From, term.Until, version?.From, version?.Until, agreement.From, agreement.Until);
        Add(term.If);
        foreach (var clause in term.Clauses)
        {
            Add(clause);
        }

        var others = agreement.Terms.Where(t => t.RivalOf == term.Number || t.Number == term.RivalOf || t.Replaces.Contains(term.Number) || t.Step is not null);
        foreach (var other in others)
        {
            Add(agreement, other, seen);
        }
    }

    private void Add(Clause clause)
    {
        switch (clause)
        {
            case Clause.Never c:
                Add(c.What, c.UnlessPrecededBy);
                Add(c.While);
                Nouns("monitoring");
                break;
            case Clause.LeadsTo c:
                Add(c.Each, c.To, c.Unless);
                Add(c.ClockStops);
                break;
            case Clause.Preceded c:
                Add([c.Each, .. c.By]);
                break;
            case Clause.Happens c:
                Add(c.What);
                Add(c.From, c.By);
                break;
            case Clause.AtLeast c:
                Add(c.Total);
                Add(c.By);
                break;
            case Clause.AtMost c:
                Add(c.Total);
                Add(c.Until);
                break;
            case Clause.ForEach c:
                Add(c.Of);
                Add(c.Owed);
                break;
            case Clause.Balance c:
                Add(c.Plus);
                Add(c.Minus);
                break;
            case Clause.OnlyAfter c:
                Add(c.Then, c.First);
                Add(c.ThenTotal);
                Add(c.FirstTotal);
                break;
            case Clause.EveryoneLeaves c:
                Completion();
                Add(c.By);
                break;
            case Clause.SafePassage c:
                Add(c.For);
                Nouns("obstruction", "harm", "fire");
                break;
            case Clause.OnlyTo c:
                Add(c.What);
                break;
            case Clause.Open:
                Nouns("obstruction", "refused", "blocked", "held", "turned-back", "burning", "access", "delivery", "departure", "arrival");
                break;
            case Clause.ByAccount c:
                _ids.UnionWith([.. c.Kept, .. c.NotKept, .. c.BearsOnIt]);
                break;
            case Clause.NotObservable c:
                _ids.UnionWith(c.BearsOnIt);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(clause));
        }
    }

    private void Add(State? state)
    {
        switch (state)
        {
            case State.DeparturesRun or State.Suspended:
                Nouns("departure", "suspension", "resumption", "completion", "postponement");
                break;
            case State.Between s:
                Add(s.Opens, s.Closes);
                break;
            default:
                break;
        }
    }

    private void Add(params ReadOnlySpan<When?> whens)
    {
        foreach (var when in whens)
        {
            switch (when)
            {
                case When.Complete:
                    Completion();
                    break;
                case When.First f:
                    Add(f.Occurrence);
                    break;
                default:
                    break;
            }
        }
    }

    private void Add(params ReadOnlySpan<Occurrence?> occurrences)
    {
        foreach (var occurrence in occurrences)
        {
            if (occurrence is { IsOwnType: true })
            {
                _types.Add(occurrence.Noun);
            }
            else if (occurrence is not null)
            {
                Nouns(occurrence.Noun);
            }
        }
    }

    private void Add(Total? total)
    {
        if (total is not null)
        {
            _types.UnionWith(Readings.Nouns.MeasuresOf(total.Counting).Select(m => $"count-{Token.Of(m)}"));
        }
    }

    private void Completion()
    {
        Nouns("completion", "departure");
        _types.Add("state-not-complete");
    }

    private void Nouns(params ReadOnlySpan<string> nouns)
    {
        foreach (var noun in nouns)
        {
            _types.UnionWith(Readings.Nouns.TypesOf(noun));
        }
    }
}
