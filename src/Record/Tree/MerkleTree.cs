using System.Numerics;

namespace Safeconduct.Record;

/// <summary>
/// The log's tree: every complete subtree's hash, level by level, from the leaves up. About 64 bytes an entry. Source: RFC 9162, section 2.1
/// (the same tree as RFC 6962); <c>formats/tree.md</c>.
/// </summary>
public sealed class MerkleTree
{
    private readonly List<List<Hash>> levels = [[]];

    /// <summary>The number of leaves.</summary>
    public long Size => levels[0].Count;

    public Hash Root => RootAt(Size);

    public static Hash LeafOf(ReadOnlySpan<byte> entry)
    {
        Span<byte> input = stackalloc byte[1 + CborReader.MaximumLength];
        if (entry.Length > CborReader.MaximumLength)
        {
            input = new byte[1 + entry.Length];
        }

        input[0] = 0;
        entry.CopyTo(input[1..]);
        return Hash.Of(input[..(1 + entry.Length)]);
    }

    public static Hash NodeOf(Hash left, Hash right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Hash.Length)];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Hash.Length)..]);
        return Hash.Of(input);
    }

    public void Add(Hash leaf)
    {
        var hash = leaf;
        for (var level = 0; ; level++)
        {
            if (level == levels.Count)
            {
                levels.Add([]);
            }

            var row = levels[level];
            row.Add(hash);
            if (row.Count % 2 == 1)
            {
                return;
            }

            hash = NodeOf(row[^2], row[^1]);
        }
    }

    /// <summary>The root the tree had when it held this many leaves.</summary>
    public Hash RootAt(long size)
    {
        Within(size, Size);
        return size == 0 ? TreeHead.Empty.Root : RangeHash(0, size);
    }

    /// <summary>The hash of the complete subtree at a level (0: leaves) and place.</summary>
    public Hash Node(int level, long index) => levels[level][checked((int)index)];

    /// <summary>How many complete subtrees there are at a level.</summary>
    public long Count(int level) => level < levels.Count ? levels[level].Count : 0;

    /// <summary>The hashes that lead from the leaf at an index to the root at a size: RFC 9162, section 2.1.3.1.</summary>
    public IReadOnlyList<Hash> Inclusion(EntryIndex index, long size)
    {
        Within(size, Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index.Value, size, nameof(index));
        var path = new List<Hash>();
        Include(index.Value, 0, size, path);
        return path;
    }

    /// <summary>The hashes that show the tree of one size to be the beginning of the tree of another: RFC 9162, section 2.1.4.1.</summary>
    public IReadOnlyList<Hash> Consistency(long first, long second)
    {
        Within(second, Size);
        Within(first, second);
        var path = new List<Hash>();
        if (first > 0 && first < second)
        {
            Continue(first, 0, second, true, path);
        }

        return path;
    }

    private static void Within(long value, long most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
    }

    private void Include(long index, long start, long end, List<Hash> path)
    {
        if (end - start == 1)
        {
            return;
        }

        var middle = start + Split(end - start);
        if (index < middle)
        {
            Include(index, start, middle, path);
            path.Add(RangeHash(middle, end));
        }
        else
        {
            Include(index, middle, end, path);
            path.Add(RangeHash(start, middle));
        }
    }

    private void Continue(long first, long start, long end, bool whole, List<Hash> path)
    {
        if (first == end)
        {
            if (!whole)
            {
                path.Add(RangeHash(start, end));
            }

            return;
        }

        var middle = start + Split(end - start);
        if (first <= middle)
        {
            Continue(first, start, middle, whole, path);
            path.Add(RangeHash(middle, end));
        }
        else
        {
            Continue(first, middle, end, false, path);
            path.Add(RangeHash(start, middle));
        }
    }

    // Every range the proofs ask for begins where a subtree of its size begins, so its left part is always complete and kept.
    private Hash RangeHash(long start, long end)
    {
        var count = end - start;
        if (BitOperations.IsPow2(count))
        {
            var level = BitOperations.TrailingZeroCount(count);
            return Node(level, start >> level);
        }

        var middle = start + Split(count);
        return NodeOf(RangeHash(start, middle), RangeHash(middle, end));
    }

    // The largest power of two smaller than the count.
    private static long Split(long count) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(count - 1)));
}
