using Safeconduct.Situation.Programmes;
using Safeconduct.Situation.Ties;
using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Reports.Leaving;

/// <summary>In what form a count is shown.</summary>
internal enum Cover
{
    /// <summary>As it was said.</summary>
    None,

    /// <summary>"Fewer than": one of 1 to the threshold less one.</summary>
    Small,

    /// <summary>"Some": at least one.</summary>
    Floor,

    /// <summary>It would tell a small one: "at least" the threshold, or wider where it was said wider.</summary>
    Too,

    /// <summary>Not shown at all.</summary>
    Absent,
}

/// <summary>Something that must not be worked out: a small count of a statement, or, where <see cref="Parts"/> has a bit for some of its other counts, the few whom these leave over.</summary>
internal readonly record struct Target(StatementId Statement, int Cell, ulong Parts = 0);

/// <summary>
/// What a reader can work out who knows all that is shown, every sum, and the rule by which counts are covered. A covered count is safe when each number from 1 to the threshold less
/// one is still possible: the reader who gets to "1 to 4" has what the rule itself says and nothing more, whichever of them is true. In the terms of cell suppression: a lower
/// and an upper protection level that reach both ends of the covered interval (Fischetti and Salazar, Management Science 47, 2001; Hundepool and others, Statistical Disclosure
/// Control, 2012, chapter 4). Each number is tried in whole numbers; one that is not found possible within the stated work counts as not possible.
/// </summary>
internal sealed class Attack
{
    private const long Open = Polytope.None;

    private readonly CellNetwork network;
    private readonly int below;
    private readonly Func<StatementId, int, Cover> coverOf;
    private readonly IReadOnlyDictionary<StatementId, (Statement Statement, IReadOnlyList<Counted> Counts)> read;
    private readonly HashSet<int> closed = [];
    private readonly bool allHolds;
    private readonly long[]? truth;
    private readonly Dictionary<StatementId, HashSet<StatementId>> believed = [];
    private readonly ILookup<StatementId, CellPlace> cellsOf;

    public Attack(IReadOnlyList<Statement> statements, Operation operation, Func<StatementId, int, Cover> coverOf)
    {
        (network, below, this.coverOf) = (CellNetwork.Of(statements, operation), operation.SmallCellsBelow, coverOf);
        read = statements.ToDictionary(s => s.Id, s => (s, SmallCells.Of(s.Said)));
        cellsOf = network.Cells.ToLookup(c => c.Statement);
        CloseEmptyRests();
        truth = Truth([.. read.Keys]);
        allHolds = truth is not null;
    }

    public IReadOnlyList<Counted> CountsOf(StatementId statement) => read[statement].Counts;

    /// <summary>The few whom the narrower categories of a statement leave over, where its own numbers give them.</summary>
    public IEnumerable<Target> LeftOver(StatementId statement)
    {
        var own = OwnCells(statement);
        foreach (var sum in network.Sums.Where(s => s is { IsOfCategories: true, Rest: >= 0 }))
        {
            if (own.TryGetValue(sum.Whole, out var whole) && sum.Parts.All(p => own.TryGetValue(p, out var part) && part < 64 && Exact(statement, part) is not null)
                && SmallCells.IsOfPeople(read[statement].Counts[whole]) && Exact(statement, whole) - sum.Parts.Sum(p => Exact(statement, own[p])) is { } rest && rest > 0 && rest < below)
            {
                yield return new Target(statement, whole, sum.Parts.Aggregate(0UL, (bits, p) => bits | (1UL << own[p])));
            }
        }
    }

    /// <summary>Those of the targets that a reader can work out further than the rule allows.</summary>
    public HashSet<Target> WorkedOut(IReadOnlyList<Target> targets)
    {
        var found = new HashSet<Target>();
        foreach (var together in targets.Where(t => read.ContainsKey(t.Statement)).GroupBy(t => allHolds ? default : t.Statement))
        {
            // What does not even hold in itself is no ground for a sum.
            if (allHolds || Holds([together.Key]))
            {
                found.UnionWith(WorkedOut([.. together], allHolds ? null : Believed(together.Key)));
            }
        }

        return found;
    }

    private IEnumerable<Target> WorkedOut(IReadOnlyList<Target> targets, HashSet<StatementId>? from)
    {
        var (low, high) = Bounds(from, isTruth: false);
        // What is true is possible, and lies within whatever is shown of it.
        List<long[]> points = from is null && truth is not null && CellNetwork.Fits(truth, low, high) ? [truth] : [];
        foreach (var target in targets)
        {
            if (UnknownOf(target) is not { } unknown)
            {
                continue;
            }

            for (var n = 1; n < below; n++)
            {
                if (points.Exists(p => p[unknown] == n))
                {
                    continue;
                }

                var (l, h) = (low[unknown], high[unknown]);
                if (n < l || n > h || !Possible(n))
                {
                    yield return target;
                    break;
                }

                bool Possible(long number)
                {
                    (low[unknown], high[unknown]) = (number, number);
                    var point = network.Find(low, high);
                    (low[unknown], high[unknown]) = (l, h);
                    if (point is not null)
                    {
                        points.Add(point);
                    }

                    return point is not null;
                }
            }
        }
    }

