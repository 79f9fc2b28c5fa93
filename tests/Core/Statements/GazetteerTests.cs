using System.Text;
using Safeconduct.Intake.Gazetteers;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;
using Xunit;

namespace Safeconduct.Tests.Saying;

public static class GazetteerTests
{
    private static readonly Gazetteer Empty = Gazetteer.Empty;

    [Fact]
    public static void The_worked_cases_places_are_read_with_their_tree()
    {
        var read = GazetteerReader.Read(Repository.Bytes("cases/aleppo-2016/places.geojson"));
        Assert.Empty(read.Problems);
        var places = read.Value!;
        Assert.Equal(61, places.Count);
        Assert.Equal(["sukkari", "eastern-aleppo", "aleppo-city", "aleppo-governorate"], places.Upward(new PlaceId("sukkari")).Select(p => p.Value));
        Assert.True(places.IsWithin(new PlaceId("khan-al-asal"), new PlaceId("western-rural-aleppo")));
        Assert.False(places.IsWithin(new PlaceId("aleppo-city"), new PlaceId("khan-al-asal")));
        Assert.Equal((new PlaceId("amiriyah"), new PlaceId("ramouseh")), places.Find(new PlaceId("amiriyah-crossing"))!.Between);
        Assert.Equal(7, places.Places.Count(p => p.PositionIsFromMemory));
        Assert.Equal(PlaceKind.Crossing, places.Find(new PlaceId("ramouseh-crossing"))!.Kind);
        Assert.Equal(300, places.Find(new PlaceId("mashhad"))!.AccuracyMetres);
    }

    [Fact]
    public static void The_worked_cases_operation_is_read()
    {
        var read = OperationReader.Read(Repository.Bytes("cases/aleppo-2016/operation.json"), Empty);
        Assert.Empty(read.Problems);
        Assert.Equal(("Asia/Damascus", 10), (read.Value!.Zone.Id, read.Value.TolerancePercent));
    }

    [Theory]
    [InlineData("", "gazetteer.not-json", "line 1, byte 0", "The gazetteer is not JSON; reading stopped here.")]
    [InlineData("{\"type\":\n \"FeatureCollection\",,", "gazetteer.not-json", "line 2, byte 21", "The gazetteer is not JSON; reading stopped here.")]
    [InlineData("[]", "gazetteer.not-a-collection", "", "A gazetteer is a GeoJSON object with \"type\": \"FeatureCollection\" and a list of \"features\".")]
    [InlineData("{\"type\":\"FeatureCollection\"}", "gazetteer.not-a-collection", "", "A gazetteer is a GeoJSON object with \"type\": \"FeatureCollection\" and a list of \"features\".")]
    public static void A_file_that_is_no_collection_is_refused(string text, string code, string place, string message) =>
        Assert.Equal(new Problem(code, message, place), Assert.Single(Refused(text)));

    [Theory]
    [InlineData("5", "gazetteer.not-a-feature", "features[0]", "Expected a Feature with properties.")]
    [InlineData("""{"type":"Feature","properties":{"kind":"city"}}""", "gazetteer.missing-id", "features[0]", "The place has no id; give it \"id\" among its properties.")]
    [InlineData("""{"type":"Feature","properties":{"id":"a","kind":"city","within":"b"}}""", "gazetteer.unknown-place", "features[0] (a)", "'a' points to 'b', which is not in the gazetteer.")]
    [InlineData("""{"type":"Feature","properties":{"id":"a","kind":"city","within":"a"}}""", "gazetteer.cycle", "features[0] (a)", "'a' lies within itself, by way of its \"within\".")]
    [InlineData("""{"type":"Feature","properties":{"id":"a","kind":"crossing-point","between":["b"]}}""", "gazetteer.between", "features[0] (a)", "\"between\" is a list of two different place ids: from, to.")]
    [InlineData("""{"type":"Feature","properties":{"id":"a","kind":"city","aliases":"x"}}""", "gazetteer.aliases", "features[0] (a)", "\"aliases\" is a list of texts.")]
    [InlineData("""{"type":"Feature","properties":{"id":"a","kind":"city","accuracy_m":-1}}""", "gazetteer.accuracy", "features[0] (a)", "\"accuracy_m\" is a number of metres, not below zero.")]
    [InlineData("""{"type":"Feature","properties":{"id":"a","kind":"city"},"geometry":{"type":"Point","coordinates":[36.2,137.1]}}""", "gazetteer.position-off-earth", "features[0] (a)", "A position is longitude (-180 to 180), then latitude (-90 to 90).")]
    [InlineData("""{"type":"Feature","properties":{"id":"a","kind":"city"},"geometry":{"type":"Point","coordinates":[]}}""", "gazetteer.geometry", "features[0] (a)", "The geometry can't be read; a point is {\"type\": \"Point\", \"coordinates\": [longitude, latitude]}.")]
    [InlineData("""{"type":"Feature","properties":{"id":"a","kind":"city"},"geometry":{"type":"Circle","coordinates":[]}}""", "gazetteer.unknown-geometry", "features[0] (a)", "A place is a Point, a LineString, a Polygon or a MultiPolygon.")]
    public static void A_fault_in_a_feature_is_named_at_the_feature(string feature, string code, string place, string message) =>
        Assert.Equal(new Problem(code, message, place), Assert.Single(Refused(Collection(feature))));

