using Safeconduct.Record;

namespace Safeconduct.Storage.Files;

/// <summary>
/// A record as flat files in one folder: the journal is the truth, the files under <c>tile/</c> and <c>checkpoint</c> are what the log
/// publishes. Owns the folder while it is open for writing. Source: <c>formats/store.md</c>, <c>formats/journal.md</c>.
/// </summary>
public sealed class FilesStore : IRecordStore
{
    internal const string CheckpointPath = "checkpoint";
    internal const string LockPath = "lock";
    private const string NextCheckpointPath = "checkpoint.next";
    private const int WriteAtOnce = 1024 * 1024;

    /// <summary>A new journal file is begun when the last one is longer than this.</summary>
    public const long SegmentLength = 64L * 1024 * 1024;

    private readonly IDisk disk;
    private readonly IDisposable? held;
    private readonly long segmentLength;
    private readonly JournalIndex journal;
    private readonly MerkleTree tree = new();
    private long published;
    private bool stopped;

    private FilesStore(IDisk disk, IDisposable? held, JournalIndex journal, long published, long segmentLength)
    {
        (this.disk, this.held, this.journal, this.published, this.segmentLength) = (disk, held, journal, published, segmentLength);
    }

    public long Size => journal.Entries.Count;

    public string PlaceOfCheckpoint => CheckpointPath;

    /// <summary>Opens a folder for writing, makes it where it is missing, and takes back what a power cut left half written.</summary>
    public static FilesStore Open(string folder) => Open(new FolderDisk(folder));

    public static FilesStore Open(IDisk disk, long segmentLength = SegmentLength)
    {
        ArgumentNullException.ThrowIfNull(disk);
        var held = TakeLock(disk);
        try
        {
            return Attempt("open the store", () => Recover(disk, held, segmentLength));
        }
        catch
        {
            held.Dispose();
            (disk as IDisposable)?.Dispose();
            throw;
        }
    }

    /// <summary>Opens a folder for reading only: changes nothing, needs no right to write, and takes damaged files as they are.</summary>
    public static FilesStore OpenToRead(string folder) => OpenToRead(new FolderDisk(folder));

    public static FilesStore OpenToRead(IDisk disk)
    {
        ArgumentNullException.ThrowIfNull(disk);
        var logged = StatedSize(disk);
        return new FilesStore(disk, null, JournalIndex.Walk(disk, logged), logged, SegmentLength);
    }

    public void Append(long size, Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        MustRun();
        if (size != Size)
        {
            throw new RecordException("store.size-differs", FormattableString.Invariant($"the record has {Size} entries and not {size}: read it again before adding"));
        }

        if (batch.Entries.Count > 0)
        {
            Guarded("append to the journal", () => AppendFrame(batch));
        }
    }

