using Safeconduct.Intake.Texts.Proposals;

namespace Safeconduct.Intake.Texts.Original;

/// <summary>
/// Walks through a text paragraph by paragraph. A line is a paragraph, unless the lines are wrapped: then one goes on until an empty line. Bounded: a paragraph longer than
/// <see cref="Longest"/> is cut at a space.
/// </summary>
public sealed class Blocks
{
    /// <summary>Longer than any paragraph of an article, and short enough that no text makes reading slow.</summary>
    public const int Longest = 9_000;

    private const int LinesLookedAt = 200;

    private readonly string _text;
    private readonly bool _isWrapped;
    private int _at;

    public Blocks(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text;
        _isWrapped = IsWrapped(text);
    }

    /// <summary>How far the walk is.</summary>
    public int At => _at;

    /// <summary>Fills the block with the next paragraph that has anything in it.</summary>
    public bool Next(Block block)
    {
        ArgumentNullException.ThrowIfNull(block);
        while (_at < _text.Length)
        {
            Fill(block);
            if (!block.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private void Fill(Block block)
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        block.Begin(_at);
        var from = _at;
        while (_at < _text.Length)
        {
            if (_text[_at] == '\n' && EndsHere())
            {
                break;
            }

            if (_text[_at] == '<' && Mending.Tag(_text, _at, out var ends) is > 0 and var tag)
            {
                _at += tag;
                if (ends)
                {
                    break;
                }

                continue;
            }

            if (_text[_at] == '[' && Mending.Note(_text, _at) is > 0 and var note)
            {
                _at += note;
                continue;
            }

            var (plain, taken) = Mending.At(_text, _at);
            if (plain == ' ' && char.IsLetterOrDigit(block.Last) && LostStop())
            {
                block.Add('.', _at, _at + taken);
            }

            if (plain == ' ' ? block.Last != ' ' : plain != '\0')
            {
                block.Add(plain, _at, _at + taken);
            }

            _at += taken;
            if (_at - from >= Longest && plain == ' ')
            {
                break;
            }

            if (_at - from >= Longest + 1000)
            {
                break;
            }
        }

        block.End(_at);
    }

    /// <summary>Two or more spaces inside a line and a capital behind them: a full stop was here and is lost.</summary>
    private bool LostStop()
    {
        var next = _at;
        while (next < _text.Length && _text[next] is ' ')
        {
            next++;
        }

        return next - _at >= 2 && next < _text.Length && char.IsUpper(_text[next]);
    }

    /// <summary>At a line's end: whether the paragraph ends with it.</summary>
    private bool EndsHere()
    {
        if (!_isWrapped)
        {
            return true;
        }

        var next = _at + 1;
        while (next < _text.Length && _text[next] is ' ' or '\t' or '\r')
        {
            next++;
        }

        return next >= _text.Length || _text[next] is '\n' or '-' or '*' or '•' || (char.IsAsciiDigit(_text[next]) && StartsEntry(next));
    }

    /// <summary>"14:20 - " or "12 March: " at the start of a line.</summary>
    private bool StartsEntry(int at)
    {
        var line = _text.AsSpan(at, Math.Min(24, _text.Length - at));
        var mark = line.IndexOfAny(':', '-', '–');
        return mark is > 0 && (line[..mark].Trim().Length <= 12 || (mark + 3 < line.Length && line[mark] == ':' && char.IsAsciiDigit(line[mark + 1])));
    }

    /// <summary>Lines are wrapped where the first word of nearly each next line would not have fitted any more.</summary>
    private static bool IsWrapped(string text)
    {
        var widest = 0;
        var lines = 0;
        var start = 0;
        for (var at = 0; at <= text.Length && lines < LinesLookedAt; at++)
        {
            if (at == text.Length || text[at] == '\n')
            {
                widest = Math.Max(widest, LengthOf(text, start, at));
                start = at + 1;
                lines++;
            }
        }

        if (widest is > 130 or < 30)
        {
            return false;
        }

        var (full, follows) = (0, 0);
        start = 0;
        lines = 0;
        for (var at = 0; at < text.Length && lines < LinesLookedAt; at++)
        {
            if (text[at] != '\n')
            {
                continue;
            }

            var length = LengthOf(text, start, at);
            var word = at + 1;
            while (word < text.Length && !char.IsWhiteSpace(text[word]))
            {
                word++;
            }

            if (length > 0 && word > at + 1)
            {
                follows++;
                full += length + (word - at) > widest - 4 ? 1 : 0;
            }

            start = at + 1;
            lines++;
        }

        return follows > 0 && full * 10 >= follows * 7;
    }

    private static int LengthOf(string text, int start, int end) => text.AsSpan(start, end - start).TrimEnd().Length;
}
