using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using Safeconduct.Intake.List;
using Safeconduct.Statements;

namespace Safeconduct.Intake.Tables;

/// <summary>A mapping as a file (<c>formats/table-mapping.md</c>): read strictly, written in one order, so that what was written reads back the same.</summary>
public static class MappingJson
{
    /// <summary>In bytes; a longer file is no mapping.</summary>
    public const int LongestFile = 256 * 1024;

    private const int MostCounts = 100;
    private static readonly string[] Names = ["mapping", "sheet", "header_row", "dates", "clock", "fields", "counts", "leave_out", "same_rows"];
    private static readonly string[] FromNames = ["column", "always", "words", "clock", "why"];
    private static readonly (string Word, DateOrder Order)[] Orders =
        [("day-month-year", DateOrder.DayMonthYear), ("month-day-year", DateOrder.MonthDayYear), ("serial", DateOrder.Serial), ("serial-1904", DateOrder.Serial1904)];

    public static Parsed<Mapping> Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            if (utf8.Length > LongestFile)
            {
                throw new RefusedException("mapping.too-large", $"A mapping has at most {Shown.Grouped(LongestFile)} bytes.");
            }

            using var json = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            return Parsed<Mapping>.Of(Whole(json.RootElement));
        }
        catch (JsonException broken)
        {
            return Parsed<Mapping>.Not(new Problem("mapping.not-json", "The mapping is not a JSON object, or names something twice; write it as formats/table-mapping.md says.", $"line {Shown.Number((broken.LineNumber ?? 0) + 1)}"));
        }
        catch (RefusedException refused)
        {
            return Parsed<Mapping>.Not(refused.Problem);
        }
    }

    public static string Write(Mapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("mapping", 1);
            Text(json, "sheet", mapping.Sheet);
            if (mapping.HeaderRow is { } row)
            {
                json.WriteNumber("header_row", row);
            }

            Text(json, "dates", Orders.FirstOrDefault(o => o.Order == mapping.Dates).Word);
            Text(json, "clock", mapping.Clock);
            json.WritePropertyName("fields");
            Fields(json, mapping.Fields);
            if (mapping.Counts.Count > 0)
            {
                json.WriteStartArray("counts");
                foreach (var count in mapping.Counts)
                {
                    Fields(json, count);
                }

                json.WriteEndArray();
            }

            if (mapping.LeaveOut.Count > 0)
            {
                json.WriteStartArray("leave_out");
                foreach (var left in mapping.LeaveOut)
                {
                    json.WriteStartObject();
                    json.WriteString("column", left.Column);
                    json.WriteStartArray("words");
                    foreach (var word in left.Words)
                    {
                        json.WriteStringValue(word);
                    }

                    json.WriteEndArray();
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            Text(json, "same_rows", mapping.NumbersSameRows ? "number" : null);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    /// <summary>The clock that a mapping names, or null where it names none.</summary>
    /// <exception cref="RefusedException"><c>mapping.clock</c>.</exception>
    internal static DateTimeZone? ClockOf(string? name, string place)
    {
        if (name is null)
        {
            return null;
        }

        return NodaTime.Text.OffsetPattern.CreateWithInvariantCulture("+HH:mm").Parse(name) is { Success: true } offset ? DateTimeZone.ForOffset(offset.Value)
            : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)
            ?? throw new RefusedException("mapping.clock", $"'{Shown.Short(name)}' is no clock; write a zone such as Europe/Kyiv, or an offset such as +02:00.", place);
    }

    private static Mapping Whole(JsonElement json)
    {
        Known(json, Names, "");
        if (!json.TryGetProperty("mapping", out var version) || version.ValueKind is not JsonValueKind.Number || !version.TryGetInt32(out var v) || v != 1)
        {
            throw new RefusedException("mapping.version", "A mapping begins with \"mapping\": 1, the version of its form.", "mapping");
        }

        var clock = Said(json, "clock", "");
        _ = ClockOf(clock, "clock");
        return new Mapping
        {
            Sheet = Said(json, "sheet", ""),
            HeaderRow = RowOf(json),
            Dates = Said(json, "dates", "") is { } order ? OrderOf(order) : null,
            Clock = clock,
            Fields = json.TryGetProperty("fields", out var fields) ? FieldsOf(fields, "fields") : throw new RefusedException("mapping.no-fields", "The mapping has no \"fields\": say from which column each field comes.", "fields"),
            Counts = [.. Each(json, "counts").Select((c, i) => FieldsOf(c, $"counts[{Shown.Number(i)}]"))],
            LeaveOut = [.. Each(json, "leave_out").Select((l, i) => LeftOutOf(l, $"leave_out[{Shown.Number(i)}]"))],
            NumbersSameRows = Said(json, "same_rows", "") switch
            {
                null or "refuse" => false,
                "number" => true,
                { } other => throw new RefusedException("mapping.same-rows", $"'{Shown.Short(other)}' is not what can be done with two rows of the same words; write refuse or number.", "same_rows"),
            },
        };
    }

    private static int? RowOf(JsonElement json)
    {
        if (!json.TryGetProperty("header_row", out var row))
        {
            return null;
        }

        return row.ValueKind is JsonValueKind.Number && row.TryGetInt32(out var number) && number is >= 1 and <= 1_000
            ? number
            : throw new RefusedException("mapping.header-row", "The header row is a number from 1 to 1000.", "header_row");
    }

    /// <summary>The order of dates that a word of the mapping names.</summary>
    /// <exception cref="RefusedException"><c>mapping.dates</c>.</exception>
    public static DateOrder OrderOf(string word) => Orders.FirstOrDefault(o => o.Word == word) is { Word: not null } known
        ? known.Order
        : throw new RefusedException("mapping.dates", $"'{Shown.Short(word)}' is no order of dates{Nearest.Hint(word, [.. Orders.Select(o => o.Word)])}.", "dates");

    private static Dictionary<string, FieldFrom> FieldsOf(JsonElement json, string place)
    {
        Known(json, Mapping.FieldNames, place);
        return json.EnumerateObject().ToDictionary(p => p.Name, p => FromOf(p.Value, $"{place}.{p.Name}"), StringComparer.Ordinal);
    }

    private static FieldFrom FromOf(JsonElement json, string place)
    {
        Known(json, FromNames, place);
        var words = json.TryGetProperty("words", out var given) ? WordsOf(given, place + ".words") : null;
        var clock = Said(json, "clock", place);
        _ = ClockOf(clock, place + ".clock");
        var from = new FieldFrom(Said(json, "column", place), Said(json, "always", place), words, clock, Said(json, "why", place));
        return (from.Column is null) != (from.Always is null)
            ? from
            : throw new RefusedException("mapping.column-or-always", "A field comes from a \"column\", or is \"always\" one value: write one of the two.", place);
    }

    private static Dictionary<string, string> WordsOf(JsonElement json, string place)
    {
        Known(json, null, place);
        var words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in json.EnumerateObject())
        {
            if (!words.TryAdd(word.Name.Trim(), TextOf(word.Value, $"{place}.{Shown.Short(word.Name)}")))
            {
                throw new RefusedException("mapping.word-twice", $"'{Shown.Short(word.Name)}' is given twice; upper and lower case are one word.", place);
            }
        }

        return words;
    }

    private static LeftOut LeftOutOf(JsonElement json, string place)
    {
        Known(json, ["column", "words"], place);
        var column = Said(json, "column", place) ?? throw new RefusedException("mapping.column-or-always", "Say in which \"column\" the words stand.", place);
        return new LeftOut(column, [.. Each(json, "words").Select(w => TextOf(w, place + ".words"))]);
    }

    private static IEnumerable<JsonElement> Each(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var list))
        {
            return [];
        }

        return list.ValueKind is JsonValueKind.Array && list.GetArrayLength() <= MostCounts
            ? list.EnumerateArray()
            : throw new RefusedException("mapping.not-a-list", $"\"{name}\" is a list of at most {Shown.Number(MostCounts)}.", name);
    }

    private static string? Said(JsonElement json, string name, string place) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? TextOf(value, place.Length == 0 ? name : $"{place}.{name}") : null;

    private static string TextOf(JsonElement value, string place) => value.ValueKind is JsonValueKind.String
        ? value.GetString()!
        : throw new RefusedException("mapping.not-text", "This must be text.", place);

    private static void Known(JsonElement json, IReadOnlyList<string>? names, string place)
    {
        if (json.ValueKind is not JsonValueKind.Object)
        {
            throw new RefusedException("mapping.not-an-object", "This must be a JSON object.", place);
        }

        if (names is not null && json.EnumerateObject().Select(p => p.Name).FirstOrDefault(n => !names.Contains(n)) is { } unknown)
        {
            throw new RefusedException("mapping.unknown-field", $"'{Shown.Short(unknown)}' is not known here{Nearest.Hint(unknown, names)}.", place.Length == 0 ? Shown.Short(unknown) : $"{place}.{Shown.Short(unknown)}");
        }
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void Fields(Utf8JsonWriter json, IReadOnlyDictionary<string, FieldFrom> fields)
    {
        json.WriteStartObject();
        foreach (var name in Mapping.FieldNames.Where(fields.ContainsKey))
        {
            var from = fields[name];
            json.WriteStartObject(name);
            Text(json, "column", from.Column);
            Text(json, "always", from.Always);
            if (from.Words is { Count: > 0 } words)
            {
                json.WriteStartObject("words");
                foreach (var (word, means) in words.OrderBy(w => w.Key, StringComparer.Ordinal))
                {
                    json.WriteString(word, means);
                }

                json.WriteEndObject();
            }

            Text(json, "clock", from.Clock);
            Text(json, "why", from.Why);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
