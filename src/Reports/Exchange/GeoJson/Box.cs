using System.Text.Json;
using Safeconduct.Statements.Places;

namespace Safeconduct.Reports.Exchange.GeoJson;

/// <summary>
/// A bounding box in degrees, WGS84, as RFC 7946 section 5 has it: where it lies over the antimeridian, <see cref="West"/> is greater than <see cref="East"/>.
/// </summary>
public readonly record struct Box(double West, double South, double East, double North)
{
    /// <summary>The narrowest box around all of these parts, each given by its own box that does not cross the antimeridian; null where there are none.</summary>
    public static Box? Around(IEnumerable<Box> parts)
    {
        var all = parts.OrderBy(p => p.West).ToList();
        if (all.Count == 0)
        {
            return null;
        }

        // The widest stretch of longitudes that holds nothing is left out, wherever on the globe it is.
        var (gap, west, east, reached) = (-1.0, 0.0, 0.0, all[0].East);
        foreach (var part in all.Skip(1))
        {
            if (part.West - reached > gap)
            {
                (gap, east, west) = (part.West - reached, reached, part.West);
            }

            reached = Math.Max(reached, part.East);
        }

        var (south, north) = (all.Min(p => p.South), all.Max(p => p.North));
        return all[0].West + 360 - reached >= gap
            ? new Box(all[0].West, south, reached, north)
            : new Box(west, south, east, north);
    }

    /// <summary>Whether the two share a point; an edge counts. Either may lie over the antimeridian.</summary>
    public bool Meets(Box other) => South <= other.North && other.South <= North && Spans().Any(a => other.Spans().Any(b => a.West <= b.East && b.West <= a.East));

    public bool Holds(Position position) => Meets(new Box(position.Longitude, position.Latitude, position.Longitude, position.Latitude));

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("bbox");
        foreach (var side in (double[])[West, South, East, North])
        {
            json.WriteNumberValue(side);
        }

        json.WriteEndArray();
    }

    // The line at 180 degrees is one line, by whichever sign it is written.
    private IEnumerable<(double West, double East)> Spans()
    {
        if (West > East)
        {
            yield return (West, 180);
            yield return (-180, East);
            yield break;
        }

        yield return (West, East);
        if (East >= 180)
        {
            yield return (-180, -180);
        }

        if (West <= -180)
        {
            yield return (180, 180);
        }
    }
}
