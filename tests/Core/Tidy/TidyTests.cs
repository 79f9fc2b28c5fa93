using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Safeconduct.Tests.Saying;
using Xunit;

namespace Safeconduct.Tests.Tidy;

/// <summary>The layout and the style as tests: who may use whom, what the core may not name, and that no code knows the worked case.</summary>
public static class TidyTests
{
    private static readonly string[] Core = ["Statements", "Record", "Situation", "Intake", "Reports"];

    /// <summary>Words of the worked case's sources that are ordinary, or name standing international bodies that any case may have. Everything else that names one of its sources is a defect.</summary>
    private static readonly HashSet<string> OrdinaryWords = new(StringComparer.Ordinal)
    {
        // Types, fields and words of forms.
        "Agreement", "Agency", "Article", "Camp", "Channel", "Cluster", "Coordination", "Council", "Document", "Health", "Human", "Members", "Medical", "Military", "News", "Nations",
        "Office", "Official", "Officials", "Parties", "People", "Person", "Places", "Report", "Reports", "Resolution", "Rights", "Sample", "Security", "Source", "Sources", "Spokesman", "Staff", "State", "Times",
        "Voice", "Witness", "Witnesses", "Defence", "Civil", "Centre", "Command", "Committee", "General", "Government", "Minister", "Ministry", "Foreign", "Local", "Media", "President", "Regional", "White", "World", "First", "Three",
        // Kinds of bodies, and words of plain English, in the names of invented sources.
        "Broad", "Charity", "Committee", "Contact", "Coordination", "Courier", "District", "Doctor", "Envoy", "Governor", "Group", "Guarantee", "Hands", "Hill", "Lake", "Ceasefire",
        "Mission", "Monitoring", "Morning", "Northern", "Observation", "Open", "Radio", "Ridge", "River", "Road", "Society", "Staff", "States", "Telegraph", "Transport", "Upper", "Valley", "Village", "Banks", "Branch", "Bridge",

        // Languages, as words of a lexicon.
        "French", "Russian", "Turkish",

        // Standing bodies and continents.
        "Cross", "Crescent", "International", "Secretary-General", "United", "Amnesty", "Europe",
    };

    public static TheoryData<string, string[]> References => new()
    {
        { "src/Statements", [] },
        { "src/Record", ["Statements"] },
        { "src/Situation", ["Statements", "Record"] },
        { "src/Intake", ["Statements"] },
        { "src/Reports", ["Statements", "Situation"] },
        { "src/LanguageModel", ["Statements", "Intake"] },
        { "src/Spreadsheets", ["Statements", "Intake", "Reports"] },
        { "src/Printing", ["Statements", "Reports"] },
        { "src/Storage/Files", ["Record"] },
        { "src/Storage/Keys", ["Record"] },
        { "src/Storage/Memory", ["Record"] },
    };

    [Theory]
    [MemberData(nameof(References))]
    public static void A_project_uses_exactly_what_the_layout_allows(string folder, string[] uses) =>
        Assert.Equal(uses.Order(StringComparer.Ordinal), UsedBy(folder).Order(StringComparer.Ordinal));

    [Fact]
    public static void The_command_may_use_every_part_but_the_server() => Assert.DoesNotContain("Server", UsedBy("src/Cli"));

    [Fact]
    public static void No_part_brings_a_language_model_along() => Assert.All(Repository.Files("src", "*.csproj"), p => Assert.DoesNotContain("LanguageModel", UsedBy(Path.GetDirectoryName(p)!)));

    [Fact]
    public static void No_project_is_left_out_of_the_layout()
    {
        var known = References.Select(r => r.Data.Item1).Append("src/Cli").Append("src/Server").ToHashSet(StringComparer.Ordinal);
        Assert.All(Repository.Files("src", "*.csproj"), p => Assert.Contains(Path.GetDirectoryName(p)!.Replace('\\', '/'), known));
    }

    [Fact]
    public static void A_project_may_use_nothing_that_its_references_bring_along() =>
        Assert.Equal("true", Project(Repository.PathOf("Directory.Build.props")).Descendants("DisableTransitiveProjectReferences").Single().Value);

    [Fact]
    public static void Core_projects_are_marked_and_no_others()
    {
        foreach (var path in Repository.Files("src", "*.csproj"))
        {
            var marked = Project(Repository.PathOf(path)).Descendants("SafeconductCore").Any(e => e.Value == "true");
            Assert.Equal(Core.Contains(path.Split('/')[1]), marked);
        }
    }

    [Theory]
    [InlineData("System.DateTime.Now", "System.DateTime.UtcNow", "System.DateTimeOffset.Now", "System.DateTimeOffset.UtcNow", "System.TimeProvider.System", "System.Diagnostics.Stopwatch", "NodaTime.SystemClock")]
    [InlineData("System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.IO.FileInfo")]
    [InlineData("System.Net.Http.HttpClient", "System.Net.Sockets.Socket")]
    [InlineData("System.Random", "System.Security.Cryptography.RandomNumberGenerator", "System.Guid.NewGuid", "System.Guid.CreateVersion7")]
    [InlineData("System.Environment", "System.Console", "System.Diagnostics.Process", "System.Globalization.CultureInfo.CurrentCulture", "NodaTime.DateTimeZoneProviders.Bcl")]
    public static void Clock_files_network_chance_and_environment_are_banned_from_the_core(params string[] names)
    {
        var banned = Repository.Text("eng/BannedSymbols.txt").Split('\n').Select(l => l.Split(';')[0]).Where(l => l.Length > 2).Select(l => l[2..]).ToHashSet(StringComparer.Ordinal);
        Assert.All(names, n => Assert.Contains(n, banned));
        var targets = Repository.Text("Directory.Build.targets");
        Assert.Contains("eng/BannedSymbols.txt", targets, StringComparison.Ordinal);
        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", targets, StringComparison.Ordinal);
        Assert.Contains("'$(SafeconductCore)' == 'true'", targets, StringComparison.Ordinal);
    }