    /// <summary>
    /// What a reader takes together to get at a statement: where everything said can't hold at once, the statement, what its own source said and holds beside it, then whatever
    /// else does, in the order of the record.
    /// </summary>
    private HashSet<StatementId> Believed(StatementId statement)
    {
        if (believed.TryGetValue(statement, out var taken))
        {
            return taken;
        }

        taken = [statement];
        var source = read[statement].Statement.SaidBy.Id;
        var (low, high) = Bounds(taken, isTruth: true);
        var point = network.Find(low, high);
        foreach (var other in read.Values.Select(r => r.Statement).OrderBy(s => s.SaidBy.Id == source ? 0 : 1).Select(s => s.Id).Where(id => id != statement))
        {
            var (l, h) = (low.ToArray(), high.ToArray());
            Narrow(l, h, cellsOf[other], isTruth: true);
            var with = point is not null && CellNetwork.Fits(point, l, h) ? point : network.Find(l, h);
            if (with is not null)
            {
                (low, high, point) = (l, h, with);
                taken.Add(other);
            }
        }

        return believed[statement] = taken;
    }

    /// <summary>A statement's counts by the unknown that each speaks of; the first where two speak of one.</summary>
    private Dictionary<int, int> OwnCells(StatementId statement) => cellsOf[statement].GroupBy(c => c.Unknown).ToDictionary(g => g.Key, g => g.First().Cell);

    private int? UnknownOf(Target target)
    {
        var own = cellsOf[target.Statement].ToDictionary(c => c.Cell, c => c.Unknown);
        var whole = own[target.Cell];
        if (target.Parts == 0)
        {
            return whole;
        }

        var parts = own.Where(c => c.Key < 64 && (target.Parts >> c.Key & 1) == 1).Select(c => c.Value).ToHashSet();
        return network.Sums.FirstOrDefault(s => s is { IsOfCategories: true, Rest: >= 0 } && s.Whole == whole && parts.SetEquals(s.Parts))?.Rest;
    }

    private bool Holds(HashSet<StatementId> from) => Truth(from) is not null;

    private long[]? Truth(HashSet<StatementId> from)
    {
        var (low, high) = Bounds(from, isTruth: true);
        return network.Find(low, high);
    }

    private (long[] Low, long[] High) Bounds(HashSet<StatementId>? from, bool isTruth)
    {
        var (low, high) = (new long[network.Unknowns], Enumerable.Repeat(Open, network.Unknowns).ToArray());
        foreach (var rest in closed)
        {
            high[rest] = 0;
        }

        Narrow(low, high, from is null ? network.Cells : from.SelectMany(id => cellsOf[id]), isTruth);
        return (low, high);
    }

    private void Narrow(long[] low, long[] high, IEnumerable<CellPlace> cells, bool isTruth)
    {
        foreach (var (statement, cell, unknown) in cells)
        {
            var counted = read[statement].Counts[cell];
            var (least, most) = (isTruth ? Cover.None : coverOf(statement, cell)) switch
            {
                Cover.None => (counted.Bound.LeastWithin(0), counted.Bound.MostWithin(0)),
                Cover.Small => (1, below - 1),
                Cover.Floor => (1, null),
                Cover.Too => (SmallCells.FloorOf(counted, below), null),
                Cover.Absent => ((long?)null, (long?)null),
                _ => throw new InvalidOperationException(),
            };
            low[unknown] = Math.Max(low[unknown], least ?? 0);
            high[unknown] = Math.Min(high[unknown], most ?? Open);
        }
    }

    /// <summary>Where the numbers said add up to their whole, a reader will guess that they are all of it, and is taken to know it.</summary>
    private void CloseEmptyRests()
    {
        var exact = new Dictionary<int, long?>();
        foreach (var (statement, cell, unknown) in network.Cells)
        {
            var n = Exact(statement, cell);
            exact[unknown] = exact.TryGetValue(unknown, out var other) && other != n ? null : n;
        }

        foreach (var sum in network.Sums.Where(s => s.Rest >= 0))
        {
            if (sum.Owing.Append(sum.Whole).Sum(u => exact.GetValueOrDefault(u) ?? long.MinValue / 64) is var whole && whole >= 0
                && sum.Parts.All(p => exact.GetValueOrDefault(p) is not null) && whole == sum.Parts.Sum(p => exact[p]))
            {
                closed.Add(sum.Rest);
            }
        }
    }

    private long? Exact(StatementId statement, int cell) => read[statement].Counts[cell].Bound is { Low: { } low, High: { } high } && low == high ? low : null;
}
