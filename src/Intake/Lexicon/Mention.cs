using Safeconduct.Statements.Quantities;

namespace Safeconduct.Intake.Lexicons;

/// <summary>What a mention of a number is for.</summary>
public enum MentionUse : byte
{
    /// <summary>May count people, vehicles or anything else that the next words name.</summary>
    Count,

    /// <summary>Of hours, kilometres, per cent; its noun follows.</summary>
    Measure,

    /// <summary>Part of a date, a year, a clause or resolution number.</summary>
    Name,
}

/// <summary>A number in a text with the words that bound it: "more than 9,500", "between 30 and 40", "hundreds of". Positions are lexemes, end excluded.</summary>
/// <param name="From">Where the words that bound it start.</param>
/// <param name="NumberAt">Where the number itself starts.</param>
/// <param name="To">The lexeme after it.</param>
/// <param name="IsFurther">"eight more", "another eight": beside what was counted, never inside it.</param>
public readonly record struct Mention(
    int From,
    int NumberAt,
    int To,
    decimal? Low,
    decimal? High,
    bool LowIsStrict,
    bool HighIsStrict,
    Approximation Approximation,
    string? VagueWord,
    MentionUse Use,
    bool IsFurther)
{
    public bool Says(decimal? number) => number is not null && (Low == number || High == number);

    /// <summary>As a bound on a count; null where the number is no whole number.</summary>
    public Bound? AsBound() => Whole(Low) && Whole(High)
        ? Bound.Of((long?)Low, (long?)High, LowIsStrict, HighIsStrict, Approximation, VagueWord)
        : null;

    private static bool Whole(decimal? n) => n is null || (decimal.Truncate(n.Value) == n && n <= Bound.Greatest);
}

/// <summary>Finds the numbers of a text and the words that bound them. The words stand in the lexicon, sections <c>bound</c>, <c>bound-after</c>, <c>vague</c>.</summary>
public static class Bounds
{
    private const ulong BoundBit = 1UL << (int)Slot.Bound;
    private const ulong VagueBit = 1UL << (int)Slot.Vague;

    public static void Find(Wording wording, Lexicon lexicon, List<Mention> into)
    {
        into.Clear();
        (int From, int To, string Says, string More) words = (-1, -1, "", "");
        for (var at = 0; at < wording.Count;)
        {
            var starts = lexicon.SlotsOf(wording[at].Word);
            if ((starts & BoundBit) != 0 && lexicon.TryMatch(Slot.Bound, wording, at, out var bound) && !(Numbers.TryRead(wording, lexicon, at, out _, out var later) && later > bound.To))
            {
                words = words.To == at ? (words.From, bound.To, words.Says, bound.Rule.Value) : (at, bound.To, bound.Rule.Value, "");
                at = bound.To;
                continue;
            }

            var from = words.To == at ? words.From : at;
            var (says, more) = words.To == at ? (words.Says, words.More) : ("", "");
            if ((starts & VagueBit) != 0 && lexicon.TryMatch(Slot.Vague, wording, at, out var vague))
            {
                var low = VagueWords.Floors.TryGetValue(vague.Rule.Value, out var floor) ? (decimal?)floor : null;
                into.Add(new(from, at, vague.To, low, null, false, false, Approximation.None, vague.Rule.Value, MentionUse.Count, false));
                at = vague.To;
            }
            else if (Numbers.TryRead(wording, lexicon, at, out var number, out var next))
            {
                into.Add(Bounded(wording, lexicon, from, at, ref next, number, says, more));
                at = next;
            }
            else
            {
                at++;
            }
        }
    }

    private static Mention Bounded(Wording wording, Lexicon lexicon, int from, int at, ref int next, decimal number, string says, string more)
    {
        decimal? low = number, high = number;
        if (UpperEnd(wording, lexicon, next, number, says) is { } end)
        {
            (high, next) = end;
        }

        var after = lexicon.TryMatch(Slot.BoundAfter, wording, next, out var behind) ? behind.Rule.Value : "";
        var mention = new Mention(from, at, next, low, high, false, false, Approximation.None, null, UseOf(wording, lexicon, at, next, number), IsFurther(wording, lexicon, from, next));
        mention = Applied(Applied(Applied(mention, says), more), after);
        return mention;
    }

    private static Mention Applied(Mention m, string says) => says switch
    {
        "more-than" => m with { High = null, LowIsStrict = true },
        "at-least" => m with { High = null },
        "up-to" => m with { Low = null },
        "fewer-than" => m with { Low = null, HighIsStrict = true },
        "about" => m with { Approximation = Approximation.EitherWay },
        "nearly" => m with { Approximation = Approximation.Below },
        _ => m,
    };

    /// <summary>"3,000 to 5,000", "between 30 and 40", "three or four": the upper end must be the greater.</summary>
    private static (decimal High, int Next)? UpperEnd(Wording wording, Lexicon lexicon, int at, decimal low, string says)
    {
        if (at + 1 >= wording.Count)
        {
            return null;
        }

        var joint = wording[at];
        var joins = joint.IsMark('-') || lexicon.Is(joint.Word, "to") || lexicon.Is(joint.Word, "or") || (says == "between" && lexicon.Is(joint.Word, "and"));
        return joins && Numbers.TryRead(wording, lexicon, at + 1, out var high, out var next) && high > low ? (high, next) : null;
    }

    private static bool IsFurther(Wording wording, Lexicon lexicon, int from, int next) =>
        lexicon.TryMatch(Slot.Further, wording, next, out _) || (from > 0 && lexicon.TryMatch(Slot.FurtherBefore, wording, from - 1, out _));

    private static MentionUse UseOf(Wording wording, Lexicon lexicon, int at, int next, decimal number)
    {
        if (at > 0 && (lexicon.TryMatch(Slot.Numbered, wording, at - 1, out _) || lexicon.TryMatch(Slot.Month, wording, at - 1, out _)))
        {
            return MentionUse.Name;
        }

        if (lexicon.TryMatch(Slot.Month, wording, next, out _) || (number is >= 1900 and <= 2100 && at > 0 && lexicon.TryMatch(Slot.BeforeYear, wording, at - 1, out _) && wording[at].End - wording[at].Start == 4))
        {
            return MentionUse.Name;
        }

        return lexicon.TryMatch(Slot.MeasureNoun, wording, next, out _) ? MentionUse.Measure : MentionUse.Count;
    }
}
