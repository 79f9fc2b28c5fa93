using System.CommandLine;
using System.Text.Json;
using Safeconduct.Cli.Operations;
using Safeconduct.Intake.List;
using Safeconduct.Record.Books;
using Safeconduct.Spreadsheets;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;

namespace Safeconduct.Cli.Commands;

/// <summary><c>import FILE</c>: a statement list (JSONL) into the book. Atomic: a bad row is named and nothing is taken; the same file twice changes nothing.</summary>
internal static class ImportCommand
{
    public static Command Make(Surroundings room)
    {
        var file = new Argument<string>("FILE") { Description = "A statement list, one JSON object a line (formats/statement-list.md); or a table: .csv, .tsv, .xlsx, or a .zip of CSVs (formats/table-mapping.md)." };
        var (operation, keys, places, json) = (Shared.Operation(), Shared.Keys(), Shared.Places(), Shared.Json());
        operation.Required = false;
        var edition = new Option<string?>("--edition") { Description = "Name of this edition, where ids stand for other words than in one imported before.", HelpName = "NAME" };
        var explain = new Option<bool>("--explain") { Description = "Show how each row was read, and record nothing." };
        var ownBook = new Option<bool>("--own-book") { Description = "The file is an export of this operation's own book, moved to a new one: what its observers say is taken as said by this book's." };
        var table = new TableOptions();
        var command = new Command("import", "Take in a statement list, a table, or an export of a book. All of it or nothing; twice is once.") { file, operation, keys, places, edition, explain, ownBook, json };
        table.AddTo(command);
        command.SetAction(parsed => ImportReturned.Try(room, parsed.GetRequiredValue(file), parsed.GetValue(operation), parsed.GetValue(keys), parsed.GetValue(ownBook), table.IsDry(parsed) || parsed.GetValue(explain), parsed.GetValue(json)) is { } exit ? exit
            : TableFile.IsNamedLikeOne(parsed.GetRequiredValue(file))
            ? new ImportTable(room, parsed.GetValue(operation), parsed.GetValue(keys), parsed.GetValue(places), parsed.GetValue(edition), parsed.GetValue(json)).Run(parsed.GetRequiredValue(file), table, parsed, parsed.GetValue(explain))
            : table.AreGiven(parsed) ? throw new UsageException("--sheet, --mapping, --always, --dates, --dry-run and --propose-mapping are for tables (.csv, .tsv, .xlsx, .zip); a list is tried with --explain.")
            : parsed.GetValue(explain)
            ? Explain(room, parsed.GetRequiredValue(file), parsed.GetValue(places), parsed.GetValue(json))
            : Run(room, parsed.GetRequiredValue(file), parsed.GetValue(operation) ?? throw new UsageException("import needs --operation DIR (or --explain, which records nothing)."), parsed.GetValue(keys), parsed.GetValue(places), parsed.GetValue(edition), parsed.GetValue(json)));
        return command;
    }

    /// <summary>Records the statements of a list; also what the demo does.</summary>
    public static Entering Take(Surroundings room, Book book, IReadOnlyList<Statement> statements, string? edition)
    {
        room.Progress($"signing and recording {Shown.Grouped(statements.Count)} statements");
        try
        {
            return book.Enter(edition is null ? statements : Renamed(statements, edition), OperationFolder.ClaimedNow());
        }
        finally
        {
            room.ProgressDone();
        }
    }

    private static int Run(Surroundings room, string file, string folder, string? keys, string? places, string? edition, bool json)
    {
        using var operation = OperationFolder.Open(folder, keys);
        var list = StatementFile.Read(file, places, operation.Operation.Zone.Id, operation.Operation.Gazetteer);
        var taken = Take(room, operation.Book, list.Reading.Statements, edition);
        return Said(room, taken, list.Reading.Statements.Count(s => s.Imported?.IsUnmapped == true), json);
    }

    /// <summary>What was taken in, in one line.</summary>
    internal static int Said(Surroundings room, Entering taken, int unmapped, bool json)
    {
        if (json)
        {
            room.Output.WriteLine(JsonSerializer.Serialize(new SortedDictionary<string, object>(StringComparer.Ordinal) { ["recorded"] = taken.Recorded.Count, ["already_there"] = taken.AlreadyThere, ["unmapped"] = unmapped }));
            return CommandLine.Done;
        }

        room.Output.WriteLine($"{Shown.Grouped(taken.Recorded.Count)} statements recorded, {Shown.Grouped(taken.AlreadyThere)} were there already, {Shown.Grouped(unmapped)} unmapped (kept as they are).");
        return CommandLine.Done;
    }

    private static int Explain(Surroundings room, string file, string? places, bool json)
    {
        var reading = StatementFile.Read(file, places, null).Reading;
        if (json)
        {
            room.Output.WriteLine(JsonSerializer.Serialize(reading.How.Select(AsJson).ToList()));
            return CommandLine.Done;
        }

        room.Output.Write(reading.Explained());
        return CommandLine.Done;
    }

    internal static SortedDictionary<string, object> AsJson(HowRead how) => new(StringComparer.Ordinal)
    {
        ["id"] = how.Statement.Id.Value,
        ["line"] = how.Line,
        ["list_kind"] = Token.Of(how.ListKind),
        ["kind"] = how.Statement.Said.Kind,
        ["modality"] = Token.Of(how.Statement.Modality),
        ["words"] = how.Statement.Said.ToString(),
        ["unmapped"] = how.IsUnmapped,
        ["reasons"] = how.Reasons.Select(r => new SortedDictionary<string, string>(StringComparer.Ordinal) { ["slot"] = r.Slot, ["value"] = r.Value, ["by"] = r.By, ["words"] = r.Words }).ToList(),
    };

    // Ids of another edition carry its name, so that both editions can be cited and neither takes the other's place.
    internal static IReadOnlyList<Statement> Renamed(IReadOnlyList<Statement> list, string edition)
    {
        var inList = list.Select(s => s.Id).ToHashSet();
        StatementId Named(StatementId id) => inList.Contains(id) ? new StatementId($"{id}~{edition}") : id;
        return
        [
            .. list.Select(s => s with
            {
                Id = Named(s.Id),
                Links = [.. s.Links.Select(l => new Link(l.Relation, Named(l.To)))],
                Imported = s.Imported is { } origin ? origin with { Edition = edition } : null,
            }),
        ];
    }
}