    public void ReplaceCheckpoint(long size, ReadOnlyMemory<byte> checkpoint)
    {
        MustRun();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        Guarded("publish the checkpoint", () => Publish(size, checkpoint));
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> Read(EntryIndex first, int count)
    {
        var last = Math.Min(Size, first.Value + count);
        var read = new List<ReadOnlyMemory<byte>>();
        for (var i = first.Value; i < last;)
        {
            i = ReadRun(i, last, read);
        }

        return read;
    }

    public ReadOnlyMemory<byte>? ReadCheckpoint() => ReadWhole(disk, CheckpointPath);

    public ReadOnlyMemory<byte>? FindBlob(Hash name) => journal.Blobs.TryGetValue(name, out var at) ? ReadStretch(at) : null;

    public ReadOnlyMemory<byte>? FindWrappedKey(KeyId name) => journal.WrappedKeys.TryGetValue(name, out var at) ? ReadStretch(at) : null;

    public string PlaceOf(EntryIndex entry) => entry.Value < Size ? Journal.PathOf(journal.Entries[(int)entry.Value].Segment) : Journal.Folder;

    public string PlaceOfBlob(Hash name) => journal.Blobs.TryGetValue(name, out var at) ? Journal.PathOf(at.Segment) : Journal.Folder;

    public string PlaceOfWrappedKey(KeyId name) => journal.WrappedKeys.TryGetValue(name, out var at) ? Journal.PathOf(at.Segment) : Journal.Folder;

    /// <summary>
    /// Checks every byte of the folder: the record itself, the frames of the journal, the published files, and that no file is there that
    /// does not belong. Changes nothing.
    /// </summary>
    public static VerificationReport Verify(string folder, VerificationScope? scope = null)
    {
        using var disk = new FolderDisk(folder);
        return Verify(disk, scope);
    }

    public static VerificationReport Verify(IDisk disk, VerificationScope? scope = null)
    {
        ArgumentNullException.ThrowIfNull(disk);
        using var store = OpenToRead(disk);
        var report = Verifier.Verify(store, scope);
        return report.With([.. store.journal.Findings, .. store.CheckTail(), .. store.CheckNames(), .. store.CheckPublished(report)]);
    }

    public void Dispose()
    {
        held?.Dispose();
        (disk as IDisposable)?.Dispose();
    }

    private static IDisposable TakeLock(IDisk disk)
    {
        try
        {
            return disk.Lock(LockPath);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new RecordException("store.read-only", "the folder may not be written to: open the record for reading, or copy it to a place that may be written", e);
        }
        catch (IOException e)
        {
            throw new RecordException(IsReadOnly(e) ? "store.read-only" : "store.locked", IsReadOnly(e)
                ? "the disk may not be written to: open the record for reading, or copy it to a place that may be written"
                : "another program is writing to this record: close it first", e);
        }
    }

    // The same steps after a power cut and on a quiet day. A torn tail was never acknowledged: Append returns only after the flush, and the
    // checkpoint covers everything acknowledged before the last act.
    private static FilesStore Recover(IDisk disk, IDisposable held, long segmentLength)
    {
        var logged = StatedSize(disk);
        var journal = JournalIndex.Walk(disk, logged);
        if (journal.Findings.Count > 0 || journal.Entries.Count < logged)
        {
            var detail = journal.Findings.Count > 0 ? journal.Findings[0].ToString() : FormattableString.Invariant($"the checkpoint covers {logged} entries, the journal gives {journal.Entries.Count}");
            throw new RecordException("store.damaged", $"the journal is damaged ({detail}): nothing was changed; verify the record and restore it from a copy");
        }

        if (journal.Torn is { } torn)
        {
            disk.Truncate(Journal.PathOf(torn.Segment), torn.Offset);
            disk.Sync(Journal.PathOf(torn.Segment));
            for (var later = torn.Segment + 1; disk.Length(Journal.PathOf(later)) is not null; later++)
            {
                disk.Delete(Journal.PathOf(later));
            }
        }

        if (disk.Length(NextCheckpointPath) is not null)
        {
            disk.Delete(NextCheckpointPath);
        }

        var store = new FilesStore(disk, held, journal, logged, segmentLength);
        store.GrowTree();
        store.DropStale();
        return store;
    }

    private static long StatedSize(IDisk disk) =>
        ReadWhole(disk, CheckpointPath) is { } bytes ? Checkpoint.SizeUnchecked(bytes.Span) ?? 0 : 0;

    private void GrowTree()
    {
        while (tree.Size < Size)
        {
            foreach (var entry in Read(new EntryIndex(tree.Size), 1024))
            {
                tree.Add(MerkleTree.LeafOf(entry.Span));
            }
        }
    }

    private void AppendFrame(Batch batch)
    {
        var begin = journal.End > segmentLength;
        var (segment, start) = begin ? (journal.Segment + 1, 0L) : (journal.Segment, journal.End);
        var path = Journal.PathOf(segment);
        var fresh = start == 0;
        var kept = batch with
        {
            Blobs = [.. batch.Blobs.DistinctBy(b => b.Name).Where(b => !journal.Blobs.ContainsKey(b.Name))],
            WrappedKeys = [.. batch.WrappedKeys.DistinctBy(k => k.Name).Where(k => !journal.WrappedKeys.ContainsKey(k.Name))],
        };
        var head = Journal.Head(Size, kept, journal.LastHash, out _);
        var end = WriteAll(path, start, [head, .. kept.WrappedKeys.Select(k => k.Bytes), .. kept.Blobs.Select(b => b.Bytes)]);
        disk.Sync(path);
        if (fresh)
        {
            disk.SyncFolder(Journal.Folder);
            disk.SyncFolder("");
        }

        journal.Add(Journal.Read(disk, segment, start, end, Size, journal.LastHash) ?? throw new IOException("the batch could not be read back"));
        foreach (var entry in kept.Entries)
        {
            tree.Add(MerkleTree.LeafOf(entry.Span));
        }
    }

    private long WriteAll(string path, long at, IEnumerable<ReadOnlyMemory<byte>> parts)
    {
        using var gathered = new MemoryStream();
        foreach (var part in parts)
        {
            gathered.Write(part.Span);
            if (gathered.Length >= WriteAtOnce)
            {
                at = Flush(path, at, gathered);
            }
        }

        return gathered.Length > 0 ? Flush(path, at, gathered) : at;
    }

    private long Flush(string path, long at, MemoryStream gathered)
    {
        disk.Write(path, at, gathered.GetBuffer().AsSpan(0, (int)gathered.Length));
        at += gathered.Length;
        gathered.SetLength(0);
        return at;
    }

    // Everything the new checkpoint covers is durable before its name is: a power cut leaves the old checkpoint with all of its files, or the
    // new one with all of its files.
    private void Publish(long size, ReadOnlyMemory<byte> checkpoint)
    {
        WriteTiles(published, size);
        disk.Write(NextCheckpointPath, 0, checkpoint.Span);
        disk.Sync(NextCheckpointPath);
        disk.Rename(NextCheckpointPath, CheckpointPath);
        disk.SyncFolder("");
        var before = published;
        published = size;
        foreach (var stale in Tiles.Of(before).Where(t => !t.IsFull && before != size))
        {
            if (Tiles.Of(size).All(t => t.Path != stale.Path) && disk.Length(stale.Path) is not null)
            {
                disk.Delete(stale.Path);
            }
        }
    }

    private void WriteTiles(long from, long size)
    {
        var folders = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var tile in Tiles.Between(from, size))
        {
            var bytes = tile.Level == Tile.EntriesLevel
                ? Tiles.Bundle(Read(new EntryIndex(tile.Index * Tile.FullWidth), tile.Width))
                : Tiles.Hashes(tree, tile);
            if (disk.Length(tile.Path) > bytes.Length)
            {
                disk.Truncate(tile.Path, 0);
            }

            disk.Write(tile.Path, 0, bytes);
            disk.Sync(tile.Path);
            AddFolders(tile.Path, folders);
        }

        foreach (var folder in folders)
        {
            disk.SyncFolder(folder);
        }
    }

