using System.Security.Cryptography;
using Safeconduct.Record;

namespace Safeconduct.Storage.Keys;

/// <summary>A P-256 key in this program's memory that signs entries for one pseudonym.</summary>
public sealed class EntrySigner : IEntrySigner, IDisposable
{
    private readonly ECDsa ecdsa;

    public EntrySigner(Kid kid, ECDsa ecdsa)
    {
        ArgumentNullException.ThrowIfNull(ecdsa);
        var q = ecdsa.ExportParameters(includePrivateParameters: false).Q;
        (Kid, this.ecdsa) = (kid, ecdsa);
        Key = SigningKey.Read([4, .. q.X!, .. q.Y!]) ?? throw new ArgumentException("The key is not of P-256.", nameof(ecdsa));
    }

    public Kid Kid { get; }

    public SigningKey Key { get; }

    /// <summary>A new key under a new pseudonym.</summary>
    public static EntrySigner Create(IEntropy entropy)
    {
        ArgumentNullException.ThrowIfNull(entropy);
        Span<byte> kid = stackalloc byte[16];
        entropy.Fill(kid);
        return new EntrySigner(new Kid(kid), ECDsa.Create(ECCurve.NamedCurves.nistP256));
    }

    public void Sign(Hash digest, Span<byte> signature)
    {
        Span<byte> bytes = stackalloc byte[Hash.Length];
        digest.CopyTo(bytes);
        ecdsa.SignHash(bytes, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public byte[] ToPkcs8() => ecdsa.ExportPkcs8PrivateKey();

    public void Dispose() => ecdsa.Dispose();
}
