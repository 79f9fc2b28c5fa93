using Safeconduct.Record;

namespace Safeconduct.Storage.Files;

/// <summary>
/// Where everything in the journal stands, found by walking it. About 150 bytes of memory a statement. A damaged frame is kept as far as
/// its parts can be told apart, so that a check can name the entry and not only the file.
/// </summary>
internal sealed class JournalIndex
{
    private readonly List<Stretch> entries = [];
    private readonly Dictionary<Hash, Stretch> blobs = [];
    private readonly Dictionary<KeyId, Stretch> keys = [];

    internal IReadOnlyList<Stretch> Entries => entries;

    internal IReadOnlyDictionary<Hash, Stretch> Blobs => blobs;

    internal IReadOnlyDictionary<KeyId, Stretch> WrappedKeys => keys;

    internal List<Finding> Findings { get; } = [];

    internal Hash LastHash { get; private set; }

    internal int Segment { get; private set; }

    /// <summary>Where the next frame goes in the last segment.</summary>
    internal long End { get; private set; }

    /// <summary>A tail that is no whole frame: a write the power cut, or damage.</summary>
    internal (int Segment, long Offset)? Torn { get; private set; }

    /// <summary>Walks all segments. Frames from <paramref name="logged"/> entries on were perhaps never acknowledged and must prove whole, keys and blobs included.</summary>
    internal static JournalIndex Walk(IDisk disk, long logged)
    {
        var index = new JournalIndex();
        for (var segment = 0; disk.Length(Journal.PathOf(segment)) is { } length; segment++)
        {
            (index.Segment, index.End) = (segment, 0);
            while (index.End < length)
            {
                var frame = Journal.Read(disk, segment, index.End, length, index.entries.Count, index.LastHash);
                if (frame is null || (frame.FirstIndex >= logged && !IsWhole(disk, frame)))
                {
                    index.Torn = (segment, index.End);
                    return index;
                }

                index.Add(frame);
            }
        }

        return index;
    }

    internal void Add(Frame frame)
    {
        if (frame.Fault is { } fault)
        {
            Findings.Add(Finding.Refutes(fault.Code, Journal.PathOf(frame.Segment), FormattableString.Invariant($"{fault.Message}; it begins at byte {frame.Start}"), new EntryIndex(entries.Count)));
        }

        entries.AddRange(frame.Entries);
        foreach (var (name, at) in frame.Blobs)
        {
            blobs.TryAdd(name, at);
        }

        foreach (var (name, at) in frame.WrappedKeys)
        {
            keys.TryAdd(name, at);
        }

        (Segment, End, LastHash) = (frame.Segment, frame.End, frame.Hash);
    }

    private static bool IsWhole(IDisk disk, Frame frame)
    {
        var path = Journal.PathOf(frame.Segment);
        return frame.Fault is null
            && frame.WrappedKeys.All(k => KeyId.Of(disk.Read(path, k.At.Offset, k.At.Length)) == k.Name)
            && frame.Blobs.All(b => Hash.Of(disk.Read(path, b.At.Offset, b.At.Length)) == b.Name);
    }
}
