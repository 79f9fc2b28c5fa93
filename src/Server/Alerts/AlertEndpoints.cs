using Microsoft.EntityFrameworkCore;
using NodaTime;
using Safeconduct.Record;
using Safeconduct.Record.Books;
using Safeconduct.Reports.Exchange.Cap;
using Safeconduct.Reports.Exchange.GeoJson;
using Safeconduct.Server.Access;
using Safeconduct.Server.Accounts;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Live;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Partners;
using Safeconduct.Server.Situation;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Server.Alerts;

internal sealed record AlertText(string Language, string Event, string Headline, string Description);

/// <param name="Digest">Of all that it says: whoever releases it sends this back.</param>
internal sealed record ProposedAnswer(string Matter, string For, string Message, string? Follows, IReadOnlyList<string> Statements, string Digest, IReadOnlyList<AlertText> Texts);

internal sealed record ReleasedAnswer(string Identifier, string For, string Matter, string Message, string? Follows, DateTimeOffset Sent, IReadOnlyList<string> Statements, string? ReleasedBy, string Entry);

internal sealed record AlertsAnswer(IReadOnlyList<ProposedAnswer>? Proposed, IReadOnlyList<ReleasedAnswer> Released);

internal sealed record ReleaseRequest(string? Matter, string? For, string? Digest, string? Status);

/// <summary>
/// Alerts: what the statements suggest, for the eyes of those who may release it, and what was released, for those it is for. Nothing goes out without a named person who read
/// it, and what goes out is what was read. A release is an entry of the record.
/// </summary>
internal static class AlertEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var alerts = api.MapGroup("/operations/{op}/alerts");
        alerts.MapGet("", List).Requires(Act.ReadFeed);
        alerts.MapPost("", Release).Requires(Act.ReleaseAlert);
        alerts.MapGet("/{identifier}.cap", Read).Requires(Act.ReadFeed);
    }

    /// <summary>The alerts released, from the record alone.</summary>
    public static IReadOnlyList<(KeptDocument Document, ReleasedAlert Alert)> Released(BookPage page) =>
        [.. page.Book.Documents.Where(d => d.Media[0] == ReleasedAlert.Media).Select(d => (d, ReleasedAlert.Read(d.First)))];

    private static async Task<AlertsAnswer> List(string op, HttpContext context, HostedOperations operations, TimeProvider clock)
    {
        var (operation, audience) = (operations.Get(op), FeedKeys.AudienceOf(context));
        var (page, member) = (operation.Page, context.MaybeMember());
        var released = Released(page);
        var proposed = member?.Is(Role.ReportingOfficer) == true || member?.Is(Role.Monitor) == true
            ? Enum.GetValues<Audience>().SelectMany(to => Proposed(operation, page, to, clock).Select(p => AnswerOf(p, to))).ToList()
            : null;
        var answers = new List<ReleasedAnswer>();
        foreach (var (document, alert) in released.Where(r => r.Alert.Audience >= audience))
        {
            var by = audience is Audience.Room ? await operation.ReadLog((book, _) => book.FindFile(document, document.Media.Count - 1) is { } bytes ? AlertRelease.Read(bytes).By : null) : null;
            answers.Add(new ReleasedAnswer(alert.Identifier, Token.Of(alert.Audience), alert.Matter.ToString(), Token.Of(alert.Message), alert.Follows, alert.Sent.ToDateTimeOffset(), [.. alert.Rests.Select(r => r.Value)], by, document.Entry.ToString()));
        }

        return new AlertsAnswer(proposed, answers);
    }

    private static async Task<IResult> Read(string op, string identifier, HttpContext context, HostedOperations operations)
    {
        var (operation, audience) = (operations.Get(op), FeedKeys.AudienceOf(context));
        var found = Released(operation.Page).FirstOrDefault(r => r.Alert.Identifier == identifier && r.Alert.Audience >= audience);
        return found.Document is { } document && await operation.ReadLog((book, _) => book.FindFile(document, ReleasedAlert.MessageFile)) is { } xml
            ? Results.Bytes(xml, CapXml.Media)
            : throw ServerRefusal.NotFound("alert.not-found", "No such alert was released to you.");
    }

    private static async Task<IResult> Release(string op, ReleaseRequest request, HttpContext context, HostedOperations operations, AccountsDb accounts, AuditLog audit, LiveFeed feed, TimeProvider clock)
    {
        var operation = operations.Get(op);
        if (!Token.TryRead<Audience>(request.For ?? "", out var audience))
        {
            throw new RefusedException("alert.for", "An alert is for room, parties or public.", "for");
        }

        if (!Token.TryRead<CapStatus>(request.Status ?? "actual", out var status))
        {
            throw new RefusedException("alert.status", "An alert's status is actual, exercise or test.", "status");
        }

        var account = context.Member().Account;
        var by = new AlertRelease((await accounts.Users.AsNoTracking().FirstAsync(u => u.Id == account)).UserName ?? "");
        var places = await operation.ReadLog((book, _) => book.FindDocument(DocumentMedia.Gazetteer));
        var outlines = places is { } bytes ? Outlines.Of(bytes) : Outlines.None;
        var (entry, alert) = await operation.Write((book, _) =>
        {
            // Decided on the writer's turn: of two releases of one proposal the second finds it gone.
            var page = operation.Page;
            var proposal = Proposed(operation, page, audience, clock).FirstOrDefault(p => p.Matter.ToString() == request.Matter && p.Digest == request.Digest)
                ?? throw new ServerRefusal(StatusCodes.Status409Conflict, "alert.changed", "This is not what is proposed now: more was said, or somebody released it. Read it again, then release it.");
            var released = Released(page).Select(r => r.Alert).ToList();
            var message = AlertDesk.Message(proposal, released, operation.Operation, audience, AlertDesk.SenderOf(operation.OperationId.ToString()), status, Instant.FromDateTimeOffset(clock.GetUtcNow()), outlines);
            var recorded = ReleasedAlert.Of(proposal, message, audience, operation.Operation);
            var receipt = book.Keep([new NewBody(recorded.ToBytes(), ReleasedAlert.Media), new NewBody(CapXml.Write(message), CapXml.Media), new NewBody(by.ToBytes(), AlertRelease.Media)], operations.Now);
            return (receipt.Id, recorded);
        });
        audit.Add(op, account, RoleWords.Of(context.Member().Roles), "released-alert", $"{alert.Identifier} {Token.Of(audience)}");
        feed.Desk(operation, "alerts", audience);
        return Results.Json(
            new ReleasedAnswer(alert.Identifier, Token.Of(audience), alert.Matter.ToString(), Token.Of(alert.Message), alert.Follows, alert.Sent.ToDateTimeOffset(), [.. alert.Rests.Select(r => r.Value)], by.By, entry.ToString()),
            statusCode: StatusCodes.Status201Created);
    }

    private static IReadOnlyList<ProposedAlert> Proposed(HostedOperation operation, BookPage page, Audience audience, TimeProvider clock) =>
        AlertDesk.Propose(new Asked(View.Everything, audience).Shown(page, operation, clock.GetUtcNow()), [.. Released(page).Select(r => r.Alert)], operation.Operation, audience);

    private static ProposedAnswer AnswerOf(ProposedAlert p, Audience to) =>
        new(p.Matter.ToString(), Token.Of(to), Token.Of(p.Message), p.Follows?.Identifier, [.. p.Rests.Select(s => s.Id.Value)], p.Digest, [.. p.Words.Select(w => new AlertText(w.Language, w.Event, w.Headline, w.Description))]);
}
