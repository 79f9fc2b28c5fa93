using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Safeconduct.Record;
using Safeconduct.Server.Access;
using Safeconduct.Server.Accounts;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Operations;
using Safeconduct.Statements.Places;

namespace Safeconduct.Server.Devices;

internal sealed record DeviceRequest(string Label, string? Holder);

internal sealed record DeviceCodeAnswer(string Id, string Code, string Address, DateTimeOffset Expires);

internal sealed record DeviceAnswer(string Id, string Label, string? Holder, IReadOnlyList<string> Kids, DateTimeOffset? CertifiedFrom, DateTimeOffset? CertifiedTo, string? Revoked, DateTimeOffset? LastHeard, long Entries, int Forks);

internal sealed record RevokeRequest(string Reason);

internal sealed record EnrolRequest(string Key);

internal sealed record CertificateAnswer(long From, long To);

internal sealed record HeadAnswer(long Size, string Root, string? Checkpoint);

internal sealed record LineAnswer(string Id, string Name, string Kind, IReadOnlyDictionary<string, string> Names);

internal sealed record FieldOperation(string Slug, string Id, string Name, string TimeZone, string CharterB64);

internal sealed record EnrolAnswer(string Token, FieldOperation Operation, string Kid, CertificateAnswer Certificate, string SealingKey, HeadAnswer Head, IReadOnlyList<LineAnswer> Lines, SettingsAnswer Settings);

internal sealed record ShiftRequest(string Kid, string Key);

internal sealed record ShiftAnswer(string Kid, CertificateAnswer Certificate, HeadAnswer Head);

/// <summary>
/// Devices of an operation. The room draws a code, the device makes its key and hands in the public half, and the record says that a pseudonym is certified:
/// never whose it is. Who holds a device stands here alone.
/// </summary>
internal static class DeviceEndpoints
{
    /// <summary>Wider than for signing in: a code has 100 bits, and a mission enrols all its phones in one morning behind one address.</summary>
    public const string EnrolLimit = "enrol";

    private static readonly TimeSpan CodeLasts = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan CertificateLasts = TimeSpan.FromDays(30);

