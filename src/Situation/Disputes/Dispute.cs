using Safeconduct.Statements;

namespace Safeconduct.Situation.Disputes;

/// <summary>What the two sides of a dispute differ over.</summary>
public enum DisputeKind
{
    /// <summary>Numbers that can't all be true of one quantity.</summary>
    Value,

    /// <summary>A source, or one body, against itself.</summary>
    Self,

    /// <summary>Happened or not; in this state or in that.</summary>
    Fact,

    /// <summary>Who did it. Never resolved by counting voices.</summary>
    Attribution,

    /// <summary>What was agreed.</summary>
    Term,

    /// <summary>A relayed copy differs from its original.</summary>
    Relay,

    /// <summary>Parts that do not add up to their whole.</summary>
    Internal,
}

/// <summary>Two positions that can't both hold, one sentence why, and by how much they differ where both are numbers.</summary>
/// <param name="Sides">Two lists of statements that push against each other.</param>
/// <param name="Figure">The figure it is about, where it is about one.</param>
/// <param name="Amount">How far apart the nearest two claims of the sides are, as said.</param>
public sealed record Dispute(string Id, DisputeKind Kind, IReadOnlyList<IReadOnlyList<StatementId>> Sides, string Why, string? Figure, long? Amount)
{
    /// <summary>Statements that connect the sides and stand on neither.</summary>
    public IReadOnlyList<StatementId> Proof { get; init; } = [];
}
