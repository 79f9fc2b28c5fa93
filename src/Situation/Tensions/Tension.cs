using Safeconduct.Situation.Disputes;
using Safeconduct.Statements;

namespace Safeconduct.Situation.Tensions;

/// <summary>What reconciles two statements that plain reading finds different.</summary>
public enum Explanation
{
    /// <summary>They speak of other hours, days or batches, or of a start that was put off.</summary>
    Timing,

    /// <summary>They speak of other people, places, stages or starts: departures and arrivals, planned and done, assigned and counted.</summary>
    Scope,

    /// <summary>They meet once "about", "nearly" or "more than" is read as said.</summary>
    Rounding,

    /// <summary>They count in other units: people, vehicles, trips.</summary>
    Unit,

    /// <summary>One is a part of the other, or one of the parts that make it.</summary>
    Inclusion,

    /// <summary>One passes on the other, and differs within rounding.</summary>
    Relay,

    /// <summary>A source replaced, widened or refined its own words, or a plan was made anew.</summary>
    Revision,
}

/// <summary>Two positions that look opposed and that one reason reconciles. Not a dispute: both may be right.</summary>
/// <param name="Kind">What kind of dispute it would be without the explanation.</param>
/// <param name="Sides">Two lists of statements.</param>
/// <param name="Why">One plain sentence with what both say and the reason.</param>
/// <param name="Figure">The figure it is about, where it is about one.</param>
/// <param name="Amount">How far apart the nearest two numbers of the sides are, as said; null where they are not both numbers of one unit.</param>
public sealed record Tension(string Id, DisputeKind Kind, Explanation ExplainedBy, IReadOnlyList<IReadOnlyList<StatementId>> Sides, string Why, string? Figure, long? Amount)
{
    /// <summary>Statements that connect the sides and stand on neither.</summary>
    public IReadOnlyList<StatementId> Proof { get; init; } = [];
}

/// <summary>Statements of different bodies that meet in one number once it is taken apart: 80 and 21 of one side make the 101 of the other. Laid out, and used to decide nothing.</summary>
/// <param name="Amount">The number they meet in.</param>
public sealed record Agreeing(IReadOnlyList<StatementId> Ids, string Why, long Amount);
