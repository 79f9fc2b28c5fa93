using System.Globalization;
using System.Text;
using Safeconduct.Intake.Texts.Proposals;

namespace Safeconduct.Intake.Texts.Suggested;

/// <summary>Where words stand in a text: whole, character by character, or with nothing but white space and the form of quotation marks changed.</summary>
internal sealed class StandsIn(string original)
{
    /// <summary>How far a sentence is looked for on each side: a text without full stops must not become one sentence for every claim.</summary>
    private const int LongestReach = 1_000;

    /// <summary>Words that stand more often than this single out nothing.</summary>
    public const int MostPlaces = 10_000;

    private readonly Lazy<Folded> _folded = new(() => new Folded(original));

    public string Original => original;

    /// <summary>Every place where the words stand whole. Where they stand exactly, looser places are not looked for.</summary>
    /// <param name="isExact">False where the places were found with white space or quotation marks changed.</param>
    /// <param name="isCut">True where the words stand only inside longer words or numbers.</param>
    public IReadOnlyList<Span> Of(string words, out bool isExact, out bool isCut)
    {
        var places = new List<Span>();
        isExact = true;
        isCut = false;
        if (words.Length == 0)
        {
            return places;
        }

        Look(original, words, (at, length) => new(at, at + length), places, ref isCut);
        if (places.Count == 0 && !isCut)
        {
            isExact = false;
            var folded = _folded.Value;
            Look(folded.Text, Folded.Of(words), folded.Back, places, ref isCut);
        }

        return places;
    }

    /// <summary>The place nearest to another: within a stretch if there is one there, then behind the fewest characters.</summary>
    public Span? Nearest(string words, Span to)
    {
        Span? nearest = null;
        foreach (var place in Of(words, out _, out _))
        {
            nearest = nearest is { } n && Distance(n, to) <= Distance(place, to) ? n : place;
        }

        return nearest;
    }

    /// <summary>The sentence or sentences that a stretch lies in. Full stops behind one letter ("U.N.") end nothing; an empty line ends everything.</summary>
    public Span SentenceOf(Span stretch)
    {
        var (start, end) = (stretch.Start, stretch.End);
        while (start > 0 && stretch.Start - start < LongestReach && !IsBorder(start))
        {
            start--;
        }

        while (end < original.Length && end - stretch.End < LongestReach && !IsBorder(end))
        {
            end++;
        }

        return new(start, end);
    }

    public static int Distance(Span a, Span b) => a.Meets(b) ? 0 : a.End <= b.Start ? b.Start - a.End : a.Start - b.End;

    private static bool IsMark(char c) => c is '.' or '!' or '?' or '؟' or '。' or ';';

    /// <summary>True where one sentence is over and the next not begun.</summary>
    private bool IsBorder(int at)
    {
        if (original[at - 1] == '\n' && (at < 2 || original[at - 2] == '\n' || (original[at - 2] == '\r' && at > 2 && original[at - 3] == '\n')))
        {
            return true;
        }

        if (!char.IsWhiteSpace(original[at]))
        {
            return false;
        }

        var mark = at - 1;
        while (mark > 0 && original[mark] is '"' or '”' or '’' or '\'' or '»' or ')')
        {
            mark--;
        }

        var next = at;
        while (next < original.Length && char.IsWhiteSpace(original[next]))
        {
            next++;
        }

        return IsMark(original[mark]) && !(next < original.Length && char.IsLower(original[next]))
            && !(original[mark] == '.' && mark > 0 && char.IsLetter(original[mark - 1]) && (mark == 1 || !char.IsLetter(original[mark - 2])));
    }

    private void Look(string text, string words, Func<int, int, Span> back, List<Span> places, ref bool isCut)
    {
        var tries = 0;
        for (var at = text.IndexOf(words, StringComparison.Ordinal); at >= 0 && tries < MostPlaces; at = at + 1 < text.Length ? text.IndexOf(words, at + 1, StringComparison.Ordinal) : -1)
        {
            tries++;
            var place = back(at, words.Length);
            if (IsInside(place.Start) || IsInside(place.End))
            {
                isCut = true;
            }
            else
            {
                places.Add(place);
            }
        }

        isCut = isCut && places.Count == 0;
    }

    /// <summary>
    /// True where a border at this place would cut a word or a number in two: "300 left" is no quote of "1,300 left", and "government" none of "anti-government". Characters
    /// that are not seen are looked past, so that they can't hide what is cut.
    /// </summary>
    private bool IsInside(int at)
    {
        if (at <= 0 || at >= original.Length)
        {
            return false;
        }

        var (before, after) = (at - 1, at);
        while (before > 0 && IsUnseen(original[before]))
        {
            before--;
        }

        while (after < original.Length - 1 && IsUnseen(original[after]))
        {
            after++;
        }

        return (IsPart(original[before]) && IsPart(original[after]))
            || CharUnicodeInfo.GetUnicodeCategory(original[after]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            || Joins(before) || Joins(after);
    }

    private static bool IsPart(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c);

    private static bool IsUnseen(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Format;

    /// <summary>A mark or a gap that makes one word or number of what stands on both sides of it.</summary>
    private bool Joins(int at)
    {
        if (at <= 0 || at + 1 >= original.Length)
        {
            return false;
        }

        var (before, after) = (original[at - 1], original[at + 1]);
        var digits = char.IsDigit(before) && char.IsDigit(after);
        return original[at] switch
        {
            '-' or '‑' => IsPart(before) && IsPart(after),
            '.' or ',' or ':' or '\'' or '’' or '٬' or '٫' or '–' or '/' => digits,
            ' ' or '\u00a0' or '\u2009' or '\u202f' => digits && IsThousand(at + 1),
            _ => false,
        };
    }

    /// <summary>Exactly three digits: a gap before them may mark thousands, "1 300".</summary>
    private bool IsThousand(int at) => at + 2 < original.Length && char.IsDigit(original[at + 1]) && char.IsDigit(original[at + 2]) && (at + 3 >= original.Length || !char.IsDigit(original[at + 3]));

    /// <summary>A text with runs of white space as one space and quotation marks of one form, and the way back.</summary>
    private sealed class Folded
    {
        private readonly List<int> _from = [];

        public Folded(string text)
        {
            Text = Fold(text, _from);
            _from.Add(text.Length);
        }

        public string Text { get; }

        public static string Of(string words) => Fold(words, null);

        /// <summary>The stretch of the original; it ends behind its last character and not behind the white space that follows.</summary>
        public Span Back(int at, int length) => new(_from[at], _from[at + length - 1] + 1);

        private static string Fold(string text, List<int>? from)
        {
            var folded = new StringBuilder(text.Length);
            for (var i = 0; i < text.Length; i++)
            {
                var c = text[i] switch
                {
                    '‘' or '’' or '‚' or '‛' or '′' or '`' => '\'',
                    '“' or '”' or '„' or '‟' or '″' or '«' or '»' => '"',
                    var other when char.IsWhiteSpace(other) => ' ',
                    var other => other,
                };
                if (c == ' ' && folded.Length > 0 && folded[^1] == ' ')
                {
                    continue;
                }

                folded.Append(c);
                from?.Add(i);
            }

            return folded.ToString();
        }
    }
}
