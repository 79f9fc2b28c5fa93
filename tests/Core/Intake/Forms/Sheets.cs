using System.Text;
using NodaTime;
using Safeconduct.Intake.Forms;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Tests.Intake.Forms;

/// <summary>An operation with its forms, and filled-in ones as phones send them.</summary>
internal static class Sheets
{
    public const string Form = "uuid:1";

    public static readonly Operation Valley = new("Valley", DateTimeZoneProviders.Tzdb["Asia/Damascus"], new Gazetteer(
    [
        new Place(new PlaceId("river-bridge"), "River bridge", PlaceKind.Crossing, LocalName: "جسر النهر"),
        new Place(new PlaceId("north gate, old"), "The \"old\" gate, north", PlaceKind.Crossing),
    ]))
    { FightersTallied = true };

    public static readonly Operation Nowhere = new("Valley", DateTimeZoneProviders.Tzdb["Asia/Damascus"], Gazetteer.Empty);

    public static readonly Collector TeamTwo = new("Team two", new Source(new SourceId("relief-of-the-valley"), "Relief of the valley", SourceKind.Responder, Body: "Relief of the valley"), "en");

    public static readonly Moment Received = Moment.Parse("2031-05-02T14:30:00+03:00");

    private static readonly Attached Itself = new(new string('a', 64), FormReading.FormMedia);

    public static FieldForm FormOf(string id) => FieldForm.Of(Valley).Single(f => f.Id == id);

    public static byte[] Xml(string form, string answers, string instance = Form) =>
        Encoding.UTF8.GetBytes($"""<data id="{form}" version="1" xmlns:orx="http://openrosa.org/xforms"><start>2031-05-02T14:00:00+03:00</start><end>2031-05-02T14:26:40.123+03:00</end>{answers}<orx:meta><orx:instanceID>{instance}</orx:instanceID></orx:meta></data>""");

    public static Parsed<IReadOnlyList<Statement>> Said(string form, string answers) =>
        FormReading.Of(Submission.Read(Xml(form, answers)).Value!, FormOf(form), Valley, TeamTwo, [Itself], Received);

    public static string CodeOf(string form, string answers) => Said(form, answers) is { Problems: [var problem, ..] } ? problem.Code : "";
}
