using Safeconduct.Situation.Networks;

namespace Safeconduct.Situation.Programmes;

/// <summary>
/// One component with cycles: a point within all its bounds, then ends reached one after another from there. What a search in floating numbers passes through is
/// followed in whole numbers (<see cref="WholePoint"/>), so every end that some whole-number point stood at is marked as attained on the way.
/// </summary>
internal sealed class ComponentProgramme
{
    /// <summary>Cores up to so many rows are solved again in fractions where floating numbers did not end in a proof.</summary>
    public const int RowsInFractions = 200;

    private readonly Network _network;
    private readonly Solution _propagated;
    private readonly Core _core;
    private readonly LinearProof _proofs;
    private readonly SparseSimplex _simplex;
    private readonly WholePoint _point;
    private readonly bool[] _attained;
    private readonly bool[] _isWaiting;
    private readonly List<int> _waiting = [];
    private readonly long?[] _proved;
    private readonly Certificate?[] _certificates;
    private readonly bool[] _tried;
    private ExactSimplex? _exact;
    private ulong _chance = 0x2545F4914F6CDD1D;

    /// <summary>True: whole numbers are known that fulfil everything. False: a contradiction is known. Null: neither.</summary>
    public bool? IsConsistent => Contradiction is not null ? false : HasWitness ? true : null;

    public bool HasWitness { get; private set; }

    public Certificate? Contradiction { get; private set; }

    /// <summary>Steps of the simplex method so far.</summary>
    public long Steps => _simplex.Steps;

    public ComponentProgramme(Network network, Solution propagated, int component)
    {
        (_network, _propagated) = (network, propagated);
        _core = new Core(network, propagated, component);
        _proofs = new LinearProof(network, propagated);
        var polytope = _core.Polytope;
        (_attained, _isWaiting, _proved, _certificates, _tried) =
            (new bool[2 * polytope.Columns], new bool[polytope.Columns], new long?[2 * polytope.Columns], new Certificate?[2 * polytope.Columns], new bool[2 * polytope.Columns]);
        _point = new WholePoint(polytope);
        _simplex = new SparseSimplex(polytope);
        for (var c = 0; c < polytope.Columns; c++)
        {
            _point.Follow(c, _simplex.Value(c));
            Wait(c);
        }

        _simplex.Moved = Follow;
        _simplex.Stepped = () =>
        {
            Gather();
            return true;
        };
        Contradiction = _simplex.Repair(20_000 + (20 * polytope.Rows)) switch
        {
            Ending.Empty => Emptiness(),
            Ending.Reached => Start(),
            _ => InFractions is { IsFeasible: false } exact ? _proofs.OfNothing(Named(exact)) : null,
        };
    }

    public QuantityRange RangeOf(int quantity, QuantityRange propagated)
    {
        if (Contradiction is not null)
        {
            return new QuantityRange(null, null, RangeStatus.Conflict);
        }

        var column = _core.ColumnOf(quantity);
        if (column < 0)
        {
            return propagated with { Status = HasWitness ? RangeStatus.Exact : RangeStatus.Outer };
        }

        var (low, lowAttained) = Resolve(column, End.Low);
        var (high, highAttained) = Resolve(column, End.High);
        return Crossed(column) ? new QuantityRange(null, null, RangeStatus.Conflict)
            : new QuantityRange(low, high, lowAttained && highAttained ? RangeStatus.Exact : RangeStatus.Outer);
    }

    public Certificate? ProofOf(int quantity, End end)
    {
        if (Contradiction is not null)
        {
            return null;
        }

        var column = _core.ColumnOf(quantity);
        if (column >= 0)
        {
            Resolve(column, end);
        }

        return column >= 0 && _certificates[Slot(column, end)] is { } certificate ? certificate : _propagated.ProofOf(quantity, end);
    }

