using System.Text.Json;
using System.Text.RegularExpressions;
using Safeconduct.Situation.Agreements.Wording;
using Xunit;

namespace Safeconduct.Tests.Situation.Agreements.Wording;

/// <summary>What a clause says in plain sentences, what the form makes of answers, and the words that an editor colours.</summary>
public static class ProseAndFormTests
{
    [Theory]
    [InlineData("each departure from pocket via road leads to arrival in upper-vale of the same convoy within 12 hours unless turned-back clock stops while suspended", "Each departure from Old Harbour by the Mole Road or the Mole Gate is to be followed by the arrival of the same convoy in the Upper Vale within 12 hours, unless it is turned back. The clock stands still while departures are suspended.")]
    [InlineData("never fire at pocket while departures from pocket run", "There is to be no fire at Old Harbour while departures from Old Harbour are under way.")]
    [InlineData("each suspension is preceded by fire or notice within 24 hours", "Each suspension is to come after fire or a notice, at most 24 hours before it.")]
    [InlineData("for each 1250 people who leave villages, 2000 people leave pocket within 24 hours of each other", "Parallel departures: people who leave Far Village or Near Village and people who leave Old Harbour, in steps of 1,250 and 2,000, within 24 hours of each other.")]
    [InlineData("release of detainees from upper-vale by 2031-05-20", "The release of detainees from the Upper Vale is to happen by the end of 20 May 2031.")]
    [InlineData("first departure from 2031-05-03 by 2031-05-03", "The first departure is to happen on 3 May 2031.")]
    [InlineData("at least one third of 15000 people leave pocket by 2031-05-20T18:00", "At least one third of 15,000 people are to have left Old Harbour by 18:00 on 20 May 2031 (UTC+02:00).")]
    [InlineData("departure of fighters from pocket only after 100 wounded leave pocket", "Departures of fighters from Old Harbour are to come only after 100 wounded people have left Old Harbour.")]
    [InlineData("within 24 hours, people leave pocket exceed people leave villages by at most 500", "Within any 24 hours, people who leave Old Harbour may be at most 500 more than people who leave Far Village or Near Village.")]
    [InlineData("everyone leaves pocket by end", "Everyone is to have left Old Harbour by the end of the agreement.")]
    [InlineData("access to pocket", "Access to Old Harbour is not to be refused.")]
    [InlineData("not observable: \"respect\"", "The agreement's word \"respect\" has no observable meaning.")]
    public static void A_clause_in_plain_sentences(string line, string sentence)
    {
        var agreement = Harbour.Understood(Harbour.WithTerm(line));
        Assert.Equal(sentence, Assert.Single(AgreementProse.Of(agreement, Harbour.Operation)[0].Asks));
    }

    [Fact]
    public static void A_term_is_made_of_answers()
    {
        var agreement = Harbour.Understood(Harbour.WithTerm("never fire"));
        var filled = AgreementForm.FillTerm(
            AgreementForm.NextNumber(agreement),
            new Dictionary<string, string> { ["title"] = "No \"fire\"", ["stated in"] = "H-1, H-2", ["binds"] = "north, south", ["version"] = "1" },
            [new FormAnswers("prohibition", new Dictionary<string, string> { ["what"] = "fire at pocket", ["while"] = "suspended" })],
            agreement,
            Harbour.Operation);
        Assert.Empty(filled.Problems);
        var added = AgreementForm.Added(agreement, filled.Value!);
        Assert.EndsWith("\nterm 2 \"No \"\"fire\"\"\"\n  version 1\n  stated in [H-1, H-2]\n  binds north, south\n  never fire at pocket while suspended\n", AgreementText.Of(added, Harbour.Operation), StringComparison.Ordinal);
        Assert.Equal(["title", "version", "stated in", "binds"], AgreementForm.TermAnswers(filled.Value!, added).Keys);
    }

