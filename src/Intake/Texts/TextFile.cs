using System.Text;
using System.Text.Unicode;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Statements;

namespace Safeconduct.Intake.Texts;

/// <summary>
/// A text as a file holds it. Its first line may be a header, <c># source: ...; date: YYYY-MM-DD; language: xx</c>: it gives what nobody says otherwise, and is no part of the text.
/// </summary>
/// <param name="Decoded">The whole file.</param>
/// <param name="BodyStart">Where the text begins in it, in UTF-16 characters.</param>
/// <param name="Source">As the header says; null without one.</param>
public sealed record TextFile(string Decoded, int BodyStart, string? Source, LocalDate? Date, string? Language)
{
    /// <summary>A file with more bytes holds no text that would be read, in any script.</summary>
    public const int LargestBytes = 4 * TextIntake.LongestText;

    /// <summary>The text itself: what is read, hashed and kept.</summary>
    public string Body { get; } = Decoded[BodyStart..];

    /// <summary>Refusals: <c>text.too-large</c>, <c>text.empty</c>, <c>text.utf-16</c>, <c>text.not-utf8</c>, <c>text.binary</c>, <c>text.too-long</c>, <c>text.header-date</c>.</summary>
    public static Parsed<TextFile> Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > LargestBytes)
        {
            return Not("text.too-large", TooLarge);
        }

        var span = bytes.Span;
        if (span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || span.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return Not("text.utf-16", "The file is UTF-16; save it as UTF-8.");
        }

        if (!Utf8.IsValid(span))
        {
            return NotUtf8(span);
        }

        var text = Encoding.UTF8.GetString(span.StartsWith("\uFEFF"u8) ? span[3..] : span);
        return ControlIn(text) is >= 0 and var at
            ? Not("text.binary", $"The file is no text: there is a control character (U+{(int)text[at]:X4}) at character {Shown.Grouped(at + 1)}. Save it as plain text in UTF-8.")
            : Headed(text);
    }

    /// <summary>What is wrong with a text that came by another way than a file; null where nothing is.</summary>
    public static Problem? Refusal(string text) => text switch
    {
        { Length: > TextIntake.LongestText } => new("text.too-long", $"A text of more than {Shown.Grouped(TextIntake.LongestText)} characters is refused; this has {Shown.Grouped(text.Length)}. Take it in by parts."),
        _ when string.IsNullOrWhiteSpace(text) => new("text.empty", "There is no text here; nothing was read."),
        _ when HalfIn(text) is >= 0 and var half => new("text.half-character", $"The text holds half a character (an unpaired surrogate) at character {Shown.Grouped(half + 1)}; copy it again."),
        _ when ControlIn(text) is >= 0 and var at => new("text.binary", $"The text holds a control character (U+{(int)text[at]:X4}) at character {Shown.Grouped(at + 1)}; copy it again as plain text."),
        _ => null,
    };

    public static string TooLarge { get; } = $"A file of more than {Shown.Grouped(LargestBytes)} bytes is refused; it was not read. Take the text in by parts.";

    private static Parsed<TextFile> Headed(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = (end < 0 ? text : text[..end]).TrimEnd('\r');
        var file = new TextFile(text, 0, null, null, null);
        if (first.StartsWith("# source:", StringComparison.Ordinal))
        {
            // The words of the source may hold semicolons; date and language stand behind them.
            var (date, language) = (PartOf(first, "date:"), PartOf(first, "language:"));
            var day = date is { } d ? LocalDatePattern.Iso.Parse(d.Value) : null;
            if (day is { Success: false })
            {
                return Parsed<TextFile>.Not(new Problem("text.header-date", $"The header's date '{Shown.Short(date!.Value.Value)}' is not a day; write date: 2031-05-02.", "1"));
            }

            var source = first["# source:".Length..Math.Min(date?.Start ?? first.Length, language?.Start ?? first.Length)].Trim();
            file = new(text, end < 0 ? text.Length : end + 1, source.Length > 0 ? source : null, day?.Value, language?.Value);
        }

        return Refusal(file.Body) is { } refusal ? Parsed<TextFile>.Not(refusal) : Parsed<TextFile>.Of(file);
    }

    private static int ControlIn(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] < ' ' && text[i] is not ('\t' or '\n' or '\r' or '\f'))
            {
                return i;
            }
        }

        return -1;
    }

    private static int HalfIn(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static Parsed<TextFile> NotUtf8(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) is System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        var isHalf = bytes[at] == 0xED && at + 1 < bytes.Length && bytes[at + 1] >= 0xA0;
        return bytes[..at].Contains((byte)0)
            ? Not("text.binary", "The file is no text: it holds zero bytes. Save it as plain text in UTF-8.")
            : Not("text.not-utf8", $"The file is not UTF-8: {(isHalf ? "half a character (an unpaired surrogate)" : $"byte 0x{bytes[at]:X2}")} at byte {Shown.Grouped(at + 1)}. Save it as UTF-8.");
    }

    private static Parsed<TextFile> Not(string code, string message) => Parsed<TextFile>.Not(new Problem(code, message));

    /// <summary>What stands behind <c>; name:</c> up to the next semicolon, and where that begins; null where it is not there.</summary>
    private static (int Start, string Value)? PartOf(string header, string name)
    {
        for (var at = header.LastIndexOf(';'); at >= 0; at = at == 0 ? -1 : header.LastIndexOf(';', at - 1))
        {
            var part = header[(at + 1)..].Split(';')[0].Trim();
            if (part.StartsWith(name, StringComparison.Ordinal))
            {
                return (at, part[name.Length..].Trim());
            }
        }

        return null;
    }
}
