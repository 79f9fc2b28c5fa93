using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Places;

namespace Safeconduct.Situation.Agreements.Readings;

/// <summary>What a term looks at, its steps, rivals and clocks included: types of reports, where, and the statements it names. What is none of these cannot change its reading.</summary>
internal sealed class Interests
{
    private readonly Gazetteer _gazetteer;

    /// <summary>For each type the places it is looked for at; none is anywhere.</summary>
    private readonly Dictionary<string, HashSet<PlaceId>> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _anywhere = new(StringComparer.Ordinal);
    private readonly HashSet<StatementId> _ids = [];

    public Interests(Agreement agreement, TermLinks links, Term term, Gazetteer gazetteer)
    {
        _gazetteer = gazetteer;
        Add(agreement, links, term, []);
    }

    public bool Touches(Statement statement, IReadOnlyList<Report> reports) => _ids.Contains(statement.Id) || reports.Any(IsLookedAt);

    private bool IsLookedAt(Report report) =>
        _anywhere.Contains(report.Type)
        || (_types.TryGetValue(report.Type, out var places) && (IsWithin(report.Scope.From, places) || IsWithin(report.Scope.To, places) || IsWithin(report.Scope.Via, places)));

    private bool IsWithin(PlaceId? place, HashSet<PlaceId> outer) => place is { } p && _gazetteer.Upward(p).Any(outer.Contains);

    private void Look(string type, IReadOnlyList<PlaceId> places)
    {
        if (places.Count == 0)
        {
            _anywhere.Add(type);
        }
        else if (_types.TryGetValue(type, out var known))
        {
            known.UnionWith(places);
        }
        else
        {
            _types[type] = [.. places];
        }
    }

    private void Add(Agreement agreement, TermLinks links, Term term, HashSet<string> seen)
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

        var steps = StepsOf(term, [version?.From, version?.Until, agreement.From, agreement.Until, .. links.Replacing(term).Select(t => t.From)]);
        foreach (var other in links.RivalsOf(term).Concat(links.Replacing(term)).Concat(steps.SelectMany(links.OfStep)))
        {
            Add(agreement, links, other, seen);
        }
    }

    private static HashSet<int> StepsOf(Term term, IEnumerable<When?> around)
    {
        var whens = around.Append(term.From).Append(term.Until).Concat(term.Clauses.SelectMany<Clause, When?>(c => c switch
        {
            Clause.Happens h => [h.From, h.By],
            Clause.AtLeast a => [a.By],
            Clause.AtMost a => [a.Until],
            Clause.EveryoneLeaves e => [e.By],
            _ => [],
        }));
        return
        [
            .. whens.OfType<When.StepDone>().Select(s => s.Step),
            .. term.Clauses.OfType<Clause.OnlyAfter>().Select(c => c.Step).OfType<int>(),
            .. term.AfterStep is { } after ? [after] : Array.Empty<int>(),
        ];
    }

    private void Add(Clause clause)
    {
        switch (clause)
        {
            case Clause.Never c:
                Add(c.What, c.UnlessPrecededBy);
                Add(c.While);
                Nouns(PlacesOf(c.What), "monitoring");
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
                Completion(c.Places);
                Add(c.By);
                break;
            case Clause.SafePassage c:
                Add(c.For);
                Nouns([.. c.For.From, .. c.For.Via], "obstruction", "harm", "fire");
                break;
            case Clause.OnlyTo c:
                Add(c.What);
                break;
            case Clause.Open c:
                Nouns(c.Places, "obstruction", "refused", "blocked", "held", "turned-back", "burning", "access", "delivery", "departure", "arrival");
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
                Nouns([], "departure", "suspension", "resumption", "completion", "postponement");
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
                case When.Complete c:
                    Completion(c.Places);
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
                Look(occurrence.Noun, PlacesOf(occurrence));
            }
            else if (occurrence is not null)
            {
                Nouns(PlacesOf(occurrence), occurrence.Noun);
            }
        }
    }

    private static IReadOnlyList<PlaceId> PlacesOf(Occurrence what) => [.. what.From, .. what.To, .. what.Via, .. what.Where];

    private void Add(Total? total)
    {
        foreach (var measure in total is null ? [] : Readings.Nouns.MeasuresOf(total.Counting))
        {
            Look($"count-{Token.Of(measure)}", total!.Places);
        }
    }

    private void Completion(IReadOnlyList<PlaceId> places)
    {
        Nouns(places, "completion", "departure");
        Look("state-not-complete", places);
    }

    private void Nouns(IReadOnlyList<PlaceId> places, params ReadOnlySpan<string> nouns)
    {
        foreach (var noun in nouns)
        {
            foreach (var type in Readings.Nouns.TypesOf(noun))
            {
                Look(type, places);
            }
        }
    }
}
