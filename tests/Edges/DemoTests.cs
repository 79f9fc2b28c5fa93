using System.Text.Json;
using Xunit;

namespace Safeconduct.Tests.Edges;

/// <summary>One demo, run once as a user would, and looked at from several sides.</summary>
public sealed class Demo : IDisposable
{
    public Demo()
    {
        Run = new Running();
        First = Run.Safeconduct("demo");
    }

    public Running Run { get; }

    public Ran First { get; }

    public string Record => Run.In("safeconduct-demo/record");

    public string Report(string name) => File.ReadAllText(Run.In($"safeconduct-demo/{name}"));

    public void Dispose() => Run.Dispose();
}

public sealed class DemoTests(Demo demo) : IClassFixture<Demo>
{
    [Fact]
    public void The_demo_imports_verifies_summarises_and_writes_its_reports()
    {
        Assert.True(demo.First.Exit == 0, demo.First.Error);
        Assert.Contains("367 statements", demo.First.Output, StringComparison.Ordinal);
        Assert.Contains("Whole.", demo.First.Output, StringComparison.Ordinal);
        foreach (var report in (string[])["report-2016-12-16.html", "report-2016-12-16.md", "report-2016-12-23.html", "report-2016-12-23.md"])
        {
            Assert.Contains(report, demo.First.Output, StringComparison.Ordinal);
            Assert.True(demo.Report(report).Length > 4000, report);
        }
    }

