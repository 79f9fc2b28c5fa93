using FsCheck;
using FsCheck.Fluent;
using Safeconduct.Intake.List;
using Safeconduct.Intake.Tables;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Tables;

public class TableReaderTests
{
    [Fact]
    public void A_row_of_a_table_is_read_as_the_same_row_of_a_list_is()
    {
        const string List = """{"id":"A-1","published":"2031-05-03","about":"2031-05-02","kind":"movement","source_type":"party","place_from":"old-town","source":"Harbour Authority","category":"people who left","quantity":{"low":300,"high":300},"paraphrase":"The authority counted 300 people who left, including 20 children."}""";
        var mapping = Grids.Plain(("id", new("Ref")), ("paraphrase", new("Said")));
        var table = Assert.Single(Grids.Read("Ref,Date,From,Count,Said\nA-1,2031-05-02,Old Town,300,\"The authority counted 300 people who left, including 20 children.\"\n", mapping).Statements);
        var list = Assert.Single(StatementListReader.Read(System.Text.Encoding.UTF8.GetBytes(List), Grids.Places).Statements);
        Assert.Equal(StatementBytes.Write(list with { Imported = table.Imported }), StatementBytes.Write(table));
    }

    [Fact]
    public void The_whole_row_is_kept_with_what_no_field_took()
    {
        var reading = Grids.Read("Date,From,Count,Shoe size\n2031-05-02,old-town,3,44\n");
        Assert.Equal("""{"Date":"2031-05-02","From":"old-town","Count":"3","Shoe size":"44"}""", Assert.Single(reading.Statements).Imported!.Row);
        Assert.Contains("No field takes the column 'Shoe size'; kept with each row.", reading.Remarks);
    }

    [Fact]
    public void Without_words_of_its_own_a_row_says_its_number_and_who_in_one_sentence() =>
        Assert.Equal("More than 300 people who left.", "M" + Assert.Single(Grids.Read("Date,From,Count\n2031-05-02,old-town,>300\n").Statements).Paraphrase![1..]);

    [Fact]
    public void One_bad_row_and_nothing_is_taken_yet_the_others_are_shown()
    {
        var reading = Grids.Read("Date,From,Count\n2031-05-02,old-town,3\n2031-05-03,atlantis,4\n");
        Grids.AssertRefused(reading, "list.unknown-place", "row 3, column 'From'", "'atlantis' is not in the places handed in");
        Assert.Equal([2], reading.Becomes.How.Select(h => h.Line));
    }

    [Fact]
    public void A_row_that_is_part_of_one_that_can_not_be_read_is_shown_and_refused()
    {
        var mapping = Grids.Plain(("id", new("Ref")), ("part_of", new("Of")));
        var reading = Grids.Read("Ref,Date,From,Count,Of\nA,never,old-town,9,\nB,2031-05-02,old-town,3,A\n", mapping);
        Assert.Equal([("table.not-a-date", "row 2, column 'Date'"), ("list.unknown-id", "row 3, column 'Of'")], reading.Problems.Select(p => (p.Problem.Code, p.Problem.Place)));
        Assert.Empty(reading.Statements);
    }

