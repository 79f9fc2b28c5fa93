using Safeconduct.Situation;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Reports.Sections;

/// <summary>Which figures stand at the head of a report, how they are drawn, and the tables of the others. The choice looks at what is said and by how many, never at a name.</summary>
internal static class Figures
{
    /// <summary>With fewer sources than this on the latest cut, an earlier cut on which more spoke heads the report.</summary>
    private const int EnoughSources = 3;

    private const int MostHeadlines = 5;

    public static Draft Headlines(Teller teller)
    {
        var headlines = Headline(teller);
        return new(
            "headline-figures",
            "Headline figures",
            headlines.Count == 0
                ? [LineOf.Paragraph("Nobody has stated how many people left, are still inside, or were killed.")]
                : [.. headlines.Select(f => Plots.RangePlots.Of(teller, f)), Legend(teller)]);
    }

    public static Draft Others(Teller teller)
    {
        var headlines = Headline(teller).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var current = teller.Figures.GroupBy(Series).SelectMany(LatestOf).ToList();
        var shown = current.Where(f => !headlines.Contains(f.Id) && InPeriod(teller, f)).ToList();
        var tables = shown.GroupBy(f => Group(f.Quantity)).OrderBy(g => g.Key.Order).Select(g => Table(teller, g.Key.Title, g)).ToList();
        var ofWitnesses = teller.Now.Figures.Count - teller.Figures.Count;
        var unshown = teller.Figures.Count - headlines.Count - shown.Count(f => !headlines.Contains(f.Id));
        return new(
            "other-figures",
            "Other figures",
            [
                .. tables,
                tables.Count == 0 ? LineOf.Paragraph("No other figure was stated.") : null,
                ofWitnesses > 0 ? LineOf.Note($"{Phrases.Many(ofWitnesses, "figure rests", "figures rest")} on witness accounts alone and {(ofWitnesses == 1 ? "is" : "are")} not listed.") : null,
                unshown > 0 ? LineOf.Note($"{Phrases.Many(unshown, "figure")} for earlier days or before the reporting period are not listed here.") : null,
            ]);
    }

    public static Draft HeldAndTurnedBack(Teller teller)
    {
        var figures = OnTheWay(teller).ToList();
        return new(
            "held-or-turned-back",
            "People held, turned back or released on the way",
            figures.Count == 0
                ? [LineOf.Paragraph("Nobody has stated that people were held, turned back or released on the way.")]
                : [new Block.Bullets([.. figures.Select(f => Held(teller, f))]), LineOf.Note("Numbers as said. What was not counted is said to be not counted; nothing is worked out from it.")]);
    }

    public static IEnumerable<Figure> OnTheWay(Teller teller) =>
        teller.Figures.Where(f => f.Quantity is { Unit: Unit.People, Measure: Measure.Held or Measure.TurnedBack or Measure.Released } && InPeriod(teller, f));

    /// <summary>The figures at the head: people out of an area in all, still inside, killed, and what most sources speak of besides.</summary>
    public static IReadOnlyList<Figure> Headline(Teller teller)
    {
        var series = teller.Figures
            .Where(f => f.Quantity is { Unit: Unit.People, Scope.Batch: null, Group: null } && f.PerSource.Count > 0)
            .GroupBy(Series)
            .Select(BestCut)
            .OrderByDescending(f => f.PerSource.Count).ThenBy(f => f.Id, StringComparer.Ordinal)
            .ToList();
        IEnumerable<Figure> Pick(int most, Func<Quantity, bool> which) => series.Where(f => which(f.Quantity)).Take(1).Concat(series.Where(f => which(f.Quantity)).Skip(1).Where(f => f.PerSource.Count >= EnoughSources).Take(most - 1));
        var wholes = new[]
        {
            Pick(2, q => q is { Measure: Measure.Left, Cut.Kind: CutKind.SinceStart } && IsWhole(q.Category)),
            Pick(1, q => q is { Measure: Measure.Remaining } && IsWhole(q.Category)),
            Pick(1, q => q is { Measure: Measure.Killed }).Where(f => f.PerSource.Count > 1),
            Pick(1, q => q is { Measure: Measure.Arrived or Measure.Recorded } && IsWhole(q.Category)).Where(f => f.PerSource.Count > 1),
            series.Where(f => f.Quantity.Measure is Measure.Left && IsWhole(f.Quantity.Category)).Take(1),
        };
        return [.. wholes.SelectMany(w => w).Distinct().Take(MostHeadlines)];
    }

    public static string Series(Figure figure) => string.Join('|', figure.Quantity with { Cut = figure.Quantity.Cut with { Time = Statements.Times.TimeSpoken.Parse("2000-01-01") } });

    private static bool IsWhole(Category category) => category == Category.Everyone || category == Category.Civilians;

    private static Figure BestCut(IEnumerable<Figure> cuts)
    {
        var latestFirst = cuts.OrderByDescending(f => f.Quantity.Cut.Time.End.Date).ThenByDescending(f => f.PerSource.Count).ThenBy(f => f.Id, StringComparer.Ordinal).ToList();
        // How many are inside now matters more than who else spoke of an earlier day.
        var enough = latestFirst[0].Quantity.Cut.Kind is CutKind.At ? EnoughSources - 1 : EnoughSources;
        return latestFirst.Find(f => f.PerSource.Count(r => r.Now.Count > 0) >= enough) ?? latestFirst.OrderByDescending(f => f.PerSource.Count).First();
    }

