using System.Numerics;
using System.Text;
using Safeconduct.Record;
using Safeconduct.Storage.Files;
using Safeconduct.Storage.Memory;

namespace Safeconduct.Tests.Storage;

/// <summary>A record or bundle as files, and what every checker must say of it: a code, or null where all is well.</summary>
public sealed record TamperedLog(string Name, string? Code, FindingWeight Weight, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files)
{
    public void WriteTo(string folder)
    {
        foreach (var (path, bytes) in Files)
        {
            var full = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(full, bytes.ToArray());
        }
    }

    public override string ToString() => Name;
}

/// <summary>Good and tampered records, made anew with fresh keys: for our checker, and for every other.</summary>
public static class TamperedLogs
{
    private static readonly OperationKeys Keys = Founding.Keys(11);

    /// <summary>The key that opens the bodies of every store made here.</summary>
    public static OperationKey BodiesKey => Keys.Bodies;

    /// <summary>Bundles: checked without any secret.</summary>
    public static IEnumerable<TamperedLog> Bundles()
    {
        var good = BundleOf(Good());
        yield return Is("good", null, good);
        yield return Is("body-withheld", null, BundleOf(Good(), (e, _) => e.Index.Value % 3 != 0));
        yield return Is("longer-than-a-tile", null, BundleOf(Good(300)));
        yield return Is("photograph", null, BundleOf(WithPhotograph()));
        yield return Is("entry-flipped", "tile.differs", Flipped(good, "log/tile/entries/000.p/8", 400));
        yield return Is("tile-flipped", "tile.differs", Flipped(good, "log/tile/0/000.p/8", 40));
        yield return Is("tile-missing", "tile.missing", Without(good, "log/tile/0/000.p/8"));
        yield return Is("entries-missing", "tile.missing", Without(good, "log/tile/entries/000.p/8"));
        yield return Is("checkpoint-root-flipped", "note.signature", Flipped(good, "log/checkpoint", 82));
        yield return Is("checkpoint-root-no-hash", "note.signature", Changed(good, "log/checkpoint", 82, (byte)'@'));
        yield return Is("checkpoint-missing", "checkpoint.missing", Without(good, "log/checkpoint"));
        yield return Is("manifest-flipped", "bundle.manifest", Flipped(good, "MANIFEST", 120));
        yield return Is("manifest-missing", "bundle.manifest", Without(good, "MANIFEST"));
        yield return Is("file-added", "file.unknown", With(good, "notes.txt", "hello"u8.ToArray()));
        yield return Is("text-changed", "body.other-text", Replaced(good, "opened/000.jsonl", "\\\"people\\\":3", "\\\"people\\\":8"));
        yield return Is("text-removed", "bundle.counts", Replaced(good, "opened/000.jsonl", "{\"entry\":7", null));
        yield return Is("chain-changed", "bundle.derived-differs", Flipped(good, $"chains/{Keys.Device.Kid}", 0));
        var read = BundleOf(ToRead());
        yield return Is("to-read", null, read);
        yield return Is("to-read-of-each-form", null, BundleOf(Forms()));
        foreach (var path in read.Keys.Where(k => k.StartsWith("reading/", StringComparison.Ordinal)))
        {
            yield return Is($"{path}-flipped", "bundle.file-differs", Flipped(read, path, read[path].Length / 2));
            yield return Is($"{path}-missing", "bundle.file-missing", Without(read, path));
            if (path is not "reading/METHOD.txt")
            {
                // Whoever holds the log's key signs another list: what follows from the record still does not follow.
                yield return Is($"{path}-changed-by-the-log", "bundle.derived-differs", Resigned(Flipped(read, path, 5)));
                yield return Is($"{path}-left-out-by-the-log", "bundle.derived-differs", Resigned(Without(read, path)));
            }
        }

        yield return Is("reading-added-by-the-log", "bundle.derived-differs", Resigned(With(read, "reading/figures.txt", "1,000 people left"u8.ToArray())));
        yield return Is("name-that-leads-out", "bundle.name", Resigned(With(good, "log/..x/.hidden", "x"u8.ToArray())));
        yield return Is("name-twice-but-for-capitals", "bundle.name-twice", Resigned(With(good, "format.TXT", "x"u8.ToArray())));
        foreach (var (name, code, weight, store) in Forged())
        {
            yield return new TamperedLog(name, code, weight, BundleOf(store));
        }
    }

