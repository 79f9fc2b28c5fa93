using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Appeal;

/// <summary>A demand or appeal. It binds nobody.</summary>
/// <param name="To">To whom, where named.</param>
public sealed record Appeal(string What, string? To = null) : Said
{
    public const string Name = "appeal";

    public override string Kind => Name;

    public static Appeal Read(Fields f)
    {
        f.Only("what", "to");
        return new(f.Text("what", 400), f.MaybeText("to", 400));
    }

    public override IEnumerable<Claim> Claims(Statement statement) => [new Claim.Owes(To, What, null, null, statement.About, Modality.Demanded)];

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("what", What);
        json.Write("to", To);
    }

    public override string ToString() => $"appeal{(To is null ? "" : $" to {To}")}: {What}";
}
