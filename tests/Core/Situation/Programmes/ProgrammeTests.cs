using System.Numerics;
using Safeconduct.Situation.Networks;
using Safeconduct.Situation.Programmes;
using Xunit;

namespace Safeconduct.Tests.Core.Situation.Programmes;

/// <summary>Small cases by hand, where going round a cycle says more than any rule alone.</summary>
public sealed class ProgrammeTests
{
    [Fact]
    public void Three_overlapping_ceilings_bound_what_no_single_rule_bounds()
    {
        // Each two of three parts are at most 10 together, so all three are at most 15.
        var (network, parts, all) = Overlapping(10, wholeLow: null);
        var solution = LinearSolution.Of(network);
        Assert.Equal(30, Solution.Of(network).RangeOf(all).High);
        Assert.Equal(new QuantityRange(0, 15, RangeStatus.Exact), solution.RangeOf(all));
        Assert.Equal(new QuantityRange(0, 10, RangeStatus.Exact), solution.RangeOf(parts[0]));
        var proof = solution.ProofOf(all, End.High)!;
        Assert.True(CertificateChecker.Checks(network, proof));
        Assert.Equal((2, 30), (proof.Multiplier, proof.Bound));
        Assert.Equal([0, 1, 2], proof.Claims());
    }

    [Fact]
    public void An_end_that_falls_between_two_whole_numbers_is_rounded_inward()
    {
        var (network, _, all) = Overlapping(5, wholeLow: null);
        Assert.Equal(new QuantityRange(0, 7, RangeStatus.Exact), LinearSolution.Of(network).RangeOf(all));
    }

    [Fact]
    public void A_contradiction_that_only_adding_up_around_the_cycle_shows_is_proved_with_the_claims_it_rests_on()
    {
        var (network, _, all) = Overlapping(10, wholeLow: 16);
        Assert.True(Solution.Of(network).IsConsistent);
        var solution = LinearSolution.Of(network);
        Assert.False(solution.IsConsistent);
        Assert.Equal(RangeStatus.Conflict, solution.RangeOf(all).Status);
        Assert.Null(solution.ProofOf(all, End.High));
        Assert.True(CertificateChecker.Checks(network, solution.Contradiction!));
        Assert.Equal([0, 1, 2, 3], solution.Contradiction!.Claims());
    }

    [Fact]
    public void A_contradiction_that_only_whole_numbers_show_is_proved_by_rounding()
    {
        // Fractions fulfil it, each part being one half; people are whole.
        var builder = new NetworkBuilder();
        int[] parts = [builder.Quantity(), builder.Quantity(), builder.Quantity()];
        for (var i = 0; i < 3; i++)
        {
            var both = builder.Quantity();
            builder.Sum(both, [parts[i], parts[(i + 1) % 3]]);
            builder.Claim(both, 1, 1);
        }

        var network = builder.Build();
        var solution = LinearSolution.Of(network);
        Assert.False(solution.IsConsistent);
        Assert.True(CertificateChecker.Checks(network, solution.Contradiction!));
        Assert.NotEmpty(solution.Contradiction!.Roundings);
    }

    [Fact]
    public void The_lightest_of_four_claims_that_cannot_all_hold_is_set_aside()
    {
        var (network, _, all) = Overlapping(10, wholeLow: 16);
        network.Claim(all, 17, null, weight: 5);
        var aside = SetAside.Of(network);
        Assert.True(aside.IsLeast);
        Assert.Equal((2, 2), (aside.LowerBound, aside.Weight));
        Assert.Single(aside.Claims);
        Assert.Equal([Aside.InSome, Aside.InSome, Aside.InSome, Aside.InNone, Aside.InNone], Enumerable.Range(0, 5).Select(c => aside.StandingOf(c)));
    }

    [Fact]
    public void Nothing_is_set_aside_where_everything_holds()
    {
        var aside = SetAside.Of(Overlapping(10, wholeLow: 15).Network);
        Assert.True(aside.IsLeast);
        Assert.Equal(0, aside.Weight);
        Assert.Empty(aside.Claims);
        Assert.Equal(Aside.InNone, aside.StandingOf(0));
    }

