using NodaTime;
using Safeconduct.Cli.Commands;
using Safeconduct.Intake.Gazetteers;
using Safeconduct.Record;
using Safeconduct.Record.Books;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;
using Safeconduct.Storage.Files;
using Safeconduct.Storage.Keys;

namespace Safeconduct.Cli.Operations;

/// <summary>
/// An operation on disk: the folder of its record, and apart from it the folder of its keys (<c>DIR.keys</c> unless said otherwise). Whoever copies the
/// record has not copied the keys.
/// </summary>
internal sealed class OperationFolder : IDisposable
{
    private readonly KeyFolder _keys;

    private OperationFolder(Book book, Operation operation, KeyFolder keys) => (Book, Operation, _keys) = (book, operation, keys);

    public Book Book { get; }

    public Operation Operation { get; }

    public OperationKeys Keys => _keys.Keys;

    public IReadOnlyList<Statement> Statements => [.. Book.Statements.Select(s => s.Statement)];

    public static string KeysOf(string folder, string? keys) => keys ?? Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + ".keys";

    /// <summary>Founds an operation in an empty or new folder.</summary>
    public static OperationFolder Found(string folder, string? keys, string name, DateTimeZone zone, ReadOnlyMemory<byte>? gazetteer, ReadOnlyMemory<byte>? settings)
    {
        var places = gazetteer is { } g ? InputFile.Understood(GazetteerReader.Read(g), "places") : Gazetteer.Empty;
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new RefusedException("store.not-empty", "The folder is not empty; name an empty or new one.", folder);
        }

        // The folder before the keys: where nothing may be written, no keys are left behind either.
        Directory.CreateDirectory(folder);
        var keyFolder = KeyFolder.Create(KeysOf(folder, keys), KeyFolder.PassphraseOfEnvironment());
        var at = ClaimedNow();
        var terms = new CharterTerms(name, zone.Id, []) { Gazetteer = gazetteer is { } bytes ? Hash.Of(bytes.Span) : null };
        var book = Book.Found(FilesStore.Open(folder), keyFolder.Keys, terms, gazetteer, settings, at);
        return new OperationFolder(book, OperationOf(book, places), keyFolder);
    }

    /// <summary>Opens an operation for writing, or for reading where that is all that is wanted.</summary>
    public static OperationFolder Open(string folder, string? keys)
    {
        if (!Directory.Exists(folder))
        {
            throw new RefusedException("store.not-found", "There is no such folder; found the operation first with safeconduct init.", folder);
        }

        var keyFolder = KeyFolder.Open(KeysOf(folder, keys), KeyFolder.PassphraseOfEnvironment());
        var store = FilesStore.Open(folder);
        Book book;
        try
        {
            book = new Book(OperationLog.Open(store, keyFolder.Keys));
        }
        catch
        {
            // Whoever opened the store gives back its lock.
            store.Dispose();
            throw;
        }

        var places = book.FindDocument(DocumentMedia.Gazetteer) is { } bytes ? InputFile.Understood(GazetteerReader.Read(bytes), $"{folder}: the record's list of places") : Gazetteer.Empty;
        return new OperationFolder(book, OperationOf(book, places), keyFolder);
    }

    public static ClaimedTime ClaimedNow() => new(Surroundings.Now.ToUnixTimeMilliseconds(), ClockSource.DeviceClock);

    public void Dispose()
    {
        Book.Dispose();
        _keys.Dispose();
    }

    private static Operation OperationOf(Book book, Gazetteer places) =>
        OperationReader.Of(book.Log.Charter.Name, book.Log.Charter.TimeZone, book.FindDocument(DocumentMedia.Settings), places);
}
