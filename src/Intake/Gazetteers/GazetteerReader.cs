using System.Text.Json;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;

namespace Safeconduct.Intake.Gazetteers;

/// <summary>
/// Reads an operation's places from GeoJSON (RFC 7946, a FeatureCollection); the page is <c>formats/gazetteer.md</c>. The tree of areas comes from
/// <c>within</c> alone: place codes are kept by whoever made the file and are never read, because the code of a village is often that of its district.
/// Never throws on what it is given. A file with a fault gives no gazetteer and every fault found; a kind of place that is not in the table
/// (<c>gazetteer.unknown-kind</c>) is no fault of the places, so the gazetteer comes with the remark.
/// </summary>
public static class GazetteerReader
{
    /// <summary>More features than this are refused; an operation that needs them has loaded a map, not a gazetteer.</summary>
    public const int MostFeatures = 50_000;

    /// <summary>The coordinate's source says so where the position is from memory.</summary>
    private const string FromMemory = "recalled, unverified";

    private static readonly Dictionary<string, PlaceKind> Kinds = new(StringComparer.Ordinal)
    {
        ["area"] = PlaceKind.Area,
        ["country"] = PlaceKind.Area,
        ["region"] = PlaceKind.Area,
        ["governorate"] = PlaceKind.Area,
        ["province"] = PlaceKind.Area,
        ["district"] = PlaceKind.Area,
        ["city"] = PlaceKind.Area,
        ["town"] = PlaceKind.Area,
        ["neighbourhood"] = PlaceKind.Area,
        ["suburb"] = PlaceKind.Area,
        ["village"] = PlaceKind.Area,
        ["camp"] = PlaceKind.Area,
        ["crossing-point"] = PlaceKind.Crossing,
        ["crossing"] = PlaceKind.Crossing,
        ["checkpoint"] = PlaceKind.Crossing,
        ["bridge"] = PlaceKind.Crossing,
        ["route"] = PlaceKind.Route,
        ["road"] = PlaceKind.Route,
        ["corridor"] = PlaceKind.Route,
        ["point"] = PlaceKind.Point,
        ["site"] = PlaceKind.Point,
        ["hospital"] = PlaceKind.Point,
    };

    public static Parsed<Gazetteer> Read(ReadOnlyMemory<byte> geojson)
    {
        try
        {
            using var document = JsonDocument.Parse(geojson, new JsonDocumentOptions { MaxDepth = 32 });
            return ReadCollection(document.RootElement);
        }
        catch (JsonException broken)
        {
            return Parsed<Gazetteer>.Not(JsonFault.NotJson(broken, "gazetteer.not-json", "The gazetteer"));
        }
        catch (InvalidOperationException)
        {
            return Parsed<Gazetteer>.Not(new Problem("gazetteer.broken-text", "A text in the gazetteer is not whole UTF-8 (half a character); save the file again as UTF-8."));
        }
    }

    private static Parsed<Gazetteer> ReadCollection(JsonElement root)
    {
        if (Text(root, "type") is not "FeatureCollection" || Maybe(root, "features") is not { ValueKind: JsonValueKind.Array } features)
        {
            return Parsed<Gazetteer>.Not(new Problem("gazetteer.not-a-collection", "A gazetteer is a GeoJSON object with \"type\": \"FeatureCollection\" and a list of \"features\"."));
        }

        if (features.GetArrayLength() > MostFeatures)
        {
            return Parsed<Gazetteer>.Not(new Problem("gazetteer.too-many", $"A gazetteer has at most {Shown.Grouped(MostFeatures)} features; this has {Shown.Grouped(features.GetArrayLength())}.", "features"));
        }

        var faults = new List<Problem>();
        var remarks = new List<Problem>();
        var places = new List<(Place Place, string At)>();
        var index = 0;
        foreach (var feature in features.EnumerateArray())
        {
            var at = $"features[{Shown.Number(index++)}]";
            try
            {
                places.Add((PlaceOf(feature, ref at, remarks), at));
            }
            catch (RefusedException refused)
            {
                faults.Add(refused.Problem with { Place = at });
            }
        }

        faults.AddRange(FaultsBetween(places));
        return faults.Count > 0
            ? new(null, [.. faults, .. remarks])
            : new(new Gazetteer(places.Select(p => p.Place)), remarks);
    }