    /// <summary>A device whose clock runs a little behind must not be outside its own certificate.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromDays(1);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/operations/{op}/devices", List).Requires(Act.ManageDevices);
        api.MapPost("/operations/{op}/devices", Add).Requires(Act.ManageDevices);
        api.MapDelete("/operations/{op}/devices/{id}", Revoke).Requires(Act.ManageDevices);
        api.MapPost("/enrolments/{code}", Enrol).OpenToAll("A device has nothing yet but the code that the room showed it.").RequireRateLimiting(EnrolLimit);
        api.MapPost("/operations/{op}/sync/shift", Shift).Requires(Act.Sync);
    }

    internal static HeadAnswer HeadOf(HostedOperation operation, ReadOnlyMemory<byte>? checkpoint) =>
        new(operation.Page.Book.Logged.Size, operation.Page.Book.Logged.Root.ToString(), checkpoint is { Length: > 0 } c ? System.Text.Encoding.UTF8.GetString(c.Span) : null);

    private static async Task<IReadOnlyList<DeviceAnswer>> List(string op, AccountsDb accounts, HostedOperations operations)
    {
        var rows = await accounts.Devices.AsNoTracking().Where(d => d.Operation == op).OrderBy(d => d.Label).ToListAsync();
        var (chains, forks) = await operations.Get(op).ReadLog((book, _) => (book.Log.Chains.ToDictionary(c => c.Kid.ToString()), book.Log.Forks));
        return
        [
            .. rows.Select(d =>
            {
                var kids = d.Kids.Split(',', StringSplitOptions.RemoveEmptyEntries);
                var own = kids.Where(chains.ContainsKey).Select(k => chains[k]).ToList();
                return new DeviceAnswer(d.Id, d.Label, d.Holder, kids, own.Count > 0 ? Moment(own[^1].FromUnixMs) : null, own.Count > 0 ? Moment(own[^1].ToUnixMs) : null, d.Revoked,
                    d.LastHeardUnix is { } heard ? DateTimeOffset.FromUnixTimeSeconds(heard) : null, own.Sum(c => c.Entries), forks.Count(f => kids.Contains(f.Kid.ToString())));
            }),
        ];
    }

    private static async Task<IResult> Add(string op, DeviceRequest request, HttpContext context, AccountsDb accounts, HostedOperations operations, AuditLog audit, TimeProvider clock)
    {
        operations.Get(op);
        if ((request.Label ?? "").Trim() is not { Length: > 0 and <= 60 } label || request.Holder is { Length: > 100 })
        {
            throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "device.label", "Name the device in 1 to 60 characters: what is written on its back.");
        }

        var (code, expires) = (Secrets.Draw()[..20], clock.GetUtcNow() + CodeLasts);
        var device = new EnrolledDevice { Id = Secrets.Draw()[..12], Operation = op, Label = label, Holder = request.Holder, CodeHash = Secrets.HashOf(code), CodeExpiresUnix = expires.ToUnixTimeSeconds() };
        accounts.Devices.Add(device);
        await accounts.SaveChangesAsync();
        audit.Add(op, context.Member().Account, RoleWords.Of(context.Member().Roles), "device-code", device.Id);
        return Results.Json(new DeviceCodeAnswer(device.Id, code, $"/field/#enrol={code}&op={op}", expires), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> Revoke(string op, string id, [Microsoft.AspNetCore.Mvc.FromBody] RevokeRequest request, HttpContext context, AccountsDb accounts, HostedOperations operations, AuditLog audit)
    {
        var reason = request.Reason switch
        {
            "ended" => RevocationReason.Ended,
            "lost" => RevocationReason.Lost,
            "compromised" => RevocationReason.Compromised,
            _ => throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "device.reason", "The reason is ended, lost or compromised."),
        };
        var device = await accounts.Devices.FirstOrDefaultAsync(d => d.Operation == op && d.Id == id) ?? throw ServerRefusal.NotFound();
        var kids = device.Kids.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(k => Kid.Parse(k)!.Value).ToList();

        // The token first: if the power goes between the two, the device is locked out and can be revoked again.
        (device.Revoked, device.TokenHash, device.CodeHash) = (request.Reason, null, null);
        await accounts.SaveChangesAsync();
        await operations.Get(op).Write((book, _) =>
        {
            foreach (var kid in kids.Where(k => book.Log.FindChain(k) is { IsRevoked: false }))
            {
                book.Log.Revoke(new Revocation(kid, reason), operations.Now);
            }

            return true;
        });
        audit.Add(op, context.Member().Account, RoleWords.Of(context.Member().Roles), "device-revoked", id, request.Reason);
        return Results.NoContent();
    }

    private static async Task<EnrolAnswer> Enrol(string code, EnrolRequest request, AccountsDb accounts, HostedOperations operations, AuditLog audit, TimeProvider clock)
    {
        var key = KeyOf(request.Key);
        var (hash, now) = (Secrets.HashOf(code), clock.GetUtcNow());
        var device = await accounts.Devices.FirstOrDefaultAsync(d => d.CodeHash == hash && d.CodeExpiresUnix > now.ToUnixTimeSeconds() && d.Revoked == null)
            ?? throw new ServerRefusal(StatusCodes.Status404NotFound, "enrolment.unknown", "This code can't be used: it may have expired, been used, or been copied wrongly. Ask the room for a new one.");
        var token = Secrets.Draw() + Secrets.Draw();
        if (await accounts.Devices.Where(d => d.Id == device.Id && d.CodeHash == hash).ExecuteUpdateAsync(s => s.SetProperty(d => d.CodeHash, (string?)null).SetProperty(d => d.TokenHash, Secrets.HashOf(token))) != 1)
        {
            throw new ServerRefusal(StatusCodes.Status404NotFound, "enrolment.unknown", "This code was used at this moment by another device. Ask the room for a new one.");
        }

        var operation = operations.Get(device.Operation);
        (Kid Kid, Certificate Certificate, ReadOnlyMemory<byte>? Checkpoint) certified;
        try
        {
            certified = await Certify(operation, key, operations.Now, null);
        }
        catch
        {
            // Nothing was certified: the code stays good for another attempt.
            await accounts.Devices.Where(d => d.Id == device.Id).ExecuteUpdateAsync(s => s.SetProperty(d => d.CodeHash, hash).SetProperty(d => d.TokenHash, (string?)null));
            throw;
        }

        var (kid, certificate, checkpoint) = certified;
        await accounts.Devices.Where(d => d.Id == device.Id).ExecuteUpdateAsync(s => s.SetProperty(d => d.Kids, kid.ToString()));
        audit.Add(device.Operation, device.Id, "device", "enrolled", kid.ToString());
        return new EnrolAnswer(
            token,
            new FieldOperation(operation.Slug, operation.OperationId.ToString(), operation.Operation.Name, operation.Operation.Zone.Id, Convert.ToBase64String(operation.Charter.ToBytes())),
            kid.ToString(),
            new CertificateAnswer(certificate.FromUnixMs, certificate.ToUnixMs),
            operation.SealingKey.Point.ToString(),
            HeadOf(operation, checkpoint),
            [.. operation.Operation.Gazetteer.Places.Select(p => new LineAnswer(p.Id.Value, p.Name, Safeconduct.Statements.Bytes.Token.Of(p.Kind), NamesOf(p)))],
            OperationEndpoints.SettingsOf(operation));
    }

    private static async Task<ShiftAnswer> Shift(string op, ShiftRequest request, HttpContext context, AccountsDb accounts, HostedOperations operations, AuditLog audit)
    {
        var (key, caller) = (KeyOf(request.Key), context.Device());
        var device = await accounts.Devices.FirstAsync(d => d.Id == caller.Id);
        var kids = device.Kids.Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (!kids.Contains(request.Kid))
        {
            throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "device.not-its-kid", "The pseudonym to be renewed is not one of this device.");
        }

        var operation = operations.Get(op);
        var (kid, certificate, checkpoint) = await Certify(operation, key, operations.Now, Kid.Parse(request.Kid));
        device.Kids = string.Join(',', kids.Append(kid.ToString()));
        await accounts.SaveChangesAsync();
        audit.Add(op, caller.Id, "device", "new-shift", kid.ToString());
        return new ShiftAnswer(kid.ToString(), new CertificateAnswer(certificate.FromUnixMs, certificate.ToUnixMs), HeadOf(operation, checkpoint));
    }

    private static Task<(Kid Kid, Certificate Certificate, ReadOnlyMemory<byte>? Checkpoint)> Certify(HostedOperation operation, SigningKey key, ClaimedTime at, Kid? renews) => operation.Write((book, keys) =>
    {
        Span<byte> drawn = stackalloc byte[16];
        keys.Entropy.Fill(drawn);
        var kid = new Kid(drawn);
        var certificate = new Certificate(kid, key, at.UnixMs - (long)Before.TotalMilliseconds, at.UnixMs + (long)CertificateLasts.TotalMilliseconds);
        book.Log.Certify(certificate, at, renews);
        return (kid, certificate, book.Log.Checkpoint);
    });

    private static SigningKey KeyOf(string? hex) => SigningKey.Parse(hex) ?? throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "device.key", "The key is a point of P-256 in 130 hexadecimal digits beginning with 04.");

    // The list's local name goes to the languages that are written in its script.
    private static Dictionary<string, string> NamesOf(Place place)
    {
        var names = new Dictionary<string, string> { ["en"] = place.Name };
        if (place.LocalName is { } local)
        {
            if (local.Any(c => c is >= '\u0600' and <= '\u06FF'))
            {
                names["ar"] = local;
            }
            else if (local.Any(c => c is >= '\u0400' and <= '\u04FF'))
            {
                names["ru"] = local;
            }
        }

        return names;
    }

    private static DateTimeOffset Moment(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
}
