using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Safeconduct.Intake.Forms;
using Safeconduct.Server.Access;
using Safeconduct.Server.Accounts;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Server.Collect;

/// <summary>
/// A key with which phones of a partner get forms and hand them in. What they say is said by the organisation that the room declared, and never by this mission's observers unless the
/// room said so. Neither the token nor the password is kept: of the one a hash, of the other the HA1 of digest authentication.
/// </summary>
public sealed class AppUser
{
    public required string Id { get; set; }

    public required string Operation { get; set; }

    public required string Name { get; set; }

    public required string Organisation { get; set; }

    /// <summary>In the words of a statement: <c>responder</c>.</summary>
    public required string SourceKind { get; set; }

    public required string Language { get; set; }

    public string? TokenHash { get; set; }

    /// <summary>MD5 of name, realm and a drawn password (RFC 7616, 3.4.2): enough to answer for this address, and for no other.</summary>
    public string? Ha1 { get; set; }

    public long MadeUnix { get; set; }

    public long? LastHeardUnix { get; set; }

    public long? RevokedUnix { get; set; }

    internal Collector Collector => new(Name, SourceOf(Organisation, SourceKind), Language);

    internal static Source SourceOf(string organisation, string kind) => Token.TryRead<SourceKind>(kind, out var read) && read is not Safeconduct.Statements.Sources.SourceKind.OwnObservers
        ? new Source(new SourceId(Token.Slug(organisation) is { Length: > 0 } slug ? slug : organisation), organisation, read, Body: organisation)
        : new Source(new SourceId("mission/observers"), "Observers of the mission", Safeconduct.Statements.Sources.SourceKind.OwnObservers);
}

/// <summary>
/// Every key of this server, in memory: each request of a phone asks here, before anything else of it is looked at. The database is the truth; what is added or ended goes there first.
/// </summary>
internal sealed class AppUsers(IDbContextFactory<AccountsDb> factory, TimeProvider clock)
{
    private readonly Lock gate = new();
    private ConcurrentDictionary<string, AppUser>? byToken;
    private ConcurrentDictionary<string, AppUser> byId = new(StringComparer.Ordinal);

    /// <summary>The key of a token that was not ended; null where there is none.</summary>
    public AppUser? Find(string token) => token.Length is > 0 and <= 200 ? Tokens.GetValueOrDefault(Secrets.HashOf(token)) : null;

    /// <summary>By the name of digest authentication.</summary>
    public AppUser? FindById(string id) => Tokens.Count >= 0 ? byId.GetValueOrDefault(id) : null;

    /// <summary>Whose request this says it is, for the limits of requests: by its token, or by a name that is still to be proven.</summary>
    public string? Asking(HttpRequest request) => request.Path.Value!.Split('/') is [_, "key", var token, ..]
        ? Find(token)?.Id
        : Digest.UserOf(request.Headers.Authorization.ToString()) is { } id ? FindById(id)?.Id : null;

    public async Task Add(AccountsDb accounts, AppUser user)
    {
        accounts.AppUsers.Add(user);
        await accounts.SaveChangesAsync();
        Tokens[user.TokenHash!] = user;
        byId[user.Id] = user;
    }

    public async Task<bool> Revoke(AccountsDb accounts, string operation, string id)
    {
        var user = await accounts.AppUsers.FirstOrDefaultAsync(u => u.Operation == operation && u.Id == id);
        if (user is null)
        {
            return false;
        }

        var hash = user.TokenHash;
        (user.TokenHash, user.Ha1, user.RevokedUnix) = (null, null, user.RevokedUnix ?? clock.GetUtcNow().ToUnixTimeSeconds());
        await accounts.SaveChangesAsync();
        if (hash is not null)
        {
            Tokens.TryRemove(hash, out _);
        }

        byId.TryRemove(id, out _);
        return true;
    }

    /// <summary>To the minute, as for devices: often enough to see a silent one, and a seldom write.</summary>
    public async Task Heard(AppUser user)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (gate)
        {
            if (user.LastHeardUnix is { } last && last > now - 60)
            {
                return;
            }

            user.LastHeardUnix = now;
        }

        await using var accounts = await factory.CreateDbContextAsync();
        await accounts.AppUsers.Where(u => u.Id == user.Id).ExecuteUpdateAsync(s => s.SetProperty(u => u.LastHeardUnix, now));
    }

    private ConcurrentDictionary<string, AppUser> Tokens
    {
        get
        {
            if (byToken is { } known)
            {
                return known;
            }

            lock (gate)
            {
                if (byToken is null)
                {
                    using var accounts = factory.CreateDbContext();
                    var standing = accounts.AppUsers.AsNoTracking().Where(u => u.TokenHash != null).ToList();
                    byId = new ConcurrentDictionary<string, AppUser>(standing.ToDictionary(u => u.Id), StringComparer.Ordinal);
                    byToken = new ConcurrentDictionary<string, AppUser>(standing.ToDictionary(u => u.TokenHash!), StringComparer.Ordinal);
                }

                return byToken;
            }
        }
    }
}
