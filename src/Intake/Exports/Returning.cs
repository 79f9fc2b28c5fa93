using System.Globalization;
using System.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Rows;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Intake.Exports;

/// <summary>A statement that stands in the book already, and its entry.</summary>
public sealed record InBook(Statement Statement, string Entry);

/// <summary>A row that is not taken in though nothing is wrong with it, and why.</summary>
public sealed record LeftBehind(string Place, string Id, string Why);

/// <summary>What an export that came back says. It is taken in whole or not at all: with a single problem there is nothing <see cref="Fresh"/>.</summary>
/// <param name="Fresh">Statements that the book has not, in the order of the rows.</param>
/// <param name="There">How many it has already, word for word.</param>
/// <param name="LeftBehind">What the format could not carry; at most <see cref="Returning.MostNamed"/>, of <paramref name="LeftBehindCount"/>.</param>
/// <param name="Problems">At most <see cref="Returning.MostNamed"/>.</param>
public sealed record Returned(IReadOnlyList<Statement> Fresh, int There, IReadOnlyList<LeftBehind> LeftBehind, int LeftBehindCount, IReadOnlyList<Problem> Problems, int Rows);

/// <summary>
/// Takes an export back. A row holds its statement whole in one cell, and every other cell follows from it: where one says something else it was changed by hand, and
/// that is refused by row, column and what stands there, since a changed cell does not say who corrects what. Rows may come in any order, and be missing. Rows of a
/// statement that the book has word for word record nothing, so that an export may come back as often as it likes.
/// </summary>
/// <param name="places">The operation's places; a name of a place that is not among them is not compared.</param>
/// <param name="find">The statement that stands under an id in the book.</param>
/// <param name="ownObservers">The export is of this operation's own book, moved to a new one: what its observers say is taken as theirs.</param>
public sealed class Returning(Gazetteer places, Func<StatementId, InBook?> find, bool ownObservers)
{
    public const int MostNamed = 100;

    private static readonly int StatementAt = StatementRows.At["statement"];
    private static readonly int EntryAt = StatementRows.At["entry"];
    private static readonly HashSet<int> NamesOfPlaces = [StatementRows.At["from_name"], StatementRows.At["to_name"], StatementRows.At["via_name"]];

    private readonly Dictionary<StatementId, Statement> _fresh = [];
    private readonly List<Statement> _order = [];
    private readonly HashSet<StatementId> _there = [];
    private readonly HashSet<StatementId> _behind = [];
    private readonly List<LeftBehind> _named = [];
    private readonly List<Problem> _problems = [];
    private int _rows;

    /// <summary>So many problems are named; what follows need not be read.</summary>
    public bool IsFull => _problems.Count >= MostNamed;

    /// <summary>Whether any row was taken, right or wrong.</summary>
    public bool HasTaken => _rows > 0;

    public void Take(ReturnedRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        _rows++;
        try
        {
            Read(row);
        }
        catch (RefusedException refused)
        {
            _problems.Add(refused.Problem with { Place = refused.Problem.Place.StartsWith(row.Place, StringComparison.Ordinal) ? refused.Problem.Place : $"{row.Place}, column 'statement'" });
        }
    }

    public Returned End() => new(_problems.Count == 0 ? _order : [], _there.Count, _named, _behind.Count, _problems, _rows);

    private void Read(ReturnedRow row)
    {
        var id = new StatementId((row.At("id") ?? "").Trim());
        var standing = find(id);
        var whole = (row.Cells[StatementAt] ?? "").Trim();
        if (whole.StartsWith('{'))
        {
            ReadWhole(row, id, whole, standing);
        }
        else if (standing is not null && standing.Entry == row.Cells[EntryAt]?.Trim())
        {
            // A map that was saved again has lost the statement and says less than the book; all else must say the same. What was made coarse names no entry and never comes here.
            if (whole != StatementRows.InPart)
            {
                Compare(row, standing.Statement, standing.Entry);
            }

            _there.Add(id);
        }
        else if (whole is StatementRows.InPart or StatementRows.TooLong)
        {
            LeaveBehind(row, id, whole is StatementRows.TooLong ? "it is longer than a cell; the JSON export and the bundle carry it"
                : row.Cells[EntryAt] is { Length: > 0 } ? "the file no longer holds the statement itself; take the export again"
                : $"its reader was shown it in part{(standing is null ? "" : ", and what this book has under that id stays as it is")}");
        }
        else
        {
            throw new RefusedException("export.no-statement", $"{id} is not in this book under the entry that the row names, and its statement does not stand in the column 'statement'; take the export again and leave that column in.", $"{row.Place}, column 'statement'");
        }
    }

