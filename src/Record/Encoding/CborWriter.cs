using System.Buffers.Binary;
using System.Text;

namespace Safeconduct.Record;

/// <summary>
/// Writes the part of deterministic CBOR (RFC 8949, section 4.2) that entries are made of: shortest lengths, and keys in the order the
/// caller gives them, which the fixed shapes of <c>formats/entry.md</c> already sort. Source: <c>formats/cbor.md</c>.
/// </summary>
public sealed class CborWriter
{
    private byte[] buffer = new byte[512];
    private int length;

    /// <summary>What was written since the start or the last <see cref="Clear"/>. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    public void Clear() => length = 0;

    public void Integer(long value)
    {
        if (value >= 0)
        {
            Head(0, (ulong)value);
        }
        else
        {
            Head(1, (ulong)(-1 - value));
        }
    }

    /// <summary>An integer, or null where the value is not known.</summary>
    public void IntegerOrNull(long? value)
    {
        if (value is { } known)
        {
            Integer(known);
        }
        else
        {
            Null();
        }
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Head(2, (ulong)value.Length);
        value.CopyTo(Room(value.Length));
    }

    public void Bytes(UInt128 value)
    {
        Head(2, 16);
        BinaryPrimitives.WriteUInt128BigEndian(Room(16), value);
    }

    public void Bytes(Hash value)
    {
        Head(2, Hash.Length);
        value.CopyTo(Room(Hash.Length));
    }

    public void Text(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        Head(3, (ulong)count);
        Encoding.UTF8.GetBytes(value, Room(count));
    }

    public void List(int count) => Head(4, (ulong)count);

    public void Map(int count) => Head(5, (ulong)count);

    public void Tag(ulong tag) => Head(6, tag);

    public void Null() => Room(1)[0] = 0xF6;

    private void Head(int major, ulong value)
    {
        var first = (byte)(major << 5);
        switch (value)
        {
            case < 24:
                Room(1)[0] = (byte)(first | (byte)value);
                break;
            case <= byte.MaxValue:
                var two = Room(2);
                two[0] = (byte)(first | 24);
                two[1] = (byte)value;
                break;
            case <= ushort.MaxValue:
                var three = Room(3);
                three[0] = (byte)(first | 25);
                BinaryPrimitives.WriteUInt16BigEndian(three[1..], (ushort)value);
                break;
            case <= uint.MaxValue:
                var five = Room(5);
                five[0] = (byte)(first | 26);
                BinaryPrimitives.WriteUInt32BigEndian(five[1..], (uint)value);
                break;
            default:
                var nine = Room(9);
                nine[0] = (byte)(first | 27);
                BinaryPrimitives.WriteUInt64BigEndian(nine[1..], value);
                break;
        }
    }

    private Span<byte> Room(int count)
    {
        if (length + count > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + count));
        }

        length += count;
        return buffer.AsSpan(length - count, count);
    }
}