    /// <summary>Stores of plain files.</summary>
    public static IEnumerable<TamperedLog> Stores()
    {
        var good = StoreOf(Good());
        yield return Is("good", null, good);
        yield return Is("entry-flipped", "journal.frame-differs", Flipped(good, "journal/000000", 150));
        yield return Is("blob-flipped", "blob.differs", Flipped(good, "journal/000000", good["journal/000000"].Length - 5));
        yield return Is("tile-flipped", "tile.differs", Flipped(good, "tile/0/000.p/8", 40));
        yield return Is("bundle-of-entries-flipped", "tile.differs", Flipped(good, "tile/entries/000.p/8", 400));
        yield return Is("tile-missing", "tile.missing", Without(good, "tile/0/000.p/8"));
        yield return Is("checkpoint-root-flipped", "note.signature", Flipped(good, "checkpoint", 82));
        yield return Is("checkpoint-root-no-hash", "note.signature", Changed(good, "checkpoint", 82, (byte)'@'));
        yield return Is("checkpoint-missing", "checkpoint.missing", Without(good, "checkpoint"));
        yield return Is("journal-cut", "journal.torn", With(good, "journal/000000", good["journal/000000"][..^9].ToArray()));
        yield return Is("journal-missing", "charter.missing", Without(good, "journal/000000"));
        yield return Is("file-added", "file.unknown", With(good, "notes.txt", "hello"u8.ToArray()));
        yield return Is("other-text", "body.other-text", StoreOf(OtherText()));
        yield return Is("sealed-on-a-device", null, StoreOf(SealedOnADevice(wrapped => wrapped)));
        yield return Is("wrapped-key-of-no-form", "key.form", StoreOf(SealedOnADevice(wrapped => wrapped[..100])));
        foreach (var (name, code, weight, store) in Forged())
        {
            yield return new TamperedLog(name, code, weight, StoreOf(store));
        }
    }

    // Records a dishonest device or log could make itself, with signatures and roots in order.
    private static IEnumerable<(string Name, string Code, FindingWeight Weight, MemoryStore Store)> Forged()
    {
        var good = Good();
        var entries = EntriesOf(good);
        yield return ("entries-swapped", "log.root-differs", FindingWeight.Refutes, Rebuilt(good, [entries[0], entries[1], entries[3], entries[2], .. entries.Skip(4)], sign: false));
        yield return ("entry-dropped", "chain.gap", FindingWeight.Notable, Rebuilt(good, [.. entries.Take(4), .. entries.Skip(5)], sign: true));
        yield return ("fork", "chain.fork", FindingWeight.Notable, Rebuilt(good, [.. entries, Again(entries[5], 99)], sign: true));
        yield return ("high-s", "entry.high-s", FindingWeight.Refutes, Rebuilt(good, [.. entries.Take(7), HighS(entries[7])], sign: true));
        yield return ("signature-wrong", "entry.signature", FindingWeight.Refutes, Rebuilt(good, [.. entries.Take(7), SignatureOf(entries[7], entries[6])], sign: true));
        yield return ("cbor-not-shortest", "cbor.non-shortest", FindingWeight.Refutes, Rebuilt(good, [.. entries.Take(7), NotShortest(entries[7])], sign: true));
        yield return ("kid-unknown", "entry.kid-unknown", FindingWeight.Refutes, Rebuilt(good, [.. entries, ByStranger(entries[7])], sign: true));
        yield return ("entry-twice", "entry.twice", FindingWeight.Refutes, Rebuilt(good, [.. entries, entries[7]], sign: true));
    }

    private static TamperedLog Is(string name, string? code, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files) =>
        new(name, code, FindingWeight.Refutes, files);

    private static MemoryStore Good(int statements = 6)
    {
        var store = new MemoryStore();
        using var log = Founding.Found(store, Keys);
        log.Append(Founding.Sayings(0, statements), Founding.At);
        return store;
    }

