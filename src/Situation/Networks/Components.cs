namespace Safeconduct.Situation.Networks;

/// <summary>
/// The parts of a network that no rule connects. What is claimed in one cannot change another.
/// A component is a tree when quantities and rules, joined where a rule names a quantity, have no cycle (Berge-acyclic) and every coefficient is 1 or -1:
/// there propagation of ranges is exact over whole numbers. Counted, not searched: a connected graph is a tree when it has one edge fewer than nodes.
/// </summary>
internal sealed class Components
{
    private Components(int quantities, int rules)
    {
        OfQuantity = new int[quantities];
        OfRule = new int[rules];
        RuleAbove = new int[quantities];
        OwnerOfRule = new int[rules];
        Quantities = new int[quantities];
        Rules = new int[rules];
    }

    public int Count => IsTree.Length;

    public int[] OfQuantity { get; }

    public int[] OfRule { get; }

    /// <summary>By which rule each quantity was first reached; -1 for the first quantity of a component.</summary>
    public int[] RuleAbove { get; }

    /// <summary>From which quantity each rule was first reached.</summary>
    public int[] OwnerOfRule { get; }

    /// <summary>All quantities, component by component; <see cref="QuantityStart"/> says where each begins.</summary>
    public int[] Quantities { get; }

    /// <summary>All rules, component by component, and within one outward from its first quantity: backwards it runs from the leaves of a tree to its root.</summary>
    public int[] Rules { get; }

    public int[] QuantityStart { get; private set; } = [];

    public int[] RuleStart { get; private set; } = [];

    public bool[] IsTree { get; private set; } = [];

    /// <summary>Every coefficient is 1 or -1, so that nothing is ever rounded.</summary>
    public bool[] IsUnit { get; private set; } = [];

    /// <summary>Some rule may bound a quantity though nothing is claimed: it has a constant, or all its coefficients have one sign. Elsewhere rules alone leave every quantity zero or more.</summary>
    public bool[] BindsAlone { get; private set; } = [];

    /// <summary>How many terms the rules of each component have: the work of reading each rule once.</summary>
    public int[] Terms { get; private set; } = [];

    public ReadOnlySpan<int> QuantitiesOf(int component) => Quantities.AsSpan(QuantityStart[component]..QuantityStart[component + 1]);

    public ReadOnlySpan<int> RulesOf(int component) => Rules.AsSpan(RuleStart[component]..RuleStart[component + 1]);

    public static Components Of(Network network)
    {
        var found = new Components(network.QuantityCount, network.RuleCount);
        Array.Fill(found.OfQuantity, -1);
        Array.Fill(found.OfRule, -1);
        List<int> quantityStart = [0], ruleStart = [0], terms = [];
        List<bool> trees = [], units = [], binding = [];
        var (quantities, rules) = (0, 0);
        for (var first = 0; first < network.QuantityCount; first++)
        {
            if (found.OfQuantity[first] < 0)
            {
                var (edges, unit, binds) = found.Spread(network, first, trees.Count, ref quantities, ref rules);
                trees.Add(unit && edges == (quantities - quantityStart[^1]) + (rules - ruleStart[^1]) - 1);
                units.Add(unit);
                binding.Add(binds);
                terms.Add(edges);
                quantityStart.Add(quantities);
                ruleStart.Add(rules);
            }
        }

        (found.QuantityStart, found.RuleStart, found.IsTree, found.IsUnit, found.BindsAlone, found.Terms) = ([.. quantityStart], [.. ruleStart], [.. trees], [.. units], [.. binding], [.. terms]);
        return found;
    }

    /// <summary>Breadth first from one quantity; the list of quantities is its own queue.</summary>
    private (int Edges, bool Unit, bool BindsAlone) Spread(Network network, int first, int component, ref int quantities, ref int rules)
    {
        var (edges, unit, binds) = (0, true, false);
        var at = quantities;
        OfQuantity[first] = component;
        RuleAbove[first] = -1;
        Quantities[quantities++] = first;
        for (; at < quantities; at++)
        {
            var q = Quantities[at];
            for (var u = network.UseStart[q]; u < network.UseStart[q + 1]; u++)
            {
                var rule = network.TermRule[network.UseTerm[u]];
                if (OfRule[rule] >= 0)
                {
                    continue;
                }

                OfRule[rule] = component;
                OwnerOfRule[rule] = q;
                var positive = 0;
                Rules[rules++] = rule;
                for (var t = network.RuleStart[rule]; t < network.RuleStart[rule + 1]; t++)
                {
                    edges++;
                    positive += network.TermCoefficient[t] > 0 ? 1 : 0;
                    unit &= network.TermCoefficient[t] is 1 or -1;
                    var other = network.TermQuantity[t];
                    if (OfQuantity[other] < 0)
                    {
                        OfQuantity[other] = component;
                        RuleAbove[other] = rule;
                        Quantities[quantities++] = other;
                    }
                }

                binds |= network.RuleConstant[rule] != 0 || positive == 0 || positive == network.RuleStart[rule + 1] - network.RuleStart[rule];
            }
        }

        return (edges, unit, binds);
    }
}
