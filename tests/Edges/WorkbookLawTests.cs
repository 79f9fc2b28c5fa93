using System.IO.Compression;
using System.Xml.Linq;
using Safeconduct.Intake.Exports;
using Safeconduct.Spreadsheets;
using Safeconduct.Statements;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Rows;
using Safeconduct.Statements.Sources;
using Safeconduct.Tests.Core.Intake.Exports;
using Xunit;

namespace Safeconduct.Tests.Edges;

/// <summary>What leaves as a workbook comes back as it was: the same law, over the same statements, as every format that is text keeps.</summary>
public sealed class WorkbookLawTests
{
    [Fact]
    public void What_comes_back_from_a_workbook_into_a_new_book_is_what_left_to_the_byte_and_once()
    {
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = 0; seed < 20; seed++)
        {
            var left = Leavings.Drawn(seed, 60);
            kinds.UnionWith(left.Select(s => s.Said.Kind));
            var back = Taken(Written(left), []);
            Assert.True(back.Problems.Count == 0, $"seed {seed}: {string.Join(' ', back.Problems)}");
            Assert.Equal(left.Select(Leavings.Bytes), back.Fresh.Select(Leavings.Bytes));
            Assert.Equal((0, 0), (back.There, back.LeftBehindCount));
        }

        Assert.Equal(Catalogue.Kinds.Select(k => k.Name).Order(StringComparer.Ordinal), kinds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_comes_back_from_a_workbook_into_its_own_book_is_there_already()
    {
        var left = Leavings.Drawn(7, 200);
        var back = Taken(Written(left), left);
        Assert.True(back.Problems.Count == 0, string.Join(' ', back.Problems));
        Assert.Equal((0, 200, 0), (back.Fresh.Count, back.There, back.LeftBehindCount));
    }

    [Fact]
    public void The_same_statements_are_the_same_workbook() => Assert.Equal(Written(Leavings.Drawn(3, 50)), Written(Leavings.Drawn(3, 50)));

    [Fact]
    public void Every_character_that_a_statement_may_hold_comes_back_from_a_workbook_in_its_own_form()
    {
        // All of the first plane but halves of characters, a hundred at a time: control characters, marks of direction, what XML can't carry.
        var all = string.Concat(Enumerable.Range(0, 0x1_0000).Select(c => (char)c).Where(c => !char.IsSurrogate(c)));
        var comment = Plain();
        List<Statement> left = [];
        foreach (var text in all.Chunk(100).Select(c => new string(c)))
        {
            try
            {
                left.Add((comment with { Id = new StatementId($"C-{left.Count}"), Paraphrase = $"x{text}x", Words = new Words($"={text}", "ar") }).Checked());
            }
            catch (RefusedException)
            {
                // Not sayable in the first place.
            }
        }

        Assert.True(left.Count > 600, $"{left.Count} texts of 100 characters");
        var back = Taken(Written(left), []);
        Assert.True(back.Problems.Count == 0, string.Join(' ', back.Problems.Take(3)));
        Assert.Equal(left.Select(Leavings.Bytes), back.Fresh.Select(Leavings.Bytes));
    }

    [Theory]
    [InlineData(5_000, true)]
    [InlineData(15_000, true)]
    [InlineData(19_000, false)]
    public void A_long_text_comes_whole_from_a_workbook_as_far_as_a_cell_holds_it_and_else_is_named(int length, bool fits)
    {
        var text = new string('غ', length);
        Statement[] left = [Plain() with { Id = new StatementId("L-1"), Paraphrase = text, Words = new Words(text, "ar") }];
        Assert.Equal(fits, StatementRows.Of(left[0], "", Leavings.Operation.Gazetteer).Single()[^1] != StatementRows.TooLong);
        var back = Taken(Written(left), []);
        Assert.Empty(back.Problems);
        Assert.Equal(fits ? (1, 0) : (0, 1), (back.Fresh.Count, back.LeftBehindCount));
        Assert.All(back.LeftBehind, b => Assert.Contains("longer than a cell", b.Why, StringComparison.Ordinal));
        Assert.Equal(1, Taken(Written(left), left).There);
    }

    [Fact]
    public void No_cell_of_a_workbook_is_a_formula_or_begins_like_one()
    {
        using var archive = new ZipArchive(new MemoryStream(Written(Leavings.Drawn(41, 200))));
        using var part = archive.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        var cells = XDocument.Load(part).Descendants().Where(e => e.Name.LocalName == "c").ToList();
        Assert.DoesNotContain(cells, c => c.Descendants().Any(e => e.Name.LocalName == "f"));
        Assert.All(cells.Where(c => c.Attribute("t")?.Value == "inlineStr" && c.Value.TrimStart().Length > 0), c => Assert.DoesNotContain(c.Value.TrimStart()[0], "=+-@＝＋－＠"));
    }

    [Fact]
    public void What_a_workbook_shows_in_part_names_no_entry_and_stays_behind()
    {
        var left = Leavings.Drawn(5, 30);
        foreach (var book in (IReadOnlyList<Statement>[])[[], left])
        {
            var back = Taken(Leavings.Written(StatementWorkbook.Format, left, whole: false), book);
            Assert.Equal((0, 0, 30, 0), (back.Fresh.Count, back.There, back.LeftBehindCount, back.Problems.Count));
        }
    }

    private static Statement Plain() => Leavings.OfEveryKind.First(s => s.Said is Comment && s.Attached.Count == 0) with { Links = [] };

    private static byte[] Written(IReadOnlyList<Statement> statements) => Leavings.Written(StatementWorkbook.Format, statements);

    private static Returned Taken(byte[] workbook, IReadOnlyList<Statement> book)
    {
        var returning = Leavings.Into(book);
        using var file = ReturnedFile.Open(new MemoryStream(workbook, writable: false));
        file!.Into(returning);
        return returning.End();
    }
}
