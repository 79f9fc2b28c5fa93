using System.Buffers;

namespace Safeconduct.Record;

/// <summary>The bytes of an entry, both ways. Every field is written and read in one order; see <c>formats/entry.md</c>.</summary>
internal static class EntryEncoding
{
    private const int MaximumMediaLength = 64;
    private static readonly SearchValues<char> MediaMarks = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.+-/");
    private static readonly string[] KindNames = ["charter", "document", "erasure", "key", "statement", "witness"];

    internal readonly record struct Prepared(byte[] Protected, byte[] Payload, EntryId Id);

    internal static Prepared Prepare(EntryHeader header, Kid kid, CborWriter writer)
    {
        writer.Clear();
        WriteProtected(kid, writer);
        var head = writer.Written.ToArray();
        writer.Clear();
        WriteHeader(header, writer);
        var payload = writer.Written.ToArray();
        return new Prepared(head, payload, IdOf(head, payload, writer));
    }

    internal static Entry Finish(EntryHeader header, Kid kid, Prepared prepared, ReadOnlySpan<byte> signature, CborWriter writer)
    {
        writer.Clear();
        writer.Tag(18);
        writer.List(4);
        writer.Bytes(prepared.Protected);
        writer.Map(0);
        writer.Bytes(prepared.Payload);
        writer.Bytes(signature);
        if (writer.Written.Length > CborReader.MaximumLength)
        {
            throw new RecordException("entry.too-long", $"the entry is {writer.Written.Length} bytes, more than {CborReader.MaximumLength}: name fewer bodies or references");
        }

        return new Entry(writer.Written.ToArray(), prepared.Id, kid, header);
    }

    internal static Entry? Read(ReadOnlyMemory<byte> bytes, out Fault? fault)
    {
        var reader = new CborReader(bytes.Span);
        reader.Tag(18);
        reader.List(4);
        var head = reader.Bytes();
        reader.Map(0);
        var payload = reader.Bytes();
        var signature = reader.Bytes(Es256.Length);
        reader.End();
        if (reader.Fault is null && !Es256.IsLow(signature))
        {
            reader.Refuse("entry.high-s", "the signature has the higher of the two values of s");
        }

        if (reader.Fault is not null)
        {
            fault = reader.Fault;
            return null;
        }

        var kid = ReadProtected(head, out fault);
        var header = fault is null ? ReadHeader(payload, out fault) : null;
        return header is null ? null : new Entry(bytes, IdOf(head, payload, new CborWriter()), kid, header);
    }

    // RFC 9052, section 4.4: Sig_structure = ["Signature1", protected, external_aad, payload].
    private static EntryId IdOf(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload, CborWriter writer)
    {
        writer.Clear();
        writer.List(4);
        writer.Text("Signature1");
        writer.Bytes(head);
        writer.Bytes(ReadOnlySpan<byte>.Empty);
        writer.Bytes(payload);
        return new EntryId(Hash.Of(writer.Written));
    }

    private static void WriteProtected(Kid kid, CborWriter writer)
    {
        writer.Map(2);
        writer.Integer(1);
        writer.Integer(-7);
        writer.Integer(4);
        writer.Bytes(kid.Value);
    }

    private static Kid ReadProtected(ReadOnlySpan<byte> bytes, out Fault? fault)
    {
        var reader = new CborReader(bytes);
        reader.Map(2);
        reader.Key(1, 0);
        if (reader.Integer() != -7)
        {
            reader.Refuse("entry.algorithm", "the algorithm is not ES256 (-7)");
        }

        reader.Key(4, 1);
        var kid = new Kid(reader.Bytes16());
        reader.End();
        fault = reader.Fault;
        return kid;
    }

    private static void WriteHeader(EntryHeader header, CborWriter writer)
    {
        writer.Map(10);
        writer.Integer(1);
        writer.Integer(EntryHeader.FormatVersion);
        writer.Integer(2);
        writer.Bytes(header.Operation.Hash);
        writer.Integer(3);
        writer.Integer(header.Seq);
        writer.Integer(4);
        if (header.Prev is { } prev)
        {
            writer.Bytes(prev.Hash);
        }
        else
        {
            writer.Null();
        }

        writer.Integer(5);
        WriteClaimed(header.Claimed, writer);
        writer.Integer(6);
        writer.List(2);
        writer.Integer(header.Seen.Size);
        writer.Bytes(header.Seen.Root);
        writer.Integer(7);
        writer.List(header.Met.Count);
        foreach (var head in header.Met)
        {
            writer.List(2);
            writer.Bytes(head.Kid.Value);
            writer.Bytes(head.Id.Hash);
        }

        writer.Integer(8);
        writer.Text(KindNames[(int)header.Kind]);
        writer.Integer(9);
        writer.List(header.Refs.Count);
        foreach (var one in header.Refs)
        {
            writer.Bytes(one.Hash);
        }

        writer.Integer(10);
        writer.List(header.Bodies.Count);
        foreach (var body in header.Bodies)
        {
            WriteBody(body, writer);
        }
    }

