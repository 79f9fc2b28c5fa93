using System.Text;
using Safeconduct.Record;
using Safeconduct.Record.Books;
using Safeconduct.Statements.Bytes;
using Safeconduct.Storage.Files;
using Safeconduct.Storage.Keys;
using Safeconduct.Storage.Memory;

namespace Safeconduct.Tests.Storage;

/// <summary>What becomes of entries that devices hand in: each is answered for itself.</summary>
public sealed class Admissions
{
    /// <summary>A certified device that seals as a phone does: with the public key alone.</summary>
    private sealed class Phone : IDisposable
    {
        private readonly OperationLog _log;
        private readonly SealingKey _sealing;
        private readonly SeededEntropy _entropy;
        private long _seq;
        private EntryId? _prev;

        internal Phone(OperationLog log, OperationKeys keys, int seed = 7, long untilMs = Founding.Now + 1000)
        {
            (_log, _sealing, _entropy) = (log, keys.Bodies.SealingKey, new SeededEntropy(seed));
            Signer = EntrySigner.Create(_entropy);
            log.Certify(new Certificate(Signer.Kid, Signer.Key, Founding.Now, untilMs), Founding.At);
        }

        internal EntrySigner Signer { get; }

        internal Handed Say(string id, byte[]? photo = null, bool again = false, long claimed = Founding.Now, TreeHead? seen = null) =>
            Sign([Seal(Statement(id, photo), "application/json"), .. photo is null ? [] : new[] { Seal(photo, Book.AttachedMedia) }], again, claimed, seen);

        internal Handed Sign(IReadOnlyList<StoredBody> bodies, bool again = false, long claimed = Founding.Now, TreeHead? seen = null, EntryKind kind = EntryKind.Statement)
        {
            var (seq, prev) = again && _seq > 0 ? (_seq - 1, _seq == 1 ? null : _prev) : (_seq, _prev);
            var entry = Entry.Sign(new EntryHeader(_log.Operation, seq, prev, new ClaimedTime(claimed, ClockSource.DeviceClock), seen ?? _log.Head, kind, [.. bodies.Select(b => b.Name)]), Signer);
            (_seq, _prev) = (seq + 1, entry.Id);
            return new Handed(entry, bodies);
        }

        internal StoredBody Seal(byte[] text, string media) => Sealing.Seal(_sealing, _log.Operation, text, media, _entropy);

        public void Dispose() => Signer.Dispose();
    }

    private sealed record Handed(Entry Entry, IReadOnlyList<StoredBody> Bodies);

    private static byte[] Statement(string id, byte[]? photo = null)
    {
        const string Text = """{"v":1,"id":"ID","kind":"headcount","by":{"id":"mission/observers","name":"Observers of the mission","kind":"own-observers"},"basis":"counted","said_at":"2031-05-02T14:25:00+03:00","about":"2031-05-02T14:10:00+03:00","said":{"measure":"passed","counted":{"unit":"people","of":"all","bound":{"low":42,"high":42}}},"attached":[],"handling":"room","consent":"not-needed"}""";
        var attached = photo is null ? "" : $$"""{"sha256":"{{Hash.Of(photo)}}","media":"image/jpeg"}""";
        return Encoding.UTF8.GetBytes(Text.Replace("ID", id, StringComparison.Ordinal).Replace("[]", $"[{attached}]", StringComparison.Ordinal));
    }

    private static Batch BatchOf(params IReadOnlyList<Handed> handed) => new(
        [.. handed.Select(h => h.Entry.Bytes)],
        [.. handed.SelectMany(h => h.Bodies).Select(b => (b.Name.Blob, b.Blob))],
        [.. handed.SelectMany(h => h.Bodies).Where(b => b.Name.IsSealed).Select(b => (b.Name.Key, b.WrappedKey))]);

    private static string[] Codes(IEnumerable<Admission> answers) => [.. answers.Select(a => a switch
    {
        Admission.Taken => "taken",
        Admission.There => "there",
        Admission.Waiting => "waiting",
        Admission.Refused refused => refused.Fault.Code,
        _ => "?",
    })];

