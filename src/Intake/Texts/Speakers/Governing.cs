using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements.Claims;

namespace Safeconduct.Intake.Texts.Speakers;

/// <summary>Who governs what follows in a sentence, and how.</summary>
internal sealed record Governing(Speaker? Source, IReadOnlyList<Speaker> Via, Modality? Modality, string Rule)
{
    /// <summary>The text in its own voice.</summary>
    public static Governing Own { get; } = new(null, [], null, "own-voice");
}
