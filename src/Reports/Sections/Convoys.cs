using Safeconduct.Situation.Movements;
using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Reports.Sections;

/// <summary>
/// Convoys counted on their way. Outside the room a convoy is there only once somebody reports its arrival and the delay has passed, without vehicles, without
/// fighters or any other part of those aboard, and without who is missing: that frightens families, and leaves the room only by a named officer.
/// </summary>
internal static class Convoys
{
    public static Draft Counted(Teller teller)
    {
        var convoys = Shown(teller);
        return new(
            "counted-on-the-way",
            "Convoys counted on the way",
            convoys.Count == 0
                ? LineOf.Paragraph(teller.InRoom ? "Nobody has counted a convoy." : "No convoy whose arrival is reported, and that was counted, is past the delay.")
                : teller.InRoom
                    ? new Block.Table(null, ["Convoy", "Counted, by whom", "Departed, not counted since"], [.. convoys.Select(c => Row(teller, c).Append(Missing(teller, c)).ToList())], [18, 50, 32])
                    : new Block.Table(null, ["Convoy", "Counted, by whom"], [.. convoys.Select(c => Row(teller, c))], [24, 76]),
            Totals(teller),
            convoys.Count == 0 ? null : LineOf.Note("Two counts of one convoy at one line are never added. People at the second line are not new people. Vehicles, trips and people are never added. What nobody counted is unknown, and not none."));
    }

    /// <summary>Those that were counted and that this edition may carry.</summary>
    internal static List<Convoy> Shown(Teller teller) =>
        [.. teller.Now.Movements.Convoys.Where(c => c.Legs.Any(l => Counts(teller, l).Any()) && MayShow(teller, c))];

    private static bool MayShow(Teller teller, Convoy convoy) => teller.InRoom
        || (convoy.ArrivalIsReported && convoy.Legs.SelectMany(l => l.Times).All(t => t.When.Latest(teller.Now.Operation.Zone) + teller.Now.Operation.ReleaseDelay <= teller.Settings.CutOff));

    private static IEnumerable<CountMade> Counts(Teller teller, Leg leg) =>
        leg.Counts.Where(c => c.Stands && (teller.InRoom || (c.Category == Category.Everyone && c.Vehicle is null && teller.Find(c.Id) is { } s && !teller.IsMerged(s))));

    private static IReadOnlyList<Line> Row(Teller teller, Convoy convoy) =>
    [
        LineOf.Pieces(
            [LineOf.Strong(Phrases.Capital(convoy.Name.Replace('-', ' '))), new Piece.Break()],
            [LineOf.Words(convoy.From is { } from ? $"{teller.Say.Place(from)}, " : ""), LineOf.Words(teller.Say.Day(convoy.Day))]),
        LineOf.Stacked(convoy.Legs.Where(l => Counts(teller, l).Any()).Select(l => Leg(teller, l))),
    ];

    private static IEnumerable<Piece> Leg(Teller teller, Leg leg)
    {
        yield return LineOf.Quiet($"{Phrases.Capital(Phrases.Spoken(leg.Step))}{(leg.Place is { } place ? $", {teller.Say.Place(place)}" : "")}: ");
        var isFirst = true;
        foreach (var count in Counts(teller, leg))
        {
            var vehicle = count.Vehicle is null ? "" : $"{count.Vehicle.Replace('-', ' ')}{(count.Trip is null ? "" : $" trip {count.Trip}")}: ";
            yield return LineOf.Words($"{(isFirst ? "" : "; ")}{vehicle}{teller.Words(count.Bound, count.Unit, count.Id)} {Of(count)} (");
            foreach (var piece in teller.Sources([(count.Source, (IEnumerable<StatementId>)[count.Id])]))
            {
                yield return piece;
            }

            yield return LineOf.Words(")");
            isFirst = false;
        }
    }

    private static string Of(CountMade count)
    {
        var who = count.Unit is Unit.Trips ? $"trips of {count.Category}" : count.Category.ToString();
        var group = count.Group is { } words ? $" ({words})" : "";
        return count.Measure is Measure.Left or Measure.Arrived or Measure.Passed or Measure.TurnedBack ? who + group : $"{who}{group} {Statements.Kinds.Said.Verb(count.Measure)}";
    }

