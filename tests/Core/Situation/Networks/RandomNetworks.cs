using Safeconduct.Situation.Networks;
using Safeconduct.Statements;

namespace Safeconduct.Tests.Core.Situation.Networks;

/// <summary>Small networks by seed, every quantity claimed to be at most <see cref="Cap"/>, and the slow twin: every assignment of whole numbers, one after another.</summary>
internal static class RandomNetworks
{
    public const int Cap = 4;

    /// <summary>Rules whose constants contradict one another are drawn again.</summary>
    public static Network Of(Random random, bool unit)
    {
        while (true)
        {
            try
            {
                return Drawn(random, unit);
            }
            catch (RefusedException refused) when (refused.Problem.Code == "network.rules-contradict")
            {
                continue;
            }
        }
    }

    /// <summary>The same quantities and rules with other claims.</summary>
    public static Network With(this Network network, IEnumerable<NetworkClaim> claims)
    {
        var builder = new NetworkBuilder();
        for (var q = 0; q < network.QuantityCount; q++)
        {
            builder.Quantity();
        }

        for (var r = 0; r < network.RuleCount; r++)
        {
            builder.Equation([.. network.RuleAt(r).Terms], network.RuleAt(r).Constant);
        }

        foreach (var claim in claims)
        {
            builder.Claim(claim.Quantity, claim.Low, claim.High, claim.Source, claim.Weight);
        }

        return builder.Build();
    }

    public static NetworkClaim[] Claims(this Network network) => [.. Enumerable.Range(0, network.ClaimCount).Select(network.ClaimAt)];

    public static QuantityRange[] Ranges(this Solution solution, Network network) => [.. Enumerable.Range(0, network.QuantityCount).Select(solution.RangeOf)];

    /// <summary>No cycle by taking away, again and again, quantities of one rule and rules of one quantity; what is left over lies on a cycle. Coefficients 1 and -1 only.</summary>
    public static bool IsTree(this Network network)
    {
        var rules = Enumerable.Range(0, network.RuleCount).Select(r => network.RuleAt(r).Terms.Select(t => t.Quantity).ToHashSet()).ToList();
        var before = -1;
        while (before != rules.Sum(r => r.Count) + rules.Count)
        {
            before = rules.Sum(r => r.Count) + rules.Count;
            foreach (var rule in rules)
            {
                rule.RemoveWhere(q => rules.Count(r => r.Contains(q)) == 1);
            }

            rules.RemoveAll(r => r.Count <= 1);
        }

        return rules.Count == 0 && Enumerable.Range(0, network.RuleCount).All(r => network.RuleAt(r).Terms.All(t => Math.Abs(t.Coefficient) == 1));
    }

    /// <summary>The least and the most of each quantity over all whole numbers to <see cref="Cap"/> + 8 that fulfil the rules and these claims; null: there are none.</summary>
    public static (long Low, long High)[]? BruteForce(this Network network, IEnumerable<int> claims)
    {
        var count = network.QuantityCount;
        var (low, high) = (new long[count], Enumerable.Repeat(Cap + 8L, count).ToArray());
        foreach (var claim in claims.Select(network.ClaimAt))
        {
            low[claim.Quantity] = Math.Max(low[claim.Quantity], claim.Low ?? 0);
            high[claim.Quantity] = Math.Min(high[claim.Quantity], claim.High ?? long.MaxValue);
        }

        if (Enumerable.Range(0, count).Any(q => low[q] > high[q]))
        {
            return null;
        }

        var rules = Enumerable.Range(0, network.RuleCount).Select(network.RuleAt).ToArray();
        var named = rules.SelectMany(r => r.Terms.Select(t => t.Quantity)).ToHashSet();
        var ending = rules.ToLookup(r => r.Terms.Max(t => t.Quantity));
        (long Low, long High)[] ranges = [.. Enumerable.Repeat((long.MaxValue, -1L), count)];
        var x = new long[count];
        From(0);
        return ranges.Length > 0 && ranges[0].High < 0 ? null : ranges;

        void From(int q)
        {
            if (q == count)
            {
                for (var i = 0; i < count; i++)
                {
                    // What no rule names may be anything that is claimed.
                    ranges[i] = named.Contains(i) ? (Math.Min(ranges[i].Low, x[i]), Math.Max(ranges[i].High, x[i])) : (low[i], high[i]);
                }

                return;
            }

            for (x[q] = low[q]; x[q] <= (named.Contains(q) ? high[q] : low[q]); x[q]++)
            {
                if (ending[q].All(r => r.Terms.Sum(t => t.Coefficient * x[t.Quantity]) == r.Constant))
                {
                    From(q + 1);
                }
            }
        }
    }

    private static Network Drawn(Random random, bool unit)
    {
        var builder = new NetworkBuilder();
        var count = random.Next(2, 6);
        for (var q = 0; q < count; q++)
        {
            builder.Quantity();
        }

        for (var rules = random.Next(0, 4); rules > 0; rules--)
        {
            var quantities = Enumerable.Range(0, count).OrderBy(_ => random.Next()).Take(random.Next(1, Math.Min(count, 4) + 1)).ToArray();
            builder.Equation(
                [.. quantities.Select((q, i) => (q, unit ? (i == 0 || random.Next(4) == 0 ? 1 : -1) : random.Next(1, 4) * (random.Next(2) == 0 ? 1 : -1)))],
                random.Next(4) == 0 ? random.Next(-3, 4) : 0);
        }

        for (var claims = random.Next(1, 7); claims > 0; claims--)
        {
            var (low, form) = (random.Next(0, 4), random.Next(3));
            builder.Claim(random.Next(count), form == 1 ? null : low, form == 0 ? null : low + random.Next(0, 3), random.Next(5));
        }

        for (var q = 0; q < count; q++)
        {
            builder.Claim(q, null, Cap);
        }

        return builder.Build();
    }
}
