using System.Threading.Channels;
using NodaTime;
using Safeconduct.Intake.Gazetteers;
using Safeconduct.Record;
using Safeconduct.Record.Books;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;
using Safeconduct.Storage.Files;
using Safeconduct.Storage.Keys;

namespace Safeconduct.Server.Operations;

/// <summary>The book at one size: what a reader works with while the writer goes on. Never changes.</summary>
public sealed record BookPage(BookSnapshot Book, Operation Operation)
{
    private readonly Lazy<IReadOnlyList<Statement>> statements = new(() => [.. Book.Statements.Select(e => e.Statement)]);

    private readonly Lazy<Dictionary<StatementId, Entered>> byId = new(() => Book.Statements.ToDictionary(e => e.Statement.Id));

    /// <summary>Entries of the record, statements and others.</summary>
    public long Size => Book.Head.Size;

    public IReadOnlyList<Statement> Statements => statements.Value;

    public Entered? Find(string id) => id.Length is > 0 and <= 64 && !id.Any(char.IsWhiteSpace) ? byId.Value.GetValueOrDefault(new StatementId(id)) : null;
}

/// <summary>
/// One operation on this server. Owns its record and keys. One thread writes, in the order in which it was asked; acts that wait while it is at the disk are
/// taken together by the next append. Readers get a page of the book and disturb nobody.
/// </summary>
public sealed class HostedOperation : IAsyncDisposable
{
    /// <summary>Entries that one append takes at most, so that a statement by hand does not wait long behind a crowd of devices.</summary>
    private const int MostTogether = 2000;

    private readonly KeyFolder keys;
    private readonly Book book;
    private readonly Channel<Func<Task>> acts = Channel.CreateBounded<Func<Task>>(new BoundedChannelOptions(10_000) { SingleReader = true });
    private readonly Task writer;
    private readonly System.Collections.Concurrent.ConcurrentQueue<Delivery> deliveries = [];
    private readonly Operation operation;
    private int drains;
    private volatile BookPage page;

    private HostedOperation(string slug, string folder, KeyFolder keys, Book book)
    {
        (Slug, Folder, this.keys, this.book) = (slug, folder, keys, book);
        (Charter, OperationId, SealingKey) = (book.Log.Charter, book.Log.Operation, keys.Keys.Bodies.SealingKey);
        (Settings, operation) = (MissionSettings.Of(book), OperationOf(book));
        page = PageOf();
        writer = Task.Run(WriteAll);
    }

    public string Slug { get; }

    /// <summary>The folder of the record.</summary>
    public string Folder { get; }

    public Operation Operation => operation;

    public Charter Charter { get; }

    public OperationId OperationId { get; }

    /// <summary>What devices seal to.</summary>
    public SealingKey SealingKey { get; }

    public MissionSettings Settings { get; }

    /// <summary>The newest page. Cheap to ask for: it is made by whoever wrote.</summary>
    public BookPage Page => page;

    public static HostedOperation Open(string slug, string folder, string keysFolder)
    {
        var keys = KeyFolder.Open(keysFolder, Passphrase());
        var store = FilesStore.Open(folder);
        try
        {
            return new HostedOperation(slug, folder, keys, new Book(OperationLog.Open(store, keys.Keys)));
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
        var keys = KeyFolder.Create(keysFolder, Passphrase());
        var book = new Book(OperationLog.Create(FilesStore.Open(folder), keys.Keys, terms, at, at.UnixMs + (long)Duration.FromDays(366 * 5).TotalMilliseconds));
        if (places is { } p)
        {
            book.Keep(DocumentMedia.Gazetteer, p, at);
        }

        if (settings is { } s)
        {
            book.Keep(DocumentMedia.Settings, s, at);
        }

        return new HostedOperation(slug, folder, keys, book);
    }

    /// <summary>Acts on the book when its turn comes, and answers when what it wrote is durable. A refusal of the core reaches the caller as it is.</summary>
    public async Task<T> Write<T>(Func<Book, OperationKeys, T> act)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await acts.Writer.WriteAsync(() =>
        {
            try
            {
                var before = book.Log.Size;
                var result = act(book, keys.Keys);
                if (book.Log.Size != before)
                {
                    Turn();
                }

                done.SetResult(result);
            }
            catch (Exception e)
            {
                done.SetException(e);
            }

            return Task.CompletedTask;
        });
        return await done.Task;
    }

    /// <summary>
    /// Takes in what a device hands in. Deliveries that wait at the same time go into one append, so that one flush to the disk serves them all; each is answered
    /// for itself, when it is durable.
    /// </summary>
    public Task<IReadOnlyList<Admission>> Deliver(Batch batch, Func<Hash, ReadOnlyMemory<byte>?> aside)
    {
        var delivery = new Delivery(batch, aside, new TaskCompletionSource<IReadOnlyList<Admission>>(TaskCreationOptions.RunContinuationsAsynchronously));
        deliveries.Enqueue(delivery);
        return Interlocked.Exchange(ref drains, 1) == 0 ? Drained(delivery) : delivery.Done.Task;
    }

    private async Task<IReadOnlyList<Admission>> Drained(Delivery own)
    {
        await Write((b, _) =>
        {
            // Whoever comes from here on asks for a turn of its own.
            Interlocked.Exchange(ref drains, 0);
            TakeIn(b);
            return true;
        });
        return await own.Done.Task;
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
                Turn();
                var at = 0;
                foreach (var delivery in together)
                {
                    delivery.Done.SetResult([.. answers.Skip(at).Take(delivery.Batch.Entries.Count)]);
                    at += delivery.Batch.Entries.Count;
                }
            }
            catch (Exception e)
            {
                together.ForEach(d => d.Done.TrySetException(e));
            }
        }
    }

    private sealed record Delivery(Batch Batch, Func<Hash, ReadOnlyMemory<byte>?> Aside, TaskCompletionSource<IReadOnlyList<Admission>> Done);

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
            await act();
        }
    }

    /// <summary>Raised on the writer's thread after something was written: the page before and the page after.</summary>
    public event Action<BookPage, BookPage>? Turned;

    private void Turn()
    {
        var before = page;
        page = PageOf();
        Turned?.Invoke(before, page);
    }

    private BookPage PageOf() => new(book.Snapshot(), operation);

    private static Operation OperationOf(Book book)
    {
        var charter = book.Log.Charter;
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(charter.TimeZone) ?? DateTimeZone.Utc;
        var places = book.FindDocument(DocumentMedia.Gazetteer) is { } bytes ? GazetteerReader.Read(bytes).Value ?? Gazetteer.Empty : Gazetteer.Empty;
        return book.FindDocument(DocumentMedia.Settings) is { } settings && OperationReader.Read(settings, places).Value is { } declared
            ? new Operation(charter.Name, zone, places, declared.TolerancePercent) { UsualTravel = declared.UsualTravel }
            : new Operation(charter.Name, zone, places);
    }

    private static string? Passphrase() => Environment.GetEnvironmentVariable("SAFECONDUCT_PASSPHRASE") is { Length: > 0 } phrase ? phrase : null;
}
