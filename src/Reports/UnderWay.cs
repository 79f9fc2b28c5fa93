using NodaTime;
using Safeconduct.Situation.Movements;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Coverage;
using Safeconduct.Statements.Kinds.Finding;
using Safeconduct.Statements.Kinds.Handover;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Movement;
using Safeconduct.Statements.Kinds.Screening;
using Safeconduct.Statements.Kinds.Stop;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Reports;

/// <summary>
/// What may not leave the room yet at a cut-off, whatever its handling. Live news of a convoy tells where to aim, so what the room collected about one stays until
/// somebody states its arrival (or its return) and the operation's delay has passed; where no arrival can be joined to it, it stays. What others printed for all to
/// read is no news of ours: there the delay alone holds. Where an observer stood stays until the delay has passed. A watch stays until its day is past, a handover of a line always, a finding until a named person adopted
/// it after the right of reply. What points at something held back stays with it.
/// </summary>
internal sealed class UnderWay
{
    /// <summary>How long after the time spoken of an arrival under the same name is still of the same journey: names such as "first convoy" come back with the days.</summary>
    private static readonly Duration LongestJourney = Duration.FromDays(2);

    private readonly DateTimeZone zone;
    private readonly Duration delay;
    private readonly ReportSettings settings;
    private readonly Leaving.WideAreas areas;
    private readonly List<(ConvoyName Name, TimeSpoken When)> arrivals;
    private readonly IReadOnlyDictionary<StatementId, Statement> adopted;

    private UnderWay(IReadOnlyCollection<Statement> statements, Operation operation, ReportSettings settings)
    {
        (zone, delay, this.settings, areas) = (operation.Zone, operation.ReleaseDelay, settings, new Leaving.WideAreas(operation.Gazetteer));
        var known = statements.Where(s => s.KnownFrom.Earliest(zone) <= settings.CutOff).ToList();
        var takenBack = known.SelectMany(s => s.Claims()).OfType<Claim.About>().Where(a => a.Relation is Relation.Withdraws or Relation.Corrects).Select(a => a.Statement).ToHashSet();
        var standing = known.Where(s => s.Modality is Modality.Asserted && !takenBack.Contains(s.Id)).ToList();
        arrivals = [.. standing.Where(s => IsArrival(Spoken(s))).Select(s => (NameOf(Spoken(s)), s.About))];
        adopted = Adoption.Among(known);
    }

    /// <summary>The ids of those held back from the settings' audience; nothing is held back from the room.</summary>
    public static IReadOnlySet<StatementId> In(IReadOnlyCollection<Statement> statements, Operation operation, ReportSettings settings)
    {
        var held = new HashSet<StatementId>();
        if (settings.Audience is Audience.Room)
        {
            return held;
        }

        var underWay = new UnderWay(statements, operation, settings);
        var free = new List<Statement>();
        foreach (var statement in statements.Where(s => !settings.ReleasedEarly.Contains(s.Id)))
        {
            if (underWay.IsHeld(statement))
            {
                held.Add(statement.Id);
            }
            else if (!Disclosure.WasPrinted(statement))
            {
                free.Add(statement);
            }
        }

        // A remark on a remark on something held back: until nothing more follows.
        while (free.RemoveAll(s => PointsAt(s).Any(held.Contains) && held.Add(s.Id)) > 0)
        {
        }

        return held;
    }

    private bool IsHeld(Statement statement) => Spoken(statement) switch
    {
        Handover => true,
        Coverage => statement.About.End.DayIn(zone) >= settings.CutOff.InZone(zone).Date,
        Finding => !adopted.ContainsKey(statement.Id),
        var said when Disclosure.WasPrinted(statement) => IsOfConvoy(said) && !IsPast(statement.About),
        var said when IsOfConvoy(said) || SpeaksOfConvoy(statement, said) => !IsPast(statement.About) || !HasArrived(statement, NameOf(said)),
        _ => TellsAPosition(statement) && !IsPast(statement.About),
    };

    /// <summary>
    /// Where somebody stood today is news of today, whatever it is of: an observer's place outside the room, anybody's in public. Areas as wide as may be told are no positions, what others
    /// printed is out, and a witness's place and hour leave the room at no time.
    /// </summary>
    private bool TellsAPosition(Statement statement) => !Disclosure.WasPrinted(statement) && statement.SaidBy.Kind is var kind && kind is not SourceKind.Witness
        && (settings.Audience is Audience.Public || (kind is SourceKind.OwnObservers && statement.SaidBy != Source.Room))
        && new[] { statement.Where.From, statement.Where.To, statement.Where.Via }.Any(p => p is { } place && !areas.IsWide(place));

    private bool IsPast(TimeSpoken when) => when.Latest(zone) + delay <= settings.CutOff;

    private bool HasArrived(Statement statement, ConvoyName name) => arrivals.Exists(a =>
        IsSame(a.Name, name) && IsPast(a.When)
        && a.When.Latest(zone) >= statement.About.Earliest(zone) && a.When.Earliest(zone) <= statement.About.Latest(zone) + LongestJourney);

    /// <summary>A convoy arrives with all its vehicles; one vehicle arrives for itself alone.</summary>
    private static bool IsSame(ConvoyName arrived, ConvoyName spoken) => arrived.Vehicle is null
        ? arrived.Convoy is not null && arrived.Convoy == spoken.Convoy
        : arrived == spoken;

    private static bool IsArrival(Said said) => said is Movement { Step: Step.Arrived or Step.TurnedBack } or Headcount { Measure: Measure.Arrived or Measure.TurnedBack };

    private static bool IsOfConvoy(Said said) => said is Movement or Stop or Screening or Headcount { Batch: not null } or Headcount { Measure: Measure.Aboard };

    // Fighters counted over less than a day are fighters on one convoy, whether or not the words name it.
    private bool SpeaksOfConvoy(Statement statement, Said said) =>
        said is Incident { Type: IncidentType.FireOnConvoy }
        || (said is Headcount headcount && headcount.Parts.Prepend(headcount.Counted).Any(c => ConvoyName.IsIn(c.Group) || (Category.Fighters.Contains(c.Category) && !IsOfWholeDays(statement.About))))
        || ConvoyName.IsIn(said.ToString()) || ConvoyName.IsIn(statement.Paraphrase) || ConvoyName.IsIn(statement.Words?.Text);

    private bool IsOfWholeDays(TimeSpoken when) => when.Latest(zone) - when.Earliest(zone) >= Duration.FromHours(20);

    private static ConvoyName NameOf(Said said) => ConvoyName.Of(said switch
    {
        Movement m => m.Convoy,
        Stop s => s.Convoy,
        Screening s => s.Batch,
        Headcount { Batch: { } batch } => batch,
        Headcount h => h.Parts.Prepend(h.Counted).Select(c => c.Group).FirstOrDefault(ConvoyName.IsIn),
        _ => null,
    });

    private static Said Spoken(Statement statement) => statement.Said is Correction correction ? correction.Instead : statement.Said;

    private static IEnumerable<StatementId> PointsAt(Statement statement)
    {
        var targets = statement.Claims().OfType<Claim.About>().Select(a => a.Statement);
        return statement.Said switch
        {
            Finding finding => targets.Concat(finding.RestsOn),
            Comment { On: { } on } => targets.Append(on),
            _ => targets,
        };
    }
}
