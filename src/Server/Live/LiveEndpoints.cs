using System.Globalization;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Safeconduct.Server.Access;
using Safeconduct.Server.Accounts;
using Safeconduct.Server.Health;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Situation;
using Safeconduct.Statements;

namespace Safeconduct.Server.Live;

/// <summary>Server-sent events of one operation, resumed by the last id heard.</summary>
internal static class LiveEndpoints
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public static void Map(RouteGroupBuilder api) => api.MapGet("/operations/{op}/events", Listen).Requires(Act.SeeOperation);

    private static async Task Listen(string op, HttpContext context, HostedOperations operations, LiveFeed feed, Figures figures, IDbContextFactory<AccountsDb> accounts, IHostApplicationLifetime life)
    {
        var operation = operations.Get(op);
        // How fast the record grows tells when the mission is busy: only the room hears it. An auditor reads lines of the audit, not what is said.
        var audience = context.Member().IsInRoom ? Audience.Room : Audience.Parties;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var channel = feed.Listen(op);
        figures.Listens(1);
        try
        {
            await Catch(context, operation, feed, audience, ending.Token);
            await Follow(context, op, audience, channel, accounts, ending.Token);
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the server stops: the page comes back by itself.
        }
        finally
        {
            feed.Leave(op, channel);
            figures.Listens(-1);
        }
    }

    private static async Task Catch(HttpContext context, HostedOperation operation, LiveFeed feed, Audience audience, CancellationToken cancel)
    {
        if (audience is not Audience.Room)
        {
            await context.Response.Body.FlushAsync(cancel);
            return;
        }

        var page = operation.Page;
        var heard = context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : context.Request.Query["after"].ToString();
        if (long.TryParse(heard, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            foreach (var missed in feed.Since(page, size))
            {
                await context.Response.WriteAsync(missed.Text, cancel);
            }
        }

        await context.Response.WriteAsync(feed.Head(page).Text, cancel);
        await context.Response.Body.FlushAsync(cancel);
    }

    private static async Task Follow(HttpContext context, string op, Audience audience, Channel<LiveEvent> channel, IDbContextFactory<AccountsDb> accounts, CancellationToken cancel)
    {
        var member = context.Member();
        while (!cancel.IsCancellationRequested)
        {
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            quiet.CancelAfter(KeepAlive);
            try
            {
                if (!await channel.Reader.WaitToReadAsync(quiet.Token))
                {
                    return;
                }

                while (channel.Reader.TryRead(out var one))
                {
                    if (one.WidestAudience >= audience)
                    {
                        await context.Response.WriteAsync(one.Text, cancel);
                    }
                }
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                // Whoever was a member when the page opened may no longer be one.
                await using var db = await accounts.CreateDbContextAsync(cancel);
                if (!await db.Memberships.AnyAsync(m => m.AccountId == member.Account && m.Operation == op, cancel))
                {
                    return;
                }

                await context.Response.WriteAsync(": still here\n\n", cancel);
            }

            await context.Response.Body.FlushAsync(cancel);
        }
    }
}
