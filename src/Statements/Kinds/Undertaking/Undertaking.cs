using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

using Safeconduct.Statements.Times;

namespace Safeconduct.Statements.Kinds.Undertaking;

/// <summary>A promise, plan or term: who, what, how many, by when. Never a count of what happened.</summary>
/// <param name="Who">Who is to do it, where said.</param>
/// <param name="What">In neutral words: "civilians to leave".</param>
/// <param name="Measure">What is to become of those counted, where a number is given.</param>
/// <param name="HowMany">The number promised or planned.</param>
/// <param name="By">By when, or over which time, where that differs from the time spoken of.</param>
public sealed record Undertaking(string What, string? Who = null, Measure? Measure = null, Counted? HowMany = null, TimeSpoken? By = null) : Said
{
    public const string Name = "undertaking";

    public override string Kind => Name;

    public static Undertaking Read(Fields f)
    {
        f.Only("what", "who", "measure", "how_many", "by", "by_words");
        return new(f.Text("what", 400), f.MaybeText("who", 400), f.MaybeEnum<Measure>("measure"), f.MaybeCounted("how_many"), f.Has("by") ? f.Time("by", "by_words") : null);
    }

    public override IEnumerable<Claim> Claims(Statement statement) =>
        [new Claim.Owes(Who, What, Measure, HowMany, By ?? statement.About, statement.Modality)];

    public override Said Recounted(Func<Counted, Counted> instead) => this with { HowMany = instead.Maybe(HowMany) };

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("what", What);
        json.Write("who", Who);
        json.Write("measure", Measure);
        json.Write("how_many", HowMany);
        json.Write("by", By?.ToString());
        json.Write("by_words", By?.Words);
    }

    public override string ToString() => string.Concat(
        Who is null ? "" : $"{Who}: ",
        What,
        HowMany is null ? "" : $" ({HowMany})",
        By is null ? "" : $", by {By}");
}
