using System.Text.RegularExpressions;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;

namespace Safeconduct.Situation.Disputes;

/// <summary>
/// What the words of a statement say beyond its structure, where a reader needs no more than the words: who is let go and who is not, that all or none of a group is
/// meant, that a death is denied. It reads the neutral English sentence of the room, never the source's own language; where it does not recognise a phrase it concludes nothing.
/// </summary>
internal static class TermWords
{
    /// <summary>Groups that terms speak of, in the words they use for them.</summary>
    public static IReadOnlyList<(string Group, string Words)> Groups { get; } =
    [
        ("civilians", "civilians?|civilian-population"),
        ("fighters", "fighters?|combatants?|gunmen|militants?|armed-men|soldiers?|troops|servicemen"),
        ("wounded", "wounded(?:-people|-persons|-and-sick)?|injured(?:-people)?|patients?|sick(?:-and-wounded)?"),
        ("women", "women"),
        ("children", "children|minors"),
        ("detainees", "detainees?|prisoners?|captives?|hostages?"),
        ("families", "families|relatives"),
    ];

    private static readonly Regex[] Only = Patterns("-(?:only|just|solely)-(?:for-)?(?:the-)?(?:{0})-", "-(?:{0})-(?:only|alone)-", "-nobody-but-(?:the-)?(?:{0})-", "-no-one-but-(?:the-)?(?:{0})-");

    private static readonly Regex[] For = Patterns("-(?:is|was|are|were|arrangement|deal|agreement|accord)-for-(?:the-)?(?:{0})-");

    /// <summary>"For fighters and civilians": not for the first alone.</summary>
    private static readonly Regex[] ForMore = Patterns("-for-(?:the-)?(?:{0})-(?:or|as-well|and-(?:the-)?(?:civilians?|fighters?|wounded|women|children|families|relatives|their|others?))-");

    private static readonly Regex[] Left = Patterns(
        "-(?:no|not|excluding|except|without|bars|barred|excludes|excluded)-(?:the-)?(?:{0})-",
        "-(?:{0})-(?:had|have|has)-no-(?:need|right|permission|reason)-to-(?:go|leave|depart)-",
        "-(?:{0})-need-not-(?:go|leave|depart)-",
        "-(?:{0})-(?:would|will|may|might|can|could|must|shall|are|were|do|did)-not-(?:be-)?(?:go|going|leave|leaving|depart|included|covered|allowed|permitted|evacuated)-",
        "-(?:{0})-(?:would|will|must|shall|were-to|are-to)-(?:stay|remain)-",
        "-(?:{0})-(?:are|were|is|was)-(?:excluded|barred|left-out)-");

    private static readonly Regex[] Named = Patterns("-(?:{0})-");

    /// <summary>The neutral sentence, the matter and what is owed, as one line of words with a hyphen before and after each.</summary>
    public static string Of(Statement statement)
    {
        var owed = statement.Claims().OfType<Claim.Owes>().Select(o => o.What).FirstOrDefault();
        return $"-{Token.Slug(owed ?? "")}--{Token.Slug(statement.Paraphrase ?? statement.Words?.Text ?? "")}-";
    }

    /// <summary>Groups that the words let go to the exclusion of others.</summary>
    public static IEnumerable<string> OnlyFor(string words) =>
        Groups.Select(g => g.Group).Where((_, i) => Only[i].IsMatch(words) || (For[i].IsMatch(words) && !ForMore[i].IsMatch(words)));

    /// <summary>Groups that the words leave out.</summary>
    public static IEnumerable<string> Without(string words) => Matching(Left, words);

    public static IEnumerable<string> Mentioned(string words) => Matching(Named, words);

    public static bool SpeaksOfLeaving(string words) => Leaving.IsMatch(words);

    public static bool DeniesDeath(string words) => NoDeath.IsMatch(words);

    /// <summary>The group that "all" of those counted are said to be: "called them all fighters and families".</summary>
    public static string? AllAre(string words) => AllOf.Match(words) is { Success: true } all ? Mentioned($"-{all.Groups[1].Value}-").FirstOrDefault() : null;

    /// <summary>The group whose last members are said to be going or gone, or all of whom are said to be out; null where none is.</summary>
    public static string? LastOf(string words)
    {
        var match = LastGoing.Match(words);
        return match.Success ? Mentioned($"-{match.Groups[1].Value}{match.Groups[2].Value}-").FirstOrDefault() ?? "people" : null;
    }

    /// <summary>More ground said to be newly taken.</summary>
    public static bool SaysTaken(string words) => Taken.IsMatch(words);

    /// <summary>A share, a step or one day of a plan, not all of it.</summary>
    public static bool SpeaksOfAShare(string words) => Share.IsMatch(words);

    public static bool SpeaksOfPermission(string words) => Permission.IsMatch(words);

    /// <summary>"Start of the truce", "planned start of departures": what it is that begins; null where the words speak of no start.</summary>
    public static string? StartOf(string words) => !Start.IsMatch(words) ? null
        : Truce.IsMatch(words) ? "truce" : Departures.IsMatch(words) ? "departures" : null;

