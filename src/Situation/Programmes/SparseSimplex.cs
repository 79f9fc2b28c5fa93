namespace Safeconduct.Situation.Programmes;

/// <summary>How a search of <see cref="SparseSimplex"/> ended.</summary>
internal enum Ending
{
    /// <summary>All bounds hold; after a search for an optimum: it is one.</summary>
    Reached,

    /// <summary>No numbers fulfil all rows and bounds, as the multipliers show.</summary>
    Empty,

    /// <summary>Nothing bounds what was to be made least.</summary>
    Unbounded,

    /// <summary>The allowed number of steps was used, or rounding got in the way: nothing is known.</summary>
    GaveUp,
}

/// <summary>
/// The bounded simplex method on sparse rows, in floating numbers: dual steps with bound flipping to a point within all bounds, primal steps from there to the
/// optimum of a changed objective (Koberstein 2005, "The dual simplex method, techniques for a fast and stable implementation"). The basis is kept from search to search.
/// Floating numbers never leave this namespace: points become answers as <see cref="WholePoint"/>, multipliers as added-up certificates.
/// </summary>
internal sealed class SparseSimplex
{
    private const double Within = 1e-7;
    private const double DualWithin = 1e-7;
    private const double PivotLeast = 1e-7;
    private readonly Polytope _polytope;
    private readonly int _rows;
    private readonly int _columns;
    private readonly double[] _low;
    private readonly double[] _high;
    private readonly double[] _value;
    private readonly double[] _cost;
    private readonly double[] _slope;
    private readonly double[] _weight;
    private readonly double[] _columnWeight;
    private readonly int[] _head;
    private readonly int[] _place;
    private readonly double[] _coefficients;
    private readonly int[] _unitRow;
    private readonly BasisFactor _factor;
    private readonly double[] _byRow;
    private readonly double[] _byPlace;
    private readonly double[] _ray;
    private readonly double[] _solved;
    private readonly double[] _tau;
    private readonly double[] _line;
    private readonly int[] _lineColumns;
    private readonly int[] _solvedPlaces;
    private int _lineLength;
    private int _solvedLength;
    private ulong _chance = 0x9E3779B97F4A7C15;

    /// <summary>Steps made so far, in all searches.</summary>
    public long Steps { get; private set; }

    /// <summary>Called with a column and its new value after each step that moved it.</summary>
    public Action<int, double>? Moved { get; set; }

    /// <summary>Called after each step of a search for an optimum; false ends the search.</summary>
    public Func<bool>? Stepped { get; set; }

    /// <summary>Multipliers of the rows: of the reached optimum, or of emptiness.</summary>
    public double[] Multipliers { get; }

    public SparseSimplex(Polytope polytope)
    {
        _polytope = polytope;
        (_rows, _columns) = (polytope.Rows, polytope.Columns);
        var all = _rows + _columns;
        (_low, _high, _value, _cost, _slope, _columnWeight) = (new double[all], new double[all], new double[all], new double[all], new double[all], new double[all]);
        (_weight, _head, _place) = (new double[_rows], new int[_rows], new int[all]);
        _coefficients = Array.ConvertAll(polytope.ColumnCoefficient, c => (double)c);
        _unitRow = [.. Enumerable.Range(0, _rows)];
        (_byRow, _byPlace, _ray, _solved, _tau) = (new double[_rows], new double[_rows], new double[_rows], new double[_rows], new double[_rows]);
        (_line, _lineColumns, _solvedPlaces, Multipliers) = (new double[all], new int[all], new int[_rows], new double[_rows]);
        _factor = new BasisFactor(_rows);
        for (var c = 0; c < _columns; c++)
        {
            _low[c] = polytope.Low[c] == -Polytope.None ? double.NegativeInfinity : polytope.Low[c];
            _high[c] = polytope.High[c] == Polytope.None ? double.PositiveInfinity : polytope.High[c];
            _value[c] = Rest(c);
        }

        Array.Fill(_place, -1);
        Array.Fill(_weight, 1);
        Crash();
    }

