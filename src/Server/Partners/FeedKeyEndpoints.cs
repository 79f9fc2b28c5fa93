using Microsoft.EntityFrameworkCore;
using Safeconduct.Server.Access;
using Safeconduct.Server.Accounts;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Operations;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Server.Partners;

/// <param name="Open">The public feed for anybody, without a key.</param>
internal sealed record FeedKeyRequest(string? Name, string? Audience, int? Days, bool Open);

/// <param name="Key">Shown this once; null where the feed is open to anybody.</param>
internal sealed record FeedKeyMade(string Id, string? Key, DateTimeOffset Expires);

internal sealed record FeedKeyAnswer(string Id, string Name, string Audience, bool Open, DateTimeOffset Made, DateTimeOffset Expires, DateTimeOffset? Revoked, DateTimeOffset? LastUsed);

/// <summary>Keys of partners' programs: made for an office and an audience, for a time, and ended at any moment. What a key has read is in the audit log.</summary>
internal static class FeedKeyEndpoints
{
    private const int UsualDays = 90;
    private const int MostDays = 366;
    private const int MostKeys = 200;
    private const int LongestName = 100;

    public static void Map(RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/operations/{op}/feed-keys");
        keys.MapGet("", List).Requires(Act.ManageFeedKeys);
        keys.MapPost("", Make).Requires(Act.ManageFeedKeys);
        keys.MapDelete("/{id}", Revoke).Requires(Act.ManageFeedKeys);
    }

    private static async Task<IReadOnlyList<FeedKeyAnswer>> List(string op, AccountsDb accounts) =>
    [
        .. (await accounts.FeedKeys.AsNoTracking().Where(k => k.Operation == op).OrderBy(k => k.MadeUnix).ThenBy(k => k.Id).ToListAsync())
            .Select(k => new FeedKeyAnswer(k.Id, k.Name, k.Audience, k.KeyHash is null, At(k.MadeUnix), At(k.ExpiresUnix), Maybe(k.RevokedUnix), Maybe(k.LastUsedUnix))),
    ];

    private static async Task<IResult> Make(string op, FeedKeyRequest request, HttpContext context, AccountsDb accounts, HostedOperations operations, AuditLog audit, TimeProvider clock)
    {
        operations.Get(op);
        if ((request.Name ?? "").Trim() is not { Length: > 0 and <= LongestName } name || name.Any(char.IsControl))
        {
            throw new RefusedException("feed-key.name", $"Say in 1 to {Shown.Number(LongestName)} characters which office uses the key.", "name");
        }

        if (!Token.TryRead<Audience>(request.Audience ?? "", out var audience) || audience is Audience.Room)
        {
            throw new RefusedException("feed-key.audience", "A key is for parties or public; what the room alone sees leaves it by no key.", "audience");
        }

        if (request.Open && audience is not Audience.Public)
        {
            throw new RefusedException("feed-key.open", "Only the public feed can be opened to anybody.", "open");
        }

        if (request.Days is < 1 or > MostDays)
        {
            throw new RefusedException("feed-key.days", $"A key lasts 1 to {Shown.Number(MostDays)} days.", "days");
        }

        var now = clock.GetUtcNow();
        if (await accounts.FeedKeys.CountAsync(k => k.Operation == op && k.RevokedUnix == null && k.ExpiresUnix > now.ToUnixTimeSeconds()) >= MostKeys)
        {
            throw new RefusedException("feed-key.too-many", $"There are {Shown.Number(MostKeys)} keys already; end those that nobody uses.");
        }

        var secret = request.Open ? null : Secrets.Draw();
        var expires = now.AddDays(request.Days ?? UsualDays);
        var key = new FeedKey
        {
            Id = Secrets.Draw()[..12], Operation = op, Name = name, Audience = Token.Of(audience), KeyHash = secret is null ? null : Secrets.HashOf(secret), MadeBy = context.Member().Account,
            MadeUnix = now.ToUnixTimeSeconds(), ExpiresUnix = expires.ToUnixTimeSeconds(),
        };
        accounts.FeedKeys.Add(key);
        await accounts.SaveChangesAsync();
        audit.Add(op, context.Member().Account, RoleWords.Of(context.Member().Roles), request.Open ? "opened-feed" : "made-feed-key", $"{key.Id} {key.Audience}");
        return Results.Json(new FeedKeyMade(key.Id, secret, At(key.ExpiresUnix)), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> Revoke(string op, string id, HttpContext context, AccountsDb accounts, AuditLog audit, TimeProvider clock)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        if (await accounts.FeedKeys.Where(k => k.Operation == op && k.Id == id && k.RevokedUnix == null).ExecuteUpdateAsync(s => s.SetProperty(k => k.RevokedUnix, now)) == 0)
        {
            throw ServerRefusal.NotFound("feed-key.not-found", "There is no such key, or it was ended already.");
        }

        audit.Add(op, context.Member().Account, RoleWords.Of(context.Member().Roles), "ended-feed-key", id);
        return Results.NoContent();
    }

    private static DateTimeOffset At(long unix) => DateTimeOffset.FromUnixTimeSeconds(unix);

    private static DateTimeOffset? Maybe(long? unix) => unix is { } at ? At(at) : null;
}
