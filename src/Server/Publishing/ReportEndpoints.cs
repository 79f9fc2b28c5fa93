using NodaTime;
using Safeconduct.Printing;
using Safeconduct.Reports.Publishing;
using Safeconduct.Reports.Rendering;
using Safeconduct.Server.Access;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Live;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Web;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Server.Publishing;

internal sealed record EditionAnswer(string Edition, string Sha256, long Length);

internal sealed record ErratumAnswer(string Text, string Language, DateTimeOffset At, string? Statement, IReadOnlyList<string> Reports);

internal sealed record SignOffAnswer(string ComposedBy, string CheckedBy, string ClearedBy, IReadOnlyList<string> Distribution, IReadOnlyList<string> ReleasedEarly);

internal sealed record ReportAnswer(
    string Reference, string Title, DateTimeOffset CutOff, DateTimeOffset PublishedAt, string? Corrects, bool Flash, long Index, string Entry, IReadOnlyList<EditionAnswer> Editions, IReadOnlyList<ErratumAnswer> Errata, SignOffAnswer? SignOff);

internal sealed record ErratumRequest(string Text, string? Language, string? Statement, IReadOnlyList<string>? Reports);

/// <summary>What was published: each member's own editions, byte for byte as the record has them, and errata. Nothing published is ever changed.</summary>
internal static class ReportEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var reports = api.MapGroup("/operations/{op}/reports");
        reports.MapGet("", List).Requires(Act.ReadReports);
        reports.MapGet("/edition", Read).Requires(Act.ReadReports);
        reports.MapGet("/citing/{statement}", Citing).Requires(Act.ComposeReport);
        reports.MapPost("/errata", AddErratum).Requires(Act.ComposeReport);
    }

    private static async Task<IReadOnlyList<ReportAnswer>> List(string op, HttpContext context, HostedOperations operations)
    {
        var (operation, member) = (operations.Get(op), context.Member());
        var answers = new List<ReportAnswer>();
        foreach (var report in Published.In(operation.Page).Reverse().Where(r => r.Publication.Editions.Any(e => Published.MayRead(member, e.Audience))))
        {
            answers.Add(await AnswerOf(operation, report, member));
        }

        return answers;
    }

    /// <summary>One edition: the bytes as published, their print, or another form of the document that those bytes were written from.</summary>
    private static async Task<IResult> Read(string op, string reference, string edition, string? format, HttpContext context, HostedOperations operations, AuditLog audit, Composing composing, Printer printer)
    {
        var (operation, member, audience) = (operations.Get(op), context.Member(), DraftEndpoints.EditionOf(edition));
        var report = Published.Find(operation.Page, reference);
        if (format is not (null or "html" or "pdf" or "docx" or "md" or "json"))
        {
            throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "report.no-such-format", "The forms are html, pdf, docx, md and json.");
        }

        if (!Published.MayRead(member, audience) || report.FileOf(audience) is not { } file)
        {
            throw ServerRefusal.NotFound("report.not-found", "No such report was published to you.");
        }

        var html = await operation.ReadLog((book, _) => book.FindFile(report.Document, file)) ?? throw ServerRefusal.NotFound("report.not-readable", "The record has this edition and its body can't be opened here.");
        if (audience is Audience.Room)
        {
            audit.Add(op, member.Account, RoleWords.Of(member.Roles), "read-report", format is null ? reference : $"{reference} {format}");
        }

        var name = FileName(report.Publication, audience);
        if (format is null or "html")
        {
            Hardening.AsDocument(context.Response);
            return Results.Bytes(html, "text/html; charset=utf-8");
        }

        var published = report.Publication.Editions[file - 1];
        if (format is "pdf")
        {
            return Results.Bytes(await printer.Print(html, published.Sha256, context.RequestAborted), "application/pdf", $"{name}.pdf");
        }

        var signed = await operation.ReadLog((book, _) => book.FindFile(report.Document, report.SignOffFile) is { } bytes ? SignOff.Read(bytes) : null);
        var document = await composing.Again(operation, report.Publication, published, signed);
        return format switch
        {
            "docx" => Results.Bytes(SitrepDocx.Write(document), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", $"{name}.docx"),
            "md" => Results.Bytes(System.Text.Encoding.UTF8.GetBytes(SitrepMarkdown.Write(document)), "text/markdown; charset=utf-8", $"{name}.md"),
            _ => Results.Bytes(SitrepJson.Write(document), "application/json", $"{name}.json"),
        };
    }

    /// <summary>The reference with what a file's name can't hold made plain, and the edition, so that two of them are not mistaken for each other.</summary>
    private static string FileName(Publication publication, Audience audience) =>
        $"{string.Concat(publication.Reference.Select(c => char.IsLetterOrDigit(c) || c is '-' or '.' ? c : '-'))}-{Token.Of(audience)}";

    /// <summary>Published reports whose words name a statement: those that an erratum should speak of when it is corrected or withdrawn.</summary>
    private static async Task<IReadOnlyList<string>> Citing(string op, string statement, HostedOperations operations)
    {
        var operation = operations.Get(op);
        if (operation.Page.Find(statement) is null)
        {
            throw ServerRefusal.NotFound("statement.not-found", "There is no such statement here.");
        }

        var anchor = $"id=\"{Safeconduct.Reports.Rendering.SitrepHtml.AnchorOf(new StatementId(statement))}\"";
        var citing = new List<string>();
        foreach (var report in Published.In(operation.Page))
        {
            // Any edition will do: an erratum to one is an erratum to the report.
            for (var file = 1; file < report.SignOffFile; file++)
            {
                var (one, html) = (file, (ReadOnlyMemory<byte>?)null);
                html = await operation.ReadLog((book, _) => book.FindFile(report.Document, one));
                if (html is { } bytes && System.Text.Encoding.UTF8.GetString(bytes.Span).Contains(anchor, StringComparison.Ordinal))
                {
                    citing.Add(report.Publication.Reference);
                    break;
                }
            }
        }

        return citing;
    }

    private static async Task<IResult> AddErratum(string op, ErratumRequest request, HttpContext context, HostedOperations operations, AuditLog audit, LiveFeed feed, TimeProvider clock)
    {
        var operation = operations.Get(op);
        var known = Published.In(operation.Page).Select(p => p.Publication.Reference).ToHashSet(StringComparer.Ordinal);
        var named = (request.Reports ?? []).Take(1000).Distinct(StringComparer.Ordinal).ToList();
        if (named.Find(r => !known.Contains(r)) is { } unknown)
        {
            throw new RefusedException("erratum.unknown-report", $"No report '{Shown.Short(unknown)}' was published.", "reports");
        }

        if (request.Statement is { Length: > 0 } on && operation.Page.Find(on) is null)
        {
            throw new RefusedException("erratum.unknown-statement", $"There is no statement '{Shown.Short(on)}' here.", "statement");
        }

        var erratum = new Erratum(named, request.Text ?? "", new Words(" ", request.Language is { Length: > 0 } l ? l : "en").Language, Instant.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds()), request.Statement is { Length: > 0 } s ? new StatementId(s) : null);
        await operation.Write((book, _) => book.Keep([new Record.NewBody(erratum.ToBytes(), Erratum.Media)], operations.Now));
        audit.Add(op, context.Member().Account, RoleWords.Of(context.Member().Roles), "published-erratum", string.Join(' ', named));
        feed.Desk(operation, "reports", Audience.Public);
        return Results.Json(AnswerOf(erratum), statusCode: StatusCodes.Status201Created);
    }

    internal static async Task<ReportAnswer> AnswerOf(HostedOperation operation, PublishedReport report, Member member)
    {
        var p = report.Publication;
        var signed = member.IsInRoom || member.Is(Role.Auditor)
            ? await operation.ReadLog((book, _) => book.FindFile(report.Document, report.SignOffFile) is { } bytes ? SignOff.Read(bytes) : null)
            : null;
        return new ReportAnswer(
            p.Reference, p.Title, p.CutOff.ToDateTimeOffset(), p.At.ToDateTimeOffset(), p.Corrects, p.IsFlash, report.Document.Index.Value, report.Document.Entry.ToString(),
            [.. p.Editions.Where(e => Published.MayRead(member, e.Audience)).Select(e => new EditionAnswer(Token.Of(e.Audience), e.Sha256, e.Length))],
            [.. Published.Errata(operation.Page).Where(e => e.Erratum.Reports.Contains(p.Reference)).Select(e => AnswerOf(e.Erratum))],
            signed is null ? null : new SignOffAnswer(signed.ComposedBy, signed.CheckedBy, signed.ClearedBy, signed.Distribution, [.. signed.ReleasedEarly.Select(id => id.Value)]));
    }

    private static ErratumAnswer AnswerOf(Erratum e) => new(e.Text, e.Language, e.At.ToDateTimeOffset(), e.On?.Value, e.Reports);
}
