using Safeconduct.Intake.Lexicons;
using Safeconduct.Statements.Quantities;
using Xunit;

namespace Safeconduct.Tests.Core.Intake;

public class QuantityTests
{
    [Theory]
    [InlineData("337 wounded", "337")]
    [InlineData("more than 9,500 people", "more than 9,500")]
    [InlineData("well over 300 people", "more than 300")]
    [InlineData("just over 300 people", "more than 300")]
    [InlineData("upwards of 300 people", "more than 300")]
    [InlineData("in excess of 300 people", "more than 300")]
    [InlineData("no fewer than 12 people", "at least 12")]
    [InlineData("a minimum of 12 people", "at least 12")]
    [InlineData("12 or more people", "at least 12")]
    [InlineData("200+ people", "at least 200")]
    [InlineData("up to 30,000 people", "up to 30,000")]
    [InlineData("as many as 300 people", "up to 300")]
    [InlineData("cannot exceed 300 people", "up to 300")]
    [InlineData("nearly 1,000 people", "nearly 1,000")]
    [InlineData("almost two hundred people", "nearly 200")]
    [InlineData("close to 3,000 people", "nearly 3,000")]
    [InlineData("around 50 people", "about 50")]
    [InlineData("some 50 people", "about 50")]
    [InlineData("an estimated 50 people", "about 50")]
    [InlineData("50 or so people", "about 50")]
    [InlineData("a dozen people", "12")]
    [InlineData("two dozen people", "24")]
    [InlineData("half a dozen people", "6")]
    [InlineData("half a million people", "500,000")]
    [InlineData("one and a half million people", "1,500,000")]
    [InlineData("2.5 million people", "2,500,000")]
    [InlineData("1.2m people", "1,200,000")]
    [InlineData("20k people", "20,000")]
    [InlineData("a 10,000-strong force", "10,000")]
    [InlineData("SOME FIFTY PEOPLE", "about 50")]
    [InlineData("TWO HUNDRED AND SIX PEOPLE", "206")]
    [InlineData("one hundred and twelve people", "112")]
    [InlineData("two hundred twelve thousand people", "212,000")]
    [InlineData("a hundred and one people", "101")]
    [InlineData("30 to 40 people", "30 to 40")]
    [InlineData("30-40 people", "30 to 40")]
    [InlineData("30–40 people", "30 to 40")]
    [InlineData("30 – 40 people", "30 to 40")]
    [InlineData("between 30 and 40 people", "30 to 40")]
    [InlineData("two to three thousand people", "2,000 to 3,000")]
    [InlineData("1.5 to 2 million people", "1,500,000 to 2,000,000")]
    [InlineData("at least another 20 people", "at least 20")]
    [InlineData("up to a further 20 people", "up to 20")]
    [InlineData("an additional 20 people", "20")]
    public void A_count_is_read_with_its_words(string text, string bound)
    {
        var mention = Assert.Single(Found(text));
        Assert.Equal(MentionUse.Count, mention.Use);
        Assert.Equal(bound, mention.AsBound().ToString());
    }

    [Theory]
    [InlineData("some civilians left", "some", 1)]
    [InlineData("several civilians left", "several", 3)]
    [InlineData("dozens of civilians", "dozens", 24)]
    [InlineData("several dozen civilians", "several dozen", 36)]
    [InlineData("scores of civilians", "scores", 40)]
    [InlineData("hundreds of civilians", "hundreds", 200)]
    [InlineData("several hundred civilians", "several hundred", 300)]
    [InlineData("thousands of civilians", "thousands", 2_000)]
    [InlineData("several thousand civilians", "several thousand", 3_000)]
    [InlineData("tens of thousands of civilians", "tens of thousands", 20_000)]
    [InlineData("hundreds of thousands of civilians", "hundreds of thousands", 200_000)]
    [InlineData("millions of civilians", "millions", 2_000_000)]
    public void A_vague_word_keeps_its_word_and_has_its_floor(string text, string word, long floor)
    {
        var bound = Assert.Single(Found(text)).AsBound();
        Assert.Equal((word, floor, null), (bound?.VagueWord, bound?.Low, bound?.High));
    }

    [Theory]
    [InlineData("in 2014 they")]
    [InlineData("the 2014 agreement")]
    [InlineData("aged 34")]
    [InlineData("a 34-year-old")]
    [InlineData("34 years old")]
    [InlineData("under the age of six")]
    [InlineData("between the ages of 6 and 12")]
    [InlineData("Abcdef Xyzzy, 34, said")]
    [InlineData("at 3 p.m. they")]
    [InlineData("at 0400 GMT")]
    [InlineData("at 0400 they")]
    [InlineData("24 hours")]
    [InlineData("a 24-hour truce")]
    [InlineData("several hours")]
    [InlineData("six kilometers away")]
    [InlineData("40 percent")]
    [InlineData("40% of them")]
    [InlineData("40 per cent")]
    [InlineData("$20 million")]
    [InlineData("20 million dollars")]
    [InlineData("€300")]
    [InlineData("BM-21 rockets")]
    [InlineData("an F-16 and")]
    [InlineData("Resolution 2254")]
    [InlineData("Route 4")]
    [InlineData("No. 5")]
    [InlineData("24/7")]
    [InlineData("founded in 1644, the town")]
    [InlineData("a man who was 34 at the time")]
    [InlineData("children under 18")]
    [InlineData("people over 60")]
    [InlineData("fell to minus 4")]
    [InlineData("after km 41")]
    [InlineData("04 OCT 89 BYLINE")]
    [InlineData("by 12 votes to one")]
    [InlineData("the 15-member council")]
    [InlineData("the twenty-first convoy")]
    [InlineData("one another")]
    [InlineData("three buses (3)", 1)]
    [InlineData("a source [12] said")]
    [InlineData("1. The parties agree")]
    [InlineData("on 30 April")]
    [InlineData("on 15.12.2016")]
    [InlineData("from 12 to 15 May")]
    [InlineData("three times")]
    [InlineData("500m away", 0)]
    [InlineData("the 7th Brigade", 0)]
    [InlineData("the 82nd Airborne", 0)]
    [InlineData("the first bus", 0)]
    [InlineData("an M4 rifle", 0)]
    [InlineData("at 11:00", 0)]
    public void A_number_that_names_or_measures_is_no_count(string text, int others = 0) =>
        Assert.Equal(others, Found(text).Count(m => m.Use is MentionUse.Count));

