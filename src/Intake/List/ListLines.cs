using Safeconduct.Statements;

namespace Safeconduct.Intake.List;

/// <summary>
/// The lines of a list, one after another, each looked at once. A line longer than <see cref="LongestLine"/> stops the walk: it is looked for no further than
/// that, so that memory and time stay bounded whatever is handed in.
/// </summary>
public ref struct ListLines
{
    /// <summary>In bytes. Longer lines are no rows of a list.</summary>
    public const int LongestLine = 1 << 20;

    private readonly ReadOnlyMemory<byte> _text;
    private int _at;

    public ListLines(ReadOnlyMemory<byte> utf8)
    {
        _text = utf8;
        _at = utf8.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
    }

    /// <summary>Counted from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The line without its end (LF or CRLF).</summary>
    public ReadOnlyMemory<byte> Current { get; private set; }

    public bool IsTooLong { get; private set; }

    public bool Next()
    {
        if (_at >= _text.Length || IsTooLong)
        {
            return false;
        }

        Number++;
        var rest = _text[_at..];
        var window = rest[..Math.Min(rest.Length, LongestLine + 2)];
        var end = window.Span.IndexOf((byte)'\n');
        if (end < 0 && rest.Length > LongestLine)
        {
            IsTooLong = true;
            return true;
        }

        var line = end < 0 ? rest : rest[..end];
        _at += end < 0 ? rest.Length : end + 1;
        Current = line.Length > 0 && line.Span[^1] == (byte)'\r' ? line[..^1] : line;
        IsTooLong = Current.Length > LongestLine;
        return true;
    }

    /// <summary>What the bytes are, where they are plainly no list; null where they may be one.</summary>
    public static Problem? NotAList(ReadOnlySpan<byte> utf8)
    {
        var text = utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        var start = text.TrimStart(" \t\r\n"u8);
        return start switch
        {
            { Length: 0 } => new("list.empty", "The file is empty: a statement list has one JSON object a line.", "line 1"),
            _ when text.StartsWith("PK\u0003\u0004"u8) => new("list.zip", "This looks like a ZIP archive: unpack it first and hand in the .jsonl file inside.", "line 1"),
            [0x1F, 0x8B, ..] => new("list.gzip", "This looks like a gzip archive: unpack it first and hand in the .jsonl file inside.", "line 1"),
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => new("list.utf-16", "This is UTF-16 text: save it as UTF-8.", "line 1"),
            _ when start.StartsWith("%PDF"u8) => new("list.binary", "This looks like a PDF, not a statement list: the list is a text file with one JSON object a line.", "line 1"),
            [(byte)'[', ..] => new("list.array", "This is a JSON array: a statement list has one JSON object a line, without brackets around it and without commas between rows.", "line 1"),
            [(byte)'<', ..] => new("list.markup", "This looks like XML or HTML, not a statement list: the list is a text file with one JSON object a line.", "line 1"),
            _ when start[..Math.Min(start.Length, 4096)].Contains((byte)0) => new("list.binary", "This is a binary file, not a statement list: the list is a text file with one JSON object a line.", "line 1"),
            _ => null,
        };
    }
}
