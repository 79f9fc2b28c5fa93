using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Agreements.Readings;
using Safeconduct.Situation.Derived;
using Safeconduct.Situation.Disputes;
using Safeconduct.Situation.Figures;
using Safeconduct.Situation.Movements;
using Safeconduct.Situation.Standings;
using Safeconduct.Situation.Tensions;
using Safeconduct.Situation.Ties;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;

namespace Safeconduct.Situation;

/// <summary>Everything concluded from the statements in one view. Each part names the statements behind it, and an absence is an absence: nothing here defaults to good news.</summary>
/// <param name="Statements">Those in the view, in the order of their ids.</param>
/// <param name="HourNotStated">Those counted as known although their hour of publication is not stated.</param>
/// <param name="Unmapped">Rows kept as comments because the importer could not read their kind.</param>
/// <param name="Derived">What nobody stated and one source's own numbers give by adding and taking away.</param>
/// <param name="Conflicts">Sets of statements that can't all hold, each with the proof, found among the quantities that rules tie together.</param>
/// <param name="Fewest">For each network with conflicts, the fewest statements without which the rest fits: offered in the room, never applied.</param>
/// <param name="Tensions">What looks opposed and one reason reconciles.</param>
/// <param name="Agreeing">Where different bodies meet in one number once it is taken apart; used to decide nothing.</param>
/// <param name="SameOrigin">Groups of statements that go back to one act of saying or counting: they corroborate nothing among themselves.</param>
/// <param name="Unknown">What somebody said is not known.</param>
public sealed record Assessed(
    Operation Operation,
    View View,
    IReadOnlyList<Statement> Statements,
    IReadOnlyList<StatementId> HourNotStated,
    IReadOnlyList<StatementId> Unmapped,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<DerivedFigure> Derived,
    IReadOnlyList<Dispute> Disputes,
    IReadOnlyList<Conflict> Conflicts,
    IReadOnlyList<Fewest> Fewest,
    IReadOnlyList<Tension> Tensions,
    IReadOnlyList<Agreeing> Agreeing,
    IReadOnlyList<OriginGroup> SameOrigin,
    IReadOnlyList<Standing> Status,
    IReadOnlyList<Standing> Control,
    IReadOnlyList<NotKnown> Unknown)
{
    /// <summary>The network behind the figures, for explaining one of them.</summary>
    internal Func<string, Neighbourhood?> Near { get; init; } = _ => null;

    /// <summary>Conflicts near a figure, for explaining it.</summary>
    internal Func<string, int, (IReadOnlyList<Conflict> Conflicts, bool AreAll)?> Conflicting { get; init; } = (_, _) => null;

    /// <summary>Every minimal conflict that the figure's own statements are in, near it and at most so many; and whether these are all. Null where no statement on it gives a number.</summary>
    public (IReadOnlyList<Conflict> Conflicts, bool AreAll)? ConflictsNear(string figureId, int most) => Conflicting(figureId, most);

    /// <summary>The quantities and rules around a figure; null where there is no such figure, or no statement on it gives a number.</summary>
    public Neighbourhood? Around(string figureId) => Near(figureId);

    /// <summary>The agreement whose terms were read; null where none was given.</summary>
    public Agreement? Agreement { get; init; }

    /// <summary>Up to when the clocks of its terms ran: the view's as-of, else the last that was known or the hour of a live room, whichever is later. Null where there is neither.</summary>
    public NodaTime.Instant? ReadUpTo { get; init; }

    /// <summary>How the terms read, in the order of the agreement. Readings, not findings.</summary>
    public IReadOnlyList<TermReading> Terms { get; init; } = [];

    /// <summary>Convoys on their way, count by count, and who is not accounted for.</summary>
    public ConvoyBoard Movements { get; init; } = ConvoyBoard.Empty;
}

/// <summary>Statements of one origin, and one sentence why.</summary>
public sealed record OriginGroup(IReadOnlyList<StatementId> Ids, string Why);

/// <summary>Something that somebody said is not known.</summary>
public sealed record NotKnown(string Question, IReadOnlyList<StatementId> Ids);
