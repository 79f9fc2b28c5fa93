using System.Buffers.Binary;

namespace Safeconduct.Record;

/// <summary>The place of an entry in the record, counted from zero in order of arrival. Not a size: a record of one entry has size 1 and index 0.</summary>
public readonly record struct EntryIndex : IComparable<EntryIndex>
{
    public EntryIndex(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Value = value;
    }

    public long Value { get; }

    public int CompareTo(EntryIndex other) => Value.CompareTo(other.Value);

    public override string ToString() => FormattableString.Invariant($"{Value}");
}

/// <summary>What an entry is called everywhere: the SHA-256 of what was signed (not of the signature). Source: <c>formats/entry.md</c>.</summary>
public readonly record struct EntryId(Hash Hash)
{
    public override string ToString() => Hash.ToString();
}

/// <summary>What an operation is called everywhere: the SHA-256 of its charter's bytes.</summary>
public readonly record struct OperationId(Hash Hash)
{
    public override string ToString() => Hash.ToString();
}

/// <summary>
/// The pseudonym of a device's signing key: 16 random bytes, new each shift. It says nothing about who holds the device; the link to a
/// person is known to the room alone and is never in a header.
/// </summary>
public readonly record struct Kid(UInt128 Value)
{
    public Kid(ReadOnlySpan<byte> bytes)
        : this(BinaryPrimitives.ReadUInt128BigEndian(bytes))
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, 16, nameof(bytes));
    }

    public static Kid? Parse(string? text) => Hex.Read128(text) is { } value ? new Kid(value) : null;

    public override string ToString() => Hex.Of(Value);
}

/// <summary>The name of the wrapped key that opens a body: the first 16 bytes of the SHA-256 of the wrapped key. Zero: the body is not sealed.</summary>
public readonly record struct KeyId(UInt128 Value)
{
    /// <summary>The body is open to all: charter, certificates, revocations.</summary>
    public static readonly KeyId NotSealed;

    public static KeyId Of(ReadOnlySpan<byte> wrappedKey) => new(Hash.Of(wrappedKey).High);

    public override string ToString() => Hex.Of(Value);
}

/// <summary>One run of a device between switching on and off: 16 random bytes, new with each <see cref="Kid"/> so that it links no two pseudonyms.</summary>
public readonly record struct BootId(UInt128 Value)
{
    public override string ToString() => Hex.Of(Value);
}

/// <summary>Where random bytes come from. The edge gives the operating system's; a test gives a seed.</summary>
public interface IEntropy
{
    void Fill(Span<byte> bytes);
}
