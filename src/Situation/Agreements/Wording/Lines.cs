using System.Text;
using Safeconduct.Statements;

namespace Safeconduct.Situation.Agreements.Wording;

internal enum TokenKind
{
    Word,
    Number,
    Time,

    /// <summary>Digits with letters or points: the number of a term, and nothing else.</summary>
    Label,
    Quoted,
    Id,
    Mark,
    End,
}

internal readonly record struct Piece(TokenKind Kind, string Text, At At, int Length);

/// <summary>A line of the agreement with the lines that go on with it.</summary>
internal sealed class Line(int indent, At at)
{
    public int Indent { get; } = indent;

    public At At { get; } = at;

    public List<Piece> Pieces { get; } = [];

    public List<string> CommentsBefore { get; } = [];

    public List<string> CommentsAtEnd { get; } = [];

    public bool InBrackets { get; set; }
}

/// <summary>A line at the margin with the lines indented under it.</summary>
internal sealed record Block(Line Head, List<Line> Body);

/// <summary>Cuts a text into lines and words. Every character is looked at once.</summary>
internal sealed class LineCutter(Action<WordingProblem> say)
{
    public const int LongestLine = 4_000;
    public const int LongestQuoted = 2_000;

    private static readonly System.Buffers.SearchValues<char> DigitsAndGroups = System.Buffers.SearchValues.Create("0123456789,");

    private readonly StringBuilder _quoted = new();
    private List<string> _pending = [];

    public List<Block> Blocks { get; } = [];

    /// <summary>Comments after the last line.</summary>
    public IReadOnlyList<string> Trailing => _pending;

