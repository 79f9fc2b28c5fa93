using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Safeconduct.Server.Access;
using Safeconduct.Server.Accounts;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Operations;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Server.Webhooks;

internal sealed record WebhookRequest(string? Url, string? Audience);

/// <param name="Secret">Shown this once.</param>
internal sealed record WebhookMade(string Id, string Url, string Audience, string Secret);

internal sealed record DisabledAnswer(DateTimeOffset At, string Why);

internal sealed record LastAnswer(DateTimeOffset At, string Event, string State, int? Status, string? Error);

internal sealed record WebhookAnswer(string Id, string Url, string Audience, DateTimeOffset Made, int Waiting, LastAnswer? Last, DisabledAnswer? Disabled);

internal sealed record DeliveryAnswer(string Id, string Event, string About, string State, int Tries, DateTimeOffset? LastAt, int? LastStatus, string? LastError, DateTimeOffset? NextAt);

internal sealed record TestAnswer(bool Taken, int? Status, string? Error, string Id);

/// <summary>Addresses that are told when a report or an erratum is published. They hear of the editions of their audience and of nothing else.</summary>
internal static class WebhookEndpoints
{
    private const int MostWebhooks = 20;
    private const int MostShown = 100;

    public static void Map(RouteGroupBuilder api)
    {
        var webhooks = api.MapGroup("/operations/{op}/webhooks");
        webhooks.MapGet("", List).Requires(Act.ManageWebhooks);
        webhooks.MapPost("", Make).Requires(Act.ManageWebhooks);
        webhooks.MapPost("/{id}/test", Try).Requires(Act.ManageWebhooks);
        webhooks.MapDelete("/{id}", End).Requires(Act.ManageWebhooks);
        webhooks.MapGet("/{id}/deliveries", Deliveries).Requires(Act.ManageWebhooks);
    }

    private static async Task<IReadOnlyList<WebhookAnswer>> List(string op, AccountsDb accounts)
    {
        var answers = new List<WebhookAnswer>();
        foreach (var w in await accounts.Webhooks.AsNoTracking().Where(w => w.Operation == op).OrderBy(w => w.MadeUnix).ThenBy(w => w.Id).ToListAsync())
        {
            var last = await accounts.Deliveries.AsNoTracking().Where(d => d.Webhook == w.Id && d.LastUnixMs != null).OrderByDescending(d => d.LastUnixMs).FirstOrDefaultAsync();
            answers.Add(new WebhookAnswer(
                w.Id, w.Url, w.Audience, DateTimeOffset.FromUnixTimeSeconds(w.MadeUnix), await accounts.Deliveries.CountAsync(d => d.Webhook == w.Id && d.State == "waiting"),
                last is null ? null : new LastAnswer(At(last.LastUnixMs)!.Value, last.Event, last.State, last.LastStatus, last.LastError),
                w.DisabledUnix is { } off ? new DisabledAnswer(DateTimeOffset.FromUnixTimeSeconds(off), w.DisabledWhy ?? "") : null));
        }

        return answers;
    }

    private static async Task<IResult> Make(string op, WebhookRequest request, HttpContext context, AccountsDb accounts, HostedOperations operations, WebhookPost post, WebhookCourier courier, AuditLog audit, TimeProvider clock)
    {
        var operation = operations.Get(op);
        if (!Token.TryRead<Audience>(request.Audience ?? "", out var audience) || audience is Audience.Room)
        {
            throw new RefusedException("webhook.audience", "A webhook hears what is published to the parties or to the public; what the room alone sees leaves it by no webhook.", "audience");
        }

        if (await accounts.Webhooks.CountAsync(w => w.Operation == op) >= MostWebhooks)
        {
            throw new RefusedException("webhook.too-many", $"There are {Shown.Number(MostWebhooks)} webhooks already; end those that nobody uses.");
        }

        var url = await post.Checked(request.Url);
        var secret = WebhookSecret.Draw();
        var webhook = new Webhook
        {
            Id = Secrets.Draw()[..12], Operation = op, Url = url.AbsoluteUri, Audience = Token.Of(audience), SealedSecret = courier.Seal(secret), MadeBy = context.Member().Account, MadeUnix = clock.GetUtcNow().ToUnixTimeSeconds(),
            NextEntry = operation.Page.Size,
        };
        accounts.Webhooks.Add(webhook);
        await accounts.SaveChangesAsync();
        Told(audit, context, op, "made-webhook", $"{webhook.Id} {webhook.Audience}");
        return Results.Json(new WebhookMade(webhook.Id, webhook.Url, webhook.Audience, secret), statusCode: StatusCodes.Status201Created);
    }

    /// <summary>Sends one message at once that speaks of nothing, and says what came of it.</summary>
    private static async Task<TestAnswer> Try(string op, string id, HttpContext context, AccountsDb accounts, WebhookPost post, WebhookCourier courier, AuditLog audit, TimeProvider clock)
    {
        var webhook = await Found(accounts, op, id);
        Told(audit, context, op, "tested-webhook", id);
        var message = "msg_" + Secrets.Draw();
        if (courier.Open(webhook) is not { } secret)
        {
            return new TestAnswer(false, null, "Its secret can't be read with the keys of this server; make the webhook anew.", message);
        }

        var posted = await post.Send(webhook.Url, secret, message, WebhookEvents.Written(WebhookEvents.Test, Instant.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds()), new JsonObject { ["operation"] = op }), context.RequestAborted);
        return new TestAnswer(posted.IsTaken, posted.Status, posted.Error, message);
    }

    private static async Task<IResult> End(string op, string id, HttpContext context, AccountsDb accounts, AuditLog audit)
    {
        var webhook = await Found(accounts, op, id);
        await accounts.Deliveries.Where(d => d.Webhook == webhook.Id).ExecuteDeleteAsync();
        await accounts.Webhooks.Where(w => w.Id == webhook.Id).ExecuteDeleteAsync();
        Told(audit, context, op, "ended-webhook", id);
        return Results.NoContent();
    }

    private static async Task<IReadOnlyList<DeliveryAnswer>> Deliveries(string op, string id, AccountsDb accounts)
    {
        var webhook = await Found(accounts, op, id);
        return
        [
            .. (await accounts.Deliveries.AsNoTracking().Where(d => d.Webhook == webhook.Id).OrderByDescending(d => d.Entry).Take(MostShown).ToListAsync())
                .Select(d => new DeliveryAnswer(d.Id, d.Event, d.About, d.State, d.Tries, At(d.LastUnixMs), d.LastStatus, d.LastError, d.State is "waiting" ? At(d.NextUnixMs) : null)),
        ];
    }

    private static async Task<Webhook> Found(AccountsDb accounts, string op, string id) =>
        await accounts.Webhooks.AsNoTracking().FirstOrDefaultAsync(w => w.Operation == op && w.Id == id) ?? throw ServerRefusal.NotFound("webhook.not-found", "There is no such webhook.");

    private static void Told(AuditLog audit, HttpContext context, string op, string act, string target) => audit.Add(op, context.Member().Account, RoleWords.Of(context.Member().Roles), act, target);

    private static DateTimeOffset? At(long? unixMs) => unixMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}