    public double Value(int column) => _value[column];

    /// <summary>Changes the bounds of a column. What stood at a bound goes with it; <see cref="Repair"/> finds a point again.</summary>
    public void Bound(int column, long low, long high)
    {
        _low[column] = low == -Polytope.None ? double.NegativeInfinity : low;
        _high[column] = high == Polytope.None ? double.PositiveInfinity : high;
        if (_place[column] < 0)
        {
            _value[column] = double.IsFinite(_value[column]) && (_value[column] < _low[column] || _value[column] > _high[column]) ? Math.Clamp(_value[column], _low[column], _high[column]) : Nearest(column);
        }
    }

    /// <summary>
    /// Finds a point within all bounds, with made-up costs that make the present place optimal, or multipliers that show there is none.
    /// </summary>
    public Ending Repair(int steps)
    {
        Refresh();
        Array.Clear(_cost);
        for (var j = 0; j < _slope.Length; j++)
        {
            _slope[j] = _place[j] >= 0 || (double.IsNegativeInfinity(_low[j]) && double.IsPositiveInfinity(_high[j])) ? 0 : (AtLow(j) ? 1 : -1) * (1 + Chance());
        }

        for (var step = 0; step < steps; step++)
        {
            if (_factor.IsWorn)
            {
                Refresh();
            }

            var leaving = WorstPlace();
            if (leaving < 0)
            {
                if (_factor.Exchanges == 0)
                {
                    return Ending.Reached;
                }

                Refresh();
                if (WorstPlace() < 0)
                {
                    return Ending.Reached;
                }

                continue;
            }

            var ending = DualStep(leaving);
            if (ending == Ending.Empty && _factor.Exchanges > 0)
            {
                Refresh();
                leaving = WorstPlace();
                ending = leaving < 0 ? Ending.Reached : DualStep(leaving);
            }

            if (ending is Ending.Empty or Ending.GaveUp)
            {
                return ending;
            }
        }

        return Ending.GaveUp;
    }

    /// <summary>Makes the sum of the columns times their costs least, from a point within all bounds.</summary>
    public Ending Least(IReadOnlyList<(int Column, double Cost)> costs, int steps)
    {
        Array.Clear(_cost);
        foreach (var (column, cost) in costs)
        {
            _cost[column] += cost;
        }

        Array.Fill(_columnWeight, 1);
        Refresh();
        if (WorstPlace() >= 0)
        {
            return Ending.GaveUp;
        }

        Slopes();
        for (var step = 0; step < steps; step++)
        {
            if (_factor.IsWorn)
            {
                Refresh();
                Slopes();
            }

            var entering = Steepest();
            if (entering < 0)
            {
                if (_factor.Exchanges > 0)
                {
                    Refresh();
                }

                Slopes();
                if (Steepest() >= 0)
                {
                    continue;
                }

                return WorstPlace() < 0 ? Ending.Reached : Ending.GaveUp;
            }

            if (PrimalStep(entering) is var ending && ending != Ending.Reached)
            {
                return ending;
            }

            if (Stepped is not null && !Stepped())
            {
                return Ending.GaveUp;
            }
        }

        return Ending.GaveUp;
    }

