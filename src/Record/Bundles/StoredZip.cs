using System.Buffers.Binary;
using System.Text;

namespace Safeconduct.Record;

/// <summary>
/// The one form of ZIP a bundle is handed over in: members stored as they are, in order of path, one date, nothing optional. Compression would
/// give other bytes with another version of its library. Source: APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16; <c>formats/bundle.md</c>.
/// </summary>
public static class StoredZip
{
    private const int MemberHead = 30;
    private const int DirectoryHead = 46;
    private const int EndLength = 22;
    private const ushort FirstOf1980 = 0x0021;
    private static readonly uint[] Remainders = MakeRemainders();

    /// <summary>Writes the files. Throws <c>bundle.too-large</c> where a plain ZIP cannot hold them.</summary>
    public static void Write(IEnumerable<LogFile> files, Stream target)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(target);
        using var directory = new MemoryStream();
        var (offset, count) = (0L, 0);
        foreach (var (path, bytes) in files.OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            var name = Encoding.UTF8.GetBytes(path);
            var crc = Crc(bytes.Span);
            if (offset + bytes.Length > uint.MaxValue - int.MaxValue || count == ushort.MaxValue - 1)
            {
                throw new RecordException("bundle.too-large", "a ZIP holds no more than 2 GiB and 65,534 files: write the bundle to a folder");
            }

            target.Write(Common(MemberHead, 0x04034b50, name, crc, bytes.Length, 0));
            target.Write(name);
            target.Write(bytes.Span);
            directory.Write(Common(DirectoryHead, 0x02014b50, name, crc, bytes.Length, offset));
            directory.Write(name);
            offset += MemberHead + name.Length + bytes.Length;
            count++;
        }

        target.Write(directory.GetBuffer().AsSpan(0, (int)directory.Length));
        target.Write(End(count, directory.Length, offset));
    }

    /// <summary>The files of a ZIP; null where it cannot be taken apart. <paramref name="fault"/> is set where it is not written as <see cref="Write"/> writes it.</summary>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? Read(ReadOnlyMemory<byte> zip, out Fault? fault)
    {
        fault = new Fault("bundle.zip", "not a ZIP in the form of a bundle");
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var bytes = zip.Span;
        if (zip.Length < EndLength)
        {
            return null;
        }

        var count = BinaryPrimitives.ReadUInt16LittleEndian(bytes[^12..]);
        long at = BinaryPrimitives.ReadUInt32LittleEndian(bytes[^6..]);
        var (names, held) = (new List<string>(), 0L);
        for (var i = 0; i < count; i++)
        {
            if (at + DirectoryHead > zip.Length)
            {
                return null;
            }

            var head = bytes.Slice((int)at, DirectoryHead);
            long length = BinaryPrimitives.ReadUInt32LittleEndian(head[20..]);
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(head[28..]);
            long start = BinaryPrimitives.ReadUInt32LittleEndian(head[42..]) + (long)MemberHead + nameLength;
            // Members that lie over each other could come to many times the file: together they are no longer than it.
            held += length;
            if (start + length > zip.Length || at + DirectoryHead + nameLength > zip.Length || held > zip.Length)
            {
                return null;
            }

            names.Add(Encoding.UTF8.GetString(bytes.Slice((int)at + DirectoryHead, nameLength)));
            files[names[^1]] = zip.Slice((int)start, (int)length);
            at += DirectoryHead + nameLength;
        }

        if (BundleNames.FaultIn(names) is { } hostile)
        {
            fault = hostile;
            return null;
        }

        using var again = new Comparing(zip);
        Write(files.Select(f => new LogFile(f.Key, f.Value)), again);
        if (again.IsSame)
        {
            fault = null;
        }

        return files;
    }

    /// <summary>Takes what is written and only says whether it is what was expected, so that comparing a large file costs no second one.</summary>
    private sealed class Comparing(ReadOnlyMemory<byte> expected) : Stream
    {
        private int at;
        private bool differs;

        public bool IsSame => !differs && at == expected.Length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => at;

        public override long Position
        {
            get => at;
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            differs = differs || buffer.Length > expected.Length - at || !expected.Span.Slice(at, buffer.Length).SequenceEqual(buffer);
            at += differs ? 0 : buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }

    private static byte[] Common(int length, uint mark, byte[] name, uint crc, int size, long offset)
    {
        var head = new byte[length];
        var central = length == DirectoryHead;
        BinaryPrimitives.WriteUInt32LittleEndian(head, mark);
        var rest = head.AsSpan(4);
        if (central)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(rest, 20);
            rest = rest[2..];
            BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(42), (uint)offset);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(rest, 20);
        BinaryPrimitives.WriteUInt16LittleEndian(rest[2..], 0x0800);
        BinaryPrimitives.WriteUInt16LittleEndian(rest[8..], FirstOf1980);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[10..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[14..], (uint)size);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[18..], (uint)size);
        BinaryPrimitives.WriteUInt16LittleEndian(rest[22..], (ushort)name.Length);
        return head;
    }

    private static byte[] End(int count, long length, long offset)
    {
        var end = new byte[EndLength];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)count);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)length);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), (uint)offset);
        return end;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc = Remainders[(crc ^ one) & 0xFF] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeRemainders()
    {
        var remainders = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 1 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            }

            remainders[i] = value;
        }

        return remainders;
    }
}
