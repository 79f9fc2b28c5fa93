namespace Safeconduct.Record;

/// <summary>
/// One signed entry: the bytes as they were signed and stored, and what they say. The bytes are never written again from what they say.
/// Source: COSE_Sign1 (RFC 9052, section 4.2) with ES256; <c>formats/entry.md</c>.
/// </summary>
public sealed class Entry
{
    private readonly int signatureStart;

    internal Entry(ReadOnlyMemory<byte> bytes, EntryId id, Kid kid, EntryHeader header)
    {
        (Bytes, Id, Kid, Header) = (bytes, id, kid, header);
        signatureStart = bytes.Length - Es256.Length;
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public EntryId Id { get; }

    public Kid Kid { get; }

    public EntryHeader Header { get; }

    public ReadOnlySpan<byte> Signature => Bytes.Span[signatureStart..];

    /// <summary>The leaf of the log's tree: SHA-256(00 || entry), RFC 9162, section 2.1.1.</summary>
    public Hash Leaf => MerkleTree.LeafOf(Bytes.Span);

    /// <summary>Signs a header. Throws where the entry would be longer than an entry may be.</summary>
    public static Entry Sign(EntryHeader header, IEntrySigner signer)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(signer);
        var writer = new CborWriter();
        var prepared = EntryEncoding.Prepare(header, signer.Kid, writer);
        Span<byte> signature = stackalloc byte[Es256.Length];
        signer.Sign(prepared.Id.Hash, signature);
        Es256.MakeLow(signature);
        return EntryEncoding.Finish(header, signer.Kid, prepared, signature, writer);
    }

    /// <summary>Reads an entry, or says why these bytes are none. The signature's form is checked here; whether it is valid is checked with the device's key.</summary>
    public static Entry? Read(ReadOnlyMemory<byte> bytes, out Fault? fault) => EntryEncoding.Read(bytes, out fault);
}
