using Safeconduct.Statements;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Figures;

/// <summary>
/// When counts out of one area by way of different crossings are different quantities: where two or more are spoken of, none within another. Where only one is, it is the way that
/// everybody goes, and sources name it or not. A convoy goes one way, so that naming it sets nothing apart.
/// </summary>
internal sealed class Crossings
{
    private readonly HashSet<(Measure, Unit, PlaceId)> _several;

    public Crossings(Gazetteer gazetteer, IEnumerable<CountSaid> counts) =>
        _several =
        [
            .. counts.Select(c => c.Quantity).Where(Goes)
                .GroupBy(q => (q.Measure, q.Unit, q.Scope.From!.Value), q => q.Scope.Via!.Value)
                .Where(g => g.Distinct().ToList() is var ways && ways.Exists(a => ways.Exists(b => !gazetteer.IsWithin(a, b) && !gazetteer.IsWithin(b, a))))
                .Select(g => g.Key),
        ];

    public PlaceId? Apart(Quantity quantity) =>
        Goes(quantity) && _several.Contains((quantity.Measure, quantity.Unit, quantity.Scope.From!.Value)) ? quantity.Scope.Via : null;

    private static bool Goes(Quantity quantity) => quantity is { Measure: Measure.Left or Measure.Displaced, Scope: { From: not null, Via: not null } }
        && BatchWords.FigureOf(quantity.Scope.Batch) is null;
}
