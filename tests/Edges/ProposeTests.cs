using System.Text;
using System.Text.Json;
using Xunit;

namespace Safeconduct.Tests.Edges;

/// <summary><c>propose</c> as a user runs it: a text in, proposed claims out, and a review through a pipe. The text and its places are invented.</summary>
public sealed class ProposeTests : IDisposable
{
    private const string Header = "# source: The Gazette, \"Buses leave\"; date: 2031-05-02; language: en\n";

    private const string Body = "The Harbour Authority said on Friday that 9,500 people had left the Old Town.\n\n"
        + "The Ministry of Works said that 40 people were killed. 🚌 The Harbour Authority said that 200 people would leave on Saturday.\n\nShare this article\n";

    private const string Places = """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"old-town","name_en":"Old Town","kind":"district"},"geometry":{"type":"Point","coordinates":[30,50]}}]}""";

    private readonly Running _run = new();

    public ProposeTests()
    {
        File.WriteAllText(_run.In("places.geojson"), Places);
        File.WriteAllText(_run.In("text.txt"), Header + Body);
    }

    [Fact]
    public void The_document_holds_each_claim_with_the_words_it_was_read_from_at_their_place_in_the_file()
    {
        var document = Json(Proposed("--json"));
        var file = Header + Body;
        Assert.Equal((1, Header.Length, Body.Length), (document.GetProperty("v").GetInt32(), document.GetProperty("body_start").GetInt32(), document.GetProperty("characters").GetInt32()));
        var proposals = document.GetProperty("proposals").EnumerateArray().ToList();
        Assert.True(proposals.Count >= 3);
        foreach (var proposal in proposals)
        {
            var span = proposal.GetProperty("span");
            Assert.Equal(proposal.GetProperty("quote").GetString(), file[span[0].GetInt32()..span[1].GetInt32()]);
        }

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Body))), document.GetProperty("sha256").GetString());
        Assert.Contains(document.GetProperty("set_aside").EnumerateArray(), s => file[s[0].GetInt32()..s[1].GetInt32()].Contains("Share this article", StringComparison.Ordinal));
    }

    [Fact]
    public void The_plain_form_counts_code_points_from_behind_the_header()
    {
        var runes = Body.EnumerateRunes().ToList();
        foreach (var claim in Json(Proposed("--format", "claims")).EnumerateArray())
        {
            var span = claim.GetProperty("span");
            Assert.Equal(claim.GetProperty("quote").GetString(), string.Concat(runes[span[0].GetInt32()..span[1].GetInt32()]));
        }
    }

    [Fact]
    public void A_person_reads_the_sentences_with_numbered_claims_and_who_says_each()
    {
        var page = Proposed().Output;
        Assert.Contains("[1]", page, StringComparison.Ordinal);
        Assert.Contains("Harbour Authority", page, StringComparison.Ordinal);
        Assert.Contains("9,500", page, StringComparison.Ordinal);
        Assert.Contains("Nothing was recorded", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_text_comes_by_standard_input_and_reads_the_same()
    {
        var piped = Running.Start("bash", ["-c", $"dotnet exec '{Path.Combine(AppContext.BaseDirectory, "safeconduct.dll")}' propose - --places places.geojson --json < text.txt"], _run.Folder);
        Assert.Equal(Proposed("--json").Output, piped.Output);
    }

    public static TheoryData<string, byte[], string, string> NoText => new()
    {
        { "nothing", [], "text.empty", "There is no text" },
        { "a header alone", Encoding.UTF8.GetBytes(Header), "text.empty", "There is no text" },
        { "a picture", [0x89, 0x50, 0x4E, 0x47, 0, 1], "text.not-utf8", "byte 0x89 at byte 1" },
        { "zeros", [0x41, 0, 0x42], "text.binary", "U+0000" },
        { "another encoding", [0x63, 0x61, 0x66, 0xE9, 0x0A], "text.not-utf8", "byte 0xE9 at byte 4" },
        { "half a character", [0x61, 0xED, 0xA0, 0xBD, 0x62], "text.not-utf8", "unpaired surrogate) at byte 2" },
        { "UTF-16", [0xFF, 0xFE, 0x41, 0], "text.utf-16", "save it as UTF-8" },
    };

    [Theory]
    [MemberData(nameof(NoText))]
    public void What_is_no_text_is_refused_in_one_line_that_names_the_place(string what, byte[] bytes, string code, string says)
    {
        File.WriteAllBytes(_run.In("bad.txt"), bytes);
        RefusedWith(code, says, what, "propose", "bad.txt", "--published", "2031-05-02");
    }

    [Fact]
    public void A_file_larger_than_any_text_is_refused_before_it_is_read()
    {
        using (var file = File.Create(_run.In("huge.txt")))
        {
            file.SetLength(3_000_000_000);
        }

        RefusedWith("text.too-large", "it was not read", "a huge file", "propose", "huge.txt", "--published", "2031-05-02");
    }

    [Theory]
    [InlineData("--review needs --operation", "--review")]
    [InlineData("is not a day", "--published", "yesterday")]
    [InlineData("is not a language tag", "--language", "every one")]
    [InlineData("three ways to show", "--json", "--format", "claims")]
    public void Wrong_usage_is_said_and_ends_with_two(string says, params string[] options)
    {
        var ran = _run.Safeconduct(["propose", "text.txt", .. options]);
        Assert.Equal(2, ran.Exit);
        Assert.Contains(says, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_review_records_what_was_confirmed_in_one_act_and_the_same_review_again_changes_nothing()
    {
        Founded();
        string[] answers = ["media", "c", "party", "r", .. Enumerable.Repeat("n", 20).Take(Count() - 2), "w"];
        var first = Reviewed(answers);
        Assert.True(first.Exit == 0, first.Error);
        Assert.Contains("1 statements recorded, 0 were there already", first.Output, StringComparison.Ordinal);
        Assert.Contains("Harbour Authority, relayed by The Gazette", first.Output, StringComparison.Ordinal);
        Assert.Matches("T-[0-9a-f]{12}-[0-9]+-[0-9]+-movement", first.Output);

        // Known now, the names are asked for no more.
        var second = Reviewed(["c", "r", .. answers[4..]]);
        Assert.Contains("0 statements recorded, 1 were there already", second.Output, StringComparison.Ordinal);
        Assert.Contains("in the book: T-", second.Error, StringComparison.Ordinal);
        Assert.Equal(0, _run.Safeconduct("verify", "book").Exit);
    }

    [Fact]
    public void A_review_that_is_left_or_cut_off_records_nothing()
    {
        Founded();
        foreach (var answers in (string[][])[["media", "c", "party", "q"], ["media", "c", "party"], [], ["media", "w", "q"]])
        {
            Assert.Contains("Nothing was recorded", Reviewed(answers).Output, StringComparison.Ordinal);
        }

        Assert.Equal("0", Statements());
    }

    [Fact]
    public void An_edited_claim_stands_as_edited_and_undo_takes_the_last_act_back()
    {
        Founded();

        // kind, modality, how many, of whom, said by, via, from, to, by way of, when, in the room's words
        string[] edit = ["e", "", "", "more than 9,500", "all", "", "", "old-town", "", "", "2031-05-01", "More than 9,500 people left."];
        var ran = Reviewed(["media", "r", "u", .. edit, "party", "w"]);
        Assert.True(ran.Exit == 0, ran.Error);
        Assert.Contains("more than 9,500 people", ran.Output, StringComparison.Ordinal);
        Assert.Contains("1 statements recorded", ran.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _run.Dispose();

    private int Count() => Json(Proposed("--json")).GetProperty("proposals").GetArrayLength();

    private string Statements()
    {
        var assessed = _run.Safeconduct("assess", "book", "--json");
        return Json(assessed).GetProperty("statements").GetRawText();
    }

    private void Founded()
    {
        var founded = _run.Safeconduct("init", "book", "--places", "places.geojson", "--time-zone", "Europe/Kyiv");
        Assert.True(founded.Exit == 0, founded.Error);
    }

    private Ran Reviewed(string[] answers)
    {
        File.WriteAllLines(_run.In("answers"), answers);
        return Running.Start("bash", ["-c", $"dotnet exec '{Path.Combine(AppContext.BaseDirectory, "safeconduct.dll")}' propose text.txt --review -o book --publisher 'The Gazette' < answers"], _run.Folder);
    }

    private Ran Proposed(params string[] options)
    {
        var ran = _run.Safeconduct(["propose", "text.txt", .. options]);
        Assert.True(ran.Exit == 0, ran.Error);
        return ran;
    }

    private void RefusedWith(string code, string says, string what, params string[] arguments)
    {
        var ran = _run.Safeconduct(arguments);
        Assert.True(ran.Exit == 1, $"{what}: {ran.Error}");
        var line = Assert.Single(ran.ErrorLines);
        Assert.Contains($"[{code}]", line, StringComparison.Ordinal);
        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.Empty(ran.Output);
    }

    private static JsonElement Json(Ran ran)
    {
        using var document = JsonDocument.Parse(ran.Output);
        return document.RootElement.Clone();
    }
}
