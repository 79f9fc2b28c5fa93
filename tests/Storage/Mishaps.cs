using Safeconduct.Record;
using Safeconduct.Storage.Files;

namespace Safeconduct.Tests.Storage;

/// <summary>Every act of the disk goes wrong once, in every way. Reopening must give a prefix with everything acknowledged, and whole batches.</summary>
public sealed class Mishaps
{
    private static readonly int[] BatchSizes = [2, 250, 5];

    [Theory]
    [InlineData("FailsBefore")]
    [InlineData("FailsAfter")]
    [InlineData("Full")]
    [InlineData("PowerCut")]
    public void After_a_mishap_at_any_act_everything_acknowledged_is_there_and_every_batch_is_whole(string mishapName)
    {
        var mishap = Enum.Parse<Mishap>(mishapName);
        var keys = Founding.Keys();
        var calm = new SimulatedDisk();
        Run(calm, keys, out _);
        for (var at = 0; at < calm.Acts; at++)
        {
            var disk = new SimulatedDisk { Mishap = mishap, MishapAt = at };
            Run(disk, keys, out var acknowledged);
            disk.MishapAt = -1;
            foreach (var seed in mishap == Mishap.PowerCut ? [1, 2, 3] : (int[])[0])
            {
                var found = mishap == Mishap.PowerCut ? disk.AfterPowerCut((at * 10) + seed) : disk;
                Check(found, keys, acknowledged, FormattableString.Invariant($"{mishap} at act {at}, seed {seed}"));
            }
        }
    }

    [Fact]
    public void After_a_failed_write_the_store_stops_until_it_is_opened_again()
    {
        var disk = new SimulatedDisk();
        var keys = Founding.Keys();
        using var log = Founding.Found(FilesStore.Open(disk), keys);
        disk.Mishap = Mishap.Full;
        disk.MishapAt = disk.Acts;
        var full = Assert.Throws<RecordException>(() => log.Append(Founding.Sayings(0, 1), Founding.At));
        Assert.Equal("store.full", full.Code);
        Assert.Contains("free some space", full.Message, StringComparison.Ordinal);
        Assert.Equal("store.stopped", Assert.Throws<RecordException>(() => log.Append(Founding.Sayings(0, 1), Founding.At)).Code);
    }

    [Fact]
    public void Entries_whose_publishing_failed_are_held_and_become_logged_on_opening()
    {
        var disk = new SimulatedDisk();
        var keys = Founding.Keys();
        using (var log = Founding.Found(FilesStore.Open(disk), keys))
        {
            disk.Mishap = Mishap.FailsBefore;
            disk.MishapAt = disk.Acts + 2;
            Assert.Equal(SafetyLevel.Held, log.Append(Founding.Sayings(0, 1), Founding.At)[0].Level);
        }

        using var again = OperationLog.Open(FilesStore.Open(disk), keys);
        Assert.Equal(3, again.Logged.Size);
    }

    private static void Run(SimulatedDisk disk, OperationKeys keys, out int acknowledged)
    {
        acknowledged = 0;
        FilesStore? store = null;
        try
        {
            store = FilesStore.Open(disk, segmentLength: 8_000);
            using var log = Founding.Found(store, keys);
            foreach (var size in BatchSizes)
            {
                log.Append(Founding.Sayings(acknowledged, size), Founding.At);
                acknowledged += size;
            }
        }
        catch (RecordException)
        {
            store?.Dispose();
        }
    }

    private static void Check(SimulatedDisk disk, OperationKeys keys, int acknowledged, string when)
    {
        int recorded;
        using (var store = FilesStore.Open(disk, segmentLength: 8_000))
        {
            if (store.Size == 0)
            {
                Assert.True(acknowledged == 0, when);
                return;
            }

            using var log = OperationLog.Open(store, keys);
            Assert.True(log.Report.Findings.All(f => f.Weight == FindingWeight.Notable), $"{when}: {string.Join("; ", log.Report.Findings)}");
            recorded = Founding.Texts(log).Length;
            Assert.True(recorded >= acknowledged, FormattableString.Invariant($"{when}: {recorded} of {acknowledged}"));
            Assert.Contains(recorded, BatchSizes.Select((_, i) => BatchSizes.Take(i + 1).Sum()).Append(0));
            log.Append(Founding.Sayings(recorded, 3), Founding.At);
            Assert.Equal([.. Founding.Sayings(0, recorded + 3).Select(s => System.Text.Encoding.UTF8.GetString(s.Bodies[0].Text.Span))], Founding.Texts(log));
        }

        var report = FilesStore.Verify(disk, new VerificationScope { Key = keys.Bodies });
        Assert.True(report.Findings.Count == 0, $"{when}: {string.Join("; ", report.Findings)}");
    }
}
