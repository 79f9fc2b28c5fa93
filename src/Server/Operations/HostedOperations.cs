using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using NodaTime;
using Safeconduct.Intake.Gazetteers;
using Safeconduct.Record;
using Safeconduct.Server.Access;
using Safeconduct.Statements;

namespace Safeconduct.Server.Operations;

/// <summary>Where this server keeps what: records and accounts in one folder, keys in another.</summary>
/// <param name="Root">The folder given with <c>--data</c>.</param>
public sealed record DataFolder(string Root)
{
    public string Accounts => Path.Combine(Root, "accounts.db");

    public string OperationsFolder => Path.Combine(Root, "operations");

    /// <summary>Beside the data, not in it: whoever copies the data has not copied the keys.</summary>
    public string Keys => Path.TrimEndingDirectorySeparator(Path.GetFullPath(Root)) + ".keys";

    public string RecordOf(string slug) => Path.Combine(OperationsFolder, slug);

    public string KeysOf(string slug) => Path.Combine(Keys, slug);

    public string UploadsOf(string slug) => Path.Combine(Root, "uploads", slug);
}

/// <summary>Every operation of this server. Opening one verifies its record; one that does not open is reported and the others serve.</summary>
public sealed partial class HostedOperations(DataFolder folder, TimeProvider clock, ILogger<HostedOperations> log) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, HostedOperation> hosted = new(StringComparer.Ordinal);

    /// <summary>Operations whose record or keys could not be opened, with the code of the refusal.</summary>
    public ConcurrentDictionary<string, string> Failed { get; } = new(StringComparer.Ordinal);

    public IEnumerable<HostedOperation> All => hosted.Values.OrderBy(o => o.Slug, StringComparer.Ordinal);

    public event Action<HostedOperation>? Opened;

    public HostedOperation? Find(string slug) => hosted.GetValueOrDefault(slug);

    /// <exception cref="ServerRefusal"><c>not-found</c>.</exception>
    public HostedOperation Get(string slug) => Find(slug) ?? throw ServerRefusal.NotFound();

    public ClaimedTime Now => new(clock.GetUtcNow().ToUnixTimeMilliseconds(), ClockSource.DeviceClock);

    public void OpenAll()
    {
        Directory.CreateDirectory(folder.OperationsFolder);
        foreach (var path in Directory.EnumerateDirectories(folder.OperationsFolder))
        {
            var slug = Path.GetFileName(path);
            try
            {
                Take(HostedOperation.Open(slug, path, folder.KeysOf(slug)));
            }
            catch (Exception e) when (e is RecordException or RefusedException or IOException or UnauthorizedAccessException)
            {
                var code = e switch { RecordException r => r.Code, RefusedException r => r.Problem.Code, _ => "store.not-readable" };
                Failed[slug] = code;
                NotOpened(log, slug, code);
            }
        }
    }

    /// <exception cref="ServerRefusal"><c>operation.slug</c>, <c>operation.exists</c>, <c>operation.zone</c>.</exception>
    public HostedOperation Found(string slug, string name, string zone, ReadOnlyMemory<byte>? places, ReadOnlyMemory<byte>? settings)
    {
        if (!SlugForm().IsMatch(slug))
        {
            throw Refused("operation.slug", "The short name has 1 to 40 of a-z, 0-9 and hyphens, and begins with a letter.");
        }

        if (name.Trim().Length is 0 or > 200)
        {
            throw Refused("operation.name", "The name has 1 to 200 characters.");
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            throw Refused("operation.zone", $"'{Shown.Short(zone)}' is not a time zone; name one as \"Asia/Damascus\".");
        }

        if (Directory.Exists(folder.RecordOf(slug)) || Directory.Exists(folder.KeysOf(slug)))
        {
            throw new ServerRefusal(StatusCodes.Status409Conflict, "operation.exists", "There is an operation with this short name already.");
        }

        // Read before anything is founded: a bad list of places leaves nothing behind.
        var gazetteer = places is { } p ? Understood(GazetteerReader.Read(p), "places") : null;
        if (settings is { } s)
        {
            Understood(OperationReader.Read(s, gazetteer ?? Safeconduct.Statements.Places.Gazetteer.Empty), "settings");
        }

        var terms = new CharterTerms(name.Trim(), zone, []) { Gazetteer = places is { } bytes ? Hash.Of(bytes.Span) : null };
        return Take(HostedOperation.Found(slug, folder.RecordOf(slug), folder.KeysOf(slug), terms, places, settings, Now));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var operation in hosted.Values)
        {
            await operation.DisposeAsync();
        }
    }

    private HostedOperation Take(HostedOperation operation)
    {
        hosted[operation.Slug] = operation;
        Opened?.Invoke(operation);
        return operation;
    }

    private static T Understood<T>(Parsed<T> parsed, string what)
        where T : class => parsed.Value ?? throw new RefusedException(parsed.Problems[0].Code, parsed.Problems[0].Message, $"{what}: {parsed.Problems[0].Place}");

    private static ServerRefusal Refused(string code, string detail) => new(StatusCodes.Status422UnprocessableEntity, code, detail);

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$", RegexOptions.None, 1000)]
    private static partial Regex SlugForm();

    [LoggerMessage(2, LogLevel.Error, "The operation {Slug} was not opened: {Code}")]
    private static partial void NotOpened(ILogger log, string slug, string code);
}
