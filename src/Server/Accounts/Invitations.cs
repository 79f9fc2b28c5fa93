using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Safeconduct.Server.Access;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Operations;

namespace Safeconduct.Server.Accounts;

internal sealed record InvitationAnswer(string OperationName, IReadOnlyList<string> Roles, string? NameSuggestion);

internal sealed record AcceptRequest(string Name, string Password, string? Language);

internal sealed record AcceptAnswer(string TotpSecret, string TotpUri);

internal sealed record ConfirmRequest(string Code);

internal sealed record InviteRequest(IReadOnlyList<string> Roles, PartyAnswer? Party, string? NameSuggestion, int? Hours);

internal sealed record InviteAnswer(string Code, string Address, DateTimeOffset Expires);

internal sealed record MemberAnswer(string Account, string Name, IReadOnlyList<string> Roles, PartyAnswer? Party);

/// <summary>How people come in: by a one-time code that somebody of the operation, or who runs the server, gave them in person.</summary>
internal static class InvitationEndpoints
{
    private const int LeastPasswordLength = 12;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/invitations/{code}", Look).OpenToAll("Who was invited has no account yet; the code is the key.").RequireRateLimiting(SessionEndpoints.SignInLimit);
        api.MapPost("/invitations/{code}", Accept).OpenToAll("Who was invited has no account yet; the code is the key.").RequireRateLimiting(SessionEndpoints.SignInLimit);
        api.MapPost("/invitations/{code}/confirm", Confirm).OpenToAll("Who was invited has no account yet; the code is the key.").RequireRateLimiting(SessionEndpoints.SignInLimit);
        api.MapPost("/operations/{op}/invitations", Invite).Requires(Act.Invite);
        api.MapGet("/operations/{op}/members", Members).Requires(Act.ManageMembers);
        api.MapDelete("/operations/{op}/members/{account}", Remove).Requires(Act.ManageMembers);
    }

    /// <summary>The invitation of whoever runs the server, where nobody does yet. Earlier ones that were not used end with it.</summary>
    public static async Task<string?> ForFirstAdministrator(IServiceProvider services, TimeProvider clock)
    {
        using var scope = services.CreateScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        if (await accounts.Users.AnyAsync(a => a.IsAdministrator))
        {
            return null;
        }

        await accounts.Invitations.Where(i => i.Operation == null && !i.IsUsed).ExecuteUpdateAsync(s => s.SetProperty(i => i.IsUsed, true));
        var code = Secrets.Draw();
        accounts.Invitations.Add(new Invitation { CodeHash = Secrets.HashOf(code), Roles = "", InvitedBy = "server", ExpiresUnix = clock.GetUtcNow().AddDays(1).ToUnixTimeSeconds() });
        await accounts.SaveChangesAsync();
        return code;
    }

    private static async Task<InvitationAnswer> Look(string code, AccountsDb accounts, HostedOperations operations, TimeProvider clock)
    {
        var invitation = await Find(accounts, code, clock);
        return new InvitationAnswer(NameOf(invitation, operations), invitation.Roles.Length == 0 ? ["administrator"] : invitation.Roles.Split(','), invitation.NameSuggestion);
    }

    private static async Task<AcceptAnswer> Accept(string code, AcceptRequest request, HttpContext context, AccountsDb accounts, UserManager<Account> users, HostedOperations operations, TimeProvider clock)
    {
        var invitation = await Find(accounts, code, clock);
        var name = (request.Name ?? "").Trim();
        if (name.Length is 0 or > 100 || name.Any(char.IsControl))
        {
            throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "account.name", "A name has 1 to 100 characters.");
        }

        if (request.Password is not { Length: >= LeastPasswordLength and <= 200 } || request.Password.Contains(name, StringComparison.OrdinalIgnoreCase) && request.Password.Length < 2 * LeastPasswordLength)
        {
            throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "account.password", "A password has 12 to 200 characters; one that has your name in it, at least 24. Several words are good.");
        }

        if (await users.FindByNameAsync(name) is not null)
        {
            throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "account.name-taken", "This name is taken here; add something to it, such as an initial.");
        }

        invitation.PendingName = name;
        invitation.PendingPasswordHash = users.PasswordHasher.HashPassword(new Account(), request.Password);
        invitation.PendingLanguage = LanguageOf(request.Language);
        invitation.PendingSecret = OneTimeCodes.DrawSecret();
        await accounts.SaveChangesAsync();
        return new AcceptAnswer(invitation.PendingSecret, OneTimeCodes.UriOf(invitation.PendingSecret, name, "Safeconduct"));
    }

    private static async Task<SessionAnswer> Confirm(string code, ConfirmRequest request, HttpContext context, AccountsDb accounts, UserManager<Account> users, SignInManager<Account> signIn, HostedOperations operations, IAntiforgery antiforgery, AuditLog audit, TimeProvider clock)
    {
        var invitation = await Find(accounts, code, clock);
        if (invitation.PendingName is not { } name || OneTimeCodes.StepOf(invitation.PendingSecret!, request.Code ?? "", clock.GetUtcNow()) is not { } step)
        {
            throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "invitation.code", "The code does not fit. Check that the clock of the phone is right and enter the code it shows now.");
        }

        // Used up first: of two confirmations at one time one finds nothing.
        if (await accounts.Invitations.Where(i => i.Id == invitation.Id && !i.IsUsed).ExecuteUpdateAsync(s => s.SetProperty(i => i.IsUsed, true).SetProperty(i => i.PendingPasswordHash, (string?)null).SetProperty(i => i.PendingSecret, (string?)null)) != 1)
        {
            throw Unknown();
        }

        var account = new Account { UserName = name, Language = invitation.PendingLanguage ?? "en", IsAdministrator = invitation.Operation is null, PasswordHash = invitation.PendingPasswordHash, LastTimeStep = step, TwoFactorEnabled = true };
        var created = await users.CreateAsync(account);
        if (!created.Succeeded)
        {
            await accounts.Invitations.Where(i => i.Id == invitation.Id).ExecuteUpdateAsync(s => s.SetProperty(i => i.IsUsed, false));
            throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "account.name-taken", "This name is taken here, or can't be used; begin again with another.");
        }

        await users.SetAuthenticationTokenAsync(account, "[AspNetUserStore]", "AuthenticatorKey", invitation.PendingSecret!);
        if (invitation.Operation is { } operation)
        {
            accounts.Memberships.Add(new Membership { AccountId = account.Id, Operation = operation, Roles = invitation.Roles, PartyId = invitation.PartyId, PartyName = invitation.PartyName });
            await accounts.SaveChangesAsync();
        }

        audit.Add(invitation.Operation, account.Id, invitation.Operation is null ? "administrator" : invitation.Roles, "joined", $"invited by {invitation.InvitedBy}");
        await SessionEndpoints.SignIn(context, signIn, account);
        return await SessionEndpoints.Answer(context, accounts, operations, antiforgery);
    }

    private static async Task<IResult> Invite(string op, InviteRequest request, HttpContext context, AccountsDb accounts, HostedOperations operations, AuditLog audit, TimeProvider clock)
    {
        _ = operations.Find(op) ?? throw ServerRefusal.NotFound();
        var member = context.Member();
        var roles = (request.Roles ?? []).Select(RoleWords.Parse).ToHashSet();
        if (roles.Count == 0)
        {
            throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "role.missing", "Say what the invited person will be.");
        }

        var isAdministrator = await accounts.Users.AnyAsync(a => a.Id == member.Account && a.IsAdministrator);
        if (!isAdministrator && roles.Any(r => r is not (Role.Observer or Role.Monitor)))
        {
            throw new ServerRefusal(StatusCodes.Status403Forbidden, "invitation.role", "A reporting officer invites observers and monitors; ask who runs the server for the others.");
        }

        var speaksForParty = roles.Contains(Role.Party) || roles.Contains(Role.Guarantor);
        if (speaksForParty && (roles.Count > 1 || request.Party is not { Id.Length: > 0 and <= 200, Name.Length: > 0 and <= 200 }))
        {
            throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "invitation.party", "A party or guarantor is nothing else in the operation, and the invitation names the source it speaks for (party: id and name).");
        }

        var code = Secrets.Draw();
        var expires = clock.GetUtcNow().AddHours(Math.Clamp(request.Hours ?? 48, 1, 24 * 14));
        accounts.Invitations.Add(new Invitation
        {
            CodeHash = Secrets.HashOf(code), Operation = op, Roles = RoleWords.Of(roles), PartyId = speaksForParty ? request.Party!.Id : null, PartyName = speaksForParty ? request.Party!.Name : null,
            NameSuggestion = request.NameSuggestion is { Length: <= 100 } n ? n : null, InvitedBy = member.Account, ExpiresUnix = expires.ToUnixTimeSeconds(),
        });
        await accounts.SaveChangesAsync();
        audit.Add(op, member.Account, RoleWords.Of(member.Roles), "invited", RoleWords.Of(roles));
        return Results.Json(new InviteAnswer(code, $"/room/#/invitation/{code}", expires), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IReadOnlyList<MemberAnswer>> Members(string op, AccountsDb accounts)
    {
        var rows = await (from m in accounts.Memberships join a in accounts.Users on m.AccountId equals a.Id where m.Operation == op orderby a.UserName select new { m, a.UserName }).AsNoTracking().ToListAsync();
        return [.. rows.Select(r => new MemberAnswer(r.m.AccountId, r.UserName!, r.m.Roles.Split(','), r.m.PartyId is null ? null : new PartyAnswer(r.m.PartyId, r.m.PartyName ?? r.m.PartyId)))];
    }

    private static async Task<IResult> Remove(string op, string account, HttpContext context, AccountsDb accounts, AuditLog audit)
    {
        if (await accounts.Memberships.Where(m => m.Operation == op && m.AccountId == account).ExecuteDeleteAsync() == 0)
        {
            throw ServerRefusal.NotFound();
        }

        audit.Add(op, context.Member().Account, RoleWords.Of(context.Member().Roles), "ended-membership", account);
        return Results.NoContent();
    }

    private static async Task<Invitation> Find(AccountsDb accounts, string code, TimeProvider clock)
    {
        var (hash, now) = (Secrets.HashOf(code), clock.GetUtcNow().ToUnixTimeSeconds());
        return await accounts.Invitations.FirstOrDefaultAsync(i => i.CodeHash == hash && !i.IsUsed && i.ExpiresUnix > now) ?? throw Unknown();
    }

    private static ServerRefusal Unknown() =>
        new(StatusCodes.Status404NotFound, "invitation.unknown", "This invitation can't be used: it may have expired, been used, or been copied wrongly. Ask whoever invited you for a new one.");

    private static string NameOf(Invitation invitation, HostedOperations operations) =>
        invitation.Operation is { } op ? operations.Find(op)?.Operation.Name ?? op : "Safeconduct";

    internal static string LanguageOf(string? language) => language is "ar" or "fr" or "ru" ? language : "en";
}
