using System.Globalization;
using System.Text;
using static System.FormattableString;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Reports.Rendering;

/// <summary>
/// One row of a range plot as SVG. It holds no text, so a mirror image serves right-to-left, and it is hidden from screen readers: the words beside it carry
/// the bound. Horizontal places are per cent of the axis, so it fits every width of paper and screen.
/// </summary>
internal static class PlotSvg
{
    private const int Height = 24;

    public static string Row(Block.RangePlot plot, PlotRow row)
    {
        var kind = KindClass(row.Source.Kind);
        var svg = new StringBuilder($"<svg class=\"plot k-{kind}\" height=\"{Height}\" aria-hidden=\"true\" focusable=\"false\">");

        var hasParts = row.Marks.Any(m => m.IsPart);
        foreach (var mark in row.Marks.OrderBy(m => m.IsEarlier ? 0 : m.IsPart ? 2 : 1))
        {
            var middle = hasParts ? (mark.IsPart ? 18 : 8) : Height / 2;
            svg.Append(mark.IsEarlier ? "<g class=\"was\">" : "<g>").Append(Drawn(plot, mark, kind, middle)).Append("</g>");
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>The grid behind a row, as high as the row, so that the lines run through a whole figure.</summary>
    public static string Grid(Block.RangePlot plot)
    {
        var svg = new StringBuilder("<svg class=\"plot lay\" aria-hidden=\"true\" focusable=\"false\">");
        for (var x = 0L; x <= plot.AxisEnd; x += plot.AxisStep)
        {
            svg.Append($"<line class=\"{(x == 0 ? "zero" : "grid")}\" x1=\"{At(plot, x)}\" x2=\"{At(plot, x)}\" y1=\"0\" y2=\"100%\"/>");
        }

        return svg.Append("</svg>").ToString();
    }

    public static string KindClass(SourceKind kind) => kind switch
    {
        SourceKind.Party => "party",
        SourceKind.Guarantor => "guarantor",
        SourceKind.Un => "un",
        SourceKind.RedCrossRedCrescent => "rcrc",
        SourceKind.MonitorGroup => "monitor",
        SourceKind.Media => "media",
        SourceKind.OwnObservers or SourceKind.Responder or SourceKind.Witness => "observer",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Where a number stands on the axis, in per cent with two decimals.</summary>
    public static string At(Block.RangePlot plot, long n) =>
        (Math.Clamp(n, 0, plot.AxisEnd) * 100m / plot.AxisEnd).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private static string Drawn(Block.RangePlot plot, PlotMark mark, string kind, int y)
    {
        var half = mark.IsPart ? 4 : 6;
        return mark.Shape switch
        {
            MarkShape.Tick => Tick(At(plot, mark.Said[0]), y, half, mark.IsEarlier),
            MarkShape.Block => Box(plot, mark, y, half - 2, "currentColor"),
            MarkShape.Hatched => Box(plot, mark, y, half - 2, $"url(#h-{kind})") + string.Concat(mark.Said.Select(n => Vertical("ln", At(plot, n), y - half, y + half))),
            MarkShape.Arrow => Vertical("ln", At(plot, mark.Low ?? 0), y - half, y + half) + Shaft(plot, mark, y),
            MarkShape.FromZero => Invariant($"<line class=\"ln\" x1=\"0%\" x2=\"{At(plot, mark.High ?? 0)}\" y1=\"{y}\" y2=\"{y}\" stroke-dasharray=\"6 3\"/>") + Vertical("ln", At(plot, mark.High ?? 0), y - half, y + half),
            MarkShape.Dotted => Invariant($"<line class=\"none\" x1=\"1%\" x2=\"99%\" y1=\"{y}\" y2=\"{y}\"/>"),
            _ => throw new ArgumentOutOfRangeException(nameof(mark)),
        };
    }

    /// <summary>A part's arrow is cut short, so that it is not read as reaching its whole.</summary>
    private static string Shaft(Block.RangePlot plot, PlotMark mark, int y)
    {
        var from = mark.Low ?? 0;
        var end = At(plot, mark.IsPart ? Math.Min(plot.AxisEnd, from + (plot.AxisEnd / 10)) : plot.AxisEnd);
        return Invariant($"<line class=\"ln\" x1=\"{At(plot, from)}\" x2=\"{end}\" y1=\"{y}\" y2=\"{y}\"/><svg x=\"{end}\" y=\"{y}\" overflow=\"visible\"><path d=\"M-6-5 1 0-6 5\" class=\"ln\"/></svg>");
    }

    private static string Tick(string x, int y, int half, bool hollow) =>
        Invariant($"<svg x=\"{x}\" y=\"{y}\" overflow=\"visible\"><rect class=\"{(hollow ? "hollow" : "bar")}\" x=\"-2\" y=\"-{half}\" width=\"4\" height=\"{half * 2}\"/></svg>");

    private static string Box(Block.RangePlot plot, PlotMark mark, int y, int half, string fill)
    {
        var (low, high) = (mark.Low ?? 0, mark.High ?? plot.AxisEnd);
        var width = (Math.Max(0, Math.Min(high, plot.AxisEnd) - low) * 100m / plot.AxisEnd).ToString("0.##", CultureInfo.InvariantCulture);
        return Invariant($"<rect x=\"{At(plot, low)}\" width=\"{width}%\" y=\"{y - half}\" height=\"{half * 2}\" fill=\"{(mark.IsEarlier ? "none" : fill)}\" stroke=\"currentColor\"/>");
    }

    private static string Vertical(string style, string x, int from, int to) => Invariant($"<line class=\"{style}\" x1=\"{x}\" x2=\"{x}\" y1=\"{from}\" y2=\"{to}\"/>");
}
