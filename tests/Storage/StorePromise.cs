using Safeconduct.Record;
using Safeconduct.Storage.Files;
using Safeconduct.Storage.Memory;

namespace Safeconduct.Tests.Storage;

/// <summary>The promise of a store, held by every store. What differs is how a store is opened again.</summary>
public abstract class StorePromise
{
    /// <summary>A fresh place for a store, and how to open it: each call opens what is there.</summary>
    protected abstract Func<IRecordStore> Place();

    [Fact]
    public void What_was_appended_is_read_back_in_order_after_reopening()
    {
        var open = Place();
        var keys = Founding.Keys();
        using (var log = Founding.Found(open(), keys))
        {
            log.Append(Founding.Sayings(0, 3), Founding.At);
            var receipts = log.Append(Founding.Sayings(3, 300), Founding.At);
            Assert.Equal(new EntryIndex(5), receipts[0].Index);
            Assert.All(receipts, r => Assert.Equal(SafetyLevel.Logged, r.Level));
        }

        using var again = OperationLog.Open(open(), keys);
        Assert.Empty(again.Report.Findings);
        Assert.Equal(305, again.Size);
        Assert.Equal(again.Head, again.Logged);
        Assert.Equal(303, again.Report.Checked.OpenedBodies - 2);
        Assert.Equal([.. Enumerable.Range(0, 303).Select(i => FormattableString.Invariant($$"""{"kind":"count","people":{{i}}}"""))], Founding.Texts(again));
    }

    [Fact]
    public void An_append_to_another_size_is_refused_and_changes_nothing()
    {
        var open = Place();
        using var store = open();
        var refusal = Assert.Throws<RecordException>(() => store.Append(7, new Batch([new byte[] { 1 }], [], [])));
        Assert.Equal("store.size-differs", refusal.Code);
        Assert.Contains("has 0 entries and not 7", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, store.Size);
    }

    [Fact]
    public void Founding_where_a_record_is_already_is_refused()
    {
        var open = Place();
        Founding.Found(open(), Founding.Keys()).Dispose();
        using var store = open();
        Assert.Equal("store.not-empty", Assert.Throws<RecordException>(() => Founding.Found(store, Founding.Keys(2))).Code);
    }

    [Fact]
    public void Keys_of_another_operation_are_refused()
    {
        var open = Place();
        Founding.Found(open(), Founding.Keys()).Dispose();
        using var store = open();
        var refusal = Assert.Throws<RecordException>(() => OperationLog.Open(store, Founding.Keys(2)));
        Assert.Equal("store.other-operation", refusal.Code);
        Assert.Contains("Northern valley", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unwritten_place_reads_as_nothing()
    {
        using var store = Place()();
        Assert.Null(store.ReadCheckpoint());
        Assert.Null(store.FindBlob(Hash.Of([1])));
        Assert.Null(store.FindWrappedKey(new KeyId(1)));
        Assert.Empty(store.Read(new EntryIndex(0), 10));
    }
}

public sealed class MemoryStoreTests : StorePromise
{
    protected override Func<IRecordStore> Place()
    {
        var store = new MemoryStore();
        return () => store;
    }
}

public sealed class FilesStoreTests : StorePromise
{
    protected override Func<IRecordStore> Place()
    {
        var disk = new SimulatedDisk();
        return () => FilesStore.Open(disk, segmentLength: 20_000);
    }
}

public sealed class FilesStoreOnRealDiskTests : StorePromise, IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "safeconduct-" + Guid.NewGuid().ToString("N"));

    protected override Func<IRecordStore> Place() => () => FilesStore.Open(folder);

    [Fact]
    public void A_second_writer_is_refused()
    {
        using var first = FilesStore.Open(folder);
        var refusal = Assert.Throws<RecordException>(() => FilesStore.Open(folder));
        Assert.Equal("store.locked", refusal.Code);
        Assert.Contains("close it first", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_folder_verifies()
    {
        var keys = Founding.Keys();
        using (var log = Founding.Found(FilesStore.Open(folder), keys))
        {
            log.Append(Founding.Sayings(0, 600), Founding.At);
        }

        var report = FilesStore.Verify(folder, new VerificationScope { Key = keys.Bodies });
        Assert.Empty(report.Findings);
        Assert.Equal(602, report.Checked.OpenedBodies);
        Assert.Equal(602, report.Checked.Signatures);
    }

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
