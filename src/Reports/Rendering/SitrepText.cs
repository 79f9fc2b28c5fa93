using System.Text;
using Safeconduct.Statements;

namespace Safeconduct.Reports.Rendering;

/// <summary>One way on from the text page.</summary>
public sealed record TextLink(string Address, string Words);

/// <summary>What stands around the text of a report on a page for a bad link, in the reader's language.</summary>
/// <param name="Language">BCP 47, of the words here; the report's own are English.</param>
/// <param name="Note">Said above the text: how it was asked, when it was made.</param>
public sealed record TextFrame(string Language, string Direction, string Title, string Note, string More, IReadOnlyList<TextLink> Links, IReadOnlyList<(string Heading, IReadOnlyList<string> Lines)> After);

/// <summary>
/// The situation as text alone, for a bad link: one HTML document with no picture, no script and nothing loaded. Bounded: every list is cut at <see cref="MostRows"/>
/// and says how many more there are, so that the page stays under 50 kB however large the record is.
/// </summary>
public static class SitrepText
{
    public const int MostRows = 12;

    private const int LongestCell = 260;

    private static readonly HashSet<string> Carried = new(StringComparer.Ordinal)
        { "in-short", "status", "headline-figures", "rival-claims", "counted-on-the-way", "held-or-turned-back", "incidents", "voluntariness", "control", "not-known", "replies", "errata" };

    public static string Write(Sitrep report, TextFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var html = new StringBuilder(32 * 1024);
        html.Append($"<!DOCTYPE html>\n<html lang=\"{E(frame.Language)}\" dir=\"{E(frame.Direction)}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Append($"<title>{E(frame.Title)} · {E(report.Title)}</title>\n<style>:root{{color-scheme:light dark}}body{{font:16px/1.5 system-ui,sans-serif;max-width:60em;margin:0 auto;padding:1em;overflow-wrap:anywhere}}nav a{{display:inline-block;padding:.3em .6em .3em 0}}small{{font-size:.85em}}li{{margin-block:.3em}}</style>\n</head>\n<body>\n");
        html.Append($"<header>\n<h1>{E(frame.Title)}: <bdi>{E(report.Title)}</bdi></h1>\n<p>{E(frame.Note)}</p>\n</header>\n<nav aria-label=\"{E(frame.More)}\">");
        foreach (var link in frame.Links)
        {
            html.Append($"<a href=\"{E(link.Address)}\">{E(link.Words)}</a> ");
        }

        html.Append("</nav>\n<main>\n<div lang=\"en\" dir=\"ltr\">\n");
        foreach (var section in report.Sections.Where(s => Carried.Contains(s.Id)))
        {
            html.Append($"<h2>{E(section.Title)}</h2>\n");
            foreach (var block in section.Blocks)
            {
                html.Append(block.Match(p => $"<p>{Inline(p.Text)}</p>\n", b => List([.. b.Items.Select(Inline)]), Table, Plot, h => $"<h3>{E(h.Text)}</h3>\n", f => List([.. f.Lines.Select(l => $"{E(l.Label)}: {E(l.Value)}")])));
            }
        }

        html.Append("</div>\n");
        foreach (var (heading, lines) in frame.After)
        {
            html.Append($"<h2>{E(heading)}</h2>\n").Append(List([.. lines.Select(l => $"<bdi>{E(Shortened(l))}</bdi>")]));
        }

        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static string Table(Block.Table table) => (table.Caption is { } caption ? $"<p>{E(caption)}</p>\n" : "")
        + List([.. table.Rows.Select(r => string.Join(" · ", r.Where(c => !c.IsEmpty).Select(Inline)))]);

    private static string Plot(Block.RangePlot plot) => $"<p><b>{Inline(plot.Caption)}</b>: {Inline(plot.Span)}</p>\n" + List([.. plot.Rows.Select(r => $"{E(r.Source.Name)}: {Inline(r.Words)}")]);

    private static string List(IReadOnlyList<string> items)
    {
        var rest = items.Count - MostRows;
        return items.Count == 0 ? "" : $"<ul>\n{string.Concat(items.Take(MostRows).Select(i => $"<li>{i}</li>\n"))}{(rest > 0 ? $"<li><small>{E($"and {Shown.Grouped(rest)} more")}</small></li>\n" : "")}</ul>\n";
    }

    /// <summary>Text and names; citations stay in the whole report, since each costs as much as a sentence.</summary>
    private static string Inline(Line line)
    {
        var text = new StringBuilder();
        var length = 0;
        foreach (var piece in line.Pieces)
        {
            var plain = piece.Match(r => r.Text, b => b.Label.Name, _ => "", _ => "; ", q => q.Text);
            if (length + plain.Length > LongestCell)
            {
                return text.Append(E(plain[..Math.Max(0, LongestCell - length)])).Append('…').ToString();
            }

            length += plain.Length;
            text.Append(piece.Match(
                r => r.IsStrong ? $"<b>{E(r.Text)}</b>" : E(r.Text),
                b => $"<bdi>{E(b.Label.Name)}</bdi>",
                _ => "",
                _ => "<br>",
                q => $"<span lang=\"{E(q.Language)}\" dir=\"{q.Direction}\">{E(q.Text)}</span>"));
        }

        // Where a citation stood between a word and a mark, the space before it goes too.
        return text.Replace(" .", ".").Replace(" ,", ",").Replace(" ;", ";").ToString();
    }

    private static string Shortened(string text) => text.Length > LongestCell ? text[..LongestCell] + "…" : text;

    private static string E(string text) => SitrepHtml.Escaped(text);
}
