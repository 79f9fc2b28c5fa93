using System.Collections;
using Safeconduct.Situation.Networks;
using Xunit;

namespace Safeconduct.Tests.Core.Situation.Networks;

/// <summary>What holds on any network: ten thousand small ones by seed, a third with coefficients other than 1 and -1, many with cycles.</summary>
public sealed class NetworkLaws
{
    private const int Networks = 10_000;

    [Fact]
    public void Ranges_are_those_of_brute_force_on_trees_and_contain_them_elsewhere()
    {
        var (exact, outer, conflicts) = (0, 0, 0);
        foreach (var (seed, network) in Drawn(Networks))
        {
            var truth = network.BruteForce(Enumerable.Range(0, network.ClaimCount));
            var solution = Solution.Of(network);
            Assert.True(solution.IsConsistent || truth is null, $"{seed}: a conflict is said where whole numbers fulfil everything");
            Assert.True(!solution.IsConsistent || truth is not null || !network.IsTree(), $"{seed}: a conflict on a tree is missed");
            conflicts += truth is null ? 1 : 0;
            if (truth is null || !solution.IsConsistent)
            {
                continue;
            }

            for (var q = 0; q < network.QuantityCount; q++)
            {
                var range = solution.RangeOf(q);
                Assert.True(range == solution.UncheckedRangeOf(q), $"{seed}: the proof of {q} does not check");
                Assert.True(range.IsExact ? (range.Low, range.High) == truth[q] : range.Low <= truth[q].Low && range.High >= truth[q].High, $"{seed}: quantity {q} is {range}, by brute force {truth[q]}");
                (exact, outer) = range.IsExact ? (exact + 1, outer) : (exact, outer + 1);
            }
        }

        Assert.True(exact > 5_000 && outer > 1_000 && conflicts > 2_000, $"{exact} exact, {outer} outer, {conflicts} conflicts: too few to say anything");
    }

    [Fact]
    public void Every_certificate_adds_up_and_none_with_one_multiplier_changed()
    {
        foreach (var (seed, network) in Drawn(Networks / 10))
        {
            var solution = Solution.Of(network);
            var proofs = solution.IsConsistent
                ? Enumerable.Range(0, 2 * network.QuantityCount).Select(s => solution.ProofOf(s / 2, (End)(s % 2)))
                : [solution.Conflict?.Certificate];
            foreach (var proof in proofs)
            {
                Assert.NotNull(proof);
                Assert.True(CertificateChecker.Checks(network, proof), $"{seed}: a certificate does not add up");
                for (var i = 0; i < proof.Lines.Count; i++)
                {
                    foreach (var by in (int[])[1, -1])
                    {
                        var tampered = proof.Lines.ToArray();
                        tampered[i] = tampered[i] with { Multiplier = tampered[i].Multiplier + by };
                        Assert.False(CertificateChecker.Checks(network, proof with { Lines = tampered }), $"{seed}: line {i} changed by {by} still adds up");
                    }
                }

                Assert.False(CertificateChecker.Checks(network, proof with { Bound = proof.Bound + (proof.End == End.Low ? 1 : -1) }));
            }
        }
    }

    [Fact]
    public void Every_conflict_is_minimal()
    {
        foreach (var (seed, network) in Drawn(Networks / 5))
        {
            if (Solution.Of(network).Conflict is not { } conflict)
            {
                continue;
            }

            Assert.Equal(conflict.Claims, conflict.Certificate.Claims());
            Assert.Null(network.BruteForce(conflict.Claims));
            foreach (var claim in conflict.Claims)
            {
                var rest = conflict.Claims.Where(c => c != claim).ToArray();
                Assert.True(!network.IsTree() || network.BruteForce(rest) is not null, $"{seed}: claim {claim} can be spared");
                Assert.True(Solution.Of(network, Bits(network, rest)).IsConsistent, $"{seed}: propagation still finds a contradiction without claim {claim}");
            }
        }
    }

    [Fact]
    public void All_minimal_conflicts_near_a_quantity_are_those_of_brute_force_over_sets_of_claims()
    {
        var many = 0;
        foreach (var (seed, network) in Drawn(60))
        {
            if (!network.IsTree())
            {
                continue;
            }

            var expected = MinimalConflicts(network);
            var found = Enumerable.Range(0, network.QuantityCount).SelectMany(q =>
            {
                var (conflicts, all) = Conflicts.Near(network, q, null, 1_000);
                Assert.True(all);
                return conflicts;
            }).Select(c => string.Join(' ', c.Claims)).ToHashSet();
            Assert.True(expected.SetEquals(found), $"{seed}: {string.Join(" | ", expected)} but {string.Join(" | ", found)}");
            many += expected.Count > 1 ? 1 : 0;
        }

        Assert.True(many > 4, $"{many}");
    }

