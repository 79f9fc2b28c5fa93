using Safeconduct.Statements;

namespace Safeconduct.Printing;

/// <summary>The Chromium that prints reports: any of the machine's own, asked for nothing but to print one file.</summary>
public static class Browser
{
    /// <summary>Names it where it is not on the PATH under a usual name.</summary>
    public const string Variable = "SAFECONDUCT_CHROMIUM";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

    /// <param name="named">A path that somebody gave, or null: then the first of the usual names on <paramref name="searched"/>.</param>
    /// <param name="searched">Folders, separated as PATH is on this machine.</param>
    /// <returns>The path, or null where there is none.</returns>
    /// <exception cref="RefusedException"><c>print.no-browser</c>: a path was given and nothing is there.</exception>
    public static string? Find(string? named, string? searched)
    {
        if (!string.IsNullOrWhiteSpace(named))
        {
            return File.Exists(named) ? named : throw new RefusedException("print.no-browser", "There is no program at this path; give the path of Chromium or Chrome.", named);
        }

        return (searched ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Names.SelectMany(name => OperatingSystem.IsWindows() ? [name + ".exe"] : (string[])[name]).Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>As <see cref="Find"/>, from the environment; refuses where there is none.</summary>
    /// <exception cref="RefusedException"><c>print.no-browser</c>.</exception>
    public static string Needed(string? named) =>
        Find(string.IsNullOrWhiteSpace(named) ? Environment.GetEnvironmentVariable(Variable) : named, Environment.GetEnvironmentVariable("PATH"))
        ?? throw new RefusedException("print.no-browser", $"A PDF is printed by Chromium, and none was found. Install it (on Debian: apt-get install chromium fonts-noto-core), or name one with --browser PATH or {Variable}. HTML, DOCX, Markdown and JSON need none.");
}
