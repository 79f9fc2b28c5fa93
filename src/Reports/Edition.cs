using NodaTime;
using Safeconduct.Situation;
using Safeconduct.Statements;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Coverage;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Reports;

/// <summary>The statements that an edition may be assessed from.</summary>
/// <param name="Withheld">Not for this audience by handling or consent.</param>
/// <param name="Held">For this audience, but not yet: a convoy may be under way, a watch is not past, a finding is not adopted. For the eyes of the room.</param>
public sealed record Edition(IReadOnlyList<Statement> Shown, int Withheld, IReadOnlyList<Statement> Held)
{
    public int HeldBack => Held.Count;

    /// <summary>
    /// Those that may be shown one by one. Outside the room a witness's account by itself would tell who stood where, and a watch by itself where nobody looks:
    /// reports merge the one and widen the other, and no list carries either.
    /// </summary>
    public static IEnumerable<Statement> OneByOne(IEnumerable<Statement> shown, Audience audience) => audience is Audience.Room
        ? shown
        : shown.Where(s => s.SaidBy.Kind is not SourceKind.Witness && s.Said is not (Coverage or Correction { Instead: Coverage }));

    /// <summary>
    /// What goes into an edition, decided before anything is concluded: what is left out here can't show through a figure. <see cref="Disclosure"/> decides
    /// who may see a statement; <see cref="UnderWay"/> adds when, because live news of a convoy tells where to aim.
    /// </summary>
    public static Edition Of(IReadOnlyCollection<Statement> statements, Operation operation, ReportSettings settings)
    {
        var (shown, withheld) = Disclosure.For(statements, settings.Audience);
        var held = UnderWay.In(statements, operation, settings);
        return new([.. shown.Where(s => !held.Contains(s.Id))], withheld, [.. shown.Where(s => held.Contains(s.Id))]);
    }

    /// <summary>The settings with the two counts filled in, so that the report says them.</summary>
    internal ReportSettings CountedIn(ReportSettings settings) => settings with { Withheld = Withheld, HeldBack = HeldBack };

    /// <summary>Refuses to compose from conclusions that rest on what the audience may not see.</summary>
    /// <exception cref="RefusedException"><c>report.not-for-audience</c>, <c>report.held-back</c>, <c>report.lens-outside-room</c>, <c>report.after-cut-off</c>.</exception>
    internal void Check(Assessed assessed, ReportSettings settings)
    {
        if (assessed.Statements.FirstOrDefault(s => !Disclosure.MayShow(s, settings.Audience)) is { } hidden)
        {
            throw new RefusedException("report.not-for-audience", $"{hidden.Id} may not be shown to {Audiences.Words(settings.Audience)}: choose the statements with Edition.Of, then assess those.");
        }

        var allowed = Shown.Select(s => s.Id).ToHashSet();
        if (assessed.Statements.FirstOrDefault(s => !allowed.Contains(s.Id)) is { } live)
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
