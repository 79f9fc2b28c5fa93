using Safeconduct.Statements.Kinds.Movement;
using Safeconduct.Situation;
using Safeconduct.Situation.Disputes;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Agreement;
using Safeconduct.Statements.Kinds.Attribution;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Kinds.Control;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Obstruction;
using Safeconduct.Statements.Kinds.Status;
using Safeconduct.Statements.Kinds.Undertaking;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Xunit;

namespace Safeconduct.Tests.Core.Situation;

/// <summary>One small list a rule: what must be a dispute, and the list that looks like it and must not be. What is expected is written as "kind sides" and "reason sides".</summary>
public sealed class ReconciledOrDisputedTests
{
    private static readonly SourceChain Unnamed = new(new Source(new SourceId("un/official"), "Official (unnamed)", SourceKind.Un), []);

    private static readonly Dictionary<string, (Statement[] Said, string Disputes, string Tensions)> Lists = new(StringComparer.Ordinal)
    {
        ["Only fighters may leave, or civilians too"] = (
            [Term("S1", "envoy", "The arrangement was for fighters and civilians had no need to go."), Term("S2", "council", "Civilians would leave first, then fighters.")], "term S1|S2", ""),
        ["Only fighters may leave, and days later civilians too"] = (
            [Term("S1", "envoy", "Only fighters would leave."), Term("S2", "council", "Civilians would leave.", day: "2031-05-06")], "", ""),
        ["Civilians leave, and the first convoy is for the wounded only"] = (
            [Term("S1", "council", "Civilians would leave the city."), Term("S2", "clinic", "The first convoy is for the wounded, others leave later.")], "", ""),
        ["Only the wounded leave, or a number of everybody"] = (
            [Term("S1", "group", "Only the wounded would leave."), Planned("S2", "official", "15000", "people to leave")], "term S1|S2", ""),
        ["Civilians go into the town, or out of it"] = (
            [Term("S1", "envoy", "Civilians would go to the new city.", to: "new-city"), Term("S2", "council", "Civilians leave for the hill.", to: "hill")], "term S1|S2", ""),
        ["Civilians go into the town and fighters out of it"] = (
            [Term("S1", "envoy", "Civilians would go to the new city.", to: "new-city"), Term("S2", "council", "Fighters leave for the hill.", to: "hill")], "", ""),
        ["A place is not in the agreement, or has terms in it"] = (
            [Term("S1", "group", "The group denied that Hill was part of the deal.", from: "hill", modality: Modality.Denied), Term("S2", "official", "The wounded of the hill would leave.", from: "hill")], "term S1|S2", ""),
        ["A neighbour is no party, and a place has terms"] = (
            [Term("S1", "group", "The group gave the neighbour no part in the deal.", from: "hill", modality: Modality.Denied), Term("S2", "official", "The wounded would leave.", from: "hill")], "", ""),
        ["Two starts of one truce on one day"] = (
            [Term("S1", "ministry", "The start of the truce was set for 18:00.", day: "2031-05-01T18:00+02:00"), Term("S2", "weekly", "The truce starts at 19:00.", day: "2031-05-01T19:00+02:00")], "term S1|S2", ""),
        ["A start put off to the next day"] = (
            [Term("S1", "radio", "The departures start at 05:00.", day: "2031-05-01T05:00+02:00"), Term("S2", "group", "The departures start at 06:00.", day: "2031-05-02T06:00+02:00")], "", "timing S1|S2"),
        ["How many wish to leave, or are to leave"] = (
            [Say.That("S1", "party", new Headcount(Measure.WishedToLeave, Say.People(Say.Bound("about 15000")))), Planned("S2", "council", "about 50000", "people to leave")], "value S1|S2", ""),
        ["All who are to leave, and those of the first step"] = (
            [Planned("S1", "council", "5000", "people to leave"), Planned("S2", "office", "1250", "people to leave in the first step")], "", ""),
        ["Over, and denied to be over"] = (
            [Say.That("S1", "centre", new Control(Extent.OperationFinished, "the army")), Say.That("S2", "agency", new Status(SubjectKind.Operation, State.Complete), modality: Modality.Denied)], "fact S1|S2", ""),
        ["The ground is held, and the movement of people stopped"] = (
            [Say.That("S1", "centre", new Control(Extent.OperationFinished, "the army")), Say.That("S2", "monitor", new Status(SubjectKind.Operation, State.Suspended))], "", "scope S1|S2"),
        ["Over, and a district taken the next day"] = (
            [Say.That("S1", "envoy", new Control(Extent.OperationFinished, "the army")), Say.That("S2", "centre", new Control(Extent.Part, "the army"), "2031-05-02", paraphrase: "Troops took another district.")], "fact S1|S2", ""),
        ["Over, and a part held the next day"] = (
            [Say.That("S1", "envoy", new Control(Extent.OperationFinished, "the army")), Say.That("S2", "centre", new Control(Extent.Part, "the army"), "2031-05-02", paraphrase: "Troops held the north.")], "", ""),
        ["A death, and the report of a death said to be wrong"] = (
            [Killed("S1", "rescuers", "1"), Say.That("S2", "doctor", new Comment("."), paraphrase: "A doctor said the report of a death was wrong.")], "fact S2|S1", ""),
        ["A death, and a report of another day said to be wrong"] = (
            [Killed("S1", "rescuers", "1"), Say.That("S2", "doctor", new Comment("."), "2031-05-03", paraphrase: "The report of a death was wrong.")], "", ""),
        ["Bodies found, and the account of them rejected"] = (
            [Say.That("S1", "state", new Headcount(Measure.Found, new Counted(Unit.Bodies, Category.Everyone, Say.Bound("60")))), Say.That("S2", "monitor", new Attribution("bodies found"), modality: Modality.Denied)], "attribution S1|S2", ""),
        ["The last fighters going, and fighters leaving later"] = (
            [Say.That("S1", "envoy", new Comment("."), paraphrase: "He said the last fighters were going that evening."), Left("S2", "agency", "400", "2031-05-03", Category.Fighters)], "fact S1|S2", ""),
        ["The last fighters going, and fighters leaving that day"] = (
            [Say.That("S1", "envoy", new Comment("."), paraphrase: "The last fighters were going that evening."), Left("S2", "agency", "400", "2031-05-01", Category.Fighters)], "", ""),
        ["No woman or child inside, and children leaving later"] = (
            [Say.Inside("S1", "centre", Say.Bound("0"), Category.WomenAndChildren), Left("S2", "agency", "47", "2031-05-05", Category.Children)], "fact S1|S2", ""),
        ["All who left were fighters, or civilians"] = (
            [Left("S1", "agency", "900", paraphrase: "It called them all fighters."), Left("S2", "delegates", "about 900", paraphrase: "Some 900 civilians came out.")], "fact S1|S2", ""),
        ["All who left were fighters, and others leave open who"] = (
            [Left("S1", "agency", "900", paraphrase: "It called them all fighters."), Left("S2", "delegates", "about 900", paraphrase: "Some 900 civilians and fighters came out.")], "", ""),
        ["One speaker has the same people held and arrived"] = (
            [Held("S1", "relief/head", "about 1000"), Say.That("S2", "relief/head", new Headcount(Measure.Arrived, Say.People(Say.Bound("about 1000"))))], "self S1|S2", ""),
        ["Two speakers have people held and arrived"] = (
            [Held("S1", "relief/head", "about 1000"), Say.That("S2", "council", new Headcount(Measure.Arrived, Say.People(Say.Bound("about 1000"))))], "", ""),
        ["Few inside, and more of its own count leave later"] = (
            [Say.Inside("S1", "monitor", Say.Bound("about 2000")), Say.Total("S2", "monitor", Say.Bound("about 16000")), Say.Total("S3", "monitor", Say.Bound("about 27000"), day: "2031-05-04")], "self S1|S3", "timing S2|S3"),
        ["Few inside, and no more than rounding leaves later"] = (
            [Say.Inside("S1", "monitor", Say.Bound("about 2000")), Say.Total("S2", "monitor", Say.Bound("about 16000")), Say.Total("S3", "monitor", Say.Bound("about 19000"), day: "2031-05-04")], "", "timing S2|S3"),
        ["One number of the last days and since the start"] = (
            [Say.Total("S1", "council", Say.Bound("3000")), Say.Total("S2", "relief/office", Say.Bound("about 4000"), day: "2031-05-04"), Left("S3", "relief", "more than 4000", "2031-05-03/2031-05-04")], "relay S3|S2", "timing S1|S2"),
        ["One number of the first days and since the start"] = (
            [Say.Total("S1", "relief/office", Say.Bound("about 4000")), Left("S2", "relief", "more than 4000", "2031-05-01/2031-05-02")], "", ""),
        ["Two digits exchanged in a copy"] = (
            [Say.Total("S1", "centre", Say.Bound("8079")), Say.Total("S2", "centre", Say.Bound("8709"))], "relay S1|S2", "revision S1|S2"),
        ["Two digits exchanged and put right by the source"] = (
            [Say.Total("S1", "centre", Say.Bound("8079")), Say.Total("S2", "centre", Say.Bound("8709"), links: Say.Supersedes("S1"))], "", "revision S1|S2"),
        ["A copy adds what its original includes"] = (
            [Say.That("S1", "centre", new Headcount(Measure.Left, Say.People(Say.Bound("500")), Including: [Say.People(Say.Bound("100"), Category.Fighters)])), Say.That("S2", "radio", new Headcount(Measure.Left, Say.People(Say.Bound("600"))), links: [new Link(Relation.Relays, new StatementId("S1"))])], "relay S1|S2, value S1|S2", "relay S1|S2"),
        ["Parts that share nobody make more than their whole"] = (
            [Say.That("S1", "centre", new Headcount(Measure.Left, Say.People(Say.Bound("100")), Including: [Say.People(Say.Bound("80"), Category.Fighters), Say.People(Say.Bound("40"), Category.Civilians)]))], "internal S1|S1", ""),
        ["Parts that overlap may make more than their whole"] = (
            [Say.That("S1", "centre", new Headcount(Measure.Left, Say.People(Say.Bound("100")), Including: [Say.People(Say.Bound("80"), Category.Fighters), Say.People(Say.Bound("40"), Category.WoundedOrSick)]))], "", ""),
        ["Two shares of the ground on one day"] = (
            [Share("S1", "staff", 93), Share("S2", "officer", 98)], "value S1|S2", ""),
        ["Two shares of the ground on two days"] = (
            [Share("S1", "staff", 93), Share("S2", "officer", 98, "2031-05-03")], "", "timing S1|S2"),
        ["Two registers of breaches by one side"] = (
            [Register("S1", "north", 57, "breaches by the south"), Register("S2", "south", 31, "breaches by the south")], "value S2|S1", ""),
        ["Two registers of breaches, each by the other side"] = (
            [Register("S1", "north", 57, "breaches by the south"), Register("S2", "south", 31, "breaches by the north")], "", "scope S2|S1"),
        ["A register passed on with another number"] = (
            [Register("S1", "mission", 300, "breaches"), Register("S2", "mission", 330, "breaches") with { Chain = new SourceChain(Say.Source("mission"), [Say.Source("paper")]) }], "relay S1|S2", ""),
        ["A copy with another exact number"] = (
            [Left("S1", "mission", "300"), Left("S2", "paper", "330") with { Links = [new Link(Relation.Relays, new StatementId("S1"))] }], "relay S1|S2, value S1|S2", "relay S1|S2"),
        ["A copy that rounds"] = (
            [Left("S1", "mission", "305"), Left("S2", "paper", "about 300") with { Links = [new Link(Relation.Relays, new StatementId("S1"))] }], "", "relay S1|S2, rounding S2|S1"),
        ["One convoy turned back, or arrived"] = (
            [Stepped("S1", "mission", Step.TurnedBack), Stepped("S2", "courier", Step.Arrived)], "fact S1|S2", ""),
        ["One source has a convoy turned back and arriving later"] = (
            [Stepped("S1", "mission", Step.TurnedBack), Stepped("S2", "mission", Step.Arrived)], "", ""),
        ["What each side observed of the other is its own"] = (
            [Say.That("S1", "mission", new Headcount(Measure.Observed, new Counted(Unit.Violations, Category.Whole, Say.Bound("64")))), Say.That("S2", "staff", new Headcount(Measure.Observed, new Counted(Unit.Violations, Category.Whole, Say.Bound("80"), "by the north")))], "", ""),
        ["Bodies counted in"] = (
            [Say.Total("S1", "society", Say.Bound("118")), Say.Total("S2", "office", Say.Bound("124"), paraphrase: "It counts the bodies with the people.")], "", "inclusion S1|S2"),
        ["More people where the other counts bodies in"] = (
            [Say.Total("S1", "society", Say.Bound("130")), Say.Total("S2", "office", Say.Bound("124"), paraphrase: "It counts the bodies with the people.")], "value S2|S1", ""),
        ["A village held by one or by the other"] = (
            [Say.That("S1", "north", new Control(Extent.NotSaid, "northern forces")), Say.That("S2", "south", new Control(Extent.NotSaid, "southern forces"))], "fact S1|S2", ""),
        ["How many are to be released"] = (
            [Freed("S1", "office", "60"), Freed("S2", "council", "40")], "value S2|S1", ""),
        ["By the morning, against a total of the days before"] = (
            [Say.Total("S1", "office", Say.Bound("nearly 19000"), words: "as of the morning"), Say.Total("S2", "relief", Say.Bound("about 25000"), paraphrase: "It gave 25,000, adding 15,000 on the 1st to earlier departures.")], "value S1|S2", "timing S1|S2"),
        ["By the morning, and of the whole day"] = (
            [Say.Total("S1", "office", Say.Bound("nearly 19000"), words: "as of the morning"), Say.Total("S2", "relief", Say.Bound("about 25000"))], "", "timing S1|S2"),
        ["Two officials without names"] = (
            [Say.Total("S1", "un/official", Say.Bound("100")) with { Chain = Unnamed }, Say.Total("S2", "un/official", Say.Bound("200")) with { Chain = Unnamed }], "value S1|S2", ""),
        ["About, and exactly"] = ([Say.Total("S1", "a", Say.Bound("about 8500")), Say.Total("S2", "b", Say.Bound("8079"))], "", "rounding S2|S1"),
        ["More than, and a number above it"] = ([Say.Total("S1", "a", Say.Bound("more than 2000")), Say.Total("S2", "b", Say.Bound("2500"))], "", "rounding S1|S2"),
        ["Civilians for everybody"] = ([Say.Total("S1", "a", Say.Bound("about 8000"), category: Category.Civilians), Say.Total("S2", "b", Say.Bound("8079"))], "", "rounding S1|S2, scope S1|S2"),
        ["Nine convoys, and ten"] = ([Say.Total("S1", "a", Say.Bound("6462"), batch: "nine convoys"), Say.Total("S2", "b", Say.Bound("8079"), batch: "ten convoys")], "", "timing S1|S2"),
        ["Totals that grow"] = ([Say.Total("S1", "a", Say.Bound("6000")), Say.Total("S2", "b", Say.Bound("8000"), day: "2031-05-03")], "", "timing S1|S2"),
        ["A day, and the total around it"] = ([Left("S1", "a", "600"), Say.Total("S2", "b", Say.Bound("750"))], "", "timing S1|S2"),
        ["The later days, and the total"] = ([Left("S1", "a", "10300", "2031-05-02/2031-05-04"), Say.Total("S2", "b", Say.Bound("16000"), day: "2031-05-04")], "", "scope S1|S2"),
        ["Arrived, and left"] = ([Say.That("S1", "a", new Headcount(Measure.Arrived, Say.People(Say.Bound("1150")))), Left("S2", "b", "3000")], "", "scope S1|S2"),
        ["People, and vehicles of one convoy"] = (
            [Left("S1", "a", "951", batch: "first convoy"), Say.That("S2", "b", new Headcount(Measure.Left, new Counted(Unit.Vehicles, Category.AllVehicles, Say.Bound("33")), Batch: "first convoy"))], "", "unit S1|S2"),
        ["Those in the square, and all inside"] = (
            [Say.That("S1", "a", new Headcount(Measure.Remaining, new Counted(Unit.People, Category.Everyone, Say.Bound("15000"), "in the square"))), Say.That("S2", "b", new Headcount(Measure.Remaining, Say.People(Say.Bound("40000"))))], "", "scope S1|S2"),
        ["Critically wounded, and wounded"] = (
            [Say.That("S1", "a", new Headcount(Measure.Left, new Counted(Unit.People, Category.WoundedOrSick, Say.Bound("100"), "critically"))), Left("S2", "b", "734", category: Category.WoundedOrSick)], "", "inclusion S1|S2"),
        ["A part that says of what"] = ([Say.Total("S1", "a", Say.Bound("9500")), Say.Total("S2", "a", Say.Bound("4500"), category: Category.Fighters, links: Say.PartOf("S1"))], "", "inclusion S1|S2"),
        ["Expected, and counted"] = ([Planned("S1", "relief", "2000", "people to leave"), Left("S2", "relief", "3000")], "", "timing S1|S2"),
        ["Two numbers of one text make another's"] = (
            [Planned("S1", "document", "2500", "people to leave"), Planned("S2", "document", "1500", "more people to leave", from: "hill"), Planned("S3", "monitor", "about 4000", "people to leave, in all steps")], "", "inclusion S1 S2|S3"),
        ["A plan, and another days later"] = ([Planned("S1", "official", "15000", "people to leave"), Planned("S2", "document", "2500", "people to leave", day: "2031-05-05")], "", "revision S1|S2"),
        ["An author alone, and with another"] = (
            [Say.That("S1", "monitor", new Incident(IncidentType.VehiclesBurned, "buses", "Red Band")), Say.That("S2", "agency", new Incident(IncidentType.VehiclesBurned, "buses", "Red Band and the Blue Column"))], "", "inclusion S1|S2"),
    };

