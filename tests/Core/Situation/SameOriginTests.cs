using Safeconduct.Situation;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Xunit;

namespace Safeconduct.Tests.Core.Situation;

public sealed class SameOriginTests
{
    [Fact]
    public void One_bodys_running_total_is_one_voice_also_where_it_speaks_with_another() => Assert.Contains(
        "S1 S2 S3",
        Groups(
            Say.Total("S1", "icrc-and-sarc", Say.Bound("15000"), day: "2031-05-02"),
            Say.Total("S2", "icrc/office", Say.Bound("25000"), day: "2031-05-03"),
            Say.Total("S3", "icrc-and-sarc", Say.Bound("35000"), day: "2031-05-05"),
            Say.Total("S4", "monitor", Say.Bound("27000"), day: "2031-05-05")));

    [Fact]
    public void A_number_passed_on_is_the_same_number() => Assert.Equal(
        ["S1 S2"],
        Groups(
            Say.Inside("S1", "icrc/speaker", Say.Bound("about 25000")),
            Say.Inside("S2", "icrc", Say.Bound("more than 25000")) with { Chain = new SourceChain(Say.Source("icrc"), [Say.Source("un")]) },
            Say.Inside("S3", "un", Say.Bound("20000"))));

    [Fact]
    public void One_text_and_the_parts_of_one_whole_are_one_act()
    {
        Assert.Equal(["S1 S2"], Groups(
            Say.That("S1", "centre", new Comment("a")) with { Citation = "Bulletin" },
            Say.That("S2", "centre", new Comment("b")) with { Citation = "Bulletin" },
            Say.That("S3", "centre", new Comment("c"), "2031-05-02") with { Citation = "Another" }));
        Assert.Equal(["S1 S2"], Groups(
            Say.Inside("S1", "military", Say.Bound("8079")),
            Say.Inside("S2", "military", Say.Bound("3475"), Category.Fighters, links: Say.PartOf("S1")),
            Say.Inside("S3", "rival", Say.Bound("3000"), Category.Fighters)));
    }

    [Fact]
    public void A_relay_is_a_copy_and_independent_sources_are_no_group()
    {
        Assert.Equal(["S1 S2"], Groups(
            Say.That("S1", "a", new Comment("x")),
            Say.That("S2", "b", new Comment("y"), links: [new Link(Relation.Relays, new StatementId("S1"))])));
        Assert.Empty(Groups(Say.Total("S1", "a", Say.Bound("100")), Say.Total("S2", "b", Say.Bound("100"))));
    }

    private static string[] Groups(params Statement[] statements) => [.. Say.Assessed(statements).SameOrigin.Select(g => g.Ids.Ids())];
}