    private static void WriteClaimed(ClaimedTime claimed, CborWriter writer)
    {
        writer.List(5);
        writer.Integer(claimed.UnixMs);
        writer.Integer((long)claimed.Source);
        writer.IntegerOrNull(claimed.UncertaintyMs);
        writer.IntegerOrNull(claimed.SinceBootMs);
        if (claimed.Boot is { } boot)
        {
            writer.Bytes(boot.Value);
        }
        else
        {
            writer.Null();
        }
    }

    private static void WriteBody(BodyName body, CborWriter writer)
    {
        writer.List(5);
        writer.Bytes(body.Blob);
        writer.Integer(body.Length);
        writer.Bytes(body.Commit);
        writer.Bytes(body.Key.Value);
        writer.Text(body.Media);
    }

    private static EntryHeader? ReadHeader(ReadOnlySpan<byte> bytes, out Fault? fault)
    {
        var reader = new CborReader(bytes);
        reader.Map(10);
        reader.Key(1, 0);
        if (reader.Integer() != EntryHeader.FormatVersion)
        {
            reader.Refuse("entry.version", "the version is not 1");
        }

        reader.Key(2, 1);
        var operation = new OperationId(reader.Hash());
        reader.Key(3, 2);
        var seq = reader.Count();
        reader.Key(4, 3);
        EntryId? prev = reader.TakeNull() ? null : new EntryId(reader.Hash());
        if (reader.Fault is null && seq == 0 != (prev is null))
        {
            reader.Refuse("entry.prev", "the first entry of a chain, and only the first, has none before it");
        }

        reader.Key(5, 4);
        var claimed = ReadClaimed(ref reader);
        reader.Key(6, 5);
        reader.List(2);
        var seen = new TreeHead(reader.Count(), reader.Hash());
        reader.Key(7, 6);
        var met = new ChainHead[reader.List()];
        for (var i = 0; i < met.Length && reader.Fault is null; i++)
        {
            reader.List(2);
            met[i] = new ChainHead(new Kid(reader.Bytes16()), new EntryId(reader.Hash()));
        }

        reader.Key(8, 7);
        var kind = Array.IndexOf(KindNames, reader.Ascii());
        if (kind < 0)
        {
            reader.Refuse("entry.kind", $"the kind is none of {string.Join(", ", KindNames)}");
        }

        reader.Key(9, 8);
        var refs = new EntryId[reader.List()];
        for (var i = 0; i < refs.Length && reader.Fault is null; i++)
        {
            refs[i] = new EntryId(reader.Hash());
        }

        reader.Key(10, 9);
        var bodies = new BodyName[reader.List()];
        for (var i = 0; i < bodies.Length && reader.Fault is null; i++)
        {
            bodies[i] = ReadBody(ref reader);
        }

        reader.End();
        fault = reader.Fault;
        return fault is null ? new EntryHeader(operation, seq, prev, claimed, seen, (EntryKind)kind, bodies, refs, met) : null;
    }

    private static ClaimedTime ReadClaimed(ref CborReader reader)
    {
        reader.List(5);
        var unixMs = reader.Count();
        var source = reader.Count();
        if (source > (long)ClockSource.ByHand)
        {
            reader.Refuse("entry.clock-source", "the clock's source is none of 0 to 4");
        }

        var uncertainty = reader.CountOrNull();
        var sinceBoot = reader.CountOrNull();
        BootId? boot = reader.TakeNull() ? null : new BootId(reader.Bytes16());
        return new ClaimedTime(unixMs, (ClockSource)source, uncertainty, sinceBoot, boot);
    }

    private static BodyName ReadBody(ref CborReader reader)
    {
        reader.List(5);
        var (blob, length, commit, key, media) = (reader.Hash(), reader.Count(), reader.Hash(), new KeyId(reader.Bytes16()), reader.Ascii());
        if (reader.Fault is null && !IsMedia(media))
        {
            reader.Refuse("entry.media", "the media type is not of the form type/subtype in lower case");
        }

        return reader.Fault is null ? new BodyName(blob, length, commit, key, media) : BodyName.None;
    }

    internal static bool IsMedia(string media)
    {
        var slash = media.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < media.Length - 1 && media.Length <= MaximumMediaLength
            && !media.AsSpan().ContainsAnyExcept(MediaMarks) && media.LastIndexOf('/') == slash;
    }
}
