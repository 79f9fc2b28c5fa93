using System.Text;
using Xunit;

namespace Safeconduct.Tests.Edges;

/// <summary>What the pages tell a reader to type is typed here.</summary>
public sealed class DocumentTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/tutorials/first-book.md")]
    public void The_commands_of_the_page_work_one_after_the_other(string page)
    {
        using var run = new Running();
        foreach (var command in CommandsOf(File.ReadAllText(Path.Combine(Running.Root, page))))
        {
            var ran = Running.Start("bash", ["-c", command.Replace("./safeconduct", $"dotnet exec '{Path.Combine(AppContext.BaseDirectory, "safeconduct.dll")}'", StringComparison.Ordinal)], run.Folder);
            Assert.True(ran.Exit == 0, $"{page}: {command}\n{ran.Output}{ran.Error}");
        }

        Assert.True(File.Exists(run.In("report.html")), "the page writes a report");
        Assert.True(File.Exists(run.In("book.zip")), "the page writes a bundle");
    }

    [Theory]
    [InlineData("docs/how-to/take-in-a-text.md", "1 statements recorded")]
    [InlineData("docs/how-to/hand-on-a-copy.md", "Whole.")]
    public void The_commands_of_a_how_to_work_one_after_the_other_and_say_what_they_did(string page, string says)
    {
        using var run = new Running();
        var said = new StringBuilder();
        foreach (var command in CommandsOf(File.ReadAllText(Path.Combine(Running.Root, page))))
        {
            var ran = Running.Start("bash", ["-c", command.Replace("./safeconduct", $"dotnet exec '{Path.Combine(AppContext.BaseDirectory, "safeconduct.dll")}'", StringComparison.Ordinal)], run.Folder);
            Assert.True(ran.Exit == 0, $"{page}: {command}\n{ran.Output}{ran.Error}");
            said.Append(ran.Output);
        }

        Assert.Contains(says, said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_commands_of_the_page_on_spreadsheets_work_and_the_second_import_changes_nothing()
    {
        using var run = new Running();
        Ran last = new(0, "", "");
        var imports = new List<string>();
        foreach (var command in CommandsOf(Repository.Text("docs/how-to/import-a-spreadsheet.md")))
        {
            last = Running.Start("bash", ["-c", command.Replace("./safeconduct", $"dotnet exec '{Path.Combine(AppContext.BaseDirectory, "safeconduct.dll")}'", StringComparison.Ordinal)], run.Folder);
            Assert.True(last.Exit == 0, $"{command}\n{last.Output}{last.Error}");
            imports.Add(last.Output.Trim());
        }

        Assert.Contains("3 statements recorded, 0 were there already, 0 unmapped (kept as they are).", imports);
        Assert.Contains("0 statements recorded, 3 were there already, 0 unmapped (kept as they are).", imports);
    }

    [Fact]
    public void Every_command_has_help_and_every_link_in_the_pages_leads_somewhere()
    {
        using var run = new Running();
        var help = run.Safeconduct("--help");
        Assert.Equal(0, help.Exit);
        foreach (var command in (string[])["init", "demo", "import", "say", "correct", "withdraw", "assess", "report", "terms", "propose", "verify", "export", "alerts", "completion"])
        {
            Assert.Contains(command, help.Output, StringComparison.Ordinal);
            Assert.Equal(0, run.Safeconduct(command, "--help").Exit);
        }

        foreach (var page in Repository.Files("", "*.md").Select(Repository.PathOf))
        {
            foreach (var target in LinksOf(File.ReadAllText(page)))
            {
                var path = Path.Combine(Path.GetDirectoryName(page)!, target);
                Assert.True(File.Exists(path) || Directory.Exists(path), $"{Path.GetRelativePath(Running.Root, page)} points to {target}");
            }
        }
    }

    [Fact]
    public void The_shells_are_offered_the_commands()
    {
        using var run = new Running();
        foreach (var shell in (string[])["bash", "zsh", "fish"])
        {
            Assert.Contains("[suggest:", run.Safeconduct("completion", shell).Output, StringComparison.Ordinal);
        }

        var offered = run.Safeconduct("[suggest:15]", "safeconduct ver");
        Assert.Contains("verify", offered.Output, StringComparison.Ordinal);
    }

    private static IEnumerable<string> CommandsOf(string page)
    {
        var inside = false;
        var command = new StringBuilder();
        foreach (var line in page.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inside = line == "```sh";
                continue;
            }

            if (!inside || line.Length == 0)
            {
                continue;
            }

            command.Append(line.TrimEnd('\\'));
            if (!line.EndsWith('\\'))
            {
                yield return command.ToString();
                command.Clear();
            }
        }
    }

    private static IEnumerable<string> LinksOf(string page) =>
        from System.Text.RegularExpressions.Match match in System.Text.RegularExpressions.Regex.Matches(page, @"\]\((?<target>[^)#\s:]+)(#[^)]*)?\)", System.Text.RegularExpressions.RegexOptions.NonBacktracking | System.Text.RegularExpressions.RegexOptions.ExplicitCapture)
        select match.Groups["target"].Value;
}
