using NodaTime;
using NodaTime.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Figures;

/// <summary>Drafts made into figures: spans, one row a source, words, names.</summary>
internal static class FigureBoard
{
    private static readonly LocalTimePattern Hour = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>In the order of their ids; every id and every phrase is unique.</summary>
    public static IReadOnlyList<Figure> Of(IReadOnlyList<FigureDraft> drafts, IReadOnlyDictionary<FigureKey, string> disputes, Ties.HoldsTogether together, Operation operation)
    {
        var figures = drafts.Select(d => Of(d, disputes.GetValueOrDefault(d.Key), operation) with { Together = together.Find(d.Key) }).OrderBy(f => f.Id, StringComparer.Ordinal).ToList();
        var twice = figures.CountBy(f => f.What, StringComparer.Ordinal).Where(w => w.Value > 1).Select(w => w.Key).ToHashSet(StringComparer.Ordinal);
        return [.. figures.Select(f => twice.Contains(f.What) ? f with { What = $"{f.What} ({f.Id})" } : f)];
    }

    private static Figure Of(FigureDraft draft, string? dispute, Operation operation)
    {
        var span = Span.Of(draft.Setting);
        return new Figure(
            FigureNames.Id(draft.Key),
            FigureNames.What(draft.Key, operation.Gazetteer),
            FigureNames.Quantity(draft.Key),
            span.Low,
            span.High,
            span.LowSupport,
            span.HighSupport,
            Rows(draft, operation.Zone),
            dispute,
            span.Approximate);
    }

    private static IReadOnlyList<SourceRow> Rows(FigureDraft draft, DateTimeZone zone)
    {
        var now = draft.Now.ToLookup(c => c.Statement.SaidBy.Id);
        var earlier = draft.Earlier.ToLookup(c => c.Statement.SaidBy.Id);
        return
        [
            .. now.Select(g => g.Key).Union(earlier.Select(g => g.Key))
                .Select(id => (Row: Row(draft.Key, LatestFirst(now[id]), LatestFirst(earlier[id]), zone), Latest: LatestFirst(now[id].Concat(earlier[id]))[0].Statement.SaidAt))
                .OrderByDescending(r => r.Latest).ThenBy(r => r.Row.Source.Id)
                .Select(r => r.Row),
        ];
    }

    private static SourceRow Row(FigureKey key, IReadOnlyList<CountSaid> now, IReadOnlyList<CountSaid> earlier, DateTimeZone zone)
    {
        var span = Span.Of(now);
        return new SourceRow(
            (now.Count > 0 ? now : earlier)[0].Statement.SaidBy,
            span.Low,
            span.High,
            [.. now.Select(c => Shown(key, c, zone))],
            [.. earlier.Select(c => Shown(key, c, zone))]);
    }

    private static IReadOnlyList<CountSaid> LatestFirst(IEnumerable<CountSaid> claims) =>
        [.. claims.OrderByDescending(c => c.Statement.SaidAt).ThenBy(c => c.Statement.Id).ThenBy(c => c.Bound.ToString(), StringComparer.Ordinal)];

    private static ClaimShown Shown(FigureKey key, CountSaid claim, DateTimeZone zone)
    {
        var quantity = claim.Quantity;
        var end = quantity.Cut.Time.End;
        string?[] words =
        [
            quantity.Category == key.Series.Category ? null : quantity.Category.ToString(),
            quantity.Group is { } group && key.Series.Group is null ? group : null,
            key.Series.Batch is null or "by-batches" ? quantity.Scope.Batch : null,
            claim.TimeWords,
            claim.TimeWords is null && end.At is { } at ? $"at {Hour.Format(at.ToInstant().InZone(zone).TimeOfDay)}" : null,
            key.Form is CutForm.Closing ? $"up to {FigureNames.Day(end.DayIn(zone))}" : null,
        ];
        var said = string.Join("; ", words.Where(w => w is not null));
        return new ClaimShown(claim.Statement.Id, claim.Bound, said.Length == 0 ? null : said, claim.Parts);
    }
}
