using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Assessment;

/// <summary>Reliability of a source, A (reliable) to F (can't be judged), apart from credibility: the Admiralty scale.</summary>
public enum Reliability { A, B, C, D, E, F }

/// <summary>How a statement was verified; nothing here makes it a fact.</summary>
public enum VerifiedBy
{
    OwnObservation,
    TwoIndependentOrigins,
}

/// <summary>A judgement of another statement, with reasons: reliability of its source and credibility of its content are two things.</summary>
/// <param name="Of">The statement assessed.</param>
/// <param name="Credibility">1 (confirmed) to 6 (can't be judged).</param>
public sealed record Assessment(StatementId Of, string Reasons, Reliability? Reliability = null, long? Credibility = null, VerifiedBy? VerifiedBy = null) : Said
{
    public const string Name = "assessment";

    public override string Kind => Name;

    public static Assessment Read(Fields f)
    {
        f.Only("of", "reasons", "reliability", "credibility", "verified_by");
        return new(new StatementId(f.Text("of", 64)), f.Text("reasons", 2000), ReliabilityOf(f), f.MaybeWhole("credibility"), f.MaybeEnum<VerifiedBy>("verified_by"));
    }

    public override void Check(Statement statement)
    {
        if (Credibility is < 1 or > 6)
        {
            throw new RefusedException("assessment.credibility", "Credibility runs from 1 (confirmed) to 6 (can't be judged).", "said.credibility");
        }

        if (Reliability is null && Credibility is null && VerifiedBy is null)
        {
            throw new RefusedException("assessment.empty", "An assessment gives a reliability, a credibility or how it was verified.", "said");
        }

        if (Of == statement.Id)
        {
            throw new RefusedException("assessment.of-itself", "A statement can't assess itself.", "said.of");
        }
    }

    public override IEnumerable<Claim> Claims(Statement statement) => [new Claim.About(Of, Relation.Assesses)];

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("of", Of.Value);
        json.WriteString("reasons", Reasons);
        json.Write("reliability", Reliability?.ToString());
        if (Credibility is { } credibility)
        {
            json.WriteNumber("credibility", credibility);
        }

        json.Write("verified_by", VerifiedBy);
    }

    public override string ToString() => string.Concat(
        $"{Of} assessed",
        Reliability is null && Credibility is null ? "" : $" {Reliability}{(Credibility is { } c ? Shown.Number(c) : "")}",
        VerifiedBy is { } by ? $", verified by {Token.Of(by).Replace('-', ' ')}" : "",
        $": {Reasons}");

    // The scale is written in capitals wherever it is used, so it is here too.
    private static Reliability? ReliabilityOf(Fields f) => f.MaybeText("reliability", 1) is not { } letter
        ? null
        : letter[0] is >= 'A' and <= 'F'
            ? (Reliability)(letter[0] - 'A')
            : throw new RefusedException("assessment.reliability", "Reliability is a letter from A (reliable) to F (can't be judged).", $"{f.Path}.reliability");
}
