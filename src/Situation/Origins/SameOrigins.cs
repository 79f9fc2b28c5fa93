using NodaTime;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Situation.Origins;

/// <summary>
/// Statements that go back to one act of saying or counting. Copies corroborate nothing: one text, one act of saying in several outlets, one number passed on,
/// one body's running total, the parts of one whole.
/// </summary>
internal static class SameOrigins
{
    public static IReadOnlyList<OriginGroup> Of(IReadOnlyList<Statement> statements, IReadOnlyList<(FigureKey Key, CountSaid Count)> counts)
    {
        var bodies = new Bodies(statements.Select(s => s.SaidBy.Id));
        var groups = OneText(statements)
            .Concat(OneActOfSaying(statements))
            .Concat(OneSpeaker(statements))
            .Concat(PassedOn(counts, bodies))
            .Concat(RunningTotals(counts, bodies))
            .Concat(Wholes(statements, bodies))
            .Concat(Relays(statements))
            .Where(g => g.Ids.Count > 1)
            .ToList();
        return [.. WithoutInner(groups).OrderBy(g => g.Ids[0]).ThenBy(g => g.Ids.Count).ThenBy(g => g.Why, StringComparer.Ordinal)];
    }

    private static IEnumerable<OriginGroup> OneText(IReadOnlyList<Statement> statements) =>
        statements.Where(s => s.Citation is not null)
            .GroupBy(s => (s.SaidBy.Id, s.Citation, s.SaidAt.Date))
            .Select(g => Group(g, $"One text of {g.First().SaidBy.Name}."));

    private static IEnumerable<OriginGroup> OneActOfSaying(IReadOnlyList<Statement> statements) =>
        statements.GroupBy(s => (s.SaidBy.Id, s.SaidAt.Date, About: s.About.ToString(), s.Where.From, s.Said.Kind))
            .Where(g => g.Select(s => string.Join('>', s.Chain.RelayedBy.Select(r => r.Id.Value))).Distinct(StringComparer.Ordinal).Count() > 1)
            .Select(g => Group(g, $"{g.First().SaidBy.Name} on one day and one matter, by way of different outlets."));

    private static IEnumerable<OriginGroup> OneSpeaker(IReadOnlyList<Statement> statements) =>
        statements.Where(s => s.SaidBy.Speaker is not null)
            .GroupBy(s => (s.SaidBy.Id, s.SaidBy.Speaker, s.SaidAt.Date))
            .Select(g => Group(g, $"One speaker on one day: {g.First().SaidBy.Name}."));

    /// <summary>The same number of the same figure from one body, or passed on by somebody who names it.</summary>
    private static IEnumerable<OriginGroup> PassedOn(IReadOnlyList<(FigureKey Key, CountSaid Count)> counts, Bodies bodies) =>
        counts.Where(c => c.Count.HasNumber)
            .SelectMany(c => bodies.Of(c.Count.Statement.SaidBy.Id).Select(body => (Body: body, c.Key, c.Count)))
            .GroupBy(c => (c.Body, c.Key, c.Count.Bound.Low, c.Count.Bound.High ?? c.Count.Bound.Low))
            .Select(g => Group(g.Select(c => c.Count.Statement), $"One number of one body: {g.First().Count.Bound} ({NameOf(g.First().Count.Statement.SaidBy)})."));

    private static IEnumerable<OriginGroup> RunningTotals(IReadOnlyList<(FigureKey Key, CountSaid Count)> counts, Bodies bodies) =>
        counts.Where(c => c.Key.Form is CutForm.Total && c.Count.HasNumber)
            .SelectMany(c => bodies.Of(c.Count.Statement.SaidBy.Id).Select(body => (Body: body, c.Key.Series, c.Key.Start, c.Count)))
            .GroupBy(c => (c.Body, c.Series, c.Start))
            .Select(g => Group(g.Select(c => c.Count.Statement), $"One body's running total: {NameOf(g.First().Count.Statement.SaidBy)}."));

    private static IEnumerable<OriginGroup> Wholes(IReadOnlyList<Statement> statements, Bodies bodies)
    {
        var byId = statements.ToDictionary(s => s.Id);
        return statements.SelectMany(s => s.Linked(Relation.PartOf).Where(byId.ContainsKey).Select(w => (Whole: byId[w], Part: s)))
            .Where(p => Hands(p.Whole).Any(w => Hands(p.Part).Any(h => bodies.ShareOne(w, h))))
            .GroupBy(p => p.Whole.Id)
            .Select(g => Group(g.Select(p => p.Part).Append(g.First().Whole), $"One count of {g.First().Whole.SaidBy.Name} and its parts."));
    }

    /// <summary>Whose words they are, and through whose hands they came.</summary>
    private static IEnumerable<SourceId> Hands(Statement statement) => statement.Chain.RelayedBy.Select(r => r.Id).Prepend(statement.SaidBy.Id);

    private static IEnumerable<OriginGroup> Relays(IReadOnlyList<Statement> statements)
    {
        var byId = statements.ToDictionary(s => s.Id);
        return statements.SelectMany(s => s.Linked(Relation.Relays).Where(byId.ContainsKey).Select(o => (Original: byId[o], Copy: s)))
            .GroupBy(p => p.Original.Id)
            .Select(g => Group(g.Select(p => p.Copy).Append(g.First().Original), $"Words of {g.First().Original.SaidBy.Name}, passed on."));
    }

    private static string NameOf(Source source) => source.Body ?? source.Name;

    private static OriginGroup Group(IEnumerable<Statement> statements, string why) => new([.. statements.Select(s => s.Id).Distinct().Order()], why);

    /// <summary>A group that lies within another says nothing more.</summary>
    private static IEnumerable<OriginGroup> WithoutInner(IReadOnlyList<OriginGroup> groups)
    {
        var largest = groups.OrderByDescending(g => g.Ids.Count).ThenBy(g => g.Why, StringComparer.Ordinal).ToList();
        var of = new Dictionary<StatementId, List<HashSet<StatementId>>>();
        foreach (var group in largest)
        {
            var around = of.GetValueOrDefault(group.Ids[0]) ?? [];
            if (around.Exists(g => group.Ids.All(g.Contains)))
            {
                continue;
            }

            var ids = group.Ids.ToHashSet();
            foreach (var id in group.Ids)
            {
                (of.TryGetValue(id, out var sets) ? sets : of[id] = []).Add(ids);
            }

            yield return group;
        }
    }
}
