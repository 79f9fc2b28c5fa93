using Safeconduct.Situation;
using Safeconduct.Situation.Figures;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Withdrawal;
using Safeconduct.Statements.Quantities;
using Xunit;

namespace Safeconduct.Tests.Core.Situation;

public sealed class SpanTests
{
    private const string Total = "left.people.all.old-city.2031-05-01/2031-05-02.said";

    [Theory]
    [InlineData("8079|about 8500|more than 9500", "8079", "none", "S1", "S3")] // the highest claim is a floor: no high
    [InlineData("at least 6000|7500|10000", "7500", "10000", "S2", "S3")] // a bare floor does not set the low
    [InlineData("at least 6000|more than 5000", "5000", "none", "S2", "S1")] // only floors: the lowest of them
    [InlineData("16200|19000|more than 25000|37500", "16200", "37500", "S1", "S4")] // a floor below the highest number
    [InlineData("37500|more than 37500", "37500", "none", "S1", "S2")] // a floor at the highest number leaves it open
    [InlineData("up to 30000", "none", "30000", "", "S1")]
    [InlineData("up to 30000|at least 100", "100", "30000", "S2", "S1")]
    [InlineData("80000-100000|about 50000", "50000", "100000", "S2", "S1")]
    [InlineData("many|not known|hundreds", "none", "none", "", "")] // rows without a number
    [InlineData("many|500", "500", "500", "S2", "S2")]
    [InlineData("0|more than 4500|about 3000", "0", "none", "S1", "S2")] // none is a number
    [InlineData("7000|7000", "7000", "7000", "S1 S2", "S1 S2")]
    [InlineData("more than 9500|about 10000", "10000", "10000", "S2", "S2")]
    public void The_span_is_what_sources_put_forward(string claims, string low, string high, string lowBy, string highBy)
    {
        var figure = Say.Assessed([.. Statements(claims)]).Figure(Total);
        Assert.Equal(
            (low, high, lowBy, highBy),
            (figure.Low?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none", figure.High?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none", figure.LowSupport.Ids(), figure.HighSupport.Ids()));
        Assert.Equal(claims.Split('|').Length, figure.PerSource.Count);
    }

    [Fact]
    public void A_figure_that_its_own_source_replaced_sets_nothing_and_stays_visible()
    {
        var figure = Say.Assessed(
            Say.Total("S1", "ministry/office", Say.Bound("12000")),
            Say.Total("S2", "ministry/office", Say.Bound("20000"), links: Say.Supersedes("S1"))).Figure(Total);
        Assert.Equal((20000, 20000), (figure.Low, figure.High));
        var row = Assert.Single(figure.PerSource);
        Assert.Equal(("S2", "S1"), (row.Now.Select(c => c.Id).Ids(), row.Earlier.Select(c => c.Id).Ids()));
    }

    [Fact]
    public void A_mark_of_replacement_between_two_bodies_silences_neither()
    {
        var figure = Say.Assessed(
            Say.Total("S1", "red-crescent", Say.Bound("50")),
            Say.Total("S2", "ministry", Say.Bound("233"), links: Say.Supersedes("S1"))).Figure(Total);
        Assert.Equal((50, 233, 2), (figure.Low, figure.High, figure.PerSource.Count));
    }

    [Fact]
    public void A_source_that_says_another_number_on_a_later_day_is_taken_at_its_latest_words()
    {
        var figure = Say.Assessed(
            Say.Total("S1", "monitor", Say.Bound("300"), saidAt: "2031-05-03"),
            Say.Total("S2", "monitor", Say.Bound("280"), saidAt: "2031-05-04")).Figure(Total);
        Assert.Equal((280, 280), (figure.Low, figure.High));
    }

    [Fact]
    public void Two_numbers_of_one_source_on_one_day_both_stand_since_nobody_can_say_which_is_later()
    {
        var figure = Say.Assessed(Say.Total("S1", "minister", Say.Bound("8000")), Say.Total("S2", "minister", Say.Bound("7500"))).Figure(Total);
        Assert.Equal((7500, 8000), (figure.Low, figure.High));
    }

    [Fact]
    public void A_total_of_part_of_the_time_sets_no_end_once_its_source_has_gone_on()
    {
        var figure = Say.Assessed(
            Say.Total("S1", "centre", Say.Bound("6462"), words: "first 24 hours"),
            Say.Total("S2", "centre", Say.Bound("more than 9500")),
            Say.Total("S3", "military", Say.Bound("8079"))).Figure(Total);
        Assert.Equal((8079, null), (figure.Low, figure.High));
        Assert.Equal("first 24 hours", figure.PerSource.Single(r => r.Source.Name == "centre").Now.Single(c => c.Id.Value == "S1").Words);
    }

