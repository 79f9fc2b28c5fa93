using NodaTime;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Agreements.Readings;

/// <summary>What statements report, asked in the agreement's words. Holds what binds in one view; asked for a part of it, it answers as if nothing else had been said.</summary>
internal sealed class Evidence
{
    /// <summary>How long a departure may lie before the arrival that shows it, where the operation states no usual travel time.</summary>
    private static readonly Duration LongestTravel = Duration.FromHours(24);

    private readonly Operation _operation;
    private readonly IReadOnlyList<Report> _reports;
    private readonly Dictionary<StatementId, Statement> _statements;
    private readonly Dictionary<(string, Instant?, Instant?), IReadOnlyList<Told>> _happenings = [];

    /// <param name="now">Up to when is judged: the view's instant, or the last that anything was known.</param>
    public Evidence(Agreement agreement, Operation operation, IEnumerable<Statement> binding, IReadOnlyDictionary<StatementId, IReadOnlyList<Report>> reports, Instant now)
    {
        (_operation, Sides, Now) = (operation, new Sides(agreement), now);
        _statements = binding.ToDictionary(s => s.Id);
        _reports = [.. _statements.Keys.Order().SelectMany(id => reports[id])];
        EmptyVehicles = [.. _reports.Where(r => r is { Type: "count-aboard", Denies: true }).Select(r => r.Id)];
    }

    public Instant Now { get; }

    /// <summary>The earliest instant at which a clock that was looked at runs out: until then, and while nothing else is said, every answer stays as it is.</summary>
    public Instant NextTurn { get; private set; } = Instant.MaxValue;

    public Sides Sides { get; }

    /// <summary>Statements that say of the vehicles they tell of that nobody was aboard.</summary>
    private HashSet<StatementId> EmptyVehicles { get; }

    public DateTimeZone Zone => _operation.Zone;

    public Statements.Places.Gazetteer Places => _operation.Gazetteer;

    public int TolerancePercent => _operation.TolerancePercent;

    /// <summary>The instant lies before now.</summary>
    public bool IsPast(Instant instant)
    {
        if (instant < Now)
        {
            return true;
        }

        NextTurn = Instant.Min(NextTurn, instant == Instant.MaxValue ? instant : instant + Duration.Epsilon);
        return false;
    }

    /// <summary>The instant is now or lies before it.</summary>
    public bool HasCome(Instant instant)
    {
        if (instant <= Now)
        {
            return true;
        }

        NextTurn = Instant.Min(NextTurn, instant);
        return false;
    }

    public bool Has(StatementId id) => _statements.ContainsKey(id);

    public Statement? Find(StatementId id) => _statements.GetValueOrDefault(id);

    /// <summary>Happenings that match, told in time of the window or possibly so, in the order of their earliest time.</summary>
    public IReadOnlyList<Told> Happenings(Occurrence what, Instant? from = null, Instant? until = null)
    {
        // Terms of one agreement ask the same things again and again.
        var asked = (string.Join('|', [what.Noun, what.IsOwnType, what.Category, what.Batch, what.WithPeople, Ids(what.From), Ids(what.To), Ids(what.Via), Ids(what.Where)]), from, until);
        return _happenings.TryGetValue(asked, out var known) ? known : _happenings[asked] = Gathered(what, from, until);

        static string Ids(IReadOnlyList<PlaceId> places) => string.Join(',', places);
    }

    private IReadOnlyList<Told> Gathered(Occurrence what, Instant? from, Instant? until)
    {
        var asserted = new List<(Report Report, Instant Early)>();
        var denied = new List<Report>();
        foreach (var report in _reports)
        {
            if (!Matches(what, report))
            {
                continue;
            }

            var early = EarlyOf(what, report);
            if (report.Late < from || early > until)
            {
                continue;
            }

            if (report.Denies)
            {
                denied.Add(report);
            }
            else
            {
                asserted.Add((report, early));
            }
        }

        return [.. asserted.GroupBy(r => KeyOf(r.Report)).Select(g => Tell([.. g], denied)).OrderBy(t => t.Early).ThenBy(t => t.By[0].Id)];
    }

    /// <summary>Denials that match and speak of a time within these.</summary>
    public IReadOnlyList<Report> Denials(Occurrence what, Instant from, Instant until) =>
        [.. _reports.Where(r => r.Denies && Matches(what, r) && r.Late >= from && r.Early <= until)];

