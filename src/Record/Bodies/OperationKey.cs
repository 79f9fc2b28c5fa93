using System.Security.Cryptography;

namespace Safeconduct.Record;

/// <summary>
/// The secret that opens an operation's bodies where no single person is concerned: 32 bytes known to the room alone. It never encrypts a
/// body itself; it wraps the key each body has of its own, so that one body can be erased by destroying one wrapped key. Safe to use from several threads, which one cipher object is not.
/// </summary>
public sealed class OperationKey : IDisposable
{
    public const int Length = 32;

    /// <summary>Bytes of a wrapped key: form 1, id of the wrapping key 16, nonce 12, encrypted key 32, tag 16.</summary>
    public const int WrappedLength = 1 + 16 + 12 + 32 + 16;

    private const byte Form = 1;
    private readonly byte[] secret;
    private readonly byte[] id;

    public OperationKey(ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, Length, nameof(secret));
        this.secret = secret.ToArray();
        id = SHA256.HashData([.. "safeconduct operation key\n"u8, .. secret])[..16];
    }

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
        if (wrapped.Length != WrappedLength || wrapped[0] != Form)
        {
            return new Fault("key.form", "the wrapped key is not of form 1 and 77 bytes");
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

    /// <summary>Overwrites the secret.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(secret);
}
