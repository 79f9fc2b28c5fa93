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
    public bool EndsSentence => Kind is LexemeKind.Mark && Word is -'.' or -';' or -'!' or -'?';
}

/// <summary>
/// A text cut into lexemes. The text itself is never changed: every reading points back into it. Hyphens join and are not lexemes, except between numbers
/// ("30-40"), so that "pro-government fighters" is three words. One instance may be read into again and again; it belongs to one reader.
/// </summary>
public sealed class Wording
{
    private readonly List<Lexeme> _lexemes = [];

    public string Text { get; private set; } = "";

    public int Count => _lexemes.Count;

    public Lexeme this[int at] => _lexemes[at];

    public ReadOnlySpan<char> Of(int at) => Text.AsSpan(_lexemes[at].Start, _lexemes[at].End - _lexemes[at].Start);

    /// <summary>The characters from one lexeme up to another (excluded), as they stand.</summary>
    public string Between(int from, int to) => from >= to ? "" : Text[_lexemes[from].Start.._lexemes[to - 1].End];

    public Wording Read(string text, Lexicon lexicon)
    {
        Text = text;
        _lexemes.Clear();
        for (var at = 0; at < text.Length;)
        {
            at = char.IsAsciiDigit(text[at]) ? Number(at, lexicon)
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
        }

        _lexemes.Add(new(LexemeKind.Word, start, at, lexicon.WordOf(Text.AsSpan(start, at - start)), 0));
        return at;
    }

    private bool InsideWord(int at) => Text[at] is '\'' or '’' && at + 1 < Text.Length && char.IsLetter(Text[at + 1]);

    private int Number(int start, Lexicon lexicon)
    {
        var at = start;
        decimal value = 0;
        while (at < Text.Length && at - start < 20 && (char.IsAsciiDigit(Text[at]) || MarksThousands(at)))
        {
            value = Text[at] == ',' ? value : (value * 10) + (Text[at] - '0');
            at++;
        }

        if (at + 2 < Text.Length && Text[at] == ':' && char.IsAsciiDigit(Text[at + 1]) && char.IsAsciiDigit(Text[at + 2]))
        {
            _lexemes.Add(new(LexemeKind.Clock, start, at + 3, 0, 0));
            return at + 3;
        }

        if (at + 1 < Text.Length && Text[at] == '.' && char.IsAsciiDigit(Text[at + 1]))
        {
            at++;
            for (var tenth = 0.1m; at < Text.Length && char.IsAsciiDigit(Text[at]) && tenth > 0.00001m; at++, tenth /= 10)
            {
                value += tenth * (Text[at] - '0');
            }
        }

        if (at < Text.Length && char.IsLetter(Text[at]))
        {
            return Word(start, at, lexicon);
        }

        _lexemes.Add(new(LexemeKind.Number, start, at, 0, value));
        return at;
    }

    /// <summary>A comma with exactly three digits behind it.</summary>
    private bool MarksThousands(int at) => Text[at] == ',' && at + 3 < Text.Length + 0
        && char.IsAsciiDigit(Text[at + 1]) && char.IsAsciiDigit(Text[at + 2]) && char.IsAsciiDigit(Text[at + 3])
        && (at + 4 >= Text.Length || !char.IsAsciiDigit(Text[at + 4]));

    private int Mark(int at)
    {
        var joins = Text[at] is '-' or '–' or '‑';
        if (!char.IsWhiteSpace(Text[at]) && (!joins || (at > 0 && char.IsAsciiDigit(Text[at - 1]) && at + 1 < Text.Length && char.IsAsciiDigit(Text[at + 1]))))
        {
            _lexemes.Add(new(LexemeKind.Mark, at, at + 1, joins ? -'-' : -Text[at], 0));
        }

        return at + 1;
    }
}