    private static Place PlaceOf(JsonElement feature, ref string at, List<Problem> remarks)
    {
        if (feature.ValueKind is not JsonValueKind.Object || Text(feature, "type") is not "Feature" || Maybe(feature, "properties") is not { ValueKind: JsonValueKind.Object } properties)
        {
            throw new RefusedException("gazetteer.not-a-feature", "Expected a Feature with properties.");
        }

        var id = new PlaceId(Text(properties, "id") ?? Text(feature, "id")
            ?? throw new RefusedException("gazetteer.missing-id", "The place has no id; give it \"id\" among its properties."));
        at = $"{at} ({Shown.Short(id.Value)})";
        var recalled = Text(properties, "coord_source")?.Contains(FromMemory, StringComparison.OrdinalIgnoreCase) ?? false;
        return new Place(
            id,
            Text(properties, "name_en") ?? Text(properties, "name") ?? id.Value,
            KindOf(Text(properties, "kind"), at, remarks),
            Text(properties, "within") is { } within ? new PlaceId(within) : null,
            BetweenOf(properties),
            Geometry.PositionOf(Maybe(feature, "geometry")),
            AccuracyOf(properties),
            recalled,
            Text(properties, "name_ar") ?? Text(properties, "name_local"),
            AliasesOf(properties));
    }

    private static PlaceKind KindOf(string? kind, string at, List<Problem> remarks)
    {
        if (kind is not null && Kinds.TryGetValue(kind, out var known))
        {
            return known;
        }

        var said = kind is null ? "The place has no kind" : $"'{Shown.Short(kind)}' is not a kind of place";
        remarks.Add(new Problem("gazetteer.unknown-kind", $"{said}, so it is read as an area; the kinds are {string.Join(", ", Kinds.Keys)}.", at));
        return PlaceKind.Area;
    }

    private static (PlaceId From, PlaceId To)? BetweenOf(JsonElement properties)
    {
        if (Maybe(properties, "between") is not { } between)
        {
            return null;
        }

        return between.ValueKind is JsonValueKind.Array && between.GetArrayLength() == 2
            && between[0].ValueKind is JsonValueKind.String && between[1].ValueKind is JsonValueKind.String
            && between[0].GetString() != between[1].GetString()
            ? (new PlaceId(between[0].GetString()!), new PlaceId(between[1].GetString()!))
            : throw new RefusedException("gazetteer.between", "\"between\" is a list of two different place ids: from, to.");
    }

    private static double? AccuracyOf(JsonElement properties)
    {
        if (Maybe(properties, "accuracy_m") is not { } accuracy)
        {
            return null;
        }

        return accuracy.ValueKind is JsonValueKind.Number && accuracy.TryGetDouble(out var metres) && metres is >= 0 and <= 10_000_000
            ? metres
            : throw new RefusedException("gazetteer.accuracy", "\"accuracy_m\" is a number of metres, not below zero.");
    }

    private static IReadOnlyList<string>? AliasesOf(JsonElement properties)
    {
        if (Maybe(properties, "aliases") is not { } aliases)
        {
            return null;
        }

        return aliases.ValueKind is JsonValueKind.Array && aliases.EnumerateArray().All(a => a.ValueKind is JsonValueKind.String)
            ? [.. aliases.EnumerateArray().Select(a => a.GetString()!).Where(a => a.Length > 0)]
            : throw new RefusedException("gazetteer.aliases", "\"aliases\" is a list of texts.");
    }

    /// <summary>What no single feature can show: ids twice, links that lead nowhere, an area within itself. Each is named at the feature that has it.</summary>
    private static IEnumerable<Problem> FaultsBetween(List<(Place Place, string At)> places)
    {
        var byId = new Dictionary<PlaceId, (Place Place, string At)>();
        foreach (var (place, at) in places)
        {
            if (!byId.TryAdd(place.Id, (place, at)))
            {
                yield return new Problem("gazetteer.same-id-twice", $"Two places have the id '{place.Id}'; the other is {byId[place.Id].At}.", at);
            }
        }

        var whole = true;
        foreach (var (place, at) in places)
        {
            foreach (var link in new[] { place.Within, place.Between?.From, place.Between?.To }.OfType<PlaceId>().Where(l => !byId.ContainsKey(l)))
            {
                whole = false;
                yield return new Problem("gazetteer.unknown-place", $"'{place.Id}' points to '{Shown.Short(link.Value)}', which is not in the gazetteer.", at);
            }
        }

        if (whole && FirstInCycle(places.Select(p => p.Place), byId) is { } caught)
        {
            yield return new Problem("gazetteer.cycle", $"'{caught}' lies within itself, by way of its \"within\".", byId[caught].At);
        }
    }

    private static PlaceId? FirstInCycle(IEnumerable<Place> places, Dictionary<PlaceId, (Place Place, string At)> byId)
    {
        var clear = new HashSet<PlaceId>();
        foreach (var place in places)
        {
            var path = new HashSet<PlaceId>();
            for (PlaceId? here = place.Id; here is { } id && !clear.Contains(id); here = byId[id].Place.Within)
            {
                if (!path.Add(id))
                {
                    return id;
                }
            }

            clear.UnionWith(path);
        }

        return null;
    }

    private static JsonElement? Maybe(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    /// <summary>A text with something in it; a number as an id, a text that is empty and a text of blanks are as good as none.</summary>
    private static string? Text(JsonElement element, string name) =>
        Maybe(element, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
}
