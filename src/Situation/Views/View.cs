using NodaTime;
using Safeconduct.Statements;

namespace Safeconduct.Situation.Views;

/// <summary>How to treat a statement whose publication is known only by day.</summary>
public enum Known
{
    /// <summary>Known from that day's start, and marked "hour not stated".</summary>
    Possibly,

    /// <summary>Left out until the day is over.</summary>
    Certainly,
}

/// <summary>What is looked at: which statements count (the lens), and up to when they were known. Same record, same view, same answer, on any machine and in any order of arrival.</summary>
/// <param name="AsOf">Known at this instant; null for all of the record.</param>
public sealed record View(Lens Lens, Instant? AsOf = null, Known Known = Known.Possibly)
{
    public static View Everything { get; } = new(Lens.All);
}
