using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Reports.Publishing;

/// <summary>What the small documents of the desk are written with: JSON of version 1, a line feed nowhere.</summary>
internal static class Documents
{
    private const int Version = 1;

    public static byte[] Written(Action<Utf8JsonWriter> fields)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("v", Version);
            fields(json);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <exception cref="RefusedException"><c>document.not-json</c>, <c>document.version</c>.</exception>
    public static JsonDocument Open(ReadOnlyMemory<byte> bytes)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            throw new RefusedException("document.not-json", "The document is not JSON.");
        }

        if (document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("v", out var v) && v.TryGetInt32(out var version) && version == Version)
        {
            return document;
        }

        document.Dispose();
        throw new RefusedException("document.version", $"The document is not of version {Shown.Number(Version)}; a newer program reads it.");
    }

    public static Instant InstantOf(Fields f, string name)
    {
        var text = f.Text(name, 40);
        var read = InstantPattern.General.Parse(text);
        return read.Success ? read.Value : throw new RefusedException("time.not-a-time", $"'{Shown.Short(text)}' is not a time; write 2031-05-02T18:00:00Z.", $"{f.Path}.{name}");
    }
}
