using NodaTime;
using Safeconduct.Intake.Tables;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Unknown;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Tables;

/// <summary>Dates and numbers as people write them into cells.</summary>
public class CellTests
{
    private static readonly DateTimeZone Plus3 = DateTimeZone.ForOffset(Offset.FromHours(3));

    [Theory]
    [InlineData("2031-05-02", null, "2031-05-02")]
    [InlineData("2031-05", null, "2031-05")]
    [InlineData("2031/05/02", null, "2031-05-02")]
    [InlineData("2 May 2031", null, "2031-05-02")]
    [InlineData("May 2, 2031", null, "2031-05-02")]
    [InlineData("2-sep-2031", null, "2031-09-02")]
    [InlineData("May 2031", null, "2031-05")]
    [InlineData("25/12/2031", null, "2031-12-25")]
    [InlineData("12/25/2031", null, "2031-12-25")]
    [InlineData("05.05.2031", null, "2031-05-05")]
    [InlineData("03/04/2031", DateOrder.DayMonthYear, "2031-04-03")]
    [InlineData("03/04/2031", DateOrder.MonthDayYear, "2031-03-04")]
    [InlineData("٠٣/٠٤/٢٠٣١", DateOrder.DayMonthYear, "2031-04-03")]
    [InlineData("47970", DateOrder.Serial, "2031-05-02")]
    [InlineData("46508", DateOrder.Serial1904, "2031-05-02")]
    [InlineData("47970.75", DateOrder.Serial, "2031-05-02T18:00:00+03:00")]
    [InlineData("2031-05-02 18:00", null, "2031-05-02T18:00:00+03:00")]
    [InlineData("02/05/2031 6:30 PM", DateOrder.DayMonthYear, "2031-05-02T18:30:00+03:00")]
    [InlineData("2031-05-02T18:00:07.123Z", null, "2031-05-02T18:00:07Z")]
    [InlineData("2031-05-02T18:00:07.123+02:00", null, "2031-05-02T18:00:07+02:00")]
    [InlineData("2031-05-02/2031-05-04", null, "2031-05-02/2031-05-04")]
    public void A_date_is_read_as_it_is_written(string text, DateOrder? order, string read)
    {
        var reading = Grids.Read($"Date,From,Count\n\"{text}\",old-town,3\n", Grids.Plain() with { Dates = order }, Plus3);
        Assert.Empty(reading.Problems);
        var about = Assert.Single(reading.Statements).About;
        Assert.Equal(read, about.IsInterval ? $"{about.Start}/{about.End}" : about.Start.ToString());
    }

    [Theory]
    [InlineData("03/04/2031", null, "table.date-order", "a day in March or in April")]
    [InlineData("13/14/2031", null, "table.not-a-date", "is not a date")]
    [InlineData("31/02/2031", DateOrder.DayMonthYear, "table.not-a-date", "is not a date")]
    [InlineData("12/25/2031", DateOrder.DayMonthYear, "table.not-a-date", "is not a date")]
    [InlineData("3/4/31", DateOrder.DayMonthYear, "table.short-year", "write all four")]
    [InlineData("47970", null, "table.plain-number", "a plain number and no date")]
    [InlineData("yesterday", null, "table.not-a-date", "write it as 2031-05-02")]
    [InlineData("2031-05-02 18:00", null, "table.clock", "has an hour and no offset")]
    public void A_date_that_can_be_read_in_two_ways_or_in_none_is_refused_by_row_and_column(string text, DateOrder? order, string code, string message) =>
        Grids.AssertRefused(Grids.Read($"Date,From,Count\n2031-05-01,old-town,1\n{text},old-town,3\n", Grids.Plain() with { Dates = order }), code, "row 3, column 'Date'", message);

    [Theory]
    [InlineData("300", "300")]
    [InlineData("\"1,204\"", "1,204")]
    [InlineData("1 204", "1,204")]
    [InlineData("1\u00A0204", "1,204")]
    [InlineData("٣٠٠", "300")]
    [InlineData("more than 300", "more than 300")]
    [InlineData(">300", "more than 300")]
    [InlineData(">= 300", "at least 300")]
    [InlineData("300+", "at least 300")]
    [InlineData("300 or more", "at least 300")]
    [InlineData("<50", "fewer than 50")]
    [InlineData("≤50", "up to 50")]
    [InlineData("about 300", "about 300")]
    [InlineData("~300", "about 300")]
    [InlineData("50-60", "50 to 60")]
    [InlineData("50 – 60", "50 to 60")]
    [InlineData("between 50 and 60", "50 to 60")]
    [InlineData("hundreds", "hundreds")]
    [InlineData("none", "none")]
    [InlineData("0", "none")]
    public void A_number_keeps_the_words_that_bound_it(string cell, string bound)
    {
        if (cell == "1 204")
        {
            // A plain space may stand between two numbers: nobody can say which was meant.
            Grids.AssertRefused(Grids.Read($"Date,From,Count\n2031-05-02,old-town,{cell}\n"), "table.not-a-number", "row 2, column 'Count'", "'1 204' is not a number");
            return;
        }

        var reading = Grids.Read($"Date,From,Count\n2031-05-02,old-town,{cell}\n");
        Assert.Empty(reading.Problems);
        Assert.Equal(bound, Assert.IsType<Headcount>(Assert.Single(reading.Statements).Said).Counted.Bound.ToString());
    }

    [Fact]
    public void A_bound_of_a_cell_outranks_the_words_of_the_statement()
    {
        var reading = Grids.Read("Date,From,Count,Said\n2031-05-02,old-town,>300,The authority said that 300 people left.\n", Grids.Plain(("paraphrase", new(Column: "Said"))));
        Assert.Equal("more than 300", Assert.IsType<Headcount>(Assert.Single(reading.Statements).Said).Counted.Bound.ToString());
    }

    [Fact]
    public void A_number_that_is_not_known_is_said_to_be_so() =>
        Assert.IsType<Unknown>(Assert.Single(Grids.Read("Date,From,Count\n2031-05-02,old-town,not known\n").Statements).Said);

    [Theory]
    [InlineData("a lot of buses", "table.not-a-number", "write 300, 'more than 300'")]
    [InlineData("1.204", "table.not-a-number", "thousands without a mark or with a comma")]
    [InlineData("-3", "table.negative", "below zero")]
    [InlineData("9000000000000", "table.too-large", "check the number")]
    public void What_is_no_number_is_refused_by_row_and_column(string cell, string code, string message) =>
        Grids.AssertRefused(Grids.Read($"Date,From,Count\n2031-05-02,old-town,{cell}\n"), code, "row 2, column 'Count'", message);

    [Fact]
    public void The_two_ends_may_stand_in_columns_of_their_own()
    {
        var mapping = Grids.Plain(("low", new(Column: "Min")), ("high", new(Column: "Max"))) with { };
        var fields = mapping.Fields.Where(f => f.Key != "quantity").ToDictionary(StringComparer.Ordinal);
        var reading = Grids.Read("Date,From,Min,Max\n2031-05-02,old-town,50,60\n2031-05-03,old-town,70,\n2031-05-04,old-town,,90\n", mapping with { Fields = fields });
        Assert.Equal(["50 to 60", "at least 70", "up to 90"], reading.Statements.Select(s => ((Headcount)s.Said).Counted.Bound.ToString()));
        Grids.AssertRefused(Grids.Read("Date,From,Min,Max\n2031-05-02,old-town,60,50\n", mapping with { Fields = fields }), "list.low-above-high", "row 2, column 'Min'", "swap them");
    }
}
