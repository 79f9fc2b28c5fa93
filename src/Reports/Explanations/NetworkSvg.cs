using System.Globalization;
using System.Net;
using System.Text;
using Safeconduct.Situation;
using Safeconduct.Situation.Ties;
using Safeconduct.Statements;

namespace Safeconduct.Reports.Explanations;

/// <summary>
/// The network around one figure, drawn: wholes above, parts below, the figure outlined. Each box says what is counted, what holds together, and by which statements; dashed boxes are
/// contested, faint ones only connect others. One file, no script, readable in grey.
/// </summary>
public static class NetworkSvg
{
    private const int BoxWidth = 248;
    private const int Gap = 24;
    private const int Rise = 64;
    private const int LineHeight = 17;
    private const int Letters = 36;
    private const int MostIds = 3;
    private const int MostInARow = 6;

    /// <exception cref="RefusedException"><c>explain.unknown-id</c>, and <c>explain.no-network</c> where no statement on the figure gives a number.</exception>
    public static string Write(Assessed assessed, string figureId)
    {
        ArgumentNullException.ThrowIfNull(assessed);
        if (!assessed.Figures.Any(f => f.Id == figureId))
        {
            throw ExplanationText.Unknown(assessed, figureId);
        }

        var near = assessed.Around(figureId)
            ?? throw new RefusedException("explain.no-network", "No statement on this figure gives a number, so that it is tied to no other; explain it as text.", figureId);
        return Drawn(near);
    }

