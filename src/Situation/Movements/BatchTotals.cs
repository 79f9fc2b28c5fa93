using NodaTime;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Movements;

/// <summary>
/// Stated totals of people who left, beside the batches that make them up: those named inside the total ("batches of 951, 1,198 and 208"), or those that the same body counts up to then.
/// The sum is laid beside the total. It is not the total: a body may count batches it does not list.
/// </summary>
internal static class BatchTotals
{
    public static IReadOnlyList<BatchTotal> Of(IReadOnlyList<Statement> statements, Func<StatementId, bool> isReplaced, Operation operation)
    {
        var counts = CountSaid.All(statements, isReplaced).Where(c => c is { Binds: true, Quantity: { Measure: Measure.Left, Unit: Unit.People } } && CountSessions.HasNumber(c.Bound)).ToList();
        var batches = counts.Where(c => !c.IsPart && c.Quantity is { Group: null } q && q.Category == Category.Everyone && ConvoyName.Of(q.Scope.Batch) is { Convoy: not null, Vehicle: null })
            .ToLookup(c => c.Statement.SaidBy.Id.Body, StringComparer.Ordinal);
        var inside = counts.Where(c => c.IsPart && c.Quantity.Group is not null).ToLookup(c => c.Statement.Id);
        return
        [
            .. counts.Where(c => !c.IsPart && c.Quantity is { Group: null, Scope.Batch: null } q && q.Category == Category.Everyone)
                .Select(total => Beside(total, Inside(inside[total.Statement.Id]), batches[total.Statement.SaidBy.Id.Body], operation))
                .OfType<BatchTotal>()
                .OrderBy(t => t.UpTo).ThenBy(t => t.Total),
        ];
    }

    private static BatchTotal? Beside(CountSaid total, List<BatchCount> inside, IEnumerable<CountSaid> ofBody, Operation operation)
    {
        var batches = inside.Count > 1 ? inside : UpTo(total, ofBody, operation);
        return batches.Count < 2 ? null : new(
            total.Statement.Id,
            total.Statement.SaidBy,
            total.Quantity.Scope.From,
            EndOf(total, operation),
            total.Bound,
            batches,
            Sum(batches, b => b.Low),
            Sum(batches, b => b.High));
    }

    private static List<BatchCount> Inside(IEnumerable<CountSaid> parts) =>
    [
        .. parts.Select(p => (Name: ConvoyName.Of(p.Quantity.Group).Convoy, Part: p))
            .Where(p => p.Name is { } name && name.StartsWith("convoy-", StringComparison.Ordinal))
            .Select(p => new BatchCount(p.Name!, p.Part.Bound, p.Part.Statement.Id))
            .OrderBy(b => b.Name.Length).ThenBy(b => b.Name, StringComparer.Ordinal),
    ];

    /// <summary>Each batch once, in the words that its body said last.</summary>
    private static List<BatchCount> UpTo(CountSaid total, IEnumerable<CountSaid> batches, Operation operation) =>
    [
        .. batches.Where(b => IsSameArea(b.Quantity.Scope.From, total.Quantity.Scope.From, operation.Gazetteer) && IsCovered(b, total, operation))
            .GroupBy(b => (Name: ConvoyName.Of(b.Quantity.Scope.Batch).Convoy!, Day: StartOf(b, operation)))
            .Select(g => (g.Key, Said: g.OrderByDescending(b => b.Statement.SaidAt).ThenBy(b => b.Statement.Id).First()))
            .OrderBy(b => b.Key.Day).ThenBy(b => b.Key.Name.Length).ThenBy(b => b.Key.Name, StringComparer.Ordinal)
            .Select(b => new BatchCount(b.Key.Name, b.Said.Bound, b.Said.Statement.Id)),
    ];

    private static bool IsCovered(CountSaid batch, CountSaid total, Operation operation) =>
        EndOf(batch, operation) <= EndOf(total, operation)
        && (total.Quantity.Cut.Kind is CutKind.SinceStart && !total.Quantity.Cut.Time.IsInterval || StartOf(batch, operation) >= StartOf(total, operation))
        && batch.Statement.SaidAt.Date <= total.Statement.SaidAt.Date;

    private static bool IsSameArea(PlaceId? one, PlaceId? other, Gazetteer gazetteer) =>
        one == other || (one is { } a && other is { } b && (gazetteer.IsWithin(a, b) || gazetteer.IsWithin(b, a)));

    private static LocalDate StartOf(CountSaid count, Operation operation) => count.Quantity.Cut.Time.Start.DayIn(operation.Zone);

    private static LocalDate EndOf(CountSaid count, Operation operation) => count.Quantity.Cut.Time.End.DayIn(operation.Zone);

    private static long? Sum(IReadOnlyList<BatchCount> batches, Func<Bound, long?> end) => batches.Aggregate((long?)0, (sum, b) => sum + end(b.Bound));
}
