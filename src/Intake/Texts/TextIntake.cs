using Safeconduct.Intake.Texts.Languages;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Intake.Texts;

/// <summary>
/// From a text to proposed, attributed claims, by rules alone: a pure function of the text, its publication date, its language, the lexicon and the gazetteer.
/// </summary>
public sealed class TextIntake : IExtractor
{
    /// <summary>A longer text is refused: it is no article, cable or statement.</summary>
    public const int LongestText = 16 * 1024 * 1024;

    /// <summary>With more than one control character to so many of the text, it is a file of another sort.</summary>
    private const int FewestToAControl = 50;

    public static TextReading Read(TextRequest request, Action<int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Refusal(request.Original) is { } refusal)
        {
            return new(request.Original, request.Language ?? LanguageOf.Undetermined, "none", [], [], [], [refusal]);
        }

        var language = request.Language ?? LanguageOf.Of(request.Original);
        if (TextWords.For(language) is not { } words)
        {
            return new(request.Original, language, "none", [], [], [$"No lexicon for '{language}' is here; nothing was read."], []);
        }

        var (proposals, setAside) = new Reader(request, words).Read(progress);
        return new(request.Original, language, words.Lexicon.Version, proposals, setAside, NotReadIn.Of(language), []);
    }

    /// <summary>
    /// What no reading can be made of, however it came here. Looser than <see cref="TextFile.Refusal"/>, which asks for the text to be copied again: a stray half of a character
    /// or a page break hides no claim.
    /// </summary>
    private static Problem? Refusal(string text)
    {
        if (text.Length > LongestText)
        {
            return new("text.too-long", $"A text of more than {Shown.Grouped(LongestText)} characters is refused; this has {Shown.Grouped(text.Length)}. Take it in by parts.");
        }

        var (controls, isBlank) = (0, true);
        foreach (var c in text)
        {
            controls += c is < ' ' and not ('\t' or '\n' or '\r' or '\f' or '\v') ? 1 : 0;
            isBlank &= char.IsWhiteSpace(c);
        }

        return isBlank ? new("text.empty", "There is no text here; nothing was read.")
            : text.Contains('\0') || (long)controls * FewestToAControl > text.Length ? new("text.binary", "This is no text: it holds zeros or many control characters. Copy it again as plain text.")
            : null;
    }

    ValueTask<TextReading> IExtractor.Read(TextRequest request, Action<int>? progress, CancellationToken stop) => new(Read(request, progress));
}
