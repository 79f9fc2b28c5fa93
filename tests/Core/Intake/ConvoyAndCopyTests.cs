using System.Text.Json.Nodes;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Movement;
using Safeconduct.Statements.Kinds.Obstruction;
using Safeconduct.Statements.Kinds.Status;
using Safeconduct.Statements.Quantities;
using Xunit;

namespace Safeconduct.Tests.Core.Intake;

/// <summary>Convoys by number, what becomes of people on the way, violations by side, passives, and copies of another's count.</summary>
public sealed class ConvoyAndCopyTests
{
    [Theory]
    [InlineData("people in convoy 3 at departure", "The mission counted 10 people in convoy 3 as it left.", Measure.Left, "convoy 3")]
    [InlineData("people in batch 12", "The mission counted 10 people in batch 12 as it passed the gate.", Measure.Passed, "batch 12")]
    [InlineData("people of convoy 3 who arrived", "The charity counted 10 people of convoy 3 who arrived.", Measure.Arrived, "convoy 3")]
    [InlineData("people of convoy 3 who got off", "10 people of convoy 3 got off at the mill by their own choice.", Measure.GotOff, "convoy 3")]
    [InlineData("children born in convoy 3", "10 children were born on the way in convoy 3.", Measure.Born, "convoy 3")]
    [InlineData("people held at the gate", "The mission saw 10 people of convoy 3 held at the gate.", Measure.Held, "convoy 3")]
    [InlineData("people who died on the way", "10 people died in convoy 3 on the way.", Measure.Killed, "convoy 3")]
    [InlineData("people who moved to another bus", "10 people of convoy 3 moved to another bus.", Measure.Transferred, "convoy 3")]
    [InlineData("people in convoy 3, bus 12", "The mission counted 10 people in convoy 3, bus 12, as it left.", Measure.Left, "convoy 3, bus 12")]
    public void A_numbered_convoy_is_a_batch_and_its_number_no_count(string category, string words, Measure measure, string batch)
    {
        var head = Assert.IsType<Headcount>(Lists.One(("category", category), ("paraphrase", words)).Said);
        Assert.Equal((measure, batch, 10), (head.Measure, head.Batch, head.Counted.Bound.Low));
        Assert.Empty(head.Parts);
    }

    [Fact]
    public void Ten_convoys_are_no_numbered_convoy() =>
        Assert.Null(Assert.IsType<Headcount>(Lists.One(("category", "people who left"), ("paraphrase", "10 people left in two convoys.")).Said).Batch);

    [Fact]
    public void A_convoy_turned_back_is_named_by_its_number() =>
        Assert.Equal(new Movement(Step.TurnedBack, "convoy 4"), Lists.One(("category", "convoy 4"), ("quantity", null), ("unit", null), ("paraphrase", "The mission said convoy 4 was turned back.")).Said);

    [Theory]
    [InlineData("The mission said its observers were refused passage.", null)]
    [InlineData("The mission said its observers were refused passage by noon.", null)]
    [InlineData("The mission said its observers were refused access to the ferry by the ferry guards.", "ferry guards")]
    public void Those_whom_it_was_done_to_are_no_authors(string words, string? author) =>
        Assert.Equal(author, Assert.IsType<Obstruction>(Lists.One(("kind", "obstruction"), ("category", "observers"), ("quantity", null), ("unit", null), ("paraphrase", words)).Said).AllegedAuthor);

    [Fact]
    public void Two_persons_of_one_office_are_one_source_and_each_keeps_its_name()
    {
        var read = Lists.Read(
            Lists.Row(("id", "T-1"), ("source", "Ana Berg (deputy governor)")),
            Lists.Row(("id", "T-2"), ("source", "Ivo Stahl (deputy governor)")),
            Lists.Row(("id", "T-3"), ("source", "Ana Berg (deputy governor)"))).Statements;
        Assert.Single(read.Select(s => s.SaidBy.Id).Distinct());
        Assert.Equal(["Ana Berg (deputy governor)", "Ivo Stahl (deputy governor)", "Ana Berg (deputy governor)"], read.OrderBy(s => s.Id).Select(s => s.SaidBy.Name));
    }

