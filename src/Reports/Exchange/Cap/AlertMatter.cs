using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Obstruction;
using Safeconduct.Statements.Kinds.Status;

namespace Safeconduct.Reports.Exchange.Cap;

/// <summary>What alerts are about.</summary>
public enum AlertTopic
{
    /// <summary>The operation, a route or a line is said to be suspended or halted.</summary>
    Halt,

    /// <summary>Passage or access is said to be refused, blocked, held or turned back.</summary>
    Closure,

    /// <summary>Fire on a convoy, shelling, a shooting, an explosion.</summary>
    Fire,
}

/// <summary>
/// The one thing that a chain of alerts is about: a halt of something somewhere, a closure somewhere, fire somewhere on one day. Statements of the same matter come into the same
/// chain. A convoy's stop by itself is no matter of an alert.
/// </summary>
public sealed record AlertMatter(AlertTopic Topic, SubjectKind? Subject, PlaceId? Place, LocalDate? Day)
{
    /// <summary>Its name in lists and in the record: <c>halt.operation.old-town</c>.</summary>
    public override string ToString() => string.Join('.', new[] { Token.Of(Topic), Subject is { } s ? Token.Of(s) : null, Place is { } p ? Token.Slug(p.Value) : "anywhere", Day?.ToString("uuuu-MM-dd", System.Globalization.CultureInfo.InvariantCulture) }.OfType<string>());

    /// <summary>What a statement is of, and whether it says that movement went on again; null where no alert is about such a thing.</summary>
    internal static (AlertMatter Matter, bool IsResumption)? Of(Statement statement, DateTimeZone zone)
    {
        var place = statement.Where.Via ?? statement.Where.From ?? statement.Where.To;
        return Spoken(statement.Said) switch
        {
            Status { State: State.Suspended or State.Halted } status => (new(AlertTopic.Halt, status.Subject, place, null), false),
            Status { State: State.Resumed or State.Running } status => (new(AlertTopic.Halt, status.Subject, place, null), true),
            Obstruction { What: Obstructed.Passage or Obstructed.Access or Obstructed.Aid or Obstructed.Boarding, How: not Hindrance.Delayed } => (new(AlertTopic.Closure, null, place, null), false),
            Incident { Type: IncidentType.FireOnConvoy or IncidentType.Shelling or IncidentType.Shooting or IncidentType.Explosion } => (new(AlertTopic.Fire, null, place, statement.About.Start.DayIn(zone)), false),
            _ => null,
        };
    }

    private static Said Spoken(Said said) => said is Correction correction ? correction.Instead : said;
}
