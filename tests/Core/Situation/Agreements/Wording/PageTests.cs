using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Agreements.Wording;
using Xunit;

namespace Safeconduct.Tests.Situation.Agreements.Wording;

/// <summary>What the page of the language shows is read and written as it stands there.</summary>
public static class PageTests
{
    private static string Example => Repository.Text("formats/agreement.md").Split("```")[1].TrimStart('\n').Replace("```", "", StringComparison.Ordinal);

    [Fact]
    public static void The_example_reads_without_a_problem() => Assert.Empty(Harbour.Read(Example).Problems);

    [Fact]
    public static void The_example_is_written_as_it_stands() =>
        Assert.Equal(Example, AgreementText.Of(Harbour.Read(Example), Harbour.Operation));

    [Theory]
    [InlineData("formats/agreement.md")]
    [InlineData("docs/how-to/write-an-agreement.md")]
    public static void Every_text_marked_as_terms_reads_and_is_written_as_it_stands(string page)
    {
        var texts = Repository.Text(page).Split("```terms\n").Skip(1).Select(t => t.Split("```")[0]).ToList();
        Assert.NotEmpty(texts);
        foreach (var text in texts)
        {
            var written = Harbour.Read(text);
            Assert.Empty(written.Problems);
            Assert.Equal(text, AgreementText.Of(written, Harbour.Operation));
        }
    }

    [Fact]
    public static void Every_code_that_the_reader_gives_stands_on_the_page()
    {
        var page = Repository.Text("formats/agreement.md");
        var sources = Repository.Files("src/Situation/Agreements/Wording", "*.cs").Select(Repository.Text);
        var codes = sources.SelectMany(s => System.Text.RegularExpressions.Regex.Matches(s, "\"agreement(\\.[a-z-]+)\"").Select(m => m.Groups[1].Value)).Where(c => c != ".not-understood").Distinct();
        Assert.All(codes, c => Assert.True(page.Contains($"{c}`", StringComparison.Ordinal), $"agreement{c} is not on the page."));
    }

    [Fact]
    public static void The_example_says_what_it_says()
    {
        var agreement = Harbour.Understood(Example);
        Assert.Equal(["north", "south"], agreement.Parties.Select(p => p.Name));
        Assert.Equal(5, agreement.Terms.Count);
        var leads = Assert.IsType<Clause.LeadsTo>(agreement.Terms[1].Clauses.Single());
        Assert.Equal(["mole-road", "mole-gate"], leads.Each.Via.Select(p => p.Value));
        Assert.Equal(["convoy"], leads.To.Same);
        Assert.IsType<State.Suspended>(leads.ClockStops);
        var reciprocity = Assert.IsType<Clause.ForEach>(agreement.Terms[2].Clauses.Single());
        Assert.Equal((1250L, 2000L, true), (reciprocity.Of.Number, reciprocity.Owed.Number, reciprocity.EachOther));
    }
}
