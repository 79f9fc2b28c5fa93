using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Safeconduct.Server.Access;
using Safeconduct.Server.Accounts;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Situation;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Server.Partners;

/// <summary>The partner's program that reads a feed, by the key it came with. Owned by the request.</summary>
/// <param name="Key">The key's id; never the key.</param>
public sealed record FeedReader(string Key, Audience Audience);

/// <summary>
/// Who reads feeds without being a member. A key comes as <c>Authorization: Bearer</c>, or in the address for programs that take nothing else; it is worth an audience outside
/// the room. Its use is audited once an hour, so that reading page after page does not fill the log.
/// </summary>
internal sealed class FeedKeys(TimeProvider clock)
{
    private const string Bearer = "Bearer ";
    private readonly ConcurrentDictionary<string, long> hours = new(StringComparer.Ordinal);

    /// <summary>Lets in who brings a key of this operation.</summary>
    public async Task<bool> Admit(HttpContext context, AccountsDb accounts, string? operation, AuditLog audit)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var secret = context.Request.RouteValues.TryGetValue("key", out var inPath) ? inPath as string
            : header.StartsWith(Bearer, StringComparison.Ordinal) ? header[Bearer.Length..]
            : null;
        if (operation is null || secret is not { Length: > 0 and <= 100 })
        {
            return false;
        }

        var (hash, now) = (Secrets.HashOf(secret), clock.GetUtcNow().ToUnixTimeSeconds());
        var key = await accounts.FeedKeys.AsNoTracking().FirstOrDefaultAsync(k => k.KeyHash == hash && k.Operation == operation && k.RevokedUnix == null && k.ExpiresUnix > now);
        return key is not null && await Taken(context, accounts, key, audit);
    }

    /// <summary>Lets anybody in where the operation opened its public feed.</summary>
    public async Task<bool> AdmitAnybody(HttpContext context, AccountsDb accounts, string? operation, AuditLog audit)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var key = operation is null ? null : await accounts.FeedKeys.AsNoTracking().FirstOrDefaultAsync(k => k.KeyHash == null && k.Operation == operation && k.RevokedUnix == null && k.ExpiresUnix > now);
        return key is not null && await Taken(context, accounts, key, audit);
    }

    /// <summary>For whom a feed is written that this request asked for: the key's audience, or what the member may see.</summary>
    public static Audience AudienceOf(HttpContext context) =>
        context.Items.TryGetValue(typeof(FeedReader), out var reader) && reader is FeedReader { Audience: var audience } ? audience : Asked.AudienceOf(context.Member());

    private async Task<bool> Taken(HttpContext context, AccountsDb accounts, FeedKey key, AuditLog audit)
    {
        // A key never opens the room, whatever a row says.
        if (!Token.TryRead<Audience>(key.Audience, out var audience) || audience is Audience.Room)
        {
            return false;
        }

        context.Items[typeof(FeedReader)] = new FeedReader(key.Id, audience);
        var hour = clock.GetUtcNow().ToUnixTimeSeconds() / 3600;
        if (hours.GetValueOrDefault(key.Id, -1) != hour)
        {
            hours[key.Id] = hour;
            await accounts.FeedKeys.Where(k => k.Id == key.Id).ExecuteUpdateAsync(s => s.SetProperty(k => k.LastUsedUnix, hour * 3600));
            audit.Add(key.Operation, key.Id, key.KeyHash is null ? "anybody" : "feed-key", "read-feed", key.Audience);
        }

        return true;
    }
}
