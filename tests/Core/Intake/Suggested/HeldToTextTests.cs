using NodaTime;
using Safeconduct.Intake.Texts;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Intake.Texts.Suggested;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Times;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Suggested;

/// <summary>Every way in which a suggestion can be untrue to its text, and what is left of it.</summary>
public class HeldToTextTests
{
    private const string Text =
        """
        The Ministry of Transport said on Friday that more than 1,300 people left Orvale by the north road. "At least twenty-five wounded
        people were taken to Tessin," the Relief Committee said. It added that 40 to 60 buses were waiting.

        On 30 April 2031 the Joint Office denied that the truce was over. The anti-government forces hold the bridge. Some residents said 12 people were killed.
        A second report said 12 people were killed near the mill, including 3 drivers.
        """;

    private static readonly LocalDate Sunday = new(2031, 5, 4);

    private static readonly SuggestedClaim True = new()
    {
        Quote = "more than 1,300 people left Orvale by the north road",
        Offset = Text.IndexOf("more than", StringComparison.Ordinal),
        Source = "The Ministry of Transport",
        Kind = "movement",
        Quantity = new("more than 1,300", 1300),
        Category = "people",
        Place = "Orvale",
        When = new("Friday", "2031-05-02"),
        Status = "asserted",
    };

    private static readonly SuggestedClaim Killed = new() { Quote = "12 people were killed", Source = "Some residents", Kind = "casualty", Harm = "killed", Quantity = new(null, 12, 12), Status = "asserted" };

    [Fact]
    public void A_true_suggestion_keeps_every_slot_and_is_still_for_checking()
    {
        var (proposal, problems) = One(True);
        Assert.Empty(problems);
        Assert.Equal((ClaimKind.Movement, Modality.Asserted, "The Ministry of Transport", "people"), (proposal.Kind, proposal.Modality, proposal.Source!.Name, proposal.Category));
        Assert.Equal(Bound.MoreThan(1300), proposal.Count!.Bound);
        Assert.Equal("more than 1,300", proposal.Count.Words.Of(Text));
        Assert.Equal((Unit.People, Category.Everyone), (proposal.Count.Unit, proposal.Count.Category));
        Assert.Equal("2031-05-02", proposal.When!.Time.ToString());
        Assert.Equal("Friday", proposal.When.Words!.Value.Of(Text));
        Assert.Equal("Orvale", Assert.Single(proposal.Places).Name);
        Assert.Equal(PlaceRole.From, proposal.Places[0].Role);
        Assert.Equal(Band.Check, proposal.Band);
        Assert.Contains(proposal.Trace, t => t is { Slot: "kind", Rule: "suggested.unchecked" });
    }

    [Fact]
    public void An_invented_quote_is_refused_and_shown() =>
        Assert.Equal("'5,000 people left Orvale' does not stand in the text. The suggestion was refused.", Refused(True with { Quote = "5,000 people left Orvale" }, "suggested.quote-not-in-text"));

    [Fact]
    public void A_quote_with_other_white_space_and_quotation_marks_is_found_and_the_texts_own_words_are_taken()
    {
        var (proposal, problems) = One(new() { Quote = "“At least twenty-five wounded people were taken to Tessin,”", Kind = "movement", Status = "asserted" });
        Assert.Equal(["suggested.quote-marks"], Codes(problems));
        Assert.StartsWith("\"At least twenty-five wounded\n", proposal.Quote, StringComparison.Ordinal);
        Assert.Equal(Text[proposal.Span.Start..proposal.Span.End], proposal.Quote);
    }