    private Ending DualStep(int leaving)
    {
        var column = _head[leaving];
        var above = _value[column] > _high[column];
        var end = above ? _high[column] : _low[column];
        Line(leaving);
        var way = above ? 1.0 : -1.0;
        var entering = Flip(leaving, way, Math.Abs(_value[column] - end));
        if (entering < 0)
        {
            Array.Copy(_ray, Multipliers, _rows);
            return Ending.Empty;
        }

        Solve(entering);
        if (Math.Abs(_solved[leaving] - _line[entering]) > 1e-6 * (1 + Math.Abs(_line[entering])) || Math.Abs(_solved[leaving]) < PivotLeast)
        {
            if (_factor.Exchanges == 0)
            {
                return Ending.GaveUp;
            }

            Refresh();
            return Ending.Reached;
        }

        var step = _slope[entering] / _line[entering];
        if (step * way < 0)
        {
            step = 0;
        }

        for (var k = 0; k < _lineLength; k++)
        {
            _slope[_lineColumns[k]] -= step * _line[_lineColumns[k]];
        }

        _slope[entering] = 0;
        _slope[column] = -step;
        var length = (_value[column] - end) / _solved[leaving];
        Weigh(leaving);
        Shift(entering, length);
        _value[column] = end;
        Exchange(leaving, entering);
        return Ending.Reached;
    }

    /// <summary>Chooses the entering column; columns passed on the way go to their other bound, as long as that does not overshoot (Maros 2003).</summary>
    private int Flip(int leaving, double way, double missing)
    {
        var candidates = new List<(double Ratio, int Column)>();
        for (var k = 0; k < _lineLength; k++)
        {
            var j = _lineColumns[k];
            var slope = way * _line[j];
            if (Math.Abs(slope) > 1e-9 && _low[j] < _high[j] && (IsFree(j) || (AtLow(j) ? slope > 0 : slope < 0)))
            {
                candidates.Add((Math.Max(0, _slope[j] / slope), j));
            }
        }

        candidates.Sort();
        var flips = new List<int>();
        for (var k = 0; k < candidates.Count;)
        {
            // Columns at nearly the same ratio stand together: the one with the greatest pivot enters.
            var (upTo, best) = (k, candidates[k].Column);
            var room = 0.0;
            while (upTo < candidates.Count && candidates[upTo].Ratio <= candidates[k].Ratio + 1e-9)
            {
                var j = candidates[upTo++].Column;
                room += Math.Abs(_line[j]) * (_high[j] - _low[j]);
                best = Math.Abs(_line[j]) > Math.Abs(_line[best]) ? j : best;
            }

            if (missing - room > Within && !double.IsInfinity(room))
            {
                missing -= room;
                for (; k < upTo; k++)
                {
                    flips.Add(candidates[k].Column);
                }

                continue;
            }

            if (Math.Abs(_line[best]) < PivotLeast)
            {
                k = upTo;
                continue;
            }

            FlipAll(flips);
            return best;
        }

        return -1;
    }

    private void FlipAll(List<int> flips)
    {
        if (flips.Count == 0)
        {
            return;
        }

        foreach (var j in flips)
        {
            var to = AtLow(j) ? _high[j] : _low[j];
            Spread(j, to - _value[j], _byRow);
            _value[j] = to;
            Moved?.Invoke(j, to);
        }

        _factor.Forward(_byRow, _tau);
        for (var p = 0; p < _rows; p++)
        {
            if (_tau[p] != 0)
            {
                _value[_head[p]] -= _tau[p];
                Moved?.Invoke(_head[p], _value[_head[p]]);
            }
        }
    }

    private void Weigh(int leaving)
    {
        Array.Copy(_ray, _byRow, _rows);
        _factor.Forward(_byRow, _tau);
        var (own, pivot) = (_weight[leaving], _solved[leaving]);
        for (var k = 0; k < _solvedLength; k++)
        {
            var p = _solvedPlaces[k];
            if (p != leaving)
            {
                var ratio = _solved[p] / pivot;
                _weight[p] = Math.Max(1e-4, _weight[p] - (2 * ratio * _tau[p]) + (ratio * ratio * own));
            }
        }

        _weight[leaving] = Math.Max(1e-4, own / (pivot * pivot));
    }

