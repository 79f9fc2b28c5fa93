namespace Safeconduct.Record;

/// <summary>What to check, beyond what is always checked.</summary>
public sealed record VerificationScope
{
    /// <summary>Opens every sealed body and holds it to the signer's commitment; null: bodies stay sealed.</summary>
    public OperationKey? Key { get; init; }

    /// <summary>A state of this log that somebody noted earlier: the log must still begin with it. A rollback shows in no other way.</summary>
    public TreeHead? Remembered { get; init; }

    /// <summary>False leaves out signatures and blobs, and checks only hashes, chains, tree and checkpoint: for a quick start where a full check ran before.</summary>
    public bool SignaturesAndBodies { get; init; } = true;
}

/// <summary>
/// Checks a whole record from nothing but its bytes: every entry's form, hash and signature, every chain and certificate, every blob and
/// wrapped key, the tree and the checkpoint. It believes no one and never stops at the first thing wrong. Source: <c>formats/chain.md</c>,
/// <c>formats/tree.md</c>, <c>formats/checkpoint.md</c>.
/// </summary>
public sealed class Verifier : IDisposable
{
    private const int ChunkSize = 2048;

    private readonly IRecordSource source;
    private readonly VerificationScope scope;
    private readonly ThreadLocal<SignatureCheck> signatures = new(() => new SignatureCheck(), trackAllValues: true);
    private readonly List<Finding> findings = [];
    private readonly MerkleTree tree = new();
    private readonly Chains chains;
    private Counts counts = new();
    private OperationId? operation;
    private Charter? charter;

    private Verifier(IRecordSource source, VerificationScope scope)
    {
        (this.source, this.scope) = (source, scope);
        chains = new Chains(source, findings);
    }

    public static VerificationReport Verify(IRecordSource source, VerificationScope? scope = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var verifier = new Verifier(source, scope ?? new VerificationScope());
        return verifier.Run();
    }

    public void Dispose()
    {
        foreach (var check in signatures.Values)
        {
            check.Dispose();
        }

        signatures.Dispose();
    }

    private VerificationReport Run()
    {
        for (long first = 0; first < source.Size; first += ChunkSize)
        {
            var chunk = source.Read(new EntryIndex(first), ChunkSize);
            var checks = new EntryCheck[chunk.Count];
            Parallel.For(0, chunk.Count, i => checks[i] = new EntryCheck(new EntryIndex(first + i), chunk[i]));
            Follow(checks);
            if (scope.SignaturesAndBodies)
            {
                Parallel.For(0, chunk.Count, i => CheckDeeply(checks[i]));
            }

            foreach (var check in checks)
            {
                Collect(check);
            }
        }

        if (source.Size == 0)
        {
            findings.Add(Finding.Refutes("charter.missing", source.PlaceOf(new EntryIndex(0)), "there is no entry: a record has at least a charter"));
        }

        chains.Finish();
        var logged = CheckCheckpoint();
        CheckRemembered();
        return new VerificationReport
        {
            Checked = counts with { Entries = source.Size, Devices = chains.Count },
            Findings = findings,
            Operation = operation,
            Charter = charter,
            Tree = tree,
            Logged = logged,
            Chains = chains.Known.ToDictionary(p => p.Key, p => p.Value.State),
            Forks = chains.Forks,
            Live = chains.Known,
            Places = chains.Ids,
        };
    }

    // In the record's order and on one thread: what an entry may say depends on what came before it.
    private void Follow(EntryCheck[] checks)
    {
        foreach (var check in checks)
        {
            if (check.Entry is { } entry)
            {
                if (check.Index.Value == 0)
                {
                    ReadCharter(check, entry);
                }

                check.Key = chains.Follow(check, entry, operation);
                CheckSeen(check, entry);
                if (entry.Header.Kind == EntryKind.Key && charter is not null)
                {
                    chains.ReadKeyMatter(check, entry, charter);
                }
            }

            tree.Add(check.Leaf);
        }
    }

    private void ReadCharter(EntryCheck check, Entry entry)
    {
        Fault? fault = new Fault("charter.missing", "entry 0 carries no open body that is the charter");
        if (entry.Header.Kind == EntryKind.Charter && entry.Header.Bodies is [{ IsSealed: false } name, ..]
            && source.FindBlob(name.Blob) is { } blob && Sealing.ReadOpen(name, blob, out fault) is { } body)
        {
            charter = Charter.Read(body.Text, out fault);
            operation = Charter.IdOf(body.Text.Span);
        }

        if (fault is { } wrong)
        {
            check.Findings.Add(Finding.Refutes(wrong.Code, source.PlaceOf(check.Index), wrong.Message, check.Index));
        }

        if (charter is not null)
        {
            chains.Certify(new Certificate(charter.AuthorityKid, charter.AuthorityKey, 0, long.MaxValue), check);
        }
    }

    private (TreeHead Stated, Hash Actual)? lastSeen;

