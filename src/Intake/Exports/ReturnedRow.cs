using Safeconduct.Statements.Rows;

namespace Safeconduct.Intake.Exports;

/// <summary>One row of an export as it came back.</summary>
/// <param name="Place">For messages: "row 7", or "feature 7".</param>
/// <param name="Cells">A text for each column of <see cref="StatementRows"/>, null where the file has no such column any more. Unguarded.</param>
public sealed record ReturnedRow(string Place, IReadOnlyList<string?> Cells)
{
    public string? At(string column) => Cells[StatementRows.At[column]];
}

/// <summary>The columns of a table that came back, in whatever order they stand now.</summary>
public sealed class ReturnedColumns
{
    /// <summary>By these a table is known as an export of ours.</summary>
    private static readonly string[] Marks = ["id", "entry", "known_from", "modality"];

    private readonly int[] _at;

    private ReturnedColumns(int[] at) => _at = at;

    /// <summary>The columns that a first row names by their headers or their hashtags; null where the table is something else.</summary>
    public static ReturnedColumns? Of(IReadOnlyList<string> firstRow)
    {
        ArgumentNullException.ThrowIfNull(firstRow);
        var at = StatementRows.Columns.Select(c => Place(firstRow, c)).ToArray();
        return Marks.All(m => at[StatementRows.At[m]] >= 0) ? new ReturnedColumns(at) : null;
    }

    /// <summary>Whether a row is the row of hashtags under the header.</summary>
    public bool AreTags(IReadOnlyList<string> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Marks.All(m => _at[StatementRows.At[m]] is var i && i < row.Count && Same(row[i], StatementRows.Columns[StatementRows.At[m]].Tag));
    }

    public ReturnedRow Row(string place, IReadOnlyList<string> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var row = new string?[_at.Length];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = _at[i] < 0 ? null : _at[i] < cells.Count ? FormulaSign.Unguarded(cells[_at[i]]) : "";
        }

        return new ReturnedRow(place, row);
    }

    private static int Place(IReadOnlyList<string> row, RowColumn column)
    {
        for (var i = 0; i < row.Count; i++)
        {
            if (Same(row[i], column.Name) || Same(row[i], column.Tag))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool Same(string cell, string name) => cell.Replace(" ", "", StringComparison.Ordinal).Equals(name, StringComparison.OrdinalIgnoreCase);
}
