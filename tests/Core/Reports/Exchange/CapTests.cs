using System.Text;
using System.Xml.Linq;
using NodaTime;
using Safeconduct.Reports;
using Safeconduct.Reports.Exchange.Cap;
using Safeconduct.Reports.Exchange.GeoJson;
using Safeconduct.Reports.Publishing;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Obstruction;
using Safeconduct.Statements.Kinds.Status;
using Safeconduct.Statements.Kinds.Stop;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;
using Xunit;

namespace Safeconduct.Tests.Reports.Exchange;

public sealed class CapTests
{
    private const string Sender = "safeconduct.0123456789abcdef";

    private static readonly Operation Operation = new(
        "Northern valley",
        DateTimeZone.ForOffset(Offset.FromHours(3)),
        new Gazetteer(
        [
            new Place(new PlaceId("valley"), "Northern valley", PlaceKind.Area, Position: new Position(37.16117, 36.20124), AccuracyMetres: 30_000),
            new Place(new PlaceId("old-town"), "Old town", PlaceKind.Area, Within: new PlaceId("valley"), Position: new Position(37.15, 36.19), AccuracyMetres: 500),
            new Place(new PlaceId("hill"), "Hill", PlaceKind.Area, Within: new PlaceId("valley")),
            new Place(new PlaceId("mill-gate"), "Mill gate", PlaceKind.Crossing, Between: (new PlaceId("old-town"), new PlaceId("hill")), Position: new Position(37.14, 36.18)),
        ]));

    [Fact]
    public void A_halt_is_an_alert_more_words_are_an_update_and_a_resumption_updates_it_without_saying_that_all_is_clear()
    {
        var desk = new Desk();
        desk.Says(Halt("S-1", "relief"));
        var first = desk.ReleaseOnly();
        desk.Says(Halt("S-2", "army", modality: Modality.Denied));
        var second = desk.ReleaseOnly();
        desk.Says(Halt("S-3", "relief", state: State.Resumed, about: "2031-05-03"));
        var third = desk.ReleaseOnly();

        Assert.Equal(["Alert", "Update", "Update"], new[] { first, second, third }.Select(x => Text(x, "msgType")));
        Assert.Null(Text(first, "references"));
        Assert.Equal($"{Sender},{Text(first, "identifier")},{Text(first, "sent")}", Text(second, "references"));
        Assert.Equal($"{Sender},{Text(second, "identifier")},{Text(second, "sent")}", Text(third, "references"));
        Assert.Contains("Movement stopped: reported by relief", InfoText(first, "description"), StringComparison.Ordinal);
        Assert.Contains("Movement stopped: denied by army", InfoText(second, "description"), StringComparison.Ordinal);
        Assert.Equal("Movement resumed, as reported", InfoText(third, "event"));
        Assert.All(new[] { first, second, third }, x => Assert.Equal("Monitor", InfoText(x, "responseType")));
        Assert.Empty(desk.Proposed());
    }

    [Fact]
    public void What_its_source_took_back_is_cancelled_with_a_reference_to_the_last_alert()
    {
        var desk = new Desk();
        var said = desk.Says(Halt("S-1", "relief"));
        desk.ReleaseOnly();
        desk.Says(said.Withdrawn(new StatementId("S-2"), Moment.Parse("2031-05-02T12:00:00+03:00"), "a mistake"));
        var cancelled = desk.ReleaseOnly();

        Assert.Equal("Cancel", Text(cancelled, "msgType"));
        Assert.Equal($"{Sender},{Sender}.1,{Text(desk.Sent[0], "sent")}", Text(cancelled, "references"));
        Assert.Contains("taken back by its source", Text(cancelled, "note"), StringComparison.Ordinal);
        Assert.Empty(desk.Proposed());
    }

    [Fact]
    public void What_may_only_no_longer_be_shown_is_not_cancelled_as_if_it_had_been_taken_back()
    {
        var desk = new Desk();
        desk.Says(Halt("S-1", "relief"));
        desk.ReleaseOnly();
        desk.Statements.Clear();

        Assert.Empty(desk.Proposed());
    }

