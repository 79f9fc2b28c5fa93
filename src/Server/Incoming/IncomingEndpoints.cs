using System.Text;
using NodaTime.Text;
using Safeconduct.Intake.LineTexts;
using Safeconduct.Intake.List;
using Safeconduct.Intake.Sources;
using Safeconduct.Intake.Typed;
using Safeconduct.Record.Books;
using Safeconduct.Server.Access;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Statements;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Server.Incoming;

internal sealed record ProblemLine(string Code, string Message, string Place);

/// <param name="Standing">new, there (word for word), or conflict (the id stands for other words).</param>
/// <param name="How">Why each slot has its value, in words.</param>
internal sealed record ImportedRow(int Line, string Id, string ListKind, string Kind, string Wording, string Modality, bool Unmapped, string Standing, IReadOnlyList<string> How);

internal sealed record ImportAnswer(bool Dry, IReadOnlyList<ImportedRow> Rows, IReadOnlyList<ProblemLine> Problems, int New, int AlreadyThere, int Unmapped, int Recorded);

internal sealed record LineTextRequest(string Text, string Day, string? HeardAt, string? Channel, string? CountedBy, bool ReadBack);

internal sealed record LineTextAnswer(bool Dry, string Text, IReadOnlyList<string> Wordings, IReadOnlyList<string> Ids, int Recorded, int AlreadyThere);

/// <summary>
/// What comes in as a file or as a line of text. Asked with <c>dry=true</c> an address says what each row would become and records nothing; without, it takes in all of it
/// or nothing, and twice is once.
/// </summary>
internal static class IncomingEndpoints
{
    internal const long LargestList = 32 * 1024 * 1024;

    public static void Map(RouteGroupBuilder api)
    {
        var operation = api.MapGroup("/operations/{op}");
        operation.MapPost("/imports", Import).Requires(Act.Import).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LargestList));
        operation.MapPost("/line-texts", TakeLine).Requires(Act.WriteStatement);
    }

    private static async Task<IResult> Import(string op, bool? dry, HttpContext context, HostedOperations operations, AuditLog audit)
    {
        var operation = operations.Get(op);
        if (TableImports.Takes(context.Request.ContentType))
        {
            return await TableImports.Answer(op, dry is true, operation, context, operations, audit);
        }

        if (context.Request.ContentType is not { } type || !type.StartsWith("application/x-ndjson", StringComparison.OrdinalIgnoreCase))
        {
            throw new ServerRefusal(StatusCodes.Status415UnsupportedMediaType, "request.media-type", "Send a list as application/x-ndjson: one JSON object a line (formats/statement-list.md); a table as text/csv or a workbook, or with its mapping as multipart/form-data (formats/table-mapping.md).");
        }

        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        var reading = await Task.Run(() => StatementListReader.Read(bytes.ToArray(), operation.Operation.Gazetteer.Count > 0 ? operation.Operation.Gazetteer : null, SourceAliases.None));
        var page = operation.Page;
        var rows = reading.How.Select(h => RowOf(h, page)).ToList();
        var problems = reading.Problems.Select(p => new ProblemLine(p.Code, p.Message, p.Place)).Concat(Conflicts(rows, page, "line")).ToList();
        var answer = new ImportAnswer(dry is true, rows, problems, rows.Count(r => r.Standing == "new"), rows.Count(r => r.Standing == "there"), rows.Count(r => r.Unmapped), 0);
        if (dry is true)
        {
            return Results.Json(answer);
        }

        if (problems.Count > 0)
        {
            throw new RefusedException(problems[0].Code, $"{problems[0].Message} Nothing was taken in.", problems[0].Place);
        }

        var taken = await operation.Write((book, _) => book.Enter(reading.Statements, operations.Now));
        audit.Add(op, context.Member().Account, RoleWords.Of(context.Member().Roles), "imported", $"{Shown.Number(taken.Recorded.Count)} statements");
        return Results.Json(answer with { Recorded = taken.Recorded.Count, AlreadyThere = taken.AlreadyThere, Rows = [] }, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> TakeLine(string op, bool? dry, LineTextRequest request, HttpContext context, HostedOperations operations, AuditLog audit, TimeProvider clock)
    {
        var operation = operations.Get(op);
        var read = LineText.Read(request.Text ?? "");
        var line = read.Value ?? throw new RefusedException(read.Problems[0].Code, read.Problems[0].Message, read.Problems[0].Place);
        var day = LocalDatePattern.Iso.Parse(request.Day ?? "");
        if (!day.Success)
        {
            throw new RefusedException("line-text.day", "Say on which day the vehicle was closed, as 2031-05-02: the line has the hour alone.", "day");
        }

        var now = StatementEndpoints.NowIn(operation.Operation.Zone, clock);
        var heard = request.HeardAt is { Length: > 0 } at ? TypedTime.Moment(at, operation.Operation.Zone) : now;
        var reception = new Reception(request.Channel is "radio" or "phone" or "paper" or "text" ? request.Channel : throw new RefusedException("line-text.channel", "A line comes by radio, phone, paper or text.", "channel"), heard, request.ReadBack, request.CountedBy is { Length: > 0 } by ? by : null);
        var statements = line.Statements(operation.Operation, day.Value, reception, Observers);
        string[] ids = [.. statements.Select(s => s.Id.Value)];
        string[] wordings = [.. statements.Select(s => s.Wording)];
        var there = statements.Count(s => operation.Page.Find(s.Id.Value) is not null);
        if (dry is true)
        {
            return Results.Json(new LineTextAnswer(true, line.ToString(), wordings, ids, 0, there));
        }

        var recorded = await operation.Write((book, _) =>
        {
            // Entered twice, the first stands: how it came the second time changes nothing of what was counted.
            var fresh = statements.Where(s => book.Find(s.Id) is null).ToList();
            return fresh.Count == 0 ? 0 : book.Enter(fresh, operations.Now).Recorded.Count;
        });
        audit.Add(op, context.Member().Account, RoleWords.Of(context.Member().Roles), "said", ids[0]);
        return Results.Json(new LineTextAnswer(false, line.ToString(), wordings, ids, recorded, statements.Count - recorded), statusCode: recorded > 0 ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    /// <summary>This mission's own observers, as the phones name them: one source, whoever stands at the line.</summary>
    private static Source Observers { get; } = new(new SourceId("mission/observers"), "Observers of the mission", SourceKind.OwnObservers);

    /// <summary>Rows whose id stands for other words in the book: both are shown.</summary>
    internal static IEnumerable<ProblemLine> Conflicts(IEnumerable<ImportedRow> rows, BookPage page, string row) => rows.Where(r => r.Standing == "conflict")
        .Select(r => new ProblemLine("book.same-id-other-words", $"{r.Id} is in the book already with other words. There: '{Shown.Short(page.Find(r.Id)!.Statement.Wording)}' Here: '{Shown.Short(r.Wording)}'", $"{row} {Shown.Number(r.Line)}"));

    internal static ImportedRow RowOf(HowRead how, BookPage page)
    {
        var s = how.Statement;
        var standing = page.Find(s.Id.Value) is not { } there ? "new" : StatementBytes.Write(there.Statement).AsSpan().SequenceEqual(StatementBytes.Write(s)) ? "there" : "conflict";
        return new ImportedRow(how.Line, s.Id.Value, Token.Of(how.ListKind), s.Said.Kind, s.Wording, Token.Of(s.Modality), how.IsUnmapped, standing, [.. how.Reasons.Select(r => r.ToString())]);
    }
}
