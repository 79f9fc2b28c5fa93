namespace Safeconduct.Situation.Programmes;

/// <summary>
/// A square matrix of columns taken apart into triangles, so that systems with it are solved fast: first whatever peels off one by one, then what is left by
/// Markowitz's rule (Markowitz 1957); column exchanges since then as a chain of single columns (product form). Floating numbers: nothing that comes from here
/// is an answer before it was added up exactly elsewhere.
/// </summary>
internal sealed class BasisFactor
{
    private const double Nothing = 1e-13;
    private readonly int _size;
    private readonly int[] _pivotRow;
    private readonly int[] _pivotPlace;
    private readonly double[] _pivot;
    private readonly double[] _work;
    private readonly Sparse _lower = new();
    private readonly Sparse _upperRows = new();
    private readonly Sparse _upperColumns = new();
    private readonly Sparse _exchanges = new();
    private readonly List<int> _lowerAt = [];
    private readonly List<int> _exchangedPlace = [];
    private readonly List<double> _exchangedPivot = [];
    private int _pivots;

    public BasisFactor(int size)
    {
        _size = size;
        (_pivotRow, _pivotPlace, _pivot, _work) = (new int[size], new int[size], new double[size], new double[size]);
    }

    /// <summary>How many columns were exchanged since it was last taken apart.</summary>
    public int Exchanges => _exchangedPlace.Count;

    /// <summary>Whether solving has become slower than taking apart again is worth.</summary>
    public bool IsWorn => Exchanges >= 100 || _exchanges.Length > (10 * _size) + 20_000;

    /// <summary>
    /// Takes the matrix apart. <paramref name="columns"/> names the entries of the column at each place. Places whose column depends on others are returned
    /// with the row that is left over for each: put a unit column of that row there and try again.
    /// </summary>
    public List<(int Place, int Row)> Take(Func<int, (int[] Rows, double[] Values, int From, int To)> columns)
    {
        _lower.Clear();
        _upperRows.Clear();
        _upperColumns.Clear();
        _exchanges.Clear();
        _lowerAt.Clear();
        _exchangedPlace.Clear();
        _exchangedPivot.Clear();
        _pivots = 0;
        var left = new Peeling(this, columns).Run();
        if (left.Count == 0)
        {
            TurnUpper();
        }

        return left;
    }

    /// <summary>Solves B x = a. <paramref name="byRow"/> holds a and is cleared; the answer goes to <paramref name="byPlace"/>.</summary>
    public void Forward(double[] byRow, double[] byPlace)
    {
        for (var i = 0; i < _lowerAt.Count; i++)
        {
            var value = byRow[_pivotRow[_lowerAt[i]]];
            if (value != 0)
            {
                for (var k = _lower.Start(i); k < _lower.Start(i + 1); k++)
                {
                    byRow[_lower.Index[k]] -= _lower.Value[k] * value;
                }
            }
        }

        for (var p = _size - 1; p >= 0; p--)
        {
            var row = _pivotRow[p];
            var value = byRow[row];
            if (value == 0)
            {
                byPlace[_pivotPlace[p]] = 0;
                continue;
            }

            byRow[row] = 0;
            value = Math.Abs(value) < Nothing ? 0 : value / _pivot[p];
            byPlace[_pivotPlace[p]] = value;
            if (value != 0)
            {
                for (var k = _upperColumns.Start(p); k < _upperColumns.Start(p + 1); k++)
                {
                    byRow[_upperColumns.Index[k]] -= _upperColumns.Value[k] * value;
                }
            }
        }

        for (var e = 0; e < _exchangedPlace.Count; e++)
        {
            var place = _exchangedPlace[e];
            if (byPlace[place] != 0)
            {
                var value = byPlace[place] /= _exchangedPivot[e];
                for (var k = _exchanges.Start(e); k < _exchanges.Start(e + 1); k++)
                {
                    byPlace[_exchanges.Index[k]] -= _exchanges.Value[k] * value;
                }
            }
        }
    }

