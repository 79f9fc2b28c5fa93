namespace Safeconduct.Record;

/// <summary>How far an entry is safe. Further levels need witnesses, which this version does not have.</summary>
public enum SafetyLevel
{
    /// <summary>In one place and durable there, not yet covered by a checkpoint.</summary>
    Held,

    /// <summary>Covered by a checkpoint that the operation's log has signed.</summary>
    Logged,
}

/// <summary>What the founders agree on; keys and salt are added when the operation is founded.</summary>
public sealed record CharterTerms(string Name, string TimeZone, IReadOnlyList<CharterParty> Parties)
{
    public string WitnessPolicy { get; init; } = "none";

    public int MirrorDelayMinutes { get; init; }

    public Hash? Gazetteer { get; init; }
}

/// <summary>The keys with which a record is written and opened, as the edge that guards them hands them in.</summary>
/// <param name="Authority">Signs the charter, certificates and revocations.</param>
/// <param name="Device">Signs what this device records.</param>
/// <param name="Log">Signs checkpoints.</param>
/// <param name="Bodies">Wraps the keys of bodies.</param>
/// <param name="Entropy">Gives keys, nonces and salts.</param>
public sealed record OperationKeys(IEntrySigner Authority, IEntrySigner Device, ICheckpointSigner Log, OperationKey Bodies, IEntropy Entropy);

/// <summary>A body to be recorded.</summary>
public sealed record NewBody(ReadOnlyMemory<byte> Text, string Media = "application/json");

/// <summary>An entry to be recorded: its bodies, and the entries it stands on.</summary>
public sealed record NewEntry(IReadOnlyList<NewBody> Bodies, EntryKind Kind = EntryKind.Statement, IReadOnlyList<EntryId>? Refs = null)
{
    /// <summary>A statement of one body.</summary>
    public static NewEntry Statement(ReadOnlyMemory<byte> text, IReadOnlyList<EntryId>? refs = null) => new([new NewBody(text)], EntryKind.Statement, refs);
}

/// <summary>Where an entry went: given out only when it is durable.</summary>
public sealed record Receipt(EntryIndex Index, EntryId Id, SafetyLevel Level);

/// <summary>A body as it was read: opened, or why not.</summary>
public sealed record BodyReading(BodyName Name, OpenedBody? Opened, Fault? Fault);

/// <summary>An entry of the record with its bodies.</summary>
public sealed record RecordedEntry(EntryIndex Index, Entry Entry, IReadOnlyList<BodyReading> Bodies)
{
    public EntryId Id => Entry.Id;
}

/// <summary>
/// The log of one operation: the one place where entries get their order. Owns the store it is given. One thread at a time. Opening checks
/// the record and finishes what a power cut left unfinished, by the same steps that every append takes.
/// </summary>
public sealed class OperationLog : IDisposable
{
    private const int ReadAtOnce = 1024;

    private readonly IRecordStore store;
    private readonly OperationKeys? keys;
    private readonly MerkleTree tree;
    private readonly Dictionary<Kid, Chain> chains;
    private readonly Dictionary<EntryId, EntryIndex> places;
    private readonly Dictionary<EntryIndex, IReadOnlyList<Finding>> notes;
    private readonly List<Fork> forks;

    private OperationLog(IRecordStore store, OperationKeys? keys, VerificationReport report)
    {
        (this.store, this.keys, Report, tree) = (store, keys, report, report.Tree);
        (Operation, Charter) = (report.Operation!.Value, report.Charter!);
        (chains, places, forks) = (report.Live, report.Places, [.. report.Forks]);
        notes = report.Findings.Where(f => f is { Weight: FindingWeight.Notable, Entry: not null }).GroupBy(f => f.Entry!.Value).ToDictionary(g => g.Key, g => (IReadOnlyList<Finding>)[.. g]);
        Logged = report.Logged ?? TreeHead.Empty;
    }

    public OperationId Operation { get; }

    public Charter Charter { get; }

    /// <summary>The check that ran on opening.</summary>
    public VerificationReport Report { get; }

    public long Size => tree.Size;

    public TreeHead Head => new(tree.Size, tree.Root);

    /// <summary>The newest state the log has signed for.</summary>
    public TreeHead Logged { get; private set; }

    /// <summary>The newest checkpoint as it was signed.</summary>
    public ReadOnlyMemory<byte>? Checkpoint => store.ReadCheckpoint();

