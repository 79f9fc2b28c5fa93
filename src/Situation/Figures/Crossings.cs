using Safeconduct.Statements;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Situation.Figures;

/// <summary>
/// When counts out of one area by way of different crossings are different quantities: where one source counts by two or more of them over one time. A source that names only one names the way
/// that those it counts went, and may mean all of them. A convoy goes one way, so that naming it sets nothing apart.
/// </summary>
internal sealed class Crossings
{
    private readonly HashSet<(Measure, Unit, PlaceId, SourceId, string)> _several;

    public Crossings(Gazetteer gazetteer, IEnumerable<CountSaid> counts) =>
        _several =
        [
            .. counts.Where(c => Goes(c.Quantity))
                .GroupBy(c => (c.Quantity.Measure, c.Quantity.Unit, c.Quantity.Scope.From!.Value, c.Statement.SaidBy.Id, c.Quantity.Cut.Time.ToString()), c => c.Quantity.Scope.Via!.Value)
                .Where(g => g.Distinct().ToList() is var ways && ways.Exists(a => ways.Exists(b => !gazetteer.IsWithin(a, b) && !gazetteer.IsWithin(b, a))))
                .Select(g => g.Key),
        ];

    public PlaceId? Apart(CountSaid count)
    {
        var quantity = count.Quantity;
        return Goes(quantity) && _several.Contains((quantity.Measure, quantity.Unit, quantity.Scope.From!.Value, count.Statement.SaidBy.Id, quantity.Cut.Time.ToString())) ? quantity.Scope.Via : null;
    }

    private static bool Goes(Quantity quantity) => quantity is { Measure: Measure.Left or Measure.Displaced, Scope: { From: not null, Via: not null } }
        && BatchWords.FigureOf(quantity.Scope.Batch) is null;
}
