using System.Text.Json;
using Xunit;

namespace Safeconduct.Tests.Edges;

/// <summary>
/// Every case, read by the real program and scored against answers made by hand (<c>cases/score.py</c>). The answers never follow the program; the numbers here are what it is to reach.
/// </summary>
public sealed class CaseScoreTests
{
    private const double Contradictions = 0.75;
    private const double LookAlikes = 0.10;
    private const double Ranges = 0.80;

    /// <summary>Wanted of all: at least 75 per cent of strong contradictions found, at most 10 per cent of look-alikes hit, at least 80 per cent of ranges.</summary>
    public static TheoryData<string, double, double, double> Cases => new()
    {
        { "aleppo-2016", Contradictions, LookAlikes, Ranges },
        { "orlecat-exchange", Contradictions, LookAlikes, Ranges },
        { "kelvane-convoys", Contradictions, LookAlikes, Ranges },
        { "ardel-ceasefire", Contradictions, LookAlikes, Ranges },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_is_read_as_a_careful_reader_reads_it(string name, double contradictions, double lookAlikes, double ranges)
    {
        var score = Scored(name);
        var detail = string.Join('\n', score.GetProperty("detail").EnumerateArray().Select(d => d.GetString()));
        Assert.True(score.GetProperty("strong_found").GetDouble() >= contradictions * score.GetProperty("strong").GetDouble(), detail);
        Assert.True(score.GetProperty("traps_hit").GetDouble() <= lookAlikes * score.GetProperty("traps").GetDouble(), detail);
        Assert.True(score.GetProperty("ranges").GetDouble() >= ranges, detail);
        Assert.Equal(score.GetProperty("movements_of").GetInt32(), score.GetProperty("movements").GetInt32());
    }

    [Fact]
    public void Every_folder_of_cases_is_scored()
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(Running.Root, "cases")).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(Cases.Select(c => c.Data.Item1).Order(StringComparer.Ordinal), folders.Where(f => f is not ("__pycache__" or "texts")));
    }

    /// <summary>Every id that the answers name is a row of the list, and the page says that the case is invented.</summary>
    [Theory]
    [InlineData("orlecat-exchange")]
    [InlineData("kelvane-convoys")]
    [InlineData("ardel-ceasefire")]
    public void Answers_name_only_what_was_said(string name)
    {
        var ids = File.ReadAllLines(In(name, "statements.jsonl")).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("id").GetString()!).ToHashSet(StringComparer.Ordinal);
        var prefix = ids.First()[..(ids.First().IndexOf('-', StringComparison.Ordinal) + 1)];
        var named = System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(In(name, "key.json")), $@"{prefix}\d+").Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(named);
        Assert.All(named, id => Assert.Contains(id, ids));
        Assert.Contains("**Invented.**", File.ReadAllText(In(name, "README.md")), StringComparison.Ordinal);
    }

    private static JsonElement Scored(string name)
    {
        Assert.SkipUnless(Running.Has("python3"), "python3 is not on this machine");
        using var run = new Running();
        var assessed = run.Safeconduct("assess", In(name, "statements.jsonl"), "--json");
        Assert.True(assessed.Exit == 0, assessed.Error);
        File.WriteAllText(run.In("run.json"), assessed.Output);
        var scored = Running.Start("python3", ["-B", Path.Combine(Running.Root, "cases", "score.py"), Path.Combine(Running.Root, "cases", name), run.In("run.json"), "--json"], run.Folder);
        Assert.True(scored.Exit == 0, scored.Error);
        using var json = JsonDocument.Parse(scored.Output);
        return json.RootElement.Clone();
    }

    private static string In(string name, string file) => Path.Combine(Running.Root, "cases", name, file);
}
