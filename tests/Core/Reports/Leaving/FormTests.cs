using System.Text;
using NodaTime;
using Safeconduct.Reports;
using Safeconduct.Reports.Exchange;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Movement;
using Safeconduct.Statements.Kinds.Obstruction;
using Safeconduct.Statements.Kinds.Screening;
using Safeconduct.Statements.Kinds.Voluntariness;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;
using Xunit;

namespace Safeconduct.Tests.Reports.Leaving;

/// <summary>In what form a statement that nobody published leaves the room.</summary>
public sealed class FormTests
{
    private static readonly PlaceId Gate = new("mill-gate");
    private static readonly PlaceId Bakery = new("fig-bakery");
    private static readonly PlaceId Oldtown = new("oldtown");

    public static TheoryData<string, Said> SmallCounts => new()
    {
        { "a headcount", new Headcount(Measure.Left, People(3)) },
        { "a part", new Headcount(Measure.Left, People(500), Including: [People(3, Category.Women)]) },
        { "those killed", new Incident(IncidentType.Shelling, null, null, [new Harm(Measure.Killed, People(3))]) },
        { "those held at a screening", new Screening(Stopped: People(40), TakenOff: People(3), Slip: "3") },
        { "those aboard", new Movement(Step.Assembled, "a convoy", null, People(3)) },
        { "those held up", new Obstruction(Obstructed.Passage, Hindrance.Held, null, People(3)) },
        { "those who wished to stay", new Voluntariness(WishedToStay: People(3), Destinations: [new Destination("home", null, People(3))]) },
        { "a correction", new Correction(new StatementId("OLD-0009"), "a slip of the pen", new Headcount(Measure.Left, People(3))) },
        { "a range", new Headcount(Measure.Left, new Counted(Unit.People, Category.Everyone, Bound.Between(2, 3))) },
        { "a floor", new Headcount(Measure.Left, new Counted(Unit.People, Category.Everyone, Bound.AtLeast(3))) },
    };

    [Theory]
    [MemberData(nameof(SmallCounts))]
    public void A_small_count_that_nobody_published_is_in_no_field_of_what_the_public_may_see(string what, Said said)
    {
        var form = Assert.Single(Public(Ours(1, said) with { Words = new Words("three of them", "en"), Measured = new Measured(3, 3, false, "families"), Imported = new Imported("3;three") }).Shown);
        Assert.True(form.IsCoarse, what);
        var json = Encoding.UTF8.GetString(StatementBytes.WriteShown(form)).Replace("2031-04-20", "", StringComparison.Ordinal);
        Assert.DoesNotContain("three", json, StringComparison.Ordinal);
        Assert.DoesNotMatch("[:\"]3[,}\"]", json);
        Assert.DoesNotContain(" 3 ", form.Wording, StringComparison.Ordinal);
        Assert.Contains("\"coarse\":true", json, StringComparison.Ordinal);
    }

    [Fact]
    public void What_others_published_and_a_nought_stay_as_they_were_said()
    {
        var printed = Ours(1, new Headcount(Measure.Left, People(3))) with { Chain = new SourceChain(Scene.Paper, []), Citation = "The Daily, invented", Where = new Scope(Via: Gate), About = TimeSpoken.Parse("2031-04-20T10:00+02:00") };
        var nobody = Ours(2, new Headcount(Measure.Held, People(0))) with { Chain = new SourceChain(Scene.Council, []) };
        Assert.Equal([printed, nobody], Public(printed, nobody).Shown);
        Assert.Equal([printed, nobody], Edition.Unchanged(Public(printed, nobody).Shown, Audience.Public));
    }

    [Fact]
    public void The_parties_read_numbers_and_places_as_they_were_said_and_no_observers_name()
    {
        var small = Ours(1, new Headcount(Measure.Left, People(3))) with { Where = new Scope(Oldtown, Via: Gate) };
        var form = Assert.Single(Edition.Of([small], Scene.Operation, Scene.Settings(Audience.Parties)).Shown);
        Assert.Equal((small.Said, small.Where), (form.Said, form.Where));
        Assert.Equal("Own observers", form.SaidBy.Name);
        Assert.DoesNotContain("osier", Encoding.UTF8.GetString(StatementBytes.WriteShown(form)), StringComparison.OrdinalIgnoreCase);
    }

