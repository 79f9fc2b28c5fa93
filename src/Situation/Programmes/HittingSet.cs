namespace Safeconduct.Situation.Programmes;

/// <summary>
/// Elements of least total weight such that every set has one of them: exact, by branch and bound. Sets that contain another set and elements that another one
/// replaces at no greater weight are left out first; parts that share no element are solved apart; what remains branches on a smallest set, bounded from below by
/// dual ascent (each set in turn takes what its cheapest element still has to give).
/// </summary>
public sealed class HittingSet
{
    private readonly Func<int, long> _weight;
    private long _left;

    /// <summary>No choice weighs less.</summary>
    public long LowerBound { get; }

    /// <summary>The weight of <see cref="Chosen"/>; null where the sets cannot all be hit.</summary>
    public long? Weight { get; }

    /// <summary>A choice that hits every set, in ascending order.</summary>
    public IReadOnlyList<int> Chosen { get; } = [];

    /// <summary>Whether the choice weighs least, rather than being the best found within the stated work.</summary>
    public bool IsLeast => Weight == LowerBound;

    /// <param name="weight">1 or more for each element.</param>
    /// <param name="steps">How many branchings at most.</param>
    public HittingSet(IEnumerable<IReadOnlyCollection<int>> sets, Func<int, long> weight, int steps = 200_000)
    {
        (_weight, _left) = (weight, steps);
        var all = sets.Select(s => s.Distinct().Order().ToArray()).ToList();
        if (all.Any(s => s.Length == 0))
        {
            LowerBound = long.MaxValue;
            return;
        }

        var chosen = new List<int>();
        var parts = Parts(Reduced(all, chosen)).ToList();
        LowerBound = chosen.Sum(_weight);
        foreach (var part in parts)
        {
            var quick = Greedy(part);
            var best = quick.Sum(_weight);
            var better = new List<int>();
            var least = Least(part, best, better);
            chosen.AddRange(least is null ? quick : better);
            LowerBound += _left > 0 ? least ?? best : Ascent(part);
        }

        (Weight, Chosen) = (chosen.Sum(_weight), [.. chosen.Order()]);
    }

    /// <summary>The least weight below a limit, and the choice; null where there is none below it, or work ran out.</summary>
    private long? Least(List<int[]> sets, long limit, List<int> chosen)
    {
        if (_left-- <= 0 || limit <= 0)
        {
            return null;
        }

        var forced = new List<int>();
        var rest = Reduced(sets, forced);
        var sum = forced.Sum(_weight);
        var parts = Parts(rest).ToList();
        var bounds = parts.Select(Ascent).ToList();
        var open = bounds.Sum();
        if (sum + open >= limit)
        {
            return null;
        }

        for (var i = 0; i < parts.Count; i++)
        {
            open -= bounds[i];
            var some = new List<int>();
            if (Branch(parts[i], limit - sum - open, some) is not { } weight)
            {
                return null;
            }

            sum += weight;
            forced.AddRange(some);
        }

        chosen.AddRange(forced);
        return sum;
    }

    private long? Branch(List<int[]> sets, long limit, List<int> chosen)
    {
        var often = Counts(sets);
        var smallest = sets.MinBy(s => (s.Length, -s.Sum(e => often[e])))!;
        var excluded = new HashSet<int>();
        long? best = null;
        foreach (var element in smallest.OrderByDescending(e => often[e] / (double)_weight(e)).ThenBy(e => e))
        {
            var rest = sets.Where(s => !s.Contains(element)).Select(s => excluded.Count == 0 ? s : s.Where(e => !excluded.Contains(e)).ToArray()).ToList();
            excluded.Add(element);
            var some = new List<int>();
            if (rest.TrueForAll(s => s.Length > 0) && (rest.Count == 0 ? (_weight(element) < limit ? 0L : null) : Least(rest, limit - _weight(element), some)) is { } weight)
            {
                (best, limit) = (weight + _weight(element), weight + _weight(element));
                chosen.Clear();
                chosen.AddRange(some);
                chosen.Add(element);
            }
        }

        return best;
    }

