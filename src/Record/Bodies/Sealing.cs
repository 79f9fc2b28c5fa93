using System.Security.Cryptography;

namespace Safeconduct.Record;

/// <summary>
/// Seals a text into a blob and opens it again. The blob is nonce(12) || AES-256-GCM(K, salt(32) || text || 80 || zeros) with its tag(16),
/// padded so that its length does not tell one kind of statement from another. Source: <c>formats/body.md</c>; AES-GCM: NIST SP 800-38D.
/// </summary>
public static class Sealing
{
    public const int NonceLength = 12;
    public const int SaltLength = 32;
    public const int TagLength = 16;

    /// <summary>Bytes of the longest text: a long video is kept beside the record and named by its hash.</summary>
    public const int MaximumTextLength = 256 * 1024 * 1024;

    /// <summary>Bytes of the shortest blob: holds any statement of the catalogue with a long sentence in it.</summary>
    public const int ShortestBlob = 2 * 1024;

    private const int LargeBlob = 1024 * 1024;
    private const int Overhead = NonceLength + SaltLength + 1 + TagLength;
    private const int RandomLength = 32 + SaltLength + NonceLength;

    /// <summary>The length of the blob for a text: the next power of two from 2 KiB to 1 MiB, above that the next whole MiB.</summary>
    public static int BlobLength(int textLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(textLength);
        if (textLength > MaximumTextLength)
        {
            throw new RecordException("body.too-long", FormattableString.Invariant($"the body is {textLength} bytes, more than {MaximumTextLength}: keep it beside the record and record its SHA-256"));
        }

        var least = textLength + Overhead;
        var length = ShortestBlob;
        while (length < least && length < LargeBlob)
        {
            length *= 2;
        }

        return least <= length ? length : (least + LargeBlob - 1) / LargeBlob * LargeBlob;
    }

    /// <summary>Seals a text under a fresh key of its own, wrapped by the operation's key.</summary>
    public static StoredBody Seal(OperationKey operationKey, OperationId operation, ReadOnlySpan<byte> text, string media, IEntropy entropy)
    {
        ArgumentNullException.ThrowIfNull(operationKey);
        ArgumentNullException.ThrowIfNull(entropy);
        return Seal(text, media, entropy, key =>
        {
            Span<byte> nonce = stackalloc byte[NonceLength];
            entropy.Fill(nonce);
            return operationKey.Wrap(operation, key, nonce);
        });
    }

    /// <summary>Seals a text under a fresh key of its own so that the operation can open it and the sealer cannot.</summary>
    public static StoredBody Seal(SealingKey sealingKey, OperationId operation, ReadOnlySpan<byte> text, string media, IEntropy entropy)
    {
        ArgumentNullException.ThrowIfNull(sealingKey);
        ArgumentNullException.ThrowIfNull(entropy);
        return Seal(text, media, entropy, key => sealingKey.Wrap(operation, key, entropy));
    }

    private delegate byte[] Wrapping(ReadOnlySpan<byte> bodyKey);

    private static StoredBody Seal(ReadOnlySpan<byte> text, string media, IEntropy entropy, Wrapping wrap)
    {
        var blob = new byte[BlobLength(text.Length)];
        Span<byte> random = stackalloc byte[RandomLength];
        entropy.Fill(random);
        var key = random[..32];
        var salt = random[32..64];
        var nonce = random[64..];
        nonce.CopyTo(blob);
        var inner = blob.AsSpan(NonceLength, blob.Length - NonceLength - TagLength);
        salt.CopyTo(inner);
        text.CopyTo(inner[SaltLength..]);
        inner[SaltLength + text.Length] = 0x80;
        var commit = Hash.Of(inner[..(SaltLength + text.Length)]);
        using (var cipher = new AesGcm(key, TagLength))
        {
            cipher.Encrypt(nonce, inner, inner, blob.AsSpan(blob.Length - TagLength));
        }

        var wrapped = wrap(key);
        CryptographicOperations.ZeroMemory(random);
        return new StoredBody(new BodyName(Hash.Of(blob), blob.Length, commit, KeyId.Of(wrapped), media), blob, wrapped);
    }

    /// <summary>A body that everybody may read: a charter, a certificate, a revocation. Its blob is a salt of zeros and the text.</summary>
    public static StoredBody LeaveOpen(ReadOnlySpan<byte> text, string media)
    {
        var blob = new byte[SaltLength + text.Length];
        text.CopyTo(blob.AsSpan(SaltLength));
        var hash = Hash.Of(blob);
        return new StoredBody(new BodyName(hash, blob.Length, hash, KeyId.NotSealed, media), blob, default);
    }

    /// <summary>Reads a body that was left open. The blob must already have been found to have the hash the header names.</summary>
    public static OpenedBody? ReadOpen(BodyName name, ReadOnlyMemory<byte> blob, out Fault? fault)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (blob.Length < SaltLength || blob.Span[..SaltLength].ContainsAnyExcept((byte)0) || name.Commit != name.Blob)
        {
            fault = new Fault("body.open-form", "a body that is not sealed begins with 32 zero bytes and commits to the blob itself");
            return null;
        }

        fault = null;
        return new OpenedBody(blob[..SaltLength], blob[SaltLength..]);
    }

    /// <summary>Opens a sealed body and holds its text to the commitment, or says why it cannot be read.</summary>
    public static OpenedBody? Open(OperationKey operationKey, OperationId operation, BodyName name, ReadOnlySpan<byte> blob, ReadOnlySpan<byte> wrappedKey, out Fault? fault)
    {
        ArgumentNullException.ThrowIfNull(operationKey);
        ArgumentNullException.ThrowIfNull(name);
        Span<byte> key = stackalloc byte[32];
        fault = operationKey.Unwrap(operation, wrappedKey, key);
        if (fault is not null)
        {
            return null;
        }

        if (blob.Length < Overhead)
        {
            fault = new Fault("body.short", "the blob is shorter than a sealed body can be");
            return null;
        }

        var inner = new byte[blob.Length - NonceLength - TagLength];
        try
        {
            using var cipher = new AesGcm(key, TagLength);
            cipher.Decrypt(blob[..NonceLength], blob[NonceLength..^TagLength], blob[^TagLength..], inner);
        }
        catch (AuthenticationTagMismatchException)
        {
            fault = new Fault("body.sealed-otherwise", "the blob does not open with its key");
            return null;
        }

        return Unpad(name, inner, out fault);
    }

    private static OpenedBody? Unpad(BodyName name, byte[] inner, out Fault? fault)
    {
        var end = inner.AsSpan().LastIndexOfAnyExcept((byte)0);
        if (end < SaltLength || inner[end] != 0x80)
        {
            fault = new Fault("body.padding", "the padding is not 80 followed by zeros");
            return null;
        }

        if (Hash.Of(inner.AsSpan(0, end)) != name.Commit)
        {
            fault = new Fault("body.other-text", "the body opens to another text than the one the signer committed to");
            return null;
        }

        if (inner.Length + NonceLength + TagLength != BlobLength(end - SaltLength))
        {
            fault = new Fault("body.length", "the blob has not the length its text is padded to, so its length may tell what it holds");
            return null;
        }

        fault = null;
        return new OpenedBody(inner.AsMemory(0, SaltLength), inner.AsMemory(SaltLength, end - SaltLength));
    }
}
