using Safeconduct.Situation;
using Safeconduct.Situation.Disputes;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Agreement;
using Safeconduct.Statements.Kinds.Control;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Status;
using Safeconduct.Statements.Quantities;
using Xunit;

namespace Safeconduct.Tests.Core.Situation;

public sealed class DisputeTests
{
    private const string Total = "left.people.all.old-city.2031-05-01/2031-05-02.said";

    [Theory]
    [InlineData("8079|more than 9500", "S1|S2 1421")]
    [InlineData("8079|about 8500", "")] // within what "about" allows
    [InlineData("about 8000|about 7500|about 8500|8079|more than 8000", "")]
    [InlineData("8079|about 8500|about 7500|more than 9500", "S1 S2 S3|S4 1000")] // one pair of positions, not three disputes
    [InlineData("8079|about 8500|more than 9500|about 10000", "S1|S3 S4 1421, S1 S2|S3 1000")]
    [InlineData("nearly 100|101", "S1|S2 1")] // nearly does not reach upwards
    [InlineData("about 27000|34000|at least 35000", "S1|S2 S3 7000, S1 S2|S3 1000")]
    [InlineData("0|many", "S1|S2")]
    [InlineData("500|many", "")]
    [InlineData("at least 5|at least 500", "")]
    public void Numbers_of_one_figure_that_cannot_all_hold_are_one_dispute_a_pair_of_positions(string claims, string disputes) =>
        Assert.Equal(disputes, Written(Say.Assessed([.. claims.Split('|').Select((words, i) => Say.Total($"S{i + 1}", $"source-{i + 1}", Say.Bound(words)))])));

    [Fact]
    public void A_dispute_says_by_how_much_and_who_without_judging()
    {
        var assessed = Say.Assessed(Say.Total("S1", "the military", Say.Bound("8079")), Say.Total("S2", "the centre", Say.Bound("more than 9500")));
        var dispute = Assert.Single(assessed.Disputes);
        Assert.Equal((DisputeKind.Value, "Differ by about 1,400: 8,079 (the military) and more than 9,500 (the centre).", Total, 1421L), (dispute.Kind, dispute.Why, dispute.Figure!, dispute.Amount!.Value));
        Assert.Equal(dispute.Id, assessed.Figure(Total).Dispute);
    }

    [Fact]
    public void Words_of_time_or_batch_set_two_totals_apart()
    {
        Assert.Empty(Say.Assessed(Say.Total("S1", "a", Say.Bound("6462"), words: "first 24 hours"), Say.Total("S2", "b", Say.Bound("9500"))).Disputes);
        Assert.Empty(Say.Assessed(Say.Total("S1", "a", Say.Bound("6462"), batch: "nine convoys"), Say.Total("S2", "b", Say.Bound("8079"), batch: "ten batches")).Disputes);
        Assert.NotEmpty(Say.Assessed(Say.Total("S1", "a", Say.Bound("6462"), batch: "ten batches"), Say.Total("S2", "b", Say.Bound("8079"), batch: "ten batches")).Disputes);
        // The first 24 hours can't hold more than all of the time.
        Assert.NotEmpty(Say.Assessed(Say.Total("S1", "a", Say.Bound("9500"), words: "first 24 hours"), Say.Total("S2", "b", Say.Bound("6462"))).Disputes);
    }

    [Fact]
    public void A_source_against_its_own_earlier_words_is_no_dispute_and_two_offices_of_one_body_are_a_dispute_with_itself()
    {
        Assert.Empty(Say.Assessed(Say.Total("S1", "un/a", Say.Bound("100")), Say.Total("S2", "un/a", Say.Bound("200"))).Disputes);
        Assert.Equal(DisputeKind.Self, Say.Assessed(Say.Total("S1", "un/a", Say.Bound("100")), Say.Total("S2", "un/b", Say.Bound("200"))).Disputes.Single().Kind);
    }

    [Fact]
    public void A_running_total_cannot_fall()
    {
        var assessed = Say.Assessed(Say.Total("S1", "a", Say.Bound("37500"), day: "2031-05-02"), Say.Total("S2", "b", Say.Bound("about 30000"), day: "2031-05-03"));
        Assert.Equal("S2|S1 7500", Written(assessed));
        Assert.Equal("Differ by about 7,500, though the lower total is up to a later day: about 30,000 (b) and, up to an earlier day, 37,500 (a).", assessed.Disputes.Single().Why);
        Assert.Empty(Say.Assessed(Say.Total("S1", "a", Say.Bound("300"), day: "2031-05-02"), Say.Total("S2", "b", Say.Bound("37500"), day: "2031-05-03")).Disputes);
    }