    [Fact]
    public void A_shifted_offset_is_computed_anew()
    {
        var (proposal, problems) = One(True with { Offset = True.Offset + 7 });
        Assert.Empty(problems);
        Assert.Equal(True.Offset, proposal.Span.Start);
        Assert.Contains(proposal.Trace, t => t.Rule == "suggested.offset-recomputed");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(999_999)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void An_offset_outside_the_text_hints_at_nothing(long offset)
    {
        Assert.Equal(True.Offset, One(True with { Offset = offset }).Proposal.Span.Start);
        Assert.Equal(Text.IndexOf("12 people", StringComparison.Ordinal), One(Killed with { Offset = offset }).Proposal.Span.Start);
    }

    [Fact]
    public void Of_two_places_the_one_nearest_to_the_hint_is_taken_and_the_choice_is_said()
    {
        var second = Text.LastIndexOf("12 people", StringComparison.Ordinal);
        var (proposal, problems) = One(Killed with { Offset = second - 5 });
        Assert.Equal(second, proposal.Span.Start);
        Assert.Contains("suggested.quote-repeated", Codes(problems));
        Assert.Contains(problems, p => p.Message == "'12 people were killed' stands 2 times in the text; the place nearest to the suggested one was taken. Check that it is the one meant.");
    }

    [Fact]
    public void Without_a_hint_the_place_nearest_to_the_claim_before_is_taken()
    {
        var reading = Read(new SuggestedClaim { Quote = "A second report", Kind = "statement", Status = "asserted" }, Killed);
        Assert.Equal(Text.LastIndexOf("12 people", StringComparison.Ordinal), reading.Proposals[1].Span.Start);
    }

    [Theory]
    [InlineData("300 people left Orvale")]
    [InlineData("people left Orv")]
    [InlineData("government forces hold the bridge")]
    [InlineData("00 people left Orvale by the north road")]
    public void A_quote_that_cuts_a_word_or_a_number_in_two_is_refused(string quote) =>
        Assert.Equal($"'{quote}' begins or ends inside a word or a number of the text. The suggestion was refused.", Refused(True with { Quote = quote }, "suggested.quote-cut"));

    [Theory]
    [InlineData("Some 1 300 people left.", "300 people left")]
    [InlineData("Some 1\u00a0300 people left.", "300 people left")]
    [InlineData("Some 1\u200b300 people left.", "300 people left")]
    public void Thousands_marked_by_a_gap_or_an_unseen_character_are_not_cut_either(string text, string quote) =>
        Assert.Equal(["suggested.quote-cut"], Codes(Read(text, new SuggestedClaim { Quote = quote, Kind = "movement", Status = "asserted" }).Problems));

    [Fact]
    public void A_quote_that_leaves_out_what_bounds_its_number_is_widened()
    {
        var (proposal, problems) = One(True with { Quote = "1,300 people left Orvale", Quantity = new(null, 1300, 1300) });
        Assert.Equal("more than 1,300 people left Orvale", proposal.Quote);
        Assert.Equal(Bound.MoreThan(1300), proposal.Count!.Bound);
        Assert.Equal(["suggested.quote-widened", "suggested.number-differs"], Codes(problems));
    }

    [Fact]
    public void A_wrong_number_is_shown_and_the_words_number_taken()
    {
        var (proposal, problems) = One(True with { Quantity = new(null, 3100) });
        Assert.Equal(Bound.MoreThan(1300), proposal.Count!.Bound);
        Assert.Equal("The words 'more than 1,300' say more than 1,300, and 3100 or more was suggested; the words were taken.", Assert.Single(problems).Message);
        Assert.Equal("suggested.number-differs", problems[0].Code);
        Assert.Equal(Band.Check, proposal.Band);
    }

    [Fact]
    public void A_number_that_none_of_several_in_the_quote_says_is_left_open()
    {
        var (proposal, problems) = One(new() { Quote = "12 people were killed near the mill, including 3 drivers", Kind = "casualty", Quantity = new(null, 15, 15), Status = "asserted" });
        Assert.Null(proposal.Count);
        Assert.Equal(["suggested.number-not-said"], Codes(problems));
    }

    [Fact]
    public void A_number_for_a_quote_without_one_is_left_open() =>
        Assert.Null(One(new() { Quote = "the truce was over", Kind = "agreement", Quantity = new("1", 1, 1), Status = "denied" }).Proposal.Count);

    [Fact]
    public void A_number_in_words_is_read_by_our_grammar()
    {
        var (proposal, problems) = One(new() { Quote = "At least twenty-five wounded\npeople were taken to Tessin", Kind = "movement", Quantity = new("At least twenty-five", 25), Status = "asserted" });
        Assert.Empty(problems);
        Assert.Equal(Bound.AtLeast(25), proposal.Count!.Bound);
        Assert.Equal(Category.WoundedOrSick, proposal.Count.Category);
    }

    [Theory]
    [InlineData("On 2 May 2031 people left", 2)]
    [InlineData("On 2 May 2031 people left", 2031)]
    [InlineData("On 2031-05-02 people left", 5)]
    [InlineData("They left for 3 hours", 3)]
    public void The_number_of_a_date_or_of_hours_counts_nobody(string text, int number)
    {
        var reading = HeldToText.Read(new(text, null), [new() { Quote = text, Kind = "movement", Quantity = new(null, number, number), Status = "asserted" }]);
        Assert.Null(reading.Proposals[0].Count);
        Assert.Equal(["suggested.number-not-said"], Codes(reading.Problems));
    }

    [Theory]
    [InlineData("1,300 left as buses came", Unit.People)]
    [InlineData("40 white buses left", Unit.Vehicles)]
    [InlineData("hundreds of buses left", Unit.Vehicles)]
    [InlineData("9 bodies were found", Unit.Bodies)]
    [InlineData("200 tonnes of flour", Unit.Tonnes)]
    [InlineData("three violations of the truce", Unit.Violations)]
    public void What_is_counted_is_what_the_words_behind_the_number_say(string text, Unit unit)
    {
        var low = text.StartsWith("hundreds", StringComparison.Ordinal) ? 200 : text.StartsWith("three", StringComparison.Ordinal) ? 3 : int.Parse(text.Split(' ')[0].Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(unit, Read(text, new SuggestedClaim { Quote = text, Kind = "statement", Quantity = new(null, low, low == 200 ? null : low), Status = "asserted" }).Proposals[0].Count!.Unit);
    }

    [Fact]
    public void Shells_are_no_unit_of_ours_and_are_not_turned_into_people() =>
        Assert.Null(Read("30 shells fell.", new SuggestedClaim { Quote = "30 shells fell", Kind = "incident", Quantity = new(null, 30, 30), Status = "asserted" }).Proposals[0].Count);

    [Fact]
    public void A_chain_of_relays_beyond_all_length_is_left_open() =>
        Assert.Equal(["suggested.via-too-long"], Codes(One(True with { Via = [.. Enumerable.Repeat("Joint Office", 6)] }).Problems));

    [Fact]
    public void Ends_that_are_swapped_are_not_taken_but_the_words_are()
    {
        var (proposal, problems) = One(new() { Quote = "40 to 60 buses were waiting", Kind = "obstruction", Quantity = new(null, 60, 40), Status = "asserted" });
        Assert.Equal(Bound.Between(40, 60), proposal.Count!.Bound);
        Assert.Equal((Unit.Vehicles, Category.Buses), (proposal.Count.Unit, proposal.Count.Category));
        Assert.Equal(["suggested.number-differs"], Codes(problems));
    }

    [Fact]
    public void The_word_all_is_a_count_only_where_the_quote_has_it()
    {
        const string all = "They said all civilians left. Many fighters stayed.";
        var said = Read(all, new SuggestedClaim { Quote = "all civilians left", Kind = "movement", Quantity = new("all"), Status = "asserted" });
        Assert.True(said.Proposals[0].Count!.IsAll);
        Assert.Equal(Category.Civilians, said.Proposals[0].Count!.Category);
        Assert.Null(Read(all, new SuggestedClaim { Quote = "fighters stayed", Kind = "headcount-remaining", Quantity = new("all"), Status = "asserted" }).Proposals[0].Count);
    }

    [Theory]
    [InlineData("Reuters")]
    [InlineData("The ministry of transport")]
    [InlineData("Ministry of Trans")]
    public void A_source_that_the_text_does_not_name_is_left_open(string source)
    {
        var (proposal, problems) = One(True with { Source = source, Via = ["The Envoy"] });
        Assert.Null(proposal.Source);
        Assert.Empty(proposal.Via);
        Assert.Equal(["suggested.source-not-in-text", "suggested.via-not-in-text"], Codes(problems));
        Assert.Equal($"The suggested source '{source}' does not stand in the text; the source was left open.", problems[0].Message);
    }

    [Fact]
    public void A_source_from_elsewhere_in_the_text_is_said_to_be_from_elsewhere()
    {
        var (proposal, problems) = One(True with { Source = "Joint Office" });
        Assert.Equal(new Speaker("Joint Office"), proposal.Source);
        Assert.Equal(["suggested.source-elsewhere"], Codes(problems));
    }

    [Fact]
    public void The_narrator_is_nobody() => Assert.Null(One(True with { Source = "narrator" }).Proposal.Source);

    [Fact]
    public void A_wrong_date_is_shown_and_the_words_date_taken()
    {
        var (proposal, problems) = One(True with { When = new("Friday", "2031-05-09") });
        Assert.Equal("2031-05-02", proposal.When!.Time.ToString());
        Assert.Equal("The words 'Friday' say 2031-05-02, and '2031-05-09' was suggested; the words were taken.", Assert.Single(problems).Message);
    }

    [Fact]
    public void A_date_that_the_sentence_does_not_say_is_left_open()
    {
        var (proposal, problems) = One(True with { When = new(null, "2031-04-30") });
        Assert.Null(proposal.When);
        Assert.Equal(["suggested.date-not-said"], Codes(problems));
    }

    [Theory]
    [InlineData("2031-02-30")]
    [InlineData("Friday")]
    [InlineData("9999-01-01")]
    [InlineData("")]
    public void An_impossible_date_is_none(string date) => Assert.Contains("suggested.date-impossible", Codes(One(True with { When = new(null, date) }).Problems));

    [Theory]
    [InlineData("left on 2031-05-02", "2031-05-02", "asserted")]
    [InlineData("left on 2 May 2031", "2031-05-02", "asserted")]
    [InlineData("left on May 2nd, 2031", "2031-05-02", "asserted")]
    [InlineData("left on the 2nd of May", "2031-05-02", "asserted")]
    [InlineData("left on 5 May", "2030-05-05", "asserted")]
    [InlineData("left in May 2030", "2030-05", "asserted")]
    [InlineData("LEFT ON FRIDAY", "2031-05-02", "asserted")]
    [InlineData("left on Sunday", "2031-05-04", "asserted")]
    [InlineData("will leave on Friday", "2031-05-09", "planned")]
    [InlineData("were to leave on Friday", "2031-05-02", "planned")]
    [InlineData("will leave on 2 May", "2032-05-02", "planned")]
    [InlineData("left yesterday", "2031-05-03", "denied")]
    public void A_date_is_read_from_the_words(string quote, string date, string status)
    {
        var reading = Read($"The civilians {quote}.", new SuggestedClaim { Quote = quote, Kind = "movement", When = new(null, date), Status = status });
        Assert.Empty(reading.Problems);
        Assert.Equal(date, reading.Proposals[0].When!.Time.ToString());
    }

    [Fact]
    public void A_weekday_of_a_text_whose_day_nobody_knows_stays_open() =>
        Assert.Null(HeldToText.Read(new(Text, null), [True]).Proposals[0].When);

    [Theory]
    [InlineData("left on 30 February 2031")]
    [InlineData("left in 2031-13")]
    [InlineData("left on ٢ May")]
    public void Words_that_are_no_date_say_none(string words) => Assert.Empty(new PlainDates().In(words, new(0, words.Length), Sunday, false));

    [Fact]
    public void Dates_may_be_read_by_another_step()
    {
        var reading = HeldToText.Read(new(Text, Sunday), [True with { When = new("Friday", "2001-01-01") }], dates: new OneDay());
        Assert.Equal("2001-01-01", reading.Proposals[0].When!.Time.ToString());
    }

    [Theory]
    [InlineData("massacre")]
    [InlineData("Movement")]
    [InlineData("")]
    [InlineData(null)]
    public void An_unknown_kind_is_refused(string? kind) =>
        Assert.StartsWith($"'{Shown.Short(kind)}' is no kind; it is one of movement, headcount-remaining, casualty, ", Refused(True with { Kind = kind }, "suggested.unknown-kind"), StringComparison.Ordinal);

    [Theory]
    [InlineData("confirmed")]
    [InlineData("0")]
    [InlineData(null)]
    public void An_unknown_status_is_refused(string? status) =>
        Assert.Equal($"'{Shown.Short(status)}' is no status; it is one of asserted, denied, planned, promised, demanded, conditional. The suggestion was refused.", Refused(True with { Status = status }, "suggested.unknown-status"));

    [Fact]
    public void An_unknown_harm_is_left_open() => Assert.Contains("suggested.unknown-harm", Codes(One(Killed with { Harm = "martyred" }).Problems));

    [Fact]
    public void A_category_or_place_that_is_not_the_texts_is_left_open()
    {
        var (proposal, problems) = One(True with { Category = "refugees", Place = "Northgate" });
        Assert.Null(proposal.Category);
        Assert.Empty(proposal.Places);
        Assert.Equal(["suggested.category-not-in-text", "suggested.place-not-in-text"], Codes(problems));
    }

    [Fact]
    public void A_place_is_offered_with_every_place_of_the_gazetteer_that_has_the_name()
    {
        var places = new Gazetteer([new(new("orvale-town"), "Orvale", PlaceKind.Area), new(new("orvale-mill"), "The mill", PlaceKind.Point, Aliases: ["Orvale"])]);
        var place = HeldToText.Read(new(Text, Sunday, Places: places), [True]).Proposals[0].Places[0];
        Assert.Equal(["orvale-mill", "orvale-town"], place.Candidates.Select(c => c.Value));
    }

    [Fact]
    public void Nulls_everywhere_are_refused_and_break_nothing()
    {
        var reading = HeldToText.Read(new(Text, Sunday), [new(), null]);
        Assert.Empty(reading.Proposals);
        Assert.Equal(["suggested.unknown-kind", "suggested.unknown-status", "suggested.quote-missing"], Codes(reading.Problems));
        Assert.All(reading.Problems, p => Assert.Equal("suggestion 1", p.Place));
    }

    [Fact]
    public void Unseen_characters_in_a_quote_are_no_part_of_the_text() => Refused(True with { Quote = "more than 1,300 peo\u200bple left\u202e Orvale" }, "suggested.quote-not-in-text");

    [Fact]
    public void Unseen_characters_of_the_text_stay_in_the_quote()
    {
        const string text = "He said \u202b50 peo\u200bple\u202c left.";
        var reading = Read(text, new SuggestedClaim { Quote = "50 peo\u200bple\u202c left", Kind = "movement", Status = "asserted" });
        Assert.Equal("50 peo\u200bple\u202c left", Assert.Single(reading.Proposals).Quote);
        Assert.Equal(["suggested.quote-not-in-text"], Codes(Read(text, new SuggestedClaim { Quote = "50 people left", Kind = "movement", Status = "asserted" }).Problems));
    }

    [Fact]
    public void Ten_thousand_suggestions_are_looked_at_up_to_the_limit()
    {
        var reading = HeldToText.Read(new(Text, Sunday), [.. Enumerable.Repeat(True with { Quote = "nothing of the sort" }, 10_000)]);
        Assert.Equal("10,000 claims are suggested; only the first 500 were looked at. Cut the text into parts.", reading.Problems[0].Message);
        Assert.Equal(HeldToText.MostSuggestions + 1, reading.Problems.Count);
    }

    [Fact]
    public void A_quote_or_name_beyond_all_length_is_refused()
    {
        var text = new string('x', 5_000) + " left.";
        Assert.Equal(["suggested.quote-too-long"], Codes(Read(text, new SuggestedClaim { Quote = text, Kind = "movement", Status = "asserted" }).Problems));
        Assert.Equal(["suggested.source-not-in-text"], Codes(Read(text, new SuggestedClaim { Quote = "left", Source = new string('x', 5_000), Kind = "movement", Status = "asserted" }).Problems));
    }

    [Fact]
    public void A_text_and_suggestions_made_to_take_long_end_all_the_same()
    {
        var text = string.Concat(Enumerable.Repeat("aaaa 1 a", 4_000)) + new string('a', 30_000);
        var claim = new SuggestedClaim { Quote = new string('a', 1_000) + "b" + new string('a', 900), Source = new string('a', 190), Place = "a", Category = "1 a", Kind = "movement", Quantity = new("1", 1, 1), Status = "asserted" };
        Lies.AssertHeld(HeldToText.Read(new(text, Sunday), [.. Enumerable.Range(0, 500).Select(i => claim with { Quote = i % 2 == 0 ? claim.Quote : text[(i * 8)..((i * 8) + 1_900)] })]));
    }

    [Fact]
    public void Words_that_stand_everywhere_mean_no_place() =>
        Assert.Equal(["suggested.quote-too-common"], Codes(Read(string.Concat(Enumerable.Repeat("a ", 20_000)), new SuggestedClaim { Quote = "a", Kind = "statement", Status = "asserted" }).Problems));

    [Fact]
    public void The_same_suggestion_twice_is_one_proposal()
    {
        var proposal = Assert.Single(Read(True, True with { Offset = 3 }).Proposals);
        Assert.Contains(proposal.Trace, t => t.Rule == "suggested.same");
    }

    [Fact]
    public void Two_suggestions_of_one_quote_that_differ_both_stay_and_say_so()
    {
        var reading = Read(True, True with { Status = "denied" });
        Assert.Equal([Modality.Asserted, Modality.Denied], reading.Proposals.Select(p => p.Modality));
        Assert.All(reading.Proposals, p => Assert.Equal((Bearing.Conflicts, 3 - p.Number, "suggested.differs: status"), (p.Ties[0].Bearing, p.Ties[0].To, p.Ties[0].Rule)));
        Assert.Contains(reading.Problems, p => p.Message == "Of 'more than 1,300 people left Orvale by the north road': status is 'denied' as suggested, and another suggestion says 'asserted'. Both are shown; decide.");
    }

    [Fact]
    public void Where_the_rules_say_otherwise_both_stay_tied_slot_by_slot_and_the_rules_are_unchanged()
    {
        var rules = ByRules(True, p => p with { Band = Band.Clear, Kind = ClaimKind.Aid, Ties = [new(Bearing.PartOf, 2, "including")] }, p => p with { Number = 2, Span = new(0, 3), Quote = "The", Count = null });
        var reading = HeldToText.Read(new(Text, Sunday), [True], rules);
        Assert.Equal(3, reading.Proposals.Count);
        var (whole, rule, model) = (reading.Proposals[0], reading.Proposals[1], reading.Proposals[2]);
        Assert.Equal("The", whole.Quote);
        Assert.Equal((Band.Clear, ClaimKind.Aid, Band.Check, ClaimKind.Movement), (rule.Band, rule.Kind, model.Band, model.Kind));
        Assert.Equal([(Bearing.PartOf, 1), (Bearing.Conflicts, 3)], rule.Ties.Select(t => (t.Bearing, t.To)));
        Assert.Equal([(Bearing.Conflicts, 2)], model.Ties.Select(t => (t.Bearing, t.To)));
        Assert.Equal("Of 'more than 1,300 people left Orvale by the north road': kind is 'movement' as suggested, and the rules say 'aid'. Both are shown; decide.", Assert.Single(reading.Problems).Message);
    }

    [Fact]
    public void Where_the_rules_say_the_same_there_is_one_proposal_and_it_is_theirs()
    {
        var reading = HeldToText.Read(new(Text, Sunday), [True], ByRules(True, p => p with { Band = Band.Clear }));
        Assert.Equal(Band.Clear, Assert.Single(reading.Proposals).Band);
        Assert.Empty(reading.Proposals[0].Ties);
    }

    [Fact]
    public void What_a_suggestion_adds_to_the_rules_stands_beside_theirs()
    {
        var reading = HeldToText.Read(new(Text, Sunday), [True], ByRules(True, p => p with { When = null, Places = [] }));
        Assert.Equal((Bearing.Restates, 1, "suggested.adds: place, when"), (reading.Proposals[1].Ties[0].Bearing, reading.Proposals[1].Ties[0].To, reading.Proposals[1].Ties[0].Rule));
        Assert.Equal(Band.Likely, reading.Proposals[1].Band);
    }

    [Fact]
    public void What_the_rules_set_aside_is_said_to_be_set_aside()
    {
        var rules = new TextReading(Text, "en", "english 1", [], [new(0, 200)], [], []);
        Assert.Contains("suggested.set-aside", Codes(HeldToText.Read(new(Text, Sunday), [True], rules).Problems));
    }

    [Fact]
    public void Whatever_is_suggested_a_proposals_quote_is_the_texts_its_number_its_quotes_and_it_is_never_clear()
    {
        var (proposals, counts) = (0, 0);
        for (var seed = 1; seed <= 400; seed++)
        {
            var random = new Random(seed);
            var reading = HeldToText.Read(new(Text, Sunday), [.. Enumerable.Range(0, 12).Select(_ => Lies.Any(random, Text))]);
            Lies.AssertHeld(reading);
            proposals += reading.Proposals.Count;
            counts += reading.Proposals.Count(p => p.Count is not null);
        }

        // Not because nothing was left to look at.
        Assert.True(proposals > 500 && counts > 50, $"{proposals} proposals, {counts} with a number");
    }

    private static TextReading Read(params SuggestedClaim?[] claims) => HeldToText.Read(new(Text, Sunday), claims);

    private static TextReading Read(string text, SuggestedClaim claim) => HeldToText.Read(new(text, Sunday), [claim]);

    private static (Proposal Proposal, IReadOnlyList<Problem> Problems) One(SuggestedClaim claim)
    {
        var reading = Read(claim);
        Lies.AssertHeld(reading);
        return (Assert.Single(reading.Proposals), reading.Problems);
    }

    private static string Refused(SuggestedClaim claim, string code)
    {
        var reading = Read(claim);
        Assert.Empty(reading.Proposals);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal((code, "suggestion 1"), (problem.Code, problem.Place));
        return problem.Message;
    }

    private static IEnumerable<string> Codes(IEnumerable<Problem> problems) => problems.Select(p => p.Code);

    private static TextReading ByRules(SuggestedClaim claim, params Func<Proposal, Proposal>[] changes)
    {
        var proposal = One(claim).Proposal with { Trace = [] };
        return new(Text, "en", "english 1", [.. changes.Select(c => c(proposal))], [], [], []);
    }

    private sealed class OneDay : IDates
    {
        public IReadOnlyList<SaidWhen> In(string original, Span stretch, LocalDate? published, bool isAhead) => [new(TimeSpoken.At(Moment.OnDay(new(2001, 1, 1))), null)];
    }
}
