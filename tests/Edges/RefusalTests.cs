using System.Text;
using Xunit;

namespace Safeconduct.Tests.Edges;

/// <summary>Bad input gets one clear line that names the place and what to do, exit code 1, and changes nothing.</summary>
public sealed class RefusalTests : IDisposable
{
    private const string Row = """{"id":"X-1","published":"2031-05-03","published_precision":"day","about":"2031-05-03","source":"Ministry of Works","source_type":"party","relayed_by":null,"kind":"movement","place_from":"old-town","place_to":null,"via":null,"category":"people who left","unit":"people","quantity":{"low":300,"high":300,"approx":false},"cumulative":false,"series":null,"supersedes":null,"part_of":null,"paraphrase":"The ministry counted 300 people who left.","cite":"Statement, 3 May 2031","url":null,"from_sample":false,"verification":"stored source"}""";
    private const string Places = """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"old-town","name_en":"Old Town","kind":"district"},"geometry":{"type":"Point","coordinates":[30,50]}}]}""";

    private readonly Running _run = new();

    public RefusalTests()
    {
        File.WriteAllText(_run.In("places.geojson"), Places);
        var founded = _run.Safeconduct("init", "book", "--places", "places.geojson", "--time-zone", "Europe/Kyiv");
        Assert.True(founded.Exit == 0, founded.Error);
    }

    public static TheoryData<string, string, string> BadLists => new()
    {
        { "an empty file", "", "list.empty" },
        { "no JSON", "people: 300", "list.not-json" },
        { "an unknown field", Row.Replace("\"unit\"", "\"unti\""), "list.unknown-field" },
        { "an unknown kind", Row.Replace("\"movement\"", "\"exodus\""), "list.unknown-kind" },
        { "low above high", Row.Replace("\"low\":300", "\"low\":301"), "list.low-above-high" },
        { "an end before the start", Row.Replace("\"about\":\"2031-05-03\"", "\"about\":\"2031-05-03/2031-05-02\""), "list.end-before-start" },
        { "an unknown place", Row.Replace("\"old-town\"", "\"new-town\""), "list.unknown-place" },
        { "a part of itself, by way of another", Row.Replace("\"part_of\":null", "\"part_of\":\"X-2\"") + "\n" + Row.Replace("X-1", "X-2").Replace("\"part_of\":null", "\"part_of\":\"X-1\""), "list.cycle" },
        { "a negative count", Row.Replace("\"low\":300,\"high\":300", "\"low\":-300,\"high\":300"), "list.negative" },
    };

    [Theory]
    [MemberData(nameof(BadLists))]
    public void A_bad_list_is_refused_in_one_line_and_changes_nothing(string what, string text, string code)
    {
        File.WriteAllText(_run.In("list.jsonl"), text);
        RefusedWith(code, what, "import", "list.jsonl", "-o", "book");
    }

