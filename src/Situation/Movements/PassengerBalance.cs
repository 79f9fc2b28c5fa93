using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Movements;

/// <summary>
/// Who set out, who came, and what became of the others. A term has a number only where somebody counted it. Those last seen on the way are under way until the usual
/// travel time has passed; where the operation states none, they may be, so that nobody is called missing for certain.
/// </summary>
internal sealed class PassengerBalance(Operation operation, Instant now)
{
    private static readonly Share[] Simple = [Share.Boarded, Share.Born, Share.TurnedBack, Share.GotOff, Share.Transferred, Share.Died];

    public NotAccountedFor? Of(IReadOnlyList<ConvoyReport> reports)
    {
        var departed = reports.Where(r => IsCount(r, Measure.Left)).Select(r => r.Count!.Category).Distinct()
            .OrderBy(c => c == Category.Everyone ? 0 : 1).ThenBy(c => c.Slug, StringComparer.Ordinal).ToList();
        if (departed.Count == 0)
        {
            return null;
        }

        var whole = departed.Find(c => departed.TrueForAll(c.Contains)) ?? departed[0];
        var parts = departed.Where(c => c != whole && reports.Any(r => IsArrival(r) && r.Count!.Category == c)).Select(c => Balance(reports, c, [])).ToList();
        return Balance(reports, whole, parts);
    }

    private NotAccountedFor Balance(IReadOnlyList<ConvoyReport> reports, Category category, IReadOnlyList<NotAccountedFor> parts)
    {
        var counts = reports.Where(r => r.Stands && r.Count is { Unit: Unit.People, Group: null } c && c.Category == category && CountSessions.HasNumber(c.Bound)).ToList();
        var arrivals = Arrivals(counts);
        var departures = counts.Where(r => r.Count!.Measure is Measure.Left).ToList();
        var terms = Counted(counts, departures, arrivals);
        var due = Due(reports);
        var isDue = due is { } at && now >= at;
        var underWay = isDue ? null : UnderWay(counts, departures, arrivals, terms[0]);
        if (underWay is not null)
        {
            terms.Add(due is null ? underWay with { Low = 0 } : underWay);
        }

        var uncounted = reports.Where(r => r is { Stands: true, Step: LegStep.Arrived } && !arrivals.Exists(r.Overlaps)).Select(r => r.Id).Distinct().Order().ToList();
        var (low, high) = NotAccountedFor.Sum(terms);
        low = uncounted.Count > 0 ? 0 : low;
        var missing = high is 0 ? null : FirstMissing(counts, terms, departures);
        return new(
            category,
            low,
            high,
            terms.Exists(t => t.Approximate),
            terms,
            [.. Enum.GetValues<Share>().Where(s => terms.TrueForAll(t => t.Share != s))],
            LastSeen(counts, terms, departures, missing),
            missing is null ? null : Seen(missing),
            uncounted,
            due,
            AlarmOf(high, due, isDue, uncounted.Count > 0 && arrivals.Count == 0),
            parts);
    }

    private List<BalanceTerm> Counted(List<ConvoyReport> counts, List<ConvoyReport> departures, List<ConvoyReport> arrivals)
    {
        var terms = new List<BalanceTerm> { Term(Share.Departed, CountSessions.Total(departures)) };
        if (arrivals.Count > 0)
        {
            terms.Add(Term(Share.Arrived, CountSessions.TotalOverLines(arrivals, operation.Gazetteer, Most(counts, departures))));
        }

        foreach (var share in Simple)
        {
            Add(terms, share, [.. counts.Where(r => r.Count!.Measure == MeasureOf(share))]);
        }

        Add(terms, Share.TakenIll, TakenIll(counts, arrivals));
        var held = counts.Where(r => r.Count!.Measure is Measure.Held).ToList();
        if (held.Count > 0)
        {
            terms.Add(Term(Share.Held, CountSessions.Total(held).Minus(CountSessions.Total([.. counts.Where(r => r.Count!.Measure is Measure.Released)]))));
        }

        return terms;
    }

    /// <summary>As many as set out or joined on the way, at most; null where that is open.</summary>
    private static long? Most(List<ConvoyReport> counts, List<ConvoyReport> departures) =>
        CountSessions.Total(departures).Plus(CountSessions.Total([.. counts.Where(r => r.Count!.Measure is Measure.Boarded or Measure.Born)])).High;

    private static void Add(List<BalanceTerm> terms, Share share, IReadOnlyList<ConvoyReport> reports)
    {
        if (reports.Count > 0)
        {
            terms.Add(Term(share, CountSessions.Total(reports)));
        }
    }

    private static BalanceTerm Term(Share share, Ends ends) => new(share, ends.Low, ends.High, ends.Approximate, ends.Ids);

    /// <summary>Arrivals; where nobody counted those, people written down or taken into care on arrival.</summary>
    private static List<ConvoyReport> Arrivals(List<ConvoyReport> counts)
    {
        foreach (var measure in (Measure[])[Measure.Arrived, Measure.Recorded, Measure.Received])
        {
            if (counts.Where(r => r.Count!.Measure == measure).ToList() is { Count: > 0 } arrivals)
            {
                return arrivals;
            }
        }

        return [];
    }

