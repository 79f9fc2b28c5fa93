using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Screening;

/// <summary>What a checkpoint did with the people of a convoy, in numbers and never in names. The statement's source is whoever said so.</summary>
/// <param name="Stopped">People who were stopped.</param>
/// <param name="TakenOff">Of them, people who were made to get off.</param>
/// <param name="Released">People let go again over the time spoken of.</param>
/// <param name="StillHeld">People held at the end of the time spoken of.</param>
/// <param name="Slip">The number of the referral slip under which the case is followed up; the slip itself is kept elsewhere.</param>
/// <param name="Batch">Words that single out one convoy or batch.</param>
public sealed record Screening(Counted? Stopped = null, Counted? TakenOff = null, Counted? Released = null, Counted? StillHeld = null, string? Slip = null, string? Batch = null) : Said
{
    public const string Name = "screening";

    public override string Kind => Name;

    public static Screening Read(Fields f)
    {
        f.Only("stopped", "taken_off", "released", "still_held", "slip", "batch");
        return new(f.MaybeCounted("stopped"), f.MaybeCounted("taken_off"), f.MaybeCounted("released"), f.MaybeCounted("still_held"), f.MaybeText("slip", 80), f.MaybeText("batch", 200));
    }

    public override void Check(Statement statement)
    {
        if (Numbers.All(n => n.Counted is null))
        {
            throw new RefusedException("screening.empty", "A screening gives at least one number: stopped, taken_off, released or still_held; where it is not known, say so with 'not_known'.", "said");
        }

        if (Numbers.FirstOrDefault(n => n.Counted is { Unit: not Unit.People }) is { Counted: { } other, Field: var field })
        {
            throw new RefusedException("screening.unit", $"A screening counts people, not {Token.Of(other.Unit)}.", $"said.{field}");
        }
    }

    /// <summary>
    /// Those still held and those released tie into the passenger balance. Those stopped do not: most of them travel on. Those taken off do not either:
    /// they are the same people as those released and still held, and a second count of "held" would take them out of the balance twice.
    /// </summary>
    public override IEnumerable<Claim> Claims(Statement statement) =>
        CountOf(statement, Measure.Held, StillHeld, CutFor(Measure.Held), Batch).Concat(CountOf(statement, Measure.Released, Released, CutFor(Measure.Released), Batch));

    public override Said Recounted(Func<Counted, Counted> instead) => this with { Stopped = instead.Maybe(Stopped), TakenOff = instead.Maybe(TakenOff), Released = instead.Maybe(Released), StillHeld = instead.Maybe(StillHeld) };

    public override void Write(Utf8JsonWriter json)
    {
        foreach (var (field, _, counted) in Numbers)
        {
            json.Write(field, counted);
        }

        json.Write("slip", Slip);
        json.Write("batch", Batch);
    }

    public override string ToString() => string.Concat(
        Batch is null ? "at a screening: " : $"{Batch}, at a screening: ",
        string.Join(", ", Numbers.Where(n => n.Counted is not null).Select(n => $"{n.Counted}{(n.Counted!.Group is { } g ? $" ({g})" : "")} {n.Words}")),
        Slip is null ? "" : $"; referral slip {Slip}");

    private IEnumerable<(string Field, string Words, Counted? Counted)> Numbers =>
        [("stopped", "stopped", Stopped), ("taken_off", "taken off", TakenOff), ("released", "released", Released), ("still_held", "still held", StillHeld)];
}
