using System.Text;
using System.Text.Json;
using NodaTime;
using Safeconduct.Intake.Gazetteers;
using Safeconduct.Reports.Exchange.GeoJson;
using Safeconduct.Statements;
using Safeconduct.Statements.Kinds.Control;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Rows;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;
using Safeconduct.Tests.Saying;
using Xunit;

namespace Safeconduct.Tests.Reports.Exchange;

public sealed class GeoJsonTests
{
    private static readonly Operation Operation = new(
        "Straits",
        DateTimeZoneProviders.Tzdb["Pacific/Auckland"],
        new Gazetteer(
        [
            new Place(new PlaceId("west-bay"), "West bay", PlaceKind.Area, Position: new Position(170, 10), AccuracyMetres: 20),
            new Place(new PlaceId("east-bay"), "East bay", PlaceKind.Area, Position: new Position(-170, 20), AccuracyMetres: 2000),
            new Place(new PlaceId("gate"), "Gate", PlaceKind.Crossing, Between: (new PlaceId("west-bay"), new PlaceId("east-bay")), Position: new Position(179.123456789, 12.5)),
            new Place(new PlaceId("recalled"), "Recalled", PlaceKind.Point, Position: new Position(1, 2), PositionIsFromMemory: true),
            new Place(new PlaceId("nowhere"), "Nowhere", PlaceKind.Area, LocalName: "لا مكان", Aliases: ["Somewhere"]),
        ]));

    [Theory]
    [InlineData(null, null, "gate", """{"type":"Point","coordinates":[179.12346,12.5]}""", "via")]
    [InlineData("west-bay", null, null, """{"type":"Point","coordinates":[170,10]}""", "from")]
    [InlineData(null, "east-bay", null, """{"type":"Point","coordinates":[-170,20]}""", "to")]
    [InlineData("west-bay", "east-bay", null, """{"type":"MultiLineString","coordinates":[[[170,10],[180,15]],[[-180,15],[-170,20]]]}""", "from-to")]
    [InlineData("west-bay", null, "gate", """{"type":"Point","coordinates":[179.12346,12.5]}""", "via")]
    [InlineData("recalled", null, null, null, null)]
    [InlineData("nowhere", "recalled", null, null, null)]
    [InlineData("west-bay", "nowhere", null, """{"type":"Point","coordinates":[170,10]}""", "from")]
    public void A_statement_stands_where_its_words_put_it_and_nowhere_where_no_position_is_known(string? from, string? to, string? via, string? geometry, string? of)
    {
        var feature = Written(At(from, to, via));

        Assert.Equal(geometry ?? "null", feature.GetProperty("geometry").GetRawText());
        Assert.Equal(of, feature.GetProperty("properties").GetProperty("position_of").GetString());
    }

    [Fact]
    public void A_line_over_the_antimeridian_has_a_box_whose_west_is_east_of_its_east()
    {
        var feature = Written(At("west-bay", "east-bay"));

        Assert.Equal("[170,10,-170,20]", feature.GetProperty("bbox").GetRawText());
    }

    /// <summary>What a feature has no property for: it stands in its geometry, under the name of "words", or in the statement beside the properties.</summary>
    private static readonly string[] OfTablesAlone =
        ["source_id", "basis", "people_left_low", "people_left_high", "as_said", "from_name", "to_name", "via_name", "original_words", "language", "statement"];

    [Fact]
    public void Every_property_that_a_table_has_stands_in_a_feature_by_the_same_name_and_all_are_always_there()
    {
        var random = new RandomStatements(7);
        string[]? first = null;
        foreach (var kind in Safeconduct.Statements.Kinds.Catalogue.Kinds)
        {
            var statement = random.Next(kind.Name);
            var properties = Written(statement).GetProperty("properties").EnumerateObject().Select(p => p.Name).ToArray();
            Assert.Equal(first ??= properties, properties);
            Assert.Equal(OfTablesAlone, StatementRows.Columns.Select(c => c.Name).Except(properties));
        }
    }

    [Fact]
    public void One_count_stands_in_the_properties_and_several_stand_in_a_list_so_that_none_passes_for_the_whole()
    {
        var people = new Counted(Unit.People, Category.Everyone, Bound.Between(100, 120));
        var one = Written(At("west-bay") with { Said = new Headcount(Measure.Left, people) }).GetProperty("properties");
        var parts = new Headcount(Measure.Left, people, Including: [new Counted(Unit.People, Category.Fighters, Bound.Exactly(10))]);
        var several = Written(At("west-bay") with { Said = parts }).GetProperty("properties");

        Assert.Equal((100, 120, "left"), (one.GetProperty("low").GetInt32(), one.GetProperty("high").GetInt32(), one.GetProperty("measure").GetString()));
        Assert.Equal(JsonValueKind.Null, one.GetProperty("counts").ValueKind);
        Assert.Equal(JsonValueKind.Null, several.GetProperty("low").ValueKind);
        Assert.Equal([100, 10], several.GetProperty("counts").EnumerateArray().Select(c => c.GetProperty("low").GetInt32()));
    }

