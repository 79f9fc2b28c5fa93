using Safeconduct.Reports.Sections;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Reports.Plots;

/// <summary>A figure as rows on one axis: the bound is drawn, never a bar from zero to a number, and no line runs through rivals.</summary>
internal static class RangePlots
{
    public static Block.RangePlot Of(Teller teller, Figure figure) => Of(teller, figure, new(
        Line.Of(Phrases.Capital(teller.Say.Quantity(figure.Quantity))),
        Line.Of(teller.Span(figure)),
        bound => bound.ToString(),
        category => category.ToString(),
        (row, accounts) => teller.Numbered(row, accounts),
        (now, earlier) => Words(teller, figure.Quantity, now, earlier)));

    /// <summary>The same drawing with the words of another language.</summary>
    public static Block.RangePlot Of(Teller teller, Figure figure, PlotWording wording)
    {
        var part = PartDrawn(figure);
        var groups = figure.PerSource.GroupBy(r => teller.Label(r.Source)).Select(g => (Label: g.Key, Rows: g.ToList())).ToList();
        var rows = groups
            .Select(g => (Row: Row(teller, figure, part, g.Label, g.Rows, wording), Top: Top(teller, figure, g.Rows), Ids: g.Rows.SelectMany(r => r.Now).Select(c => c.Id).ToList()))
            .OrderByDescending(r => r.Top).ThenBy(r => r.Row.Source.Name, StringComparer.Ordinal)
            .ToList();
        var bracketed = Bracketed(teller, [.. rows.Select(r => (r.Row, (IReadOnlyList<StatementId>)r.Ids))]);
        var (end, step) = Axis(bracketed.SelectMany(r => r.Marks));
        return new(wording.Caption, figure.Id, wording.Span, part is null ? null : wording.Part(part), end, step, bracketed);
    }

    /// <summary>An axis end that leaves room for an open arrow, and a step that gives three to six grid lines.</summary>
    public static (long End, long Step) Axis(IEnumerable<PlotMark> marks)
    {
        var greatest = marks.Select(m => m.High ?? (m.Low is { } low ? low + Math.Max(1, low / 6) : 0)).Append(1).Max();
        var step = Steps().First(s => s * 5 >= greatest);
        return ((greatest + step - 1) / step * step, step);
    }

    private static IEnumerable<long> Steps()
    {
        for (var power = 1L; ; power *= 10)
        {
            yield return power;
            yield return 2 * power;
            yield return 5 * power;
        }
    }

    /// <summary>The one category of parts that is drawn: what most sources name; the others stand in words.</summary>
    private static Category? PartDrawn(Figure figure) => figure.PerSource
        .SelectMany(r => r.Now).SelectMany(c => c.Including).Where(p => p.Group is null)
        .GroupBy(p => p.Category)
        .OrderByDescending(g => g.Count()).ThenByDescending(g => g.Max(p => p.Bound.High ?? p.Bound.Low ?? 0)).ThenBy(g => g.Key.Slug, StringComparer.Ordinal)
        .Select(g => g.Key).FirstOrDefault();

    private static PlotRow Row(Teller teller, Figure figure, Category? part, SourceLabel label, IReadOnlyList<SourceRow> rows, PlotWording wording)
    {
        var now = rows.SelectMany(r => r.Now).ToList();
        var earlier = rows.SelectMany(r => r.Earlier).ToList();
        var unit = figure.Quantity.Unit;
        IEnumerable<PlotMark> marks =
        [
            // A row with nothing that stands has no mark: a number taken back must not stretch the axis.
            .. earlier.Where(_ => now.Count > 0).Select(c => Mark(teller, wording, teller.Drawn(c.Bound, unit, c.Id), isEarlier: true)),
            .. now.Select(c => Mark(teller, wording, teller.Drawn(c.Bound, unit, c.Id))),
            .. now.SelectMany(c => c.Including).Where(p => p.Category == part && p.Group is null).Select(p => Mark(teller, wording, teller.Drawn(p.Bound, unit, p.Id), isPart: true)),
        ];
        return new(wording.Label(label, now.Select(c => c.Id).Distinct().Count()), wording.Row(now, earlier), [.. marks.Distinct()]);
    }

    private static Line Words(Teller teller, Quantity quantity, IReadOnlyList<ClaimShown> now, IReadOnlyList<ClaimShown> earlier) => LineOf.Stacked(
        now.Select(c => Claim(teller, quantity, c)).Concat(earlier.Select(c => (IEnumerable<Piece>)
            [LineOf.Quiet($"{(now.Count > 0 ? "earlier" : "no longer stands")}: {teller.Words(c.Bound, quantity.Unit, c.Id)} "), .. teller.Cites([c.Id])])));

