using System.Threading.Channels;
using Safeconduct.Intake.Gazetteers;
using Safeconduct.Record;
using Safeconduct.Record.Books;
using Safeconduct.Reports;
using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Agreements.Wording;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;
using Safeconduct.Storage.Files;
using Safeconduct.Storage.Keys;

namespace Safeconduct.Server.Operations;

/// <summary>The book at one size: what a reader works with while the writer goes on. Never changes.</summary>
public sealed record BookPage(BookSnapshot Book, Operation Operation)
{
    private readonly Lazy<IReadOnlyList<Statement>> statements = new(() => [.. Book.Statements.Select(e => e.Statement)]);

    private Lazy<IReadOnlyDictionary<StatementId, string>> standing = new(() => Server.Statements.Standing.Of(Book.Statements.Select(e => e.Statement)));

    /// <summary>The page after this one. What became of statements, and in what form they leave the room, is carried on where somebody asked for it, so that a busy book is not read from its start at every turn.</summary>
    public BookPage Turned(BookSnapshot book)
    {
        var next = new BookPage(book, Operation);
        if (written.IsValueCreated && AgreementOf(book)?.Index == AgreementOf(Book)?.Index)
        {
            var same = written.Value;
            next.written = new(() => same);
        }

        if (standing.IsValueCreated)
        {
            var carried = Server.Statements.Standing.After(standing.Value, book.Statements.Skip(Book.Statements.Count).Select(e => e.Statement));
            next.standing = new(() => carried);
        }

        if (statements.IsValueCreated)
        {
            Edition.GoesOn(Statements, next.Statements);
        }

        return next;
    }

    private Lazy<WrittenAgreement?> written = new(() => AgreementOf(Book) is { } document ? AgreementReader.Read(document.First.Span, Operation) : null);

    /// <summary>The agreement whose terms are read; null where none was entered, or its text can't be read with the list of places as it is.</summary>
    public Agreement? Agreement => written.Value?.Agreement;

    /// <summary>What was understood of the text that was entered last, and what there is to say about it; null where none was entered.</summary>
    public WrittenAgreement? Written => written.Value;

    /// <summary>The text as it was entered last.</summary>
    public KeptDocument? AgreementText => AgreementOf(Book);

    private static KeptDocument? AgreementOf(BookSnapshot book) => book.Documents.LastOrDefault(d => d.Media[0] == DocumentMedia.Agreement);

    private readonly Lazy<Dictionary<StatementId, Entered>> byId = new(() => Book.Statements.ToDictionary(e => e.Statement.Id));

    /// <summary>Entries of the record, statements and others.</summary>
    public long Size => Book.Head.Size;

    public IReadOnlyList<Statement> Statements => statements.Value;

    /// <summary>What became of each statement that no longer stands as it was said.</summary>
    public IReadOnlyDictionary<StatementId, string> Standing => standing.Value;

    private readonly Lazy<(NodaTime.Instant First, NodaTime.Instant Last)?> known = new(() =>
    {
        var moments = Book.Statements.Select(e => e.Statement.KnownFrom).ToList();
        return moments.Count == 0 ? null : (moments.Min(m => m.Earliest(Operation.Zone)), moments.Max(m => m.Latest(Operation.Zone)));
    });

    /// <summary>From when to when statements became known: what a page can be taken back over. Null where there is none.</summary>
    public (NodaTime.Instant First, NodaTime.Instant Last)? Known => known.Value;

    /// <summary>How far all of it is safe.</summary>
    public SafetyLevel Level => Book.Logged.Size >= Size ? SafetyLevel.Logged : SafetyLevel.Held;

    public Entered? Find(string id) => id.Length is > 0 and <= 64 && !id.Any(char.IsWhiteSpace) ? byId.Value.GetValueOrDefault(new StatementId(id)) : null;
}

/// <summary>What became of a delivery, in the order of its entries, and the checkpoint that covers what was taken.</summary>
public sealed record Delivered(IReadOnlyList<Admission> Outcomes, ReadOnlyMemory<byte>? Checkpoint);

/// <summary>
/// One operation on this server. Owns its record and keys. One thread writes, in the order in which it was asked; acts that wait while it is at the disk are
/// taken together by the next append. Readers get a page of the book and disturb nobody.
/// </summary>
public sealed class HostedOperation : IAsyncDisposable
{
    /// <summary>Entries that one append takes at most, so that a statement by hand does not wait long behind a crowd of devices.</summary>
    private const int MostTogether = 2000;

