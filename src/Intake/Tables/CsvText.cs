using System.Text;
using System.Text.Unicode;
using Safeconduct.Statements;

namespace Safeconduct.Intake.Tables;

/// <summary>
/// Reads separated values as RFC 4180 has them: quotes, quotes in quotes, line ends within quotes, a byte order mark. The separator is found out: comma,
/// semicolon or tab, whichever the first line that has any holds most of outside quotes. Text is UTF-8, or refused at the place where it is not.
/// </summary>
public static class CsvText
{
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="RefusedException"><c>table.empty</c>, <c>table.not-utf8</c>, <c>table.utf-16</c>, <c>table.binary</c>, <c>table.quote-open</c>, <c>table.behind-quote</c>, <c>table.cell-too-long</c> and the limits of <see cref="Sheet"/>; the place is the row and the column.</exception>
    public static Sheet Read(ReadOnlySpan<byte> bytes, string name)
    {
        var text = TextOf(bytes);
        return new Reading(text, SeparatorOf(text)).Whole(name);
    }

    internal static RefusedException QuoteOpen(string place) => new("table.quote-open", "A quote opens this cell and is never closed; close it, or write a quote within a cell twice.", place);

    internal static RefusedException BehindQuote(char behind, string place) => new("table.behind-quote", $"'{Shown.Short(behind.ToString())}' stands behind a closed quote; write a quote within a cell twice, or put the whole cell in quotes.", place);

    internal static RefusedException CellTooLong(int length, string place) => new("table.cell-too-long", $"The cell has {Shown.Grouped(length)} characters; at most {Shown.Grouped(Cell.LongestText)} are read. Is a quote missing?", place);

    private static string TextOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            throw new RefusedException("table.utf-16", "This is UTF-16 text: save it as CSV in UTF-8.", "row 1");
        }

        var text = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        if (text.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw new RefusedException("table.empty", "The file is empty: a table has a header row and rows under it.", "row 1");
        }

        if (text[..Math.Min(text.Length, 4096)].Contains((byte)0))
        {
            throw new RefusedException("table.binary", "This is a binary file, not separated values: hand in CSV (UTF-8), TSV, XLSX or a ZIP of CSVs.", "row 1");
        }

        return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw NotUtf8(text);
    }

    /// <summary>The line is as a text editor counts it: behind broken bytes nobody can say which row it is.</summary>
    private static RefusedException NotUtf8(ReadOnlySpan<byte> text)
    {
        var valid = 0;
        while (Rune.DecodeFromUtf8(text[valid..], out _, out var used) is System.Buffers.OperationStatus.Done)
        {
            valid += used;
        }

        var line = text[..valid].Count((byte)'\n') + 1;
        var column = valid - text[..valid].LastIndexOf((byte)'\n');
        return new RefusedException("table.not-utf8", $"Byte {Shown.Number(column)} of the line is not UTF-8: open the file and save it as CSV in UTF-8 (in a spreadsheet: 'CSV UTF-8').", $"line {Shown.Number(line)}");
    }

    private static char SeparatorOf(string text)
    {
        Span<int> found = [0, 0, 0];
        var quoted = false;
        foreach (var c in text)
        {
            quoted ^= c == '"';
            if (!quoted && Array.IndexOf(Separators, c) is >= 0 and var i)
            {
                found[i]++;
            }
            else if (!quoted && c == '\n' && found.IndexOfAnyExcept(0) >= 0)
            {
                break;
            }
        }

        var most = 0;
        for (var i = 1; i < found.Length; i++)
        {
            most = found[i] > found[most] ? i : most;
        }

        return Separators[most];
    }

    private ref struct Reading(string text, char separator)
    {
        private readonly StringBuilder _quoted = new();
        private readonly Dictionary<string, Cell> _same = new(StringComparer.Ordinal);
        private int _at;
        private int _row = 1;
        private int _cells;

        public Sheet Whole(string name)
        {
            var rows = new List<SheetRow>();
            while (_at < text.Length)
            {
                var row = Row();
                if (!row.IsBlank)
                {
                    rows.Add(rows.Count < Sheet.MostRows ? row : throw Sheet.TooManyRows(Place(0)));
                }

                _row++;
            }

            return new Sheet(name, rows);
        }

        private SheetRow Row()
        {
            var cells = new List<Cell>();
            while (true)
            {
                cells.Add(_at < text.Length && text[_at] == '"' ? Quoted(cells.Count) : Plain(cells.Count));
                if (cells.Count > Sheet.MostColumns)
                {
                    throw Sheet.TooManyColumns(Place(cells.Count - 1));
                }

                if (++_cells > Sheet.MostCells)
                {
                    throw new RefusedException("table.too-many-cells", $"More than {Shown.Grouped(Sheet.MostCells)} cells are not read; split the file.", Place(cells.Count - 1));
                }

                if (_at < text.Length && text[_at] == separator)
                {
                    _at++;
                    continue;
                }

                PassLineEnd();
                return new SheetRow(_row, cells);
            }
        }

        private Cell Plain(int column)
        {
            var start = _at;
            var length = text.AsSpan(start).IndexOfAny(separator, '\r', '\n');
            _at = length < 0 ? text.Length : start + length;
            return CellOf(text.AsSpan(start, _at - start), column);
        }

        private Cell Quoted(int column)
        {
            _quoted.Clear();
            _at++;
            while (true)
            {
                var length = text.AsSpan(_at).IndexOf('"');
                if (length < 0)
                {
                    throw QuoteOpen(Place(column));
                }

                _quoted.Append(text, _at, length);
                _at += length + 1;
                if (_at >= text.Length || text[_at] != '"')
                {
                    break;
                }

                _quoted.Append('"');
                _at++;
            }

            if (_at < text.Length && text[_at] != separator && text[_at] is not ('\r' or '\n'))
            {
                throw BehindQuote(text[_at], Place(column));
            }

            return CellOf(_quoted.ToString(), column);
        }

        /// <summary>One copy of a text that comes back in row after row.</summary>
        private readonly Cell CellOf(ReadOnlySpan<char> words, int column)
        {
            if (words.Length > Cell.LongestText)
            {
                throw CellTooLong(words.Length, Place(column));
            }

            var trimmed = words.Trim();
            if (trimmed.IsEmpty)
            {
                return Cell.Empty;
            }

            var same = _same.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!same.TryGetValue(trimmed, out var cell))
            {
                cell = new Cell(trimmed.ToString());
                if (_same.Count < 10_000 && trimmed.Length < 100)
                {
                    _same.Add(cell.Text, cell);
                }
            }

            return cell;
        }

        private void PassLineEnd()
        {
            _at += _at < text.Length && text[_at] == '\r' ? 1 : 0;
            _at += _at < text.Length && text[_at] == '\n' ? 1 : 0;
        }

        private readonly string Place(int column) => $"row {Shown.Number(_row)}, column {Sheet.Letters(column)}";
    }
}
