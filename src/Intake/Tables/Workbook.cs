using Safeconduct.Intake.List;
using Safeconduct.Statements;

namespace Safeconduct.Intake.Tables;

/// <summary>What a file of tables holds: one sheet of separated values, the sheets of a workbook, the files of an archive.</summary>
public sealed record Workbook(IReadOnlyList<Sheet> Sheets)
{
    /// <summary>Whether a sheet has to be named, or is named by the mapping, to know which is meant.</summary>
    public bool HasSeveral => Sheets.Count > 1;

    /// <summary>
    /// The table that is meant: the sheet that is named, the only one there is, or the main one of a form's export. The rows of a form's repeat come with the columns of the form they belong to.
    /// </summary>
    /// <exception cref="RefusedException"><c>table.no-sheet</c>, <c>table.which-sheet</c>, <c>table.no-parent</c>, and what <see cref="Table.Of"/> refuses.</exception>
    public Table Open(string? sheet, int? headerRow = null)
    {
        var form = FormExport.Of(this);
        var meant = sheet is not null ? Named(sheet) : Only(form);
        return Table.Of(form?.Repeats.Contains(meant.Name, StringComparer.Ordinal) == true ? form.Joined(meant) : meant, headerRow);
    }

    private Sheet Named(string name) => Sheets.FirstOrDefault(s => s.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw new RefusedException("table.no-sheet", $"There is no sheet '{Shown.Short(name)}'{Nearest.Hint(name, [.. Sheets.Select(s => s.Name)])}.", "sheet");

    private Sheet Only(FormExport? form)
    {
        var filled = Sheets.Where(s => s.Rows.Any(r => !r.IsBlank)).ToList();
        return filled.Count == 1 ? filled[0]
            : form?.Main is { } main ? main
            : filled.Count == 0 ? throw new RefusedException("table.empty", "The file holds no cell with anything in it.", "sheet")
            : throw new RefusedException("table.which-sheet", $"The file has {Shown.Number(filled.Count)} sheets: {string.Join(", ", filled.Take(20).Select(s => $"'{Shown.Short(s.Name)}'"))}. Say which one is meant.", "sheet");
    }
}
