namespace Safeconduct.Intake.Texts.Clauses.Forms;

/// <summary>Arabic: the verb opens its clause. The lexicon lists the forms; what is listed is finite unless a noun's article or a preposition stands with it.</summary>
internal static class ArabicForms
{
    public static VerbForm Of(Passage p, int at)
    {
        if (p[at].Verb is null)
        {
            return VerbForm.None;
        }

        var text = p.Text(at);
        // Nouns of doing: they say what was done, and are not finite.
        return p[at].Noun is not null || text is "إجلاء" or "مقتل" or "إصابة" or "تعليق" or "استئناف" or "استهداف" or "منع" or "قصف" or "وقف" or "محاصر" or "محاصرة" or "المحاصرة" || OtherForms.Ends(text, "تها", "تهم", "ته", "ة") || OtherForms.Starts(text, "ال", "بال", "لل", "محاصر", "محتجز") ? VerbForm.Base : VerbForm.PastOnly;
    }

    public static VerbGroup? Finite(Passage p, int at, Stretch sentence)
    {
        if (p[at].NumberAt > 0 || Of(p, at) is not VerbForm.PastOnly || (at > sentence.From && p[at - 1].Part is Part.Prep or Part.Of))
        {
            return null;
        }

        var mood = Mood.None;
        for (var back = at - 1; back >= sentence.From && back >= at - 3; back--)
        {
            var text = p.Text(back);
            if (p[back].Part is Part.Not)
            {
                mood |= Mood.Negated;
            }
            else if (p[back].Part is Part.Future)
            {
                mood |= Mood.Future;
            }
            else if (p[back].Part is Part.Might)
            {
                // The particle doubts a present and stresses a past.
                mood |= OtherForms.Starts(p.Text(at), "ي", "ت", "ن") ? Mood.Might : Mood.None;
            }
            else if (p[back].Part is not (Part.That or Part.And))
            {
                break;
            }
        }

        mood |= OtherForms.Starts(p.Text(at), "سي", "ست", "وسي", "وست") && p[at].Verb!.Speech is Speech.None ? Mood.Future : Mood.None;
        // "not able to reach" says by itself that it was not reached.
        mood &= p[at].Verb!.Rule is "v.unable" ? ~Mood.Negated : mood;
        return new(at, VerbForms.End(p, at), at, mood);
    }
}
