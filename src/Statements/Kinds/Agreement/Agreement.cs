using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Agreement;

/// <summary>What was done with an agreement.</summary>
public enum Act
{
    Announced,
    Signed,
    Amended,
    Ended,

    /// <summary>Spoken of as existing, with nothing said of when it was made.</summary>
    Described,
}

/// <summary>An agreement announced, signed, amended, ended or denied (by the statement's modality). Its terms are <see cref="Undertaking.Undertaking"/>s.</summary>
/// <param name="Subject">Which one, in the words used: "second deal" is kept as "second agreement".</param>
/// <param name="Between">Parties and guarantors named.</param>
public sealed record Agreement(Act Act, string? Subject = null, IReadOnlyList<string>? Between = null) : Said
{
    public const string Name = "agreement";

    public override string Kind => Name;

    public static Agreement Read(Fields f)
    {
        f.Only("act", "subject", "between");
        return new(f.Enum<Act>("act"), f.MaybeText("subject", 400), f.MaybeTexts("between", 50));
    }

    public override IEnumerable<Claim> Claims(Statement statement) => [EventOf(statement, $"agreement-{Token.Of(Act)}", batch: Subject)];

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("act", Token.Of(Act));
        json.Write("subject", Subject);
        json.Write("between", Between);
    }

    public override string ToString() =>
        $"agreement {Token.Of(Act)}{(Subject is null ? "" : $": {Subject}")}{(Between is null ? "" : $", between {string.Join(", ", Between)}")}";
}
