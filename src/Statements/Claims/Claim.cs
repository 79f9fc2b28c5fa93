using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Times;

namespace Safeconduct.Statements.Claims;

/// <summary>
/// The few forms that every statement is lowered to. The set is closed: engines see claims only, so a new kind of statement never changes an engine,
/// and a new form of claim breaks every reader at compile time, through <see cref="Match{T}"/>.
/// </summary>
public abstract record Claim
{
    private Claim()
    {
    }

    public abstract T Match<T>(Func<Count, T> count, Func<Happened, T> happened, Func<Holds, T> holds, Func<Owes, T> owes, Func<About, T> about);

    /// <summary>So many of a quantity. Only what is asserted becomes a count: a promise, a plan or a denial never does.</summary>
    public sealed record Count(Quantity Quantity, Bound Bound) : Claim
    {
        public override T Match<T>(Func<Count, T> count, Func<Happened, T> happened, Func<Holds, T> holds, Func<Owes, T> owes, Func<About, T> about) => count(this);
    }

    /// <summary>Something happened, or is denied to have happened, or is only planned.</summary>
    public sealed record Happened(Event Event, Modality Modality) : Claim
    {
        public override T Match<T>(Func<Count, T> count, Func<Happened, T> happened, Func<Holds, T> holds, Func<Owes, T> owes, Func<About, T> about) => happened(this);
    }

    /// <summary>A subject is in a state from a time on: an area is held, an operation is suspended.</summary>
    public sealed record Holds(Subject Subject, string State, TimeSpoken From, Modality Modality) : Claim
    {
        public override T Match<T>(Func<Count, T> count, Func<Happened, T> happened, Func<Holds, T> holds, Func<Owes, T> owes, Func<About, T> about) => holds(this);
    }

    /// <summary>Somebody is said to owe something by a time: a promise, a plan, a demand. <paramref name="Who"/> is null where nobody is named.</summary>
    public sealed record Owes(string? Who, string What, Measure? Measure, Counted? HowMany, TimeSpoken When, Modality Modality) : Claim
    {
        public override T Match<T>(Func<Count, T> count, Func<Happened, T> happened, Func<Holds, T> holds, Func<Owes, T> owes, Func<About, T> about) => owes(this);
    }

    /// <summary>Something about another statement: it corrects, withdraws, assesses it.</summary>
    public sealed record About(StatementId Statement, Relation Relation) : Claim
    {
        public override T Match<T>(Func<Count, T> count, Func<Happened, T> happened, Func<Holds, T> holds, Func<Owes, T> owes, Func<About, T> about) => about(this);
    }
}

/// <summary>What happened, where and when, and by whose alleged act. The type is a lower-case word or two with hyphens: <c>fire-on-convoy</c>.</summary>
public sealed record Event(string Type, Scope Scope, TimeSpoken When, string? AllegedAuthor = null);

/// <summary>What a state can be said of.</summary>
public enum SubjectKind
{
    Operation,
    Area,
    Route,
    Truce,
    Agreement,
    Line,
}

/// <summary>What a state is said of: the operation out of an area, an area, a route, a truce, an agreement, a line that is watched.</summary>
public sealed record Subject(SubjectKind Kind, PlaceId? Place);

/// <summary>How one statement bears on another.</summary>
public enum Relation
{
    Corrects,

    /// <summary>The same source replaced its own earlier words: a revision, not a contradiction.</summary>
    Supersedes,
    Withdraws,

    /// <summary>"including", "of whom": never added to its whole.</summary>
    PartOf,
    Confirms,
    Denies,
    RepliesTo,

    /// <summary>The same words by way of somebody else: the same origin.</summary>
    Relays,
    Assesses,
}

/// <summary>One statement pointing to another, and how it bears on it.</summary>
public sealed record Link(Relation Relation, StatementId To);

/// <summary>How the words stand to what they speak of.</summary>
public enum Modality
{
    Asserted,
    Denied,
    Planned,
    Promised,
    Demanded,
    Conditional,
}