    [Fact]
    public void A_collection_written_to_a_stream_is_whole_whatever_its_length_and_has_no_reference_system()
    {
        var statements = Enumerable.Range(0, 2000).Select(i => At(i % 2 == 0 ? "west-bay" : "nowhere") with { Id = new StatementId($"S-{i}") }).ToList();
        using var bytes = new MemoryStream();
        Feature.WriteCollection(bytes, statements, (json, s) => StatementFeature.Write(json, s, "e", Operation));
        using var document = JsonDocument.Parse(bytes.ToArray());

        Assert.Equal(["type", "features", "bbox"], document.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(statements.Select(s => s.Id.Value), document.RootElement.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("id").GetString()!));
        Assert.Equal("[170,10,170,10]", document.RootElement.GetProperty("bbox").GetRawText());
    }

    [Fact]
    public void A_list_of_places_written_as_features_is_read_back_as_the_same_places()
    {
        using var bytes = new MemoryStream();
        Feature.WriteCollection(bytes, Operation.Gazetteer.Places, (json, place) => PlaceFeature.Write(json, place));
        var read = GazetteerReader.Read(bytes.ToArray());

        Assert.Empty(read.Problems);
        foreach (var (was, isNow) in Operation.Gazetteer.Places.Zip(read.Value!.Places))
        {
            // A recalled position is left out; a position is rounded to what its accuracy deserves.
            Assert.Equal((was.Id, was.Name, was.Kind, was.Within, was.Between, was.LocalName, was.AccuracyMetres), (isNow.Id, isNow.Name, isNow.Kind, isNow.Within, isNow.Between, isNow.LocalName, isNow.AccuracyMetres));
            Assert.Equal(was.Aliases ?? [], isNow.Aliases ?? []);
            Assert.Equal(was.PositionIsFromMemory ? null : was.Position?.Latitude, isNow.Position?.Latitude);
        }
    }

