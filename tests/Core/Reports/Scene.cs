using NodaTime;
using Safeconduct.Reports;
using Safeconduct.Situation;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Access;
using Safeconduct.Statements.Kinds.Agreement;
using Safeconduct.Statements.Kinds.Control;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Coverage;
using Safeconduct.Statements.Kinds.Diplomacy;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Movement;
using Safeconduct.Statements.Kinds.Obstruction;
using Safeconduct.Statements.Kinds.Status;
using Safeconduct.Statements.Kinds.Undertaking;
using Safeconduct.Statements.Kinds.Unknown;
using Safeconduct.Statements.Kinds.Withdrawal;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;
using Act = Safeconduct.Statements.Kinds.Agreement.Act;

namespace Safeconduct.Tests.Reports;

/// <summary>An invented evacuation of an invented town, with everything a report must carry: rivals, parts, copies, a revision, a withdrawal, a witness, a room-only line, hostile text.</summary>
internal static class Scene
{
    public const string RoomOnly = "ROOMONLY-quince";
    public const string PartiesOnly = "PARTIESONLY-medlar";
    public const string Referred = "REFERRED-damson";
    public const string WitnessName = "Witness Wren";
    public const string WitnessPlace = "Fig Bakery";
    public const string ObserverName = "Observer Osier";
    public const string Hostile = "<script>alert('x')</script> & \"quoted\" ]]> <!-- | **bold** [a](javascript:b) \u202Eevil\u0007 {{7*7}}";

    public static readonly DateTimeZone Zone = DateTimeZone.ForOffset(Offset.FromHours(2));
    public static readonly Instant CutOff = Instant.FromUtc(2031, 5, 3, 16, 0);
    public static readonly Instant DayBefore = Instant.FromUtc(2031, 5, 2, 18, 0);

    private static readonly PlaceId Oldtown = new("oldtown");
    private static readonly PlaceId Valley = new("valley");
    private static readonly PlaceId Gate = new("mill-gate");
    private static readonly PlaceId Camp = new("north-camp");
    private static readonly PlaceId Bakery = new("fig-bakery");

    public static readonly Source Centre = new(new("ministry/centre"), "Reconciliation Centre (Ministry)", SourceKind.Guarantor, Roles: ["guarantor", "party"]);
    public static readonly Source Army = new(new("army/press"), "Army press office", SourceKind.Party);
    public static readonly Source Agency = new(new("state-agency"), "State news agency", SourceKind.Party);
    public static readonly Source Council = new(new("town-council"), "Oldtown council", SourceKind.Party);
    public static readonly Source Monitor = new(new("rights-watchers"), "Rights Watchers", SourceKind.MonitorGroup);
    public static readonly Source Office = new(new("un/relief"), "Relief coordination office (UN)", SourceKind.Un);
    public static readonly Source Cross = new(new("red-cross"), "Red Cross delegation", SourceKind.RedCrossRedCrescent);
    public static readonly Source Paper = new(new("daily"), "The Daily", SourceKind.Media);
    public static readonly Source Wren = new(new("wren"), WitnessName, SourceKind.Witness);
    public static readonly Source Sparrow = new(new("sparrow"), "Witness Sparrow", SourceKind.Witness);
    public static readonly Source Osier = new(new("own/osier"), ObserverName, SourceKind.OwnObservers);

    public static Operation Operation { get; } = new("Evacuation of Oldtown", Zone, new Gazetteer(
    [
        new Place(Valley, "the valley", PlaceKind.Area),
        new Place(Oldtown, "Oldtown", PlaceKind.Area, Within: Valley),
        new Place(Camp, "North camp", PlaceKind.Area, Within: Valley),
        new Place(Gate, "Mill gate", PlaceKind.Crossing, Between: (Oldtown, Camp)),
        new Place(Bakery, WitnessPlace, PlaceKind.Point, Within: Oldtown),
    ]));

    public static IReadOnlyList<Statement> Statements { get; } = [.. All().Select(s => s.Checked())];

    public static Assessed Assessed(IReadOnlyList<Statement>? statements = null, Instant? asOf = null) =>
        Assess.Of(statements ?? Statements, Operation, new View(Lens.All, asOf ?? CutOff));

    public static ReportSettings Settings(Audience audience = Audience.Room) =>
        new("OLD/SR/02", "Evacuation of Oldtown", CutOff, audience) { Corrects = "OLD/SR/01", Remark = "Invented" };

    /// <summary>An edition as a program makes it: filter, assess, compose.</summary>
    public static Sitrep Report(Audience audience = Audience.Room, IReadOnlyList<Statement>? statements = null, bool isCompared = true)
    {
        var settings = Settings(audience);
        var edition = Edition.Of(statements ?? Statements, Operation, settings);
        return SituationReport.Compose(
            edition,
            Assessed(edition.Shown),
            isCompared ? Assessed(edition.Shown, DayBefore) : null,
            settings);
    }

