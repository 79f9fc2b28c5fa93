using System.Text;
using System.Text.Json;
using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;
using Xunit;

namespace Safeconduct.Tests.Core.Statements;

/// <summary>
/// Every kind's page of worked examples, run. An example is a title, the kind's fields as JSON, and either the claims and the words that must follow, or the refusal.
/// The statement around each is the same: post 2, at old-town, on 3 May 2031; <c>json denied</c> and the like set how the words stand.
/// With SAFECONDUCT_REFRESH set, the expected blocks are written anew, to be read in the diff.
/// </summary>
public sealed class KindPages
{
    private static readonly string Folder = Path.Combine(Project.Root, "src", "Statements", "Kinds");

    public static TheoryData<string> Kinds => [.. Catalogue.Kinds.Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_a_page_whose_examples_hold(string kind)
    {
        var page = Path.Combine(Folder, Folders(kind), Folders(kind) + ".md");
        Assert.True(File.Exists(page), $"the kind '{kind}' has no page of worked examples at {page}");
        var examples = Example.Of(File.ReadAllLines(page));
        if (Environment.GetEnvironmentVariable("SAFECONDUCT_REFRESH") is { Length: > 0 })
        {
            File.WriteAllText(page, Example.Refreshed(File.ReadAllLines(page), kind));
            return;
        }

        Assert.True(examples.Count(e => e.Refused is null) >= 2, $"{kind}: at least two accepted examples");
        Assert.True(examples.Any(e => e.Refused is not null), $"{kind}: at least one refused example");
        foreach (var example in examples)
        {
            var outcome = example.Run(kind);
            Assert.True(outcome.Refused == example.Refused, $"{kind}, {example.Title}: expected refusal '{example.Refused}', got '{outcome.Refused}'");
            Assert.True(outcome.Claims == example.Claims, $"{kind}, {example.Title}: expected claims\n{example.Claims}\ngot\n{outcome.Claims}");
            Assert.True(outcome.Words == example.Words, $"{kind}, {example.Title}: expected words\n{example.Words}\ngot\n{outcome.Words}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_example_is_written_and_read_back_to_the_same_bytes(string kind)
    {
        var page = Path.Combine(Folder, Folders(kind), Folders(kind) + ".md");
        foreach (var example in Example.Of(File.ReadAllLines(page)).Where(e => e.Refused is null))
        {
            var bytes = StatementBytes.Write(example.Statement(kind));
            var read = StatementBytes.Read(bytes);
            Assert.True(read.Understood, $"{kind}, {example.Title}: {string.Join("; ", read.Problems)}");
            Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(StatementBytes.Write(read.Value!)));
            Assert.Equal(example.Statement(kind).Claims().Select(ClaimText.Of), read.Value!.Claims().Select(ClaimText.Of));
        }
    }

    [Fact]
    public void Every_folder_of_a_kind_is_in_the_catalogue() => Assert.Equal(
        Catalogue.Kinds.Select(k => Folders(k.Name)).Order(StringComparer.Ordinal),
        Directory.EnumerateDirectories(Folder).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal));

    private static string Folders(string kind) => char.ToUpperInvariant(kind[0]) + kind[1..];

    private sealed record Outcome(string? Refused, string? Claims, string? Words);

    private sealed record Example(string Title, string Json, Modality Modality, string? Claims, string? Words, string? Refused)
    {
        public static IReadOnlyList<Example> Of(IReadOnlyList<string> lines) => [.. Sections(lines).Select(s => new Example(
            s.Title,
            s.Blocks.Single(b => b.Name.StartsWith("json", StringComparison.Ordinal)).Text,
            s.Blocks.Single(b => b.Name.StartsWith("json", StringComparison.Ordinal)).Name.Split(' ') is [_, var m] && Token.TryRead<Modality>(m, out var modality) ? modality : Modality.Asserted,
            s.Blocks.FirstOrDefault(b => b.Name == "claims")?.Text,
            s.Blocks.FirstOrDefault(b => b.Name == "words")?.Text,
            s.Blocks.FirstOrDefault(b => b.Name == "refused")?.Text))];

        public static string Refreshed(IReadOnlyList<string> lines, string kind)
        {
            var page = new StringBuilder();
            var byTitle = Of(lines).ToDictionary(e => e.Title);
            var skipping = false;
            string? title = null;
            for (var i = 0; i < lines.Count; i++)
            {
                var line = lines[i];
                title = line.StartsWith("## ", StringComparison.Ordinal) ? line[3..] : title;
                if (line is "```claims" or "```words" or "```refused")
                {
                    skipping = true;
                }

                if (!skipping)
                {
                    page.Append(line).Append('\n');
                }

                if (line == "```" && skipping)
                {
                    skipping = false;
                }
                else if (line == "```" && title is not null)
                {
                    var outcome = byTitle[title].Run(kind);
                    foreach (var (name, text) in (IEnumerable<(string, string?)>)[("claims", outcome.Claims), ("words", outcome.Words), ("refused", outcome.Refused)])
                    {
                        page.Append(text is null ? "" : $"```{name}\n{text}\n```\n");
                    }
                }
            }

            return page.ToString();
        }

        public Statement Statement(string kind)
        {
            using var document = JsonDocument.Parse(Json);
            return new Statement
            {
                Id = new StatementId("S-7"),
                Chain = new SourceChain(new Source(new SourceId("mission/post-2"), "Post 2", SourceKind.OwnObservers), []),
                SaidAt = Moment.Parse("2031-05-03T14:30:00+03:00"),
                About = TimeSpoken.Parse("2031-05-03"),
                Where = new Scope(From: new PlaceId("old-town")),
                Modality = Modality,
                Said = Catalogue.Read(kind, new Fields(document.RootElement, "said")),
            }.Checked();
        }

        public Outcome Run(string kind)
        {
            try
            {
                var statement = Statement(kind);
                return new Outcome(null, string.Join('\n', statement.Claims().Select(ClaimText.Of).DefaultIfEmpty("(none)")), statement.Said.ToString());
            }
            catch (RefusedException refused)
            {
                return new Outcome(refused.Problem.ToString(), null, null);
            }
        }

        private static IEnumerable<(string Title, IReadOnlyList<Block> Blocks)> Sections(IReadOnlyList<string> lines)
        {
            string? title = null;
            var blocks = new List<Block>();
            for (var i = 0; i < lines.Count; i++)
            {
                if (lines[i].StartsWith("## ", StringComparison.Ordinal))
                {
                    if (title is not null)
                    {
                        yield return (title, [.. blocks]);
                    }

                    (title, blocks) = (lines[i][3..], []);
                }
                else if (lines[i].StartsWith("```", StringComparison.Ordinal) && lines[i].Length > 3)
                {
                    var end = i + 1;
                    while (lines[end] != "```")
                    {
                        end++;
                    }

                    blocks.Add(new Block(lines[i][3..], string.Join('\n', lines.Skip(i + 1).Take(end - i - 1))));
                    i = end;
                }
            }

            if (title is not null)
            {
                yield return (title, blocks);
            }
        }

        private sealed record Block(string Name, string Text);
    }
}
