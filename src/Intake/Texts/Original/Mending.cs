using System.Globalization;
using System.Net;
using System.Text;

namespace Safeconduct.Intake.Texts.Original;

/// <summary>
/// What stands at one place of a text, made plain: an entity of HTML, a character that was read in the wrong code page (UTF-8 taken for Windows-1252, "â€œ"), an unseen
/// character, a tag. Never looks further than a few characters ahead.
/// </summary>
internal static class Mending
{
    private const int LongestEntity = 10;
    private const int LongestTag = 400;
    private const int LongestNote = 28;

    /// <summary>The characters that Windows-1252 has at 0x80 to 0x9F; 0 where it has none, and the byte stands for itself.</summary>
    private const string HighHalf = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";

    /// <summary>The plain character at a place and how many of the original's characters it takes; a character of 0 is none at all.</summary>
    public static (char Plain, int Taken) At(string text, int at)
    {
        var c = text[at];
        return c switch
        {
            '&' => Entity(text, at),
            >= 'Â' and <= 'ô' when at + 1 < text.Length => Misread(text, at),
            _ when char.IsWhiteSpace(c) => (' ', 1),
            _ when char.IsSurrogate(c) => (' ', char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1),
            < ' ' or '�' => (' ', 1),
            < (char)0x7f => (c, 1),
            _ when char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control => ('\0', 1),
            _ => (c, 1),
        };
    }

    /// <summary>How long the tag at a place is, and whether it ends a paragraph; 0 where there is none.</summary>
    public static int Tag(string text, int at, out bool endsParagraph)
    {
        endsParagraph = false;
        if (text[at] != '<' || at + 2 >= text.Length || !(char.IsAsciiLetter(text[at + 1]) || text[at + 1] is '/' or '!'))
        {
            return 0;
        }

        var close = text.AsSpan(at, Math.Min(LongestTag, text.Length - at)).IndexOf('>');
        if (close < 0)
        {
            return 0;
        }

        var name = text.AsSpan(at + 1, close - 1).TrimStart('/');
        var end = name.IndexOfAnyExceptInRange('0', 'z');
        name = end >= 0 ? name[..end] : name;
        endsParagraph = name is "p" or "br" or "div" or "li" or "ul" or "ol" or "h1" or "h2" or "h3" or "h4" or "tr" or "td" or "table" or "blockquote" or "section" or "article"
            or "P" or "BR" or "DIV" or "LI" or "TR" or "TD";
        return close + 1;
    }

    /// <summary>How long the mark of a footnote at a place is, "[9]", "[a]", "[note 2]", "[citation needed]"; 0 where there is none. A bracket behind a space holds words of the text.</summary>
    public static int Note(string text, int at)
    {
        if (text[at] != '[' || at == 0)
        {
            return 0;
        }

        var close = text.AsSpan(at, Math.Min(LongestNote, text.Length - at)).IndexOf(']');
        if (close < 2)
        {
            return 0;
        }

        var inner = text.AsSpan(at + 1, close - 1);
        if (inner.EndsWith(" needed", StringComparison.OrdinalIgnoreCase) || inner is "sic" or "who?" or "when?" or "where?")
        {
            return close + 1;
        }

        if (char.IsWhiteSpace(text[at - 1]))
        {
            return 0;
        }

        var number = inner.StartsWith("note ") || inner.StartsWith("nb ") ? inner[(inner.IndexOf(' ') + 1)..] : inner;
        return (number.Length <= 3 && !number.ContainsAnyExceptInRange('0', '9') && number.Length > 0) || (inner.Length == 1 && char.IsAsciiLetterLower(inner[0])) ? close + 1 : 0;
    }

    private static (char Plain, int Taken) Entity(string text, int at)
    {
        var end = text.AsSpan(at, Math.Min(LongestEntity, text.Length - at)).IndexOf(';');
        if (end < 2)
        {
            return ('&', 1);
        }

        var decoded = WebUtility.HtmlDecode(text.Substring(at, end + 1));
        return decoded.Length == 1 ? (char.IsWhiteSpace(decoded[0]) ? ' ' : decoded[0], end + 1) : ('&', 1);
    }

    private static (char Plain, int Taken) Misread(string text, int at)
    {
        var lead = text[at];
        var length = lead switch { < 'à' => 2, < 'ð' => 3, _ => 0 };
        if (length == 0 || at + length > text.Length)
        {
            // "â€" with its third byte lost stands for a closing quotation mark in most of what is found.
            return lead == 'â' && at + 1 < text.Length && text[at + 1] == '€' ? ('”', 2) : (lead, 1);
        }

        Span<byte> bytes = stackalloc byte[3];
        bytes[0] = (byte)lead;
        for (var i = 1; i < length; i++)
        {
            if (ByteOf(text[at + i]) is not (>= 0x80 and <= 0xBF and var continuation))
            {
                return lead == 'â' && text[at + 1] == '€' ? ('”', 2) : (lead, 1);
            }

            bytes[i] = (byte)continuation;
        }

        return Rune.DecodeFromUtf8(bytes[..length], out var rune, out var used) is System.Buffers.OperationStatus.Done && used == length && rune.IsBmp
            ? (Rune.IsWhiteSpace(rune) ? ' ' : (char)rune.Value, length)
            : (lead, 1);
    }

    private static int ByteOf(char c) => c <= 0xFF ? c : HighHalf.IndexOf(c) is >= 0 and var at ? 0x80 + at : -1;
}
