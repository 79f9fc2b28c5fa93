using System.Runtime.Intrinsics;

namespace Safeconduct.Situation.Agreements;

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
    public bool IsDenied(long total, long at) => _totals.Exists(s => !reports[s].Contested && reports[s].High < total && reports[s].Early >= at);

    private static (Vector256<long> Early, Vector256<long> Late) Entries(in Happening report)
    {
        var high = report.High ?? AgreementMonitor.Unbounded;
        return report.Contested
            ? (Vector256.Create(0, high, 0, 0), Vector256<long>.Zero)
            : (Vector256.Create(0, high, high, 0), Vector256.Create(report.Low, 0, 0, 0));
    }
}
