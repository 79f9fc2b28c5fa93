namespace Safeconduct.Situation.Programmes;

/// <summary>
/// Equations with whole-number coefficients and bounds on each column: what the simplex methods work on. Rows and columns are numbered from zero within it;
/// whoever made it keeps what they stand for. A bound that is absent is <see cref="None"/> below and above.
/// </summary>
public sealed class Polytope
{
    /// <summary>Beyond every stated number: no upper bound. Its negative: no lower bound.</summary>
    public const long None = long.MaxValue;

    public int Rows { get; }

    public int Columns { get; }

    internal int[] RowStart { get; }

    internal int[] RowColumn { get; }

    internal long[] RowCoefficient { get; }

    internal int[] ColumnStart { get; }

    internal int[] ColumnRow { get; }

    internal long[] ColumnCoefficient { get; }

    internal long[] Constant { get; }

    internal long[] Low { get; }

    internal long[] High { get; }

    /// <param name="rows">Each row: its terms, no column twice, and the constant they add up to.</param>
    /// <param name="low">The least value of each column, or -<see cref="None"/>.</param>
    /// <param name="high">The greatest value of each column, or <see cref="None"/>.</param>
    public Polytope(IReadOnlyList<(IReadOnlyList<(int Column, long Coefficient)> Terms, long Constant)> rows, long[] low, long[] high)
    {
        if (high.Length != low.Length)
        {
            throw new ArgumentException("Each column has a low and a high bound.", nameof(high));
        }

        (Rows, Columns, Low, High) = (rows.Count, low.Length, low, high);
        (RowStart, Constant) = (new int[Rows + 1], new long[Rows]);
        for (var r = 0; r < Rows; r++)
        {
            RowStart[r + 1] = RowStart[r] + rows[r].Terms.Count;
            Constant[r] = rows[r].Constant;
        }

        (RowColumn, RowCoefficient) = (new int[RowStart[Rows]], new long[RowStart[Rows]]);
        for (var r = 0; r < Rows; r++)
        {
            for (var k = 0; k < rows[r].Terms.Count; k++)
            {
                (RowColumn[RowStart[r] + k], RowCoefficient[RowStart[r] + k]) = rows[r].Terms[k];
            }
        }

        (ColumnStart, ColumnRow, ColumnCoefficient) = Turned();
    }

    private (int[] Start, int[] Row, long[] Coefficient) Turned()
    {
        var start = new int[Columns + 1];
        foreach (var column in RowColumn)
        {
            start[column + 1]++;
        }

        for (var c = 0; c < Columns; c++)
        {
            start[c + 1] += start[c];
        }

        var (next, row, coefficient) = (start[..^1], new int[RowColumn.Length], new long[RowColumn.Length]);
        for (var r = 0; r < Rows; r++)
        {
            for (var k = RowStart[r]; k < RowStart[r + 1]; k++)
            {
                var at = next[RowColumn[k]]++;
                (row[at], coefficient[at]) = (r, RowCoefficient[k]);
            }
        }

        return (start, row, coefficient);
    }
}