    public bool Matches(Occurrence what, Report report)
    {
        if (!Nouns.IsOf(what, report.Type) || !InPlace(what, report.Scope))
        {
            return false;
        }

        if (what.Batch is { } batch && ConvoyOf(batch) != ConvoyOf(report.Scope.Batch))
        {
            return false;
        }

        if (!report.Denies && EmptyVehicles.Contains(report.Id) && what.Noun is "departure" or "crossing" or "arrival")
        {
            return false;
        }

        // A count with no number in it, or only a high end, says nothing of there having been any.
        if (report.Count is { } count && !report.Denies && !(count.Bound.Least > 0))
        {
            return false;
        }

        if (what.Noun == "monitoring" && report.Count is { } present && !Category.Staff.Contains(present.Quantity.Category))
        {
            return false;
        }

        if (what.Category is { } word && Nouns.CategoryOf(word) is var (unit, category))
        {
            // Some of a part are some of the whole; none of the whole are none of the part.
            return report.Count?.Quantity is { } q && q.Unit == unit && (report.Denies ? q.Category.Contains(category) : category.Contains(q.Category));
        }

        // "No fighters left" denies nothing of others: only a count of none of them all denies that any did.
        return report is { Denies: true, Count: { } none }
            ? none.Quantity.Group is null && (none.Quantity.Category.Contains(Category.Everyone) || none.Quantity.Category.Contains(Category.AllVehicles))
            : !(what.WithPeople && report.Count is { Quantity.Unit: not Unit.People });
    }

    /// <summary>Counts towards a total, each with the statement that gives it: running totals and counts of a part of the time.</summary>
    public IReadOnlyList<Report> Counts(Total total, Instant? from)
    {
        var measures = Nouns.MeasuresOf(total.Counting);
        if (Nouns.CategoryOf(total.Category) is not var (unit, category))
        {
            return [];
        }

        return
        [
            .. _reports.Where(r => r.Count is { } c && measures.Contains(c.Quantity.Measure) && c.Quantity.Unit == unit && c.Bound.HasNumber && c.Bound.VagueWord is null
                && category.Contains(c.Quantity.Category) && (from is null || r.Late >= from)
                && AtPlaces(total, r.Scope) && (total.Via.Count == 0 || Within(r.Scope.Via, total.Via)) && (total.To.Count == 0 || Within(r.Scope.To, total.To))),
        ];
    }

    public bool Within(PlaceId? place, IReadOnlyList<PlaceId> outer) => place is { } p && outer.Any(o => Places.IsWithin(p, o));

    private bool AtPlaces(Total total, Scope scope) => total.Places.Count == 0 || total.Counting switch
    {
        Counting.Leave or Counting.AreReleasedFrom => Within(scope.From, total.Places),
        Counting.ArriveIn or Counting.AreReceivedIn or Counting.AreDeliveredTo => Within(scope.To, total.Places),
        Counting.Pass => Within(scope.Via, total.Places),
        Counting.ArePresentAt => Within(scope.From, total.Places) || Within(scope.Via, total.Places) || Within(scope.To, total.Places),
        _ => false,
    };

    private bool InPlace(Occurrence what, Scope scope) =>
        (what.From.Count == 0 || Within(scope.From, what.From))
        && (what.To.Count == 0 || Within(scope.To, what.To))
        && (what.Via.Count == 0 || Within(scope.Via, what.Via) || Within(scope.From, what.Via))
        && (what.Where.Count == 0 || Within(scope.From, what.Where) || Within(scope.To, what.Where) || Within(scope.Via, what.Where));

    private Instant EarlyOf(Occurrence what, Report report)
    {
        // An interval with its hours runs from the departure; anything else names the arrival alone.
        if (!Nouns.ShowsEarlierDeparture(what, report.Type) || report.Early == Instant.MinValue || report.Statement.About is { IsInterval: true, Start.HourIsStated: true })
        {
            return report.Early;
        }

        return report.Early - (_operation.UsualTravel ?? LongestTravel);
    }

    private static string? ConvoyOf(string? batch) => BatchWords.FigureOf(batch);

    /// <summary>Reports of one named convoy are of one happening; so are those that give one and the same day, or one and the same time.</summary>
    private (string? Convoy, Instant Early, Instant Late) KeyOf(Report report)
    {
        if (ConvoyOf(report.Scope.Batch) is { } convoy)
        {
            return (convoy, Instant.MinValue, Instant.MaxValue);
        }

        return (null, report.Early, report.Late);
    }

    private Told Tell(IReadOnlyList<(Report Report, Instant Early)> said, List<Report> denials)
    {
        var early = said.Max(r => r.Early);
        var late = said.Min(r => r.Report.Late);
        if (early > late)
        {
            (early, late) = (said.Min(r => r.Early), said.Max(r => r.Report.Late));
        }

        IReadOnlyList<Report> by = [.. said.Select(r => r.Report)];
        IReadOnlyList<Report> against = [.. denials.Where(d => d.Late >= early && d.Early <= late && by.Any(r => r.Statement.SaidBy.Id.Body != d.Statement.SaidBy.Id.Body && OfOneMatter(r, d)))];
        var credence = against.Count > 0 ? Credence.Contested : Sides.IsSettled(by.Select(r => r.Statement)) ? Credence.Settled : Credence.OneSided;
        return new(by, against, early, late, credence);
    }

    /// <summary>A denial of one convoy's fire denies nothing about another's; one that names no convoy may speak of any.</summary>
    private static bool OfOneMatter(Report report, Report denial) =>
        report.Type == denial.Type && (ConvoyOf(denial.Scope.Batch) is not { } convoy || ConvoyOf(report.Scope.Batch) == convoy);
}
