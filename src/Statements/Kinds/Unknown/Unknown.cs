using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Unknown;

/// <summary>Somebody says that something is not known: "no accurate figure exists". It belongs to the record as much as a figure.</summary>
/// <param name="Question">What is not known, in neutral words.</param>
/// <param name="Measure">The measure, unit and category of the missing number, where it is one.</param>
public sealed record Unknown(string Question, Measure? Measure = null, Counted? Counted = null) : Said
{
    public const string Name = "unknown";

    public override string Kind => Name;

    public static Unknown Read(Fields f)
    {
        f.Only("question", "measure", "counted");
        return new(f.Text("question", 400), f.MaybeEnum<Measure>("measure"), f.MaybeCounted("counted"));
    }

    public override void Check(Statement statement)
    {
        if (Counted is not null && (Counted.Bound.HasNumber || Measure is null))
        {
            throw new RefusedException("unknown.has-number", "A number that is not known has a measure and no bound; a bound is a headcount.", "said.counted");
        }
    }

    public override IEnumerable<Claim> Claims(Statement statement) => Measure is { } measure ? CountOf(statement, measure, Counted, CutFor(measure)) : [];

    public override Said Recounted(Func<Counted, Counted> instead) => this with { Counted = instead.Maybe(Counted) };

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("question", Question);
        json.Write("measure", Measure);
        json.Write("counted", Counted);
    }

    public override string ToString() => $"not known: {Question}";
}