    [Fact]
    public void Without_work_allowed_no_set_is_called_the_least()
    {
        var aside = SetAside.Of(Overlapping(10, wholeLow: 16).Network, conflicts: 0);
        Assert.False(aside.IsLeast);
        Assert.True(aside.LowerBound <= 2);
        Assert.Equal(Aside.NotKnown, aside.StandingOf(0));
    }

    [Fact]
    public void Where_the_rules_alone_contradict_one_another_nothing_that_is_set_aside_helps()
    {
        // x = y + 2 and x = y: only the two rules together show it.
        var builder = new NetworkBuilder();
        int[] both = [builder.Quantity(), builder.Quantity()];
        builder.Equation([(both[0], 1), (both[1], -1)], 2);
        builder.Equation([(both[0], 1), (both[1], -1)]);
        builder.Claim(both[0], 3, 4);
        var aside = SetAside.Of(builder.Build());
        Assert.False(aside.IsLeast);
        Assert.Empty(aside.Claims);
        Assert.Equal(long.MaxValue, aside.LowerBound);
    }

    [Fact]
    public void A_column_that_nothing_bounds_has_no_greatest()
    {
        var simplex = new ExactSimplex(new Polytope([([(0, 1), (1, -1)], 0)], [0, 2], [Polytope.None, Polytope.None]));
        Assert.True(simplex.IsFeasible);
        Assert.Null(simplex.Greatest(0));
        Assert.Equal(2, simplex.Least(0));
    }

    [Fact]
    public void An_empty_polytope_is_explained_by_its_rows_and_refuses_to_name_an_optimum()
    {
        var simplex = new ExactSimplex(new Polytope([([(0, 1), (1, 1)], 5)], [0, 0], [2, 2]));
        Assert.False(simplex.IsFeasible);
        Assert.NotEqual(0, simplex.Multipliers[0].Sign);
        var refused = Assert.Throws<InvalidOperationException>(() => simplex.Least(0));
        Assert.Equal("No numbers fulfil all rows and bounds, so there is no greatest or least among them.", refused.Message);
    }

    [Fact]
    public void A_polytope_with_bounds_of_two_lengths_is_refused() =>
        Assert.StartsWith("Each column has a low and a high bound.", Assert.Throws<ArgumentException>(() => new Polytope([], [0], [])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(6, -4, "-3/2", -2, -1)]
    [InlineData(-6, -3, "2", 2, 2)]
    [InlineData(0, 7, "0", 0, 0)]
    [InlineData(7, 3, "7/3", 2, 3)]
    public void A_fraction_is_kept_in_lowest_terms(int above, int below, string shown, int floor, int ceiling)
    {
        var fraction = new Fraction(above, below);
        Assert.Equal(shown, fraction.ToString());
        Assert.Equal(((BigInteger)floor, (BigInteger)ceiling), (fraction.Floor(), fraction.Ceiling()));
    }

    [Fact]
    public void A_fraction_over_nothing_is_refused() =>
        Assert.Equal("A fraction with nothing below the line has no value.", Assert.Throws<DivideByZeroException>(() => new Fraction(1, 0)).Message);

    /// <summary>Three parts, each two at most so many together, and their total.</summary>
    private static (Network Network, int[] Parts, int All) Overlapping(long pairs, long? wholeLow)
    {
        var builder = new NetworkBuilder();
        int[] parts = [builder.Quantity(), builder.Quantity(), builder.Quantity()];
        for (var i = 0; i < 3; i++)
        {
            var both = builder.Quantity();
            builder.Sum(both, [parts[i], parts[(i + 1) % 3]]);
            builder.Claim(both, null, pairs, weight: 2);
        }

        var all = builder.Quantity();
        builder.Sum(all, parts);
        if (wholeLow is { } low)
        {
            builder.Claim(all, low, null, weight: 3);
        }

        return (builder.Build(), parts, all);
    }
}
