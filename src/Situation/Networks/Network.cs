using Safeconduct.Statements;

namespace Safeconduct.Situation.Networks;

/// <summary>
/// Numbered quantities, the rules between them, and what is claimed of them. A quantity is a whole number, zero or more. A rule is an equation that holds whatever anyone says:
/// whole-number coefficients times quantities add up to a constant. A claim is a low end, a high end or both, put on one quantity by one source.
/// The network knows nothing of statements; the caller remembers what its numbers stand for.
/// Quantities and rules never change. Claims may be appended (<see cref="Claim"/>); an appended claim binds nowhere until a <see cref="Solution"/> takes it up.
/// Limits: coefficients to 10^9, constants and claimed ends to 10^12 (<see cref="Greatest"/>), fewer than 2^30 rules.
/// </summary>
public sealed class Network
{
    /// <summary>The largest number that may be claimed, and the largest constant of a rule, in the quantity's own unit.</summary>
    public const long Greatest = 1_000_000_000_000;

    /// <summary>The largest coefficient of a quantity in a rule, either sign.</summary>
    public const int GreatestCoefficient = 1_000_000_000;

    internal const long NoLow = -1;
    internal const long NoHigh = long.MaxValue;

    // Flat arrays, so that a million quantities and a million claims fit into a few hundred bytes each.
    internal readonly int[] RuleStart;
    internal readonly int[] TermQuantity;
    internal readonly int[] TermRule;
    internal readonly int[] TermCoefficient;
    internal readonly long[] RuleConstant;
    internal readonly int[] UseStart;
    internal readonly int[] UseTerm;
    internal readonly Components Components;

    // Claims of one quantity are a chain from its newest claim back: FirstClaim, then NextClaim, -1 at the end.
    internal readonly int[] FirstClaim;
    internal int[] NextClaim;
    internal int[] ClaimQuantity;
    internal long[] ClaimLow;
    internal long[] ClaimHigh;
    internal int[] ClaimSource;
    internal long[] ClaimWeight;

    internal Network(int quantities, int[] ruleStart, int[] termQuantity, int[] termCoefficient, long[] ruleConstant)
    {
        QuantityCount = quantities;
        RuleStart = ruleStart;
        TermQuantity = termQuantity;
        TermCoefficient = termCoefficient;
        RuleConstant = ruleConstant;
        TermRule = new int[termQuantity.Length];
        for (var r = 0; r < ruleConstant.Length; r++)
        {
            Array.Fill(TermRule, r, ruleStart[r], ruleStart[r + 1] - ruleStart[r]);
        }

        (UseStart, UseTerm) = Uses(quantities, termQuantity);
        Components = Components.Of(this);
        FirstClaim = new int[quantities];
        Array.Fill(FirstClaim, -1);
        NextClaim = [];
        ClaimQuantity = [];
        ClaimLow = [];
        ClaimHigh = [];
        ClaimSource = [];
        ClaimWeight = [];
    }

    /// <summary>How many quantities; they are numbered from 0.</summary>
    public int QuantityCount { get; }

    /// <summary>How many rules; they are numbered from 0 in the order in which they were given.</summary>
    public int RuleCount => RuleConstant.Length;

    /// <summary>How many claims; they are numbered from 0 in the order in which they were given.</summary>
    public int ClaimCount { get; private set; }

    /// <summary>Appends a claim and says its number.</summary>
    /// <param name="low">At least so many; null: says nothing from below.</param>
    /// <param name="high">At most so many; null: says nothing from above.</param>
    /// <param name="source">The caller's number for who says it; the network only keeps it.</param>
    /// <param name="weight">How much it costs to set the claim aside, 1 to 10^9.</param>
    /// <exception cref="RefusedException">The claim cannot be said of a count: see the codes <c>network.*</c>.</exception>
    public int Claim(int quantity, long? low, long? high, int source = 0, long weight = 1)
    {
        Refusals.Claim(this, quantity, low, high, weight);
        var claim = ClaimCount;
        if (claim == ClaimQuantity.Length)
        {
            Reserve(Math.Max(16, claim * 2));
        }

        ClaimQuantity[claim] = quantity;
        ClaimLow[claim] = low ?? NoLow;
        ClaimHigh[claim] = high ?? NoHigh;
        ClaimSource[claim] = source;
        ClaimWeight[claim] = weight;
        NextClaim[claim] = FirstClaim[quantity];
        FirstClaim[quantity] = claim;
        ClaimCount++;
        return claim;
    }

    /// <summary>A claim by its number.</summary>
    public NetworkClaim ClaimAt(int claim)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(claim);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(claim, ClaimCount);
        return new(ClaimQuantity[claim], ClaimLow[claim] == NoLow ? null : ClaimLow[claim], ClaimHigh[claim] == NoHigh ? null : ClaimHigh[claim], ClaimSource[claim], ClaimWeight[claim]);
    }

    /// <summary>A rule by its number: its terms, and the constant that they add up to.</summary>
    public NetworkRule RuleAt(int rule) =>
        new([.. Enumerable.Range(RuleStart[rule], RuleStart[rule + 1] - RuleStart[rule]).Select(t => (TermQuantity[t], TermCoefficient[t]))], RuleConstant[rule]);

    /// <summary>The claims on one quantity, the newest first.</summary>
    public IEnumerable<int> ClaimsOn(int quantity)
    {
        for (var c = FirstClaim[quantity]; c >= 0; c = NextClaim[c])
        {
            yield return c;
        }
    }

    internal void Reserve(int claims)
    {
        Array.Resize(ref NextClaim, claims);
        Array.Resize(ref ClaimQuantity, claims);
        Array.Resize(ref ClaimLow, claims);
        Array.Resize(ref ClaimHigh, claims);
        Array.Resize(ref ClaimSource, claims);
        Array.Resize(ref ClaimWeight, claims);
    }

    /// <summary>For each quantity the terms that name it, as one array with a start for each.</summary>
    private static (int[] Start, int[] Terms) Uses(int quantities, int[] termQuantity)
    {
        var start = new int[quantities + 1];
        foreach (var q in termQuantity)
        {
            start[q + 1]++;
        }

        for (var q = 0; q < quantities; q++)
        {
            start[q + 1] += start[q];
        }

        var next = start.AsSpan(0, quantities).ToArray();
        var terms = new int[termQuantity.Length];
        for (var t = 0; t < termQuantity.Length; t++)
        {
            terms[next[termQuantity[t]]++] = t;
        }

        return (start, terms);
    }
}

/// <summary>What one source claims of one quantity, ends included; null: nothing said at that end.</summary>
/// <param name="Source">The caller's number for who says it.</param>
/// <param name="Weight">How much it costs to set the claim aside; 1 or more.</param>
public readonly record struct NetworkClaim(int Quantity, long? Low, long? High, int Source, long Weight);

/// <summary>An equation between quantities: coefficient times quantity, added over the terms, is the constant.</summary>
public sealed record NetworkRule(IReadOnlyList<(int Quantity, int Coefficient)> Terms, long Constant);
