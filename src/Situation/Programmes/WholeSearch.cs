namespace Safeconduct.Situation.Programmes;

/// <summary>Looks for a point in whole numbers: a point within all bounds, then one column that lies between two whole numbers is put to either side, and so on.</summary>
internal sealed class WholeSearch
{
    /// <summary>How many points are looked at before the search ends with nothing known.</summary>
    public const int Few = 60;

    private readonly Polytope _polytope;
    private readonly SparseSimplex _simplex;
    private readonly WholePoint _point;
    private readonly long[] _low;
    private readonly long[] _high;

    /// <summary>Whether the last search tried everything: then there is no whole-number point.</summary>
    public bool IsComplete { get; private set; }

    public WholeSearch(Polytope polytope, IEnumerable<(int Column, long Low, long High)> bounds)
    {
        (_polytope, _simplex, _point, _low, _high) = (polytope, new SparseSimplex(polytope), new WholePoint(polytope), [.. polytope.Low], [.. polytope.High]);
        foreach (var (column, low, high) in bounds)
        {
            Bound(column, Math.Max(low, _low[column]), Math.Min(high, _high[column]));
        }
    }

    /// <summary>Puts a column between other bounds for the searches to come; what is within the bounds of the polytope may be widened again.</summary>
    public void Narrow(int column, long low, long high)
    {
        if (low != _low[column] || high != _high[column])
        {
            Bound(column, low, high);
        }
    }

    public long[]? Find(int looks)
    {
        IsComplete = true;
        return Look(ref looks);
    }

    private long[]? Look(ref int looks)
    {
        if (looks-- <= 0)
        {
            IsComplete = false;
            return null;
        }

        var ending = _simplex.Repair(2_000 + (4 * _polytope.Rows));
        if (ending != Ending.Reached)
        {
            IsComplete &= ending == Ending.Empty;
            return null;
        }

        var between = -1;
        for (var c = 0; c < _polytope.Columns; c++)
        {
            var value = _simplex.Value(c);
            _point.Follow(c, value);
            between = between < 0 && Math.Abs(value - Math.Round(value)) > 1e-6 ? c : between;
        }

        if (_point.IsWitness)
        {
            return _point.Values.ToArray();
        }

        if (between < 0)
        {
            IsComplete = false;
            return null;
        }

        var (low, high, at) = (_low[between], _high[between], _simplex.Value(between));
        Bound(between, low, (long)Math.Floor(at));
        var found = Look(ref looks);
        if (found is null)
        {
            Bound(between, (long)Math.Ceiling(at), high);
            found = Look(ref looks);
        }

        Bound(between, low, high);
        return found;
    }

    private void Bound(int column, long low, long high)
    {
        (_low[column], _high[column]) = (low, high);
        _simplex.Bound(column, low, high);
    }
}