    [Fact]
    public void None_of_a_group_stands_against_some_of_a_part_of_it()
    {
        var assessed = Say.Assessed(
            Say.Inside("S1", "centre", Say.Bound("0"), Category.WomenAndChildren),
            Say.Inside("S2", "agency", Say.Bound("hundreds"), Category.Children),
            Say.Inside("S3", "minister", Say.Bound("many")));
        Assert.Equal("S1|S2", Written(assessed));
        Assert.Equal("Differ: none women and children (centre) and hundreds children (agency).", assessed.Disputes.Single().Why);
    }

    [Fact]
    public void A_withdrawn_or_replaced_claim_disputes_nothing() =>
        Assert.Empty(Say.Assessed(
            Say.Total("S1", "un/a", Say.Bound("100")),
            Say.Total("S2", "un/b", Say.Bound("500"), links: Say.Supersedes("S1")),
            Say.Total("S3", "monitor", Say.Bound("500"))).Disputes);

    [Fact]
    public void An_agreement_stated_and_denied_on_one_day_is_a_dispute_of_fact()
    {
        var assessed = Say.Assessed(
            Say.That("S1", "negotiator", new Agreement(Act.Announced, "second agreement")),
            Say.That("S2", "rival", new Agreement(Act.Announced), modality: Modality.Denied));
        var dispute = Assert.Single(assessed.Disputes);
        Assert.Equal((DisputeKind.Fact, "Agreement, Old City, 2031-05-01: stated by negotiator, denied by rival."), (dispute.Kind, dispute.Why));
        Assert.Empty(Say.Assessed(
            Say.That("S1", "negotiator", new Agreement(Act.Announced, "second agreement")),
            Say.That("S2", "rival", new Agreement(Act.Announced), "2031-05-03", modality: Modality.Denied)).Disputes);
    }

    [Fact]
    public void Rival_states_of_one_day_are_a_dispute_and_states_of_two_subjects_are_none()
    {
        Assert.Equal("S1|S2", Written(Say.Assessed(
            Say.That("S1", "a", new Status(SubjectKind.Operation, State.Complete)),
            Say.That("S2", "b", new Status(SubjectKind.Operation, State.Suspended)))));
        Assert.Equal("S1|S2", Written(Say.Assessed(
            Say.That("S1", "a", new Control(Extent.Whole, "government forces")),
            Say.That("S2", "b", new Control(Extent.Part, "armed opposition groups")))));
        Assert.Empty(Say.Assessed(
            Say.That("S1", "a", new Control(Extent.OperationFinished, "government forces")),
            Say.That("S2", "b", new Status(SubjectKind.Operation, State.Suspended))).Disputes);
    }

    [Fact]
    public void Two_authors_of_one_act_are_laid_side_by_side_and_one_author_in_two_phrases_is_one()
    {
        var dispute = Assert.Single(Say.Assessed(
            Say.That("S1", "a", new Incident(IncidentType.FireOnConvoy, AllegedAuthor: "opposition fighters")),
            Say.That("S2", "b", new Incident(IncidentType.FireOnConvoy, AllegedAuthor: "government-side armed groups")),
            Say.That("S3", "c", new Incident(IncidentType.FireOnConvoy, AllegedAuthor: "armed opposition groups"))).Disputes);
        Assert.Equal(DisputeKind.Attribution, dispute.Kind);
        Assert.Equal(["S1 S3", "S2"], dispute.Sides.Select(s => s.Ids()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("fighters", "government forces", false)]
    [InlineData("fighters", "opposition fighters", true)]
    [InlineData("armed men", "the Hill Brigade", true)]
    [InlineData("the Hill Brigade", "the River Brigade", true)] // a word in common leaves it open
    [InlineData("one named group", "the one named group and another", true)]
    [InlineData("government-side armed groups", "armed opposition groups", false)]
    public void Two_phrases_may_name_one_party_unless_their_words_tell_them_apart(string one, string other, bool same) =>
        Assert.Equal(same, Say.Assessed(
            Say.That("S1", "a", new Incident(IncidentType.Shooting, AllegedAuthor: one)),
            Say.That("S2", "b", new Incident(IncidentType.FireOnConvoy, AllegedAuthor: other))).Disputes.Count == 0);

    [Fact]
    public void Fighting_said_to_be_over_and_going_on_by_one_source_is_a_dispute_with_itself() =>
        Assert.Equal(DisputeKind.Self, Assert.Single(Say.Assessed(
            Say.That("S1", "centre", new Control(Extent.OperationFinished)),
            Say.That("S2", "centre", new Incident(IncidentType.Fighting))).Disputes).Kind);

    private static string Written(Assessed assessed) => string.Join(", ", assessed.Disputes
        .OrderByDescending(d => d.Amount).Select(d => $"{string.Join('|', d.Sides.Select(s => s.Ids()))}{(d.Amount is { } a ? $" {a}" : "")}"));
}