    /// <summary>Taken into care somewhere else than where the convoy arrived; a patient who arrived and was admitted there arrived once.</summary>
    private List<ConvoyReport> TakenIll(List<ConvoyReport> counts, List<ConvoyReport> arrivals) =>
    [
        .. counts.Where(r => r.Count!.Measure is Measure.Received && !arrivals.Contains(r) && r.Line is { } place
            && !arrivals.Exists(a => a.Line is not { } arrived || operation.Gazetteer.IsWithin(place, arrived) || operation.Gazetteer.IsWithin(arrived, place))),
    ];

    /// <summary>Those last seen on the way who have not been counted since.</summary>
    private BalanceTerm? UnderWay(List<ConvoyReport> counts, List<ConvoyReport> departures, List<ConvoyReport> arrivals, BalanceTerm departed)
    {
        var left = departures.Max(r => r.Start);
        var onTheWay = counts.Where(r => r.Count!.Measure is Measure.Passed or Measure.Aboard && r.Start > left).ToList();
        var last = CountSessions.ByLine(onTheWay, operation.Gazetteer).SelectMany(CountSessions.Together).OrderBy(s => s.Max(r => r.Start)).ThenBy(s => s[0].Id).LastOrDefault();
        var (seen, since) = last is null ? (new Ends(departed.Low, departed.High, false, departed.Approximate, departed.Ids), left) : (CountSessions.Total(last), last.Min(r => r.Start));
        var rest = seen.Minus(CountSessions.TotalOverLines([.. arrivals.Where(r => r.Start >= since)], operation.Gazetteer, Most(counts, departures)));
        return rest.High is 0 ? null : Term(Share.UnderWay, rest);
    }

    private Instant? Due(IReadOnlyList<ConvoyReport> reports)
    {
        var departures = reports.Where(r => r is { Stands: true, Step: LegStep.Departed }).ToList();
        return operation.UsualTravel is { } usual && departures.Count > 0 ? departures.Max(r => r.Statement.About.Latest(operation.Zone)) + usual : null;
    }

    private static Alarm AlarmOf(long? high, Instant? due, bool isDue, bool isUncounted) =>
        high is 0 ? Alarm.NobodyMissing
        : isUncounted ? Alarm.ArrivalNotCounted
        : due is null ? Alarm.TravelTimeNotStated
        : isDue ? Alarm.Raised : Alarm.NotYetDue;

    /// <summary>The first session after the departure in which fewer were counted than set out less those known to have left the convoy.</summary>
    private IReadOnlyList<ConvoyReport>? FirstMissing(List<ConvoyReport> counts, List<BalanceTerm> terms, List<ConvoyReport> departures)
    {
        var elsewhere = terms.Where(t => t is { Joined: false, Share: not (Share.Arrived or Share.UnderWay) }).Sum(t => t.High ?? t.Low);
        var expected = terms[0].Low - elsewhere;
        return AlongTheWay(counts, departures).FirstOrDefault(s => CountSessions.Total(s).High < expected);
    }

    private SeenAt? LastSeen(List<ConvoyReport> counts, List<BalanceTerm> terms, List<ConvoyReport> departures, IReadOnlyList<ConvoyReport>? missing)
    {
        var before = AlongTheWay(counts, departures).TakeWhile(s => missing is null || s[0].Start < missing[0].Start).LastOrDefault();
        return Seen(before ?? departures);
    }

    /// <summary>Counts at the lines and at arrival, in the order of time. Part of a convoy counted by vehicle is not the convoy.</summary>
    private IEnumerable<IReadOnlyList<ConvoyReport>> AlongTheWay(List<ConvoyReport> counts, List<ConvoyReport> departures)
    {
        var left = departures.Min(r => r.Start);
        return CountSessions.ByLine([.. counts.Where(r => r.Count!.Measure is Measure.Passed or Measure.Arrived && r.Start >= left)], operation.Gazetteer)
            .SelectMany(CountSessions.Together).OrderBy(s => s[0].Start).ThenBy(s => s[0].Step).ThenBy(s => s[0].Id);
    }

    private static SeenAt Seen(IReadOnlyList<ConvoyReport> session)
    {
        var last = session.OrderBy(r => r.Start).ThenBy(r => r.Id).Last();
        return new(last.Step, last.Line, last.Statement.About, [.. session.Select(r => r.Id).Distinct().Order()]);
    }

    private static bool IsCount(ConvoyReport report, Measure measure) =>
        report is { Stands: true, Count: { Unit: Unit.People, Group: null } count } && count.Measure == measure && CountSessions.HasNumber(count.Bound);

    private static bool IsArrival(ConvoyReport report) => IsCount(report, Measure.Arrived) || IsCount(report, Measure.Recorded) || IsCount(report, Measure.Received);

    private static Measure MeasureOf(Share share) => share switch
    {
        Share.Boarded => Measure.Boarded,
        Share.Born => Measure.Born,
        Share.TurnedBack => Measure.TurnedBack,
        Share.GotOff => Measure.GotOff,
        Share.Transferred => Measure.Transferred,
        Share.Died => Measure.Killed,
        _ => throw new ArgumentOutOfRangeException(nameof(share)),
    };
}