    private Ending PrimalStep(int entering)
    {
        var way = _slope[entering] < 0 ? 1.0 : -1.0;
        Solve(entering);
        var (leaving, length, end) = Blocking(entering, way);
        if (double.IsPositiveInfinity(length))
        {
            return Ending.Unbounded;
        }

        if (leaving < 0)
        {
            var to = way > 0 ? _high[entering] : _low[entering];
            Shift(entering, to - _value[entering]);
            _value[entering] = to;
            Moved?.Invoke(entering, to);
            return Ending.Reached;
        }

        Line(leaving);
        if (Math.Abs(_solved[leaving] - _line[entering]) > 1e-6 * (1 + Math.Abs(_line[entering])))
        {
            if (_factor.Exchanges == 0)
            {
                return Ending.GaveUp;
            }

            Refresh();
            Slopes();
            return WorstPlace() < 0 ? Ending.Reached : Ending.GaveUp;
        }

        var step = _slope[entering] / _line[entering];
        var (column, own) = (_head[leaving], _columnWeight[entering] / (_line[entering] * _line[entering]));
        for (var k = 0; k < _lineLength; k++)
        {
            var j = _lineColumns[k];
            _slope[j] -= step * _line[j];
            _columnWeight[j] = Math.Max(_columnWeight[j], _line[j] * _line[j] * own);
        }

        _slope[entering] = 0;
        _slope[column] = -step;
        _columnWeight[column] = Math.Max(1, own);
        Shift(entering, way * length);
        _value[column] = end;
        Moved?.Invoke(column, end);
        Exchange(leaving, entering);
        return Ending.Reached;
    }

    /// <summary>What stops the entering column first, with a little tolerance so that among near equals the greatest pivot is taken (Harris 1973).</summary>
    private (int Leaving, double Length, double End) Blocking(int entering, double way)
    {
        var limit = double.PositiveInfinity;
        for (var k = 0; k < _solvedLength; k++)
        {
            var p = _solvedPlaces[k];
            var rate = -way * _solved[p];
            if (Math.Abs(rate) > 1e-9)
            {
                var j = _head[p];
                var room = rate > 0 ? _high[j] - _value[j] : _value[j] - _low[j];
                limit = Math.Min(limit, (room + 1e-8) / Math.Abs(rate));
            }
        }

        var own = _high[entering] - _low[entering];
        if (own <= limit)
        {
            return (-1, own, 0);
        }

        var (leaving, pivot, length, end) = (-1, 0.0, double.PositiveInfinity, 0.0);
        for (var k = 0; k < _solvedLength; k++)
        {
            var p = _solvedPlaces[k];
            var rate = -way * _solved[p];
            if (Math.Abs(rate) > 1e-9 && Math.Abs(rate) > pivot)
            {
                var j = _head[p];
                var room = rate > 0 ? _high[j] - _value[j] : _value[j] - _low[j];
                if (room / Math.Abs(rate) <= limit)
                {
                    (leaving, pivot, length, end) = (p, Math.Abs(rate), Math.Max(0, room / Math.Abs(rate)), rate > 0 ? _high[j] : _low[j]);
                }
            }
        }

        return (leaving, length, end);
    }

    private int Steepest()
    {
        var (best, greatest) = (-1, 0.0);
        for (var j = 0; j < _slope.Length; j++)
        {
            var slope = _slope[j];
            if (slope is < -DualWithin or > DualWithin && _place[j] < 0 && _low[j] < _high[j] && (slope < 0 ? _value[j] < _high[j] : _value[j] > _low[j]))
            {
                var worth = slope * slope / _columnWeight[j];
                if (worth > greatest)
                {
                    (best, greatest) = (j, worth);
                }
            }
        }

        return best;
    }

    private int WorstPlace()
    {
        var (worst, greatest) = (-1, 0.0);
        for (var p = 0; p < _rows; p++)
        {
            var j = _head[p];
            var outside = Math.Max(_low[j] - _value[j], _value[j] - _high[j]);
            if (outside > Within)
            {
                var worth = outside * outside / _weight[p];
                if (worth > greatest)
                {
                    (worst, greatest) = (p, worth);
                }
            }
        }

        return worst;
    }

