using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Safeconduct.Record;

/// <summary>
/// A statement's body as lines that anybody can read, made from the JSON that was signed and nothing else. Knows no kind of statement: a field that is new tomorrow is
/// printed under its own name. Source: <c>formats/bundle.md</c>, which gives the same rules to <c>verify.py</c>.
/// </summary>
internal static class PlainText
{
    private const int MostDepth = 32;
    private const int Column = 20;

    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["by"] = "Said by", ["relayed_by"] = "Relayed by", ["basis"] = "Known by", ["said_at"] = "Said at", ["about"] = "Speaks of", ["about_words"] = "In its words", ["from"] = "From", ["to"] = "To", ["via"] = "By way of",
        ["modality"] = "Put as", ["said"] = "Says", ["measured"] = "Number", ["words"] = "Words", ["paraphrase"] = "In short", ["citation"] = "Read in", ["reception"] = "Received", ["attached"] = "Attached",
        ["handling"] = "Goes to", ["consent"] = "Consent", ["links"] = "Link", ["imported"] = "Imported as",
    };

    /// <summary>The body's JSON, or null where it is not an object with an id and a kind in texts, with no member twice, no half character and at most 32 levels.</summary>
    internal static JsonDocument? Open(ReadOnlyMemory<byte> body)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MostDepth });
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root && IsWhole(root) && Text(root, "id") is not null && Text(root, "kind") is not null)
            {
                return document;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not ours to mend: it is told as what can't be read.
        }

        document?.Dispose();
        return null;
    }

    internal static void Write(StringBuilder text, JsonElement body)
    {
        text.Append(Name(Text(body, "id")!)).Append(": ").Append(Name(Text(body, "kind")!)).Append('\n');
        foreach (var field in body.EnumerateObject().Where(f => f.Name is not ("v" or "id" or "kind") && f.Value.ValueKind is not JsonValueKind.Null))
        {
            var label = Labels.GetValueOrDefault(field.Name) ?? Name(field.Name);
            foreach (var value in field.Value.ValueKind is JsonValueKind.Array ? field.Value.EnumerateArray() : (IEnumerable<JsonElement>)[field.Value])
            {
                Line(text, label, Shown(value));
            }
        }
    }

    internal static void Line(StringBuilder text, string label, string value) =>
        text.Append("    ").Append(label.PadRight(Column - 5)).Append(' ').Append(value.Replace("\n", "\n" + new string(' ', Column), StringComparison.Ordinal)).Append('\n');

    /// <summary>Text with nothing in it that could act on a terminal, hide, or turn what stands beside it around: such characters are written as <c>\u{...}</c>, and a backslash twice. Line feeds stay.</summary>
    internal static string Safe(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '\\' => safe.Append(@"\\"),
                '\n' => safe.Append('\n'),
                < 0x20 or (>= 0x7F and <= 0x9F) or 0xAD or 0x61C or 0x180E or 0x200B or 0x200E or 0x200F or (>= 0x2028 and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0xFEFF or (>= 0xFFF9 and <= 0xFFFB) or (>= 0xE0000 and <= 0xE007F)
                    => safe.Append(@"\u{").Append(rune.Value.ToString("x", CultureInfo.InvariantCulture)).Append('}'),
                _ => safe.Append(rune.ToString()),
            };
        }

        return safe.ToString();
    }

    /// <summary>As <see cref="Safe"/>, in one line.</summary>
    internal static string Name(string text) => Safe(text).Replace("\n", @"\u{a}", StringComparison.Ordinal);

    // What somebody or something is called stands first, and what else is said of it in brackets behind.
    private static string Shown(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            return Scalar(value) ?? string.Join("; ", Parts("", value));
        }

        var lead = Text(value, "name") is not null ? "name" : Text(value, "text") is not null ? "text" : null;
        var rest = string.Join("; ", value.EnumerateObject().Where(f => f.Name != lead).SelectMany(f => Parts(Name(f.Name), f.Value)));
        return lead is null ? rest : Safe(Text(value, lead)!) + (rest.Length > 0 ? $" ({rest})" : "");
    }

    private static IEnumerable<string> Parts(string path, JsonElement value)
    {
        var stem = path.Length == 0 ? "" : path + ".";
        return value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(f => Parts(stem + Name(f.Name), f.Value)),
            JsonValueKind.Array => value.EnumerateArray().SelectMany((v, i) => Parts(stem + (i + 1).ToString(CultureInfo.InvariantCulture), v)),
            JsonValueKind.Null => [],
            _ => [path.Length == 0 ? Scalar(value)! : $"{path}: {Scalar(value)}"],
        };
    }

    private static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Safe(value.GetString()!),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    private static string? Text(JsonElement value, string name) => value.TryGetProperty(name, out var found) && found.ValueKind is JsonValueKind.String ? found.GetString() : null;

    private static bool IsWhole(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var names = new HashSet<string>(StringComparer.Ordinal);
                return value.EnumerateObject().All(f => names.Add(f.Name) && IsWhole(f.Value));
            case JsonValueKind.Array:
                return value.EnumerateArray().All(IsWhole);
            case JsonValueKind.String:
                // Throws where half a character stands in it.
                _ = value.GetString();
                return true;
            default:
                return true;
        }
    }
}
