namespace Safeconduct.Intake.Texts.Clauses.Forms;

/// <summary>French: être or avoir with a participle is finite, a participle alone is not; the conditional of a past tense is hearsay.</summary>
internal static class FrenchForms
{
    public static VerbForm Of(Passage p, int at)
    {
        var text = p.Text(at);
        var known = p[at].Verb is not null;
        if (!known && (p[at].Noun is not null || p[at].Part is not Part.None || text.Length < 4))
        {
            return VerbForm.None;
        }

        if (OtherForms.Ends(text, "tion", "tions", "sion", "sions", "ement", "ements", "eur", "eurs", "age", "ages", "ance", "ité", "ités", "aire", "aires", "trice"))
        {
            return VerbForm.None;
        }

        if (text is "nie" or "plie" or "crie" or "confie" or "qualifie" or "signifie" or "justifie" or "publie")
        {
            // The present of verbs in -ier looks like a participle.
            return VerbForm.PastOnly;
        }

        if (OtherForms.Ends(text, "é", "ée", "és", "ées", "u", "ue", "us", "ues", "i", "ie", "is", "ies"))
        {
            return VerbForm.Participle;
        }

        if (!known)
        {
            return VerbForm.None;
        }

        if (OtherForms.Ends(text, "er", "ir", "oir", "re"))
        {
            return VerbForm.Base;
        }

        if (OtherForms.Ends(text, "ant", "ants", "ante", "antes"))
        {
            return VerbForm.Ing;
        }

        // The irregular participles that end like a present.
        if (text is "mort" or "morte" or "morts" or "mortes" or "détruit" or "détruite" or "détruits" or "détruites" or "ouvert" or "ouverte" or "fait" or "faite" or "faits" or "dit" or "dits" or "atteint" or "atteints" or "prise" or "prises" or "remise" or "remises" or "promise" or "démise" or "contraint" or "contraints" or "contraintes" or "reprise" or "conquise" or "écrit" or "signature" or "sortie" or "sorties")
        {
            return VerbForm.Participle;
        }

        return text is "signature" || p[at].Noun is not null && !OtherForms.Ends(text, "ent") ? VerbForm.None : VerbForm.PastOnly;
    }

    public static bool IsInfinitive(Passage p, int at) => p.Text(at) is "avoir" or "être" or "Avoir" or "Être" or "ayant" or "étant";

    public static VerbGroup? Finite(Passage p, int at, Stretch sentence)
    {
        var mark = p[at];
        var text = p.Text(at);
        var before = Before(p, at, sentence.From);
        if (mark.Part is Part.Be or Part.Have)
        {
            return IsInfinitive(p, at) || text is "été" or "eu" || before is Part.Det or Part.Prep or Part.Of ? null : Compound(p, at, sentence);
        }

        if (mark.Part is Part.Might or Part.Future)
        {
            var inner = OtherForms.Behind(p, at + 1, sentence.To, VerbForm.Base, VerbForm.Base);
            if (inner < 0 && at + 2 < sentence.To && p[at + 1].Part is Part.Be && OtherForms.Of(p, at + 2) is VerbForm.Participle)
            {
                inner = at + 2;
            }

            var mood = (mark.Part is Part.Might ? Mood.Might : Mood.Future) | Negation(p, at, sentence);
            return inner < 0 ? null : new(at, VerbForms.End(p, inner), inner, mood | (p[inner - 1].Part is Part.Be ? Mood.Passive : Mood.None));
        }

        var form = Of(p, at);
        if (form is VerbForm.Participle && text is "dit" && before is not (Part.Be or Part.Have))
        {
            form = VerbForm.PastOnly;
        }

        if (form is not VerbForm.PastOnly || mark.Verb is null || before is Part.Det or Part.Prep or Part.Of or Part.By || (p.IsCapital(at) && at > sentence.From && !p.IsCapitals))
        {
            return null;
        }

        var own = OtherForms.Ends(text, "rait", "raient") ? Mood.Would : OtherForms.Ends(text, "ra", "ront", "rons") ? Mood.Future : Mood.None;
        return new(at, VerbForms.End(p, at), at, own | Negation(p, at, sentence));
    }

    private static VerbGroup Compound(Passage p, int at, Stretch sentence)
    {
        var mood = Negation(p, at, sentence);
        var last = Part.None;
        var i = at;
        for (; i < sentence.To && p[i].Part is Part.Be or Part.Have or Part.Adverb or Part.Not or Part.Object; i++)
        {
            last = p[i].Part is Part.Be or Part.Have ? p[i].Part : last;
        }

        var text = p.Text(at);
        var doubts = OtherForms.Ends(text, "rait", "raient");
        mood |= OtherForms.Ends(text, "ra", "ront", "sera", "seront") ? Mood.Future : Mood.None;
        if (i < sentence.To && OtherForms.Of(p, i) is VerbForm.Participle)
        {
            mood |= doubts ? Mood.Might : Mood.None;
            mood |= last is Part.Be ? Mood.Passive : Mood.Perfect;
            if (i + 1 < sentence.To && p.Text(i) is "pu" or "fait" or "laissé" or "dû" && OtherForms.Behind(p, i + 1, sentence.To, VerbForm.Base, VerbForm.Base) is >= 0 and var inner && p[i].VerbTo <= inner)
            {
                // "ont fait sortir", "n'ont pas pu passer": the infinitive says what happened.
                return new(at, VerbForms.End(p, inner), inner, mood | (p.Text(i) is "pu" ? Mood.Can : Mood.None));
            }

            return new(at, VerbForms.End(p, i), i, mood);
        }

        return new(at, at + 1, at, mood | Mood.Copula | (doubts ? Mood.Might : Mood.None));
    }

    private static Mood Negation(Passage p, int at, Stretch sentence)
    {
        for (var back = at - 1; back >= sentence.From && back >= at - 3; back--)
        {
            if (p[back].Part is Part.Not)
            {
                return Mood.Negated;
            }

            if (p[back].Part is not (Part.Object or Part.Adverb))
            {
                break;
            }
        }

        return Mood.None;
    }

    private static Part Before(Passage p, int at, int from)
    {
        var back = at - 1;
        while (back > from && p[back].Part is Part.Not or Part.Adverb)
        {
            back--;
        }

        return back >= from ? p[back].Part : Part.None;
    }
}
