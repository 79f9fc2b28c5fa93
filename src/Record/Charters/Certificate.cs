using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Safeconduct.Record;

/// <summary>
/// The authority's word that a pseudonym signs with this key from one moment up to another (milliseconds since 1970 UTC, the second moment
/// excluded). Open to all, since anybody must be able to check a signature; it says nothing of who holds the device. Source:
/// <c>formats/charter.md</c>.
/// </summary>
public sealed record Certificate
{
    public Certificate(Kid kid, SigningKey key, long fromUnixMs, long toUnixMs)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfNegative(fromUnixMs);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(toUnixMs, fromUnixMs);
        (Kid, Key, FromUnixMs, ToUnixMs) = (kid, key, fromUnixMs, toUnixMs);
    }

    public Kid Kid { get; }

    public SigningKey Key { get; }

    public long FromUnixMs { get; }

    public long ToUnixMs { get; }

    public bool Covers(long unixMs) => unixMs >= FromUnixMs && unixMs < ToUnixMs;

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $$"""{"safeconduct":"certificate 1","kid":"{{Kid}}","key":"{{Key}}","from":{{FromUnixMs}},"to":{{ToUnixMs}}}"""));
}

/// <summary>Why a pseudonym is not to be believed any more.</summary>
public enum RevocationReason
{
    Ended,
    Lost,
    Compromised,
}

/// <summary>The authority's word that a pseudonym has ended. Entries that arrive after it are kept and shown as such.</summary>
public sealed record Revocation(Kid Kid, RevocationReason Reason)
{
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(
        $$"""{"safeconduct":"revocation 1","kid":"{{Kid}}","reason":"{{ReasonName(Reason)}}"}""");

    internal static string ReasonName(RevocationReason reason) => reason switch
    {
        RevocationReason.Ended => "ended",
        RevocationReason.Lost => "lost",
        RevocationReason.Compromised => "compromised",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}

/// <summary>Reads the open bodies of entries of kind <see cref="EntryKind.Key"/>.</summary>
internal static class KeyMatter
{
    /// <summary>A certificate, a revocation, or a fault: exactly one of the three.</summary>
    internal static (Certificate? Certificate, Revocation? Revocation, Fault? Fault) Read(ReadOnlyMemory<byte> bytes)
    {
        using var certificate = OpenJson.Read(bytes, "certificate 1", "key", out _);
        if (certificate is not null)
        {
            return ReadCertificate(certificate.RootElement) is { } read ? (read, null, null) : (null, null, Wrong);
        }

        using var revocation = OpenJson.Read(bytes, "revocation 1", "key", out _);
        if (revocation is not null)
        {
            return ReadRevocation(revocation.RootElement) is { } read ? (null, read, null) : (null, null, Wrong);
        }

        return (null, null, Wrong);
    }

    private static Fault Wrong => new("key.form", "neither a certificate nor a revocation");

    private static Certificate? ReadCertificate(JsonElement root) =>
        Kid.Parse(Text(root, "kid")) is { } kid && SigningKey.Parse(Text(root, "key")) is { } key
        && Number(root, "from") is { } from && Number(root, "to") is { } to && from >= 0 && to > from
            ? new Certificate(kid, key, from, to)
            : null;

    private static Revocation? ReadRevocation(JsonElement root)
    {
        foreach (var reason in Enum.GetValues<RevocationReason>())
        {
            if (Kid.Parse(Text(root, "kid")) is { } kid && Text(root, "reason") == Revocation.ReasonName(reason))
            {
                return new Revocation(kid, reason);
            }
        }

        return null;
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
