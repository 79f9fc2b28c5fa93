using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Situation.Standings;

/// <summary>Who says in which state a thing is. Rival states stand side by side; voices are never counted to choose one.</summary>
internal static class StandingBoard
{
    /// <summary>One standing for each subject of the kinds asked for, in the order of kind and place.</summary>
    public static IReadOnlyList<Standing> Of(IReadOnlyList<Statement> statements, Func<StatementId, bool> isReplaced, Gazetteer gazetteer, params SubjectKind[] kinds) =>
    [
        .. statements.SelectMany(s => s.Claims().OfType<Claim.Holds>().Select(h => new Line(s, h, !isReplaced(s.Id))))
            .Where(l => kinds.Contains(l.Claim.Subject.Kind) && l.Claim.Modality is Modality.Asserted or Modality.Denied)
            .GroupBy(l => l.Claim.Subject)
            .OrderBy(g => g.Key.Kind).ThenBy(g => g.Key.Place?.Value, StringComparer.Ordinal)
            .Select(g => Of(g.Key, [.. g], gazetteer)),
    ];

    private static Standing Of(Subject subject, IReadOnlyList<Line> lines, Gazetteer gazetteer)
    {
        var origins = Origins(lines);
        var bySource = lines.ToLookup(l => l.Statement.SaidBy.Id);
        var states = lines.GroupBy(l => l.Claim.State, StringComparer.Ordinal)
            .Select(g => new StateSaid(
                g.Key,
                g.OrderByDescending(l => l.IsAsserted).ThenBy(l => l.Claim.From.Start).ThenBy(l => l.Statement.Id).First().Claim.From,
                Voices([.. g.Where(l => l.IsAsserted)], bySource, origins),
                Voices([.. g.Where(l => !l.IsAsserted)], bySource, origins)))
            .OrderBy(s => s.Since.Start).ThenBy(s => s.State, StringComparer.Ordinal);
        return new Standing(subject, What(subject, gazetteer), [.. states]);
    }

    private static IReadOnlyList<Voice> Voices(IReadOnlyList<Line> lines, ILookup<SourceId, Line> bySource, Dictionary<StatementId, int> origins) =>
    [
        .. lines.GroupBy(l => l.Statement.SaidBy.Id)
            .Select(g => Voice([.. g], bySource[g.Key], origins))
            .GroupBy(v => v.Origin)
            .OrderBy(g => g.Key)
            .Select(g => g.OrderBy(v => v.When.Start).ThenBy(v => v.Source.Id).ToList())
            .SelectMany((voices, _) => voices.Select((v, i) => (Voice: v, IsCopy: i > 0)))
            .OrderBy(v => v.IsCopy)
            .Select(v => v.Voice),
    ];

    private static Voice Voice(IReadOnlyList<Line> said, IEnumerable<Line> everything, Dictionary<StatementId, int> origins)
    {
        var latest = said.OrderByDescending(l => l.Claim.From.End).ThenByDescending(l => l.Statement.SaidAt).ThenBy(l => l.Statement.Id).First();
        var stands = said.Any(l => l.Binds) && !everything.Any(l => l.Binds && IsOtherwise(l, latest) && IsAfter(l, latest));
        return new Voice(latest.Statement.SaidBy, [.. said.Select(l => l.Statement.Id).Order()], latest.Claim.From, said.Min(l => origins[l.Statement.Id]), stands);
    }

    private static bool IsOtherwise(Line line, Line than) => line.IsAsserted ? line.Claim.State != than.Claim.State : line.Claim.State == than.Claim.State && than.IsAsserted;

    private static bool IsAfter(Line line, Line than) =>
        line.Claim.From.End.CompareTo(than.Claim.From.End) is var byTime and not 0 ? byTime > 0 : line.Statement.SaidAt.Date > than.Statement.SaidAt.Date;

    /// <summary>Numbers from 1 by first appearance in the order of ids: statements of one body, or linked as relays, share one.</summary>
    private static Dictionary<StatementId, int> Origins(IReadOnlyList<Line> lines)
    {
        var numbers = new Dictionary<StatementId, int>();
        var ofBody = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in lines.OrderBy(l => l.Statement.Id))
        {
            var relayed = line.Statement.Linked(Relation.Relays).Select(o => numbers.GetValueOrDefault(o)).FirstOrDefault(n => n > 0);
            var body = line.Statement.SaidBy.Id.Body;
            if (relayed == 0 && !ofBody.TryGetValue(body, out relayed))
            {
                relayed = ofBody[body] = ofBody.Count + 1;
            }

            numbers[line.Statement.Id] = relayed;
        }

        return numbers;
    }

    private static string What(Subject subject, Gazetteer gazetteer)
    {
        var place = subject.Place is { } p ? gazetteer.NameOf(p) : null;
        return subject.Kind switch
        {
            SubjectKind.Operation => place is null ? "the operation" : $"the operation out of {place}",
            SubjectKind.Area => place is null ? "an area not stated" : $"control of {place}",
            _ => $"{Token.Of(subject.Kind)}{(place is null ? "" : $", {place}")}",
        };
    }

    private sealed record Line(Statement Statement, Claim.Holds Claim, bool Binds)
    {
        public bool IsAsserted => Claim.Modality is Modality.Asserted;
    }
}
