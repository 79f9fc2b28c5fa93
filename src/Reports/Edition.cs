using NodaTime;
using Safeconduct.Situation;
using Safeconduct.Statements;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Coverage;
using Safeconduct.Statements.Kinds.Handover;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Movement;
using Safeconduct.Statements.Kinds.Screening;
using Safeconduct.Statements.Kinds.Stop;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Reports;

/// <summary>The statements that an edition may be assessed from.</summary>
/// <param name="Withheld">Not for this audience by handling or consent.</param>
/// <param name="HeldBack">For this audience, but not yet: a convoy may be under way, a watch is not past.</param>
public sealed record Edition(IReadOnlyList<Statement> Shown, int Withheld, int HeldBack)
{
    /// <summary>
    /// What goes into an edition, decided before anything is concluded: what is left out here can't show through a figure. <see cref="Disclosure"/> decides
    /// who may see a statement; here only the delay is added, because live news of a convoy tells where to aim.
    /// </summary>
    public static Edition Of(IReadOnlyCollection<Statement> statements, Operation operation, ReportSettings settings)
    {
        var (shown, withheld) = Disclosure.For(statements, settings.Audience);
        var ripe = shown.Where(s => !IsLive(s, operation, settings)).ToList();
        return new(ripe, withheld, shown.Count - ripe.Count);
    }

    /// <summary>The settings with the two counts filled in, so that the report says them.</summary>
    public ReportSettings CountedIn(ReportSettings settings) => settings with { Withheld = Withheld, HeldBack = HeldBack };

    /// <summary>Refuses to compose from conclusions that rest on what the audience may not see.</summary>
    /// <exception cref="RefusedException"><c>report.not-for-audience</c>, <c>report.held-back</c>, <c>report.lens-outside-room</c>, <c>report.after-cut-off</c>.</exception>
    internal static void Check(Assessed assessed, ReportSettings settings)
    {
        if (assessed.Statements.FirstOrDefault(s => !Disclosure.MayShow(s, settings.Audience)) is { } hidden)
        {
            throw new RefusedException("report.not-for-audience", $"{hidden.Id} may not be shown to {Audiences.Words(settings.Audience)}: choose the statements with Edition.Of, then assess those.");
        }

        if (assessed.Statements.FirstOrDefault(s => IsLive(s, assessed.Operation, settings)) is { } live)
        {
            throw new RefusedException("report.held-back", $"{live.Id} speaks of a convoy or a watch that may not leave the room yet: choose the statements with Edition.Of, then assess those.");
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

    private static bool IsLive(Statement statement, Operation operation, ReportSettings settings) => settings.Audience is not Audience.Room && statement.Said switch
    {
        Coverage => statement.About.End.DayIn(operation.Zone) >= settings.CutOff.InZone(operation.Zone).Date,
        var said => IsOfConvoy(said) && statement.About.Latest(operation.Zone) + settings.ConvoyDelay > settings.CutOff,
    };

    private static bool IsOfConvoy(Said said) => said is Movement or Stop or Screening or Handover or Headcount { Batch: not null } or Headcount { Measure: Measure.Aboard }
        || (said is Correction correction && IsOfConvoy(correction.Instead));
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
