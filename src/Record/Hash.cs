using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Safeconduct.Record;

/// <summary>A SHA-256 value: 32 bytes, shown as 64 lower-case hexadecimal digits.</summary>
public readonly record struct Hash(UInt128 High, UInt128 Low)
{
    public const int Length = 32;

    public Hash(ReadOnlySpan<byte> bytes)
        : this(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]))
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length, nameof(bytes));
    }

    public static Hash Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[Length];
        SHA256.HashData(bytes, digest);
        return new Hash(digest);
    }

    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, High);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], Low);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    public override string ToString() => Convert.ToHexStringLower(ToArray());

    /// <summary>Reads the lower-case form that <see cref="ToString"/> writes, and no other.</summary>
    public static Hash? Parse(string? text) => Hex.Read(text, Length) is { } bytes ? new Hash(bytes) : null;
}

/// <summary>Lower-case hexadecimal: one way to write, one way to read, so that a changed letter never goes unseen.</summary>
public static class Hex
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static byte[]? Read(string? text, int length)
    {
        if (text is null || text.Length != 2 * length || text.AsSpan().ContainsAnyExcept(Digits))
        {
            return null;
        }

        return Convert.FromHexString(text);
    }

    internal static string Of(UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return Convert.ToHexStringLower(bytes);
    }

    internal static UInt128? Read128(string? text) => Read(text, 16) is { } bytes ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : null;
}
