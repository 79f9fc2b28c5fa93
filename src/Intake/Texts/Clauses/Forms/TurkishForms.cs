namespace Safeconduct.Intake.Texts.Clauses.Forms;

/// <summary>Turkish: the verb ends its clause. What is reported stands before the verb of saying as a noun built of a verb: "edildiğini", "edileceğini".</summary>
internal static class TurkishForms
{
    public static VerbForm Of(Passage p, int at)
    {
        // Of "tahliye edildiğini" the last word carries the ending.
        var text = p[at].Verb is not null && p[at].VerbTo > at + 1 && p[at].VerbTo <= p.Count ? p.Text(p[at].VerbTo - 1) : p.Text(at);
        if (p[at].Part is not Part.None || (p[at].Noun is not null && p[at].Verb is null))
        {
            return VerbForm.None;
        }

        // The ending of a compound ("tahliye edildiğini") stands on its last word.
        var known = p[at].Verb is not null || IsLast(p, at);
        if (IsReported(text))
        {
            return known || text.Length > 6 ? VerbForm.Base : VerbForm.None;
        }

        if (OtherForms.Ends(text, "mak", "mek", "ması", "mesi", "masını", "mesini", "makla", "mekle", "masına", "mesine"))
        {
            return known ? VerbForm.Base : VerbForm.None;
        }

        if (OtherForms.Ends(text, "dı", "di", "du", "dü", "tı", "ti", "tu", "tü", "dılar", "diler", "dular", "düler", "tılar", "tiler", "yor", "yorlar", "yoruz", "acak", "ecek", "acaklar", "ecekler", "mış", "miş", "muş", "müş", "mıştır", "miştir", "muştur", "müştür", "makta", "mekte", "dır", "dir", "tır", "tir", "dur", "dür", "bilir"))
        {
            return known || (text.Length > 4 && !p.IsCapital(at)) ? VerbForm.PastOnly : VerbForm.None;
        }

        return known && OtherForms.Ends(text, "an", "en", "nan", "nen") ? VerbForm.Participle : VerbForm.None;
    }

    public static bool IsReported(ReadOnlySpan<char> text) => OtherForms.Ends(text, "dığını", "diğini", "duğunu", "düğünü", "tığını", "tiğini", "tuğunu", "tüğünü", "dıklarını", "diklerini", "acağını", "eceğini", "acaklarını", "eceklerini", "masını", "mesini", "makla", "mekle");

    public static VerbGroup? Finite(Passage p, int at, Stretch sentence)
    {
        if (Of(p, at) is not VerbForm.PastOnly)
        {
            return null;
        }

        // A finite verb ends its clause: what follows is a mark, the next clause's joining word, or nothing.
        if (at + 1 < sentence.To && p.IsWord(at + 1) && p[at + 1].Part is not (Part.And or Part.But) && !IsMight(p.Text(at + 1)))
        {
            return null;
        }

        var text = p.Text(at);
        var from = at;
        var head = at;
        while (from > sentence.From && at - from < 2 && p[at].Verb is null && p[head].Verb is null && p[from - 1].Verb is { })
        {
            from--;
            head = p[from].Verb is not null ? from : head;
        }

        if (from == at && at > sentence.From && p[at - 1].Verb is not null && p[at - 1].VerbTo == at + 1)
        {
            // "yeniden başlayacak": the pair is the verb.
            (from, head) = (at - 1, at - 1);
        }

        var mood = IsPassive(text) ? Mood.Passive : Mood.None;
        mood |= OtherForms.Ends(text, "acak", "ecek", "acaklar", "ecekler") ? Mood.Future : Mood.None;
        var doubt = at + 1 < sentence.To && IsMight(p.Text(at + 1));
        mood |= doubt || IsMight(text) ? Mood.Might : Mood.None;
        mood |= OtherForms.Ends(text, "madı", "medi", "mıyor", "miyor", "mayacak", "meyecek", "mamış", "memiş", "madılar", "mediler") ? Mood.Negated : Mood.None;
        return new(from, doubt ? at + 2 : at + 1, head, mood);
    }

    private static bool IsMight(ReadOnlySpan<char> text) => text is "olabilir" || OtherForms.Ends(text, "abilir", "ebilir");

    private static bool IsPassive(ReadOnlySpan<char> text) => OtherForms.Ends(text, "ıldı", "ildi", "uldu", "üldü", "ındı", "indi", "undu", "ündü", "ılıyor", "iliyor", "uluyor", "ülüyor", "ılacak", "ilecek", "ılmadı", "ilmedi", "urdu") && !OtherForms.Ends(text, "yurdu");

    private static bool IsLast(Passage p, int at) => at > 0 && p[at - 1].VerbTo == at + 1;
}
