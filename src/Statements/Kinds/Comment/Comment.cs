using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Comment;

/// <summary>Words that are kept and drawn upon by no engine: a remark, or a row that the importer could not map.</summary>
/// <param name="On">The statement it is on, where it is on one.</param>
public sealed record Comment(string Text, StatementId? On = null) : Said
{
    public const string Name = "comment";

    public override string Kind => Name;

    public static Comment Read(Fields f)
    {
        f.Only("text", "on");
        return new(f.Text("text"), f.MaybeText("on", 64) is { } on ? new StatementId(on) : null);
    }

    public override IEnumerable<Claim> Claims(Statement statement) => [];

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("text", Text);
        json.Write("on", On?.Value);
    }

    public override string ToString() => On is null ? Text : $"on {On}: {Text}";
}
