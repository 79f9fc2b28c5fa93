namespace Safeconduct.Record;

/// <summary>One device's chain while entries come in: by the check of a whole record, and afterwards by the log that goes on from it.</summary>
internal sealed class Chain(Certificate certificate)
{
    private readonly Dictionary<long, (EntryId Id, EntryIndex Index)> places = [];

    internal Certificate Certificate { get; } = certificate;

    internal RevocationReason? Revoked { get; set; }

    internal long NextSeq { get; private set; }

    internal EntryId? Head => NextSeq == 0 ? null : places[NextSeq - 1].Id;

    internal ChainState State => new(Certificate.Kid, Certificate.Key, Certificate.FromUnixMs, Certificate.ToUnixMs, places.Count, NextSeq, Head, Revoked);

    /// <summary>The places that stayed empty although a later one is taken.</summary>
    internal IEnumerable<long> Gaps()
    {
        for (long seq = 0, missing = NextSeq - places.Count; missing > 0; seq++)
        {
            if (!places.ContainsKey(seq))
            {
                missing--;
                yield return seq;
            }
        }
    }

    /// <summary>Puts an entry into its place and says what a reader should know of it. The first entry of a place keeps it.</summary>
    internal (Fork? Fork, IReadOnlyList<Fault> Notes) Place(Entry entry, EntryIndex index)
    {
        var notes = new List<Fault>(0);
        var header = entry.Header;
        Fork? fork = null;
        if (!places.TryAdd(header.Seq, (entry.Id, index)))
        {
            var first = places[header.Seq];
            fork = new Fork(entry.Kid, header.Seq, first.Index, first.Id, index, entry.Id);
            notes.Add(new Fault("chain.fork", FormattableString.Invariant($"the device signed two entries {header.Seq} of its chain: this one and entry {first.Index} of the record")));
        }

        NextSeq = Math.Max(NextSeq, header.Seq + 1);
        if (header.Prev is { } prev && places.TryGetValue(header.Seq - 1, out var before) && before.Id != prev)
        {
            notes.Add(new Fault("chain.fork-continued", "the entry follows another entry than the first the record holds for that place of the chain"));
        }

        if (Revoked is not null)
        {
            notes.Add(new Fault("chain.after-revocation", $"the pseudonym {entry.Kid} had been revoked when this entry arrived"));
        }

        if (!Certificate.Covers(header.Claimed.UnixMs))
        {
            notes.Add(new Fault("chain.outside-certificate", "the time the device claims lies outside the time its certificate covers"));
        }

        return (fork, notes);
    }
}
