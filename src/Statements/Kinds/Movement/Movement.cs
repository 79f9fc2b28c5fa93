using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Movement;

/// <summary>What a convoy did.</summary>
public enum Step
{
    Assembled,
    Departed,
    Reached,
    Halted,
    TurnedBack,
    Arrived,

    /// <summary>Moved, with nothing said of which part of the way.</summary>
    Moved,
}

/// <summary>A convoy, or vehicles, assembled, departed, reached a place, halted, turned back or arrived.</summary>
/// <param name="Convoy">The convoy in the words used for it: "first convoy"; null where none is singled out.</param>
/// <param name="Vehicles">Vehicles by type, where counted. Vehicles and people are never added.</param>
/// <param name="Aboard">People aboard, where counted.</param>
public sealed record Movement(Step Step, string? Convoy = null, IReadOnlyList<Counted>? Vehicles = null, Counted? Aboard = null) : Said
{
    public const string Name = "movement";

    public override string Kind => Name;

    public IReadOnlyList<Counted> Fleet => Vehicles ?? [];

    public static Movement Read(Fields f)
    {
        f.Only("step", "convoy", "vehicles", "aboard");
        return new(f.Enum<Step>("step"), f.MaybeText("convoy", 200), f.Counts("vehicles") is { Count: > 0 } v ? v : null, f.MaybeCounted("aboard"));
    }

    public override void Check(Statement statement)
    {
        if (Fleet.Any(v => v.Unit is not (Unit.Vehicles or Unit.Trips)) || Aboard is { Unit: not Unit.People })
        {
            throw new RefusedException("movement.units-mixed", "Vehicles are counted in vehicles or trips, and those aboard in people.", "said");
        }
    }

    public override IEnumerable<Claim> Claims(Statement statement)
    {
        yield return EventOf(statement, "convoy-" + Token.Of(Step), batch: Convoy);
        var measure = Step switch
        {
            Step.Arrived => Measure.Arrived,
            Step.Reached => Measure.Passed,
            Step.TurnedBack => Measure.TurnedBack,
            Step.Halted => Measure.Held,
            Step.Assembled => Measure.Present,
            Step.Departed or Step.Moved => Measure.Left,
            _ => throw new InvalidOperationException(),
        };
        foreach (var claim in Fleet.SelectMany(v => CountOf(statement, measure, v, CutFor(measure), Convoy)))
        {
            yield return claim;
        }

        foreach (var claim in CountOf(statement, Measure.Aboard, Aboard, CutKind.At, Convoy))
        {
            yield return claim;
        }
    }

    public override Said Recounted(Func<Counted, Counted> instead) => this with { Vehicles = Vehicles is null ? null : [.. Fleet.Select(instead)], Aboard = instead.Maybe(Aboard) };

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("step", Token.Of(Step));
        json.Write("convoy", Convoy);
        json.Write("vehicles", Fleet);
        json.Write("aboard", Aboard);
    }

    public override string ToString()
    {
        var who = (Convoy, Fleet.Count) switch
        {
            ({ } convoy, 0) => convoy,
            ({ } convoy, _) => $"{convoy} of {string.Join(" and ", Fleet)}",
            (null, 0) => "a convoy",
            _ => string.Join(" and ", Fleet),
        };
        return $"{who} {Token.Of(Step).Replace('-', ' ')}{(Aboard is null ? "" : $" with {Aboard} aboard")}";
    }
}
