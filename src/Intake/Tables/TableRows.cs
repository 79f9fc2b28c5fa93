using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using Safeconduct.Intake.List;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Rows;

namespace Safeconduct.Intake.Tables;

/// <summary>Turns rows of a table into rows of the statement list, one for each thing a row counts. Knows the mapping; what the words mean is the list's own reading.</summary>
internal sealed class TableRows
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Fields that go into the row of the list as they stand in the cell.</summary>
    private static readonly string[] AsTheyStand = ["source", "relayed_by", "category", "unit", "supersedes", "part_of", "cite", "url"];

    private readonly Table _table;
    private readonly Mapping _mapping;
    private readonly RowFields _list;
    private readonly Dictionary<string, DateTimeZone?> _clocks = new(StringComparer.Ordinal);
    private readonly DateTimeZone? _clock;
    private readonly Dictionary<string, List<string>> _places = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _hasPlaces;
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _times = new(StringComparer.Ordinal);

    /// <summary>The field that is being read, so that a refusal names its column.</summary>
    private string _field = "";

    public TableRows(Table table, Mapping mapping, Gazetteer? gazetteer, DateTimeZone? clock)
    {
        (_table, _mapping, _list) = (table, mapping, new RowFields(gazetteer));
        _clock = MappingJson.ClockOf(mapping.Clock, "clock") ?? clock;
        foreach (var (field, from) in mapping.All)
        {
            _clocks[field] = MappingJson.ClockOf(from.Clock, field);
        }

        _hasPlaces = gazetteer is not null;
        foreach (var place in gazetteer?.Places ?? [])
        {
            foreach (var name in (IEnumerable<string?>)[place.Id.Value, place.Name, place.LocalName, .. place.Aliases ?? []])
            {
                Known(name, place.Id.Value);
            }
        }
    }

    public List<ListRow> Made { get; } = [];

    public List<PassedOver> PassedOver { get; } = [];

    /// <summary>Rows that say the same as an earlier one and were numbered, as the mapping allows.</summary>
    public int Numbered { get; private set; }

    public void Read(SheetRow row, List<RowProblem> problems)
    {
        if (_table.Columns.FirstOrDefault(c => IsFormula(row.At(c.Index))) is { } formula)
        {
            problems.Add(new(row.Number, new Problem(
                "table.formula",
                $"'{Shown.Short(row.At(formula.Index).Text)}' would be a formula in whatever spreadsheet opens it next; clear the cell, or where these are the words, put an apostrophe before them.",
                $"row {Shown.Number(row.Number)}, column '{Shown.Short(formula.Name)}'")));
            return;
        }

        row = Unguarded(row);
        if (_mapping.LeaveOut.FirstOrDefault(l => l.Words.Contains(row.At(_table.Find(l.Column)!.Index).Text.Trim(), StringComparer.OrdinalIgnoreCase)) is { } left)
        {
            PassedOver.Add(new(row.Number, $"left out by the mapping: '{Shown.Short(left.Column)}' is '{Shown.Short(row.At(_table.Find(left.Column)!.Index).Text.Trim())}'"));
            return;
        }

        var text = TextOf(row);
        var made = 0;
        foreach (var count in _mapping.EachCount)
        {
            if (count is not null && IsBlank(row, count))
            {
                continue;
            }

            made++;
            if (CountOf(row, count, text, problems) is { } read)
            {
                Made.Add(read);
            }
        }

        if (made == 0)
        {
            PassedOver.Add(new(row.Number, "nothing is counted in it: every column that counts is blank"));
        }
    }

    public string PlaceOf(ListRow row, string field)
    {
        var place = $"row {Shown.Number(row.Line)}";
        return field.Length == 0 ? place : $"{place}, {ColumnOf(field, null)}";
    }

    private static bool IsFormula(Cell cell) => cell is { Number: null, Date: null } && FormulaSign.IsIn(cell.Text);

    /// <summary>Without the apostrophe by which a spreadsheet is told that words are words.</summary>
    private static SheetRow Unguarded(SheetRow row) => row.Cells.Any(c => c.Text.StartsWith('\''))
        ? new SheetRow(row.Number, [.. row.Cells.Select(c => c.Text.StartsWith('\'') ? c with { Text = FormulaSign.Unguarded(c.Text) } : c)])
        : row;

    private void Known(string? name, string id)
    {
        if (!string.IsNullOrWhiteSpace(name))
        {
            var ids = _places.TryGetValue(name.Trim(), out var known) ? known : _places[name.Trim()] = [];
            if (!ids.Contains(id))
            {
                ids.Add(id);
            }
        }
    }

    private bool IsBlank(SheetRow row, IReadOnlyDictionary<string, FieldFrom> count) =>
        count.Where(f => f.Key is "quantity" or "low" or "high" && f.Value.Column is not null).Select(f => row.At(_table.Find(f.Value.Column!)!.Index)).All(c => c.IsBlank);

    private ListRow? CountOf(SheetRow row, IReadOnlyDictionary<string, FieldFrom>? count, string text, List<RowProblem> problems)
    {
        try
        {
            _field = "";
            if (Encoding.UTF8.GetByteCount(text) > RowFields.LongestRow)
            {
                throw new RefusedException("table.row-too-long", $"The row has more than {Shown.Grouped(RowFields.LongestRow)} bytes; shorten its texts.");
            }

            var quantity = Quantity(row, count);
            var (fields, id) = Fields(row, count, quantity);
            _field = "";
            var read = _list.Row(fields, row.Number);
            return read with { Id = new StatementId(id), Quantity = quantity is { Said.IsNotKnown: true } ? null : quantity, Text = text };
        }
        catch (RefusedException refused)
        {
            var field = refused.Problem.Place.Length > 0 ? refused.Problem.Place.Split('.')[0] : _field;
            problems.Add(new(row.Number, refused.Problem with { Place = $"row {Shown.Number(row.Number)}{(field.Length > 0 ? ", " + ColumnOf(field, count) : "")}" }));
            return null;
        }
    }

    private string ColumnOf(string field, IReadOnlyDictionary<string, FieldFrom>? count)
    {
        var from = _mapping.From(field, count) ?? _mapping.Counts.Select(c => c.GetValueOrDefault(field)).FirstOrDefault(f => f is not null);
        return from?.Column is { } column ? $"column '{Shown.Short(_table.Find(column)?.Name ?? column)}'" : $"field '{field}'";
    }

    /// <summary>The row of the list, as its own JSON without the number, and its id.</summary>
    private (byte[] Json, string Id) Fields(SheetRow row, IReadOnlyDictionary<string, FieldFrom>? count, StatedQuantity? quantity)
    {
        using var bytes = new MemoryStream();
        using var json = new Utf8JsonWriter(bytes, Plain);
        json.WriteStartObject();
        Write(json, "published", Date(row, "published", count));
        Write(json, "about", About(row, count));
        Write(json, "kind", Value(row, "kind", "kinds", count));
        Write(json, "source_type", Value(row, "source_type", "source types", count));
        foreach (var place in (string[])["place_from", "place_to", "via"])
        {
            Write(json, place, Place(Text(row, place, count)));
        }

        foreach (var field in AsTheyStand)
        {
            Write(json, field, Text(row, field, count));
        }

        if (Flag(row, "cumulative", count) is { } total)
        {
            json.WriteBoolean("cumulative", total);
        }

        Write(json, "paraphrase", Paraphrase(row, count, quantity));
        var id = Id(row, count);
        _field = "id";
        Write(json, "id", new StatementId(id).Value);
        json.WriteEndObject();
        json.Flush();
        return (bytes.ToArray(), id);
    }

    private Cell CellOf(SheetRow row, string field, IReadOnlyDictionary<string, FieldFrom>? count)
    {
        _field = field;
        if (_mapping.From(field, count) is not { } from)
        {
            return Cell.Empty;
        }

        if (from.Always is { } always)
        {
            return new Cell(always);
        }

        var cell = row.At(_table.Find(from.Column!)!.Index);
        return from.Words?.GetValueOrDefault(cell.Text.Trim()) is { } means ? new Cell(means) : cell;
    }

    private string? Text(SheetRow row, string field, IReadOnlyDictionary<string, FieldFrom>? count) =>
        CellOf(row, field, count).Text.Trim() is { Length: > 0 } text ? text : null;

    private string? Date(SheetRow row, string field, IReadOnlyDictionary<string, FieldFrom>? count)
    {
        var cell = CellOf(row, field, count);
        if (cell.IsBlank)
        {
            return null;
        }

        return CellDates.Read(cell, _mapping.Dates, _clocks.GetValueOrDefault(field) ?? _clock);
    }

    private string? About(SheetRow row, IReadOnlyDictionary<string, FieldFrom>? count)
    {
        var cell = CellOf(row, "about", count);
        var halves = cell.Date is null ? cell.Text.Split('/') : [];
        var start = halves.Length == 2 ? string.Join('/', halves.Select(h => CellDates.Read(new Cell(h.Trim()), _mapping.Dates, _clocks.GetValueOrDefault("about") ?? _clock))) : Date(row, "about", count);
        return Date(row, "about_end", count) is { } end && start is not null && !start.Contains('/', StringComparison.Ordinal) ? $"{start}/{end}" : start;
    }

    /// <summary>The list's own word; a word that the headers' list knows for it is taken too, since it can mean nothing else.</summary>
    private string? Value(SheetRow row, string field, string section, IReadOnlyDictionary<string, FieldFrom>? count) =>
        Text(row, field, count) is { } text ? HeaderWords.Known.ValueOf(section, text) ?? text : null;

    private string? Place(string? text)
    {
        if (text is null || !_hasPlaces || !_places.TryGetValue(text, out var ids))
        {
            return text;
        }

        return ids.Count == 1 || ids.Contains(text) ? (ids.Contains(text) ? text : ids[0])
            : throw new RefusedException("table.place-name-twice", $"'{Shown.Short(text)}' is the name of {Shown.Number(ids.Count)} places ({string.Join(", ", ids.Take(5))}); write the id, or say in the mapping's words which is meant.");
    }

    private bool? Flag(SheetRow row, string field, IReadOnlyDictionary<string, FieldFrom>? count)
    {
        if (Text(row, field, count) is not { } text)
        {
            return null;
        }

        return HeaderWords.Known.ValueOf("flags", text) switch
        {
            "true" => true,
            "false" => false,
            _ => throw new RefusedException("table.not-a-flag", $"'{Shown.Short(text)}' is neither yes nor no; write yes or no, or say in the mapping's words what it is."),
        };
    }

    private StatedQuantity? Quantity(SheetRow row, IReadOnlyDictionary<string, FieldFrom>? count)
    {
        var said = CellCounts.Read(CellOf(row, "quantity", count));
        var low = CellCounts.End(CellOf(row, "low", count));
        var high = CellCounts.End(CellOf(row, "high", count));
        if (low > high)
        {
            _field = "low";
            throw new RefusedException("list.low-above-high", $"The low end ({Number(low!.Value)}) is above the high end ({Number(high!.Value)}); swap them or leave one out.");
        }

        var approximate = Flag(row, "approx", count);
        var ends = low is null && high is null ? null : new StatedQuantity(low, high, approximate);
        return (said, ends) switch
        {
            (null, _) => ends,
            (_, null) => approximate is null ? said : said with { Approximate = approximate },
            // The words and the ends in columns of their own: they must say the same, or nobody knows which was meant.
            _ when said.Low == ends.Low && said.High == ends.High => said,
            _ => throw new RefusedException("table.two-numbers", "The number and its ends in other columns do not agree; mend the row, or map one of them.", "quantity"),
        };
    }

    /// <summary>The words of the row; where no column has any, the number and the category in one plain sentence, so that there is always something to read.</summary>
    private string? Paraphrase(SheetRow row, IReadOnlyDictionary<string, FieldFrom>? count, StatedQuantity? quantity)
    {
        var notKnown = quantity is { Said.IsNotKnown: true };
        if (Text(row, "paraphrase", count) is { } text)
        {
            return notKnown ? $"{text.TrimEnd('.')}. The number was not known." : text;
        }

        return Text(row, "category", count) is not { } category ? null
            : notKnown ? $"The number of {category} was not known."
            : quantity is null ? Sentence(category)
            : Sentence($"{Words(quantity)} {category}");
    }

    private static string Sentence(string words) => words.EndsWith('.') ? words : words + ".";

    private static string Words(StatedQuantity quantity) => quantity switch
    {
        { Said: { } said } => said.ToString(),
        { Low: { } low, High: { } high } when low == high => $"{(quantity.Approximate is true ? "about " : "")}{Number(low)}",
        { Low: { } low, High: { } high } => $"between {Number(low)} and {Number(high)}",
        { Low: { } low } => $"at least {Number(low)}",
        { High: { } high } => $"up to {Number(high)}",
        _ => "",
    };

    private static string Number(decimal n) => decimal.Truncate(n) == n ? Shown.Grouped((long)n) : n.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// The id of the mapped column; else one made of who says it and of the row's cells alone, so that the same row in any file, at any place in it, is the same
    /// statement. Several counts of a row carry the name of theirs.
    /// </summary>
    private string Id(SheetRow row, IReadOnlyDictionary<string, FieldFrom>? count)
    {
        var counted = count is null ? "" : CountName(count);
        if (Text(row, "id", count) is { } given)
        {
            var id = counted.Length == 0 ? given : $"{given}:{counted}";
            return id.Length <= StatementId.LongestLength || counted.Length == 0 ? id : $"{given}:{Hashed(counted)[..8]}";
        }

        var content = string.Join('\n', _table.Columns.Select(c => (c.Name, Text: row.At(c.Index).Text.Trim())).Where(c => c.Text.Length > 0).OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => $"{c.Name}\t{c.Text}"));
        var made = $"row-{Hashed($"{Text(row, "source", count)}\n{counted}\n{content}")}";
        _field = "";
        var times = _times[made] = _times.GetValueOrDefault(made) + 1;
        if (times == 1)
        {
            _seen[made] = row.Number;
            return made;
        }

        if (!_mapping.NumbersSameRows)
        {
            throw new RefusedException("table.same-row-twice", $"The row says word for word what row {Shown.Number(_seen[made])} says. If it was said twice, say \"same_rows\": \"number\" in the mapping or give the rows ids; else take one out.");
        }

        Numbered++;
        return $"{made}.{Shown.Number(times)}";
    }

    private static string CountName(IReadOnlyDictionary<string, FieldFrom> count)
    {
        var name = (count.GetValueOrDefault("quantity") ?? count.GetValueOrDefault("low") ?? count.GetValueOrDefault("high"))?.Column ?? count.GetValueOrDefault("category")?.Always ?? "count";
        var plain = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            plain.Append(char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-');
        }

        return plain.ToString().Trim('-');
    }

    private static string Hashed(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..20];

    /// <summary>The whole row as JSON, by header: what no field took is kept with what was taken.</summary>
    private string TextOf(SheetRow row)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            foreach (var column in _table.Columns)
            {
                Write(json, column.Name, row.At(column.Index).Text is { Length: > 0 } text ? text : null);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
