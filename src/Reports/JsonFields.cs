using System.Text.Json;

namespace Safeconduct.Reports;

/// <summary>Fields that every JSON document of ours writes alike.</summary>
internal static class JsonFields
{
    /// <summary>Null is written: "no bound" is an answer.</summary>
    public static void Number(Utf8JsonWriter json, string name, long? number)
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

    public static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>Left out where there is none.</summary>
    public static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
