namespace Safeconduct.Intake.Lexicons;

/// <summary>Numbers in digits and in words (section <c>number</c> of the lexicon): "2,934", "twenty-five", "two hundred and fifty", "1.5 million", "a dozen". Nothing about how they are meant.</summary>
public static class Numbers
{
    /// <summary>No number in words is longer; a longer run of them is none.</summary>
    private const int LongestInWords = 20;

    /// <summary>Above it a number is not multiplied, so that no text makes one too large to hold.</summary>
    private const decimal Greatest = 1_000_000_000_000m;

    /// <summary>Reads the number that starts at a lexeme; <paramref name="next"/> is the lexeme after it.</summary>
    public static bool TryRead(Wording wording, Lexicon lexicon, int at, out decimal value, out int next)
    {
        (value, next) = (0, at);
        if (at >= wording.Count || (wording[at].Kind is not LexemeKind.Number && lexicon.NumberWord(wording[at].Word) == 0 && !lexicon.IsArticle(wording[at].Word) && !lexicon.IsHalf(wording[at].Word)))
        {
            return false;
        }

        if (lexicon.IsHalf(wording[at].Word))
        {
            return Half(wording, lexicon, at, out value, out next);
        }

        var article = wording[at].Word != 0 && lexicon.IsArticle(wording[at].Word);
        var start = article ? at + 1 : at;
        if (article && !(start < wording.Count && lexicon.NumberWord(wording[start].Word) is 12 or >= 100))
        {
            return false;
        }

        decimal total = 0, current = article ? 1 : 0, last = decimal.MaxValue;
        for (next = start; next < wording.Count && next - start < LongestInWords; next++)
        {
            var lexeme = wording[next];
            if (lexeme.Kind is LexemeKind.Number && (next == start || IsFiguresBehindThousand(lexeme, last, wording, lexicon, next)))
            {
                (current, last) = (lexeme.Value, 1);
            }
            else if (lexeme.Kind is LexemeKind.Word && lexicon.NumberWord(lexeme.Word) is > 0 and var worth && total + current <= Greatest && Extends(wording, lexicon, worth, next, start, last))
            {
                (total, current) = worth switch
                {
                    >= 1_000 => (total + (Math.Max(current, 1) * worth), 0),
                    12 or 100 when next > start || article => (total, lexicon.AddsHundreds ? current + worth : Math.Max(current, 1) * worth),
                    _ => (total, current + worth),
                };
                last = worth is 12 && next > start ? 1 : worth;
            }
            else if (!(last is 100 && lexicon.IsAnd(lexeme.Word) && next + 1 < wording.Count && lexicon.NumberWord(wording[next + 1].Word) is > 0 and < 100))
            {
                break;
            }
        }

        if (next - start == 1 && next + 2 < wording.Count && HalfBehind(wording, lexicon, next, out var worthOf))
        {
            // "one and a half million"
            total = (current + 0.5m) * worthOf;
            (current, next) = (0, next + 4);
        }

        value = total + current;
        return next > start;
    }

    /// <summary>"half a million", "half a dozen"; half of anything else is a share and no number.</summary>
    private static bool Half(Wording wording, Lexicon lexicon, int at, out decimal value, out int next)
    {
        next = at + 1 < wording.Count && lexicon.IsArticle(wording[at + 1].Word) ? at + 2 : at + 1;
        value = next < wording.Count ? lexicon.NumberWord(wording[next].Word) / 2 : 0;
        var isScale = value is 6 or >= 50;
        next = isScale ? next + 1 : at;
        return isScale;
    }

    private static bool HalfBehind(Wording wording, Lexicon lexicon, int at, out decimal worth)
    {
        worth = 0;
        return at + 3 < wording.Count && lexicon.IsAnd(wording[at].Word) && lexicon.IsArticle(wording[at + 1].Word) && lexicon.IsHalf(wording[at + 2].Word)
            && (worth = lexicon.NumberWord(wording[at + 3].Word)) >= 1_000;
    }

    /// <summary>"3 bin 500": figures go on a number behind its thousands, where the language writes so.</summary>
    private static bool IsFiguresBehindThousand(Lexeme lexeme, decimal last, Wording wording, Lexicon lexicon, int at) =>
        last is 1_000 or 1_000_000 && lexicon.FiguresGoOn && lexeme.Value < last && decimal.Truncate(lexeme.Value) == lexeme.Value && lexeme.Value >= 100
        && !wording[at - 1].IsMark(',') && !lexicon.TryMatch(Slot.Month, wording, at + 1, out _);

    /// <summary>"twenty five" is one number and "seven two" is two: a word goes on a number only where it is of a smaller order, or multiplies it.</summary>
    private static bool Extends(Wording wording, Lexicon lexicon, decimal worth, int at, int start, decimal last)
    {
        if (at == start)
        {
            return true;
        }

        if (lexicon.UnitsFirst)
        {
            return UnitsFirst(wording, worth, at, last);
        }

        return (worth >= 100 && !(lexicon.AddsHundreds && worth < 1_000 && last < 1_000))
            || (worth is 12 && last < 12) || (worth < 10 && last is >= 20 and < 100) || (worth < 20 && lexicon.SixtyAndTen && last is 20 or 60)
            || (worth < 100 && last >= 100 && last < decimal.MaxValue) || (worth is 20 && last is 4 && lexicon.SixtyAndTen);
    }

    /// <summary>Arabic: what is added begins with "and" ("five and twenty", "hundred and five"); what multiplies does not.</summary>
    private static bool UnitsFirst(Wording wording, decimal worth, int at, decimal last)
    {
        var isAdded = wording.Of(at)[0] == '\u0648' && wording[at].End - wording[at].Start > 3;
        return isAdded ? (worth is >= 10 and < 100 && last < 10) || worth < last : worth >= 100 && (worth > last || last is 1);
    }
}
