namespace Safeconduct.Situation.Programmes;

/// <summary>
/// The simplex method in whole numbers and fractions, with Bland's rule, so that it always ends and never rounds. Slow and plain: it serves cores of a few
/// hundred rows, and is the slow twin of <see cref="SparseSimplex"/>.
/// Every row gets a sum of its own whose bounds are both the row's constant (Dutertre and de Moura 2006, "A fast linear-arithmetic solver for DPLL(T)"), so
/// an empty polytope and an optimum are both explained by one line of the tableau.
/// </summary>
public sealed class ExactSimplex
{
    private readonly Polytope _polytope;
    private readonly Dictionary<int, Dictionary<int, Fraction>> _lines = [];
    private readonly Fraction[] _value;

    /// <summary>The multiplier of each row in the last explanation: of an optimum, or of emptiness. Rows not named have zero.</summary>
    public IReadOnlyDictionary<int, Fraction> Multipliers { get; private set; } = new Dictionary<int, Fraction>();

    /// <summary>Whether any real numbers fulfil all rows and bounds. Where none do, <see cref="Multipliers"/> say why.</summary>
    public bool IsFeasible { get; }

    public ExactSimplex(Polytope polytope)
    {
        _polytope = polytope;
        _value = new Fraction[polytope.Columns + polytope.Rows];
        for (var c = 0; c < polytope.Columns; c++)
        {
            _value[c] = polytope.Low[c] != -Polytope.None ? polytope.Low[c] : polytope.High[c] != Polytope.None ? polytope.High[c] : 0;
        }

        for (var r = 0; r < polytope.Rows; r++)
        {
            var line = new Dictionary<int, Fraction>();
            for (var k = polytope.RowStart[r]; k < polytope.RowStart[r + 1]; k++)
            {
                line[polytope.RowColumn[k]] = polytope.RowCoefficient[k];
            }

            _lines[polytope.Columns + r] = line;
            _value[polytope.Columns + r] = Sum(line);
        }

        IsFeasible = Enumerable.Range(0, polytope.Columns).All(c => polytope.Low[c] <= polytope.High[c]) && Repair();
    }

    /// <summary>The value of a column at the corner where the last search ended.</summary>
    public Fraction Value(int column) => _value[column];

    /// <summary>The greatest value of a column, with <see cref="Multipliers"/> that prove it; null where nothing bounds it.</summary>
    public Fraction? Greatest(int column) => Furthest(column, +1);

    /// <summary>The least value of a column, with <see cref="Multipliers"/> that prove it; null where nothing bounds it.</summary>
    public Fraction? Least(int column) => Furthest(column, -1);

    private Fraction? Furthest(int column, int way)
    {
        if (!IsFeasible)
        {
            throw new InvalidOperationException("No numbers fulfil all rows and bounds, so there is no greatest or least among them.");
        }

        while (true)
        {
            if (AtEnd(column, way))
            {
                Multipliers = new Dictionary<int, Fraction>();
                return _value[column];
            }

            if (!_lines.TryGetValue(column, out var line))
            {
                if (!Move(column, way))
                {
                    return null;
                }

                continue;
            }

            var entering = line.Where(t => t.Value.Sign != 0 && !AtEnd(t.Key, way * t.Value.Sign)).Select(t => t.Key).DefaultIfEmpty(-1).Min();
            if (entering < 0)
            {
                Multipliers = Explained(line);
                return _value[column];
            }

            if (!Move(entering, way * line[entering].Sign))
            {
                return null;
            }
        }
    }

    /// <summary>Moves a column that stands outside the tableau as far as bounds allow; false where nothing stops it.</summary>
    private bool Move(int entering, int way)
    {
        Fraction? shortest = Bound(entering, way) is { } own ? (own - _value[entering]) * way : null;
        var leaving = -1;
        foreach (var (basic, line) in _lines)
        {
            if (line.TryGetValue(entering, out var slope) && slope.Sign != 0 && Bound(basic, way * slope.Sign) is { } end)
            {
                var step = (end - _value[basic]) / slope * way;
                if (shortest is null || step < shortest || (step == shortest && (leaving < 0 || basic < leaving)))
                {
                    (shortest, leaving) = (step, basic);
                }
            }
        }

        if (shortest is not { } length)
        {
            return false;
        }

        Shift(entering, length * way);
        if (leaving >= 0)
        {
            Pivot(leaving, entering);
        }

        return true;
    }

    private bool Repair()
    {
        while (_lines.Keys.Where(b => Outside(b) != 0).DefaultIfEmpty(-1).Min() is var broken and >= 0)
        {
            var way = -Outside(broken);
            var line = _lines[broken];
            var entering = line.Where(t => t.Value.Sign != 0 && !AtEnd(t.Key, way * t.Value.Sign)).Select(t => t.Key).DefaultIfEmpty(-1).Min();
            if (entering < 0)
            {
                Multipliers = Explained(line, broken);
                return false;
            }

            Shift(entering, (Bound(broken, -way)!.Value - _value[broken]) / line[entering]);
            Pivot(broken, entering);
        }

        return true;
    }

    private Dictionary<int, Fraction> Explained(Dictionary<int, Fraction> line, int broken = -1)
    {
        var multipliers = line.Where(t => t.Key >= _polytope.Columns && t.Value.Sign != 0).ToDictionary(t => t.Key - _polytope.Columns, t => t.Value);
        if (broken >= _polytope.Columns)
        {
            multipliers[broken - _polytope.Columns] = -1;
        }

        return multipliers;
    }

    private void Shift(int entering, Fraction by)
    {
        if (by.Sign == 0)
        {
            return;
        }

        _value[entering] += by;
        foreach (var (basic, line) in _lines)
        {
            if (line.TryGetValue(entering, out var slope))
            {
                _value[basic] += slope * by;
            }
        }
    }

    private void Pivot(int leaving, int entering)
    {
        _lines.Remove(leaving, out var line);
        var pivot = line![entering];
        var turned = line.Where(t => t.Key != entering && t.Value.Sign != 0).ToDictionary(t => t.Key, t => -t.Value / pivot);
        turned[leaving] = (Fraction)1 / pivot;
        foreach (var other in _lines.Values)
        {
            if (other.Remove(entering, out var slope) && slope.Sign != 0)
            {
                foreach (var (column, term) in turned)
                {
                    var sum = other.GetValueOrDefault(column) + (slope * term);
                    if (sum.Sign == 0)
                    {
                        other.Remove(column);
                    }
                    else
                    {
                        other[column] = sum;
                    }
                }
            }
        }

        _lines[entering] = turned;
    }

    private Fraction Sum(Dictionary<int, Fraction> line) => line.Aggregate((Fraction)0, (sum, t) => sum + (t.Value * _value[t.Key]));

    private int Outside(int column) =>
        Bound(column, -1) is { } low && _value[column] < low ? -1 : Bound(column, +1) is { } high && _value[column] > high ? +1 : 0;

    private bool AtEnd(int column, int way) => Bound(column, way) is { } end && _value[column].CompareTo(end) * way >= 0;

    private Fraction? Bound(int column, int way)
    {
        if (column >= _polytope.Columns)
        {
            return _polytope.Constant[column - _polytope.Columns];
        }

        var end = way < 0 ? _polytope.Low[column] : _polytope.High[column];
        return end == Polytope.None || end == -Polytope.None ? null : end;
    }
}
