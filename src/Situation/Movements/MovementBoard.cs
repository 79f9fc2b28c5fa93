using NodaTime;
using NodaTime.Text;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Movements;

/// <summary>Convoys from what is said of them, and totals beside their batches. Depends on the statements and the view alone, never on the order of arrival.</summary>
internal static class MovementBoard
{
    public static ConvoyBoard Of(IReadOnlyList<Statement> statements, Func<StatementId, bool> isReplaced, Operation operation, View view)
    {
        var reports = statements.SelectMany(s => ConvoyReport.Of(s, !isReplaced(s.Id), operation.Zone)).ToList();
        if (reports.Count == 0)
        {
            return ConvoyBoard.Empty;
        }

        var now = view.AsOf ?? statements.Max(s => s.KnownFrom.Latest(operation.Zone));
        var balance = new PassengerBalance(operation, now);
        var confirming = statements.SelectMany(s => s.Linked(Relation.Confirms).Select(of => (Of: of, By: s))).ToLookup(c => c.Of, c => c.By);
        var convoys = Told(reports, operation).Select(c => Convoy(c, balance, confirming, operation.Gazetteer)).OrderBy(c => c.Day).ThenBy(c => c.Id, StringComparer.Ordinal).ToList();
        return new(convoys, BatchTotals.Of(statements, isReplaced, operation));
    }

    /// <summary>Which reports are of one convoy: one name, one area left, and the same day's departure or the last one before.</summary>
    private static IEnumerable<(string Name, PlaceId? From, LocalDate Day, IReadOnlyList<ConvoyReport> Reports)> Told(List<ConvoyReport> reports, Operation operation)
    {
        foreach (var name in reports.GroupBy(r => r.Name.Convoy ?? ConvoyName.NotNamed, StringComparer.Ordinal))
        {
            var left = name.Where(r => r.Step is LegStep.Departed).Select(r => AreaOf(r, operation.Gazetteer)).OfType<PlaceId>().Distinct().ToList();
            PlaceId? Origin(ConvoyReport report) => AreaOf(report, operation.Gazetteer) is { } area && (left.Count == 0 || left.Exists(l => IsNested(l, area, operation.Gazetteer))) ? area : null;
            var areas = name.Select(Origin).OfType<PlaceId>().Distinct().ToList();
            var widest = areas.Select(a => CountSessions.Outermost(a, areas, operation.Gazetteer)).Distinct().ToList();
            foreach (var area in name.GroupBy(r => Origin(r) is { } a ? CountSessions.Outermost(a, areas, operation.Gazetteer) : widest.Count == 1 ? widest[0] : (PlaceId?)null))
            {
                var starts = area.Where(r => r is { Step: LegStep.Departed, Stands: true }).Select(r => DayOf(r, operation)).Distinct().Order().ToList();
                foreach (var day in area.GroupBy(r => Departure(DayOf(r, operation), starts, name.Key != ConvoyName.NotNamed ? area.Min(x => DayOf(x, operation)) : null)))
                {
                    yield return (name.Key, area.Key, day.Key, [.. day.OrderBy(r => r.Start).ThenBy(r => r.Id).ThenBy(r => r.Step)]);
                }
            }
        }
    }

    /// <summary>The last departure up to the day; what is said of before the first belongs to it. A convoy without a departure goes by its first day, one without a name by each day.</summary>
    private static LocalDate Departure(LocalDate day, List<LocalDate> starts, LocalDate? first) =>
        starts.Count == 0 ? first ?? day : starts.FindLast(s => s <= day) is var start && start != default ? start : starts[0];

    private static LocalDate DayOf(ConvoyReport report, Operation operation) => report.Statement.About.Start.DayIn(operation.Zone);

    private static bool IsNested(PlaceId one, PlaceId other, Gazetteer gazetteer) => gazetteer.IsWithin(one, other) || gazetteer.IsWithin(other, one);

    /// <summary>A crossing or a line on the way is no area that somebody left; nor is a place from which no departure of the convoy is spoken of, where there is another.</summary>
    private static PlaceId? AreaOf(ConvoyReport report, Gazetteer gazetteer) =>
        report.Statement.Where.From is { } from && gazetteer.Find(from)?.Kind is not (PlaceKind.Crossing or PlaceKind.Route) ? from : null;

    private static Convoy Convoy((string Name, PlaceId? From, LocalDate Day, IReadOnlyList<ConvoyReport> Reports) told, PassengerBalance balance, ILookup<StatementId, Statement> confirming, Gazetteer gazetteer)
    {
        var day = LocalDatePattern.Iso.Format(told.Day);
        var place = told.From is { } from ? gazetteer.NameOf(from) : "a place not stated";
        return new(
            $"{told.Name}.{told.From?.Value ?? "place-not-stated"}.{day}",
            told.Name,
            $"{told.Name.Replace('-', ' ')} out of {place}, {day}",
            told.From,
            told.Day,
            Legs(told.Reports),
            CountSessions.Of(told.Reports, confirming),
            balance.Of(told.Reports));
    }

    private static IReadOnlyList<Leg> Legs(IReadOnlyList<ConvoyReport> reports) =>
    [
        .. reports.GroupBy(r => (r.Step, r.Line))
            .OrderBy(g => g.Min(r => r.Start)).ThenBy(g => g.Key.Step).ThenBy(g => g.Key.Line?.Value, StringComparer.Ordinal)
            .Select(g => new Leg(
                g.Key.Step,
                g.Key.Line,
                [.. g.DistinctBy(r => r.Id).OrderBy(r => r.Id).Select(r => new LegTime(r.Id, r.Statement.SaidBy, r.Statement.About))],
                [.. g.Select(r => r.Count).OfType<CountMade>().OrderBy(c => c.Id).ThenBy(c => c.Unit).ThenBy(c => c.Category.Slug, StringComparer.Ordinal).ThenBy(c => c.Group, StringComparer.Ordinal)])),
    ];
}
