using Safeconduct.Intake.Texts.Clauses;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements.Claims;

namespace Safeconduct.Intake.Texts.Speakers;

/// <summary>A stretch of a sentence that says something, and who answers for it.</summary>
/// <param name="Clause">Null where it is a phrase without a finite verb of its own.</param>
/// <param name="Source">Null for the text's own voice.</param>
/// <param name="Modality">What the verb of saying makes of it; null where its own words decide.</param>
/// <param name="Rule">The sieve that named the speaker.</param>
/// <param name="IsAboutSpeech">The span holds the verb of saying itself: "described the place as safe".</param>
internal sealed record Told(Stretch Core, Clause? Clause, Speaker? Source, IReadOnlyList<Speaker> Via, Modality? Modality, string Rule, bool IsAboutSpeech = false);
