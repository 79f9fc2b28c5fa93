using Safeconduct.Record;
using Safeconduct.Storage.Keys;

namespace Safeconduct.Tests.Storage;

/// <summary>Laws on random cases, each held against a slow and obvious twin.</summary>
public sealed class Laws
{
    // RFC 9162, section 2.1.1, word for word.
    private static Hash SlowRoot(ReadOnlySpan<Hash> leaves)
    {
        if (leaves.Length == 0)
        {
            return Hash.Of([]);
        }

        if (leaves.Length == 1)
        {
            return leaves[0];
        }

        var k = 1;
        while (k * 2 < leaves.Length)
        {
            k *= 2;
        }

        return MerkleTree.NodeOf(SlowRoot(leaves[..k]), SlowRoot(leaves[k..]));
    }

    private static (MerkleTree Tree, Hash[] Leaves) Grown(int size)
    {
        var leaves = Enumerable.Range(0, size).Select(i => MerkleTree.LeafOf(BitConverter.GetBytes(i))).ToArray();
        var tree = new MerkleTree();
        foreach (var leaf in leaves)
        {
            tree.Add(leaf);
        }

        return (tree, leaves);
    }

    [Fact]
    public void Every_root_is_the_root_of_the_recursive_definition()
    {
        var (tree, leaves) = Grown(300);
        for (var size = 0; size <= 300; size++)
        {
            Assert.Equal(SlowRoot(leaves.AsSpan(0, size)), tree.RootAt(size));
        }
    }

    [Fact]
    public void Every_inclusion_proof_holds_for_its_leaf_and_no_other()
    {
        var (tree, leaves) = Grown(70);
        for (var size = 1; size <= 70; size++)
        {
            var head = new TreeHead(size, tree.RootAt(size));
            for (var i = 0; i < size; i++)
            {
                var proof = tree.Inclusion(new EntryIndex(i), size);
                Assert.True(Proofs.Includes(leaves[i], new EntryIndex(i), head, proof));
                Assert.False(Proofs.Includes(Hash.Of([7]), new EntryIndex(i), head, proof));
                Assert.False(Proofs.Includes(leaves[i], new EntryIndex(i), head, [.. proof, Hash.Of([7])]));
                Assert.False(size > 1 && Proofs.Includes(leaves[i], new EntryIndex(i), head, [.. proof.Skip(1)]));
            }
        }
    }

    [Fact]
    public void Every_consistency_proof_holds_for_its_two_trees_and_no_other()
    {
        var (tree, _) = Grown(70);
        for (var second = 0; second <= 70; second++)
        {
            for (var first = 0; first <= second; first++)
            {
                var (before, after) = (new TreeHead(first, tree.RootAt(first)), new TreeHead(second, tree.RootAt(second)));
                var proof = tree.Consistency(first, second);
                Assert.True(Proofs.Continues(before, after, proof));
                Assert.False(Proofs.Continues(before with { Root = Hash.Of([7]) }, after, proof));
                Assert.False(first > 0 && Proofs.Continues(before, after with { Root = Hash.Of([7]) }, proof));
                Assert.False(Proofs.Continues(before, after, [.. proof, Hash.Of([7])]));
            }
        }
    }

    [Fact]
    public void A_tile_path_is_read_back_as_it_was_written_and_no_other_way()
    {
        foreach (var size in (long[])[1, 255, 256, 257, 65_536, 70_000, 256_000_123])
        {
            foreach (var tile in Tiles.Between(Math.Max(0, size - 300), size))
            {
                Assert.Equal(tile, Tile.Parse(tile.Path));
            }
        }

        Assert.Equal("tile/0/x001/x234/067", new Tile(0, 1_234_067, 256).Path);
        Assert.Equal(["tile/entries/000.p/3", "tile/0/000.p/3"], Tiles.Of(3).Select(t => t.Path));
        Assert.All((string[])["tile/0/1", "tile/00/000", "tile/0/000.p/256", "tile/0/000.p/0", "tile/0/x000/001", "tile/x/000", "tile/0", "tile/0/000.p/03"], p => Assert.Null(Tile.Parse(p)));
    }

