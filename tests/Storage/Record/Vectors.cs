using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Safeconduct.Record;
using Safeconduct.Storage.Files;
using Safeconduct.Storage.Keys;

namespace Safeconduct.Tests.Storage;

/// <summary>
/// The vectors of <c>formats/vectors</c>, which any language can run. They are made once, with SAFECONDUCT_WRITE_VECTORS=1, and looked at in the
/// diff; here the code is held to them.
/// </summary>
public sealed class Vectors
{
    private static readonly string Folder = Repository.PathOf(Path.Combine("formats", "vectors"));

    [Fact]
    public void The_vectors_are_written_when_asked_for()
    {
        if (Environment.GetEnvironmentVariable("SAFECONDUCT_WRITE_VECTORS") == "1")
        {
            Write();
        }

        Assert.Equal(["body", "cbor", "charter", "checkpoint", "device", "entry", "journal", "line-text", "statements", "tree"], Directory.GetFiles(Folder).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Cbor() => Assert.All(Load("cbor").EnumerateArray(), v =>
    {
        _ = Entry.Read(Bytes(v, "entry"), out var fault);
        Assert.Equal(v.GetProperty("code").GetString(), fault?.Code);
    });

    [Fact]
    public void Entries()
    {
        using var check = new SignatureCheck();
        Assert.All(Load("entry").EnumerateArray(), v =>
        {
            var entry = Entry.Read(Bytes(v, "entry"), out _)!;
            Assert.Equal(Text(v, "id"), entry.Id.ToString());
            Assert.Equal(Text(v, "leaf"), entry.Leaf.ToString());
            Assert.Equal(Text(v, "kid"), entry.Kid.ToString());
            Assert.Equal(v.GetProperty("signatureValid").GetBoolean(), check.IsValid(entry.Kid, SigningKey.Parse(Text(v, "key"))!, entry.Id.Hash, entry.Signature));
        });
    }

    [Fact]
    public void Bodies()
    {
        var all = Load("body");
        using var key = new OperationKey(Bytes(all, "operationKey").Span);
        var operation = new OperationId(Hash.Parse(Text(all, "operation"))!.Value);
        Assert.All(all.GetProperty("sealed").EnumerateArray(), v =>
        {
            var (blob, wrapped) = (Bytes(v, "blob"), Bytes(v, "wrapped"));
            var name = new BodyName(Hash.Of(blob.Span), blob.Length, Hash.Parse(Text(v, "commit"))!.Value, KeyId.Of(wrapped.Span), "application/json");
            Assert.Equal(Text(v, "keyId"), name.Key.ToString());
            Assert.Equal(Text(v, "blobSha256"), name.Blob.ToString());
            var opened = Sealing.Open(key, operation, name, blob.Span, wrapped.Span, out var fault);
            Assert.Equal(v.GetProperty("code").GetString(), fault?.Code);
            Assert.True(opened is null || Text(v, "text") == Encoding.UTF8.GetString(opened.Text.Span));
        });
        Assert.All(all.GetProperty("lengths").EnumerateArray(), v => Assert.Equal(v[1].GetInt32(), Sealing.BlobLength(v[0].GetInt32())));
    }

    /// <summary>Made by the code for browsers (<c>web/shared/record</c>): what a device seals and signs, the room opens.</summary>
    [Fact]
    public void Devices()
    {
        var all = Load("device");
        using var key = new OperationKey(Bytes(all, "operationKey").Span);
        Assert.Equal(Text(all, "sealingKey"), key.SealingKey.Point.ToString());
        var operation = new OperationId(Hash.Parse(Text(all, "operation"))!.Value);
        var entry = Entry.Read(Bytes(all, "entry"), out var fault)!;
        Assert.Null(fault);
        Assert.Equal((Text(all, "id"), Text(all, "kid")), (entry.Id.ToString(), entry.Kid.ToString()));
        using var check = new SignatureCheck();
        Assert.True(check.IsValid(entry.Kid, SigningKey.Parse(Text(all, "key"))!, entry.Id.Hash, entry.Signature));
        var opened = entry.Header.Bodies.Select((name, i) => Sealing.Open(key, operation, name,
            Convert.FromHexString(Strings(all, "blobs")[i]!), Convert.FromHexString(Strings(all, "wrapped")[i]!), out _)!.Text.ToArray()).ToList();
        Assert.Equal(Text(all, "statement"), Encoding.UTF8.GetString(opened[0]));
        Assert.Equal(Bytes(all, "attached").ToArray(), opened[1]);
        var statement = Safeconduct.Statements.Bytes.StatementBytes.Read(opened[0]).Value!;
        Assert.Equal(opened[0], Safeconduct.Statements.Bytes.StatementBytes.Write(statement));
        Assert.Equal(Hash.Of(opened[1]).ToString(), Assert.Single(statement.Attached).Sha256);
    }

    [Fact]
    public void Charters() => Assert.All(Load("charter").EnumerateArray(), v =>
    {
        var bytes = Encoding.UTF8.GetBytes(Text(v, "charter"));
        Assert.Equal(Text(v, "operation"), Charter.IdOf(bytes).ToString());
        var charter = Charter.Read(bytes, out var fault);
        Assert.Equal(v.GetProperty("code").GetString(), fault?.Code);
        Assert.True(charter is null || charter.ToBytes().AsSpan().SequenceEqual(bytes));
    });

    [Fact]
    public void Trees()
    {
        var all = Load("tree");
        var tree = new MerkleTree();
        foreach (var entry in all.GetProperty("entries").EnumerateArray())
        {
            tree.Add(MerkleTree.LeafOf(Convert.FromHexString(entry.GetString()!)));
        }

        Assert.Equal(all.GetProperty("roots").EnumerateArray().Select(r => r.GetString()), Enumerable.Range(0, (int)tree.Size + 1).Select(i => tree.RootAt(i).ToString()));
        Assert.All(all.GetProperty("inclusion").EnumerateArray(), v => Assert.Equal(Strings(v, "proof"), tree.Inclusion(new EntryIndex(v.GetProperty("index").GetInt64()), v.GetProperty("size").GetInt64()).Select(h => h.ToString())));
        Assert.All(all.GetProperty("consistency").EnumerateArray(), v => Assert.Equal(Strings(v, "proof"), tree.Consistency(v.GetProperty("first").GetInt64(), v.GetProperty("second").GetInt64()).Select(h => h.ToString())));
        Assert.All(all.GetProperty("files").EnumerateArray(), v => Assert.Equal(Strings(v, "paths"), Tiles.Of(v.GetProperty("size").GetInt64()).Select(t => t.Path)));
    }

    [Fact]
    public void Checkpoints()
    {
        var all = Load("checkpoint");
        var operation = new OperationId(Hash.Parse(Text(all, "operation"))!.Value);
        var key = Bytes(all, "key");
        Assert.Equal(Text(all, "verifierKey"), SignedNote.VerifierKey(Checkpoint.OriginOf(operation), key.Span));
        Assert.All(all.GetProperty("notes").EnumerateArray(), v =>
        {
            var checkpoint = Checkpoint.Read(Encoding.UTF8.GetBytes(Text(v, "note")), operation, key.Span, out var fault);
            Assert.Equal(v.GetProperty("code").GetString(), fault?.Code);
            Assert.True(checkpoint is null || checkpoint.Tree.Size == v.GetProperty("size").GetInt64());
        });
        Assert.All(all.GetProperty("ed25519").EnumerateArray(), v =>
            Assert.Equal(v.GetProperty("valid").GetBoolean(), Ed25519.Verify(Bytes(v, "key").Span, Bytes(v, "message").Span, Bytes(v, "signature").Span)));
        Assert.All(all.GetProperty("ed25519").EnumerateArray().Where(v => v.TryGetProperty("seed", out _)), v =>
            Assert.Equal(Text(v, "signature"), Convert.ToHexStringLower(new CheckpointSigner(Bytes(v, "seed").Span).Sign(Bytes(v, "message").Span))));
    }

    [Fact]
    public void Journals() => Assert.All(Load("journal").EnumerateArray(), v =>
    {
        var disk = new SimulatedDisk();
        disk.Put("journal/000000", Bytes(v, "journal").ToArray());
        using var store = FilesStore.OpenToRead(disk);
        Assert.Equal(Strings(v, "entries"), store.Read(new EntryIndex(0), 100).Select(e => Convert.ToHexStringLower(e.Span)));
        Assert.All(Strings(v, "blobs"), name => Assert.Equal(name, Hash.Of(store.FindBlob(Hash.Parse(name)!.Value)!.Value.Span).ToString()));
    });

    private static void Write()
    {
        Directory.CreateDirectory(Folder);
        var disk = new SimulatedDisk();
        var keys = Founding.Keys(21);
        using var log = Founding.Found(FilesStore.Open(disk), keys);
        log.Append(Founding.Sayings(0, 2), Founding.At);
        var entries = log.Source.Read(new EntryIndex(0), 4);
        WriteEntries(entries, keys);
        WriteBodies(log, keys);
        WriteCharter(log);
        WriteTree();
        WriteCheckpoint(log, keys);
        Save("journal", new JsonArray(new JsonObject
        {
            ["journal"] = Convert.ToHexStringLower(disk.Get("journal/000000")),
            ["entries"] = new JsonArray([.. entries.Select(e => (JsonNode)Convert.ToHexStringLower(e.Span))]),
            ["blobs"] = new JsonArray([.. entries.SelectMany(e => Entry.Read(e, out _)!.Header.Bodies).Select(b => (JsonNode)b.Blob.ToString())]),
        }));
    }

    private static void WriteEntries(IReadOnlyList<ReadOnlyMemory<byte>> entries, OperationKeys keys)
    {
        JsonObject Vector(string name, ReadOnlySpan<byte> bytes, SigningKey key, bool valid)
        {
            var entry = Entry.Read(bytes.ToArray(), out _)!;
            return new JsonObject
            {
                ["name"] = name,
                ["entry"] = Convert.ToHexStringLower(bytes),
                ["key"] = key.ToString(),
                ["kid"] = entry.Kid.ToString(),
                ["id"] = entry.Id.ToString(),
                ["leaf"] = entry.Leaf.ToString(),
                ["seq"] = entry.Header.Seq,
                ["prev"] = entry.Header.Prev?.ToString(),
                ["claimedUnixMs"] = entry.Header.Claimed.UnixMs,
                ["signatureValid"] = valid,
            };
        }

        Save("entry", new JsonArray(
            Vector("the charter", entries[0].Span, keys.Authority.Key, true),
            Vector("a certificate", entries[1].Span, keys.Authority.Key, true),
            Vector("a statement", entries[2].Span, keys.Device.Key, true),
            Vector("a statement that follows it", entries[3].Span, keys.Device.Key, true),
            Vector("with the signature of another", [.. entries[3].Span[..^64], .. entries[2].Span[^64..]], keys.Device.Key, false)));
        WriteCbor([.. entries[2].Span[..^64], .. new byte[64]]);
    }

    // tag 18, list of 4, protected (22), unprotected (1), payload: 58 and one byte of length, then the header.
    private static void WriteCbor(byte[] good)
    {
        const int Payload = 2 + 22 + 1;
        const int Header = Payload + 2;
        byte[] Changed(int at, byte value)
        {
            byte[] bytes = [.. good];
            bytes[at] = value;
            return bytes;
        }

        byte[] WithHeader(byte[] header) => [.. good[..Payload], 0x58, checked((byte)header.Length), .. header, 0x58, 0x40, .. new byte[64]];

        var header = good[Header..^66];
        byte[] high = [.. good[..^32], .. Enumerable.Repeat((byte)0xFF, 32)];
        (string Name, byte[] Bytes)[] cases =
        [
            ("good", good),
            ("nothing", []),
            ("cut short", good[..^1]),
            ("a byte too many", [.. good, 0]),
            ("another tag", Changed(0, 0xD1)),
            ("a list of five", Changed(1, 0x85)),
            ("an open list", Changed(1, 0x9F)),
            ("another algorithm", Changed(5, 0x27)),
            ("payload length in four bytes", [.. good[..Payload], 0x5A, 0, 0, 0, .. good[(Payload + 1)..]]),
            ("version 2", Changed(Header + 2, 2)),
            ("version in two bytes", WithHeader([.. header[..2], 0x18, 1, .. header[3..]])),
            ("a key twice", Changed(Header + 3, 1)),
            ("keys out of order", Changed(Header + 3, 0)),
            ("a key missing", Changed(Header + 3, 3)),
            ("a floating-point number as version", WithHeader([.. header[..2], 0xF9, 0x3C, 0x00, .. header[3..]])),
            ("an open map", Changed(Header, 0xBF)),
            ("nine keys", Changed(Header, 0xA9)),
            ("seq not 0 without one before", Changed(Header + 39, 1)),
            ("the higher s", high),
            ("too long", [.. good, .. new byte[17_000]]),
        ];
        Save("cbor", new JsonArray([.. cases.Select(c =>
        {
            _ = Entry.Read(c.Bytes, out var fault);
            return (JsonNode)new JsonObject { ["name"] = c.Name, ["entry"] = Convert.ToHexStringLower(c.Bytes), ["code"] = fault?.Code };
        })]));
    }

    private static void WriteBodies(OperationLog log, OperationKeys keys)
    {
        var secret = new byte[32];
        keys.Entropy.Fill(secret);
        using var key = new OperationKey(secret);
        var list = new JsonArray();
        foreach (var text in (string[])["{\"kind\":\"count\"}", "", "نص بالعربية"])
        {
            var body = Sealing.Seal(key, log.Operation, Encoding.UTF8.GetBytes(text), "application/json", keys.Entropy);
            var opened = Sealing.Open(key, log.Operation, body.Name, body.Blob.Span, body.WrappedKey.Span, out _)!;
            list.Add(new JsonObject
            {
                ["text"] = text,
                ["salt"] = Convert.ToHexStringLower(opened.Salt.Span),
                ["commit"] = body.Name.Commit.ToString(),
                ["blob"] = Convert.ToHexStringLower(body.Blob.Span),
                ["blobSha256"] = body.Name.Blob.ToString(),
                ["wrapped"] = Convert.ToHexStringLower(body.WrappedKey.Span),
                ["keyId"] = body.Name.Key.ToString(),
                ["code"] = null,
            });
        }

        var lie = list[0]!.DeepClone().AsObject();
        lie["commit"] = Hash.Of("another text"u8).ToString();
        lie["code"] = "body.other-text";
        list.Add(lie);
        Save("body", new JsonObject
        {
            ["operationKey"] = Convert.ToHexStringLower(secret),
            ["operation"] = log.Operation.ToString(),
            ["sealed"] = list,
            ["lengths"] = new JsonArray([.. ((int[])[0, 1987, 1988, 4035, 4036, 1_048_515, 1_048_516, 5_000_000]).Select(n => (JsonNode)new JsonArray(n, Sealing.BlobLength(n)))]),
        });
    }

    private static void WriteCharter(OperationLog log)
    {
        var good = Encoding.UTF8.GetString(log.Charter.ToBytes());
        string[] texts = [good, good.Replace("charter 1", "charter 2", StringComparison.Ordinal), good[..^3], good.Replace("\"mirrorDelayMinutes\": 180", "\"mirrorDelayMinutes\": -1", StringComparison.Ordinal), good.Replace("\"kid\"", "\"kind\"", StringComparison.Ordinal)];
        Save("charter", new JsonArray([.. texts.Select(t =>
        {
            _ = Charter.Read(Encoding.UTF8.GetBytes(t), out var fault);
            return (JsonNode)new JsonObject { ["charter"] = t, ["operation"] = Charter.IdOf(Encoding.UTF8.GetBytes(t)).ToString(), ["code"] = fault?.Code };
        })]));
    }

    private static void WriteTree()
    {
        var tree = new MerkleTree();
        var entries = Enumerable.Range(0, 9).Select(i => Enumerable.Repeat((byte)i, i).ToArray()).ToList();
        entries.ForEach(e => tree.Add(MerkleTree.LeafOf(e)));
        JsonArray Proof(IReadOnlyList<Hash> proof) => new([.. proof.Select(h => (JsonNode)h.ToString())]);
        Save("tree", new JsonObject
        {
            ["entries"] = new JsonArray([.. entries.Select(e => (JsonNode)Convert.ToHexStringLower(e))]),
            ["roots"] = new JsonArray([.. Enumerable.Range(0, 10).Select(i => (JsonNode)tree.RootAt(i).ToString())]),
            ["inclusion"] = new JsonArray([.. ((int, int)[])[(0, 1), (0, 9), (5, 7), (8, 9), (6, 8)] is var pairs ? pairs.Select(p => (JsonNode)new JsonObject { ["index"] = p.Item1, ["size"] = p.Item2, ["proof"] = Proof(tree.Inclusion(new EntryIndex(p.Item1), p.Item2)) }) : []]),
            ["consistency"] = new JsonArray([.. ((int, int)[])[(1, 9), (4, 9), (6, 9), (7, 8), (8, 9)] is var trees ? trees.Select(p => (JsonNode)new JsonObject { ["first"] = p.Item1, ["second"] = p.Item2, ["proof"] = Proof(tree.Consistency(p.Item1, p.Item2)) }) : []]),
            ["files"] = new JsonArray([.. ((long[])[1, 3, 256, 300, 1000]).Select(s => (JsonNode)new JsonObject { ["size"] = s, ["paths"] = new JsonArray([.. Tiles.Of(s).Select(t => (JsonNode)t.Path)]) })]),
        });
    }

    private static void WriteCheckpoint(OperationLog log, OperationKeys keys)
    {
        var good = Encoding.UTF8.GetString(log.Checkpoint!.Value.Span);
        string[] notes = [good, good.Replace("\n4\n", "\n5\n", StringComparison.Ordinal), good.TrimEnd('\n'), good.Replace("\u2014", "-", StringComparison.Ordinal), "nothing",
            Encoding.UTF8.GetString(SignedNote.Sign(Checkpoint.OriginOf(log.Operation) + "\n04\n" + Convert.ToBase64String(new byte[32]) + "\n", Checkpoint.OriginOf(log.Operation), keys.Log))];
        (string? Seed, string Key, string Message, string Signature)[] published =
        [
            ("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "", "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
            ("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
            ("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82", "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
        ];
        var list = new JsonArray([.. published.Select(p => (JsonNode)new JsonObject { ["seed"] = p.Seed, ["key"] = p.Key, ["message"] = p.Message, ["signature"] = p.Signature, ["valid"] = true })]);
        var last = published[2];
        var s = new System.Numerics.BigInteger(Convert.FromHexString(last.Signature).AsSpan(32), isUnsigned: true);
        var order = System.Numerics.BigInteger.Pow(2, 252) + System.Numerics.BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
        string neutral = "01" + new string('0', 62), unreduced = "ee" + string.Concat(Enumerable.Repeat("ff", 30)) + "7f";
        foreach (var (name, key, message, signature) in ((string, string, string, string)[])
        [
            ("s not below the order", last.Key, last.Message, last.Signature[..64] + Convert.ToHexStringLower((s + order).ToByteArray(isUnsigned: true))),
            ("another message", last.Key, "af83", last.Signature),
            ("a key of small order", neutral, "72", neutral + new string('0', 64)),
            ("a key not reduced", unreduced, "72", neutral + new string('0', 64)),
        ])
        {
            list.Add(new JsonObject { ["name"] = name, ["key"] = key, ["message"] = message, ["signature"] = signature, ["valid"] = false });
        }

        Save("checkpoint", new JsonObject
        {
            ["operation"] = log.Operation.ToString(),
            ["key"] = Convert.ToHexStringLower(keys.Log.Key.Span),
            ["verifierKey"] = SignedNote.VerifierKey(Checkpoint.OriginOf(log.Operation), keys.Log.Key.Span),
            ["notes"] = new JsonArray([.. notes.Select(n =>
            {
                var read = Checkpoint.Read(Encoding.UTF8.GetBytes(n), log.Operation, keys.Log.Key.Span, out var fault);
                return (JsonNode)new JsonObject { ["note"] = n, ["size"] = read?.Tree.Size, ["root"] = read?.Tree.Root.ToString(), ["code"] = fault?.Code };
            })]),
            ["ed25519"] = list,
        });
    }

    private static void Save(string name, JsonNode node) => File.WriteAllText(Path.Combine(Folder, name + ".json"),
        node.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n");

    private static JsonElement Load(string name) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, name + ".json"))).RootElement;

    private static ReadOnlyMemory<byte> Bytes(JsonElement element, string name) => Convert.FromHexString(Text(element, name));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string[] Strings(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];
}
