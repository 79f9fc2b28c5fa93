using Safeconduct.Intake.Texts.Dates;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Intake.Lexicons;

/// <summary>Finds the numbers of a text and the words that bound them. The words stand in the lexicon, sections <c>bound</c>, <c>bound-after</c>, <c>vague</c> and others.</summary>
public static class Bounds
{
    private const ulong BoundBit = 1UL << (int)Slot.Bound;
    private const ulong VagueBit = 1UL << (int)Slot.Vague;
    private const ulong FurtherBit = 1UL << (int)Slot.FurtherBefore;

    /// <summary>"at least 12 people killed and 30 wounded": so many words may stand between two numbers that share what bounds them.</summary>
    private const int FarthestShare = 5;

    /// <param name="into">Cleared first; then the numbers in the order of the text.</param>
    public static void Find(Wording wording, Lexicon lexicon, List<Mention> into)
    {
        ArgumentNullException.ThrowIfNull(wording);
        ArgumentNullException.ThrowIfNull(lexicon);
        ArgumentNullException.ThrowIfNull(into);
        into.Clear();
        DateFinder.Find(wording, lexicon, wording.Dates);
        var uses = new NumberUse(wording, lexicon);
        (int From, int To, string Says, string More) words = (-1, -1, "", "");
        for (var at = 0; at < wording.Count;)
        {
            var starts = lexicon.SlotsOf(wording[at].Word);
            if ((starts & BoundBit) != 0 && lexicon.TryMatch(Slot.Bound, wording, at, out var bound) && !(Numbers.TryRead(wording, lexicon, at, out _, out var later) && later > bound.To))
            {
                if (Some(wording, lexicon, at, bound.To) is { } some)
                {
                    into.Add(some);
                }

                // One word of "over" before other words that bound is a place or a time: "clashes over at least 12 days".
                var goesOn = words.To == at && !(words.Says is "more-than" && words.To - words.From == 1);
                words = goesOn ? (words.From, bound.To, words.Says, bound.Rule.Value) : (at, bound.To, bound.Rule.Value, "");
                at = bound.To;
                continue;
            }

            // "at least another 20", "up to a further 20".
            if (words.To == at && Further(wording, lexicon, at, starts) is { } further)
            {
                words.To = at = further;
                continue;
            }

            var from = words.To == at ? words.From : at;
            var (says, more) = words.To == at ? (words.Says, words.More) : ("", "");
            if ((starts & VagueBit) != 0 && lexicon.TryMatch(Slot.Vague, wording, at, out var vague) && vague.Rule.Value != "some" && !IsBoundNumber(wording, lexicon, words.To == at, at, vague))
            {
                var low = VagueWords.Floors.TryGetValue(vague.Rule.Value, out var floor) ? (decimal?)floor : null;
                into.Add(new(from, at, vague.To, low, null, false, false, Approximation.None, vague.Rule.Value, uses.OfVague(vague.To), IsFurther(wording, lexicon, from, at, vague.To)));
                at = vague.To;
            }
            else if (Numbers.TryRead(wording, lexicon, at, out var number, out var next))
            {
                into.Add(Bounded(wording, lexicon, uses, from, at, ref next, number, says, more));
                at = next;
            }
            else
            {
                at++;
            }
        }

        Share(wording, lexicon, into);
    }

    /// <summary>"some civilians": at least one, where a noun that is counted follows at once. Before a number the word means "about".</summary>
    private static Mention? Some(Wording wording, Lexicon lexicon, int at, int to) =>
        lexicon.TryMatch(Slot.Vague, wording, at, out var vague) && vague.Rule.Value is "some" && NumberUse.IsCountedNoun(wording, lexicon, to)
            ? new(at, at, vague.To, 1, null, false, false, Approximation.None, vague.Rule.Value, MentionUse.Count, false)
            : null;

    /// <summary>"более сотни": behind a bound the word of a vague number is a number.</summary>
    private static bool IsBoundNumber(Wording wording, Lexicon lexicon, bool isBound, int at, Match vague) =>
        isBound && vague.To == at + 1 && Numbers.TryRead(wording, lexicon, at, out _, out _);

    private static int? Further(Wording wording, Lexicon lexicon, int at, ulong starts)
    {
        if ((starts & FurtherBit) != 0 && lexicon.TryMatch(Slot.FurtherBefore, wording, at, out var further))
        {
            return further.To;
        }

        return lexicon.IsArticle(wording[at].Word) && at + 1 < wording.Count && lexicon.TryMatch(Slot.FurtherBefore, wording, at + 1, out further) ? further.To : null;
    }

    private static Mention Bounded(Wording wording, Lexicon lexicon, NumberUse uses, int from, int at, ref int next, decimal number, string says, string more)
    {
        decimal? low = number, high = number;
        if (UpperEnd(wording, lexicon, at, next, number, says) is { } end)
        {
            (low, high, next) = end;
        }

        var after = lexicon.TryMatch(Slot.BoundAfter, wording, next, out var behind) ? behind.Rule.Value : "";
        var use = uses.Of(from, at, next, number);
        var isFurther = IsFurther(wording, lexicon, from, at, next);
        if (after.Length > 0)
        {
            next = behind.To;
        }
        else if (next < wording.Count && wording[next].IsMark('+') && wording[next].Start == wording[next - 1].End)
        {
            (after, next) = ("at-least", next + 1);
        }

        var mention = new Mention(from, at, next, low, high, false, false, Approximation.None, null, use, isFurther, IsInNoun: lexicon.IsDual(wording[at].Word));
        if (lexicon.IsAbout(wording[next - 1].Word) || (next - at > 1 && lexicon.IsAbout(wording[at + 1].Word)))
        {
            mention = mention with { Approximation = Approximation.EitherWay };
        }

        return Applied(Applied(Applied(mention, says), more), after);
    }

