using System.Text;
using Safeconduct.Intake.Texts;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Texts;

/// <summary>A text as a file holds it, and what is no text.</summary>
public static class TextFileTests
{
    [Fact]
    public static void A_header_line_gives_source_date_and_language_and_is_no_part_of_the_text()
    {
        var file = TextFile.Read(Encoding.UTF8.GetBytes("# source: The Gazette, \"Ferries; and boats\" (evening); date: 2031-05-02; language: fr\r\nLe texte.\n")).Value!;
        Assert.Equal(("Le texte.\n", "The Gazette, \"Ferries; and boats\" (evening)", "fr", "2031-05-02"), (file.Body, file.Source, file.Language, file.Date!.Value.ToString("uuuu-MM-dd", null)));
        Assert.Equal(file.Body, file.Decoded[file.BodyStart..]);
    }

    [Fact]
    public static void Without_a_header_all_of_it_is_the_text_and_a_byte_order_mark_is_not()
    {
        Assert.Equal(("# about: boats\nText", 0), TextFile.Read(Encoding.UTF8.GetBytes("\uFEFF# about: boats\nText")).Value is { } file ? (file.Body, file.BodyStart) : default);
        Assert.Equal("", TextFile.Read("# source: x\n\n"u8.ToArray()).Problems[0].Code == "text.empty" ? "" : "read");
    }

    public static TheoryData<string, byte[], string, string> NoText => new()
    {
        { "nothing", [], "text.empty", "no text" },
        { "blank", " \n\t\n"u8.ToArray(), "text.empty", "no text" },
        { "zeros", [0x50, 0x4B, 3, 4, 0, 0], "text.binary", "U+0003" },
        { "utf-16", [0xFF, 0xFE, 0x41, 0], "text.utf-16", "UTF-16" },
        { "latin-1", [0x63, 0x61, 0x66, 0xE9, 0x0A], "text.not-utf8", "byte 4" },
        { "cut short", [0x61, 0xE2, 0x82], "text.not-utf8", "byte 2" },
        { "half a character", [0x61, 0x62, 0xED, 0xA0, 0x80], "text.not-utf8", "half a character (an unpaired surrogate) at byte 3" },
        { "no day", "# source: x; date: 2031-13-40\ntext"u8.ToArray(), "text.header-date", "2031-13-40" },
    };

    [Theory]
    [MemberData(nameof(NoText))]
    public static void What_is_no_text_is_named_as_what_it_is(string what, byte[] bytes, string code, string says)
    {
        var read = TextFile.Read(bytes);
        Assert.False(read.Understood, what);
        Assert.Equal(code, read.Problems[0].Code);
        Assert.Contains(says, read.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public static void A_pasted_half_character_is_refused_with_its_place()
    {
        Assert.Equal(("text.half-character", true), TextFile.Refusal("ab\uD83D cd") is { } p ? (p.Code, p.Message.Contains("character 3", StringComparison.Ordinal)) : default);
        Assert.Null(TextFile.Refusal("ab 🚌 cd"));
    }
}
