using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Safeconduct.Cli.Operations;
using Safeconduct.Intake.Tables;
using Safeconduct.Record.Books;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Cli.Commands;

/// <summary>The options of <c>import</c> that only a table has.</summary>
internal sealed class TableOptions
{
    private readonly Option<string?> _sheet = new("--sheet") { Description = "The sheet of the workbook, the file of the ZIP, or the repeat of a form.", HelpName = "NAME" };
    private readonly Option<string?> _mapping = new("--mapping") { Description = "What the columns mean (formats/table-mapping.md). Without it the mapping is proposed from headers and HXL tags, and used only where it is complete.", HelpName = "FILE" };
    private readonly Option<string[]> _always = new("--always") { Description = "One value for all rows: --always source_type=party. May be given several times.", HelpName = "FIELD=VALUE" };
    private readonly Option<string?> _dates = new("--dates") { Description = "How dates stand: day-month-year, month-day-year, serial, serial-1904.", HelpName = "ORDER" };
    private readonly Option<bool> _dry = new("--dry-run") { Description = "Show row by row what the table becomes, and record nothing." };
    private readonly Option<bool> _propose = new("--propose-mapping") { Description = "Write the proposed mapping to stdout, and record nothing." };

    private Option[] All => [_sheet, _mapping, _always, _dates, _dry, _propose];

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(option);
        }
    }

    public bool AreGiven(ParseResult parsed) => All.Any(o => parsed.GetResult(o) is { Implicit: false });

    public bool IsDry(ParseResult parsed) => parsed.GetValue(_dry);

    public bool Proposes(ParseResult parsed) => parsed.GetValue(_propose);

    public TableWishes Wishes(ParseResult parsed) => new(parsed.GetValue(_sheet), parsed.GetValue(_mapping), parsed.GetValue(_dates), parsed.GetValue(_always) ?? []);
}

/// <summary><c>import FILE</c> where the file is a table: proposes a mapping, shows row by row what it becomes, or takes it in whole.</summary>
internal sealed class ImportTable(Surroundings room, string? folder, string? keys, string? places, string? edition, bool json)
{
    public int Run(string file, TableOptions options, ParseResult parsed, bool explain)
    {
        var import = TableImport.Open(file, options.Wishes(parsed));
        if (options.Proposes(parsed))
        {
            return Propose(import);
        }

        if (options.IsDry(parsed) || explain)
        {
            return Try(import);
        }

        using var operation = OperationFolder.Open(folder ?? throw new UsageException("import needs --operation DIR (or --dry-run, which records nothing)."), keys);
        var reading = import.Read(places, operation.Operation.Gazetteer, operation.Operation.Zone);
        if (!reading.Understood)
        {
            throw InputFile.AsRefusal([.. reading.Problems.Select(p => p.Problem)], file);
        }

        var taken = ImportCommand.Take(room, operation.Book, reading.Statements, edition);
        return ImportCommand.Said(room, taken, reading.Statements.Count(s => s.Imported?.IsUnmapped == true), json);
    }

    private int Propose(TableImport import)
    {
        room.Output.Write(MappingJson.Write(import.Mapping));
        foreach (var missing in import.Missing)
        {
            room.Error.WriteLine($"safeconduct: still to be said: {missing}");
        }

        return CommandLine.Done;
    }

