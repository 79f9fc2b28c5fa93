using System.Text.Encodings.Web;
using System.Text.Json;

namespace Safeconduct.Reports.Exchange.GeoJson;

/// <summary>What every Feature has around its properties (RFC 7946 section 3.2), and a collection of them written as they come.</summary>
public static class Feature
{
    private const int FlushAt = 32 * 1024;

    /// <summary>Other scripts are written as they are; what could break out of a page is escaped by whoever puts it into one.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a FeatureCollection to a stream, one feature at a time, with the box around all of them at its end; memory does not grow with their number.</summary>
    /// <param name="write">Writes one feature and says the boxes of its parts, as <see cref="StatementFeature.Write"/> does.</param>
    public static void WriteCollection<T>(Stream to, IEnumerable<T> all, Func<Utf8JsonWriter, T, IReadOnlyList<Box>> write)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(write);
        using var json = new Utf8JsonWriter(to, Options);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        WriteFeatures(json, all, write)?.Write(json);
        json.WriteEndObject();
    }

    /// <summary>Writes the list of features, and says the box around them; null where none is located.</summary>
    public static Box? WriteFeatures<T>(Utf8JsonWriter json, IEnumerable<T> all, Func<Utf8JsonWriter, T, IReadOnlyList<Box>> write)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(write);
        var boxes = new HashSet<Box>();
        json.WriteStartArray("features");
        foreach (var one in all)
        {
            boxes.UnionWith(write(json, one));
            if (json.BytesPending > FlushAt)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        return Box.Around(boxes);
    }

    /// <summary>Up to and with the opening of the properties. A box is given for what is more than a point.</summary>
    internal static void Begin(Utf8JsonWriter json, string id, Shape? shape, int digits)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", id);
        if (shape is null)
        {
            json.WriteNull("geometry");
        }
        else
        {
            if (shape is not Shape.Point)
            {
                shape.Bounds(digits).Write(json);
            }

            json.WritePropertyName("geometry");
            shape.Write(json, digits);
        }

        json.WriteStartObject("properties");
    }

    /// <param name="statement">Stands behind the properties, where there is one.</param>
    internal static void End(Utf8JsonWriter json, byte[]? statement = null)
    {
        json.WriteEndObject();
        if (statement is not null)
        {
            json.WritePropertyName("statement");
            json.WriteRawValue(statement, skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    internal static void Number(Utf8JsonWriter json, string name, decimal? number)
    {
        if (number is { } n)
        {
            json.WriteNumber(name, n);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
