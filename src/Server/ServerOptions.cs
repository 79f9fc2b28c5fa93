namespace Safeconduct.Server;

/// <summary>What the command line says. The address is this machine's own unless somebody says otherwise: who opens it to a network puts a proxy with TLS before it.</summary>
public sealed record ServerOptions(string Data, string Urls, string? Web, string? Problem)
{
    private static readonly TimeSpan LongestSessionEver = TimeSpan.FromDays(7);

    /// <summary>How long somebody stays signed in at most, whatever they do meanwhile.</summary>
    public TimeSpan LongestSession { get; init; } = TimeSpan.FromHours(12);

    public const string UsualUrls = "http://localhost:5180";

    public static ServerOptions Read(IReadOnlyList<string> args)
    {
        var (data, urls, web, session) = ("", UsualUrls, (string?)null, TimeSpan.FromHours(12));
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
                default:
                    return new ServerOptions("", urls, null, $"'{args[i]}' is not understood. Usage: safeconduct serve --data DIR [--urls http://localhost:5180] [--session-hours 12] [--web DIR]");
            }
        }

        return data.Length == 0
            ? new ServerOptions("", urls, null, "name the folder of the data: --data DIR")
            : new ServerOptions(Path.GetFullPath(data), urls, web ?? WebFolder(), null) { LongestSession = session };
    }

    // The built pages lie in the clone that the wrapper names.
    private static string? WebFolder() =>
        Environment.GetEnvironmentVariable("SAFECONDUCT_HOME") is { Length: > 0 } home && Directory.Exists(Path.Combine(home, "web", "dist")) ? Path.Combine(home, "web", "dist") : null;
}
