using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Agreements.Readings;

/// <summary>What statements allow to be said of a running total at a time. A total never falls, so a count up to an earlier hour holds from below, and one up to a later hour from above.</summary>
internal sealed class Totals
{
    private readonly Evidence _evidence;
    private readonly IReadOnlyList<(Report Report, Instant At, long Low, long? High, bool Settled)> _counts;

    public Totals(Evidence evidence, Total total, Window window)
    {
        _evidence = evidence;
        var counts = evidence.Counts(total, window.From.Earliest == Instant.MinValue ? null : window.From.Earliest)
            .Where(r => window.Until is not { } u || r.Early <= u.Latest)
            .ToList();
        _counts = [.. counts.Select(Bounds).OrderBy(c => c.At).ThenBy(c => c.Report.Id)];
        Ids = [.. counts.Select(c => c.Id).Distinct().Order()];
    }

    public IReadOnlyList<StatementId> Ids { get; }

    public bool IsEmpty => _counts.Count == 0;

    /// <summary>The span of what is said of the total: the lowest that a whole account sets as its number and the highest anybody sets. A part of the time is a floor and no account of the whole.</summary>
    public TotalSpan Span()
    {
        if (_counts.Count == 0)
        {
            return new(0, null, [], []);
        }

        // Each source's own highest: a total never falls. Between sources nothing is chosen. A count of part of the time is no account of the whole where somebody gives one.
        var whole = _counts.Where(c => c.Report.Count!.Quantity.Cut.Kind is not CutKind.During).ToList();
        var each = (whole.Count > 0 ? whole : _counts).GroupBy(c => c.Report.Statement.SaidBy.Id.Body, StringComparer.Ordinal).Select(g => g.MaxBy(c => c.Low)).ToList();
        var low = each.MinBy(c => c.Low);
        var high = each.MaxBy(c => c.High ?? c.Low);
        return new(low.Low, each.Exists(c => c.High is null) ? null : high.High, [low.Report.Id], [high.Report.Id]);
    }

    /// <summary>When it is first said to have come to so many: by whom, up to which hour, and whether somebody's count up to that hour or later stays below.</summary>
    public Reached? Reaches(long number)
    {
        // Of each body the latest hour up to which its own count stays below; the two latest of different bodies say all that is asked.
        var below = _counts.Where(c => c.High < number).GroupBy(c => c.Report.Statement.SaidBy.Id.Body, StringComparer.Ordinal)
            .Select(g => (Body: g.Key, At: g.Max(c => c.At))).OrderByDescending(b => b.At).Take(2).ToList();
        (Report Report, Instant At, Credence Credence)? best = null;
        foreach (var c in _counts.Where(c => c.Low >= number))
        {
            var body = c.Report.Statement.SaidBy.Id.Body;
            var credence = below.Exists(b => b.Body != body && b.At >= c.At) ? Credence.Contested : c.Settled ? Credence.Settled : Credence.OneSided;
            if (best is null || credence < best.Value.Credence)
            {
                best = (c.Report, c.At, credence);
            }
        }

        if (best is not { } by)
        {
            return null;
        }

        var against = by.Credence is Credence.Contested
            ? _counts.Where(o => o.High < number && o.At >= by.At && o.Report.Statement.SaidBy.Id.Body != by.Report.Statement.SaidBy.Id.Body).Select(o => o.Report).ToList()
            : [];
        return new(by.Report, by.Report.Early, by.At, by.Credence, against);
    }

    /// <summary>Whether a count up to a time no earlier than this stays below the number.</summary>
    public bool IsBelow(long number, Instant notBefore) => _counts.Any(c => c.High < number && c.At >= notBefore);

    /// <summary>The highest that anybody counts, taken at its low end.</summary>
    public long Highest() => _counts.Select(c => c.Low).DefaultIfEmpty(0).Max();

    private (Report Report, Instant At, long Low, long? High, bool Settled) Bounds(Report report)
    {
        var bound = report.Count!.Bound;
        var slack = _evidence.TolerancePercent;
        var low = bound.Least ?? 0;
        long? high = bound.Most is { } most ? bound.Approximation is Approximation.EitherWay ? most + (most * slack / 100) : most : null;
        if (report.Count.Quantity.Cut.Kind is CutKind.During)
        {
            // A count of part of the time is a floor of the whole and sets no high end.
            high = null;
        }

        return (report, report.Late, low, high, _evidence.Sides.IsSettled([report.Statement]));
    }
}

/// <summary>That a total came to a number, as one count says.</summary>
internal sealed record Reached(Report By, Instant Early, Instant Late, Credence Credence, IReadOnlyList<Report> Against);