    private void Shift(int entering, double by)
    {
        if (by == 0)
        {
            return;
        }

        _value[entering] += by;
        Moved?.Invoke(entering, _value[entering]);
        for (var k = 0; k < _solvedLength; k++)
        {
            var p = _solvedPlaces[k];
            _value[_head[p]] -= by * _solved[p];
            Moved?.Invoke(_head[p], _value[_head[p]]);
        }
    }

    private void Exchange(int leaving, int entering)
    {
        _place[_head[leaving]] = -1;
        (_head[leaving], _place[entering]) = (entering, leaving);
        _factor.Exchange(leaving, _solved, _solvedPlaces.AsSpan(0, _solvedLength));
        Steps++;
    }

    private void Solve(int column)
    {
        Spread(column, 1, _byRow);
        _factor.Forward(_byRow, _solved);
        _solvedLength = 0;
        for (var p = 0; p < _rows; p++)
        {
            if (_solved[p] != 0)
            {
                _solvedPlaces[_solvedLength++] = p;
            }
        }
    }

    /// <summary>The line of the tableau of a place: how each column outside the basis moves what stands there.</summary>
    private void Line(int place)
    {
        for (var k = 0; k < _lineLength; k++)
        {
            _line[_lineColumns[k]] = 0;
        }

        _lineLength = 0;
        _byPlace[place] = 1;
        _factor.Backward(_byPlace, _ray);
        for (var r = 0; r < _rows; r++)
        {
            var times = _ray[r];
            if (times == 0)
            {
                continue;
            }

            for (var k = _polytope.RowStart[r]; k < _polytope.RowStart[r + 1]; k++)
            {
                Add(_polytope.RowColumn[k], times * _polytope.RowCoefficient[k]);
            }

            Add(_columns + r, times);
        }
    }

    private void Add(int column, double term)
    {
        if (_place[column] >= 0)
        {
            return;
        }

        if (_line[column] == 0)
        {
            _lineColumns[_lineLength++] = column;
        }

        var sum = _line[column] + term;
        _line[column] = sum == 0 ? 1e-300 : sum;
    }

    private void Spread(int column, double by, double[] into)
    {
        if (column >= _columns)
        {
            into[column - _columns] += by;
            return;
        }

        for (var k = _polytope.ColumnStart[column]; k < _polytope.ColumnStart[column + 1]; k++)
        {
            into[_polytope.ColumnRow[k]] += by * _coefficients[k];
        }
    }

    private void Slopes()
    {
        for (var p = 0; p < _rows; p++)
        {
            _byPlace[p] = _cost[_head[p]];
        }

        _factor.Backward(_byPlace, Multipliers);
        for (var j = 0; j < _columns; j++)
        {
            var slope = _cost[j];
            for (var k = _polytope.ColumnStart[j]; k < _polytope.ColumnStart[j + 1]; k++)
            {
                slope -= Multipliers[_polytope.ColumnRow[k]] * _coefficients[k];
            }

            _slope[j] = _place[j] >= 0 ? 0 : slope;
        }

        for (var r = 0; r < _rows; r++)
        {
            _slope[_columns + r] = _place[_columns + r] >= 0 ? 0 : -Multipliers[r];
        }
    }

    /// <summary>Takes the basis apart anew and computes what stands in it from what stands outside.</summary>
    private void Refresh()
    {
        if (_factor.Exchanges > 0 || Steps == 0)
        {
            while (_factor.Take(Entries) is { Count: > 0 } dependent)
            {
                foreach (var (place, row) in dependent)
                {
                    var thrown = _head[place];
                    _place[thrown] = -1;
                    _value[thrown] = Nearest(thrown);
                    Moved?.Invoke(thrown, _value[thrown]);
                    (_head[place], _place[_columns + row], _weight[place]) = (_columns + row, place, 1);
                }
            }
        }

        for (var r = 0; r < _rows; r++)
        {
            _byRow[r] = _polytope.Constant[r];
        }

        for (var j = 0; j < _value.Length; j++)
        {
            if (_place[j] < 0 && _value[j] != 0)
            {
                Spread(j, -_value[j], _byRow);
            }
        }

        _factor.Forward(_byRow, _tau);
        for (var p = 0; p < _rows; p++)
        {
            _value[_head[p]] = _tau[p];
            Moved?.Invoke(_head[p], _tau[p]);
        }
    }

