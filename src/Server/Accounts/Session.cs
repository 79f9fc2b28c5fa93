using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Safeconduct.Server.Access;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Operations;

namespace Safeconduct.Server.Accounts;

internal sealed record PasswordRequest(string Name, string Password, string Code);

internal sealed record PasskeyRequest(string Credential);

internal sealed record PartyAnswer(string Id, string Name);

internal sealed record MembershipAnswer(string Operation, string Name, IReadOnlyList<string> Roles, PartyAnswer? Party);

internal sealed record AccountAnswer(string Id, string Name, string Language);

internal sealed record SessionAnswer(bool SignedIn, AccountAnswer? Account, bool Administrator, IReadOnlyList<MembershipAnswer> Memberships, string? Csrf);

/// <summary>Signing in and out. A refusal is one and the same whatever the reason, takes the same work, and is audited.</summary>
internal static class SessionEndpoints
{
    public const string SignInLimit = "sign-in";

    // The hash of a password that nobody has: checked where the name is unknown, so that an unknown name takes as long as a wrong password.
    private static readonly string NobodysHash = new PasswordHasher<Account>().HashPassword(new Account(), Guid.NewGuid().ToString());

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/session", Get).OpenToAll("A page asks who it is for before it can show a sign-in.");
        api.MapPost("/session/password", WithPassword).OpenToAll("Signing in.").RequireRateLimiting(SignInLimit);
        api.MapPost("/session/passkey/options", PasskeyOptions).OpenToAll("Signing in.").RequireRateLimiting(SignInLimit);
        api.MapPost("/session/passkey", WithPasskey).OpenToAll("Signing in.").RequireRateLimiting(SignInLimit);
        api.MapDelete("/session", Delete).Requires(Act.KeepOwnAccount);
        api.MapPost("/session/end-all", DeleteAll).Requires(Act.KeepOwnAccount);
    }

    public static async Task<SessionAnswer> Answer(HttpContext context, AccountsDb accounts, HostedOperations operations, IAntiforgery antiforgery)
    {
        var csrf = antiforgery.GetAndStoreTokens(context).RequestToken;
        context.Response.Headers.CacheControl = "no-store";
        var account = Gate.AccountOf(context) is { } id && context.User.Identity?.IsAuthenticated == true ? await accounts.Users.AsNoTracking().FirstOrDefaultAsync(a => a.Id == id) : null;
        if (account is null)
        {
            return new SessionAnswer(false, null, false, [], csrf);
        }

        var memberships = await accounts.Memberships.AsNoTracking().Where(m => m.AccountId == account.Id).OrderBy(m => m.Operation).ToListAsync();
        return new SessionAnswer(
            true,
            new AccountAnswer(account.Id, account.UserName!, account.Language),
            account.IsAdministrator,
            [.. memberships.Select(m => new MembershipAnswer(m.Operation, operations.Find(m.Operation)?.Operation.Name ?? m.Operation, m.Roles.Split(','), m.PartyId is null ? null : new PartyAnswer(m.PartyId, m.PartyName ?? m.PartyId)))],
            csrf);
    }

    /// <summary>Signs an account in on this request, so that the answer already carries the token of the new session.</summary>
    public static async Task SignIn(HttpContext context, SignInManager<Account> signIn, Account account)
    {
        await signIn.SignInAsync(account, isPersistent: false);
        context.User = await signIn.CreateUserPrincipalAsync(account);
    }

    private static Task<SessionAnswer> Get(HttpContext context, AccountsDb accounts, HostedOperations operations, IAntiforgery antiforgery) => Answer(context, accounts, operations, antiforgery);

    private static async Task<SessionAnswer> WithPassword(PasswordRequest request, HttpContext context, UserManager<Account> users, SignInManager<Account> signIn, AccountsDb accounts, HostedOperations operations, IAntiforgery antiforgery, AuditLog audit, TimeProvider clock)
    {
        var name = (request.Name ?? "").Trim();
        var account = name.Length is > 0 and <= 100 ? await users.FindByNameAsync(name) : null;
        var passwordFits = users.PasswordHasher.VerifyHashedPassword(account ?? new Account(), account?.PasswordHash ?? NobodysHash, (request.Password ?? "")[..Math.Min(request.Password?.Length ?? 0, 200)]) is not PasswordVerificationResult.Failed;
        var isLocked = account is not null && await users.IsLockedOutAsync(account);
        var step = account is null ? null : OneTimeCodes.StepOf(await users.GetAuthenticatorKeyAsync(account) ?? "", request.Code ?? "", clock.GetUtcNow());
        if (account is null || !passwordFits || isLocked || step is not { } accepted || accepted <= account.LastTimeStep)
        {
            if (account is not null && !isLocked)
            {
                await users.AccessFailedAsync(account);
            }

            audit.Add(null, account?.Id ?? "unknown", "none", "sign-in-refused", "password", step <= account?.LastTimeStep ? "code used before" : isLocked ? "locked" : null);
            throw Refused();
        }

        // The code is spent before the session exists: two requests with one code can't both pass.
        if (await accounts.Users.Where(a => a.Id == account.Id && a.LastTimeStep < accepted).ExecuteUpdateAsync(s => s.SetProperty(a => a.LastTimeStep, accepted)) != 1)
        {
            audit.Add(null, account.Id, "none", "sign-in-refused", "password", "code used before");
            throw Refused();
        }

        await accounts.Entry(account).ReloadAsync();
        await users.ResetAccessFailedCountAsync(account);
        await SignIn(context, signIn, account);
        audit.Add(null, account.Id, "self", "signed-in", "password");
        return await Answer(context, accounts, operations, antiforgery);
    }

    private static async Task<IResult> PasskeyOptions(SignInManager<Account> signIn) =>
        Results.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    private static async Task<SessionAnswer> WithPasskey(PasskeyRequest request, HttpContext context, SignInManager<Account> signIn, UserManager<Account> users, AccountsDb accounts, HostedOperations operations, IAntiforgery antiforgery, AuditLog audit)
    {
        var assertion = await signIn.PerformPasskeyAssertionAsync(request.Credential ?? "");
        if (!assertion.Succeeded || await users.IsLockedOutAsync(assertion.User))
        {
            audit.Add(null, "unknown", "none", "sign-in-refused", "passkey");
            throw Refused();
        }

        await users.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey);
        await SignIn(context, signIn, assertion.User);
        audit.Add(null, assertion.User.Id, "self", "signed-in", "passkey");
        return await Answer(context, accounts, operations, antiforgery);
    }

    private static async Task<IResult> Delete(HttpContext context, SignInManager<Account> signIn, AuditLog audit)
    {
        audit.Add(null, Gate.AccountOf(context)!, "self", "signed-out", "session");
        await signIn.SignOutAsync();
        return Results.NoContent();
    }

    private static async Task<IResult> DeleteAll(HttpContext context, SignInManager<Account> signIn, UserManager<Account> users, AuditLog audit)
    {
        var account = await users.GetUserAsync(context.User);
        await users.UpdateSecurityStampAsync(account!);
        audit.Add(null, account!.Id, "self", "signed-out", "everywhere");
        await signIn.SignOutAsync();
        return Results.NoContent();
    }

    private static ServerRefusal Refused() =>
        new(StatusCodes.Status401Unauthorized, "sign-in.refused", "Name, password and code do not go together, or the code was used already. Wait for the next code and try again; after several attempts the account rests for five minutes.");
}
