using System.Text;
using System.Text.Json.Nodes;
using Safeconduct.Intake.List;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Kinds.Access;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Obstruction;
using Safeconduct.Statements.Kinds.Status;
using Safeconduct.Statements.Kinds.Undertaking;
using Safeconduct.Statements.Kinds.Unknown;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Xunit;

namespace Safeconduct.Tests.Core.Intake;

/// <summary>Lists that tests read: the worked case, the invented ones, and single rows made from a plain one.</summary>
internal static class Lists
{
    private static readonly string[] OptionalFields =
        ["published_precision", "unit", "cumulative", "series", "supersedes", "part_of", "url", "verification", "from_sample"];

    private static string Root { get; } = Repository.Root;

    public static byte[] Aleppo() => File.ReadAllBytes(Path.Combine(Root, "cases", "aleppo-2016", "statements.jsonl"));

    public static Gazetteer AleppoPlaces() => new(
        JsonNode.Parse(File.ReadAllText(Path.Combine(Root, "cases", "aleppo-2016", "places.geojson")))!["features"]!.AsArray()
            .Select(f => f!["properties"]!["id"]!.GetValue<string>()).Distinct()
            .Select(id => new Place(new(id), id, PlaceKind.Area)));

    public static byte[] Invented(string name) => File.ReadAllBytes(Path.Combine(Root, "tests", "Core", "Intake", "lists", name + ".jsonl"));

    public static IEnumerable<string[]> Table(params string[] path) =>
        File.ReadAllLines(Path.Combine([Root, "tests", "Core", "Intake", .. path])).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t'));

    public static byte[] WithoutOptionalFields(byte[] list) => Bytes(Encoding.UTF8.GetString(list).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
    {
        var row = JsonNode.Parse(line)!.AsObject();
        foreach (var field in OptionalFields)
        {
            row.Remove(field);
        }

        return row.ToJsonString();
    }));

    public static byte[] Bytes(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");

    /// <summary>A plain row with some fields set, or left out where the value is <see cref="Without"/>.</summary>
    public static string Row(params (string Name, JsonNode? Value)[] changes)
    {
        var row = new JsonObject
        {
            ["id"] = "T-1",
            ["published"] = "2031-03-02",
            ["about"] = "2031-03-02",
            ["source"] = "Harbour Authority",
            ["source_type"] = "party",
            ["kind"] = "movement",
            ["place_from"] = "port",
            ["category"] = "people who left",
            ["unit"] = "people",
            ["quantity"] = new JsonObject { ["low"] = 10, ["high"] = 10, ["approx"] = false },
            ["paraphrase"] = "The authority counted 10 people who left.",
        };
        foreach (var (name, value) in changes)
        {
            row.Remove(name);
            if (value is not JsonValue v || !v.TryGetValue<string>(out var text) || text != Without)
            {
                row[name] = value;
            }
        }

        return row.ToJsonString();
    }

    public const string Without = "(left out)";

    public static ListReading Read(params string[] lines) => StatementListReader.Read(Bytes(lines));

    public static Statement One(params (string Name, JsonNode? Value)[] changes)
    {
        var reading = Read(Row(changes));
        Assert.Empty(reading.Problems);
        return Assert.Single(reading.Statements);
    }

    /// <summary>The statement in the columns of the tables: kind, measure, unit, category, bound, modality.</summary>
    public static string[] Columns(Statement s)
    {
        var (measure, counted) = Counted(s);
        return
        [
            s.Said.Kind,
            measure is { } m ? Token.Of(m) : "-",
            counted is null ? "-" : Token.Of(counted.Unit),
            counted?.Category.Slug ?? "-",
            counted?.Bound.ToString() ?? "-",
            Token.Of(s.Modality),
        ];
    }

    public static (Measure? Measure, Counted? Counted) Counted(Statement s) => s.Said switch
    {
        Headcount h => (h.Measure, h.Counted),
        Undertaking u => (u.Measure, u.HowMany),
        Unknown u => (u.Measure, u.Counted),
        Obstruction o => (null, o.Affected),
        Incident { Harms: [var harm, ..] } => (harm.Measure, harm.Counted),
        Access a => (null, a.HowMany),
        Status { Fleet: [var all, ..] } => (null, all),
        _ => (null, null),
    };
}
