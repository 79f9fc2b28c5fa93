namespace Safeconduct.Record;

/// <summary>
/// How a header names a body: the SHA-256 and length of the blob that carries it, the commitment to the one text it opens to, the wrapped
/// key that opens it, and its media type. Source: <c>formats/body.md</c>.
/// </summary>
public sealed record BodyName
{
    internal static readonly BodyName None = new(default, 0, default, default, "application/json");

    public BodyName(Hash blob, long length, Hash commit, KeyId key, string media)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (!EntryEncoding.IsMedia(media))
        {
            throw new ArgumentException("A media type has the form type/subtype in lower case.", nameof(media));
        }

        (Blob, Length, Commit, Key, Media) = (blob, length, commit, key, media);
    }

    public Hash Blob { get; }

    /// <summary>Bytes of the blob, padding included: never the length of the text.</summary>
    public long Length { get; }

    /// <summary>SHA-256(salt || text).</summary>
    public Hash Commit { get; }

    public KeyId Key { get; }

    public string Media { get; }

    public bool IsSealed => Key != KeyId.NotSealed;
}

/// <summary>A body ready to be stored: its name in the header, its blob, and its wrapped key (empty where it is not sealed).</summary>
public sealed record StoredBody(BodyName Name, ReadOnlyMemory<byte> Blob, ReadOnlyMemory<byte> WrappedKey);

/// <summary>A body somebody may read: the salt and the text whose joint SHA-256 is the commitment in the header.</summary>
public sealed record OpenedBody(ReadOnlyMemory<byte> Salt, ReadOnlyMemory<byte> Text);
