using System.Text.Json;
using Safeconduct.Statements.Places;

namespace Safeconduct.Reports.Exchange.GeoJson;

/// <summary>
/// A geometry as RFC 7946 wants it written: WGS84, longitude first, outer rings against the clock and holes with it (3.1.6), cut where it crosses the antimeridian (3.1.9).
/// Every part lies between -180 and 180 degrees.
/// </summary>
public abstract record Shape
{
    private const double HalfTurn = 180;
    private const int MostDigits = 5;
    private const int FewestDigits = 2;

    private Shape()
    {
    }

    /// <summary>One position.</summary>
    public sealed record Point(Position At) : Shape;

    /// <summary>A line, in several parts where it was cut.</summary>
    public sealed record Line(IReadOnlyList<IReadOnlyList<Position>> Parts) : Shape;

    /// <summary>Polygons, each of an outer ring and its holes; each ring ends with its first position.</summary>
    public sealed record Area(IReadOnlyList<IReadOnlyList<IReadOnlyList<Position>>> Polygons) : Shape;

    /// <summary>A line through positions, the shorter way round the globe; a point where they are all one.</summary>
    public static Shape Through(IReadOnlyList<Position> positions)
    {
        var distinct = positions.Where((p, i) => i == 0 || p != positions[i - 1]).ToList();
        return distinct.Count == 1 ? new Point(distinct[0]) : new Line(CutLine(Unwrapped(distinct)));
    }

    /// <summary>
    /// A geometry as somebody's file has it, put right: rings are closed, turned and cut. Null for what is no geometry of RFC 7946, is off the earth, or goes around a pole.
    /// </summary>
    public static Shape? Read(JsonElement geometry)
    {
        if (geometry.ValueKind is not JsonValueKind.Object || !geometry.TryGetProperty("type", out var type) || type.ValueKind is not JsonValueKind.String || !geometry.TryGetProperty("coordinates", out var coordinates))
        {
            return null;
        }

        return type.GetString() switch
        {
            "Point" => PositionOf(coordinates) is { } at ? new Point(at) : null,
            "LineString" => PositionsOf(coordinates) is { Count: >= 2 } line ? Through(line) : null,
            "Polygon" => AreaOf([coordinates]),
            "MultiPolygon" when coordinates.ValueKind is JsonValueKind.Array => AreaOf([.. coordinates.EnumerateArray()]),
            _ => null,
        };
    }

    /// <summary>
    /// How many digits after the point a position deserves: so many that rounding moves it by less than a tenth of how far off it may be. Five (about a metre) where
    /// nothing is said of that; never fewer than two.
    /// </summary>
    public static int DigitsFor(double? accuracyMetres) => accuracyMetres switch
    {
        null => MostDigits,
        >= 10_000 => FewestDigits,
        >= 1_000 => 3,
        >= 100 => 4,
        _ => MostDigits,
    };

    /// <summary>The box around it, rounded as its positions are.</summary>
    public Box Bounds(int digits = MostDigits) => Box.Around(Boxes(digits))!.Value;

    /// <summary>The boxes of its parts, none of which crosses the antimeridian.</summary>
    public IEnumerable<Box> Boxes(int digits = MostDigits)
    {
        var parts = this switch
        {
            Point p => [[p.At]],
            Line l => l.Parts,
            Area a => a.Polygons.Select(rings => rings[0]),
            _ => throw new InvalidOperationException(),
        };
        return parts.Select(part => new Box(
            Rounded(part.Min(p => p.Longitude), digits), Rounded(part.Min(p => p.Latitude), digits), Rounded(part.Max(p => p.Longitude), digits), Rounded(part.Max(p => p.Latitude), digits)));
    }

