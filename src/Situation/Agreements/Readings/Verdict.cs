using NodaTime;
using Safeconduct.Statements;

namespace Safeconduct.Situation.Agreements.Readings;

/// <summary>How the statements read against one term. A reading is computed; it is no finding, and it names nobody as the one who did it.</summary>
public enum Verdict
{
    /// <summary>Nobody says it was done, and its time has not come or it has none.</summary>
    Pending,

    /// <summary>Done, and in time where it had one.</summary>
    Kept,

    /// <summary>Its time passed before it was done, whether it has been done since or not.</summary>
    Late,

    /// <summary>In one respect, at one place or for a share.</summary>
    Partly,

    /// <summary>What was to hold did not hold. By whom is another question.</summary>
    Broken,

    /// <summary>It depends on whom one believes, about what happened or about the term itself.</summary>
    Disputed,

    /// <summary>The statements do not settle it: an hour is not stated, one side alone says it, nobody watched, or the word means nothing that can be seen.</summary>
    Unclear,
}

/// <summary>Why a clause reads as it does, as a stable word for exports.</summary>
public enum Ground
{
    Done,
    DoneLate,
    NotDoneInTime,
    NotYetDue,
    NoDate,
    Reported,
    NoReportWhileWatched,
    NotWatched,
    DeniedByOthers,
    OneSideAlone,
    HourNotStated,
    Share,
    SomeAndSome,
    ForAndAgainst,
    NotObservable,
    NumberNotStated,
    TermDenied,
    RivalReadings,
    NotYetOwed,
}

/// <summary>A span of a running total: at least <paramref name="Low"/>, at most <paramref name="High"/> (null: nobody sets a high end).</summary>
public readonly record struct TotalSpan(long Low, long? High, IReadOnlyList<StatementId> LowFrom, IReadOnlyList<StatementId> HighFrom);

/// <summary>How one clause reads.</summary>
/// <param name="Evidence">Every statement that bears on it, in the order of their ids.</param>
/// <param name="Due">By when it was to be done: the earliest and the latest time that the term allows to be meant.</param>
/// <param name="DoneAt">Between when and when it was done or reached, where it was.</param>
/// <param name="IsProvisional">A report that is still to come could change it: its time is not over, or ended so lately that reports may be on their way.</param>
public sealed record ClauseReading(Clause Clause, Verdict Verdict, Ground Ground, string Sentence, IReadOnlyList<StatementId> Evidence)
{
    public (Instant Earliest, Instant Latest)? Due { get; init; }

    public (Instant Earliest, Instant Latest)? DoneAt { get; init; }

    public TotalSpan? Total { get; init; }

    public TotalSpan? Against { get; init; }

    public bool IsProvisional { get; init; }

    /// <summary>What may be said of it outside the room, where that is less: two totals side by side, and never what one side owes the other.</summary>
    public string? OutsideRoom { get; init; }
}

/// <summary>Who is said to have done it, in whose words. Never more than an allegation.</summary>
public sealed record Allegation(string Author, string SaidBy, StatementId Id);

/// <summary>How one term reads in one view.</summary>
/// <param name="Deciding">A smallest set of statements that alone gives this verdict: less one, and it would be another.</param>
/// <param name="Evidence">Every statement that bears on it.</param>
/// <param name="Since">The first day on the operation's clock from which the verdict stood as it does; null where the history was not asked for.</param>
/// <param name="Findings">Findings that rest on its evidence. Without one, responsibility is not resolved.</param>
public sealed record TermReading(Term Term, Verdict Verdict, IReadOnlyList<ClauseReading> Clauses, string Sentence, IReadOnlyList<StatementId> Deciding, IReadOnlyList<StatementId> Evidence)
{
    public LocalDate? Since { get; init; }

    public IReadOnlyList<Allegation> Allegations { get; init; } = [];

    public IReadOnlyList<StatementId> Findings { get; init; } = [];

    public bool IsProvisional => Clauses.Any(c => c.IsProvisional);

    /// <summary>For exports. Without a finding by somebody who heard both sides it is unresolved, whoever is blamed by whom; nobody is ever named here.</summary>
    public string Responsibility => Findings.Count > 0 ? "see findings" : "unresolved";
}
