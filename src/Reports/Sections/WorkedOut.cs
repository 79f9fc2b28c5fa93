using Safeconduct.Situation.Derived;
using Safeconduct.Situation.Figures;
using Safeconduct.Situation.Ties;
using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Reports.Sections;

/// <summary>
/// What nobody stated and each source's own numbers give, every part shown; and, for the room alone, what holds together at the head of the report. Kept apart from the figures that were
/// said. Outside the room no sum is listed that a witness or a small count is in, nor what is left of one convoy.
/// </summary>
internal static class WorkedOut
{
    private const int MostRows = 20;

    public static Draft Of(Teller teller)
    {
        var listed = teller.Now.Derived.Where(d => IsListed(teller, d)).OrderBy(d => d.How).ThenBy(d => d.Quantity.Cut.Time.End).ThenBy(d => d.Id, StringComparer.Ordinal).ToList();
        var holds = teller.InRoom ? Figures.Headline(teller).Where(f => f.Together is not null).ToList() : [];
        return new(
            "worked-out",
            "Worked out from what was said",
            [
                listed.Count == 0
                    ? LineOf.Paragraph("No source's own numbers give a further figure by adding or taking away.")
                    : new Block.Table(null, ["Stated by nobody", "Comes to", "From one source's own numbers"], [.. listed.Take(MostRows).Select(d => Row(teller, d))], [34, 16, 50]),
                listed.Count > MostRows ? LineOf.Note($"{Phrases.Many(listed.Count - MostRows, "further figure")} of this kind {(listed.Count - MostRows == 1 ? "is" : "are")} not listed here.") : null,
                holds.Count == 0 ? null : new Block.Table("What holds together, for the room", ["Figure", "All statements that do not contradict others allow", "Rests on"], [.. holds.Select(f => Together(teller, f))], [34, 30, 36]),
            ]);
    }

    private static bool IsListed(Teller teller, DerivedFigure figure) =>
        (figure.How is not Derivation.RestOfWhole || (teller.InRoom && figure.Quantity is { Unit: Unit.People, Scope.Batch: null }))
        && (figure.Low is not null || figure.Sums.Any(s => s.Result.Low is not null))
        && !figure.Sums.SelectMany(s => s.Parts).Any(p => teller.Find(p.Id) is not { } statement || teller.IsMerged(statement) || teller.Words(p.Says, figure.Quantity.Unit, p.Id) != p.Says.ToString());

    private static IReadOnlyList<Line> Row(Teller teller, DerivedFigure figure) =>
    [
        Line.Of($"{Phrases.Capital(teller.Say.Quantity(figure.Quantity))}{How(figure.How)}"),
        new([LineOf.Strong(Comes(figure))]),
        LineOf.Stacked(figure.Sums.Select(s => Sum(teller, s))),
    ];

    private static string How(Derivation how) => how switch
    {
        Derivation.BetweenTotals => ", between two running totals",
        Derivation.UntilTheEnd => ", to the end",
        Derivation.SumOfParts => ", parts added up",
        Derivation.RestOfWhole => "",
        Derivation.NetOfReturns => ", less those turned back",
        _ => throw new ArgumentOutOfRangeException(nameof(how)),
    };

    private static string Comes(DerivedFigure figure)
    {
        var about = figure.Approximate ? "about " : "";
        return (figure.Low, figure.High) switch
        {
            ({ } low, { } high) => low == high ? about + Shown.Grouped(low) : $"{about}{Shown.Grouped(low)} to {Shown.Grouped(high)}",
            _ => figure.Sums.Select(s => s.Result).OrderByDescending(b => b.Low).First().ToString(),
        };
    }

    private static IEnumerable<Piece> Sum(Teller teller, Sum sum) =>
    [
        new Piece.By(teller.Label(sum.Source)),
        LineOf.Words(": "),
        .. sum.Parts.SelectMany((p, i) => new[] { LineOf.Words($"{(p.IsTakenAway ? " less " : i == 0 ? "" : " and ")}{p.Says} ({p.Of}) ") }.Concat(teller.Cites([p.Id]))),
        LineOf.Words(" = "),
        LineOf.Strong(sum.Result.ToString()),
        .. Rounding(sum) is { } words ? (IEnumerable<Piece>)[LineOf.Quiet($" ({words})")] : [],
    ];

    /// <summary>What rounding allows, where a part was said with "about": the difference of two rounded numbers is no rounded number.</summary>
    internal static string? Rounding(Sum sum) => sum.Result.IsApproximate && sum.Most is { } most
        ? $"rounding allows {Shown.Grouped(sum.Least)} to {Shown.Grouped(most)}"
        : null;

    private static IReadOnlyList<Line> Together(Teller teller, Figure figure)
    {
        var together = figure.Together!;
        var words = together switch
        {
            { Consensus: { } c } => Explanations.ExplanationText.Range(c.Low, c.High),
            { Conflicts.Count: > 0 } => "no one range: statements on it contradict one another" + string.Concat(together.Without.Select(w => $"; without {teller.Label(w.Source).Name} {Explanations.ExplanationText.Range(w.Low, w.High)}")),
            _ => "not worked out",
        };
        var ids = together.Consensus is { } consensus
            ? new[] { consensus.LowProof, consensus.HighProof }.OfType<Proof>().SelectMany(p => p.Ids)
            : teller.Now.Conflicts.Where(c => together.Conflicts.Contains(c.Id)).SelectMany(c => c.Ids);
        return [Line.Of(Phrases.Capital(teller.Say.Quantity(figure.Quantity))), Line.Of(Phrases.Capital(words)), new([.. teller.Cites(ids)])];
    }
}
