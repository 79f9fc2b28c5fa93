using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Obstruction;

/// <summary>What was refused or delayed.</summary>
public enum Obstructed
{
    Passage,
    Boarding,
    Access,
    Observers,
    Aid,
}

/// <summary>How it was hindered.</summary>
public enum Hindrance
{
    Refused,
    Delayed,
    Blocked,
    Held,
    TurnedBack,
}

/// <summary>An access constraint: passage, access or observers refused, delayed, held or turned back. By whom is the source's word.</summary>
/// <param name="AllegedAuthor">By whom, according to the source; null where nobody is named.</param>
/// <param name="Affected">Those held up, where counted.</param>
public sealed record Obstruction(Obstructed What, Hindrance How, string? AllegedAuthor = null, Counted? Affected = null, string? Reason = null) : Said
{
    public const string Name = "obstruction";

    public override string Kind => Name;

    public static Obstruction Read(Fields f)
    {
        f.Only("what", "how", "alleged_author", "affected", "reason");
        return new(f.Enum<Obstructed>("what"), f.Enum<Hindrance>("how"), f.MaybeText("alleged_author", 400), f.MaybeCounted("affected"), f.MaybeText("reason", 400));
    }

    public override IEnumerable<Claim> Claims(Statement statement)
    {
        var measure = How is Hindrance.TurnedBack ? Measure.TurnedBack : Measure.Held;
        return CountOf(statement, measure, Affected, CutFor(measure)).Prepend(EventOf(statement, $"{Token.Of(What)}-{Token.Of(How)}", AllegedAuthor));
    }

    public override Said Recounted(Func<Counted, Counted> instead) => this with { Affected = instead.Maybe(Affected) };

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("what", Token.Of(What));
        json.WriteString("how", Token.Of(How));
        json.Write("alleged_author", AllegedAuthor);
        json.Write("affected", Affected);
        json.Write("reason", Reason);
    }

    public override string ToString() => string.Concat(
        $"{Token.Of(What)} {Token.Of(How).Replace('-', ' ')}",
        AllegedAuthor is null ? "" : $", by {AllegedAuthor} according to the source",
        Affected is null ? "" : $": {Affected}",
        Reason is null ? "" : $"; reason given: {Reason}");
}