    [Fact]
    public void A_withdrawn_statement_sets_nothing_and_stays_visible()
    {
        var figure = Say.Assessed(
            Say.Total("S1", "monitor", Say.Bound("300")),
            Say.That("S2", "monitor", new Withdrawal(new StatementId("S1"), "a slip"))).Figure(Total);
        Assert.Equal((null, null), (figure.Low, figure.High));
        Assert.Equal("S1", figure.PerSource.Single().Earlier.Select(c => c.Id).Ids());
    }

    [Fact]
    public void A_withdrawal_that_is_itself_withdrawn_has_no_effect()
    {
        var figure = Say.Assessed(
            Say.Total("S1", "monitor", Say.Bound("300")),
            Say.That("S2", "monitor", new Withdrawal(new StatementId("S1"), "a slip")),
            Say.That("S3", "monitor", new Withdrawal(new StatementId("S2"), "it was none"))).Figure(Total);
        Assert.Equal((300, 300), (figure.Low, figure.High));
    }

    [Fact]
    public void A_correction_counts_in_the_place_of_the_original_under_a_lens_that_only_the_original_passes()
    {
        var statements = new[]
        {
            Say.That("S1", "own", new Headcount(Measure.Left, Say.People(Say.Bound("30"))), basis: Safeconduct.Statements.Sources.Basis.Counted),
            Say.That("S2", "desk", new Correction(new StatementId("S1"), "misheard", new Headcount(Measure.Left, Say.People(Say.Bound("13"))))),
        };
        var figure = Assess.Of(statements, Say.Operation, new View(Lens.Parse("basis:counted").Value!)).Figure("left.people.all.old-city.2031-05-01.said");
        Assert.Equal((13, 13), (figure.Low, figure.High));
        Assert.Equal(["S1"], figure.PerSource.SelectMany(r => r.Earlier).Select(c => c.Id.Value));
    }

    [Fact]
    public void Before_it_was_withdrawn_a_statement_binds()
    {
        var statements = new[]
        {
            Say.Total("S1", "monitor", Say.Bound("300"), saidAt: "2031-05-02"),
            Say.That("S2", "monitor", new Withdrawal(new StatementId("S1"), "a slip"), saidAt: "2031-05-04"),
        };
        Assert.Equal(300, Say.At("2031-05-03", statements).Figure(Total).Low);
        Assert.Null(Say.At("2031-05-04", statements).Figure(Total).Low);
    }

    [Fact]
    public void Parts_stand_under_their_whole_and_as_figures_of_their_own()
    {
        var assessed = Say.Assessed(
            Say.That("S1", "centre", new Headcount(Measure.Left, Say.People(Say.Bound("more than 9500")), true, [Say.People(Say.Bound("337"), Category.WoundedOrSick)]), "2031-05-01/2031-05-02"),
            Say.Total("S2", "centre", Say.Bound("more than 4500"), category: Category.Fighters, links: Say.PartOf("S1")));
        var whole = assessed.Figure(Total).PerSource.Single().Now.Single();
        Assert.Equal(["fighters more than 4,500", "wounded or sick people 337"], whole.Including.Select(p => $"{p.Category} {p.Bound}"));
        Assert.Equal(4500, assessed.Figure("left.people.fighters.old-city.2031-05-01/2031-05-02.said").Low);
        Assert.Equal(337, assessed.Figure("left.people.wounded-or-sick.old-city.2031-05-01/2031-05-02.said").High);
    }

    [Fact]
    public void A_running_total_called_civilians_is_laid_beside_totals_of_everybody_with_the_word_shown()
    {
        var figure = Say.Assessed(
            Say.Total("S1", "military", Say.Bound("8079")),
            Say.Total("S2", "minister", Say.Bound("7500"), category: Category.Civilians)).Figure(Total);
        Assert.Equal((7500, 8079), (figure.Low, figure.High));
        Assert.Equal("civilians", figure.PerSource.Single(r => r.Source.Name == "minister").Now.Single().Words);
    }

    [Fact]
    public void A_first_convoy_is_a_figure_of_its_own_and_ten_batches_is_not()
    {
        var assessed = Say.Assessed(
            Say.That("S1", "staff", new Headcount(Measure.Left, Say.People(Say.Bound("951")), Batch: "first convoy")),
            Say.That("S2", "other", new Headcount(Measure.Left, Say.People(Say.Bound("900")), Batch: "the first column")),
            Say.Total("S3", "military", Say.Bound("8079"), batch: "in ten batches"));
        Assert.Equal((900, 951), (assessed.Figure("left.people.all.old-city.first-convoy.2031-05-01.said").Low, assessed.Figure("left.people.all.old-city.first-convoy.2031-05-01.said").High));
        Assert.Equal("in ten batches", assessed.Figure(Total).PerSource.Single().Now.Single().Words);
    }

