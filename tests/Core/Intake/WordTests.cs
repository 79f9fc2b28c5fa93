using Safeconduct.Intake.Lexicons;
using Safeconduct.Statements;
using Xunit;

namespace Safeconduct.Tests.Core.Intake;

public class WordTests
{
    [Theory]
    [InlineData("2,934", 2934)]
    [InlineData("9500", 9500)]
    [InlineData("6.8", 6.8)]
    [InlineData("seven", 7)]
    [InlineData("twenty-five", 25)]
    [InlineData("two hundred and fifty", 250)]
    [InlineData("three thousand four hundred", 3400)]
    [InlineData("1.5 million", 1500000)]
    [InlineData("a dozen", 12)]
    [InlineData("two dozen", 24)]
    [InlineData("40 thousand", 40000)]
    [InlineData("a hundred", 100)]
    public void A_number_is_read_in_digits_and_in_words(string text, double value)
    {
        Assert.True(Numbers.TryRead(new Wording().Read(text, Lexicon.English), Lexicon.English, 0, out var read, out var next));
        Assert.Equal((decimal)value, read);
        Assert.Equal(new Wording().Read(text, Lexicon.English).Count, next);
    }

    [Theory]
    [InlineData("seven two", 7, 1)]
    [InlineData("20 buses", 20, 1)]
    [InlineData("five and six", 5, 1)]
    public void A_number_ends_where_another_begins(string text, int value, int next)
    {
        Assert.True(Numbers.TryRead(new Wording().Read(text, Lexicon.English), Lexicon.English, 0, out var read, out var end));
        Assert.Equal(((decimal)value, next), (read, end));
    }

    [Theory]
    [InlineData("a man")]
    [InlineData("16th")]
    [InlineData("07:00")]
    [InlineData("first")]
    public void An_ordinal_a_time_and_an_article_are_no_numbers(string text) =>
        Assert.False(Numbers.TryRead(new Wording().Read(text, Lexicon.English), Lexicon.English, 0, out _, out _));

    [Theory]
    [InlineData("99999999999999999999 hundred hundred hundred hundred hundred hundred million people")]
    [InlineData("a million million million hundred hundred hundred hundred hundred hundred hundred hundred hundred hundred hundred hundred hundred hundred")]
    public void A_number_beyond_all_counting_is_read_no_further_and_breaks_nothing(string text)
    {
        var mentions = new List<Mention>();
        Bounds.Find(new Wording().Read(text, Lexicon.English), Lexicon.English, mentions);
        Assert.NotEmpty(mentions);
    }

    [Theory]
    [InlineData("more than 9,500 people", "more than 9,500")]
    [InlineData("over 3,000 of them", "more than 3,000")]
    [InlineData("at least 112 killed", "at least 112")]
    [InlineData("no fewer than 40 buses", "at least 40")]
    [InlineData("up to 30,000 people", "up to 30,000")]
    [InlineData("fewer than 50 people", "fewer than 50")]
    [InlineData("about 8,500 people", "about 8,500")]
    [InlineData("some 750 people", "about 750")]
    [InlineData("nearly 1,000 people", "nearly 1,000")]
    [InlineData("close to 3,000 fighters", "nearly 3,000")]
    [InlineData("between 30 and 40 buses", "30 to 40")]
    [InlineData("80,000 to 100,000 people", "80,000 to 100,000")]
    [InlineData("three or four people", "3 to 4")]
    [InlineData("400 or more people", "at least 400")]
    [InlineData("hundreds of people", "hundreds")]
    [InlineData("tens of thousands of people", "tens of thousands")]
    [InlineData("an estimated 1,500 fighters", "about 1,500")]
    public void A_bound_is_read_with_its_words(string text, string bound)
    {
        var mentions = Found(text);
        Assert.Equal(bound, Assert.Single(mentions).AsBound().ToString());
    }

    [Theory]
    [InlineData("resolution 2328", MentionUse.Name)]
    [InlineData("30 December", MentionUse.Name)]
    [InlineData("in 2016 they", MentionUse.Name)]
    [InlineData("93 per cent", MentionUse.Measure)]
    [InlineData("21 km", MentionUse.Measure)]
    [InlineData("24 hours", MentionUse.Measure)]
    [InlineData("24 buses", MentionUse.Count)]
    [InlineData("2016 people", MentionUse.Count)]
    public void A_number_that_names_or_measures_is_not_counted(string text, MentionUse use) => Assert.Equal(use, Assert.Single(Found(text)).Use);

    [Theory]
    [InlineData("eight more buses")]
    [InlineData("another 600 people")]
    [InlineData("plus 600 in cars")]
    public void A_number_beside_the_count_is_told_apart(string text) => Assert.True(Assert.Single(Found(text)).IsFurther);

    [Theory]
    [InlineData("x : y", "lexicon.no-section", "A rule stands under a section")]
    [InlineData("[who]\nx : y", "lexicon.not-a-rule", "three parts with ' : ' between them")]
    [InlineData("[whom]\nx : y : z", "lexicon.unknown-section", "'whom' is not a section")]
    [InlineData("[who: journeys]\n", "lexicon.unknown-kind", "'journeys' is not a kind of the list")]
    [InlineData("[who]\nx : y : a\nx : y : b", "lexicon.same-id-twice", "given twice")]
    [InlineData("[who]\nx : y : a? b", "lexicon.pattern", "begins with a word or a number")]
    [InlineData("[who]\nx : y : a ..99 b", "lexicon.gap", "'..99' is not a gap")]
    public void A_lexicon_that_cannot_be_used_is_refused_with_its_line(string text, string code, string message)
    {
        var refused = Assert.Throws<RefusedException>(() => Lexicon.Read("test", text));
        Assert.Equal(code, refused.Problem.Code);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("line ", refused.Problem.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lexicon_has_a_version_and_every_value_that_names_a_category_is_one()
    {
        Assert.Equal("english 1", Lexicon.English.Version);
        var known = Safeconduct.Statements.Quantities.Category.Named.Select(n => n.Slug).Concat(["bodies", "bodies-mixed"]).ToHashSet(StringComparer.Ordinal);
        Assert.All(Lexicon.English.Rules.Where(r => r.Slot is Slot.Who), r => Assert.Contains(r.Value, known));
        Assert.True(Lexicon.English.Rules.Count > 250);
    }

    private static List<Mention> Found(string text)
    {
        var mentions = new List<Mention>();
        Bounds.Find(new Wording().Read(text, Lexicon.English), Lexicon.English, mentions);
        return mentions;
    }
}
