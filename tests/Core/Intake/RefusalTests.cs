using System.Text;
using System.Text.Json.Nodes;
using Safeconduct.Intake.List;
using Safeconduct.Intake.Sources;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;
using Xunit;

namespace Safeconduct.Tests.Core.Intake;

public class RefusalTests
{
    public static TheoryData<string, string, string, string, string> BadFields => new()
    {
        { "catgory", "\"people\"", "list.unknown-field", "line 1, catgory", "'catgory' is not a field of the list; did you mean 'category'?" },
        { "kind", "\"movment\"", "list.unknown-kind", "line 1, kind", "'movment' is not a kind of the list; did you mean 'movement'?" },
        { "kind", "\"xyzzyxyzzy\"", "list.unknown-kind", "line 1, kind", "known are movement, remaining" },
        { "source_type", "\"observers\"", "list.unknown-source-type", "line 1, source_type", "did you mean 'observer'?" },
        { "quantity", "{\"low\":12,\"high\":9,\"approx\":false}", "list.low-above-high", "line 1, quantity", "The low end (12) is above the high end (9); swap them or leave one out." },
        { "quantity", "{\"low\":null,\"high\":null}", "list.quantity-empty", "line 1, quantity", "neither a low nor a high end" },
        { "quantity", "{\"low\":-1,\"high\":9}", "list.negative", "line 1, quantity.low", "'quantity.low' is -1; a number of the list can't be below zero." },
        { "quantity", "{\"low\":2.5,\"high\":2.5}", "list.not-whole", "line 1, quantity", "2.5 people can't be counted: give a whole number" },
        { "quantity", "{\"low\":9e15,\"high\":null}", "list.too-large", "line 1, quantity.low", "above 1,000,000,000,000" },
        { "quantity", "{\"low\":\"many\",\"high\":null}", "list.not-a-number", "line 1, quantity.low", "must be a number or null" },
        { "quantity", "{\"least\":3}", "list.unknown-field", "line 1, quantity", "'least' is not a field of quantity" },
        { "quantity", "12", "list.quantity", "line 1, quantity", "null or an object with low, high and approx" },
        { "about", "\"2031-03-04/2031-03-02\"", "list.end-before-start", "line 1, about", "ends (2031-03-02) before it starts (2031-03-04); swap the two." },
        { "about", "\"yesterday\"", "list.not-a-time", "line 1, about", "'yesterday' is not a day" },
        { "published", "\"2031-13-40\"", "list.not-a-time", "line 1, published", "'2031-13-40' is not a day" },
        { "published_precision", "\"hour\"", "list.unknown-precision", "line 1, published_precision", "'hour' is not a precision" },
        { "published_precision", "\"time\"", "list.no-hour", "line 1, published", "gives only a day" },
        { "place_from", "\"prot\"", "list.unknown-place", "line 1, place_from", "'prot' is not in the places handed in; did you mean 'port'?" },
        { "place_to", "\"atlantis\"", "list.unknown-place", "line 1, place_to", "add the place or correct the id" },
        { "part_of", "\"T-9\"", "list.unknown-id", "line 1, part_of", "'T-9' is not an id of this list" },
        { "part_of", "\"T-1\"", "list.cycle", "line 1, part_of", "T-1 leads back to itself by 'part_of'" },
        { "supersedes", "\"T-1\"", "list.cycle", "line 1, supersedes", "T-1 leads back to itself by 'supersedes'" },
        { "supersedes", "\"T-9\"", "list.unknown-id", "line 1, supersedes", "'T-9' is not an id of this list" },
        { "id", "\"two words\"", "list.not-an-id", "line 1, id", "1 to 64 characters without spaces" },
        { "id", "null", "list.missing", "line 1, id", "'id' is missing; every row needs it." },
        { "paraphrase", "\"\"", "list.missing", "line 1, paraphrase", "'paraphrase' is missing" },
        { "paraphrase", "7", "list.not-text", "line 1, paraphrase", "'paraphrase' must be text or null." },
        { "paraphrase", "\"\\ud800\"", "list.broken-text", "line 1, paraphrase", "half a character" },
        { "cumulative", "\"yes\"", "list.not-a-flag", "line 1, cumulative", "'cumulative' must be true or false." },
        { "cite", "{\"a\":{\"b\":{\"c\":{\"d\":1}}}}", "list.not-text", "line 1, cite", "'cite' must be text or null." },
    };

