using Safeconduct.Situation.Networks;

namespace Safeconduct.Situation.Programmes;

/// <summary>
/// What is left of a component once quantities with only one possible value are put into the constants: the rules among the others, and the ends that
/// propagation left them. Whatever fulfils the core fulfils the component.
/// </summary>
internal sealed class Core
{
    /// <summary>The quantity of each column.</summary>
    public int[] Quantities { get; }

    /// <summary>The rule of each row.</summary>
    public int[] Rules { get; }

    public Polytope Polytope { get; }

    /// <summary>Ends that a cycle drove beyond this are not used: what is claimed is.</summary>
    private const long Beyond = 10_000_000_000_000;

    private readonly Dictionary<int, int> _columnOf;

    /// <summary>The end of a quantity to calculate with: where propagation left it, unless a cycle drove it out of all proportion. Null: open above.</summary>
    public static long? EndOf(Solution solution, int quantity, End end)
    {
        var range = solution.UncheckedRangeOf(quantity);
        return (end == End.Low ? range.Low : range.High) is { } value && value <= Beyond ? value
            : solution.ClaimedEnd(quantity, end)?.Value ?? (end == End.Low ? 0 : null);
    }

    public Core(Network network, Solution solution, int component)
    {
        var ranges = network.Components.QuantitiesOf(component).ToArray().ToDictionary(q => q, q => (Low: EndOf(solution, q, End.Low)!.Value, High: EndOf(solution, q, End.High)));
        Quantities = [.. ranges.Where(r => r.Value.Low != r.Value.High).Select(r => r.Key).Order()];
        _columnOf = Quantities.Select((q, i) => (q, i)).ToDictionary(p => p.q, p => p.i);
        var rows = new List<(IReadOnlyList<(int, long)>, long)>();
        var rules = new List<int>();
        foreach (var rule in network.Components.RulesOf(component).ToArray().Order())
        {
            var (terms, constant) = (new List<(int, long)>(), network.RuleConstant[rule]);
            for (var t = network.RuleStart[rule]; t < network.RuleStart[rule + 1]; t++)
            {
                var quantity = network.TermQuantity[t];
                if (_columnOf.TryGetValue(quantity, out var column))
                {
                    terms.Add((column, network.TermCoefficient[t]));
                }
                else
                {
                    constant -= network.TermCoefficient[t] * ranges[quantity].Low;
                }
            }

            if (terms.Count > 0 || constant != 0)
            {
                rows.Add((terms, constant));
                rules.Add(rule);
            }
        }

        Rules = [.. rules];
        Polytope = new Polytope(rows, [.. Quantities.Select(q => ranges[q].Low)], [.. Quantities.Select(q => ranges[q].High ?? Polytope.None)]);
    }

    /// <summary>The column of a quantity; -1 where it has only one possible value.</summary>
    public int ColumnOf(int quantity) => _columnOf.GetValueOrDefault(quantity, -1);
}
