using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.Texts.Proposals;

/// <summary>What a proposed claim is about: the type of what is said, never of the act of saying it. A truce that somebody calls for is an agreement, demanded.</summary>
public enum ClaimKind
{
    Movement,
    HeadcountRemaining,
    Casualty,
    Control,
    Incident,
    Obstruction,
    Agreement,
    Negotiation,
    Resolution,
    Suspension,
    Resumption,
    Aid,

    /// <summary>Anything else that somebody is said to have said.</summary>
    Statement,
}

/// <summary>How far the rules that made a proposal may be trusted, as measured on texts with hand-made answers.</summary>
public enum Band
{
    Clear,
    Likely,
    Check,
}

/// <summary>Who answers for a claim, as far as the text says: the name in its fullest form in this text, and the words that name them for this claim.</summary>
/// <param name="Name">"Harbour Authority", not "it": pronouns and "the statement" are resolved within the text.</param>
/// <param name="Mention">The words that stand for the speaker here; null where the speaker is carried over from an earlier sentence.</param>
public sealed record Speaker(string Name, Span? Mention = null);

/// <summary>So many of whom, as said. The bound keeps strictness, approximation and the vague word; "all" is a word of its own, because no number is in it.</summary>
/// <param name="Bound">Null where <paramref name="IsAll"/> is true.</param>
/// <param name="Unit">People where the noun does not say otherwise.</param>
/// <param name="Category">As cells, for the book; <see cref="Proposal.Category"/> has the text's own words.</param>
/// <param name="IsFurther">"another", "plus": beside what was counted before, never inside it.</param>
public sealed record SaidCount(Bound? Bound, bool IsAll, Span Words, Unit Unit, Category Category, bool IsFurther = false);

/// <summary>A place as named, with every place of the gazetteer that it may be. The reader chooses none of several.</summary>
/// <param name="Name">As in the text, or the name it stands for ("the city").</param>
/// <param name="Words">Null where the place is carried over from the sentence before.</param>
public sealed record SaidWhere(string Name, Span? Words, IReadOnlyList<PlaceId> Candidates, PlaceRole Role);

/// <summary>What a place is to the claim.</summary>
public enum PlaceRole
{
    At,
    From,
    To,
    Via,
}

/// <summary>When, resolved against the publication date and the dates before it in the text.</summary>
/// <param name="Words">Null where the date is carried over.</param>
/// <param name="IsOfSaying">The date is of the saying and stands for want of one of the event.</param>
public sealed record SaidWhen(TimeSpoken Time, Span? Words, bool IsOfSaying = false);

/// <summary>Why one slot has its value: the rule, and the words of the original it stands on.</summary>
public sealed record Trace(string Slot, string Value, string Rule, Span? Words = null);

/// <summary>How two proposals of one text bear on each other. They are shown side by side and never merged.</summary>
public enum Bearing
{
    /// <summary>The other's count is named inside this one: "including", "of them".</summary>
    PartOf,

    /// <summary>Says again what the other says.</summary>
    Restates,

    /// <summary>The other is the number given before ("a previous toll of"), which this one replaces.</summary>
    Replaces,

    /// <summary>Both can't be right as they stand.</summary>
    Conflicts,

    /// <summary>Speaks of the claim itself: confirms or denies it.</summary>
    Confirms,
    Denies,
}

/// <param name="To">The <see cref="Proposal.Number"/> of the other.</param>
public sealed record Tie(Bearing Bearing, int To, string Rule);

/// <summary>
/// One claim that a text makes, for a person to confirm. It is not a statement and is recorded by nobody until then. Its quote is the slice of the original under its span,
/// always.
/// </summary>
public sealed record Proposal
{
    /// <summary>From 1, in the order of the text.</summary>
    public required int Number { get; init; }

    public required Span Span { get; init; }

    public required string Quote { get; init; }

    public required ClaimKind Kind { get; init; }

    /// <summary>The innermost speaker; null is the text in its own voice, and also a passive that names nobody ("is seen as").</summary>
    public Speaker? Source { get; init; }

    /// <summary>Who passed it on, outermost first.</summary>
    public IReadOnlyList<Speaker> Via { get; init; } = [];

    public SaidCount? Count { get; init; }

    /// <summary>Who or what is counted or moved, in the text's words.</summary>
    public string? Category { get; init; }

    /// <summary>Of a casualty: what became of them.</summary>
    public Measure? Harm { get; init; }

    /// <summary>The chief place first: for a movement where it began, else where it went.</summary>
    public IReadOnlyList<SaidWhere> Places { get; init; } = [];

    public SaidWhen? When { get; init; }

    public Modality Modality { get; init; }

    /// <summary>Charged words in the claim or on its speaker. They are the source's and never ours.</summary>
    public IReadOnlyList<Span> Loaded { get; init; } = [];

    public IReadOnlyList<Trace> Trace { get; init; } = [];

    public required Band Band { get; init; }

    public IReadOnlyList<Tie> Ties { get; init; } = [];
}
