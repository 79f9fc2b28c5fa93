namespace Safeconduct.Record;

/// <summary>What became of one entry that a device handed in. Every entry gets one of the four; a bad one never holds up the others.</summary>
public abstract record Admission
{
    private Admission()
    {
    }

    /// <summary>It is in the record now, durably.</summary>
    /// <param name="Receipt">Its index, id and level.</param>
    /// <param name="Recorded">The entry with its bodies, opened.</param>
    /// <param name="Notes">What a reader should know of it, with the codes of <c>formats/chain.md</c>: it continues a fork, came after a revocation, claims a time outside its certificate.</param>
    public sealed record Taken(Receipt Receipt, RecordedEntry Recorded, IReadOnlyList<Finding> Notes) : Admission;

    /// <summary>It was in the record already: sent twice, or brought by two devices.</summary>
    public sealed record There(Receipt Receipt) : Admission;

    /// <summary>It is in order, but blobs that it names are not here yet. Nothing of it is kept; it is to be sent again when they are.</summary>
    public sealed record Waiting(EntryId Id, IReadOnlyList<Hash> Missing) : Admission;

    /// <summary>It cannot be taken in. The device keeps it.</summary>
    /// <param name="Id">Null where the bytes are no entry.</param>
    public sealed record Refused(EntryId? Id, Fault Fault) : Admission;
}
