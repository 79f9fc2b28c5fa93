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
    private OperationFolder(Book book, Operation operation) => (Book, Operation) = (book, operation);

    public Book Book { get; }

    public Operation Operation { get; }

    public IReadOnlyList<Statement> Statements => [.. Book.Statements.Select(s => s.Statement)];

    public static string KeysOf(string folder, string? keys) => keys ?? Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + ".keys";

    /// <summary>Founds an operation in an empty or new folder.</summary>
    public static OperationFolder Found(string folder, string? keys, string name, DateTimeZone zone, ReadOnlyMemory<byte>? gazetteer, ReadOnlyMemory<byte>? settings)
    {
        var places = gazetteer is { } g ? InputFile.Understood(GazetteerReader.Read(g), "places") : Gazetteer.Empty;
        var keyFolder = KeyFolder.Create(KeysOf(folder, keys), Passphrase());
        var at = ClaimedNow();
        var terms = new CharterTerms(name, zone.Id, []) { Gazetteer = gazetteer is { } bytes ? Hash.Of(bytes.Span) : null };
        var book = new Book(OperationLog.Create(FilesStore.Create(folder), keyFolder.Open(), terms, at, at.UnixMs + Duration.FromDays(366 * 5).ToInt64Milliseconds()));
        if (gazetteer is { } list)
        {
            book.Keep(DocumentMedia.Gazetteer, list, at);
        }

        if (settings is { } s)
        {
            book.Keep(DocumentMedia.Settings, s, at);
        }

        return new OperationFolder(book, OperationOf(book, places));
    }

    /// <summary>Opens an operation for writing, or for reading where that is all that is wanted.</summary>
    public static OperationFolder Open(string folder, string? keys)
    {
        if (!Directory.Exists(folder))
        {
            throw new RefusedException("store.not-found", "There is no such folder; found the operation first with safeconduct init.", folder);
        }

        var log = OperationLog.Open(FilesStore.Open(folder), KeyFolder.Read(KeysOf(folder, keys), Passphrase()));
        var book = new Book(log);
        var places = book.FindDocument(DocumentMedia.Gazetteer) is { } bytes ? InputFile.Understood(GazetteerReader.Read(bytes), $"{folder}: the record's list of places") : Gazetteer.Empty;
        return new OperationFolder(book, OperationOf(book, places));
    }

    public static ClaimedTime ClaimedNow() => new(Surroundings.Now.ToUnixTimeMilliseconds(), ClockSource.DeviceClock);

    /// <summary>A passphrase never stands on a command line, where every user of the machine can read it.</summary>
    public static string? Passphrase() => Environment.GetEnvironmentVariable("SAFECONDUCT_PASSPHRASE") is { Length: > 0 } phrase ? phrase : null;

    public void Dispose() => Book.Dispose();

    private static Operation OperationOf(Book book, Gazetteer places)
    {
        var charter = book.Log.Charter;
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(charter.TimeZone) ?? DateTimeZone.Utc;
        return book.FindDocument(DocumentMedia.Settings) is { } settings && OperationReader.Read(settings, places).Value is { } declared
            ? new Operation(charter.Name, zone, places, declared.TolerancePercent)
            : new Operation(charter.Name, zone, places);
    }
}