    private (int[] Rows, double[] Values, int From, int To) Entries(int place)
    {
        var column = _head[place];
        return column >= _columns
            ? (_unitRow, _ones ??= Filled(), column - _columns, column - _columns + 1)
            : (_polytope.ColumnRow, _coefficients, _polytope.ColumnStart[column], _polytope.ColumnStart[column + 1]);
    }

    private double[]? _ones;

    private double[] Filled()
    {
        var ones = new double[_rows];
        Array.Fill(ones, 1.0);
        return ones;
    }

    /// <summary>A first basis that is a triangle: each row takes a column that no later row needs, wide ones first; where none is left the row's own unit.</summary>
    private void Crash()
    {
        var (left, taken, queue) = (new int[_columns], new bool[_rows], new Stack<int>());
        for (var c = 0; c < _columns; c++)
        {
            left[c] = _polytope.ColumnStart[c + 1] - _polytope.ColumnStart[c];
        }

        var order = Enumerable.Range(0, _columns).Where(c => _low[c] < _high[c]).OrderBy(c => _high[c] - _low[c]).ToArray();
        foreach (var c in order.Where(c => left[c] == 1))
        {
            queue.Push(c);
        }

        for (var next = order.Length - 1; ;)
        {
            while (queue.TryPop(out var column))
            {
                if (left[column] == 1)
                {
                    Close(RowLeft(column), column);
                }
            }

            while (next >= 0 && (left[order[next]] != 2 || _place[order[next]] >= 0))
            {
                next--;
            }

            if (next < 0)
            {
                break;
            }

            var row = RowLeft(order[next]);
            Close(row, _columns + row);
        }

        for (var r = 0; r < _rows; r++)
        {
            if (!taken[r])
            {
                Close(r, _columns + r);
            }
        }

        int RowLeft(int column)
        {
            var k = _polytope.ColumnStart[column];
            while (taken[_polytope.ColumnRow[k]])
            {
                k++;
            }

            return _polytope.ColumnRow[k];
        }

        void Close(int row, int column)
        {
            (taken[row], _head[row], _place[column]) = (true, column, row);
            for (var k = _polytope.RowStart[row]; k < _polytope.RowStart[row + 1]; k++)
            {
                var other = _polytope.RowColumn[k];
                if (--left[other] == 1 && _place[other] < 0 && _low[other] < _high[other])
                {
                    queue.Push(other);
                }
            }
        }
    }

    private bool IsFree(int j) => double.IsNegativeInfinity(_low[j]) && double.IsPositiveInfinity(_high[j]);

    private bool AtLow(int j) => _value[j] <= _low[j] || (_value[j] < _high[j] && double.IsPositiveInfinity(_high[j]));

    private double Rest(int j) => !double.IsNegativeInfinity(_low[j]) ? _low[j] : !double.IsPositiveInfinity(_high[j]) ? _high[j] : 0;

    private double Nearest(int j) =>
        IsFree(j) ? 0 : double.IsNegativeInfinity(_low[j]) ? _high[j] : double.IsPositiveInfinity(_high[j]) || _value[j] - _low[j] <= _high[j] - _value[j] ? _low[j] : _high[j];

    private double Chance()
    {
        _chance ^= _chance << 13;
        _chance ^= _chance >> 7;
        _chance ^= _chance << 17;
        return (_chance >> 11) * (1.0 / (1UL << 53));
    }
}
