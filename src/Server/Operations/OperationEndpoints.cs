using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Safeconduct.Server.Access;
using Safeconduct.Server.Accounts;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Sync;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Server.Operations;

internal sealed record OperationLine(string Slug, string Name, IReadOnlyList<string> Roles);

internal sealed record FoundRequest(string Slug, string Name, string TimeZone, JsonElement? Places, JsonElement? Settings);

internal sealed record SettingsAnswer(bool FightersTallied, int DelayMinutes, IReadOnlyList<string> Languages, string ProofLevel);

internal sealed record OperationAnswer(string Slug, string Id, string Name, string TimeZone, long Size, string Root, string Level, IReadOnlyList<PartyAnswer> Parties, SettingsAnswer Settings, DateTimeOffset Now, DateTimeOffset? KnownFrom, DateTimeOffset? KnownTo);

/// <summary>Operations: founded by who runs the server, seen by their members.</summary>
internal static class OperationEndpoints
{
    /// <summary>What the pages can be read in.</summary>
    private static readonly string[] Languages = ["en", "ar", "fr", "ru"];

    private const long LargestFounding = 8 * 1024 * 1024;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/operations", List).Requires(Act.KeepOwnAccount);
        api.MapPost("/operations", Found).Requires(Act.RunServer).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LargestFounding));
        api.MapGet("/operations/{op}", Get).Requires(Act.SeeOperation);
    }

    private static async Task<IReadOnlyList<OperationLine>> List(HttpContext context, AccountsDb accounts, HostedOperations operations)
    {
        var account = context.Member().Account;
        var isAdministrator = await accounts.Users.AnyAsync(a => a.Id == account && a.IsAdministrator);
        var memberships = await accounts.Memberships.AsNoTracking().Where(m => m.AccountId == account).ToDictionaryAsync(m => m.Operation, m => m.Roles);
        return
        [
            .. operations.All.Where(o => isAdministrator || memberships.ContainsKey(o.Slug))
                .Select(o => new OperationLine(o.Slug, o.Operation.Name, memberships.TryGetValue(o.Slug, out var roles) ? roles.Split(',') : [])),
        ];
    }

    private static IResult Found(FoundRequest request, HttpContext context, HostedOperations operations, AuditLog audit)
    {
        var founded = operations.Found(request.Slug ?? "", request.Name ?? "", request.TimeZone ?? "", BytesOf(request.Places), BytesOf(request.Settings));
        audit.Add(null, context.Member().Account, "administrator", "founded", founded.Slug);
        return Results.Json(AnswerOf(founded, DateTimeOffset.UtcNow), statusCode: StatusCodes.Status201Created);
    }

    private static OperationAnswer Get(string op, HttpContext context, HostedOperations operations, TimeProvider clock)
    {
        var answer = AnswerOf(operations.Get(op), clock.GetUtcNow());

        // When the mission was busy is the room's alone.
        return context.Member().IsInRoom ? answer : answer with { KnownFrom = null, KnownTo = null };
    }

    private static OperationAnswer AnswerOf(HostedOperation operation, DateTimeOffset now)
    {
        var page = operation.Page;
        return new OperationAnswer(
            operation.Slug,
            operation.OperationId.ToString(),
            operation.Operation.Name,
            operation.Operation.Zone.Id,
            page.Size,
            page.Book.Head.Root.ToString(),
            SyncEndpoints.LevelOf(page.Level),
            [.. page.Statements.Select(s => s.SaidBy).Where(s => s.Kind is SourceKind.Party or SourceKind.Guarantor).DistinctBy(s => s.Id).OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => new PartyAnswer(s.Id.Value, s.Name))],
            SettingsOf(operation),
            now,
            page.Known?.First.ToDateTimeOffset(),
            page.Known?.Last.ToDateTimeOffset());
    }

    internal static SettingsAnswer SettingsOf(HostedOperation operation) => new(operation.Operation.FightersTallied, (int)operation.Operation.ReleaseDelay.TotalMinutes, Languages, "logged");

    private static ReadOnlyMemory<byte>? BytesOf(JsonElement? json) =>
        json is { ValueKind: JsonValueKind.Object } element ? new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(element.GetRawText())) : default(ReadOnlyMemory<byte>?);
}