    /// <summary>Bytes that one append takes at most of what partners hand in.</summary>
    private const long MostBytesTogether = 64 * 1024 * 1024;

    private static readonly TimeSpan PartnersCertified = TimeSpan.FromDays(366 * 5);

    private readonly KeyFolder keys;
    private readonly Book book;
    private readonly Channel<Action> acts = Channel.CreateBounded<Action>(new BoundedChannelOptions(10_000) { SingleReader = true });
    private readonly Task writer;
    private readonly System.Collections.Concurrent.ConcurrentQueue<Delivery> deliveries = [];
    private readonly System.Collections.Concurrent.ConcurrentQueue<Handing> handings = [];
    private volatile BookPage page;

    private HostedOperation(string slug, KeyFolder keys, Book book)
    {
        (Slug, this.keys, this.book) = (slug, keys, book);
        (Charter, OperationId, SealingKey) = (book.Log.Charter, book.Log.Operation, keys.Keys.Bodies.SealingKey);
        Operation = OperationOf(book);
        page = new BookPage(book.Snapshot(), Operation);
        writer = Task.Run(WriteAll);
    }

    public string Slug { get; }

    public Operation Operation { get; }

    public Charter Charter { get; }

    public OperationId OperationId { get; }

    /// <summary>What devices seal to.</summary>
    public SealingKey SealingKey { get; }

    /// <summary>The newest page. Cheap to ask for: it is made by whoever wrote.</summary>
    public BookPage Page => page;

    public static HostedOperation Open(string slug, string folder, string keysFolder)
    {
        var keys = KeyFolder.Open(keysFolder, KeyFolder.PassphraseOfEnvironment());
        var store = FilesStore.Open(folder);
        try
        {
            return new HostedOperation(slug, keys, new Book(OperationLog.Open(store, keys.Keys)));
        }
        catch
        {
            store.Dispose();
            keys.Dispose();
            throw;
        }
    }

    public static HostedOperation Found(string slug, string folder, string keysFolder, CharterTerms terms, ReadOnlyMemory<byte>? places, ReadOnlyMemory<byte>? settings, ClaimedTime at)
    {
        Directory.CreateDirectory(folder);
        var keys = KeyFolder.Create(keysFolder, KeyFolder.PassphraseOfEnvironment());
        return new HostedOperation(slug, keys, Book.Found(FilesStore.Open(folder), keys.Keys, terms, places, settings, at));
    }

