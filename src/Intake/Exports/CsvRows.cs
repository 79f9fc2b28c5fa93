using System.Text;
using Safeconduct.Intake.Tables;
using Safeconduct.Statements;

namespace Safeconduct.Intake.Exports;

/// <summary>
/// Separated values row by row, as <see cref="CsvText"/> reads them whole: for exports, which may be larger than what a person keeps in one table. Only the row that is
/// being read is in memory.
/// </summary>
public static class CsvRows
{
    private const int Read = 64 * 1024;

    /// <summary>The rows that are not blank, each with its number from 1, its cells as they stand.</summary>
    /// <exception cref="RefusedException"><c>table.quote-open</c>, <c>table.behind-quote</c>, <c>table.cell-too-long</c>, <c>table.too-many-columns</c>; the place is the row and the column.</exception>
    public static IEnumerable<(int Number, IReadOnlyList<string> Cells)> Of(TextReader text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reading = new Reading(text);
        for (var row = 1; reading.Row(row) is { } cells; row++)
        {
            if (cells.Exists(c => c.Length > 0))
            {
                yield return (row, cells);
            }
        }
    }

    private sealed class Reading(TextReader text)
    {
        private readonly char[] _held = new char[Read];
        private readonly StringBuilder _cell = new();
        private int _at;
        private int _end;
        private char _separator;

        public List<string>? Row(int number)
        {
            if (number == 1)
            {
                if (Peek() == '\uFEFF')
                {
                    _at++;
                }

                _separator = Separator();
            }

            if (Peek() is null)
            {
                return null;
            }

            var cells = new List<string>();
            while (true)
            {
                cells.Add(Peek() == '"' ? Quoted(number, cells.Count) : Plain(number, cells.Count));
                if (cells.Count > Sheet.MostColumns)
                {
                    throw Sheet.TooManyColumns(Place(number, cells.Count - 1));
                }

                if (Peek() == _separator)
                {
                    _at++;
                    continue;
                }

                if (Peek() == '\r')
                {
                    _at++;
                }

                if (Peek() == '\n')
                {
                    _at++;
                }

                return cells;
            }
        }

        private char? Peek()
        {
            if (_at == _end)
            {
                (_at, _end) = (0, text.Read(_held, 0, _held.Length));
            }

            return _end == 0 ? null : _held[_at];
        }

        private string Plain(int row, int column)
        {
            _cell.Clear();
            while (Peek() is not null)
            {
                var length = _held.AsSpan(_at, _end - _at).IndexOfAny(_separator, '\r', '\n');
                Take(length < 0 ? _end - _at : length, row, column);
                if (length >= 0)
                {
                    break;
                }
            }

            return _cell.ToString();
        }

        private string Quoted(int row, int column)
        {
            _cell.Clear();
            _at++;
            while (true)
            {
                if (Peek() is null)
                {
                    throw CsvText.QuoteOpen(Place(row, column));
                }

                var length = _held.AsSpan(_at, _end - _at).IndexOf('"');
                Take(length < 0 ? _end - _at : length, row, column);
                if (length < 0)
                {
                    continue;
                }

                _at++;
                if (Peek() != '"')
                {
                    break;
                }

                _cell.Append('"');
                _at++;
            }

            return Peek() is { } behind && behind != _separator && behind is not ('\r' or '\n') ? throw CsvText.BehindQuote(behind, Place(row, column)) : _cell.ToString();
        }

        private void Take(int length, int row, int column)
        {
            _cell.Append(_held, _at, length);
            _at += length;
            if (_cell.Length > Cell.LongestText)
            {
                throw CsvText.CellTooLong(_cell.Length, Place(row, column));
            }
        }

        /// <summary>Whichever of comma, semicolon and tab the first line holds most of; the headers of an export are in no quotes that could hide one.</summary>
        private char Separator()
        {
            _ = Peek();
            var line = _held.AsSpan(_at, _end - _at);
            line = line.IndexOf('\n') is >= 0 and var end ? line[..end] : line;
            var (commas, semicolons, tabs) = (line.Count(','), line.Count(';'), line.Count('\t'));
            return commas >= semicolons && commas >= tabs ? ',' : semicolons >= tabs ? ';' : '\t';
        }

        private static string Place(int row, int column) => $"row {Shown.Number(row)}, column {Sheet.Letters(column)}";
    }
}
