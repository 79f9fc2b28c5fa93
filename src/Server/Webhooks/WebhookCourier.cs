using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Safeconduct.Server.Accounts;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Operations;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Server.Webhooks;

/// <summary>
/// Carries what was published to the webhooks. The record is the memory of what happened: each webhook remembers up to which entry it is queued, so that what was published
/// while the server was down, or in the moment in which it fell, is queued when it is up again. At least once: a try that was cut off is made again under the same id.
/// </summary>
internal sealed partial class WebhookCourier : BackgroundService
{
    private const int MostAtOnce = 8;
    private const int MostKeptDays = 30;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private readonly HostedOperations operations;
    private readonly IDbContextFactory<AccountsDb> factory;
    private readonly IDataProtector protector;
    private readonly WebhookPost post;
    private readonly ServerOptions options;
    private readonly AuditLog audit;
    private readonly TimeProvider clock;
    private readonly ILogger<WebhookCourier> log;
    private readonly SemaphoreSlim woken = new(1);

    public WebhookCourier(HostedOperations operations, IDbContextFactory<AccountsDb> factory, IDataProtectionProvider protection, WebhookPost post, ServerOptions options, AuditLog audit, TimeProvider clock, ILogger<WebhookCourier> log)
    {
        (this.operations, this.factory, this.post, this.options, this.audit, this.clock, this.log) = (operations, factory, post, options, audit, clock, log);
        protector = protection.CreateProtector("safeconduct.webhooks");
        operations.Opened += o => o.Turned += (_, _) => Wake();
    }

    /// <summary>Something may be there to send.</summary>
    public void Wake()
    {
        try
        {
            woken.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // Awake already, or going to rest for good.
        }
    }

    public string Seal(string secret) => protector.Protect(secret);

