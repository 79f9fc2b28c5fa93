namespace Safeconduct.Record;

/// <summary>
/// Holds the published files of a log to its entries and its checkpoint. Where hashes and entries disagree, whichever of them gives the
/// root in the checkpoint is believed and the other is named, so that one damaged byte is found in one place.
/// </summary>
public static class TileCheck
{
    /// <summary>Checks every tile file. <paramref name="read"/> gives a file's bytes by its path, null where there is none.</summary>
    /// <param name="tree">The tree of the entries as the caller read them.</param>
    /// <param name="logged">The state the checkpoint states; null where there is no checkpoint to believe.</param>
    /// <param name="paths">The paths of all files under <c>tile/</c>.</param>
    /// <param name="prefix">What the caller calls the folder in which <c>tile/</c> stands, for the places of findings.</param>
    public static IReadOnlyList<Finding> Check(MerkleTree tree, TreeHead? logged, IReadOnlyCollection<string> paths, Func<string, ReadOnlyMemory<byte>?> read, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(read);
        var findings = new List<Finding>();
        var size = logged?.Size ?? tree.Size;
        var believed = Believed(tree, logged, read);
        var expected = Tiles.Of(size).ToDictionary(t => t.Path);
        foreach (var (path, tile) in expected)
        {
            if (read(path) is { } bytes)
            {
                CheckOne(believed, tile, bytes, prefix + path, findings);
            }
            else
            {
                findings.Add(Finding.Refutes("tile.missing", prefix + path, "the log's size asks for this file and it is not there"));
            }
        }

        foreach (var path in paths.Where(p => !expected.ContainsKey(p)))
        {
            CheckOther(believed, path, read, prefix, findings);
        }

        return findings;
    }

    /// <summary>
    /// Names the entries that are not the ones the published hashes hold, provided that those hashes give the root of the checkpoint.
    /// </summary>
    public static IEnumerable<EntryIndex> Replaced(MerkleTree tree, TreeHead logged, Func<string, ReadOnlyMemory<byte>?> read)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var believed = Believed(tree, logged, read);
        for (long i = 0; !ReferenceEquals(believed, tree) && i < Math.Min(believed.Size, tree.Size); i++)
        {
            if (believed.Node(0, i) != tree.Node(0, i))
            {
                yield return new EntryIndex(i);
            }
        }
    }

    private static MerkleTree Believed(MerkleTree tree, TreeHead? logged, Func<string, ReadOnlyMemory<byte>?> read)
    {
        if (logged is not { } head || (tree.Size >= head.Size && tree.RootAt(head.Size) == head.Root))
        {
            return tree;
        }

        var published = new MerkleTree();
        foreach (var tile in Tiles.Of(head.Size).Where(t => t.Level == 0))
        {
            if (read(tile.Path) is not { } bytes || bytes.Length != tile.Width * Hash.Length)
            {
                return tree;
            }

            for (var i = 0; i < tile.Width; i++)
            {
                published.Add(new Hash(bytes.Span.Slice(i * Hash.Length, Hash.Length)));
            }
        }

        return published.Root == head.Root ? published : tree;
    }

    private static void CheckOne(MerkleTree tree, Tile tile, ReadOnlyMemory<byte> bytes, string place, List<Finding> findings)
    {
        if (tile.Level != Tile.EntriesLevel)
        {
            if ((tile.Index * Tile.FullWidth) + tile.Width > tree.Count(8 * tile.Level) || !bytes.Span.SequenceEqual(Tiles.Hashes(tree, tile)))
            {
                findings.Add(Finding.Refutes("tile.differs", place, "the hashes are not those of the log's entries"));
            }

            return;
        }

        if (Tiles.ReadBundle(bytes, tile.Width) is not { } entries)
        {
            findings.Add(Finding.Refutes("tile.differs", place, FormattableString.Invariant($"the file does not divide into {tile.Width} entries")));
            return;
        }

        for (var i = 0; i < tile.Width; i++)
        {
            var index = (tile.Index * Tile.FullWidth) + i;
            if (index >= tree.Size || MerkleTree.LeafOf(entries[i].Span) != tree.Node(0, index))
            {
                findings.Add(Finding.Refutes("tile.differs", place, "this entry is not the logged one", new EntryIndex(index)));
            }
        }
    }

    // A partial tile of an earlier size may stay behind and is true as long as its hashes are; anything else does not belong here.
    private static void CheckOther(MerkleTree tree, string path, Func<string, ReadOnlyMemory<byte>?> read, string prefix, List<Finding> findings)
    {
        if (Tile.Parse(path) is not { } tile || read(path) is not { } bytes
            || (tile.Index * Tile.FullWidth) + tile.Width > tree.Count(8 * Math.Max(tile.Level, 0)))
        {
            findings.Add(Finding.Refutes("file.unknown", prefix + path, "this file is no part of the log"));
            return;
        }

        CheckOne(tree, tile, bytes, prefix + path, findings);
    }
}