    [Fact]
    public void A_halt_after_a_reported_resumption_begins_a_chain_of_its_own()
    {
        var desk = new Desk();
        desk.Says(Halt("S-1", "relief", about: "2031-05-01"));
        desk.ReleaseOnly();
        desk.Says(Halt("S-2", "relief", state: State.Resumed, about: "2031-05-02"));
        desk.ReleaseOnly();
        desk.Says(Halt("S-3", "relief", about: "2031-05-05"));

        Assert.Equal("Alert", Text(desk.ReleaseOnly(), "msgType"));
    }

    [Theory]
    [InlineData(SourceKind.OwnObservers, Basis.Seen, "Observed")]
    [InlineData(SourceKind.OwnObservers, Basis.Told, "Possible")]
    [InlineData(SourceKind.Un, Basis.Seen, "Likely")]
    [InlineData(SourceKind.Media, Basis.NotSaid, "Possible")]
    public void Observed_is_said_of_what_our_own_observers_saw_and_of_nothing_else(SourceKind kind, Basis basis, string certainty)
    {
        var desk = new Desk();
        desk.Says(Halt("S-1", "somebody") with { Chain = new SourceChain(new Source(new SourceId("somebody"), "somebody", kind), []), Basis = basis });

        Assert.Equal(certainty, InfoText(desk.ReleaseOnly(), "certainty"));
    }

    [Fact]
    public void What_is_denied_is_of_unknown_certainty_unless_we_saw_it()
    {
        var desk = new Desk();
        desk.Says(Halt("S-1", "relief") with { Basis = Basis.Seen });
        desk.Says(Halt("S-2", "army", modality: Modality.Denied));

        Assert.Equal("Unknown", InfoText(desk.ReleaseOnly(), "certainty"));
    }

    [Fact]
    public void A_stop_of_a_convoy_a_plan_and_a_denial_alone_are_no_alert()
    {
        var desk = new Desk();
        desk.Says(Say("S-1", "relief", new Stop(StopReason.Fuel, "first convoy")));
        desk.Says(Halt("S-2", "army", modality: Modality.Planned));
        desk.Says(Halt("S-3", "army", modality: Modality.Denied));
        desk.Says(Halt("S-4", "army", state: State.Resumed));

        Assert.Empty(desk.Proposed());
    }

