using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Times;

namespace Safeconduct.Situation.Views;

/// <summary>
/// What could be known at an instant. A statement published at a stated hour is known from that hour; one dated by its day from the day's start on the
/// operation's clock, marked "hour not stated", or only once the day is over; one dated by its month from the month's last day.
/// </summary>
internal static class Knowledge
{
    /// <summary>In the order of their ids, each once.</summary>
    /// <exception cref="RefusedException"><c>assess.same-id-twice</c> where one id stands for two different statements.</exception>
    public static IReadOnlyList<Statement> InOrder(IEnumerable<Statement> statements)
    {
        var ordered = new List<Statement>();
        foreach (var statement in statements.OrderBy(s => s.Id))
        {
            if (ordered.Count == 0 || ordered[^1].Id != statement.Id)
            {
                ordered.Add(statement);
            }
            else if (!ReferenceEquals(ordered[^1], statement)
                && !Statements.Bytes.StatementBytes.Write(ordered[^1]).AsSpan().SequenceEqual(Statements.Bytes.StatementBytes.Write(statement)))
            {
                throw new RefusedException("assess.same-id-twice", $"Two different statements have the id {statement.Id}; give one of them another id.", statement.Id.Value);
            }
        }

        return ordered;
    }

    public static bool IsKnown(Statement statement, View view, DateTimeZone zone) =>
        view.AsOf is not { } at || From(statement, view.Known, zone) <= at;

    /// <summary>From when on the statement counts as known.</summary>
    public static Instant From(Statement statement, Known known, DateTimeZone zone) =>
        known is Known.Certainly ? CertainlyFrom(statement.KnownFrom, zone) : PossiblyFrom(statement.KnownFrom, zone);

    /// <summary>Counted as known at the instant, though it may have been published later that day.</summary>
    public static bool HourIsOpen(Statement statement, View view, DateTimeZone zone) =>
        view.AsOf is { } at && CertainlyFrom(statement.KnownFrom, zone) > at;

    /// <summary>Whether the lens counts it. A correction stands in the place of what it corrects, so it counts wherever the original does.</summary>
    public static bool Counts(Statement statement, Lens lens, Grades grades, IReadOnlyDictionary<StatementId, Statement> known)
    {
        for (var (at, steps) = (statement, 0); steps < 100; steps++)
        {
            if (lens.Counts(at, grades))
            {
                return true;
            }

            if (at.Said is not Correction { Of: var of } || !known.TryGetValue(of, out var original))
            {
                return false;
            }

            at = original;
        }

        return false;
    }

    private static Instant PossiblyFrom(Moment moment, DateTimeZone zone) =>
        moment.At?.ToInstant() ?? moment.Date.AtStartOfDayInZone(zone).ToInstant();

    private static Instant CertainlyFrom(Moment moment, DateTimeZone zone) => moment.Latest(zone);
}
