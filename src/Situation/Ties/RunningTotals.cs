using NodaTime;
using Safeconduct.Situation.Figures;

namespace Safeconduct.Situation.Ties;

/// <summary>
/// Counts of one series over days: a running total holds every earlier one; consecutive days add. Written with totals from one first day, so that any count over
/// days is the difference of two of them.
/// </summary>
internal static class RunningTotals
{
    public static IEnumerable<Tie> Among(HashSet<Node> nodes)
    {
        foreach (var series in nodes.Where(Connecting.IsOverDays).GroupBy(n => n.Key.Series).ToList())
        {
            foreach (var cluster in Overlapping([.. series.Where(n => n.UpTo is null)]))
            {
                foreach (var tie in Chain(cluster))
                {
                    yield return tie;
                }
            }

            foreach (var tie in Short([.. series]))
            {
                yield return tie;
            }
        }
    }

    /// <summary>Counts whose days overlap, directly or by way of others; counts of other days have no bearing on them.</summary>
    private static IEnumerable<List<Node>> Overlapping(IReadOnlyList<Node> nodes)
    {
        var open = new List<Node>();
        LocalDate? last = null;
        foreach (var node in nodes.OrderBy(n => n.Key.Start).ThenBy(n => n.Key.End))
        {
            if (last is { } l && node.Key.Start > l)
            {
                yield return open;
                open = [];
                last = null;
            }

            open.Add(node);
            last = last is { } before && before > node.Key.End ? before : node.Key.End;
        }

        if (open.Count > 0)
        {
            yield return open;
        }
    }

    private static IEnumerable<Tie> Chain(IReadOnlyList<Node> cluster)
    {
        var spans = cluster.ToLookup(n => (n.Key.Start, n.Key.End));
        if (spans.Count < 2)
        {
            yield break;
        }

        var first = cluster.Min(n => n.Key.Start);
        var ends = cluster.SelectMany(n => new[] { n.Key.Start.PlusDays(-1), n.Key.End }).Where(d => d >= first).Distinct().Order().ToList();
        Node UpTo(LocalDate end) => spans[(first, end)].FirstOrDefault() ?? new Node(cluster[0].Key with { Form = CutForm.Total, Start = first, End = end });
        var done = new HashSet<(LocalDate, LocalDate)>();
        for (var i = 1; i < ends.Count; i++)
        {
            var step = (ends[i - 1].PlusDays(1), ends[i]);
            var between = spans[step].FirstOrDefault();
            yield return between is null
                ? new Tie(TieKind.RunningTotal, UpTo(ends[i]), [UpTo(ends[i - 1])], LeavesRest: true)
                : new Tie(TieKind.Days, UpTo(ends[i]), [UpTo(ends[i - 1]), between], LeavesRest: false);
            done.Add(step);
        }

        foreach (var span in spans.Where(s => s.Key.Start > first && !done.Contains(s.Key)).OrderBy(s => s.Key.Start).ThenBy(s => s.Key.End))
        {
            yield return new Tie(TieKind.Days, UpTo(span.Key.End), [UpTo(span.Key.Start.PlusDays(-1)), span.First()], LeavesRest: false);
        }
    }

    /// <summary>Counts that stop short of the end of their days lie within the count of all of those days, and within each other where hours or batch numbers order them.</summary>
    private static IEnumerable<Tie> Short(IReadOnlyList<Node> series)
    {
        foreach (var days in series.GroupBy(n => (n.Key.Start, n.Key.End)))
        {
            var whole = days.FirstOrDefault(n => n.UpTo is null);
            var shorter = days.Where(n => n.UpTo is not null).OrderBy(n => n.UpTo!.ToString(), StringComparer.Ordinal).ToList();
            foreach (var node in shorter)
            {
                if (whole is not null)
                {
                    yield return new Tie(TieKind.PartOfTheTime, whole, [node], LeavesRest: true);
                }

                foreach (var later in shorter.Where(l => UpTo.IsEarlier(node.UpTo!, l.UpTo!)))
                {
                    yield return new Tie(TieKind.PartOfTheTime, later, [node], LeavesRest: true);
                }
            }
        }
    }
}