    /// <summary>Solves B^T y = c. <paramref name="byPlace"/> holds c and is cleared; the answer goes to <paramref name="byRow"/>.</summary>
    public void Backward(double[] byPlace, double[] byRow)
    {
        for (var e = _exchangedPlace.Count - 1; e >= 0; e--)
        {
            var sum = byPlace[_exchangedPlace[e]];
            for (var k = _exchanges.Start(e); k < _exchanges.Start(e + 1); k++)
            {
                sum -= _exchanges.Value[k] * byPlace[_exchanges.Index[k]];
            }

            byPlace[_exchangedPlace[e]] = sum / _exchangedPivot[e];
        }

        for (var p = 0; p < _size; p++)
        {
            var value = byPlace[_pivotPlace[p]];
            if (value == 0)
            {
                byRow[_pivotRow[p]] = 0;
                continue;
            }

            byPlace[_pivotPlace[p]] = 0;
            value = Math.Abs(value) < Nothing ? 0 : value / _pivot[p];
            byRow[_pivotRow[p]] = value;
            if (value != 0)
            {
                for (var k = _upperRows.Start(p); k < _upperRows.Start(p + 1); k++)
                {
                    byPlace[_upperRows.Index[k]] -= _upperRows.Value[k] * value;
                }
            }
        }

        for (var i = _lowerAt.Count - 1; i >= 0; i--)
        {
            var row = _pivotRow[_lowerAt[i]];
            var sum = byRow[row];
            for (var k = _lower.Start(i); k < _lower.Start(i + 1); k++)
            {
                sum -= _lower.Value[k] * byRow[_lower.Index[k]];
            }

            byRow[row] = Math.Abs(sum) < Nothing ? 0 : sum;
        }
    }

    /// <summary>Exchanges the column at a place for another one, given as B^-1 times it.</summary>
    public void Exchange(int place, double[] solved, ReadOnlySpan<int> places)
    {
        _exchangedPlace.Add(place);
        _exchangedPivot.Add(solved[place]);
        foreach (var other in places)
        {
            if (other != place)
            {
                _exchanges.Add(other, solved[other]);
            }
        }

        _exchanges.Close();
    }

    // The rows of the upper triangle are found first; solving forward wants its columns, in the order of the pivots.
    private void TurnUpper()
    {
        var order = new int[_size];
        for (var p = 0; p < _size; p++)
        {
            order[_pivotPlace[p]] = p;
        }

        var count = new int[_size + 1];
        for (var k = 0; k < _upperRows.Length; k++)
        {
            count[order[_upperRows.Index[k]] + 1]++;
        }

        for (var p = 0; p < _size; p++)
        {
            count[p + 1] += count[p];
        }

        _upperColumns.Shape(count);
        var next = count[..^1];
        for (var p = 0; p < _size; p++)
        {
            for (var k = _upperRows.Start(p); k < _upperRows.Start(p + 1); k++)
            {
                var at = next[order[_upperRows.Index[k]]]++;
                (_upperColumns.Index[at], _upperColumns.Value[at]) = (_pivotRow[p], _upperRows.Value[k]);
            }
        }
    }

    /// <summary>Lists of (index, value) one behind the other.</summary>
    private sealed class Sparse
    {
        private int[] _starts = new int[64];
        private int _lists;

        public int[] Index { get; private set; } = new int[256];

        public double[] Value { get; private set; } = new double[256];

        public int Length { get; private set; }

        public int Start(int list) => _starts[list];

        public void Clear() => (_lists, Length) = (0, 0);

        public void Add(int index, double value)
        {
            if (Length == Index.Length)
            {
                Grow(2 * Length);
            }

            (Index[Length], Value[Length]) = (index, value);
            Length++;
        }

        public void Close()
        {
            _lists++;
            if (_lists == _starts.Length)
            {
                Array.Resize(ref _starts, 2 * _lists);
            }

            _starts[_lists] = Length;
        }

        public void Shape(int[] starts)
        {
            (_starts, _lists, Length) = (starts.Length > 64 ? starts : [.. starts, .. new int[64]], starts.Length - 1, starts[^1]);
            if (Length > Index.Length)
            {
                Grow(Length);
            }
        }

        private void Grow(int size)
        {
            var (index, value) = (Index, Value);
            Array.Resize(ref index, size);
            Array.Resize(ref value, size);
            (Index, Value) = (index, value);
        }
    }

