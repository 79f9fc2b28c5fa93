using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Situation.Movements;

/// <summary>What is concluded about convoys: each one's way, and running totals beside the batches that make them up.</summary>
public sealed record ConvoyBoard(IReadOnlyList<Convoy> Convoys, IReadOnlyList<BatchTotal> Totals)
{
    public static ConvoyBoard Empty { get; } = new([], []);
}

/// <summary>One convoy on its way, as it was reported. A convoy is told by the words for it, the area it left and the day; a report that names none is of a convoy not named.</summary>
/// <param name="Id">Readable and the same in every run: name, area, day.</param>
/// <param name="Name">The words for it in one spelling: <c>convoy-3</c>, <c>last-convoy</c>, <c>convoy-not-named</c>.</param>
/// <param name="What">"convoy 3 out of Oldtown, 2031-05-01".</param>
/// <param name="From">The area left, the widest that is spoken of; null where none is.</param>
/// <param name="Day">The day of its departure; where nobody speaks of one, the first day on which it is spoken of.</param>
/// <param name="Legs">In the order of time.</param>
/// <param name="NotAccountedFor">Null where nobody counted people departing: then nothing can be missing from a count, which is not to say that nobody is missing.</param>
public sealed record Convoy(
    string Id,
    string Name,
    string What,
    PlaceId? From,
    LocalDate Day,
    IReadOnlyList<Leg> Legs,
    IReadOnlyList<CountSession> Sessions,
    NotAccountedFor? NotAccountedFor)
{
    /// <summary>Whether anybody says that it arrived.</summary>
    public bool ArrivalIsReported => Legs.Any(l => l.Step is LegStep.Arrived);
}

/// <summary>A stretch of the way.</summary>
public enum LegStep
{
    Assembled,
    Departed,

    /// <summary>Passed or reached a counting line. People at the second line are not new people.</summary>
    Passed,
    Halted,

    /// <summary>People or vehicles held, at a screening or a halt.</summary>
    Held,

    /// <summary>Boarded, born, got off, moved to another vehicle, taken ill, died, aboard: between two lines.</summary>
    OnTheWay,
    TurnedBack,
    Arrived,
}

/// <summary>One step at one place, with everything said of it.</summary>
/// <param name="Times">Each statement's own time, as said.</param>
/// <param name="Counts">Each count as said; sources side by side, never added.</param>
public sealed record Leg(LegStep Step, PlaceId? Place, IReadOnlyList<LegTime> Times, IReadOnlyList<CountMade> Counts);

/// <summary>When a step was, according to one statement.</summary>
public sealed record LegTime(StatementId Id, Source Source, TimeSpoken When);

/// <summary>One count on the way, as one statement gives it.</summary>
/// <param name="Vehicle">The vehicle counted, where one is named: <c>bus-12</c>. For the room alone.</param>
/// <param name="Trip">Which trip of that vehicle.</param>
/// <param name="Stands">False where its source has replaced, corrected or withdrawn it.</param>
public sealed record CountMade(StatementId Id, Source Source, Measure Measure, Unit Unit, Category Category, string? Group, Bound Bound, string? Vehicle, string? Trip, bool Stands);

/// <summary>
/// One counting of one thing: a line, a vehicle or the whole convoy, a trip, about one hour. Independent counts of one session are never added; their difference shows.
/// </summary>
/// <param name="Difference">By how much the furthest apart of two sources differ; 0 where their words overlap; null where fewer than two sources counted.</param>
/// <param name="Agreed">A number that one source counted and every other one confirms in a statement of its own; null otherwise, also where the numbers are the same.</param>
public sealed record CountSession(LegStep Step, PlaceId? Line, Measure Measure, Unit Unit, Category Category, string? Vehicle, string? Trip, IReadOnlyList<CountMade> Counts, long? Difference, long? Agreed);

/// <summary>Why an alarm is, or is not, raised.</summary>
public enum Alarm
{
    /// <summary>Counts leave nobody out.</summary>
    NobodyMissing,

    /// <summary>The usual travel time has not passed.</summary>
    NotYetDue,

    /// <summary>The operation does not say how long the way takes, so nobody can be called overdue.</summary>
    TravelTimeNotStated,

    /// <summary>An arrival is reported and nobody counted it.</summary>
    ArrivalNotCounted,

