using System.Runtime.Intrinsics;

namespace Safeconduct.Situation.Agreements.Monitor;

/// <summary>
/// A total as it may and must have run: the greater of the increments' sum and the highest report of a total so far. Columns of its ledger: what must have come by a moment; what may have; what may have without contested reports.
/// Increments are many, reports of totals few: those are looked through one by one.
/// </summary>
internal sealed class RunningTotal(Amounts amounts, Reports reports, long from)
{
    internal const int Must = 0;
    internal const int May = 1;
    internal const int MayBeSure = 2;

    private readonly Ledger _ledger = new();
    private readonly List<int> _totals = [];
    private readonly HashSet<int> _increments = [];

    public Amounts Amounts { get; } = amounts;

    public IEnumerable<int> Increments => _increments;

    public IEnumerable<int> Totals => _totals;

    public IEnumerable<Part> Parts => new[] { Amounts.Increments, Amounts.Totals }.OfType<Part>();

    /// <summary>Takes up a report if it is one of its own.</summary>
    public bool Add(int slot)
    {
        ref readonly var report = ref reports[slot];
        if (report.Early < from)
        {
            return false;
        }

        if (Amounts.Totals is not null && Amounts.Totals.Takes(report))
        {
            _totals.Add(slot);
            return true;
        }

        if (Amounts.Increments is null || !Amounts.Increments.Takes(report))
        {
            return false;
        }

        _increments.Add(slot);
        var (early, late) = Entries(report);
        if (report.Early == report.Late)
        {
            _ledger.Add(report.Early, report.Id, early + late);
            return true;
        }

        _ledger.Add(report.Early, report.Id, early);
        _ledger.Add(report.Late, report.Id, late);
        return true;
    }

    public bool Remove(int slot)
    {
        ref readonly var report = ref reports[slot];
        if (_totals.Remove(slot))
        {
            return true;
        }

        if (!_increments.Remove(slot))
        {
            return false;
        }

        _ledger.Remove(report.Early, report.Id);
        if (report.Early != report.Late)
        {
            _ledger.Remove(report.Late, report.Id);
        }

        return true;
    }

    /// <summary>The least and the most the total may be at a moment.</summary>
    /// <param name="sureOnly">Without contested reports.</param>
    public (long Low, long High) At(long time, bool sureOnly = false)
    {
        var sums = _ledger.UpTo(time);
        var (low, high) = (sums.GetElement(Must), sums.GetElement(sureOnly ? MayBeSure : May));
        foreach (var slot in _totals)
        {
            ref readonly var report = ref reports[slot];
            low = !report.Contested && report.Late <= time ? Math.Max(low, report.Low) : low;
            high = report.Early <= time && !(sureOnly && report.Contested) ? Math.Max(high, report.High ?? AgreementMonitor.Unbounded) : high;
        }

        return (low, high);
    }

    /// <summary>The moment at which the total reaches a number; <see cref="AgreementMonitor.Ever"/>: it does not.</summary>
    /// <param name="column"><see cref="Must"/>: the latest it can be; <see cref="May"/>: the earliest; <see cref="MayBeSure"/>: the earliest without contested reports.</param>
    public long Reaches(int column, long total)
    {
        if (total <= 0)
        {
            return long.MinValue;
        }

        var reached = _ledger.Reaches(column, total);
        foreach (var slot in _totals)
        {
            ref readonly var report = ref reports[slot];
            if (column == May || !report.Contested)
            {
                reached = column == Must
                    ? (report.Low >= total ? Math.Min(reached, report.Late) : reached)
                    : ((report.High ?? AgreementMonitor.Unbounded) >= total ? Math.Min(reached, report.Early) : reached);
            }
        }

        return reached;
    }

    /// <summary>Whether a report that nobody contests says that so much was not reached at a moment.</summary>
    public bool IsDenied(long total, long at) => _totals.Exists(s => Denies(s, total, at));