    /// <summary>A later running total replaces the earlier; other counts each stand for their own time.</summary>
    private static IEnumerable<Figure> LatestOf(IEnumerable<Figure> cuts)
    {
        var all = cuts.OrderBy(f => f.Quantity.Cut.Time.End).ThenBy(f => f.Id, StringComparer.Ordinal).ToList();
        return all[0].Quantity.Cut.Kind is CutKind.SinceStart ? [all[^1]] : all;
    }

    private static bool InPeriod(Teller teller, Figure figure) =>
        teller.Settings.PeriodStart is not { } start || figure.Quantity.Cut.Time.Latest(teller.Say.Zone) > start
        || figure.PerSource.SelectMany(r => r.Now).Any(c => teller.Find(c.Id) is { } s && Events.InPeriod(teller, s));

    private static (int Order, string Title) Group(Quantity quantity) => quantity.Measure switch
    {
        Measure.Left or Measure.Passed or Measure.Aboard or Measure.Arrived or Measure.Recorded when quantity.Unit is Unit.People or Unit.Movements => (0, "People who left, passed or arrived"),
        Measure.Remaining or Measure.WishedToLeave or Measure.Present when quantity.Unit is Unit.People => (1, "People still inside, present or wishing to leave"),
        Measure.Killed or Measure.Wounded or Measure.Harmed or Measure.Found => (2, "People killed, wounded or found"),
        Measure.Received or Measure.Displaced => (3, "People received into care or displaced"),
        Measure.Held or Measure.TurnedBack or Measure.Released => (4, "Held, turned back or released"),
        _ => quantity.Unit is Unit.Vehicles or Unit.Trips ? (5, "Vehicles") : (6, "Aid, staff and other counts"),
    };

    private static Block.Table Table(Teller teller, string title, IEnumerable<Figure> figures) => new(
        title,
        ["Figure", "Span of what is said", "According to"],
        [.. figures.OrderBy(f => f.Quantity.Cut.Time.End).ThenByDescending(f => f.PerSource.Count).ThenBy(f => f.Id, StringComparer.Ordinal).Select(f => Row(teller, f))],
        [38, 18, 44]);

    private static IReadOnlyList<Line> Row(Teller teller, Figure figure) =>
    [
        Line.Of(Phrases.Capital(teller.Say.Quantity(figure.Quantity))),
        new([LineOf.Strong(teller.Span(figure))]),
        LineOf.Stacked(figure.PerSource.GroupBy(r => teller.Label(r.Source)).Select(g => Said(teller, figure, g.Key, [.. g]))),
    ];

    private static IEnumerable<Piece> Said(Teller teller, Figure figure, SourceLabel label, IReadOnlyList<SourceRow> rows)
    {
        var now = rows.SelectMany(r => r.Now).ToList();
        var earlier = rows.SelectMany(r => r.Earlier).ToList();
        var shown = now.Count > 0 ? now : earlier;
        return
        [
            new Piece.By(teller.Numbered(label, shown.Select(c => c.Id).Distinct().Count())),
            LineOf.Words(": "),
            .. LineOf.Joined(shown.Select(c => Claim(teller, figure, c)), () => LineOf.Words("; ")).Pieces,
            .. now.Count == 0 ? (IEnumerable<Piece>)[LineOf.Quiet(" (replaced or withdrawn since)")] : [],
        ];
    }

    private static IEnumerable<Piece> Claim(Teller teller, Figure figure, ClaimShown claim) =>
    [
        LineOf.Words(teller.Words(claim.Bound, figure.Quantity.Unit, claim.Id) + (teller.Qualifier(claim, figure.Quantity.Cut) is { } words ? $", {words}" : "") + " "),
        .. teller.Cites([claim.Id]),
    ];

    private static Line Held(Teller teller, Figure figure) =>
        LineOf.Pieces(
            [LineOf.Strong(Phrases.Capital(teller.Span(figure))), LineOf.Words($" {teller.Say.Quantity(figure.Quantity)}, according to ")],
            LineOf.Joined(figure.PerSource.GroupBy(r => teller.Label(r.Source)).Select(g => Said(teller, figure, g.Key, [.. g])), () => LineOf.Words(", ")).Pieces,
            [LineOf.Words(IsReturnNotCounted(teller, figure) ? "; return not counted." : ".")]);

    /// <summary>People were turned back, and nobody counted them where they had left.</summary>
    internal static bool IsReturnNotCounted(Teller teller, Figure figure) => figure.Quantity.Measure is Measure.TurnedBack
        && !teller.Figures.Any(f => f.Quantity is { Unit: Unit.People, Measure: Measure.Arrived } && figure.Quantity.Scope.From is { } from && f.Quantity.Scope.To == from);

    private static Block.Paragraph Legend(Teller teller) => LineOf.Note(
        $"Tick: an exact number. Arrow: more than, or at least. Hatched: about, drawn {Shown.Number(teller.Now.Operation.TolerancePercent)} per cent either way. Solid block: between two numbers. "
        + "From zero: up to. Dotted: no number. Hollow: said earlier, replaced since. Thin: a part of those above, never added. Bracket: same origin, counted once. All rows of a figure have one axis, from zero.");
}
