using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Safeconduct.Record.Books;
using Safeconduct.Reports;
using Safeconduct.Reports.Explanations;
using Safeconduct.Reports.Rendering;
using Safeconduct.Server.Access;
using Safeconduct.Server.Operations;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Server.Situation;

internal sealed record ExplanationAnswer(string Id, string Text, string? Svg);

internal sealed record CategoryAnswer(string Slug, string Words, string Space);

internal sealed record VocabularyAnswer(IReadOnlyList<string> Kinds, IReadOnlyList<string> Measures, IReadOnlyList<CategoryAnswer> Categories, IReadOnlyList<string> SourceKinds, IReadOnlyList<string> Modalities, IReadOnlyList<string> Bases, IReadOnlyList<string> Handlings, IReadOnlyList<string> Consents, IReadOnlyDictionary<string, IReadOnlyList<string>> Terms);

/// <summary>What follows from the statements: the document of <c>formats/assess-json.md</c>, explanations, places, and the words that forms offer.</summary>
internal static class SituationEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var operation = api.MapGroup("/operations/{op}");
        operation.MapGet("/situation", Situation).Requires(Act.ReadSituation);
        operation.MapGet("/explanations/{*id}", Explanation).Requires(Act.ReadSituation);
        operation.MapGet("/places", Places).Requires(Act.ReadSituation);
        operation.MapGet("/vocabulary", Vocabulary).Requires(Act.ReadSituation);
    }

    private static async Task<IResult> Situation(string op, HttpContext context, HostedOperations operations, Assessments assessments)
    {
        var operation = operations.Get(op);
        var asked = Asked.Of(context, operation);
        var (assessed, size) = await assessments.Of(operation, asked);
        var document = JsonNode.Parse(AssessmentJson.Write(assessed))!.AsObject();
        document["size"] = size;
        if (asked.Audience is not Audience.Room)
        {
            OutsideTheRoom(document);
        }

        return Results.Text(document.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), "application/json", Encoding.UTF8);
    }

    // What somebody would bargain with stays in the room: whom to leave out so that the rest fits, and which statements cannot all hold.
    private static void OutsideTheRoom(JsonObject document)
    {
        document.Remove("fewest_to_set_aside");
        document.Remove("conflicts");
        document.Remove("terms");
        foreach (var figure in document["figures"]!.AsArray())
        {
            figure!.AsObject().Remove("without");
            figure.AsObject().Remove("contested_by");
        }
    }

    private static async Task<ExplanationAnswer> Explanation(string op, string id, HttpContext context, HostedOperations operations, Assessments assessments)
    {
        var operation = operations.Get(op);
        var asked = Asked.Of(context, operation);
        if (asked.Audience is not Audience.Room)
        {
            throw new ServerRefusal(StatusCodes.Status403Forbidden, "explanation.stays-in-room", "Proofs name sources as they stand and are for the room; a published report carries its own.");
        }

        var (assessed, _) = await assessments.Of(operation, asked);
        var text = ExplanationText.Write(assessed, id, new TerminalStyle(96));
        string? svg = null;
        try
        {
            svg = assessed.Figures.Any(f => f.Id == id) ? NetworkSvg.Write(assessed, id) : null;
        }
        catch (RefusedException)
        {
            // A figure on which nobody gives a number is tied to no other: there is nothing to draw.
        }

        return new ExplanationAnswer(id, text, svg);
    }

    private static async Task<IResult> Places(string op, HostedOperations operations)
    {
        var bytes = await operations.Get(op).ReadLog((book, _) => book.FindDocument(DocumentMedia.Gazetteer));
        return bytes is { } places ? Results.Bytes(places, "application/geo+json") : Results.Text("""{"type":"FeatureCollection","features":[]}""", "application/geo+json");
    }

    private static VocabularyAnswer Vocabulary(string op, HostedOperations operations)
    {
        operations.Get(op);
        return new VocabularyAnswer(
            [.. Catalogue.Kinds.Select(k => k.Name)],
            [.. Token.All<Measure>()],
            [.. Category.Named.DistinctBy(n => n.Slug).Select(n => new CategoryAnswer(n.Slug, n.Words, n.Category.Space.ToString().ToLowerInvariant()))],
            [.. Token.All<SourceKind>()],
            [.. Token.All<Safeconduct.Statements.Claims.Modality>()],
            [.. Token.All<Basis>()],
            [.. Token.All<Handling>()],
            [.. Token.All<Consent>()],
            new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
            {
                ["movement.step"] = [.. Token.All<Safeconduct.Statements.Kinds.Movement.Step>()],
                ["incident.type"] = [.. Token.All<IncidentType>()],
                ["obstruction.what"] = [.. Token.All<Safeconduct.Statements.Kinds.Obstruction.Obstructed>()],
                ["obstruction.how"] = [.. Token.All<Safeconduct.Statements.Kinds.Obstruction.Hindrance>()],
                ["stop.reason"] = [.. Token.All<Safeconduct.Statements.Kinds.Stop.StopReason>()],
                ["clearance.state"] = [.. Token.All<Safeconduct.Statements.Kinds.Clearance.ClearanceState>()],
                ["status.subject"] = [.. Token.All<Safeconduct.Statements.Claims.SubjectKind>()],
                ["status.state"] = [.. Token.All<Safeconduct.Statements.Kinds.Status.State>()],
                ["control.extent"] = [.. Token.All<Safeconduct.Statements.Kinds.Control.Extent>()],
                ["access.act"] = [.. Token.All<Safeconduct.Statements.Kinds.Access.AccessAct>()],
            });
    }
}
