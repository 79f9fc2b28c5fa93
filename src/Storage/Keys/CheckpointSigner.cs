using System.Runtime.InteropServices;
using Safeconduct.Record;

namespace Safeconduct.Storage.Keys;

/// <summary>
/// Signs checkpoints with Ed25519 through the machine's libcrypto (OpenSSL 1.1.1 or newer): .NET has no Ed25519. Source: RFC 8032; OpenSSL's
/// EVP_DigestSign.
/// </summary>
public sealed unsafe class CheckpointSigner : ICheckpointSigner
{
    private const int Ed25519Id = 1087;
    private static readonly Lazy<nint> Library = new(Load);
    private readonly byte[] seed;
    private readonly byte[] key = new byte[Ed25519.KeyLength];

    /// <summary>The signer of a 32-byte private key. Throws <c>keys.libcrypto</c> where the machine has no libcrypto.</summary>
    public CheckpointSigner(ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, 32, nameof(seed));
        this.seed = seed.ToArray();
        WithKey(handle =>
        {
            nuint length = 32;
            fixed (byte* target = key)
            {
                return ((delegate* unmanaged<nint, byte*, nuint*, int>)Function("EVP_PKEY_get_raw_public_key"))(handle, target, &length);
            }
        });
    }

    public ReadOnlyMemory<byte> Key => key;

    public static CheckpointSigner Create(IEntropy entropy)
    {
        ArgumentNullException.ThrowIfNull(entropy);
        Span<byte> seed = stackalloc byte[32];
        entropy.Fill(seed);
        return new CheckpointSigner(seed);
    }

    public ReadOnlySpan<byte> Seed => seed;

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = new byte[Ed25519.SignatureLength];
        var text = message.ToArray();
        WithKey(handle => SignWith(handle, text, signature));
        return signature;
    }

    private static int SignWith(nint handle, byte[] text, byte[] signature)
    {
        var context = ((delegate* unmanaged<nint>)Function("EVP_MD_CTX_new"))();
        nuint length = Ed25519.SignatureLength;
        fixed (byte* source = text, target = signature)
        {
            var done = ((delegate* unmanaged<nint, nint, nint, nint, nint, int>)Function("EVP_DigestSignInit"))(context, 0, 0, 0, handle) == 1
                ? ((delegate* unmanaged<nint, byte*, nuint*, byte*, nuint, int>)Function("EVP_DigestSign"))(context, target, &length, source, (nuint)text.Length)
                : 0;
            ((delegate* unmanaged<nint, void>)Function("EVP_MD_CTX_free"))(context);
            return done;
        }
    }

    private void WithKey(Func<nint, int> act)
    {
        nint handle;
        fixed (byte* secret = seed)
        {
            handle = ((delegate* unmanaged<int, nint, byte*, nuint, nint>)Function("EVP_PKEY_new_raw_private_key"))(Ed25519Id, 0, secret, 32);
        }

        var done = handle == 0 ? 0 : act(handle);
        if (handle != 0)
        {
            ((delegate* unmanaged<nint, void>)Function("EVP_PKEY_free"))(handle);
        }

        if (done != 1)
        {
            throw new RecordException("keys.libcrypto", "libcrypto refused to sign with Ed25519");
        }
    }

    private static nint Function(string name) => NativeLibrary.GetExport(Library.Value, name);

    private static nint Load()
    {
        foreach (var name in (string[])["libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.3.dylib", "libcrypto-3-x64.dll", "libcrypto-3.dll"])
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                return handle;
            }
        }

        throw new RecordException("keys.libcrypto", "this machine has no libcrypto (OpenSSL), with which checkpoints are signed: install OpenSSL 3. Reading and checking records works without it");
    }
}
