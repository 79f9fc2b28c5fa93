using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Movements;

/// <summary>Counts put into sessions, and sessions into a number of people: what one source counts in different sessions adds; what different sources count in one session never does.</summary>
internal static class CountSessions
{
    /// <summary>The sessions of a convoy, for show: one line, one vehicle or the whole, one trip, about one hour.</summary>
    public static IReadOnlyList<CountSession> Of(IReadOnlyList<ConvoyReport> reports, ILookup<StatementId, Statement> confirming) =>
    [
        .. reports.Where(r => r is { IsPart: false, Stands: true, Count: not null })
            .GroupBy(r => (r.Step, r.Line, r.Count!.Measure, r.Count.Unit, r.Count.Category, r.Count.Group, r.Count.Vehicle, r.Count.Trip))
            .SelectMany(g => Together([.. g]))
            .OrderBy(s => s[0].Start).ThenBy(s => s[0].Step).ThenBy(s => s[0].Id)
            .Select(s => Session(s, confirming)),
    ];

    /// <summary>Reports whose times touch, directly or through others; in the order of time.</summary>
    public static IEnumerable<IReadOnlyList<ConvoyReport>> Together(IReadOnlyList<ConvoyReport> reports)
    {
        var session = new List<ConvoyReport>();
        foreach (var report in reports.OrderBy(r => r.Start).ThenBy(r => r.End).ThenBy(r => r.Id))
        {
            if (session.Count > 0 && report.Start >= session.Max(r => r.End))
            {
                yield return session;
                session = [];
            }

            session.Add(report);
        }

        if (session.Count > 0)
        {
            yield return session;
        }
    }

    /// <summary>The number of people of a set of reports that are counts of one term. Sessions add; within a session sources stand side by side and the ends are the furthest apart.</summary>
    /// <param name="most">How many there can be: as many as set out. Null: open.</param>
    public static Ends Total(IReadOnlyList<ConvoyReport> reports, long? most = null) => Together(reports).Aggregate(Ends.None, (sum, session) => sum.Then(OneSession(session, most), most));

    /// <summary>The same where places add too: who arrives here does not arrive there. A place within another is the same place.</summary>
    public static Ends TotalOverLines(IReadOnlyList<ConvoyReport> reports, Gazetteer gazetteer, long? most) =>
        ByLine(reports, gazetteer).Aggregate(Ends.None, (sum, line) => sum.Plus(Total(line, most)));

    public static IEnumerable<IReadOnlyList<ConvoyReport>> ByLine(IReadOnlyList<ConvoyReport> reports, Gazetteer gazetteer)
    {
        var lines = reports.Select(r => r.Line).OfType<PlaceId>().Distinct().Order().ToList();
        return reports.GroupBy(r => r.Line is { } line ? Outermost(line, lines, gazetteer) : lines.Count > 0 ? Outermost(lines[0], lines, gazetteer) : (PlaceId?)null)
            .OrderBy(g => g.Key?.Value, StringComparer.Ordinal)
            .Select(g => (IReadOnlyList<ConvoyReport>)[.. g]);
    }

    /// <summary>The widest of the places that contains the place.</summary>
    public static PlaceId Outermost(PlaceId place, IReadOnlyCollection<PlaceId> among, Gazetteer gazetteer) => gazetteer.Upward(place).Last(p => p == place || among.Contains(p));

    private static Ends OneSession(IReadOnlyList<ConvoyReport> session, long? most) =>
        Ends.SideBySide([.. session.GroupBy(r => r.Statement.SaidBy.Id).OrderBy(g => g.Key).Select(g => OneSource([.. g], most))]);

    /// <summary>A source that counts the whole convoy and its vehicles is taken by its count of the whole.</summary>
    private static Ends OneSource(IReadOnlyList<ConvoyReport> counts, long? most)
    {
        var whole = counts.Where(r => r.Count is { Vehicle: null, Trip: null }).ToList();
        return (whole.Count > 0 ? whole : counts)
            .GroupBy(r => (r.Line, r.Count!.Vehicle, r.Count.Trip))
            .OrderBy(g => g.Key.Line?.Value, StringComparer.Ordinal).ThenBy(g => g.Key.Vehicle, StringComparer.Ordinal).ThenBy(g => g.Key.Trip, StringComparer.Ordinal)
            .Select(g => Together([.. g]).Aggregate(Ends.None, (sum, once) => sum.Then(Latest(once), most)))
            .Aggregate(Ends.None, (sum, each) => sum.Plus(each));
    }

