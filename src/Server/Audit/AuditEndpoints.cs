using Microsoft.EntityFrameworkCore;
using Safeconduct.Server.Access;
using Safeconduct.Server.Accounts;

namespace Safeconduct.Server.Audit;

internal sealed record AuditEvent(long N, DateTimeOffset At, string Who, string Role, string Act, string Target, string? Reason, string Hash);

internal sealed record AuditAnswer(IReadOnlyList<AuditEvent> Events, long? Next, long? FirstBroken);

internal sealed record GlassRequest(string Reason, int Minutes);

internal sealed record GlassAnswer(DateTimeOffset Until);

/// <summary>The audit log as its readers see it, and the glass that an auditor may break.</summary>
internal static class AuditEndpoints
{
    private const int Page = 200;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/operations/{op}/audit", Read).Requires(Act.ReadAudit);
        api.MapPost("/operations/{op}/break-glass", BreakGlass).Requires(Act.BreakGlass);
    }

    /// <summary>Whether an auditor's glass is broken now.</summary>
    public static Task<bool> IsBroken(AccountsDb accounts, Member member, TimeProvider clock)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return accounts.Glasses.AnyAsync(g => g.AccountId == member.Account && g.Operation == member.Operation && g.UntilUnix > now);
    }

    private static async Task<AuditAnswer> Read(string op, long? after, HttpContext context, AccountsDb accounts, AuditLog audit)
    {
        // Who runs the server reads what happened to the server, and nothing of an operation.
        var isAuditor = context.Member().Is(Role.Auditor);
        var lines = await accounts.Audit.AsNoTracking().Where(a => a.N > (after ?? 0) && (isAuditor ? a.Operation == op || a.Operation == null : a.Operation == null)).OrderBy(a => a.N).Take(Page + 1).ToListAsync();
        return new AuditAnswer(
            [.. lines.Take(Page).Select(a => new AuditEvent(a.N, DateTimeOffset.FromUnixTimeMilliseconds(a.AtUnixMs), a.Who, a.Role, a.Act, a.Target, a.Reason, a.Hash))],
            lines.Count > Page ? lines[Page - 1].N : null,
            audit.FirstBroken());
    }

    private static async Task<GlassAnswer> BreakGlass(string op, GlassRequest request, HttpContext context, AccountsDb accounts, AuditLog audit, TimeProvider clock)
    {
        var reason = (request.Reason ?? "").Trim();
        if (reason.Length is < 10 or > 500)
        {
            throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "glass.reason", "Say why in 10 to 500 characters; others will read it.");
        }

        var until = clock.GetUtcNow().AddMinutes(Math.Clamp(request.Minutes, 1, 60));
        var member = context.Member();
        audit.Add(op, member.Account, RoleWords.Of(member.Roles), "broke-glass", $"until {until:O}", reason);
        accounts.Glasses.Add(new BrokenGlass { AccountId = member.Account, Operation = op, Reason = reason, UntilUnix = until.ToUnixTimeSeconds() });
        await accounts.SaveChangesAsync();
        return new GlassAnswer(until);
    }
}
