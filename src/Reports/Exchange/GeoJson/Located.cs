using Safeconduct.Statements;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Reports.Exchange.GeoJson;

/// <summary>
/// Where a statement's words put it on a map: the point of the place it names, or a straight line between the two, which is not the way that was taken. A position that
/// somebody recalled from memory is left out, as if there were none.
/// </summary>
/// <param name="Of">Which of the statement's places it is of: "via", "from", "to", "from-to", "from-via-to".</param>
/// <param name="AccuracyMetres">How far off it may be: the coarsest of its places; null where one of them does not say.</param>
public sealed record Located(Shape Shape, string Of, double? AccuracyMetres)
{
    /// <summary>Null where no place of it has a position: unlocated is an answer.</summary>
    public static Located? In(Scope where, Gazetteer gazetteer)
    {
        ArgumentNullException.ThrowIfNull(where);
        ArgumentNullException.ThrowIfNull(gazetteer);
        var (from, via, to) = (Known(where.From, gazetteer), Known(where.Via, gazetteer), Known(where.To, gazetteer));
        return (from, via, to) switch
        {
            ({ } f, { } v, { } t) => Between([f, v, t], "from-via-to"),
            ({ } f, null, { } t) => Between([f, t], "from-to"),
            (_, { } v, _) => Between([v], "via"),
            ({ } f, _, _) => Between([f], "from"),
            (_, _, { } t) => Between([t], "to"),
            _ => null,
        };
    }

    /// <summary>The position of a place; null where it has none, or only a recalled one.</summary>
    public static Position? PositionOf(Place place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return place.PositionIsFromMemory ? null : place.Position;
    }

    private static Located Between(IReadOnlyList<Place> places, string of) => new(
        Shape.Through([.. places.Select(p => p.Position!.Value)]),
        of,
        places.All(p => p.AccuracyMetres is not null) ? places.Max(p => p.AccuracyMetres) : null);

    private static Place? Known(PlaceId? id, Gazetteer gazetteer) => id is { } place && gazetteer.Find(place) is { } found && PositionOf(found) is not null ? found : null;
}