    /// <summary>The day of the month whose departures a total says it adds to earlier ones: "adding 15,000 on the 19th to earlier departures".</summary>
    public static int? DayAdded(string words) => Added.Match(words) is { Success: true } added ? int.Parse(added.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>The words say that some are counted in whom others leave out: bodies with people, crew with passengers.</summary>
    public static bool CountsOthersIn(string words) => CountedIn.IsMatch(words);

    /// <summary>The same words but for articles and prepositions: "the first day", "on the first day".</summary>
    public static bool AreOnePhrase(string? one, string? other) => one is null || other is null ? one == other : Bare(one).SequenceEqual(Bare(other), StringComparer.Ordinal);

    private static IEnumerable<string> Bare(string words) => Token.Slug(words).Split('-').Where(w => w is not ("the" or "on" or "in" or "of" or "by" or "at" or "a" or "an" or "for" or "to" or "up" or "as"));

    public static bool SpeaksOfAList(string words) => List.IsMatch(words);

    public static bool SaysPartOfTheDeal(string words) => PartOfDeal.IsMatch(words);

    private static Regex[] Patterns(params string[] forms) =>
    [
        .. Groups.Select(g => Words(string.Join('|', forms.Select(f => f.Replace("{0}", g.Words, StringComparison.Ordinal))))),
    ];

    /// <summary>Without backtracking: no wording can make it slow.</summary>
    private static Regex Words(string pattern) => new(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static IEnumerable<string> Matching(Regex[] patterns, string words) => Groups.Select(g => g.Group).Where((_, i) => patterns[i].IsMatch(words));

    private static readonly Regex Leaving = Words("-(?:leave|leaves|leaving|left|go|goes|going|gone|out|depart|departs|departed|departures|evacuated|evacuation|moved|transferred|bused|strands|released?|release|freed|exchanged?|exchange|swap|swapped|handed|covers|covered)-");

    private static readonly Regex NoDeath = Words("-(?:reports?|news|claims?|accounts?|talk)-of-(?:a-|any-|the-)?(?:deaths?|killings?|fatalit(?:y|ies)|dead)-(?:was|were|is|are)-(?:wrong|false|untrue|mistaken|not-true|denied)-|-(?:denied|rejected|dismissed)-(?:the-|any-)?(?:reports?|claims?|accounts?)-of-(?:a-|any-)?(?:deaths?|killings?)-|-(?:no-one|nobody|none)-(?:was-|were-|had-been-|has-been-)?(?:killed|died|dead)-|-no-(?:deaths|fatalities)-");

    private static readonly Regex AllOf = Words("-(?:them-all|all-of-them(?:-were)?|were-all|are-all|all-were|all-of-whom-were|consisted-only-of)-((?:[a-z]+-){1,3})");

    private static readonly Regex LastGoing = Words("-last-(?:of-the-)?(fighters|civilians|wounded|patients|people|residents|families|women|children)-(?:(?:had|have|were|are|was|would|to)-)*(?:going|gone|go|left|leave|leaving|out|departed|evacuated)-|-(?:all|every)-(?:of-)?(?:the-)?(?:[0-9]+-)?(fighters?|civilians?|wounded|patients?|people|residents?|families|women|children)-(?:[a-z]+-){0,7}(?:(?:had|has|have|were|are|was|been)-)+(?:gone|left|out|departed|evacuated)-|-every(?:one|body)-(?:[a-z]+-){0,8}(?:(?:had|has|have|were|was|been|is|are)-)+(?:gone|left|out|departed|evacuated)-");

    private static readonly Regex Taken = Words("-(?:took|taken|takes|captured|seized|retook|retaken|advanced|stormed)-");

    private static readonly Regex Share = Words("-(?:first|second|third|next|later|step|steps|stage|stages|phase|batch|batches|half|convoy|group|that-day|in-the-day|during-the-day|today|day)-");

    private static readonly Regex Permission = Words("-(?:allow|allows|allowed|let|lets|permit|permits|permitted)-");

    private static readonly Regex Added = Words("-(?:adding|added|adds|plus)-(?:[a-z0-9]+-){0,6}on-(?:the-)?([0-9]{1,2})(?:st|nd|rd|th)-");

    private static readonly Regex CountedIn = Words("-(?:bodies|dead|staff|crew|crews|drivers|escorts|guards)-(?:are-|were-)?(?:counted-in|included)-|-counts?-(?:the-)?(?:bodies|dead|staff|crew|crews|drivers|escorts|guards)-|-people-and-bodies-|-counting-(?:the-)?(?:bodies|dead|staff|crew|crews|drivers|escorts|guards)-");

    private static readonly Regex List = Words("-(?:list|lists|names|named|registered|register)-");

    private static readonly Regex Start = Words("-(?:start|starts|started|starting|begin|begins|began|beginning|onset|set-for|set-to)-");

    private static readonly Regex Truce = Words("-(?:truce|ceasefire|cease-fire|armistice)-");

    private static readonly Regex Departures = Words("-(?:departures?|evacuations?|convoys?|movement|exit|exchange|swap|releases?)-");

    private static readonly Regex PartOfDeal = Words("-(?:part-of|in|included-in|covered-by|within|belong-to)-(?:the-|this-|any-)?(?:deal|agreement|accord|arrangement|truce)-");
}
