using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Control;

/// <summary>How much of an area or route is said to be held.</summary>
public enum Extent
{
    /// <summary>Held, with nothing said of how much.</summary>
    NotSaid,
    Whole,
    Part,

    /// <summary>Whole but for what the words name.</summary>
    WholeButPockets,
    Besieged,

    /// <summary>Fighting over it is said to be finished.</summary>
    OperationFinished,
}

/// <summary>Who is said to hold an area or a route, and how much of it. A share in per cent stands as the statement's measured number.</summary>
/// <param name="Holder">The holder in neutral words: "government forces". Null where the source names nobody.</param>
public sealed record Control(Extent Extent, string? Holder = null) : Said
{
    public const string Name = "control";

    public override string Kind => Name;

    public static Control Read(Fields f)
    {
        f.Only("extent", "holder");
        return new(f.Enum<Extent>("extent"), f.MaybeText("holder", 400));
    }

    public override IEnumerable<Claim> Claims(Statement statement) =>
    [
        new Claim.Holds(
            new Subject(SubjectKind.Area, statement.Where.From ?? statement.Where.To ?? statement.Where.Via),
            $"{Token.Of(Extent)}{(Holder is null ? "" : " by " + Holder)}",
            statement.About,
            statement.Modality),
    ];

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("extent", Token.Of(Extent));
        json.Write("holder", Holder);
    }

    public override string ToString()
    {
        var by = Holder is null ? "" : $" by {Holder}";
        return Extent switch
        {
            Extent.NotSaid => $"held{by}",
            Extent.Whole => $"wholly held{by}",
            Extent.Part => $"held in part{by}",
            Extent.WholeButPockets => $"held{by} but for pockets",
            Extent.Besieged => Holder is null ? "besieged" : $"held{by}, besieged",
            Extent.OperationFinished => $"the fighting for it finished{(Holder is null ? "" : $", held{by}")}",
            _ => throw new InvalidOperationException(),
        };
    }
}
