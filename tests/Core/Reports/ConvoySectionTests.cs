using NodaTime;
using Safeconduct.Reports;
using Safeconduct.Reports.Rendering;
using Safeconduct.Situation;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Times;
using Safeconduct.Tests.Core.Situation;
using Xunit;

namespace Safeconduct.Tests.Reports;

/// <summary>What a report says of convoys on their way, and what it never says outside the room.</summary>
public sealed class ConvoySectionTests
{
    private static readonly Operation Operation = new("Invented", Say.Operation.Zone, Say.Operation.Gazetteer) { UsualTravel = Duration.FromHours(3) };

    [Fact]
    public void In_the_room_it_says_what_was_counted_and_how_many_were_not_counted_since()
    {
        var section = Section(Audience.Room, "2031-05-09", Statements());
        Assert.Contains("412 people", section, StringComparison.Ordinal);
        Assert.Contains("bus 7: 51 people", section, StringComparison.Ordinal);
        Assert.Contains("**32**", section, StringComparison.Ordinal);
        Assert.Contains("Overdue since", section, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Audience.Parties)]
    [InlineData(Audience.Public)]
    public void Outside_the_room_nobody_is_missing_no_vehicle_is_named_and_no_fighter_counted(Audience audience)
    {
        var section = Section(audience, "2031-05-09", Statements());
        Assert.Contains("412 people", section, StringComparison.Ordinal);
        foreach (var word in (string[])["32", "bus 7", "51", "fighters", "not counted since", "Overdue"])
        {
            Assert.DoesNotContain(word, section, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("2031-05-02T05:00+02:00")]
    [InlineData("2031-05-09")]
    public void Outside_the_room_a_convoy_that_nobody_says_has_arrived_is_not_there(string cutOff) =>
        Assert.DoesNotContain("412", Section(Audience.Parties, cutOff, [.. Statements().Where(s => s.Id.Value != "A")]), StringComparison.Ordinal);

    [Fact]
    public void A_convoy_that_nobody_counted_leaves_the_section_saying_so() => Assert.Contains("Nobody has counted a convoy.", Section(Audience.Room, "2031-05-09", []), StringComparison.Ordinal);

    private static Statement[] Statements() =>
    [
        Public(Say.That("D", "own", new Headcount(Measure.Left, Say.People(Bound.Exactly(412)), Including: [Say.People(Bound.Exactly(20), Category.Fighters)], Batch: "convoy 3"), "2031-05-01T10:00+02:00")),
        Public(Say.That("B", "own", new Headcount(Measure.Left, Say.People(Bound.Exactly(51)), Batch: "convoy 3, bus 7"), "2031-05-01T10:00+02:00")),
        Public(Say.That("A", "partner", new Headcount(Measure.Arrived, Say.People(Bound.Exactly(380)), Batch: "convoy 3"), "2031-05-01T12:00+02:00", to: "hill")),
    ];

    private static Statement Public(Statement statement) => statement with { Handling = Handling.Public, Consent = Consent.NotNeeded };

    private static string Section(Audience audience, string cutOff, Statement[] statements)
    {
        var settings = new ReportSettings("X/1", "Invented", Moment.Parse(cutOff).Earliest(Operation.Zone), audience);
        var edition = Edition.Of(statements, Operation, settings);
        var report = SituationReport.Compose(edition, Assess.Of([.. edition.Shown], Operation, new View(Lens.All, settings.CutOff)), null, settings);
        var text = SitrepMarkdown.Write(report with { Sections = [.. report.Sections.Where(s => s.Id == "counted-on-the-way")], Annex = [] });
        return text[text.IndexOf("Convoys counted on the way", StringComparison.Ordinal)..];
    }
}