    /// <summary>Words that would leave no number at all ("up to 12 or more") say nothing together; the first of them stand.</summary>
    private static Mention Applied(Mention m, string says) => says switch
    {
        "more-than" or "at-least" when m.Low is null => m,
        "up-to" or "fewer-than" when m.High is null => m,
        "more-than" => m with { High = null, LowIsStrict = true },
        "at-least" => m with { High = null },
        "up-to" => m with { Low = null },
        "fewer-than" => m with { Low = null, HighIsStrict = true },
        "about" => m with { Approximation = Approximation.EitherWay },
        "nearly" => m with { Approximation = Approximation.Below },
        _ => m,
    };

    /// <summary>"3,000 to 5,000", "between 30 and 40", "three or four", "two to three thousand": the upper end must be the greater.</summary>
    private static (decimal Low, decimal High, int Next)? UpperEnd(Wording wording, Lexicon lexicon, int from, int at, decimal low, string says)
    {
        if (at >= wording.Count)
        {
            return null;
        }

        var joint = wording[at];
        var behind = at + 1;
        var joins = joint.IsMark('-') || lexicon.Joins(joint.Word) || (says == "between" && lexicon.IsAnd(joint.Word));
        if (!joins && wording.IsDashBefore(at))
        {
            (joins, behind) = (true, at);
        }

        if (!joins || !Numbers.TryRead(wording, lexicon, behind, out var high, out var next))
        {
            return null;
        }

        // "two to three thousand": the order of the upper end is the lower end's too, unless that has its own.
        var worth = lexicon.NumberWord(wording[next - 1].Word);
        if (worth >= 1_000 && low < 1_000 && high >= worth && lexicon.NumberWord(wording[at - 1].Word) < 1_000 && low * worth < high)
        {
            low *= worth;
        }

        return high > low && at > from ? (low, high, next) : null;
    }

    private static bool IsFurther(Wording wording, Lexicon lexicon, int from, int at, int next) =>
        lexicon.TryMatch(Slot.Further, wording, next, out _)
        || (from > 0 && lexicon.TryMatch(Slot.FurtherBefore, wording, from - 1, out _))
        || (at > 0 && at > from && lexicon.TryMatch(Slot.FurtherBefore, wording, at - 1, out _));

    /// <summary>Of the dead and the wounded, a number without words of its own takes those of the number before, where "and" or a comma joins the two in one phrase.</summary>
    private static void Share(Wording wording, Lexicon lexicon, List<Mention> mentions)
    {
        for (var i = 1; i < mentions.Count; i++)
        {
            var (before, m) = (mentions[i - 1], mentions[i]);
            if (m.Use is MentionUse.Count && before.Use is MentionUse.Measure && m.From - before.To == 1 && IsPlain(m) && lexicon.IsAnd(wording[before.To].Word))
            {
                // "the ages of 6 and 12"
                mentions[i] = m with { Use = MentionUse.Measure };
            }
            else if (m.Use is MentionUse.Count && before.Use is MentionUse.Count && IsPlain(m) && IsOneSided(before) && Joined(wording, lexicon, before.To, m))
            {
                mentions[i] = m with
                {
                    Low = before.Low is null ? null : m.Low,
                    High = before.High is null ? null : m.High,
                    LowIsStrict = before.LowIsStrict,
                    HighIsStrict = before.HighIsStrict && m.High > 0,
                    Approximation = before.Approximation,
                    IsShared = true,
                };
            }
        }
    }

    private static bool IsPlain(Mention m) => m.From == m.NumberAt && m.Low is not null && m.Low == m.High && m.VagueWord is null && m.Approximation is Approximation.None;

    private static bool IsOneSided(Mention m) => m.VagueWord is null && (m.From < m.NumberAt || m.IsShared) && (m.Low is null || m.High is null || (m.Low == m.High && m.Approximation is not Approximation.None));

    private static bool Joined(Wording wording, Lexicon lexicon, int from, Mention m)
    {
        if (m.From - from is < 2 or > FarthestShare + 1 || lexicon.TryMatch(Slot.PartAfter, wording, m.To, out _) || lexicon.TryMatch(Slot.PartAfter, wording, from, out _))
        {
            return false;
        }

        var joint = wording[m.From - 1];
        if (!joint.IsMark(',') && !joint.IsMark('،') && !lexicon.IsAnd(joint.Word))
        {
            return false;
        }

        var isHarm = false;
        for (var at = from; at < m.From - 1; at++)
        {
            if (wording[at].Kind is not LexemeKind.Word || lexicon.IsStop(wording[at].Word))
            {
                return false;
            }

            isHarm |= IsHarm(wording, lexicon, at);
        }

        // "over 4,500 fighters and 337 wounded" are two counts of two sorts, and only the first is "over".
        return isHarm && (IsHarm(wording, lexicon, m.To) || IsHarm(wording, lexicon, m.To + 1) || IsHarm(wording, lexicon, m.To + 2));
    }

    private static bool IsHarm(Wording wording, Lexicon lexicon, int at) =>
        (lexicon.TryMatch(Slot.Verb, wording, at, out var verb) && verb.Rule.Value.StartsWith("casualty.", StringComparison.Ordinal))
        || (lexicon.TryMatch(Slot.Noun, wording, at, out var noun) && (noun.Rule.Value.Contains("casualty", StringComparison.Ordinal) || noun.Rule.Value.EndsWith(" wounded", StringComparison.Ordinal)));
}
