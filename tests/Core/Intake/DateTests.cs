using NodaTime;
using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts.Dates;
using Safeconduct.Statements.Times;
using Xunit;

namespace Safeconduct.Tests.Core.Intake;

public class DateTests
{
    /// <summary>A Friday.</summary>
    private static readonly LocalDate Published = new(2016, 12, 16);

    [Theory]
    [InlineData("They left on 16 December 2016 at dawn", "2016-12-16")]
    [InlineData("They left on 16 Dec. 2016.", "2016-12-16")]
    [InlineData("They left on 16 Dec.", "2016-12-16")]
    [InlineData("On December 15, 2016, buses left", "2016-12-15")]
    [InlineData("On Dec 15 buses left", "2016-12-15")]
    [InlineData("On Dec. 15 buses left", "2016-12-15")]
    [InlineData("the 16th of December", "2016-12-16")]
    [InlineData("the first of March", "2016-03-01")]
    [InlineData("December 3rd", "2016-12-03")]
    [InlineData("On 30 April 20 civilians left", "2016-04-30")]
    [InlineData("On April 30 20 civilians left", "2016-04-30")]
    [InlineData("2016-12-15: a bus left", "2016-12-15")]
    [InlineData("on 15/12/2016", "2016-12-15")]
    [InlineData("on 15.12.2016.", "2016-12-15")]
    [InlineData("on 12/15/2016", "2016-12-15")]
    [InlineData("on 12.12.2016", "2016-12-12")]
    [InlineData("15/12 - Anchored at noon", "2016-12-15")]
    [InlineData("in mid-May", "2016-05")]
    [InlineData("in late October they", "2016-10")]
    [InlineData("at the end of October", "2016-10")]
    [InlineData("in May 2014", "2014-05")]
    [InlineData("In May they left", "2016-05")]
    [InlineData("since the siege of 2014 began", "2014-01/2014-12")]
    [InlineData("the truce (2014) held", "2014-01/2014-12")]
    [InlineData("from 12-15 May", "2016-05-12/2016-05-15")]
    [InlineData("from 12 to 15 May 2015", "2015-05-12/2015-05-15")]
    [InlineData("between 12 and 15 May", "2016-05-12/2016-05-15")]
    [InlineData("12 May – 15 May", "2016-05-12/2016-05-15")]
    [InlineData("12 – 15 May", "2016-05-12/2016-05-15")]
    [InlineData("May 12-15, 2015", "2015-05-12/2015-05-15")]
    [InlineData("12, 13 and 14 May", "2016-05-12/2016-05-14")]
    [InlineData("The evacuation began on Friday", "2016-12-16")]
    [InlineData("The evacuation began on Thursday night", "2016-12-15")]
    [InlineData("It began last Friday", "2016-12-09")]
    [InlineData("It resumes next Monday", "2016-12-19")]
    [InlineData("on Thursday, 15 December 2016,", "2016-12-15")]
    [InlineData("on Thursday, December 15,", "2016-12-15")]
    [InlineData("on Thu 15 Dec", "2016-12-15")]
    [InlineData("yesterday", "2016-12-15")]
    [InlineData("the day before yesterday", "2016-12-14")]
    [InlineData("today", "2016-12-16")]
    [InlineData("tomorrow", "2016-12-17")]
    [InlineData("tonight", "2016-12-16")]
    [InlineData("Beginning this morning, hostages", "2016-12-16")]
    [InlineData("last night", "2016-12-15")]
    [InlineData("three days ago", "2016-12-13")]
    [InlineData("10 days ago", "2016-12-06")]
    [InlineData("last month", "2016-11")]
    [InlineData("last year", "2015-01/2015-12")]
    [InlineData("SITUATION AS OF 17 DEC 2016", "2016-12-17")]
    [InlineData("FIFTY LEFT ON 5 NOVEMBER", "2016-11-05")]
    [InlineData("BROADCAST 04 OCT 16 IN FRENCH", "2016-10-04")]
    [InlineData("IN MAY THEY LEFT", "2016-05")]
    [InlineData("on the 7th, fighters left", "2016-12-07")]
    [InlineData("on the 20th, fighters left", "2016-11-20")]
    [InlineData("the night of the 15th", "2016-12-15")]
    [InlineData("ready to meet on the 15th\n\nAN ANSWER", "2016-12-15")]
    [InlineData("On 20 December a convoy left", "2015-12-20")]
    public void A_date_is_read_and_resolved(string text, string time) => Assert.Equal(time, Resolved(text, Published, null, false));

    [Theory]
    [InlineData("Later that day", "2016-12-10")]
    [InlineData("The following day", "2016-12-11")]
    [InlineData("the next morning", "2016-12-11")]
    [InlineData("On the same day", "2016-12-10")]
    [InlineData("two days later", "2016-12-12")]
    [InlineData("two days afterwards", "2016-12-12")]
    [InlineData("three days earlier", "2016-12-07")]
    [InlineData("A day later", "2016-12-11")]
    [InlineData("the day before, buses", "2016-12-09")]
    [InlineData("Earlier in the day", "2016-12-10")]
    [InlineData("Later in the morning", "2016-12-10")]
    [InlineData("on the 12th they left", "2016-12-12")]
    [InlineData("on the 28th they left", "2016-11-28")]
    public void A_date_may_count_from_the_one_last_spoken_of(string text, string time) => Assert.Equal(time, Resolved(text, Published, new(2016, 12, 10), false));

