using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Safeconduct.Server.Accounts;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Partners;

namespace Safeconduct.Server.Access;

/// <summary>
/// Stands before every endpoint and decides by its <see cref="Permission"/> and <see cref="Rules"/> alone. Deny by default: who is not a member of an
/// operation learns no more of it than of one that does not exist.
/// </summary>
internal sealed class Gate(RequestDelegate next)
{
    public async Task Invoke(HttpContext context, AccountsDb accounts, IAntiforgery antiforgery, AuditLog audit, FeedKeys feeds)
    {
        var permission = context.GetEndpoint()?.Metadata.GetMetadata<Permission>();
        // Routing puts an endpoint of its own where the address is right and the way of asking is not.
        if (permission is null && context.GetEndpoint() is { DisplayName: { } name } and not RouteEndpoint && Misasked(name) is { } misasked)
        {
            await ProblemAnswers.Write(context, misasked);
            return;
        }

        if (permission is null)
        {
            await ProblemAnswers.Write(context, ProblemAnswers.Of(StatusCodes.Status404NotFound, "not-found", "There is nothing at this address."));
            return;
        }

        var refusal = permission.Act is { } act ? await Refusal(context, act, accounts, antiforgery, audit, feeds) : permission.ReadsNoCookie ? null : await CsrfRefusal(context, antiforgery);
        if (refusal is { } r)
        {
            await ProblemAnswers.Write(context, ProblemAnswers.Of(r.Status, r.Code, r.Detail));
            return;
        }

        await next(context);
    }

    private static async Task<(int Status, string Code, string Detail)?> Refusal(HttpContext context, Act act, AccountsDb accounts, IAntiforgery antiforgery, AuditLog audit, FeedKeys feeds)
    {
        var operation = context.GetRouteValue("op") as string;
        if (Rules.Allows(act, Others.Device))
        {
            var device = await DeviceOf(context, accounts);
            if (device is null || !string.Equals(device.Operation, operation, StringComparison.Ordinal))
            {
                return (StatusCodes.Status401Unauthorized, "device.not-enrolled", "This device is not enrolled here, or its enrolment has ended. Enrol it again; what it holds is kept.");
            }

            context.Items[typeof(CallingDevice)] = new CallingDevice(device.Id, device.Operation);
            return null;
        }

        if (Rules.Allows(act, Others.FeedKey) && (context.Request.RouteValues.ContainsKey("key") || context.Request.Headers.Authorization.Count > 0))
        {
            return await feeds.Admit(context, accounts, operation, audit)
                ? null
                : (StatusCodes.Status401Unauthorized, "feed-key.not-known", "This key opens no feed of this operation, or its time is over. Ask the operation for a new one.");
        }

        if (Rules.Allows(act, Others.FeedKey) && context.User.Identity?.IsAuthenticated != true && await feeds.AdmitAnybody(context, accounts, operation, audit))
        {
            return null;
        }

        if (context.User.Identity?.IsAuthenticated != true || AccountOf(context) is not { } account)
        {
            return (StatusCodes.Status401Unauthorized, "sign-in.needed", "Sign in first.");
        }

        if (await CsrfRefusal(context, antiforgery) is { } forged)
        {
            return forged;
        }

        var person = await accounts.Users.AsNoTracking().FirstOrDefaultAsync(a => a.Id == account);
        if (person is null)
        {
            return (StatusCodes.Status401Unauthorized, "sign-in.needed", "Sign in first.");
        }

        var member = operation is null ? null : await MemberOf(accounts, account, operation);
        context.Items[typeof(Member)] = member ?? new Member(account, operation ?? "", new HashSet<Role>(), null);
        var may = Rules.Allows(act, Others.SignedIn)
            || (person.IsAdministrator && Rules.Allows(act, Others.Administrator))
            || (member?.Roles.Any(r => Rules.Allows(act, r)) ?? false);
        if (may)
        {
            return null;
        }

        audit.Add(operation, account, member is null ? "none" : RoleWords.Of(member.Roles), "refused", $"{act} {context.Request.Method}");
        return member is null && operation is not null && !person.IsAdministrator
            ? (StatusCodes.Status404NotFound, "not-found", "There is nothing here that you may see.")
            : (StatusCodes.Status403Forbidden, "not-allowed", "Your role does not include this. Ask who set up the operation.");
    }

    private static Microsoft.AspNetCore.Mvc.ProblemDetails? Misasked(string name) => name switch
    {
        _ when name.StartsWith("415", StringComparison.Ordinal) => ProblemAnswers.Of(StatusCodes.Status415UnsupportedMediaType, "request.media-type", "Send application/json."),
        _ when name.StartsWith("405", StringComparison.Ordinal) => ProblemAnswers.Of(StatusCodes.Status405MethodNotAllowed, "request.method", "This address is not asked in this way."),
        _ => null,
    };

    // A form on another page can send our cookie but can't read our token.
    private static async Task<(int Status, string Code, string Detail)?> CsrfRefusal(HttpContext context, IAntiforgery antiforgery) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || context.User.Identity?.IsAuthenticated != true || await antiforgery.IsRequestValidAsync(context)
            ? null
            : (StatusCodes.Status400BadRequest, "csrf.missing", "The request lacks the token of this session. Load the page again; nothing was changed.");

    public static string? AccountOf(HttpContext context) => context.User.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)?.Value;

    private static async Task<Member?> MemberOf(AccountsDb accounts, string account, string operation)
    {
        var membership = await accounts.Memberships.AsNoTracking().FirstOrDefaultAsync(m => m.AccountId == account && m.Operation == operation);
        return membership is null ? null : new Member(account, operation, RoleWords.Read(membership.Roles), membership.PartyId is { } id ? new PartySource(id, membership.PartyName ?? id) : null);
    }

    private static async Task<EnrolledDevice?> DeviceOf(HttpContext context, AccountsDb accounts)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.Ordinal) || header.Length > 200)
        {
            return null;
        }

        var hash = Secrets.HashOf(header[7..]);
        return await accounts.Devices.AsNoTracking().FirstOrDefaultAsync(d => d.TokenHash == hash && d.Revoked == null);
    }
}

/// <summary>One-time codes and tokens: drawn here, shown once, kept as hashes.</summary>
internal static class Secrets
{
    /// <summary>160 bits in letters and digits that are not mistaken for each other.</summary>
    public static string Draw()
    {
        const string letters = "0123456789abcdefghjkmnpqrstvwxyz";
        return RandomNumberGenerator.GetString(letters, 32);
    }

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

/// <summary>Roles as the interface and the database write them.</summary>
public static class RoleWords
{
    private static readonly (Role Role, string Word)[] Words =
    [
        (Role.Observer, "observer"), (Role.Monitor, "monitor"), (Role.ReportingOfficer, "reporting-officer"), (Role.Party, "party"), (Role.Guarantor, "guarantor"), (Role.Auditor, "auditor"), (Role.HeadOfMission, "head-of-mission"),
    ];

    public static string Of(IEnumerable<Role> roles) => string.Join(',', roles.Order().Select(r => Words.First(w => w.Role == r).Word));

    public static IReadOnlySet<Role> Read(string words) =>
        words.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(w => Words.First(x => x.Word == w).Role).ToHashSet();

    /// <exception cref="ServerRefusal"><c>role.unknown</c>.</exception>
    public static Role Parse(string word) => Words.FirstOrDefault(w => w.Word == word) is { Word: not null } found
        ? found.Role
        : throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "role.unknown", $"The roles are {string.Join(", ", Words.Select(w => w.Word))}.");
}
