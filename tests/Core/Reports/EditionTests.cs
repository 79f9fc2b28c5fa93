using NodaTime;
using Safeconduct.Reports;
using Safeconduct.Reports.Rendering;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Coverage;
using Safeconduct.Statements.Kinds.Finding;
using Safeconduct.Statements.Kinds.Handover;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Movement;
using Safeconduct.Statements.Kinds.Obstruction;
using Safeconduct.Statements.Kinds.Undertaking;
using Safeconduct.Statements.Kinds.Withdrawal;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;
using Xunit;

namespace Safeconduct.Tests.Reports;

/// <summary>What may leave the room, and when. The cut-off of the scene is 3 May 2031, 18:00; the delay is a day.</summary>
public sealed class EditionTests
{
    private const string LongAgo = "2031-04-20T10:00+02:00";

    private static readonly Statement Departed = Own(101, new Movement(Step.Departed, "third convoy"), LongAgo);

    /// <summary>What the room collected about a convoy long ago whose arrival nobody stated.</summary>
    public static TheoryData<string, Statement> OfAConvoyNobodySawArrive => new()
    {
        { "a departure", Departed },
        { "a count on a named vehicle", Own(102, Count(Category.Everyone, batch: "bus 4417, trip 2"), LongAgo) },
        { "a count whose words name a vehicle", Own(103, Count(Category.Everyone, group: "from the second bus"), LongAgo) },
        { "fighters counted at one hour", Own(104, Count(Category.Fighters), LongAgo) },
        { "fire on a convoy", Own(105, new Incident(IncidentType.FireOnConvoy), LongAgo) },
        { "a shooting whose target is a convoy", Own(106, new Incident(IncidentType.Shooting, "the last bus of the column"), LongAgo) },
        { "an obstruction whose words speak of buses", Own(107, new Obstruction(Obstructed.Passage, Hindrance.Delayed), LongAgo) with { Words = new Words("The buses wait at the gate.", "en") } },
        { "a plan for a convoy", Own(108, new Undertaking("the fourth convoy to leave at noon"), LongAgo) with { Modality = Modality.Planned } },
        { "a corrected departure", Own(109, new Correction(Departed.Id, "hour", new Movement(Step.Departed, "third convoy")), LongAgo) },
        { "a handover of a line", Own(110, new Handover("Mill gate, east side"), LongAgo) },
    };

    [Theory]
    [MemberData(nameof(OfAConvoyNobodySawArrive))]
    public void What_the_room_collected_about_a_convoy_stays_until_its_arrival_is_stated(string what, Statement statement)
    {
        var edition = Made(Departed, statement);
        Assert.DoesNotContain(statement.Id, Ids(edition.Shown));
        Assert.True(edition.Held.Contains(statement), what);
        Assert.Contains(statement, Edition.Of([statement], Scene.Operation, Scene.Settings()).Shown);
    }

    [Theory]
    [InlineData("2031-05-02T17:00+02:00", true)]
    [InlineData("2031-05-02T19:00+02:00", false)]
    public void A_day_after_the_stated_arrival_it_may_leave(string arrived, bool isOut)
    {
        var departed = Own(111, new Movement(Step.Departed, "third convoy"), "2031-05-02T10:00+02:00");
        var counted = Own(112, Count(Category.Everyone, batch: "the third convoy, bus 12"), "2031-05-02T09:30+02:00");
        var arrival = Own(113, new Movement(Step.Arrived, "convoy 3"), arrived);
        Assert.Equal(isOut ? Ids([departed, counted, arrival]) : [], Ids(Made(departed, counted, arrival).Shown));
    }

    [Fact]
    public void An_arrival_of_another_convoy_of_another_day_or_taken_back_frees_nothing()
    {
        Statement[] arrivals =
        [
            Own(114, new Movement(Step.Arrived, "fourth convoy"), "2031-04-20T18:00+02:00"),
            Own(115, new Movement(Step.Arrived, "third convoy"), "2031-04-19T18:00+02:00"),
            Own(116, new Movement(Step.Arrived, "third convoy"), "2031-04-28T18:00+02:00"),
            Own(117, new Movement(Step.Arrived), "2031-04-20T18:00+02:00"),
            Own(118, new Headcount(Measure.Arrived, new Counted(Unit.People, Category.Everyone, Bound.Exactly(12)), Batch: "convoy 3, bus 7"), "2031-04-20T18:00+02:00"),
        ];
        Assert.All(arrivals, a => Assert.DoesNotContain(Departed.Id, Ids(Made(Departed, a).Shown)));
        var arrival = Own(119, new Movement(Step.Arrived, "third convoy"), "2031-04-20T18:00+02:00");
        Assert.Contains(Departed.Id, Ids(Made(Departed, arrival).Shown));
        Assert.DoesNotContain(Departed.Id, Ids(Made(Departed, arrival, Own(120, new Withdrawal(arrival.Id, "it was another"), "2031-04-21")).Shown));
    }

    [Fact]
    public void What_points_at_something_held_back_stays_with_it_however_long_the_way()
    {
        var remark = Own(121, new Comment("Was this the north road?", Departed.Id), LongAgo);
        var onRemark = Own(122, new Comment("Yes."), LongAgo) with { Links = [new Link(Relation.RepliesTo, remark.Id)] };
        var free = Own(123, new Comment("The bridge is open."), LongAgo);
        Assert.Equal([free.Id], Ids(Made(onRemark, remark, Departed, free).Shown));
    }

