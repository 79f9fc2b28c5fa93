using Safeconduct.Statements.Bytes;

namespace Safeconduct.Situation.Figures;

/// <summary>
/// What words about batches mean for a count. "First convoy" is a figure of its own; "ten batches" says how far a running total had come, and is none.
/// Convoy, column, group and batch are one word here, since sources use them for one thing.
/// </summary>
internal static class BatchWords
{
    private static readonly HashSet<string> Articles = new(StringComparer.Ordinal) { "the", "a", "an", "in", "of", "at", "its", "their" };

    private static readonly HashSet<string> Convoys = new(StringComparer.Ordinal)
    {
        "convoy", "convoys", "column", "columns", "group", "groups", "batch", "batches", "bus", "buses", "vehicle", "vehicles", "wave", "waves",
    };

    private static readonly HashSet<string> Plurals = new(StringComparer.Ordinal) { "convoys", "columns", "groups", "batches", "waves", "trips" };

    private static readonly Dictionary<string, string> Same = new(StringComparer.Ordinal)
    {
        ["resumption"] = "restart", ["suspension"] = "restart", ["restart"] = "restart", ["1st"] = "first", ["2nd"] = "second", ["3rd"] = "third",
    };

    private static readonly HashSet<string> Cardinals = new(StringComparer.Ordinal)
    {
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "twenty",
    };

    /// <summary>The batch that a count is of, as a slug; null where it is of all.</summary>
    public static string? FigureOf(string? words) =>
        words is null || CountsBatches(words) || Slug(words) is not { Length: > 0 } slug ? null : slug;

    /// <summary>"ten batches", "in nine convoys": a number of them, not one of them.</summary>
    public static bool CountsBatches(string words)
    {
        var parts = Parts(words);
        return parts.Any(Plurals.Contains) && parts.Any(p => Cardinals.Contains(p) || p.All(char.IsAsciiDigit));
    }

    private static string Slug(string words) => string.Join(
        '-',
        Parts(words).Where(p => !Articles.Contains(p) && p is not "after").Select(p => Convoys.Contains(p) ? "convoy" : Same.GetValueOrDefault(p, p)).Distinct(StringComparer.Ordinal));

    private static string[] Parts(string words) => Token.Slug(words).Split('-', StringSplitOptions.RemoveEmptyEntries);
}
