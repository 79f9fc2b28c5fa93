namespace Safeconduct.Record;

/// <summary>What a record is read from: a store, or a bundle somebody handed over. Nothing it returns is believed before it is checked.</summary>
public interface IRecordSource
{
    /// <summary>The number of entries that can be read.</summary>
    long Size { get; }

    /// <summary>The entries from an index on, as many as asked for or as there are.</summary>
    IReadOnlyList<ReadOnlyMemory<byte>> Read(EntryIndex first, int count);

    /// <summary>The newest checkpoint; null where none was ever made.</summary>
    ReadOnlyMemory<byte>? ReadCheckpoint();

    /// <summary>A blob by its SHA-256; null where it is not here.</summary>
    ReadOnlyMemory<byte>? FindBlob(Hash name);

    /// <summary>A wrapped key by its name; null where it is not here.</summary>
    ReadOnlyMemory<byte>? FindWrappedKey(KeyId name);

    /// <summary>A body that was handed over already opened, by its commitment; null where it is not here. Stores hold none.</summary>
    OpenedBody? FindOpened(Hash commit) => null;

    /// <summary>Whether bodies may be left out here: so it is in a bundle, not in the record itself.</summary>
    bool MayWithhold => false;

    /// <summary>Where an entry stands, for a person who must look at it: a file, or a word.</summary>
    string PlaceOf(EntryIndex entry);

    string PlaceOfBlob(Hash name);

    string PlaceOfWrappedKey(KeyId name);

    string PlaceOfCheckpoint { get; }
}

/// <summary>Entries to be stored in one act, and what their headers name.</summary>
public sealed record Batch(IReadOnlyList<ReadOnlyMemory<byte>> Entries, IReadOnlyList<(Hash Name, ReadOnlyMemory<byte> Bytes)> Blobs, IReadOnlyList<(KeyId Name, ReadOnlyMemory<byte> Bytes)> WrappedKeys);

/// <summary>
/// The promise of a store, in five operations: append if the size is n; read a range; read and replace the checkpoint; put a blob; get a
/// blob. Blobs and wrapped keys are put together with the entries that name them, so that one act needs one flush.
/// <list type="bullet">
/// <item>When <see cref="Append"/> returns, the whole batch outlives a power cut. When it throws, either the whole batch is there after
/// reopening, or none of it.</item>
/// <item>A store keeps bytes as they were given and in the order they were given. It never changes or drops an entry.</item>
/// <item>A checkpoint is replaced as one: after a power cut there is the old one or the new one, and everything the new one covers was
/// durable before it.</item>
/// <item>There is one writer. A second one is refused.</item>
/// <item>After a write that failed, a store does nothing more until it is opened again.</item>
/// </list>
/// </summary>
public interface IRecordStore : IRecordSource, IDisposable
{
    /// <summary>Appends a batch if the record has this size, and refuses with <c>store.size-differs</c> otherwise.</summary>
    void Append(long size, Batch batch);

    /// <summary>Replaces the checkpoint by one that covers <paramref name="size"/> entries.</summary>
    void ReplaceCheckpoint(long size, ReadOnlyMemory<byte> checkpoint);
}
