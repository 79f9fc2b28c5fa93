using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Record.Books;

/// <summary>A statement as it stands in the record.</summary>
public sealed record Entered(Statement Statement, EntryIndex Index, EntryId Entry);

/// <summary>What became of statements handed in: those recorded now, and how many stood there already, word for word.</summary>
public sealed record Entering(IReadOnlyList<Receipt> Recorded, int AlreadyThere);

/// <summary>Statements that one thing handed in became, and the files that each of them names as attached, the thing itself first.</summary>
public sealed record HandedIn(IReadOnlyList<Statement> Statements, IReadOnlyList<ReadOnlyMemory<byte>> Files);

/// <summary>What became of it: recorded now, there already (neither), or refused.</summary>
public sealed record HandedInAnswer(bool IsRecorded, Problem? Refused);

/// <summary>A document that belongs to the operation: its list of places, its settings. The newest of a media type holds.</summary>
public static class DocumentMedia
{
    public const string Gazetteer = "application/geo+json";
    public const string Settings = "application/vnd.safeconduct.operation+json";

    /// <summary>The text of the agreement, as <c>formats/agreement.md</c> says.</summary>
    public const string Agreement = "text/vnd.safeconduct.agreement";

    /// <summary>What was done with the claims of a text; the text is the second file where it is kept for the first time.</summary>
    public const string TextReview = "application/vnd.safeconduct.text-review+json";

    /// <summary>A form as it was offered to phones: what is handed in is read against the form it was filled in with.</summary>
    public const string OfferedForm = "application/vnd.safeconduct.xform+xml";

    /// <summary>A text from which statements were taken.</summary>
    public const string Text = "text/plain";
}

/// <summary>A document of the record: its entry, the media type of each of its files, and the first of them, which says what the others are.</summary>
public sealed record KeptDocument(EntryIndex Index, EntryId Entry, IReadOnlyList<string> Media, ReadOnlyMemory<byte> First);

/// <summary>
/// The book as it stood after one act: what a reader on another thread works on while the next act is recorded. Nothing in it ever changes.
/// </summary>
/// <param name="Statements">In the record's order.</param>
/// <param name="Documents">Documents, in the record's order.</param>
/// <param name="Problems">Entries whose body can't be read as a statement, each with its place.</param>
/// <param name="Head">The state of the log.</param>
/// <param name="Logged">The newest state that the log has signed for.</param>
public sealed record BookSnapshot(IReadOnlyList<Entered> Statements, IReadOnlyList<KeptDocument> Documents, IReadOnlyList<Problem> Problems, TreeHead Head, TreeHead Logged)
{
    public SafetyLevel LevelOf(Entered entered)
    {
        ArgumentNullException.ThrowIfNull(entered);
        return entered.Index.Value < Logged.Size ? SafetyLevel.Logged : SafetyLevel.Held;
    }
}

/// <summary>
/// The book of one operation: its record, read as statements. Owns the log it is given; one thread at a time, except <see cref="Snapshot"/>, which
/// any thread may read at any moment. Reading keeps going past a body that can't be read, and says which; it never passes over one in silence.
/// </summary>
public sealed class Book : IDisposable
{
    /// <summary>The header's media type of every body after the first, so that it does not say "photo".</summary>
    public const string AttachedMedia = "application/octet-stream";

    private static readonly TimeSpan FirstDeviceLasts = TimeSpan.FromDays(366 * 5);
    private readonly OperationLog _log;
    private readonly Dictionary<StatementId, (Hash Words, int At)> _known = [];
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _documents = new(StringComparer.Ordinal);
    private readonly List<Problem> _problems = [];
    private IReadOnlyList<KeptDocument> _kept = [];

    // Grows only at its end, and a longer array is a new one: what a snapshot shows is never written again.
    private Entered[] _statements = new Entered[256];
    private int _count;
    private int _numbered;
    private Kid? _room;
    private volatile BookSnapshot _snapshot;

