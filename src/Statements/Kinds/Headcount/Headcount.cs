using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Headcount;

/// <summary>People or vehicles of a category that left, passed, arrived, remain, were killed. The count is asserted; a plan or a promise of so many is an <see cref="Undertaking.Undertaking"/>.</summary>
/// <param name="Measure">What became of those counted.</param>
/// <param name="Counted">How many of whom.</param>
/// <param name="IsRunningTotal">Counts from the start of the operation up to the end of the time spoken of; a later total replaces it.</param>
/// <param name="Including">Parts named inside the count: "including over 4,500 fighters". Never added to it, and not said to be all of its parts.</param>
/// <param name="Batch">Words that single out one convoy or batch: "first convoy".</param>
public sealed record Headcount(Measure Measure, Counted Counted, bool IsRunningTotal = false, IReadOnlyList<Counted>? Including = null, string? Batch = null) : Said
{
    public const string Name = "headcount";

    public override string Kind => Name;

    public IReadOnlyList<Counted> Parts => Including ?? [];

    public static Headcount Read(Fields f)
    {
        f.Only("measure", "counted", "running_total", "including", "batch");
        return new(f.Enum<Measure>("measure"), f.Read("counted", Bytes.Parts.CountedOf), f.Flag("running_total"), f.Counts("including") is { Count: > 0 } parts ? parts : null, f.MaybeText("batch", 200));
    }

    public override void Check(Statement statement)
    {
        if (statement.Modality is not (Modality.Asserted or Modality.Denied))
        {
            throw new RefusedException("headcount.not-asserted", "A count that is planned, promised or demanded is an undertaking, never a headcount.", "said");
        }

        if (IsRunningTotal && CutFor(Measure) is CutKind.At)
        {
            throw new RefusedException("headcount.running-total", $"A running total adds up; how many are {Verb(Measure)} is counted at one time.", "said.running_total");
        }

        if (Parts.FirstOrDefault(p => p.Unit != Counted.Unit) is { } mixed)
        {
            throw new RefusedException("headcount.units-mixed", $"A part in {Token.Of(mixed.Unit)} can't be included in a count of {Token.Of(Counted.Unit)}.", "said.including");
        }

        if (Parts.FirstOrDefault(p => Counted.Bound.Most is { } most && p.Bound.Least > most && !p.Bound.IsApproximate && !Counted.Bound.IsApproximate) is { } larger)
        {
            throw new RefusedException("headcount.part-above-whole", $"A part ({larger}) can't be larger than its whole ({Counted}).", "said.including");
        }
    }

    public override IEnumerable<Claim> Claims(Statement statement)
    {
        var cut = IsRunningTotal ? CutKind.SinceStart : CutFor(Measure);
        return CountOf(statement, Measure, Counted, cut, Batch).Concat(Parts.SelectMany(p => CountOf(statement, Measure, p, cut, Batch)));
    }

    public override Said Recounted(Func<Counted, Counted> instead) => this with { Counted = instead(Counted), Including = Including is null ? null : [.. Parts.Select(instead)] };

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("measure", Token.Of(Measure));
        json.Write("counted", Counted);
        json.Write("running_total", IsRunningTotal);
        json.Write("including", Parts);
        json.Write("batch", Batch);
    }

    public override string ToString() =>
        $"{Counted}{(Counted.Group is { } g ? $" ({g})" : "")} {Verb(Measure)}{(Parts.Count == 0 ? "" : ", including " + string.Join(" and ", Parts))}{(Batch is null ? "" : $" ({Batch})")}";
}
