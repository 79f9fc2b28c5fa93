using System.Runtime.CompilerServices;
using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts.Clauses;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;

namespace Safeconduct.Intake.Texts.Places;

/// <summary>A name of the gazetteer in a passage: its lexemes, end excluded, and every place that it may be.</summary>
internal readonly record struct PlaceFound(int From, int To, IReadOnlyList<PlaceId> Candidates);

/// <summary>
/// The names of a gazetteer by their first word, so that a passage is searched in one pass. The longest name wins; among places of one name none is chosen. A name is tried as it
/// stands, then without what its language adds to it (a case ending, an article, what Arabic writes together with it), then across alphabets by its consonants.
/// </summary>
internal sealed class PlaceIndex
{
    /// <summary>Shorter stems and consonants belong to too many words.</summary>
    private const int ShortestStem = 4;
    private const int FewestConsonants = 3;
    private const int LongestSuffix = 6;

    private static readonly ConditionalWeakTable<Gazetteer, PlaceIndex> Made = [];
    private static readonly string[] Endings = ["iami", "ami", "ugu", "igu", "umu", "imu", "uiu", "iah", "iam", "ui", "ii", "um", "im", "iu", "ia", "am", "ah", "ih", "uv", "iv", "a", "i", "u"];

    private readonly Dictionary<string, List<Name>> _full = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Name>> _stems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Name>> _consonantsOfArabic = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Name>> _consonantsOfOthers = new(StringComparer.Ordinal);

    private PlaceIndex(Gazetteer gazetteer)
    {
        foreach (var place in gazetteer.Places)
        {
            foreach (var name in (string?[])[place.Name, place.LocalName, .. place.Aliases ?? []])
            {
                Add(place.Id, name);
            }
        }
    }

    public static PlaceIndex Of(Gazetteer gazetteer) => Made.GetValue(gazetteer, g => new(g));

    /// <summary>Fills the list with the names in the passage, in its order.</summary>
    public void Find(Passage p, List<PlaceFound> found)
    {
        found.Clear();
        for (var at = 0; at < p.Count; at++)
        {
            if (!p.IsWord(at) || p[at].DateAt > 0)
            {
                continue;
            }

            var from = at;
            at = SkipArticle(p, at);
            if (Longest(p, at) is { } name && name.To > at && !IsOfOffice(p, name.To))
            {
                found.Add(name with { From = from });
                at = Math.Max(from, name.To - 1);
            }
            else
            {
                at = from;
            }
        }
    }

    private void Add(PlaceId id, string? name)
    {
        if (name is null)
        {
            return;
        }

        var words = WordsOf(name.Split(" (")[0]);
        if (words.Count == 0)
        {
            return;
        }

        var entry = new Name(id, [.. words.Select(Full)], [.. words.Select(w => Stem(Full(w)))], [.. words.Select(Consonants)]);
        if (entry.Full[0].Length == 0)
        {
            return;
        }

        Put(_full, entry.Full[0], entry);
        if (entry.Stems[0].Length >= ShortestStem)
        {
            Put(_stems, entry.Stems[0], entry);
        }

        if (entry.Consonants[0].Length >= FewestConsonants)
        {
            Put(Spelling.IsArabic(words[0]) ? _consonantsOfArabic : _consonantsOfOthers, entry.Consonants[0], entry);
        }
    }

    private static void Put(Dictionary<string, List<Name>> index, string key, Name entry) => (index.TryGetValue(key, out var list) ? list : index[key] = []).Add(entry);

    /// <summary>The words of a name without its articles: "al-Karama" and "Karama" are one.</summary>
    private static List<string> WordsOf(string name)
    {
        var words = new List<string>();
        var start = -1;
        for (var at = 0; at <= name.Length; at++)
        {
            var inside = at < name.Length && (char.IsLetterOrDigit(name[at]) || (start >= 0 && name[at] is '\'' or '’' or '‘' or 'ʿ' or 'ʾ' or '`') || char.GetUnicodeCategory(name[at]) is System.Globalization.UnicodeCategory.NonSpacingMark);
            if (inside)
            {
                start = start < 0 ? at : start;
            }
            else if (start >= 0)
            {
                var word = name[start..at];
                start = -1;
                if (!IsArticle(word) || at >= name.Length)
                {
                    words.Add(Spelling.IsArabic(word) ? WithoutArticle(word) : word);
                }
            }
        }

        return words;
    }

    private static bool IsArticle(ReadOnlySpan<char> word) => word.Equals("al", StringComparison.OrdinalIgnoreCase) || word.Equals("el", StringComparison.OrdinalIgnoreCase) || word.Equals("the", StringComparison.OrdinalIgnoreCase);

    private static string WithoutArticle(string word) => word.Length > 4 && word.StartsWith("ال", StringComparison.Ordinal) ? word[2..] : word;

    private static int SkipArticle(Passage p, int at) => at + 1 < p.Count && IsArticle(p.Text(at)) && p.IsWord(at + 1) ? at + 1 : at;

    private static string Full(string word)
    {
        Span<char> into = stackalloc char[2 * Spelling.Longest];
        return new(into[..Spelling.Full(word, into)]);
    }

    private static string Consonants(string word)
    {
        Span<char> into = stackalloc char[2 * Spelling.Longest];
        return new(into[..Spelling.Consonants(word, into)]);
    }

    private static string Stem(string full) => full.TrimEnd('a', 'i', 'u');

