using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts.Clauses;

namespace Safeconduct.Intake.Texts.Kinds;

/// <summary>What a stretch of words is about: the noun that heads its first phrase, by its place.</summary>
internal static class NounPhrase
{
    /// <summary>The head of the first phrase: the last known noun before a preposition, a comma or a verb; of "one of the roads" that of the roads. Null where no noun is known.</summary>
    public static NounWord? Head(Passage p, Stretch s) => HeadAt(p, s) is >= 0 and var at ? p[at].Noun : null;

    public static int HeadAt(Passage p, Stretch s)
    {
        var head = -1;
        for (var at = s.From; at < s.To; at++)
        {
            if (p[at].NumberAt > 0)
            {
                continue;
            }

            if (p[at].Noun is not null && p[at].NounTo <= s.To && !(p[at].Part is Part.Det) && !(p[at].Verb is not null && at > 0 && p[at - 1].Part is Part.To))
            {
                if (head >= 0 && p.Words.Language is "ru" or "uk" or "ar" or "fr")
                {
                    // The genitive behind a noun does not head its phrase: "нарушений режима".
                    return head;
                }

                head = at;
                at = Math.Max(at, p[at].NounTo - 1);
                continue;
            }

            var part = p[at].Part;
            if (part is Part.Of && head < 0)
            {
                continue;
            }

            if (at > s.From && part is Part.Prep or Part.Of or Part.By or Part.To or Part.Who or Part.That or Part.Sub or Part.And && !(part is Part.And && head < 0))
            {
                return head;
            }

            if (at > s.From && p.Wording[at].Kind is LexemeKind.Mark && head >= 0 && !p.IsQuote(at))
            {
                return head;
            }

            if (head >= 0 && at > head && p[at].Verb is not null && p[at].Noun is null && !p[at].IsJoined && VerbForms.Of(p, at) is VerbForm.Past or VerbForm.Participle or VerbForm.Ing)
            {
                return head;
            }
        }

        return head;
    }

    /// <summary>The first noun of a stretch that gives a kind.</summary>
    public static int WithKind(Passage p, Stretch s)
    {
        for (var at = s.From; at < s.To; at++)
        {
            if (p[at].Noun?.Kind is not null && p[at].NounTo <= s.To && !p[at].IsJoined && !(at + 1 < s.To && p[at + 1].IsJoined))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>The first verb of a stretch that gives a kind and is not finite there: "to evacuate", "shelling the city".</summary>
    public static int InnerVerb(Passage p, Stretch s)
    {
        for (var at = s.From; at < s.To; at++)
        {
            if (p[at].Verb is { Aspect: Aspect.Allow } && IsRefused(p, at, s.From))
            {
                return at;
            }

            if (p[at].Verb?.Kind is null || p[at].IsJoined || (at + 1 < p.Count && p[at + 1].IsJoined))
            {
                continue;
            }

            var form = VerbForms.Of(p, at);
            var to = at > 0 && (p[at - 1].Part is Part.To || (p[at - 1].Part is Part.Be or Part.Have or Part.Adverb && at > 1 && (p[at - 2].Part is Part.To || (at > 2 && p[at - 3].Part is Part.To))));
            if (!HasNeeded(p, p[at].Verb!, new(at + 1, s.To), new(s.From, at)))
            {
                continue;
            }

            if (to || Clauses.Forms.OtherForms.IsInner(p, at) || (at > 0 && p.Text(at - 1).Equals("having", StringComparison.OrdinalIgnoreCase)) || (form is VerbForm.Ing && (p[at].Noun is null || p.IsWord(at + 1) && p[at + 1].Part is Part.Det)))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>"not allowing", "refused to let".</summary>
    public static bool IsRefused(Passage p, int at, int from)
    {
        for (var back = at - 1; back >= from && back >= at - 3; back--)
        {
            if (p[back].Part is Part.Not || p[back].Verb?.Speech is Speech.Refuse || p[back].Verb?.Aspect is Aspect.Fail)
            {
                return true;
            }
        }

        return false;
    }

    public static bool HasNeeded(Passage p, VerbWord verb, Stretch one, Stretch other)
    {
        if (verb.Needs.Count == 0)
        {
            return true;
        }

        foreach (var need in verb.Needs)
        {
            if (Any(p, one, need) || Any(p, other, need))
            {
                return true;
            }
        }

        return false;
    }

    public static bool Any(Passage p, Stretch s, string nounClass)
    {
        if (nounClass == "number")
        {
            for (var at = s.From; at < s.To; at++)
            {
                if (p[at].NumberAt > 0)
                {
                    return true;
                }
            }

            return false;
        }

        if (nounClass == "name")
        {
            for (var at = Math.Max(s.From, 1); at < s.To; at++)
            {
                if (p.IsWord(at) && p.IsCapital(at) && !p.IsMark(at - 1, '.') && p[at].Noun is null && p[at].Part is Part.None && p[at].DateAt == 0)
                {
                    return true;
                }
            }

            return false;
        }

        for (var at = s.From; at < s.To; at++)
        {
            if (p[at].Noun?.Class == nounClass && !p[at].IsJoined)
            {
                return true;
            }
        }

        return false;
    }
}