    [Fact]
    public void Good_entries_are_taken_in_beside_bad_ones_and_each_is_answered_in_its_place()
    {
        using var store = new MemoryStore();
        var keys = Founding.Keys();
        using var book = new Book(Founding.Found(store, keys));
        using var phone = new Phone(book.Log, keys);
        using var stranger = EntrySigner.Create(new SeededEntropy(99));
        var (first, second) = (phone.Say("F-1"), phone.Say("F-2"));
        var unknown = new Handed(Entry.Sign(first.Entry.Header, stranger), first.Bodies);
        var open = phone.Sign([Sealing.LeaveOpen(Statement("F-3"), "application/json")]);
        var document = phone.Sign([phone.Seal("{}"u8.ToArray(), DocumentMedia.Settings)], kind: EntryKind.Document);
        var elsewhere = phone.Say("F-4", seen: new TreeHead(2, Hash.Of([1])));
        var later = phone.Say("F-5", seen: new TreeHead(2000, Hash.Of([1])));
        var whole = BatchOf(first, unknown, open, second, document, elsewhere, later, first);
        var batch = whole with { Entries = [new byte[] { 1, 2 }, .. whole.Entries] };

        var answers = book.Admit(batch);

        Assert.Equal(["cbor.wrong-type", "taken", "entry.kid-unknown", "body.not-sealed", "taken", "entry.kind", "entry.seen-other-log", "entry.seen-other-log", "there"], Codes(answers));
        Assert.Equal(["F-1", "F-2"], book.Statements.Select(s => s.Statement.Id.Value));
        Assert.Null(book.FindDocument(DocumentMedia.Settings));
        Assert.Equal(new Receipt(new EntryIndex(3), first.Entry.Id, SafetyLevel.Logged), ((Admission.Taken)answers[1]).Receipt);
        Assert.Equal(((Admission.Taken)answers[1]).Receipt, ((Admission.There)answers[8]).Receipt);
        Assert.Contains("no certificate", ((Admission.Refused)answers[2]).Fault.Message, StringComparison.Ordinal);
        Assert.Equal(["there", "there"], Codes(book.Admit(BatchOf(first, second))));
    }

