using Safeconduct.Situation.Figures;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Ties;

/// <summary>Parts and wholes over one time: narrower categories, groups singled out by words, batches, places within an area, killed and wounded, parts named by a statement.</summary>
internal static class Parts
{
    /// <summary>Of categories that overlap, at most so many sets of disjoint ones are added up; every single part is tied to its whole all the same.</summary>
    private const int MostDisjointSets = 16;

    public static IEnumerable<Tie> Among(HashSet<Node> nodes, IReadOnlyList<Claimed> claims, Gazetteer gazetteer)
    {
        // What one source observed is no part of what another observed: each sees what it watches.
        var all = nodes.Where(n => n.Key.Series.Measure is not Measure.Observed).ToList();
        return Categories(all)
            .Concat(Groups(all, nodes, claims))
            .Concat(Batches(all))
            .Concat(Crossings(all))
            .Concat(Places(all, gazetteer))
            .Concat(Stocks(all))
            .Concat(Harm(all))
            .Concat(Named(nodes, claims))
            .Distinct();
    }

    private static IEnumerable<Tie> Categories(List<Node> nodes)
    {
        foreach (var cut in nodes.Where(n => n.Key.Series.Group is null).GroupBy(n => n with { Key = n.Key with { Form = Form(n), Series = n.Key.Series with { Category = Category.Whole } } }))
        {
            var here = cut.OrderBy(n => n.Key.Series.Category.Slug, StringComparer.Ordinal).ToList();
            if (here.Count < 2)
            {
                continue;
            }

            foreach (var whole in here)
            {
                var inside = here.Where(n => n != whole && IsNarrower(n, whole)).ToList();
                var parts = inside.Where(p => !inside.Exists(o => o != p && IsNarrower(p, o))).ToList();
                foreach (var set in DisjointSets(parts))
                {
                    yield return new Tie(TieKind.Category, whole, set, LeavesRest: !Covers(set, whole));
                }
            }
        }
    }

    private static CutForm Form(Node node) => node.Key.Form is CutForm.During ? CutForm.Total : node.Key.Form;

    private static bool IsNarrower(Node part, Node whole) => part.Key.Series.Category != whole.Key.Series.Category && whole.Key.Series.Category.Contains(part.Key.Series.Category);

    private static bool Covers(IReadOnlyList<Node> parts, Node whole) =>
        parts.Select(p => p.Key.Series.Category).Aggregate((a, b) => a.Or(b)) == whole.Key.Series.Category;

    /// <summary>Sets of parts of which no two share anybody, each as large as it can be: maximal cliques of the disjointness graph (Bron and Kerbosch 1973), and whoever is left over by the cap alone.</summary>
    private static List<IReadOnlyList<Node>> DisjointSets(List<Node> parts)
    {
        var sets = new List<IReadOnlyList<Node>>();
        void Grow(List<Node> set, List<Node> candidates, List<Node> used)
        {
            if (sets.Count >= MostDisjointSets)
            {
                return;
            }

            if (candidates.Count == 0)
            {
                if (used.Count == 0 && set.Count > 0)
                {
                    sets.Add([.. set]);
                }

                return;
            }

            foreach (var node in candidates.ToList())
            {
                Grow([.. set, node], [.. candidates.Where(c => AreDisjoint(c, node))], [.. used.Where(u => AreDisjoint(u, node))]);
                candidates.Remove(node);
                used.Add(node);
            }
        }

        Grow([], [.. parts], []);
        sets.AddRange(parts.Where(p => !sets.Exists(s => s.Contains(p))).Select(p => (IReadOnlyList<Node>)[p]));
        return sets;
    }

    private static bool AreDisjoint(Node one, Node other) => one.Key.Series.Category.And(other.Key.Series.Category) is null;

    /// <summary>Words that single out a part. Parts that one statement numbers as batches, or that make exactly its whole, have nobody in common; others may overlap.</summary>
    private static IEnumerable<Tie> Groups(List<Node> nodes, HashSet<Node> known, IReadOnlyList<Claimed> claims)
    {
        var together = claims.Where(c => c.Node.Key.Series is { Group: not null, Measure: not Measure.Observed })
            .GroupBy(c => (c.Count.Statement.Id, Whole: Ungrouped(c.Node)))
            .Where(g => g.Select(c => c.Node).Distinct().Count() > 1 && (g.All(c => BatchWords.IsOneOfASeries(c.Node.Key.Series.Group!)) || AddUp([.. g], claims)))
            .SelectMany(g => Wholes(g.Key.Whole, known).Select(whole => (Whole: whole, Parts: g.Select(c => c.Node).Distinct().OrderBy(n => n.Key.Series.Group, StringComparer.Ordinal).ToList())))
            .ToList();
        foreach (var (whole, parts) in together)
        {
            yield return new Tie(TieKind.Group, whole, parts, LeavesRest: true);
        }

        var done = together.SelectMany(t => t.Parts.Select(p => (t.Whole, p))).ToHashSet();
        foreach (var node in nodes.Where(n => n.Key.Series.Group is not null))
        {
            foreach (var whole in Wholes(Ungrouped(node), known).Where(w => !done.Contains((w, node))))
            {
                yield return new Tie(TieKind.Group, whole, [node], LeavesRest: true);
            }
        }
    }

