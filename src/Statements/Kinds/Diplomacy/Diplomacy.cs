using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Diplomacy;

/// <summary>What kind of exchange between offices is spoken of.</summary>
public enum DiplomaticAct
{
    Talks,
    Call,
    Condition,
    Draft,
    Vote,
    Adoption,
    Briefing,
    Position,
    Guarantee,
    Denial,
}

/// <summary>Talks, a call, a condition, a draft, an adoption, a briefing: held, or by the statement's modality planned or denied.</summary>
/// <param name="Subject">What it is about, in neutral words.</param>
/// <param name="HowMany">Staff made available or cleared, where counted.</param>
public sealed record Diplomacy(DiplomaticAct Act, string Subject, Counted? HowMany = null) : Said
{
    public const string Name = "diplomacy";

    public override string Kind => Name;

    public static Diplomacy Read(Fields f)
    {
        f.Only("act", "subject", "how_many");
        return new(f.Enum<DiplomaticAct>("act"), f.Text("subject", 400), f.MaybeCounted("how_many"));
    }

    public override IEnumerable<Claim> Claims(Statement statement) =>
        CountOf(statement, Measure.Present, HowMany, CutKind.At).Prepend(EventOf(statement, Token.Of(Act)));

    public override Said Recounted(Func<Counted, Counted> instead) => this with { HowMany = instead.Maybe(HowMany) };

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("act", Token.Of(Act));
        json.WriteString("subject", Subject);
        json.Write("how_many", HowMany);
    }

    public override string ToString() => $"{Token.Of(Act)}: {Subject}{(HowMany is null ? "" : $" ({HowMany})")}";
}
