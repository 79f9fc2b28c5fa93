using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Clearance;
using Safeconduct.Statements.Kinds.Contact;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Agreements.Readings;

/// <summary>What one statement says of one event, state or count: the claim's type, where, between when and when, and whether it says so or denies it.</summary>
/// <param name="Type">A claim's own type: <c>convoy-departed</c>; <c>state-suspended</c> of an operation; <c>count-left</c> of a count.</param>
/// <param name="Early">The earliest instant it may speak of, and <paramref name="Late"/> the latest: an hour that is not stated is not chosen.</param>
/// <param name="Denies">It says that this did not happen, or counts none.</param>
internal sealed record Report(Statement Statement, string Type, Scope Scope, Instant Early, Instant Late, bool Denies, Claim.Count? Count = null, string? AllegedAuthor = null)
{
    public StatementId Id => Statement.Id;

    /// <summary>Only what says or denies that something was: promises, plans and demands report nothing.</summary>
    public static IReadOnlyList<Report> Of(Statement statement, DateTimeZone zone)
    {
        var reports = new List<Report>();
        foreach (var claim in statement.Claims())
        {
            switch (claim)
            {
                case Claim.Happened { Modality: Modality.Asserted or Modality.Denied } h:
                    reports.Add(new(statement, h.Event.Type, h.Event.Scope, h.Event.When.Earliest(zone), LastOf(h.Event.When, zone), h.Modality is Modality.Denied, AllegedAuthor: h.Event.AllegedAuthor));
                    break;
                case Claim.Holds { Modality: Modality.Asserted or Modality.Denied, Subject.Kind: SubjectKind.Operation or SubjectKind.Route or SubjectKind.Truce or SubjectKind.Line } s:
                    reports.Add(new(statement, $"{(s.Subject.Kind is SubjectKind.Line ? "line" : "state")}-{s.State}", statement.Where, s.From.Earliest(zone), LastOf(s.From, zone), s.Modality is Modality.Denied));
                    break;
                case Claim.Count c:
                    reports.Add(OfCount(statement, c, zone));
                    break;
                default:
                    break;
            }
        }

        if (statement is { Said: Clearance { State: ClearanceState.Notified or ClearanceState.Acknowledged or ClearanceState.Cleared }, Modality: Modality.Asserted } or { Said: Contact, Modality: Modality.Asserted })
        {
            reports.Add(new(statement, "notice", statement.Where, statement.About.Earliest(zone), LastOf(statement.About, zone), Denies: false));
        }

        return reports;
    }

    /// <summary>A running total speaks of everything since its start, so what it counts may have happened at any time before its end.</summary>
    private static Report OfCount(Statement statement, Claim.Count c, DateTimeZone zone)
    {
        var time = c.Quantity.Cut.Time;
        var early = c.Quantity.Cut.Kind is CutKind.SinceStart && !time.IsInterval ? Instant.MinValue : time.Earliest(zone);
        return new(statement, $"count-{Statements.Bytes.Token.Of(c.Quantity.Measure)}", c.Quantity.Scope, early, LastOf(time, zone), c.Bound.Most is 0, c);
    }

    /// <summary>The last instant spoken of. A day ends before the next begins, or what is said of one would touch the other.</summary>
    internal static Instant LastOf(Statements.Times.TimeSpoken time, DateTimeZone zone) => LastOf(time.End, zone);

    internal static Instant LastOf(Statements.Times.Moment moment, DateTimeZone zone) => moment.HourIsStated ? moment.Latest(zone) : moment.Latest(zone) - Duration.FromMilliseconds(1);
}