    [Fact]
    public static void Every_fault_of_a_file_is_named_at_once()
    {
        var problems = Refused(Collection(
            """{"type":"Feature","properties":{"id":"a","kind":"city"}}""",
            """{"type":"Feature","properties":{"id":"a","kind":"city"}}""",
            """{"type":"Feature","properties":{"kind":"city"}}""",
            """{"type":"Feature","properties":{"id":"c","kind":"city","within":"zz"}}"""));
        Assert.Equal(["gazetteer.missing-id", "gazetteer.same-id-twice", "gazetteer.unknown-place"], problems.Select(p => p.Code).Order(StringComparer.Ordinal));
        Assert.Contains(problems, p => p.Message == "Two places have the id 'a'; the other is features[0] (a).");
    }

    [Fact]
    public static void A_kind_of_place_that_is_not_known_is_remarked_and_the_places_are_kept()
    {
        var read = GazetteerReader.Read(Bytes(Collection("""{"type":"Feature","properties":{"id":"a","kind":"volcano"}}""")));
        Assert.Equal(PlaceKind.Area, read.Value!.Find(new PlaceId("a"))!.Kind);
        var remark = Assert.Single(read.Problems);
        Assert.Equal(("gazetteer.unknown-kind", "features[0] (a)"), (remark.Code, remark.Place));
        Assert.StartsWith("'volcano' is not a kind of place, so it is read as an area; the kinds are area, ", remark.Message, StringComparison.Ordinal);
    }

    [Fact]
    public static void Half_a_character_and_a_map_instead_of_a_gazetteer_are_refused()
    {
        Assert.Equal(
            new Problem("gazetteer.broken-text", "A text in the gazetteer is not whole UTF-8 (half a character); save the file again as UTF-8."),
            Assert.Single(Refused(Collection("""{"type":"Feature","properties":{"id":"\ud800"}}"""))));
        Assert.Equal(
            new Problem("gazetteer.too-many", "A gazetteer has at most 50,000 features; this has 50,001.", "features"),
            Assert.Single(Refused(Collection([.. Enumerable.Repeat("0", GazetteerReader.MostFeatures + 1)]))));
    }

    [Fact]
    public static void A_polygon_is_stood_for_by_the_centroid_of_its_outer_ring()
    {
        var read = GazetteerReader.Read(Bytes(Collection("""{"type":"Feature","properties":{"id":"a","kind":"district"},"geometry":{"type":"Polygon","coordinates":[[[10,20],[14,20],[14,22],[10,22],[10,20]]]}}""")));
        Assert.Equal(new Position(12, 21), read.Value!.Find(new PlaceId("a"))!.Position);
    }

    [Fact]
    public static void Place_codes_never_make_a_tree()
    {
        var read = GazetteerReader.Read(Bytes(Collection(
            """{"type":"Feature","properties":{"id":"a","kind":"city","pcode":"X01","parent_pcode":"X0"}}""",
            """{"type":"Feature","properties":{"id":"b","kind":"district","pcode":"X0"}}""")));
        Assert.All(read.Value!.Places, p => Assert.Null(p.Within));
    }

