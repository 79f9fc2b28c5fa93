using System.Text.Json.Nodes;

namespace Safeconduct.Server.Features;

/// <summary>
/// The properties of a collection's features as a JSON Schema. A program that guesses types from the first page would cut 6.8 to 6 where the first numbers it met were whole;
/// this says them beforehand.
/// </summary>
internal static class FeatureSchema
{
    public const string Media = "application/schema+json";

    // The property "id" says again what the feature's own id says; programs that make a field of both would have it twice.
    private static readonly string[] OfStatements =
    [
        "entry", "said_at", "known_from", "about", "about_words", "about_start@", "about_end@", "source", "source_kind", "relayed_by", "kind", "modality", "measure", "unit", "category", "group",
        "low#", "high#", "words", "running_total", "batch", "from", "to", "via", "paraphrase", "citation", "handling", "links", "position_of", "position_accuracy_m#", "counts*",
    ];

    private static readonly Dictionary<string, string[]> Properties = new(StringComparer.Ordinal)
    {
        ["statements"] = OfStatements,
        ["incidents"] = [.. OfStatements, "incident", "target", "alleged_author"],
        ["places"] = ["name_en", "name_local", "kind", "within", "between-", "aliases-", "accuracy_m#", "coord_source"],
        ["control"] = ["entry", "place", "place_name", "claimant", "extent", "low#", "high#", "unit", "words", "according_to", "source_kind", "modality", "about", "since@", "until@", "said_at", "known_from", "paraphrase", "citation"],
    };

    public static JsonObject Of(FeatureKind kind, string address)
    {
        var properties = new JsonObject();
        foreach (var property in Properties[kind.Id])
        {
            properties[property.TrimEnd('#', '@', '*', '-')] = TypeOf(property[^1]);
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = address,
            ["title"] = kind.Title,
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["type"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("Feature") },
                ["id"] = new JsonObject { ["type"] = "string" },
                ["properties"] = new JsonObject { ["type"] = "object", ["properties"] = properties },
            },
        };
    }

    private static JsonObject TypeOf(char mark) => mark switch
    {
        '#' => new() { ["type"] = "number" },
        '@' => new() { ["type"] = "string", ["format"] = "date-time" },
        '*' => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" } },
        '-' => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
        _ => new() { ["type"] = "string" },
    };
}
