namespace Safeconduct.Intake.Lexicons;

/// <summary>Letters as words are looked up by: in small letters, without vowel signs, one form of each letter that is written in several. The text itself is never changed.</summary>
internal static class Letters
{
    /// <summary>What is written together with an Arabic word, in the order it stands: "and" or "so"; "by", "as" or "for"; the article.</summary>
    private const int Conjunction = 0;
    private const int Preposition = 1;
    private const int Article = 2;

    public static bool IsArabic(char c) => c is >= '\u0621' and <= '\u064A';

    public static string Folded(string word)
    {
        Span<char> folded = stackalloc char[word.Length];
        return new(folded[..Fold(word, folded)]);
    }

    /// <summary>How many characters it wrote; never more than the word has.</summary>
    public static int Fold(ReadOnlySpan<char> word, Span<char> into)
    {
        var length = 0;
        foreach (var c in word)
        {
            if (c is '\u00AD' or '\u0640' or (>= '\u064B' and <= '\u065F') or '\u0670')
            {
                continue;
            }

            into[length++] = c switch
            {
                '’' or '‘' or '\u02BC' or '\u02B9' or '′' => '\'',
                // Turkish has two letters i; under the invariant culture their capitals would part.
                'İ' or 'ı' => 'i',
                'ё' or 'Ё' => 'е',
                'أ' or 'إ' or 'آ' or 'ٱ' => 'ا',
                'ى' or 'ی' => 'ي',
                'ک' => 'ك',
                'ة' => 'ه',
                _ => char.ToLowerInvariant(c),
            };
        }

        return length;
    }

    /// <summary>Without the outermost of what is written together with the word, at or behind a step; the next step is told.</summary>
    public static ReadOnlySpan<char> WithoutClitic(ReadOnlySpan<char> word, int from, out int step)
    {
        step = from;
        if (step == Conjunction && word[0] is 'و' or 'ف')
        {
            return word[1..];
        }

        step = Math.Max(step, Preposition);
        if (step == Preposition && word.Length > 3 && word[0] == 'ل' && word[1] == 'ل')
        {
            step = Article;
            return word[2..];
        }

        if (step == Preposition && word.Length > 2 && word[0] is 'ب' or 'ك' or 'ل')
        {
            return word[1..];
        }

        step = Math.Max(step, Article);
        if (step == Article && word.Length > 3 && word[0] == 'ا' && word[1] == 'ل')
        {
            return word[2..];
        }

        step = Article + 1;
        return word;
    }
}