    [Fact]
    public static void A_chain_as_long_as_the_limit_is_read()
    {
        var places = Enumerable.Range(0, GazetteerReader.MostFeatures).Select(i => new Place(new PlaceId("p" + Shown.Number(i)), "p", PlaceKind.Area, i == 0 ? null : new PlaceId("p" + Shown.Number(i - 1))));
        Assert.Equal(GazetteerReader.MostFeatures, new Gazetteer(places.Reverse()).Count);
    }

    [Theory]
    [InlineData("{", "operation.not-json", "line 1, byte 1", "The operation file is not JSON; reading stopped here.")]
    [InlineData("[]", "body.not-an-object", "operation", "Expected an object.")]
    [InlineData("""{"time_zone":"Asia/Damascus"}""", "body.missing", "operation", "'name' is missing.")]
    [InlineData("""{"name":"n","time_zone":"Mars/Phobos"}""", "operation.unknown-zone", "operation.time_zone", "'Mars/Phobos' is not a zone of the IANA time zone database; write it as \"Asia/Damascus\".")]
    [InlineData("""{"name":"n","time_zone":"Asia/Damascus","tolerance_percent":4294967306}""", "operation.tolerance", "operation", "The tolerance of 'about' is 0 to 50 per cent.")]
    [InlineData("""{"name":"n","time_zone":"Asia/Damascus","usual_travel_minutes":0}""", "operation.usual-travel", "operation", "The usual travel time is 1 minute to 30 days (43,200 minutes).")]
    [InlineData("""{"name":"n","time_zone":"Asia/Damascus","zone":1}""", "body.unknown-field", "operation", "'zone' is not a field here; the fields are name, time_zone, tolerance_percent, usual_travel_minutes, release_delay_minutes, fighters_tallied, small_cells_below, position_grid_degrees.")]
    [InlineData("""{"name":"n","time_zone":"Asia/Damascus","release_delay_minutes":-1}""", "operation.release-delay", "operation", "The delay before release is 0 minutes to 30 days (43,200 minutes).")]
    public static void A_faulty_operation_file_is_refused(string text, string code, string place, string message) =>
        Assert.Equal(new Problem(code, message, place), Assert.Single(OperationReader.Read(Bytes(text), Empty).Problems));

    [Fact]
    public static void An_operation_declares_its_delay_and_whether_fighters_are_tallied_and_neither_without_saying_so()
    {
        var silent = OperationReader.Read(Bytes("""{"name":"n","time_zone":"Asia/Damascus"}"""), Empty).Value!;
        Assert.Equal((NodaTime.Duration.FromHours(24), false), (silent.ReleaseDelay, silent.FightersTallied));
        var declared = Bytes("""{"name":"n","time_zone":"Asia/Damascus","release_delay_minutes":90,"fighters_tallied":true,"usual_travel_minutes":120,"tolerance_percent":5}""");
        var founded = OperationReader.Of("As founded", "Europe/Kyiv", declared, Empty);
        Assert.Equal(("As founded", "Europe/Kyiv", 5), (founded.Name, founded.Zone.Id, founded.TolerancePercent));
        Assert.Equal((NodaTime.Duration.FromMinutes(90), true, NodaTime.Duration.FromMinutes(120)), (founded.ReleaseDelay, founded.FightersTallied, founded.UsualTravel));
    }

    [Fact]
    public static void Damaged_gazetteers_give_a_problem_or_a_gazetteer_and_never_throw()
    {
        var random = new Random(20161215);
        var good = Bytes(Collection(
            """{"type":"Feature","id":"a","properties":{"id":"a","kind":"city","within":"b","aliases":["\u0041"]},"geometry":{"type":"Point","coordinates":[1,2]}}""",
            """{"type":"Feature","properties":{"id":"b","kind":"route","between":["a","b"],"accuracy_m":5},"geometry":{"type":"Polygon","coordinates":[[[1,2],[3,4],[5,9],[1,2]]]}}"""));
        for (var i = 0; i < 4000; i++)
        {
            var read = GazetteerReader.Read(Mutation.Of(good, random));
            Assert.True(read.Value is not null || (read.Problems.Count > 0 && read.Problems.All(p => p.Code.Length > 0)));
        }
    }

    private static string Collection(params string[] features) => $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static IReadOnlyList<Problem> Refused(string text)
    {
        var read = GazetteerReader.Read(Bytes(text));
        Assert.Null(read.Value);
        return read.Problems;
    }
}