    /// <summary>What was said stands before what follows from it; the tolerance of "about" is nowhere.</summary>
    private static Line Missing(Teller teller, Convoy convoy)
    {
        if (convoy.NotAccountedFor is not { } missing)
        {
            return Line.Of("Departure not counted.");
        }

        return LineOf.Pieces(
            [LineOf.Strong(Range(missing)), LineOf.Words($". {Because(teller, missing)} ")],
            teller.Cites(missing.Terms.SelectMany(t => t.Ids)),
            missing is { High: not 0, LastSeen: { } last } ? [new Piece.Break(), LineOf.Quiet($"Last all counted: {At(teller, last)}"), .. First(teller, missing)] : [],
            missing.ByCategory.Where(p => p.High is not 0).SelectMany(p => (IEnumerable<Piece>)[new Piece.Break(), LineOf.Words($"Of {p.Category}: {Range(p).ToLowerInvariant()}.")]));
    }

    private static IEnumerable<Piece> First(Teller teller, NotAccountedFor missing) =>
        missing.FirstMissing is { } first ? [LineOf.Quiet($"; first counted fewer: {At(teller, first)}")] : [];

    private static string At(Teller teller, SeenAt seen) =>
        $"{Phrases.Spoken(seen.Step)}{(seen.Place is { } place ? $", {teller.Say.Place(place)}" : "")}, {teller.Say.EventTime(seen.When)}";

    private static string Range(NotAccountedFor missing)
    {
        var about = missing.Approximate ? "about " : "";
        return (missing.Low, missing.High) switch
        {
            (_, 0) => "None",
            (_, null) => missing.Low == 0 ? "Not known" : $"At least {about}{Statements.Shown.Grouped(missing.Low)}",
            (0, { } high) => $"Up to {about}{Statements.Shown.Grouped(high)}",
            ({ } low, { } high) when low == high => Phrases.Capital($"{about}{Statements.Shown.Grouped(low)}"),
            ({ } low, { } high) => Phrases.Capital($"{about}{Statements.Shown.Grouped(low)} to {about}{Statements.Shown.Grouped(high)}"),
        };
    }

    private static string Because(Teller teller, NotAccountedFor missing) => missing.Alarm switch
    {
        Alarm.NobodyMissing => "As far as counted.",
        Alarm.NotYetDue => $"Not yet due: {teller.Say.At(missing.Due!.Value)}.",
        Alarm.TravelTimeNotStated => "Usual travel time not stated; they may be under way.",
        Alarm.ArrivalNotCounted => "Arrival reported, not counted.",
        Alarm.Raised => $"Overdue since {teller.Say.At(missing.Due!.Value)}.",
        _ => throw new ArgumentOutOfRangeException(nameof(missing)),
    };

    /// <summary>Sums of batches show how far a convoy had come, so they stay in the room with the convoys.</summary>
    private static Block.Table? Totals(Teller teller) => !teller.InRoom || teller.Now.Movements.Totals.Count == 0 ? null : new(
        "Stated totals beside the batches that their source lists",
        ["Stated total", "Batches listed", "Their sum"],
        [.. teller.Now.Movements.Totals.Select(t => (IReadOnlyList<Line>)
        [
            LineOf.Pieces([LineOf.Strong(t.Stated.ToString()), LineOf.Words($", up to {teller.Say.Day(t.UpTo)}, ")], teller.Sources([(t.Source, (IEnumerable<StatementId>)[t.Total])])),
            LineOf.Pieces([LineOf.Words(string.Join(" + ", t.Batches.Select(b => b.Bound.ToString())) + " ")], teller.Cites(t.Batches.Select(b => b.Id))),
            Line.Of(t is { SumLow: { } low, SumHigh: { } high } ? low == high ? Statements.Shown.Grouped(low) : $"{Statements.Shown.Grouped(low)} to {Statements.Shown.Grouped(high)}" : "open"),
        ])],
        [36, 42, 22]);
}
