using Safeconduct.Situation;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Kinds.Assessment;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;
using Xunit;

namespace Safeconduct.Tests.Core.Situation;

public sealed class ViewTests
{
    private static readonly Statement[] Said =
    [
        Say.That("A1", "un/ocha", new Comment("a"), kind: SourceKind.Un, basis: Basis.Counted),
        Say.That("A2", "observatory", new Comment("b"), kind: SourceKind.MonitorGroup),
        Say.That("A3", "ministry", new Comment("c"), kind: SourceKind.Guarantor, basis: Basis.Seen),
        Say.That("A4", "mission", new Comment("d"), kind: SourceKind.OwnObservers, basis: Basis.Counted),
        Say.That("A5", "desk", new Assessment(new StatementId("A1"), "known office", Reliability.B, 2)),
        Say.That("A6", "desk", new Assessment(new StatementId("A2"), "far away", Reliability.C, 3)),
    ];

    [Theory]
    [InlineData("all", "A1 A2 A3 A4 A5 A6")]
    [InlineData("  ALL ", "A1 A2 A3 A4 A5 A6")]
    [InlineData("kind:un", "A1")]
    [InlineData("kind:un or kind:monitor-group", "A1 A2")]
    [InlineData("not kind:media", "A1 A2 A3 A4")]
    [InlineData("source:UN", "A1")]
    [InlineData("source:\"observatory\"", "A2")]
    [InlineData("without:desk and without:ministry", "A1 A2 A4")]
    [InlineData("role:guarantor", "A3")]
    [InlineData("basis:counted and not own-observers", "A1")]
    [InlineData("own-observers", "A4")]
    [InlineData("grade:B2+", "A1")]
    [InlineData("grade:C3+", "A1 A2")]
    [InlineData("grade:C+", "A1 A2")]
    [InlineData("grade:3", "A2")]
    [InlineData("kind:un or kind:guarantor and basis:seen", "A1 A3")] // 'and' binds tighter
    [InlineData("(kind:un or kind:guarantor) and basis:seen", "A3")]
    [InlineData("not (kind:un or kind:media)", "A2 A3 A4")]
    public void A_lens_leaves_out_what_it_says(string lens, string ids) =>
        Assert.Equal(ids, Assess.Of(Said, Say.Operation, new View(Lens.Parse(lens).Value!)).Statements.Select(s => s.Id).Ids());

    [Theory]
    [InlineData("", "column 1: Expected one of kind:, source:, role:, basis:, grade:, without:, all, own-observers, not or (, found the end. [lens.expected]")]
    [InlineData("kind:un and", "column 12: Expected one of kind:, source:, role:, basis:, grade:, without:, all, own-observers, not or (, found the end. [lens.expected]")]
    [InlineData("(kind:un", "column 9: Expected ')', found the end. [lens.expected]")]
    [InlineData("kind:un kind:media", "column 9: Expected 'and', 'or' or the end, found 'kind:media'. [lens.expected]")]
    [InlineData("kind:", "column 6: Expected a value after 'kind:', found the end. [lens.expected]")]
    [InlineData("kind:press", "column 6: Expected a kind of source (own-observers, party, guarantor, un, red-cross-red-crescent, monitor-group, responder, witness, media), found 'press'. [lens.expected]")]
    [InlineData("basis:felt", "column 7: Expected a basis (not-said, counted, seen, heard, told, published, inferred), found 'felt'. [lens.expected]")]
    [InlineData("grade:G1", "column 7: Expected a grade such as B2+, B+ or 2 (A to F, 1 to 6), found 'G1'. [lens.expected]")]
    [InlineData("colour:red", "column 1: Expected one of kind:, source:, role:, basis:, grade:, without:, all, own-observers, not or (, found 'colour:red'. [lens.expected]")]
    public void A_lens_that_is_not_understood_names_the_column_and_what_was_expected(string lens, string message)
    {
        var parsed = Lens.Parse(lens);
        Assert.False(parsed.Understood);
        Assert.Equal(message, Assert.Single(parsed.Problems).ToString());
    }

    [Fact]
    public void A_lens_too_deep_or_too_long_is_refused()
    {
        Assert.Equal("lens.too-deep", Lens.Parse(new string('(', 60) + "all" + new string(')', 60)).Problems.Single().Code);
        Assert.Equal("lens.too-long", Lens.Parse(new string(' ', 3000)).Problems.Single().Code);
    }

    [Theory]
    [InlineData("2031-05-02T12:00+02:00", Known.Possibly, "D H", "D")]
    [InlineData("2031-05-02T12:00+02:00", Known.Certainly, "H", "")]
    [InlineData("2031-05-02T11:59+02:00", Known.Possibly, "D", "D")]
    [InlineData("2031-05-03T00:00+02:00", Known.Certainly, "D H", "")]
    [InlineData("2031-05-31T00:00+02:00", Known.Possibly, "D H M", "M")]
    [InlineData("2031-05-31T00:00+02:00", Known.Certainly, "D H", "")]
    [InlineData("2031-06-01T00:00+02:00", Known.Certainly, "D H M", "")]
    public void A_day_is_known_from_its_start_possibly_and_from_its_end_certainly_and_a_month_from_its_last_day(string at, Known known, string ids, string hourNotStated)
    {
        Statement[] statements =
        [
            Say.That("H", "a", new Comment("x"), saidAt: "2031-05-02T12:00+02:00"),
            Say.That("D", "a", new Comment("x"), saidAt: "2031-05-02"),
            Say.That("M", "a", new Comment("x"), saidAt: "2031-05"),
        ];
        var assessed = Assess.Of(statements, Say.Operation, new View(Lens.All, Moment.Parse(at).Earliest(Say.Operation.Zone), known));
        Assert.Equal((ids, hourNotStated), (assessed.Statements.Select(s => s.Id).Ids(), assessed.HourNotStated.Ids()));
    }

    [Fact]
    public void One_id_for_two_different_statements_is_refused_and_the_same_statement_twice_is_one()
    {
        var one = Say.That("S1", "a", new Comment("x"));
        Assert.Single(Say.Assessed(one, Say.That("S1", "a", new Comment("x"))).Statements);
        var refused = Assert.Throws<RefusedException>(() => Say.Assessed(one, Say.That("S1", "a", new Comment("y"))));
        Assert.Equal("Two different statements have the id S1; give one of them another id. [assess.same-id-twice]".Insert(0, "S1: "), refused.Problem.ToString());
    }
}
