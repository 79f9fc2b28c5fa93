using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Correction;

/// <summary>What was said or recorded is put right. The earlier statement stays visible and stops binding from now on.</summary>
/// <param name="Of">The statement corrected.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Instead">What should have been said, in the same place and time as this statement.</param>
public sealed record Correction(StatementId Of, string Reason, Said Instead) : Said
{
    public const string Name = "correction";

    public override string Kind => Name;

    public static Correction Read(Fields f)
    {
        f.Only("of", "reason", "kind", "instead");
        var kind = f.Text("kind", 80);
        return kind is Name or Withdrawal.Withdrawal.Name
            ? throw new RefusedException("correction.of-a-correction", "A correction says what should have been said; it does not hold another correction or a withdrawal.", $"{f.Path}.kind")
            : new(new StatementId(f.Text("of", 64)), f.Text("reason", 2000), Catalogue.Read(kind, f.Object("instead")));
    }

    public override void Check(Statement statement)
    {
        if (Of == statement.Id)
        {
            throw new RefusedException("correction.of-itself", "A statement can't correct itself.", "said.of");
        }

        if (Instead is Correction or Withdrawal.Withdrawal)
        {
            throw new RefusedException("correction.of-a-correction", "A correction says what should have been said; it does not hold another correction or a withdrawal.", "said.kind");
        }

        Instead.Check(statement);
    }

    public override IEnumerable<Claim> Claims(Statement statement) => Instead.Claims(statement).Prepend(new Claim.About(Of, Relation.Corrects));

    public override Said Recounted(Func<Counted, Counted> instead) => this with { Instead = Instead.Recounted(instead) };

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("of", Of.Value);
        json.WriteString("reason", Reason);
        json.WriteString("kind", Instead.Kind);
        json.WriteStartObject("instead");
        Instead.Write(json);
        json.WriteEndObject();
    }

    public override string ToString() => $"corrects {Of}: {Instead}; reason: {Reason}";
}