    /// <summary>The secret of a webhook, or null where this server's keys are not those it was sealed with.</summary>
    public string? Open(Webhook webhook)
    {
        try
        {
            return protector.Unprotect(webhook.SealedSecret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public override void Dispose()
    {
        woken.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var sleep = LongestSleep;
            try
            {
                await Queue(stoppingToken);
                sleep = await SendDue(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A locked file of accounts passes; what waits is still there.
                Stumbled(log, e);
            }

            try
            {
                await woken.WaitAsync(sleep, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Queues what the record holds and a webhook has not been told, in one write with how far it got.</summary>
    private async Task Queue(CancellationToken cancel)
    {
        await using var accounts = await factory.CreateDbContextAsync(cancel);
        foreach (var webhook in await accounts.Webhooks.Where(w => w.DisabledUnix == null).ToListAsync(cancel))
        {
            if (operations.Find(webhook.Operation) is not { Page: var page } operation || page.Size <= webhook.NextEntry || !Token.TryRead<Audience>(webhook.Audience, out var audience) || audience is Audience.Room)
            {
                continue;
            }

            foreach (var (entry, entryId, type, about, body) in WebhookEvents.Since(operation, page, webhook.NextEntry, audience, options.PublicAddress))
            {
                accounts.Deliveries.Add(new WebhookDelivery
                {
                    Id = WebhookEvents.IdOf(webhook.Id, entryId, type), Webhook = webhook.Id, Entry = entry, Event = type, About = about, Body = body, State = "waiting", NextUnixMs = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                });
            }

            webhook.NextEntry = page.Size;
            await accounts.SaveChangesAsync(cancel);
        }

        var old = clock.GetUtcNow().AddDays(-MostKeptDays).ToUnixTimeMilliseconds();
        await accounts.Deliveries.Where(d => d.State != "waiting" && d.LastUnixMs < old).ExecuteDeleteAsync(cancel);
    }

    /// <summary>Sends what is due, and says how long nothing will be.</summary>
    private async Task<TimeSpan> SendDue(CancellationToken cancel)
    {
        await using var accounts = await factory.CreateDbContextAsync(cancel);
        var waiting = await accounts.Deliveries.AsNoTracking().Where(d => d.State == "waiting").Join(accounts.Webhooks.AsNoTracking().Where(w => w.DisabledUnix == null), d => d.Webhook, w => w.Id, (d, w) => new { Delivery = d, Webhook = w }).ToListAsync(cancel);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();

        // One after the other to each address, in the record's order: what comes behind one that waits for its next try waits too. Slow ones hold up nobody else.
        var queues = waiting.GroupBy(x => x.Webhook.Id).Select(g => g.OrderBy(x => x.Delivery.Entry).ToList()).ToList();
        var due = queues.Where(q => q[0].Delivery.NextUnixMs <= now).ToList();
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancel }, async (own, c) =>
        {
            foreach (var one in own)
            {
                if (!await Send(one.Webhook, one.Delivery, c))
                {
                    break;
                }
            }
        });
        var next = queues.Select(q => q[0].Delivery.NextUnixMs).Where(at => at > now).Select(at => (long?)at).Min();
        return due.Count > 0 ? TimeSpan.Zero : next is { } at && at - now < LongestSleep.TotalMilliseconds ? TimeSpan.FromMilliseconds(Math.Max(1, at - now)) : LongestSleep;
    }

    /// <summary>One try. False where the webhook is to be left alone for now.</summary>
    private async Task<bool> Send(Webhook webhook, WebhookDelivery delivery, CancellationToken cancel)
    {
        var posted = Open(webhook) is { } secret ? await post.Send(webhook.Url, secret, delivery.Id, delivery.Body, cancel) : null;
        var (now, tries) = (clock.GetUtcNow().ToUnixTimeMilliseconds(), delivery.Tries + 1);
        var isLast = posted is null or { Status: StatusCodes.Status410Gone } || (!posted.IsTaken && tries > options.WebhookWaits.Count);
        var state = posted?.IsTaken == true ? "delivered" : isLast ? "failed" : "waiting";
        var next = state is "waiting" ? now + Jittered(options.WebhookWaits[tries - 1]) : now;
        await using var accounts = await factory.CreateDbContextAsync(cancel);
        await accounts.Deliveries.Where(d => d.Id == delivery.Id).ExecuteUpdateAsync(
            s => s.SetProperty(d => d.State, state).SetProperty(d => d.Tries, tries).SetProperty(d => d.NextUnixMs, next).SetProperty(d => d.LastUnixMs, now).SetProperty(d => d.LastStatus, posted == null ? null : posted.Status).SetProperty(d => d.LastError, posted == null ? null : posted.Error), cancel);
        if (state is "failed")
        {
            var why = posted switch
            {
                null => "Its secret can't be read with the keys of this server; make the webhook anew.",
                { Status: StatusCodes.Status410Gone } => "The receiver answered that it is gone (410).",
                _ => $"{Shown.Number(tries)} tries to deliver {delivery.About} failed, the last with {(posted.Status is { } status ? $"status {Shown.Number(status)}" : posted.Error)}. Look at the receiver, then make the webhook anew.",
            };
            await accounts.Webhooks.Where(w => w.Id == webhook.Id && w.DisabledUnix == null).ExecuteUpdateAsync(s => s.SetProperty(w => w.DisabledUnix, now / 1000).SetProperty(w => w.DisabledWhy, why), cancel);
            audit.Add(webhook.Operation, "server", "server", "disabled-webhook", webhook.Id);
        }

        return state is "delivered";
    }

    // Up to a fifth sooner or later, so that receivers that fell together are not all asked again at one moment.
    private static long Jittered(TimeSpan wait) => (long)(wait.TotalMilliseconds * (0.8 + (RandomNumberGenerator.GetInt32(0, 4001) / 10_000.0)));

    [LoggerMessage(1, LogLevel.Warning, "Webhooks stumbled and go on")]
    private static partial void Stumbled(ILogger log, Exception exception);
}