    [Fact]
    public void Destinations_are_one_unless_inside_the_same_area_or_said_in_the_words()
    {
        var assessed = Say.Assessed(
            Say.Total("S1", "a", Say.Bound("100"), to: "hill"),
            Say.Total("S2", "b", Say.Bound("110"), to: "valley"),
            Say.Total("S3", "c", Say.Bound("120")),
            Say.Total("S6", "f", Say.Bound("115"), to: "hill"),
            Say.Total("S4", "d", Say.Bound("9000"), to: "new-city"),
            Say.Total("S5", "e", Say.Bound("7"), to: "abroad", paraphrase: "Seven were taken to Abroad."));
        Assert.Equal((100, 120), (assessed.Figure(Total).Low, assessed.Figure(Total).High));
        Assert.Equal(9000, assessed.Figure("left.people.all.old-city-to-town.2031-05-01/2031-05-02.said").Low);
        Assert.Equal(7, assessed.Figure("left.people.all.old-city-to-abroad.2031-05-01/2031-05-02.said").Low);
    }

    [Fact]
    public void Once_departures_are_over_the_latest_total_of_each_body_makes_a_closing_figure()
    {
        var assessed = Say.Assessed(
            Say.That("S0", "staff", new Headcount(Measure.Left, Say.People(Say.Bound("12"))), "2031-05-03"),
            Say.Total("S1", "monitor", Say.Bound("27000"), day: "2031-05-03"),
            Say.Total("S2", "un", Say.Bound("750"), day: "2031-05-02"),
            Say.Total("S3", "un-and-sarc", Say.Bound("1200"), day: "2031-05-03"),
            Say.Total("S4", "un-and-sarc", Say.Bound("1300"), day: "2031-05-05"),
            Say.Total("S5", "minister", Say.Bound("40000"), day: "2031-05-05"));
        var closing = assessed.Figure("left.people.all.old-city.2031-05-01/latest.said");
        Assert.Equal((1300, 40000), (closing.Low, closing.High));
        Assert.Equal("S4 S1 S5", string.Join(' ', closing.PerSource.SelectMany(r => r.Now).Select(c => c.Id.Value).OrderBy(i => i is "S4" ? 0 : 1).ThenBy(i => i, StringComparer.Ordinal)));
    }

    [Fact]
    public void A_span_agrees_with_its_slow_obvious_twin()
    {
        var random = new Random(20161216);
        var kinds = new[] { "{0}", "about {0}", "nearly {0}", "at least {0}", "more than {0}", "up to {0}", "many", "not known" };
        for (var round = 0; round < 400; round++)
        {
            var claims = Enumerable.Range(0, random.Next(1, 9))
                .Select(_ => string.Format(System.Globalization.CultureInfo.InvariantCulture, kinds[random.Next(kinds.Length)], random.Next(1, 12)))
                .ToList();
            var figure = Say.Assessed([.. Statements(string.Join('|', claims))]).Figure(Total);
            Assert.Equal(SlowSpan([.. claims.Select(Say.Bound)]), (figure.Low, figure.High));
        }
    }

    /// <summary>The rules of the page read out one after the other, trying every whole number.</summary>
    private static (long? Low, long? High) SlowSpan(IReadOnlyList<Bound> claims)
    {
        bool IsNumber(Bound b) => b.HasNumber && b.VagueWord is null;
        var somebodyGivesANumber = claims.Any(b => IsNumber(b) && b.Low is not null && b.High is not null);
        long? low = null, high = null;
        for (var n = 20L; n >= 0; n--)
        {
            if (claims.Any(b => IsNumber(b) && b.Low == n && (!somebodyGivesANumber || b.High is not null)))
            {
                low = n;
            }
        }

        for (var n = 0L; n <= 20; n++)
        {
            if (claims.Any(b => IsNumber(b) && b.High == n))
            {
                high = n;
            }
        }

        return (low, claims.Any(b => IsNumber(b) && b.High is null && (high is null || b.Low >= high)) ? null : high);
    }

    private static IEnumerable<Statement> Statements(string claims) =>
        claims.Split('|').Select((words, i) => Say.Total($"S{i + 1}", $"source-{i + 1}", Say.Bound(words)));
}
