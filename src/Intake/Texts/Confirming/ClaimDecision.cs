using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.Texts.Confirming;

/// <summary>What a person did with a claim.</summary>
public enum ReviewAct
{
    Confirmed,
    Edited,

    /// <summary>One of several that were made of one proposal.</summary>
    Split,

    /// <summary>Marked in the text by the person; no rule proposed it.</summary>
    Added,
    Rejected,
}

/// <summary>A count as the person says it is; without <paramref name="Counted"/> there is no number.</summary>
/// <param name="IsAll">"All" of <paramref name="Counted"/>'s category, which has no number.</param>
public sealed record CountAsSaid(Counted? Counted, bool IsAll = false);

/// <summary>Who says a claim and through whom, by the names that the text gives them. Without <paramref name="SaidBy"/> it is the publisher's own voice.</summary>
/// <param name="Via">Outermost first.</param>
public sealed record SpeakersNamed(string? SaidBy, IReadOnlyList<string> Via);

/// <summary>What a person says otherwise than it was proposed. Null leaves a slot as it was.</summary>
/// <param name="Places">All three of them, as they are to stand.</param>
/// <param name="Paraphrase">One or two neutral sentences in the room's words.</param>
public sealed record ClaimEdits(
    Span? Span = null,
    ClaimKind? Kind = null,
    Modality? Modality = null,
    CountAsSaid? Count = null,
    string? Category = null,
    Measure? Measure = null,
    bool? IsRunningTotal = null,
    Scope? Places = null,
    TimeSpoken? About = null,
    SpeakersNamed? Speakers = null,
    string? Paraphrase = null)
{
    public static ClaimEdits None { get; } = new();
}

/// <summary>One claim that a person lets stand: a proposal, as it is or edited, or a stretch of the text that the person marked.</summary>
/// <param name="Proposal">Its number; null for one that the person added, and then the edits have a span and a kind.</param>
public sealed record ClaimDecision(int? Proposal, ClaimEdits? Edits = null, bool IsSplit = false)
{
    public ReviewAct Act => Proposal is null ? ReviewAct.Added
        : IsSplit ? ReviewAct.Split
        : Edits is null || Edits == ClaimEdits.None ? ReviewAct.Confirmed
        : ReviewAct.Edited;
}

/// <summary>What was done with one claim, for the record of the review.</summary>
/// <param name="Proposal">Its number; null where the person added it.</param>
/// <param name="Statement">What it became, or the statement it became a part of; null where it was rejected.</param>
public sealed record DecidedClaim(int? Proposal, Span Span, ClaimKind Kind, ReviewAct Act, StatementId? Statement);

/// <summary>What a review comes to: the statements, and what was done with each claim.</summary>
public sealed record Confirmation(IReadOnlyList<Statement> Statements, IReadOnlyList<DecidedClaim> Claims);
