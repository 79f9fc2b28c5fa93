namespace Safeconduct.Intake.Texts;

/// <summary>What the rules do not read in a language, said with every reading of it: what is missing from the proposals may still stand in the text.</summary>
internal static class NotReadYet
{
    public static IReadOnlyList<string> Of(string language) => language switch
    {
        "fr" =>
        [
            "French: a verb of saying that the lexicon does not know names no speaker, and two counts behind \"on compte\" are one claim; see who says what and count by count.",
        ],
        "ru" =>
        [
            "Russian: a participle before its noun (\"захваченные заложники\") makes no claim of its own, and names of speakers stay in the case in which they stand.",
        ],
        "uk" =>
        [
            "Ukrainian: a participle before its noun makes no claim of its own, names of speakers stay in the case in which they stand, and a verb that the lexicon does not know ends no clause.",
        ],
        "tr" =>
        [
            "Turkish: participles before their noun (\"alıkonulan üç sürücü\") make no claim of their own, what one speaker passes on from another is given to the nearer one, and places in the endings of words are not read.",
        ],
        "ar" =>
        [
            "Arabic: where a verb of accusing stands without a preposition, the end of the speaker's name is told by the noun behind it and may be wrong; passives are not told from actives, relays and most places are not read.",
        ],
        _ => [],
    };
}