    /// <summary>
    /// The reports that give a verdict alone, none to spare: totals rather than increments, large ones rather than small. What they say is three sums at two moments, so leaving one out is a subtraction.
    /// </summary>
    /// <param name="must">The moment up to which what must have come counts; <paramref name="may"/>: what may have.</param>
    /// <param name="verdict">The verdict from the low and high ends at those moments, the same at the end of time, the high ones also without contested reports, and whether the total is denied.</param>
    public List<int> Deciding(long must, long may, Func<Sums, Verdict> verdict, Func<int, bool> denies)
    {
        var whole = new Sums();
        foreach (var slot in _increments)
        {
            whole = Counted(whole, slot, 1);
        }

        var totals = _totals.ToList();
        var left = _increments.OrderBy(s => reports[s].Low).ThenBy(s => reports[s].Id).ToList();
        var wanted = verdict(WithTotals(whole, totals));
        for (var again = true; again;)
        {
            again = false;
            var kept = new List<int>(left.Count);
            foreach (var slot in left)
            {
                var less = Counted(whole, slot, -1);
                (whole, again) = verdict(WithTotals(less, totals)) == wanted ? (less, true) : (whole, again);
                if (whole != less)
                {
                    kept.Add(slot);
                }
            }

            // Removing a report of no amount changes no sum, but it is not needed either.
            again &= kept.Count < left.Count;
            left = kept;
            var fewer = Fewest.Of(totals, t => verdict(WithTotals(whole, t)) == wanted);
            again |= fewer.Count < totals.Count;
            totals = fewer;
        }

        return [.. left.Concat(totals).Select(s => reports[s].Id)];

        Sums Counted(Sums sums, int slot, int sign)
        {
            ref readonly var report = ref reports[slot];
            var (low, high) = (report.Contested ? 0 : sign * report.Low, sign * (report.High ?? AgreementMonitor.Unbounded));
            var sure = report.Contested ? 0 : high;
            return new(
                sums.Must + (report.Late <= must ? low : 0),
                sums.May + (report.Early <= may ? high : 0),
                sums.MaySure + (report.Early <= may ? sure : 0),
                sums.MustEver + low,
                sums.MayEver + high,
                sums.MaySureEver + sure,
                false);
        }

        Sums WithTotals(Sums sums, List<int> slots)
        {
            foreach (var slot in slots)
            {
                ref readonly var report = ref reports[slot];
                var (low, high) = (report.Contested ? 0 : report.Low, report.High ?? AgreementMonitor.Unbounded);
                var sure = report.Contested ? 0 : high;
                sums = new(
                    Math.Max(sums.Must, report.Late <= must ? low : 0),
                    Math.Max(sums.May, report.Early <= may ? high : 0),
                    Math.Max(sums.MaySure, report.Early <= may ? sure : 0),
                    Math.Max(sums.MustEver, low),
                    Math.Max(sums.MayEver, high),
                    Math.Max(sums.MaySureEver, sure),
                    sums.Denied || denies(slot));
            }

            return sums;
        }
    }

    /// <summary>Reports by which the total reaches a number at a moment for certain, none to spare; none where it does not.</summary>
    public IEnumerable<int> Reaching(long total, long by)
    {
        if (by == AgreementMonitor.Ever)
        {
            return [];
        }

        var whole = _totals.Where(s => !reports[s].Contested && reports[s].Late <= by && reports[s].Low >= total).Select(s => reports[s].Id).ToList();
        if (whole.Count > 0)
        {
            return [whole.Min()];
        }

        var (found, sum) = (new List<int>(), 0L);
        foreach (var slot in _increments.Where(s => !reports[s].Contested && reports[s].Late <= by).OrderByDescending(s => reports[s].Low).ThenBy(s => reports[s].Id))
        {
            if (sum >= total)
            {
                break;
            }

            found.Add(reports[slot].Id);
            sum += reports[slot].Low;
        }

        return found;
    }

    /// <summary>Whether one report, that nobody contests, says that so much was not reached at a moment.</summary>
    public bool Denies(int slot, long total, long at) => !reports[slot].Contested && reports[slot].High < total && reports[slot].Early >= at;

    /// <summary>What a total must and may be at the moments asked for, and at the end of time.</summary>
    internal readonly record struct Sums(long Must, long May, long MaySure, long MustEver, long MayEver, long MaySureEver, bool Denied);

    private static (Vector256<long> Early, Vector256<long> Late) Entries(in Happening report)
    {
        var high = report.High ?? AgreementMonitor.Unbounded;
        return report.Contested
            ? (Vector256.Create(0, high, 0, 0), Vector256<long>.Zero)
            : (Vector256.Create(0, high, high, 0), Vector256.Create(report.Low, 0, 0, 0));
    }
}
