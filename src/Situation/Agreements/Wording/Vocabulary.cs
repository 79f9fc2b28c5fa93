using NodaTime;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Agreements.Wording;

/// <summary>Every word that the language knows. The page is <c>formats/agreement.md</c>; an editor's colouring is held to this list.</summary>
public static class Vocabulary
{
    /// <summary>Nouns of occurrences with what prose calls one of them and several.</summary>
    internal static readonly IReadOnlyDictionary<string, (string One, string Many)> NounWords = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["departure"] = ("departure", "departures"),
        ["crossing"] = ("crossing", "crossings"),
        ["arrival"] = ("arrival", "arrivals"),
        ["fire"] = ("fire", "fire"),
        ["harm"] = ("harm to people", "harm to people"),
        ["burning"] = ("burning of vehicles", "burning of vehicles"),
        ["detention"] = ("detention", "detentions"),
        ["looting"] = ("looting", "looting"),
        ["threat"] = ("threat", "threats"),
        ["weapons-found"] = ("finding of weapons", "findings of weapons"),
        ["obstruction"] = ("obstruction", "obstructions"),
        ["turned-back"] = ("turning back", "turnings back"),
        ["held"] = ("holding up", "holdings up"),
        ["refused"] = ("refusal", "refusals"),
        ["blocked"] = ("blocking", "blockings"),
        ["delayed"] = ("delay", "delays"),
        ["suspension"] = ("suspension", "suspensions"),
        ["resumption"] = ("resumption", "resumptions"),
        ["completion"] = ("completion", "completions"),
        ["postponement"] = ("postponement", "postponements"),
        ["notice"] = ("notice", "notices"),
        ["release"] = ("release", "releases"),
        ["delivery"] = ("delivery", "deliveries"),
        ["access"] = ("granting of access", "grantings of access"),
        ["monitoring"] = ("presence of monitors", "presence of monitors"),
    };

    /// <summary>Words of plain English that an agreement uses and no report of an event can show.</summary>
    internal static readonly IReadOnlySet<string> NotObservable = new HashSet<string>(StringComparer.Ordinal)
    {
        "respect", "spirit", "dignity", "goodwill", "good", "faith", "honour", "humanity", "humane", "cooperation", "cooperate", "trust", "restraint", "restrain", "calm", "confidence",
        "ensure", "protect", "protection", "facilitate", "intention", "intent", "will", "willingness", "seriousness", "commitment", "commit", "refrain", "promote", "support", "fairness", "justice",
        "peace", "security", "safety", "stability", "friendship", "tolerance", "reconciliation", "provocation", "escalation", "hostility", "propaganda", "incitement",
    };

    private static readonly (string Many, string One)[] Singulars =
        [("people", "person"), ("civilians", "civilian"), ("fighters", "fighter"), ("women", "woman"), ("men", "man"), ("girls", "girl"), ("boys", "boy"), ("children", "child"), ("detainees", "detainee"), ("bodies", "body"), ("buses", "bus"), ("ambulances", "ambulance"), ("vehicles", "vehicle"), ("trucks", "truck"), ("tonnes", "tonne")];

    /// <summary>Words of the grammar itself.</summary>
    public static IReadOnlyList<string> Keywords { get; } =
    [
        "access", "according", "account", "after", "agreement", "all", "amends", "and", "anywhere", "are", "arrive", "arrives", "asked", "at", "batch", "bears", "between", "binds", "by", "cent",
        "clock", "complete", "completion", "delivered", "denied", "departures", "each", "end", "events", "everyone", "exceed", "exceeds", "first", "for", "force", "from", "guarantors", "half", "if", "in", "is",
        "it", "kept", "last", "leads", "least", "leave", "leaves", "most", "never", "nobody", "not", "observable", "of", "on", "one", "only", "or", "other", "parties", "pass", "passage",
        "passes", "people", "per", "places", "preceded", "present", "quarter", "quarters", "received", "released", "replaces", "rival", "run", "safe", "same", "says", "speaks", "stated", "step", "stops",
        "suspended", "term", "that", "the", "third", "thirds", "three", "through", "to", "two", "unless", "until", "version", "via", "while", "who", "with", "within",
    ];

    /// <summary>Nouns of occurrences.</summary>
    public static IReadOnlyList<string> Nouns { get; } = [.. NounWords.Keys];

    /// <summary>Units of spans, singular and plural.</summary>
    public static IReadOnlyList<string> Units { get; } = ["second", "seconds", "minute", "minutes", "hour", "hours", "day", "days"];

    /// <summary>Who or what is counted: the page's short names, then those of <c>formats/statement.md</c>.</summary>
    public static IReadOnlyList<string> Categories { get; } =
    [
        "people", "civilians", "fighters", "women", "men", "girls", "boys", "children", "wounded", "detainees", "bodies", "staff", "buses", "ambulances", "vehicles", "trucks", "tonnes",
        .. Category.Named.Select(n => n.Slug).Where(s => s.Contains('-', StringComparison.Ordinal) && s != "all-vehicles").Distinct(StringComparer.Ordinal),
    ];

    private static readonly Dictionary<string, string> CategoryByWord = Categories.Select(c => (c, c)).Concat(Singulars.Select(s => (s.One, s.Many))).ToDictionary(p => p.Item1, p => p.Item2, StringComparer.Ordinal);

    internal static readonly IReadOnlySet<string> Reserved = Keywords.Concat(Nouns).Concat(Units).Concat(CategoryByWord.Keys).ToHashSet(StringComparer.Ordinal);

    internal static readonly (string Words, Counting Counting)[] Measures =
    [
        ("leave", Counting.Leave), ("leaves", Counting.Leave), ("arrive in", Counting.ArriveIn), ("arrives in", Counting.ArriveIn), ("pass", Counting.Pass), ("passes", Counting.Pass),
        ("are received in", Counting.AreReceivedIn), ("is received in", Counting.AreReceivedIn), ("are released from", Counting.AreReleasedFrom), ("is released from", Counting.AreReleasedFrom),
        ("are present at", Counting.ArePresentAt), ("is present at", Counting.ArePresentAt), ("are delivered to", Counting.AreDeliveredTo), ("is delivered to", Counting.AreDeliveredTo),
    ];

    internal static bool CategoryIs(string word) => CategoryByWord.ContainsKey(word);

    internal static string? CategoryOf(string word) => CategoryByWord.GetValueOrDefault(word);

    internal static bool IsThing(string category) => category is "bodies" or "buses" or "ambulances" or "vehicles" or "trucks" or "tonnes" || category.StartsWith("buses", StringComparison.Ordinal);

    internal static string CategoryWord(string category, bool one) => one && Singulars.FirstOrDefault(s => s.Many == category).One is { } single ? single : category;

    internal static string MeasureOf(Counting counting, bool one) => Measures.First(m => m.Counting == counting && IsSingular(m.Words) == one).Words;

    /// <summary>Small letters, digits and hyphens, beginning with a letter.</summary>
    internal static bool IsName(string text) =>
        text.Length is > 0 and <= 80 && char.IsAsciiLetterLower(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && !text.Contains("--", StringComparison.Ordinal);

    /// <summary>A name that no word of the language is: it needs no quotes.</summary>
    internal static bool IsPlainName(string text) => IsName(text) && !Reserved.Contains(text);

    internal static Duration? UnitOf(string word) => word switch
    {
        "second" or "seconds" => Duration.FromSeconds(1),
        "minute" or "minutes" => Duration.FromMinutes(1),
        "hour" or "hours" => Duration.FromHours(1),
        "day" or "days" => Duration.FromDays(1),
        _ => null,
    };

    /// <summary>The nearest of the words by insertions, deletions, changes and swapped neighbours, where at most one in three letters differs; null where none is.</summary>
    internal static string? Near(string word, IEnumerable<string> words)
    {
        var most = Math.Min(2, word.Length / 3);
        string? best = null;
        var least = most + 1;
        foreach (var candidate in words)
        {
            if (Math.Abs(candidate.Length - word.Length) < least && candidate.Length <= 80 && Distance(word, candidate) is var d && d < least)
            {
                (best, least) = (candidate, d);
            }
        }

        return best;
    }

    private static bool IsSingular(string measure) => measure.StartsWith("is ", StringComparison.Ordinal) || measure is "leaves" or "passes" or "arrives in";

    private static int Distance(string a, string b)
    {
        var (before, above, row) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
        {
            above[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, above, row) = (above, row, before);
        }

        return above[b.Length];
    }
}
