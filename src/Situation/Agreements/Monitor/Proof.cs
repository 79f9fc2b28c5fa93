namespace Safeconduct.Situation.Agreements.Monitor;

/// <summary>What an absence of reports rests on.</summary>
public enum Coverage
{
    /// <summary>The verdict rests on reports alone.</summary>
    NotNeeded,

    /// <summary>The rule says that no report means that nothing happened.</summary>
    Closed,

    /// <summary>All of the window was watched.</summary>
    Watched,

    /// <summary>A report that nobody contests says that a total was not reached.</summary>
    Denied,

    /// <summary>Nobody watched all of it.</summary>
    Unwatched,
}

/// <summary>Why an instance has its verdict.</summary>
/// <param name="From">The earliest moment of its window, Unix milliseconds.</param>
/// <param name="Until">The latest moment of its window.</param>
/// <param name="Deciding">Reports that give the verdict alone, with those counted against it and the coverage as stated; without any one of them they do not. Ids in rising order.</param>
/// <param name="Counted">Reports that speak against it and were counted in full: what a balance takes away.</param>
/// <param name="Nearest">Reports that would have answered and lie outside the window: the last before it and the first after it.</param>
/// <param name="Low">Of a total or a sum: at least so much.</param>
/// <param name="High">Of a total or a sum: at most so much; null: no upper end.</param>
/// <param name="Opened">Of a tranche: when it opens, earliest and latest.</param>
/// <param name="Discharged">Of a tranche: when it is discharged, earliest and latest.</param>
public sealed record Proof(
    int Rule,
    long Instance,
    Verdict Verdict,
    long From,
    long Until,
    IReadOnlyList<int> Deciding,
    IReadOnlyList<int> Counted,
    IReadOnlyList<int> Nearest,
    Coverage Coverage,
    long Low,
    long? High,
    (long Early, long Late) Opened = default,
    (long Early, long Late) Discharged = default);

internal static class Fewest
{
    /// <summary>Leaves out one after another what can be spared, until none can.</summary>
    /// <param name="reports">In the order in which they should go.</param>
    /// <param name="keeps">Whether what is left still gives the verdict.</param>
    public static List<T> Of<T>(IEnumerable<T> reports, Func<List<T>, bool> keeps)
    {
        var left = reports.ToList();

        // What could not be spared before may be once another one went, where reports speak for and against: passes until none goes.
        for (var before = left.Count + 1; left.Count < before;)
        {
            before = left.Count;
            for (var i = 0; i < left.Count;)
            {
                var without = left[i];
                left.RemoveAt(i);
                if (!keeps(left))
                {
                    left.Insert(i++, without);
                }
            }
        }

        return left;
    }
}
