using Safeconduct.Intake.Texts.Dates;

namespace Safeconduct.Intake.Lexicons;

/// <summary>What a lexeme is: a word, a number in digits, or a mark of punctuation.</summary>
public enum LexemeKind : byte
{
    Word,
    Number,

    /// <summary>A time of day, 07:00.</summary>
    Clock,

    /// <summary>Punctuation; the lexeme's word is the character, negated.</summary>
    Mark,
}

/// <summary>One word, number, time of day or punctuation mark of a text, by its place in it (UTF-16 characters, end excluded).</summary>
/// <param name="Word">The word's number in the lexicon; 0 where the lexicon does not have it.</param>
/// <param name="Value">The number, where it is one in digits.</param>
public readonly record struct Lexeme(LexemeKind Kind, int Start, int End, int Word, decimal Value)
{
    public bool IsMark(char mark) => Kind is LexemeKind.Mark && Word == -mark;

    /// <summary>Where a thought ends: nothing is read across it.</summary>
    public bool EndsSentence => Kind is LexemeKind.Mark && Word is -'.' or -';' or -'!' or -'?' or -'؟' or -'؛' or -'۔';
}

/// <summary>
/// A text cut into lexemes. The text itself is never changed: every reading points back into it. Hyphens join and are not lexemes, except between numbers
/// ("30-40"), so that "pro-government fighters" is three words. One instance may be read into again and again; it belongs to one reader.
/// </summary>
public sealed class Wording
{
    /// <summary>Digits of a number; a longer run is an identifier.</summary>
    private const int LongestNumber = 18;

    private readonly List<Lexeme> _lexemes = [];

    public string Text { get; private set; } = "";

    public int Count => _lexemes.Count;

    public Lexeme this[int at] => _lexemes[at];

    public ReadOnlySpan<char> Of(int at) => Text.AsSpan(_lexemes[at].Start, _lexemes[at].End - _lexemes[at].Start);

    /// <summary>The characters from one lexeme up to another (excluded), as they stand.</summary>
    public string Between(int from, int to) => from >= to ? "" : Text[_lexemes[from].Start.._lexemes[to - 1].End];

    /// <summary>Where numbers look the dates of the text up, so that "30 April" is no count.</summary>
    internal List<DateMention> Dates { get; } = [];

    /// <summary>A dash with spaces around it is no lexeme; it stands in the gap before one.</summary>
    public bool IsDashBefore(int at) => at > 0 && at < Count && _lexemes[at].Start - _lexemes[at - 1].End is > 0 and <= 5
        && Text.AsSpan(_lexemes[at - 1].End, _lexemes[at].Start - _lexemes[at - 1].End).Trim() is ['-'] or ['–'] or ['—'];

    public Wording Read(string text, Lexicon lexicon)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(lexicon);
        Text = text;
        _lexemes.Clear();
        for (var at = 0; at < text.Length;)
        {
            at = Digits.Is(text[at]) ? Number(at, lexicon)
                : char.IsLetter(text[at]) ? Word(at, at, lexicon)
                : Mark(at);
        }

