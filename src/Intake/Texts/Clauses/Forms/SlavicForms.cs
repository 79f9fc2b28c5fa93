namespace Safeconduct.Intake.Texts.Clauses.Forms;

/// <summary>
/// Russian and Ukrainian: past and present endings are finite, and so is a short passive participle ("эвакуированы", "евакуйовано") without any auxiliary; a perfective verb
/// with a present ending is future.
/// </summary>
internal static class SlavicForms
{
    public static VerbForm Of(Passage p, int at)
    {
        var word = p.Text(at);
        var known = p[at].Verb is not null;
        if (!known && (p[at].Noun is not null || p[at].Part is not Part.None || word.Length < 6 || p.IsCapital(at)))
        {
            return VerbForm.None;
        }

        var uk = p.Words.Language is "uk";
        var reflexive = OtherForms.Ends(word, "ся", "сь");
        var text = reflexive ? word[..^2] : word;
        if (!known)
        {
            return IsShortPassive(text, uk) || OtherForms.Ends(text, uk ? ["ли", "ають", "яють", "ують", "юють"] : ["ли", "ируют", "ирует", "ивают", "ивает", "ывают", "ывает"]) || (reflexive && OtherForms.Ends(text, "ла", "ло", "л", "ют", "ает", "ит", "ят", "ет", "ить", "ять", "ють", "ає", "еть", "ує", "уть")) ? VerbForm.PastOnly : VerbForm.None;
        }

        if (OtherForms.Ends(text, "ние", "ния", "нию", "нием", "ний", "ция", "ции", "цию", "ель", "ели", "елем", "еля", "ення", "енню", "енням", "ання", "тель", "тели") && !OtherForms.Ends(text, "смотрели", "умели", "хотели") && !(uk && OtherForms.Ends(text, "ний")))
        {
            return VerbForm.None;
        }

        if (IsShortPassive(text, uk))
        {
            return VerbForm.Past;
        }

        if (OtherForms.Ends(text, uk ? ["ти", "тись"] : ["ть", "ти", "чь"]))
        {
            return VerbForm.Base;
        }

        if (OtherForms.Ends(text, "ла", "ло", "ли", "л") || (uk && OtherForms.Ends(text, "в") && p[at].Noun is null) || (p[at].Noun is null && IsBarePast(text)))
        {
            return VerbForm.PastOnly;
        }

        if (uk ? OtherForms.Ends(text, "є", "ить", "ать", "ять", "уть", "ють", "ють", "ємо", "имо", "емо", "еть", "де") : OtherForms.Ends(text, "ет", "ёт", "ит", "ут", "ют", "ат", "ят", "уем", "ваем", "даем", "аем", "сим"))
        {
            return VerbForm.PastOnly;
        }

        if (OtherForms.Ends(text, "ый", "ой", "ая", "ое", "ые", "ых", "их", "ого", "его", "ому", "ым", "ыми", "ую", "ий", "ие", "ими", "ие", "і", "их", "им", "ою", "ої"))
        {
            return p[at].Noun is null ? VerbForm.Participle : VerbForm.None;
        }

        return !uk && OtherForms.Ends(text, "вши", "вая", "яя") ? VerbForm.Ing : VerbForm.None;
    }

    public static VerbGroup? Finite(Passage p, int at, Stretch sentence)
    {
        var part = p[at].Part;
        var mood = at > sentence.From && p[at - 1].Part is Part.Not ? Mood.Negated : Mood.None;
        if (part is Part.Future or Part.Be or Part.Might or Part.Must)
        {
            var inner = OtherForms.Behind(p, at + 1, sentence.To, VerbForm.Base, VerbForm.Past);
            mood |= part is Part.Future ? Mood.Future : part is Part.Might ? (mood is Mood.Negated ? Mood.Can : Mood.Might) : part is Part.Must ? Mood.Must : Mood.None;
            if (inner >= 0)
            {
                return new(at, inner + 1, inner, mood | (Of(p, inner) is VerbForm.Past ? Mood.Passive : Mood.None));
            }

            return part is Part.Be && OtherForms.Ends(p.Text(at), "ть", "ти") ? null : new(at, at + 1, at, mood | Mood.Copula);
        }

        var form = Of(p, at);
        if (form is not (VerbForm.PastOnly or VerbForm.Past) || (p.IsCapital(at) && at > sentence.From && !p.IsCapitals && p.IsCapital(at - 1)))
        {
            return null;
        }

        if (at > sentence.From && p[at - 1].Part is Part.Prep)
        {
            return null;
        }

        if (form is VerbForm.Past)
        {
            // "рух було зупинено", "перекрыта была": the auxiliary may stand on either side.
            mood |= Mood.Passive;
            return new(at, at + 1, at, mood);
        }

        if (p[at].Verb is { Speech: Speech.Plan } && OtherForms.Behind(p, at + 1, sentence.To, VerbForm.Base, VerbForm.Base) is >= 0 and var planned)
        {
            return new(at, planned + 1, planned, mood | Mood.Future);
        }

        return new(at, VerbForms.End(p, at), at, mood | (IsFuture(p.Text(at), p.Words.Language is "uk") ? Mood.Future : Mood.None));
    }

    /// <summary>"погиб", "опроверг", "вывез": a past without its ending.</summary>
    private static bool IsBarePast(ReadOnlySpan<char> text) => OtherForms.Ends(text, "б", "г", "х", "с", "з", "к", "мер", "пер") && !OtherForms.Ends(text, "каз", "воз", "ск");

    private static bool IsShortPassive(ReadOnlySpan<char> text, bool uk) => uk
        ? OtherForms.Ends(text, "ено", "ано", "яно", "ято", "ито", "уто", "рена", "вана", "чена", "щена", "вані", "чені")
        : OtherForms.Ends(text, "ен", "ена", "ено", "ены", "ён", "ан", "ана", "ано", "аны", "яна", "яны", "яно", "ян") || OtherForms.Starts(text, "убит", "взят", "занят", "закрыт", "перекрыт", "снят", "сбит", "прижат") && OtherForms.Ends(text, "т", "та", "то", "ты");

    /// <summary>A prefix makes a verb perfective, and a suffix makes it imperfective again: "возобновится" is future, "останавливается" is not.</summary>
    private static bool IsFuture(ReadOnlySpan<char> word, bool uk)
    {
        var text = OtherForms.Ends(word, "ся", "сь") ? word[..^2] : word;
        if (uk)
        {
            return OtherForms.Ends(text, "ить", "нуть", "дуть", "лять", "ять") && OtherForms.Starts(text, "від", "по", "за", "ви", "при", "роз", "зу", "пере", "ви") && !text.Contains("ход", StringComparison.OrdinalIgnoreCase);
        }

        return OtherForms.Ends(text, "ит", "ят", "нет", "нут", "дет", "дут", "жет", "рет", "рут") && OtherForms.Starts(text, "воз", "вы", "по", "за", "при", "от", "пере", "рас", "раз", "у", "до", "про", "на", "с", "об", "ос", "ис", "из")
            && !text.Contains("ход", StringComparison.OrdinalIgnoreCase) && !text.Contains("вод", StringComparison.OrdinalIgnoreCase) && !text.Contains("воз", StringComparison.OrdinalIgnoreCase) | text.StartsWith("воз", StringComparison.OrdinalIgnoreCase)
            && !text.Contains("прос", StringComparison.OrdinalIgnoreCase) && !text.Contains("сто", StringComparison.OrdinalIgnoreCase);
    }
}
