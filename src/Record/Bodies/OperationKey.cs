using System.Security.Cryptography;

namespace Safeconduct.Record;

/// <summary>
/// The secret that opens an operation's bodies where no single person is concerned: 32 bytes known to the room alone. It never encrypts a
/// body itself; it wraps the key each body has of its own, so that one body can be erased by destroying one wrapped key. Safe to use from several threads, which one cipher object is not.
/// </summary>
public sealed class OperationKey : IDisposable
{
    public const int Length = 32;

    /// <summary>Bytes of a wrapped key of form 01: form, id of the wrapping key 16, nonce 12, encrypted key 32, tag 16.</summary>
    public const int WrappedLength = 1 + 16 + 12 + 32 + 16;

    private const byte Form = 1;
    private readonly byte[] secret;
    private readonly byte[] id;
    private readonly ECParameters pair;

    public OperationKey(ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, Length, nameof(secret));
        this.secret = secret.ToArray();
        id = SHA256.HashData([.. "safeconduct operation key\n"u8, .. secret])[..16];

        // Derived, so that every folder of keys has had it from the first day.
        Span<byte> seed = stackalloc byte[SealingKey.SeedLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, seed, default, "safeconduct sealing key 1"u8);
        using var derived = SealingKey.PairOf(seed);
        CryptographicOperations.ZeroMemory(seed);
        pair = derived.ExportParameters(includePrivateParameters: true);
        SealingKey = new SealingKey(SigningKey.Read(SealingKey.PointOf(derived))!);
    }

    /// <summary>The public half of the operation's sealing key, for devices that seal and must not open.</summary>
    public SealingKey SealingKey { get; }

    /// <summary>The length of a wrapped key of a form, by its first byte; null where there is no such form.</summary>
    public static int? LengthOfForm(byte form) => form switch
    {
        Form => WrappedLength,
        SealingKey.Form => SealingKey.WrappedLength,
        _ => null,
    };

    /// <summary>Whether these bytes have the form and length of a wrapped key.</summary>
    public static bool IsWrapped(ReadOnlySpan<byte> wrapped) => wrapped.Length > 0 && LengthOfForm(wrapped[0]) == wrapped.Length;

    /// <summary>Wraps the key of a body for an operation. The nonce is 12 random bytes.</summary>
    public byte[] Wrap(OperationId operation, ReadOnlySpan<byte> bodyKey, ReadOnlySpan<byte> nonce)
    {
        var wrapped = new byte[WrappedLength];
        wrapped[0] = Form;
        id.CopyTo(wrapped, 1);
        nonce.CopyTo(wrapped.AsSpan(17));
        Span<byte> context = stackalloc byte[Hash.Length];
        operation.Hash.CopyTo(context);
        using var cipher = new AesGcm(secret, 16);
        cipher.Encrypt(nonce, bodyKey, wrapped.AsSpan(29, 32), wrapped.AsSpan(61), context);
        return wrapped;
    }

    /// <summary>The key of a body, or why it cannot be had.</summary>
    public Fault? Unwrap(OperationId operation, ReadOnlySpan<byte> wrapped, Span<byte> bodyKey)
    {
        if (!IsWrapped(wrapped))
        {
            return new Fault("key.form", "the wrapped key is neither of form 01 and 77 bytes nor of form 02 and 142 bytes");
        }

        if (wrapped[0] == SealingKey.Form)
        {
            return SealingKey.Unwrap(pair, operation, wrapped, bodyKey);
        }

        if (!wrapped.Slice(1, 16).SequenceEqual(id))
        {
            return new Fault("key.other", "the key was wrapped with another key than the one given");
        }

        Span<byte> context = stackalloc byte[Hash.Length];
        operation.Hash.CopyTo(context);
        try
        {
            using var cipher = new AesGcm(secret, 16);
            cipher.Decrypt(wrapped.Slice(17, 12), wrapped.Slice(29, 32), wrapped[61..], bodyKey, context);
            return null;
        }
        catch (AuthenticationTagMismatchException)
        {
            return new Fault("key.damaged", "the wrapped key does not open");
        }
    }

    /// <summary>Overwrites the secrets.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(secret);
        CryptographicOperations.ZeroMemory(pair.D);
    }
}
