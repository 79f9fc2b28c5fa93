using System.Text;
using Safeconduct.Record;
using Safeconduct.Storage.Files;
using Safeconduct.Storage.Keys;
using Safeconduct.Storage.Memory;

namespace Safeconduct.Tests.Storage;

/// <summary>What the record refuses, and what it says; and what it takes in although it is not in order.</summary>
public sealed class Refusals
{
    private static Entry Signed(OperationLog log, IEntrySigner signer, long seq, EntryId? prev, long claimed = Founding.Now) =>
        Entry.Sign(new EntryHeader(log.Operation, seq, prev, new ClaimedTime(claimed, ClockSource.DeviceClock), log.Head, EntryKind.Statement, []), signer);

    private static string Refused(Action act, string code)
    {
        var refusal = Assert.Throws<RecordException>(act);
        Assert.Equal(code, refusal.Code);
        return refusal.Message;
    }

    [Fact]
    public void Entries_of_another_certified_device_are_taken_in_with_their_forks_and_gaps()
    {
        var store = new MemoryStore();
        var keys = Founding.Keys();
        using var other = EntrySigner.Create(keys.Entropy);
        using (var log = Founding.Found(store, keys))
        {
            log.Certify(new Certificate(other.Kid, other.Key, Founding.Now, Founding.Now + 1000), Founding.At, renews: keys.Device.Kid);
            var first = Signed(log, other, 0, null);
            log.Admit(new Batch([first.Bytes, Signed(log, other, 0, null, Founding.Now + 1).Bytes, Signed(log, other, 2, new EntryId(Hash.Of([1]))).Bytes, Signed(log, other, 3, new EntryId(Hash.Of([1])), Founding.Now + 2000).Bytes], [], []));
            Assert.Empty(log.Admit(new Batch([first.Bytes, first.Bytes], [], [])));
            log.Revoke(new Revocation(other.Kid, RevocationReason.Lost), Founding.At);
            log.Admit(new Batch([Signed(log, other, 4, first.Id).Bytes], [], []));
        }

        using var again = OperationLog.Open(store, keys);
        Assert.False(again.Report.IsRefuted);
        Assert.Equal(["chain.after-revocation", "chain.fork", "chain.fork-continued", "chain.gap", "chain.outside-certificate"], again.Report.Findings.Select(f => f.Code).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(8, again.Size - 1);
    }

    [Fact]
    public void An_entry_that_cannot_be_checked_is_not_taken_in_and_nothing_else_with_it()
    {
        using var store = new MemoryStore();
        var keys = Founding.Keys();
        using var log = Founding.Found(store, keys);
        var stranger = Founding.Keys(5).Device;
        var own = Signed(log, keys.Device, 0, null);
        Assert.Contains("entry 1 of those handed in", Refused(() => log.Admit(new Batch([own.Bytes, Signed(log, stranger, 0, null).Bytes], [], [])), "entry.kid-unknown"), StringComparison.Ordinal);
        Assert.Contains("signature is not valid", Refused(() => log.Admit(new Batch([(byte[])[.. own.Bytes.Span[..^64], .. Signed(log, stranger, 0, null).Signature]], [], [])), "entry.signature"), StringComparison.Ordinal);
        Assert.Contains("so none was", Refused(() => log.Admit(new Batch([new byte[] { 1, 2 }], [], [])), "cbor.wrong-type"), StringComparison.Ordinal);
        var body = Sealing.Seal(keys.Bodies, log.Operation, "{}"u8, "application/json", keys.Entropy);
        var whole = Entry.Sign(new EntryHeader(log.Operation, 0, null, Founding.At, log.Head, EntryKind.Statement, [body.Name]), keys.Device);
        Refused(() => log.Admit(new Batch([whole.Bytes], [], [(body.Name.Key, body.WrappedKey)])), "blob.missing");
        Refused(() => log.Admit(new Batch([whole.Bytes], [(body.Name.Blob, body.Blob)], [])), "key.missing");
        Refused(() => log.Admit(new Batch([whole.Bytes], [(body.Name.Blob, new byte[body.Blob.Length])], [(body.Name.Key, body.WrappedKey)])), "blob.missing");
        Assert.Equal(2, log.Size);
    }

    [Fact]
    public void A_device_without_a_standing_certificate_cannot_record()
    {
        using var store = new MemoryStore();
        var keys = Founding.Keys();
        using var log = Founding.Found(store, keys);
        log.Revoke(new Revocation(keys.Device.Kid, RevocationReason.Ended), Founding.At);
        Assert.Contains("certify it first", Refused(() => log.Append(Founding.Sayings(0, 1), Founding.At), "key.not-certified"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_opened_without_keys_is_read_and_not_written()
    {
        using var store = new MemoryStore();
        var keys = Founding.Keys();
        using (var log = Founding.Found(store, keys))
        {
            log.Append(Founding.Sayings(0, 1), Founding.At);
        }

        using var reading = OperationLog.Open(store, null);
        Assert.Equal("key.missing", reading.ReadAll().Last().Bodies[0].Fault?.Code);
        Assert.Contains("give the operation's keys", Refused(() => reading.Append(Founding.Sayings(0, 1), Founding.At), "store.no-keys"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_journal_is_not_opened_for_writing_and_not_changed()
    {
        var disk = new SimulatedDisk();
        Founding.Found(FilesStore.Open(disk), Founding.Keys()).Dispose();
        disk.Damage("journal/000000", 100, 1);
        var before = disk.Get("journal/000000").ToArray();
        Assert.Contains("nothing was changed", Refused(() => FilesStore.Open(disk), "store.damaged"), StringComparison.Ordinal);
        Assert.Equal(before, disk.Get("journal/000000"));
    }

    [Fact]
    public void An_empty_folder_holds_no_operation()
    {
        using var store = new MemoryStore();
        Assert.Contains("found one first", Refused(() => OperationLog.Open(store, null), "store.empty"), StringComparison.Ordinal);
        Assert.Contains(Verifier.Verify(store).Findings, f => f.Code == "charter.missing");
    }

    [Fact]
    public void A_header_with_one_before_its_first_entry_cannot_be_made() =>
        Assert.Throws<ArgumentException>(() => new EntryHeader(default, 0, new EntryId(default), Founding.At, TreeHead.Empty, EntryKind.Statement, []));

    [Fact]
    public void Keys_are_kept_for_their_owner_and_open_with_their_passphrase_only()
    {
        var folder = Path.Combine(Path.GetTempPath(), "safeconduct-" + Guid.NewGuid().ToString("N"));
        try
        {
            SigningKey authority;
            using (var made = KeyFolder.Create(folder, "seven geese"))
            {
                authority = made.Keys.Authority.Key;
            }

            Assert.Contains("already", Refused(() => KeyFolder.Create(folder), "keys.exist"), StringComparison.Ordinal);
            Assert.Contains("give its passphrase", Refused(() => KeyFolder.Open(folder), "keys.passphrase"), StringComparison.Ordinal);
            Assert.Contains("does not open", Refused(() => KeyFolder.Open(folder, "eight geese"), "keys.passphrase"), StringComparison.Ordinal);
            using (var opened = KeyFolder.Open(folder, "seven geese"))
            {
                Assert.Equal(authority, opened.Keys.Authority.Key);
            }

            if (!OperatingSystem.IsWindows())
            {
                foreach (var file in Directory.GetFiles(folder))
                {
                    Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
                }
            }

            File.WriteAllBytes(Path.Combine(folder, "log"), Encoding.UTF8.GetBytes("x"));
            Refused(() => KeyFolder.Open(folder, "seven geese"), "keys.form");
            File.Delete(Path.Combine(folder, "log"));
            Refused(() => KeyFolder.Open(folder, "seven geese"), "keys.missing");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
