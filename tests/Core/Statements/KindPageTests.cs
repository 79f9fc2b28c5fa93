using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Xunit;

namespace Safeconduct.Tests.Statements;

/// <summary>
/// Runs the worked examples on every kind's page. An example gives the fields that matter to it; the rest of the envelope is <see cref="Envelope"/>, as
/// <c>formats/statement.md</c> says. With SAFECONDUCT_REFRESH=1 the expected lines are rewritten, for a person to review in the diff.
/// </summary>
public static class KindPageTests
{
    public const string Envelope = """
        { "v": 1, "id": "S-1", "by": { "id": "mission/observers", "name": "Observers of the mission", "kind": "own-observers" },
          "said_at": "2031-05-02", "about": "2031-05-02", "handling": "room", "consent": "not-asked" }
        """;

    private static readonly bool Refresh = Environment.GetEnvironmentVariable("SAFECONDUCT_REFRESH") is "1";

    public static TheoryData<string> KindNames => [.. Catalogue.Kinds.Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(KindNames))]
    public static void A_kinds_page_says_what_the_program_does(string kind)
    {
        var path = PagePath(kind);
        Assert.True(File.Exists(Repository.PathOf(path)), $"The kind '{kind}' has no page of worked examples; write {path}.");
        var page = Repository.Text(path);
        var rerun = Rerun(page, kind);
        if (Refresh)
        {
            File.WriteAllText(Repository.PathOf(path), rerun);
            return;
        }

        Assert.Equal(page, rerun);
    }

    [Theory]
    [MemberData(nameof(KindNames))]
    public static void A_kinds_page_has_two_examples_that_are_taken_and_one_that_is_refused(string kind)
    {
        var page = Repository.Text(PagePath(kind));
        Assert.True(Regex.Count(page, "(?m)^```claims$") >= 2, $"{kind}: fewer than two accepted examples.");
        Assert.True(Regex.Count(page, "(?m)^```refused$") >= 1, $"{kind}: no refused example.");
        Assert.Equal(Regex.Count(page, "(?m)^```json$"), Regex.Count(page, "(?m)^```(claims|refused)$"));
        Assert.DoesNotContain("```claims\n```", page, StringComparison.Ordinal);
        Assert.DoesNotContain("```refused\n```", page, StringComparison.Ordinal);
    }

    [Fact]
    public static void Every_folder_of_a_kind_is_in_the_catalogue() => Assert.Equal(
        Catalogue.Kinds.Select(k => Path.GetFileNameWithoutExtension(PagePath(k.Name))).Order(StringComparer.Ordinal),
        Directory.EnumerateDirectories(Repository.PathOf("src/Statements/Kinds")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal));

    /// <summary>Every example as a statement body, for other tests to draw on.</summary>
    public static IEnumerable<(string Kind, string Title, byte[] Body, bool IsRefused)> Examples() =>
        from kind in Catalogue.Kinds
        from section in Sections(Repository.Text(PagePath(kind.Name))).Skip(1)
        select (kind.Name, section[..section.IndexOf('\n', StringComparison.Ordinal)], BodyOf(section, kind.Name), section.Contains("```refused", StringComparison.Ordinal));

    private static string PagePath(string kind)
    {
        var name = char.ToUpperInvariant(kind[0]) + kind[1..];
        return $"src/Statements/Kinds/{name}/{name}.md";
    }

    private static string[] Sections(string page) => Regex.Split(page, "(?m)^## ");

    private static byte[] BodyOf(string section, string kind)
    {
        var example = (JsonObject)JsonNode.Parse(Block(section, "json"))!;
        var body = (JsonObject)JsonNode.Parse(Envelope)!;
        body["kind"] = kind;
        foreach (var (field, value) in example)
        {
            body[field] = value?.DeepClone();
        }

        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }

    private static string Block(string section, string language) => Regex.Match(section, $"(?ms)^```{language}\n(.*?)^```$").Groups[1].Value;

    private static string Rerun(string page, string kind) =>
        string.Join("## ", Sections(page).Select((section, i) => i == 0 ? section : RerunSection(section, kind)));

    private static string RerunSection(string section, string kind)
    {
        var read = StatementBytes.Read(BodyOf(section, kind));
        if (section.Contains("```refused", StringComparison.Ordinal))
        {
            Assert.True(read.Value is null, $"{kind}: the example should be refused and is taken:\n{section}");
            return Replace(section, "(?ms)^```refused\n.*?^```$", $"```refused\n{string.Join('\n', read.Problems)}\n```");
        }

        Assert.True(read.Value is not null, $"{kind}: {string.Join('\n', read.Problems)}\n{section}");
        var claims = read.Value.Claims().Select(ClaimText.Of).DefaultIfEmpty("(none)");
        return Replace(
            Replace(section, "(?ms)^```claims\n.*?^```$", $"```claims\n{string.Join('\n', claims)}\n```"),
            @"(?m)^\*Reads:\*.*$",
            $"*Reads:* {read.Value.Wording}");
    }

    private static string Replace(string section, string pattern, string with) => Regex.Replace(section, pattern, _ => with);
}
