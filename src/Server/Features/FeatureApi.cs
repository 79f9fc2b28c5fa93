using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Safeconduct.Server.Features;

/// <summary>The description of the feature addresses as OpenAPI 3.0, which the standard and its clients want; the server's own description is of 3.1 and of everything.</summary>
internal static class FeatureApi
{
    public const string Media = "application/vnd.oai.openapi+json;version=3.0";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(string operation, string root)
    {
        var collection = new JsonObject
        {
            ["name"] = "collectionId", ["in"] = "path", ["required"] = true,
            ["schema"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. FeatureKind.All.Select(k => (JsonNode)k.Id)]) },
        };
        var feature = new JsonObject { ["name"] = "featureId", ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" } };
        var document = new JsonObject
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JsonObject { ["title"] = operation, ["version"] = "1", ["description"] = "Statements, incidents, places and claims of control as features. Read only." },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = root }),
            ["security"] = new JsonArray(new JsonObject { ["feedKey"] = new JsonArray() }, new JsonObject { ["session"] = new JsonArray() }, new JsonObject()),
            ["paths"] = new JsonObject
            {
                ["/"] = Get("The landing page", "getLandingPage", "application/json"),
                ["/api"] = Get("This description", "getApi", Media),
                ["/conformance"] = Get("The classes of the standard that are held", "getConformanceDeclaration", "application/json"),
                ["/collections"] = Get("The collections", "getCollections", "application/json"),
                ["/collections/{collectionId}"] = Get("One collection", "describeCollection", "application/json", collection.DeepClone()),
                ["/collections/{collectionId}/schema"] = Get("The properties of its features", "getSchema", FeatureSchema.Media, collection.DeepClone()),
                ["/collections/{collectionId}/items"] = Get("Features of a collection, page by page", "getFeatures", "application/geo+json", collection.DeepClone(), Limit(), Bbox(), Time(), Cursor()),
                ["/collections/{collectionId}/items/{featureId}"] = Get("One feature", "getFeature", "application/geo+json", collection, feature),
            },
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["feedKey"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
                    ["session"] = new JsonObject { ["type"] = "apiKey", ["in"] = "cookie", ["name"] = "safeconduct" },
                },
            },
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, Plain);
    }

    private static JsonObject Get(string summary, string id, string media, params JsonNode[] parameters)
    {
        var responses = new JsonObject
        {
            ["200"] = new JsonObject { ["description"] = summary, ["content"] = new JsonObject { [media] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object" } } } },
        };
        foreach (var (status, meaning) in ((string, string)[])[("400", "A parameter is not known or not of its form"), ("401", "No key, or no sign-in"), ("404", "There is no such thing here"), ("429", "Too many requests"), ("500", "Something failed")])
        {
            responses[status] = new JsonObject { ["description"] = meaning, ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object" } } } };
        }

        return new JsonObject { ["get"] = new JsonObject { ["summary"] = summary, ["operationId"] = id, ["parameters"] = new JsonArray(parameters), ["responses"] = responses } };
    }

    private static JsonObject Limit() => new()
    {
        ["name"] = "limit", ["in"] = "query", ["required"] = false, ["style"] = "form", ["explode"] = false,
        ["schema"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = FeatureQuery.GreatestLimit, ["default"] = FeatureQuery.UsualLimit },
    };

    private static JsonObject Bbox() => new()
    {
        ["name"] = "bbox", ["in"] = "query", ["required"] = false, ["style"] = "form", ["explode"] = false,
        ["schema"] = new JsonObject
        {
            ["type"] = "array", ["minItems"] = 4, ["maxItems"] = 6, ["items"] = new JsonObject { ["type"] = "number" },
        },
    };

    private static JsonObject Time() => new() { ["name"] = "datetime", ["in"] = "query", ["required"] = false, ["style"] = "form", ["explode"] = false, ["schema"] = new JsonObject { ["type"] = "string" } };

    private static JsonObject Cursor() => new() { ["name"] = "cursor", ["in"] = "query", ["required"] = false, ["description"] = "From a next link; of no meaning by itself.", ["schema"] = new JsonObject { ["type"] = "string" } };
}
