using Safeconduct.Statements;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Figures;

/// <summary>
/// When counts out of one area to different destinations are different quantities. Sources name one destination at different depths (a crossing, a district, a
/// province), so destinations are one unless something sets them apart:
/// one lies inside the area that holds the place left and others do not (moved within a city, or out of it); or the statement's own words say "to" the place
/// and it is not where most are said to have gone (patients taken on to another country).
/// </summary>
internal sealed class Destinations
{
    private readonly Gazetteer _gazetteer;
    private readonly Dictionary<(Measure, Unit, PlaceId), Ways> _ways;

    public Destinations(Gazetteer gazetteer, IEnumerable<CountSaid> counts)
    {
        _gazetteer = gazetteer;
        _ways = counts.Where(c => Merges(c.Quantity.Measure) && c.Quantity.Scope is { From: not null, To: not null })
            .GroupBy(c => (c.Quantity.Measure, c.Quantity.Unit, c.Quantity.Scope.From!.Value))
            .ToDictionary(g => g.Key, g => WaysOf(g.Key.Value, [.. g.Select(c => c.Quantity.Scope.To!.Value)]));
    }

    /// <summary>Departures are counted at the place left; what arrives, is received or is hit is counted where that happens, and keeps its place.</summary>
    public static bool Merges(Measure measure) => measure is Measure.Left or Measure.Displaced or Measure.Released or Measure.TurnedBack
        or Measure.Remaining or Measure.WishedToLeave or Measure.Aboard or Measure.Held;

    /// <summary>The destination where it sets the count apart, else null. Inside the area that holds the place left, that area stands for all of it.</summary>
    public PlaceId? Apart(CountSaid count)
    {
        var (measure, scope) = (count.Quantity.Measure, count.Quantity.Scope);
        if (scope is not { From: { } area, To: { } place } || !Merges(measure))
        {
            return Merges(measure) || scope is { From: null, Via: null } ? null : scope.To;
        }

        var ways = _ways[(measure, count.Quantity.Unit, area)];
        return ways.InsideIsApart && IsInside(area, place)
            ? Container(area)
            : !IsMain(place, ways.Main) && IsSaidOf(count, place) ? place : null;
    }

    private Ways WaysOf(PlaceId area, IReadOnlyList<PlaceId> destinations)
    {
        var outside = destinations.Where(d => !IsInside(area, d)).ToList();
        var main = (outside.Count > 0 ? outside : destinations).CountBy(d => d).OrderByDescending(d => d.Value).ThenBy(d => d.Key).First().Key;
        return new Ways(main, outside.Count > 0 && outside.Count < destinations.Count);
    }

    private PlaceId? Container(PlaceId area) => _gazetteer.Find(area)?.Within;

    private bool IsInside(PlaceId area, PlaceId place) => Container(area) is { } container && _gazetteer.IsWithin(place, container);

    private bool IsMain(PlaceId place, PlaceId main) => place == main || _gazetteer.IsWithin(place, main) || _gazetteer.IsWithin(main, place);

    private bool IsSaidOf(CountSaid count, PlaceId place)
    {
        var name = _gazetteer.NameOf(place);
        return new[] { count.Statement.Paraphrase, count.Statement.Words?.Text, count.Quantity.Group, count.Statement.Imported?.Row }
            .Any(words => words is not null && words.Contains(" to " + name, StringComparison.OrdinalIgnoreCase));
    }

    private sealed record Ways(PlaceId Main, bool InsideIsApart);
}
