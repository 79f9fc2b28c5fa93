using System.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Reports.Rendering;

/// <summary>How the terminal is to be written to.</summary>
/// <param name="Width">Columns; no line is longer.</param>
/// <param name="Colour">Whether escape sequences for bold, faint and the kinds of source may be used.</param>
/// <param name="MostRows">Rows of one table or list before the rest is counted instead of listed.</param>
/// <param name="MostSources">The same for the sources of one figure.</param>
public sealed record TerminalStyle(int Width = 80, bool Colour = false, int MostRows = 6, int MostSources = 12)
{
    public const int NarrowestWidth = 40;
}

/// <summary>What a monitor reads in a terminal: status by who says so, figures with small range plots, rival claims, what is not known. Bounded in length; what is left out is counted.</summary>
public static class TerminalSummary
{
    private static readonly string[] Shown = ["status", "control", "headline-figures", "held-or-turned-back", "rival-claims", "not-known"];

    /// <exception cref="RefusedException"><c>terminal.too-narrow</c>.</exception>
    public static string Write(Sitrep report, TerminalStyle style)
    {
        if (style.Width < TerminalStyle.NarrowestWidth)
        {
            throw new RefusedException("terminal.too-narrow", $"A summary needs {TerminalStyle.NarrowestWidth} columns; got {Statements.Shown.Number(style.Width)}.");
        }

        var page = new Page(style);
        page.Wrapped(page.Bold(report.Title), 0);
        page.Wrapped($"{report.Reference} · {string.Join(" · ", report.Heading.Select(h => $"{h.Label.ToLowerInvariant()} {h.Value}"))}", 0);
        foreach (var section in report.Sections.Where(s => Shown.Contains(s.Id)))
        {
            page.Blank();
            page.Wrapped(page.Bold(section.Title), 0);
            foreach (var block in section.Blocks)
            {
                _ = block.Match(p => Paragraph(page, p), b => Bullets(page, b), t => Table(page, t), p => Plot(page, p), h => Subheading(page, h), f => Facts(page, f));
            }
        }

        page.Blank();
        var others = report.Sections.Where(s => !Shown.Contains(s.Id)).Select(s => s.Title).ToList();
        page.Wrapped(page.Faint($"In the full report also: {string.Join("; ", others)}; {Phrases.Many(report.Annex.Count, "statement")} cited."), 0);
        return page.ToString();
    }

    private static bool Subheading(Page page, Block.Subheading subheading)
    {
        page.Wrapped(page.Bold(subheading.Text), 2);
        return true;
    }

    private static bool Facts(Page page, Block.Facts facts)
    {
        page.Wrapped(string.Join(" · ", facts.Lines.Select(l => $"{l.Label} {l.Value}")), 2);
        return true;
    }

    private static bool Paragraph(Page page, Block.Paragraph paragraph)
    {
        if (!paragraph.IsQuiet)
        {
            page.Wrapped(page.Text(paragraph.Text), 2);
        }

        return true;
    }

    private static bool Bullets(Page page, Block.Bullets bullets)
    {
        foreach (var item in bullets.Items.Take(page.Style.MostRows))
        {
            page.Hanging("- ", page.Text(item));
        }

        page.More(bullets.Items.Count, page.Style.MostRows, "line");
        return true;
    }

    private static bool Table(Page page, Block.Table table)
    {
        if (table.Caption is { } caption)
        {
            page.Wrapped(caption, 2);
        }

        foreach (var row in table.Rows.Take(page.Style.MostRows))
        {
            page.Hanging("- ", page.Text(row[0]));
            for (var i = 1; i < row.Count; i++)
            {
                page.Wrapped($"{page.Faint(table.Columns[i].ToLowerInvariant() + ":")} {page.Text(row[i])}", 6);
            }
        }

        page.More(table.Rows.Count, page.Style.MostRows, "row");
        return true;
    }

