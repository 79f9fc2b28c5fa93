using System.Collections.Frozen;
using Safeconduct.Intake.Lexicons;

namespace Safeconduct.Intake.Texts;

/// <summary>
/// Cuts a paragraph into sentences. A full stop ends one unless it belongs to an abbreviation or an initial; a closing quotation mark behind it belongs to the sentence it
/// closes. Where a long paragraph has lost its full stops, a capital on a word that begins sentences is taken for a start.
/// </summary>
internal static class Sentences
{
    private const int LongestWithoutStop = 60;

    private static readonly FrozenSet<string> Abbreviations = new[]
    {
        "mr", "mrs", "ms", "dr", "gen", "col", "lt", "maj", "sgt", "capt", "cpl", "st", "no", "vs", "jr", "sr", "rep", "sen", "gov", "adm", "brig", "rev", "prof", "cmdr", "pvt", "hon",
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "approx", "etc", "km", "inc", "ltd", "co", "art", "para", "г", "ул", "им", "млн", "тыс", "тис", "др", "mme", "mlle",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> IsAbbreviation = Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>();

    public static void Find(Passage passage)
    {
        var sentences = passage.Sentences;
        sentences.Clear();
        var from = 0;
        for (var at = 0; at < passage.Count; at++)
        {
            if (!Ends(passage, at) && !HasLostItsStop(passage, from, at))
            {
                continue;
            }

            var to = at + 1;
            while (to < passage.Count && ((passage.IsQuote(to) && Closes(passage, to)) || passage.IsMark(to, ')') || passage.IsMark(to, '’')))
            {
                to++;
            }

            sentences.Add(new(from, to));
            (from, at) = (to, to - 1);
        }

        if (from < passage.Count)
        {
            sentences.Add(new(from, passage.Count));
        }
    }

    /// <summary>A quotation mark that stands right behind what it closes.</summary>
    private static bool Closes(Passage passage, int at) => passage.Wording[at].Start == passage.Wording[at - 1].End && !passage.IsMark(at, '“') && !passage.IsMark(at, '«') && !passage.IsMark(at, '„');

    private static bool Ends(Passage passage, int at)
    {
        var lexeme = passage.Wording[at];
        if (lexeme.Kind is not LexemeKind.Mark)
        {
            return false;
        }

        switch (-lexeme.Word)
        {
            case '!' or '?' or '؟' or '…' when at + 1 >= passage.Count || passage.IsCapital(at + 1) || passage.IsQuote(at + 1):
            case ';':
                return true;
            case '.':
                break;
            default:
                return false;
        }

        if (at == 0 || at + 1 >= passage.Count)
        {
            return at + 1 >= passage.Count;
        }

        var (before, next) = (passage.Wording[at - 1], passage.Wording[at + 1]);
        var touches = next.Start == lexeme.End;
        if (before.Kind is LexemeKind.Word && before.End == lexeme.Start && (before.End - before.Start == 1 || IsAbbreviation.Contains(passage.Text(at - 1))) && !passage.IsQuote(at + 1))
        {
            // "U.S. forces", "Gen. X", "Aug. 21"; but "in the U.S. The" ends.
            return before.End - before.Start == 1 && !touches && !passage.IsCapitals && passage.IsCapital(at + 1) && passage[at + 1].Part is Part.Det or Part.Pronoun or Part.Prep;
        }

        if (touches && next.Kind is not LexemeKind.Mark)
        {
            return before.Kind is LexemeKind.Word && passage.IsCapital(at + 1) && !passage.IsCapitals && before.End - before.Start > 2 && passage.Wording[at + 1].End - next.Start > 1;
        }

        return next.Kind is not LexemeKind.Word || passage.IsCapital(at + 1) || passage.IsCapitals || !HasCase(passage, at + 1);
    }

    private static bool HasCase(Passage passage, int at) => char.IsUpper(passage.Text(at)[0]) || char.IsLower(passage.Text(at)[0]);

    private static bool HasLostItsStop(Passage passage, int from, int at)
    {
        if (at + 2 >= passage.Count || passage.IsCapitals || at - from < 4 || !passage.IsWord(at) || passage.IsCapital(at) || !passage.IsCapital(at + 1) || !LacksStops(passage, from))
        {
            return false;
        }

        return passage[at + 1].Part is Part.Det or Part.Pronoun or Part.Prep or Part.Sub or Part.But or Part.There && passage[at].Part is Part.None or Part.Adverb;
    }

    private static bool LacksStops(Passage passage, int from)
    {
        for (var at = from; at < Math.Min(passage.Count, from + LongestWithoutStop); at++)
        {
            if (Ends(passage, at) && at + 1 < passage.Count)
            {
                return false;
            }
        }

        return passage.Count > 25;
    }
}
