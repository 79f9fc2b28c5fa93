using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Statements.Kinds;

/// <summary>The party that something is put to: the id of its source, and its name as the charter writes it.</summary>
public sealed record Party(SourceId Id, string Name)
{
    internal static Party Read(Fields f)
    {
        f.Only("id", "name");
        return new(new SourceId(f.Text("id", 400)), f.Text("name", 400));
    }

    internal void Write(Utf8JsonWriter json, string field)
    {
        json.WriteStartObject(field);
        json.WriteString("id", Id.Value);
        json.WriteString("name", Name);
        json.WriteEndObject();
    }

    public override string ToString() => Name;
}