    /// <summary>What a source says last of one counting is what it says.</summary>
    private static Ends Latest(IReadOnlyList<ConvoyReport> once)
    {
        var last = once.Max(r => r.Statement.SaidAt)!;
        return Ends.SideBySide([.. once.Where(r => r.Statement.SaidAt.CompareTo(last) == 0).Select(r => Ends.Of(r.Id, r.Count!.Bound))]);
    }

    private static CountSession Session(IReadOnlyList<ConvoyReport> session, ILookup<StatementId, Statement> confirming)
    {
        var first = session[0];
        var counts = session.Select(r => r.Count!).OrderBy(c => c.Id).ToList();
        return new(first.Step, first.Line, counts[0].Measure, counts[0].Unit, counts[0].Category, counts[0].Vehicle, counts[0].Trip, counts, Difference(session), Agreed(session, confirming));
    }

    private static long? Difference(IReadOnlyList<ConvoyReport> session)
    {
        var sources = session.Where(r => HasNumber(r.Count!.Bound)).GroupBy(r => r.Statement.SaidBy.Id).Select(g => OneSource([.. g], null)).ToList();
        return sources.Count < 2 ? null : Math.Max(0, sources.Max(s => s.Low) - sources.Min(s => s.High ?? long.MaxValue));
    }

    /// <summary>One exact number that every other source of the session confirms in so many words. Two equal numbers are two counts, not yet an agreement.</summary>
    private static long? Agreed(IReadOnlyList<ConvoyReport> session, ILookup<StatementId, Statement> confirming)
    {
        var sources = session.Select(r => r.Statement.SaidBy.Id).ToHashSet();
        return sources.Count < 2 ? null : session
            .Where(r => r.Count!.Bound is { Low: { } low, High: { } high, IsApproximate: false } && low == high
                && sources.All(s => s == r.Statement.SaidBy.Id || confirming[r.Id].Any(c => c.SaidBy.Id == s)))
            .Select(r => r.Count!.Bound.Low).Order().FirstOrDefault();
    }

    public static bool HasNumber(Bound bound) => bound is { HasNumber: true, VagueWord: null };
}

/// <summary>A number of people between two ends, with the statements it stands on.</summary>
/// <param name="Low">0 where nobody gives a low end.</param>
/// <param name="High">Null: open.</param>
internal sealed record Ends(long Low, long? High, bool IsFloor, bool Approximate, IReadOnlyList<StatementId> Ids)
{
    public static Ends None { get; } = new(0, 0, false, false, []);

    public static Ends Of(StatementId id, Bound bound) => new(bound.Low ?? 0, bound.High, bound.IsFloor, bound.IsApproximate, [id]);

    public Ends Plus(Ends other) => new(Low + other.Low, High + other.High, IsFloor || other.IsFloor, Approximate || other.Approximate, [.. Ids.Concat(other.Ids).Distinct().Order()]);

    /// <summary>
    /// A later count added to what came before. One that is no smaller than all before it may be their total up to then, and one with which more came than set out counts some twice:
    /// then the low end is the greater of the two and not their sum, so that nobody is accounted for twice.
    /// </summary>
    public Ends Then(Ends later, long? most)
    {
        var (mayBeTotal, isTooMany) = (Low > 0 && later.Low >= Low, Low > 0 && Low + later.Low > most);
        var sum = Plus(later);
        return sum with
        {
            Low = mayBeTotal || isTooMany ? Math.Max(Low, later.Low) : sum.Low,
            High = mayBeTotal && isTooMany && High is { } before && later.High is { } then ? Math.Max(before, then) : sum.High,
        };
    }

    public Ends Minus(Ends other) =>
        new(other.High is { } most ? Math.Max(0, Low - most) : 0, High is { } h ? Math.Max(0, h - other.Low) : null, IsFloor, Approximate || other.Approximate, [.. Ids.Concat(other.Ids).Distinct().Order()]);

    /// <summary>Rival counts: the furthest apart. A bare floor sets no low end where somebody gives a number, and opens the top only where it is the highest.</summary>
    public static Ends SideBySide(IReadOnlyList<Ends> rivals)
    {
        if (rivals.Count == 0)
        {
            return None;
        }

        var numbers = rivals.Where(r => !r.IsFloor).ToList();
        var highest = numbers.Count > 0 ? numbers.Max(r => r.High) : null;
        var isOpen = numbers.Count == 0 || numbers.Exists(r => r.High is null) || rivals.Any(r => r.IsFloor && r.Low >= highest);
        return new(
            (numbers.Count > 0 ? numbers : rivals).Min(r => r.Low),
            isOpen ? null : highest,
            numbers.Count == 0,
            rivals.Any(r => r.Approximate),
            [.. rivals.SelectMany(r => r.Ids).Distinct().Order()]);
    }
}