    private PlaceFound? Longest(Passage p, int at)
    {
        var word = p.Text(at);
        if (word.Length > Spelling.Longest)
        {
            return null;
        }

        var isArabic = Spelling.IsArabic(word);
        var isName = isArabic || p.IsCapital(at) || p.IsCapitals;
        Span<char> into = stackalloc char[2 * Spelling.Longest];
        ReadOnlySpan<char> full = into[..Spelling.Full(word, into)];
        if (full.IsEmpty)
        {
            return null;
        }

        if (Best(_full, full, p, at, isName) is { } exact)
        {
            return exact;
        }

        // "Karova's", "Karova'dan".
        if (word.IndexOfAny('\'', '’') is > 1 and var cut && word.Length - cut <= LongestSuffix)
        {
            Span<char> before = stackalloc char[2 * Spelling.Longest];
            if (Best(_full, before[..Spelling.Full(word[..cut], before)], p, at, isName) is { } without)
            {
                return without;
            }
        }

        if (isArabic)
        {
            return OfArabic(p, at, full);
        }

        if (!isName)
        {
            return null;
        }

        if (Spelling.IsCyrillic(word) && StemIn(full) is { Length: >= ShortestStem } stem && Best(_stems, stem, p, at, true) is { } inflected)
        {
            return inflected;
        }

        if (_consonantsOfArabic.Count == 0)
        {
            return null;
        }

        Span<char> bare = stackalloc char[2 * Spelling.Longest];
        return Best(_consonantsOfArabic, bare[..Spelling.Consonants(word, bare)], p, at, true);
    }

    /// <summary>Without "and", "in", "to" and the article that are written together with the word, one after another.</summary>
    private PlaceFound? OfArabic(Passage p, int at, ReadOnlySpan<char> word)
    {
        Span<char> bare = stackalloc char[2 * Spelling.Longest];
        for (var step = 0; step < 4 && word.Length > 2; step++)
        {
            // A place whose Arabic name the gazetteer lacks may be meant as well as one whose name it has.
            var (own, across) = (Best(_full, word, p, at, true), Best(_consonantsOfOthers, bare[..Spelling.Consonants(word, bare)], p, at, true));
            if (own is { } one && across is { } other && one.To == other.To)
            {
                return one with { Candidates = [.. one.Candidates.Union(other.Candidates).Order()] };
            }

            if ((own ?? across) is { } found)
            {
                return found;
            }

            word = Letters.WithoutClitic(word, step, out step);
        }

        return null;
    }

    private static ReadOnlySpan<char> StemIn(ReadOnlySpan<char> full)
    {
        foreach (var ending in Endings)
        {
            if (full.Length - ending.Length >= ShortestStem && full.EndsWith(ending, StringComparison.Ordinal))
            {
                return full[..^ending.Length];
            }
        }

        return full;
    }

    /// <summary>All places of the longest name that goes on here.</summary>
    private static PlaceFound? Best(Dictionary<string, List<Name>> index, ReadOnlySpan<char> key, Passage p, int at, bool isName)
    {
        if (key.IsEmpty || !index.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var names))
        {
            return null;
        }

        var (longest, most) = (-1, 0);
        var candidates = new List<PlaceId>();
        foreach (var name in names)
        {
            // A name of one small word is a word as any other.
            if ((name.Full.Length == 1 && !isName) || name.Full.Length < most || GoesOn(name, p, at + 1) is not (> 0 and var to))
            {
                continue;
            }

            if (name.Full.Length > most)
            {
                candidates.Clear();
            }

            (longest, most) = (to, name.Full.Length);
            if (!candidates.Contains(name.Id))
            {
                candidates.Add(name.Id);
            }
        }

        candidates.Sort();
        return longest < 0 ? null : new(at, longest, candidates);
    }

    /// <summary>Where the name ends, its further words standing from a place on; 0 where they do not.</summary>
    private static int GoesOn(Name name, Passage p, int at)
    {
        Span<char> into = stackalloc char[2 * Spelling.Longest];
        for (var i = 1; i < name.Full.Length; i++, at++)
        {
            at = at < p.Count ? SkipArticle(p, at) : at;
            if (at >= p.Count || !(p.IsWord(at) || p.Wording[at].Kind is LexemeKind.Number) || !Same(name, i, p.Text(at), into))
            {
                return 0;
            }
        }

        return at;
    }

    private static bool Same(Name name, int i, ReadOnlySpan<char> word, Span<char> into)
    {
        if (word.Length > Spelling.Longest)
        {
            return false;
        }

        ReadOnlySpan<char> full = into[..Spelling.Full(word, into)];
        if (full.SequenceEqual(name.Full[i]))
        {
            return true;
        }

        if (word.IndexOfAny('\'', '’') is > 1 and var cut && word.Length - cut <= LongestSuffix)
        {
            return Same(name, i, word[..cut], into);
        }

        if (Spelling.IsCyrillic(word))
        {
            return StemIn(full) is { Length: >= ShortestStem } stem && stem.SequenceEqual(name.Stems[i]);
        }

        if (!Spelling.IsArabic(word))
        {
            return false;
        }

        full = full.Length > 4 && full.StartsWith("ال", StringComparison.Ordinal) ? full[2..] : full;
        return full.SequenceEqual(name.Full[i]) || (name.Consonants[i].Length >= FewestConsonants && into[..Spelling.Consonants(full.ToString(), into)].SequenceEqual(name.Consonants[i]));
    }

    /// <summary>"Karova Health Directorate": an office called after the place.</summary>
    private static bool IsOfOffice(Passage p, int at)
    {
        for (var next = at; next < p.Count && next < at + 3 && p.IsWord(next) && p.IsCapital(next) && !p.IsCapitals; next++)
        {
            if (p[next].Noun is { Class: "office" })
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Name(PlaceId Id, string[] Full, string[] Stems, string[] Consonants);
}
