using System.Collections;
using Safeconduct.Situation.Networks;
using Safeconduct.Situation.Programmes;
using Safeconduct.Tests.Core.Situation.Networks;
using Xunit;

namespace Safeconduct.Tests.Core.Situation.Programmes;

/// <summary>What holds on any network, by seed: ten thousand small ones beside brute force over whole numbers, and beside linear programmes solved in fractions.</summary>
public sealed class ProgrammeLaws
{
    [Fact]
    public void Ranges_are_those_of_brute_force_where_they_say_exact_and_contain_them_elsewhere()
    {
        var (exact, outer, conflicts, tighter) = (0, 0, 0, 0);
        foreach (var (seed, network) in Drawn(10_000))
        {
            var truth = network.BruteForce(Enumerable.Range(0, network.ClaimCount));
            var solution = LinearSolution.Of(network);
            var consistent = solution.IsConsistent;
            Assert.True(consistent is null || consistent == (truth is not null), $"{seed}: said to hold together is {consistent}");
            Assert.True(consistent is not false || CertificateChecker.Checks(network, solution.Contradiction!), $"{seed}: the contradiction does not add up");
            conflicts += consistent is false ? 1 : 0;
            for (var q = 0; truth is not null && q < network.QuantityCount; q++)
            {
                var range = solution.RangeOf(q);
                Assert.True(range.IsExact ? (range.Low, range.High) == truth[q] : range.Low <= truth[q].Low && range.High >= truth[q].High, $"{seed}: quantity {q} is {range}, by brute force {truth[q]}");
                Assert.True(Proves(network, solution, q, End.Low, range.Low) && Proves(network, solution, q, End.High, range.High), $"{seed}: an end of quantity {q} is not proved");
                (exact, outer) = range.IsExact ? (exact + 1, outer) : (exact, outer + 1);
                tighter += solution.Propagated.UncheckedRangeOf(q) is var before && (before.Low, before.High) != (range.Low, range.High) ? 1 : 0;
            }
        }

        Assert.True(exact > 10_000 && conflicts > 2_000 && tighter > 100, $"{exact} exact, {conflicts} conflicts, {tighter} tighter than propagation: too few to say anything");
        Assert.True(outer * 50 < exact, $"{outer} outer beside {exact} exact");
    }

    [Fact]
    public void No_end_is_wider_than_the_linear_programme_in_fractions()
    {
        foreach (var (seed, network) in Drawn(2_000))
        {
            var exact = new ExactSimplex(Claimed(network));
            var solution = LinearSolution.Of(network);
            Assert.True(exact.IsFeasible || solution.IsConsistent is not true, $"{seed}: nothing fulfils it, and it is said to hold");
            for (var q = 0; exact.IsFeasible && q < network.QuantityCount && solution.RangeOf(q) is { Status: not RangeStatus.Conflict } range; q++)
            {
                Assert.True(range.Low >= exact.Least(q)!.Value.Ceiling() && range.High <= exact.Greatest(q)!.Value.Floor(), $"{seed}: quantity {q} is {range}");
            }
        }
    }

    [Fact]
    public void Proving_many_ends_at_once_changes_no_range()
    {
        foreach (var (seed, network) in Drawn(1_000))
        {
            var (many, single) = (LinearSolution.Of(network), LinearSolution.Of(network));
            var (ends, attained) = many.ProveMany(3);
            Assert.InRange(attained, 0, ends);
            for (var q = 0; q < network.QuantityCount; q++)
            {
                var (a, b) = (many.RangeOf(q), single.RangeOf(q));
                Assert.True(a == b || !(a.IsExact && b.IsExact), $"{seed}: quantity {q} is {a} or {b}");
            }
        }
    }

    [Fact]
    public void The_set_to_set_aside_is_the_lightest_by_brute_force_and_so_is_where_each_claim_stands()
    {
        var (least, notKnown, standings) = (0, 0, 0);
        foreach (var (seed, drawn) in Drawn(1_500).Where(d => d.Network.ClaimCount <= 7))
        {
            var random = new Random(seed);
            var network = drawn.With(drawn.Claims().Select(c => c with { Weight = random.Next(1, 4) }));
            if (network.BruteForce([]) is null)
            {
                continue;
            }

            var (weight, sets) = Lightest(network);
            var aside = SetAside.Of(network);
            Assert.True(aside.LowerBound <= weight && (!aside.IsShown || aside.Weight >= weight), $"{seed}: from {aside.LowerBound} to {aside.Weight}, by brute force {weight}");
            Assert.True(!aside.IsShown || network.BruteForce(Enumerable.Range(0, network.ClaimCount).Except(aside.Claims)) is not null, $"{seed}: the rest does not hold");
            least += aside.IsLeast ? 1 : 0;
            for (var claim = 0; aside.IsLeast && claim < network.ClaimCount; claim++)
            {
                var expected = sets.TrueForAll(s => s[claim]) ? Aside.InEvery : sets.Exists(s => s[claim]) ? Aside.InSome : Aside.InNone;
                var said = aside.StandingOf(claim);
                Assert.True(said == expected || said == Aside.NotKnown, $"{seed}: claim {claim} is {said}, by brute force {expected}");
                (standings, notKnown) = (standings + 1, notKnown + (said == Aside.NotKnown ? 1 : 0));
            }
        }

        Assert.True(least > 200 && standings > 1_000 && notKnown * 50 < standings, $"{least} least, {standings} standings, {notKnown} not known");
    }

