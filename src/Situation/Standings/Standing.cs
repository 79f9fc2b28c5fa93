using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Situation.Standings;

/// <summary>The states that one subject is said to be in. Rival states stand side by side, lines of equal size; none is chosen.</summary>
public sealed record Standing(Subject Subject, string What, IReadOnlyList<StateSaid> States);

/// <summary>One state and who says so.</summary>
/// <param name="State">A word of the kind: <c>suspended</c>, <c>complete</c>, <c>whole by government forces</c>.</param>
/// <param name="Since">The earliest time from which anybody says it; where it is only denied, of which it is first denied.</param>
/// <param name="SaidBy">Independent origins first; copies of one origin share its number.</param>
/// <param name="DeniedBy">Who denies this state in so many words.</param>
public sealed record StateSaid(string State, TimeSpoken Since, IReadOnlyList<Voice> SaidBy, IReadOnlyList<Voice> DeniedBy);

/// <summary>One source saying it, in its latest words.</summary>
/// <param name="Origin">Voices with one number go back to one origin.</param>
/// <param name="StillStands">False where the source itself has since said otherwise of the same subject.</param>
public sealed record Voice(Source Source, IReadOnlyList<StatementId> Ids, TimeSpoken When, int Origin, bool StillStands);
