namespace Safeconduct.Record;

/// <summary>
/// The devices' chains while a record is read in its order. Two entries of one place in a chain are a fork: both are kept and both are
/// named; only the devices' keys can make one, so the fork is its own proof. Source: <c>formats/chain.md</c>.
/// </summary>
internal sealed class Chains(IRecordSource source, List<Finding> findings)
{
    private readonly Dictionary<Kid, Chain> known = [];
    private readonly Dictionary<EntryId, EntryIndex> ids = [];
    private readonly List<Fork> forks = [];
    private readonly List<(EntryIndex At, EntryId Id, string Code)> awaited = [];

    internal int Count => known.Count;

    internal void Certify(Certificate certificate, EntryCheck check)
    {
        if (!known.TryAdd(certificate.Kid, new Chain(certificate)))
        {
            check.Findings.Add(Finding.Refutes("key.kid-reused", source.PlaceOf(check.Index), $"the pseudonym {certificate.Kid} is certified already", check.Index));
        }
    }

    /// <summary>Places an entry in its chain and returns the key its signature must be valid for.</summary>
    internal SigningKey? Follow(EntryCheck check, Entry entry, OperationId? operation)
    {
        if (!ids.TryAdd(entry.Id, check.Index))
        {
            Refute(check, "entry.twice", "the same entry stands in the record already");
        }

        if (operation is { } id && entry.Header.Operation != id)
        {
            Refute(check, "entry.other-operation", "the entry was signed for another operation");
        }

        if (entry.Header.Kind == EntryKind.Charter && check.Index.Value > 0)
        {
            Refute(check, "charter.second", "only entry 0 is a charter");
        }

        Await(check.Index, entry);
        if (!known.TryGetValue(entry.Kid, out var chain))
        {
            Refute(check, "entry.kid-unknown", $"no certificate for the pseudonym {entry.Kid} stands before this entry");
            return null;
        }

        Place(check, entry, chain);
        return chain.Certificate.Key;
    }

    internal void ReadKeyMatter(EntryCheck check, Entry entry, Charter charter)
    {
        if (entry.Kid != charter.AuthorityKid)
        {
            Refute(check, "key.not-by-authority", "only the operation's authority certifies and revokes");
            return;
        }

        if (entry.Header.Bodies is not [{ IsSealed: false } name, ..] || source.FindBlob(name.Blob) is not { } blob || Sealing.ReadOpen(name, blob, out _) is not { } body)
        {
            Refute(check, "key.form", "the first body is not an open certificate or revocation");
            return;
        }

        switch (KeyMatter.Read(body.Text))
        {
            case ({ } certificate, _, _):
                Certify(certificate, check);
                break;
            case (_, { } revocation, _) when known.TryGetValue(revocation.Kid, out var chain):
                chain.Revoked ??= revocation.Reason;
                break;
            case (_, { } revocation, _):
                check.Findings.Add(Finding.Notable("key.revoked-unknown", source.PlaceOf(check.Index), $"the pseudonym {revocation.Kid} was never certified", check.Index));
                break;
            case (_, _, { } fault):
                Refute(check, fault.Code, fault.Message);
                break;
        }
    }

    /// <summary>Names what only shows at the end: places in chains that stayed empty, and entries others named that never came.</summary>
    internal void Finish()
    {
        foreach (var (kid, chain) in known)
        {
            findings.AddRange(chain.Gaps().Select(seq => Finding.Notable("chain.gap", $"chain {kid}", FormattableString.Invariant($"the device's entry {seq} is not in the record"))));
        }

        foreach (var (at, id, code) in awaited.Where(a => !ids.ContainsKey(a.Id)))
        {
            findings.Add(Finding.Notable(code, source.PlaceOf(at), $"the entry {id} that this one names is not in the record", at));
        }
    }

    internal Dictionary<Kid, Chain> Known => known;

    internal Dictionary<EntryId, EntryIndex> Ids => ids;

    internal IReadOnlyList<Fork> Forks => forks;

    private void Await(EntryIndex at, Entry entry)
    {
        foreach (var reference in entry.Header.Refs.Where(r => !ids.ContainsKey(r)))
        {
            awaited.Add((at, reference, "entry.ref-missing"));
        }

        foreach (var met in entry.Header.Met.Where(m => !ids.ContainsKey(m.Id)))
        {
            awaited.Add((at, met.Id, "chain.head-missing"));
        }
    }

    private void Place(EntryCheck check, Entry entry, Chain chain)
    {
        var (fork, notes) = chain.Place(entry, check.Index);
        if (fork is not null)
        {
            forks.Add(fork);
        }

        check.Findings.AddRange(notes.Select(n => Finding.Notable(n.Code, source.PlaceOf(check.Index), n.Message, check.Index)));
    }

    private void Refute(EntryCheck check, string code, string message) => check.Findings.Add(Finding.Refutes(code, source.PlaceOf(check.Index), message, check.Index));
}
