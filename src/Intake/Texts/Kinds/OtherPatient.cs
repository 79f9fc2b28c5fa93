using Safeconduct.Intake.Texts.Clauses;

namespace Safeconduct.Intake.Texts.Kinds;

/// <summary>Whom it happened to, in languages whose order of words is free or not that of English: places and times between the verb and its object are stepped over.</summary>
internal static class OtherPatient
{
    public static Stretch Of(Passage p, Clause c)
    {
        if (c.Rest.IsEmpty || p.Words.Language is "tr")
        {
            return c.Doer;
        }

        var at = c.Rest.From;
        while (at < c.Rest.To && p[at].NumberAt == 0)
        {
            if (p[at].Part is Part.Prep or Part.By or Part.To)
            {
                // A preposition takes the words up to the next number, or two of them.
                var to = at + 1;
                while (to < c.Rest.To && p[to].NumberAt == 0 && to < at + 6 && !p.IsComma(to))
                {
                    to++;
                }

                if (to >= c.Rest.To || p[to].NumberAt == 0 || c.Verb.Is(Mood.Passive) || (!c.Subject.IsEmpty && p[to].Part is Part.None && Behind(p, at, to)))
                {
                    return c.Verb.Is(Mood.Passive) && c.Subject.IsEmpty ? c.Rest : c.Doer;
                }

                at = to;
                continue;
            }

            if (p[at].Part is Part.Adverb or Part.Object or Part.Not || p[at].DateAt > 0 || p.IsQuote(at))
            {
                at++;
                continue;
            }

            break;
        }

        if (at >= c.Rest.To || p[at].Part is Part.Sub or Part.Who or Part.That || p.IsComma(at))
        {
            return c.Doer;
        }

        return c.Verb.Is(Mood.Passive) && !c.Subject.IsEmpty ? c.Doer : new(at, c.Rest.To);
    }

    /// <summary>The number belongs to the preposition: "avec 22 autocars", "à bord de 22 autocars".</summary>
    private static bool Behind(Passage p, int preposition, int number) => number - preposition <= 1 || p[number - 1].Part is Part.Of or Part.Prep;
}
