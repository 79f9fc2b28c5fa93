using System.Buffers.Binary;
using System.Text;
using static System.FormattableString;

namespace Safeconduct.Record;

/// <summary>
/// Reads deterministic CBOR and accepts one form only: the form <see cref="CborWriter"/> writes. The first fault is kept and every later
/// read returns an empty value, so that a reader of a fixed shape is a plain list of reads with one look at <see cref="Fault"/> at its end.
/// Source: RFC 8949, section 4.2; <c>formats/cbor.md</c>.
/// </summary>
public ref struct CborReader
{
    private readonly ReadOnlySpan<byte> bytes;
    private int position;

    public CborReader(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
        if (bytes.Length > MaximumLength)
        {
            Refuse("cbor.too-long", Invariant($"{bytes.Length} bytes, more than {MaximumLength}"));
        }
    }

    /// <summary>Bytes of the longest item: no honest entry comes near it, and a length field of the log's bundles holds it.</summary>
    public const int MaximumLength = 16 * 1024;

    /// <summary>The first thing found wrong; null while all is well.</summary>
    public Fault? Fault { get; private set; }

    /// <summary>Where the next item begins, in bytes from the start.</summary>
    public readonly int Position => position;

    public long Integer()
    {
        var (major, value) = Head();
        if (major is not (0 or 1) || value > long.MaxValue)
        {
            Refuse("cbor.wrong-type", "expected an integer");
            return 0;
        }

        return major == 0 ? (long)value : -1 - (long)value;
    }

    /// <summary>An integer from zero up.</summary>
    public long Count()
    {
        var value = Integer();
        if (value < 0)
        {
            Refuse("cbor.wrong-type", "expected an integer that is not negative");
            return 0;
        }

        return value;
    }

    public long? CountOrNull() => TakeNull() ? null : Count();

    public ReadOnlySpan<byte> Bytes()
    {
        var (major, value) = Head();
        return major == 2 ? Take(value) : Wrong("expected a byte string");
    }

    public ReadOnlySpan<byte> Bytes(int length)
    {
        var value = Bytes();
        return value.Length == length ? value : Wrong(Invariant($"expected {length} bytes"));
    }

    public Hash Hash() => Bytes(Record.Hash.Length) is { Length: Record.Hash.Length } found ? new Hash(found) : default;

    public UInt128 Bytes16() => Bytes(16) is { Length: 16 } found ? BinaryPrimitives.ReadUInt128BigEndian(found) : default;

    /// <summary>Text of ASCII letters, digits and marks: the only text a header may hold.</summary>
    public string Ascii()
    {
        var (major, value) = Head();
        var found = major == 3 ? Take(value) : Wrong("expected text");
        foreach (var one in found)
        {
            if (one is < 0x21 or > 0x7E)
            {
                Refuse("cbor.wrong-text", "text outside the printable ASCII marks");
                return "";
            }
        }

        return Encoding.ASCII.GetString(found);
    }

    /// <summary>The number of items of a list. Never more than the bytes that are left, so that no length can make a reader reserve memory.</summary>
    public int List()
    {
        var (major, value) = Head();
        if (major != 4 || value > (ulong)(bytes.Length - position))
        {
            Refuse(major == 4 ? "cbor.truncated" : "cbor.wrong-type", "expected a list");
            return 0;
        }

        return (int)value;
    }

    public void List(int count)
    {
        if (List() != count)
        {
            Refuse("cbor.wrong-type", Invariant($"expected a list of {count}"));
        }
    }

    public void Map(int count)
    {
        var (major, value) = Head();
        if (major != 5 || value != (ulong)count)
        {
            Refuse("cbor.wrong-type", Invariant($"expected a map of {count}"));
        }
    }

    /// <summary>The next key of a map whose keys are known and sorted.</summary>
    public void Key(long expected, long previous)
    {
        var found = Integer();
        if (Fault is not null || found == expected)
        {
            return;
        }

        if (found == previous)
        {
            Refuse("cbor.duplicate-key", Invariant($"the key {found} twice"));
        }
        else if (Order(found) < Order(previous))
        {
            Refuse("cbor.keys-unsorted", Invariant($"the key {found} after {previous}"));
        }
        else
        {
            Refuse("cbor.wrong-key", Invariant($"the key {found} where {expected} belongs"));
        }
    }

    public void Tag(ulong expected)
    {
        var (major, value) = Head();
        if (major != 6 || value != expected)
        {
            Refuse("cbor.wrong-type", Invariant($"expected tag {expected}"));
        }
    }

    public bool TakeNull()
    {
        if (Fault is null && position < bytes.Length && bytes[position] == 0xF6)
        {
            position++;
            return true;
        }

        return false;
    }

    /// <summary>Refuses bytes after the item.</summary>
    public void End()
    {
        if (Fault is null && position != bytes.Length)
        {
            Refuse("cbor.trailing", Invariant($"{bytes.Length - position} bytes after the end"));
        }
    }

    /// <summary>Keeps a fault a caller found in a value it just read, unless an earlier one is kept.</summary>
    public void Refuse(string code, string message) => Fault ??= new Fault(code, Invariant($"{message}, at byte {position}"));

    // RFC 8949, 4.2.1: keys sort by their bytes, so every negative key comes after every other.
    private static UInt128 Order(long key) => key >= 0 ? (UInt128)key : ((UInt128)1 << 64) + (UInt128)(-1 - key);

    private ReadOnlySpan<byte> Wrong(string message)
    {
        Refuse("cbor.wrong-type", message);
        return [];
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (Fault is not null)
        {
            return [];
        }

        if (count > (ulong)(bytes.Length - position))
        {
            Refuse("cbor.truncated", "the bytes end inside an item");
            return [];
        }

        position += (int)count;
        return bytes.Slice(position - (int)count, (int)count);
    }

    private (int Major, ulong Value) Head()
    {
        var first = Take(1);
        if (first.IsEmpty)
        {
            return (-1, 0);
        }

        var (major, detail) = (first[0] >> 5, first[0] & 31);
        if (major == 7)
        {
            Refuse(detail is 25 or 26 or 27 ? "cbor.float" : detail == 31 ? "cbor.indefinite" : "cbor.wrong-type", "a value this format does not use");
            return (-1, 0);
        }

        return detail < 24 ? (major, (ulong)detail) : (major, Long(detail));
    }

    private ulong Long(int detail)
    {
        if (detail > 27)
        {
            Refuse(detail == 31 ? "cbor.indefinite" : "cbor.wrong-type", "a length of no fixed size");
            return 0;
        }

        var width = 1 << (detail - 24);
        ulong value = 0;
        foreach (var one in Take((ulong)width))
        {
            value = (value << 8) | one;
        }

        var shortest = detail == 24 ? 24UL : 1UL << (4 * width);
        if (Fault is null && value < shortest)
        {
            Refuse("cbor.non-shortest", Invariant($"{value} written in {width} bytes"));
        }

        return value;
    }
}
