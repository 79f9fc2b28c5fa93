using Safeconduct.Intake.Gazetteers;
using Safeconduct.Intake.List;
using Safeconduct.Situation;
using Safeconduct.Situation.Figures;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Times;
using Xunit;

namespace Safeconduct.Tests.Core.Situation;

/// <summary>The worked case end to end: as of 16 December 2016 18:00 Damascus, as of the end of 23 December, and at the end of the record.</summary>
public sealed class WorkedCaseTests
{
    private const string Sixteenth = "left.people.all.eastern-aleppo.2016-12-15/2016-12-16.said";

    private static readonly Operation Operation = OperationReader.Read(Bytes("operation.json"), GazetteerReader.Read(Bytes("places.geojson")).Value!).Value!;
    private static readonly IReadOnlyList<Statement> Statements = StatementListReader.Read(Bytes("statements.jsonl"), Operation.Gazetteer).Statements;
    private static readonly Assessed Friday = AsOf("2016-12-16T18:00+02:00");
    private static readonly Assessed Closing = AsOf("2016-12-23T23:59+02:00");
    private static readonly Assessed AtTheEnd = Assess.Of(Statements, Operation, View.Everything);

    [Fact]
    public void On_the_sixteenth_at_18_00_170_statements_are_known_and_108_of_them_for_certain()
    {
        Assert.Equal(170, Friday.Statements.Count);
        Assert.Equal(108, AsOf("2016-12-16T18:00+02:00", Known.Certainly).Statements.Count);
        Assert.Equal(62, Friday.HourNotStated.Count);
    }

    [Theory]
    [InlineData("russian-ministry-of-defence/russian-centre-for-reconciliation", "ALP-0111 more than 9,500, ALP-0129 6,462")]
    [InlineData("syrian-military-source", "ALP-0127 8,079")]
    [InlineData("turkish-foreign-minister", "ALP-0133 about 8,000, ALP-0134 about 7,500")]
    public void Rival_totals_of_the_sixteenth_stand_side_by_side(string source, string said) =>
        Assert.Equal(said, string.Join(", ", Row(Friday, Sixteenth, source).Now.Select(c => $"{c.Id} {c.Bound}")));

    [Fact]
    public void The_observatory_gives_about_8_500_and_the_span_runs_from_7_500_without_a_high()
    {
        var figure = Friday.Figure(Sixteenth);
        Assert.Contains(Row(Friday, Sixteenth, "syrian-observatory-for-human-rights").Now, c => c.Id.Value == "ALP-0130" && c.Bound.ToString() == "about 8,500");
        Assert.Equal((7500, null, "ALP-0134", "ALP-0111"), (figure.Low, figure.High, figure.LowSupport.Ids(), figure.HighSupport.Ids()));
        Assert.NotNull(figure.Dispute);
    }