    public (long Ends, long Attained) ProveMany(int rounds)
    {
        for (var round = 0; round < rounds && HasWitness; round++)
        {
            var wanted = Batch();
            if (wanted.Count == 0)
            {
                break;
            }

            _simplex.Least(wanted, 5_000 + _core.Polytope.Rows);
        }

        var slots = Enumerable.Range(0, _attained.Length).Where(s => Bound(s) is not null).ToList();
        return (slots.Count, slots.Count(s => _attained[s]));
    }

    /// <summary>One end of each of many quantities, pulled at together.</summary>
    private List<(int Column, double Cost)> Batch()
    {
        var wanted = new List<(int, double)>();
        for (var c = 0; c < _core.Polytope.Columns; c++)
        {
            var (low, high) = (!_attained[2 * c], !_attained[(2 * c) + 1] && Bound((2 * c) + 1) is not null);
            var cost = low && (!high || Chance(2) == 0) ? 1 : high ? -1 : 0;
            if (cost != 0)
            {
                wanted.Add((c, cost));
            }
        }

        return wanted;
    }

    private (long? Value, bool Attained) Resolve(int column, End end)
    {
        var slot = Slot(column, end);
        if (!_attained[slot] && !_tried[slot])
        {
            _tried[slot] = true;
            Search(column, end);
        }

        return (_proved[slot] ?? Bound(slot), _attained[slot]);
    }

    /// <summary>Whether the proved ends leave no whole number between them; then the two proofs together are the contradiction.</summary>
    private bool Crossed(int column)
    {
        if (Contradiction is null && (_proved[2 * column] ?? Bound(2 * column)) > (_proved[(2 * column) + 1] ?? Bound((2 * column) + 1))
            && (_certificates[2 * column] ?? _propagated.ProofOf(_core.Quantities[column], End.Low)) is { } low
            && (_certificates[(2 * column) + 1] ?? _propagated.ProofOf(_core.Quantities[column], End.High)) is { } high)
        {
            Contradiction = _proofs.OfCrossing(low, high);
        }

        return Contradiction is not null;
    }

    private void Search(int column, End end)
    {
        var way = end == End.Low ? 1 : -1;
        var ending = _simplex.Least([(column, way)], 2_000 + _core.Polytope.Rows);
        if (_attained[Slot(column, end)])
        {
            return;
        }

        var multipliers = ending == Ending.Reached ? Fraction.Named([.. _simplex.Multipliers.Select(m => m * way)], _core.Rules) : null;
        var certificate = multipliers is null ? null : _proofs.OfEnd(_core.Quantities[column], end, multipliers);
        Keep(column, end, certificate);
        if (!_attained[Slot(column, end)] && InFractions is { IsFeasible: true } exact)
        {
            if ((end == End.Low ? exact.Least(column) : exact.Greatest(column)) is not null)
            {
                Keep(column, end, _proofs.OfEnd(_core.Quantities[column], end, Named(exact)));
                Follow(exact);
                Reach(column, end);
            }
        }

        if (!_attained[Slot(column, end)])
        {
            FindWhole(column, end);
        }
    }

    private void Keep(int column, End end, Certificate? certificate)
    {
        var slot = Slot(column, end);
        if (certificate is not null && certificate.Value is var value && value >= 0 && value <= long.MaxValue
            && ((_proved[slot] ?? Bound(slot)) is not { } known || (end == End.Low ? value > known : value < known)))
        {
            (_certificates[slot], _proved[slot]) = (certificate, (long)value);
        }

        Reach(column, end);
    }

    private void Reach(int column, End end)
    {
        var slot = Slot(column, end);
        _attained[slot] |= _point.IsWitness && (_proved[slot] ?? Bound(slot)) == _point[column];
        HasWitness |= _point.IsWitness;
    }

