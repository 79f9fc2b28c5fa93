using System.Text;
using Safeconduct.Reports.Languages;

namespace Safeconduct.Reports.Rendering;

/// <summary>The report as Markdown: readable as plain text, tables in the pipe form, each citation a link into the annex. What others wrote is escaped, so that it can't become a heading, a link or markup.</summary>
public static class SitrepMarkdown
{
    public static string Write(Sitrep report)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(Escaped(report.Title)).Append("\n\nSituation report ").Append(Escaped(report.Reference));
        text.Append(report.Corrects is { } corrects ? $", corrects {Escaped(corrects)}\n\n" : "\n\n");
        foreach (var line in report.Heading)
        {
            text.Append("- ").Append(Escaped(line.Label)).Append(": ").Append(Escaped(line.Value)).Append('\n');
        }

        foreach (var section in report.Sections)
        {
            // A language of its own is marked as HTML, which readers of Markdown pass through and plain text bears.
            var isOther = section.Language != Tongue.OfReports;
            text.Append(isOther ? $"\n<section lang=\"{section.Language}\" dir=\"{section.Direction}\">\n" : "").Append("\n## ").Append(Phrase(section)).Append('\n');
            foreach (var block in section.Blocks)
            {
                text.Append('\n').Append(block.Match(Paragraph, Bullets, Table, p => Plot(p, Tongue.Of(section.Language)), h => $"### {Escaped(h.Text)}\n", f => string.Concat(f.Lines.Select(l => $"- {Escaped(l.Label)}: {Apart(l.Value)}\n"))));
            }

            text.Append(isOther ? "\n</section>\n" : "");
        }

        return text.Append(Annex(report)).ToString();
    }

    private static string Phrase(Section section) => $"{Tongue.Of(section.Language).Number(section.Number)}. {Escaped(section.Title)}";

    private static string Paragraph(Block.Paragraph paragraph) => Inline(paragraph.Text, "  \n") + "\n";

    private static string Bullets(Block.Bullets bullets) => string.Concat(bullets.Items.Select(i => $"- {Inline(i, "; ")}\n"));

    private static string Table(Block.Table table) => string.Concat(
        table.Caption is { } caption ? $"**{Escaped(caption)}**\n\n" : "",
        Rows(table.Columns, table.Rows.Select(r => r.Select(c => Inline(c, "<br>")))));

    /// <summary>The drawing only repeats the words, so here stand the words.</summary>
    private static string Plot(Block.RangePlot plot, Tongue tongue) => string.Concat(
        $"**{Inline(Plain(plot.Caption), " ")}**\n\n{Escaped(tongue["figures.said"]).Replace("{0}", Inline(plot.Span, " "), StringComparison.Ordinal)}\n\n",
        Rows([tongue["figures.source"], tongue["figures.says"]], plot.Rows.Select(r => (IEnumerable<string>)
            [$"{Escaped(r.Source.Name)} ({Escaped(r.Source.KindWords)}){(r.Origin is { } o ? $"{tongue["list.comma"]} {tongue.Say("figures.same-origin", tongue.Number(o))}" : "")}", Inline(r.Words, "<br>")])));

    private static string Rows(IReadOnlyList<string> columns, IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder();
        text.Append("| ").AppendJoin(" | ", columns.Select(Escaped)).Append(" |\n|").Append(string.Concat(Enumerable.Repeat(" --- |", columns.Count))).Append('\n');
        foreach (var row in rows)
        {
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        }

        return text.ToString();
    }

    private static string Annex(Sitrep report)
    {
        var text = new StringBuilder("\n## Annex. Statements cited\n\n");
        if (report.Annex.Count == 0)
        {
            return text.Append("No statement is cited.\n").ToString();
        }

        foreach (var s in report.Annex)
        {
            string?[] after = [s.RelayedBy is { } r ? $"relayed by {r}" : null, s.SaidAt is { } at ? $"said {at}" : null, s.About is { } about ? $"about {about}" : null, s.Standing];
            var beside = string.Join("; ", after.OfType<string>());
            text.Append($"- <a id=\"{s.Anchor}\"></a>**{Escaped(s.Id ?? s.Source.Name)}** {(s.Id is null ? "" : $"{Escaped(s.Source.Name)} ({Escaped(s.Source.KindWords)})")}");
            text.Append(beside.Length == 0 ? "" : $", {Escaped(beside)}").Append(": ").Append(Escaped(s.Says));
            text.Append(s.Citation is { } citation ? $" Source: {Escaped(citation)}\n" : "\n");
        }

        return text.ToString();
    }

    private static string Inline(Line line, string lineBreak) => string.Concat(line.Pieces.Select(p => p.Match(
        run => run.IsApart ? Apart(run.Text) : run.IsStrong && run.Text.Trim().Length > 0 ? $"**{Escaped(run.Text)}**" : Escaped(run.Text),
        by => Escaped(by.Label.Name),
        cite => $"[{Escaped(cite.Label)}](#{cite.Anchor})",
        _ => lineBreak,
        quote => Escaped(quote.Text))));

    /// <summary>A name in a line of another script, kept from turning it.</summary>
    private static string Apart(string text) => $"<bdi>{Escaped(text)}</bdi>";

    private static Line Plain(Line line) => new([.. line.Pieces.Select(p => p is Piece.Run run ? run with { IsStrong = false } : p)]);

    /// <summary>Every character that Markdown or HTML gives a meaning, and line ends, made plain.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '#' or '!' or '~' => escaped.Append('\\').Append(c),
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' => escaped.Append(' '),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }
}
