namespace Safeconduct.Server;

/// <summary>What the command line says. The address is this machine's own unless somebody says otherwise: who opens it to a network puts a proxy with TLS before it.</summary>
public sealed record ServerOptions(string Data, string Urls, string? Web, string? Problem)
{
    private static readonly TimeSpan LongestSessionEver = TimeSpan.FromDays(7);

    /// <summary>How long somebody stays signed in at most, whatever they do meanwhile.</summary>
    public TimeSpan LongestSession { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Where others reach this server, such as https://room.example.org: what feeds and webhooks write in front of their links. Null: as the request came, or the path alone.</summary>
    public string? PublicAddress { get; init; }

    /// <summary>Whether webhooks may lead into private networks.</summary>
    public bool WebhooksToPrivate { get; init; }

    /// <summary>Whether webhooks may lead to this machine, and there without TLS: for trying them out.</summary>
    public bool WebhooksToLoopback { get; init; }

    /// <summary>How long a webhook waits after each try that failed; one try more than waits. Eight over about a day, as patient as a partner's weekend repairs need.</summary>
    public IReadOnlyList<TimeSpan> WebhookWaits { get; init; } =
        [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(7), TimeSpan.FromHours(14)];

    public const string UsualUrls = "http://localhost:5180";

    public static ServerOptions Read(IReadOnlyList<string> args)
    {
        var (data, urls, web, session) = ("", UsualUrls, (string?)null, TimeSpan.FromHours(12));
        var more = new ServerOptions("", urls, null, null);
        for (var i = 0; i < args.Count; i++)
        {
            var value = i + 1 < args.Count ? args[i + 1] : null;
            switch (args[i])
            {
                case "--data" when value is not null:
                    data = value;
                    i++;
                    break;
                case "--urls" when value is not null:
                    urls = value;
                    i++;
                    break;
                case "--web" when value is not null:
                    web = value;
                    i++;
                    break;
                case "--session-hours" when double.TryParse(value, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var hours) && hours > 0 && hours <= LongestSessionEver.TotalHours:
                    session = TimeSpan.FromHours(hours);
                    i++;
                    break;
                case "--public-address" when Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "https" or "http":
                    more = more with { PublicAddress = value.TrimEnd('/') };
                    i++;
                    break;
                case "--webhooks-to-private":
                    more = more with { WebhooksToPrivate = true };
                    break;
                case "--webhooks-to-loopback":
                    more = more with { WebhooksToLoopback = true };
                    break;
                case "--webhook-waits" when WaitsOf(value) is { } waits:
                    more = more with { WebhookWaits = waits };
                    i++;
                    break;
                default:
                    return new ServerOptions("", urls, null, $"'{args[i]}' is not understood. Usage: safeconduct serve --data DIR [--urls http://localhost:5180] [--session-hours 12] [--web DIR] [--public-address https://...] [--webhooks-to-private] [--webhooks-to-loopback] [--webhook-waits SECONDS,...]");
            }
        }

        return data.Length == 0
            ? new ServerOptions("", urls, null, "name the folder of the data: --data DIR")
            : more with { Data = Path.GetFullPath(data), Urls = urls, Web = web ?? WebFolder(), LongestSession = session };
    }

    private static List<TimeSpan>? WaitsOf(string? seconds)
    {
        var read = (seconds ?? "").Split(',').Select(s => double.TryParse(s, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var n) && n is > 0 and <= 86_400 ? TimeSpan.FromSeconds(n) : (TimeSpan?)null).ToList();
        return read.Count <= 20 && read.TrueForAll(r => r is not null) ? [.. read.Select(r => r!.Value)] : null;
    }

    // The built pages lie in the clone that the wrapper names.
    private static string? WebFolder() =>
        Environment.GetEnvironmentVariable("SAFECONDUCT_HOME") is { Length: > 0 } home && Directory.Exists(Path.Combine(home, "web", "dist")) ? Path.Combine(home, "web", "dist") : null;
}
