using System.Text.Json;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;

namespace Safeconduct.Intake.Gazetteers;

/// <summary>
/// Reads the places of an operation from GeoJSON (RFC 7946): a FeatureCollection whose features carry <c>id</c>, a name, a <c>kind</c>, and optionally
/// <c>within</c> (the area that contains it), <c>between</c> (two ids, for crossings and routes), aliases and accuracy. The tree comes from
/// <c>within</c> alone, never from place codes. The page is <c>formats/gazetteer.md</c>.
/// </summary>
public static class GazetteerReader
{
    public const int MostPlaces = 100_000;

    /// <summary>Never throws on bad input: problems name the feature.</summary>
    public static Parsed<Gazetteer> Read(ReadOnlyMemory<byte> geojson)
    {
        try
        {
            using var document = JsonDocument.Parse(geojson, new JsonDocumentOptions { MaxDepth = 32 });
            return Parsed<Gazetteer>.Of(new Gazetteer(Features(document.RootElement).Select(ReadFeature)));
        }
        catch (JsonException broken)
        {
            return Parsed<Gazetteer>.Not(new Problem("gazetteer.not-json", "The list of places is not JSON; it must be a GeoJSON FeatureCollection.", $"line {Shown.Number((broken.LineNumber ?? 0) + 1)}"));
        }
        catch (RefusedException refused)
        {
            return Parsed<Gazetteer>.Not(refused.Problem);
        }
    }

    private static IEnumerable<(JsonElement Feature, string Place)> Features(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object || Text(root, "type") != "FeatureCollection"
            || !root.TryGetProperty("features", out var features) || features.ValueKind is not JsonValueKind.Array)
        {
            throw new RefusedException("gazetteer.not-a-collection", "The list of places must be a GeoJSON FeatureCollection with its features.");
        }

        if (features.GetArrayLength() > MostPlaces)
        {
            throw new RefusedException("gazetteer.too-many", $"An operation has at most {Shown.Grouped(MostPlaces)} places.");
        }

        return features.EnumerateArray().Select((f, i) => (f, $"feature {Shown.Number(i + 1)}"));
    }

    private static Place ReadFeature((JsonElement Feature, string Place) at)
    {
        try
        {
            return ReadFeature(at.Feature);
        }
        catch (RefusedException refused) when (refused.Problem.Place.Length == 0)
        {
            throw refused.Within(at.Place);
        }
    }

    private static Place ReadFeature(JsonElement feature)
    {
        if (feature.ValueKind is not JsonValueKind.Object || !feature.TryGetProperty("properties", out var properties) || properties.ValueKind is not JsonValueKind.Object)
        {
            throw new RefusedException("gazetteer.no-properties", "A place needs properties with its id and name.");
        }

        var id = Text(properties, "id") ?? Text(feature, "id") ?? throw new RefusedException("gazetteer.no-id", "A place needs an id.");
        var between = Texts(properties, "between");
        if (between is { Count: not 2 })
        {
            throw new RefusedException("gazetteer.between", $"'{Shown.Short(id)}': between names the two areas that are joined.");
        }

        return new Place(
            new PlaceId(id),
            Text(properties, "name_en") ?? Text(properties, "name") ?? id,
            KindOf(Text(properties, "kind"), id),
            Text(properties, "within") is { } within ? new PlaceId(within) : null,
            between is null ? null : (new PlaceId(between[0]), new PlaceId(between[1])),
            PositionOf(feature),
            properties.TryGetProperty("accuracy_m", out var accuracy) && accuracy.ValueKind is JsonValueKind.Number && accuracy.TryGetDouble(out var metres) ? metres : null,
            Text(properties, "coord_source")?.Contains("recalled, unverified", StringComparison.Ordinal) == true,
            Text(properties, "name_ar") ?? Text(properties, "name_local"),
            Texts(properties, "aliases"));
    }

    private static PlaceKind KindOf(string? kind, string id) => kind switch
    {
        "crossing-point" or "crossing" => PlaceKind.Crossing,
        "route" => PlaceKind.Route,
        "point" => PlaceKind.Point,
        "city" or "neighbourhood" or "village" or "district" or "area" or null => PlaceKind.Area,
        _ => throw new RefusedException("gazetteer.unknown-kind", $"'{Shown.Short(id)}': '{Shown.Short(kind)}' is not a kind of place; the kinds are area, city, neighbourhood, village, district, crossing-point, route, point."),
    };

    /// <summary>The point itself; an outline or a line gives none, since its middle may lie outside it.</summary>
    private static Position? PositionOf(JsonElement feature)
    {
        if (!feature.TryGetProperty("geometry", out var geometry) || geometry.ValueKind is not JsonValueKind.Object || Text(geometry, "type") != "Point")
        {
            return null;
        }

        return geometry.TryGetProperty("coordinates", out var c) && c.ValueKind is JsonValueKind.Array && c.GetArrayLength() >= 2
            && c[0].ValueKind is JsonValueKind.Number && c[1].ValueKind is JsonValueKind.Number
                ? new Position(c[0].GetDouble(), c[1].GetDouble())
                : throw new RefusedException("gazetteer.position", "A point needs its longitude and latitude.");
    }

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static IReadOnlyList<string>? Texts(JsonElement from, string name) =>
        from.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(v => v.ValueKind is JsonValueKind.String).Select(v => v.GetString()!)]
            : null;
}
