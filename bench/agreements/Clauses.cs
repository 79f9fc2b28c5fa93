using Safeconduct.Situation.Agreements.Monitor;

namespace Safeconduct.Bench.Agreements;

/// <summary>The three workloads as rules. No report means that nothing happened, as the classical monitors take it.</summary>
internal static class Clauses
{
    public const long Hour = 3_600_000;

    /// <summary>Every suspension is preceded by an incident at the same crossing within 24 hours.</summary>
    public static Rule W1 { get; } = new Preceded(1, new((int)LogName.Suspend, Same.First), new((int)LogName.Incident, Same.First), 0, 24 * Hour, Closed: true);

    /// <summary>Each boarding is followed by an arrival within 12 hours unless an incident on that convoy comes in that time.</summary>
    public static Rule W2 { get; } = new Answered(
        2, new((int)LogName.Board, Same.All), new((int)LogName.Arrive, Same.Second | Same.Third), 0, 12 * Hour, Excuse: new((int)LogName.Cincident, Same.Second), Closed: true);

    /// <summary>The sum of departures of one side over 24 hours does not exceed the other's by more than 500.</summary>
    public static Rule W3 { get; } = new Balance(3, new((int)LogName.Depart), new((int)LogName.Depart + 1), 24 * Hour, 500, Closed: true);

    /// <summary>W3 with the sides exchanged.</summary>
    public static Rule W3Reversed { get; } = new Balance(4, new((int)LogName.Depart + 1), new((int)LogName.Depart), 24 * Hour, 500, Closed: true);
}
