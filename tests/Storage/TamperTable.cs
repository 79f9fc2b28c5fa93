using Safeconduct.Record;
using Safeconduct.Storage.Files;

namespace Safeconduct.Tests.Storage;

/// <summary>Every tampered record gives the finding it must give; every good one gives none that refutes it.</summary>
public sealed class TamperTable
{
    public static TheoryData<TamperedLog> Bundles => [.. TamperedLogs.Bundles()];

    public static TheoryData<TamperedLog> Stores => [.. TamperedLogs.Stores()];

    [Theory]
    [MemberData(nameof(Bundles), DisableDiscoveryEnumeration = true)]
    public void A_bundle_is_judged_as_the_table_says(TamperedLog log) => Judge(log, Bundle.Verify(log.Files));

    [Theory]
    [MemberData(nameof(Stores), DisableDiscoveryEnumeration = true)]
    public void A_store_is_judged_as_the_table_says(TamperedLog log)
    {
        var disk = new SimulatedDisk();
        foreach (var (path, bytes) in log.Files)
        {
            disk.Put(path, bytes.ToArray());
        }

        Judge(log, FilesStore.Verify(disk, new VerificationScope { Key = TamperedLogs.BodiesKey }));
    }

    [Fact]
    public void A_bundle_says_how_many_bodies_it_withholds()
    {
        var report = Bundle.Verify(TamperedLogs.Bundles().First(b => b.Name == "body-withheld").Files);
        Assert.Equal(2, report.Checked.WithheldBodies);
        Assert.Equal(6, report.Checked.OpenedBodies);
        Assert.Equal(8, report.Checked.Signatures);
    }

    [Fact]
    public void The_same_record_gives_the_same_bundle_and_its_ZIP_reads_back()
    {
        var files = TamperedLogs.Bundles().First(b => b.Name == "good").Files;
        using var zip = new MemoryStream();
        StoredZip.Write(files.Select(f => new LogFile(f.Key, f.Value)), zip);
        Assert.Empty(Bundle.VerifyZip(zip.ToArray()).Findings);
        using var framework = new System.IO.Compression.ZipArchive(new MemoryStream(zip.ToArray()));
        Assert.Equal(files.Keys.Order(StringComparer.Ordinal), framework.Entries.Select(e => e.FullName));
    }

    [Fact]
    public void A_byte_changed_anywhere_in_a_ZIP_is_found()
    {
        using var stream = new MemoryStream();
        StoredZip.Write(TamperedLogs.Bundles().First().Files.Select(f => new LogFile(f.Key, f.Value)), stream);
        var zip = stream.ToArray();
        for (var at = 0; at < zip.Length; at += 41)
        {
            zip[at] ^= 4;
            Assert.True(Bundle.VerifyZip(zip).IsRefuted, FormattableString.Invariant($"byte {at}"));
            zip[at] ^= 4;
        }
    }

    [Fact]
    public void A_rollback_shows_against_a_remembered_state_only()
    {
        var log = Bundle.Verify(TamperedLogs.Bundles().First().Files);
        Assert.Empty(log.Findings);
        var files = TamperedLogs.Bundles().First().Files;
        var remembered = new TreeHead(9, Hash.Of([1]));
        Assert.Contains(Bundle.Verify(files, new VerificationScope { Remembered = remembered }).Findings, f => f.Code == "log.rolled-back");
        Assert.Contains(Bundle.Verify(files, new VerificationScope { Remembered = new TreeHead(5, Hash.Of([1])) }).Findings, f => f.Code == "log.rewritten");
    }

    private static void Judge(TamperedLog log, VerificationReport report)
    {
        if (log.Code is null)
        {
            Assert.True(report.Findings.Count == 0, string.Join("; ", report.Findings));
            return;
        }

        Assert.True(report.Findings.Any(f => f.Code == log.Code && f.Weight == log.Weight), $"expected {log.Code}: {string.Join("; ", report.Findings)}");
        Assert.Equal(log.Weight == FindingWeight.Refutes, report.IsRefuted);
    }
}
