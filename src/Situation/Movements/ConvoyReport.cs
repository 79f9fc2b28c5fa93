using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Times;

namespace Safeconduct.Situation.Movements;

/// <summary>What one statement says of one convoy at one step: that it was there, or how many were counted.</summary>
/// <param name="Count">Null for the event alone.</param>
/// <param name="Start">The earliest instant that the words allow.</param>
/// <param name="End">The first instant that they no longer allow: an hour stated reaches one hour on, and a count can't cover what came after it was said.</param>
internal sealed record ConvoyReport(Statement Statement, ConvoyName Name, LegStep Step, PlaceId? Line, CountMade? Count, bool IsPart, Instant Start, Instant End)
{
    private static readonly Duration AboutAnHour = Duration.FromHours(1);

    public StatementId Id => Statement.Id;

    public bool Stands => Count?.Stands ?? true;

    public bool Overlaps(ConvoyReport other) => Start < other.End && other.Start < End;

    public static IEnumerable<ConvoyReport> Of(Statement statement, bool stands, DateTimeZone zone)
    {
        var claims = statement.Claims().ToList();
        var steps = claims.OfType<Claim.Happened>().Where(h => h.Modality is Modality.Asserted).Select(h => (h.Event, Step: StepOf(h.Event.Type))).Where(h => h.Step is not null).ToList();
        foreach (var (happened, step) in steps)
        {
            if (stands)
            {
                yield return Made(statement, ConvoyName.Of(happened.Scope.Batch), step!.Value, happened.Scope, null, false, happened.When, zone);
            }
        }

        var counts = claims.OfType<Claim.Count>().ToList();
        for (var i = 0; i < counts.Count; i++)
        {
            var (quantity, bound) = (counts[i].Quantity, counts[i].Bound);
            var name = ConvoyName.Of(quantity.Scope.Batch);
            var ofStep = steps.Count > 0 ? steps[0].Step : null;
            if ((ofStep is not null || name != ConvoyName.Of(null)) && quantity.Unit is Unit.People or Unit.Vehicles or Unit.Trips && StepOf(quantity.Measure, ofStep) is { } step)
            {
                // How many are aboard when a convoy departs are those who departed in it; the step says which.
                var measure = quantity.Measure is Measure.Aboard ? MeasureAt(step) : quantity.Measure;
                var count = new CountMade(statement.Id, statement.SaidBy, measure, quantity.Unit, quantity.Category, quantity.Group, bound, name.Vehicle, name.Trip, stands);
                yield return Made(statement, name, step, quantity.Scope, count, steps.Count == 0 && i > 0, quantity.Cut.Time, zone);
            }
        }
    }

    private static ConvoyReport Made(Statement statement, ConvoyName name, LegStep step, Scope scope, CountMade? count, bool isPart, TimeSpoken when, DateTimeZone zone)
    {
        var start = when.Earliest(zone);
        var (end, said) = (when.Latest(zone), statement.SaidAt.Latest(zone));
        end = said > start && said < end ? said : end;
        return new(statement, name, step, LineOf(step, scope), count, isPart, start, Instant.Max(end, start + AboutAnHour));
    }

    private static PlaceId? LineOf(LegStep step, Scope scope) => step switch
    {
        LegStep.Assembled or LegStep.Departed => scope.From ?? scope.Via,
        LegStep.Arrived => scope.To ?? scope.Via ?? scope.From,
        _ => scope.Via ?? scope.From ?? scope.To,
    };

    private static LegStep? StepOf(string type) => type switch
    {
        "convoy-assembled" => LegStep.Assembled,
        "convoy-departed" or "convoy-moved" => LegStep.Departed,
        "convoy-reached" => LegStep.Passed,
        "convoy-halted" or "convoy-stopped" => LegStep.Halted,
        "convoy-turned-back" => LegStep.TurnedBack,
        "convoy-arrived" => LegStep.Arrived,
        _ => null,
    };

    private static LegStep? StepOf(Measure measure, LegStep? said) => measure switch
    {
        Measure.Aboard => said ?? LegStep.OnTheWay,
        Measure.Left or Measure.Displaced => LegStep.Departed,
        Measure.Passed => LegStep.Passed,
        Measure.Arrived or Measure.Recorded or Measure.Received => LegStep.Arrived,
        Measure.TurnedBack => LegStep.TurnedBack,
        Measure.Held or Measure.Released => said is LegStep.Halted ? LegStep.Halted : LegStep.Held,
        Measure.Present => LegStep.Assembled,
        Measure.Boarded or Measure.Born or Measure.GotOff or Measure.Transferred or Measure.Killed => LegStep.OnTheWay,
        _ => null,
    };

    private static Measure MeasureAt(LegStep step) => step switch
    {
        LegStep.Assembled => Measure.Present,
        LegStep.Departed => Measure.Left,
        LegStep.Passed => Measure.Passed,
        LegStep.TurnedBack => Measure.TurnedBack,
        LegStep.Arrived => Measure.Arrived,
        LegStep.Halted or LegStep.Held or LegStep.OnTheWay => Measure.Aboard,
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };
}
