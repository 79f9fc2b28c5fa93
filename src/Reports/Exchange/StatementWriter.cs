using Safeconduct.Statements;

namespace Safeconduct.Reports.Exchange;

/// <summary>A statement on its way out, as its reader may see it.</summary>
/// <param name="Entry">The id of its entry in the record.</param>
/// <param name="IsWhole">It leaves as it was signed. Else it was made coarse for its reader, and what would be taken for the signed words is left out.</param>
public sealed record Leaving(Statement Statement, string Entry, bool IsWhole = true);

/// <summary>What an export says of itself.</summary>
/// <param name="Withheld">How many statements of the book its reader is not given; never which.</param>
public sealed record Cover(Operation Operation, Audience Audience, int Withheld);

/// <summary>
/// Writes statements in one format as they come: each leaves at once onto the stream, and nothing is kept that grows with their number. The same statements
/// under the same cover are the same bytes. Who writes does not close the stream.
/// </summary>
public interface IStatementWriter : IDisposable
{
    /// <summary>What stands before the first statement. Called once.</summary>
    void Begin();

    /// <exception cref="RefusedException">As <see cref="Statements.Bytes.StatementBytes.Write"/>.</exception>
    void Write(Leaving leaving);

    /// <summary>What stands behind the last. A stream that ends without it is no export.</summary>
    void End();
}

/// <summary>A format that statements are handed on in.</summary>
/// <param name="Name">As it is asked for: <c>csv</c>.</param>
/// <param name="Media">Its media type.</param>
/// <param name="Ending">The ending of its files, with the point.</param>
public sealed record ExportFormat(string Name, string Media, string Ending, Func<Stream, Cover, IStatementWriter> To)
{
    /// <summary>Writes all of it and says how many statements that were.</summary>
    /// <param name="written">Told after every statement how many there are by now.</param>
    public int Write(Stream to, Cover cover, IEnumerable<Leaving> statements, Action<int>? written = null)
    {
        ArgumentNullException.ThrowIfNull(statements);
        using var writer = To(to, cover);
        writer.Begin();
        var count = 0;
        foreach (var leaving in statements)
        {
            writer.Write(leaving);
            written?.Invoke(++count);
        }

        writer.End();
        return count;
    }
}

/// <summary>The formats that need nothing but text. A workbook is made where its file format is known.</summary>
public static class ExportFormats
{
    public static IReadOnlyList<ExportFormat> All { get; } =
    [
        new("csv", "text/csv; charset=utf-8", ".csv", (to, cover) => new Csv.StatementCsv(to, cover, tagged: false)),
        new("hxl", "text/csv; charset=utf-8", ".hxl.csv", (to, cover) => new Csv.StatementCsv(to, cover, tagged: true)),
        new("hxl-json", "application/json", ".hxl.json", (to, cover) => new Hxl.StatementHxlJson(to, cover)),
        new("geojson", "application/geo+json", ".geojson", (to, cover) => new GeoJson.StatementGeoJson(to, cover)),
        new("json", "application/json", ".json", (to, cover) => new Json.StatementJson(to, cover)),
    ];
}
