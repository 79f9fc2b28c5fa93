using Safeconduct.Record;

namespace Safeconduct.Storage.Memory;

/// <summary>A record that lives as long as the program: for tests, and for looking at a bundle before keeping it.</summary>
public sealed class MemoryStore : IRecordStore
{
    private readonly List<ReadOnlyMemory<byte>> entries = [];
    private readonly Dictionary<Hash, byte[]> blobs = [];
    private readonly Dictionary<KeyId, byte[]> wrappedKeys = [];
    private byte[]? checkpoint;

    public long Size => entries.Count;

    public string PlaceOfCheckpoint => "checkpoint";

    public void Append(long size, Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (size != Size)
        {
            throw new RecordException("store.size-differs", FormattableString.Invariant($"the record has {Size} entries and not {size}: read it again before adding"));
        }

        foreach (var (name, bytes) in batch.Blobs)
        {
            blobs.TryAdd(name, bytes.ToArray());
        }

        foreach (var (name, bytes) in batch.WrappedKeys)
        {
            wrappedKeys.TryAdd(name, bytes.ToArray());
        }

        entries.AddRange(batch.Entries.Select(e => (ReadOnlyMemory<byte>)e.ToArray()));
    }

    public void ReplaceCheckpoint(long size, ReadOnlyMemory<byte> checkpoint)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        this.checkpoint = checkpoint.ToArray();
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> Read(EntryIndex first, int count)
    {
        var from = (int)Math.Min(first.Value, Size);
        return entries.GetRange(from, (int)Math.Min(count, Size - from));
    }

    public ReadOnlyMemory<byte>? ReadCheckpoint() => checkpoint is null ? default(ReadOnlyMemory<byte>?) : new ReadOnlyMemory<byte>(checkpoint);

    public ReadOnlyMemory<byte>? FindBlob(Hash name) => blobs.TryGetValue(name, out var bytes) ? new ReadOnlyMemory<byte>(bytes) : default(ReadOnlyMemory<byte>?);

    public ReadOnlyMemory<byte>? FindWrappedKey(KeyId name) => wrappedKeys.TryGetValue(name, out var bytes) ? new ReadOnlyMemory<byte>(bytes) : default(ReadOnlyMemory<byte>?);

    public string PlaceOf(EntryIndex entry) => "entries";

    public string PlaceOfBlob(Hash name) => "blobs";

    public string PlaceOfWrappedKey(KeyId name) => "keys";

    public void Dispose()
    {
        // Nothing is held outside memory; the owner may open a log on the same store again.
    }
}
