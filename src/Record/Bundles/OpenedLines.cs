using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Safeconduct.Record;

/// <summary>One opened body of a bundle, as a line of <c>opened/</c>.</summary>
internal sealed record OpenedLine(long Entry, int Body, string Media, Hash Commit, OpenedBody Opened)
{
    /// <summary>Where the body goes if it is not text that a line can hold: a file named by the SHA-256 of its bytes.</summary>
    internal string? File => IsText(Opened.Text.Span) ? null : $"blobs/{Hash.Of(Opened.Text.Span)}";

    internal string Line => FormattableString.Invariant($$"""{"entry":{{Entry}},"body":{{Body}},"media":"{{Media}}","commit":"{{Commit}}","salt":"{{Convert.ToHexStringLower(Opened.Salt.Span)}}",""")
        + (File is { } file ? $$"""
            "file":"{{file}}"}
            """ : $$"""
            "text":"{{Escape(Encoding.UTF8.GetString(Opened.Text.Span))}}"}
            """);

    /// <summary>Reads a line; <paramref name="read"/> gives the bytes of a file it names. Null where the line is not of this form.</summary>
    internal static OpenedLine? Read(string line, Func<string, ReadOnlyMemory<byte>?> read)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            ReadOnlyMemory<byte>? text = root.TryGetProperty("file", out var file) ? read(file.GetString() ?? "") : Encoding.UTF8.GetBytes(root.GetProperty("text").GetString() ?? "");
            if (text is not { } bytes || Hash.Parse(root.GetProperty("commit").GetString()) is not { } commit || Hex.Read(root.GetProperty("salt").GetString(), Sealing.SaltLength) is not { } salt)
            {
                return null;
            }

            var found = new OpenedLine(root.GetProperty("entry").GetInt64(), root.GetProperty("body").GetInt32(), root.GetProperty("media").GetString() ?? "", commit, new OpenedBody(salt, bytes));
            return found.Line == line ? found : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    // A byte order mark would be lost on the way through many readers; such a text goes as a file.
    private static bool IsText(ReadOnlySpan<byte> text) => Utf8.IsValid(text) && !text.StartsWith("\uFEFF"u8);

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var one in text)
        {
            _ = one switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\b' => escaped.Append("\\b"),
                '\f' => escaped.Append("\\f"),
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                < ' ' => escaped.Append("\\u00").Append(((int)one).ToString("x2", System.Globalization.CultureInfo.InvariantCulture)),
                _ => escaped.Append(one),
            };
        }

        return escaped.ToString();
    }
}
