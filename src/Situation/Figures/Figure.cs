using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Situation.Figures;

/// <summary>
/// What is said of one quantity at one cut: the span of it, never an average, and each source's own words. A range over what is said is not a range of what is true.
/// </summary>
/// <param name="Id">Deterministic and readable: measure, unit, category, scope, cut, <c>said</c>.</param>
/// <param name="What">One phrase, unique among figures: "people who left old-town, 2031-05-01 up to 2031-05-02".</param>
/// <param name="Low">The low end of what sources put forward, each in its latest form, as said and without tolerance. A bare floor does not set it where somebody gives a number. Null: no bound.</param>
/// <param name="High">The high end; null where the highest claim is a floor, or nobody gives one.</param>
/// <param name="LowSupport">The statements that set the low end.</param>
/// <param name="HighSupport">The statements that set the high end, or those that leave it open.</param>
/// <param name="PerSource">Each source's latest words first; what it replaced stays visible under it.</param>
/// <param name="Dispute">The dispute that touches it, or null.</param>
/// <param name="Approximate">An end was said with "about".</param>
public sealed record Figure(
    string Id,
    string What,
    Quantity Quantity,
    long? Low,
    long? High,
    IReadOnlyList<StatementId> LowSupport,
    IReadOnlyList<StatementId> HighSupport,
    IReadOnlyList<SourceRow> PerSource,
    string? Dispute,
    bool Approximate)
{
    /// <summary>What the network of quantities makes of it; null where no statement on it gives a number.</summary>
    public Ties.Together? Together { get; init; }
}

/// <summary>One source on one figure.</summary>
/// <param name="Low">The low end of what it says now, as said; null: none.</param>
/// <param name="High">The high end of what it says now; null: none.</param>
/// <param name="Now">Its claims that stand.</param>
/// <param name="Earlier">Claims that it replaced, corrected or withdrew; shown, never binding.</param>
public sealed record SourceRow(Source Source, long? Low, long? High, IReadOnlyList<ClaimShown> Now, IReadOnlyList<ClaimShown> Earlier);

/// <summary>One claim as shown in a figure.</summary>
/// <param name="Words">What it says of whom, where that is narrower or looser than the figure: "civilians", "first 24 hours"; null where it is just the figure's.</param>
/// <param name="Including">Parts named inside it, or linked to it as parts: never added.</param>
public sealed record ClaimShown(StatementId Id, Bound Bound, string? Words, IReadOnlyList<PartShown> Including);

/// <summary>A part named inside a figure ("including"), with its own bound; never added to the whole.</summary>
public sealed record PartShown(StatementId Id, Category Category, string? Group, Bound Bound);