    [Fact]
    public void Before_the_public_the_place_is_the_widest_area_and_the_author_whom_somebody_names_is_not_repeated()
    {
        var said = Say("S-1", "relief", new Incident(IncidentType.Shelling, "a bakery", "the hill's men"), from: "old-town");
        var (open, shut) = (new Desk(Audience.Public), new Desk(Audience.Parties));
        open.Says(said);
        shut.Says(said);
        var (forAll, forParties) = (open.ReleaseOnly(), shut.ReleaseOnly());

        Assert.Equal(("Public", null), (Text(forAll, "scope"), Text(forAll, "restriction")));
        Assert.Equal(("Restricted", "For the parties and guarantors of the arrangement."), (Text(forParties, "scope"), Text(forParties, "restriction")));
        Assert.Equal(("Northern valley", "36.2,37.2 30"), (Leaf(forAll, "areaDesc"), Leaf(forAll, "circle")));
        Assert.Equal(("Old town", "36.19,37.15 1"), (Leaf(forParties, "areaDesc"), Leaf(forParties, "circle")));
        Assert.DoesNotContain("Old town", forAll.ToString(), StringComparison.Ordinal);
        Assert.All(new[] { forAll, forParties }, x => Assert.DoesNotContain("hill's men", x.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void An_outline_is_written_latitude_first_and_closed()
    {
        var desk = new Desk();
        using var polygon = System.Text.Json.JsonDocument.Parse("""{"type":"Polygon","coordinates":[[[37.1,36.1],[37.2,36.1],[37.2,36.2],[37.1,36.1]]]}""");
        desk.Outlines[new PlaceId("old-town")] = Shape.Read(polygon.RootElement)!;
        desk.Says(Halt("S-1", "relief"));

        Assert.Equal("36.1,37.1 36.1,37.2 36.2,37.2 36.1,37.1", Leaf(desk.ReleaseOnly(), "polygon"));
    }

    [Theory]
    [InlineData(0, "2031-05-02T09:00:00-00:00")]
    [InlineData(3, "2031-05-02T12:00:00+03:00")]
    [InlineData(-4, "2031-05-02T05:00:00-04:00")]
    public void Times_carry_their_offset_in_digits_and_never_the_letter_Z(int hours, string written) =>
        Assert.Equal(written, CapXml.Written(Instant.FromUtc(2031, 5, 2, 9, 0).WithOffset(Offset.FromHours(hours))));

    [Fact]
    public void Words_that_would_break_out_turn_the_line_or_stand_in_no_XML_are_written_so_that_one_sees_them()
    {
        var hostile = Safeconduct.Tests.Reports.Scene.Hostile;
        var desk = new Desk();
        desk.Says(Halt("S-1", "relief") with { Chain = new SourceChain(new Source(new SourceId("x"), hostile, SourceKind.Un), []) });
        var alert = desk.ReleaseOnly();

        Assert.Contains("\\u{202E}", InfoText(alert, "description"), StringComparison.Ordinal);
        Assert.Contains("\\u{0007}", InfoText(alert, "description"), StringComparison.Ordinal);
        Assert.Contains("<script>", InfoText(alert, "description"), StringComparison.Ordinal);
        Assert.DoesNotContain(alert.Descendants(), e => e.Name.LocalName == "script");
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("a<b")]
    [InlineData("a&b")]
    [InlineData("")]
    public void An_identifier_with_what_the_standard_forbids_is_refused(string identifier)
    {
        var message = new Desk().Draft() with { Identifier = identifier };

        Assert.Equal("cap.not-an-identifier", Assert.Throws<RefusedException>(() => CapXml.Write(message)).Problem.Code);
    }

    [Fact]
    public void An_alert_is_released_by_somebody_with_a_name() =>
        Assert.Equal("alert.no-name", Assert.Throws<RefusedException>(() => new AlertRelease(" ")).Problem.Code);

    [Fact]
    public void Whoever_released_it_stays_in_the_room_and_the_message_goes_no_further_than_it_was_meant_for()
    {
        var desk = new Desk();
        desk.Says(Halt("S-1", "relief"));
        desk.ReleaseOnly();
        PlacedDocument[] documents = [new(7, ReleasedAlert.Media, desk.Released[0].ToBytes())];
        bool[] Opens(Audience audience) => [.. Enumerable.Range(0, 3).Select(file => new Opening(audience, new HashSet<long>(), documents).MayOpen(7, file))];

        Assert.Equal([true, true, true], Opens(Audience.Room));
        Assert.Equal([true, true, false], Opens(Audience.Parties));
        Assert.Equal([false, false, false], Opens(Audience.Public));
    }

    [Fact]
    public void The_checker_of_rules_finds_what_is_wrong_so_that_its_silence_means_something()
    {
        var desk = new Desk();
        desk.Says(Halt("S-1", "relief"));
        desk.ReleaseOnly();
        var good = Encoding.UTF8.GetString(desk.Bytes[0]);
        Assert.Empty(CapRules.Broken(Encoding.UTF8.GetBytes(good)));
        foreach (var (from, to) in new[]
        {
            ("<status>Actual", "<status>Real"), ("+03:00</sent>", "Z</sent>"), ("+03:00</sent>", "+00:00</sent>"), ("<msgType>Alert", "<msgType>Update"), ("<scope>Restricted", "<scope>Public"),
            ("<circle>36", "<circle>136"), ("<event>Movement stopped, as reported", "<event>"), ("cap:1.2", "cap:1.1"), ("<sender>", "<sender>a, "), ("<urgency>", "<note>x</note><urgency>"),
        })
        {
            Assert.Contains(from, good, StringComparison.Ordinal);
            Assert.NotEmpty(CapRules.Broken(Encoding.UTF8.GetBytes(good.Replace(from, to, StringComparison.Ordinal))));
        }
    }

    /// <summary>Laws over random sequences of saying, denying, taking back, correcting and releasing.</summary>
    [Fact]
    public void Whatever_is_said_in_whatever_order_every_chain_holds_together_and_every_message_keeps_the_rules()
    {
        var (updates, cancels) = (0, 0);
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var desk = new Desk((Audience)(seed % 3));
            for (var step = 0; step < 40; step++)
            {
                Act(desk, random, $"S-{step}");
                var proposed = desk.Proposed();
                Assert.Equal(proposed.Select(p => p.Digest), desk.Proposed().Select(p => p.Digest));
                Assert.Equal(proposed.Count, proposed.Select(p => p.Matter.ToString()).Distinct().Count());
                if (proposed.Count > 0 && random.Next(3) == 0)
                {
                    Checked(desk, proposed[random.Next(proposed.Count)]);
                }
            }

            updates += desk.Released.Count(r => r.Message is CapMessage.Update);
            cancels += desk.Released.Count(r => r.Message is CapMessage.Cancel);
        }

        Assert.True(updates > 50 && cancels > 20, $"the sequences drew only {updates} updates and {cancels} cancellations");
    }

    private static void Checked(Desk desk, ProposedAlert proposal)
    {
        var before = desk.Released.Where(r => r.Matter == proposal.Matter).ToList();
        var xml = desk.Release(proposal);
        var released = desk.Released[^1];
        Assert.Equal(released.ToBytes(), ReleasedAlert.Read(released.ToBytes()).ToBytes());
        Assert.Equal(desk.Released.Count, desk.Released.Select(r => r.Identifier).Distinct().Count());

        // A reference leads to the last alert of the same matter, which is not a cancellation.
        var references = Text(xml, "references");
        Assert.Equal(proposal.Message is CapMessage.Alert, references is null);
        if (references is not null)
        {
            Assert.Equal($"{before[^1].Sender},{before[^1].Identifier},{CapXml.Written(before[^1].Sent)}", references);
            Assert.NotEqual(CapMessage.Cancel, before[^1].Message);
        }

        // What is cancelled was taken back or put right, all of it that said there was trouble.
        var replaced = desk.Statements.SelectMany(s => s.Claims()).OfType<Claim.About>().Select(a => a.Statement).ToHashSet();
        if (proposal.Message is CapMessage.Cancel)
        {
            Assert.All(desk.Statements.Where(s => before[^1].Rests.Contains(s.Id) && s.Modality is Modality.Asserted && !GoesOn(s)), s => Assert.Contains(s.Id, replaced));
        }

        Assert.All(proposal.Rests, s => Assert.DoesNotContain(s.Id, replaced));
        Assert.Equal(InfoText(xml, "certainty") == "Observed", proposal.Rests.Any(s => s is { Modality: Modality.Asserted, SaidBy.Kind: SourceKind.OwnObservers, Basis: Basis.Seen } && GoesOn(s) == proposal.Resumes));

        // What was released is not proposed again as it was.
        Assert.DoesNotContain(desk.Proposed(), p => p.Digest == proposal.Digest);
    }

    private static bool GoesOn(Statement s) => s.Said is Status { State: State.Resumed } or Safeconduct.Statements.Kinds.Correction.Correction { Instead: Status { State: State.Resumed } };

    private static void Act(Desk desk, Random random, string id)
    {
        var source = new[] { "relief", "army", "council", "own" }[random.Next(4)];
        var place = new[] { "old-town", "hill", "mill-gate" }[random.Next(3)];
        var about = $"2031-05-0{1 + random.Next(5)}";
        if (desk.Statements.Count > 0 && random.Next(3) == 0)
        {
            var target = desk.Statements[random.Next(desk.Statements.Count)];
            var at = Moment.Parse("2031-05-06T12:00:00+03:00");
            if (target.Said is not (Safeconduct.Statements.Kinds.Correction.Correction or Safeconduct.Statements.Kinds.Withdrawal.Withdrawal))
            {
                desk.Says(random.Next(2) == 0 ? target.Withdrawn(new StatementId(id), at, "a mistake") : target.Corrected(new StatementId(id), at, "a slip", Thing(random)));
            }

            return;
        }

        desk.Says(Say(id, source, Thing(random), about, place, random.Next(5) == 0 ? Modality.Denied : Modality.Asserted) with { Basis = random.Next(2) == 0 ? Basis.Seen : Basis.Told });
    }

    private static Said Thing(Random random) => random.Next(5) switch
    {
        0 => new Status(SubjectKind.Operation, State.Suspended),
        1 => new Status(SubjectKind.Route, State.Halted),
        2 => new Status(SubjectKind.Operation, State.Resumed),
        3 => new Obstruction(Obstructed.Passage, Hindrance.Blocked),
        _ => new Incident(IncidentType.Shelling),
    };

    private static Statement Halt(string id, string source, State state = State.Suspended, string about = "2031-05-02", Modality modality = Modality.Asserted) =>
        Say(id, source, new Status(SubjectKind.Operation, state), about, "old-town", modality);

    private static Statement Say(string id, string source, Said said, string about = "2031-05-02", string from = "old-town", Modality modality = Modality.Asserted) => new Statement
    {
        Id = new StatementId(id),
        Chain = new SourceChain(new Source(new SourceId(source), source, source == "own" ? SourceKind.OwnObservers : SourceKind.Party), []),
        SaidAt = Moment.Parse(about),
        About = TimeSpoken.Parse(about),
        Said = said,
        Where = new Scope(new PlaceId(from)),
        Modality = modality,
    }.Checked();

    private static string? Text(XElement alert, string name) => alert.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;

    private static string InfoText(XElement alert, string name) => alert.Elements().First(e => e.Name.LocalName == "info").Elements().First(e => e.Name.LocalName == name).Value;

    private static string Leaf(XElement alert, string name) => alert.Descendants().First(e => e.Name.LocalName == name).Value;

    /// <summary>A room that hears, and releases; every message that goes out of it is held to the rules.</summary>
    private sealed class Desk(Audience audience = Audience.Parties)
    {
        private Instant now = Instant.FromUtc(2031, 5, 6, 9, 0);

        public List<Statement> Statements { get; } = [];

        public List<ReleasedAlert> Released { get; } = [];

        public List<XElement> Sent { get; } = [];

        public List<byte[]> Bytes { get; } = [];

        public Dictionary<PlaceId, Shape> Outlines { get; } = [];

        public Statement Says(Statement statement)
        {
            Statements.Add(statement);
            return statement;
        }

        public IReadOnlyList<ProposedAlert> Proposed() => AlertDesk.Propose(Statements, Released, Operation, audience);

        public XElement ReleaseOnly() => Release(Assert.Single(Proposed()));

        public CapAlert Draft()
        {
            Says(Halt("S-1", "relief"));
            return AlertDesk.Message(Proposed()[0], Released, Operation, audience, Sender, CapStatus.Test, now, Outlines);
        }

        public XElement Release(ProposedAlert proposal)
        {
            now += Duration.FromMinutes(7);
            var message = AlertDesk.Message(proposal, Released, Operation, audience, Sender, CapStatus.Actual, now, Outlines);
            Released.Add(ReleasedAlert.Of(proposal, message, audience, Operation));
            var bytes = CapXml.Write(message);
            Assert.Empty(CapRules.Broken(bytes));
            Bytes.Add(bytes);
            Sent.Add(XElement.Parse(Encoding.UTF8.GetString(bytes)));
            return Sent[^1];
        }
    }
}