    [Theory]
    [InlineData("Old Town")]
    [InlineData("OLD TOWN")]
    [InlineData("البلدة القديمة")]
    [InlineData("old-town")]
    [InlineData("OT")]
    public void A_place_is_known_by_its_id_its_names_or_the_words_of_the_mapping(string place)
    {
        var mapping = Grids.Plain(("place_from", new("From", Words: new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["ot"] = "old-town" })));
        Assert.Equal("old-town", Assert.Single(Grids.Read($"Date,From,Count\n2031-05-02,{place},3\n", mapping).Statements).Where.From?.Value);
    }

    [Fact]
    public void A_name_that_two_places_bear_is_refused_with_both() =>
        Grids.AssertRefused(Grids.Read("Date,From,Count\n2031-05-02,Mill,3\n"), "table.place-name-twice", "row 2, column 'From'", "mill-north, mill-south");

    [Fact]
    public void A_row_that_says_the_same_as_another_is_refused_or_numbered_as_the_mapping_says()
    {
        const string Csv = "Date,From,Count\n2031-05-02,old-town,3\n2031-05-03,old-town,4\n2031-05-02,old-town,3\n";
        Grids.AssertRefused(Grids.Read(Csv), "table.same-row-twice", "row 4", "what row 2 says");
        var numbered = Grids.Read(Csv, Grids.Plain() with { NumbersSameRows = true });
        Assert.Equal(numbered.Statements[0].Id.Value + ".2", numbered.Statements[2].Id.Value);
        Assert.Contains(numbered.Remarks, r => r.Contains("got a number of its own", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_id_twice_names_both_rows() =>
        Grids.AssertRefused(Grids.Read("Ref,Date,From,Count\nA,2031-05-02,old-town,3\nA,2031-05-03,old-town,4\n", Grids.Plain(("id", new("Ref")))), "list.same-id-twice", "row 3, column 'Ref'", "A is the id of row 2 too");

    [Fact]
    public void Rows_that_the_mapping_leaves_out_are_named_and_not_read()
    {
        var reading = Grids.Read("Date,From,Count\n2031-05-02,old-town,3\nTOTAL,,3\n", Grids.Plain() with { LeaveOut = [new LeftOut("date", ["Total"])] });
        Assert.Single(reading.Statements);
        Assert.Equal(new PassedOver(3, "left out by the mapping: 'date' is 'TOTAL'"), Assert.Single(reading.PassedOver));
    }

    [Theory]
    [InlineData("Date,From,Count\n,old-town,3\n", "list.missing", "row 2, column 'Date'")]
    [InlineData("Date,From,Count\n1731-05-02,old-town,3\n", "list.not-a-time", "row 2, column 'Date'")]
    public void A_missing_or_impossible_cell_is_refused_by_row_and_column(string csv, string code, string place) =>
        Assert.Equal((code, place), (Grids.Read(csv).Problems[0].Problem.Code.Replace("table.not-a-date", "list.not-a-time", StringComparison.Ordinal), Grids.Read(csv).Problems[0].Problem.Place));

    [Fact]
    public void More_than_a_hundred_problems_end_the_reading()
    {
        var reading = Grids.Read("Date,From,Count\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"never {i},old-town,3\n")));
        Assert.Equal(100, reading.Problems.Count);
        Assert.Equal("list.too-many-problems", reading.Problems[^1].Problem.Code);
    }

    /// <summary>The same rows in another file, in another order, under another title: the same statements, by id and by bytes.</summary>
    [Fact]
    public void A_law_what_a_row_becomes_does_not_depend_on_the_file_or_the_place_in_it()
    {
        var row = from day in Gen.Choose(1, 28) from count in Gen.Elements("3", ">300", "about 50", "50-60", "hundreds") from place in Gen.Elements("old-town", "Lowmoor")
                  select $"2031-05-{day:00},{place},{count}";
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(row.ListOf().Where(r => r.Count > 0).ToArbitrary(), rows =>
        {
            var distinct = rows.Distinct().ToList();
            var once = Grids.Read("Date,From,Count\n" + string.Join('\n', distinct));
            var again = Grids.Read("\nDate,From,Count\n" + string.Join("\n\n", distinct.AsEnumerable().Reverse()));
            Assert.Empty(once.Problems);
            Assert.Equal(Said(once), Said(again));
            Assert.Equal(distinct.Count, once.Statements.Select(s => s.Id).Distinct().Count());
        }));
    }

    private static IEnumerable<string> Said(TableReading reading) => reading.Statements.Select(s => Convert.ToHexString(StatementBytes.Write(s))).Order(StringComparer.Ordinal);
}
