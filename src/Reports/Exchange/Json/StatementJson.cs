using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Reports.Exchange.Json;

/// <summary>All statements as one JSON document: each in the form in which it is signed (<c>formats/statement.md</c>) or marked as coarse, beside the id of its entry.</summary>
public static class StatementJson
{
    public static byte[] Write(Operation operation, IReadOnlyList<(Statement Statement, string Entry)> entered)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("operation", operation.Name);
            json.WriteString("time_zone", operation.Zone.Id);
            json.WriteNumber("tolerance_percent", operation.TolerancePercent);
            json.WriteStartArray("statements");
            foreach (var (statement, entry) in entered)
            {
                json.WriteStartObject();
                json.WriteString("entry", entry);
                json.WritePropertyName("statement");
                json.WriteRawValue(StatementBytes.WriteShown(statement));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }
}
