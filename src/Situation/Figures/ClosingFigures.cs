using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Situation.Figures;

/// <summary>
/// Two further cuts of running totals. Closing: once nobody speaks of a later departure, totals up to different days answer one question, "in all", and each
/// body's latest is laid beside the others. By batches: totals that say how many batches they cover, beside those that do not.
/// </summary>
internal static class ClosingFigures
{
    public static IEnumerable<FigureDraft> Of(IReadOnlyList<FigureDraft> drafts, IReadOnlyList<Statement> statements, Operation operation)
    {
        var departures = Departures(drafts, statements, operation);
        var bodies = new Bodies(statements.Select(s => s.SaidBy.Id));
        foreach (var series in drafts.Where(d => d.Key.Form is CutForm.Total).GroupBy(d => (d.Key.Series, d.Key.Start)))
        {
            var cuts = series.OrderBy(d => d.Key.End).ToList();
            var over = LastDeparture(series.Key.Series.Area, departures, operation.Gazetteer, cuts[^1].Key.End) ?? cuts[^1].Key.End;
            var closing = cuts.Where(d => d.Key.End >= over).ToList();
            if (closing.Count > 1)
            {
                yield return Latest(closing, bodies);
            }
        }
    }

    public static IEnumerable<FigureDraft> ByBatches(IReadOnlyList<FigureDraft> drafts) =>
        from draft in drafts
        where draft.Key.Form is CutForm.Total
        let counted = draft.Now.Where(c => c.UpToWhichBatch is not null).ToList()
        where counted.Count < draft.Now.Count && counted.Select(c => c.Statement.SaidBy.Id).Distinct().Count() > 1
        select new FigureDraft(draft.Key with { Form = CutForm.During, Series = draft.Key.Series with { Batch = "by-batches" } }, counted, []);

    private static FigureDraft Latest(IReadOnlyList<FigureDraft> closing, Bodies bodies)
    {
        var all = closing.SelectMany(d => d.Setting.Select(c => (d.Key.End, Count: c))).ToList();
        var latest = new Dictionary<string, LocalDate>(StringComparer.Ordinal);
        foreach (var (end, count) in all)
        {
            foreach (var body in bodies.Of(count.Statement.SaidBy.Id))
            {
                latest[body] = latest.TryGetValue(body, out var before) && before > end ? before : end;
            }
        }

        var stands = all.ToLookup(c => bodies.Of(c.Count.Statement.SaidBy.Id).All(b => latest[b] <= c.End), c => c.Count);
        var earlier = closing.SelectMany(d => d.Now.Except(d.Setting).Concat(d.Earlier));
        return new FigureDraft(closing[^1].Key with { Form = CutForm.Closing }, [.. stands[true]], [.. stands[false], .. earlier]);
    }

    /// <summary>The days on which departures are spoken of, by the place left: convoys that departed, and counts that are not running totals.</summary>
    private static Dictionary<PlaceId, SortedSet<LocalDate>> Departures(IReadOnlyList<FigureDraft> drafts, IReadOnlyList<Statement> statements, Operation operation)
    {
        var counted = drafts.Where(d => d.Key is { Form: CutForm.During, Series.Measure: Measure.Left } && d.Now.Any(c => c.Bound is not { High: 0 }))
            .Select(d => (d.Key.Series.Area, Day: d.Key.End));
        var seen = statements.SelectMany(s => s.Claims().OfType<Claim.Happened>())
            .Where(h => h is { Modality: Modality.Asserted, Event.Type: "convoy-departed" or "convoy-moved" })
            .Select(h => (Area: h.Event.Scope.From, Day: h.Event.When.End.DayIn(operation.Zone)));
        return counted.Concat(seen).Where(d => d.Area is not null).GroupBy(d => d.Area!.Value, d => d.Day).ToDictionary(g => g.Key, g => new SortedSet<LocalDate>(g));
    }

    private static LocalDate? LastDeparture(PlaceId? area, Dictionary<PlaceId, SortedSet<LocalDate>> departures, Gazetteer gazetteer, LocalDate notAfter)
    {
        if (area is not { } place)
        {
            return null;
        }

        var days = departures.Where(d => gazetteer.IsWithin(d.Key, place)).SelectMany(d => d.Value).Where(d => d <= notAfter).ToList();
        return days.Count == 0 ? null : days.Max();
    }
}

/// <summary>The bodies behind a source: "icrc-and-sarc" is two, where one of them also speaks alone.</summary>
internal sealed class Bodies
{
    private const string Joint = "-and-";
    private readonly HashSet<string> _known;
    private readonly Dictionary<string, IReadOnlyList<string>> _of = new(StringComparer.Ordinal);

    public Bodies(IEnumerable<SourceId> sources) => _known = sources.Select(s => s.Body).ToHashSet(StringComparer.Ordinal);

    public IReadOnlyList<string> Of(SourceId source)
    {
        if (!_of.TryGetValue(source.Body, out var bodies))
        {
            var parts = source.Body.Split(Joint);
            _of[source.Body] = bodies = parts.Length > 1 && parts.Any(_known.Contains) ? parts : [source.Body];
        }

        return bodies;
    }

    public bool ShareOne(SourceId one, SourceId other) => one.Body == other.Body || Of(one).Intersect(Of(other), StringComparer.Ordinal).Any();
}
