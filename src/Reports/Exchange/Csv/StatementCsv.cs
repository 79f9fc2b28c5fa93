using System.Text;
using Safeconduct.Statements.Rows;

namespace Safeconduct.Reports.Exchange.Csv;

/// <summary>
/// Statements as CSV (RFC 4180, <c>formats/csv.md</c>), the columns of <see cref="StatementRows"/>; with a row of hashtags under the header it is HXL 1.1
/// (<c>formats/hxl.md</c>). It begins with a byte order mark: without one, spreadsheets read Arabic and Cyrillic in the clothes of another alphabet.
/// A cell that a spreadsheet would take for a formula stands behind an apostrophe.
/// </summary>
public sealed class StatementCsv(Stream to, Cover cover, bool tagged) : IStatementWriter
{
    private const int Held = 64 * 1024;

    private readonly StringBuilder _text = new(Held);
    private byte[] _bytes = new byte[Held];

    public void Begin()
    {
        _text.Append('\uFEFF');
        Append(StatementRows.Columns.Select(c => c.Name));
        if (tagged)
        {
            Append(StatementRows.Columns.Select(c => c.Tag));
        }
    }

    public void Write(HandedOn leaving)
    {
        ArgumentNullException.ThrowIfNull(leaving);
        foreach (var row in StatementRows.Of(leaving.Statement, leaving.Entry, cover.Operation.Gazetteer))
        {
            Append(row.Select((cell, i) => StatementRows.Columns[i].IsNumber ? cell : FormulaSign.Guarded(cell)));
        }

        if (_text.Length >= Held)
        {
            Leave();
        }
    }

    public void End() => Leave();

    public void Dispose()
    {
    }

    private void Append(IEnumerable<string> cells)
    {
        var first = true;
        foreach (var cell in cells)
        {
            _text.Append(first ? "" : ",");
            first = false;
            if (cell.AsSpan().IndexOfAny("\",\r\n") < 0)
            {
                _text.Append(cell);
            }
            else
            {
                _text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            }
        }

        _text.Append("\r\n");
    }

    private void Leave()
    {
        foreach (var chunk in _text.GetChunks())
        {
            var most = Encoding.UTF8.GetMaxByteCount(chunk.Length);
            _bytes = _bytes.Length >= most ? _bytes : new byte[most];
            to.Write(_bytes, 0, Encoding.UTF8.GetBytes(chunk.Span, _bytes));
        }

        _text.Clear();
    }
}
