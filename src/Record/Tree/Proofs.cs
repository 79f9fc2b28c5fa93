namespace Safeconduct.Record;

/// <summary>Checks of proofs by somebody who holds two roots and no log. Source: RFC 9162, sections 2.1.3.2 and 2.1.4.2.</summary>
public static class Proofs
{
    /// <summary>Whether the proof leads from the leaf at this index to the root of a tree of this size.</summary>
    public static bool Includes(Hash leaf, EntryIndex index, TreeHead tree, IReadOnlyList<Hash> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index.Value >= tree.Size)
        {
            return false;
        }

        var (fn, sn, hash) = (index.Value, tree.Size - 1, leaf);
        foreach (var step in proof)
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                hash = MerkleTree.NodeOf(step, hash);
                while ((fn & 1) == 0 && fn != 0)
                {
                    (fn, sn) = (fn >> 1, sn >> 1);
                }
            }
            else
            {
                hash = MerkleTree.NodeOf(hash, step);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && hash == tree.Root;
    }

    /// <summary>Whether the proof shows the first tree to be the beginning of the second.</summary>
    public static bool Continues(TreeHead first, TreeHead second, IReadOnlyList<Hash> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (first.Size > second.Size || first.Size < 0)
        {
            return false;
        }

        if (first.Size == second.Size || first.Size == 0)
        {
            return proof.Count == 0 && (first.Size == 0 ? first.Root == TreeHead.Empty.Root : first.Root == second.Root);
        }

        var steps = new List<Hash>(proof);
        if (long.IsPow2(first.Size))
        {
            steps.Insert(0, first.Root);
        }

        return steps.Count > 0 && Walk(first, second, steps);
    }

    private static bool Walk(TreeHead first, TreeHead second, List<Hash> steps)
    {
        var (fn, sn) = (first.Size - 1, second.Size - 1);
        while ((fn & 1) == 1)
        {
            (fn, sn) = (fn >> 1, sn >> 1);
        }

        var (before, after) = (steps[0], steps[0]);
        foreach (var step in steps.Skip(1))
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                (before, after) = (MerkleTree.NodeOf(step, before), MerkleTree.NodeOf(step, after));
                while ((fn & 1) == 0 && fn != 0)
                {
                    (fn, sn) = (fn >> 1, sn >> 1);
                }
            }
            else
            {
                after = MerkleTree.NodeOf(after, step);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && before == first.Root && after == second.Root;
    }
}
