using System.Text.Json;
using Xunit;

namespace Safeconduct.Tests.Edges;

/// <summary>A table taken in by the command, as a user would.</summary>
public sealed class TableImportTests : IDisposable
{
    private const string Places = """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"old-town","name_en":"Old Town","kind":"district"},"geometry":{"type":"Point","coordinates":[30,50]}}]}""";
    private const string Counts = "Ref,Date,Reported on,Source,Source type,From,Evacuees\nA-1,2031-05-02,2031-05-03,Harbour Authority,party,Old Town,>300\nA-2,2031-05-03,2031-05-04,Harbour Authority,party,Old Town,about 50\n";

    private readonly Running _run = new();

    public TableImportTests()
    {
        File.WriteAllText(_run.In("places.geojson"), Places);
        var founded = _run.Safeconduct("init", "book", "--places", "places.geojson", "--time-zone", "Europe/Kyiv");
        Assert.True(founded.Exit == 0, founded.Error);
    }

    [Fact]
    public void A_complete_table_is_tried_taken_in_and_taken_in_again()
    {
        File.WriteAllText(_run.In("counts.csv"), Counts);
        var tried = _run.Safeconduct("import", "counts.csv", "-o", "book", "--dry-run");
        Assert.Equal(0, tried.Exit);
        Assert.Contains("row 2: A-1 movement -> headcount left people all = more than 300", tried.Output, StringComparison.Ordinal);
        Assert.Contains("published <- 'Reported on' (header 'reported on')", tried.Output, StringComparison.Ordinal);
        Assert.Contains("2 new, 0 there already, 0 unmapped, 0 problems. Nothing was recorded.", tried.Output, StringComparison.Ordinal);
        Assert.Equal("2 statements recorded, 0 were there already, 0 unmapped (kept as they are).", _run.Safeconduct("import", "counts.csv", "-o", "book").Output.Trim());
        Assert.Equal("0 statements recorded, 2 were there already, 0 unmapped (kept as they are).", _run.Safeconduct("import", "counts.csv", "-o", "book").Output.Trim());

        File.WriteAllText(_run.In("counts.csv"), Counts.Replace(">300", "900", StringComparison.Ordinal));
        var other = _run.Safeconduct("import", "counts.csv", "-o", "book", "--dry-run");
        Assert.Equal(1, other.Exit);
        Assert.Contains("other words stand under this id in the book", other.Output, StringComparison.Ordinal);
        var refused = _run.Safeconduct("import", "counts.csv", "-o", "book");
        Assert.Equal(1, refused.Exit);
        Assert.Contains("[book.same-id-other-words]", refused.Error, StringComparison.Ordinal);
        Assert.Contains("300", refused.Error, StringComparison.Ordinal);
        Assert.Contains("900", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_is_read_by_sheet_and_the_dry_run_tells_all_of_it_as_JSON()
    {
        File.WriteAllBytes(_run.In("counts.xlsx"), Books.Of(
            ("Notes", [["Made by", "the desk"], ["x", "y"]]),
            ("Counts", [["Ref", "Date", "Reported on", "Source", "Source type", "From", "Evacuees"], ["A-1", new DateOnly(2031, 5, 2), new DateOnly(2031, 5, 3), "Harbour Authority", "party", "Old Town", ("=100+20", "120")]])));
        var which = _run.Safeconduct("import", "counts.xlsx", "-o", "book");
        Assert.Equal(1, which.Exit);
        Assert.Contains("'Notes', 'Counts'", which.Error, StringComparison.Ordinal);
        Assert.Contains("[table.which-sheet]", which.Error, StringComparison.Ordinal);

        var tried = _run.Safeconduct("import", "counts.xlsx", "--sheet", "Counts", "-o", "book", "--dry-run", "--json");
        Assert.True(tried.Exit == 0, tried.Error + tried.Output);
        using var json = JsonDocument.Parse(tried.Output);
        var row = Assert.Single(json.RootElement.GetProperty("rows").EnumerateArray());
        Assert.Equal((2, "A-1", "headcount", "new"), (row.GetProperty("row").GetInt32(), row.GetProperty("id").GetString(), row.GetProperty("kind").GetString(), row.GetProperty("standing").GetString()));
        Assert.Equal("1 cell is made by a formula; taken as last saved.", json.RootElement.GetProperty("remarks")[0].GetString());
        Assert.Equal("Counts", json.RootElement.GetProperty("mapping").GetProperty("sheet").GetString());
        Assert.Equal(0, json.RootElement.GetProperty("recorded").GetInt32());

        var taken = _run.Safeconduct("import", "counts.xlsx", "--sheet", "Counts", "-o", "book", "--json");
        Assert.Equal("""{"already_there":0,"recorded":1,"unmapped":0}""", taken.Output.Trim());
    }

    [Fact]
    public void An_incomplete_proposal_is_refused_with_what_is_missing_and_can_be_completed()
    {
        File.WriteAllText(_run.In("counts.csv"), Counts.Replace("Source type", "Shoe size", StringComparison.Ordinal));
        var refused = _run.Safeconduct("import", "counts.csv", "-o", "book");
        Assert.Equal(1, refused.Exit);
        Assert.Contains("counts.csv:fields.source_type: Nothing says of what type the source is", refused.Error, StringComparison.Ordinal);
        Assert.Contains("[mapping.missing]", refused.Error, StringComparison.Ordinal);

        var proposed = _run.Safeconduct("import", "counts.csv", "--propose-mapping", "--always", "source_type=party");
        Assert.Equal((0, ""), (proposed.Exit, proposed.Error));
        File.WriteAllText(_run.In("m.json"), proposed.Output.Replace("\"Evacuees\"", "\"Evacuee\"", StringComparison.Ordinal));
        Assert.StartsWith("safeconduct: counts.csv:fields.quantity: The table has no column 'Evacuee'; did you mean 'Evacuees'?", _run.Safeconduct("import", "counts.csv", "--mapping", "m.json", "-o", "book").Error, StringComparison.Ordinal);
        File.WriteAllText(_run.In("m.json"), proposed.Output.Replace("\"fields\"", "\"felds\"", StringComparison.Ordinal));
        Assert.StartsWith("safeconduct: m.json:felds: 'felds' is not known here; did you mean 'fields'?", _run.Safeconduct("import", "counts.csv", "--mapping", "m.json", "-o", "book").Error, StringComparison.Ordinal);
        File.WriteAllText(_run.In("m.json"), proposed.Output);
        Assert.Equal(0, _run.Safeconduct("import", "counts.csv", "--mapping", "m.json", "-o", "book").Exit);
    }

    [Fact]
    public void One_bad_row_is_named_by_row_and_column_and_nothing_is_taken()
    {
        File.WriteAllText(_run.In("counts.csv"), Counts + "A-3,03/04/2031,2031-05-05,Harbour Authority,party,Old Town,7\n");
        var refused = _run.Safeconduct("import", "counts.csv", "-o", "book");
        Assert.Equal(1, refused.Exit);
        Assert.Contains("--dates", _run.Safeconduct("import", "--help").Output, StringComparison.Ordinal);
        Assert.Contains("[table.date-order]", refused.Error, StringComparison.Ordinal);
        File.WriteAllText(_run.In("m.json"), _run.Safeconduct("import", "counts.csv", "--propose-mapping").Output);
        var tried = _run.Safeconduct("import", "counts.csv", "-o", "book", "--mapping", "m.json", "--dry-run");
        Assert.Equal(1, tried.Exit);
        Assert.Contains("PROBLEM row 4, column 'Date': '03/04/2031' is a day in March or in April", tried.Output, StringComparison.Ordinal);
        Assert.Contains("row 2: A-1", tried.Output, StringComparison.Ordinal);
        Assert.StartsWith("safeconduct: counts.csv:row 4, column 'Date'", _run.Safeconduct("import", "counts.csv", "-o", "book", "--mapping", "m.json").Error, StringComparison.Ordinal);
        Assert.Equal("3 statements recorded, 0 were there already, 0 unmapped (kept as they are).", _run.Safeconduct("import", "counts.csv", "-o", "book", "--dates", "day-month-year").Output.Trim());
    }

    [Fact]
    public void A_zip_as_a_form_server_hands_it_out_is_taken_in_by_instance()
    {
        File.WriteAllBytes(_run.In("visits.zip"), Books.Zip(
            ("visits.csv", "SubmissionDate,day,source,source_type,evacuees,KEY\n2031-05-02T16:00:01.250Z,2031-05-02,Valley Monitors,NGO,40,uuid:11111111-2222-4333-8444-555555555555\n"),
            ("media/photo.jpg", "x")));
        Assert.Equal("1 statements recorded, 0 were there already, 0 unmapped (kept as they are).", _run.Safeconduct("import", "visits.zip", "-o", "book").Output.Trim());
        Assert.Equal("0 statements recorded, 1 were there already, 0 unmapped (kept as they are).", _run.Safeconduct("import", "visits.zip", "-o", "book").Output.Trim());
    }

    [Fact]
    public void Options_of_tables_are_wrong_usage_for_a_list()
    {
        var wrong = _run.Safeconduct("import", "list.jsonl", "-o", "book", "--dry-run");
        Assert.Equal(2, wrong.Exit);
        Assert.Contains("are for tables", wrong.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _run.Dispose();
}
