using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Times;

namespace Safeconduct.Situation.Agreements;

/// <summary>Where something stands in the text of an agreement: line and column from 1.</summary>
public readonly record struct At(int Line, int Column);

/// <summary>The terms of a truce or evacuation, as somebody wrote them down. It has no verdicts: those are read from statements.</summary>
/// <param name="From">What happened before it is not judged; null where nobody says when it began.</param>
public sealed record Agreement(
    string Title,
    IReadOnlyList<Signatory> Parties,
    IReadOnlyList<Signatory> Guarantors,
    IReadOnlyList<OwnPlace> Places,
    IReadOnlyList<DeclaredEvent> Events,
    When? From,
    When? Until,
    IReadOnlyList<StatementId> AccordingTo,
    IReadOnlyList<AgreementVersion> Versions,
    IReadOnlyList<Term> Terms);

/// <summary>A party or guarantor. <paramref name="SpeaksThrough"/> are bodies (first part of a source id) whose word alone is this side's account.</summary>
public sealed record Signatory(string Name, string Words, IReadOnlyList<string> SpeaksThrough);

/// <summary>The agreement's own name for one or more places of the gazetteer.</summary>
public sealed record OwnPlace(string Name, IReadOnlyList<PlaceId> Places);

/// <summary>An event of a log that is not made of statements, with the names of its keys in order. A key named <c>number</c> is an amount.</summary>
public sealed record DeclaredEvent(string Name, IReadOnlyList<string> Keys);

/// <summary>One text of the agreement. Amending ends nothing by itself: terms end where a later one replaces them.</summary>
/// <param name="Amends">Which version it speaks of as changed.</param>
public sealed record AgreementVersion(int Number, string Title, When From, When? Until, int? Amends, IReadOnlyList<StatementId> AccordingTo);

/// <summary>One term. Empty lists and nulls are lines that the text does not have.</summary>
/// <param name="DeniedBy">Statements that say there is no such term.</param>
/// <param name="AskedBy">A demand of this signatory: it binds nobody.</param>
public sealed record Term(string Number, string Title, IReadOnlyList<Clause> Clauses, At At)
{
    public int? Version { get; init; }

    public IReadOnlyList<string> Replaces { get; init; } = [];

    public IReadOnlyList<StatementId> StatedIn { get; init; } = [];

    public IReadOnlyList<StatementId> DeniedBy { get; init; } = [];

    public string? RivalOf { get; init; }

    public string? AccordingTo { get; init; }

    public IReadOnlyList<string> Binds { get; init; } = [];

    public string? AskedBy { get; init; }

    public int? Step { get; init; }

    public int? AfterStep { get; init; }

    public Occurrence? If { get; init; }

    public When? From { get; init; }

    public When? Until { get; init; }

    public string? Says { get; init; }
}

/// <summary>A point in time as an agreement names it.</summary>
public abstract record When
{
    private When()
    {
    }

    /// <summary>A time, or two rival times of which nobody can say which holds.</summary>
    public sealed record Time(Moment Moment, Moment? OrElse = null) : When;

    /// <summary>When the step is done.</summary>
    public sealed record StepDone(int Step) : When;

    /// <summary>When departures from these places are said to be complete.</summary>
    public sealed record Complete(IReadOnlyList<PlaceId> Places) : When
    {
        public bool Equals(Complete? other) => other is not null && Places.SequenceEqual(other.Places);

        public override int GetHashCode() => Places.Count;
    }

    /// <summary>When the first of these happened.</summary>
    public sealed record First(Occurrence Occurrence) : When;

    /// <summary>When the agreement ends.</summary>
    public sealed record End : When;
}

/// <summary>What can be reported to have happened: a noun and what narrows it. Lists of places are alternatives, as ids of the gazetteer (the agreement's own names are opened when it is read); empty is anywhere.</summary>
/// <param name="Noun">A word of <c>formats/agreement.md</c>, or a declared event's name, or a claim's own type where <paramref name="IsOwnType"/>.</param>
/// <param name="Category">As in the page: "people", "fighters"; null where anybody or anything.</param>
/// <param name="Batch">What reports call it: "first convoy".</param>
/// <param name="Same">Keys that must agree with the first occurrence of the clause: <c>convoy</c>, <c>place</c>, or a declared event's keys.</param>
public sealed record Occurrence(string Noun, At At)
{
    public bool IsOwnType { get; init; }