    /// <summary>One taking apart: active rows and columns shrink until none is left, or those left depend on the others.</summary>
    private sealed class Peeling
    {
        private readonly BasisFactor _to;
        private readonly int _size;
        private readonly int[][] _rowPlaces;
        private readonly double[][] _rowValues;
        private readonly int[] _rowCount;
        private readonly int[][] _placeRows;
        private readonly int[] _placeCount;
        private readonly bool[] _rowDone;
        private readonly bool[] _placeDone;
        private readonly int[] _spot;
        private readonly List<int>[] _byCount = [[], [], [], [], [], [], [], []];
        private readonly Stack<int> _singleRows = new();

        public Peeling(BasisFactor to, Func<int, (int[] Rows, double[] Values, int From, int To)> columns)
        {
            (_to, _size) = (to, to._size);
            (_rowPlaces, _rowValues, _rowCount) = (new int[_size][], new double[_size][], new int[_size]);
            (_placeRows, _placeCount, _rowDone, _placeDone, _spot) = (new int[_size][], new int[_size], new bool[_size], new bool[_size], new int[_size]);
            for (var p = 0; p < _size; p++)
            {
                var (rows, _, from, end) = columns(p);
                _placeRows[p] = rows[from..end];
                _placeCount[p] = end - from;
                foreach (var row in _placeRows[p])
                {
                    _rowCount[row]++;
                }
            }

            for (var r = 0; r < _size; r++)
            {
                (_rowPlaces[r], _rowValues[r], _rowCount[r]) = (new int[_rowCount[r]], new double[_rowCount[r]], 0);
            }

            for (var p = 0; p < _size; p++)
            {
                var (rows, values, from, end) = columns(p);
                for (var k = from; k < end; k++)
                {
                    var at = _rowCount[rows[k]]++;
                    (_rowPlaces[rows[k]][at], _rowValues[rows[k]][at]) = (p, values[k]);
                }

                Queue(p);
            }

            for (var r = 0; r < _size; r++)
            {
                if (_rowCount[r] == 1)
                {
                    _singleRows.Push(r);
                }
            }
        }

        public List<(int Place, int Row)> Run()
        {
            while (Next() is var (row, place) && row >= 0)
            {
                Eliminate(row, place);
            }

            var rows = Enumerable.Range(0, _size).Where(r => !_rowDone[r]);
            var places = Enumerable.Range(0, _size).Where(p => !_placeDone[p]);
            return [.. places.Zip(rows)];
        }

        private void Queue(int place) => _byCount[Math.Min(_placeCount[place], _byCount.Length - 1)].Add(place);

        private (int Row, int Place) Next()
        {
            if (Take(1) is var (row, place) && row >= 0)
            {
                return (row, place);
            }

            while (_singleRows.TryPop(out var single))
            {
                if (!_rowDone[single] && _rowCount[single] == 1 && Math.Abs(_rowValues[single][0]) > 1e-9)
                {
                    return (single, _rowPlaces[single][0]);
                }
            }

            for (var count = 2; count < _byCount.Length; count++)
            {
                if (Take(count) is var (r, p) && r >= 0)
                {
                    return (r, p);
                }
            }

            return (-1, -1);
        }

        // A place stands in the list of every count it ever had; only the newest is true. In the last list counts differ, and any of them will do.
        private (int Row, int Place) Take(int count)
        {
            var list = _byCount[count];
            while (list.Count > 0)
            {
                var place = list[^1];
                list.RemoveAt(list.Count - 1);
                if (!_placeDone[place] && Math.Min(_placeCount[place], _byCount.Length - 1) == count && BestRow(place) is >= 0 and var row)
                {
                    return (row, place);
                }
            }

            return (-1, -1);
        }

        private int BestRow(int place)
        {
            var greatest = 0.0;
            for (var k = 0; k < _placeCount[place]; k++)
            {
                greatest = Math.Max(greatest, Math.Abs(At(_placeRows[place][k], place)));
            }

            var best = -1;
            for (var k = 0; k < _placeCount[place] && greatest > 1e-9; k++)
            {
                var row = _placeRows[place][k];
                if (Math.Abs(At(row, place)) >= 0.1 * greatest && (best < 0 || _rowCount[row] < _rowCount[best]))
                {
                    best = row;
                }
            }

            return best;
        }

