namespace Safeconduct.Record;

/// <summary>
/// What an entry is about, as far as a header may say it. The real kind is in the sealed body: parties hold all headers, and a header must
/// not tell a count from an incident.
/// </summary>
public enum EntryKind
{
    Charter,
    Document,
    Erasure,
    Key,
    Statement,
    Witness,
}

/// <summary>Where a device's clock got its time.</summary>
public enum ClockSource
{
    NotStated = 0,
    DeviceClock = 1,
    Network = 2,
    Satellite = 3,
    ByHand = 4,
}

/// <summary>
/// The time a device claims, never merged with the times others give the entry. Milliseconds since 1970 UTC; the uncertainty is half the
/// width of the range the device would vouch for, null where it cannot say; the last two are null where the device has no such counter.
/// </summary>
public sealed record ClaimedTime
{
    public ClaimedTime(long unixMs, ClockSource source, long? uncertaintyMs = null, long? sinceBootMs = null, BootId? boot = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(unixMs);
        ArgumentOutOfRangeException.ThrowIfNegative(uncertaintyMs ?? 0, nameof(uncertaintyMs));
        ArgumentOutOfRangeException.ThrowIfNegative(sinceBootMs ?? 0, nameof(sinceBootMs));
        (UnixMs, Source, UncertaintyMs, SinceBootMs, Boot) = (unixMs, source, uncertaintyMs, sinceBootMs, boot);
    }

    public long UnixMs { get; }

    public ClockSource Source { get; }

    public long? UncertaintyMs { get; }

    public long? SinceBootMs { get; }

    public BootId? Boot { get; }
}

/// <summary>The newest state of the log that the device had seen when it wrote: the entry is not older than that state. Size 0 has the hash of nothing as root.</summary>
public readonly record struct TreeHead(long Size, Hash Root)
{
    public static readonly TreeHead Empty = new(0, Hash.Of([]));
}

/// <summary>The newest entry of another device's chain that this device had met.</summary>
public readonly record struct ChainHead(Kid Kid, EntryId Id);

/// <summary>The signed part of an entry. Source, with examples and limits: <c>formats/entry.md</c>.</summary>
public sealed record EntryHeader
{
    public const long FormatVersion = 1;

    public EntryHeader(OperationId operation, long seq, EntryId? prev, ClaimedTime claimed, TreeHead seen, EntryKind kind,
        IReadOnlyList<BodyName> bodies, IReadOnlyList<EntryId>? refs = null, IReadOnlyList<ChainHead>? met = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seq);
        if (seq == 0 != (prev is null))
        {
            throw new ArgumentException("The first entry of a chain, and only the first, has none before it.", nameof(prev));
        }

        (Operation, Seq, Prev, Claimed, Seen, Kind, Bodies, Refs, Met) = (operation, seq, prev, claimed, seen, kind, bodies, refs ?? [], met ?? []);
    }

    public OperationId Operation { get; }

    /// <summary>The place in the device's own chain, from zero.</summary>
    public long Seq { get; }

    /// <summary>The entry before it in the same chain; null at seq 0.</summary>
    public EntryId? Prev { get; }

    public ClaimedTime Claimed { get; }

    public TreeHead Seen { get; }

    public IReadOnlyList<ChainHead> Met { get; }

    public EntryKind Kind { get; }

    /// <summary>Entries this one answers, corrects or stands on.</summary>
    public IReadOnlyList<EntryId> Refs { get; }

    public IReadOnlyList<BodyName> Bodies { get; }
}
