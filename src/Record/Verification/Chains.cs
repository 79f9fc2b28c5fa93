namespace Safeconduct.Record;

/// <summary>
/// The devices' chains while a record is read in its order. Two entries of one place in a chain are a fork: both are kept and both are
/// named; only the devices' keys can make one, so the fork is its own proof. Source: <c>formats/chain.md</c>.
/// </summary>
internal sealed class Chains(IRecordSource source, List<Finding> findings)
{
    private readonly Dictionary<Kid, Chain> known = [];
    private readonly HashSet<EntryId> ids = [];
    private readonly List<(EntryIndex At, EntryId Id, string Code)> awaited = [];

    private sealed class Chain(Certificate certificate)
    {
        internal Certificate Certificate { get; } = certificate;

        internal bool IsRevoked { get; set; }

        internal Dictionary<long, (EntryId Id, EntryIndex Index)> Places { get; } = [];

        internal long NextSeq { get; set; }
    }

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
        if (!ids.Add(entry.Id))
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
        CheckStanding(check, entry, chain);
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
                chain.IsRevoked = true;
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
            for (long seq = 0, missing = chain.NextSeq - chain.Places.Count; missing > 0; seq++)
            {
                if (!chain.Places.ContainsKey(seq))
                {
                    missing--;
                    findings.Add(Finding.Notable("chain.gap", $"chain {kid}", FormattableString.Invariant($"the device's entry {seq} is not in the record")));
                }
            }
        }

        foreach (var (at, id, code) in awaited.Where(a => !ids.Contains(a.Id)))
        {
            findings.Add(Finding.Notable(code, source.PlaceOf(at), $"the entry {id} that this one names is not in the record", at));
        }
    }

    internal Dictionary<Kid, ChainState> States() => known.ToDictionary(p => p.Key, p => new ChainState(
        p.Key, p.Value.Certificate.Key, p.Value.Certificate.FromUnixMs, p.Value.Certificate.ToUnixMs, p.Value.Places.Count, p.Value.NextSeq,
        p.Value.NextSeq == 0 ? null : p.Value.Places[p.Value.NextSeq - 1].Id, p.Value.IsRevoked));

    private void Await(EntryIndex at, Entry entry)
    {
        foreach (var reference in entry.Header.Refs.Where(r => !ids.Contains(r)))
        {
            awaited.Add((at, reference, "entry.ref-missing"));
        }

        foreach (var met in entry.Header.Met.Where(m => !ids.Contains(m.Id)))
        {
            awaited.Add((at, met.Id, "chain.head-missing"));
        }
    }

    private void Place(EntryCheck check, Entry entry, Chain chain)
    {
        var header = entry.Header;
        if (!chain.Places.TryAdd(header.Seq, (entry.Id, check.Index)))
        {
            Note(check, "chain.fork", FormattableString.Invariant($"the device signed two entries {header.Seq} of its chain: this one and entry {chain.Places[header.Seq].Index} of the record"));
        }

        chain.NextSeq = Math.Max(chain.NextSeq, header.Seq + 1);
        if (header.Prev is { } prev && chain.Places.TryGetValue(header.Seq - 1, out var before) && before.Id != prev)
        {
            Note(check, "chain.fork-continued", "the entry follows another entry than the first the record holds for that place of the chain");
        }
    }

    private void CheckStanding(EntryCheck check, Entry entry, Chain chain)
    {
        if (chain.IsRevoked)
        {
            Note(check, "chain.after-revocation", $"the pseudonym {entry.Kid} had been revoked when this entry arrived");
        }

        if (!chain.Certificate.Covers(entry.Header.Claimed.UnixMs))
        {
            Note(check, "chain.outside-certificate", "the time the device claims lies outside the time its certificate covers");
        }
    }

    private void Refute(EntryCheck check, string code, string message) => check.Findings.Add(Finding.Refutes(code, source.PlaceOf(check.Index), message, check.Index));

    private void Note(EntryCheck check, string code, string message) => check.Findings.Add(Finding.Notable(code, source.PlaceOf(check.Index), message, check.Index));
}
