using System.Collections;
using System.Numerics;

namespace Safeconduct.Situation.Networks;

/// <summary>Tries sets of claims on a network that is otherwise unclaimed, touching only what they can change and undoing it.</summary>
internal sealed class ConflictFinder
{
    private readonly Network _network;
    private readonly Propagation _propagation;
    private readonly int _base;

    public ConflictFinder(Network network)
    {
        _network = network;
        _propagation = new Propagation(network, new BitArray(0), history: true);
        _propagation.RunWhere(c => network.Components.BindsAlone[c]);
        _base = _propagation.Mark;
    }

    /// <summary>A proof of nonsense from these claims, all of one component; null: propagation finds none.</summary>
    public Certificate? Proof(IReadOnlyList<int> claims)
    {
        var proof = _propagation.Try(claims) ? null : Thin(Unfolding.OfCrossing(_network, _propagation));
        _propagation.Rewind(_base);
        return proof;
    }

    /// <summary>A conflict within the claims of a proof, from which no claim can be spared; null only if its certificate did not check.</summary>
    public Conflict? Minimal(Certificate proof)
    {
        proof = Thin(proof);
        var needed = new List<int>();
        var open = new Queue<int>(proof.Claims());
        while (open.TryDequeue(out var claim))
        {
            if (Proof([.. needed, .. open]) is { } smaller)
            {
                proof = smaller;
                var left = smaller.Claims().ToHashSet();
                open = new Queue<int>(open.Where(left.Contains));
            }
            else
            {
                needed.Add(claim);
            }
        }

        // What is needed proves it alone, and with nothing beside.
        var last = Proof(needed) ?? proof;
        return CertificateChecker.Checks(_network, last) ? new Conflict(last.Claims(), last) : null;
    }

    /// <summary>Where the lines add up to more than 1, low ends may fall to zero as long as 1 is left: the smallest first, so that as many as can be are spared at once.</summary>
    private Certificate Thin(Certificate proof)
    {
        if (proof.Roundings.Count > 0)
        {
            return proof;
        }

        var (bound, spared) = (proof.Bound, new HashSet<CertificateLine>());
        foreach (var (line, share) in proof.Lines.Where(l => l.Kind == LineKind.ClaimLow).Select(l => (l, l.Multiplier * _network.ClaimLow[l.Index])).OrderBy(l => l.Item2).ThenBy(l => l.l.Index))
        {
            if (bound - share < BigInteger.One)
            {
                break;
            }

            bound -= share;
            spared.Add(line);
        }

        return proof with
        {
            Bound = bound,
            Lines =
            [
                .. proof.Lines.Select(l => spared.Contains(l) ? new CertificateLine(l.Multiplier, LineKind.NotBelowZero, _network.ClaimQuantity[l.Index]) : l)
                    .GroupBy(l => (l.Kind, l.Index))
                    .Select(g => new CertificateLine(g.Aggregate(BigInteger.Zero, (sum, l) => sum + l.Multiplier), g.Key.Kind, g.Key.Index))
                    .OrderBy(l => l.Kind).ThenBy(l => l.Index),
            ],
        };
    }
}