    /// <summary>Founds an operation in an empty store: charter, the certificate of the first device, first checkpoint.</summary>
    /// <param name="deviceUntilUnixMs">Up to when the first device's key is certified.</param>
    public static OperationLog Create(IRecordStore store, OperationKeys keys, CharterTerms terms, ClaimedTime at, long deviceUntilUnixMs)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(at);
        if (store.Size > 0)
        {
            throw new RecordException("store.not-empty", "there is a record here already: found the operation in an empty folder");
        }

        var charter = Found(terms, keys).ToBytes();
        var operation = Record.Charter.IdOf(charter);
        var first = Sealing.LeaveOpen(charter, OpenJson.Media);
        var certificate = Sealing.LeaveOpen(new Certificate(keys.Device.Kid, keys.Device.Key, at.UnixMs, deviceUntilUnixMs).ToBytes(), OpenJson.Media);
        var entry0 = Entry.Sign(new EntryHeader(operation, 0, null, at, TreeHead.Empty, EntryKind.Charter, [first.Name]), keys.Authority);
        var entry1 = Entry.Sign(new EntryHeader(operation, 1, entry0.Id, at, TreeHead.Empty, EntryKind.Key, [certificate.Name]), keys.Authority);
        store.Append(0, BatchOf([entry0, entry1], [first, certificate]));
        return Open(store, keys);
    }

    /// <summary>Opens a record for reading and, where keys are given, for writing. Refuses a record whose first entry is no charter, and keys of another operation.</summary>
    public static OperationLog Open(IRecordStore store, OperationKeys? keys, VerificationScope? scope = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (store.Size == 0)
        {
            throw new RecordException("store.empty", "there is no operation here: found one first");
        }

        scope ??= new VerificationScope();
        var report = Verifier.Verify(store, scope with { Key = scope.Key ?? keys?.Bodies });
        if (report.Charter is null)
        {
            throw new RecordException("store.no-charter", $"entry 0 cannot be read as a charter: {(report.Findings.Count > 0 ? report.Findings[0].Message : "it is not readable")}");
        }

        if (keys is not null && !keys.Log.Key.Span.SequenceEqual(report.Charter.LogKey.Span))
        {
            throw new RecordException("store.other-operation", $"the keys given are not those of the operation recorded here, \"{report.Charter.Name}\"");
        }

        return new OperationLog(store, keys, ForgiveUnpublished(report, keys)).Recovered();
    }

    /// <summary>
    /// Records entries in one act, in their order, signed by this device: after a power cut all of them are there or none. The receipts are
    /// given out when all of them are durable.
    /// </summary>
    /// <param name="by">Another device whose key is held here; null for the operation's own.</param>
    public IReadOnlyList<Receipt> Append(IReadOnlyList<NewEntry> entries, ClaimedTime at, IEntrySigner? by = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(at);
        var writer = Writable();
        var signer = by ?? writer.Device;
        if (!chains.TryGetValue(signer.Kid, out var own) || own.Revoked is not null)
        {
            throw new RecordException("key.not-certified", $"the pseudonym {signer.Kid} of this device has no standing certificate: certify it first");
        }

        var named = entries.FirstOrDefault(e => e.Kind is EntryKind.Charter or EntryKind.Key);
        if (named is not null)
        {
            throw new RecordException("entry.kind", $"an entry of kind {named.Kind} is made by founding, certifying or revoking");
        }

        return Write(entries.Count == 0 ? [] : SealAll(entries, writer), signer, at);
    }

    /// <summary>
    /// Certifies the key of a device under a pseudonym, from one moment up to another. Where the device had a pseudonym before, the link
    /// goes into a sealed body that the room alone can open.
    /// </summary>
    public Receipt Certify(Certificate certificate, ClaimedTime at, Kid? renews = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (chains.ContainsKey(certificate.Kid))
        {
            throw new RecordException("key.kid-reused", $"the pseudonym {certificate.Kid} is taken: draw a new one");
        }

        var writer = Writable();
        var bodies = new List<StoredBody> { Sealing.LeaveOpen(certificate.ToBytes(), OpenJson.Media) };
        if (renews is { } earlier)
        {
            var link = System.Text.Encoding.UTF8.GetBytes($$"""{"safeconduct":"renewal 1","earlier":"{{earlier}}"}""");
            bodies.Add(Sealing.Seal(writer.Bodies, Operation, link, OpenJson.Media, writer.Entropy));
        }

        var receipt = Write([(EntryKind.Key, [], bodies)], writer.Authority, at)[0];
        chains[certificate.Kid] = new Chain(certificate);
        return receipt;
    }

    /// <summary>Ends a pseudonym. What it signed stays; what arrives from it later is kept and marked.</summary>
    public Receipt Revoke(Revocation revocation, ClaimedTime at)
    {
        ArgumentNullException.ThrowIfNull(revocation);
        var writer = Writable();
        var receipt = Write([(EntryKind.Key, [], [Sealing.LeaveOpen(revocation.ToBytes(), OpenJson.Media)])], writer.Authority, at)[0];
        if (chains.TryGetValue(revocation.Kid, out var ended))
        {
            ended.Revoked ??= revocation.Reason;
        }

        return receipt;
    }

    /// <summary>
    /// Takes in entries that other devices signed, as they are, and passes over those already here. Each must be well formed, of this operation,
    /// signed by a certified key, and come with what it names; otherwise nothing is taken in and the refusal names the entry. Forks and gaps are
    /// taken in: they are evidence. The receipts are those of the entries that were new.
    /// </summary>
    public IReadOnlyList<Receipt> Admit(Batch batch)
    {
        var judged = Judge(batch, null, Writable());
        for (var place = 0; place < judged.Count; place++)
        {
            var (code, message) = judged[place] switch
            {
                { Fault: { } fault } => (fault.Code, fault.Message),
                { Missing: [var blob, ..] } => ("blob.missing", $"the blob {blob} that it names did not come with it"),
                _ => (null, null),
            };
            if (code is not null)
            {
                throw new RecordException(code, FormattableString.Invariant($"entry {place} of those handed in cannot be taken in, and so none was: {message}"));
            }
        }

        return [.. Take(judged, Writable()).OfType<Admission.Taken>().Select(t => t.Receipt)];
    }

    /// <summary>
    /// Takes in what devices hand in, entry by entry: every entry in order is stored in one append, and each of the others is answered for
    /// itself. The answers stand in the order of the entries. A device's entry is a statement whose bodies are sealed and open with the operation's
    /// key: one that does not open would leave a record that fails its check. Forks, gaps, late entries and clocks in 1970 are taken in and noted.
    /// Several devices' batches may be put one behind the other, so that one flush serves them all.
    /// </summary>
    /// <param name="aside">Finds a blob that was sent before the entry that names it; null where there is none.</param>
    public IReadOnlyList<Admission> AdmitEach(Batch batch, Func<Hash, ReadOnlyMemory<byte>?>? aside = null)
    {
        var writer = Writable();
        return Take(Judge(batch, aside, writer), writer);
    }

    /// <summary>Every device's chain: certificate, place of the next entry, newest entry, revocation. In the order of the pseudonyms.</summary>
    public IReadOnlyList<ChainState> Chains => [.. chains.Values.Select(c => c.State).OrderBy(c => c.Kid.Value)];

    /// <summary>One device's chain; null where the pseudonym was never certified.</summary>
    public ChainState? FindChain(Kid kid) => chains.GetValueOrDefault(kid)?.State;

    /// <summary>Pairs of entries that one device signed for one place of its chain.</summary>
    public IReadOnlyList<Fork> Forks => [.. forks];

    /// <summary>The index of an entry, or null where it is not here.</summary>
    public EntryIndex? IndexOf(EntryId id) => places.TryGetValue(id, out var index) ? index : null;

    public SafetyLevel LevelOf(EntryIndex index) => index.Value < Logged.Size ? SafetyLevel.Logged : SafetyLevel.Held;

    /// <summary>What a reader should know of an entry: a fork, a late arrival, a clock outside its certificate. Empty for most.</summary>
    public IReadOnlyList<Finding> NotesOn(EntryIndex index) => notes.GetValueOrDefault(index) ?? [];

    /// <summary>One entry with its bodies; null where the record does not hold it or it cannot be read.</summary>
    public RecordedEntry? Find(EntryIndex index) =>
        index.Value < Size && store.Read(index, 1) is [var bytes] && Entry.Read(bytes, out _) is { } entry
            ? new RecordedEntry(index, entry, [.. entry.Header.Bodies.Select(b => ReadBody(b, keys?.Bodies))])
            : null;

    /// <summary>All entries in the record's order, with the bodies that the key given opens.</summary>
    public IEnumerable<RecordedEntry> ReadAll(OperationKey? key = null)
    {
        var bodies = key ?? keys?.Bodies;
        for (long first = 0; first < Size; first += ReadAtOnce)
        {
            var chunk = store.Read(new EntryIndex(first), ReadAtOnce);
            for (var i = 0; i < chunk.Count; i++)
            {
                // What cannot be read stands in the report of the check; it is no entry that anybody could show.
                if (Entry.Read(chunk[i], out _) is { } entry)
                {
                    yield return new RecordedEntry(new EntryIndex(first + i), entry, [.. entry.Header.Bodies.Select(b => ReadBody(b, bodies))]);
                }
            }
        }
    }

    /// <summary>The hashes that show an entry to be in the newest state the log has signed for.</summary>
    public IReadOnlyList<Hash> Inclusion(EntryIndex index) => tree.Inclusion(index, Logged.Size);

    /// <summary>The store, for whoever writes a bundle from it.</summary>
    public IRecordSource Source => store;

    public MerkleTree Tree => tree;

    public void Dispose() => store.Dispose();

    private static Charter Found(CharterTerms terms, OperationKeys keys)
    {
        Span<byte> salt = stackalloc byte[16];
        keys.Entropy.Fill(salt);
        return new Charter
        {
            Name = terms.Name,
            TimeZone = terms.TimeZone,
            Parties = terms.Parties,
            AuthorityKid = keys.Authority.Kid,
            AuthorityKey = keys.Authority.Key,
            LogKey = keys.Log.Key,
            WitnessPolicy = terms.WitnessPolicy,
            MirrorDelayMinutes = terms.MirrorDelayMinutes,
            Gazetteer = terms.Gazetteer,
            Salt = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(salt),
        };
    }

    // A record that was founded but whose first checkpoint the power cut is whole: the writer signs it now. With a checkpoint missing from a
    // longer record something was taken away, and the finding stays.
    private static VerificationReport ForgiveUnpublished(VerificationReport report, OperationKeys? keys) =>
        keys is null || report.Tree.Size > 2 ? report : report with { Findings = [.. report.Findings.Where(f => f.Code != "checkpoint.missing")] };

    private OperationLog Recovered()
    {
        if (keys is not null && !Report.IsRefuted && Logged.Size < Size)
        {
            Publish(keys);
        }

        return this;
    }

    private OperationKeys Writable()
    {
        if (keys is null)
        {
            throw new RecordException("store.no-keys", "the record was opened for reading: give the operation's keys to write");
        }

        if (Report.IsRefuted)
        {
            var first = Report.Findings.First(f => f.Weight == FindingWeight.Refutes);
            throw new RecordException("store.damaged", $"the record does not stand up to its check ({first}): nothing is added to it");
        }

        return keys;
    }

    private (EntryKind Kind, IReadOnlyList<EntryId> Refs, IReadOnlyList<StoredBody> Bodies)[] SealAll(IReadOnlyList<NewEntry> entries, OperationKeys writer)
    {
        var ready = new (EntryKind, IReadOnlyList<EntryId>, IReadOnlyList<StoredBody>)[entries.Count];
        Parallel.For(0, entries.Count, i => ready[i] = (entries[i].Kind, entries[i].Refs ?? [],
            [.. entries[i].Bodies.Select(b => Sealing.Seal(writer.Bodies, Operation, b.Text.Span, b.Media, writer.Entropy))]));
        return ready;
    }

    private IReadOnlyList<Receipt> Write((EntryKind Kind, IReadOnlyList<EntryId> Refs, IReadOnlyList<StoredBody> Bodies)[] ready, IEntrySigner signer, ClaimedTime at)
    {
        if (ready.Length == 0)
        {
            return [];
        }

        var chain = chains.GetValueOrDefault(signer.Kid);
        var (seq, prev) = (chain?.NextSeq ?? 0, chain?.Head);
        var seen = Head;
        var entries = new List<Entry>(ready.Length);
        foreach (var (kind, refs, bodies) in ready)
        {
            var header = new EntryHeader(Operation, seq++, prev, at, seen, kind, [.. bodies.Select(b => b.Name)], refs);
            entries.Add(Entry.Sign(header, signer));
            prev = entries[^1].Id;
        }

        return Store(entries, BatchOf(entries, ready.SelectMany(r => r.Bodies)), Writable());
    }

    // The order of a record's life: durable first, then the receipt, then what the log publishes. If the publishing fails the entries are
    // held and the store is stopped; opening it again publishes them.
    private List<Receipt> Store(IReadOnlyList<Entry> entries, Batch batch, OperationKeys writer)
    {
        var first = Size;
        store.Append(first, batch);
        foreach (var entry in entries)
        {
            tree.Add(entry.Leaf);
            Follow(entry, new EntryIndex(tree.Size - 1));
        }

        var level = TryPublish(writer) ? SafetyLevel.Logged : SafetyLevel.Held;
        return [.. entries.Select((e, i) => new Receipt(new EntryIndex(first + i), e.Id, level))];
    }

    private bool TryPublish(OperationKeys writer)
    {
        try
        {
            Publish(writer);
            return true;
        }
        catch (RecordException)
        {
            return false;
        }
    }

    private void Publish(OperationKeys writer)
    {
        var head = Head;
        store.ReplaceCheckpoint(head.Size, new Checkpoint(Operation, head).Sign(writer.Log));
        Logged = head;
    }

    private void Follow(Entry entry, EntryIndex index)
    {
        places[entry.Id] = index;
        if (!chains.TryGetValue(entry.Kid, out var chain))
        {
            return;
        }

        var (fork, faults) = chain.Place(entry, index);
        if (fork is not null)
        {
            forks.Add(fork);
        }

        if (faults.Count > 0)
        {
            notes[index] = [.. faults.Select(f => Finding.Notable(f.Code, store.PlaceOf(index), f.Message, index))];
        }
    }

    /// <summary>An entry handed in: the entry where it could be read, its bodies, and what stands against taking it in.</summary>
    private sealed record Judged(Entry? Entry, Fault? Fault)
    {
        internal IReadOnlyList<Hash> Missing { get; init; } = [];

        internal IReadOnlyList<StoredBody> Stored { get; init; } = [];

        internal IReadOnlyList<BodyReading> Readings { get; init; } = [];

        internal bool IsInOrder => Fault is null && Missing.Count == 0;
    }

    private List<Judged> Judge(Batch batch, Func<Hash, ReadOnlyMemory<byte>?>? aside, OperationKeys writer)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var check = new SignatureCheck();
        var blobs = new Dictionary<Hash, ReadOnlyMemory<byte>>(batch.Blobs.Count);
        var wrapped = new Dictionary<KeyId, ReadOnlyMemory<byte>>(batch.WrappedKeys.Count);

        // Names are not believed: what was sent is found under the hash of its bytes or not at all.
        foreach (var (_, bytes) in batch.Blobs)
        {
            blobs[Hash.Of(bytes.Span)] = bytes;
        }

        foreach (var (_, bytes) in batch.WrappedKeys)
        {
            wrapped[KeyId.Of(bytes.Span)] = bytes;
        }

        ReadOnlyMemory<byte>? FindBlob(Hash name) => blobs.TryGetValue(name, out var sent) ? sent : aside?.Invoke(name) ?? store.FindBlob(name);
        ReadOnlyMemory<byte>? FindKey(KeyId name) => wrapped.TryGetValue(name, out var sent) ? sent : store.FindWrappedKey(name);
        return [.. batch.Entries.Select(bytes => Judge(bytes, check, FindBlob, FindKey, writer))];
    }

    private Judged Judge(ReadOnlyMemory<byte> bytes, SignatureCheck check, Func<Hash, ReadOnlyMemory<byte>?> findBlob, Func<KeyId, ReadOnlyMemory<byte>?> findKey, OperationKeys writer)
    {
        var entry = Entry.Read(bytes, out var fault);
        if (entry is null || places.ContainsKey(entry.Id))
        {
            return new Judged(entry, fault);
        }

        return FaultOf(entry, check) is { } wrong ? new Judged(entry, wrong) : WithBodies(entry, findBlob, findKey, writer);
    }

    private Fault? FaultOf(Entry entry, SignatureCheck check)
    {
        if (entry.Header.Operation != Operation)
        {
            return new Fault("entry.other-operation", "it was signed for another operation");
        }

        // A document of the operation, and later an erasure, is the room's to make: a device could change the list of places for all.
        if (entry.Header.Kind is not EntryKind.Statement)
        {
            return new Fault("entry.kind", "devices hand in statements; charters, certificates, revocations and documents are made here and not taken in");
        }

        if (entry.Header.Seen.Size > Size || RootAt(entry.Header.Seen.Size) != entry.Header.Seen.Root)
        {
            return new Fault("entry.seen-other-log", "its signer had seen another log than this one");
        }

        if (!chains.TryGetValue(entry.Kid, out var chain))
        {
            return new Fault("entry.kid-unknown", $"no certificate for the pseudonym {entry.Kid} is in the record");
        }

        return check.IsValid(entry.Kid, chain.Certificate.Key, entry.Id.Hash, entry.Signature) ? null : new Fault("entry.signature", "its signature is not valid");
    }

    private TreeHead lastSeen = TreeHead.Empty;

    // Most entries of a batch saw the same state.
    private Hash RootAt(long size)
    {
        if (lastSeen.Size != size)
        {
            lastSeen = new TreeHead(size, tree.RootAt(size));
        }

        return lastSeen.Root;
    }

    // A record that names what it does not have, or holds what does not open, would never stand up to its check again.
    private Judged WithBodies(Entry entry, Func<Hash, ReadOnlyMemory<byte>?> findBlob, Func<KeyId, ReadOnlyMemory<byte>?> findKey, OperationKeys writer)
    {
        var missing = new List<Hash>();
        var stored = new List<StoredBody>();
        var readings = new List<BodyReading>();
        foreach (var body in entry.Header.Bodies)
        {
            if (!body.IsSealed)
            {
                return new Judged(entry, new Fault("body.not-sealed", "a body of it is not sealed: everybody who holds the record could read it"));
            }

            if (findKey(body.Key) is not { } key || KeyId.Of(key.Span) != body.Key)
            {
                return new Judged(entry, new Fault("key.missing", $"the wrapped key {body.Key} that it names did not come with it"));
            }

            if (findBlob(body.Blob) is not { } blob || Hash.Of(blob.Span) != body.Blob)
            {
                missing.Add(body.Blob);
                continue;
            }

            if (blob.Length != body.Length)
            {
                return new Judged(entry, new Fault("blob.differs", $"the blob {body.Blob} has not the length it names"));
            }

            if (Sealing.Open(writer.Bodies, Operation, body, blob.Span, key.Span, out var fault) is not { } opened)
            {
                return new Judged(entry, fault);
            }

            stored.Add(new StoredBody(body, blob, key));
            readings.Add(new BodyReading(body, opened, null));
        }

        return new Judged(entry, null) { Missing = missing, Stored = stored, Readings = readings };
    }

    private List<Admission> Take(List<Judged> judged, OperationKeys writer)
    {
        var fresh = judged.Where(j => j.IsInOrder && !places.ContainsKey(j.Entry!.Id)).DistinctBy(j => j.Entry!.Id).ToList();
        var receipts = fresh.Count == 0 ? [] : Store([.. fresh.Select(j => j.Entry!)], BatchOf([.. fresh.Select(j => j.Entry!)], fresh.SelectMany(j => j.Stored)), writer);
        var taken = new Dictionary<Judged, Receipt>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < fresh.Count; i++)
        {
            taken.Add(fresh[i], receipts[i]);
        }

        return [.. judged.Select(j => Answer(j, taken.GetValueOrDefault(j)))];
    }

    private Admission Answer(Judged judged, Receipt? receipt) => (judged, receipt) switch
    {
        ({ Fault: { } fault }, _) => new Admission.Refused(judged.Entry?.Id, fault),
        ({ Missing.Count: > 0 }, _) => new Admission.Waiting(judged.Entry!.Id, judged.Missing),
        (_, { } given) => new Admission.Taken(given, new RecordedEntry(given.Index, judged.Entry!, judged.Readings), NotesOn(given.Index)),
        _ => There(judged.Entry!.Id),
    };

    private Admission.There There(EntryId id) => new(new Receipt(places[id], id, LevelOf(places[id])));

    private BodyReading ReadBody(BodyName name, OperationKey? key)
    {
        if (store.FindBlob(name.Blob) is not { } blob)
        {
            return new BodyReading(name, null, new Fault("blob.missing", "the blob is not here"));
        }

        Fault? fault;
        if (!name.IsSealed)
        {
            return new BodyReading(name, Sealing.ReadOpen(name, blob, out fault), fault);
        }

        if (key is null || store.FindWrappedKey(name.Key) is not { } wrapped)
        {
            return new BodyReading(name, null, new Fault("key.missing", "there is no key to open the body"));
        }

        return new BodyReading(name, Sealing.Open(key, Operation, name, blob.Span, wrapped.Span, out fault), fault);
    }

    private static Batch BatchOf(IReadOnlyList<Entry> entries, IEnumerable<StoredBody> bodies)
    {
        var stored = bodies.ToList();
        return new Batch([.. entries.Select(e => e.Bytes)], [.. stored.Select(b => (b.Name.Blob, b.Blob))], [.. stored.Where(b => b.Name.IsSealed).Select(b => (b.Name.Key, b.WrappedKey))]);
    }
}
