using Safeconduct.Statements;
using Safeconduct.Statements.Places;

namespace Safeconduct.Reports.Exchange;

/// <summary>A statement on its way out, in the form in which its reader may see it (<see cref="Edition.Of"/>), beside the id of its entry. Of one that was made coarse no format hands on what would be taken for the signed words.</summary>
public sealed record HandedOn(Statement Statement, string Entry)
{
    /// <summary>Empty for a coarse statement: by its entry it would lead to a header, with the device of the shift and the minute.</summary>
    public string Entry { get; } = Statement.IsCoarse ? "" : Entry;
}

/// <summary>What an export says of itself.</summary>
/// <param name="Withheld">How many statements of the book its reader is not given; never which.</param>
public sealed record Cover(Operation Operation, Audience Audience, int Withheld)
{
    /// <summary>The same for a reader: its places lie where they may be drawn for whom it is (<see cref="Edition.PositionOf"/>).</summary>
    public static Cover For(Operation operation, Audience audience, int withheld)
    {
        ArgumentNullException.ThrowIfNull(operation);
        Place Drawn(Place place) => Edition.PositionOf(place, operation, audience) is var at && at == place.Position ? place : place with { Position = at, AccuracyMetres = null };
        return new Cover(audience is Audience.Public ? operation.In(new Gazetteer(operation.Gazetteer.Places.Select(Drawn))) : operation, audience, withheld);
    }
}

/// <summary>
/// Writes statements in one format as they come: each leaves at once onto the stream, and nothing is kept that grows with their number. The same statements
/// under the same cover are the same bytes. Who writes does not close the stream.
/// </summary>
public interface IStatementWriter : IDisposable
{
    /// <summary>What stands before the first statement. Called once.</summary>
    void Begin();

    void Write(HandedOn leaving);

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
    public int Write(Stream to, Cover cover, IEnumerable<HandedOn> statements, Action<int>? written = null)
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
