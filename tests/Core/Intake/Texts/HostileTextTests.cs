using System.Text;
using NodaTime;
using Safeconduct.Intake.Texts;
using Safeconduct.Intake.Texts.Proposals;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Texts;

/// <summary>What is no text is refused and read no further; what is broken or made to hurt is read in bounded time, and what is read still stands in the original.</summary>
public static class HostileTextTests
{
    private const string Plain = "The Harbour Authority said that 42 civilians were evacuated from Karova on 4 May 2031. ";

    private static TextReading Read(string text, string? language = "en") => TextIntake.Read(new(text, new LocalDate(2031, 5, 5), language));

    private static string Quote(string text) => Assert.Single(Sound(text).Proposals).Quote;

    private static TextReading Sound(string text)
    {
        var reading = Read(text);
        Assert.All(reading.Proposals, p => Assert.Equal(text[p.Span.Start..p.Span.End], p.Quote));
        return reading;
    }

    [Theory]
    [InlineData("", "text.empty")]
    [InlineData(" \n\t \u00A0\r\n", "text.empty")]
    [InlineData("zero \0 byte", "text.binary")]
    [InlineData("\u0001\u0002PK\u0003\u0004 stored", "text.binary")]
    public static void What_is_no_text_is_refused_without_proposals(string text, string code)
    {
        var reading = Read(text, null);
        Assert.Equal(code, Assert.Single(reading.Problems).Code);
        Assert.Empty(reading.Proposals);
        Assert.False(reading.Understood);
    }

    [Fact]
    public static void A_text_that_is_too_long_is_refused_without_proposals()
    {
        var reading = Read(new('a', TextIntake.LongestText + 1));
        Assert.Equal("text.too-long", Assert.Single(reading.Problems).Code);
        Assert.Empty(reading.Proposals);
    }

    [Fact]
    public static void A_page_break_in_a_text_hides_nothing() => Assert.Single(Sound("\f" + Plain + Plain[..20] + "\u0002" + new string('x', 200)).Proposals, p => p.Count is not null);

    [Fact]
    public static void An_unpaired_surrogate_is_read_past_and_the_answers_can_still_be_written()
    {
        foreach (var half in (string[])["\uD83D", "\uDE00"])
        {
            var reading = Sound(Plain.Replace("civilians", "civil" + half + "ians and children", StringComparison.Ordinal) + half);
            Assert.NotEmpty(reading.Proposals);
            Assert.Contains("span", ClaimsForm.Write(reading), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\u202E")]
    [InlineData("\u2067")]
    [InlineData("\u200B")]
    [InlineData("\u00AD")]
    [InlineData("\uFEFF")]
    [InlineData("\u2060")]
    public static void Characters_that_are_not_seen_change_no_word_and_no_number(string unseen)
    {
        var text = Plain.Replace("civilians", "civi" + unseen + "lians", StringComparison.Ordinal).Replace("42", "4" + unseen + "2", StringComparison.Ordinal);
        var found = Assert.Single(Sound(text).Proposals);
        Assert.Equal(("42", ClaimKind.Movement, "Harbour Authority"), (found.Count!.Bound.ToString(), found.Kind, found.Source!.Name));
        Assert.Contains(unseen, found.Quote, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("<")]
    [InlineData("<a")]
    [InlineData("\"")]
    [InlineData("“")]
    [InlineData("'")]
    [InlineData("\n")]
    [InlineData("&")]
    [InlineData("&#")]
    [InlineData(",")]
    [InlineData("-")]
    [InlineData("—")]
    [InlineData(":")]
    [InlineData("1")]
    [InlineData("1 ")]
    [InlineData("1,")]
    [InlineData("said ")]
    [InlineData("that ")]
    [InlineData("\" said he, \"")]
    [InlineData("killed and ")]
    [InlineData("of the ")]
    [InlineData("4 May ")]
    [InlineData("Karova ")]
    [InlineData("[9]")]
    [InlineData("â€")]
    [InlineData("🚌")]
    [InlineData("including 2 children, ")]
    public static void A_million_of_the_same_is_read_to_its_end(string same)
    {
        var text = new StringBuilder(1_000_100).Append(Plain).Append('\n');
        while (text.Length < 1_000_000)
        {
            text.Append(same);
        }

        Assert.NotEmpty(Sound(text.ToString()).Proposals);
    }

    [Fact]
    public static void One_word_of_ten_million_letters_is_read_to_its_end() => Assert.NotEmpty(Sound(Plain + "\n" + new string('x', 10_000_000)).Proposals);

    [Fact]
    public static void A_tag_that_never_closes_hides_nothing_behind_it() => Assert.Equal("42 civilians were evacuated from Karova on 4 May 2031", Quote("<p class=\"" + Plain));

    [Theory]
    [InlineData("42&nbsp;civilians")]
    [InlineData("42\u00A0civilians")]
    [InlineData("42\u202Fcivilians")]
    [InlineData("42<i></i> civilians")]
    [InlineData("42 &lrm;civilians")]
    public static void Entities_tags_and_hard_spaces_are_stepped_over_and_stay_in_the_quote(string words) =>
        Assert.Contains(words[2..], Quote(Plain.Replace("42 civilians", words, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public static void Letters_read_in_the_wrong_code_page_are_mended_for_reading_alone()
    {
        var found = Assert.Single(Sound("The ministryâ€™s spokesman said: â€œ42 civilians were evacuated from Karova.â€\u009D").Proposals);
        Assert.Equal("42 civilians were evacuated from Karova", found.Quote);
    }

    [Fact]
    public static void Spans_count_units_of_utf_16_and_the_answers_form_counts_characters()
    {
        const string Text = "🚌🚑 " + Plain;
        var reading = Sound(Text);
        var span = Assert.Single(reading.Proposals).Span;
        using var json = System.Text.Json.JsonDocument.Parse(ClaimsForm.Write(reading));
        Assert.Equal(span.Start - 2, json.RootElement[0].GetProperty("span")[0].GetInt32());
        Assert.Equal(Text[span.Start..span.End], json.RootElement[0].GetProperty("quote").GetString());
    }

    [Fact]
    public static void Lines_may_end_either_way()
    {
        var text = Plain + "\n" + Plain.Replace("42", "43", StringComparison.Ordinal) + "\n";
        var (one, other) = (Sound(text), Sound(text.Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.Equal(one.Proposals.Select(p => p.Quote), other.Proposals.Select(p => p.Quote));
        Assert.Equal(2, one.Proposals.Count);
    }

    [Theory]
    [InlineData("[9]")]
    [InlineData("[9][10]")]
    [InlineData("[note 2]")]
    [InlineData("[citation needed]")]
    public static void Marks_of_footnotes_are_no_words(string note)
    {
        var found = Assert.Single(Sound(Plain.Replace("civilians", "civilians" + note, StringComparison.Ordinal).TrimEnd() + note + " ").Proposals);
        Assert.Equal(("42", "civilians"), (found.Count!.Bound.ToString(), found.Category));
    }

    [Fact]
    public static void Progress_only_grows_and_ends_within_the_text()
    {
        var (last, text) = (0, string.Concat(Enumerable.Repeat(Plain + "\n", 200)));
        TextIntake.Read(new(text, null, "en"), at =>
        {
            Assert.InRange(at, last, text.Length);
            last = at;
        });
        Assert.True(last > text.Length - Plain.Length);
    }
}