    [Theory]
    [MemberData(nameof(BadFields))]
    public void A_bad_field_is_refused_by_line_and_field_with_what_to_do(string field, string json, string code, string place, string message)
    {
        var plain = Lists.Row((field, Lists.Without));
        var row = plain[..^1] + $",\"{field}\":{json}}}";
        var reading = StatementListReader.Read(Lists.Bytes([row]), new Gazetteer([new(new("port"), "Port", PlaceKind.Area)]));
        AssertRefused(reading, code, place, message);
    }

    [Fact]
    public void One_bad_row_among_good_ones_and_nothing_is_taken()
    {
        var reading = Lists.Read(Lists.Row(("id", "T-1")), Lists.Row(("id", "T-2"), ("kind", "nonsense-kind")), Lists.Row(("id", "T-3")));
        AssertRefused(reading, "list.unknown-kind", "line 2, kind", "'nonsense-kind' is not a kind of the list");
    }

    [Fact]
    public void The_same_id_twice_names_both_lines() =>
        AssertRefused(Lists.Read(Lists.Row(), Lists.Row()), "list.same-id-twice", "line 2, id", "T-1 is the id of line 1 too; an id names one row.");

    [Fact]
    public void The_same_field_twice_is_refused() =>
        AssertRefused(Lists.Read(Lists.Row()[..^1] + ",\"id\":\"T-2\"}"), "list.field-twice", "line 1, id", "'id' is given twice; keep one.");

    [Theory]
    [InlineData("part_of")]
    [InlineData("supersedes")]
    public void A_circle_of_references_is_refused_once(string field)
    {
        var reading = Lists.Read(Lists.Row((field, "T-2")), Lists.Row(("id", "T-2"), (field, "T-3")), Lists.Row(("id", "T-3"), (field, "T-1")));
        AssertRefused(reading, "list.cycle", $"line 3, {field}", $"T-3 leads back to itself by '{field}', by way of T-1; take one of the references out.");
    }

    public static TheoryData<byte[], string, string> NoLists => new()
    {
        { [], "list.empty", "The file is empty" },
        { "\n \r\n"u8.ToArray(), "list.empty", "The file is empty" },
        { [0x50, 0x4B, 3, 4, 9, 9], "list.zip", "This looks like a ZIP archive: unpack it first" },
        { [0x1F, 0x8B, 8, 0], "list.gzip", "unpack it first" },
        { [0xFF, 0xFE, 0x7B, 0], "list.utf-16", "save it as UTF-8" },
        { "%PDF-1.7"u8.ToArray(), "list.binary", "This looks like a PDF" },
        { "  [{\"id\":\"A\"}]"u8.ToArray(), "list.array", "This is a JSON array: a statement list has one JSON object a line" },
        { "<html>"u8.ToArray(), "list.markup", "This looks like XML or HTML" },
        { [0x7B, 0, 1, 2, 3], "list.binary", "This is a binary file" },
    };

    [Theory]
    [MemberData(nameof(NoLists))]
    public void What_is_no_list_is_named_for_what_it_is(byte[] bytes, string code, string message) => AssertRefused(StatementListReader.Read(bytes), code, "line 1", message);

    [Theory]
    [InlineData("not json", "list.not-json", "each line must be one object, complete on its line")]
    [InlineData("{\"id\":\"T-1\"", "list.not-json", "each line must be one object")]
    [InlineData("{} {}", "list.not-json", "each line must be one object")]
    [InlineData("\"text\"", "list.not-an-object", "The line is not a JSON object")]
    [InlineData("{\"quantity\":{\"low\":[[[[[[1]]]]]]}}", "list.not-a-number", "must be a number or null")]
    public void A_line_that_is_no_object_is_refused(string line, string code, string message) => AssertRefused(Lists.Read(line), code, null, message);

    [Fact]
    public void A_row_too_deep_is_refused()
    {
        var row = Lists.Row(("quantity", Lists.Without))[..^1] + ",\"quantity\":" + string.Concat(Enumerable.Repeat("{\"low\":", 200)) + "1" + new string('}', 200) + "}";
        AssertRefused(Lists.Read(row), null, null, "quantity");
    }