    [Fact]
    public void What_others_printed_for_all_to_read_waits_for_the_delay_alone()
    {
        var printed = Departed with { Id = new StatementId("OLD-0124"), Chain = new SourceChain(Scene.Monitor, []), Citation = "Bulletin, invented" };
        var fresh = printed with { Id = new StatementId("OLD-0125"), About = TimeSpoken.Parse("2031-05-03T09:00+02:00"), SaidAt = Moment.Parse("2031-05-03T09:30+02:00") };
        Assert.Equal([printed], Made(printed, fresh).Shown);
    }

    [Fact]
    public void Two_persons_may_let_a_statement_go_before_the_arrival_is_stated()
    {
        var remark = Own(126, new Comment("The north road.", Departed.Id), LongAgo);
        var settings = Scene.Settings(Audience.Parties) with { ReleasedEarly = new HashSet<StatementId> { Departed.Id } };
        Assert.Equal([Departed.Id, remark.Id], Ids(Edition.Of([Departed, remark], Scene.Operation, settings).Shown));
    }

    [Fact]
    public void A_finding_and_its_reply_stay_until_a_named_person_adopted_it()
    {
        var about = Own(127, new Comment("The gate was shut."), LongAgo);
        var finding = Own(128, new Finding("The gate was shut from noon on.", [about.Id], new Party(Scene.Army.Id, Scene.Army.Name), Moment.Parse("2031-04-22")), LongAgo);
        var reply = finding with { Id = new StatementId("OLD-0129"), Chain = new SourceChain(Scene.Army, []), Said = new Comment("We deny it."), Links = [new Link(Relation.RepliesTo, finding.Id)] };
        Assert.Equal([about.Id], Ids(Made(about, finding, reply).Shown));
        var byItsParty = reply with { Id = new StatementId("OLD-0130"), Said = new Comment("Adopted."), Links = [new Link(Relation.Confirms, finding.Id)] };
        Assert.DoesNotContain(finding.Id, Ids(Made(about, finding, reply, byItsParty).Shown));
        var byAnObserver = Own(131, new Comment("Adopted by the head of the mission."), LongAgo) with { Links = [new Link(Relation.Confirms, finding.Id)] };
        Assert.DoesNotContain(finding.Id, Ids(Made(about, finding, reply, byAnObserver).Shown));
        var adopted = byAnObserver with { Chain = new SourceChain(Source.Room, []) };
        Assert.Equal(Ids([about, finding, reply, adopted]), Ids(Made(about, finding, reply, adopted).Shown));
    }

    [Fact]
    public void A_finding_whose_adoption_was_withdrawn_is_no_conclusion_of_the_mission_in_any_edition()
    {
        var finding = Own(128, new Finding("The gate was shut from noon on.", [new StatementId("OLD-0001")], new Party(Scene.Army.Id, Scene.Army.Name), Moment.Parse("2031-04-22")), LongAgo);
        var adopted = Own(131, new Comment("Adopted by the head of the mission."), LongAgo) with { Chain = new SourceChain(Source.Room, []), Links = [new Link(Relation.Confirms, finding.Id)] };
        var takenBack = adopted.Withdrawn(new StatementId("OLD-0132"), adopted.SaidAt, "The reply came late.");
        Assert.Contains("adopted after that", Room([finding, adopted]), StringComparison.Ordinal);
        Assert.DoesNotContain("adopted after that", Room([finding, adopted, takenBack]), StringComparison.Ordinal);
        Assert.Contains("not adopted: no conclusion of the mission yet", Room([finding, adopted, takenBack]), StringComparison.Ordinal);
        Assert.DoesNotContain(finding.Id, Ids(Made(finding, adopted, takenBack).Shown));

        static string Room(Statement[] more) => SitrepHtml.Write(Scene.Report(Audience.Room, [.. Scene.Statements, .. more]));
    }

    [Fact]
    public void One_by_one_no_witness_and_no_watch_leaves_the_room()
    {
        var witness = Own(132, new Comment("I was there."), LongAgo) with { Chain = new SourceChain(Scene.Wren, []) };
        var watch = Own(133, new Coverage(true, "Mill gate"), LongAgo);
        var other = Own(134, new Comment("The bridge is open."), LongAgo);
        Statement[] all = [witness, watch, other];
        Assert.Equal(Ids(all), Ids(Made(all).Shown));
        Assert.Equal([other.Id], Ids(Edition.OneByOne(Made(all).Shown, Audience.Parties)));
        Assert.Equal(all, Edition.OneByOne(all, Audience.Room));
    }

    private static StatementId[] Ids(IEnumerable<Statement> statements) => [.. statements.Select(s => s.Id)];

    private static Edition Made(params Statement[] statements) => Edition.Of(statements, Scene.Operation, Scene.Settings(Audience.Parties));

    private static Headcount Count(Category category, string? batch = null, string? group = null) => new(Measure.Left, new Counted(Unit.People, category, Bound.Exactly(31), group), Batch: batch);

    private static Statement Own(int n, Said said, string about) =>
        (Scene.Say(n, Scene.Osier, said, about, "") with { Paraphrase = null, Citation = null, Handling = Handling.Parties, Consent = Consent.NotNeeded }).Checked();
}
