using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Safeconduct.Intake.Exports;
using Safeconduct.Intake.Sources;
using Safeconduct.Intake.Tables;
using Safeconduct.Server.Access;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Operations;
using Safeconduct.Spreadsheets;
using Safeconduct.Statements;

namespace Safeconduct.Server.Incoming;

/// <param name="Sample">What stands in the first rows, so that a person knows the column again.</param>
internal sealed record TableColumn(string Name, string? Tag, IReadOnlyList<string> Sample);

/// <summary>What a table looks like before anybody says what its columns mean.</summary>
internal sealed record TableShape(string Sheet, int HeaderRow, int Rows, IReadOnlyList<TableColumn> Columns);

internal sealed record PassedOverRow(int Line, string Why);

/// <param name="Sheets">The sheets of the file; with none chosen, <c>Table</c> is null and a problem says so.</param>
/// <param name="Mapping">The one handed in, else the proposed one, as formats/table-mapping.md has it.</param>
/// <param name="Missing">What the proposal still needs before any row can be read.</param>
/// <param name="Unknown">Words of cells that the mapping has to say the meaning of.</param>
/// <param name="LeftBehind">Of an export of a book that comes back, how many statements the file can't bring back; the remarks name them. Null of any other table.</param>
internal sealed record TableAnswer(
    bool Dry,
    IReadOnlyList<string> Sheets,
    TableShape? Table,
    JsonNode? Mapping,
    IReadOnlyList<string> Fields,
    IReadOnlyList<string> Needed,
    IReadOnlyList<ProblemLine> Missing,
    IReadOnlyList<UnknownWords> Unknown,
    IReadOnlyList<ImportedRow> Rows,
    IReadOnlyList<ProblemLine> Problems,
    IReadOnlyList<PassedOverRow> PassedOver,
    IReadOnlyList<string> Remarks,
    int New,
    int AlreadyThere,
    int Unmapped,
    int Recorded,
    int? LeftBehind = null);

/// <summary>
/// A table taken in over HTTP: the file alone as its own media type, or as multipart/form-data with its <c>mapping</c> and <c>sheet</c>. Tried with <c>dry=true</c>
/// it says the columns, the mapping, what is missing, and what every row becomes.
/// </summary>
internal static class TableImports
{
    private const string Workbooks = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const int SampleRows = 3;
    private static readonly string[] Media = ["text/csv", "text/tab-separated-values", Workbooks, "application/zip", "multipart/form-data"];

    public static bool Takes(string? type) => MediaTypeHeaderValue.TryParse(type, out var media) && Media.Any(m => media.MediaType.Equals(m, StringComparison.OrdinalIgnoreCase));

