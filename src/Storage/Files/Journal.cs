using System.Buffers.Binary;
using System.Globalization;
using Safeconduct.Record;

namespace Safeconduct.Storage.Files;

/// <summary>A stretch of a journal file.</summary>
internal readonly record struct Stretch(int Segment, long Offset, int Length);

/// <summary>One batch in the journal: where it begins and ends, and where its parts are. Source: <c>formats/journal.md</c>.</summary>
internal sealed class Frame
{
    internal const int FixedLength = 4 + 8 + 4 + 4 + 4 + Hash.Length;

    /// <summary>Every wrapped key is of form 01 and has its length: no table of lengths.</summary>
    internal static ReadOnlySpan<byte> Mark => "SCJ1"u8;

    /// <summary>Wrapped keys of both forms: each key's id is followed by its length.</summary>
    internal static ReadOnlySpan<byte> MarkWithLengths => "SCJ2"u8;

    internal required int Segment { get; init; }

    internal required long Start { get; init; }

    internal required long End { get; init; }

    internal required long FirstIndex { get; init; }

    internal required IReadOnlyList<Stretch> Entries { get; init; }

    internal required IReadOnlyList<(KeyId Name, Stretch At)> WrappedKeys { get; init; }

    internal required IReadOnlyList<(Hash Name, Stretch At)> Blobs { get; init; }

    internal required Hash Hash { get; init; }

    /// <summary>What is wrong with the frame itself, though its parts can be told apart; null where nothing is.</summary>
    internal Fault? Fault { get; init; }
}

/// <summary>The bytes of the journal's frames, both ways, and the walk from frame to frame.</summary>
internal static class Journal
{
    internal const string Folder = "journal";

    internal static string PathOf(int segment) => $"{Folder}/{segment.ToString("D6", CultureInfo.InvariantCulture)}";

    /// <summary>The part of a frame that its hash covers, and the hash. Keys and blobs follow it.</summary>
    internal static byte[] Head(long firstIndex, Batch batch, Hash previous, out Hash hash)
    {
        var (entries, keys, blobs) = (batch.Entries, batch.WrappedKeys, batch.Blobs);
        var oneLength = keys.All(k => k.Bytes.Length == OperationKey.WrappedLength);
        var length = Frame.FixedLength + (2 * entries.Count) + (KeyRow(oneLength) * keys.Count) + (36 * blobs.Count) + entries.Sum(e => e.Length);
        var head = new byte[length + Hash.Length];
        (oneLength ? Frame.Mark : Frame.MarkWithLengths).CopyTo(head);
        BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(4), firstIndex);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(12), entries.Count);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(16), keys.Count);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(20), blobs.Count);
        previous.CopyTo(head.AsSpan(24));
        var at = Frame.FixedLength;
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(at), checked((ushort)entry.Length));
            at += 2;
        }

        foreach (var (name, bytes) in keys)
        {
            BinaryPrimitives.WriteUInt128BigEndian(head.AsSpan(at), name.Value);
            at += KeyRow(oneLength);
            if (!oneLength)
            {
                head[at - 1] = checked((byte)bytes.Length);
            }
        }

        foreach (var (name, bytes) in blobs)
        {
            name.CopyTo(head.AsSpan(at));
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(at + Hash.Length), bytes.Length);
            at += 36;
        }

        foreach (var entry in entries)
        {
            entry.Span.CopyTo(head.AsSpan(at));
            at += entry.Length;
        }

        hash = Hash.Of(head.AsSpan(0, length));
        hash.CopyTo(head.AsSpan(length));
        return head;
    }

    /// <summary>The frame that begins at an offset, or null where the bytes there are no frame that fits into the file.</summary>
    internal static Frame? Read(IDisk disk, int segment, long start, long fileLength, long expectedIndex, Hash previous)
    {
        var path = PathOf(segment);
        if (fileLength - start < Frame.FixedLength)
        {
            return null;
        }

        var head = disk.Read(path, start, Frame.FixedLength);
        var entryCount = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(12));
        var keyCount = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(16));
        var blobCount = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(20));
        var oneLength = head.AsSpan(0, 4).SequenceEqual(Frame.Mark);
        var keyRow = KeyRow(oneLength);
        var tables = (2L * entryCount) + ((long)keyRow * keyCount) + (36L * blobCount);
        if ((!oneLength && !head.AsSpan(0, 4).SequenceEqual(Frame.MarkWithLengths)) || entryCount < 1 || keyCount < 0 || blobCount < 0 || tables > fileLength - start - Frame.FixedLength)
        {
            return null;
        }

        var table = disk.Read(path, start + Frame.FixedLength, (int)tables);
        long at = start + Frame.FixedLength + tables;
        var entries = new Stretch[entryCount];
        for (var i = 0; i < entryCount; i++)
        {
            entries[i] = new Stretch(segment, at, BinaryPrimitives.ReadUInt16BigEndian(table.AsSpan(2 * i)));
            at += entries[i].Length;
        }

        var hashAt = at;
        at += Hash.Length;
        var keys = new (KeyId Name, Stretch At)[keyCount];
        for (var i = 0; i < keyCount; i++)
        {
            var row = table.AsSpan((2 * entryCount) + (keyRow * i), keyRow);
            keys[i] = (new KeyId(BinaryPrimitives.ReadUInt128BigEndian(row)), new Stretch(segment, at, oneLength ? OperationKey.WrappedLength : row[16]));
            at += keys[i].At.Length;
        }

        var blobs = new (Hash, Stretch)[blobCount];
        for (var i = 0; i < blobCount; i++)
        {
            var row = table.AsSpan((2 * entryCount) + (keyRow * keyCount) + (36 * i));
            var length = BinaryPrimitives.ReadInt32BigEndian(row[Hash.Length..]);
            if (length < 0)
            {
                return null;
            }

            blobs[i] = (new Hash(row[..Hash.Length]), new Stretch(segment, at, length));
            at += length;
        }

        if (at > fileLength)
        {
            return null;
        }

        byte[] covered = [.. head, .. table, .. disk.Read(path, start + Frame.FixedLength + tables, (int)(hashAt - start - Frame.FixedLength - tables))];
        var stated = new Hash(disk.Read(path, hashAt, Hash.Length));
        return new Frame
        {
            Segment = segment,
            Start = start,
            End = at,
            FirstIndex = BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(4)),
            Entries = entries,
            WrappedKeys = keys,
            Blobs = blobs,
            Hash = stated,
            Fault = FaultOf(Hash.Of(covered) == stated, BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(4)) == expectedIndex, new Hash(head.AsSpan(24)) == previous),
        };
    }

    private static int KeyRow(bool oneLength) => oneLength ? 16 : 17;

    private static Fault? FaultOf(bool hashes, bool inPlace, bool follows) => (hashes, inPlace, follows) switch
    {
        (false, _, _) => new Fault("journal.frame-differs", "the batch has not the hash it states"),
        (_, false, _) => new Fault("journal.frame-misplaced", "the batch states another first entry than the one that follows here"),
        (_, _, false) => new Fault("journal.frame-misplaced", "the batch states another batch before it than the one that stands there"),
        _ => null,
    };
}
