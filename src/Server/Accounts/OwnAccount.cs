using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Safeconduct.Server.Access;
using Safeconduct.Server.Audit;

namespace Safeconduct.Server.Accounts;

internal sealed record LanguageRequest(string Language);

internal sealed record NewPasskeyRequest(string Credential, string? Label);

internal sealed record PasskeyAnswer(string Id, string? Label, DateTimeOffset CreatedAt);

/// <summary>One's own account: language and passkeys (Web Authentication Level 3, through ASP.NET Core Identity).</summary>
internal static class OwnAccountEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPatch("/account", Change).Requires(Act.KeepOwnAccount);
        api.MapGet("/account/passkeys", Passkeys).Requires(Act.KeepOwnAccount);
        api.MapPost("/account/passkeys/options", Options).Requires(Act.KeepOwnAccount);
        api.MapPost("/account/passkeys", Add).Requires(Act.KeepOwnAccount);
        api.MapDelete("/account/passkeys/{id}", Remove).Requires(Act.KeepOwnAccount);
    }

    private static async Task<IResult> Change(LanguageRequest request, HttpContext context, UserManager<Account> users)
    {
        var account = await Self(context, users);
        account.Language = InvitationEndpoints.LanguageOf(request.Language);
        await users.UpdateAsync(account);
        return Results.NoContent();
    }

    private static async Task<IReadOnlyList<PasskeyAnswer>> Passkeys(HttpContext context, UserManager<Account> users) =>
        [.. (await users.GetPasskeysAsync(await Self(context, users))).Select(p => new PasskeyAnswer(Convert.ToHexStringLower(p.CredentialId), p.Name, p.CreatedAt))];

    private static async Task<IResult> Options(HttpContext context, UserManager<Account> users, SignInManager<Account> signIn)
    {
        var account = await Self(context, users);
        return Results.Content(await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = account.Id, Name = account.UserName!, DisplayName = account.UserName! }), "application/json");
    }

    private static async Task<IResult> Add(NewPasskeyRequest request, HttpContext context, UserManager<Account> users, SignInManager<Account> signIn, AuditLog audit)
    {
        var account = await Self(context, users);
        var attestation = await signIn.PerformPasskeyAttestationAsync(request.Credential ?? "");
        if (!attestation.Succeeded)
        {
            throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "passkey.refused", "The passkey was not made, or not for this address. Try again.");
        }

        attestation.Passkey.Name = request.Label is { Length: > 0 and <= 60 } label ? label : null;
        await users.AddOrUpdatePasskeyAsync(account, attestation.Passkey);
        audit.Add(null, account.Id, "self", "passkey-added", Convert.ToHexStringLower(attestation.Passkey.CredentialId)[..16]);
        return Results.Created();
    }

    private static async Task<IResult> Remove(string id, HttpContext context, UserManager<Account> users, AuditLog audit)
    {
        var account = await Self(context, users);
        await users.RemovePasskeyAsync(account, id.Length is > 0 and <= 2048 && id.Length % 2 == 0 && id.All(char.IsAsciiHexDigitLower) ? Convert.FromHexString(id) : throw ServerRefusal.NotFound());
        audit.Add(null, account.Id, "self", "passkey-removed", id[..Math.Min(16, id.Length)]);
        return Results.NoContent();
    }

    private static async Task<Account> Self(HttpContext context, UserManager<Account> users) => await users.GetUserAsync(context.User) ?? throw ServerRefusal.NotFound();
}
