using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Safeconduct.Intake.Tables;
using Safeconduct.Statements;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Tables;

public class CsvTextTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "a|b/1|2")]
    [InlineData("a;b;c\n1,5;2;3\n", "a|b|c/1,5|2|3")]
    [InlineData("a\tb\r\n1\t2\r\n", "a|b/1|2")]
    [InlineData("\uFEFFa,b\n1,2", "a|b/1|2")]
    [InlineData("a,b\n\"x, y\",\"he said \"\"no\"\"\"\n", "a|b/x, y|he said \"no\"")]
    [InlineData("a,b\n\"two\nlines\",2\n3,4", "a|b/two\nlines|2/3|4")]
    [InlineData("a,b\n\n,\n1,\n", "a|b/1|")]
    [InlineData("\"a,x\";b\n1;2", "a,x|b/1|2")]
    public void Quotes_line_ends_marks_and_the_three_separators_are_read(string text, string cells) =>
        Assert.Equal(cells, string.Join('/', CsvText.Read(Encoding.UTF8.GetBytes(text), "t").Rows.Select(r => string.Join('|', r.Cells.Select(c => c.Text)))));

    [Fact]
    public void Rows_keep_the_number_that_a_spreadsheet_gives_them() =>
        Assert.Equal([1, 3, 4], CsvText.Read("a,b\n\n\"two\nlines\",2\n3,4"u8, "t").Rows.Select(r => r.Number));

    public static TheoryData<byte[], string, string, string> Bad => new()
    {
        { [], "table.empty", "row 1", "a header row and rows under it" },
        { [0xFF, 0xFE, 65, 0], "table.utf-16", "row 1", "save it as CSV in UTF-8" },
        { [65, 0, 66, 44, 67], "table.binary", "row 1", "binary file" },
        { [.. "a,b\nc,"u8, 0xE9, .. "t\n"u8], "table.not-utf8", "line 2", "Byte 3 of the line is not UTF-8" },
        { [.. "a,b\n1,\"open\n"u8], "table.quote-open", "row 2, column B", "never closed" },
        { [.. "a,b\n\"x\"y,2\n"u8], "table.behind-quote", "row 2, column A", "'y' stands behind a closed quote" },
        { [.. "a,b\n"u8, .. Enumerable.Repeat((byte)'x', 40_000)], "table.cell-too-long", "row 2, column A", "at most 32,767" },
        { [.. Enumerable.Repeat((byte)',', 1_001)], "table.too-many-columns", "row 1, column ALM", "1,000 columns" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_is_no_table_is_refused_at_its_place(byte[] bytes, string code, string place, string message)
    {
        var problem = Assert.Throws<RefusedException>(() => CsvText.Read(bytes, "t")).Problem;
        Assert.Equal((code, place), (problem.Code, problem.Place));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_law_whatever_is_written_with_quotes_is_read_back()
    {
        var cell = Gen.Elements("", "a", "a b", "1,204", "he \"said\"", "two\nlines", "x;y", "ع", "\t|");
        var grid = cell.ListOf(3).ListOf().Where(g => g.Count > 0 && g[0].All(c => c.Length > 0));
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(grid.ToArbitrary(), rows =>
        {
            var text = string.Join("\r\n", rows.Select(r => string.Join(',', r.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))));
            var read = CsvText.Read(Encoding.UTF8.GetBytes(text), "t").Rows.Select(r => r.Cells.Select(c => c.Text).ToArray());
            Assert.Equal(rows.Where(r => r.Any(c => c.Trim().Length > 0)).Select(r => r.Select(c => c.Trim()).ToArray()), read);
        }));
    }

    /// <summary>Whatever bytes come, the answer is a sheet or a refusal with a code.</summary>
    [Fact]
    public void Any_bytes_are_read_or_refused() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            try
            {
                Assert.NotNull(CsvText.Read(bytes, "t"));
            }
            catch (RefusedException refused)
            {
                Assert.StartsWith("table.", refused.Problem.Code, StringComparison.Ordinal);
            }
        }));
}
