using Safeconduct.Intake.Lexicons;
using Safeconduct.Statements;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.List;

/// <summary>The kinds of the statement list, in the order of <see cref="Lexicon.ListKinds"/>. They are fewer and wider than the kinds of statements.</summary>
public enum ListKind
{
    Movement,
    Remaining,
    Casualty,
    Control,
    Incident,
    Obstruction,
    Agreement,
    Suspension,
    Resumption,
    Aid,
    Negotiation,
    Resolution,
    Term,
}

/// <summary>The numbers of a row as they stand in it. <paramref name="Approximate"/> is null where the row does not say.</summary>
/// <param name="Said">The bound, where the cell of a table gave it in words of its own ("more than 300"); it outranks the words of the paraphrase.</param>
public sealed record StatedQuantity(decimal? Low, decimal? High, bool? Approximate, Statements.Quantities.Bound? Said = null);

/// <summary>
/// One row of the statement list, checked field by field but not yet understood. Fields that a list may lack are null where it lacks them, and the <c>Has...</c>
/// flags tell "not given" from "given as null": what is given is kept, what is not given is worked out.
/// </summary>
public sealed record ListRow
{
    public required int Line { get; init; }

    public required StatementId Id { get; init; }

    public required Moment SaidAt { get; init; }

    public required TimeSpoken About { get; init; }

    public required string Source { get; init; }

    /// <summary>The list's own word for the source's type; <c>observer</c> is read as responder or witness later.</summary>
    public required string SourceType { get; init; }

    public string? RelayedBy { get; init; }

    public required ListKind Kind { get; init; }

    public RowPlaces Places { get; init; } = new(null, null, null);

    public required string Category { get; init; }

    public string? Unit { get; init; }

    public StatedQuantity? Quantity { get; init; }

    public bool? Cumulative { get; init; }

    public bool HasSupersedes { get; init; }

    public StatementId? Supersedes { get; init; }

    public bool HasPartOf { get; init; }

    public StatementId? PartOf { get; init; }

    public required string Paraphrase { get; init; }

    public string? Cite { get; init; }

    public string? Url { get; init; }

    /// <summary>The row as it stood.</summary>
    public required string Text { get; init; }
}

/// <summary>The places of a row: from, to and by way of; or, for kinds that are no movements, the place spoken of as from.</summary>
public sealed record RowPlaces(PlaceId? From, PlaceId? To, PlaceId? Via);
