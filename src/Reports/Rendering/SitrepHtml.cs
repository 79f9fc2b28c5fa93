using System.Globalization;
using System.Text;
using Safeconduct.Reports.Languages;
using Safeconduct.Statements;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Reports.Rendering;

/// <summary>
/// The report as one HTML file that is also well-formed XML: no script, nothing loaded from elsewhere, readable on paper, in the dark, on 320 pixels and by
/// ear. This file is what is hashed and kept; a PDF is a browser's print of it. Every text passes through <see cref="Escaped"/>.
/// </summary>
public static class SitrepHtml
{
    private static readonly string Sheet = Resource("report.css");

    public static string Write(Sitrep report)
    {
        var html = new StringBuilder(64 * 1024);
        html.Append("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\"/>\n");
        html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        html.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n");
        html.Append($"<title>Situation report {Escaped(report.Reference)}, {Escaped(report.Title)}</title>\n<style>\n{Sheet}{PageFoot(report)}</style>\n</head>\n<body class=\"rep\">\n");
        html.Append("<a class=\"skip\" href=\"#in-short\">Go to the report</a>\n").Append(Signs.Sprite).Append("\n<main class=\"sheet\">\n");
        html.Append(Masthead(report));
        foreach (var section in report.Sections)
        {
            html.Append(SectionOf(section));
        }

        return html.Append(Annex(report)).Append($"<footer class=\"ft\">{Escaped(report.Footing)}</footer>\n</main>\n</body>\n</html>\n").ToString();
    }

    /// <summary>The anchor under which a statement stands in the annex: a report that cites it has an element of this id.</summary>
    public static string AnchorOf(StatementId id) => Teller.AnchorOf(id.Value);