    private static IEnumerable<Piece> Claim(Teller teller, Quantity quantity, ClaimShown claim)
    {
        var unit = quantity.Unit;
        yield return LineOf.Strong(teller.Words(claim.Bound, unit, claim.Id));
        yield return LineOf.Quiet((teller.Qualifier(claim, quantity.Cut) is { } words ? $", {words}" : "") + " ");
        foreach (var cite in teller.Cites([claim.Id]))
        {
            yield return cite;
        }

        if (claim.Including.Count > 0)
        {
            yield return new Piece.Break();
            yield return LineOf.Quiet("including " + string.Join(", ", claim.Including.Select(p => $"{teller.Words(p.Bound, unit, p.Id)} {p.Category}{(p.Group is { } g ? $" ({g})" : "")}")) + " ");
            foreach (var cite in teller.Cites(claim.Including.Select(p => p.Id).Where(id => id != claim.Id)))
            {
                yield return cite;
            }
        }
    }

    private static PlotMark Mark(Teller teller, PlotWording wording, Bound bound, bool isPart = false, bool isEarlier = false) =>
        Shaped(teller, bound, isPart, isEarlier) with { Words = wording.Bound(bound) };

    private static PlotMark Shaped(Teller teller, Bound bound, bool isPart, bool isEarlier)
    {
        var tolerance = teller.Now.Operation.TolerancePercent;
        return bound switch
        {
            { HasNumber: false } => new(MarkShape.Dotted, null, null, [], isPart, isEarlier),
            { IsFloor: true, Low: { } low } => new(MarkShape.Arrow, low, null, [low], isPart, isEarlier),
            { Low: null, High: { } high } => new(MarkShape.FromZero, 0, high, [high], isPart, isEarlier),
            { IsApproximate: true, Low: { } low, High: { } high } => new(MarkShape.Hatched, bound.LeastWithin(tolerance), bound.MostWithin(tolerance), low == high ? [low] : [low, high], isPart, isEarlier),
            { Low: { } low, High: { } high } => low == high ? new(MarkShape.Tick, low, low, [low], isPart, isEarlier) : new(MarkShape.Block, low, high, [low, high], isPart, isEarlier),
            _ => new(MarkShape.Dotted, null, null, [], isPart, isEarlier),
        };
    }

    /// <summary>The highest bound of the source, for the order of rows; silent sources last.</summary>
    private static long Top(Teller teller, Figure figure, IEnumerable<SourceRow> rows) =>
        rows.SelectMany(r => r.Now).Select(c => teller.Drawn(c.Bound, figure.Quantity.Unit, c.Id)).Select(b => b.High ?? b.Low ?? -1).DefaultIfEmpty(-2).Max();

    /// <summary>Rows of one origin are brought together under the highest of them, so that a bracket can hold them.</summary>
    private static List<PlotRow> Bracketed(Teller teller, IReadOnlyList<(PlotRow Row, IReadOnlyList<StatementId> Ids)> rows)
    {
        var origins = new Dictionary<StatementId, int>();
        for (var g = 0; g < teller.Now.SameOrigin.Count; g++)
        {
            foreach (var id in teller.Now.SameOrigin[g].Ids)
            {
                origins.TryAdd(id, g + 1);
            }
        }

        int? OriginOf(IReadOnlyList<StatementId> ids) => ids.Select(id => origins.GetValueOrDefault(id)).FirstOrDefault(o => o > 0) is var o and > 0 ? o : null;
        var shared = rows.GroupBy(r => OriginOf(r.Ids)).Where(g => g.Key is not null && g.Count() > 1).Select(g => g.Key).ToHashSet();
        var placed = rows.Select((r, i) => (r.Row, At: i, Origin: OriginOf(r.Ids) is { } o && shared.Contains(o) ? o : (int?)null)).ToList();
        return
        [
            .. placed.OrderBy(p => p.Origin is { } o ? placed.First(q => q.Origin == o).At : p.At).ThenBy(p => p.At)
                .Select(p => p.Row with { Origin = p.Origin }),
        ];
    }
}

/// <summary>The words of one range plot.</summary>
/// <param name="Part">The category that is drawn thin.</param>
/// <param name="Label">A source, with how many of its accounts stand.</param>
/// <param name="Row">What one source says now, and what it said earlier.</param>
internal sealed record PlotWording(
    Line Caption,
    Line Span,
    Func<Bound, string> Bound,
    Func<Category, string> Part,
    Func<SourceLabel, int, SourceLabel> Label,
    Func<IReadOnlyList<ClaimShown>, IReadOnlyList<ClaimShown>, Line> Row);
