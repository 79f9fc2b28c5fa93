using System.Text.Json;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;

namespace Safeconduct.Intake.Gazetteers;

/// <summary>One position that stands for a GeoJSON geometry (RFC 7946, section 3.1): a point itself, the middle vertex of a line, the centroid of a polygon's largest outer ring.</summary>
internal static class Geometry
{
    public static Position? PositionOf(JsonElement? geometry)
    {
        if (geometry is not { } shape)
        {
            return null;
        }

        if (shape.ValueKind is not JsonValueKind.Object || !shape.TryGetProperty("type", out var type) || !shape.TryGetProperty("coordinates", out var coordinates) || type.ValueKind is not JsonValueKind.String)
        {
            throw Unreadable();
        }

        return type.GetString() switch
        {
            "Point" => Vertex(coordinates),
            "LineString" => Line(coordinates) is { Count: > 0 } line ? line[line.Count / 2] : throw Unreadable(),
            "Polygon" => Centroid(OuterRing(coordinates)).At,
            "MultiPolygon" => Items(coordinates).Select(polygon => Centroid(OuterRing(polygon))).MaxBy(c => c.Area).At,
            _ => throw new RefusedException("gazetteer.unknown-geometry", "A place is a Point, a LineString, a Polygon or a MultiPolygon."),
        };
    }

    private static RefusedException Unreadable() =>
        new("gazetteer.geometry", "The geometry can't be read; a point is {\"type\": \"Point\", \"coordinates\": [longitude, latitude]}.");

    private static Position Vertex(JsonElement vertex) =>
        vertex.ValueKind is JsonValueKind.Array && vertex.GetArrayLength() >= 2
        && vertex[0].ValueKind is JsonValueKind.Number && vertex[1].ValueKind is JsonValueKind.Number
        && vertex[0].TryGetDouble(out var longitude) && vertex[1].TryGetDouble(out var latitude)
            ? new Position(longitude, latitude)
            : throw Unreadable();

    private static List<Position> Line(JsonElement line) => [.. Items(line).Select(Vertex)];

    private static List<Position> OuterRing(JsonElement polygon) =>
        Items(polygon).Select(Line).FirstOrDefault() is { Count: >= 4 } ring ? ring : throw Unreadable();

    private static List<JsonElement> Items(JsonElement list) =>
        list.ValueKind is JsonValueKind.Array && list.GetArrayLength() > 0 ? [.. list.EnumerateArray()] : throw Unreadable();

    /// <summary>The centroid by the shoelace formula, in degrees relative to the first vertex so that a small ring far from zero loses no digits; a ring without area gives its first vertex.</summary>
    private static (Position At, double Area) Centroid(List<Position> ring)
    {
        var (origin, area, east, north) = (ring[0], 0.0, 0.0, 0.0);
        foreach (var (a, b) in ring.Zip(ring.Skip(1)))
        {
            var (ax, ay, bx, by) = (a.Longitude - origin.Longitude, a.Latitude - origin.Latitude, b.Longitude - origin.Longitude, b.Latitude - origin.Latitude);
            var cross = (ax * by) - (bx * ay);
            area += cross / 2;
            east += (ax + bx) * cross / 6;
            north += (ay + by) * cross / 6;
        }

        return Math.Abs(area) < 1e-15
            ? (origin, 0)
            : (new Position(Math.Clamp(origin.Longitude + (east / area), -180, 180), Math.Clamp(origin.Latitude + (north / area), -90, 90)), Math.Abs(area));
    }
}