        return this;
    }

    private int Word(int start, int at, Lexicon lexicon)
    {
        while (at < Text.Length && (char.IsLetterOrDigit(Text[at]) || InsideWord(at)))
        {
            at++;
            if (at - start < 10 && Text[at - 1] is '\'' or '’' && lexicon.Elides(Text.AsSpan(start, at - start)))
            {
                break;
            }
        }

        _lexemes.Add(new(LexemeKind.Word, start, at, lexicon.WordOf(Text.AsSpan(start, at - start)), 0));
        return at;
    }

    /// <summary>An apostrophe before a letter, a vowel sign, a soft hyphen.</summary>
    private bool InsideWord(int at) => Text[at] is '\'' or '’'
        ? at + 1 < Text.Length && char.IsLetter(Text[at + 1])
        : Text[at] is '\u00AD' || (Text[at] > '\u02FF' && char.GetUnicodeCategory(Text[at]) is System.Globalization.UnicodeCategory.NonSpacingMark);

    private int Number(int start, Lexicon lexicon)
    {
        var (at, digits, groups) = (start, 0, 0);
        decimal value = 0;
        while (at < Text.Length && (Digits.Is(Text[at]) || (digits > 0 && (groups > 0 || digits <= 3) && MarksThousands(start, at, groups, lexicon))))
        {
            if (Digits.Value(Text[at]) is >= 0 and var digit)
            {
                value = digits < LongestNumber ? (value * 10) + digit : value;
                digits++;
            }
            else
            {
                groups++;
            }

            at++;
        }

        if (digits > LongestNumber)
        {
            // No count is so long; the digits are a word that no lexicon has.
            _lexemes.Add(new(LexemeKind.Word, start, at, 0, 0));
            return at;
        }

        if (groups == 0 && at + 2 < Text.Length && Text[at] == ':' && Digits.Is(Text[at + 1]) && Digits.Is(Text[at + 2]))
        {
            _lexemes.Add(new(LexemeKind.Clock, start, at + 3, 0, 0));
            return at + 3;
        }

        var isWhole = !IsDecimal(at, lexicon);
        if (!isWhole)
        {
            at++;
            for (var tenth = 0.1m; at < Text.Length && Digits.Value(Text[at]) is >= 0 and var digit; at++, tenth /= 10)
            {
                value += tenth > 0.00001m ? tenth * digit : 0;
            }
        }

        if (lexicon.Figures.ApostropheEnding && at + 1 < Text.Length && Text[at] is '\'' or '’' && char.IsLetter(Text[at + 1]))
        {
            at++;
            while (at < Text.Length && char.IsLetter(Text[at]))
            {
                at++;
            }
        }
        else if (at < Text.Length && char.IsLetter(Text[at]))
        {
            if (ShortScale(at, isWhole) is not { } scale)
            {
                return Word(start, at, lexicon);
            }

            (value, at) = (value * scale.Worth, scale.To);
        }

        _lexemes.Add(new(LexemeKind.Number, start, at, 0, value));
        return at;
    }

    /// <summary>1.2m, 3bn, 20k, right behind the figures. A whole number of "m" may be metres and is no number here.</summary>
    private (decimal Worth, int To)? ShortScale(int at, bool isWhole)
    {
        var to = at;
        while (to < Text.Length && to - at < 4 && char.IsLetterOrDigit(Text[to]))
        {
            to++;
        }

        Span<char> lower = stackalloc char[to - at];
        Text.AsSpan(at, to - at).ToLowerInvariant(lower);
        return lower switch
        {
            "m" when !isWhole => (1_000_000, to),
            "mn" or "mln" => (1_000_000, to),
            "bn" => (1_000_000_000, to),
            "k" => (1_000, to),
            _ => null,
        };
    }

    /// <summary>A mark or space with exactly three digits behind it, as the language groups them.</summary>
    private bool MarksThousands(int start, int at, int groups, Lexicon lexicon)
    {
        var style = lexicon.Figures;
        var isMark = Text[at] switch
        {
            ',' => style.CommaThousands,
            '.' => style.DotThousands,
            ' ' or '\u00A0' or '\u202F' or '\u2009' => style.SpaceThousands && Digits.Value(Text[start]) > 0,
            '\u066C' => true,
            _ => false,
        };
        if (!isMark || at + 3 >= Text.Length || !Digits.Is(Text[at + 1]) || !Digits.Is(Text[at + 2]) || !Digits.Is(Text[at + 3]) || (at + 4 < Text.Length && Digits.Is(Text[at + 4])))
        {
            return false;
        }

        // "1,234 million" in a language of decimal commas has a fraction, and one with dots likewise.
        return groups > 0 || !(Text[at] is '.' or ',' && (style.CommaDecimal || style.DotThousands) && IsScale(at + 4, lexicon));
    }

    private bool IsScale(int at, Lexicon lexicon)
    {
        while (at < Text.Length && Text[at] is ' ' or '\u00A0' or '\u202F')
        {
            at++;
        }

        var to = at;
        while (to < Text.Length && to - at < 20 && char.IsLetter(Text[to]))
        {
            to++;
        }

        return lexicon.NumberWord(lexicon.WordOf(Text.AsSpan(at, to - at))) >= 1_000;
    }

    private bool IsDecimal(int at, Lexicon lexicon)
    {
        if (at + 1 >= Text.Length || !Digits.Is(Text[at + 1]))
        {
            return false;
        }

        if (Text[at] is '.' or '\u066B')
        {
            return true;
        }

        var digits = at + 1;
        while (digits < Text.Length && digits - at < 5 && Digits.Is(Text[digits]))
        {
            digits++;
        }

        return Text[at] is ',' && lexicon.Figures.CommaDecimal && (digits - at - 1 <= 2 || IsScale(digits, lexicon));
    }

    private int Mark(int at)
    {
        var joins = Text[at] is '-' or '–' or '‑';
        var isNothing = char.IsWhiteSpace(Text[at]) || char.GetUnicodeCategory(Text[at]) is System.Globalization.UnicodeCategory.Format;
        if (!isNothing && (!joins || (at > 0 && Digits.Is(Text[at - 1]) && at + 1 < Text.Length && Digits.Is(Text[at + 1]))))
        {
            _lexemes.Add(new(LexemeKind.Mark, at, at + 1, joins ? -'-' : -Text[at], 0));
        }

        return at + 1;
    }
}
