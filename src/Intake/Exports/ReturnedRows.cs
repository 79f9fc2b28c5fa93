using System.Globalization;
using System.Text;
using System.Text.Json;
using Safeconduct.Statements;
using Safeconduct.Statements.Rows;

namespace Safeconduct.Intake.Exports;

/// <summary>The rows of an export, whichever of our formats it is in. What is no export of ours gives null, and may be a table of somebody else's.</summary>
public static class ReturnedRows
{
    /// <summary>Properties of a feature that say what a column says under another name, and those that say less or more than the column of their name.</summary>
    private static readonly Dictionary<string, string?> OfFeature = new(StringComparer.Ordinal) { ["as_said"] = "words", ["about"] = null, ["about_end"] = null, ["statement"] = null };

    /// <summary>CSV, with hashtags under the header or without.</summary>
    /// <exception cref="RefusedException">As <see cref="CsvRows"/>.</exception>
    public static IEnumerable<ReturnedRow>? OfCsv(TextReader text) => OfTable(CsvRows.Of(text));

    /// <summary>Rows of a table with their numbers; the first names the columns.</summary>
    public static IEnumerable<ReturnedRow>? OfTable(IEnumerable<(int Number, IReadOnlyList<string> Cells)> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var each = rows.GetEnumerator();
        if (each.MoveNext() && ReturnedColumns.Of(each.Current.Cells) is { } columns)
        {
            return Rest(each, columns);
        }

        each.Dispose();
        return null;
    }

    /// <summary>HXL's JSON: an array of rows, or an array of objects whose names are the hashtags.</summary>
    /// <exception cref="RefusedException">As <see cref="JsonItems"/>.</exception>
    public static IEnumerable<ReturnedRow>? OfHxlJson(Stream from) => OfTable(HxlRows(from));

    /// <summary>A FeatureCollection: the statements stand beside the properties. <paramref name="list"/> is "features"; "statements" for our JSON.</summary>
    /// <exception cref="RefusedException">As <see cref="JsonItems"/>; <c>export.not-ours</c>.</exception>
    public static IEnumerable<ReturnedRow> OfObjects(Stream from, string list)
    {
        var number = 0;
        foreach (var item in JsonItems.Of(from, list))
        {
            number++;
            var place = $"{(list == "features" ? "feature" : "statement")} {Shown.Number(number)}";
            if (item.ValueKind is not JsonValueKind.Object)
            {
                throw NotOurs(place);
            }

            var cells = new string?[StatementRows.Columns.Count];
            var properties = list == "features" ? (item.TryGetProperty("properties", out var p) && p.ValueKind is JsonValueKind.Object ? p : throw NotOurs(place)) : item;
            var hasWhole = item.TryGetProperty("statement", out var whole) && whole.ValueKind is JsonValueKind.Object;
            if (!properties.TryGetProperty("entry", out var entry) || entry.ValueKind is not JsonValueKind.String)
            {
                throw NotOurs(place);
            }

            cells[StatementRows.At["entry"]] = entry.GetString();
            if (list == "features")
            {
                Properties(properties, cells);

                // A program that saved the map may have kept the id of the feature alone.
                cells[StatementRows.At["id"]] ??= item.TryGetProperty("id", out var ofFeature) ? Text(ofFeature) : null;
            }
            else
            {
                cells[StatementRows.At["id"]] = hasWhole && whole.TryGetProperty("id", out var id) ? id.ToString() : "";
            }

            cells[StatementRows.At["statement"]] = hasWhole && whole.TryGetProperty("coarse", out var coarse) && coarse.ValueKind is JsonValueKind.True ? StatementRows.InPart
                : hasWhole ? whole.GetRawText() : list == "features" ? StatementRows.InPart : "";
            yield return new ReturnedRow(place, cells);
        }
    }

    private static IEnumerable<ReturnedRow> Rest(IEnumerator<(int Number, IReadOnlyList<string> Cells)> rows, ReturnedColumns columns)
    {
        using (rows)
        {
            var isSecond = true;
            while (rows.MoveNext())
            {
                if (!isSecond || !columns.AreTags(rows.Current.Cells))
                {
                    yield return columns.Row($"row {Shown.Number(rows.Current.Number)}", rows.Current.Cells);
                }

                isSecond = false;
            }
        }
    }

    /// <summary>The rows of HXL's JSON as a table has them. Objects say their hashtags each time: those of the first stand as the row of hashtags.</summary>
    /// <exception cref="RefusedException">As <see cref="JsonItems"/>; <c>export.not-rows</c>.</exception>
    public static IEnumerable<(int Number, IReadOnlyList<string> Cells)> HxlRows(Stream from)
    {
        var number = 0;
        string[]? tags = null;
        foreach (var item in JsonItems.Of(from, null))
        {
            number++;
            if (item.ValueKind is JsonValueKind.Array)
            {
                yield return (number, [.. item.EnumerateArray().Select(Text)]);
            }
            else if (item.ValueKind is JsonValueKind.Object)
            {
                var pairs = item.EnumerateObject().GroupBy(p => Plain(p.Name), StringComparer.Ordinal).ToDictionary(g => g.Key, g => Text(g.First().Value), StringComparer.Ordinal);
                if (tags is null)
                {
                    tags = [.. pairs.Keys];
                    yield return (number, tags);
                }

                // The hashtags take the place of the header that the array form has.
                yield return (number + 1, [.. tags.Select(t => pairs.GetValueOrDefault(t, ""))]);
            }
            else
            {
                throw new RefusedException("export.not-rows", "This is neither a row nor an object of hashtags.", $"row {Shown.Number(number)}");
            }
        }
    }

    private static string Plain(string tag) => tag.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    private static void Properties(JsonElement properties, string?[] cells)
    {
        var isCounted = properties.TryGetProperty("counts", out var counts) && counts.ValueKind is JsonValueKind.Array;
        for (var i = 0; i < cells.Length; i++)
        {
            var column = StatementRows.Columns[i];
            var name = OfFeature.TryGetValue(column.Name, out var other) ? other : column.Name;

            // Of a statement with several counts the numbers stand in a list and no row is like it.
            if (name is not null && !(isCounted && IsOfCount(column.Name)) && properties.TryGetProperty(name, out var value))
            {
                cells[i] = Text(value);
            }
        }
    }

    private static bool IsOfCount(string column) => column is "measure" or "unit" or "category" or "group" or "low" or "high" or "as_said" or "running_total" or "batch";

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.TryGetDecimal(out var n) ? n.ToString(CultureInfo.InvariantCulture) : value.GetRawText(),
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    private static RefusedException NotOurs(string place) => new("export.not-ours", "This is no export of a book: it does not say of which entry it is.", place);
}