    /// <summary>Text made safe between tags and in quoted attributes. What XML can't carry at all becomes a visible mark of loss.</summary>
    internal static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                escaped.Append(c).Append(text[++i]);
                continue;
            }

            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\n' or '\r' or '\t' => escaped.Append(' '),
                // Controls that turn the direction of text would let one name rewrite the line around it.
                _ when char.IsControl(c) || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => escaped.Append('\uFFFD'),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    private static string Masthead(Sitrep report)
    {
        var corrects = report.Corrects is { } c ? $"<br/>corrects {Escaped(c)}" : "";
        return $"<header class=\"mast\"><div><p class=\"b\">{Signs.Logo}Safeconduct · Situation report</p><h1>{Escaped(report.Title)}</h1></div><p class=\"ref\">{Escaped(report.Reference)}{corrects}</p></header>\n{Facts(report.Heading)}";
    }

    private static string Facts(IEnumerable<HeadingLine> lines) =>
        $"<dl class=\"meta\">{string.Concat(lines.Select(l => $"<div><dt>{Escaped(l.Label)}</dt><dd><bdi>{Escaped(l.Value)}</bdi></dd></div>"))}</dl>\n";

    private static string SectionOf(Section section)
    {
        var tongue = Tongue.Of(section.Language);
        var language = section.Language == Tongue.OfReports ? "" : $" class=\"summary\" lang=\"{Escaped(section.Language)}\" dir=\"{section.Direction}\"";
        var blocks = string.Concat(section.Blocks.Select(b => b.Match(Paragraph, Bullets, Table, p => Plot(p, tongue), h => $"<h3>{Escaped(h.Text)}</h3>\n", f => Facts(f.Lines))));
        return $"<section id=\"{section.Id}\" aria-labelledby=\"h-{section.Id}\"{language}>\n<h2 id=\"h-{section.Id}\">{Escaped(tongue.Number(section.Number))}. {Escaped(section.Title)}</h2>\n"
            + $"{(section.Id is "method" ? "<div class=\"meth\">\n" : "")}{blocks}{(section.Id is "method" ? "</div>\n" : "")}</section>\n";
    }

    private static string Paragraph(Block.Paragraph paragraph) => $"<p{(paragraph.IsQuiet ? " class=\"note\"" : "")}>{Inline(paragraph.Text)}</p>\n";

    private static string Bullets(Block.Bullets bullets) => $"<ul class=\"short\">\n{string.Concat(bullets.Items.Select(i => $"<li>{Inline(i)}</li>\n"))}</ul>\n";

    private static string Table(Block.Table table)
    {
        var columns = string.Concat(table.Widths.Select(w => $"<col style=\"inline-size:{Shown.Number(w)}%\"/>"));
        var heads = string.Concat(table.Columns.Select(c => $"<th scope=\"col\">{Escaped(c)}</th>"));
        var rows = string.Concat(table.Rows.Select(r => $"<tr>{string.Concat(r.Select((cell, i) => Cell(table.Columns[i], cell, isHead: i == 0)))}</tr>\n"));
        var caption = table.Caption is { } c ? $"<caption>{Escaped(c)}</caption>" : "";
        return $"<table class=\"tb\">{caption}<colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table>\n";
    }

    private static string Cell(string column, Line cell, bool isHead) => isHead
        ? $"<th scope=\"row\">{Inline(cell)}</th>"
        : $"<td data-label=\"{Escaped(column)}\">{Inline(cell)}</td>";

    private static string Plot(Block.RangePlot plot, Tongue tongue)
    {
        var rows = string.Concat(plot.Rows.Select((r, i) => PlotRow(plot, i, tongue)));
        var axis = new StringBuilder();
        for (var x = 0L; x <= plot.AxisEnd; x += plot.AxisStep)
        {
            axis.Append($"<span style=\"--x:{PlotSvg.At(plot, x)}\">{Escaped(tongue.Number(x))}</span>");
        }

        return $"<table class=\"rp\"><caption><b>{Inline(plot.Caption)}</b><span class=\"span\">{Filled(tongue["figures.said"], Inline(plot.Span))}{Part(plot, tongue)}</span></caption>"
            + $"<colgroup><col class=\"c1\"/><col class=\"c2\"/><col/></colgroup><thead class=\"vh\"><tr><th scope=\"col\">{Escaped(tongue["figures.source"])}</th><th scope=\"col\">{Escaped(tongue["figures.says"])}</th><th scope=\"col\">{Escaped(tongue["figures.drawn"])}</th></tr></thead>"
            + $"<tbody>\n{rows}</tbody><tfoot aria-hidden=\"true\"><tr><td></td><td></td><td class=\"pl\"><div class=\"axis\">{axis}</div></td></tr></tfoot></table>\n";
    }

    private static string Part(Block.RangePlot plot, Tongue tongue) => plot.PartDrawn is { } part ? $" {Escaped(tongue.Say("figures.thin", part))}" : "";

    /// <summary>A phrase of ours with what is escaped already.</summary>
    private static string Filled(string phrase, string with) => Escaped(phrase).Replace("{0}", with, StringComparison.Ordinal);

    private static string PlotRow(Block.RangePlot plot, int i, Tongue tongue)
    {
        var row = plot.Rows[i];
        var isSame = row.Origin is not null;
        var isFirst = isSame && (i == 0 || plot.Rows[i - 1].Origin != row.Origin);
        var isLast = isSame && (i + 1 == plot.Rows.Count || plot.Rows[i + 1].Origin != row.Origin);
        var bracket = isSame ? $" class=\"same{(isFirst ? " a" : "")}{(isLast ? " b" : "")}\"" : "";
        var origin = isSame ? $"<span class=\"vh\">{Escaped($"{tongue["list.comma"]} {tongue.Say("figures.same-origin", tongue.Number(row.Origin!.Value))}")}</span>" : "";
        return $"<tr data-row=\"\"{bracket}><th scope=\"row\">{Source(row.Source)}{origin}</th><td class=\"val\">{Inline(row.Words)}</td><td class=\"pl\">{PlotSvg.Grid(plot)}{PlotSvg.Row(plot, row)}</td></tr>\n";
    }

    private static string Annex(Sitrep report)
    {
        var entries = report.Annex.Count == 0
            ? "<p>No statement is cited.</p>\n"
            : $"<dl class=\"annex\">\n{string.Concat(report.Annex.Select(Entry))}</dl>\n";
        return $"<section id=\"annex\" aria-labelledby=\"h-annex\">\n<h2 id=\"h-annex\">Annex. Statements cited</h2>\n{entries}</section>\n";
    }

    private static string Entry(CitedStatement s)
    {
        string?[] beside = [s.RelayedBy is { } r ? $"relayed by {r}" : null, s.SaidAt is { } at ? $"said {at}" : null, s.About is { } about ? $"about {about}" : null, s.Standing];
        var notes = string.Join(" · ", beside.OfType<string>().Select(Escaped));
        return $"<div id=\"{s.Anchor}\"><dt>{Escaped(s.Id ?? "")}</dt><dd>{Source(s.Source)} <span class=\"muted\">{notes}</span><br/>{Escaped(s.Says)}"
            + $"{(s.Citation is { } citation ? $"<br/><cite>{Escaped(citation)}</cite>" : "")}</dd></div>\n";
    }

    private static string Inline(Line line) => string.Concat(line.Pieces.Select(p => p.Match(
        run => run.IsApart ? $"<bdi{(run.IsStrong ? " class=\"strong\"" : run.IsQuiet ? " class=\"muted\"" : "")}>{Escaped(run.Text)}</bdi>" : run.IsStrong ? $"<b>{Escaped(run.Text)}</b>" : run.IsQuiet ? $"<span class=\"muted\">{Escaped(run.Text)}</span>" : Escaped(run.Text),
        by => Source(by.Label),
        cite => $"<a class=\"c\" href=\"#{cite.Anchor}\" title=\"{Escaped(cite.Title)}\">{Escaped(cite.Label)}</a>",
        _ => "<br/>",
        quote => $"<span class=\"own\" lang=\"{Escaped(quote.Language)}\" dir=\"{quote.Direction}\">{Escaped(quote.Text)}</span>")));

    private static string Source(SourceLabel label) =>
        $"<span class=\"src\"><bdi><span class=\"nb\">{Signs.Glyph(label.Kind)}{Escaped(FirstWord(label.Name))}</span>{Escaped(label.Name[FirstWord(label.Name).Length..])}</bdi><span class=\"vh\"> ({Escaped(label.KindWords)})</span></span>";

    /// <summary>Kept on one line with the sign, so that no sign is left behind at a line's end; nothing where the word is too long for that.</summary>
    private static string FirstWord(string name) => (name.IndexOf(' ', StringComparison.Ordinal) is var at and > 0 ? name[..at] : name) is { Length: < 24 } word ? word : "";

    /// <summary>Running foot of the printed page: reference and cut-off at one side, the page at the other.</summary>
    private static string PageFoot(Sitrep report) =>
        $"@page {{ @bottom-left {{ content: \"{CssText(report.Footing)}\"; }} @bottom-right {{ content: counter(page) \" of \" counter(pages); }} }}\n";

    private static string CssText(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '/' or '-' or ',' or ':' or '.' ? c.ToString() : $"\\{((int)c).ToString("x6", CultureInfo.InvariantCulture)} "));

    private static string Resource(string name)
    {
        using var stream = typeof(SitrepHtml).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is missing from the assembly.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Encoding.UTF8.GetString(bytes.ToArray()).ReplaceLineEndings("\n");
    }
}