    [Theory]
    [InlineData("prohibition", "what", "fire at nowhere", "what", "agreement.unknown-place")]
    [InlineData("prohibition", "while", "suspended", "what", "form.missing")]
    [InlineData("prohibition", "waht", "fire", "waht", "form.unknown-field")]
    [InlineData("prohibiton", "what", "fire", "", "form.unknown-template")]
    [InlineData("access", "which", "entry", "which", "form.choice")]
    [InlineData("safe-passage", "for", "departure leads to arrival", "for", "agreement.unexpected")]
    public static void A_wrong_answer_is_said_at_its_field(string template, string field, string answer, string at, string code)
    {
        var filled = AgreementForm.Fill(template, new Dictionary<string, string> { [field] = answer }, Harbour.Understood(Harbour.WithTerm("never fire")), Harbour.Operation);
        Assert.Null(filled.Value);
        Assert.Contains((at, code), filled.Problems.Select(p => (p.Field, p.Problem.Code)));
    }

    [Fact]
    public static void An_answer_can_not_smuggle_in_a_line_of_its_own()
    {
        var agreement = Harbour.Understood(Harbour.WithTerm("never fire"));
        var filled = AgreementForm.FillTerm("2", new Dictionary<string, string> { ["title"] = "T\nterm 9 \"X\"" }, [new FormAnswers("prohibition", new Dictionary<string, string> { ["what"] = "fire\nbinds nobody" })], agreement, Harbour.Operation);
        Assert.Null(filled.Value);
    }

    [Fact]
    public static void Parts_of_an_occurrence_make_its_words()
    {
        var words = AgreementForm.OccurrenceWords(new Dictionary<string, string> { ["noun"] = "departure", ["of"] = "wounded", ["from"] = "pocket", ["via"] = "road", ["with-people"] = "yes", ["batch"] = "first convoy" });
        Assert.Equal("departure of wounded in batch \"first convoy\" from pocket via road with people", words);
        Assert.Equal("half of people leave pocket", AgreementForm.TotalWords(new Dictionary<string, string> { ["number"] = "half", ["category"] = "people", ["measure"] = "leave", ["places"] = "pocket" }));
    }

    [Fact]
    public static void The_editor_colours_the_words_that_the_language_has()
    {
        using var grammar = JsonDocument.Parse(Repository.Bytes("editors/vscode/syntaxes/terms.tmLanguage.json"));
        string[] Words(string part) => [.. Regex.Match(grammar.RootElement.GetProperty("repository").GetProperty(part).GetProperty("match").GetString()!, @"\(\?:([a-z|-]+)\)").Groups[1].Value.Split('|').Order(StringComparer.Ordinal)];
        Assert.Equal(Vocabulary.Keywords.Order(StringComparer.Ordinal), Words("keywords"));
        Assert.Equal(Vocabulary.Nouns.Order(StringComparer.Ordinal), Words("nouns"));
        Assert.Equal(Vocabulary.Categories.Where(c => !Vocabulary.Keywords.Contains(c)).Order(StringComparer.Ordinal), Words("categories"));
        Assert.Equal(Vocabulary.Units.Order(StringComparer.Ordinal), Words("units"));
    }

    [Fact]
    public static void The_reader_knows_exactly_the_words_of_the_list()
    {
        var sources = string.Concat(new[] { "ClauseReader", "AgreementReader", "Vocabulary" }.Select(f => Repository.Text($"src/Situation/Agreements/Wording/{f}.cs")));
        var calls = Regex.Matches(sources, @"\b(?:Is|Take|Expect|IsAhead)\(([^()]*)\)").SelectMany(m => Regex.Matches(m.Groups[1].Value, "\"([a-z]+)\"").Select(w => w.Groups[1].Value));
        var measures = Regex.Matches(sources, "\\(\"([a-z ]+)\", Counting").SelectMany(m => m.Groups[1].Value.Split(' '));
        Assert.Equal(Vocabulary.Keywords.Order(StringComparer.Ordinal), calls.Concat(measures).Append("anywhere").Append("agreement").Append("people").Distinct().Order(StringComparer.Ordinal));
    }
}