    /// <summary>Acts on the book when its turn comes, and answers when what it wrote is durable. A refusal of the core reaches the caller as it is.</summary>
    public async Task<T> Write<T>(Func<Book, OperationKeys, T> act)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await acts.Writer.WriteAsync(() =>
        {
            try
            {
                var result = act(book, keys.Keys);
                TurnIfWritten();
                done.SetResult(result);
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return await done.Task;
    }

    /// <summary>
    /// Takes in what a device hands in. Deliveries that wait at the same time go into one append, so that one flush to the disk serves them all; each is answered
    /// for itself, when it is durable.
    /// </summary>
    public async Task<Delivered> Deliver(Batch batch, Func<Hash, ReadOnlyMemory<byte>?> aside)
    {
        var delivery = new Delivery(batch, aside, new TaskCompletionSource<Delivered>(TaskCreationOptions.RunContinuationsAsynchronously));
        deliveries.Enqueue(delivery);

        // Every delivery asks for a turn; the first turn takes all that wait, and the turns of the others find nothing left to do.
        await Write((b, _) =>
        {
            TakeIn(b);
            return true;
        });
        return await delivery.Done.Task;
    }

    private void TakeIn(Book b)
    {
        while (!deliveries.IsEmpty)
        {
            var together = new List<Delivery>();
            for (var entries = 0; entries < MostTogether && deliveries.TryDequeue(out var next); entries += next.Batch.Entries.Count)
            {
                together.Add(next);
            }

            try
            {
                var batch = new Batch(
                    [.. together.SelectMany(d => d.Batch.Entries)],
                    [.. together.SelectMany(d => d.Batch.Blobs).DistinctBy(x => x.Name)],
                    [.. together.SelectMany(d => d.Batch.WrappedKeys).DistinctBy(x => x.Name)]);
                var answers = b.Admit(batch, hash => together.Select(d => d.Aside(hash)).FirstOrDefault(found => found is not null));
                // The page is turned before anybody is answered: who asks next sees what was acknowledged.
                TurnIfWritten();
                var checkpoint = b.Log.Checkpoint;
                var at = 0;
                foreach (var delivery in together)
                {
                    delivery.Done.SetResult(new Delivered([.. answers.Skip(at).Take(delivery.Batch.Entries.Count)], checkpoint));
                    at += delivery.Batch.Entries.Count;
                }
            }
            catch (Exception e)
            {
                together.ForEach(d => d.Done.TrySetException(e));
            }
        }
    }

    /// <summary>What partners' phones hand in takes its turn as deliveries do: all that waits goes into one append, and each is answered when it is durable.</summary>
    public async Task<HandedInAnswer> HandIn(HandedIn one, ClaimedTime at)
    {
        var waiting = new Handing(one, new TaskCompletionSource<HandedInAnswer>(TaskCreationOptions.RunContinuationsAsynchronously));
        handings.Enqueue(waiting);
        await Write((b, _) =>
        {
            TakeIn(b, at);
            return true;
        });
        return await waiting.Done.Task;
    }

    private void TakeIn(Book b, ClaimedTime at)
    {
        while (!handings.IsEmpty)
        {
            var together = new List<Handing>();
            for (var bytes = 0L; bytes < MostBytesTogether && together.Count < MostTogether && handings.TryDequeue(out var next); bytes += next.One.Files.Sum(f => (long)f.Length))
            {
                together.Add(next);
            }

            try
            {
                var answers = b.EnterHandedIn([.. together.Select(h => h.One)], Partners(b, at), at);
                TurnIfWritten();
                for (var i = 0; i < together.Count; i++)
                {
                    together[i].Done.SetResult(answers[i]);
                }
            }
            catch (Exception e)
            {
                together.ForEach(h => h.Done.TrySetException(e));
            }
        }
    }

    // One pseudonym for all partners: which of them it was stands in the sealed body, and who holds headers alone can't tell them apart.
    private IEntrySigner Partners(Book b, ClaimedTime at)
    {
        var signer = keys.Partners();
        if (b.Log.FindChain(signer.Kid) is null)
        {
            b.Log.Certify(new Certificate(signer.Kid, signer.Key, at.UnixMs - (long)TimeSpan.FromDays(1).TotalMilliseconds, at.UnixMs + (long)PartnersCertified.TotalMilliseconds), at);
        }

        return signer;
    }

    private sealed record Handing(HandedIn One, TaskCompletionSource<HandedInAnswer> Done);

    private sealed record Delivery(Batch Batch, Func<Hash, ReadOnlyMemory<byte>?> Aside, TaskCompletionSource<Delivered> Done);

    /// <summary>Reads the log itself: proofs, entries, bundles. Takes its turn among the writers, since the log knows one thread.</summary>
    public Task<T> ReadLog<T>(Func<Book, OperationKeys, T> read) => Write(read);

    public async ValueTask DisposeAsync()
    {
        acts.Writer.TryComplete();
        await writer;
        book.Dispose();
        keys.Dispose();
    }

    private async Task WriteAll()
    {
        await foreach (var act in acts.Reader.ReadAllAsync())
        {
            act();
        }
    }

    /// <summary>Raised on the writer's thread after something was written: the page before and the page after.</summary>
    public event Action<BookPage, BookPage>? Turned;

    private void TurnIfWritten()
    {
        var before = page;
        if (book.Log.Size == before.Size)
        {
            return;
        }

        page = before.Turned(book.Snapshot());
        Turned?.Invoke(before, page);
    }

    private static Operation OperationOf(Book book)
    {
        var places = book.FindDocument(DocumentMedia.Gazetteer) is { } bytes ? GazetteerReader.Read(bytes).Value ?? Gazetteer.Empty : Gazetteer.Empty;
        return OperationReader.Of(book.Log.Charter.Name, book.Log.Charter.TimeZone, book.FindDocument(DocumentMedia.Settings), places);
    }
}
