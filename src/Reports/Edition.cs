using NodaTime;
using Safeconduct.Reports.Leaving;
using Safeconduct.Situation;
using Safeconduct.Statements;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Coverage;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Reports;

/// <summary>The statements that an edition may be assessed from, each in the form in which its audience may see it.</summary>
/// <param name="Shown">In the order of the record. What was made coarse says so (<see cref="Statement.IsCoarse"/>); take statements from here, never by their ids from the record.</param>
/// <param name="Withheld">Not for this audience by handling or consent.</param>
/// <param name="Held">For this audience, but not yet: a convoy may be under way, a watch is not past, a finding is not adopted. For the eyes of the room.</param>
public sealed record Edition(IReadOnlyList<Statement> Shown, int Withheld, IReadOnlyList<Statement> Held)
{
    public int HeldBack => Held.Count;

    /// <summary>Counts of people given more coarsely than they were said.</summary>
    public int CoarseCounts { get; private init; }

    /// <summary>Statements whose place is given as a wide area.</summary>
    public int CoarsePlaces { get; private init; }

    /// <summary>
    /// Those that may be shown one by one. Outside the room a witness's account by itself would tell who stood where, and a watch by itself where nobody looks:
    /// reports merge the one and widen the other, and no list carries either.
    /// </summary>
    public static IEnumerable<Statement> OneByOne(IEnumerable<Statement> shown, Audience audience) => audience is Audience.Room
        ? shown
        : shown.Where(s => s.SaidBy.Kind is not SourceKind.Witness && s.Said is not (Coverage or Correction { Instead: Coverage }));

    /// <summary>Of those that may be shown one by one, those that are shown word for word: their signed form may be handed out, and no other's.</summary>
    public static IEnumerable<Statement> Unchanged(IEnumerable<Statement> shown, Audience audience) => OneByOne(shown, audience).Where(s => !s.IsCoarse);

    /// <summary>
    /// Where a place may be drawn. To the public no position is finer than the operation's grid, and a crossing, a route or a point is drawn where its wide area is.
    /// </summary>
    public static Position? PositionOf(Place place, Operation operation, Audience audience)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (audience is not Audience.Public)
        {
            return place.Position;
        }

        var drawn = place.Kind is PlaceKind.Area ? place : new WideAreas(operation.Gazetteer).Of(place.Id) is { } area ? operation.Gazetteer.Find(area) : null;
        return drawn?.Position is { } at ? new Position(OnGrid(at.Longitude, operation.PositionGridDegrees, 180), OnGrid(at.Latitude, operation.PositionGridDegrees, 90)) : null;
    }

    // Through decimals, so that a grid line prints as 37.2 and not as 37.2000001.
    private static double OnGrid(double degrees, double grid, double most) =>
        Math.Clamp((double)(Math.Round((decimal)degrees / (decimal)grid, MidpointRounding.AwayFromZero) * (decimal)grid), -most, most);

    /// <summary>
    /// What goes into an edition, decided before anything is concluded: what is left out here can't show through a figure. <see cref="Disclosure"/> decides
    /// who may see a statement; <see cref="UnderWay"/> adds when, because live news of a convoy tells where to aim.
    /// </summary>
    public static Edition Of(IReadOnlyCollection<Statement> statements, Operation operation, ReportSettings settings)
    {
        var (shown, withheld) = Disclosure.For(statements, settings.Audience);
        var held = UnderWay.In(statements, operation, settings);
        var forms = Forms.For(statements, shown, operation, settings.Audience);
        var now = shown.Where(s => !held.Contains(s.Id)).ToList();

        // What is told by its day alone would count as known from the start of that day, before the cut-off.
        var seen = now.Select(s => forms.Of(s) is { } form && (ReferenceEquals(form, s) || s.KnownFrom.Earliest(operation.Zone) <= settings.CutOff) ? form : null).OfType<Statement>().ToList();
        return new(seen, withheld + now.Count - seen.Count, [.. shown.Where(s => held.Contains(s.Id))]) { CoarseCounts = seen.Sum(s => forms.CellsIn(s.Id)), CoarsePlaces = seen.Count(s => forms.IsWidened(s.Id)) };
    }

    /// <summary>
    /// Says that a record goes on from another: what was decided for <paramref name="before"/> holds for <paramref name="after"/>, whose new statements alone are decided when an edition of it is
    /// asked for. It saves work and changes no answer; where the one is not the other with more behind it, all is decided anew.
    /// </summary>
    public static void GoesOn(IReadOnlyCollection<Statement> before, IReadOnlyCollection<Statement> after) => Forms.Carry(before, after);

    /// <summary>The settings with the counts filled in, so that the report says them.</summary>
    internal ReportSettings CountedIn(ReportSettings settings) => settings with { Withheld = Withheld, HeldBack = HeldBack, CoarseCounts = CoarseCounts, CoarsePlaces = CoarsePlaces };

    /// <summary>Refuses to compose from conclusions that rest on what the audience may not see.</summary>
    /// <exception cref="RefusedException"><c>report.not-for-audience</c>, <c>report.held-back</c>, <c>report.not-coarse</c>, <c>report.lens-outside-room</c>, <c>report.after-cut-off</c>.</exception>
    internal void Check(Assessed assessed, ReportSettings settings)
    {
        if (assessed.Statements.FirstOrDefault(s => !Disclosure.MayShow(s, settings.Audience)) is { } hidden)
        {
            throw new RefusedException("report.not-for-audience", $"{hidden.Id} may not be shown to {Audiences.Words(settings.Audience)}: choose the statements with Edition.Of, then assess those.");
        }

        var allowed = Shown.ToDictionary(s => s.Id);
        if (assessed.Statements.FirstOrDefault(s => allowed.TryGetValue(s.Id, out var form) && form.IsCoarse != s.IsCoarse) is { } fine)
        {
            throw new RefusedException("report.not-coarse", $"{fine.Id} is shown to {Audiences.Words(settings.Audience)} more coarsely than it was said: assess the statements of Edition.Of, not those of the record.");
        }

        if (assessed.Statements.FirstOrDefault(s => !allowed.ContainsKey(s.Id)) is { } live)
        {
            throw new RefusedException("report.held-back", $"{live.Id} may not leave the room yet: choose the statements with Edition.Of, then assess those.");
        }

        if (settings.Audience is not Audience.Room && !assessed.View.Lens.IsAll)
        {
            throw new RefusedException("report.lens-outside-room", $"The lens '{assessed.View.Lens}' stays in the room: assess with the lens 'all' for other readers.");
        }

        if (assessed.View.AsOf is { } asOf && asOf > settings.CutOff)
        {
            throw new RefusedException("report.after-cut-off", $"The statements were read as known at {Written(asOf)}, later than the cut-off at {Written(settings.CutOff)}: assess as of the cut-off.");
        }

        if (assessed.Statements.FirstOrDefault(s => s.KnownFrom.Earliest(assessed.Operation.Zone) > settings.CutOff) is { } later)
        {
            throw new RefusedException("report.after-cut-off", $"{later.Id} was not known at the cut-off at {Written(settings.CutOff)}: assess as of the cut-off.");
        }
    }

    private static string Written(Instant instant) => NodaTime.Text.InstantPattern.General.Format(instant);
}

internal static class Audiences
{
    public static string Words(Audience audience) => audience switch
    {
        Audience.Room => "the room",
        Audience.Parties => "the parties",
        Audience.Public => "the public",
        _ => throw new ArgumentOutOfRangeException(nameof(audience)),
    };
}