    public static TheoryData<string> Names => [.. Lists.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_no_reading_reconciles_is_disputed_and_what_a_reason_explains_is_laid_out_with_it(string list)
    {
        var (said, disputes, tensions) = Lists[list];
        var assessed = Say.Assessed(said);
        Assert.Equal(disputes, Written(assessed.Disputes.Select(d => $"{Token.Of(d.Kind)} {string.Join('|', d.Sides.Select(s => s.Ids()))}")));
        Assert.Equal(tensions, Written(assessed.Tensions.Select(t => $"{Token.Of(t.ExplainedBy)} {string.Join('|', t.Sides.Select(s => s.Ids()))}")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_order_of_statements_changes_no_dispute_and_no_tension(string list) =>
        Assert.Equal(All(Say.Assessed(Lists[list].Said)), All(Say.Assessed([.. Lists[list].Said.Reverse()])));

    [Fact]
    public void Everything_said_together_changes_nothing_with_its_order_and_every_side_names_statements_that_are_there()
    {
        var all = Lists.Values.SelectMany((l, i) => l.Said.Select(s => Renamed(s, $"L{i:00}-"))).ToArray();
        var assessed = Say.Assessed(all);
        foreach (var seed in Enumerable.Range(1, 5))
        {
            var random = new Random(seed);
            Assert.Equal(All(assessed), All(Say.Assessed([.. all.OrderBy(_ => random.Next())])));
        }

        var ids = all.Select(s => s.Id).ToHashSet();
        Assert.All(assessed.Tensions, t => Assert.True(t.Sides.Count == 2 && t.Sides.All(s => s.Count > 0 && s.All(ids.Contains)) && !t.Sides[0].Intersect(t.Sides[1]).Any(), t.Id));
        Assert.Equal(assessed.Tensions.Count, assessed.Tensions.Select(t => t.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(assessed.Disputes.Count, assessed.Disputes.Select(d => d.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_tension_says_both_numbers_and_the_reason_and_calls_neither_right()
    {
        var tension = Say.Assessed(Say.Total("S1", "a", Say.Bound("about 8500")), Say.Total("S2", "b", Say.Bound("8079"))).Tensions.Single();
        Assert.Equal("8,079 (b) and about 8,500 (a): they meet once the words are read as said.", tension.Why);
        Assert.Equal((421L, "left.people.all.old-city.2031-05-01/2031-05-02.said"), (tension.Amount!.Value, tension.Figure!));
    }

    [Fact]
    public void A_number_of_one_side_taken_apart_by_the_other_is_an_agreement()
    {
        var agreeing = Say.Assessed(Left("S1", "south", "80", category: Category.Fighters), Left("S2", "south", "21", category: Category.Civilians), Left("S3", "north", "101")).Agreeing.Single();
        Assert.Equal(("S1 S2 S3", 101L, "80 (south) and 21 (south) make 101, the number of north."), (agreeing.Ids.Ids(), agreeing.Amount, agreeing.Why));
        Assert.Empty(Say.Assessed(Left("S1", "south", "80", category: Category.Fighters), Left("S2", "south", "21", category: Category.Civilians), Left("S3", "south", "101")).Agreeing);
        Assert.Empty(Say.Assessed(Left("S1", "south", "80", category: Category.Fighters), Left("S2", "south", "21", category: Category.WoundedOrSick), Left("S3", "north", "101")).Agreeing);
    }

    [Fact]
    public void Many_numbers_of_one_figure_are_a_few_tensions()
    {
        var assessed = Say.Assessed([.. Enumerable.Range(0, 400).Select(i => Say.Total($"S{i:000}", $"source-{i}", Say.Bound($"about {1000 + i}")))]);
        Assert.InRange(assessed.Tensions.Count, 1, 20);
    }

    [Fact]
    public void Dispute_sentences_name_both_accounts()
    {
        var dispute = Say.Assessed(Lists["Only fighters may leave, or civilians too"].Said).Disputes.Single();
        Assert.Equal("Who may leave Old City: not civilians according to envoy, civilians too according to council.", dispute.Why);
        var self = Say.Assessed(Lists["Few inside, and more of its own count leave later"].Said).Disputes.Single();
        Assert.Equal("S2", self.Proof.Ids());
        Assert.Equal("monitor: about 2,000 still inside on 2031-05-02; by its totals of that day (about 16,000) and up to 2031-05-04 (about 27,000) 11,000 left after it.", self.Why);
    }

    private static string All(Assessed assessed) => string.Join('\n', assessed.Disputes.Select(d => $"{d.Id} {d.Kind} {string.Join('|', d.Sides.Select(s => s.Ids()))} {d.Why} {d.Amount} {d.Proof.Ids()}")
        .Concat(assessed.Tensions.Select(t => $"{t.Id} {t.ExplainedBy} {string.Join('|', t.Sides.Select(s => s.Ids()))} {t.Why} {t.Amount} {t.Proof.Ids()}"))
        .Concat(assessed.Agreeing.Select(a => $"{a.Ids.Ids()} {a.Why}"))
        .Concat(assessed.SameOrigin.Select(g => $"{g.Ids.Ids()} {g.Why}")));

    private static string Written(IEnumerable<string> lines) => string.Join(", ", lines.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static Statement Renamed(Statement statement, string prefix) => statement with
    {
        Id = new StatementId(prefix + statement.Id.Value),
        Links = [.. statement.Links.Select(l => l with { To = new StatementId(prefix + l.To.Value) })],
    };

    private static Statement Term(string id, string source, string sentence, string day = "2031-05-01", string? to = null, string from = "old-city", Modality modality = Modality.Planned) =>
        Say.That(id, source, new Undertaking("terms"), day, from: from, to: to, modality: modality, paraphrase: sentence);

    private static Statement Planned(string id, string source, string bound, string what, string day = "2031-05-01", string from = "old-city") =>
        Say.That(id, source, new Undertaking(what, Measure: Measure.Left, HowMany: Say.People(Say.Bound(bound))), day, from: from, modality: Modality.Planned, paraphrase: $"{what}.");

    private static Statement Left(string id, string source, string bound, string about = "2031-05-01", Category? category = null, string? batch = null, string? paraphrase = null) =>
        Say.That(id, source, new Headcount(Measure.Left, Say.People(Say.Bound(bound), category), Batch: batch), about, paraphrase: paraphrase);

    private static Statement Killed(string id, string source, string bound) => Say.That(id, source, new Headcount(Measure.Killed, Say.People(Say.Bound(bound))));

    private static Statement Held(string id, string source, string bound) => Say.That(id, source, new Headcount(Measure.Held, Say.People(Say.Bound(bound))));

    private static Statement Share(string id, string source, decimal share, string day = "2031-05-01") =>
        Say.That(id, source, new Control(Extent.NotSaid, "the army"), day) with { Measured = new Measured(share, share, false, "percent") };

    private static Statement Freed(string id, string source, string bound) =>
        Say.That(id, source, new Undertaking("detainees to be released", Measure: Measure.Released, HowMany: Say.People(Say.Bound(bound), Category.Detainees)), modality: Modality.Planned);

    private static Statement Register(string id, string source, decimal breaches, string of) =>
        Say.That(id, source, new Incident(IncidentType.Other, of)) with { Measured = new Measured(breaches, breaches, false, "violations") };

    private static Statement Stepped(string id, string source, Step step) => Say.That(id, source, new Movement(step, "convoy 4"), to: "hill");
}
