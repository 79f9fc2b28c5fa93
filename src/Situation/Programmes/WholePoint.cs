namespace Safeconduct.Situation.Programmes;

/// <summary>
/// A point whose columns are whole numbers, with an exact account of which rows it breaks and which columns stand outside their bounds. It follows a search in
/// floating numbers column by column; only when nothing is broken, outside or between whole numbers is it a witness, and then by exact addition alone.
/// </summary>
internal sealed class WholePoint
{
    private readonly Polytope _polytope;
    private readonly long[] _value;
    private readonly bool[] _between;
    private readonly Int128[] _missing;
    private int _broken;
    private int _outside;
    private int _fractional;

    public WholePoint(Polytope polytope)
    {
        _polytope = polytope;
        (_value, _between, _missing) = (new long[polytope.Columns], new bool[polytope.Columns], new Int128[polytope.Rows]);
        for (var r = 0; r < polytope.Rows; r++)
        {
            _missing[r] = polytope.Constant[r];
            _broken += _missing[r] == 0 ? 0 : 1;
        }

        for (var c = 0; c < polytope.Columns; c++)
        {
            _outside += IsOutside(c) ? 1 : 0;
        }
    }

    /// <summary>All rows hold, all columns are within their bounds, all are whole numbers.</summary>
    public bool IsWitness => (_broken | _outside | _fractional) == 0;

    public long this[int column] => _value[column];

    public ReadOnlySpan<long> Values => _value;

    /// <summary>Follows a floating number: the nearest whole number is taken, and remembered as none where it is not near.</summary>
    public void Follow(int column, double value)
    {
        var near = Math.Abs(value) < 1e15 ? Math.Round(value) : 0;
        var between = !(Math.Abs(value - near) <= 1e-6);
        if (between != _between[column])
        {
            _between[column] = between;
            _fractional += between ? 1 : -1;
        }

        Set(column, (long)near);
    }

    public void Set(int column, long value)
    {
        var by = value - _value[column];
        if (by == 0)
        {
            return;
        }

        _outside -= IsOutside(column) ? 1 : 0;
        _value[column] = value;
        _outside += IsOutside(column) ? 1 : 0;
        for (var k = _polytope.ColumnStart[column]; k < _polytope.ColumnStart[column + 1]; k++)
        {
            ref var missing = ref _missing[_polytope.ColumnRow[k]];
            _broken -= missing == 0 ? 0 : 1;
            missing -= (Int128)by * _polytope.ColumnCoefficient[k];
            _broken += missing == 0 ? 0 : 1;
        }
    }

    private bool IsOutside(int column) => _value[column] < _polytope.Low[column] || _value[column] > _polytope.High[column];
}
