namespace Safeconduct.Intake.Texts.Clauses.Forms;

/// <summary>
/// The forms of verbs in the languages other than English. A form is told by the ending of a word that the lexicon knows as a verb, and by the small words before it: no list of
/// conjugations, so that a noun built like a verb is sometimes taken for one.
/// </summary>
internal static class OtherForms
{
    public static bool Reads(Passage p) => p.Words.Language is not "en";

    public static VerbForm Of(Passage p, int at) => !p.IsWord(at) ? VerbForm.None : p.Words.Language switch
    {
        "fr" => FrenchForms.Of(p, at),
        "ru" or "uk" => SlavicForms.Of(p, at),
        "tr" => TurkishForms.Of(p, at),
        "ar" => ArabicForms.Of(p, at),
        _ => VerbForm.None,
    };

    /// <summary>The finite verb group that starts at a word, or null.</summary>
    public static VerbGroup? Finite(Passage p, int at, Stretch sentence)
    {
        var mark = p[at];
        if (!p.IsWord(at) || mark.IsInNoun || mark.DateAt > 0 || (mark.NumberAt > 0 && mark.Verb is null))
        {
            return null;
        }

        return p.Words.Language switch
        {
            "fr" => FrenchForms.Finite(p, at, sentence),
            "ru" or "uk" => SlavicForms.Finite(p, at, sentence),
            "tr" => TurkishForms.Finite(p, at, sentence),
            "ar" => ArabicForms.Finite(p, at, sentence),
            _ => null,
        };
    }

    /// <summary>An infinitive, or a participle behind one: "avoir visé", "выехать", "ettiğini".</summary>
    public static bool IsInner(Passage p, int at)
    {
        if (!Reads(p))
        {
            return false;
        }

        return Of(p, at) is VerbForm.Base || (Of(p, at) is VerbForm.Participle && at > 0 && p[at - 1].Part is Part.Have or Part.Be && FrenchForms.IsInfinitive(p, at - 1));
    }

    public static bool Ends(ReadOnlySpan<char> text, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (text.Length > ending.Length && text.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    public static bool Starts(ReadOnlySpan<char> text, params ReadOnlySpan<string> beginnings)
    {
        foreach (var beginning in beginnings)
        {
            if (text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The infinitive or participle that an auxiliary goes with, over adverbs and pronouns; -1 for none.</summary>
    public static int Behind(Passage p, int from, int end, VerbForm one, VerbForm other, int reach = 3)
    {
        for (var at = from; at < end && at < from + reach; at++)
        {
            var form = Of(p, at);
            if (form == one || form == other)
            {
                return at;
            }

            if (p[at].Part is not (Part.Adverb or Part.Not or Part.Object or Part.Be or Part.Have or Part.Pronoun or Part.That) && p[at].DateAt == 0)
            {
                return -1;
            }
        }

        return -1;
    }
}