    /// <summary>Writes the geometry object.</summary>
    public void Write(Utf8JsonWriter json, int digits = MostDigits)
    {
        json.WriteStartObject();
        switch (this)
        {
            case Point p:
                json.WriteString("type", "Point");
                json.WritePropertyName("coordinates");
                WritePosition(json, p.At, digits);
                break;
            case Line { Parts: [var only] }:
                json.WriteString("type", "LineString");
                json.WritePropertyName("coordinates");
                WritePositions(json, only, digits);
                break;
            case Line l:
                json.WriteString("type", "MultiLineString");
                WriteAll(json, l.Parts, part => WritePositions(json, part, digits), "coordinates");
                break;
            case Area { Polygons: [var only] }:
                json.WriteString("type", "Polygon");
                WriteAll(json, only, ring => WritePositions(json, ring, digits), "coordinates");
                break;
            case Area a:
                json.WriteString("type", "MultiPolygon");
                WriteAll(json, a.Polygons, polygon => WriteAll(json, polygon, ring => WritePositions(json, ring, digits)), "coordinates");
                break;
        }

        json.WriteEndObject();
    }

    private static Area? AreaOf(IReadOnlyList<JsonElement> polygons)
    {
        var whole = new List<IReadOnlyList<IReadOnlyList<Position>>>();
        foreach (var polygon in polygons)
        {
            if (polygon.ValueKind is not JsonValueKind.Array || polygon.GetArrayLength() == 0)
            {
                return null;
            }

            var rings = polygon.EnumerateArray().Select(PositionsOf).ToList();
            if (rings.Any(r => r is not { Count: >= 3 }))
            {
                return null;
            }

            var unwrapped = rings.Select(r => Unwrapped(Closed(r!))).ToList();

            // A ring that comes back a whole turn further on goes around a pole: no cut makes that a polygon on a flat map.
            if (unwrapped.Any(r => Math.Abs(r[0].X - r[^1].X) > 1e-9))
            {
                return null;
            }

            whole.AddRange(CutPolygon(unwrapped));
        }

        return whole.Count == 0 ? null : new Area(whole);
    }

    private static List<Position> Closed(List<Position> ring) => ring[0] == ring[^1] ? ring : [.. ring, ring[0]];

    /// <summary>The same positions with longitudes that go on past 180 degrees, so that each step is the shorter way.</summary>
    private static List<(double X, double Y)> Unwrapped(IReadOnlyList<Position> positions)
    {
        var unwrapped = new List<(double X, double Y)>(positions.Count);
        var turns = 0.0;
        for (var i = 0; i < positions.Count; i++)
        {
            var step = i == 0 ? 0 : positions[i].Longitude - positions[i - 1].Longitude;
            turns += step > HalfTurn ? -2 * HalfTurn : step < -HalfTurn ? 2 * HalfTurn : 0;
            unwrapped.Add((positions[i].Longitude + turns, positions[i].Latitude));
        }

        return unwrapped;
    }

    private static int WindowOf(double x) => (int)Math.Floor((x + HalfTurn) / (2 * HalfTurn));

    private static Position In(int window, (double X, double Y) at) => new(Math.Clamp(at.X - (2 * HalfTurn * window), -HalfTurn, HalfTurn), at.Y);

    private static List<IReadOnlyList<Position>> CutLine(List<(double X, double Y)> line)
    {
        var parts = new List<(int Window, List<Position> At)>();
        foreach (var (a, b) in line.Zip(line.Skip(1)))
        {
            // The places where this piece crosses from one window of longitudes into the next.
            var (first, last) = (Math.Min(WindowOf(a.X), WindowOf(b.X)), Math.Max(WindowOf(a.X), WindowOf(b.X)));
            var cuts = Enumerable.Range(first, last - first).Select(w => (2 * HalfTurn * w) + HalfTurn).Where(x => (x - a.X) * (x - b.X) < 0).Select(x => (x, a.Y + ((b.Y - a.Y) * (x - a.X) / (b.X - a.X))));
            List<(double X, double Y)> stops = [a, .. a.X < b.X ? cuts : cuts.Reverse(), b];
            foreach (var (from, to) in stops.Zip(stops.Skip(1)))
            {
                var window = WindowOf((from.X + to.X) / 2);
                if (parts.Count == 0 || parts[^1].Window != window)
                {
                    parts.Add((window, [In(window, from)]));
                }

                parts[^1].At.Add(In(window, to));
            }
        }

        return [.. parts.Select(p => p.At)];
    }