    public Book(OperationLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        _log = log;
        foreach (var entry in log.ReadAll())
        {
            Read(entry);
        }

        _snapshot = Taken();
    }

    /// <summary>Founds an operation in an empty store, with its list of places and its settings as first documents. The first device is certified for five years.</summary>
    public static Book Found(IRecordStore store, OperationKeys keys, CharterTerms terms, ReadOnlyMemory<byte>? gazetteer, ReadOnlyMemory<byte>? settings, ClaimedTime at)
    {
        ArgumentNullException.ThrowIfNull(at);
        var book = new Book(OperationLog.Create(store, keys, terms, at, at.UnixMs + (long)FirstDeviceLasts.TotalMilliseconds));
        if (gazetteer is { } places)
        {
            book.Keep(DocumentMedia.Gazetteer, places, at);
        }

        if (settings is { } declared)
        {
            book.Keep(DocumentMedia.Settings, declared, at);
        }

        return book;
    }

    /// <summary>The book after the last finished act. Costs nothing, and is safe to call from any thread.</summary>
    public BookSnapshot Snapshot() => _snapshot;

    public OperationLog Log => _log;

    /// <summary>In the record's order.</summary>
    public IReadOnlyList<Entered> Statements => new ArraySegment<Entered>(_statements, 0, _count);

    /// <summary>Entries whose body can't be read as a statement, each with its place.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>The newest document of a media type, or null.</summary>
    public ReadOnlyMemory<byte>? FindDocument(string media) => _documents.TryGetValue(media, out var bytes) ? bytes : default(ReadOnlyMemory<byte>?);

    public Entered? Find(StatementId id) => _known.TryGetValue(id, out var known) ? _statements[known.At] : null;

    /// <summary>
    /// Takes in what devices hand in and reads it as statements; see <see cref="OperationLog.AdmitEach"/>. A taken entry that can't be read as a
    /// statement stands among <see cref="Problems"/>.
    /// </summary>
    /// <param name="aside">Finds a blob that was sent before the entry that names it; null where there is none.</param>
    public IReadOnlyList<Admission> Admit(Batch batch, Func<Hash, ReadOnlyMemory<byte>?>? aside = null)
    {
        var answers = _log.AdmitEach(batch, aside);
        foreach (var taken in answers.OfType<Admission.Taken>())
        {
            Read(taken.Recorded);
        }

        _snapshot = Taken();
        return answers;
    }

    /// <summary>The bytes of what is attached to a statement; null where the statement names nothing of this hash or the body can't be read.</summary>
    public ReadOnlyMemory<byte>? FindAttached(Entered entered, Hash sha256)
    {
        ArgumentNullException.ThrowIfNull(entered);
        var place = entered.Statement.Attached.Select(a => a.Sha256).ToList().IndexOf(sha256.ToString());
        var body = place < 0 ? null : _log.Find(entered.Index)?.Bodies.ElementAtOrDefault(place + 1)?.Opened;
        return body is not null && Hash.Of(body.Text.Span) == sha256 ? body.Text : default(ReadOnlyMemory<byte>?);
    }

    /// <summary>A short number of the operation for a statement made by hand: S-1, S-2. Never one that is taken.</summary>
    public StatementId NextId()
    {
        StatementId id;
        do
        {
            id = new StatementId("S-" + Shown.Number(++_numbered));
        }
        while (_known.ContainsKey(id));

        return id;
    }

    /// <summary>
    /// Records statements in one act: after a power cut all of them are there or none. One that stands there already, word for word, is passed
    /// over; one whose id is taken by other words is refused, and with it the whole act.
    /// </summary>
    /// <exception cref="RefusedException"><c>book.same-id-other-words</c>, <c>book.unknown-target</c>.</exception>
    public Entering Enter(IReadOnlyCollection<Statement> statements, ClaimedTime at)
    {
        ArgumentNullException.ThrowIfNull(statements);
        var (fresh, there) = FreshOf(statements);
        var receipts = _log.Append([.. fresh.Select(f => new NewEntry([new NewBody(f.Bytes)]))], at);
        Keep(fresh, receipts);
        _snapshot = Taken();
        return new Entering(receipts, there);
    }

