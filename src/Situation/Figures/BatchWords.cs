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

    private static readonly Dictionary<string, int> Numbers = new(StringComparer.Ordinal)
    {
        ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9, ["ten"] = 10,
        ["eleven"] = 11, ["twelve"] = 12, ["thirteen"] = 13, ["fourteen"] = 14, ["fifteen"] = 15, ["sixteen"] = 16, ["twenty"] = 20,
        ["first"] = 1, ["second"] = 2, ["third"] = 3, ["fourth"] = 4, ["fifth"] = 5, ["sixth"] = 6, ["seventh"] = 7, ["eighth"] = 8, ["ninth"] = 9, ["tenth"] = 10,
    };

    private static readonly HashSet<string> Ordinals = new(StringComparer.Ordinal)
    {
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last",
    };

    private static readonly HashSet<string> Cardinals = [.. Numbers.Keys.Where(w => !Ordinals.Contains(w))];

    private static readonly string[] WholeTime = ["so far", "in all", "end of", "later the same day", "since the start", "day and night", "evening"];

    /// <summary>"On the first day", "that day": words for whole days, which stop short of nothing.</summary>
    private static readonly HashSet<string> DayWords = new(StringComparer.Ordinal)
    {
        "day", "days", "on", "for", "of", "the", "that", "this", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "last", "whole", "in", "up", "to", "by", "end", "over",
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

    /// <summary>Words that say up to which batch a count goes, wherever they stand: "ten batches", "once the third batch".</summary>
    public static string? UpToWhich(string? batch, string? time) =>
        Phrases(batch, time).Where(IsOfBatches).Select(w => string.Join(' ', Parts(w).Where(p => Cardinals.Contains(p) || Ordinals.Contains(p) || p.All(char.IsAsciiDigit)))).FirstOrDefault(w => w.Length > 0);

    /// <summary>Words of time that stop short of the end of the time spoken of: "first 24 hours", "by early afternoon"; not "so far" or "by the end of the day".</summary>
    public static string? PartOfTheTime(string? batch, string? time) =>
        string.Join("; ", Phrases(batch, time).Where(w => !IsOfBatches(w) && !Parts(w).All(DayWords.Contains) && !WholeTime.Any(t => w.Contains(t, StringComparison.OrdinalIgnoreCase)))) is { Length: > 0 } words ? words : null;

    /// <summary>How many batches, or which one, in words from <see cref="UpToWhich"/>; null where they give no one number.</summary>
    public static int? NumberIn(string words)
    {
        var numbers = Parts(words).Select(p => Numbers.TryGetValue(p, out var n) ? n : int.TryParse(p, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var digits) ? digits : (int?)null).OfType<int>().Distinct().ToList();
        return numbers.Count == 1 ? numbers[0] : null;
    }

    /// <summary>"first batch", "third convoy", "convoy 4": one of a numbered series, which has nobody in common with another number of it.</summary>
    public static bool IsOneOfASeries(string words)
    {
        var parts = Parts(words);
        return parts.Length == 2 && parts.Any(Convoys.Contains) && parts.Any(p => Ordinals.Contains(p) || p.All(char.IsAsciiDigit));
    }

    private static bool IsOfBatches(string words) => Parts(words).Any(p => Convoys.Contains(p)) && Parts(words).Any(p => Cardinals.Contains(p) || Ordinals.Contains(p) || p.All(char.IsAsciiDigit));

    private static string[] Phrases(string? batch, string? time) => batch is null && time is null
        ? []
        : $"{batch};{time}".Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Slug(string words) => string.Join(
        '-',
        Parts(words).Where(p => !Articles.Contains(p) && p is not "after").Select(p => Convoys.Contains(p) ? "convoy" : Same.GetValueOrDefault(p, p)).Distinct(StringComparer.Ordinal));

    private static string[] Parts(string words) => Token.Slug(words).Split('-', StringSplitOptions.RemoveEmptyEntries);
}
