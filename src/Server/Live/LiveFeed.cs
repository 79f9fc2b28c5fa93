using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Statements;
using Safeconduct.Server.Sync;
using Safeconduct.Statements;

namespace Safeconduct.Server.Live;

/// <summary>One thing that happened, written once for all who listen.</summary>
/// <param name="Id">The size of the record after it: where a listener that comes back goes on from.</param>
internal sealed record LiveEvent(long Id, string Text, Audience WidestAudience);

/// <summary>
/// What pages hear while they are open. The record is the memory: who comes back with the last id it heard gets the statements recorded since, from the book. A listener
/// that does not keep up is let go and comes back.
/// </summary>
internal sealed class LiveFeed
{
    private const int MostWaiting = 2000;
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<Channel<LiveEvent>, bool>> listeners = new(StringComparer.Ordinal);
    private readonly JsonSerializerOptions json;

    public LiveFeed(HostedOperations operations, IOptions<JsonOptions> options)
    {
        json = options.Value.SerializerOptions;
        operations.Opened += o => o.Turned += (before, after) => Turned(o, before, after);
    }

    public Channel<LiveEvent> Listen(string operation)
    {
        var channel = Channel.CreateBounded<LiveEvent>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        listeners.GetOrAdd(operation, _ => new())[channel] = true;
        return channel;
    }

    public void Leave(string operation, Channel<LiveEvent> channel)
    {
        if (listeners.TryGetValue(operation, out var own))
        {
            own.TryRemove(channel, out _);
        }
    }

    /// <summary>Tells pages that something of the desk changed, so that they ask for it anew.</summary>
    public void Desk(HostedOperation operation, string what, Audience widest) =>
        Send(operation.Slug, new LiveEvent(operation.Page.Size, Written(operation.Page.Size, "desk", JsonSerializer.Serialize(new { what }, json)), widest));

    /// <summary>The statements recorded since, as events.</summary>
    public IEnumerable<LiveEvent> Since(BookPage page, long size)
    {
        // From the end, since a page usually asks for the last few of many.
        var statements = page.Book.Statements;
        var first = statements.Count;
        while (first > 0 && statements[first - 1].Index.Value >= size)
        {
            first--;
        }

        for (var i = first; i < statements.Count; i++)
        {
            var entered = statements[i];
            if (Disclosure.MayShow(entered.Statement, Audience.Room))
            {
                yield return new LiveEvent(entered.Index.Value + 1, Written(entered.Index.Value + 1, "statement", JsonSerializer.Serialize(StatementView.Of(entered, page, page.Standing), json)), Audience.Room);
            }
        }
    }

    public LiveEvent Head(BookPage page) => new(page.Size, Written(page.Size, "head", JsonSerializer.Serialize(new { size = page.Size, root = page.Book.Head.Root.ToString(), level = SyncEndpoints.LevelOf(page.Level) }, json)), Audience.Room);

    private void Turned(HostedOperation operation, BookPage before, BookPage after)
    {
        if (!listeners.TryGetValue(operation.Slug, out var own) || own.IsEmpty)
        {
            return;
        }

        foreach (var one in Since(after, before.Size))
        {
            Send(operation.Slug, one);
        }

        Send(operation.Slug, Head(after));
    }

    private void Send(string operation, LiveEvent one)
    {
        if (!listeners.TryGetValue(operation, out var own))
        {
            return;
        }

        foreach (var channel in own.Keys)
        {
            if (!channel.Writer.TryWrite(one))
            {
                channel.Writer.TryComplete();
                own.TryRemove(channel, out _);
            }
        }
    }

    // Server-sent events, HTML Living Standard 9.2: one data line, since JSON holds no line feed.
    private static string Written(long id, string name, string data) => string.Create(CultureInfo.InvariantCulture, $"id: {id}\nevent: {name}\ndata: {data}\n\n");
}
