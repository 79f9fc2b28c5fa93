using NodaTime;
using Safeconduct.Reports.Publishing;
using Safeconduct.Situation.Agreements;
using Safeconduct.Statements;

namespace Safeconduct.Reports;

/// <summary>What the person who composes a report decides; everything else follows from the statements.</summary>
/// <param name="Reference">As the operation numbers its reports: "XYZ/SR/02".</param>
/// <param name="CutOff">Nothing known later is in the report.</param>
/// <param name="Audience">Who it is for. Nothing is said to be public unless somebody says so.</param>
public sealed record ReportSettings(string Reference, string Title, Instant CutOff, Audience Audience = Audience.Room)
{
    /// <summary>The clock that times are printed on; the operation's where null.</summary>
    public DateTimeZone? Zone { get; init; }

    /// <summary>Where the reporting period begins; events of before are counted, not listed. Null: the whole record.</summary>
    public Instant? PeriodStart { get; init; }

    /// <summary>The report that this one corrects.</summary>
    public string? Corrects { get; init; }

    /// <summary>A remark for the foot of each page: "worked example on public statements".</summary>
    public string? Remark { get; init; }

    /// <summary>Statements that may not be shown to the audience, from <see cref="Edition.Of"/>: the report says how many, never what.</summary>
    public int Withheld { get; init; }

    /// <summary>Statements about convoys that may still be under way, or a watch that is not yet past: held until later, and counted.</summary>
    public int HeldBack { get; init; }

    /// <summary>Counts of people that are given more coarsely than they were said, from <see cref="Edition.Of"/>: how many, never which.</summary>
    public int CoarseCounts { get; init; }

    /// <summary>Statements that name a wide area instead of a place, from <see cref="Edition.Of"/>.</summary>
    public int CoarsePlaces { get; init; }

    /// <summary>Statements about a convoy that two persons let go before its arrival is stated. Who they were is recorded where the report is published.</summary>
    public IReadOnlySet<StatementId> ReleasedEarly { get; init; } = new HashSet<StatementId>();

    /// <summary>Corrections to reports that are out already, printed in this one.</summary>
    public IReadOnlyList<Erratum> Errata { get; init; } = [];

    /// <summary>The agreement whose terms the report reads; null where there is none.</summary>
    public Agreement? Agreement { get; init; }

    /// <summary>A short report between two others: what is new, and nothing that only repeats.</summary>
    public bool IsFlash { get; init; }

    /// <summary>Languages of the summaries that stand behind the English report, each once, in this order; of <see cref="Languages.Tongue.OfSummaries"/>.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];
}
