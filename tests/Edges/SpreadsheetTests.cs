using System.IO.Compression;
using System.Text;
using Safeconduct.Intake.Tables;
using Safeconduct.Spreadsheets;
using Safeconduct.Statements;
using Xunit;

namespace Safeconduct.Tests.Edges;

public sealed class SpreadsheetTests
{
    [Fact]
    public void Texts_numbers_dates_by_their_style_and_what_formulas_gave_are_read()
    {
        var sheet = Assert.Single(TableFile.Read(Books.Of(("Counts", [["Date", "From", "Count", "Share"], [new DateOnly(2031, 5, 2), "Old Town", 1204, 0.1m], [null, null, null], ["late", null, ("=C2*2", "2408")]])), "counts.xlsx").Sheets);
        Assert.Equal("Counts", sheet.Name);
        Assert.Equal([1, 2, 4], sheet.Rows.Select(r => r.Number));
        Assert.Equal(["2031-05-02", "Old Town", "1204", "0.1"], sheet.Rows[1].Cells.Select(c => c.Text));
        Assert.Equal(new NodaTime.LocalDateTime(2031, 5, 2, 0, 0), sheet.Rows[1].At(0).Date);
        Assert.Equal(1204, sheet.Rows[1].At(2).Number);
        Assert.True(sheet.Rows[2].At(2).IsComputed);
        Assert.True(sheet.Rows[2].At(1).IsBlank);
    }