    private void ReadWhole(ReturnedRow row, StatementId id, string whole, InBook? standing)
    {
        if (standing is not null && whole == Encoding.UTF8.GetString(StatementBytes.WriteShown(standing.Statement)))
        {
            Compare(row, standing.Statement, standing.Entry);
            _there.Add(id);
            return;
        }

        var read = StatementBytes.Read(Encoding.UTF8.GetBytes(whole));
        if (read.Value is not { } statement)
        {
            var problem = read.Problems[0];
            throw new RefusedException(problem.Code, $"{problem.Message} The cell was cut or changed; take the export again.");
        }

        if (statement.Id != id)
        {
            throw Differs(row, 0, id.Value, statement.Id.Value);
        }

        Compare(row, statement, row.Cells[EntryAt] ?? "");
        if (standing is not null)
        {
            if (!StatementBytes.WriteShown(standing.Statement).AsSpan().SequenceEqual(StatementBytes.WriteShown(statement)))
            {
                throw new RefusedException("book.same-id-other-words", $"{id} is in the book already with other words. There: '{Shown.Short(standing.Statement.Wording)}' Here: '{Shown.Short(statement.Wording)}' A correction is said by whoever has something to correct.", $"{row.Place}, column 'statement'");
            }

            _there.Add(id);
        }
        else if (_fresh.TryGetValue(id, out var before))
        {
            if (!ReferenceEquals(before, statement) && !StatementBytes.WriteShown(before).AsSpan().SequenceEqual(StatementBytes.WriteShown(statement)))
            {
                throw new RefusedException("export.two-statements", $"{id} stands in another row with other words; take the export again.", $"{row.Place}, column 'statement'");
            }
        }
        else if (statement.Attached.Count > 0)
        {
            LeaveBehind(row, id, "what is attached to it does not come with this format; hand on a bundle");
        }
        else if (statement.SaidBy.Kind is SourceKind.OwnObservers && !ownObservers)
        {
            throw new RefusedException("export.own-observers", $"{id} is said by the own observers of the operation that was exported, and a file can't make them this one's. Where it is this operation's own book, moved to a new one, say so (--own-book).", $"{row.Place}, column 'source_kind'");
        }
        else
        {
            _fresh.Add(id, statement);
            _order.Add(statement);
        }
    }

    private void LeaveBehind(ReturnedRow row, StatementId id, string why)
    {
        if (_behind.Add(id) && _named.Count < MostNamed)
        {
            _named.Add(new LeftBehind(row.Place, id.Value, why));
        }
    }

    /// <summary>The cells of a row are those of one of the statement's rows, or the one that is most like them says which cell differs.</summary>
    private void Compare(ReturnedRow row, Statement statement, string entry)
    {
        var (nearest, fewest) = ((IReadOnlyList<int>?)null, (string[]?)null);
        foreach (var should in StatementRows.Of(statement, entry, places, withWhole: false))
        {
            var differing = Differing(row, should);
            if (differing.Count == 0)
            {
                return;
            }

            if (nearest is null || differing.Count < nearest.Count)
            {
                (nearest, fewest) = (differing, should);
            }
        }

        throw Differs(row, nearest![0], row.Cells[nearest[0]]!, fewest![nearest[0]]);
    }

    private List<int> Differing(ReturnedRow row, string[] should)
    {
        var differing = new List<int>();
        for (var i = 0; i < should.Length; i++)
        {
            if (i != StatementAt && i != EntryAt && row.Cells[i] is { } cell && !IsSame(cell, should[i], StatementRows.Columns[i].IsNumber) && !(NamesOfPlaces.Contains(i) && should[i].Length == 0 && should[i - 1].Length > 0))
            {
                differing.Add(i);
            }
        }

        return differing;
    }

    /// <summary>A number is the same however it is written, also where a spreadsheet took a text for one; spaces around a text and the form of its line ends are the spreadsheet's.</summary>
    private static bool IsSame(string cell, string should, bool isNumber)
    {
        if (string.Equals(cell, should, StringComparison.Ordinal))
        {
            return true;
        }

        return (IsNumber(cell, out var a) && IsNumber(should, out var b) && a == b) || (!isNumber && string.Equals(Plain(cell), Plain(should), StringComparison.Ordinal));
    }

    private static bool IsNumber(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out number);

    private static string Plain(string text)
    {
        var lines = text.Contains('\r', StringComparison.Ordinal) ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;
        return StatementRows.Readable(FormulaSign.Unguarded(lines)).Trim();
    }

    private static RefusedException Differs(ReturnedRow row, int column, string stands, string should) => new(
        "export.changed",
        $"'{Shown.Short(stands)}' stands here, and the statement says '{Shown.Short(should)}'. A changed cell does not say who corrects what: put the cell back, and say the correction as a statement (safeconduct correct).",
        $"{row.Place}, column '{StatementRows.Columns[column].Name}'");
}
