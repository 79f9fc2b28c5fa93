using System.Text.Encodings.Web;
using System.Text.Json;
using Safeconduct.Statements.Rows;

namespace Safeconduct.Reports.Exchange.Hxl;

/// <summary>
/// Statements as the array form of HXL's JSON encodings (<c>formats/hxl.md</c>): an array of rows, of which the first has the headers, the second the hashtags.
/// Numbers are JSON numbers, blank cells empty texts. One row a line.
/// </summary>
public sealed class StatementHxlJson(Stream to, Cover cover) : IStatementWriter
{
    private const int Held = 64 * 1024;

    private readonly Utf8JsonWriter _json = new(to, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" });

    public void Begin()
    {
        _json.WriteStartArray();
        Row([.. StatementRows.Columns.Select(c => c.Name)], numbers: false);
        Row([.. StatementRows.Columns.Select(c => c.Tag)], numbers: false);
    }

    public void Write(HandedOn leaving)
    {
        ArgumentNullException.ThrowIfNull(leaving);
        foreach (var row in StatementRows.Of(leaving.Statement, leaving.Entry, cover.Operation.Gazetteer))
        {
            Row(row, numbers: true);
        }

        if (_json.BytesPending >= Held)
        {
            _json.Flush();
        }
    }

    public void End()
    {
        _json.WriteEndArray();
        _json.Flush();
        to.WriteByte((byte)'\n');
    }

    public void Dispose() => _json.Dispose();

    private void Row(string[] cells, bool numbers)
    {
        _json.WriteStartArray();
        for (var i = 0; i < cells.Length; i++)
        {
            if (numbers && cells[i].Length > 0 && StatementRows.Columns[i].IsNumber)
            {
                _json.WriteRawValue(cells[i]);
            }
            else
            {
                _json.WriteStringValue(FormulaSign.Guarded(cells[i]));
            }
        }

        _json.WriteEndArray();
    }
}