    public static Statement Say(int n, Source by, Said said, string about, string paraphrase, string? at = null, PlaceId? from = null, PlaceId? to = null, PlaceId? via = null) => new()
    {
        Id = new StatementId(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"OLD-{n:0000}")),
        Chain = new SourceChain(by, []),
        SaidAt = Moment.Parse(at ?? about.Split('/')[^1]),
        About = TimeSpoken.Parse(about),
        Said = said,
        Where = new Scope(from, to, via),
        Paraphrase = paraphrase,
        Citation = $"Bulletin {Shown.Number(n)}, invented",
        Handling = Handling.Public,
        Consent = Consent.NotNeeded,
    };

    public static Said Left(Bound bound, Category? category = null, bool total = true, IReadOnlyList<Counted>? including = null, string? batch = null, Measure measure = Measure.Left) =>
        new Headcount(measure, new Counted(Unit.People, category ?? Category.Everyone, bound), total, including, batch);

    private static Counted People(Category category, Bound bound) => new(Unit.People, category, bound);

    private static IEnumerable<Statement> All()
    {
        const string Until3 = "2031-05-01/2031-05-03";
        const string Until2 = "2031-05-01/2031-05-02";
        yield return Say(1, Council, new Agreement(Act.Announced, "evacuation agreement", ["army", "town council"]), "2031-04-30", "The council announced an agreement on departures.");
        yield return Say(2, Centre, new Undertaking("Wounded people to leave first", "both sides"), "2031-04-30", "The centre read out a term: the wounded leave first.") with { Modality = Modality.Promised };
        yield return Say(3, Monitor, Left(Bound.About(2400)), Until2, "The monitor counted about 2,400 people out by Friday.", from: Oldtown);
        yield return Say(4, Army, Left(Bound.Exactly(2310)), Until2, "The army counted 2,310 people out.", from: Oldtown);
        yield return Say(5, Centre, Left(Bound.MoreThan(3500), including: [People(Category.Fighters, Bound.MoreThan(900)), People(Category.WoundedOrSick, Bound.Exactly(64))]), Until3, "The centre stated that more than 3,500 people had left, including over 900 fighters and 64 wounded.", at: "2031-05-03T12:30+02:00", from: Oldtown);
        yield return Say(6, Army, Left(Bound.Exactly(2979), including: [People(Category.Fighters, Bound.Exactly(812))]), Until3, "The army counted 2,979 people in six convoys, 812 of them fighters.", from: Oldtown);
        yield return Say(7, Agency, Left(Bound.MoreThan(2900)), Until3, "The state agency relayed the army: more than 2,900.", from: Oldtown) with
        {
            Chain = new SourceChain(Army, [Agency]), Links = [new Link(Relation.Relays, new StatementId("OLD-0006"))],
        };
        yield return Say(8, Monitor, Left(Bound.About(3100), including: [People(Category.Fighters, Bound.Nearly(800))]), Until3, "The monitor gave about 3,100 people, close to 800 fighters among them.", from: Oldtown);
        yield return Say(9, Office, Left(Bound.AtLeast(2000)), Until3, "The relief office spoke of at least 2,000 people.", from: Oldtown);
        yield return Say(10, Cross, new Unknown("How many left in all", Measure.Left, new Counted(Unit.People, Category.Everyone, Bound.NotKnown)), "2031-05-03", "The delegation said an exact count had to wait.", from: Oldtown);
        yield return Say(11, Council, Left(Bound.Between(6000, 8000), total: false, measure: Measure.Remaining), "2031-05-03", "The council put those still inside at 6,000 to 8,000.", from: Oldtown);
        yield return Say(12, Army, Left(Bound.About(1500), total: false, measure: Measure.Remaining), "2031-05-03", "The army put those still inside at about 1,500.", from: Oldtown);
        yield return Say(13, Office, new Unknown("How many are still inside", Measure.Remaining, new Counted(Unit.People, Category.Everyone, Bound.NotKnown)), "2031-05-03", "The relief office said it does not know how many are inside.", from: Oldtown);
        yield return Say(14, Centre, new Status(SubjectKind.Operation, State.Complete), "2031-05-03T12:30+02:00", "The centre stated that the operation was complete.", from: Oldtown);
        yield return Say(15, Monitor, new Status(SubjectKind.Operation, State.Suspended, "shots at the gate"), "2031-05-03", "The monitor reported the operation suspended after shots at the gate.", from: Oldtown);
        yield return Say(16, Office, new Status(SubjectKind.Operation, State.Suspended), "2031-05-03", "The relief office reported the operation on hold.", from: Oldtown);
        yield return Say(17, Council, new Status(SubjectKind.Operation, State.Complete), "2031-05-03", "The council denied that the operation was complete.", from: Oldtown) with { Modality = Modality.Denied };
        yield return Say(18, Council, new Incident(IncidentType.FireOnConvoy, "a convoy", "army units", [new Harm(Measure.Killed, People(Category.Everyone, Bound.Exactly(4)))]), "2031-05-03", "The council reported fire on a convoy by army units and four people killed.", from: Gate);
        yield return Say(19, Army, new Incident(IncidentType.FireOnConvoy, "a convoy", "armed groups"), "2031-05-03", "The army reported fire on a convoy by armed groups.", from: Gate);
        yield return Say(20, Wren, new Incident(IncidentType.Shooting, "people waiting", null, [new Harm(Measure.Killed, People(Category.Everyone, Bound.Exactly(3)))]), "2031-05-03T11:40+02:00", $"{WitnessName} saw three people shot near {WitnessPlace}.", from: Bakery) with { Citation = null, Consent = Consent.Given };
        yield return Say(21, Sparrow, new Incident(IncidentType.Explosion), "2031-05-03T11:45+02:00", "Witness Sparrow heard an explosion.", from: Bakery) with { Citation = null, Consent = Consent.Given };
        yield return Say(22, Cross, new Obstruction(Obstructed.Passage, Hindrance.TurnedBack, "men at the gate", People(Category.Everyone, Bound.About(800))), "2031-05-03", "The delegation reported a convoy of about 800 people turned back at the gate.", from: Oldtown, via: Gate);
        yield return Say(23, Monitor, new Movement(Step.Departed, "first convoy", [new Counted(Unit.Vehicles, Category.Buses, Bound.Exactly(20))], People(Category.Everyone, Bound.About(950))), "2031-05-01", "The monitor counted 20 buses in the first convoy with about 950 people.", from: Oldtown);
        yield return Say(24, Office, new Access(AccessAct.Delivered, "food parcels", new Counted(Unit.People, Category.Everyone, Bound.About(500))), "2031-05-02", "The relief office delivered food to about 500 people.", to: Camp);
        yield return Say(25, Paper, new Diplomacy(DiplomaticAct.Draft, "a draft resolution asking for neutral observers"), "2031-05-03", "The paper reported a draft resolution asking for neutral observers.");
        yield return Say(26, Army, new Control(Extent.Whole, "government forces"), "2031-05-03", "The army stated that it held the whole of the town.", from: Oldtown);
        yield return Say(27, Monitor, new Control(Extent.WholeButPockets, "government forces"), "2031-05-03", "The monitor stated that pockets remained.", from: Oldtown);
        yield return Say(28, Paper, Left(Bound.Exactly(9000)), Until3, "The paper printed 9,000.", at: "2031-05-03", from: Oldtown);
        yield return Say(29, Paper, new Withdrawal(new StatementId("OLD-0028"), "a misprint"), "2031-05-03", "The paper took the number back.");
        yield return Say(30, Office, new Correction(new StatementId("OLD-0024"), "one lorry had not arrived", new Access(AccessAct.Delivered, "food parcels", new Counted(Unit.People, Category.Everyone, Bound.About(400)))), "2031-05-02", "The relief office corrected its figure to about 400 people.", to: Camp);
        yield return Say(31, Osier, new Coverage(true, "Mill gate, east side"), "2031-05-02T08:00+02:00/2031-05-02T12:00+02:00", $"{ObserverName} watched the gate.", via: Gate) with { Citation = null, Consent = Consent.Given };
        yield return Say(32, Osier, new Coverage(false, "Mill gate, east side", "told to leave"), "2031-05-03T08:00+02:00/2031-05-03T12:00+02:00", $"{ObserverName} was told to leave.", via: Gate) with { Citation = null, Consent = Consent.Given };
        yield return Say(33, Council, Left(Bound.Exactly(12), category: Category.Women), Until3, $"{RoomOnly} was told to the room.", from: Oldtown) with { Handling = Handling.Room, Consent = Consent.Given };
        yield return Say(34, Council, Left(Bound.Exactly(17), category: Category.Girls), Until3, $"{PartiesOnly} was told to the parties.", from: Oldtown) with { Handling = Handling.Parties, Consent = Consent.Given };
        yield return Say(35, Council, new Incident(IncidentType.Threat, Referred), "2031-05-02", $"{Referred} was referred.", from: Oldtown) with { Handling = Handling.ReferralOnly };
        yield return Say(36, new Source(new("hostile"), $"Paper {Hostile}", SourceKind.Media), new Incident(IncidentType.Other, Hostile), "2031-05-02", Hostile, from: Gate) with { Citation = Hostile };
        yield return Say(37, Council, Left(Bound.Exactly(3), category: Category.UnaccompaniedChildren, total: false, measure: Measure.Received), "2031-05-02", "The council told us of three children received.", to: Camp) with { Citation = null, Consent = Consent.Given };
        yield return Say(38, Monitor, new Movement(Step.Departed, "sixth convoy", null, People(Category.Fighters, Bound.Exactly(120))), "2031-05-03", "The monitor saw LIVECONVOY-sloe leave with 120 fighters.", from: Oldtown);
    }
}
