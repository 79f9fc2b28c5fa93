using System.Text.Json;

namespace Safeconduct.Reports.Exchange.GeoJson;

/// <summary>Statements as one FeatureCollection (<c>formats/geojson.md</c>), a feature each, with the box around all of them at its end. Of the features nothing is kept but their boxes, of which there are no more than places and ways between them.</summary>
public sealed class StatementGeoJson(Stream to, Cover cover) : IStatementWriter
{
    private const int Held = 64 * 1024;

    private readonly Utf8JsonWriter _json = new(to, Feature.Options);
    private readonly HashSet<Box> _boxes = [];

    public void Begin()
    {
        _json.WriteStartObject();
        _json.WriteString("type", "FeatureCollection");
        _json.WriteStartArray("features");
    }

    public void Write(HandedOn leaving)
    {
        ArgumentNullException.ThrowIfNull(leaving);
        _boxes.UnionWith(leaving.Statement.IsCoarse
            ? StatementFeature.Write(_json, leaving.Statement, leaving.Entry, cover.Operation)
            : StatementFeature.WriteWhole(_json, leaving.Statement, leaving.Entry, cover.Operation));
        if (_json.BytesPending >= Held)
        {
            _json.Flush();
        }
    }

    public void End()
    {
        _json.WriteEndArray();
        Box.Around(_boxes)?.Write(_json);
        _json.WriteEndObject();
        _json.Flush();
        to.WriteByte((byte)'\n');
    }

    public void Dispose() => _json.Dispose();
}
