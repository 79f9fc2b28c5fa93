using System.Collections;
using System.Globalization;
using Safeconduct.Statements;

namespace Safeconduct.Situation.Networks;

/// <summary>What a network does not take, each with its code, its place and what to do.</summary>
internal static class Refusals
{
    public static void Rule(ReadOnlySpan<(int Quantity, int Coefficient)> terms, long constant, int quantities, int rule, List<int> lastRule)
    {
        if (terms.Length == 0)
        {
            throw new RefusedException("network.empty-rule", "A rule without quantities says nothing; leave it out.", Place("rule", rule));
        }

        if (constant is < -Network.Greatest or > Network.Greatest)
        {
            throw new RefusedException("network.constant-too-large", $"A constant beyond {Shown(Network.Greatest)} is refused; check the rule.", Place("rule", rule));
        }

        foreach (var (quantity, _) in terms)
        {
            Known(quantity, quantities);
        }

        foreach (var (quantity, coefficient) in terms)
        {
            if (lastRule[quantity] == rule)
            {
                Forget(terms, lastRule);
                throw Twice(quantity, rule);
            }

            lastRule[quantity] = rule;
            if (coefficient is 0 or < -Network.GreatestCoefficient or > Network.GreatestCoefficient)
            {
                Forget(terms, lastRule);
                throw new RefusedException("network.coefficient", $"The coefficient {Shown(coefficient)} is refused; it is from 1 to {Shown(Network.GreatestCoefficient)}, either sign.", Place("rule", rule));
            }
        }
    }

    /// <summary>A refused rule leaves nothing behind: its number is given to the next.</summary>
    private static void Forget(ReadOnlySpan<(int Quantity, int Coefficient)> terms, List<int> lastRule)
    {
        foreach (var (quantity, _) in terms)
        {
            if (quantity >= 0 && quantity < lastRule.Count)
            {
                lastRule[quantity] = -1;
            }
        }
    }

    private static RefusedException Twice(int quantity, int rule) =>
        new("network.twice-in-a-rule", $"Quantity {Shown(quantity)} stands twice in one rule; a whole cannot be its own part: name each quantity once.", Place("rule", rule));

    public static void Known(int quantity, int quantities)
    {
        if (quantity < 0 || quantity >= quantities)
        {
            throw new RefusedException("network.unknown-quantity", $"There is no quantity {Shown(quantity)}; make it first.");
        }
    }

    public static void Different(int part, int whole, int rule)
    {
        if (part == whole)
        {
            throw Twice(part, rule);
        }
    }

    public static void Parts(int parts, int rule)
    {
        if (parts == 0)
        {
            throw new RefusedException("network.no-parts", "A sum without parts would make its whole zero without anybody saying so; leave the rule out.", Place("rule", rule));
        }
    }

    public static void Claim(Network network, int quantity, long? low, long? high, long weight)
    {
        var place = Place("claim", network.ClaimCount);
        if (quantity < 0 || quantity >= network.QuantityCount)
        {
            throw new RefusedException("network.unknown-quantity", $"There is no quantity {Shown(quantity)}; make it first.", place);
        }

        if (low < 0 || high < 0)
        {
            throw new RefusedException("network.negative-count", $"A count of {Shown(low < 0 ? low.Value : high!.Value)} cannot be; a count is zero or more.", place);
        }

        if (low > Network.Greatest || high > Network.Greatest)
        {
            throw new RefusedException("network.count-too-large", $"A count above {Shown(Network.Greatest)} is refused; check the number.", place);
        }

        if (low > high)
        {
            throw new RefusedException("network.low-above-high", $"The low end {Shown(low.Value)} is above the high end {Shown(high.Value)}; exchange them or correct one.", place);
        }

        if (weight is < 1 or > 1_000_000_000)
        {
            throw new RefusedException("network.weight", $"The weight {Shown(weight)} is refused; it is from 1 to {Shown(1_000_000_000)}.", place);
        }
    }

    /// <summary>Where every constant is zero, every quantity may be zero, so only rules with a constant can contradict one another.</summary>
    public static void RulesAlone(Network network)
    {
        if (!network.RuleConstant.AsSpan().ContainsAnyExcept(0L))
        {
            return;
        }

        var conflict = Solution.Of(network, new BitArray(0)).Conflict;
        if (conflict is not null)
        {
            var rules = conflict.Certificate.Parts().Where(l => l.Kind == LineKind.Rule).Select(l => l.Index).Distinct().Order().ToList();
            throw new RefusedException(
                "network.rules-contradict",
                $"These rules cannot hold together, whatever is claimed; correct one of {string.Join(", ", rules.Take(20).Select(r => Shown(r)))}{(rules.Count > 20 ? " and others" : "")}.",
                Place("rule", rules[0]));
        }
    }

    private static string Place(string what, int index) => $"{what} {Shown(index)}";

    private static string Shown(long number) => number.ToString(CultureInfo.InvariantCulture);
}
