using System.Text.Encodings.Web;
using System.Text.Json;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Reports.Exchange.Json;

/// <summary>All statements as one JSON document: each in the form in which it is signed (<c>formats/statement.md</c>), beside the id of its entry. One that was made coarse for its reader says so (<c>"coarse": true</c>), and is never taken in again.</summary>
public sealed class StatementJson(Stream to, Cover cover) : IStatementWriter
{
    private const int Held = 64 * 1024;

    private readonly Utf8JsonWriter _json = new(to, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public void Begin()
    {
        _json.WriteStartObject();
        _json.WriteString("operation", cover.Operation.Name);
        _json.WriteString("time_zone", cover.Operation.Zone.Id);
        _json.WriteNumber("tolerance_percent", cover.Operation.TolerancePercent);
        _json.WriteString("for", Token.Of(cover.Audience));
        _json.WriteNumber("withheld", cover.Withheld);
        _json.WriteStartArray("statements");
    }

    public void Write(HandedOn leaving)
    {
        ArgumentNullException.ThrowIfNull(leaving);
        _json.WriteStartObject();
        _json.WriteString("entry", leaving.Entry);
        _json.WritePropertyName("statement");
        _json.WriteRawValue(StatementBytes.WriteShown(leaving.Statement), skipInputValidation: true);
        _json.WriteEndObject();
        if (_json.BytesPending >= Held)
        {
            _json.Flush();
        }
    }

    public void End()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        to.WriteByte((byte)'\n');
    }

    public void Dispose() => _json.Dispose();
}
