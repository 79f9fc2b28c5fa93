using Safeconduct.Situation.Networks;
using Safeconduct.Statements;
using Xunit;

namespace Safeconduct.Tests.Core.Situation.Networks;

/// <summary>What a network does not take, and hard networks that it answers.</summary>
public sealed class NetworkRefusalTests
{
    public static TheoryData<string, string, Action<NetworkBuilder>> Refused => new()
    {
        { "network.empty-rule", "rule 0: A rule without quantities says nothing; leave it out.", b => b.Equation([]) },
        { "network.twice-in-a-rule", "rule 0: Quantity 1 stands twice in one rule; a whole cannot be its own part: name each quantity once.", b => b.Equation([(1, 1), (0, -1), (1, -1)]) },
        { "network.twice-in-a-rule", "rule 0: Quantity 2 stands twice in one rule; a whole cannot be its own part: name each quantity once.", b => b.AtMost(2, 2) },
        { "network.twice-in-a-rule", "rule 0: Quantity 0 stands twice in one rule; a whole cannot be its own part: name each quantity once.", b => b.Sum(0, [1, 0]) },
        { "network.unknown-quantity", "There is no quantity 7; make it first.", b => b.AtMost(0, 7) },
        { "network.unknown-quantity", "There is no quantity -1; make it first.", b => b.Equation([(-1, 1)]) },
        { "network.unknown-quantity", "claim 0: There is no quantity 7; make it first.", b => b.Claim(7, 1, null) },
        { "network.coefficient", "rule 0: The coefficient 0 is refused; it is from 1 to 1000000000, either sign.", b => b.Equation([(0, 0)]) },
        { "network.coefficient", "rule 0: The coefficient -1000000001 is refused; it is from 1 to 1000000000, either sign.", b => b.Equation([(0, -1_000_000_001)]) },
        { "network.constant-too-large", "rule 0: A constant beyond 1000000000000 is refused; check the rule.", b => b.Equation([(0, 1)], long.MinValue) },
        { "network.no-parts", "rule 0: A sum without parts would make its whole zero without anybody saying so; leave the rule out.", b => b.Sum(0, []) },
        { "network.negative-count", "claim 1: A count of -5 cannot be; a count is zero or more.", b => Claims(b, (0, 1, 2), (0, -5, 2)) },
        { "network.negative-count", "claim 0: A count of -1 cannot be; a count is zero or more.", b => Claims(b, (0, null, -1)) },
        { "network.low-above-high", "claim 0: The low end 9 is above the high end 8; exchange them or correct one.", b => Claims(b, (0, 9, 8)) },
        { "network.count-too-large", "claim 0: A count above 1000000000000 is refused; check the number.", b => Claims(b, (0, 1_000_000_000_001, null)) },
        { "network.weight", "claim 0: The weight 0 is refused; it is from 1 to 1000000000.", b => b.Claim(0, 1, 2, weight: 0) },
        { "network.rules-contradict", "rule 0: These rules cannot hold together, whatever is claimed; correct one of 0, 1.", b => { b.Equation([(0, 1), (1, 1)], 3); b.Equation([(1, 1), (0, 1), (2, 1)], 2); } },
        { "network.rules-contradict", "rule 0: These rules cannot hold together, whatever is claimed; correct one of 0.", b => b.Equation([(0, 2), (1, 4)], -1) },
        { "network.rules-contradict", "rule 0: These rules cannot hold together, whatever is claimed; correct one of 0.", b => b.Equation([(0, 2)], 3) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_network_refuses(string code, string message, Action<NetworkBuilder> given)
    {
        var builder = new NetworkBuilder();
        (_, _, _) = (builder.Quantity(), builder.Quantity(), builder.Quantity());
        var refused = Assert.Throws<RefusedException>(() =>
        {
            given(builder);
            builder.Build();
        });
        Assert.Equal(code, refused.Problem.Code);
        Assert.Equal($"{message} [{code}]", refused.Problem.ToString());
    }

    [Fact]
    public void A_part_claimed_above_its_whole_is_a_conflict_of_the_two_claims()
    {
        var builder = new NetworkBuilder();
        var (children, everyone) = (builder.Quantity(), builder.Quantity());
        builder.AtMost(children, everyone);
        builder.Claim(everyone, null, 900, source: 1);
        builder.Claim(children, 1_200, null, source: 2);
        builder.Claim(children, 300, null, source: 3);
        var network = builder.Build();
        var solution = Solution.Of(network);
        Assert.False(solution.IsConsistent);
        Assert.Equal([0, 1], solution.Conflict!.Claims);
        Assert.Equal(300, solution.Conflict.Certificate.Bound);
        Assert.Equal(new QuantityRange(null, null, RangeStatus.Conflict), solution.RangeOf(everyone));
        Assert.Equal(new QuantityRange(300, 900, RangeStatus.Exact), solution.Without([1]).RangeOf(children));
    }

    [Fact]
    public void A_proof_names_the_claims_that_add_up_to_the_end()
    {
        var builder = new NetworkBuilder();
        var (departed, arrived, turnedBack) = (builder.Quantity(), builder.Quantity(), builder.Quantity());
        builder.Sum(departed, [arrived, turnedBack]);
        builder.Claim(departed, 1_000, 1_000);
        builder.Claim(arrived, 850, 900);
        builder.Claim(arrived, 100, 2_000);
        var network = builder.Build();
        var solution = Solution.Of(network);
        Assert.Equal(new QuantityRange(100, 150, RangeStatus.Exact), solution.RangeOf(turnedBack));
        var proof = solution.ProofOf(turnedBack, End.High)!;
        Assert.Equal([0, 1], proof.Claims());
        Assert.Equal([LineKind.ClaimLow, LineKind.ClaimHigh, LineKind.Rule], proof.Lines.Select(l => l.Kind));
        Assert.Equal(150, proof.Value);
    }

    [Fact]
    public void A_quantity_of_which_nothing_is_said_is_zero_or_more()
    {
        var builder = new NetworkBuilder();
        var alone = builder.Quantity();
        builder.Claim(alone, null, null);
        var solution = Solution.Of(builder.Build());
        Assert.Equal(new QuantityRange(0, null, RangeStatus.Exact), solution.RangeOf(alone));
        Assert.Null(solution.ProofOf(alone, End.High));
        Assert.Equal(LineKind.NotBelowZero, Assert.Single(solution.ProofOf(alone, End.Low)!.Lines).Kind);
    }

    [Fact]
    public void Vehicles_that_hold_sixty_are_rounded_up_and_the_proof_says_so()
    {
        var builder = new NetworkBuilder();
        var (people, buses, spare, all) = (builder.Quantity(), builder.Quantity(), builder.Quantity(), builder.Quantity());
        builder.Equation([(buses, 60), (people, -1), (spare, -1)]);
        builder.AtMost(buses, all);
        builder.Claim(people, 1_000, 1_000);
        var network = builder.Build();
        var solution = Solution.Of(network);
        Assert.Equal(17, solution.RangeOf(buses).Low);
        Assert.Equal(17, solution.RangeOf(all).Low);
        var proof = solution.ProofOf(all, End.Low)!;
        Assert.Equal(60, Assert.Single(proof.Roundings).Multiplier);
        Assert.True(CertificateChecker.Checks(network, proof));
        Assert.False(CertificateChecker.Checks(network, proof with { Roundings = [proof.Roundings[0] with { Bound = 1_021 }] }));
    }

    [Fact]
    public void A_cycle_that_climbs_without_end_is_left_with_sound_ends_in_bounded_work()
    {
        // Each is at least one more than the other, which cannot be; nobody bounds either from above, so propagation alone climbs and stops.
        var builder = new NetworkBuilder();
        var (a, b) = (builder.Quantity(), builder.Quantity());
        builder.Equation([(a, 1), (b, -1), (builder.Quantity(), -1)], 1);
        var one = builder.Quantity();
        builder.Equation([(b, 1), (a, -1), (builder.Quantity(), -1), (one, -1)]);
        builder.Claim(one, 1, null);
        var network = builder.Build();
        var solution = Solution.Of(network);
        var range = solution.RangeOf(a);
        Assert.Equal(RangeStatus.Outer, range.Status);
        Assert.True(range.Low > 100);
        Assert.True(CertificateChecker.Checks(network, solution.ProofOf(a, End.Low)!));
        Assert.Contains(0, solution.ProofOf(a, End.Low)!.Claims());
    }

    [Fact]
    public void Numbers_too_large_to_derive_are_left_sound_and_outer()
    {
        var builder = new NetworkBuilder();
        var chain = Enumerable.Range(0, 5).Select(_ => builder.Quantity()).ToArray();
        for (var i = 0; i < 4; i++)
        {
            builder.Equation([(chain[i + 1], 1), (chain[i], -1_000_000)]);
        }

        builder.Claim(chain[0], Network.Greatest, Network.Greatest);
        var network = builder.Build();
        var range = Solution.Of(network).RangeOf(chain[4]);
        Assert.Equal(RangeStatus.Outer, range.Status);
        Assert.Equal(1_000_000_000_000_000_000, range.Low);
        Assert.Null(range.High);
    }

    [Fact]
    public void A_hundred_thousand_claims_on_one_quantity_come_and_go()
    {
        var builder = new NetworkBuilder();
        var (part, whole) = (builder.Quantity(), builder.Quantity());
        builder.AtMost(part, whole);
        const int Count = 100_000;
        for (var i = 0; i < Count; i++)
        {
            builder.Claim(part, i, 10 * Count);
        }

        var network = builder.Build();
        var solution = Solution.Of(network);
        for (var i = Count - 1; i > 0; i--)
        {
            Assert.Equal(i, solution.RangeOf(whole).Low);
            solution.Withdraw(i);
        }

        Assert.Equal(0, solution.RangeOf(whole).Low);
        Assert.Equal(10 * Count, solution.RangeOf(part).High);
    }

    [Fact]
    public void A_claim_made_later_is_taken_up_and_withdrawn()
    {
        var builder = new NetworkBuilder();
        var (left, inside, before) = (builder.Quantity(), builder.Quantity(), builder.Quantity());
        builder.Sum(before, [left, inside]);
        builder.Claim(before, 500, 500);
        var network = builder.Build();
        var solution = Solution.Of(network);
        var later = network.Claim(left, 120, 130, source: 4);
        Assert.Equal(new QuantityRange(0, 500, RangeStatus.Exact), solution.RangeOf(inside));
        solution.Add(later);
        Assert.Equal(new QuantityRange(370, 380, RangeStatus.Exact), solution.RangeOf(inside));
        solution.Withdraw(later);
        Assert.Equal(new QuantityRange(0, 500, RangeStatus.Exact), solution.RangeOf(inside));
    }

    [Fact]
    public void A_search_for_conflicts_that_is_cut_short_says_so()
    {
        var builder = new NetworkBuilder();
        var left = builder.Quantity();
        for (var i = 0; i < 10; i++)
        {
            builder.Claim(left, i * 100, (i * 100) + 10);
        }

        var network = builder.Build();
        var (few, notAll) = Conflicts.Near(network, left, null, 5);
        Assert.Equal(5, few.Count);
        Assert.False(notAll);
        var (every, all) = Conflicts.Near(network, left, null, 100);
        Assert.Equal(45, every.Count);
        Assert.True(all);
    }

    private static void Claims(NetworkBuilder builder, params ReadOnlySpan<(int Quantity, long? Low, long? High)> claims)
    {
        foreach (var (quantity, low, high) in claims)
        {
            builder.Claim(quantity, low, high);
        }
    }
}