    [Fact]
    public void Tiles_between_two_sizes_are_those_that_the_later_has_and_the_earlier_has_not()
    {
        foreach (var (before, size) in ((long, long)[])[(0, 1), (1, 2), (255, 256), (256, 257), (300, 70_000), (65_536, 65_537), (5, 5)])
        {
            var earlier = Tiles.Of(before).ToHashSet();
            Assert.Equal(Tiles.Of(size).Where(t => !earlier.Contains(t)).ToHashSet(), Tiles.Between(before, size).Where(t => !earlier.Contains(t)).ToHashSet());
        }
    }

    [Fact]
    public void Every_entry_that_can_be_written_is_read_back_and_every_changed_byte_gives_another_id_or_a_refusal()
    {
        var random = new Random(3);
        var keys = Founding.Keys(3);
        for (var round = 0; round < 60; round++)
        {
            var header = AnyHeader(random);
            var entry = Entry.Sign(header, keys.Device);
            var read = Entry.Read(entry.Bytes, out var fault);
            Assert.Null(fault);
            Assert.Equal(entry.Id, read!.Id);
            Assert.Equal(entry.Bytes.ToArray(), Entry.Sign(read.Header, new Replays(keys.Device, entry.Signature.ToArray())).Bytes.ToArray());
            var at = random.Next(entry.Bytes.Length - 64);
            var changed = entry.Bytes.ToArray();
            changed[at] ^= (byte)(1 << random.Next(8));
            Assert.NotEqual(entry.Id, Entry.Read(changed, out fault)?.Id ?? default);
        }
    }

    [Fact]
    public void A_body_of_any_length_opens_to_its_text_and_its_blob_has_a_length_of_the_list()
    {
        var entropy = new SeededEntropy(5);
        using var key = new OperationKey(new byte[32]);
        foreach (var length in (int[])[0, 1, 1986, 1987, 1988, 4035, 4036, 70_000, 1_048_515, 1_048_516, 3_000_000])
        {
            var text = new byte[length];
            entropy.Fill(text);
            var body = Sealing.Seal(key, default, text, "application/json", entropy);
            Assert.Equal(text, Sealing.Open(key, default, body.Name, body.Blob.Span, body.WrappedKey.Span, out _)!.Text.ToArray());
            Assert.True(body.Name.Length is >= 2048 and <= 1_048_576 && long.IsPow2(body.Name.Length) || body.Name.Length % 1_048_576 == 0);
        }
    }

    [Fact]
    public void Ed25519_agrees_with_openssl_on_good_and_changed_signatures()
    {
        var random = new Random(9);
        for (var round = 0; round < 20; round++)
        {
            var message = new byte[random.Next(200)];
            random.NextBytes(message);
            var signer = CheckpointSigner.Create(new SeededEntropy(round));
            var signature = signer.Sign(message);
            Assert.True(Ed25519.Verify(signer.Key.Span, message, signature));
            signature[random.Next(64)] ^= (byte)(1 << random.Next(8));
            Assert.False(Ed25519.Verify(signer.Key.Span, message, signature));
        }
    }

    private static EntryHeader AnyHeader(Random random)
    {
        Hash Any() => Hash.Of(BitConverter.GetBytes(random.NextInt64()));
        var seq = random.Next(3) == 0 ? 0 : random.NextInt64(1, 1L << random.Next(1, 62));
        var claimed = new ClaimedTime(random.NextInt64(1L << 50), (ClockSource)random.Next(5), random.Next(2) == 0 ? null : random.Next(), random.Next(2) == 0 ? null : random.NextInt64(1L << 40), random.Next(2) == 0 ? null : new BootId(Any().High));
        return new EntryHeader(new OperationId(Any()), seq, seq == 0 ? null : new EntryId(Any()), claimed, new TreeHead(random.Next(), Any()), (EntryKind)random.Next(6),
            [.. Enumerable.Range(0, random.Next(4)).Select(_ => new BodyName(Any(), random.Next(), Any(), new KeyId(Any().High), "image/jpeg"))],
            [.. Enumerable.Range(0, random.Next(30)).Select(_ => new EntryId(Any()))], [.. Enumerable.Range(0, random.Next(3)).Select(_ => new ChainHead(new Kid(Any().High), new EntryId(Any())))]);
    }

    private sealed class Replays(IEntrySigner signer, byte[] signature) : IEntrySigner
    {
        public Kid Kid => signer.Kid;

        public SigningKey Key => signer.Key;

        public void Sign(Hash digest, Span<byte> target) => signature.CopyTo(target);
    }
}
