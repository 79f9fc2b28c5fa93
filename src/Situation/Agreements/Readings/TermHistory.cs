using NodaTime;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;

namespace Safeconduct.Situation.Agreements.Readings;

/// <summary>What was known when: every verdict that a term had, in the order in which its statements became known.</summary>
public static class TermHistory
{
    /// <summary>All changes up to the view's instant. A statement known by its day alone counts from that day's start, as in <see cref="Known.Possibly"/>, or from its end.</summary>
    public static IReadOnlyList<VerdictChange> Of(Agreement agreement, IReadOnlyCollection<Statement> statements, Operation operation, View view, Instant? now = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        var watch = new TermWatch(agreement, operation);
        var counting = Assess.SeenIn(statements, operation, view).Select(s => s.Id).ToHashSet();
        var changes = new List<VerdictChange>();
        var moments = Knowledge.InOrder(statements).Where(s => Knowledge.IsKnown(s, view, operation.Zone)).GroupBy(s => Knowledge.From(s, view.Known, operation.Zone)).OrderBy(g => g.Key);
        foreach (var moment in moments)
        {
            changes.AddRange(watch.Learn([.. moment.Select(s => (s, counting.Contains(s.Id)))], moment.Key));
        }

        if ((view.AsOf ?? now) is { } until && until > watch.Now)
        {
            changes.AddRange(watch.Advance(until));
        }

        return changes;
    }

    /// <summary>The day from which each term has stood as it stands at the end, on the operation's clock. What changed within one day counts as that day's last.</summary>
    public static IReadOnlyDictionary<string, LocalDate> Since(IReadOnlyList<VerdictChange> changes, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return changes.GroupBy(c => c.Term.Number, StringComparer.Ordinal).ToDictionary(
            g => g.Key,
            g =>
            {
                var days = g.GroupBy(c => Day(c.KnownAt)).Select(d => (d.Key, d.Last().After)).ToList();
                var last = days[^1].After;
                var at = days.Count - 1;
                while (at > 0 && days[at - 1].After == last)
                {
                    at--;
                }

                return days[at].Key;
            },
            StringComparer.Ordinal);

        LocalDate Day(Instant instant) => instant == Instant.MinValue ? LocalDate.MinIsoValue : instant.InZone(zone).Date;
    }
}
