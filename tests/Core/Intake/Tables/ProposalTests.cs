using Safeconduct.Intake.Tables;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Tables;

public class ProposalTests
{
    /// <summary>Header or tag, and the field that it is proposed for.</summary>
    [Theory]
    [InlineData("Reported on", "published")]
    [InlineData("date_of_departure", "about")]
    [InlineData("group/Date Occurred*", "about")]
    [InlineData("Date du départ", "about")]
    [InlineData("Источник", "source")]
    [InlineData("المصدر", "source")]
    [InlineData("Откуда", "place_from")]
    [InlineData("Destination", "place_to")]
    [InlineData("#date +occurred", "about")]
    [InlineData("#date+reported", "published")]
    [InlineData("#org+reporting", "source")]
    [InlineData("#loc+name+origin+v_pcode", "place_from")]
    [InlineData("#loc+dest+name", "place_to")]
    [InlineData("#loc +name", "place_from")]
    [InlineData("#description+original", "paraphrase")]
    [InlineData("#meta+id", "id")]
    [InlineData("#meta+url", "url")]
    [InlineData("#event+type", "kind")]
    [InlineData("#affected+ind+evacuated+min", "low")]
    [InlineData("#affected+evacuated+max", "high")]
    [InlineData("#affected+killed", "quantity")]
    public void A_header_or_a_hashtag_says_what_its_column_is(string header, string field)
    {
        var proposal = Proposal.For(Grids.Of($"{header},Shoe size\nx,y\n"));
        var from = proposal.Mapping.Fields[field];
        Assert.NotNull(from.Why);
        Assert.Equal(header.StartsWith('#') ? Hxl(header) : header, from.Column);
        Assert.DoesNotContain(proposal.Mapping.All, p => p.From.Column == "Shoe size");
    }

    [Theory]
    [InlineData("#affected+ind+evacuated+f", "movement", "women who left")]
    [InlineData("#affected+killed+children", "casualty", "children killed")]
    [InlineData("#affected+injured", "casualty", "people wounded")]
    [InlineData("Fatalities", "casualty", "people killed")]
    [InlineData("Эвакуировано", "movement", "people who left")]
    public void A_count_says_the_kind_and_who_it_is_of(string header, string kind, string category)
    {
        var fields = Proposal.For(Grids.Of($"{header},other\n3,y\n")).Mapping.Fields;
        Assert.Equal((kind, category), (fields["kind"].Always, fields["category"].Always));
    }

    [Fact]
    public void A_tagged_table_under_its_title_is_complete_but_for_the_type_of_its_source()
    {
        var table = Grids.Of("Evacuations of May,,,,\nRef,Day,Told,Who,Where,Low,High,Words\n#meta+id,#date+occurred,#date+reported,#org+reporting,#loc+name+origin,#affected+evacuated+min,#affected+evacuated+max,#description+original\nH-1,2031-05-02,2031-05-03,Valley Monitors,Old Town,300,,The monitors counted more than 300 people who left.\n");
        Assert.Equal(2, table.HeaderRow);
        var proposal = Proposal.For(table);
        var missing = Assert.Single(proposal.Missing);
        Assert.Equal(("mapping.missing", "fields.source_type"), (missing.Code, missing.Place));
        Assert.Contains("of what type the source is", missing.Message, StringComparison.Ordinal);

        var reading = TableReader.Read(table, proposal.Mapping.WithAlways("source_type", "monitor-group"), Grids.Places);
        Assert.Empty(reading.Problems);
        var said = Assert.Single(reading.Statements);
        Assert.Equal(("H-1", "old-town"), (said.Id.Value, said.Where.From?.Value));
        Assert.Equal("more than 300", ((Safeconduct.Statements.Kinds.Headcount.Headcount)said.Said).Counted.Bound.ToString());
        Assert.Equal(4, Assert.Single(reading.Becomes.How).Line);
    }

    [Fact]
    public void Hashtags_without_a_header_above_them_name_the_columns_themselves() =>
        Assert.Equal(["#date+occurred", "#affected"], Grids.Of("#date +occurred,#affected\n2031-05-02,3\n").Columns.Select(c => c.Name));

    [Fact]
    public void Two_columns_that_could_be_one_field_are_named_and_neither_is_taken()
    {
        var proposal = Proposal.For(Grids.Of("Date,Day,Count\n2031-05-02,2031-05-02,3\n"));
        Assert.False(proposal.Mapping.Fields.ContainsKey("about"));
        Assert.Contains(proposal.Missing, m => m is { Code: "mapping.two-columns", Place: "fields.about" } && m.Message.StartsWith("'Date' and 'Day' could both be", StringComparison.Ordinal));
    }

    [Fact]
    public void Several_counts_of_a_row_are_statements_of_their_own()
    {
        var table = Grids.Of("Ref,Date,Reported on,Source,Source type,Evacuees,Women,Men\nA-1,2031-05-02,2031-05-02,Valley Monitors,NGO,30,12,\n");
        var proposal = Proposal.For(table);
        Assert.True(proposal.IsComplete, string.Join('\n', proposal.Missing));
        var reading = TableReader.Read(table, proposal.Mapping);
        Assert.Equal(["A-1:evacuees", "A-1:women"], reading.Statements.Select(s => s.Id.Value));
        Assert.Equal(["all", "women"], reading.Statements.Select(s => ((Safeconduct.Statements.Kinds.Headcount.Headcount)s.Said).Counted.Category.Slug));
    }

    [Theory]
    [InlineData("25/04/2031", "03/04/2031", DateOrder.DayMonthYear, true)]
    [InlineData("04/25/2031", "03/04/2031", DateOrder.MonthDayYear, true)]
    [InlineData("05/04/2031", "03/04/2031", null, false)]
    [InlineData("2031-04-05", "2031-04-03", null, true)]
    [InlineData("May 25, 2031", "May 2, 2031", null, true)]
    public void The_order_of_dates_is_proposed_only_where_one_of_them_leaves_no_doubt(string first, string second, DateOrder? order, bool clear)
    {
        var proposal = Proposal.For(Grids.Of($"Date,Count\n\"{first}\",3\n\"{second}\",4\n"));
        Assert.Equal(order, proposal.Mapping.Dates);
        Assert.Equal(!clear, proposal.Missing.Any(m => m is { Code: "table.date-order", Place: "dates" }));
    }

    [Fact]
    public void Words_that_are_no_kind_are_named_so_that_somebody_says_what_they_are()
    {
        var table = Grids.Of("Date,Type,Count\n2031-05-02,Shelling,3\n2031-05-03,Picnic,4\n");
        var proposal = Proposal.For(table);
        Assert.Contains(proposal.Missing, m => m is { Code: "mapping.unknown-words", Place: "fields.kind" } && m.Message.Contains("'Picnic'", StringComparison.Ordinal) && !m.Message.Contains("Shelling", StringComparison.Ordinal));
        Assert.Equal(["Picnic"], Assert.Single(Proposal.Unknown(table, proposal.Mapping)).Words);
    }

    private static string Hxl(string tag) => tag.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