    // Beside a body that the server sealed: its key is of the other form and length.
    private static MemoryStore SealedOnADevice(Func<byte[], byte[]> change)
    {
        var store = Good(2);
        using var log = OperationLog.Open(store, null);
        var body = Sealing.Seal(Keys.Bodies.SealingKey, log.Operation, "{}"u8, "application/json", Keys.Entropy);
        var wrapped = change(body.WrappedKey.ToArray());
        var name = new BodyName(body.Name.Blob, body.Name.Length, body.Name.Commit, KeyId.Of(wrapped), body.Name.Media);
        var chain = log.FindChain(Keys.Device.Kid)!;
        var entry = Entry.Sign(new EntryHeader(log.Operation, chain.NextSeq, chain.Head, Founding.At, log.Head, EntryKind.Statement, [name]), Keys.Device);
        store.Append(log.Size, new Batch([entry.Bytes], [(name.Blob, body.Blob)], [(name.Key, wrapped)]));
        var tree = new MerkleTree();
        foreach (var bytes in store.Read(new EntryIndex(0), 100))
        {
            tree.Add(MerkleTree.LeafOf(bytes.Span));
        }

        store.ReplaceCheckpoint(tree.Size, new Checkpoint(log.Operation, new TreeHead(tree.Size, tree.Root)).Sign(Keys.Log));
        return store;
    }

