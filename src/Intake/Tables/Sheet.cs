using NodaTime;
using Safeconduct.Statements;

namespace Safeconduct.Intake.Tables;

/// <summary>One cell as it came: its text, and where the file types its cells, the number or the date that stands in it.</summary>
/// <param name="Text">What a person sees, or would type: "1,204", "2031-05-02". Empty where nothing stands.</param>
/// <param name="Number">The number, where the file says that it is one.</param>
/// <param name="Date">The day, with its hour where one is given, where the file says that it is one. It carries no offset.</param>
/// <param name="IsComputed">A formula made it; what stands here is what the program that saved the file last worked out.</param>
public sealed record Cell(string Text, decimal? Number = null, LocalDateTime? Date = null, bool IsComputed = false)
{
    /// <summary>Longer text is no cell of a table that a person keeps; a spreadsheet can't hold more either.</summary>
    public const int LongestText = 32_767;

    public static Cell Empty { get; } = new("");

    public bool IsBlank => string.IsNullOrWhiteSpace(Text);
}

/// <summary>One row: its number as the person who keeps the file sees it, from 1, and its cells from the first column on.</summary>
public sealed record SheetRow(int Number, IReadOnlyList<Cell> Cells)
{
    public bool IsBlank => Cells.All(c => c.IsBlank);

    /// <summary>The cell of a column, from 0; blank where the row is shorter.</summary>
    public Cell At(int column) => column < Cells.Count ? Cells[column] : Cell.Empty;
}

/// <summary>One grid of cells: a CSV file, or a sheet of a workbook, before anybody said what its columns mean. Rows that are blank may be missing.</summary>
public sealed record Sheet(string Name, IReadOnlyList<SheetRow> Rows)
{
    /// <summary>The most of each that is read; a file with more is refused and not cut.</summary>
    public const int MostRows = 200_000;
    public const int MostColumns = 1_000;
    public const int MostCells = 4_000_000;

    /// <summary>The letters by which a spreadsheet names a column: A, Z, AA.</summary>
    /// <param name="column">From 0.</param>
    public static string Letters(int column)
    {
        var letters = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        {
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        }

        return letters;
    }

    /// <summary>What is said of a table that is too long.</summary>
    public static RefusedException TooManyRows(string place) => new("table.too-many-rows", $"More than {Shown.Grouped(MostRows)} rows are not read; split the file.", place);

    /// <summary>What is said of a table that is too wide.</summary>
    public static RefusedException TooManyColumns(string place) => new("table.too-many-columns", $"More than {Shown.Grouped(MostColumns)} columns are not read; take out those that nobody needs.", place);
}