    /// <summary>Leaves out what does not change the least weight; elements that a set leaves no alternative to are chosen.</summary>
    private List<int[]> Reduced(List<int[]> sets, List<int> chosen)
    {
        while (true)
        {
            var singles = sets.Where(s => s.Length == 1).Select(s => s[0]).ToHashSet();
            if (singles.Count > 0)
            {
                chosen.AddRange(singles.Order());
                sets = [.. sets.Where(s => !s.Any(singles.Contains))];
            }

            sets = WithoutSupersets(sets);
            var spare = Spare(sets);
            if (spare.Count == 0)
            {
                return sets;
            }

            sets = [.. sets.Select(s => s.Any(spare.Contains) ? [.. s.Where(e => !spare.Contains(e))] : s)];
        }
    }

    private static List<int[]> WithoutSupersets(List<int[]> sets)
    {
        var kept = new List<int[]>();
        var having = new Dictionary<int, List<HashSet<int>>>();
        foreach (var set in sets.OrderBy(s => s.Length))
        {
            if (!set.Any(e => having.TryGetValue(e, out var smaller) && smaller.Any(s => s.IsSubsetOf(set))))
            {
                kept.Add(set);
                var one = set.ToHashSet();
                if (!having.TryGetValue(set[0], out var list))
                {
                    having[set[0]] = list = [];
                }

                list.Add(one);
            }
        }

        return kept;
    }

    /// <summary>Elements whose sets all have another element that weighs no more.</summary>
    private HashSet<int> Spare(List<int[]> sets)
    {
        var of = new Dictionary<int, List<int>>();
        for (var i = 0; i < sets.Count; i++)
        {
            foreach (var e in sets[i])
            {
                if (!of.TryGetValue(e, out var list))
                {
                    of[e] = list = [];
                }

                list.Add(i);
            }
        }

        var spare = new HashSet<int>();
        foreach (var (element, own) in of.OrderBy(o => o.Key))
        {
            var fewest = own.MinBy(i => sets[i].Length);
            foreach (var other in sets[fewest])
            {
                if (other != element && !spare.Contains(other) && _weight(other) <= _weight(element) && of[other].Count >= own.Count && Within(own, of[other])
                    && (of[other].Count > own.Count || _weight(other) < _weight(element) || other < element))
                {
                    spare.Add(element);
                    break;
                }
            }
        }

        return spare;
    }

    private static bool Within(List<int> some, List<int> all)
    {
        var at = 0;
        foreach (var one in some)
        {
            while (at < all.Count && all[at] < one)
            {
                at++;
            }

            if (at == all.Count || all[at] != one)
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<List<int[]>> Parts(List<int[]> sets)
    {
        var root = new Dictionary<int, int>();
        int Find(int e)
        {
            while (root[e] != e)
            {
                e = root[e] = root[root[e]];
            }

            return e;
        }

        foreach (var set in sets)
        {
            foreach (var e in set)
            {
                root.TryAdd(e, e);
                root[Find(e)] = Find(set[0]);
            }
        }

        return sets.GroupBy(s => Find(s[0])).OrderBy(g => g.Key).Select(g => g.ToList());
    }

    private long Ascent(List<int[]> sets)
    {
        var left = new Dictionary<int, long>();
        var sum = 0L;
        foreach (var set in sets.OrderBy(s => s.Length))
        {
            var give = set.Min(e => left.TryGetValue(e, out var l) ? l : _weight(e));
            if (give > 0)
            {
                sum += give;
                foreach (var e in set)
                {
                    left[e] = (left.TryGetValue(e, out var l) ? l : _weight(e)) - give;
                }
            }
        }

        return sum;
    }

    private List<int> Greedy(List<int[]> sets)
    {
        var chosen = new List<int>();
        while (sets.Count > 0)
        {
            var best = Counts(sets).MaxBy(c => (c.Value / (double)_weight(c.Key), -c.Key)).Key;
            chosen.Add(best);
            sets = [.. sets.Where(s => !s.Contains(best))];
        }

        return chosen;
    }

    private static Dictionary<int, int> Counts(List<int[]> sets)
    {
        var counts = new Dictionary<int, int>();
        foreach (var e in sets.SelectMany(s => s))
        {
            counts[e] = counts.GetValueOrDefault(e) + 1;
        }

        return counts;
    }
}
