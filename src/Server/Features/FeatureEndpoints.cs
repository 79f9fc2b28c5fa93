using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Reports.Exchange.GeoJson;
using Safeconduct.Server.Access;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Partners;
using Safeconduct.Statements;

namespace Safeconduct.Server.Features;

/// <summary>
/// OGC API – Features – Part 1: Core (OGC 17-069r4): an operation's statements, incidents, places and claims of control for programs that draw maps. Each answer is for the
/// audience of whoever asks: a member by the session, a partner by a feed key in the header or, for programs that take an address alone, in the address. Read only.
/// The page is <c>formats/ogc-features.md</c>.
/// </summary>
internal static class FeatureEndpoints
{
    private const string GeoJson = "application/geo+json";
    private const string Json = "application/json";
    private const string Crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
    private const string Classes = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/";

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var root in (string[])["/ogc/{op}", "/ogc/{op}/key/{key}"])
        {
            var features = app.MapGroup(root);
            features.MapGet("", Front).Requires(Act.ReadFeed);
            features.MapGet("/api", Api).Requires(Act.ReadFeed);
            features.MapGet("/conformance", Conformance).Requires(Act.ReadFeed);
            features.MapGet("/collections", Collections).Requires(Act.ReadFeed);
            features.MapGet("/collections/{collection}", Collection).Requires(Act.ReadFeed);
            features.MapGet("/collections/{collection}/schema", Schema).Requires(Act.ReadFeed);
            features.MapGet("/collections/{collection}/items", Items).Requires(Act.ReadFeed);
            features.MapGet("/collections/{collection}/items/{feature}", Item).Requires(Act.ReadFeed);
        }
    }

    private static IResult Front(string op, HttpContext context, HostedOperations operations)
    {
        FeatureQuery.Check(context.Request.Query, "f");
        var (operation, root) = (operations.Get(op), RootOf(context, op));
        return Answer(context, Json, json =>
        {
            json.WriteString("title", operation.Operation.Name);
            json.WriteString("description", "What is stated of this operation, each statement with its source. Nothing here is a finding, and what may not leave the room yet is left out.");
            Links(json, ("self", Json, root), ("service-desc", FeatureApi.Media, root + "/api"), ("conformance", Json, root + "/conformance"), ("data", Json, root + "/collections"));
        });
    }

    private static IResult Api(string op, HttpContext context, HostedOperations operations)
    {
        FeatureQuery.Check(context.Request.Query, "f");
        context.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(FeatureApi.Write(operations.Get(op).Operation.Name, RootOf(context, op)), FeatureApi.Media);
    }

    private static IResult Conformance(string op, HttpContext context, HostedOperations operations)
    {
        FeatureQuery.Check(context.Request.Query, "f");
        operations.Get(op);
        return Answer(context, Json, json =>
        {
            json.WriteStartArray("conformsTo");
            foreach (var one in (string[])["core", "oas30", "geojson"])
            {
                json.WriteStringValue(Classes + one);
            }

            json.WriteEndArray();
        });
    }

    private static async Task<IResult> Collections(string op, HttpContext context, HostedOperations operations, FeatureShelves shelves)
    {
        FeatureQuery.Check(context.Request.Query, "f");
        var (operation, root, audience) = (operations.Get(op), RootOf(context, op), FeedKeys.AudienceOf(context));
        var size = operation.Page.Size;
        var all = new List<(FeatureKind Kind, FeatureShelf Shelf)>();
        foreach (var kind in FeatureKind.All)
        {
            all.Add((kind, await shelves.Of(operation, kind, audience, size)));
        }

        return Answer(context, Json, json =>
        {
            Links(json, ("self", Json, root + "/collections"));
            json.WriteStartArray("collections");
            foreach (var (kind, shelf) in all)
            {
                json.WriteStartObject();
                WriteCollection(json, kind, shelf, operation.Operation, root);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static async Task<IResult> Collection(string op, string collection, HttpContext context, HostedOperations operations, FeatureShelves shelves)
    {
        FeatureQuery.Check(context.Request.Query, "f");
        var (operation, kind) = (operations.Get(op), KindOf(collection));
        var shelf = await shelves.Of(operation, kind, FeedKeys.AudienceOf(context), operation.Page.Size);
        return Answer(context, Json, json => WriteCollection(json, kind, shelf, operation.Operation, RootOf(context, op)));
    }

    private static IResult Schema(string op, string collection, HttpContext context, HostedOperations operations)
    {
        FeatureQuery.Check(context.Request.Query, "f");
        operations.Get(op);
        var kind = KindOf(collection);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(FeatureSchema.Of(kind, $"{RootOf(context, op)}/collections/{kind.Id}/schema").ToJsonString(), FeatureSchema.Media);
    }

    private static async Task<IResult> Items(string op, string collection, HttpContext context, HostedOperations operations, FeatureShelves shelves, TimeProvider clock)
    {
        var (operation, kind) = (operations.Get(op), KindOf(collection));
        var query = FeatureQuery.Read(context.Request.Query, operation.Operation.Zone);
        var newest = operation.Page.Size;
        if (query.Cursor is { } sent && sent.Size > newest)
        {
            throw new ServerRefusal(StatusCodes.Status400BadRequest, "features.cursor", "'cursor' comes from the next link of an answer; begin again without it.");
        }

        var size = query.Cursor?.Size ?? newest;
        var shelf = await shelves.Of(operation, kind, FeedKeys.AudienceOf(context), size);
        var wanted = shelf.Items.Where(query.Wants).ToList();
        var rest = query.Cursor is { } cursor ? wanted.SkipWhile(i => i.Order <= cursor.After) : wanted;
        var found = rest.Take(query.Limit + 1).ToList();
        var page = found.Take(query.Limit).ToList();
        var here = $"{RootOf(context, op)}/collections/{kind.Id}/items";
        var asked = context.Request.Query.Where(q => q.Key is "limit" or "bbox" or "datetime").Select(q => $"{q.Key}={Uri.EscapeDataString(q.Value.ToString())}").ToList();
        var links = new List<(string Rel, string Type, string Href)> { ("self", GeoJson, With(here, query.Cursor is { } own ? [.. asked, $"cursor={own}"] : asked)), ("collection", Json, $"{RootOf(context, op)}/collections/{kind.Id}") };
        if (found.Count > page.Count)
        {
            links.Add(("next", GeoJson, With(here, [.. asked, $"cursor={new FeatureCursor(size, page[^1].Order)}"])));
        }

        return Answer(context, GeoJson, json =>
        {
            json.WriteString("type", "FeatureCollection");
            Links(json, [.. links]);
            json.WriteString("timeStamp", InstantPattern.General.Format(Instant.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds())));
            json.WriteNumber("numberMatched", wanted.Count);
            json.WriteNumber("numberReturned", page.Count);
            Feature.WriteFeatures(json, page, (to, item) => item.Write(to))?.Write(json);
        });
    }

    private static async Task<IResult> Item(string op, string collection, string feature, HttpContext context, HostedOperations operations, FeatureShelves shelves)
    {
        FeatureQuery.Check(context.Request.Query, "f");
        var (operation, kind, root) = (operations.Get(op), KindOf(collection), RootOf(context, op));
        var shelf = await shelves.Of(operation, kind, FeedKeys.AudienceOf(context), operation.Page.Size);

        // A slash within an id reaches us as it was escaped.
        var item = shelf.Find(feature.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)) ?? throw ServerRefusal.NotFound("feature.not-found", "There is no such feature that you may see.");
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Feature.Options))
        {
            item.Write(json);
        }

        var written = JsonNode.Parse(buffer.WrittenSpan)!.AsObject();
        return Answer(context, GeoJson, json =>
        {
            foreach (var (name, value) in written)
            {
                json.WritePropertyName(name);
                JsonSerializer.Serialize(json, value);
            }

            Links(json, ("self", GeoJson, $"{root}/collections/{kind.Id}/items/{Uri.EscapeDataString(item.Id)}"), ("collection", Json, $"{root}/collections/{kind.Id}"));
        });
    }

    private static void WriteCollection(Utf8JsonWriter json, FeatureKind kind, FeatureShelf shelf, Operation operation, string root)
    {
        json.WriteString("id", kind.Id);
        json.WriteString("title", kind.Title);
        json.WriteString("description", kind.Description);
        json.WriteString("itemType", "feature");
        json.WriteStartArray("crs");
        json.WriteStringValue(Crs84);
        json.WriteEndArray();
        if (shelf.Bounds is not null || shelf.Time is not null)
        {
            json.WriteStartObject("extent");
            if (shelf.Bounds is { } box)
            {
                json.WriteStartObject("spatial");
                json.WriteStartArray("bbox");
                json.WriteStartArray();
                foreach (var side in (double[])[box.West, box.South, box.East, box.North])
                {
                    json.WriteNumberValue(side);
                }

                json.WriteEndArray();
                json.WriteEndArray();
                json.WriteString("crs", Crs84);
                json.WriteEndObject();
            }

            if (shelf.Time is { } time)
            {
                json.WriteStartObject("temporal");
                json.WriteStartArray("interval");
                json.WriteStartArray();
                json.WriteStringValue(Written(time.First, operation.Zone));
                json.WriteStringValue(time.Last == Instant.MaxValue ? null : Written(time.Last, operation.Zone));
                json.WriteEndArray();
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Relation types are compared without regard to case (RFC 8288, 2.1.1); GDAL 3.6 knows this one only as it is written here.
        var here = $"{root}/collections/{kind.Id}";
        Links(json, ("self", Json, here), ("items", GeoJson, here + "/items"), ("describedBy", FeatureSchema.Media, here + "/schema"));
    }

    private static string Written(Instant at, DateTimeZone zone) => OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:sso<+HH:mm>").Format(at.InZone(zone).ToOffsetDateTime());

    private static FeatureKind KindOf(string collection) =>
        FeatureKind.All.FirstOrDefault(k => k.Id == collection) ?? throw ServerRefusal.NotFound("collection.not-found", $"There is no such collection; there are {string.Join(", ", FeatureKind.All.Select(k => k.Id))}.");

    /// <summary>The address that this caller began at, with the key where it came in the address, so that links lead on.</summary>
    private static string RootOf(HttpContext context, string op)
    {
        var request = context.Request;

        // A proxy that ends TLS says so; a wrong word here misleads only the caller who sent it.
        var scheme = request.Headers["X-Forwarded-Proto"].ToString() is "https" ? "https" : request.Scheme;
        return $"{scheme}://{request.Host.ToUriComponent()}/ogc/{Uri.EscapeDataString(op)}" + (context.GetRouteValue("key") is string key ? $"/key/{Uri.EscapeDataString(key)}" : "");
    }

    private static string With(string address, IReadOnlyList<string> query) => query.Count == 0 ? address : $"{address}?{string.Join('&', query)}";

    private static void Links(Utf8JsonWriter json, params (string Rel, string Type, string Href)[] links)
    {
        json.WriteStartArray("links");
        foreach (var (rel, type, href) in links)
        {
            json.WriteStartObject();
            json.WriteString("rel", rel);
            json.WriteString("type", type);
            json.WriteString("href", href);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static IResult Answer(HttpContext context, string media, Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Feature.Options))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(buffer.WrittenMemory, media);
    }
}