    [Fact]
    public void A_workbook_made_by_hand_with_texts_in_its_cells_is_read()
    {
        const string Xml = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c t="inlineStr"><is><t>Date</t></is></c><c t="inlineStr"><is><r><t>Co</t></r><r><t>unt</t></r></is></c></row><row r="5"><c r="B5"><v>0.30000000000000004</v></c><c r="D5" t="b"><v>1</v></c></row></sheetData></worksheet>""";
        var sheet = Assert.Single(TableFile.Read(Books.ByHand(Xml), "hand.xlsx").Sheets);
        Assert.Equal(["Date", "Count"], sheet.Rows[0].Cells.Select(c => c.Text));
        Assert.Equal(5, sheet.Rows[1].Number);
        Assert.Equal(["", "0.3", "", "true"], sheet.Rows[1].Cells.Select(c => c.Text));
    }

    /// <summary>Written by SheetJS 0.18.5 and not by the library that reads it; its words are invented, its columns are those of KoboToolbox.</summary>
    [Fact]
    public void A_workbook_of_another_program_is_read_and_the_rows_of_its_repeat_find_their_form()
    {
        var book = TableFile.Read(Repository.Bytes("tests/Edges/files/form-export.xlsx"), "form-export.xlsx");
        Assert.Equal(["visits", "bus"], book.Sheets.Select(s => s.Name));
        var table = book.Open("bus");
        var proposal = Proposal.For(table, "bus");
        Assert.True(proposal.IsComplete, string.Join('\n', proposal.Missing));
        var reading = TableReader.Read(table, proposal.Mapping);
        Assert.Empty(reading.Problems);
        Assert.Equal(["11111111-2222-4333-8444-555555555555/bus[1]", "11111111-2222-4333-8444-555555555555/bus[2]"], reading.Statements.Select(s => s.Id.Value));
        Assert.Equal(("2031-05-02T16:00:01Z", "2031-05-02"), (reading.Statements[0].SaidAt.ToString(), reading.Statements[0].About.Start.ToString()));
    }

    [Fact]
    public void The_files_of_an_archive_are_its_sheets_and_all_else_in_it_is_let_be()
    {
        var book = TableFile.Read(Books.Zip(("form.csv", "a,b\n1,2\n"), ("form-bus.csv", "c,d\n3,4\n"), ("media/photo.jpg", "not a table")), "form.zip");
        Assert.Equal(["form", "form-bus"], book.Sheets.Select(s => s.Name).Order(StringComparer.Ordinal));
    }

    public static TheoryData<string, byte[], string, string> Bad => new()
    {
        { "old.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "table.old-or-locked", "without a password" },
        { "calc.ods", Books.Zip(("content.xml", "<x/>")), "table.open-document", "save it as .xlsx" },
        { "cut.xlsx", Books.Of(("S", [["a", "b"], [1, 2]]))[..600], "table.archive-broken", "does not hold together" },
        { "empty.zip", Books.Zip(("readme.txt", "hello")), "table.archive-empty", "holds no .csv" },
        { "slip.zip", Books.Zip(("../../evil.csv", "a,b\n1,2\n")), "table.archive-path", "leads out of it" },
        { "slip.zip", Books.Zip(("/etc/evil.csv", "a,b\n1,2\n")), "table.archive-path", "leads out of it" },
        { "twice.zip", Books.Zip(("a.csv", "a,b\n1,2\n"), ("A.csv", "a,b\n1,2\n")), "table.archive-path", "stands twice" },
        { "word.xlsx", Books.Zip(("[Content_Types].xml", Books.Types), ("_rels/.rels", "<x/>")), "table.workbook-broken", "save it again" },
        { "xml.xlsx", Books.ByHand("<worksheet"), "table.workbook-broken", "save it again" },
        { "dtd.xlsx", Books.ByHand("""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>"""), "table.workbook-broken", "save it again" },
        { "error.xlsx", Books.ByHand(Sheet("""<row r="2"><c r="C2" t="e"><v>#REF!</v></c></row>""")), "table.cell-error", "'#REF!'" },
        { "unsaved.xlsx", Books.ByHand(Sheet("""<row r="2"><c r="C2"><f>A1</f></c></row>""")), "table.formula-unsaved", "save it" },
        { "texts.xlsx", Books.ByHand(Sheet("""<row r="2"><c r="C2" t="s"><v>99</v></c></row>""")), "table.workbook-broken", "a text that the workbook does not hold" },
        { "wide.xlsx", Books.ByHand(Sheet("""<row r="2"><c r="ZZZ2"><v>1</v></c></row>""")), "table.too-many-columns", "1,000 columns" },
        { "back.xlsx", Books.ByHand(Sheet("""<row r="3"/><row r="2"/>""")), "table.workbook-broken", "do not follow one another" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_can_not_be_read_is_refused_and_says_what_to_do(string name, byte[] bytes, string code, string message)
    {
        var problem = Assert.Throws<RefusedException>(() => TableFile.Read(bytes, name)).Problem;
        Assert.Equal(code, problem.Code);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_place_of_a_bad_cell_is_its_sheet_row_and_column() =>
        Assert.Equal("sheet 'One', row 2, column C", Assert.Throws<RefusedException>(() => TableFile.Read(Books.ByHand(Sheet("""<row r="2"><c r="C2" t="e"><v>#REF!</v></c></row>""")), "e.xlsx")).Problem.Place);

    /// <summary>A part of two gigabytes that packs to two megabytes is seen by what the archive says of itself, and is never unpacked.</summary>
    [Theory]
    [InlineData("bomb.xlsx", "xl/worksheets/sheet1.xml")]
    [InlineData("bomb.zip", "bomb.csv")]
    public void An_archive_made_to_burst_is_refused_in_bounded_memory(string name, string part)
    {
        var bomb = Burst(part, 512);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("table.archive-bomb", Assert.Throws<RefusedException>(() => TableFile.Read(bomb, name)).Problem.Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32L << 20);
    }

    /// <summary>The same where the archive lies about its sizes: what comes out is counted, or the lie is found.</summary>
    [Fact]
    public void An_archive_that_lies_about_its_sizes_is_refused_in_bounded_memory()
    {
        var bomb = Burst("bomb.csv", 512);
        var said = BitConverter.GetBytes(512 << 20);
        for (var at = bomb.AsSpan().IndexOf(said); at >= 0; at = bomb.AsSpan().IndexOf(said))
        {
            BitConverter.GetBytes(1000).CopyTo(bomb, at);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.StartsWith("table.", Assert.Throws<RefusedException>(() => TableFile.Read(bomb, "lie.zip")).Problem.Code, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 600L << 20);
    }

    [Fact]
    public void An_archive_of_very_many_parts_is_refused() =>
        Assert.Equal("table.archive-parts", Assert.Throws<RefusedException>(() => TableFile.Read(Books.Zip([.. Enumerable.Range(0, 2_001).Select(i => ($"{i}.csv", ""))]), "many.zip")).Problem.Code);

    [Fact]
    public void Rows_and_shared_texts_without_end_are_refused()
    {
        var rows = new StringBuilder();
        for (var i = 1; i <= Safeconduct.Intake.Tables.Sheet.MostRows + 1; i++)
        {
            rows.Append("<row><c><v>").Append(i).Append("</v></c></row>");
        }

        Assert.Equal("table.too-many-rows", Assert.Throws<RefusedException>(() => TableFile.Read(Books.ByHand(Sheet(rows.ToString())), "long.xlsx")).Problem.Code);
    }

    [Fact]
    public void A_hidden_sheet_is_not_read() =>
        Assert.Empty(TableFile.Read(Books.Zip(("[Content_Types].xml", Books.Types), ("_rels/.rels", Books.Relations), ("xl/workbook.xml", Books.Workbook.Replace("sheetId", "state=\"hidden\" sheetId", StringComparison.Ordinal)), ("xl/_rels/workbook.xml.rels", Books.WorkbookRelations), ("xl/worksheets/sheet1.xml", Sheet("<row><c><v>1</v></c></row>"))), "h.xlsx").Sheets);

    private static string Sheet(string rows) => $"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>""";

    private static byte[] Burst(string part, int megabytes)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in ((string, string)[])[("[Content_Types].xml", Books.Types), ("_rels/.rels", Books.Relations), ("xl/workbook.xml", Books.Workbook), ("xl/_rels/workbook.xml.rels", Books.WorkbookRelations)])
            {
                if (part.EndsWith(".xml", StringComparison.Ordinal))
                {
                    using var small = zip.CreateEntry(name).Open();
                    small.Write(Encoding.UTF8.GetBytes(text));
                }
            }

            using var large = zip.CreateEntry(part, CompressionLevel.Fastest).Open();
            var nothing = new byte[1 << 20];
            for (var i = 0; i < megabytes; i++)
            {
                large.Write(nothing);
            }
        }

        return bytes.ToArray();
    }
}