    [Theory]
    [InlineData("ALP-0111", "more than 9,500")]
    [InlineData("ALP-0112", "more than 4,500")]
    [InlineData("ALP-0113", "337")]
    [InlineData("ALP-0127", "8,079")]
    [InlineData("ALP-0130", "about 8,500")]
    [InlineData("ALP-0134", "about 7,500")]
    [InlineData("ALP-0133", "about 8,000")]
    [InlineData("ALP-0129", "6,462")]
    public void As_of_the_sixteenth_the_report_shows_each_claim_with_its_statement(string id, string words)
    {
        foreach (var report in (string[])["report-2016-12-16.md", "report-2016-12-16.html"])
        {
            Assert.Contains(words, demo.Report(report), StringComparison.Ordinal);
            Assert.Contains(id, demo.Report(report), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_closing_totals_are_there_on_the_twenty_third_and_forty_thousand_only_from_the_twenty_fifth()
    {
        var report = demo.Report("report-2016-12-23.md");
        foreach (var words in (string[])["about 27,000", "about 35,000", "more than 37,000"])
        {
            Assert.Contains(words, report, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("ALP-0311", report, StringComparison.Ordinal);
        Assert.Contains("ALP-0311", demo.Run.Safeconduct("assess", demo.Record, "--as-of", "2016-12-25", "--json").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("possibly", 170)]
    [InlineData("certainly", 108)]
    public void As_many_statements_are_known_as_the_words_allow(string known, int statements)
    {
        var assessed = demo.Run.Safeconduct("assess", demo.Record, "--as-of", "2016-12-16T18:00", "--known", known, "--json");
        using var json = JsonDocument.Parse(assessed.Output);
        Assert.Equal(statements, json.RootElement.GetProperty("statements").GetInt32());
    }

    [Fact]
    public void A_second_run_gives_the_same_bytes_and_so_does_the_list_in_any_order_under_any_culture()
    {
        var first = demo.Run.Safeconduct("assess", demo.Record, "--json").Output;
        Assert.Equal(first, demo.Run.Safeconduct("assess", demo.Record, "--json").Output);

        var shuffled = demo.Run.In("shuffled");
        Directory.CreateDirectory(shuffled);
        foreach (var beside in (string[])["places.geojson", "operation.json", "agreement.terms"])
        {
            File.Copy(Running.Case(beside), Path.Combine(shuffled, beside), overwrite: true);
        }

        var rows = File.ReadAllLines(Running.Case("statements.jsonl"));
        new Random(7).Shuffle(rows);
        File.WriteAllLines(Path.Combine(shuffled, "statements.jsonl"), rows);
        foreach (var culture in (string[])["tr_TR.UTF-8", "ar_SA.UTF-8", "fa_IR.UTF-8"])
        {
            var environment = new Dictionary<string, string> { ["LANG"] = culture, ["LC_ALL"] = culture };
            Assert.Equal(first, demo.Run.Safeconduct(environment, "assess", Path.Combine(shuffled, "statements.jsonl"), "--json").Output);
        }

        var report = demo.Run.Safeconduct("report", demo.Record, "--as-of", "2016-12-16T18:00").Output;
        Assert.Equal(report, demo.Run.Safeconduct("report", demo.Record, "--as-of", "2016-12-16T18:00").Output);
    }

    [Fact]
    public void One_flipped_byte_anywhere_in_the_store_is_named_with_its_file()
    {
        var copy = demo.Run.In("flipped");
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.EnumerateFiles(demo.Record, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(demo.Record, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        var random = new Random(11);
        foreach (var file in Directory.EnumerateFiles(copy, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList())
        {
            var good = File.ReadAllBytes(file);
            foreach (var at in (long[])(good.Length == 0 ? [] : [0, random.NextInt64(good.Length), good.Length - 1]))
            {
                var bad = (byte[])good.Clone();
                bad[at] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(file, bad);
                var verified = demo.Run.Safeconduct("verify", copy, "--keys", demo.Record + ".keys");
                var name = Path.GetRelativePath(copy, file);
                Assert.True(verified.Exit == 1, $"{name} byte {at}: {verified.Output}{verified.Error}");
                Assert.Contains(name.Split('/')[0], verified.Output + verified.Error, StringComparison.Ordinal);
            }

            File.WriteAllBytes(file, good);
        }

        Assert.Equal(0, demo.Run.Safeconduct("verify", copy, "--keys", demo.Record + ".keys").Exit);
    }

    [Fact]
    public void The_python_verifier_agrees_on_the_record_and_on_the_bundle()
    {
        Assert.SkipUnless(Running.Has("python3"), "python3 is not on this machine");
        var verify = Path.Combine(Running.Root, "formats", "verify.py");
        var onRecord = Running.Start("python3", [verify, demo.Record, "--json"], demo.Run.Folder);
        Assert.True(onRecord.Exit == 0, onRecord.Output + onRecord.Error);
        using var ours = JsonDocument.Parse(demo.Run.Safeconduct("verify", demo.Record, "--json").Output);
        using var theirs = JsonDocument.Parse(onRecord.Output);
        Assert.Equal(ours.RootElement.GetProperty("root").GetString(), theirs.RootElement.GetProperty("root").GetString());

        foreach (var bundle in (string[])["bundle.zip", "bundle"])
        {
            var exported = demo.Run.Safeconduct("export", demo.Record, "--format", "bundle", "--for", "parties", "--output", bundle);
            Assert.True(exported.Exit == 0, exported.Error);
            var onBundle = Running.Start("python3", [verify, demo.Run.In(bundle), "--json"], demo.Run.Folder);
            Assert.True(onBundle.Exit == 0, onBundle.Output + onBundle.Error);
            Assert.Equal(0, demo.Run.Safeconduct("verify", bundle).Exit);
        }
    }

    [Fact]
    public void Csv_and_json_carry_every_statement()
    {
        var csv = demo.Run.Safeconduct("export", demo.Record, "--format", "csv").Output;
        using var json = JsonDocument.Parse(demo.Run.Safeconduct("export", demo.Record, "--format", "json").Output);
        Assert.Equal(367, json.RootElement.GetProperty("statements").GetArrayLength());
        foreach (var statement in json.RootElement.GetProperty("statements").EnumerateArray())
        {
            Assert.Contains(statement.GetProperty("statement").GetProperty("id").GetString()!, csv, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_second_demo_replaces_the_first_and_a_folder_of_somebody_else_is_refused()
    {
        using var run = new Running();
        Assert.Equal(0, run.Safeconduct("demo").Exit);
        Assert.Equal(0, run.Safeconduct("demo").Exit);
        File.WriteAllText(run.In("mine.txt"), "mine");
        var refused = run.Safeconduct("demo", "--folder", ".");
        Assert.Equal(1, refused.Exit);
        Assert.Contains("[demo.folder-in-use]", refused.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(run.In("mine.txt")));
    }
}
