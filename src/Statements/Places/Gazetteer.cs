namespace Safeconduct.Statements.Places;

/// <summary>What a place is to a movement: an area one leaves or reaches, a crossing or a route between areas, or a point.</summary>
public enum PlaceKind
{
    Area,
    Crossing,
    Route,
    Point,
}

/// <summary>Longitude and latitude in degrees, WGS84, longitude first as in RFC 7946.</summary>
public readonly record struct Position
{
    public Position(double longitude, double latitude)
    {
        if (!(longitude is >= -180 and <= 180) || !(latitude is >= -90 and <= 90))
        {
            throw new RefusedException("gazetteer.position-off-earth", "A position is longitude (-180 to 180), then latitude (-90 to 90).");
        }

        Longitude = longitude;
        Latitude = latitude;
    }

    public double Longitude { get; }

    public double Latitude { get; }
}

/// <summary>One place of an operation: a name used without prejudice, as the operation's charter says.</summary>
/// <param name="Within">The area that contains it, where the gazetteer says so; never derived from place codes.</param>
/// <param name="Between">For a crossing or a route, the two areas it joins.</param>
/// <param name="AccuracyMetres">How far off the point may be, as representing the place; null where not stated.</param>
/// <param name="PositionIsFromMemory">The position is recalled, not read from a source: leave it out of anything that matters.</param>
public sealed record Place(
    PlaceId Id,
    string Name,
    PlaceKind Kind,
    PlaceId? Within = null,
    (PlaceId From, PlaceId To)? Between = null,
    Position? Position = null,
    double? AccuracyMetres = null,
    bool PositionIsFromMemory = false,
    string? LocalName = null,
    IReadOnlyList<string>? Aliases = null);

/// <summary>The places of one operation: areas as a tree, crossings, routes. Immutable and checked: every <c>within</c> and <c>between</c> leads to a place, and no area contains itself.</summary>
public sealed class Gazetteer
{
    private const char Unfound = '~';

    private readonly Dictionary<PlaceId, Place> _places;

    public Gazetteer(IEnumerable<Place> places)
    {
        _places = [];
        foreach (var place in places)
        {
            if (!_places.TryAdd(place.Id, place))
            {
                throw new RefusedException("gazetteer.same-id-twice", $"Two places have the id '{place.Id}'.");
            }
        }

        foreach (var place in _places.Values)
        {
            CheckLinks(place);
        }

        CheckNoCycle();
    }

    public static Gazetteer Empty { get; } = new([]);

    /// <summary>In the order of their ids.</summary>
    public IEnumerable<Place> Places => _places.Values.OrderBy(p => p.Id);

    public int Count => _places.Count;

    /// <summary>The place of that id; for an id that <see cref="PlaceIn"/> made, a place without a name of its own.</summary>
    public Place? Find(PlaceId id) => _places.GetValueOrDefault(id) ?? Unnamed(id);

    /// <summary>An id for a place that is told no finer than an area: one that cannot be told apart from any other place of it, and is taken for none of them.</summary>
    /// <param name="area">The area; null where it is not known.</param>
    /// <param name="mark">Keeps two such places two, 1 to 8 characters.</param>
    public static PlaceId PlaceIn(PlaceId? area, string mark) =>
        new(area is { } a && a.Value.Length + 1 + mark.Length <= PlaceId.LongestLength ? $"{a}{Unfound}{mark}" : $"{Unfound}{mark}");

    private Place? Unnamed(PlaceId id)
    {
        if (id.Value.LastIndexOf(Unfound) is not (>= 0 and var at))
        {
            return null;
        }

        return at == 0 ? new Place(id, "a place not named", PlaceKind.Point)
            : _places.TryGetValue(new PlaceId(id.Value[..at]), out var area) ? new Place(id, $"a place in {area.Name.Split(" (")[0]}", PlaceKind.Point, area.Id)
            : null;
    }

    /// <summary>The name to print; the id itself where the gazetteer has none.</summary>
    public string NameOf(PlaceId id) => Find(id)?.Name ?? id.Value;

    /// <summary>The name as a sentence needs it: without what stands in brackets to tell it apart on a list.</summary>
    public string ShortNameOf(PlaceId id) => NameOf(id).Split(" (")[0];

    /// <summary>The place and everything that contains it, innermost first.</summary>
    public IEnumerable<PlaceId> Upward(PlaceId id)
    {
        for (PlaceId? at = id; at is { } here; at = Find(here)?.Within)
        {
            yield return here;
        }
    }

    /// <summary>True when <paramref name="outer"/> is the place itself or contains it.</summary>
    public bool IsWithin(PlaceId inner, PlaceId outer) => Upward(inner).Contains(outer);

    private void CheckLinks(Place place)
    {
        PlaceId?[] links = [place.Within, place.Between?.From, place.Between?.To];
        foreach (var link in links)
        {
            if (link is { } id && !_places.ContainsKey(id))
            {
                throw new RefusedException("gazetteer.unknown-place", $"'{place.Id}' points to '{id}', which is not in the gazetteer.");
            }
        }
    }

    /// <summary>Walks up from every place and stops where an earlier walk has been, so that a long chain costs its length and not its square.</summary>
    private void CheckNoCycle()
    {
        var clear = new HashSet<PlaceId>();
        foreach (var place in _places.Values)
        {
            var path = new HashSet<PlaceId>();
            for (PlaceId? at = place.Id; at is { } here && !clear.Contains(here); at = _places[here].Within)
            {
                if (!path.Add(here))
                {
                    throw new RefusedException("gazetteer.cycle", $"'{here}' lies within itself, by way of its \"within\".");
                }
            }

            clear.UnionWith(path);
        }
    }
}
