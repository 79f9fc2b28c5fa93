using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Attribution;

/// <summary>The standard a finding of responsibility was made to. Not stated is the default.</summary>
public enum Standard
{
    NotStated,
    ReasonableSuspicion,
    BalanceOfProbabilities,
    ReasonableGroundsToBelieve,
    ClearAndConvincing,
    BeyondReasonableDoubt,
}

/// <summary>Somebody says who did something. With a standard it is a finding, without one an allegation; both are only what that source says, and no number of voices makes a culprit.</summary>
/// <param name="Act">What was done, in neutral words.</param>
/// <param name="To">To whom it is attributed; null for "not known who did it".</param>
public sealed record Attribution(string Act, string? To = null, Standard Standard = Standard.NotStated) : Said
{
    public const string Name = "attribution";

    public override string Kind => Name;

    public static Attribution Read(Fields f)
    {
        f.Only("act", "to", "standard");
        return new(f.Text("act", 400), f.MaybeText("to", 400), f.MaybeEnum<Standard>("standard") ?? Standard.NotStated);
    }

    public override IEnumerable<Claim> Claims(Statement statement) => [EventOf(statement, "attributed", To, Act)];

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("act", Act);
        json.Write("to", To);
        json.Write<Standard>("standard", Standard is Standard.NotStated ? null : Standard);
    }

    public override string ToString() => To is null
        ? $"{Act}: author undetermined"
        : $"{Act}: attributed to {To}{(Standard is Standard.NotStated ? "" : $" ({Token.Of(Standard).Replace('-', ' ')})")}";
}