    private static string Drawn(Neighbourhood near)
    {
        var boxes = near.Quantities.Select(Box).ToList();
        var rows = Rows(near);
        var width = (rows.Max(r => r.Count) * (BoxWidth + Gap)) + Gap;
        var (x, y) = (new int[boxes.Count], new int[boxes.Count]);
        var top = Gap + 28;
        foreach (var row in rows)
        {
            var left = (width - ((row.Count * (BoxWidth + Gap)) - Gap)) / 2;
            foreach (var box in row)
            {
                (x[box], y[box]) = (left, top);
                left += BoxWidth + Gap;
            }

            top += row.Max(b => boxes[b].Height) + Rise;
        }

        var svg = new StringBuilder();
        svg.Append(Inv($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {top}\" width=\"{width}\" height=\"{top}\" role=\"img\" aria-labelledby=\"t\">\n"));
        svg.Append($"<title id=\"t\">{Escaped($"What is tied to: {near.Quantities[0].What}")}</title>\n");
        svg.Append("""
            <style>
            svg { background: #fff; font: 13px system-ui, "Noto Sans", sans-serif; }
            .box { fill: #fff; stroke: #838d8c; } .figure { fill: #e4eced; stroke: #0f5561; stroke-width: 2; }
            .contested { stroke: #5b2fa0; stroke-dasharray: 5 3; } .connects { fill: #f3f4f1; stroke: #d6dad6; }
            .what { fill: #1b2224; } .range { fill: #1b2224; font-weight: 600; } .ids { fill: #5a6568; font: 11px "Noto Sans Mono", monospace; }
            .rule { fill: none; stroke: #838d8c; } .why { fill: #414c4f; font-size: 11px; paint-order: stroke; stroke: #fff; stroke-width: 3; }
            .note { fill: #414c4f; font-size: 12px; }
            </style>

            """);
        svg.Append(Inv($"<text class=\"note\" x=\"{Gap}\" y=\"24\">Wholes above, parts below. Bold: what holds together. Dashed: contested. Grey: nobody counts it, it only connects.{(near.LeftOut > 0 ? $" {Shown.Number(near.LeftOut)} further quantities are not drawn." : "")}</text>\n"));
        foreach (var rule in near.Rules)
        {
            foreach (var part in rule.Parts)
            {
                Edge(svg, rule, (x[rule.Whole], y[rule.Whole], boxes[rule.Whole].Height), (x[part], y[part], boxes[part].Height));
            }
        }

        for (var i = 0; i < boxes.Count; i++)
        {
            boxes[i].Draw(svg, x[i], y[i]);
        }

        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Level by level, each box near the middle of what it is tied to and the figure in the middle of its own row; a level too wide to read takes several rows.</summary>
    private static List<List<int>> Rows(Neighbourhood near)
    {
        var level = Levels(near);
        var place = new double[near.Quantities.Count];
        var tied = near.Rules.SelectMany(r => r.Parts.SelectMany(p => new[] { (One: r.Whole, Other: p), (One: p, Other: r.Whole) })).ToLookup(t => t.One, t => t.Other);
        var rows = new List<List<int>>();
        foreach (var group in Enumerable.Range(0, level.Length).GroupBy(i => level[i]).OrderBy(g => Math.Abs(g.Key)).ThenBy(g => g.Key))
        {
            // The figure's own level stands first; each further level follows the places of what it hangs on.
            var row = group.OrderBy(i => i == 0 ? 0 : tied[i].Where(o => Math.Abs(level[o]) < Math.Abs(level[i])).Select(o => place[o]).DefaultIfEmpty(0).Average()).ThenBy(i => i).ToList();
            if (row.Remove(0))
            {
                row.Insert(row.Count / 2, 0);
            }

            for (var i = 0; i < row.Count; i++)
            {
                place[row[i]] = i - ((row.Count - 1) / 2.0);
            }

            rows.AddRange(row.Chunk(MostInARow).Select(c => c.ToList()));
        }

        return [.. rows.OrderBy(r => level[r[0]])];
    }

    /// <summary>One level up for every rule in which a quantity is the whole; the figure stands at nought. Where rules disagree the first by distance counts.</summary>
    private static int[] Levels(Neighbourhood near)
    {
        var level = new int?[near.Quantities.Count];
        level[0] = 0;
        for (var round = 0; round <= Neighbourhood.Furthest; round++)
        {
            foreach (var rule in near.Rules)
            {
                if (level[rule.Whole] is { } whole)
                {
                    foreach (var part in rule.Parts.Where(p => level[p] is null))
                    {
                        level[part] = whole + 1;
                    }
                }
                else if (rule.Parts.Select(p => level[p]).FirstOrDefault(l => l is not null) is { } below)
                {
                    level[rule.Whole] = below - 1;
                }
            }
        }

        return [.. level.Select(l => l ?? 0)];
    }

    private static void Edge(StringBuilder svg, NearRule rule, (int X, int Y, int Height) whole, (int X, int Y, int Height) part)
    {
        var isBelow = part.Y > whole.Y;
        var (x1, y1) = (whole.X + (BoxWidth / 2), isBelow ? whole.Y + whole.Height : whole.Y);
        var (x2, y2) = (part.X + (BoxWidth / 2), isBelow ? part.Y : part.Y + part.Height);
        if (part.Y == whole.Y)
        {
            (y1, y2) = (whole.Y, part.Y);
            svg.Append(Inv($"<path class=\"rule\" d=\"M{x1} {y1} C{x1} {y1 - 36} {x2} {y2 - 36} {x2} {y2}\"/>\n"));
        }
        else
        {
            var middle = (y1 + y2) / 2;
            svg.Append(Inv($"<path class=\"rule\" d=\"M{x1} {y1} C{x1} {middle} {x2} {middle} {x2} {y2}\"/>\n"));
        }

        var why = Words(rule.Kind) + (rule.LeavesRest ? "" : ", all of it");
        svg.Append(Inv($"<text class=\"why\" text-anchor=\"middle\" x=\"{((x1 + (2 * x2)) / 3)}\" y=\"{(y2 + ((y1 - y2) / 3)) + 4}\">{why}</text>\n"));
    }

    /// <summary>A rule in two or three words.</summary>
    public static string Words(TieKind kind) => kind switch
    {
        TieKind.Category => "of whom",
        TieKind.Group => "singled out",
        TieKind.RunningTotal => "running total",
        TieKind.Days => "days add up",
        TieKind.PartOfTheTime => "earlier that day",
        TieKind.Batch => "one batch",
        TieKind.Crossings => "by one crossing",
        TieKind.Place => "within the area",
        TieKind.Harm => "killed, wounded",
        TieKind.NamedPart => "named as a part",
        TieKind.StockAndFlow => "inside before and after",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static Drawing Box(NearQuantity quantity)
    {
        var range = quantity.IsContested ? "contested" : quantity.Holds is { } holds ? ExplanationText.Range(holds.Low, holds.High) : "not worked out";
        var ids = quantity.Ids.Take(MostIds).Select(i => i.Value).ToList();
        var cited = quantity.Ids.Count == 0 ? "" : string.Join(' ', ids) + (quantity.Ids.Count > MostIds ? $" and {Shown.Number(quantity.Ids.Count - MostIds)} more" : "");
        var style = quantity.Distance == 0 ? "box figure" : quantity.IsContested ? "box contested" : quantity.Ids.Count == 0 ? "box connects" : "box";
        return new Drawing(Sheet.Broken(Phrases.Capital(quantity.What), Letters), range, cited, quantity.IsContested && quantity.Distance == 0 ? "box figure contested" : style);
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(new string([.. text.Where(c => !char.IsControl(c))]));

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Drawing(IReadOnlyList<string> What, string Range, string Ids, string Style)
    {
        public int Height => ((What.Count + 1) * LineHeight) + (Ids.Length > 0 ? LineHeight : 0) + 14;

        public void Draw(StringBuilder svg, int x, int y)
        {
            svg.Append(Inv($"<rect class=\"{Style}\" x=\"{x}\" y=\"{y}\" width=\"{BoxWidth}\" height=\"{Height}\" rx=\"2\"/>\n"));
            var line = y + 20;
            foreach (var words in What)
            {
                svg.Append(Inv($"<text class=\"what\" x=\"{x + 10}\" y=\"{line}\">{Escaped(words)}</text>\n"));
                line += LineHeight;
            }

            svg.Append(Inv($"<text class=\"range\" x=\"{x + 10}\" y=\"{line}\">{Escaped(Range)}</text>\n"));
            if (Ids.Length > 0)
            {
                svg.Append(Inv($"<text class=\"ids\" x=\"{x + 10}\" y=\"{line + LineHeight}\">{Escaped(Ids)}</text>\n"));
            }
        }
    }
}
