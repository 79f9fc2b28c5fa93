using Safeconduct.Statements;

namespace Safeconduct.Situation.Networks;

/// <summary>
/// Puts a <see cref="Network"/> together: first quantities, then the rules between them, then claims, then <see cref="Build"/>.
/// What cannot be is refused at once with a code <c>network.*</c>, so that nothing is half-built.
/// </summary>
public sealed class NetworkBuilder
{
    private readonly List<int> _ruleStart = [0];
    private readonly List<int> _termQuantity = [];
    private readonly List<int> _termCoefficient = [];
    private readonly List<long> _ruleConstant = [];
    private readonly List<(int Quantity, long? Low, long? High, int Source, long Weight)> _claims = [];

    // The last rule that named each quantity.
    private readonly List<int> _lastRule = [];

    public int QuantityCount { get; private set; }

    public int RuleCount => _ruleConstant.Count;

    /// <summary>A new quantity, known only to be a whole number, zero or more.</summary>
    public int Quantity()
    {
        _lastRule.Add(-1);
        return QuantityCount++;
    }

    /// <summary>Coefficients times quantities add up to the constant. Returns the rule's number.</summary>
    /// <exception cref="RefusedException">No term, an unknown quantity, a quantity twice, a coefficient of zero, or a number beyond the stated size.</exception>
    public int Equation(ReadOnlySpan<(int Quantity, int Coefficient)> terms, long constant = 0)
    {
        Refusals.Rule(terms, constant, QuantityCount, RuleCount, _lastRule);
        foreach (var (quantity, coefficient) in terms)
        {
            _termQuantity.Add(quantity);
            _termCoefficient.Add(coefficient);
        }

        _ruleStart.Add(_termQuantity.Count);
        _ruleConstant.Add(constant);
        return RuleCount - 1;
    }

    /// <summary>A part is at most its whole: the whole is the part and a further quantity that nobody speaks of. Returns the rule's number.</summary>
    public int AtMost(int part, int whole)
    {
        Refusals.Known(part, QuantityCount);
        Refusals.Known(whole, QuantityCount);
        Refusals.Different(part, whole, RuleCount);
        return Equation([(whole, 1), (part, -1), (Quantity(), -1)]);
    }

    /// <summary>Disjoint parts that together are the whole add up to it. Returns the rule's number.</summary>
    public int Sum(int whole, ReadOnlySpan<int> parts)
    {
        var terms = new (int, int)[parts.Length + 1];
        terms[0] = (whole, 1);
        for (var i = 0; i < parts.Length; i++)
        {
            terms[i + 1] = (parts[i], -1);
        }

        Refusals.Parts(parts.Length, RuleCount);
        return Equation(terms);
    }

    /// <summary>Disjoint parts that need not be all of the whole add up to at most it. Returns the rule's number.</summary>
    public int SumAtMost(int whole, ReadOnlySpan<int> parts)
    {
        Refusals.Parts(parts.Length, RuleCount);
        foreach (var part in parts)
        {
            Refusals.Known(part, QuantityCount);
        }

        return Sum(whole, [.. parts, Quantity()]);
    }

    /// <summary>A claim, with the arguments of <see cref="Network.Claim"/>; checked when the network is built. Returns the claim's number.</summary>
    public int Claim(int quantity, long? low, long? high, int source = 0, long weight = 1)
    {
        _claims.Add((quantity, low, high, source, weight));
        return _claims.Count - 1;
    }

    /// <summary>The network of all that was given.</summary>
    /// <exception cref="RefusedException"><c>network.rules-contradict</c>: the rules cannot hold together, whatever is claimed; or a claim is refused.</exception>
    public Network Build()
    {
        var network = new Network(QuantityCount, [.. _ruleStart], [.. _termQuantity], [.. _termCoefficient], [.. _ruleConstant]);
        Refusals.RulesAlone(network);
        network.Reserve(_claims.Count);
        foreach (var (quantity, low, high, source, weight) in _claims)
        {
            network.Claim(quantity, low, high, source, weight);
        }

        return network;
    }
}
