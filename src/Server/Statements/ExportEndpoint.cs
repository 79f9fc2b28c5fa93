using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features;
using Safeconduct.Reports.Exchange;
using Safeconduct.Server.Access;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Situation;
using Safeconduct.Spreadsheets;
using Safeconduct.Statements;

namespace Safeconduct.Server.Statements;

/// <summary>The statements that a caller may be shown one by one, in a format of the trade, as they come. Who took what is kept in the audit log.</summary>
internal static class ExportEndpoint
{
    private static readonly IReadOnlyList<ExportFormat> Formats = [.. ExportFormats.All, StatementWorkbook.Format];

    public static void Map(RouteGroupBuilder api) => api.MapGet("/operations/{op}/export", Export).Requires(Act.ReadSituation);

    private static async Task Export(string op, HttpContext context, HostedOperations operations, AuditLog audit, TimeProvider clock)
    {
        var wanted = context.Request.Query["format"].ToString();
        var format = Formats.FirstOrDefault(f => f.Name == wanted)
            ?? throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "export.format", $"format is one of {string.Join(", ", Formats.Select(f => f.Name))}.");
        var operation = operations.Get(op);
        var (audience, page) = (Asked.AudienceOf(context.Member()), operation.Page);
        var shown = new Asked(Safeconduct.Situation.Views.View.Everything, audience).Shown(page, operation, clock.GetUtcNow()).ToDictionary(s => s.Id);
        var leaving = page.Book.Statements.Where(s => shown.ContainsKey(s.Statement.Id)).ToList();
        audit.Add(op, context.Member().Account, RoleWords.Of(context.Member().Roles), "exported", $"{Shown.Number(leaving.Count)} statements as {format.Name}");
        context.Response.ContentType = format.Media;
        context.Response.Headers.ContentDisposition = new ContentDisposition { FileName = $"{op}{format.Ending}" }.ToString();

        // Formats are written as they come, and a ZIP archive only knows how to write at once; the connection itself is what holds them back.
        context.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        var cover = Cover.For(operation.Operation, audience, page.Book.Statements.Count - leaving.Count);
        await Task.Run(() => format.Write(context.Response.Body, cover, leaving.Select(s => new HandedOn(shown[s.Statement.Id], s.Entry.ToString())), _ => context.RequestAborted.ThrowIfCancellationRequested()), context.RequestAborted);
    }
}
