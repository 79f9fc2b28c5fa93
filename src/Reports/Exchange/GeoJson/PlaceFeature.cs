using System.Text.Json;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Places;

namespace Safeconduct.Reports.Exchange.GeoJson;

/// <summary>One place of an operation as a Feature, in the properties of <c>formats/gazetteer.md</c>, so that a gazetteer reads it back.</summary>
public static class PlaceFeature
{
    /// <param name="outline">The geometry as the operation's own list has it, see <see cref="Outlines"/>; null where the point stands for the place.</param>
    public static IReadOnlyList<Box> Write(Utf8JsonWriter json, Place place, Shape? outline = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(place);
        var shape = ShapeOf(place, outline);
        var digits = DigitsOf(place, shape);
        Feature.Begin(json, place.Id.Value, shape, digits);
        json.WriteString("id", place.Id.Value);
        json.WriteString("name_en", place.Name);
        json.WriteString("name_local", place.LocalName);
        json.WriteString("kind", Token.Of(place.Kind));
        json.WriteString("within", place.Within?.Value);
        if (place.Between is { } between)
        {
            json.WriteStartArray("between");
            json.WriteStringValue(between.From.Value);
            json.WriteStringValue(between.To.Value);
            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("between");
        }

        json.WriteStartArray("aliases");
        foreach (var alias in place.Aliases ?? [])
        {
            json.WriteStringValue(alias);
        }

        json.WriteEndArray();
        Feature.Number(json, "accuracy_m", (decimal?)place.AccuracyMetres);
        json.WriteString("coord_source", place.PositionIsFromMemory ? "recalled, unverified; left out" : null);
        Feature.End(json);
        return shape is null ? [] : [.. shape.Boxes(digits)];
    }

    /// <summary>What stands for a place on a map; null where it has no position, or only a recalled one.</summary>
    public static Shape? ShapeOf(Place place, Shape? outline)
    {
        ArgumentNullException.ThrowIfNull(place);
        return place.PositionIsFromMemory ? null : outline ?? (place.Position is { } at ? new Shape.Point(at) : null);
    }

    // How far off a point may be says nothing of how finely an outline was drawn.
    internal static int DigitsOf(Place place, Shape? shape) => Shape.DigitsFor(shape is Shape.Point ? place.AccuracyMetres : null);
}

/// <summary>The geometries of a list of places as its file has them, put right; <see cref="Place"/> itself keeps one position only.</summary>
public static class Outlines
{
    public static IReadOnlyDictionary<PlaceId, Shape> None { get; } = new Dictionary<PlaceId, Shape>();

    /// <param name="gazetteer">The file, as <c>formats/gazetteer.md</c> says. What can't be read in it has no outline here.</param>
    public static IReadOnlyDictionary<PlaceId, Shape> Of(ReadOnlyMemory<byte> gazetteer)
    {
        var outlines = new Dictionary<PlaceId, Shape>();
        try
        {
            using var document = JsonDocument.Parse(gazetteer, new JsonDocumentOptions { MaxDepth = 32 });
            if (document.RootElement.ValueKind is not JsonValueKind.Object || !document.RootElement.TryGetProperty("features", out var features) || features.ValueKind is not JsonValueKind.Array)
            {
                return outlines;
            }

            foreach (var feature in features.EnumerateArray())
            {
                if (IdOf(feature) is { } id && feature.TryGetProperty("geometry", out var geometry) && Shape.Read(geometry) is { } shape)
                {
                    outlines.TryAdd(id, shape);
                }
            }
        }
        catch (JsonException)
        {
            return None;
        }

        return outlines;
    }

    private static PlaceId? IdOf(JsonElement feature)
    {
        var id = feature.ValueKind is not JsonValueKind.Object ? null
            : feature.TryGetProperty("properties", out var p) && p.ValueKind is JsonValueKind.Object && Text(p) is { } own ? own : Text(feature);
        return id is { Length: <= 80 } && !id.Any(char.IsControl) ? new PlaceId(id) : null;
    }

    private static string? Text(JsonElement of) => of.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String && !string.IsNullOrWhiteSpace(id.GetString()) ? id.GetString() : null;
}
