using Safeconduct.Situation;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Control;
using Safeconduct.Statements.Kinds.Status;
using Safeconduct.Statements.Kinds.Unknown;
using Xunit;

namespace Safeconduct.Tests.Core.Situation;

public sealed class StandingTests
{
    [Fact]
    public void Rival_states_stand_side_by_side_each_with_its_speakers()
    {
        var standing = Assert.Single(Say.Assessed(
            Say.That("S1", "centre", new Status(SubjectKind.Operation, State.Complete)),
            Say.That("S2", "monitor", new Status(SubjectKind.Operation, State.Suspended)),
            Say.That("S3", "minister", new Status(SubjectKind.Operation, State.Complete), modality: Modality.Denied)).Status);
        Assert.Equal("the operation out of Old City", standing.What);
        Assert.Equal(
            ["complete: said centre; denied minister", "suspended: said monitor; denied "],
            standing.States.Select(s => $"{s.State}: said {string.Join(',', s.SaidBy.Select(v => v.Source.Name))}; denied {string.Join(',', s.DeniedBy.Select(v => v.Source.Name))}"));
    }

    [Fact]
    public void Offices_of_one_body_and_relays_share_an_origin_and_come_after_independent_ones()
    {
        var state = Assert.Single(Say.Assessed(
            Say.That("S1", "icrc/a", new Status(SubjectKind.Operation, State.Suspended)),
            Say.That("S2", "icrc/b", new Status(SubjectKind.Operation, State.Suspended)),
            Say.That("S3", "outlet", new Status(SubjectKind.Operation, State.Suspended), links: [new Link(Relation.Relays, new StatementId("S1"))]),
            Say.That("S4", "monitor", new Status(SubjectKind.Operation, State.Suspended))).Status.Single().States);
        Assert.Equal(["icrc/a 1", "monitor 2", "icrc/b 1", "outlet 1"], state.SaidBy.Select(v => $"{v.Source.Name} {v.Origin}"));
    }

    [Fact]
    public void A_state_no_longer_stands_with_a_source_that_has_since_said_otherwise()
    {
        var states = Say.Assessed(
            Say.That("S1", "monitor", new Status(SubjectKind.Operation, State.Suspended), "2031-05-01"),
            Say.That("S2", "monitor", new Status(SubjectKind.Operation, State.Resumed), "2031-05-03"),
            Say.That("S3", "un", new Status(SubjectKind.Operation, State.Suspended), "2031-05-02")).Status.Single().States;
        var suspended = states.Single(s => s.State == "suspended");
        Assert.Equal(["monitor False", "un True"], suspended.SaidBy.Select(v => $"{v.Source.Name} {v.StillStands}"));
        Assert.Equal("2031-05-01", suspended.Since.ToString());
    }

    [Fact]
    public void Control_is_said_of_each_area_and_unknowns_are_gathered_by_their_question()
    {
        var assessed = Say.Assessed(
            Say.That("S1", "a", new Control(Extent.Whole, "government forces")),
            Say.That("S2", "b", new Control(Extent.Part, "armed groups"), from: "hill"),
            Say.That("S3", "un", new Unknown("How many are inside?")),
            Say.That("S4", "icrc", new Unknown("how many are inside")));
        Assert.Equal(["control of Hill: part by armed groups", "control of Old City: whole by government forces"], assessed.Control.Select(c => $"{c.What}: {c.States.Single().State}"));
        Assert.Equal("How many are inside: S3 S4", assessed.Unknown.Select(u => $"{u.Question}: {u.Ids.Ids()}").Single());
        Assert.Empty(assessed.Status);
    }
}
