using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Safeconduct.Intake.Forms;
using Safeconduct.Server.Access;
using Safeconduct.Server.Accounts;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Operations;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Server.Collect;

internal sealed record AppUserRequest(string? Name, string? Organisation, string? SourceKind, string? Language, string? ProjectName);

internal sealed record PasswordAnswer(string ServerUrl, string Username, string Password);

/// <summary>Shown once: neither the token nor the password is kept.</summary>
internal sealed record AppUserMadeAnswer(string Id, string Name, string Organisation, string SourceKind, string Language, string Token, string ServerUrl, string SettingsQr, PasswordAnswer Digest);

internal sealed record AppUserAnswer(string Id, string Name, string Organisation, string SourceKind, string Language, DateTimeOffset Made, DateTimeOffset? LastHeard, DateTimeOffset? Revoked);

internal sealed record OfferedFormAnswer(string Id, string Name, string Version);

/// <summary>Keys for phones of partners, made and ended by the room. Whoever has one speaks as the organisation that is declared here.</summary>
internal static class CollectEndpoints
{
    private const int MostKeys = 2000;

    public static void Map(RouteGroupBuilder api)
    {
        var collect = api.MapGroup("/operations/{op}/collect");
        collect.MapGet("/users", List).Requires(Act.ManageDevices);
        collect.MapPost("/users", Add).Requires(Act.ManageDevices);
        collect.MapDelete("/users/{id}", Revoke).Requires(Act.ManageDevices);
        collect.MapGet("/forms", Forms).Requires(Act.ManageDevices);
    }

    private static async Task<IReadOnlyList<AppUserAnswer>> List(string op, AccountsDb accounts, HostedOperations operations)
    {
        operations.Get(op);
        var users = await accounts.AppUsers.AsNoTracking().Where(u => u.Operation == op).OrderBy(u => u.Name).ThenBy(u => u.Id).ToListAsync();
        return [.. users.Select(u => new AppUserAnswer(u.Id, u.Name, u.Organisation, u.SourceKind, u.Language, At(u.MadeUnix), u.LastHeardUnix is { } heard ? At(heard) : null, u.RevokedUnix is { } ended ? At(ended) : null))];
    }

    private static async Task<IResult> Add(string op, AppUserRequest request, HttpContext context, AccountsDb accounts, HostedOperations operations, AppUsers users, OfferedForms offered, AuditLog audit, TimeProvider clock)
    {
        var operation = operations.Get(op);
        var name = Text(request.Name, 60, "app-user.name", "Name the collector in 1 to 60 characters: the post or the team, not a person.");
        var organisation = Text(request.Organisation, 100, "app-user.organisation", "Say for which organisation the collector speaks, in 1 to 100 characters.");
        var kind = request.SourceKind ?? "";
        if (!Token.TryRead<SourceKind>(kind, out _))
        {
            throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "app-user.source-kind", $"Say what kind of source the organisation is: {string.Join(", ", Enum.GetValues<SourceKind>().Select(Token.Of))}.");
        }

        var language = request.Language ?? FormLanguage.All[0].Tag;
        if (FormLanguage.Find(language) is null)
        {
            throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "app-user.language", $"The languages of the forms are {string.Join(", ", FormLanguage.All.Select(l => l.Tag))}.");
        }

        if (await accounts.AppUsers.CountAsync(u => u.Operation == op && u.RevokedUnix == null) >= MostKeys)
        {
            throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "app-user.too-many", $"An operation has at most {MostKeys} keys for phones of partners. End those that are not used any more.");
        }

        var project = request.ProjectName is null ? "Forms" : Text(request.ProjectName, 40, "app-user.project-name", "The name that the phone shows has 1 to 40 characters.");
        var (token, password) = (Secrets.Draw() + Secrets.Draw(), Secrets.Draw());
        var id = Secrets.Draw()[..12];
        var user = new AppUser
        {
            Id = id,
            Operation = op,
            Name = name,
            Organisation = organisation,
            SourceKind = kind,
            Language = language,
            TokenHash = Secrets.HashOf(token),
            Ha1 = Digest.Ha1(id, op, password),
            MadeUnix = clock.GetUtcNow().ToUnixTimeSeconds(),
        };

        // The forms are in the record before anybody can ask for them.
        await offered.Of(operation);
        await users.Add(accounts, user);
        audit.Add(op, context.Member().Account, RoleWords.Of(context.Member().Roles), "app-user-made", id, kind);
        var address = OpenRosa.AddressOf(context);
        var server = $"{address}/key/{token}";
        return Results.Json(
            new AppUserMadeAnswer(id, name, organisation, kind, language, token, server, SettingsQr(server, project), new PasswordAnswer($"{address}/openrosa/{op}", id, password)),
            statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> Revoke(string op, string id, HttpContext context, AccountsDb accounts, AppUsers users, AuditLog audit)
    {
        if (!await users.Revoke(accounts, op, id))
        {
            throw ServerRefusal.NotFound();
        }

        audit.Add(op, context.Member().Account, RoleWords.Of(context.Member().Roles), "app-user-revoked", id);
        return Results.NoContent();
    }

    private static async Task<IReadOnlyList<OfferedFormAnswer>> Forms(string op, HostedOperations operations, OfferedForms offered) =>
        [.. (await offered.Of(operations.Get(op))).In(FormLanguage.All[0].Tag).Select(f => new OfferedFormAnswer(f.Form.Id, f.Name, f.Version))];

    /// <summary>
    /// Settings as ODK Collect reads them from a picture (docs.getodk.org/collect-import-export): JSON, deflated as zlib does (RFC 1950), in base64. The phone follows the list of forms by
    /// itself, sends as soon as it can, and forgets what it has sent.
    /// </summary>
    internal static string SettingsQr(string server, string project)
    {
        var settings = new JsonObject
        {
            ["general"] = new JsonObject { ["server_url"] = server, ["form_update_mode"] = "match_exactly", ["autosend"] = "wifi_and_cellular", ["delete_send"] = true },
            ["admin"] = new JsonObject(),
            ["project"] = new JsonObject { ["name"] = project },
        };
        using var bytes = new MemoryStream();
        using (var deflated = new ZLibStream(bytes, CompressionLevel.SmallestSize))
        {
            JsonSerializer.Serialize(deflated, settings);
        }

        return Convert.ToBase64String(bytes.ToArray());
    }

    private static string Text(string? text, int longest, string code, string sentence) =>
        text?.Trim() is { Length: > 0 } plain && plain.Length <= longest && !plain.Any(char.IsControl) ? plain : throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, code, sentence);

    private static DateTimeOffset At(long unix) => DateTimeOffset.FromUnixTimeSeconds(unix);
}
