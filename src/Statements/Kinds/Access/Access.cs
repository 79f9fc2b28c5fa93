using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Access;

/// <summary>What became of the aid, the staff or the access spoken of.</summary>
public enum AccessAct
{
    Requested,
    Granted,
    Refused,
    Delivered,
    Prepared,
    Assessed,
}

/// <summary>Aid, care, staff or access requested, granted, refused, prepared or delivered.</summary>
/// <param name="What">In neutral words: "food and medicine", "observers".</param>
public sealed record Access(AccessAct Act, string What, Counted? HowMany = null) : Said
{
    public const string Name = "access";

    public override string Kind => Name;

    public static Access Read(Fields f)
    {
        f.Only("act", "what", "how_many");
        return new(f.Enum<AccessAct>("act"), f.Text("what", 400), f.MaybeCounted("how_many"));
    }

    public override IEnumerable<Claim> Claims(Statement statement)
    {
        Measure? measure = Act switch
        {
            AccessAct.Delivered => Measure.Delivered,
            AccessAct.Prepared => Measure.Assigned,
            AccessAct.Requested or AccessAct.Granted or AccessAct.Refused or AccessAct.Assessed => null,
            _ => throw new InvalidOperationException(),
        };
        var counts = measure is { } m ? CountOf(statement, m, HowMany, CutKind.During) : [];
        return counts.Prepend(EventOf(statement, $"access-{Token.Of(Act)}"));
    }

    public override Said Recounted(Func<Counted, Counted> instead) => this with { HowMany = instead.Maybe(HowMany) };

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("act", Token.Of(Act));
        json.WriteString("what", What);
        json.Write("how_many", HowMany);
    }

    public override string ToString() => $"{What} {Token.Of(Act)}{(HowMany is null ? "" : $": {HowMany}")}";
}
