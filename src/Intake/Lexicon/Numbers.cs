namespace Safeconduct.Intake.Lexicons;

/// <summary>Numbers in digits and in words (section <c>number</c> of the lexicon): "2,934", "twenty-five", "two hundred and fifty", "1.5 million", "a dozen". Nothing about how they are meant.</summary>
public static class Numbers
{
    /// <summary>Reads the number that starts at a lexeme; <paramref name="next"/> is the lexeme after it.</summary>
    public static bool TryRead(Wording wording, Lexicon lexicon, int at, out decimal value, out int next)
    {
        (value, next) = (0, at);
        if (at >= wording.Count || (wording[at].Kind is not LexemeKind.Number && lexicon.NumberWord(wording[at].Word) == 0 && wording[at].Word != lexicon.Article))
        {
            return false;
        }

        var article = at < wording.Count && wording[at].Word != 0 && wording[at].Word == lexicon.Article;
        var start = article ? at + 1 : at;
        if (article && !(start < wording.Count && lexicon.NumberWord(wording[start].Word) is >= 12 and var scale && scale is 12 or >= 100))
        {
            return false;
        }

        decimal total = 0, current = article ? 1 : 0, last = decimal.MaxValue;
        for (next = start; next < wording.Count; next++)
        {
            var lexeme = wording[next];
            if (lexeme.Kind is LexemeKind.Number && next == start)
            {
                (current, last) = (lexeme.Value, 1);
            }
            else if (lexeme.Kind is LexemeKind.Word && lexicon.NumberWord(lexeme.Word) is > 0 and var worth && Extends(worth, next == start, last))
            {
                (total, current) = worth switch
                {
                    >= 1_000 => (total + (Math.Max(current, 1) * worth), 0),
                    12 or 100 when next > start || article => (total, Math.Max(current, 1) * worth),
                    _ => (total, current + worth),
                };
                last = worth is 12 && next > start ? 1 : worth;
            }
            else if (!(last is 100 && lexeme.Word == lexicon.And && next + 1 < wording.Count && lexicon.NumberWord(wording[next + 1].Word) is > 0 and < 100))
            {
                break;
            }
        }

        value = total + current;
        return next > start;
    }

    /// <summary>"twenty five" is one number and "seven two" is two: a word goes on a number only where it is of a smaller order, or multiplies it.</summary>
    private static bool Extends(decimal worth, bool first, decimal last) =>
        first || worth >= 100 || (worth is 12 && last < 12) || (worth < 10 && last is >= 20 and < 100) || (worth < 100 && last >= 100 && last < decimal.MaxValue);
}
