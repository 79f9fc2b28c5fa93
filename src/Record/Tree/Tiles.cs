using System.Buffers.Binary;
using System.Globalization;

namespace Safeconduct.Record;

/// <summary>One file of the log as it is published: its path and its bytes.</summary>
public readonly record struct LogFile(string Path, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// Which file of the published log: a tile of hashes (level 0 and up) or a bundle of entries (<see cref="EntriesLevel"/>), its place, and
/// its width: 256, or less where the log ends inside it. Source: C2SP tlog-tiles; <c>formats/tree.md</c>.
/// </summary>
public readonly record struct Tile(int Level, long Index, int Width)
{
    public const int EntriesLevel = -1;
    public const int FullWidth = 256;

    public bool IsFull => Width == FullWidth;

    public string Path
    {
        get
        {
            var kind = Level == EntriesLevel ? "entries" : Level.ToString(CultureInfo.InvariantCulture);
            var partial = IsFull ? "" : FormattableString.Invariant($".p/{Width}");
            return $"tile/{kind}/{Number(Index)}{partial}";
        }
    }

    /// <summary>The tile a path names, or null where the path is not written as <see cref="Path"/> writes it.</summary>
    public static Tile? Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = path.Split('/');
        if (parts.Length < 3 || parts[0] != "tile")
        {
            return null;
        }

        var level = parts[1] == "entries" ? EntriesLevel : Small(parts[1], 63);
        var partial = parts[^2].EndsWith(".p", StringComparison.Ordinal);
        var width = partial ? Small(parts[^1], FullWidth - 1) : FullWidth;
        var index = IndexOf(partial ? [.. parts[2..^2], parts[^2][..^2]] : parts[2..]);
        if (level is not { } l || width is not ({ } w and > 0) || index is not { } n)
        {
            return null;
        }

        var tile = new Tile(l, n, w);
        return tile.Path == path ? tile : null;
    }

    private static int? Small(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= most ? value : null;

    private static long? IndexOf(string[] groups)
    {
        long index = 0;
        foreach (var group in groups)
        {
            if (Small(group.TrimStart('x'), 999) is not { } value || index > long.MaxValue / 2000)
            {
                return null;
            }

            index = (index * 1000) + value;
        }

        return index;
    }

    // Groups of three digits, each but the last behind an x: 1234067 is x001/x234/067.
    private static string Number(long index)
    {
        var text = (index % 1000).ToString("D3", CultureInfo.InvariantCulture);
        for (var rest = index / 1000; rest > 0; rest /= 1000)
        {
            text = $"x{(rest % 1000).ToString("D3", CultureInfo.InvariantCulture)}/{text}";
        }

        return text;
    }
}

/// <summary>Writes and reads the published form of a log. Nothing here is signed: every byte follows from the entries.</summary>
public static class Tiles
{
    /// <summary>Every tile that a log of this size consists of, in the order of levels, entries first.</summary>
    public static IEnumerable<Tile> Of(long size) => Between(0, size);

    /// <summary>The tiles that a log of this size has and a log of the earlier size did not have.</summary>
    public static IEnumerable<Tile> Between(long before, long size)
    {
        foreach (var tile in Row(Tile.EntriesLevel, before, size))
        {
            yield return tile;
        }

        for (var level = 0; size > 0; level++, before /= Tile.FullWidth, size /= Tile.FullWidth)
        {
            foreach (var tile in Row(level, before, size))
            {
                yield return tile;
            }
        }
    }

    /// <summary>The hashes of a tile, one after the other.</summary>
    public static byte[] Hashes(MerkleTree tree, Tile tile)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var bytes = new byte[tile.Width * Hash.Length];
        for (var i = 0; i < tile.Width; i++)
        {
            tree.Node(8 * tile.Level, (tile.Index * Tile.FullWidth) + i).CopyTo(bytes.AsSpan(i * Hash.Length));
        }

        return bytes;
    }

    /// <summary>Entries, each behind its length in two bytes, the higher first.</summary>
    public static byte[] Bundle(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var bytes = new byte[entries.Sum(e => 2 + e.Length)];
        var position = 0;
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(position), checked((ushort)entry.Length));
            entry.Span.CopyTo(bytes.AsSpan(position + 2));
            position += 2 + entry.Length;
        }

        return bytes;
    }

    /// <summary>The entries of a bundle, or null where the bytes do not divide into this many.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? ReadBundle(ReadOnlyMemory<byte> bytes, int count)
    {
        var entries = new List<ReadOnlyMemory<byte>>(count);
        while (bytes.Length >= 2 && entries.Count < count)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.Span);
            if (length > bytes.Length - 2)
            {
                return null;
            }

            entries.Add(bytes.Slice(2, length));
            bytes = bytes[(2 + length)..];
        }

        return bytes.IsEmpty && entries.Count == count ? entries : null;
    }

    private static IEnumerable<Tile> Row(int level, long before, long size)
    {
        for (var index = before / Tile.FullWidth; index < size / Tile.FullWidth; index++)
        {
            yield return new Tile(level, index, Tile.FullWidth);
        }

        var width = (int)(size % Tile.FullWidth);
        if (width > 0 && before != size)
        {
            yield return new Tile(level, size / Tile.FullWidth, width);
        }
    }
}