    [Theory]
    [InlineData("Later in the day", "2016-12-16")]
    [InlineData("later this evening", "2016-12-16")]
    [InlineData("The following day", null)]
    [InlineData("two days later", null)]
    public void Without_one_only_the_hours_of_a_day_count_from_the_publication(string text, string? time) => Assert.Equal(time, Resolved(text, Published, null, false));

    [Theory]
    [InlineData("will begin on Friday", "2016-12-23")]
    [InlineData("will begin on Monday", "2016-12-19")]
    [InlineData("will begin on 20 December", "2016-12-20")]
    [InlineData("will begin on 3 January", "2017-01-03")]
    [InlineData("will begin in March", "2017-03")]
    [InlineData("will begin on the 3rd,", "2017-01-03")]
    [InlineData("was promised for 10 December", "2016-12-10")]
    public void What_is_still_to_come_lies_ahead(string text, string time) => Assert.Equal(time, Resolved(text, Published, null, true));

    [Theory]
    [InlineData("They may have left")]
    [InlineData("It may take 12 days")]
    [InlineData("MAY HAVE LEFT")]
    [InlineData("20 MAY HAVE LEFT")]
    [InlineData("May God help them")]
    [InlineData("The march went on")]
    [InlineData("to March")]
    [InlineData("March through the town")]
    [InlineData("The Sun said so")]
    [InlineData("They sat down")]
    [InlineData("Sat there")]
    [InlineData("a second bus")]
    [InlineData("the second bus")]
    [InlineData("the 7th Brigade")]
    [InlineData("of the 82nd Airborne Division")]
    [InlineData("on the 7th floor")]
    [InlineData("Resolution 2016 was adopted")]
    [InlineData("2016 people left")]
    [InlineData("in 2016 people left")]
    [InlineData("on 05/12/2016")]
    [InlineData("on 05.12.2016")]
    [InlineData("2,016 people")]
    [InlineData("05/12 - Anchored at noon")]
    [InlineData("open 24/7 since")]
    [InlineData("every Friday")]
    [InlineData("12 to 15 buses")]
    [InlineData("1999-2000 m")]
    [InlineData("the day before the truce")]
    [InlineData("32 May be")]
    [InlineData("a BM-21 and an M1991")]
    public void What_only_looks_like_a_date_is_none(string text) => Assert.Empty(Found(text));

    [Theory]
    [InlineData("since 12 December")]
    [InlineData("since Friday")]
    [InlineData("since the 7th,")]
    [InlineData("from 12 December onwards")]
    [InlineData("from 12 December")]
    [InlineData("in the last 24 hours")]
    [InlineData("over the past three days")]
    [InlineData("for the past week")]
    [InlineData("in recent days")]
    [InlineData("Since yesterday")]
    public void A_time_with_an_open_end_is_marked(string text)
    {
        var date = Assert.Single(Found(text));
        Assert.True(date.IsOpen);
        Assert.Equal(0, date.From);
    }

    [Theory]
    [InlineData("from 12 to 15 May")]
    [InlineData("from Monday to Friday")]
    [InlineData("from 28 April to 3 May")]
    public void A_time_with_both_ends_is_not_open(string text) => Assert.False(Found(text)[0].IsOpen);

    [Theory]
    [InlineData("30 February 2016")]
    [InlineData("31 November")]
    [InlineData("29 February 2015")]
    public void A_day_that_no_calendar_has_is_no_time(string text)
    {
        Assert.Null(Resolved(text, Published, null, false));
        Assert.Null(Resolved(text, null, null, false));
    }

    [Fact]
    public void The_29th_of_February_is_looked_for_some_years_back() => Assert.Equal("2012-02-29", Resolved("29 February", new(2015, 5, 1), null, false));

    [Theory]
    [InlineData("on Friday", null)]
    [InlineData("yesterday", null)]
    [InlineData("12 May", null)]
    [InlineData("12 May 2014", "2014-05-12")]
    [InlineData("May 2014", "2014-05")]
    public void Without_the_publication_date_only_whole_dates_are_read(string text, string? time) => Assert.Equal(time, Resolved(text, null, null, false));

    [Fact]
    public void A_date_does_not_reach_over_the_end_of_a_sentence()
    {
        var dates = Found("27 dead since Sunday. 3 July. Rest.");
        Assert.Equal([true, false], dates.Select(d => d.IsOpen));
    }

    [Fact]
    public void The_words_of_a_date_are_its_own()
    {
        var wording = new Wording().Read("On Friday, 16 December 2016, and since 12 May, in mid-May and on 30 April 20 left", Lexicon.English);
        var dates = new List<DateMention>();
        DateFinder.Find(wording, Lexicon.English, dates);
        Assert.Equal(["Friday, 16 December 2016", "since 12 May", "mid-May", "30 April"], dates.Select(d => wording.Between(d.From, d.To)));
    }

    private static List<DateMention> Found(string text)
    {
        var dates = new List<DateMention>();
        DateFinder.Find(new Wording().Read(text, Lexicon.English), Lexicon.English, dates);
        return dates;
    }

    private static string? Resolved(string text, LocalDate? published, LocalDate? last, bool isFuture) =>
        DateResolving.Resolve(Assert.Single(Found(text)), published, last, isFuture)?.ToString();
}