    public static async Task<IResult> Answer(string op, bool dry, HostedOperation operation, HttpContext context, HostedOperations operations, AuditLog audit)
    {
        var sent = await Sent.Read(context);
        if (ReturnedFile.Open(new MemoryStream(sent.File, writable: false)) is { } export)
        {
            using (export)
            {
                return await Returned(op, dry, export, operation, context, operations, audit);
            }
        }

        var (answer, reading) = await Task.Run(() => Read(sent, operation), context.RequestAborted);
        if (dry)
        {
            return Results.Json(answer with { Dry = true });
        }

        if (answer.Missing.Concat(answer.Problems).FirstOrDefault() is { } problem)
        {
            throw new RefusedException(problem.Code, $"{problem.Message} Nothing was taken in.", problem.Place);
        }

        var taken = await operation.Write((book, _) => book.Enter(reading!.Statements, operations.Now));
        audit.Add(op, context.Member().Account, RoleWords.Of(context.Member().Roles), "imported", $"{Shown.Number(taken.Recorded.Count)} statements");
        return Results.Json(answer with { Recorded = taken.Recorded.Count, AlreadyThere = taken.AlreadyThere, Rows = [] }, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>An export of a book that comes back: it needs no mapping, and what is there already stays as it is.</summary>
    private static async Task<IResult> Returned(string op, bool dry, ReturnedFile export, HostedOperation operation, HttpContext context, HostedOperations operations, AuditLog audit)
    {
        var page = operation.Page;
        var returning = new Returning(operation.Operation.Gazetteer, id => page.Find(id.Value) is { } there ? new InBook(there.Statement, there.Entry.ToString()) : null, ownObservers: false);
        await Task.Run(() => export.Into(returning), context.RequestAborted);
        var returned = returning.End();
        var answer = new TableAnswer(
            dry, [], null, null, Mapping.FieldNames, Mapping.Needed, [], [], [], [.. returned.Problems.Select(LineOf)], [],
            [.. returned.LeftBehind.Select(l => $"{l.Place}: {l.Id} is not taken in: {l.Why}."), .. Unnamed(returned)],
            returned.Fresh.Count, returned.There, 0, 0, returned.LeftBehindCount);
        if (dry)
        {
            return Results.Json(answer);
        }

        if (returned.Problems is [var problem, ..])
        {
            throw new RefusedException(problem.Code, $"{problem.Message} Nothing was taken in.", problem.Place);
        }

        var taken = await operation.Write((book, _) => book.Enter(returned.Fresh, operations.Now));
        audit.Add(op, context.Member().Account, RoleWords.Of(context.Member().Roles), "imported", $"{Shown.Number(taken.Recorded.Count)} statements");
        return Results.Json(answer with { Recorded = taken.Recorded.Count, AlreadyThere = returned.There + taken.AlreadyThere }, statusCode: StatusCodes.Status201Created);
    }

    private static IEnumerable<string> Unnamed(Returned returned) =>
        returned.LeftBehindCount > returned.LeftBehind.Count ? [$"{Shown.Grouped(returned.LeftBehindCount - returned.LeftBehind.Count)} more are not taken in."] : [];

    private static (TableAnswer Answer, TableReading? Reading) Read(Sent sent, HostedOperation operation)
    {
        var book = TableFile.Read(sent.File, sent.Name);
        string[] sheets = [.. book.Sheets.Select(s => s.Name)];
        var empty = new TableAnswer(false, sheets, null, null, Mapping.FieldNames, Mapping.Needed, [], [], [], [], [], [], 0, 0, 0, 0);
        var given = sent.Mapping is { Length: > 0 } json ? Understood(MappingJson.Read(Encoding.UTF8.GetBytes(json))) : null;
        Table table;
        try
        {
            table = book.Open(sent.Sheet is { Length: > 0 } named ? named : given?.Sheet, given?.HeaderRow);
        }
        catch (RefusedException which) when (which.Problem.Code == "table.which-sheet")
        {
            return (empty with { Problems = [LineOf(which.Problem)] }, null);
        }

        var proposal = given is null ? Proposal.For(table, book.HasSeveral ? table.Name : null) : null;
        var mapping = given ?? proposal!.Mapping;
        var shape = new TableShape(table.Name, table.HeaderRow, table.Rows.Count, [.. table.Columns.Select(c => new TableColumn(c.Name, c.Tag, Sample(table, c)))]);
        IReadOnlyList<Problem> missing = given is null ? proposal!.Missing : [.. Proposal.Incomplete(mapping)];
        var answer = empty with { Table = shape, Mapping = JsonNode.Parse(MappingJson.Write(mapping)), Missing = [.. missing.Select(LineOf)], Unknown = Proposal.Unknown(table, mapping) };
        if (missing.Count > 0)
        {
            return (answer, null);
        }

        var places = operation.Operation.Gazetteer;
        var reading = TableReader.Read(table, mapping, places.Count > 0 ? places : null, SourceAliases.None, operation.Operation.Zone);
        var page = operation.Page;
        var rows = reading.Becomes.How.Select(h => IncomingEndpoints.RowOf(h, page)).ToList();
        return (answer with
        {
            Rows = rows,
            Problems = [.. reading.Problems.Select(p => LineOf(p.Problem)), .. IncomingEndpoints.Conflicts(rows, page, "row")],
            PassedOver = [.. reading.PassedOver.Select(p => new PassedOverRow(p.Row, p.Why))],
            Remarks = reading.Remarks,
            New = rows.Count(r => r.Standing == "new"),
            AlreadyThere = rows.Count(r => r.Standing == "there"),
            Unmapped = rows.Count(r => r.Unmapped),
        }, reading);
    }

    private static IReadOnlyList<string> Sample(Table table, Column column) =>
        [.. table.Rows.Select(r => r.At(column.Index).Text).Where(t => t.Length > 0).Take(SampleRows).Select(Shown.Short)];

    private static ProblemLine LineOf(Problem problem) => new(problem.Code, problem.Message, problem.Place);

    private static Mapping Understood(Parsed<Mapping> parsed) =>
        parsed.Value ?? throw new RefusedException(parsed.Problems[0].Code, parsed.Problems[0].Message, parsed.Problems[0].Place);

    /// <summary>What was sent. It stays in memory: rows of an operation are never left in a temporary file.</summary>
    private sealed record Sent(byte[] File, string Name, string? Mapping, string? Sheet)
    {
        private const int MostParts = 8;

        public static async Task<Sent> Read(HttpContext context)
        {
            var type = MediaTypeHeaderValue.Parse(context.Request.ContentType);
            if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            {
                return new Sent(await Whole(context.Request.Body, context), "table", null, null);
            }

            var (file, name) = ((byte[]?)null, "table");
            var words = new Dictionary<string, string>(StringComparer.Ordinal);
            try
            {
                var parts = new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).Value ?? "", context.Request.Body);
                for (var i = 0; i < MostParts && await parts.ReadNextSectionAsync(context.RequestAborted) is { } part; i++)
                {
                    var said = part.GetContentDispositionHeader();
                    var bytes = await Whole(part.Body, context);
                    if (said?.Name.Value is "file")
                    {
                        (file, name) = (bytes, HeaderUtilities.RemoveQuotes(said.FileName).Value is { Length: > 0 } given ? Path.GetFileName(given) : name);
                    }
                    else if (said?.Name.Value is { } field)
                    {
                        words[field] = Encoding.UTF8.GetString(bytes);
                    }
                }
            }
            catch (Exception broken) when (broken is InvalidDataException or ArgumentException)
            {
                throw new ServerRefusal(StatusCodes.Status400BadRequest, "request.multipart", "The parts of the request can't be read; send multipart/form-data with a part 'file', and 'mapping' and 'sheet' where they are known.");
            }

            return new Sent(file ?? throw new ServerRefusal(StatusCodes.Status400BadRequest, "request.no-file", "Send the table as the part 'file'."), name, words.GetValueOrDefault("mapping"), words.GetValueOrDefault("sheet"));
        }

        private static async Task<byte[]> Whole(Stream from, HttpContext context)
        {
            using var bytes = new MemoryStream();
            await from.CopyToAsync(bytes, context.RequestAborted);
            return bytes.ToArray();
        }
    }
}