    /// <summary>
    /// Records the review of a text, the text where it is not kept yet, and the statements taken from it, in one act: after a power cut all of it is there or none. The same review
    /// twice changes nothing.
    /// </summary>
    /// <exception cref="RefusedException">As <see cref="Enter"/>; <c>review.other-text</c> where the text is not the one that the review names.</exception>
    public Entering EnterReviewed(TextReview review, ReadOnlyMemory<byte> text, IReadOnlyCollection<Statement> statements, ClaimedTime at)
    {
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(statements);
        if (Hash.Of(text.Span).ToString() != review.Sha256)
        {
            throw new RefusedException("review.other-text", "The text is not the one that the review names. Nothing was recorded.");
        }

        var (fresh, there) = FreshOf(statements);
        var said = review.Write();
        if (fresh.Count == 0 && _kept.Any(d => d.Media[0] == DocumentMedia.TextReview && d.First.Span.SequenceEqual(said)))
        {
            return new Entering([], there);
        }

        NewBody[] files = KeptTextOf(review.Sha256) is null ? [new(said, DocumentMedia.TextReview), new(text, DocumentMedia.Text)] : [new(said, DocumentMedia.TextReview)];
        var receipts = _log.Append([new NewEntry(files, EntryKind.Document), .. fresh.Select(f => new NewEntry([new NewBody(f.Bytes)]))], at);
        Keep(new KeptDocument(receipts[0].Index, receipts[0].Id, [.. files.Select(f => f.Media)], said));
        Keep(fresh, [.. receipts.Skip(1)]);
        _snapshot = Taken();
        return new Entering([.. receipts.Skip(1)], there);
    }

    /// <summary>A text from which statements were taken, by the SHA-256 of its bytes; null where it is not kept, or can't be opened.</summary>
    public ReadOnlyMemory<byte>? FindText(string sha256) =>
        KeptTextOf(sha256) is { } document && FindFile(document, 1) is { } text && Hash.Of(text.Span).ToString() == sha256 ? text : default(ReadOnlyMemory<byte>?);

    /// <summary>The reviews of a text, in the record's order.</summary>
    public static IEnumerable<TextReview> ReviewsOf(string sha256, IEnumerable<KeptDocument> documents) =>
        documents.Where(d => d.Media[0] == DocumentMedia.TextReview).Select(d => TextReview.Read(d.First)).OfType<TextReview>().Where(r => r.Sha256 == sha256);

    private KeptDocument? KeptTextOf(string sha256) =>
        _kept.FirstOrDefault(d => d.Media is [DocumentMedia.TextReview, DocumentMedia.Text] && TextReview.Read(d.First)?.Sha256 == sha256);

    private void Keep(List<(Statement Statement, byte[] Bytes, Hash Words)> fresh, IReadOnlyList<Receipt> receipts)
    {
        for (var i = 0; i < receipts.Count; i++)
        {
            Keep(new Entered(fresh[i].Statement, receipts[i].Index, receipts[i].Id), fresh[i].Words);
        }
    }

    /// <summary>Those of the statements that are not here yet, and how many are, word for word. Nothing is changed.</summary>
    private (List<(Statement Statement, byte[] Bytes, Hash Words)> Fresh, int There) FreshOf(IReadOnlyCollection<Statement> statements)
    {
        var fresh = new List<(Statement Statement, byte[] Bytes, Hash Words)>(statements.Count);
        var handed = new Dictionary<StatementId, Hash>(statements.Count);
        var there = 0;
        foreach (var statement in statements)
        {
            var bytes = StatementBytes.Write(statement.Checked());
            var hash = Hash.Of(bytes);
            if (_known.TryGetValue(statement.Id, out var known) || handed.ContainsKey(statement.Id))
            {
                there += (known.Words == hash || handed.GetValueOrDefault(statement.Id) == hash) ? 1 : throw OtherWords(statement);
                continue;
            }

            if (statement.Attached.Count > 0)
            {
                throw new RefusedException("attached.missing", $"{statement.Id} names what is attached to it, and that did not come with it. Nothing was recorded.", "attached");
            }

            handed.Add(statement.Id, hash);
            fresh.Add((statement, bytes, hash));
        }

        CheckTargets([.. fresh.Select(f => f.Statement)], handed);
        return (fresh, there);
    }