    /// <summary>Writes every tile under the checkpoint from the journal: for a folder that was copied without them. The checkpoint stays as it is.</summary>
    public void RemakeTiles() => WriteTiles(0, published);

    private static void AddFolders(string path, SortedSet<string> folders)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            folders.Add(path[..slash]);
        }

        folders.Add("");
    }

    // Tiles that no checkpoint covers, or that a wider one replaced: left by a power cut between two steps of publishing.
    private void DropStale()
    {
        var current = Tiles.Of(published).Select(t => t.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var path in disk.List().Where(p => Tile.Parse(p) is not null && !current.Contains(p)))
        {
            disk.Delete(path);
        }
    }

    private long ReadRun(long from, long last, List<ReadOnlyMemory<byte>> read)
    {
        var first = journal.Entries[(int)from];
        var (end, i) = (first.Offset, from);
        for (; i < last && journal.Entries[(int)i] is var at && at.Segment == first.Segment && at.Offset == end; i++)
        {
            end += at.Length;
        }

        ReadOnlyMemory<byte> bytes = disk.Read(Journal.PathOf(first.Segment), first.Offset, (int)(end - first.Offset));
        for (var k = from; k < i; k++)
        {
            var at = journal.Entries[(int)k];
            read.Add(bytes.Slice((int)(at.Offset - first.Offset), at.Length));
        }

        return i;
    }

    private ReadOnlyMemory<byte>? ReadStretch(Stretch at) => disk.Read(Journal.PathOf(at.Segment), at.Offset, at.Length);

    private static ReadOnlyMemory<byte>? ReadWhole(IDisk disk, string path) => disk.Length(path) is { } length ? new ReadOnlyMemory<byte>(disk.Read(path, 0, checked((int)length))) : default(ReadOnlyMemory<byte>?);

    private IEnumerable<Finding> CheckTail()
    {
        if (journal.Torn is { } torn)
        {
            yield return Finding.Refutes("journal.torn", Journal.PathOf(torn.Segment), FormattableString.Invariant($"from byte {torn.Offset} on there is no whole batch: a write that a power cut ended, or damage"));
        }
    }

    // Blobs and keys that no entry names would be smuggled in beside the record.
    private IEnumerable<Finding> CheckNames()
    {
        var (blobs, keys) = (new HashSet<Hash>(), new HashSet<KeyId>());
        for (long first = 0; first < Size; first += 1024)
        {
            foreach (var body in Read(new EntryIndex(first), 1024).SelectMany(e => Entry.Read(e, out _)?.Header.Bodies ?? []))
            {
                blobs.Add(body.Blob);
                keys.Add(body.Key);
            }
        }

        foreach (var (name, at) in journal.Blobs.Where(b => !blobs.Contains(b.Key)))
        {
            yield return Finding.Refutes("blob.not-named", Journal.PathOf(at.Segment), $"no entry names the blob {name}");
        }

        foreach (var (name, at) in journal.WrappedKeys.Where(k => !keys.Contains(k.Key)))
        {
            yield return Finding.Refutes("key.not-named", Journal.PathOf(at.Segment), $"no entry names the wrapped key {name}");
        }
    }

    private List<Finding> CheckPublished(VerificationReport report)
    {
        var paths = disk.List().ToHashSet(StringComparer.Ordinal);
        for (var segment = 0; paths.Remove(Journal.PathOf(segment)); segment++)
        {
        }

        paths.Remove(CheckpointPath);
        if (disk.Length(LockPath) is 0)
        {
            paths.Remove(LockPath);
        }

        var logged = report.Logged ?? (disk.Length(CheckpointPath) is null ? TreeHead.Empty : null);
        return [.. TileCheck.Check(report.Tree, logged, paths, p => ReadWhole(disk, p)),
            .. logged is { } head ? TileCheck.Replaced(report.Tree, head, p => ReadWhole(disk, p)).Select(i => Finding.Refutes("entry.not-logged", PlaceOf(i), "this entry is not the one the log signed for", i)) : []];
    }

    private void MustRun()
    {
        if (held is null)
        {
            throw new RecordException("store.read-only", "the record was opened for reading");
        }

        if (stopped)
        {
            throw new RecordException("store.stopped", "a write failed before: close the record and open it again, which finds out what is durable");
        }
    }

    private void Guarded(string what, Action act)
    {
        stopped = true;
        Attempt(what, () =>
        {
            act();
            return true;
        });
        stopped = false;
    }

    private static T Attempt<T>(string what, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (IOException e) when (IsFull(e))
        {
            throw new RecordException("store.full", $"the disk is full and it was not possible to {what}: free some space and open the record again", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new RecordException("store.read-only", $"a file may not be written and it was not possible to {what}: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new RecordException(IsReadOnly(e) ? "store.read-only" : "store.disk", $"it was not possible to {what}: {e.Message}. Open the record again, which finds out what is durable", e);
        }
    }

    // ENOSPC and EDQUOT on Unix; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    private static bool IsFull(IOException e) => (e.HResult & 0xFFFF) is 28 or 122 or 112 or 39;

    private static bool IsReadOnly(IOException e) => (e.HResult & 0xFFFF) is 30 or 19;
}