    [Fact]
    public void An_author_keeps_the_words_that_tell_him_apart() =>
        Assert.Equal("armed men of the valley", Assert.IsType<Incident>(Lists.One(("kind", "incident"), ("category", "shots at a bus"), ("quantity", null), ("unit", null), ("paraphrase", "The office blamed armed men of the valley for shots at a bus.")).Said).AllegedAuthor);

    [Theory]
    [InlineData("suspension", "The council denied that the exchange had resumed.", State.Resumed)]
    [InlineData("suspension", "The council denied that the exchange was suspended.", State.Suspended)]
    [InlineData("resumption", "The council denied that the exchange was suspended.", State.Suspended)]
    public void A_denial_denies_the_state_that_it_names(string kind, string words, State state)
    {
        var said = Lists.One(("kind", kind), ("category", "exchange"), ("quantity", null), ("unit", null), ("paraphrase", words));
        Assert.Equal((state, Modality.Denied), (Assert.IsType<Status>(said.Said).State, said.Modality));
    }

    [Theory]
    [InlineData("violations")]
    [InlineData(Lists.Without)]
    public void Violations_are_counted_by_side_and_never_as_people(string unit)
    {
        var head = Assert.IsType<Headcount>(Lists.One(("kind", "incident"), ("category", "ceasefire violations by lowland forces"), ("unit", unit), ("quantity", Exactly(80)), ("paraphrase", "The command counted 80 violations by lowland forces, including 21 with heavy weapons.")).Said);
        Assert.Equal((Measure.Observed, Unit.Violations, "by lowland forces", 80), (head.Measure, head.Counted.Unit, head.Counted.Group, head.Counted.Bound.Low));
        Assert.Equal(21, Assert.Single(head.Parts).Bound.Low);
    }

    [Theory]
    [InlineData(124, 142, true)]
    [InlineData(80, 101, true)]
    [InlineData(80, 80, true)]
    [InlineData(80, 1010, false)]
    public void A_copy_goes_back_to_its_original_where_the_number_is_the_same_or_can_be_a_slip(int said, int printed, bool isLinked)
    {
        var reading = Lists.Read(
            Lists.Row(("id", "A"), ("quantity", Exactly(said)), ("paraphrase", $"The authority counted {said} people who left, including 21 children.")),
            Lists.Row(("id", "B"), ("published", "2031-03-03"), ("source", "Bay Radio, citing Harbour Authority"), ("source_type", "media"), ("quantity", Exactly(printed)), ("paraphrase", $"Bay Radio gave {printed} people.")));
        Assert.Empty(reading.Problems);
        Assert.Equal(isLinked ? [new StatementId("A")] : [], reading.Statements[1].Linked(Relation.Relays));
    }

    [Fact]
    public void A_floor_above_an_earlier_number_is_a_later_figure_and_no_copy_of_it()
    {
        var reading = Lists.Read(
            Lists.Row(("id", "A"), ("quantity", Exactly(34000)), ("paraphrase", "The authority counted 34,000 people who left.")),
            Lists.Row(("id", "B"), ("source", "Bay Radio, citing Harbour Authority"), ("quantity", new JsonObject { ["low"] = 35000, ["high"] = null }), ("paraphrase", "Bay Radio gave more than 35,000 people.")));
        Assert.Empty(reading.Statements[1].Linked(Relation.Relays));
    }

    [Theory]
    [InlineData("2031-03-02", null)]
    [InlineData("2031-03-02/2031-03-03", "the first day")]
    public void The_first_day_of_a_row_about_one_day_is_that_day(string about, string? words) =>
        Assert.Equal(words, Lists.One(("about", about), ("paraphrase", "The authority counted 10 people who left for the first day.")).About.Words);

    private static JsonObject Exactly(int n) => new() { ["low"] = n, ["high"] = n, ["approx"] = false };
}
