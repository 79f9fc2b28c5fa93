using System.Numerics;
using System.Security.Cryptography;

namespace Safeconduct.Record;

/// <summary>A P-256 public key: a point of the curve in SEC1 uncompressed form, 65 bytes beginning with 04.</summary>
public sealed class SigningKey : IEquatable<SigningKey>
{
    public const int Length = 65;

    private readonly byte[] point;

    private SigningKey(byte[] point)
    {
        this.point = point;
    }

    public ReadOnlySpan<byte> Bytes => point;

    /// <summary>The key of these bytes, or null where they are no point of P-256.</summary>
    public static SigningKey? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length || bytes[0] != 4)
        {
            return null;
        }

        var key = new SigningKey(bytes.ToArray());
        try
        {
            using var usable = key.ToVerifier();
            return key;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static SigningKey? Parse(string? hex) => Hex.Read(hex, Length) is { } bytes ? Read(bytes) : null;

    public ECDsa ToVerifier() => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = point[1..33], Y = point[33..] },
    });

    public bool Equals(SigningKey? other) => other is not null && point.AsSpan().SequenceEqual(other.point);

    public override bool Equals(object? obj) => Equals(obj as SigningKey);

    public override int GetHashCode() => BitConverter.ToInt32(point, 1);

    public override string ToString() => Convert.ToHexStringLower(point);
}

/// <summary>Signs entries for one pseudonym. Implemented where the private key lives; the record never sees that key.</summary>
public interface IEntrySigner
{
    Kid Kid { get; }

    SigningKey Key { get; }

    /// <summary>Signs a SHA-256 value with ECDSA on P-256 and writes r and s, 32 bytes each. Either of the two valid values of s will do.</summary>
    void Sign(Hash digest, Span<byte> signature);
}

/// <summary>Signs the log's checkpoints with Ed25519 (RFC 8032). Implemented where the private key lives.</summary>
public interface ICheckpointSigner
{
    /// <summary>The public key, 32 bytes.</summary>
    ReadOnlyMemory<byte> Key { get; }

    /// <summary>The signature over a message, 64 bytes.</summary>
    byte[] Sign(ReadOnlySpan<byte> message);
}

/// <summary>
/// The one form of an ES256 signature (RFC 9053, section 2.1) that an entry may carry. For every signature (r, s) the pair (r, n - s) is
/// valid too; only the lower s is accepted, so that nobody can make a second entry out of a first.
/// </summary>
public static class Es256
{
    public const int Length = 64;

    private static readonly BigInteger Order = new(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);
    private static readonly byte[] HalfOrder = Convert.FromHexString("7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8");

    public static bool IsLow(ReadOnlySpan<byte> signature) => signature[32..].SequenceCompareTo(HalfOrder) <= 0;

    /// <summary>Replaces s by n - s where s is the higher of the two.</summary>
    public static void MakeLow(Span<byte> signature)
    {
        if (IsLow(signature))
        {
            return;
        }

        var s = signature[32..];
        var lower = Order - new BigInteger(s, isUnsigned: true, isBigEndian: true);
        s.Clear();
        lower.TryWriteBytes(s[(32 - lower.GetByteCount(isUnsigned: true))..], out _, isUnsigned: true, isBigEndian: true);
    }
}

/// <summary>
/// Checks signatures on one thread and keeps the prepared key of every pseudonym it met: preparing a key costs about as much as a check.
/// </summary>
public sealed class SignatureCheck : IDisposable
{
    private readonly Dictionary<Kid, (SigningKey Key, ECDsa Verifier)> prepared = [];

    public bool IsValid(Kid kid, SigningKey key, Hash digest, ReadOnlySpan<byte> signature)
    {
        if (!prepared.TryGetValue(kid, out var known) || !known.Key.Equals(key))
        {
            known.Verifier?.Dispose();
            known = (key, key.ToVerifier());
            prepared[kid] = known;
        }

        Span<byte> bytes = stackalloc byte[Hash.Length];
        digest.CopyTo(bytes);
        return known.Verifier.VerifyHash(bytes, signature);
    }

    public void Dispose()
    {
        foreach (var (_, verifier) in prepared.Values)
        {
            verifier.Dispose();
        }
    }
}