    [Fact]
    public void Rival_claims_of_control_stand_side_by_side_and_a_source_s_later_words_end_its_earlier()
    {
        (Statement, string)[] entered =
        [
            (Held("S-1", "army", "government forces", "2031-05-01"), "e1"), (Held("S-2", "council", "the council's men", "2031-05-01"), "e2"), (Held("S-3", "army", "nobody in particular", "2031-05-03"), "e3"),
            (Held("S-4", "army", "a slip", "2031-05-02"), "e4"), (Held("S-4", "army", "a slip", "2031-05-02").Withdrawn(new StatementId("S-5"), Moment.Parse("2031-05-04"), "a slip"), "e5"),
        ];
        var said = ControlSaid.In(entered, Operation.Zone);

        Assert.Equal(["S-1", "S-2", "S-3"], said.Select(c => c.Statement.Id.Value));
        Assert.Equal([said[2].Since, null, null], said.Select(c => c.Until));
        using var bytes = new MemoryStream();
        Feature.WriteCollection(bytes, said, (json, c) => ControlFeature.Write(json, c, Operation, Outlines.None));
        using var document = JsonDocument.Parse(bytes.ToArray());
        Assert.Equal(["government forces", "the council's men", "nobody in particular"], document.RootElement.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("properties").GetProperty("claimant").GetString()!));
        Assert.Equal(["army", "council", "army"], document.RootElement.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("properties").GetProperty("according_to").GetString()!));
    }

    [Theory]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[1,0]]]}""", """{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]}""", """{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[2,2],[2,1],[1,1]]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[170,0],[-170,0],[-170,10],[170,10],[170,0]]]}""", """{"type":"MultiPolygon","coordinates":[[[[170,0],[180,0],[180,10],[170,10],[170,0]]],[[[-180,0],[-170,0],[-170,10],[-180,10],[-180,0]]]]}""")]
    [InlineData("""{"type":"LineString","coordinates":[[179,0],[-180,5],[-179,0]]}""", """{"type":"MultiLineString","coordinates":[[[179,0],[180,5]],[[-180,5],[-179,0]]]}""")]
    [InlineData("""{"type":"LineString","coordinates":[[1,2],[1,2]]}""", """{"type":"Point","coordinates":[1,2]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,80],[120,80],[-120,80],[0,80]]]}""", null)]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[200,0],[1,1],[0,0]]]}""", null)]
    [InlineData("""{"type":"Circle","coordinates":[0,0]}""", null)]
    public void Geometries_are_closed_turned_and_cut_as_the_standard_wants_them(string given, string? written)
    {
        using var document = JsonDocument.Parse(given);
        var shape = Shape.Read(document.RootElement);

        Assert.Equal(written, shape is null ? null : Written(shape));
    }

    /// <summary>A cut takes nothing away and adds nothing: areas on either side of the antimeridian add up, and every ring is closed, turned and within the map.</summary>
    [Fact]
    public void A_convex_polygon_drawn_anywhere_keeps_its_area_when_it_is_cut()
    {
        var random = new Random(11);
        for (var round = 0; round < 500; round++)
        {
            var (x, y, r, n) = (random.NextDouble() * 360 - 180, random.NextDouble() * 100 - 50, 1 + (random.NextDouble() * 20), 3 + random.Next(8));
            var ring = Enumerable.Range(0, n).Select(i => (X: x + (r * Math.Cos(2 * Math.PI * i / n)), Y: y + (r * Math.Sin(2 * Math.PI * i / n)))).ToList();
            if (random.Next(2) == 0)
            {
                ring.Reverse();
            }

            var given = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{{\"type\":\"Polygon\",\"coordinates\":[[{string.Join(',', ring.Append(ring[0]).Select(p => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{(p.X > 180 ? p.X - 360 : p.X < -180 ? p.X + 360 : p.X):R},{p.Y:R}]")))}]]}}");
            using var document = JsonDocument.Parse(given);
            var area = Assert.IsType<Shape.Area>(Shape.Read(document.RootElement));
            var rings = area.Polygons.Select(p => Assert.Single(p)).ToList();

            Assert.Equal(Math.Abs(Area(ring.Append(ring[0]).ToList())), rings.Sum(r => Area([.. r.Select(p => (p.Longitude, p.Latitude))])), 6);
            Assert.All(rings, r => Assert.Equal(r[0], r[^1]));
            Assert.All(rings, r => Assert.True(Area([.. r.Select(p => (p.Longitude, p.Latitude))]) > 0));
            Assert.Equal(rings.Count == 2, ring.Exists(p => p.X > 180) || ring.Exists(p => p.X < -180));
        }
    }

    [Fact]
    public void Boxes_meet_where_a_slow_walk_over_all_longitudes_says_they_do()
    {
        var random = new Random(5);
        Box Drawn() => new(random.Next(-18, 19) * 10, -10, random.Next(-18, 19) * 10, 10);
        static bool Covers(Box b, int degree) => b.West <= b.East ? degree >= b.West && degree <= b.East : degree >= b.West || degree <= b.East;
        for (var round = 0; round < 4000; round++)
        {
            var (a, b) = (Drawn(), Drawn());
            var together = Enumerable.Range(-180, 361).Any(d => (Covers(a, d) && Covers(b, d)) || (Math.Abs(d) == 180 && (Covers(a, d) || Covers(a, -d)) && (Covers(b, d) || Covers(b, -d))));
            Assert.True(together == a.Meets(b), $"{a} and {b}");
        }

        Assert.False(new Box(0, 20, 10, 30).Meets(new Box(0, -10, 10, 10)));
    }

    [Fact]
    public void The_box_around_parts_holds_them_all_and_is_the_narrowest()
    {
        var random = new Random(3);
        for (var round = 0; round < 1000; round++)
        {
            var parts = Enumerable.Range(0, 1 + random.Next(5)).Select(_ =>
            {
                var west = random.Next(-18, 18) * 10.0;
                return new Box(west, 0, Math.Min(180, west + (random.Next(5) * 10)), 1);
            }).ToList();
            var around = Box.Around(parts)!.Value;
            Assert.All(parts, p => Assert.True(around.Meets(p)));

            // Slow: the widest empty stretch of a circle of tenths, by walking it twice.
            var covered = Enumerable.Range(0, 720).Select(t => parts.Exists(p => ((t % 360) - 180) + 0.5 > p.West && ((t % 360) - 180) + 0.5 < p.East) ? '1' : '0').ToArray();
            var widest = new string(covered).Split('1').Max(gap => Math.Min(gap.Length, 360));
            var width = around.West <= around.East ? around.East - around.West : 360 - around.West + around.East;
            Assert.True(width <= 360 - widest + 0.001 || parts.All(p => p.West == p.East) || parts.Exists(p => p.West == p.East), $"{width} and {widest}");
        }
    }

    private static double Area(IReadOnlyList<(double X, double Y)> ring) => ring.Zip(ring.Skip(1)).Sum(e => (e.First.X * e.Second.Y) - (e.Second.X * e.First.Y)) / 2;

    private static Statement At(string? from = null, string? to = null, string? via = null) => new Statement
    {
        Id = new StatementId("S-1"),
        Chain = new SourceChain(new Source(new SourceId("relief"), "Relief office", SourceKind.Un), []),
        SaidAt = Moment.Parse("2031-05-02"),
        About = TimeSpoken.Parse("2031-05-02"),
        Said = new Safeconduct.Statements.Kinds.Comment.Comment("A remark."),
        Where = new Scope(Maybe(from), Maybe(to), Maybe(via)),
    };

    private static Statement Held(string id, string source, string holder, string about) => At("west-bay") with
    {
        Id = new StatementId(id), Chain = new SourceChain(new Source(new SourceId(source), source, SourceKind.Party), []), Said = new Control(Extent.Whole, holder), About = TimeSpoken.Parse(about), SaidAt = Moment.Parse(about),
    };

    private static PlaceId? Maybe(string? id) => id is null ? null : new PlaceId(id);

    private static JsonElement Written(Statement statement)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Feature.Options))
        {
            StatementFeature.Write(json, statement, "entry", Operation);
        }

        using var document = JsonDocument.Parse(bytes.ToArray());
        return document.RootElement.Clone();
    }

    private static string Written(Shape shape)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            shape.Write(json);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
