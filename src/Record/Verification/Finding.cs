namespace Safeconduct.Record;

/// <summary>What a finding means for the record.</summary>
public enum FindingWeight
{
    /// <summary>The record is whole, and shows something a reader should know: a fork, a gap, a late entry.</summary>
    Notable,

    /// <summary>These are not the bytes that were signed and logged, or some of them are missing.</summary>
    Refutes,
}

/// <summary>One thing a check found: a stable code, the file or part it is in, the entry where one is meant, and a sentence.</summary>
public sealed record Finding(FindingWeight Weight, string Code, string Place, EntryIndex? Entry, string Message)
{
    public static Finding Refutes(string code, string place, string message, EntryIndex? entry = null) => new(FindingWeight.Refutes, code, place, entry, message);

    public static Finding Notable(string code, string place, string message, EntryIndex? entry = null) => new(FindingWeight.Notable, code, place, entry, message);

    /// <summary>In one line for a person, with nothing in it that a hostile name of a file could do to a terminal.</summary>
    public override string ToString() => PlainText.Name(Entry is { } entry ? $"{Code} {Place}, entry {entry}: {Message}" : $"{Code} {Place}: {Message}");
}

/// <summary>How much was looked at. A check that found nothing says here how much nothing is.</summary>
public sealed record Counts
{
    public long Entries { get; init; }

    public long Signatures { get; init; }

    public int Devices { get; init; }

    /// <summary>Bodies that headers name.</summary>
    public long Bodies { get; init; }

    /// <summary>Blobs whose SHA-256 and length were found to be those the header names.</summary>
    public long Blobs { get; init; }

    public long WrappedKeys { get; init; }

    /// <summary>Bodies whose text was held to the signer's commitment.</summary>
    public long OpenedBodies { get; init; }

    /// <summary>Bodies that this copy does not include and need not include.</summary>
    public long WithheldBodies { get; init; }
}

/// <summary>The answer of a check: what was looked at, what was found, and the state that follows from the entries.</summary>
public sealed record VerificationReport
{
    public required Counts Checked { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The operation; null where entry 0 could not be read as a charter.</summary>
    public required OperationId? Operation { get; init; }

    public required Charter? Charter { get; init; }

    /// <summary>The tree of the entries as they were read.</summary>
    public required MerkleTree Tree { get; init; }

    /// <summary>The state the log signed for; null where there is no believable checkpoint.</summary>
    public required TreeHead? Logged { get; init; }

    /// <summary>The state of every device's chain.</summary>
    public required IReadOnlyDictionary<Kid, ChainState> Chains { get; init; }

    /// <summary>Two entries of one place in one chain, every pair of the first with a later one.</summary>
    public IReadOnlyList<Fork> Forks { get; init; } = [];

    /// <summary>The chains as they go on, and the index of every entry: for the log that is opened on this check.</summary>
    internal Dictionary<Kid, Chain> Live { get; init; } = [];

    internal Dictionary<EntryId, EntryIndex> Places { get; init; } = [];

    /// <summary>Whether anything was found that a true record cannot have.</summary>
    public bool IsRefuted => Findings.Any(f => f.Weight == FindingWeight.Refutes);

    public VerificationReport With(IEnumerable<Finding> more) => this with { Findings = [.. Findings, .. more] };
}

/// <summary>
/// A device's chain as far as the record holds it: the certified key and its time (milliseconds since 1970 UTC, the end excluded), the newest
/// entry by <c>seq</c>, and the reason where the authority ended it.
/// </summary>
public sealed record ChainState(Kid Kid, SigningKey Key, long FromUnixMs, long ToUnixMs, long Entries, long NextSeq, EntryId? Head, RevocationReason? Revoked)
{
    public bool IsRevoked => Revoked is not null;
}

/// <summary>Two entries that one device signed for one place of its chain. Only the holder of its key can have made both: the two signatures are the proof.</summary>
public sealed record Fork(Kid Kid, long Seq, EntryIndex First, EntryId FirstId, EntryIndex Second, EntryId SecondId);