    /// <summary>Records one statement together with what it names as attached, in the order in which it names it.</summary>
    /// <exception cref="RefusedException">As <see cref="Enter"/>; <c>attached.missing</c>, <c>attached.differs</c>.</exception>
    public Entering EnterWith(Statement statement, IReadOnlyList<ReadOnlyMemory<byte>> attached, ClaimedTime at)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(attached);
        var bytes = StatementBytes.Write(statement.Checked());
        var hash = Hash.Of(bytes);
        if (_known.TryGetValue(statement.Id, out var known))
        {
            return known.Words == hash ? new Entering([], 1) : throw OtherWords(statement);
        }

        if (attached.Count != statement.Attached.Count)
        {
            throw new RefusedException("attached.missing", $"{statement.Id} names {Shown.Number(statement.Attached.Count)} attached, and {Shown.Number(attached.Count)} came with it. Nothing was recorded.", "attached");
        }

        for (var i = 0; i < attached.Count; i++)
        {
            if (Hash.Of(attached[i].Span).ToString() != statement.Attached[i].Sha256)
            {
                throw new RefusedException("attached.differs", "The bytes are not of the SHA-256 that the statement names. Nothing was recorded.", $"attached[{Shown.Number(i)}]");
            }
        }

        CheckTargets([statement], []);
        var receipt = _log.Append([new NewEntry([new NewBody(bytes), .. attached.Select(a => new NewBody(a, AttachedMedia))])], at)[0];
        Keep(new Entered(statement, receipt.Index, receipt.Id), hash);
        _snapshot = Taken();
        return new Entering([receipt], 0);
    }

    /// <summary>
    /// Records what others handed in, signed by a device whose key is held here: all that is new in one append, so that one flush to the disk serves them all, and each answered for
    /// itself. Handed in again with the same first file it is there already, whoever brings it and however often; with another first file under the same id it is refused, and the others
    /// are taken.
    /// </summary>
    /// <param name="by">Certified in this record; see <see cref="OperationLog.Certify"/>.</param>
    public IReadOnlyList<HandedInAnswer> EnterHandedIn(IReadOnlyList<HandedIn> all, IEntrySigner by, ClaimedTime at)
    {
        ArgumentNullException.ThrowIfNull(all);
        var answers = new HandedInAnswer[all.Count];
        var fresh = new List<(Statement Statement, byte[] Bytes, Hash Words)>();
        var entries = new List<NewEntry>();
        var first = new Dictionary<StatementId, string>();
        for (var i = 0; i < all.Count; i++)
        {
            var one = all[i];
            var id = one.Statements[0].Id;
            if ((_known.TryGetValue(id, out var known) ? FirstFileOf(_statements[known.At].Statement) : first.GetValueOrDefault(id)) is { } there)
            {
                answers[i] = new HandedInAnswer(false, there == FirstFileOf(one.Statements[0]) ? null : OtherFile(id));
                continue;
            }

            try
            {
                var (made, names) = (one.Statements.Select(s => (Statement: s, Bytes: StatementBytes.Write(s.Checked()))).ToList(), one.Files.Select(f => Hash.Of(f.Span).ToString()).ToList());
                if (made.Exists(m => !m.Statement.Attached.Select(a => a.Sha256).SequenceEqual(names, StringComparer.Ordinal)))
                {
                    throw new RefusedException("attached.differs", $"The files that came are not those that {id} names. Nothing was recorded.", "attached");
                }

                if (made.Skip(1).Select(m => m.Statement.Id).FirstOrDefault(_known.ContainsKey) is { Value: not null } taken)
                {
                    throw new RefusedException("book.same-id-other-words", $"{taken} is in the book already with other words. Nothing was recorded.");
                }

                CheckTargets([.. one.Statements], []);
                fresh.AddRange(made.Select(m => (m.Statement, m.Bytes, Hash.Of(m.Bytes))));
                entries.AddRange(made.Select(m => new NewEntry([new NewBody(m.Bytes), .. one.Files.Select(f => new NewBody(f, AttachedMedia))])));
                first.Add(id, FirstFileOf(one.Statements[0]));
                answers[i] = new HandedInAnswer(true, null);
            }
            catch (RefusedException e)
            {
                answers[i] = new HandedInAnswer(false, e.Problem);
            }
        }

        if (entries.Count > 0)
        {
            Keep(fresh, _log.Append(entries, at, by));
            _snapshot = Taken();
        }

        return answers;
    }

    private static string FirstFileOf(Statement statement) => statement.Attached is [{ } form, ..] ? form.Sha256 : "";

    private static Problem OtherFile(StatementId id) => new("book.same-id-other-words", $"{id} is in the book already with other words. Nothing was recorded.");

    /// <summary>Records a document of the operation; the same bytes twice change nothing.</summary>
    public Receipt? Keep(string media, ReadOnlyMemory<byte> bytes, ClaimedTime at)
    {
        if (FindDocument(media) is { } standing && standing.Span.SequenceEqual(bytes.Span))
        {
            return null;
        }

        var receipt = _log.Append([new NewEntry([new NewBody(bytes, media)], EntryKind.Document)], at)[0];
        Keep(new KeptDocument(receipt.Index, receipt.Id, [media], bytes));
        _snapshot = Taken();
        return receipt;
    }

    /// <summary>Records a document of several files in one act, the one that says what the others are first.</summary>
    public Receipt Keep(IReadOnlyList<NewBody> files, ClaimedTime at)
    {
        ArgumentNullException.ThrowIfNull(files);
        var receipt = _log.Append([new NewEntry(files, EntryKind.Document)], at)[0];
        Keep(new KeptDocument(receipt.Index, receipt.Id, [.. files.Select(f => f.Media)], files[0].Text));
        _snapshot = Taken();
        return receipt;
    }

    /// <summary>One file of a document; null where it can't be opened.</summary>
    public ReadOnlyMemory<byte>? FindFile(KeptDocument document, int file)
    {
        ArgumentNullException.ThrowIfNull(document);
        return _log.Find(document.Index)?.Bodies.ElementAtOrDefault(file)?.Opened?.Text;
    }

    public void Dispose() => _log.Dispose();

    private BookSnapshot Taken() => new(Statements, _kept, [.. _problems], _log.Head, _log.Logged);

    private void Read(RecordedEntry entry)
    {
        // The first certificate is of the device that the operation was founded with: the room's own.
        if (_room is null && entry is { Entry.Header.Kind: EntryKind.Key, Bodies: [{ Opened: { } key }, ..] })
        {
            _room = KeyMatter.Read(key.Text).Certificate?.Kid;
        }

        if (entry.Entry.Header.Kind is not (EntryKind.Statement or EntryKind.Document))
        {
            return;
        }

        foreach (var body in entry.Bodies.Where(b => b.Opened is null))
        {
            _problems.Add(new Problem(body.Fault?.Code ?? "body.missing", body.Fault?.Message ?? "The body is not here.", $"entry {entry.Index}"));
        }

        if (entry.Entry.Header.Kind is EntryKind.Document)
        {
            if (entry.Bodies is [{ Opened: { } opened }, ..])
            {
                Keep(new KeptDocument(entry.Index, entry.Id, [.. entry.Bodies.Select(b => b.Name.Media)], opened.Text));
            }
        }
        else if (entry.Bodies is [{ Opened: { } first }, ..])
        {
            ReadStatement(entry, first.Text);
        }
    }

    // The first body is the statement; those after it are what it names as attached, in that order.
    private void ReadStatement(RecordedEntry entry, ReadOnlyMemory<byte> text)
    {
        var read = StatementBytes.Read(text);
        if (read.Value is { } said && said.SaidBy.Id == Source.Room.Id && entry.Entry.Kid != _room)
        {
            _problems.Add(new Problem("book.not-the-room", $"'{said.Id}' is said in the name of the monitoring room, and another device than the room's signed it; it is kept and not shown.", $"entry {entry.Index}"));
        }
        else if (read.Value is { } statement)
        {
            Keep(new Entered(statement, entry.Index, entry.Id), Hash.Of(text.Span));
            CheckAttached(entry, statement);
        }

        _problems.AddRange(read.Problems.Select(p => p with { Place = $"entry {entry.Index}, {p.Place}".TrimEnd(' ', ',') }));
    }

    private void CheckAttached(RecordedEntry entry, Statement statement)
    {
        var further = entry.Bodies.Skip(1).ToList();
        for (var i = 0; i < Math.Max(further.Count, statement.Attached.Count); i++)
        {
            var (named, body) = (statement.Attached.ElementAtOrDefault(i), further.ElementAtOrDefault(i));
            var (code, message) = (named, body) switch
            {
                (null, _) => ("attached.not-named", $"{statement.Id} does not name the body that came with it."),
                (_, null) => ("attached.missing", $"{statement.Id} names what is attached to it, and that did not come with it."),
                (_, { Opened: { } opened }) when Hash.Of(opened.Text.Span).ToString() != named.Sha256 => ("attached.differs", $"What came with {statement.Id} is not of the SHA-256 that it names."),
                _ => (null, null),
            };
            if (code is not null)
            {
                _problems.Add(new Problem(code, message!, $"entry {entry.Index}, attached[{Shown.Number(i)}]"));
            }
        }
    }

    private void Keep(KeptDocument document)
    {
        _documents[document.Media[0]] = document.First;

        // Few, and read by other threads: a new list each time.
        _kept = [.. _kept, document];
    }

    private void Keep(Entered entered, Hash words)
    {
        // A second entry under an id that is taken can only come from another device: both stay in the record, the first is the one cited.
        if (_known.TryAdd(entered.Statement.Id, (words, _count)))
        {
            Add(entered);
        }
        else if (_known[entered.Statement.Id].Words != words)
        {
            _problems.Add(new Problem("book.same-id-other-words", $"'{entered.Statement.Id}' stands in the record already with other words; the first is shown.", $"entry {entered.Index}"));
        }
    }

    private void Add(Entered entered)
    {
        if (_count == _statements.Length)
        {
            Array.Resize(ref _statements, 2 * _count);
        }

        _statements[_count++] = entered;
    }

    private void CheckTargets(List<Statement> fresh, Dictionary<StatementId, Hash> handed)
    {
        foreach (var statement in fresh)
        {
            foreach (var claim in statement.Claims())
            {
                if (claim is Statements.Claims.Claim.About { Statement: var target } && !_known.ContainsKey(target) && !handed.ContainsKey(target))
                {
                    throw new RefusedException("book.unknown-target", $"{statement.Id} points to {target}, which is not in this book. Nothing was recorded.");
                }
            }
        }
    }

    private RefusedException OtherWords(Statement statement)
    {
        var standing = Find(statement.Id)?.Statement;
        return new RefusedException(
            "book.same-id-other-words",
            $"{statement.Id} is in the book already with other words. There: '{Shown.Short(standing?.Paraphrase ?? standing?.Said.ToString())}' Here: '{Shown.Short(statement.Paraphrase ?? statement.Said.ToString())}' "
            + "Nothing was recorded. If this is another edition of the list, name it with --edition NAME.");
    }
}