    [Fact]
    public void Fighters_and_wounded_stand_inside_the_whole_of_the_centre()
    {
        var whole = Row(Friday, Sixteenth, "russian-ministry-of-defence/russian-centre-for-reconciliation").Now.Single(c => c.Id.Value == "ALP-0111");
        Assert.Equal(["ALP-0112 fighters more than 4,500", "ALP-0113 wounded or sick people 337"], whole.Including.Select(p => $"{p.Id} {p.Category} {p.Bound}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_first_24_hours_are_shown_as_such()
    {
        var first = Row(Friday, Sixteenth, "russian-ministry-of-defence/russian-centre-for-reconciliation").Now.Single(c => c.Id.Value == "ALP-0129");
        Assert.Contains("first 24 hours", first.Words, StringComparison.Ordinal);
        Assert.Contains("nine convoys", first.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void No_woman_or_child_left_and_many_still_waiting_are_both_shown()
    {
        Assert.Equal((0, 0), (Friday.Figure("remaining.people.women-and-children.eastern-aleppo.2016-12-16.said").Low, Friday.Figure("remaining.people.women-and-children.eastern-aleppo.2016-12-16.said").High));
        Assert.Equal("many", Row(Friday, "remaining.people.all.eastern-aleppo.2016-12-16.said", "turkish-foreign-minister").Now.Single().Bound.VagueWord);
        Assert.Contains(Friday.Disputes, d => d.Sides[0].Ids() == "ALP-0114" && d.Sides[1].Ids() == "ALP-0166");
    }

    [Fact]
    public void Suspended_and_halted_and_not_complete_each_have_their_speakers_on_the_sixteenth()
    {
        var states = Friday.Status.Single(s => s.Subject.Place == new PlaceId("eastern-aleppo")).States;
        Assert.Equal("ALP-0121 ALP-0123 ALP-0140 ALP-0145 ALP-0153", string.Join(' ', states.Single(s => s.State == "suspended").SaidBy.Select(v => v.Ids[0].Value).Where(i => i != "ALP-0167").Order(StringComparer.Ordinal)));
        Assert.Equal("ALP-0146", states.Single(s => s.State == "halted").SaidBy.SelectMany(v => v.Ids).Ids());
        Assert.Equal("ALP-0154", states.Single(s => s.State == "complete").DeniedBy.SelectMany(v => v.Ids).Ids());
        Assert.Contains(Friday.Control.SelectMany(c => c.States), s => s.State.StartsWith("operation-finished", StringComparison.Ordinal) && s.SaidBy.SelectMany(v => v.Ids).Ids() == "ALP-0109");
    }

    [Fact]
    public void The_closing_totals_run_from_27_000_to_more_than_37_000_on_the_23rd_and_about_40_000_comes_on_the_25th()
    {
        var figure = Closing.Figure("left.people.all.eastern-aleppo.2016-12-15/2016-12-22.said");
        Assert.Equal((27000, null, "ALP-0284", "ALP-0301"), (figure.Low, figure.High, figure.LowSupport.Ids(), figure.HighSupport.Ids()));
        Assert.DoesNotContain(Closing.Statements, s => s.Id.Value == "ALP-0311");
        Assert.Contains(AtTheEnd.Figure("left.people.all.eastern-aleppo.2016-12-15/latest.said").PerSource.SelectMany(r => r.Now), c => c.Id.Value == "ALP-0311");
        Assert.Contains(Closing.Status.SelectMany(s => s.States), s => s.State == "complete" && s.SaidBy.Any(v => v.Ids.Ids() == "ALP-0287"));
    }

    [Theory]
    [InlineData("left.people.all.eastern-aleppo.2016-12-15/2016-12-19.said", 16000, 20000)]
    [InlineData("left.people.all.eastern-aleppo.2016-12-15/2016-12-20.said", 16200, 37500)]
    [InlineData("left.people.all.eastern-aleppo.2016-12-15/2016-12-21.said", 18000, 30000)]
    [InlineData("left.people.all.fuaa-kafraya.2016-12-19.said", 260, 600)]
    [InlineData("left.people.all.fuaa-kafraya.2016-12-19/latest.said", 900, 1312)]
    [InlineData("remaining.people.all.eastern-aleppo.2016-12-15.said", 15000, 100000)]
    [InlineData("remaining.people.all.eastern-aleppo.2016-12-19.said", 7000, 40000)]
    [InlineData("killed.people.all.eastern-aleppo.stopped-convoy.2016-12-16.said", 0, 14)]
    [InlineData("left.vehicles.all-vehicles.eastern-aleppo.first-convoy.2016-12-15.said", 33, 40)]
    public void Spans_agree_with_the_reading_by_hand(string id, long low, long high) =>
        Assert.Equal((low, high), (AtTheEnd.Figure(id).Low, AtTheEnd.Figure(id).High));

    [Fact]
    public void Look_alikes_are_no_disputes()
    {
        var pairs = AtTheEnd.Disputes.SelectMany(d => d.Sides[0].SelectMany(a => d.Sides[1].Select(b => $"{a} {b}"))).ToHashSet(StringComparer.Ordinal);
        foreach (var pair in new[] { "ALP-0129 ALP-0111", "ALP-0129 ALP-0127", "ALP-0133 ALP-0127", "ALP-0134 ALP-0132", "ALP-0219 ALP-0239", "ALP-0291 ALP-0303", "ALP-0232 ALP-0236", "ALP-0141 ALP-0312", "ALP-0109 ALP-0123" })
        {
            Assert.DoesNotContain(pair, pairs);
            Assert.DoesNotContain(string.Join(' ', pair.Split(' ').Reverse()), pairs);
        }
    }

    [Fact]
    public void Shuffled_rows_give_the_same_conclusions()
    {
        var shuffled = Assess.Of([.. Statements.OrderBy(_ => string.Concat(_.Id.Value.Reverse()), StringComparer.Ordinal)], Operation, View.Everything);
        Assert.Equal(AtTheEnd.Figures.Select(f => $"{f.Id} {f.Low} {f.High} {f.Dispute}"), shuffled.Figures.Select(f => $"{f.Id} {f.Low} {f.High} {f.Dispute}"));
        Assert.Equal(AtTheEnd.Disputes.Select(d => d.Why), shuffled.Disputes.Select(d => d.Why));
    }

    private static SourceRow Row(Assessed assessed, string figure, string source) => assessed.Figure(figure).PerSource.Single(r => r.Source.Id.Value == source);

    private static Assessed AsOf(string time, Known known = Known.Possibly) =>
        Assess.Of(Statements, Operation, new View(Lens.All, Moment.Parse(time).Earliest(Operation.Zone), known));

    private static byte[] Bytes(string file) => Repository.Bytes(Path.Combine("cases", "aleppo-2016", file));
}
