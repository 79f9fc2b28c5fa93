using Safeconduct.Intake.List;
using Safeconduct.Statements;

namespace Safeconduct.Intake.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Name">What its header says; "column C" where it says nothing, "Date (2)" where two say the same.</param>
/// <param name="Tag">Its HXL hashtag with attributes, without spaces and in lower case, where the table has a row of them.</param>
/// <param name="Question">The part of the name by which it is known: in the export of a form, the question without its groups.</param>
public sealed record Column(int Index, string Name, string? Tag, string Question);

/// <summary>A sheet whose header is known: columns with names, and the rows under them. What the columns mean is the mapping's to say.</summary>
public sealed class Table
{
    /// <summary>So far down a header or a row of hashtags is looked for; HXL says 25.</summary>
    private const int DeepestHeader = 25;

    private readonly Dictionary<string, Column> _byName = new(StringComparer.OrdinalIgnoreCase);

    private Table(string name, int headerRow, IReadOnlyList<Column> columns, IReadOnlyList<SheetRow> rows)
    {
        (Name, HeaderRow, Columns, Rows) = (name, headerRow, columns, rows);
        foreach (var column in columns)
        {
            _byName.TryAdd(column.Name, column);
        }
    }

    public string Name { get; }

    /// <summary>The number of the row that names the columns; of the hashtags where nothing stands above them.</summary>
    public int HeaderRow { get; }

    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The rows under the header that are not blank.</summary>
    public IReadOnlyList<SheetRow> Rows { get; }

    public bool IsTagged => Columns.Any(c => c.Tag is not null);

    /// <summary>The column of a name, or null. Upper and lower case are one.</summary>
    public Column? Find(string name) => _byName.GetValueOrDefault(name.Trim());

    /// <summary>
    /// Finds the header: the row that the mapping names; else the row above a row of hashtags; else the first row of two cells or more.
    /// </summary>
    /// <exception cref="RefusedException"><c>table.no-header</c>, <c>table.no-rows</c>.</exception>
    public static Table Of(Sheet sheet, int? headerRow = null)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var filled = sheet.Rows.Where(r => !r.IsBlank).ToList();
        var tags = filled.TakeWhile(r => r.Number <= Math.Max(DeepestHeader, headerRow ?? 0)).FirstOrDefault(IsTags);
        var header = headerRow is { } given ? filled.FirstOrDefault(r => r.Number == given)
            : tags is not null ? filled.LastOrDefault(r => r.Number < tags.Number && Filled(r) > 1) ?? tags
            : filled.TakeWhile(r => r.Number <= DeepestHeader).FirstOrDefault(r => Filled(r) > 1);
        if (header is null)
        {
            throw new RefusedException("table.no-header", headerRow is { } asked
                ? $"Row {Shown.Number(asked)} is blank or not there; name the row that holds the columns' names."
                : "No row names the columns: the first row of two cells or more is taken as the header. Is the separator a comma, a semicolon or a tab?", "row 1");
        }

        var last = Math.Max(header.Number, tags?.Number ?? 0);
        var rows = filled.Where(r => r.Number > last).ToList();
        var columns = ColumnsOf(header == tags ? null : header, tags, rows);
        return rows.Count > 0
            ? new Table(sheet.Name, header.Number, columns, rows)
            : throw new RefusedException("table.no-rows", "The table has a header and no rows under it.", $"row {Shown.Number(last)}");
    }

    private static int Filled(SheetRow row) => row.Cells.Count(c => !c.IsBlank);

    /// <summary>HXL's own rule: a row of which at least half of what stands in it is hashtags.</summary>
    private static bool IsTags(SheetRow row)
    {
        var tags = row.Cells.Count(c => Hxl.IsTag(c.Text));
        return tags > 0 && tags * 2 >= Filled(row);
    }

    private static List<Column> ColumnsOf(SheetRow? header, SheetRow? tags, List<SheetRow> rows)
    {
        var width = rows.Append(header).Append(tags).Max(r => r?.Cells.Count ?? 0);
        var columns = new List<Column>(width);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < width; i++)
        {
            var tag = tags?.At(i).Text is { } t && Hxl.IsTag(t) ? Hxl.Plain(t) : null;
            var name = header?.At(i).Text.Trim() is { Length: > 0 } said ? string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : tag;
            if (name is null && rows.All(r => r.At(i).IsBlank))
            {
                continue;
            }

            name ??= $"column {Sheet.Letters(i)}";
            var unique = name;
            for (var n = 2; !names.Add(unique); n++)
            {
                unique = $"{name} ({Shown.Number(n)})";
            }

            columns.Add(new Column(i, unique, tag, name));
        }

        return FormExport.IsForm(names) ? [.. columns.Select(c => c with { Question = c.Question[(c.Question.LastIndexOfAny(['/', '-']) + 1)..] })] : columns;
    }

    /// <summary>What to say of a column that is not there.</summary>
    internal string Hint(string name) => Nearest.Hint(name, [.. Columns.Select(c => c.Name)]);
}