    public void Cut(string text)
    {
        var number = 0;
        var bodyIndent = 0;
        Line? last = null;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            number++;
            var physical = number == 1 && raw.Length > 0 && raw[0] == '\uFEFF' ? raw[1..] : raw;
            if (physical.Length > LongestLine)
            {
                say(new WordingProblem("agreement.line-too-long", $"This line has {Shown.Grouped(physical.Length)} characters and {Shown.Grouped(LongestLine)} is the most; go on with it on the next line, indented further.", new At(number, 1), 1, Severity.Error));
                continue;
            }

            var indent = IndentOf(physical, number);
            var rest = physical[indent..].TrimEnd();
            if (rest.Length == 0)
            {
                continue;
            }

            if (rest.StartsWith("--", StringComparison.Ordinal))
            {
                _pending.Add(CommentOf(rest));
                continue;
            }

            var at = new At(number, indent + 1);
            if (indent == 0 || Blocks.Count == 0)
            {
                last = Begin(indent, at);
                Blocks.Add(new Block(last, []));
                bodyIndent = 0;
            }
            else if (IsVersion(Blocks[^1].Head) || (bodyIndent > 0 && indent > bodyIndent))
            {
                last!.CommentsBefore.AddRange(_pending);
                _pending = [];
            }
            else
            {
                if (indent < 2 || (bodyIndent > 0 && indent < bodyIndent))
                {
                    say(new WordingProblem("agreement.indent", indent < 2 ? "Indent the lines of an agreement or a term by at least two spaces." : "This line is indented less than the first line under its heading; indent lines that are of the same rank alike.", at, 1, Severity.Error));
                }

                bodyIndent = bodyIndent == 0 ? indent : bodyIndent;
                last = Begin(indent, at);
                Blocks[^1].Body.Add(last);
            }

            CutLine(physical.TrimEnd(), indent, number, last!);
        }
    }

    private static bool IsVersion(Line head) => head.Pieces is [{ Kind: TokenKind.Word, Text: "version" }, ..];

    private static string CommentOf(ReadOnlySpan<char> from)
    {
        var words = from.TrimStart('-').Trim();
        var plain = new StringBuilder(words.Length);
        foreach (var c in words)
        {
            plain.Append(char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c);
        }

        return plain.ToString().Trim();
    }

    private Line Begin(int indent, At at)
    {
        var line = new Line(indent, at);
        line.CommentsBefore.AddRange(_pending);
        _pending = [];
        return line;
    }

    private int IndentOf(ReadOnlySpan<char> line, int number)
    {
        var i = 0;
        var tab = -1;
        while (i < line.Length && line[i] is ' ' or '\t')
        {
            tab = tab < 0 && line[i] == '\t' ? i : tab;
            i++;
        }

        if (tab >= 0 && i < line.Length)
        {
            say(new WordingProblem("agreement.tab", "A tab is as wide as each editor makes it; indent with spaces.", new At(number, tab + 1), 1, Severity.Error));
        }

        return i;
    }

    private void CutLine(ReadOnlySpan<char> line, int from, int number, Line into)
    {
        var strayRun = false;
        for (var i = from; i < line.Length;)
        {
            var c = line[i];
            var at = new At(number, i + 1);
            var stray = false;
            if (c is ' ' or '\t')
            {
                i++;
            }
            else if (c == '-' && i + 1 < line.Length && line[i + 1] == '-')
            {
                into.CommentsAtEnd.Add(CommentOf(line[i..]));
                return;
            }
            else if (IsQuote(c))
            {
                i = Quoted(line, i, at, into);
            }
            else if (into.InBrackets && c is not ',' and not ']')
            {
                var end = i;
                while (end < line.Length && line[end] is not ',' and not ']' and not ' ' and not '\t' and not '"' && !char.IsControl(line[end]))
                {
                    end++;
                }

                end = Math.Max(end, i + 1);
                into.Pieces.Add(new Piece(TokenKind.Id, line[i..end].ToString(), at, end - i));
                i = end;
            }
            else if (c is ',' or ';' or '=' or '(' or ')' or ':' or '[' or ']')
            {
                into.InBrackets = c == '[' || (into.InBrackets && c != ']');
                into.Pieces.Add(new Piece(TokenKind.Mark, c.ToString(), at, 1));
                i++;
            }
            else if (char.IsAsciiDigit(c))
            {
                i = Digits(line, i, at, into);
            }
            else if (char.IsAsciiLetter(c))
            {
                i = Word(line, i, at, into);
            }
            else
            {
                stray = true;
                if (!strayRun)
                {
                    say(new WordingProblem("agreement.stray-character", $"{NameOf(c)} means nothing here.", at, 1, Severity.Error, "words, numbers, names in double quotes, and the marks , ; = : ( ) [ ]", c is '.' or '!' or '?' ? "no mark at the end of a line" : null));
                }

                i++;
            }

            strayRun = stray;
        }
    }

    private int Word(ReadOnlySpan<char> line, int from, At at, Line into)
    {
        var end = from;
        var capital = false;
        while (end < line.Length && (char.IsAsciiLetterOrDigit(line[end]) || (line[end] == '-' && !(end + 1 < line.Length && line[end + 1] == '-'))))
        {
            capital |= char.IsAsciiLetterUpper(line[end]);
            end++;
        }

        var word = line[from..end].ToString();
        if (capital)
        {
            say(new WordingProblem("agreement.capitals", $"Words and names are in lower case: '{Shown.Short(word)}'.", at, end - from, Severity.Error, null, Shown.Short(word.ToLowerInvariant())));
            word = word.ToLowerInvariant();
        }

        into.Pieces.Add(new Piece(TokenKind.Word, word, at, end - from));
        return end;
    }

    private static int Digits(ReadOnlySpan<char> line, int from, At at, Line into)
    {
        var end = from;
        while (end < line.Length && (char.IsAsciiLetterOrDigit(line[end]) || line[end] is '.' or ':' or '+' || (line[end] == '-' && !(end + 1 < line.Length && line[end + 1] == '-')) || IsGroup(line, end)))
        {
            end++;
        }

        var text = line[from..end];
        var kind = text.IndexOfAnyExceptInRange('0', '9') is var other && (other < 0 || text.IndexOfAnyExcept(DigitsAndGroups) < 0) ? TokenKind.Number
            : other == 4 && text[4] == '-' ? TokenKind.Time
            : TokenKind.Label;
        into.Pieces.Add(new Piece(kind, text.ToString(), at, end - from));
        return end;
    }

    /// <summary>A comma with exactly three digits behind it groups them.</summary>
    private static bool IsGroup(ReadOnlySpan<char> line, int at) =>
        line[at] == ',' && at + 3 < line.Length && char.IsAsciiDigit(line[at - 1]) && char.IsAsciiDigit(line[at + 1]) && char.IsAsciiDigit(line[at + 2]) && char.IsAsciiDigit(line[at + 3])
        && (at + 4 >= line.Length || !char.IsAsciiDigit(line[at + 4]));

    private int Quoted(ReadOnlySpan<char> line, int from, At at, Line into)
    {
        var curly = line[from] != '"';
        _quoted.Clear();
        var i = from + 1;
        var closed = false;
        while (i < line.Length)
        {
            var c = line[i];
            if (curly ? IsQuote(c) : c == '"')
            {
                // A quote inside is written twice.
                if (c == '"' && !curly && i + 1 < line.Length && line[i + 1] == '"')
                {
                    i++;
                }
                else
                {
                    closed = true;
                    i++;
                    break;
                }
            }

            var pair = char.IsHighSurrogate(c) && i + 1 < line.Length && char.IsLowSurrogate(line[i + 1]);
            if (char.IsControl(c) || (char.IsSurrogate(c) && !pair))
            {
                say(new WordingProblem("agreement.stray-character", $"{NameOf(c)} can't stand in a name or in words.", new At(at.Line, i + 1), 1, Severity.Error));
                c = ' ';
            }

            _quoted.Append(c);
            if (pair)
            {
                _quoted.Append(line[++i]);
            }

            i++;
        }

        if (curly)
        {
            say(new WordingProblem("agreement.curly-quote", "Names stand in straight double quotes.", at, 1, Severity.Error, null, $"\"{Shown.Short(_quoted.ToString())}\""));
        }

        if (!closed)
        {
            say(new WordingProblem("agreement.unclosed-quote", "The quote that opens here is not closed on its line.", at, 1, Severity.Error, "a closing \" on the same line"));
        }
        else if (_quoted.Length > LongestQuoted)
        {
            say(new WordingProblem("agreement.words-too-long", $"Words in quotes are at most {Shown.Grouped(LongestQuoted)} characters.", at, i - from, Severity.Error));
        }

        into.Pieces.Add(new Piece(TokenKind.Quoted, _quoted.ToString(), at, i - from));
        return i;
    }

    private static bool IsQuote(char c) => c is '"' or '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u00AB' or '\u00BB';

    private static string NameOf(char c) => char.IsControl(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.SpaceSeparator
        ? $"The character U+{(int)c:X4}"
        : $"'{c}'";
}
