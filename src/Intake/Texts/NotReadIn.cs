namespace Safeconduct.Intake.Texts;

/// <summary>What the rules of a language lack, said with every reading in it.</summary>
internal static class NotReadIn
{
    private const string ByEndings = "Verbs that the lexicon does not list are told by their endings alone, and most of them are not read.";

    public static IReadOnlyList<string> Of(string language) => language.Split('-')[0] switch
    {
        "fr" => [ByEndings, "A relative clause with \"que\" is read as what somebody said."],
        "ru" or "uk" => [ByEndings, "Whether a verb in a present ending is future is told by its prefix and ending, not by a list of verb pairs."],
        "tr" => [ByEndings, "A speaker that neither a comma, a date nor a capital sets off from what is said may not be found."],
        "ar" => [ByEndings, "Where no preposition or noun of doing stands between them, the speaker and the one accused are parted by guess."],
        _ => [],
    };
}