    private const string Entry = "the-entry-that-leads-to-a-header";

    [Fact]
    public void What_was_made_coarse_is_never_written_as_signed_and_never_read_as_said()
    {
        var form = Assert.Single(Public(Ours(1, new Headcount(Measure.Left, People(3)))).Shown);
        Assert.Equal("statement.coarse", Assert.Throws<RefusedException>(() => StatementBytes.Write(form)).Problem.Code);
        Assert.Equal("body.unknown-field", StatementBytes.Read(StatementBytes.WriteShown(form)).Problems[0].Code);
        Assert.Empty(Edition.Unchanged([form], Audience.Public));
        Assert.Contains("\"coarse\":true", Written("json"), StringComparison.Ordinal);
        foreach (var format in ExportFormats.All)
        {
            Assert.Contains(format.Name is "json" ? "\"fewer_than\":5" : "fewer than 5", Written(format.Name), StringComparison.Ordinal);
            Assert.DoesNotContain(Entry, Written(format.Name), StringComparison.Ordinal);
        }

        string Written(string format)
        {
            using var to = new MemoryStream();
            ExportFormats.All.Single(f => f.Name == format).Write(to, Cover.For(Scene.Operation, Audience.Public, 0), [new HandedOn(form, Entry)]);
            return Encoding.UTF8.GetString(to.ToArray());
        }
    }

    [Fact]
    public void Assessing_the_record_in_the_place_of_the_edition_is_refused()
    {
        var ours = Ours(1, new Headcount(Measure.Left, People(3)));
        var refused = Assert.Throws<RefusedException>(() => SituationReport.Compose(Public(ours), Scene.Assessed([ours]), null, Scene.Settings(Audience.Public)));
        Assert.Equal("report.not-coarse", refused.Problem.Code);
    }

    [Fact]
    public void A_text_that_names_the_number_takes_the_whole_statement_with_it()
    {
        var told = Ours(1, new Incident(IncidentType.Shooting, "three women at a well", null, [new Harm(Measure.Killed, People(3))]));
        var named = Ours(2, new Headcount(Measure.Left, People(3), Batch: "convoy 7"));
        var remark = Ours(3, new Comment("All 3 of them are safe.", named.Id));
        var edition = Public(told, named, remark);
        Assert.Equal([named.Id], edition.Shown.Select(s => s.Id));
        Assert.Equal(2, edition.Withheld);
    }

    [Fact]
    public void A_place_is_told_as_its_wide_area_and_an_hour_as_its_day_and_two_gates_stay_two()
    {
        var one = Ours(1, new Headcount(Measure.Left, People(120))) with { Where = new Scope(Oldtown, Via: Gate), About = TimeSpoken.Parse("2031-04-20T10:15+02:00") };
        var other = Ours(2, new Headcount(Measure.Left, People(80))) with { Where = new Scope(Bakery), About = TimeSpoken.Parse("2031-04-20T10:15+02:00") };
        var shown = Public(one, other).Shown;
        Assert.All(shown, s => Assert.Equal(("2031-04-20", true), (s.About.ToString(), s.IsCoarse)));
        Assert.Equal("a place not named", Scene.Operation.Gazetteer.NameOf(shown[0].Where.Via!.Value));
        Assert.Equal((Oldtown, "a place in Oldtown"), (shown[0].Where.From!.Value, Scene.Operation.Gazetteer.NameOf(shown[1].Where.From!.Value)));
        Assert.Equal([Oldtown], Scene.Operation.Gazetteer.Upward(shown[1].Where.From!.Value).Skip(1).Take(1));
        Assert.DoesNotContain(Scene.Assessed(shown).Disputes, d => d.Figure is not null);
        Assert.Equal(2, Public(one, other).CoarsePlaces);
    }

    [Fact]
    public void What_names_a_place_in_its_text_is_withheld_where_the_place_is_told_as_a_wide_area()
    {
        var named = Ours(1, new Incident(IncidentType.Shelling, "the Fig Bakery")) with { Where = new Scope(Bakery) };
        Assert.Empty(Public(named).Shown);
    }