    private static IEnumerable<IReadOnlyList<IReadOnlyList<Position>>> CutPolygon(List<List<(double X, double Y)>> rings)
    {
        var (west, east) = (rings[0].Min(p => p.X), rings[0].Max(p => p.X));
        for (var window = WindowOf(west); window <= WindowOf(east); window++)
        {
            var kept = rings.Select(r => Ring(Clipped(r, window), window)).ToList();
            if (kept[0].Count >= 4)
            {
                yield return [.. kept.Where(r => r.Count >= 4).Select((r, i) => Turned(r, againstTheClock: i == 0))];
            }
        }
    }

    /// <summary>The part of a ring within one window, by cutting along its two sides (Sutherland and Hodgman, Communications of the ACM 17(1), 1974).</summary>
    private static List<(double X, double Y)> Clipped(List<(double X, double Y)> ring, int window)
    {
        var (west, east) = ((2 * HalfTurn * window) - HalfTurn, (2 * HalfTurn * window) + HalfTurn);
        return Side(Side(ring, west, keepEast: true), east, keepEast: false);
    }

    private static List<(double X, double Y)> Side(List<(double X, double Y)> ring, double at, bool keepEast)
    {
        bool IsKept((double X, double Y) p) => keepEast ? p.X >= at : p.X <= at;
        var kept = new List<(double X, double Y)>();
        foreach (var (a, b) in ring.Zip(ring.Skip(1)))
        {
            if (IsKept(a))
            {
                kept.Add(a);
            }

            if (IsKept(a) != IsKept(b))
            {
                kept.Add((at, a.Y + ((b.Y - a.Y) * (at - a.X) / (b.X - a.X))));
            }
        }

        return kept.Count == 0 ? kept : [.. kept, kept[0]];
    }

    /// <summary>The ring with what stands twice in a row taken out; nothing where no area is left.</summary>
    private static List<Position> Ring(List<(double X, double Y)> ring, int window)
    {
        var at = ring.Select(p => In(window, p)).ToList();
        var distinct = at.Where((p, i) => i == 0 || p != at[i - 1]).ToList();
        return distinct.Count >= 4 && Math.Abs(SignedArea(distinct)) > 0 ? distinct : [];
    }

    private static IReadOnlyList<Position> Turned(List<Position> ring, bool againstTheClock) => SignedArea(ring) > 0 == againstTheClock ? ring : [.. Enumerable.Reverse(ring)];

    private static double SignedArea(List<Position> ring) =>
        ring.Zip(ring.Skip(1)).Sum(e => ((e.First.Longitude - ring[0].Longitude) * (e.Second.Latitude - ring[0].Latitude)) - ((e.Second.Longitude - ring[0].Longitude) * (e.First.Latitude - ring[0].Latitude))) / 2;

    private static List<Position>? PositionsOf(JsonElement list)
    {
        var positions = list.ValueKind is JsonValueKind.Array ? list.EnumerateArray().Select(PositionOf).ToList() : [];
        return positions.Count == 0 || positions.Contains(null) ? null : [.. positions.Select(p => p!.Value)];
    }

    private static Position? PositionOf(JsonElement pair) =>
        pair.ValueKind is JsonValueKind.Array && pair.GetArrayLength() >= 2 && pair[0].ValueKind is JsonValueKind.Number && pair[1].ValueKind is JsonValueKind.Number
        && pair[0].TryGetDouble(out var longitude) && pair[1].TryGetDouble(out var latitude) && longitude is >= -180 and <= 180 && latitude is >= -90 and <= 90
            ? new Position(longitude, latitude)
            : null;

    private static void WritePositions(Utf8JsonWriter json, IReadOnlyList<Position> positions, int digits)
    {
        json.WriteStartArray();
        foreach (var position in positions)
        {
            WritePosition(json, position, digits);
        }

        json.WriteEndArray();
    }

    private static void WriteAll<T>(Utf8JsonWriter json, IReadOnlyList<T> all, Action<T> write, string? name = null)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartArray();
        foreach (var one in all)
        {
            write(one);
        }

        json.WriteEndArray();
    }

    private static void WritePosition(Utf8JsonWriter json, Position position, int digits)
    {
        json.WriteStartArray();
        json.WriteNumberValue(Rounded(position.Longitude, digits));
        json.WriteNumberValue(Rounded(position.Latitude, digits));
        json.WriteEndArray();
    }

    // Adding nothing makes of minus nothing nothing.
    private static double Rounded(double degrees, int digits) => Math.Round(degrees, digits) + 0.0;
}
