using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Withdrawal;

/// <summary>A statement is taken back. It stays visible, struck through, and stops binding.</summary>
/// <param name="Of">The statement withdrawn.</param>
public sealed record Withdrawal(StatementId Of, string Reason) : Said
{
    public const string Name = "withdrawal";

    public override string Kind => Name;

    public static Withdrawal Read(Fields f)
    {
        f.Only("of", "reason");
        return new(new StatementId(f.Text("of", 64)), f.Text("reason", 2000));
    }

    public override void Check(Statement statement)
    {
        if (Of == statement.Id)
        {
            throw new RefusedException("withdrawal.of-itself", "A statement can't withdraw itself.", "said.of");
        }
    }

    public override IEnumerable<Claim> Claims(Statement statement) => [new Claim.About(Of, Relation.Withdraws)];

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("of", Of.Value);
        json.WriteString("reason", Reason);
    }

    public override string ToString() => $"withdraws {Of}: {Reason}";
}