    [Fact]
    public void Behind_a_day_and_its_month_a_number_is_a_count_again()
    {
        var mentions = Found("On 30 April 20 civilians left");
        Assert.Equal([MentionUse.Name, MentionUse.Count], mentions.Select(m => m.Use));
    }

    [Theory]
    [InlineData("at least 12 people killed and 30 wounded", "at least 12", "at least 30")]
    [InlineData("more than 12 killed, 30 wounded", "more than 12", "more than 30")]
    [InlineData("about 20 buses and 5 ambulances", "about 20", "5")]
    [InlineData("over 4,500 militants and 337 wounded", "more than 4,500", "337")]
    [InlineData("at least 12 people were killed and 30 others injured", "at least 12", "at least 30")]
    [InlineData("up to 12 dead and 30 wounded", "up to 12", "up to 30")]
    [InlineData("at least 12 killed and about 30 wounded", "at least 12", "about 30")]
    [InlineData("at least 12 killed. 30 were wounded", "at least 12", "30")]
    [InlineData("more than 3,000 people, 62 of them wounded", "more than 3,000", "62")]
    [InlineData("at least 12 people who left by bus and 30 wounded", "at least 12", "30")]
    [InlineData("12 killed and at least 30 wounded", "12", "at least 30")]
    [InlineData("over 3,000 of them fighters and 301 wounded", "more than 3,000", "301")]
    public void A_bound_is_shared_by_the_dead_and_the_wounded_of_one_phrase(string text, string first, string second) =>
        Assert.Equal([first, second], Found(text).Select(m => m.AsBound().ToString()));

    [Theory]
    [InlineData("eight more buses")]
    [InlineData("20 others")]
    [InlineData("another 600 people")]
    [InlineData("an additional 600 people")]
    [InlineData("at least another 600 people")]
    [InlineData("another dozens of people")]
    public void A_number_beside_the_count_is_told_apart(string text) => Assert.True(Assert.Single(Found(text)).IsFurther);

    [Fact]
    public void The_slice_of_a_count_reads_alone_to_the_same_bound()
    {
        foreach (var text in Spoken())
        {
            var wording = new Wording().Read(text, Lexicon.English);
            var mentions = new List<Mention>();
            Bounds.Find(wording, Lexicon.English, mentions);
            foreach (var m in mentions.Where(m => m is { Use: MentionUse.Count, IsShared: false } && m.VagueWord != "some").ToList())
            {
                var slice = wording.Between(m.From, m.To);
                Assert.Equal((slice, m.AsBound()), (slice, BoundWords.Read(slice)));
            }
        }
    }

    [Theory]
    [InlineData('1')]
    [InlineData('(')]
    [InlineData('-')]
    [InlineData('\'')]
    [InlineData(',')]
    public void A_million_of_one_character_is_read_in_one_pass(char c)
    {
        var text = new string(c, 1_000_000);
        Assert.True(Found(text).Count <= 1);
    }

    [Theory]
    [InlineData("million ")]
    [InlineData("hundred ")]
    [InlineData("hundred and ")]
    [InlineData("at least ")]
    [InlineData("99999999999999999 million ")]
    [InlineData("1 to ")]
    [InlineData("1, ")]
    [InlineData("half a ")]
    [InlineData("the May of ")]
    [InlineData("since from ")]
    [InlineData("1 May to ")]
    public void A_long_run_of_the_same_words_is_read_in_one_pass(string words)
    {
        var text = string.Concat(Enumerable.Repeat(words, 100_000));
        Assert.True(Found(text).Count <= 200_000);
    }

    private static IEnumerable<string> Spoken() =>
        from bound in (string[])["", "more than ", "at least ", "up to ", "nearly ", "about ", "fewer than ", "well over ", "no fewer than ", "an estimated "]
        from number in (string[])["12", "9,500", "twenty-five", "two hundred and six", "half a million", "a dozen", "3 to 5", "two or three thousand", "hundreds", "several dozen", "1.5 million"]
        from after in (string[])["", " or more", " or so", "+"]
        select $"They say {bound}{number}{after} people left.";

    private static List<Mention> Found(string text)
    {
        var mentions = new List<Mention>();
        Bounds.Find(new Wording().Read(text, Lexicon.English), Lexicon.English, mentions);
        return mentions;
    }
}