    private static bool Plot(Page page, Block.RangePlot plot)
    {
        page.Wrapped($"{plot.Caption}: {page.Bold(plot.Span.ToString())}", 2);
        var rows = plot.Rows.Take(page.Style.MostSources).ToList();
        var (source, words) = Columns(page.Style.Width, rows);
        var axis = page.Style.Width - source - words - 8;
        foreach (var row in rows)
        {
            page.Line($"    {page.Kind(row.Source.Kind, TextPlot.Glyph(row.Source.Kind))} {Cut(row.Source.Name, source)} {Cut(Said(row), words)} {page.Kind(row.Source.Kind, TextPlot.Row(plot, row, axis))}");
        }

        page.Line($"{new string(' ', source + words + 8)}{page.Faint(TextPlot.Axis(plot, axis))}");
        page.More(plot.Rows.Count, page.Style.MostSources, "source");
        page.Blank();
        return true;
    }

    /// <summary>Names and words get what they need up to a share of the width; the plot takes the rest.</summary>
    private static (int Source, int Words) Columns(int width, IReadOnlyList<PlotRow> rows)
    {
        var free = width - 8 - Math.Max(14, width / 4);
        var words = Math.Min(rows.Select(r => Said(r).Length).Append(6).Max(), free / 2);
        return (Math.Min(rows.Select(r => r.Source.Name.Length).Append(6).Max(), free - words), words);
    }

    /// <summary>The numbers alone: the strong words of the row.</summary>
    private static string Said(PlotRow row)
    {
        var strong = row.Words.Pieces.OfType<Piece.Run>().Where(r => r.IsStrong).Select(r => r.Text).Distinct(StringComparer.Ordinal).ToList();
        return strong.Count == 0 ? "replaced since" : string.Join("; ", strong);
    }

    private static string Cut(string text, int width)
    {
        var plain = Page.Plain(text);
        return plain.Length <= width ? plain.PadRight(width) : plain[..(width - 1)] + "…";
    }
}

/// <summary>A range plot in characters.</summary>
internal static class TextPlot
{
    public static string Glyph(SourceKind kind) => kind switch
    {
        SourceKind.Party => "■",
        SourceKind.Guarantor => "◆",
        SourceKind.Un => "●",
        SourceKind.RedCrossRedCrescent => "⬟",
        SourceKind.MonitorGroup => "▲",
        SourceKind.Media => "=",
        SourceKind.OwnObservers or SourceKind.Responder or SourceKind.Witness => "○",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Parts are left to the words: two depths do not fit into one line of characters.</summary>
    public static string Row(Block.RangePlot plot, PlotRow row, int width)
    {
        var cells = Enumerable.Repeat(' ', width).ToArray();
        cells[0] = '│';
        foreach (var mark in row.Marks.Where(m => !m.IsPart).OrderBy(m => m.IsEarlier ? 0 : 1))
        {
            Draw(plot, mark, cells);
        }

        return new string(cells).TrimEnd();
    }

    public static string Axis(Block.RangePlot plot, int width)
    {
        var end = Shown.Grouped(plot.AxisEnd);
        return "0" + end.PadLeft(Math.Max(end.Length, width - 1));
    }

    private static void Draw(Block.RangePlot plot, PlotMark mark, char[] cells)
    {
        int At(long n) => (int)Math.Clamp(n * (cells.Length - 1) / plot.AxisEnd, 0, cells.Length - 1);
        void Fill(int from, int to, char c) => Array.Fill(cells, c, from, Math.Max(0, to - from + 1));
        var last = cells.Length - 1;
        switch (mark.Shape)
        {
            case MarkShape.Dotted:
                Fill(1, last, '·');
                return;
            case MarkShape.Arrow:
                Fill(At(mark.Low ?? 0), last, '─');
                cells[At(mark.Low ?? 0)] = '├';
                cells[last] = '>';
                return;
            case MarkShape.FromZero:
                Fill(1, At(mark.High ?? 0), '╌');
                cells[At(mark.High ?? 0)] = '┤';
                return;
            case MarkShape.Hatched:
                Fill(At(mark.Low ?? 0), At(mark.High ?? 0), mark.IsEarlier ? '·' : '░');
                break;
            case MarkShape.Block:
                Fill(At(mark.Low ?? 0), At(mark.High ?? 0), mark.IsEarlier ? '·' : '▬');
                break;
            case MarkShape.Tick:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(mark));
        }

        foreach (var n in mark.Said)
        {
            cells[At(n)] = mark.IsEarlier ? '╎' : '┃';
        }
    }
}

