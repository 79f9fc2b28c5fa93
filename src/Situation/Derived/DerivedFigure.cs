using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Situation.Derived;

/// <summary>How a figure that nobody stated is worked out from what one source stated.</summary>
public enum Derivation
{
    /// <summary>The days between two running totals of one source: the later less the earlier.</summary>
    BetweenTotals,

    /// <summary>From a day to the end: a source's closing total less its total up to that day.</summary>
    UntilTheEnd,

    /// <summary>Consecutive counts of one source, or the batches that one statement numbers, added up.</summary>
    SumOfParts,

    /// <summary>A whole less a part named inside it.</summary>
    RestOfWhole,

    /// <summary>Gross and net: those who left less those turned back, by one source over the same days.</summary>
    NetOfReturns,
}

/// <summary>
/// A quantity that nobody stated, worked out from statements of one source against itself and laid beside the same sum of other sources. Never mixed with figures that
/// were said: it is as good as its parts, all of which are shown, and nobody but us has said it.
/// </summary>
/// <param name="Id">Measure, unit, category, scope, cut, <c>derived</c>.</param>
/// <param name="Low">The lowest result among sources that give both parts as numbers; a result with a floor in it sets no end. Null where there is none.</param>
/// <param name="High">The highest such result.</param>
/// <param name="LowSupport">Every statement in the sum that gives the low end.</param>
/// <param name="HighSupport">Every statement in the sum that gives the high end.</param>
public sealed record DerivedFigure(
    string Id,
    string What,
    Derivation How,
    Quantity Quantity,
    long? Low,
    long? High,
    IReadOnlyList<StatementId> LowSupport,
    IReadOnlyList<StatementId> HighSupport,
    IReadOnlyList<Sum> Sums)
{
    /// <summary>True where a part was said with "about".</summary>
    public bool Approximate => Sums.Any(s => s.Result.IsApproximate);
}

/// <summary>One source's sum: a column that adds up by eye.</summary>
/// <param name="Result">As said and without tolerance; a floor where a part added is only a floor.</param>
/// <param name="Least">The lowest that rounding allows: "about" as wide as the operation says, at every part. Of two rounded numbers the difference may be nothing.</param>
/// <param name="Most">The highest that rounding allows; null where a part is only a floor.</param>
public sealed record Sum(Source Source, IReadOnlyList<Summand> Parts, Bound Result, long Least, long? Most)
{
    internal static Sum Of(Source source, IReadOnlyList<Summand> parts, Bound result, int tolerancePercent)
    {
        var (added, taken) = (parts.Where(p => !p.IsTakenAway).Select(p => p.Says).ToList(), parts.Where(p => p.IsTakenAway).Select(p => p.Says).ToList());
        var isOpen = added.Exists(b => b.High is null);
        return new Sum(
            source,
            parts,
            result,
            Math.Max(0, added.Sum(b => b.LeastWithin(tolerancePercent) ?? 0) - taken.Sum(b => b.MostWithin(tolerancePercent) ?? 0)),
            isOpen ? null : added.Sum(b => b.MostWithin(tolerancePercent)!.Value) - taken.Sum(b => b.LeastWithin(tolerancePercent) ?? 0));
    }

    public IReadOnlyList<StatementId> Ids => [.. Parts.Select(p => p.Id).Distinct().Order()];
}

/// <summary>One line of a sum.</summary>
/// <param name="IsTakenAway">Subtracted rather than added.</param>
/// <param name="Says">The bound as said.</param>
/// <param name="Of">What it counts, in short: "up to 2031-05-02", "second batch", "fighters".</param>
public sealed record Summand(StatementId Id, bool IsTakenAway, Bound Says, string Of);