        private double At(int row, int place) => _rowValues[row][Array.IndexOf(_rowPlaces[row], place, 0, _rowCount[row])];

        private void Eliminate(int row, int place)
        {
            var (places, values, count) = (_rowPlaces[row], _rowValues[row], _rowCount[row]);
            var pivot = At(row, place);
            (_to._pivotRow[_to._pivots], _to._pivotPlace[_to._pivots], _to._pivot[_to._pivots]) = (row, place, pivot);
            for (var k = 0; k < count; k++)
            {
                if (places[k] != place)
                {
                    _to._upperRows.Add(places[k], values[k]);
                    Drop(places[k], row);
                }
            }

            _to._upperRows.Close();
            var wrote = false;
            for (var k = 0; k < _placeCount[place]; k++)
            {
                var other = _placeRows[place][k];
                if (other != row)
                {
                    var times = Remove(other, place) / pivot;
                    if (times != 0)
                    {
                        _to._lower.Add(other, times);
                        wrote = true;
                        Subtract(other, row, place, times);
                    }

                    if (_rowCount[other] == 1)
                    {
                        _singleRows.Push(other);
                    }
                }
            }

            if (wrote)
            {
                _to._lower.Close();
                _to._lowerAt.Add(_to._pivots);
            }

            for (var k = 0; k < count; k++)
            {
                if (places[k] != place)
                {
                    Queue(places[k]);
                }
            }

            (_rowDone[row], _placeDone[place], _rowPlaces[row], _rowValues[row]) = (true, true, [], []);
            _to._pivots++;
        }

        private void Subtract(int other, int row, int place, double times)
        {
            if (_rowCount[row] == 1)
            {
                return;
            }

            for (var k = 0; k < _rowCount[other]; k++)
            {
                _spot[_rowPlaces[other][k]] = k + 1;
            }

            for (var k = 0; k < _rowCount[row]; k++)
            {
                var at = _rowPlaces[row][k];
                if (at == place)
                {
                    continue;
                }

                var change = times * _rowValues[row][k];
                if (_spot[at] > 0)
                {
                    _rowValues[other][_spot[at] - 1] -= change;
                }
                else
                {
                    Append(other, at, -change);
                }
            }

            for (var k = 0; k < _rowCount[other]; k++)
            {
                _spot[_rowPlaces[other][k]] = 0;
            }

            for (var k = _rowCount[other] - 1; k >= 0; k--)
            {
                if (Math.Abs(_rowValues[other][k]) < 1e-11)
                {
                    var at = _rowPlaces[other][k];
                    Remove(other, at);
                    Drop(at, other);
                    Queue(at);
                }
            }
        }

        private void Append(int row, int place, double value)
        {
            if (_rowCount[row] == _rowPlaces[row].Length)
            {
                Array.Resize(ref _rowPlaces[row], (2 * _rowCount[row]) + 2);
                Array.Resize(ref _rowValues[row], (2 * _rowCount[row]) + 2);
            }

            (_rowPlaces[row][_rowCount[row]], _rowValues[row][_rowCount[row]]) = (place, value);
            _rowCount[row]++;
            if (_placeCount[place] == _placeRows[place].Length)
            {
                Array.Resize(ref _placeRows[place], (2 * _placeCount[place]) + 2);
            }

            _placeRows[place][_placeCount[place]++] = row;
        }

        private double Remove(int row, int place)
        {
            var at = Array.IndexOf(_rowPlaces[row], place, 0, _rowCount[row]);
            var value = _rowValues[row][at];
            var last = --_rowCount[row];
            (_rowPlaces[row][at], _rowValues[row][at]) = (_rowPlaces[row][last], _rowValues[row][last]);
            return value;
        }

        private void Drop(int place, int row)
        {
            var at = Array.IndexOf(_placeRows[place], row, 0, _placeCount[place]);
            _placeRows[place][at] = _placeRows[place][--_placeCount[place]];
        }
    }
}
