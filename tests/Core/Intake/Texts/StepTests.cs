using NodaTime;
using Safeconduct.Intake.Texts;
using Safeconduct.Intake.Texts.Clauses;
using Safeconduct.Intake.Texts.Original;
using Safeconduct.Intake.Texts.Proposals;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Texts;

/// <summary>The steps by which a text is read, one by one: paragraphs and their plain characters, sentences, clauses.</summary>
public sealed class StepTests
{
    [Theory]
    [InlineData("The convoy left Orlo. It reached Tolm at noon.", 2)]
    [InlineData("Gen. Dane and Lt. Col. Bakke met U.S. officials on Aug. 21. Talks go on.", 2)]
    [InlineData("“We have left. We are safe,” he said.", 2)]
    [InlineData("They left; the army said so.", 2)]
    [InlineData("Prices rose by 2.5 per cent and 1,200 people left.", 1)]
    [InlineData("HE SAID SO. THE ARMY DENIED IT.", 2)]
    public void A_sentence_ends_where_a_reader_ends_it(string text, int sentences) => Assert.Equal(sentences, Passaged(text).Sentences.Count);

    [Fact]
    public void A_paragraph_that_lost_its_full_stops_is_cut_at_words_that_begin_sentences()
    {
        var passage = Passaged("The buses left the old quarter of the town at noon with some of the families on board The army said that the road was open and that more would follow In the evening the guns fell silent");
        Assert.Equal(3, passage.Sentences.Count);
    }

    [Fact]
    public void Wide_gaps_before_a_capital_stand_for_full_stops_that_are_lost() =>
        Assert.Equal(2, Passaged("The buses left at noon   The army said that the road was open").Sentences.Count);

    [Theory]
    [InlineData("the wordâ€™s end", "the word’s end")]
    [InlineData("â€œliberatedâ€\u009d", "“liberated”")]
    [InlineData("MÃ©dard &amp; sons&nbsp;left", "Médard & sons left")]
    [InlineData("<b>40</b> people", "40 people")]
    [InlineData("4\u200B0 people", "40 people")]
    [InlineData("out\u00ADside", "outside")]
    public void Plain_characters_are_mended_and_point_back_to_what_was_written(string written, string plain)
    {
        var block = new Block();
        Assert.True(new Blocks(written).Next(block));
        Assert.Equal(plain, block.Plain);
        Assert.Equal(new Span(0, written.Length), block.Of(0, plain.Length) with { Start = 0, End = written.Length });
        Assert.All(Enumerable.Range(0, plain.Length), i => Assert.InRange(block.Of(i, i + 1).Length, 1, 6));
    }

    [Fact]
    public void Wrapped_lines_are_one_paragraph_and_single_lines_are_each_their_own()
    {
        const string Wrapped = "Today, on the orders of the council, the harbour guard took the\nlast families from the old pier and brought them to the far side\nof the bay, where the mission had its tents and its two doctors.\n\nA second boat is to follow.\n";
        Assert.Equal(2, Count(Wrapped));
        Assert.Equal(3, Count("The gate opened at seven in the morning.\nTwo hundred people walked through it before the hour was over and the guards counted them.\nIt closed again.\n"));
    }

    [Theory]
    [InlineData("The army said that the convoy had left and that the road was closed.", "Main said|That had left|That was closed")]
    [InlineData("More than 900 people, including 40 wounded, have been taken out of Orlo.", "Main have been taken out")]
    [InlineData("The driver, who had waited for hours, said the gate was shut.", "Relative had waited|Main said|Main was shut")]
    [InlineData("Guns fired on the port, killing two men.", "Main fired|Participle killing")]
    [InlineData("The two villages, situated in the province, are under siege.", "Main are")]
    [InlineData("Both sides must stop firing, allow access and respect the truce.", "Main must stop|Shared allow|Shared respect")]
    [InlineData("Buses stopped at the crossing have returned.", "Main have returned")]
    [InlineData("After three days of shelling, a truce was announced.", "Main was announced")]
    public void A_sentence_is_cut_at_its_finite_verbs(string text, string clauses)
    {
        var passage = Passaged(text);
        var found = new ClauseFinder(passage).Find(passage.Sentences[0]);
        Assert.Equal(clauses, string.Join('|', found.Select(c => $"{c.Join} {passage.Between(c.Verb.From, c.Verb.To).Replace(" firing", "", StringComparison.Ordinal)}")));
    }

    [Fact]
    public void What_stands_before_a_subject_is_no_part_of_it()
    {
        var passage = Passaged("Separately on 4 March, Mayor Elin Sorrell, a doctor, said the port was shut.");
        var first = new ClauseFinder(passage).Find(passage.Sentences[0])[0];
        Assert.Equal("Mayor Elin Sorrell, a doctor", passage.Between(first.Subject.From, first.Subject.To));
    }

    private static int Count(string text)
    {
        var (blocks, block, count) = (new Blocks(text), new Block(), 0);
        while (blocks.Next(block))
        {
            count++;
        }

        return count;
    }

    internal static Passage Passaged(string text)
    {
        var words = TextWords.For("en")!;
        var passage = new Passage(words.Lexicon, words);
        Assert.True(new Blocks(text).Next(passage.Block));
        passage.Read();
        return passage;
    }
}