    /// <summary>A whole-number point with the column at its proved end, by branching; nothing where none is found within a few steps.</summary>
    private void FindWhole(int column, End end)
    {
        if ((_proved[Slot(column, end)] ?? Bound(Slot(column, end))) is not { } value || value < _core.Polytope.Low[column] || value > _core.Polytope.High[column])
        {
            return;
        }

        var search = new WholeSearch(_core.Polytope, [(column, value, value)]);
        if (search.Find(WholeSearch.Few) is { } found)
        {
            for (var c = 0; c < found.Length; c++)
            {
                _point.Follow(c, found[c]);
            }

            Reach(column, end);
            GatherAll();
            Resume();
        }
    }

    private Certificate? Emptiness() =>
        (Fraction.Named(_simplex.Multipliers, _core.Rules) is { } named ? _proofs.OfNothing(named) : null) ?? (InFractions is { IsFeasible: false } exact ? _proofs.OfNothing(Named(exact)) : null);

    private Certificate? Start()
    {
        Resume();
        GatherAll();
        for (var trial = 0; trial < 4 && !HasWitness; trial++)
        {
            _simplex.Least([.. Enumerable.Range(0, _core.Polytope.Columns).Select(c => (c, (Chance(1 << 20) / (double)(1 << 19)) - 1))], 300 + (_core.Polytope.Rows / 4));
        }

        if (!HasWitness && new WholeSearch(_core.Polytope, []).Find(WholeSearch.Few) is { } found)
        {
            for (var c = 0; c < found.Length; c++)
            {
                _point.Follow(c, found[c]);
            }

            GatherAll();
            Resume();
        }

        // Where corners stay between whole numbers, rounding the ends themselves may leave nothing.
        for (var c = 0; c < _core.Polytope.Columns && !HasWitness && _core.Rules.Length <= RowsInFractions && Contradiction is null; c++)
        {
            Resolve(c, End.Low);
            Resolve(c, End.High);
            Crossed(c);
        }

        return Contradiction;
    }

    private void Resume()
    {
        for (var c = 0; c < _core.Polytope.Columns; c++)
        {
            Follow(c, _simplex.Value(c));
        }
    }

    private void Follow(ExactSimplex exact)
    {
        for (var c = 0; c < _core.Polytope.Columns; c++)
        {
            var value = exact.Value(c);
            _point.Follow(c, value.IsWhole ? (double)value.Numerator : 0.5);
        }
    }

    private void Follow(int column, double value)
    {
        if (column < _core.Polytope.Columns)
        {
            _point.Follow(column, value);
            Wait(column);
        }
    }

    private void Wait(int column)
    {
        if (!_isWaiting[column])
        {
            _isWaiting[column] = true;
            _waiting.Add(column);
        }
    }

    private void GatherAll()
    {
        for (var c = 0; c < _core.Polytope.Columns; c++)
        {
            Wait(c);
        }

        Gather();
    }

    private void Gather()
    {
        if (!_point.IsWitness)
        {
            return;
        }

        HasWitness = true;
        foreach (var c in _waiting)
        {
            _isWaiting[c] = false;
            _attained[2 * c] |= _point[c] == (_proved[2 * c] ?? Bound(2 * c));
            _attained[(2 * c) + 1] |= _point[c] == (_proved[(2 * c) + 1] ?? Bound((2 * c) + 1));
        }

        _waiting.Clear();
    }

    private ExactSimplex? InFractions => _core.Rules.Length > RowsInFractions ? null : _exact ??= new ExactSimplex(_core.Polytope);

    private List<(int Rule, Fraction Times)> Named(ExactSimplex exact) => [.. exact.Multipliers.OrderBy(m => m.Key).Select(m => (_core.Rules[m.Key], m.Value))];

    private long? Bound(int slot)
    {
        var end = (slot & 1) == 0 ? _core.Polytope.Low[slot >> 1] : _core.Polytope.High[slot >> 1];
        return end == Polytope.None ? null : end;
    }

    private static int Slot(int column, End end) => (2 * column) + (int)end;

    private int Chance(int of)
    {
        _chance ^= _chance << 13;
        _chance ^= _chance >> 7;
        _chance ^= _chance << 17;
        return (int)((_chance >> 33) % (ulong)of);
    }
}
