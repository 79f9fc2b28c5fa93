using System.Diagnostics;
using System.Text.Json;
using Safeconduct.Record;
using Safeconduct.Storage.Files;
using Xunit;

namespace Safeconduct.Tests.Storage;

/// <summary>Two verifiers that share no code must agree on every good and every tampered log: ours, and <c>formats/verify.py</c>, which was written from the pages alone.</summary>
public sealed class PythonVerifierTests
{
    public static TheoryData<TamperedLog> Logs => [.. TamperedLogs.Stores(), .. TamperedLogs.Bundles()];

    [Theory]
    [MemberData(nameof(Logs), DisableDiscoveryEnumeration = true)]
    public void The_python_verifier_comes_to_our_verdict_by_our_code(TamperedLog log)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3") || Paths().Any(p => File.Exists(Path.Combine(p, "python3"))), "python3 is not on this machine");
        var folder = Directory.CreateTempSubdirectory("safeconduct-python-").FullName;
        try
        {
            log.WriteTo(folder);
            var isBundle = log.Files.ContainsKey("MANIFEST") || log.Files.Keys.Any(k => k.StartsWith("log/", StringComparison.Ordinal));
            var ours = isBundle ? Bundle.Verify(log.Files) : FilesStore.Verify(folder);
            var (refuted, codes) = Python(folder);
            Assert.True(ours.IsRefuted == refuted, $"{log.Name}: ours {(ours.IsRefuted ? "refutes" : "finds it whole")}, Python {(refuted ? "refutes" : "finds it whole")}: {string.Join(", ", codes)}");

            // What only the operation's key shows is beyond a checker that has none.
            if (ours.Findings.Any(f => f.Code == log.Code))
            {
                Assert.Contains(log.Code, codes);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (bool Refuted, IReadOnlyList<string?> Codes) Python(string folder)
    {
        var start = new ProcessStartInfo("python3") { UseShellExecute = false, RedirectStandardOutput = true };
        start.ArgumentList.Add(Repository.PathOf("formats/verify.py"));
        start.ArgumentList.Add(folder);
        start.ArgumentList.Add("--json");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        using var json = JsonDocument.Parse(output);
        return (json.RootElement.GetProperty("refuted").GetBoolean(), [.. json.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("code").GetString())]);
    }

    private static string[] Paths() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
}
