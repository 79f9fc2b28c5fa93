using Safeconduct.Intake.Texts.Languages;

namespace Safeconduct.Intake.Texts;

/// <summary>
/// From a text to proposed, attributed claims, by rules alone: a pure function of the text, its publication date, its language, the lexicon and the gazetteer.
/// </summary>
public sealed class TextIntake : IExtractor
{
    /// <summary>A longer text is refused: it is no article, cable or statement.</summary>
    public const int LongestText = 16 * 1024 * 1024;

    public static TextReading Read(TextRequest request, Action<int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        var language = request.Language ?? LanguageOf.Of(request.Original);
        if (TextWords.For(language) is not { } words)
        {
            return new(request.Original, language, "none", [], [], [$"No lexicon for '{language}' is here; nothing was read."], []);
        }

        var (proposals, setAside) = new Reader(request, words).Read(progress);
        return new(request.Original, language, words.Lexicon.Version, proposals, setAside, NotReadYet.Of(words.Language), []);
    }

    ValueTask<TextReading> IExtractor.Read(TextRequest request, Action<int>? progress, CancellationToken stop) => new(Read(request, progress));
}