    /// <summary>The usual travel time has passed and people are not accounted for. It stays until counts account for them.</summary>
    Raised,
}

/// <summary>
/// The passenger balance of one convoy: departed + boarded + born = arrived + turned back + got off + moved to another vehicle + held + taken ill + died + still under way.
/// Only terms somebody speaks of have a number; the others are unknown, which is not zero. As said, without tolerance.
/// </summary>
/// <param name="Low">Nobody's words leave fewer out; never below 0.</param>
/// <param name="High">Null: no bound, since an end of a term is open.</param>
/// <param name="Approximate">A term was said with "about".</param>
/// <param name="Terms">What adds up to the two ends: low = the sum of low ends of what joined less high ends of what left, at least 0; high the other way round.</param>
/// <param name="NotSpokenOf">Terms that nobody speaks of.</param>
/// <param name="LastSeen">Where and when they were last all there, as far as counts say.</param>
/// <param name="FirstMissing">The first later step at which fewer were counted; null where none is.</param>
/// <param name="ArrivalsNotCounted">Reports of an arrival at a time of which nobody counted one: how many came is unknown, so the low end is 0.</param>
/// <param name="Due">Departure and the usual travel time; null where either is not stated.</param>
/// <param name="ByCategory">The same for narrower categories that both the departure and the arrival were counted in.</param>
public sealed record NotAccountedFor(
    Category Category,
    long Low,
    long? High,
    bool Approximate,
    IReadOnlyList<BalanceTerm> Terms,
    IReadOnlyList<Share> NotSpokenOf,
    SeenAt? LastSeen,
    SeenAt? FirstMissing,
    IReadOnlyList<StatementId> ArrivalsNotCounted,
    Instant? Due,
    Alarm Alarm,
    IReadOnlyList<NotAccountedFor> ByCategory)
{
    public static (long Low, long? High) Sum(IEnumerable<BalanceTerm> terms)
    {
        var (joined, gone) = (terms.Where(t => t.Joined).ToList(), terms.Where(t => !t.Joined).ToList());
        var low = gone.Exists(t => t.High is null) ? 0 : joined.Sum(t => t.Low) - gone.Sum(t => t.High!.Value);
        var high = joined.Exists(t => t.High is null) ? (long?)null : Math.Max(0, joined.Sum(t => t.High!.Value) - gone.Sum(t => t.Low));
        return (Math.Max(0, high is { } most ? Math.Min(low, most) : low), high);
    }
}

/// <summary>A term of the passenger balance.</summary>
public enum Share
{
    Departed,
    Boarded,
    Born,
    Arrived,
    TurnedBack,
    GotOff,
    Transferred,

    /// <summary>Held at screening, less those released.</summary>
    Held,
    TakenIll,
    Died,

    /// <summary>Last seen on the way and not yet due. Where the travel time is not stated it may explain the missing and so lowers the low end only.</summary>
    UnderWay,
}

/// <summary>One term with its ends and the statements they stand on. Where several sources counted, the ends are the furthest apart.</summary>
/// <param name="Low">0 where nobody gives a low end.</param>
/// <param name="High">Null: open.</param>
public sealed record BalanceTerm(Share Share, long Low, long? High, bool Approximate, IReadOnlyList<StatementId> Ids)
{
    public bool Joined => Share is Share.Departed or Share.Boarded or Share.Born;
}

/// <summary>A place, its step, and the time as said.</summary>
public sealed record SeenAt(LegStep Step, PlaceId? Place, TimeSpoken When, IReadOnlyList<StatementId> Ids);

/// <summary>A stated total beside the batches its source names up to then: the sum is shown, never put in its place.</summary>
/// <param name="Total">The statement that gives the total.</param>
/// <param name="Batches">Each batch with its own words, in the order of names.</param>
/// <param name="SumLow">The sum of the low ends; null where a batch gives none.</param>
/// <param name="SumHigh">The sum of the high ends; null where a batch gives none.</param>
public sealed record BatchTotal(StatementId Total, Source Source, PlaceId? From, LocalDate UpTo, Bound Stated, IReadOnlyList<BatchCount> Batches, long? SumLow, long? SumHigh);

/// <summary>One batch of a total.</summary>
public sealed record BatchCount(string Name, Bound Bound, StatementId Id);