    [Fact]
    public void The_order_and_repetition_of_claims_changes_nothing()
    {
        foreach (var (_, network) in Drawn(Networks / 4))
        {
            var random = new Random(network.ClaimCount);
            var shuffled = network.Claims().Concat(network.Claims().Where(_ => random.Next(2) == 0)).OrderBy(_ => random.Next());
            var other = network.With(shuffled);
            Assert.Equal(Solution.Of(network).Ranges(network), Solution.Of(other).Ranges(other));
        }
    }

    [Fact]
    public void Widening_a_claim_never_narrows_a_range_and_a_further_claim_never_widens_one()
    {
        foreach (var (seed, network) in Drawn(Networks / 4))
        {
            var random = new Random(seed);
            var solution = Solution.Of(network);
            if (!solution.IsConsistent)
            {
                continue;
            }

            var claims = network.Claims();
            var at = random.Next(claims.Length);
            var widened = network.With(claims.Select((c, i) => i == at ? c with { Low = c.Low is { } low ? Math.Max(0, low - random.Next(3)) : null, High = c.High + random.Next(3) } : c));
            Assert.All(Solution.Of(widened).Ranges(widened).Zip(solution.Ranges(network)), r => Assert.True(Contains(r.First, r.Second), $"{seed}: {r}"));
            var further = network.With(claims.Append(new NetworkClaim(random.Next(network.QuantityCount), random.Next(4), random.Next(4, 8), 0, 1)));
            Assert.All(solution.Ranges(network).Zip(Solution.Of(further).Ranges(further)), r => Assert.True(r.Second.Status == RangeStatus.Conflict || Contains(r.First, r.Second), $"{seed}: {r}"));
        }
    }

    [Fact]
    public void Whatever_was_taken_up_and_withdrawn_the_ranges_are_those_of_a_fresh_run()
    {
        foreach (var (seed, network) in Drawn(Networks / 10))
        {
            var random = new Random(seed);
            var active = new BitArray([.. Enumerable.Range(0, network.ClaimCount).Select(_ => random.Next(2) == 0)]);
            var live = Solution.Of(network, active);
            for (var i = 0; i < 12; i++)
            {
                var claim = random.Next(network.ClaimCount);
                active[claim] = !active[claim];
                if (active[claim])
                {
                    live.Add(claim);
                }
                else
                {
                    live.Withdraw(claim);
                }

                var fresh = Solution.Of(network, active);
                Assert.Equal(fresh.IsConsistent, live.IsConsistent);
                Assert.Equal(fresh.Ranges(network), live.Ranges(network));
            }
        }
    }

    [Fact]
    public void A_lens_is_the_network_of_its_claims()
    {
        foreach (var (seed, network) in Drawn(1_000))
        {
            var random = new Random(seed);
            var aside = Enumerable.Range(0, network.ClaimCount).Where(_ => random.Next(3) == 0).ToHashSet();
            var lens = Solution.Of(network).Without(aside);
            var alone = network.With(network.Claims().Where((_, i) => !aside.Contains(i)));
            Assert.Equal(Solution.Of(alone).Ranges(alone), lens.Ranges(network));
        }
    }

    private static IEnumerable<(int Seed, Network Network)> Drawn(int howMany) => Enumerable.Range(1, howMany).Select(seed => (seed, RandomNetworks.Of(new Random(seed), unit: seed % 3 != 0)));

    private static BitArray Bits(Network network, IEnumerable<int> claims)
    {
        var bits = new BitArray(network.ClaimCount);
        foreach (var claim in claims)
        {
            bits[claim] = true;
        }

        return bits;
    }

    private static bool Contains(QuantityRange wide, QuantityRange narrow) => wide.Low <= narrow.Low && (wide.High is null || wide.High >= narrow.High);

    private static HashSet<string> MinimalConflicts(Network network)
    {
        var claims = Enumerable.Range(0, network.ClaimCount).ToArray();
        var minimal = new List<int[]>();
        foreach (var set in Enumerable.Range(1, (1 << claims.Length) - 1).Select(bits => claims.Where(c => (bits >> c & 1) == 1).ToArray()).OrderBy(s => s.Length))
        {
            if (!minimal.Exists(m => m.All(set.Contains)) && network.BruteForce(set) is null)
            {
                minimal.Add(set);
            }
        }

        return [.. minimal.Select(m => string.Join(' ', m))];
    }
}
