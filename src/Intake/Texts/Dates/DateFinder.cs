using Safeconduct.Intake.Lexicons;

namespace Safeconduct.Intake.Texts.Dates;

/// <summary>Finds dates in a text, in one pass. The words stand in the lexicon, sections <c>date-word</c>, <c>weekday</c> and <c>grammar</c>.</summary>
public static class DateFinder
{
    private const ulong Bits = (1UL << (int)Slot.DateWord) | (1UL << (int)Slot.Weekday);

    /// <param name="into">Cleared first; then the dates in the order of the text, none of which meets another.</param>
    public static void Find(Wording wording, Lexicon lexicon, List<DateMention> into)
    {
        ArgumentNullException.ThrowIfNull(wording);
        ArgumentNullException.ThrowIfNull(lexicon);
        ArgumentNullException.ThrowIfNull(into);
        into.Clear();
        var reader = new DateReader(wording, lexicon);
        var behind = 0;
        for (var at = 0; at < wording.Count;)
        {
            var next = at + 1;
            if (MayStart(wording, lexicon, at) && reader.TryRead(at, out var date, out next))
            {
                // Words before a date belong to it ("mid", "since"), but never to two.
                into.Add(date with { From = Math.Max(date.From, behind) });
                behind = next;
            }

            at = Math.Max(next, at + 1);
        }
    }

    private static bool MayStart(Wording wording, Lexicon lexicon, int at) =>
        wording[at].Kind is LexemeKind.Number || char.IsDigit(wording.Text[wording[at].Start])
        || (lexicon.SlotsOf(wording[at].Word) & Bits) != 0 && wording[at].Word > 0 || lexicon.NumberWord(wording[at].Word) > 0;
}