/// <summary>Lines of a bounded width. Escape sequences and controls of what others wrote are taken out before ours are put in, so that no statement can steer a terminal.</summary>
internal sealed class Page(TerminalStyle style)
{
    // Stand for our own escapes while text is wrapped; control characters can't occur in plain text.
    private const char Open = '\u0001';
    private const char Shut = '\u0002';
    private readonly StringBuilder _text = new();

    public TerminalStyle Style => style;

    public static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') ? ' ' : c));

    public string Bold(string text) => Styled(Plain(text), "1");

    public string Faint(string text) => Styled(Plain(text), "2");

    public string Kind(SourceKind kind, string text) => Styled(text, kind switch
    {
        SourceKind.Party => "38;5;130",
        SourceKind.Guarantor => "38;5;133",
        SourceKind.Un => "38;5;67",
        SourceKind.RedCrossRedCrescent => "38;5;30",
        SourceKind.MonitorGroup => "38;5;62",
        SourceKind.Media => "38;5;102",
        SourceKind.OwnObservers or SourceKind.Responder or SourceKind.Witness => "38;5;136",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    });

    public string Text(Reports.Line line) => string.Concat(line.Pieces.Select(p => p.Match(
        run => run.IsStrong ? Bold(run.Text) : run.IsQuiet ? Faint(run.Text) : Plain(run.Text),
        by => Plain(by.Label.Name),
        cite => Faint($"[{cite.Label}]"),
        _ => "; ",
        quote => Plain(quote.Text))));

    public void Blank()
    {
        if (!_text.ToString().EndsWith("\n\n", StringComparison.Ordinal))
        {
            _text.Append('\n');
        }
    }

    public void Line(string text) => _text.Append(Resolved(text).TrimEnd()).Append('\n');

    public void Hanging(string mark, string text) => Wrapped(text, 4, mark);

    public void More(int count, int shown, string what)
    {
        if (count > shown)
        {
            Wrapped(Faint($"and {Phrases.Many(count - shown, "more " + what)} in the full report"), 4);
        }
    }

    /// <summary>Breaks at spaces, and a word that is too long for a line wherever the line ends.</summary>
    public void Wrapped(string text, int indent, string mark = "")
    {
        var room = style.Width - indent;
        var line = new StringBuilder();
        var length = 0;
        var first = true;
        void Flush()
        {
            Line((first && mark.Length > 0 ? new string(' ', indent - mark.Length) + mark : new string(' ', indent)) + line);
            (length, first) = (0, false);
            line.Clear();
        }

        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(w => Split(w, room)))
        {
            var size = Columns(word);
            if (length > 0 && length + 1 + size > room)
            {
                Flush();
            }

            line.Append(length > 0 ? " " : "").Append(word);
            length += (length > 0 ? 1 : 0) + size;
        }

        if (length > 0 || first)
        {
            Flush();
        }
    }

    public override string ToString() => _text.ToString();

    /// <summary>Each word carries its own styling, so that a line break never leaves a style open.</summary>
    private string Styled(string text, string code) => style.Colour
        ? string.Join(' ', text.Split(' ').Select(w => w.Length == 0 ? w : $"{Open}{code}{Shut}{w}{Open}0{Shut}"))
        : text;

    private static IEnumerable<string> Split(string word, int room)
    {
        if (Columns(word) <= room)
        {
            return [word];
        }

        var bare = Unstyled(word);
        return bare.Chunk(room).Select(c => new string(c));
    }

    private static int Columns(string word) => Unstyled(word).Length;

    private static string Unstyled(string word)
    {
        var bare = new StringBuilder(word.Length);
        var isCode = false;
        foreach (var c in word)
        {
            if (c is Open or Shut)
            {
                isCode = c is Open;
            }
            else if (!isCode)
            {
                bare.Append(c);
            }
        }

        return bare.ToString();
    }

    private static string Resolved(string text) => text.Replace($"{Open}", "\u001b[", StringComparison.Ordinal).Replace($"{Shut}", "m", StringComparison.Ordinal);
}