    [Fact]
    public void A_line_that_is_not_utf8_is_refused()
    {
        var good = Encoding.UTF8.GetBytes(Lists.Row() + "\n");
        byte[] bytes = [.. good, .. "{\"id\":\""u8, 0xC3, 0x28, .. "\"}\n"u8];
        AssertRefused(StatementListReader.Read(bytes), "list.not-utf8", "line 2", "save the file as UTF-8");
    }

    [Fact]
    public void A_line_longer_than_a_mebibyte_stops_the_reading()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Lists.Row() + "\n"), .. Enumerable.Repeat((byte)'x', ListLines.LongestLine + 5), (byte)'\n', .. "nonsense\n"u8];
        AssertRefused(StatementListReader.Read(bytes), "list.line-too-long", "line 2", "reading stopped here");
    }

    [Fact]
    public void A_row_longer_than_can_be_recorded_is_refused() =>
        AssertRefused(Lists.Read(Lists.Row(("series", new string('x', 70_000)))), "list.row-too-long", "line 1", "a row has at most 65,536");

    [Fact]
    public void A_text_too_long_to_be_read_is_refused() =>
        AssertRefused(Lists.Read(Lists.Row(("category", new string('x', 500)))), "list.text-too-long", "line 1, category", "'category' has 500 characters; at most 400 are read.");

    [Fact]
    public void A_file_full_of_problems_stops_after_a_hundred()
    {
        var reading = Lists.Read([.. Enumerable.Repeat("{}", 5_000)]);
        Assert.Equal(ListReading.MostProblems, reading.Problems.Count);
        Assert.Equal("list.too-many-problems", reading.Problems[^1].Code);
        Assert.Contains("100 problems or more; reading stopped", reading.Problems[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_change_nothing()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Lists.Row() + "\r\n\r\n" + Lists.Row(("id", "T-2")) + "\r\n")];
        var reading = StatementListReader.Read(bytes);
        Assert.Empty(reading.Problems);
        Assert.Equal(["T-1", "T-2"], reading.Statements.Select(s => s.Id.Value));
        Assert.Equal(Lists.Row(), reading.Statements[0].Imported!.Row);
        Assert.Equal([1, 3], reading.How.Select(h => h.Line));
    }

    [Theory]
    [InlineData("{", "sources.not-json", "The file is not JSON")]
    [InlineData("{\"sources\":[{\"name\":\"A\",\"kind\":\"own-observers\"}]}", "sources.own-observers", "can't make a source this mission's own observer")]
    [InlineData("{\"sources\":[{\"name\":\"A\",\"aliases\":[\"B\"]},{\"name\":\"b\"}]}", "sources.same-name-twice", "'b' is given to two sources")]
    [InlineData("{\"sources\":[{\"nam\":\"A\"}]}", "body.unknown-field", "'nam' is not a field here")]
    public void A_sources_file_that_cannot_be_used_is_refused(string json, string code, string message)
    {
        var parsed = SourceAliases.Read(Encoding.UTF8.GetBytes(json));
        Assert.False(parsed.Understood);
        Assert.Equal(code, parsed.Problems[0].Code);
        Assert.Contains(message, parsed.Problems[0].Message, StringComparison.Ordinal);
    }

    /// <summary>A law: whatever is done to the bytes of a good list, reading never throws, and gives either statements or problems.</summary>
    [Fact]
    public void Broken_bytes_give_problems_and_never_an_exception()
    {
        var good = Lists.Bytes([.. Encoding.UTF8.GetString(Lists.Aleppo()).Split('\n').Take(40)]);
        var chance = new Random(16122016);
        for (var run = 0; run < 400; run++)
        {
            var bytes = (byte[])good.Clone();
            for (var hit = 0; hit <= chance.Next(4); hit++)
            {
                bytes[chance.Next(bytes.Length)] = (byte)chance.Next(256);
            }

            var reading = StatementListReader.Read(bytes.AsMemory(0, bytes.Length - chance.Next(200)));
            Assert.True(reading.Understood == (reading.Problems.Count == 0) && (reading.Understood || reading.Statements.Count == 0));
            Assert.All(reading.Problems, p => Assert.StartsWith("l", p.Code, StringComparison.Ordinal));
        }
    }

    private static void AssertRefused(ListReading reading, string? code, string? place, string message)
    {
        Assert.False(reading.Understood);
        Assert.Empty(reading.Statements);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal(code ?? problem.Code, problem.Code);
        Assert.Equal(place ?? problem.Place, problem.Place);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }
}
