using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Safeconduct.Intake.Exports;
using Safeconduct.Intake.Tables;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Rows;
using Safeconduct.Statements.Sources;
using Safeconduct.Tests;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Exports;

public class ReturningTests
{
    public static TheoryData<string> Formats => [.. Leavings.Formats];

    [Fact]
    public void Every_kind_of_statement_is_among_those_that_are_handed_on() =>
        Assert.Equal(Catalogue.Kinds.Select(k => k.Name).Order(StringComparer.Ordinal), Leavings.OfEveryKind.Select(s => s.Said.Kind).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_comes_back_into_a_new_book_is_what_left_to_the_byte_and_once(string format)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var left = Leavings.Drawn(seed, 60);
            var back = Leavings.Taken(Leavings.Rows(format, Leavings.Written(format, left))!, []);
            Assert.True(back.Problems.Count == 0, $"seed {seed}: {string.Join(' ', back.Problems)}");
            Assert.Equal(left.Select(Leavings.Bytes), back.Fresh.Select(Leavings.Bytes));
            Assert.Equal((0, 0), (back.There, back.LeftBehindCount));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_comes_back_into_its_own_book_is_there_already(string format)
    {
        var left = Leavings.Drawn(7, 200);
        var back = Leavings.Taken(Leavings.Rows(format, Leavings.Written(format, left))!, left);
        Assert.True(back.Problems.Count == 0, string.Join(' ', back.Problems));
        Assert.Equal((0, 200), (back.Fresh.Count, back.There));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_same_statements_are_the_same_bytes(string format) =>
        Assert.Equal(Leavings.Written(format, Leavings.Drawn(3, 50)), Leavings.Written(format, Leavings.Drawn(3, 50)));

    [Theory]
    [MemberData(nameof(Formats))]
    public void Nobody_in_particular_is_an_export_too(string format) =>
        Assert.Equal(0, Leavings.Taken(Leavings.Rows(format, Leavings.Written(format, []))!, []).Rows);

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_was_shown_in_part_says_so_names_no_entry_and_stays_behind_in_its_own_book_and_elsewhere(string format)
    {
        var left = Leavings.Drawn(5, 30);
        var bytes = Leavings.Written(format, left, whole: false);
        if (format != "json")
        {
            Assert.DoesNotContain("\"consent\"", Encoding.UTF8.GetString(bytes).Replace("\"\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        Assert.All(Leavings.Rows(format, bytes)!, r => Assert.Equal("", r.At("entry")));
        var own = Leavings.Taken(Leavings.Rows(format, bytes)!, left);
        Assert.Equal((0, 0, 30, 0), (own.Fresh.Count, own.There, own.LeftBehindCount, own.Problems.Count));
        Assert.Equal("its reader was shown it in part, and what this book has under that id stays as it is", own.LeftBehind[0].Why);
        var elsewhere = Leavings.Taken(Leavings.Rows(format, bytes)!, []);
        Assert.Equal((0, 0, 30, 0), (elsewhere.Fresh.Count, elsewhere.There, elsewhere.LeftBehindCount, elsewhere.Problems.Count));
        Assert.Equal("its reader was shown it in part", elsewhere.LeftBehind[0].Why);
    }

    [Fact]
    public void A_coarse_form_put_into_the_cell_of_the_statement_is_never_taken_for_signed_words()
    {
        var coarse = Leavings.OfEveryKind.First(s => s.Attached.Count == 0) with { IsCoarse = true };
        var row = Leavings.Rows("csv", Leavings.Written("csv", [coarse], whole: false))!.Single();
        var cells = row.Cells.ToArray();
        cells[StatementRows.At["statement"]] = Encoding.UTF8.GetString(StatementBytes.WriteShown(coarse));
        foreach (var book in (Statement[][])[[], [coarse with { IsCoarse = false }]])
        {
            var back = Leavings.Taken([row with { Cells = cells }], book);
            Assert.Equal((0, 0), (back.Fresh.Count, back.There));
            Assert.Contains("coarse", Assert.Single(back.Problems).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_cell_that_was_changed_by_hand_is_refused_by_row_column_and_what_stands_there()
    {
        var left = Leavings.Drawn(11, 40);
        var rows = Leavings.Rows("csv", Leavings.Written("csv", left))!.ToList();
        for (var column = 0; column < StatementRows.Columns.Count - 1; column++)
        {
            var name = StatementRows.Columns[column].Name;

            // The entry is another one in another book; and a place that this book does not know has no name to compare.
            var row = rows.First(r => !name.EndsWith("_name", StringComparison.Ordinal) || r.Cells[column - 1]!.Length == 0 || r.Cells[column]!.Length > 0);
            if (name is "entry")
            {
                continue;
            }

            var cells = row.Cells.ToArray();
            cells[column] = StatementRows.Columns[column].IsNumber ? "424242" : "changed-by-hand";
            var back = Leavings.Taken([row with { Cells = cells }], left);
            Assert.True(back.Problems.Count == 1, $"{name} of {row.Place}");
            var problem = back.Problems[0];
            Assert.Equal("export.changed", problem.Code);
            Assert.Equal($"{row.Place}, column '{name}'", problem.Place);
            Assert.Contains($"'{cells[column]}' stands here", problem.Message, StringComparison.Ordinal);
            Assert.Empty(back.Fresh);
        }
    }

    [Fact]
    public void Rows_may_be_sorted_and_left_out_and_columns_moved_and_taken_away()
    {
        var left = Leavings.Drawn(13, 80);
        var grid = CsvRows.Of(new StringReader(Encoding.UTF8.GetString(Leavings.Written("hxl", left)))).Select(r => r.Cells).ToList();
        var order = Enumerable.Range(0, grid[0].Count).Reverse().Where(i => StatementRows.Columns[i].Name is not ("paraphrase" or "citation")).ToList();
        var moved = grid.Take(2).Concat(grid.Skip(2).Reverse().Skip(5)).Select((r, n) => (n + 1, (IReadOnlyList<string>)[.. order.Select(i => r[i])]));
        var back = Leavings.Taken(ReturnedRows.OfTable(moved)!, []);
        Assert.Empty(back.Problems);
        Assert.All(back.Fresh, s => Assert.Equal(Leavings.Bytes(left.Single(l => l.Id == s.Id)), Leavings.Bytes(s)));
        Assert.InRange(back.Fresh.Count, 75, 80);
    }

    [Fact]
    public void Without_the_header_the_hashtags_name_the_columns_and_objects_of_hashtags_are_rows_too()
    {
        var left = Leavings.Drawn(17, 20);
        var grid = CsvRows.Of(new StringReader(Encoding.UTF8.GetString(Leavings.Written("hxl", left)))).Select(r => r.Cells).ToList();
        Assert.Equal(20, Leavings.Taken(ReturnedRows.OfTable(grid.Skip(1).Select((r, n) => (n + 1, r)))!, []).Fresh.Count);
        var objects = "[" + string.Join(",\n", grid.Skip(2).Select(r => "{" + string.Join(",", grid[1].Select((t, i) => $"{System.Text.Json.JsonSerializer.Serialize(t)}:{System.Text.Json.JsonSerializer.Serialize(r[i])}")) + "}")) + "]";
        var back = Leavings.Taken(ReturnedRows.OfHxlJson(new MemoryStream(Encoding.UTF8.GetBytes(objects)))!, []);
        Assert.Empty(back.Problems);
        Assert.Equal(left.Select(Leavings.Bytes), back.Fresh.Select(Leavings.Bytes));
    }

    [Fact]
    public void A_row_whose_statement_was_taken_away_is_compared_with_the_book_and_never_made_up()
    {
        var left = Leavings.Drawn(19, 30);
        var rows = Leavings.Rows("csv", Leavings.Written("csv", left))!.Select(r => r with { Cells = [.. r.Cells.Take(StatementRows.Columns.Count - 1), null] }).ToList();
        Assert.Equal((30, 0), (Leavings.Taken(rows, left).There, Leavings.Taken(rows, left).Problems.Count));
        Assert.All(Leavings.Taken(rows, []).Problems, p => Assert.Equal("export.no-statement", p.Code));
        var cells = rows[0].Cells.ToArray();
        cells[StatementRows.At["paraphrase"]] = "other words";
        Assert.Equal("export.changed", Assert.Single(Leavings.Taken([rows[0] with { Cells = cells }], left).Problems).Code);
    }

    [Fact]
    public void Other_words_under_an_id_of_the_book_are_refused_with_both()
    {
        var left = Leavings.Drawn(23, 3);
        var rows = Leavings.Rows("csv", Leavings.Written("csv", left))!;
        var problem = Leavings.Taken(rows, [left[0] with { Handling = left[0].Handling is Handling.Room ? Handling.Public : Handling.Room }, .. left.Skip(1)]).Problems[0];
        Assert.Equal("book.same-id-other-words", problem.Code);
        Assert.Contains("There:", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Observers_of_another_operation_do_not_become_this_ones_by_way_of_a_file()
    {
        var own = Leavings.OfEveryKind.First(s => s.SaidBy.Kind is SourceKind.OwnObservers && s.Attached.Count == 0);
        var rows = Leavings.Rows("csv", Leavings.Written("csv", [own]))!.ToList();
        Assert.Equal("export.own-observers", Leavings.Taken(rows, [], ownBook: false).Problems[0].Code);
        Assert.Single(Leavings.Taken(rows, [], ownBook: true).Fresh);
        Assert.Equal(1, Leavings.Taken(rows, [own], ownBook: false).There);
    }

    [Fact]
    public void What_is_attached_does_not_come_with_a_table_and_that_is_said()
    {
        var attached = Leavings.OfEveryKind.First(s => s.Attached.Count > 0);
        var back = Leavings.Taken(Leavings.Rows("csv", Leavings.Written("csv", [attached]))!, []);
        Assert.Equal((0, 1), (back.Fresh.Count, back.LeftBehindCount));
        Assert.Contains("attached", back.LeftBehind[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_longer_than_a_cell_stays_behind_in_a_table_and_comes_whole_in_JSON()
    {
        var text = new string('غ', 19_000);
        var whole = Leavings.OfEveryKind.First(s => s.Said is Comment && s.Attached.Count == 0) with { Id = new("L-1"), Words = new Words(text, "ar"), Paraphrase = text, Links = [] };
        foreach (var format in Leavings.Formats)
        {
            var back = Leavings.Taken(Leavings.Rows(format, Leavings.Written(format, [whole]))!, []);
            Assert.Empty(back.Problems);
            Assert.Equal(format is "json" or "geojson" ? (1, 0) : (0, 1), (back.Fresh.Count, back.LeftBehindCount));
            Assert.Equal(1, Leavings.Taken(Leavings.Rows(format, Leavings.Written(format, [whole]))!, [whole]).There);
        }
    }

    [Theory]
    [InlineData("hxl-json")]
    [InlineData("geojson")]
    [InlineData("json")]
    public void A_document_that_was_cut_off_is_refused(string format)
    {
        var bytes = Leavings.Written(format, Leavings.Drawn(29, 5));
        Assert.Equal("export.not-json", Assert.Throws<RefusedException>(() => Leavings.Taken(Leavings.Rows(format, bytes[..^40])!, [])).Problem.Code);
    }

    [Fact]
    public void A_table_of_somebody_else_is_no_export()
    {
        Assert.Null(ReturnedRows.OfCsv(new StringReader("id,entry,date\n1,2,3\n")));
        Assert.Null(ReturnedRows.OfCsv(new StringReader("")));
    }

    [Fact]
    public void Reading_row_by_row_gives_what_reading_whole_gives()
    {
        var cells = Gen.Elements("", "a", "b c", "two\nlines", "x,y", "q\"q", "غادر", "1.5").ArrayOf(3).ArrayOf(6);
        Prop.ForAll(cells.ToArbitrary(), rows =>
        {
            var csv = "h1,h2,h3\n" + string.Join("\r\n", rows.Select(r => string.Join(',', r.Select(c => c.AsSpan().IndexOfAny("\",\n") >= 0 ? $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : c))));
            var whole = CsvText.Read(Encoding.UTF8.GetBytes(csv), "t").Rows.Select(r => (r.Number, string.Join('|', r.Cells.Select(c => c.Text))));
            Assert.Equal(whole, CsvRows.Of(new StringReader(csv)).Select(r => (r.Number, string.Join('|', r.Cells))));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_page_of_the_format_names_every_column_and_what_stands_in_it()
    {
        var page = Repository.Text("formats/csv.md");
        Assert.All(StatementRows.Columns, c => Assert.Contains($"| `{c.Name}` | `{c.Tag}` | {c.Means} |", page, StringComparison.Ordinal));
    }
}
