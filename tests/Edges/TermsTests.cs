using System.Text.Json;
using Xunit;

namespace Safeconduct.Tests.Edges;

/// <summary><c>terms</c> as a person uses it: what is wrong with a caret under it, the sentences, the one form, the form's answers; and nothing changed where something is refused.</summary>
public sealed class TermsTests : IDisposable
{
    private const string Places = """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"old-town","name_en":"Old Town","kind":"district"},"geometry":{"type":"Point","coordinates":[30,50]}}]}""";

    private const string Text = """
        agreement "Old Town"
          parties     north "Northern Council"

        -- as the mayor read it out
        term 1 "No fire"
          binds north
          never fire at old-town

        """;

    private readonly Running _run = new();

    public TermsTests()
    {
        File.WriteAllText(_run.In("places.geojson"), Places);
        File.WriteAllText(_run.In("agreement.terms"), Text);
    }

    [Fact]
    public void Check_says_every_term_in_a_sentence()
    {
        var ran = _run.Safeconduct("terms", "check", "agreement.terms");
        Assert.Equal((0, ""), (ran.Exit, ran.Error));
        Assert.Contains("   - There is to be no fire at Old Town.\n", ran.Output, StringComparison.Ordinal);
        Assert.EndsWith("1 term, 0 warnings.\n", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_puts_a_caret_under_what_is_wrong()
    {
        File.WriteAllText(_run.In("agreement.terms"), Text.Replace("at old-town", "at old-twon", StringComparison.Ordinal));
        var ran = _run.Safeconduct("terms", "check", "agreement.terms");
        Assert.Equal((1, ""), (ran.Exit, ran.Output));
        Assert.Equal(
            """
            agreement.terms:7:17: error: 'old-twon' is not a place of this agreement or of the operation. [agreement.unknown-place]
                7 |   never fire at old-twon
                  |                 ^^^^^^^^
                    expected: a name from the line 'places', or an id of the gazetteer
                    write: old-town
            safeconduct: 1 error, 0 warnings; the agreement can't be read before they are corrected. [agreement.not-understood]

            """,
            ran.Error);
    }

    [Fact]
    public void Check_in_json_has_the_same_for_a_program()
    {
        File.WriteAllText(_run.In("agreement.terms"), Text.Replace("never fire", "never fyre", StringComparison.Ordinal));
        var ran = _run.Safeconduct("terms", "check", "agreement.terms", "--json");
        Assert.Equal((1, ""), (ran.Exit, ran.Error));
        using var document = JsonDocument.Parse(ran.Output);
        var problem = document.RootElement.GetProperty("problems")[0];
        Assert.False(document.RootElement.GetProperty("understood").GetBoolean());
        Assert.Equal(("agreement.unknown-event", 7, 9, "fire"), (problem.GetProperty("code").GetString(), problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32(), problem.GetProperty("suggestion").GetString()));
    }

    [Fact]
    public void Format_writes_the_one_form_and_keeps_comments()
    {
        Assert.Equal(0, _run.Safeconduct("terms", "format", "agreement.terms", "--check").Exit);
        File.WriteAllText(_run.In("agreement.terms"), Text.Replace("  binds north\n", "    binds     north -- both\n", StringComparison.Ordinal).Replace("  never", "    never", StringComparison.Ordinal));
        var check = _run.Safeconduct("terms", "format", "agreement.terms", "--check");
        Assert.Equal(1, check.Exit);
        Assert.Contains("[agreement.not-formatted]", Assert.Single(check.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(0, _run.Safeconduct("terms", "format", "agreement.terms").Exit);
        Assert.Equal(Text.Replace("binds north\n", "binds north  -- both\n", StringComparison.Ordinal), File.ReadAllText(_run.In("agreement.terms")));
    }

    [Fact]
    public void The_form_takes_answers_from_a_file_and_adds_the_term()
    {
        File.WriteAllText(_run.In("answers.json"), """{"term":{"title":"Everybody out","binds":"north"},"clauses":[{"template":"emptying","answers":{"places":"old-town","by":"2031-05-20"}}]}""");
        var ran = _run.Safeconduct("terms", "form", "agreement.terms", "--answers", "answers.json");
        Assert.True(ran.Exit == 0, ran.Error);
        Assert.Equal(Text + "\nterm 2 \"Everybody out\"\n  binds north\n  everyone leaves old-town by 2031-05-20\n", File.ReadAllText(_run.In("agreement.terms")));
        Assert.Contains("Everyone is to have left Old Town by the end of 20 May 2031.", ran.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"term":{"title":"T"},"clauses":[{"template":"emptying","answers":{"places":"nowhere"}}]}""", "agreement.unknown-place")]
    [InlineData("""{"term":{"title":"T","binds":"south"},"clauses":[{"template":"emptying","answers":{"places":"old-town"}}]}""", "agreement.unknown-party")]
    [InlineData("""{"term":{},"clauses":[{"template":"emptying","answers":{"places":"old-town"}}]}""", "form.missing")]
    [InlineData("""{"term":{"title":"T"},"clauses":[]}""", "agreement.no-clause")]
    [InlineData("""{"term":{"title":5}}""", "form.answers")]
    [InlineData("[]", "form.answers")]
    public void Wrong_answers_are_refused_in_one_line_and_change_nothing(string answers, string code)
    {
        File.WriteAllText(_run.In("answers.json"), answers);
        var ran = _run.Safeconduct("terms", "form", "agreement.terms", "--answers", "answers.json");
        Assert.Equal(1, ran.Exit);
        Assert.Contains($"[{code}]", Assert.Single(ran.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(Text, File.ReadAllText(_run.In("agreement.terms")));
    }

    [Fact]
    public void A_form_that_is_left_changes_nothing()
    {
        var ran = _run.Safeconduct("terms", "form", "agreement.terms");
        Assert.Equal(2, ran.Exit);
        Assert.Equal(Text, File.ReadAllText(_run.In("agreement.terms")));
    }

    [Fact]
    public void The_templates_are_listed_for_a_screen()
    {
        using var document = JsonDocument.Parse(_run.Safeconduct("terms", "form", "--json").Output);
        Assert.Equal(14, document.RootElement.GetProperty("templates").GetArrayLength());
        using var terms = JsonDocument.Parse(_run.Safeconduct("terms", "form", "agreement.terms", "--json").Output);
        Assert.Equal("fire at old-town", terms.RootElement.GetProperty("terms")[0].GetProperty("clauses")[0].GetProperty("answers").GetProperty("what").GetString());
    }

    [Fact]
    public void The_places_of_an_operation_are_those_of_its_record()
    {
        Assert.Equal(0, _run.Safeconduct("init", "book", "--places", "places.geojson", "--time-zone", "Europe/Kyiv").Exit);
        File.Delete(_run.In("places.geojson"));
        Assert.Contains("no fire at Old Town.", _run.Safeconduct("terms", "check", "agreement.terms", "-o", "book").Output, StringComparison.Ordinal);
    }

    public void Dispose() => _run.Dispose();
}
