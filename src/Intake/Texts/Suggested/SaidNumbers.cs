using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Intake.Texts.Suggested;

/// <summary>The numbers that words say, by the grammar that reads lists. What a model gives never becomes a number; it only points at one of these.</summary>
internal static class SaidNumbers
{
    /// <summary>Behind these another thought begins: in "1,300 left as buses came" nobody counts buses.</summary>
    private static readonly WordSet Ends = Lexicon.English.SetOf(
        "in", "on", "at", "from", "to", "by", "and", "or", "with", "had", "have", "has", "were", "was", "are", "is", "be", "been", "will", "who", "that", "which", "as", "since", "after", "before", "still", "out",
        "left", "leave", "sent", "reached", "arrived", "fled", "went", "came", "killed", "died");

    /// <summary>
    /// The stretch with the whole of every number that it touches: "300 people" out of "more than 300 people" would say less than the text does, in words that stand in it.
    /// </summary>
    public static Span Whole(string original, Span quote, Span sentence)
    {
        var whole = quote;
        var (wording, mentions) = Read(sentence.Of(original));
        foreach (var mention in mentions)
        {
            var words = WordsOf(wording, mention, sentence.Start);
            whole = mention.Use is MentionUse.Count && words.Meets(quote) ? new(Math.Min(whole.Start, words.Start), Math.Max(whole.End, words.End)) : whole;
        }

        return whole;
    }

    /// <summary>Every count that a quote says, read from the quote alone, where its sentence says the same of it.</summary>
    public static IReadOnlyList<SaidCount> In(string original, Span quote, Span sentence)
    {
        var (around, inSentence) = Read(sentence.Of(original));
        var bySpan = new Dictionary<Span, Bound?>();
        foreach (var mention in inSentence)
        {
            bySpan[WordsOf(around, mention, sentence.Start)] = BoundOf(mention);
        }

        var (wording, mentions) = Read(quote.Of(original));
        var counts = new List<SaidCount>();
        foreach (var mention in mentions.Where(m => m.Use is MentionUse.Count))
        {
            var words = WordsOf(wording, mention, quote.Start);
            if (BoundOf(mention) is { } bound && bySpan.TryGetValue(words, out var said) && said == bound && Counted(wording, mention.To) is { } counted)
            {
                counts.Add(new(bound, false, words, counted.Unit, counted.Category, mention.IsFurther));
            }
        }

        return counts;
    }

    /// <summary>The word "all" in a quote: a count without a number.</summary>
    public static SaidCount? All(string original, Span quote)
    {
        var wording = new Wording().Read(quote.Of(original), Lexicon.English);
        for (var at = 0; at < wording.Count; at++)
        {
            if (wording.Of(at).Equals("all", StringComparison.OrdinalIgnoreCase) && Counted(wording, at + 1) is { } counted)
            {
                return new(null, true, new(quote.Start + wording[at].Start, quote.Start + wording[at].End), counted.Unit, counted.Category);
            }
        }

        return null;
    }

    private static (Wording Wording, List<Mention> Mentions) Read(string text)
    {
        var wording = new Wording().Read(text, Lexicon.English);
        var mentions = new List<Mention>();
        Bounds.Find(wording, Lexicon.English, mentions);
        return (wording, mentions);
    }

    private static Span WordsOf(Wording wording, Mention mention, int from) => new(from + wording[mention.From].Start, from + wording[mention.To - 1].End);

    /// <summary>Null where the words contradict themselves ("fewer than none") or are no whole number.</summary>
    private static Bound? BoundOf(Mention mention)
    {
        try
        {
            return mention.AsBound();
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    /// <summary>Who or what is counted, by the words right behind the number; people where they do not say. Null where they name what is no unit of ours, such as shells.</summary>
    private static (Unit Unit, Category Category)? Counted(Wording wording, int at)
    {
        for (var look = at; look < Math.Min(at + 4, wording.Count) && wording[look].Kind is LexemeKind.Word && !Ends.Has(wording[look]); look++)
        {
            if (Lexicon.English.TryMatch(Slot.Vehicle, wording, look, out var noun) || Lexicon.English.TryMatch(Slot.Who, wording, look, out noun))
            {
                return CountedNoun.Of(noun.Rule);
            }

            if (wording.Of(look).Equals("tonnes", StringComparison.OrdinalIgnoreCase) || wording.Of(look).Equals("tons", StringComparison.OrdinalIgnoreCase))
            {
                return (Unit.Tonnes, Category.Whole);
            }

            if (Lexicon.English.TryMatch(Slot.OtherUnit, wording, look, out var other))
            {
                return other.Rule.Value is "violations" ? (Unit.Violations, Category.Whole) : null;
            }
        }

        return (Unit.People, Category.Everyone);
    }
}
