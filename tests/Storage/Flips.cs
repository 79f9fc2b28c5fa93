using Safeconduct.Record;
using Safeconduct.Storage.Files;

namespace Safeconduct.Tests.Storage;

/// <summary>One byte is changed anywhere in the store, and the check must name the file it is in.</summary>
public sealed class Flips
{
    [Fact]
    public void Every_changed_byte_of_every_file_is_found_and_its_file_named()
    {
        var disk = new SimulatedDisk();
        var keys = Founding.Keys();
        using (var log = Founding.Found(FilesStore.Open(disk, segmentLength: 3_000), keys))
        {
            log.Append(Founding.Sayings(0, 1), Founding.At);
            log.Append(Founding.Sayings(1, 1), Founding.At);
        }

        Assert.Empty(FilesStore.Verify(disk).Findings);
        var missed = new System.Collections.Concurrent.ConcurrentBag<string>();
        foreach (var path in disk.List())
        {
            Parallel.For(0, (int)disk.Length(path)!.Value, () => disk.Copy(), (at, _, copy) =>
            {
                copy.Damage(path, at, (byte)(1 << (at % 8)));
                var report = FilesStore.Verify(copy);
                if (!report.IsRefuted || report.Findings.All(f => f.Place != path))
                {
                    missed.Add(FormattableString.Invariant($"{path} byte {at}: {string.Join("; ", report.Findings)}"));
                }

                copy.Damage(path, at, (byte)(1 << (at % 8)));
                return copy;
            }, _ => { });
        }

        Assert.Empty(missed.Order(StringComparer.Ordinal).Take(20));
    }

    [Fact]
    public void A_changed_byte_at_random_in_a_larger_store_is_found_and_its_file_named()
    {
        var disk = new SimulatedDisk();
        var keys = Founding.Keys();
        using (var log = Founding.Found(FilesStore.Open(disk, segmentLength: 100_000), keys))
        {
            log.Append(Founding.Sayings(0, 300), Founding.At);
            log.Append(Founding.Sayings(300, 40), Founding.At);
        }

        var random = new Random(7);
        foreach (var path in disk.List())
        {
            for (var i = 0; i < 6; i++)
            {
                var at = random.Next((int)disk.Length(path)!.Value);
                disk.Damage(path, at, 0x40);
                var report = FilesStore.Verify(disk);
                Assert.True(report.IsRefuted && report.Findings.Any(f => f.Place == path), FormattableString.Invariant($"{path} byte {at}: {string.Join("; ", report.Findings)}"));
                disk.Damage(path, at, 0x40);
            }
        }
    }
}