    [Fact]
    public static void No_part_of_the_core_switches_the_ban_off() =>
        Assert.All(CoreSources(), s => Assert.False(Regex.IsMatch(s.Text, @"#pragma warning disable.*RS0030|SuppressMessage.*RS0030"), $"{s.Path} switches the ban off."));

    [Fact]
    public static void No_code_knows_a_case()
    {
        var names = Repository.Files("cases", "statements.jsonl").SelectMany(NamesOfTheCase).ToHashSet(StringComparer.Ordinal);
        foreach (var name in (string[])["eastern-aleppo", "Observatory", "ALP-", "orlecat", "velsa-bridge", "Lowland", "KVL-", "brasker-gate", "Kelvane", "ardel-ridge", "Pinnet"])
        {
            Assert.Contains(name, names);
        }

        var (words, prefixes) = (names.Where(n => !n.EndsWith('-')), names.Where(n => n.EndsWith('-')));
        var pattern = new Regex(
            $@"(?<![\w-])(?:{string.Join('|', words.OrderByDescending(n => n.Length).Select(Regex.Escape))})(?![\w-])|{string.Join('|', prefixes.Select(Regex.Escape))}",
            RegexOptions.CultureInvariant);
        var found = Sources().Concat(Repository.Files("src", "*.lexicon").Select(p => (Path: p, Text: Repository.Text(p)))).SelectMany(s => pattern.Matches(s.Text).Select(m => $"{s.Path}: {m.Value}")).Distinct().ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [InlineData(@"\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException", "unfinished work")]
    [InlineData(@"\b(class|record|struct|interface|enum)\s+\w*(Manager|Helper|Helpers|Util|Utils|Utility|Data|Info)\b", "a name that says nothing")]
    [InlineData(@"https?://\S*(nuget|npmjs|pypi|registry|artifactory|proxy\.golang)", "a registry host")]
    [InlineData(@"(?m)^namespace [\w.]+\s*\{?\s*$", "a namespace that is not file-scoped")]
    [InlineData(@"(?<![\w/])/(work|root|home)/", "a path of somebody's machine")]
    [InlineData(@"\.Normalize\(", "string.Normalize, which depends on the machine's tables")]
    public static void No_source_holds(string pattern, string what)
    {
        var found = Sources().Where(s => Regex.IsMatch(s.Text, pattern, RegexOptions.CultureInvariant)).Select(s => $"{s.Path}: {what}: {Regex.Match(s.Text, pattern).Value}").ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public static void Every_public_type_says_what_it_means()
    {
        var type = new Regex(@"(?m)^public (?:sealed |static |abstract |readonly |partial )*(?:record struct|record class|record|class|struct|interface|enum) (\w+)");
        var bare = new List<string>();
        foreach (var (path, text) in Sources())
        {
            foreach (Match match in type.Matches(text))
            {
                if (!IsDocumented(text, match.Index))
                {
                    bare.Add($"{path}: {match.Groups[1].Value} has no summary.");
                }
            }
        }

        Assert.True(bare.Count == 0, string.Join('\n', bare));
    }

    private static IEnumerable<string> UsedBy(string folder) =>
        Project(Assert.Single(Directory.GetFiles(Repository.PathOf(folder), "*.csproj"))).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')).Replace("Safeconduct.", "", StringComparison.Ordinal));

    private static bool IsDocumented(string text, int at)
    {
        foreach (var line in text[..at].Split('\n').Reverse().Skip(1))
        {
            var trimmed = line.TrimStart();
            if (trimmed.StartsWith("///", StringComparison.Ordinal))
            {
                return true;
            }

            if (!trimmed.StartsWith('['))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Ids and names of places, the letters that ids begin with, and the distinctive words of sources.</summary>
    private static IEnumerable<string> NamesOfTheCase(string list)
    {
        using var places = JsonDocument.Parse(Repository.Bytes(list.Replace("statements.jsonl", "places.geojson", StringComparison.Ordinal)));
        var properties = places.RootElement.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("properties")).ToList();
        var ids = properties.Select(p => p.GetProperty("id").GetString()!).Where(id => id.Length > 6 || (IsInvented(list) && id.Length > 5));
        var named = IsInvented(list) ? properties.SelectMany(p => Distinctive(p.GetProperty("name_en").GetString()!)) : [];
        var rows = Repository.Text(list).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var prefixes = rows.Select(r => r.GetProperty("id").GetString()!).Select(id => id[..(id.IndexOf('-', StringComparison.Ordinal) + 1)]);

        // A time zone's own name ("Asia/Damascus") is no name of the case, and is written with a capital.
        return [.. ids, .. named, .. prefixes, .. rows.SelectMany(r => Distinctive(r.GetProperty("source").GetString()!))];
    }

    private static bool IsInvented(string list) => Repository.Text(list.Replace("statements.jsonl", "README.md", StringComparison.Ordinal)).Contains("**Invented.**", StringComparison.Ordinal);

    private static IEnumerable<string> Distinctive(string name) => Regex.Matches(name, @"\p{Lu}[\p{L}'-]{4,}").Select(m => m.Value).Where(w => !OrdinaryWords.Contains(w));

    private static XDocument Project(string path) => XDocument.Load(path);

    private static IEnumerable<(string Path, string Text)> Sources() => Repository.Files("src", "*.cs").Select(p => (p, Repository.Text(p)));

    private static IEnumerable<(string Path, string Text)> CoreSources() => Sources().Where(s => Core.Contains(s.Path.Split('/')[1]));
}