    private static MemoryStore WithPhotograph()
    {
        var store = new MemoryStore();
        using var log = Founding.Found(store, Keys);
        log.Append([new NewEntry([new NewBody("{\"kind\":\"photograph\"}"u8.ToArray()), new NewBody(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 1, 2 }, "image/jpeg")], EntryKind.Document)], Founding.At);
        return store;
    }

    /// <summary>Statements as rooms and phones make them, places, an agreement, two published reports: all that a reader of a bundle is given.</summary>
    private static MemoryStore ToRead()
    {
        var store = new MemoryStore();
        using var log = Founding.Found(store, Keys);
        static NewBody Body(string text, string media) => new(Encoding.UTF8.GetBytes(text), media);
        log.Append(
        [
            new NewEntry([Body("""{"type":"FeatureCollection","features":[]}""", "application/geo+json")], EntryKind.Document),
            new NewEntry([Body("agreement \"First\"\n", "text/vnd.safeconduct.agreement")], EntryKind.Document),
            new NewEntry([Body("agreement \"Second\"\n", "text/vnd.safeconduct.agreement")], EntryKind.Document),
            new NewEntry([Body("""{"v":1}""", "application/vnd.safeconduct.publication+json"), Body("<p>one</p>", "text/html"), Body("<p>one, for all</p>", "text/html")], EntryKind.Document),
            new NewEntry([Body("""{"v":1}""", "application/vnd.safeconduct.publication+json"), Body("<p>two</p>", "text/html")], EntryKind.Document),
            Founding.Saying("""{"v":1,"id":"S-13","kind":"headcount","by":{"id":"ministry","name":"A. Speaker","kind":"party","roles":["party","guarantor"]},"relayed_by":[{"id":"a","name":"An agency","kind":"media"},{"id":"b","name":"Another","kind":"media"}],"said_at":"2031-05-03","about":"2031-05-01/2031-05-03","said":{"measure":"left","counted":{"unit":"people","bound":{"more_than":9500}},"running_total":true},"words":{"text":"أكثر من 9500","language":"ar"},"handling":"public","consent":"not-needed","links":[{"relation":"supersedes","to":"S-9"}]}"""),
            Founding.Saying("""{"v":1,"id":"S-14","kind":"comment","by":{"id":"x","name":"\u001b[31mRed\u202eturned"},"said":{"text":"two\nlines \\ and \u0007 𝒳"}}"""),
        ],
        Founding.At);
        return store;
    }

    // Bodies at the edge of what can be read: both checkers must draw it in the same place.
    private static MemoryStore Forms()
    {
        var store = new MemoryStore();
        using var log = Founding.Found(store, Keys);
        string[] bodies =
        [
            """{"id":"a","kind":"k","n":[1,-0.50,1e9,12345678901234567890123456789],"t":[true,false,null],"deep":[[1,[2]],{"a":{"b":[3]}}]}""",
            """{"id":"a","kind":"k","id":"b"}""",
            """{"id":"a","kind":"k","in":{"x":1,"x":1}}""",
            """{"id":1,"kind":"k"}""",
            """{"id":"a"}""",
            """["id","kind"]""",
            """{"id":"a","kind":"k","n":NaN}""",
            """{"id":"a","kind":"k","n":01}""",
            """{"id":"a","kind":"k","t":"\ud800"}""",
            """{"id":"a","kind":"k","\udc00":1}""",
            """{"id":"a","kind":"k","t":"\ud83d\ude00 \u0000 \u2028"}""",
            """{"id":"a","kind":"k","a long name\n    Said by":"x","𝒳𝒳":"y","":"z"}""",
            " {\n\"id\" : \"a\",\r\n\t\"kind\":\"k\" } ",
            """{"id":"a","kind":"k",}""",
            """{"id":"a","kind":"k"} x""",
            $$"""{"id":"a","kind":"k","d":{{new string('[', 31)}}{{new string(']', 31)}}}""",
            $$"""{"id":"a","kind":"k","d":{{new string('[', 32)}}{{new string(']', 32)}}}""",
            $$"""{"id":"a","kind":"k","d":{{new string('[', 60_000)}}""",
            "",
        ];
        log.Append([.. bodies.Select(Founding.Saying), new NewEntry([new NewBody(new byte[] { (byte)'{', 0xFF, (byte)'}' })]), new NewEntry([new NewBody("\uFEFF{\"id\":\"a\",\"kind\":\"k\"}"u8.ToArray())])], Founding.At);
        return store;
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Resigned(Dictionary<string, ReadOnlyMemory<byte>> files)
    {
        var head = Encoding.UTF8.GetString(files["MANIFEST"].Span).Split('\n')[..3];
        var listed = files.Where(f => f.Key != "MANIFEST").OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => FormattableString.Invariant($"{Hash.Of(f.Value.Span)} {f.Value.Length} {f.Key}\n"));
        return With(files, "MANIFEST", SignedNote.Sign(string.Join('\n', head) + "\n" + string.Concat(listed), head[0], Keys.Log));
    }

    private static MemoryStore OtherText()
    {
        var store = Good();
        using var log = OperationLog.Open(store, Keys);
        var said = Sealing.Seal(Keys.Bodies, log.Operation, "{\"people\":3}"u8, "application/json", Keys.Entropy);
        var lie = new BodyName(said.Name.Blob, said.Name.Length, Hash.Of("another text"u8), said.Name.Key, said.Name.Media);
        var entry = Entry.Sign(new EntryHeader(log.Operation, 6, EntriesOf(store)[7].Id, Founding.At, log.Head, EntryKind.Statement, [lie]), Keys.Device);
        store.Append(8, new Batch([entry.Bytes], [(lie.Blob, said.Blob)], [(lie.Key, said.WrappedKey)]));
        SignFor(store, log.Operation);
        return store;
    }

    private static List<Entry> EntriesOf(MemoryStore store) => [.. store.Read(new EntryIndex(0), int.MaxValue).Select(e => Entry.Read(e, out _)!)];

    private static MemoryStore Rebuilt(MemoryStore from, IReadOnlyList<Entry> entries, bool sign)
    {
        var store = new MemoryStore();
        var named = entries.SelectMany(e => e.Header.Bodies).ToList();
        store.Append(0, new Batch([.. entries.Select(e => e.Bytes)],
            [.. named.DistinctBy(b => b.Blob).Select(b => (b.Blob, from.FindBlob(b.Blob)!.Value))],
            [.. named.Where(b => b.IsSealed).DistinctBy(b => b.Key).Select(b => (b.Key, from.FindWrappedKey(b.Key)!.Value))]));
        if (sign)
        {
            SignFor(store, entries[0].Header.Operation);
        }
        else
        {
            store.ReplaceCheckpoint(store.Size, from.ReadCheckpoint()!.Value);
        }

        return store;
    }

    private static void SignFor(MemoryStore store, OperationId operation)
    {
        var tree = new MerkleTree();
        foreach (var entry in store.Read(new EntryIndex(0), int.MaxValue))
        {
            tree.Add(MerkleTree.LeafOf(entry.Span));
        }

        store.ReplaceCheckpoint(tree.Size, new Checkpoint(operation, new TreeHead(tree.Size, tree.Root)).Sign(Keys.Log));
    }

    private static Entry Again(Entry entry, long claimedLater)
    {
        var h = entry.Header;
        return Entry.Sign(new EntryHeader(h.Operation, h.Seq, h.Prev, new ClaimedTime(h.Claimed.UnixMs + claimedLater, h.Claimed.Source), h.Seen, h.Kind, h.Bodies, h.Refs, h.Met), Keys.Device);
    }

    private static Entry ByStranger(Entry entry) => Entry.Sign(entry.Header, Founding.Keys(77).Device);

    private static Entry HighS(Entry entry)
    {
        var bytes = entry.Bytes.ToArray();
        var order = new BigInteger(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), true, true);
        var high = (order - new BigInteger(bytes.AsSpan(bytes.Length - 32), true, true)).ToByteArray(true, true);
        bytes.AsSpan(bytes.Length - 32).Clear();
        high.CopyTo(bytes, bytes.Length - high.Length);
        return Unread(entry, bytes);
    }

    private static Entry SignatureOf(Entry entry, Entry other) => Unread(entry, [.. entry.Bytes.Span[..^64], .. other.Signature]);

    // The payload's length takes one byte; here it takes four.
    private static Entry NotShortest(Entry entry)
    {
        var bytes = entry.Bytes.Span;
        var at = 2 + 22 + 1;
        return Unread(entry, [.. bytes[..at], 0x5A, 0, 0, 0, .. bytes[(at + 1)..]]);
    }

    // An entry that our reader refuses can still be stored by somebody who does not use it.
    private static Entry Unread(Entry like, byte[] bytes) => new(bytes, like.Id, like.Kid, like.Header);

    private static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> BundleOf(MemoryStore store, Func<RecordedEntry, int, bool>? include = null)
    {
        using var log = OperationLog.Open(store, Keys);
        return Bundle.Write(log, Keys.Log, include).ToDictionary(f => f.Path, f => f.Bytes, StringComparer.Ordinal);
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> StoreOf(MemoryStore store)
    {
        var disk = new SimulatedDisk();
        using (var files = FilesStore.Open(disk))
        {
            var entries = store.Read(new EntryIndex(0), int.MaxValue);
            var named = entries.SelectMany(e => Entry.Read(e, out _)?.Header.Bodies ?? []).ToList();
            files.Append(0, new Batch(entries,
                [.. named.DistinctBy(b => b.Blob).Select(b => (b.Blob, store.FindBlob(b.Blob)!.Value))],
                [.. named.Where(b => b.IsSealed).DistinctBy(b => b.Key).Select(b => (b.Key, store.FindWrappedKey(b.Key)!.Value))]));
            files.ReplaceCheckpoint(files.Size, store.ReadCheckpoint()!.Value);
        }

        return disk.List().ToDictionary(p => p, p => (ReadOnlyMemory<byte>)disk.Get(p), StringComparer.Ordinal);
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Flipped(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string path, int at) =>
        Changed(files, path, at, (byte)(files[path].Span[at] ^ 1));

    private static Dictionary<string, ReadOnlyMemory<byte>> Changed(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string path, int at, byte to)
    {
        var bytes = files[path].ToArray();
        bytes[at] = to;
        return With(files, path, bytes);
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> With(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string path, byte[] bytes) =>
        new(files, StringComparer.Ordinal) { [path] = bytes };

    private static Dictionary<string, ReadOnlyMemory<byte>> Without(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string path) =>
        new(files.Where(f => f.Key != path), StringComparer.Ordinal);

    // Replaces a text, or drops the lines that begin with it.
    private static Dictionary<string, ReadOnlyMemory<byte>> Replaced(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string path, string text, string? by)
    {
        var whole = Encoding.UTF8.GetString(files[path].Span);
        var changed = by is null ? string.Join('\n', whole.Split('\n').Where(l => !l.StartsWith(text, StringComparison.Ordinal))) : whole.Replace(text, by, StringComparison.Ordinal);
        return With(files, path, Encoding.UTF8.GetBytes(changed));
    }
}