    [Fact]
    public void The_lightest_hitting_set_is_that_of_brute_force()
    {
        foreach (var seed in Enumerable.Range(1, 2_000))
        {
            var random = new Random(seed);
            var (elements, weights) = (random.Next(2, 11), new long[11]);
            for (var e = 0; e < elements; e++)
            {
                weights[e] = random.Next(1, 5);
            }

            var sets = Enumerable.Range(0, random.Next(0, 14)).Select(_ => Enumerable.Range(0, elements).OrderBy(_ => random.Next()).Take(random.Next(1, 5)).ToArray()).ToList();
            var hitting = new HittingSet(sets, e => weights[e]);
            var expected = Enumerable.Range(0, 1 << elements)
                .Where(mask => sets.TrueForAll(s => s.Any(e => ((mask >> e) & 1) == 1)))
                .Min(mask => Enumerable.Range(0, elements).Where(e => ((mask >> e) & 1) == 1).Sum(e => weights[e]));
            Assert.True(hitting.IsLeast && hitting.Weight == expected, $"{seed}: {hitting.Weight}, by brute force {expected}");
            Assert.True(sets.TrueForAll(s => s.Any(hitting.Chosen.Contains)) && hitting.Chosen.Sum(e => weights[e]) == expected, $"{seed}: the choice does not hit every set");
        }
    }

    [Fact]
    public void An_empty_set_cannot_be_hit_and_says_so()
    {
        var hitting = new HittingSet([[]], _ => 1);
        Assert.Null(hitting.Weight);
        Assert.False(hitting.IsLeast);
    }

    [Fact]
    public void Withleftwork_allowed_a_hitting_set_still_hits_and_its_bound_still_holds()
    {
        var random = new Random(3);
        var sets = Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, 30).OrderBy(_ => random.Next()).Take(4).ToArray()).ToList();
        var (capped, full) = (new HittingSet(sets, _ => 1, steps: 0), new HittingSet(sets, _ => 1));
        Assert.True(full.IsLeast);
        Assert.InRange(full.Weight!.Value, capped.LowerBound, capped.Weight!.Value);
        Assert.True(sets.TrueForAll(s => s.Any(capped.Chosen.Contains)));
    }

    private static bool Proves(Network network, LinearSolution solution, int quantity, End end, long? value) =>
        solution.ProofOf(quantity, end) is { } proof ? CertificateChecker.Checks(network, proof) && proof.Value == value : value is null or 0;

    /// <summary>The least total weight to leave out, and every set of claims that weighs so little, by trying all.</summary>
    private static (long Weight, List<BitArray> Sets) Lightest(Network network)
    {
        var (best, sets) = (long.MaxValue, new List<BitArray>());
        for (var mask = 0; mask < 1 << network.ClaimCount; mask++)
        {
            var left = new BitArray([mask]);
            var weight = Enumerable.Range(0, network.ClaimCount).Where(c => left[c]).Sum(c => network.ClaimAt(c).Weight);
            if (weight <= best && network.BruteForce(Enumerable.Range(0, network.ClaimCount).Where(c => !left[c])) is not null)
            {
                if (weight < best)
                {
                    sets.Clear();
                }

                best = weight;
                sets.Add(left);
            }
        }

        return (best, sets);
    }

    private static Polytope Claimed(Network network)
    {
        var (low, high) = (new long[network.QuantityCount], Enumerable.Repeat(Polytope.None, network.QuantityCount).ToArray());
        foreach (var claim in network.Claims())
        {
            low[claim.Quantity] = Math.Max(low[claim.Quantity], claim.Low ?? 0);
            high[claim.Quantity] = Math.Min(high[claim.Quantity], claim.High ?? Polytope.None);
        }

        return new Polytope([.. Enumerable.Range(0, network.RuleCount).Select(network.RuleAt).Select(r => ((IReadOnlyList<(int, long)>)[.. r.Terms.Select(t => (t.Quantity, (long)t.Coefficient))], r.Constant))], low, high);
    }

    private static IEnumerable<(int Seed, Network Network)> Drawn(int count) =>
        Enumerable.Range(1, count).Select(seed => (seed, RandomNetworks.Of(new Random(seed), unit: seed % 3 != 0)));
}