    private static Node Ungrouped(Node node) => node with { Key = node.Key with { Series = node.Key.Series with { Group = null } } };

    private static IEnumerable<Node> Wholes(Node ungrouped, HashSet<Node> known) =>
        new[] { ungrouped, ungrouped with { Key = ungrouped.Key with { Form = ungrouped.Key.Form is CutForm.During ? CutForm.Total : ungrouped.Key.Form } } }.Distinct().Where(known.Contains).Take(1);

    private static bool AddUp(IReadOnlyList<Claimed> parts, IReadOnlyList<Claimed> claims)
    {
        var whole = Ungrouped(parts[0].Node);
        return parts.All(p => p.Least == p.Most) && claims.Any(c => c.Count.Statement.Id == parts[0].Count.Statement.Id && c.Node == whole && c.Least == c.Most && c.Least == parts.Sum(p => p.Least));
    }

    /// <summary>One batch lies within the smallest count of all that covers its days; batches of different number have nobody in common.</summary>
    private static IEnumerable<Tie> Batches(List<Node> nodes)
    {
        var wholes = nodes.Where(n => n is { UpTo: null, Key.Series: { Batch: null, Group: null } } && Connecting.IsOverDays(n)).ToLookup(n => n.Key.Series);
        foreach (var series in nodes.Where(n => n is { UpTo: null, Key.Series: { Batch: not null, Group: null } } && Connecting.IsOverDays(n)).GroupBy(n => n.Key.Series with { Batch = null }))
        {
            var placed = series.Select(n => (Batch: n, Whole: wholes[series.Key].Where(w => w.Key.Start <= n.Key.Start && w.Key.End >= n.Key.End)
                    .OrderBy(w => NodaTime.Period.DaysBetween(w.Key.Start, w.Key.End)).ThenBy(w => w.Key.Start).FirstOrDefault()))
                .Where(p => p.Whole is not null)
                .ToList();
            foreach (var whole in placed.GroupBy(p => p.Whole!))
            {
                var numbered = whole.Select(p => p.Batch).Where(b => BatchWords.IsOneOfASeries(b.Key.Series.Batch!)).GroupBy(b => (b.Key.Start, b.Key.End)).ToList();
                foreach (var day in numbered)
                {
                    yield return new Tie(TieKind.Batch, whole.Key, [.. day.OrderBy(b => b.Key.Series.Batch, StringComparer.Ordinal)], LeavesRest: true);
                }

                foreach (var other in whole.Select(p => p.Batch).Where(b => !BatchWords.IsOneOfASeries(b.Key.Series.Batch!)))
                {
                    yield return new Tie(TieKind.Batch, whole.Key, [other], LeavesRest: true);
                }
            }
        }
    }

    /// <summary>Nobody leaves by two crossings at once; the rest left by others, or by one that was not said.</summary>
    private static IEnumerable<Tie> Crossings(List<Node> nodes)
    {
        foreach (var ways in nodes.Where(n => n.Key.Series.Via is not null).GroupBy(n => n with { Key = n.Key with { Form = Form(n), Series = n.Key.Series with { Via = null } } }))
        {
            if (nodes.Find(n => n.Key.Series.Via is null && n with { Key = n.Key with { Form = Form(n) } } == ways.Key) is { } whole)
            {
                yield return new Tie(TieKind.Crossings, whole, [.. ways.OrderBy(n => n.Key.Series.Via!.Value)], LeavesRest: true);
            }
        }
    }