    [Fact]
    public void What_a_device_says_in_the_rooms_name_is_kept_and_not_shown_when_it_comes_and_when_the_record_is_opened_again()
    {
        var disk = new SimulatedDisk();
        var keys = Founding.Keys();
        var asTheRoom = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Statement("F-1")).Replace("mission/observers", "mission/room", StringComparison.Ordinal));
        using (var book = new Book(Founding.Found(FilesStore.Open(disk), keys)))
        {
            using var phone = new Phone(book.Log, keys);
            Assert.Equal(["taken", "taken"], Codes(book.Admit(BatchOf(phone.Sign([phone.Seal(asTheRoom, "application/json")]), phone.Say("F-2")))));
            book.Log.Append([NewEntry.Statement(asTheRoom)], Founding.At);
            AssertNotShown(book);
        }

        using var again = new Book(OperationLog.Open(FilesStore.Open(disk), keys));
        Assert.Empty(again.Log.Report.Findings);
        AssertNotShown(again);
        Assert.Equal("F-1", again.Statements[^1].Statement.Id.Value);

        static void AssertNotShown(Book book)
        {
            Assert.Equal("F-2", book.Statements[0].Statement.Id.Value);
            Assert.Equal(["book.not-the-room"], book.Problems.Select(p => p.Code));
            Assert.Equal("'F-1' is said in the name of the monitoring room, and another device than the room's signed it; it is kept and not shown.", book.Problems[0].Message);
        }
    }

    [Fact]
    public void A_record_of_devices_entries_stands_up_to_its_check_on_files()
    {
        var disk = new SimulatedDisk();
        var keys = Founding.Keys();
        using (var book = new Book(Founding.Found(FilesStore.Open(disk), keys)))
        {
            using var phone = new Phone(book.Log, keys);
            book.Admit(BatchOf(phone.Say("F-1"), phone.Say("F-2", [1, 2, 3])));
            book.Log.Append(Founding.Sayings(0, 1), Founding.At);
        }

        using var again = new Book(OperationLog.Open(FilesStore.Open(disk), keys));
        Assert.Empty(again.Log.Report.Findings);
        Assert.Equal(again.Log.Report.Checked.Bodies, again.Log.Report.Checked.OpenedBodies);
        Assert.Equal(["F-1", "F-2"], again.Statements.Select(s => s.Statement.Id.Value));
        Assert.Equal([1, 2, 3], again.FindAttached(again.Statements[1], Hash.Of([1, 2, 3]))!.Value.ToArray());
    }

    [Fact]
    public void An_entry_whose_blob_is_not_here_waits_and_names_it()
    {
        using var store = new MemoryStore();
        var keys = Founding.Keys();
        using var book = new Book(Founding.Found(store, keys));
        using var phone = new Phone(book.Log, keys);
        var (plain, photo) = (phone.Say("F-1"), phone.Say("F-2", [1, 2, 3]));
        var batch = BatchOf(plain, photo);
        var missing = photo.Bodies[1];
        var without = batch with { Blobs = [.. batch.Blobs.Where(b => b.Name != missing.Name.Blob)] };

        var answers = book.Admit(without);
        Assert.Equal(["taken", "waiting"], Codes(answers));
        Assert.Equal([missing.Name.Blob], ((Admission.Waiting)answers[1]).Missing);
        Assert.Equal(["there", "waiting"], Codes(book.Admit(without, _ => new byte[2048])));
        Assert.Equal(["there", "taken"], Codes(book.Admit(without, name => name == missing.Name.Blob ? missing.Blob : null)));
        Assert.Equal(["key.missing"], Codes(book.Admit(BatchOf(phone.Say("F-3")) with { WrappedKeys = [] })));
    }

    [Theory]
    [InlineData("key.damaged")]
    [InlineData("key.form")]
    [InlineData("key.other")]
    [InlineData("body.sealed-otherwise")]
    [InlineData("body.other-text")]
    [InlineData("blob.differs")]
    public void A_body_that_would_make_the_record_fail_its_check_is_refused(string code)
    {
        using var store = new MemoryStore();
        var keys = Founding.Keys();
        using var book = new Book(Founding.Found(store, keys));
        using var phone = new Phone(book.Log, keys);
        var good = phone.Seal(Statement("F-1"), "application/json");
        using var otherKey = new OperationKey(new byte[32]);
        var body = code switch
        {
            "key.damaged" => WithKey(good, Flipped(good.WrappedKey, 100)),
            "key.form" => WithKey(good, good.WrappedKey[..100].ToArray()),
            "key.other" => Sealing.Seal(otherKey.SealingKey, book.Log.Operation, Statement("F-1"), "application/json", keys.Entropy),
            "body.sealed-otherwise" => WithBlob(good, Flipped(good.Blob, 500)),
            "body.other-text" => good with { Name = new BodyName(good.Name.Blob, good.Name.Length, Hash.Of([9]), good.Name.Key, good.Name.Media) },
            _ => good with { Name = new BodyName(good.Name.Blob, 4096, good.Name.Commit, good.Name.Key, good.Name.Media) },
        };
        var size = book.Log.Size;
        Assert.Equal([code, "taken"], Codes(book.Admit(BatchOf(phone.Sign([body]), phone.Say("F-2")))));
        Assert.Equal(size + 1, book.Log.Size);
        Assert.False(Verifier.Verify(store, new VerificationScope { Key = keys.Bodies }).IsRefuted);

        static byte[] Flipped(ReadOnlyMemory<byte> bytes, int at)
        {
            var copy = bytes.ToArray();
            copy[at] ^= 1;
            return copy;
        }

        static StoredBody WithKey(StoredBody body, byte[] wrapped) => new(new BodyName(body.Name.Blob, body.Name.Length, body.Name.Commit, KeyId.Of(wrapped), body.Name.Media), body.Blob, wrapped);
        static StoredBody WithBlob(StoredBody body, byte[] blob) => new(new BodyName(Hash.Of(blob), blob.Length, body.Name.Commit, body.Name.Key, body.Name.Media), blob, body.WrappedKey);
    }

    [Fact]
    public void Forks_late_entries_and_clocks_in_1970_are_kept_and_noted()
    {
        using var store = new MemoryStore();
        var keys = Founding.Keys();
        using (var book = new Book(Founding.Found(store, keys)))
        {
            using var phone = new Phone(book.Log, keys);
            var (first, fork, early) = (phone.Say("F-1"), phone.Say("F-2", again: true), phone.Say("F-3", claimed: 5));
            var answers = book.Admit(BatchOf(first, fork, early));
            Assert.Equal(["taken", "taken", "taken"], Codes(answers));
            Assert.Equal([[], ["chain.fork"], ["chain.fork-continued", "chain.outside-certificate"]], answers.Select(a => ((Admission.Taken)a).Notes.Select(n => n.Code).ToArray()));
            book.Log.Revoke(new Revocation(phone.Signer.Kid, RevocationReason.Lost), Founding.At);
            var late = (Admission.Taken)book.Admit(BatchOf(phone.Say("F-4")))[0];
            Assert.Equal(["chain.after-revocation"], late.Notes.Select(n => n.Code));
            Assert.Equal(["F-1", "F-2", "F-3", "F-4"], book.Statements.Select(s => s.Statement.Id.Value));
            Hold(book.Log, first.Entry, fork.Entry);
        }

        // What the log knows while it runs is what it knows after it was opened again.
        using var again = OperationLog.Open(store, keys);
        Assert.False(again.Report.IsRefuted);
        var one = again.Forks.Single();
        Hold(again, again.Find(one.First)!.Entry, again.Find(one.Second)!.Entry);

        static void Hold(OperationLog log, Entry first, Entry fork)
        {
            var pair = log.Forks.Single();
            Assert.Equal((0, first.Id, fork.Id), (pair.Seq, pair.FirstId, pair.SecondId));
            var chain = log.FindChain(first.Kid)!;
            Assert.Equal((3, 3, RevocationReason.Lost), (chain.NextSeq, chain.Entries, chain.Revoked));
            Assert.Equal(["chain.fork"], log.NotesOn(pair.Second).Select(n => n.Code));
            Assert.Equal(pair.First, log.IndexOf(first.Id));
            Assert.Equal(SafetyLevel.Logged, log.LevelOf(pair.First));
            Assert.True(Proofs.Includes(first.Leaf, pair.First, log.Logged, log.Inclusion(pair.First)));
            Assert.Null(log.IndexOf(new EntryId(Hash.Of([7]))));
        }
    }

    [Fact]
    public async Task A_snapshot_stays_as_it_was_while_the_book_goes_on()
    {
        using var store = new MemoryStore();
        var keys = Founding.Keys();
        using var book = new Book(Founding.Found(store, keys));
        using var phone = new Phone(book.Log, keys);
        book.Admit(BatchOf(phone.Say("F-0")));
        var before = book.Snapshot();
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            var most = 0;
            while (!stop.IsCancellationRequested)
            {
                var seen = book.Snapshot();
                Assert.All(seen.Statements.Select((s, i) => (s, i)), p => Assert.Equal($"F-{Shown(p.i)}", p.s.Statement.Id.Value));
                Assert.True(seen.Statements.Count >= most);
                most = seen.Statements.Count;
            }
        }, TestContext.Current.CancellationToken);
        for (var i = 1; i < 600; i += 50)
        {
            book.Admit(BatchOf([.. Enumerable.Range(i, 50).Select(n => phone.Say($"F-{Shown(n)}"))]));
        }

        await stop.CancelAsync();
        await reading;
        Assert.Equal(["F-0"], before.Statements.Select(s => s.Statement.Id.Value));
        Assert.Equal(601, book.Snapshot().Statements.Count);
        Assert.Equal(SafetyLevel.Logged, book.Snapshot().LevelOf(book.Statements[600]));
    }

    [Fact]
    public void A_reviewed_text_is_kept_once_with_its_statements_in_one_act_and_is_found_when_the_record_is_opened_again()
    {
        var disk = new SimulatedDisk();
        var keys = Founding.Keys();
        var text = "Somebody said that 12 people left. \U0001F68C"u8.ToArray();
        var review = new TextReview(Hash.Of(text).ToString(), "en", "2031-05-02", "gazette", "The Gazette, 2031-05-02", "rules 1", [new(1, 19, 33, "movement", "confirmed", new("S-1")), new(2, 0, 8, "statement", "rejected", null)]);
        var statements = new[] { StatementBytes.Read(Statement("S-1")).Value!, StatementBytes.Read(Statement("S-2")).Value! };
        using (var book = new Book(Founding.Found(FilesStore.Open(disk), keys)))
        {
            var before = book.Log.Size;
            Assert.Equal("review.other-text", Assert.Throws<Safeconduct.Statements.RefusedException>(() => book.EnterReviewed(review, "another"u8.ToArray(), statements, Founding.At)).Problem.Code);
            Assert.Equal(before, book.Log.Size);
            Assert.Single(book.EnterReviewed(review, text, [statements[0]], Founding.At).Recorded);
            Assert.Equal(before + 2, book.Log.Size);
            Assert.Equal(1, book.EnterReviewed(review, text, [statements[0]], Founding.At).AlreadyThere);
            Assert.Equal(before + 2, book.Log.Size);

            // A later review of the same text names it and does not carry it again.
            Assert.Single(book.EnterReviewed(review with { Claims = [] }, text, statements, Founding.At).Recorded);
            Assert.Equal(before + 4, book.Log.Size);
        }

        using var again = new Book(OperationLog.Open(FilesStore.Open(disk), keys));
        Assert.Empty(again.Log.Report.Findings);
        Assert.Equal(["S-1", "S-2"], again.Statements.Select(s => s.Statement.Id.Value));
        Assert.Equal(text, again.FindText(review.Sha256)!.Value.ToArray());
        Assert.Null(again.FindText(Hash.Of([1]).ToString()));
        var reviews = Book.ReviewsOf(review.Sha256, again.Snapshot().Documents).ToList();
        Assert.Equal([2, 0], reviews.Select(r => r.Claims.Count));
        Assert.Equal(review.Write(), reviews[0].Write());
        Assert.Equal([2, 1], again.Snapshot().Documents.Where(d => d.Media[0] == DocumentMedia.TextReview).Select(d => d.Media.Count));
    }

    [Fact]
    public void What_is_attached_is_held_to_what_the_statement_names()
    {
        using var store = new MemoryStore();
        var keys = Founding.Keys();
        using var book = new Book(Founding.Found(store, keys));
        using var phone = new Phone(book.Log, keys);
        book.Admit(BatchOf(
            phone.Sign([phone.Seal(Statement("F-1", [1]), "application/json"), phone.Seal([2], Book.AttachedMedia)]),
            phone.Sign([phone.Seal(Statement("F-2", [1]), "application/json")]),
            phone.Sign([phone.Seal(Statement("F-3"), "application/json"), phone.Seal([2], Book.AttachedMedia)]),
            phone.Sign([phone.Seal("not a statement"u8.ToArray(), "application/json")])));
        Assert.Equal(["attached.differs", "attached.missing", "attached.not-named", "body.not-json"], book.Problems.Select(p => p.Code));
        Assert.Equal("entry 3, attached[0]", book.Problems[0].Place);
        Assert.Null(book.FindAttached(book.Statements[0], Hash.Of([1])));

        var statement = StatementBytes.Read(Statement("S-1", [5, 6])).Value!;
        Assert.Equal("attached.missing", Assert.Throws<Safeconduct.Statements.RefusedException>(() => book.Enter([statement], Founding.At)).Problem.Code);
        Assert.Equal("attached.differs", Assert.Throws<Safeconduct.Statements.RefusedException>(() => book.EnterWith(statement, [new byte[] { 5 }], Founding.At)).Problem.Code);
        Assert.Single(book.EnterWith(statement, [new byte[] { 5, 6 }], Founding.At).Recorded);
        Assert.Equal(1, book.EnterWith(statement, [new byte[] { 5, 6 }], Founding.At).AlreadyThere);
        Assert.Equal([5, 6], book.FindAttached(book.Find(statement.Id)!, Hash.Of([5, 6]))!.Value.ToArray());
    }

    [Fact]
    public void A_device_that_sealed_cannot_open_again_and_no_other_operation_can()
    {
        var keys = Founding.Keys();
        using var other = new OperationKey(new byte[32]);
        var (operation, second) = (new OperationId(Hash.Of([1])), new OperationId(Hash.Of([2])));
        var wrapped = keys.Bodies.SealingKey.Wrap(operation, Hash.Of([3]).ToArray(), keys.Entropy);
        var opened = new byte[32];
        Assert.Null(keys.Bodies.Unwrap(operation, wrapped, opened));
        Assert.Equal(Hash.Of([3]).ToArray(), opened);
        Assert.Equal("key.other", other.Unwrap(operation, wrapped, opened)!.Value.Code);
        Assert.Equal("key.damaged", keys.Bodies.Unwrap(second, wrapped, opened)!.Value.Code);
        for (var at = 0; at < wrapped.Length; at++)
        {
            var changed = (byte[])wrapped.Clone();
            changed[at] ^= 0x40;
            Assert.NotNull(keys.Bodies.Unwrap(operation, changed, opened));
        }
    }

    private static string Shown(int n) => n.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