    private int Try(TableImport import)
    {
        using var operation = folder is null ? null : OperationFolder.Open(folder, keys);
        var reading = import.Read(places, operation?.Operation.Gazetteer, operation?.Operation.Zone);
        var standing = Standings(reading, operation?.Book);
        var conflicts = standing.Count(s => s.Value == "other words");
        if (json)
        {
            room.Output.WriteLine(Json(import, reading, standing).ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        }
        else
        {
            Print(import, reading, standing, operation?.Book);
        }

        return reading.Understood && conflicts == 0 ? CommandLine.Done : CommandLine.InputIsWrong;
    }

    /// <summary>Of each statement whether the book has it: new, there word for word, or its id stands for other words.</summary>
    private Dictionary<StatementId, string> Standings(TableReading reading, Book? book)
    {
        var statements = edition is null ? reading.Becomes.Statements : ImportCommand.Renamed(reading.Becomes.Statements, edition);
        return statements.Zip(reading.Becomes.Statements).ToDictionary(s => s.Second.Id, s => book?.Find(s.First.Id) is not { } there ? "new"
            : StatementBytes.Write(there.Statement).AsSpan().SequenceEqual(StatementBytes.Write(s.First)) ? "there already" : "other words");
    }

    private void Print(TableImport import, TableReading reading, Dictionary<StatementId, string> standing, Book? book)
    {
        var output = room.Output;
        output.WriteLine($"{import.Path}, '{Shown.Short(import.Table.Name)}': header in row {Shown.Number(import.Table.HeaderRow)}, {Shown.Grouped(import.Table.Rows.Count)} rows under it");
        foreach (var (field, from) in import.Mapping.All)
        {
            output.WriteLine($"  {field} <- {(from.Always is { } always ? $"always '{Shown.Short(always)}'" : $"'{Shown.Short(from.Column)}'")}{(from.Why is { } why ? $" ({why})" : "")}");
        }

        var lines = reading.Becomes.How.Select(h => (Row: h.Line, Text: $"row {Shown.Number(h.Line)}: {h}{(standing[h.Statement.Id] is "new" ? "" : $" · {standing[h.Statement.Id]}{There(h.Statement.Id, standing, book)}")}"))
            .Concat(reading.PassedOver.Select(p => (p.Row, Text: $"row {Shown.Number(p.Row)}: no statement, {p.Why}")))
            .Concat(reading.Problems.Select(p => (p.Row, Text: $"PROBLEM {p.Problem}")));
        foreach (var line in lines.OrderBy(l => l.Row))
        {
            output.WriteLine(line.Text);
        }

        foreach (var remark in reading.Remarks)
        {
            output.WriteLine($"note: {remark}");
        }

        output.WriteLine($"{Shown.Grouped(standing.Count(s => s.Value == "new"))} new, {Shown.Grouped(standing.Count(s => s.Value == "there already"))} there already, {Shown.Grouped(reading.Becomes.Unmapped.Count())} unmapped, {Shown.Grouped(reading.Problems.Count + standing.Count(s => s.Value == "other words"))} problems. Nothing was recorded.");
    }

    private static string There(StatementId id, Dictionary<StatementId, string> standing, Book? book) =>
        standing[id] == "other words" && book?.Find(id) is { } there ? $" stand under this id in the book: '{Shown.Short(there.Statement.Wording)}'" : "";

    private static JsonObject Json(TableImport import, TableReading reading, Dictionary<StatementId, string> standing) => new()
    {
        ["sheet"] = import.Table.Name,
        ["header_row"] = import.Table.HeaderRow,
        ["mapping"] = JsonNode.Parse(MappingJson.Write(import.Mapping)),
        ["rows"] = new JsonArray([.. reading.Becomes.How.Select(h => Row(h, standing[h.Statement.Id]))]),
        ["passed_over"] = new JsonArray([.. reading.PassedOver.Select(p => new JsonObject { ["row"] = p.Row, ["why"] = p.Why })]),
        ["problems"] = new JsonArray([.. reading.Problems.Select(p => new JsonObject { ["row"] = p.Row, ["code"] = p.Problem.Code, ["message"] = p.Problem.Message, ["place"] = p.Problem.Place })]),
        ["remarks"] = new JsonArray([.. reading.Remarks.Select(r => JsonValue.Create(r))]),
        ["recorded"] = 0,
    };

    private static JsonNode? Row(Intake.List.HowRead how, string standing)
    {
        var row = JsonSerializer.SerializeToNode(ImportCommand.AsJson(how))!.AsObject();
        row.Remove("line");
        row["row"] = how.Line;
        row["standing"] = standing;
        return row;
    }
}
