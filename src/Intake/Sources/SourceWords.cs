using Safeconduct.Intake.Lexicons;

namespace Safeconduct.Intake.Sources;

/// <summary>A source as a list writes it, taken apart: who said it, and through whom, outermost first.</summary>
/// <param name="SaidBy">The innermost speaker's words: the president.</param>
/// <param name="RelayedBy">Those who passed it on, outermost first: the minister.</param>
/// <param name="Teller">Whom the list's source type describes: the one who passes on, or the one who is quoted by somebody else.</param>
public sealed record SpokenBy(string SaidBy, IReadOnlyList<string> RelayedBy, string Teller)
{
    private static readonly string[] Onward = [", relaying ", ", citing ", ", quoting ", " relaying ", " citing ", " quoting "];
    private static readonly string[] Backward = [", quoted by ", ", cited by ", " quoted by ", " cited by ", " obtained by ", " reported by ", " and seen by ", " seen by "];

    /// <summary>"X, relaying Y" is said by Y; "X quoted by Y" is said by X.</summary>
    public static SpokenBy Of(string source)
    {
        var text = source.Trim();
        if (First(text, Onward) is { } onward)
        {
            var inner = Of(text[onward.End..]);
            var teller = Trimmed(text[..onward.Start]);
            return new(inner.SaidBy, [teller, .. inner.RelayedBy], teller);
        }

        return First(text, Backward) is { } backward
            ? new(Trimmed(text[..backward.Start]), [.. Of(text[backward.End..]) is var by ? by.RelayedBy.Append(by.SaidBy).Reverse() : []], Trimmed(text[..backward.Start]))
            : new(Trimmed(text), [], Trimmed(text));
    }

    /// <summary>"The mayor" and "a radio reporter" without their article.</summary>
    private static string Trimmed(string name)
    {
        var text = name.Trim().TrimEnd(',');
        foreach (var article in (string[])["the ", "a ", "an ", "The "])
        {
            if (text.StartsWith(article, StringComparison.Ordinal) && text.Length > article.Length)
            {
                return text[article.Length..];
            }
        }

        return text;
    }

    private static (int Start, int End)? First(string text, string[] words)
    {
        (int Start, int End)? best = null;
        foreach (var word in words)
        {
            var at = text.IndexOf(word, StringComparison.Ordinal);
            if (at > 0 && (best is null || at < best.Value.Start))
            {
                best = (at, at + word.Length);
            }
        }

        return best;
    }
}

/// <summary>One speaker's words taken apart: "Lt Gen Petr Dane (Joint Staff)" is a name, and something in brackets.</summary>
/// <param name="Name">Outside the brackets, without a trailing remark ("to the Security Council", "on the parties").</param>
/// <param name="Bracket">Inside, or null.</param>
/// <param name="IsManner">The bracket says how it was said ("own voice", "unnamed"), not who.</param>
/// <param name="IsPerson">The name is a person's, as far as its words show.</param>
public sealed record NamedSource(string Name, string? Bracket, bool IsManner, bool IsPerson)
{
    public bool IsUnnamed => IsManner && Bracket is { } b && b.Contains("unnamed", StringComparison.OrdinalIgnoreCase);

    public static NamedSource Of(string words, Lexicon lexicon)
    {
        var open = words.IndexOf('(', StringComparison.Ordinal);
        var close = open < 0 ? -1 : words.IndexOf(')', open);
        var name = (open > 0 ? words[..open] : words).Trim();
        var bracket = open > 0 && close > open + 1 ? words[(open + 1)..close].Trim() : null;
        if (bracket is null && name.IndexOf(", on ", StringComparison.Ordinal) is var remark and > 0)
        {
            name = name[..remark];
        }

        var manner = bracket is not null && lexicon.TryMatch(Slot.Manner, new Wording().Read(bracket, lexicon), 0, out _);
        return new(name, bracket, manner, LooksLikeAPerson(name, lexicon));
    }

    /// <summary>The name without rank and form of address: one person spelled two ways is one.</summary>
    public static string WithoutTitle(string name, Lexicon lexicon)
    {
        var wording = new Wording().Read(name, lexicon);
        var at = 0;
        while (at < wording.Count - 1 && (lexicon.TryMatch(Slot.Title, wording, at, out _) || wording[at].IsMark('.')))
        {
            at++;
        }

        return at > 0 && at < wording.Count ? name[wording[at].Start..] : name;
    }

    /// <summary>Two to five words, all with capitals but for particles, none of them a word for an office.</summary>
    private static bool LooksLikeAPerson(string name, Lexicon lexicon)
    {
        var plain = WithoutTitle(name, lexicon);
        var parts = plain.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is < 2 or > 5 || !parts.All(IsNameLike) || parts.Any(IsAcronym))
        {
            return false;
        }

        var wording = new Wording().Read(plain, lexicon);
        return !Enumerable.Range(0, wording.Count).Any(at => lexicon.TryMatch(Slot.OfficeWord, wording, at, out _));
    }

    private static bool IsNameLike(string part) =>
        char.IsUpper(part[0]) || part is "bin" or "ibn" or "de" or "van" or "von" or "der" or "da" or "di" or "la" or "le"
        || part.StartsWith("al-", StringComparison.Ordinal) || part.StartsWith("el-", StringComparison.Ordinal) || part.StartsWith("d'", StringComparison.Ordinal);

    internal static bool IsAcronym(string part) => part.Length is >= 2 and <= 6 && part.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)) && char.IsAsciiLetterUpper(part[0]);
}
