using System.Text;
using Safeconduct.Intake.Exports;
using Safeconduct.Statements;

namespace Safeconduct.Spreadsheets;

/// <summary>A file that is an export of ours coming back, known by what is in it: CSV, HXL, HXL's JSON, GeoJSON, our JSON, or a workbook. It owns what it reads from.</summary>
public sealed class ReturnedFile : IDisposable
{
    private const int Peeked = 4096;

    private readonly IDisposable _owned;
    private readonly IEnumerable<ReturnedRow> _rows;

    private ReturnedFile(IDisposable owned, IEnumerable<ReturnedRow> rows) => (_owned, _rows) = (owned, rows);

    /// <summary>Looks at the beginning of a file; null where it is no export of ours, and then the stream is closed.</summary>
    /// <param name="from">A stream that can be set back.</param>
    public static ReturnedFile? Open(Stream from)
    {
        ArgumentNullException.ThrowIfNull(from);
        try
        {
            if (Looked(from) is { } file)
            {
                return file;
            }
        }
        catch (Exception other) when (other is RefusedException or DecoderFallbackException)
        {
            // Something else, and whoever reads it says what is wrong with it.
        }

        from.Dispose();
        return null;
    }

    /// <summary>Takes all rows, one by one.</summary>
    /// <param name="taken">Told after every row how many there are by now.</param>
    /// <exception cref="RefusedException">The codes of <see cref="ReturnedRows"/>, <c>table.not-utf8</c>, <c>table.workbook-broken</c>. What was taken until then is not to be used.</exception>
    public void Into(Returning returning, Action<int>? taken = null)
    {
        ArgumentNullException.ThrowIfNull(returning);
        var count = 0;
        try
        {
            foreach (var row in _rows)
            {
                returning.Take(row);
                taken?.Invoke(++count);
                if (returning.IsFull)
                {
                    break;
                }
            }
        }
        catch (DecoderFallbackException)
        {
            throw new RefusedException("table.not-utf8", "The text is not UTF-8 here: save it as CSV in UTF-8 (in a spreadsheet: 'CSV UTF-8').", $"behind row {Shown.Number(count)}");
        }
    }

    public void Dispose() => _owned.Dispose();

    private static ReturnedFile? Looked(Stream from)
    {
        Span<byte> head = stackalloc byte[Peeked];
        head = head[..from.ReadAtLeast(head, Peeked, throwOnEndOfStream: false)];
        from.Position = 0;
        if (head is [(byte)'P', (byte)'K', ..])
        {
            return ReturnedWorkbook.Open(from) is { } book ? new ReturnedFile(book, book.Sheets.SelectMany(s => s)) : null;
        }

        var text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith('['))
        {
            return text.Contains("#meta", StringComparison.OrdinalIgnoreCase) && ReturnedRows.OfHxlJson(from) is { } hxl ? new ReturnedFile(from, hxl) : null;
        }

        if (text.StartsWith('{'))
        {
            // Places come as features too, and a list as an object a line: only ours say of which entry they are.
            return !text.Contains("\"entry\"", StringComparison.Ordinal) ? null
                : text.Contains("\"FeatureCollection\"", StringComparison.Ordinal) ? new ReturnedFile(from, ReturnedRows.OfObjects(from, "features"))
                : text.Contains("\"statements\"", StringComparison.Ordinal) ? new ReturnedFile(from, ReturnedRows.OfObjects(from, "statements")) : null;
        }

        var decoded = new StreamReader(from, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, 64 * 1024);
        return ReturnedRows.OfCsv(decoded) is { } rows ? new ReturnedFile(decoded, rows) : null;
    }
}