    private void CheckSeen(EntryCheck check, Entry entry)
    {
        var seen = entry.Header.Seen;
        if (seen.Size > check.Index.Value)
        {
            check.Findings.Add(Finding.Refutes("entry.seen-other-log", source.PlaceOf(check.Index), FormattableString.Invariant($"the signer had seen {seen.Size} entries of this log, more than stand before this one"), check.Index));
            return;
        }

        if (lastSeen?.Stated.Size != seen.Size)
        {
            lastSeen = (seen, tree.RootAt(seen.Size));
        }

        if (lastSeen?.Actual != seen.Root)
        {
            check.Findings.Add(Finding.Refutes("entry.seen-other-log", source.PlaceOf(check.Index), FormattableString.Invariant($"the signer had seen a log of {seen.Size} entries with another root than this one had"), check.Index));
        }
    }

    // Runs on several threads; touches nothing but its own check.
    private void CheckDeeply(EntryCheck check)
    {
        if (check.Entry is not { } entry)
        {
            return;
        }

        if (check.Key is { } key)
        {
            check.SignatureChecked = true;
            if (!signatures.Value!.IsValid(entry.Kid, key, entry.Id.Hash, entry.Signature))
            {
                check.Findings.Add(Finding.Refutes("entry.signature", source.PlaceOf(check.Index), "the signature is not valid for these bytes and the certified key", check.Index));
            }
        }

        foreach (var body in entry.Header.Bodies)
        {
            check.Counts = BodyCheck.Check(source, scope.Key, operation, check.Index, body, check.Findings, check.Counts);
        }
    }

    private void Collect(EntryCheck check)
    {
        if (check.Fault is { } fault)
        {
            findings.Add(Finding.Refutes(fault.Code, source.PlaceOf(check.Index), fault.Message, check.Index));
        }

        findings.AddRange(check.Findings);
        counts = counts with
        {
            Signatures = counts.Signatures + (check.SignatureChecked ? 1 : 0),
            Bodies = counts.Bodies + (check.Entry?.Header.Bodies.Count ?? 0),
            Blobs = counts.Blobs + check.Counts.Blobs,
            WrappedKeys = counts.WrappedKeys + check.Counts.WrappedKeys,
            OpenedBodies = counts.OpenedBodies + check.Counts.OpenedBodies,
            WithheldBodies = counts.WithheldBodies + check.Counts.WithheldBodies,
        };
    }

    private TreeHead? CheckCheckpoint()
    {
        var place = source.PlaceOfCheckpoint;
        if (source.ReadCheckpoint() is not { } bytes)
        {
            findings.Add(Finding.Refutes("checkpoint.missing", place, "the log has signed for no state"));
            return null;
        }

        if (charter is null || operation is not { } id)
        {
            return null;
        }

        if (Checkpoint.Read(bytes.Span, id, charter.LogKey.Span, out var fault) is not { Tree: var logged })
        {
            findings.Add(Finding.Refutes(fault!.Value.Code, place, fault.Value.Message));
            return null;
        }

        if (logged.Size > tree.Size)
        {
            findings.Add(Finding.Refutes("log.entries-missing", place, FormattableString.Invariant($"the log signed for {logged.Size} entries and {tree.Size} can be read")));
        }
        else if (tree.RootAt(logged.Size) != logged.Root)
        {
            findings.Add(Finding.Refutes("log.root-differs", place, "the entries do not give the root that the log signed for"));
        }

        if (logged.Size < tree.Size)
        {
            findings.Add(Finding.Notable("log.not-yet-logged", place, FormattableString.Invariant($"{tree.Size - logged.Size} entries stand behind the last the log signed for: held, not yet logged")));
        }

        return logged;
    }

    private void CheckRemembered()
    {
        if (scope.Remembered is not { } remembered)
        {
            return;
        }

        if (remembered.Size > tree.Size)
        {
            findings.Add(Finding.Refutes("log.rolled-back", source.PlaceOfCheckpoint, FormattableString.Invariant($"the log once had {remembered.Size} entries and now has {tree.Size}")));
        }
        else if (tree.RootAt(remembered.Size) != remembered.Root)
        {
            findings.Add(Finding.Refutes("log.rewritten", source.PlaceOfCheckpoint, FormattableString.Invariant($"the first {remembered.Size} entries are not those the log once showed")));
        }
    }
}

/// <summary>One entry on its way through a check.</summary>
internal sealed class EntryCheck
{
    internal EntryCheck(EntryIndex index, ReadOnlyMemory<byte> bytes)
    {
        Index = index;
        Leaf = MerkleTree.LeafOf(bytes.Span);
        Entry = Entry.Read(bytes, out var fault);
        Fault = fault;
    }

    internal EntryIndex Index { get; }

    internal Hash Leaf { get; }

    internal Entry? Entry { get; }

    internal Fault? Fault { get; }

    internal List<Finding> Findings { get; } = [];

    /// <summary>The key the entry's signature must be valid for; null where no certificate stands before the entry.</summary>
    internal SigningKey? Key { get; set; }

    internal bool SignatureChecked { get; set; }

    internal Counts Counts { get; set; } = Nothing;

    private static readonly Counts Nothing = new();
}
