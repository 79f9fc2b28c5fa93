using System.Security.Cryptography;
using System.Text;
using Safeconduct.Statements;

namespace Safeconduct.Intake.Tables;

/// <summary>
/// The export of a form from ODK Central or KoboToolbox, known by its columns: an instance id, a time of submission, and for the rows of a repeat the key of the
/// form they belong to.
/// </summary>
public sealed class FormExport
{
    private const int DeepestRepeat = 8;
    private const string Key = "KEY";

    /// <summary>Columns of a repeat that name its parent, and the column of the parent that they name.</summary>
    private static readonly (string Child, string Parent)[] Joints = [("PARENT_KEY", Key), ("_parent_index", "_index")];

    private readonly Workbook _book;

    private FormExport(Workbook book, Sheet main) => (_book, Main) = (book, main);

    /// <summary>The sheet with one row for each time the form was filled in.</summary>
    public Sheet Main { get; }

    /// <summary>The sheets whose rows belong to a row of another.</summary>
    public IEnumerable<string> Repeats => _book.Sheets.Where(s => JointOf(s) is not null).Select(s => s.Name);

    /// <summary>The export, or null where the file is something else.</summary>
    public static FormExport? Of(Workbook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        var mains = book.Sheets.Where(s => IsForm(s) && JointOf(s) is null).ToList();
        return mains.Count == 1 ? new FormExport(book, mains[0]) : null;
    }

    /// <summary>Whether the columns are those of a form's export: an instance and a submission.</summary>
    internal static bool IsForm(IEnumerable<string> names)
    {
        var known = names.ToList();
        return Has("instance", known) && Has("submitted", known);
    }

    /// <summary>The rows of a repeat, each with the columns of all it belongs to, and a key that is the same in every export: the form's instance, the repeat, and the row's number in it.</summary>
    /// <exception cref="RefusedException"><c>table.no-parent</c>.</exception>
    public Sheet Joined(Sheet repeat) => Joined(repeat, 0);

    private Sheet Joined(Sheet repeat, int depth)
    {
        var joint = JointOf(repeat) ?? throw new ArgumentException("This sheet is no repeat.", nameof(repeat));
        var parent = ParentOf(repeat, joint);
        if (JointOf(parent) is not null && depth < DeepestRepeat)
        {
            parent = Joined(parent, depth + 1);
        }

        var (header, above) = (repeat.Rows[0], parent.Rows[0]);
        var rowsAbove = new Dictionary<string, SheetRow>(StringComparer.Ordinal);
        var keyAbove = At(above, joint.Parent);
        foreach (var row in parent.Rows.Skip(1))
        {
            rowsAbove.TryAdd(row.At(keyAbove).Text, row);
        }

        var own = header.Cells.Select(c => c.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var taken = Enumerable.Range(0, above.Cells.Count).Where(i => !own.Contains(above.Cells[i].Text)).ToList();
        var (keyColumn, childColumn) = (At(header, Key), At(header, joint.Child));
        var instance = Array.FindIndex([.. above.Cells], c => HeaderWords.Known.IsForm("instance", c.Text));
        var counted = new Dictionary<string, int>(StringComparer.Ordinal);

        // The key goes in front, and an older column of the name steps back, so that one column names the row.
        var names = (List<Cell>)[new(Key), .. header.Cells.Select((c, i) => i == keyColumn ? new Cell("KEY of the export") : c), .. taken.Select(i => above.Cells[i])];
        var rows = new List<SheetRow>(repeat.Rows.Count) { new(header.Number, names) };
        foreach (var row in repeat.Rows.Skip(1).Where(r => !r.IsBlank))
        {
            var parentKey = row.At(childColumn).Text;
            if (!rowsAbove.TryGetValue(parentKey, out var owner))
            {
                throw new RefusedException("table.no-parent", $"The form '{Shown.Short(parentKey)}' that this row belongs to is not in '{Shown.Short(parent.Name)}'; export both from the same moment.", $"row {Shown.Number(row.Number)}, column '{joint.Child}'");
            }

            var number = counted[parentKey] = counted.GetValueOrDefault(parentKey) + 1;
            var key = keyColumn >= 0 ? row.At(keyColumn).Text : $"{owner.At(Math.Max(instance, 0)).Text}/{repeat.Name}[{Shown.Number(number)}]";
            rows.Add(new(row.Number, [new Cell(Shortened(key)), .. Enumerable.Range(0, header.Cells.Count).Select(row.At), .. taken.Select(owner.At)]));
        }

        return new Sheet(repeat.Name, rows);
    }

    /// <summary>The sheet in which the key of the repeat's first row is found; the main one where none has it, so that the refusal names it.</summary>
    private Sheet ParentOf(Sheet repeat, (string Child, string Parent) joint)
    {
        var named = At(repeat.Rows[0], "_parent_table_name") is >= 0 and var at && repeat.Rows.Count > 1 ? repeat.Rows[1].At(at).Text : null;
        if (named is not null && _book.Sheets.FirstOrDefault(s => s.Name == named) is { } said)
        {
            return said;
        }

        var child = At(repeat.Rows[0], joint.Child);
        var first = repeat.Rows.Count > 1 ? repeat.Rows[1].At(child).Text : "";
        return _book.Sheets.Where(s => s != repeat && s.Rows.Count > 0 && At(s.Rows[0], joint.Parent) >= 0)
            .OrderBy(s => s == Main ? 0 : 1)
            .FirstOrDefault(s => s.Rows.Skip(1).Any(r => r.At(At(s.Rows[0], joint.Parent)).Text == first)) ?? Main;
    }

    private static (string Child, string Parent)? JointOf(Sheet sheet)
    {
        foreach (var joint in Joints)
        {
            if (sheet.Rows.Count > 0 && At(sheet.Rows[0], joint.Child) >= 0)
            {
                return joint;
            }
        }

        return null;
    }

    private static int At(SheetRow header, string name) => Array.FindIndex([.. header.Cells], c => c.Text.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool IsForm(Sheet sheet) => sheet.Rows.Count > 0 && IsForm(sheet.Rows[0].Cells.Select(c => c.Text));

    private static bool Has(string what, IEnumerable<string> names) => names.Any(n => HeaderWords.Known.IsForm(what, n));

    private static string Shortened(string key) => key.Length <= StatementId.LongestLength && !key.Any(char.IsWhiteSpace)
        ? key
        : $"form-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32]}";
}