    [Theory]
    [InlineData(Audience.Public, "2031-05-03T10:00+02:00", false)]
    [InlineData(Audience.Parties, "2031-05-03T10:00+02:00", false)]
    [InlineData(Audience.Public, "2031-05-02T10:00+02:00", true)]
    public void Where_an_observer_stood_waits_for_the_delay_whatever_was_seen(Audience audience, string about, bool isOut)
    {
        var seen = Ours(1, new Obstruction(Obstructed.Passage, Hindrance.Refused)) with { Where = new Scope(Via: Gate), About = TimeSpoken.Parse(about), SaidAt = Moment.Parse(about) };
        Assert.Equal(isOut, Edition.Of([seen], Scene.Operation, Scene.Settings(audience)).Shown.Count == 1);
    }

    [Fact]
    public void A_position_is_drawn_on_the_grid_and_a_crossing_where_its_area_is()
    {
        var area = new Place(new PlaceId("a"), "A", PlaceKind.Area, Position: new Position(37.1612, 36.2043));
        var point = new Place(new PlaceId("p"), "P", PlaceKind.Point, Within: area.Id, Position: new Position(37.9, 36.9));
        var loose = new Place(new PlaceId("c"), "C", PlaceKind.Crossing, Position: new Position(37.9, 36.9));
        var operation = new Operation("Invented", DateTimeZone.Utc, new Gazetteer([area, point, loose, new Place(new PlaceId("b"), "B", PlaceKind.Area)]));
        Assert.Equal([new Position(37.2, 36.2), new Position(37.2, 36.2), null], new[] { area, point, loose }.Select(p => Edition.PositionOf(p, operation, Audience.Public)));
        Assert.Equal(point.Position, Edition.PositionOf(point, operation, Audience.Parties));
        Assert.Equal(new Position(37.0, 36.0), Edition.PositionOf(area, operation with { PositionGridDegrees = 1 }, Audience.Public));
    }

    [Fact]
    public void A_count_that_would_tell_a_small_one_is_covered_too_and_the_larger_ones_stay()
    {
        var told = Ours(1, new Headcount(Measure.Left, People(500), Including: [People(400, Category.Men), People(97, Category.Children), People(3, Category.Women)]));
        var edition = Public(told);
        Assert.Equal("500 people left, including 400 men and at least 5 children and fewer than 5 women", Assert.Single(edition.Shown).Wording);
        Assert.Equal(2, edition.CoarseCounts);
    }

    [Fact]
    public void The_few_whom_the_parts_leave_over_are_covered_like_a_count_of_them()
    {
        var told = Ours(1, new Headcount(Measure.Left, People(500), Including: [People(498, Category.Civilians)]));
        Assert.Equal("500 people left, including at least 5 civilians", Assert.Single(Public(told).Shown).Wording);
    }

    [Fact]
    public void A_later_statement_that_would_uncover_an_earlier_one_gives_way_itself()
    {
        var total = Ours(1, new Headcount(Measure.Left, People(12), Including: [People(9, Category.Men), People(3, Category.Women)]));
        var later = Ours(2, new Headcount(Measure.Left, People(9, Category.Men))) with { Chain = new SourceChain(Scene.Council, []) };
        var yesterday = Public(total).Shown;
        var today = Public(total, later).Shown;
        Assert.Equal(yesterday.Select(s => s.Wording), today.Take(1).Select(s => s.Wording));
        Assert.DoesNotContain("9", string.Concat(today.Select(s => s.Wording)), StringComparison.Ordinal);
    }

    private static Edition Public(params Statement[] statements) => Edition.Of(statements, Scene.Operation, Scene.Settings(Audience.Public) with { ReleasedEarly = statements.Select(s => s.Id).ToHashSet() });

    private static Counted People(long n, Category? category = null) => new(Unit.People, category ?? Category.Everyone, Bound.Exactly(n));

    private static Statement Ours(int n, Said said) =>
        (Scene.Say(n, Scene.Osier, said, "2031-04-20", "Osier counted three of them at Mill gate.", from: Oldtown) with { Citation = null, Consent = Consent.Given }).Checked();
}
