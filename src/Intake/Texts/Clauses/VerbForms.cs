using Safeconduct.Intake.Lexicons;

namespace Safeconduct.Intake.Texts.Clauses;

/// <summary>What form an English word has, by its ending and the lexicon's list of irregular ones.</summary>
internal enum VerbForm : byte
{
    None,
    Base,
    Third,
    Past,
    PastOnly,
    Participle,
    Ing,
    Same,
}

/// <summary>Tells verbs from what looks like them, and gathers the words that go with one.</summary>
internal static class VerbForms
{
    public static VerbForm Of(Passage p, int at)
    {
        if (Forms.OtherForms.Reads(p))
        {
            return Forms.OtherForms.Of(p, at);
        }

        if (!p.IsWord(at))
        {
            return VerbForm.None;
        }

        var mark = p[at];
        switch (mark.Form)
        {
            case PastForm.Both:
                return VerbForm.Past;
            case PastForm.Past:
                return VerbForm.PastOnly;
            case PastForm.Participle:
                return VerbForm.Participle;
            case PastForm.Same:
                return VerbForm.Same;
            default:
                break;
        }

        var text = p.Text(at);
        if (mark.Verb is null)
        {
            // A verb that the lexicon does not know shows by its ending alone.
            return Ends(text, "ed") && text.Length > 4 && !text.StartsWith("un", StringComparison.OrdinalIgnoreCase) && mark.Noun is null && mark.Part is Part.None ? VerbForm.Past
                : Ends(text, "ing") && text.Length > 5 && !text.StartsWith("un", StringComparison.OrdinalIgnoreCase) && mark.Noun is null && mark.Part is Part.None ? VerbForm.Ing
                : VerbForm.None;
        }

        return Ends(text, "ing") ? VerbForm.Ing : Ends(text, "ed") ? VerbForm.Past : Ends(text, "s") && !Ends(text, "ss") ? VerbForm.Third : VerbForm.Base;
    }

    public static bool IsAuxiliary(Part part) => part is >= Part.Be and <= Part.PronounFuture && part is not Part.Not;

    /// <summary>Reads a verb group whose first word is an auxiliary or a finite verb.</summary>
    public static VerbGroup Group(Passage p, int at, int end)
    {
        var mood = Mood.None;
        var last = Part.None;
        var i = at;
        for (; i < end; i++)
        {
            var part = p[i].Part;
            if (part is Part.Not or Part.Adverb || (i > at && IsManner(p, i)))
            {
                mood |= part is Part.Not ? Mood.Negated : Mood.None;
                continue;
            }

            // "there" and a pronoun behind an auxiliary: a question or an inversion.
            if (!IsAuxiliary(part) || (part is Part.Have or Part.Do && last is Part.Have))
            {
                break;
            }

            if (part is Part.Can or Part.Might && p[i].Verb is not null)
            {
                break;
            }

            mood |= MoodOf(part);
            last = Plain(part);
            if (part is Part.Be or Part.PronounBe or Part.NotBe && i + 1 < end && p.Is(i + 1, Part.To))
            {
                mood |= Mood.IsTo;
                i++;
                last = Part.Future;
            }
        }

        var form = i < end ? Of(p, i) : VerbForm.None;
        if (last is Part.None)
        {
            return new(at, End(p, i), i, mood);
        }

        if (i < end && !p[i].IsJoined && !NextIsJoined(p, i) && Fits(last, form) && !(last is Part.Be && p[i].Noun is not null && form is not (VerbForm.Past or VerbForm.Participle or VerbForm.Same or VerbForm.Ing)))
        {
            mood |= last is Part.Be && form is VerbForm.Past or VerbForm.Participle or VerbForm.Same && last is Part.Be ? Mood.Passive : Mood.None;
            mood |= last is Part.Be && form is VerbForm.Ing ? Mood.Progressive : Mood.None;
            return new(at, End(p, i), i, mood);
        }

        // "has", "did", "is" by itself.
        var head = i - 1;
        while (head > at && !IsAuxiliary(p[head].Part))
        {
            head--;
        }

        return new(at, head + 1, head, mood | (last is Part.Be ? Mood.Copula : Mood.None));
    }

    /// <summary>"called for", "set off": a word that belongs to the verb.</summary>
    public static int End(Passage p, int head) => p[head].VerbTo == head + 2 ? head + 2 : head + 1;

    private static bool Fits(Part last, VerbForm form) => last switch
    {
        Part.Be => form is VerbForm.Past or VerbForm.Participle or VerbForm.Ing or VerbForm.Same,
        Part.Have => form is VerbForm.Past or VerbForm.Participle or VerbForm.Same or VerbForm.PastOnly,
        _ => form is VerbForm.Base or VerbForm.Same or VerbForm.Third,
    };

    private static bool NextIsJoined(Passage p, int at) => at + 1 < p.Count && p[at + 1].IsJoined;

    private static Part Plain(Part part) => part switch
    {
        Part.NotBe or Part.PronounBe => Part.Be,
        Part.NotHave or Part.PronounHave => Part.Have,
        Part.NotDo => Part.Do,
        Part.NotFuture or Part.PronounFuture => Part.Future,
        Part.NotCan => Part.Can,
        _ => part,
    };

    private static Mood MoodOf(Part part) => part switch
    {
        Part.Future or Part.PronounFuture => Mood.Future,
        Part.NotFuture => Mood.Future | Mood.Negated,
        Part.Would => Mood.Would,
        Part.Might => Mood.Might,
        Part.Must => Mood.Must,
        Part.Can => Mood.Can,
        Part.NotCan => Mood.Can | Mood.Negated,
        Part.NotBe or Part.NotDo or Part.NotHave => Mood.Negated,
        Part.Have or Part.PronounHave => Mood.Perfect,
        _ => Mood.None,
    };

    public static bool IsManner(Passage p, int at) => p.IsWord(at) && p[at].Verb is null && p[at].Noun is null && Ends(p.Text(at), "ly");

    public static bool Ends(ReadOnlySpan<char> text, string ending) => text.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
