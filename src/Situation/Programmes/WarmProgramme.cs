using Safeconduct.Situation.Networks;

namespace Safeconduct.Situation.Programmes;

/// <summary>
/// One component with cycles under changing sets of claims: the basis of the last question is kept for the next, so that a claim more or less costs a few steps.
/// </summary>
internal sealed class WarmProgramme
{
    private readonly Network _network;
    private readonly int[] _quantities;
    private readonly int[] _rules;
    private readonly Polytope _polytope;
    private readonly SparseSimplex _simplex;
    private ulong _chance = 0x2545F4914F6CDD1D;

    public WarmProgramme(Network network, Solution solution, int component)
    {
        _network = network;
        _quantities = [.. network.Components.QuantitiesOf(component).ToArray().Order()];
        _rules = [.. network.Components.RulesOf(component).ToArray().Order()];
        var column = _quantities.Select((q, i) => (q, i)).ToDictionary(p => p.q, p => p.i);
        var rows = _rules.Select(network.RuleAt).Select(r => ((IReadOnlyList<(int, long)>)[.. r.Terms.Select(t => (column[t.Quantity], (long)t.Coefficient))], r.Constant)).ToList();
        _polytope = new Polytope(rows, [.. _quantities.Select(q => Core.EndOf(solution, q, End.Low)!.Value)], [.. _quantities.Select(q => Core.EndOf(solution, q, End.High) ?? Polytope.None)]);
        _simplex = new SparseSimplex(_polytope);
    }

    /// <summary>
    /// Whether the claims taken up by a solution hold together here: true with whole numbers in hand, false with a certificate, null where neither was found.
    /// </summary>
    public (bool? Holds, Certificate? Contradiction) Ask(Solution solution)
    {
        for (var c = 0; c < _quantities.Length; c++)
        {
            var (low, high) = (Core.EndOf(solution, _quantities[c], End.Low)!.Value, Core.EndOf(solution, _quantities[c], End.High) ?? Polytope.None);
            if (low != _polytope.Low[c] || high != _polytope.High[c])
            {
                (_polytope.Low[c], _polytope.High[c]) = (low, high);
                _simplex.Bound(c, low, high);
            }
        }

        return _simplex.Repair(20_000 + (20 * _polytope.Rows)) switch
        {
            Ending.Empty => Fraction.Named(_simplex.Multipliers, _rules) is { } named && new LinearProof(_network, solution).OfNothing(named) is { } proof ? (false, proof) : (null, null),
            Ending.Reached => (FindWhole() ? true : null, null),
            _ => (null, null),
        };
    }

    /// <summary>A corner is often whole; where it is not, others on the way in chance directions are looked at, and then by branching.</summary>
    private bool FindWhole()
    {
        var point = new WholePoint(_polytope);
        for (var c = 0; c < _polytope.Columns; c++)
        {
            point.Follow(c, _simplex.Value(c));
        }

        _simplex.Moved = (column, value) =>
        {
            if (column < _polytope.Columns)
            {
                point.Follow(column, value);
            }
        };
        _simplex.Stepped = () => !point.IsWitness;
        for (var trial = 0; trial < 4 && !point.IsWitness; trial++)
        {
            _simplex.Least([.. Enumerable.Range(0, _polytope.Columns).Select(c => (c, Chance() - 0.5))], 300 + (_polytope.Rows / 4));
        }

        (_simplex.Moved, _simplex.Stepped) = (null, null);
        return point.IsWitness || new WholeSearch(_polytope, []).Find(WholeSearch.Few) is not null;
    }

    private double Chance()
    {
        _chance ^= _chance << 13;
        _chance ^= _chance >> 7;
        _chance ^= _chance << 17;
        return (_chance >> 11) * (1.0 / (1UL << 53));
    }
}
