using NodaTime;
using Safeconduct.Statements;

namespace Safeconduct.Intake.List;

/// <summary>
/// Whether a row counts from the start of the operation. Where the row has the field, the field says. Where it lacks it, the list does: totals of one area start
/// on one day and end on many, so the day on which most intervals out of an area start is taken as the start of counting there.
/// </summary>
internal sealed class RunningTotals
{
    private readonly Dictionary<PlaceId, LocalDate> _starts = [];

    public RunningTotals(IReadOnlyList<ListRow> rows)
    {
        var intervals = rows.Where(r => r.Cumulative is null && r is { Kind: ListKind.Movement, Quantity: not null, Places.From: not null } && r.About.IsInterval);
        foreach (var area in intervals.GroupBy(r => r.Places.From!.Value))
        {
            var start = area.GroupBy(r => r.About.Start.Date)
                .Where(g => g.Select(r => r.About.End.Date).Distinct().Count() >= 2)
                .OrderByDescending(g => g.Count()).ThenBy(g => g.Key).FirstOrDefault();
            if (start is not null)
            {
                _starts[area.Key] = start.Key;
            }
        }
    }

    /// <summary>The row is about the first day of counting alone.</summary>
    public bool IsOnFirstDay(ListRow row) => row is { Cumulative: null, Places.From: { } from, About.IsInterval: false } && _starts.TryGetValue(from, out var start) && row.About.End.Date == start;

    /// <summary>True or false where the row or the list decides; null leaves it to the words.</summary>
    public bool? IsTotal(ListRow row, List<Reason> why)
    {
        if (row.Cumulative is { } said)
        {
            if (said)
            {
                why.Add(new("running total", "yes", "field"));
            }

            return said;
        }

        if (row is not { Kind: ListKind.Movement, Quantity: not null, Places.From: { } from } || !_starts.TryGetValue(from, out var start) || !row.About.IsInterval || row.About.Start.Date != start)
        {
            return null;
        }

        why.Add(new("running total", "yes", "list"));
        return true;
    }
}