    [Fact]
    public void A_good_row_before_a_bad_one_is_not_taken_either()
    {
        File.WriteAllText(_run.In("list.jsonl"), Row + "\n" + Row.Replace("X-1", "X-2").Replace("\"movement\"", "\"exodus\""));
        var refused = RefusedWith("list.unknown-kind", "a bad second row", "import", "list.jsonl", "-o", "book");
        Assert.Contains("list.jsonl:", refused, StringComparison.Ordinal);
        Assert.Contains("line 2", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_instead_of_text_is_named_as_what_it_is()
    {
        File.WriteAllBytes(_run.In("list.jsonl"), [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0, 1, 2, 3]);
        Assert.Contains("ZIP", RefusedWith("list.zip", "a ZIP", "import", "list.jsonl", "-o", "book"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_a_hundred_megabytes_is_refused_by_its_number()
    {
        using (var file = File.Create(_run.In("list.jsonl")))
        {
            file.Write(Encoding.UTF8.GetBytes(Row + "\n{\"id\":\""));
            var block = Encoding.ASCII.GetBytes(new string('x', 1_000_000));
            for (var i = 0; i < 100; i++)
            {
                file.Write(block);
            }

            file.Write("\"}\n"u8);
        }

        Assert.Contains("line 2", RefusedWith("list.line-too-long", "a long line", "import", "list.jsonl", "-o", "book"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_keys_of_another_operation_do_not_open_this_one()
    {
        Assert.Equal(0, _run.Safeconduct("init", "other").Exit);
        File.WriteAllText(_run.In("list.jsonl"), Row);
        RefusedWith("store.other-operation", "another operation's keys", "import", "list.jsonl", "-o", "book", "--keys", "other.keys");
    }

    [Fact]
    public void The_same_list_twice_is_once_and_other_words_under_an_id_are_refused_with_both_shown()
    {
        File.WriteAllText(_run.In("list.jsonl"), Row);
        Assert.Contains("1 statements recorded", _run.Safeconduct("import", "list.jsonl", "-o", "book").Output, StringComparison.Ordinal);
        Assert.Contains("0 statements recorded, 1 were there already", _run.Safeconduct("import", "list.jsonl", "-o", "book").Output, StringComparison.Ordinal);

        File.WriteAllText(_run.In("list.jsonl"), Row.Replace("300", "310"));
        var refused = RefusedWith("book.same-id-other-words", "other words", "import", "list.jsonl", "-o", "book");
        Assert.Contains("300 people", refused, StringComparison.Ordinal);
        Assert.Contains("310 people", refused, StringComparison.Ordinal);

        Assert.Contains("1 statements recorded", _run.Safeconduct("import", "list.jsonl", "-o", "book", "--edition", "second").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_where_nothing_may_be_written_is_left_alone()
    {
        var refused = _run.Safeconduct("init", "/proc/safeconduct-book");
        Assert.Equal(1, refused.Exit);
        Assert.Single(refused.ErrorLines);
    }

    [Fact]
    public void A_full_disk_leaves_the_book_as_it_was()
    {
        var small = _run.In("small");
        Directory.CreateDirectory(small);
        var mounted = Running.Start("mount", ["-t", "tmpfs", "-o", "size=400k", "tmpfs", small], _run.Folder);
        Assert.SkipUnless(mounted.Exit == 0, "a small file system can't be mounted here (not root, or not allowed)");
        try
        {
            Assert.Equal(0, _run.Safeconduct("init", "small/book", "--keys", "small.keys", "--places", "places.geojson").Exit);
            var before = StateOf("small/book");
            File.WriteAllText(_run.In("list.jsonl"), string.Join('\n', Enumerable.Range(1, 400).Select(i => Row.Replace("X-1", $"X-{i}"))));

            var refused = _run.Safeconduct("import", "list.jsonl", "-o", "small/book", "--keys", "small.keys");
            Assert.Equal(1, refused.Exit);
            Assert.True(refused.ErrorLines.Count == 1, refused.Error);
            Assert.Contains("[store.full]", refused.Error, StringComparison.Ordinal);

            // Opening is recovery: what was never acknowledged is cut, and the book is as it was.
            Assert.Equal(0, _run.Safeconduct("assess", "small/book", "--keys", "small.keys", "--json").Exit);
            Assert.Equal(before, StateOf("small/book"));
            Assert.Equal(0, _run.Safeconduct("verify", "small/book", "--keys", "small.keys").Exit);
        }
        finally
        {
            Running.Start("umount", [small], _run.Folder);
        }
    }

    [Theory]
    [InlineData("import", "list.jsonl")]
    [InlineData("frobnicate")]
    [InlineData("say", "-o", "book")]
    [InlineData("assess", "book", "--known", "perhaps")]
    [InlineData("assess", "book", "--for", "public", "--json")]
    public void Wrong_usage_ends_with_two_and_says_where_help_is(params string[] arguments)
    {
        var wrong = _run.Safeconduct(arguments);
        Assert.Equal(2, wrong.Exit);
        Assert.StartsWith("safeconduct: ", wrong.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("place.unknown", "say", "-o", "book", "--by", "Post 1", "--source-kind", "own-observers", "--measure", "left", "--how-many", "30", "--from", "nowhere")]
    [InlineData("bound.not-understood", "say", "-o", "book", "--by", "Post 1", "--source-kind", "own-observers", "--measure", "left", "--how-many", "umpteen")]
    [InlineData("headcount.not-asserted", "say", "-o", "book", "--by", "Post 1", "--source-kind", "own-observers", "--measure", "left", "--how-many", "30", "--modality", "planned")]
    [InlineData("book.unknown-target", "withdraw", "S-9", "-o", "book", "--reason", "slip")]
    [InlineData("body.unknown-word", "say", "-o", "book", "--by", "Post 1", "--source-kind", "own-observers", "--kind", "incident", "--said", """{"type":"weather"}""")]
    public void A_statement_that_cannot_be_said_is_refused(string code, params string[] arguments) => RefusedWith(code, code, arguments);

    public void Dispose() => _run.Dispose();

    private string RefusedWith(string code, string what, params string[] arguments)
    {
        var before = StateOf("book");
        var refused = _run.Safeconduct(arguments);
        Assert.True(refused.Exit == 1, $"{what}: exit {refused.Exit}: {refused.Error}");
        Assert.True(refused.ErrorLines.Count == 1, $"{what}: {refused.Error}");
        Assert.Contains($"[{code}]", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, StateOf("book"));
        return refused.Error;
    }

    /// <summary>Every file of the record and its bytes.</summary>
    private string StateOf(string folder) => string.Join('\n', Directory.EnumerateFiles(_run.In(folder), "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(f => $"{f} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))}"));
}