    /// <summary>Which of them: the first or the last; null for each.</summary>
    public Ordinal? Which { get; init; }

    public string? Category { get; init; }

    public string? Batch { get; init; }

    public IReadOnlyList<PlaceId> From { get; init; } = [];

    public IReadOnlyList<PlaceId> To { get; init; } = [];

    public IReadOnlyList<PlaceId> Via { get; init; } = [];

    public IReadOnlyList<PlaceId> Where { get; init; } = [];

    public bool WithPeople { get; init; }

    public IReadOnlyList<string> Same { get; init; } = [];
}

/// <summary>Which of several happenings is meant, as they are said to have followed each other.</summary>
public enum Ordinal
{
    First,
    Last,
}

/// <summary>While something lasts.</summary>
public abstract record State
{
    private State()
    {
    }

    /// <summary>From the first departure or a resumption until suspended, halted or complete.</summary>
    public sealed record DeparturesRun(IReadOnlyList<PlaceId> From) : State;

    public sealed record Suspended : State;

    public sealed record InForce : State;

    public sealed record Between(Occurrence Opens, Occurrence Closes) : State;
}

/// <summary>What became of those counted in a total.</summary>
public enum Counting
{
    Leave,
    ArriveIn,
    Pass,
    AreReceivedIn,
    AreReleasedFrom,
    ArePresentAt,
    AreDeliveredTo,
}

/// <summary>A running total over people or things. <see cref="Number"/> is null where the clause takes none; a share has both <see cref="Share"/> and, where stated, <see cref="Of"/>.</summary>
public sealed record Total(string Category, Counting Counting, IReadOnlyList<PlaceId> Places, At At)
{
    public long? Number { get; init; }

    public Share? Share { get; init; }

    /// <summary>The number the share is of; null where the text names none.</summary>
    public long? Of { get; init; }

    public IReadOnlyList<PlaceId> Via { get; init; } = [];

    public IReadOnlyList<PlaceId> To { get; init; } = [];
}

/// <summary>Parts of a whole, as <c>1/2</c>.</summary>
public readonly record struct Share(int Numerator, int Denominator);

/// <summary>One thing that a term asks, in one of the templates of <c>formats/agreement.md</c>.</summary>
public abstract record Clause(At At)
{
    public sealed record Never(Occurrence What, State? While, Occurrence? UnlessPrecededBy, Duration? Within, At At) : Clause(At);

    public sealed record LeadsTo(Occurrence Each, Occurrence To, Duration Within, Occurrence? Unless, State? ClockStops, At At) : Clause(At);

    public sealed record Preceded(Occurrence Each, IReadOnlyList<Occurrence> By, Duration Within, At At) : Clause(At);

    /// <summary>It happens by a time; with <paramref name="By"/> null it is owed without a date.</summary>
    public sealed record Happens(Occurrence What, When? From, When? By, At At) : Clause(At);

    public sealed record AtLeast(Total Total, When? By, At At) : Clause(At);

    public sealed record AtMost(Total Total, When? Until, At At) : Clause(At);

    public sealed record ForEach(Total Of, Total Owed, Duration Within, bool EachOther, At At) : Clause(At);

    public sealed record Balance(Duration Window, Total Plus, Total Minus, long Limit, At At) : Clause(At);

    /// <summary>Exactly one of the two ways to say what comes later, and one of the three to say what must come first.</summary>
    public sealed record OnlyAfter(Occurrence? Then, Total? ThenTotal, Occurrence? First, Total? FirstTotal, int? Step, At At) : Clause(At);

    public sealed record EveryoneLeaves(IReadOnlyList<PlaceId> Places, When? By, At At) : Clause(At);

    public sealed record SafePassage(Occurrence For, At At) : Clause(At);

    public sealed record OnlyTo(Occurrence What, IReadOnlyList<PlaceId> Places, At At) : Clause(At);

    /// <summary>Access (aid, staff) or passage (people, vehicles) to a place is not refused.</summary>
    public sealed record Open(bool IsAccess, IReadOnlyList<PlaceId> Places, At At) : Clause(At);

    public sealed record ByAccount(IReadOnlyList<StatementId> Kept, IReadOnlyList<StatementId> NotKept, IReadOnlyList<StatementId> BearsOnIt, At At) : Clause(At);

    public sealed record NotObservable(string Word, IReadOnlyList<StatementId> BearsOnIt, At At) : Clause(At);
}