/// <summary>Signs of the kinds of source: the shape carries the kind, colour only repeats it.</summary>
internal static class Signs
{
    private static readonly (string Kind, string Shape)[] Shapes =
    [
        ("party", "<rect x=\"1.5\" y=\"1.5\" width=\"9\" height=\"9\"/>"),
        ("guarantor", "<path d=\"M6 .4 11.6 6 6 11.6.4 6z\"/>"),
        ("un", "<circle cx=\"6\" cy=\"6\" r=\"5\"/>"),
        ("rcrc", "<path d=\"M6 .6 11.6 4.7 9.5 11.3H2.5L.4 4.7z\"/>"),
        ("monitor", "<path d=\"M6 .8 11.8 11H.2z\"/>"),
        ("media", "<path d=\"M1 1.6h10v3.4H1zM1 7h10v3.4H1z\"/>"),
        ("observer", "<path fill-rule=\"evenodd\" d=\"M6 .8a5.2 5.2 0 1 0 0 10.4A5.2 5.2 0 0 0 6 .8zm0 2.6a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2z\"/>"),
    ];

    public static string Sprite { get; } = "<svg class=\"sprite\" aria-hidden=\"true\" focusable=\"false\"><defs>\n"
        + string.Concat(Shapes.Select(s => $"<symbol id=\"k-{s.Kind}\" viewBox=\"0 0 12 12\">{s.Shape}</symbol>\n"))
        + string.Concat(Shapes.Select(s => $"<pattern id=\"h-{s.Kind}\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect class=\"k-{s.Kind}\" width=\"2.4\" height=\"5\" fill=\"currentColor\"/></pattern>\n"))
        + "</defs></svg>";

    public static string Logo => "<svg width=\"18\" height=\"18\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\"><path d=\"M7 2v7M7 15v7M17 2v7M17 15v7M1 12h22\" stroke=\"currentColor\" stroke-width=\"2.4\" fill=\"none\"/></svg>";

    public static string Glyph(SourceKind kind)
    {
        var k = PlotSvg.KindClass(kind);
        return $"<svg class=\"k k-{k}\" viewBox=\"0 0 12 12\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#k-{k}\"/></svg>";
    }
}