    /// <summary>
    /// Between two days on which those inside are counted: inside later, left and killed are together at least those inside before; the rest came in. Days are whole days, so the counts of
    /// departures and deaths are the smallest that take in both days. Only where somebody counts all four.
    /// </summary>
    private static IEnumerable<Tie> Stocks(List<Node> nodes)
    {
        foreach (var area in nodes.Where(n => n is { UpTo: null, Key: { Form: CutForm.At, Series: { Measure: Measure.Remaining, Group: null } } }).GroupBy(n => n.Key.Series))
        {
            var days = area.OrderBy(n => n.Key.End).ToList();
            for (var i = 1; i < days.Count; i++)
            {
                if (Over(Measure.Left, days[i - 1], days[i]) is { } left && Over(Measure.Killed, days[i - 1], days[i]) is { } killed)
                {
                    yield return new Tie(TieKind.StockAndFlow, days[i], [days[i - 1]], LeavesRest: true, [left, killed]);
                }
            }
        }

        Node? Over(Measure measure, Node from, Node to) => nodes
            .Where(n => n.UpTo is null && Connecting.IsOverDays(n) && n.Key.Series == from.Key.Series with { Measure = measure } && n.Key.Start <= from.Key.End && n.Key.End >= to.Key.End)
            .OrderBy(n => NodaTime.Period.DaysBetween(n.Key.Start, n.Key.End)).ThenBy(n => n.Key.Start).FirstOrDefault();
    }

    /// <summary>For what is counted where it happens. Leaving a district is not leaving the city around it, so departures are not tied by place.</summary>
    private static IEnumerable<Tie> Places(List<Node> nodes, Gazetteer gazetteer)
    {
        foreach (var cut in nodes.Where(n => IsCountedWhereItHappens(n.Key.Series.Measure) && n.Key.Series is { Area: not null, To: null }).GroupBy(n => n with { Key = n.Key with { Series = n.Key.Series with { Area = null } } }))
        {
            var at = cut.GroupBy(n => n.Key.Series.Area!.Value).ToDictionary(g => g.Key, g => g.First());
            foreach (var around in at.Values.Select(n => (Node: n, Around: gazetteer.Upward(n.Key.Series.Area!.Value).Skip(1).Where(at.ContainsKey).Select(a => at[a]).FirstOrDefault()))
                .Where(p => p.Around is not null).GroupBy(p => p.Around!, p => p.Node))
            {
                var areas = around.Where(n => gazetteer.Find(n.Key.Series.Area!.Value)?.Kind is PlaceKind.Area).OrderBy(n => n.Key.Series.Area!.Value).ToList();
                if (areas.Count > 0)
                {
                    yield return new Tie(TieKind.Place, around.Key, areas, LeavesRest: true);
                }

                foreach (var point in around.Except(areas))
                {
                    yield return new Tie(TieKind.Place, around.Key, [point], LeavesRest: true);
                }
            }
        }
    }

    public static bool IsCountedWhereItHappens(Measure measure) => measure is Measure.Remaining or Measure.Killed or Measure.Wounded or Measure.Harmed
        or Measure.Found or Measure.Burned or Measure.Present or Measure.Recorded or Measure.Received;

    private static IEnumerable<Tie> Harm(List<Node> nodes)
    {
        var byKey = nodes.ToHashSet();
        Node As(Node node, Measure measure) => node with { Key = node.Key with { Series = node.Key.Series with { Measure = measure } } };
        foreach (var harmed in nodes.Where(n => n.Key.Series.Measure is Measure.Harmed))
        {
            Node[] kinds = [As(harmed, Measure.Killed), As(harmed, Measure.Wounded)];
            var counted = kinds.Where(byKey.Contains).ToList();
            if (counted.Count > 0)
            {
                yield return new Tie(TieKind.Harm, harmed, counted, LeavesRest: counted.Count < kinds.Length);
            }
        }
    }

    /// <summary>What one statement names as a part of another's count, in the same unit and within its time.</summary>
    private static IEnumerable<Tie> Named(HashSet<Node> known, IReadOnlyList<Claimed> claims)
    {
        var first = claims.GroupBy(c => c.Count.Statement.Id).ToDictionary(g => g.Key, g => g.First(c => !c.Count.IsPart || g.All(o => o.Count.IsPart)));
        foreach (var part in first.Values)
        {
            foreach (var whole in part.Count.Statement.Linked(Relation.PartOf).Where(first.ContainsKey).Select(id => first[id]))
            {
                var (p, w) = (part.Node, whole.Node);
                if (p != w && known.Contains(w) && (p.Key.Series.Measure, p.Key.Series.Unit) == (w.Key.Series.Measure, w.Key.Series.Unit)
                    && w.Key.Series.Category.Contains(p.Key.Series.Category) && p.Key.Start >= w.Key.Start && p.Key.End <= w.Key.End && (w.UpTo is null || w.UpTo == p.UpTo))
                {
                    yield return new Tie(TieKind.NamedPart, w, [p], LeavesRest: true);
                }
            }
        }
    }
}
