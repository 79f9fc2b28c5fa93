using System.Numerics;
using System.Security.Cryptography;

namespace Safeconduct.Record;

/// <summary>
/// The public half of an operation's sealing key: a device that holds it can wrap the key of a body and cannot unwrap it again, so that what was
/// sealed on a phone stays closed to whoever takes the phone. Form 02 of a wrapped key, 142 bytes; <c>formats/body.md</c>.
/// <para>The reasoning is that of HPKE's base mode with DHKEM(P-256, HKDF-SHA256), RFC 9180, section 4.1: a fresh key pair for each body, and a
/// derived key that is bound to the fresh and to the recipient's public key, so that no other pair of keys gives the same one. Not kept of HPKE
/// are its labels and its key schedule: there is one suite, one message for each key, and no pre-shared key. The operation is salt and additional
/// data, so that a wrapped key does not open under another operation. As in base mode nothing says who sealed: that is the entry's signature.</para>
/// </summary>
public sealed class SealingKey
{
    /// <summary>Bytes of a wrapped key: form 2, id of the sealing key 16, ephemeral point 65, nonce 12, encrypted key 32, tag 16.</summary>
    public const int WrappedLength = 1 + 16 + SigningKey.Length + 12 + 32 + 16;

    internal const byte Form = 2;

    // 384 bits over an order of 256 leave no bias that anybody could use: FIPS 186-5, appendix A.2.1.
    internal const int SeedLength = 48;

    private static readonly BigInteger Order = new(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);

    private readonly byte[] point;
    private readonly byte[] id;

    public SealingKey(SigningKey point)
    {
        ArgumentNullException.ThrowIfNull(point);
        Point = point;
        this.point = point.Bytes.ToArray();
        id = SHA256.HashData([.. "safeconduct sealing key\n"u8, .. this.point])[..16];
    }

    public SigningKey Point { get; }

    /// <summary>The first 16 bytes of SHA-256("safeconduct sealing key" || 0a || point).</summary>
    internal ReadOnlySpan<byte> Id => id;

    /// <summary>Wraps the key of a body so that the holder of the operation key alone can have it again.</summary>
    public byte[] Wrap(OperationId operation, ReadOnlySpan<byte> bodyKey, IEntropy entropy)
    {
        ArgumentNullException.ThrowIfNull(entropy);
        Span<byte> random = stackalloc byte[SeedLength + 12];
        entropy.Fill(random);
        using var ephemeral = PairOf(random[..SeedLength]);
        var wrapped = new byte[WrappedLength];
        wrapped[0] = Form;
        id.CopyTo(wrapped, 1);
        PointOf(ephemeral).CopyTo(wrapped, 17);
        random[SeedLength..].CopyTo(wrapped.AsSpan(82));
        Span<byte> context = stackalloc byte[Hash.Length];
        operation.Hash.CopyTo(context);
        var key = Derive(ephemeral, point, wrapped.AsSpan(17, SigningKey.Length), point, context);
        using (var cipher = new AesGcm(key, 16))
        {
            cipher.Encrypt(wrapped.AsSpan(82, 12), bodyKey, wrapped.AsSpan(94, 32), wrapped.AsSpan(126), context);
        }

        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(random);
        return wrapped;
    }

    /// <summary>The key of a body, by the private half; or why it cannot be had.</summary>
    internal Fault? Unwrap(ECParameters pair, OperationId operation, ReadOnlySpan<byte> wrapped, Span<byte> bodyKey)
    {
        if (!wrapped.Slice(1, 16).SequenceEqual(id))
        {
            return new Fault("key.other", "the key was wrapped with another key than the one given");
        }

        Span<byte> context = stackalloc byte[Hash.Length];
        operation.Hash.CopyTo(context);
        var ephemeral = wrapped.Slice(17, SigningKey.Length);
        try
        {
            using var secret = ECDiffieHellman.Create(pair);
            var key = Derive(secret, ephemeral, ephemeral, point, context);
            using var cipher = new AesGcm(key, 16);
            cipher.Decrypt(wrapped.Slice(82, 12), wrapped.Slice(94, 32), wrapped[126..], bodyKey, context);
            CryptographicOperations.ZeroMemory(key);
            return null;
        }
        catch (CryptographicException)
        {
            // A tag that does not fit, or an ephemeral point that is not on the curve.
            return new Fault("key.damaged", "the wrapped key does not open");
        }
    }

    /// <summary>The key pair of 48 bytes that look random: their number mod (n - 1), and one more.</summary>
    internal static ECDiffieHellman PairOf(ReadOnlySpan<byte> seed)
    {
        var scalar = (new BigInteger(seed, isUnsigned: true, isBigEndian: true) % (Order - 1)) + 1;
        var d = new byte[32];
        scalar.TryWriteBytes(d.AsSpan(32 - scalar.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
        return ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d });
    }

    internal static byte[] PointOf(ECDiffieHellman pair)
    {
        var q = pair.ExportParameters(includePrivateParameters: false).Q;
        return [4, .. q.X!, .. q.Y!];
    }

    private static byte[] Derive(ECDiffieHellman secret, ReadOnlySpan<byte> other, ReadOnlySpan<byte> ephemeral, ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> operation)
    {
        if (other[0] != 4)
        {
            throw new CryptographicException("The point is not in uncompressed form.");
        }

        using var theirs = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = other[1..33].ToArray(), Y = other[33..].ToArray() },
        });
        var agreed = secret.DeriveRawSecretAgreement(theirs.PublicKey);
        var key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, agreed, key, operation, [.. "safeconduct seal 2"u8, .. ephemeral, .. recipient]);
        CryptographicOperations.ZeroMemory(agreed);
        return key;
    }
}
