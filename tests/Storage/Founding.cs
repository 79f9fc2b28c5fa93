using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Safeconduct.Record;
using Safeconduct.Storage.Keys;

namespace Safeconduct.Tests.Storage;

/// <summary>Bytes that look random and follow from a seed. Safe to call from several threads, as sealing does; then only the set of bytes is fixed.</summary>
internal sealed class SeededEntropy(int seed) : IEntropy
{
    private readonly Lock gate = new();
    private long calls;

    public void Fill(Span<byte> bytes)
    {
        lock (gate)
        {
            Span<byte> input = stackalloc byte[12];
            BinaryPrimitives.WriteInt32BigEndian(input, seed);
            for (var at = 0; at < bytes.Length; at += 32)
            {
                BinaryPrimitives.WriteInt64BigEndian(input[4..], calls++);
                SHA256.HashData(input).AsSpan(0, Math.Min(32, bytes.Length - at)).CopyTo(bytes[at..]);
            }
        }
    }
}

/// <summary>Keys and terms that the tests share.</summary>
internal static class Founding
{
    internal const long Now = 1_481_871_600_000;

    internal static readonly ClaimedTime At = new(Now, ClockSource.DeviceClock, 60_000);

    internal static readonly CharterTerms Terms = new("Northern valley, spring", "Etc/UTC", [new CharterParty("Party A", null), new CharterParty("Party B", null)]) { MirrorDelayMinutes = 180 };

    internal static OperationKeys Keys(int seed = 1)
    {
        var entropy = new SeededEntropy(seed);
        Span<byte> secret = stackalloc byte[32];
        var authority = EntrySigner.Create(entropy);
        var device = EntrySigner.Create(entropy);
        var log = CheckpointSigner.Create(entropy);
        entropy.Fill(secret);
        return new OperationKeys(authority, device, log, new OperationKey(secret), entropy);
    }

    internal static OperationLog Found(IRecordStore store, OperationKeys keys) => OperationLog.Create(store, keys, Terms, At, Now + (86_400_000L * 30));

    internal static NewEntry Saying(string text) => NewEntry.Statement(Encoding.UTF8.GetBytes(text));

    internal static NewEntry[] Sayings(int from, int count) => [.. Enumerable.Range(from, count).Select(i => Saying(FormattableString.Invariant($$"""{"kind":"count","people":{{i}}}""")))];

    internal static string[] Texts(OperationLog log) => [.. log.ReadAll()
        .Where(e => e.Entry.Header.Kind == EntryKind.Statement)
        .Select(e => Encoding.UTF8.GetString(e.Bodies[0].Opened!.Text.Span))];
}
