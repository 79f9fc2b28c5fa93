using Safeconduct.Situation.Ties;
using Safeconduct.Statements;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Reports.Leaving;

/// <summary>
/// Which counts are covered in public, and with what. First every small one; then, statement by statement in the order of the record, as many others of the newest statement as it takes
/// that no small count of it or of any before can be worked out; where covering all of them is not enough, the statement is withheld. What is out already is never covered afterwards:
/// that would protect nobody, and tell where to look.
/// </summary>
internal sealed class Covering
{
    /// <summary>Statements laid side by side in one attack, the nearest to the newest. What hangs together by more than these is not taken apart any further.</summary>
    public const int MostTogether = 60;

    private readonly Dictionary<StatementId, Counted?[]> cells = [];
    private readonly Dictionary<StatementId, Cover[]> covers = [];
    private readonly HashSet<StatementId> withheld = [];
    private readonly int below;

    private Covering(int below) => this.below = below;

    /// <summary>For each count of the statement what stands in its place, null where it stays; null where all stay.</summary>
    public IReadOnlyList<Counted?>? CellsOf(StatementId id) => cells.GetValueOrDefault(id);

    public bool IsWithheld(StatementId id) => withheld.Contains(id);

    /// <param name="statements">All that the public may ever be shown, in the order of the record.</param>
    /// <param name="ours">Those of them that nobody else published.</param>
    public static Covering Of(IReadOnlyList<Statement> statements, IReadOnlyList<Statement> ours, Operation operation)
    {
        var covering = new Covering(operation.SmallCellsBelow);
        foreach (var statement in ours)
        {
            covering.CoverSmall(statement);
        }

        var leavesFew = ours.Where(covering.LeavesFewOver).Select(s => s.Id).ToHashSet();
        var small = covering.covers.Where(c => c.Value.Contains(Cover.Small)).Select(c => c.Key).Concat(leavesFew).ToHashSet();
        if (small.Count > 0)
        {
            covering.CoverFurther(statements, ours.Select(s => s.Id).ToHashSet(), small, leavesFew, operation);
        }

        foreach (var statement in ours)
        {
            covering.Settle(statement);
        }

        return covering;
    }

    private void CoverSmall(Statement statement)
    {
        var counts = SmallCells.Of(statement.Said);
        var covered = counts.Select(c => SmallCells.IsSmall(c, below) ? Cover.Small : SmallCells.Covered(c, below) == c ? Cover.None : Cover.Floor).ToArray();
        if (Array.Exists(covered, c => c is not Cover.None))
        {
            covers[statement.Id] = covered;
        }
    }

    /// <summary>A cheap look, before anything is tied together: whether a count less some of its parts leaves a few.</summary>
    private bool LeavesFewOver(Statement statement) => (statement.Said is Correction correction ? correction.Instead : statement.Said) is Headcount { Including: not null } headcount
        && SmallCells.IsOfPeople(headcount.Counted) && headcount.Counted.Bound is { Low: { } low, High: { } high } && low == high
        && Rests([.. headcount.Parts.Select(p => p.Bound.High ?? 0)], low).Any(r => r > 0 && r < below);

    // All sums of some of the parts; a count names a handful.
    private static IEnumerable<long> Rests(long[] parts, long whole) => parts.Length > 12
        ? [1]
        : Enumerable.Range(1, (1 << parts.Length) - 1).Select(mask => whole - parts.Where((_, i) => (mask >> i & 1) == 1).Sum());

    private void CoverFurther(IReadOnlyList<Statement> statements, HashSet<StatementId> ours, HashSet<StatementId> small, HashSet<StatementId> leavesFew, Operation operation)
    {
        // To the public all own observers are one source.
        var read = statements.Select(s => s.SaidBy.Kind is SourceKind.OwnObservers ? s with { Chain = new SourceChain(Source.Room, []) } : s).Where(s => SmallCells.Of(s.Said).Any(SmallCells.IsOfPeople)).ToList();
        var byId = read.ToDictionary(s => s.Id);
        var order = read.Select((s, i) => (s.Id, i)).ToDictionary(p => p.Id, p => p.i);
        var all = CellNetwork.Of(read, operation);
        foreach (var component in all.Components(read).Where(c => c.Any(small.Contains)))
        {
            var (targets, lost) = (new List<Target>(), new HashSet<Target>());
            foreach (var (id, at) in component.Select((id, i) => (id, i)))
            {
                if (targets.Count == 0 && !small.Contains(id))
                {
                    continue;
                }

                var beside = component.Count <= MostTogether ? component.Take(at + 1) : all.Nearest(id, s => order[s] <= order[id], MostTogether).OrderBy(s => order[s]);
                Decide(id, new Attack([.. beside.Select(s => byId[s])], operation, CoverOf), ours.Contains(id), leavesFew.Contains(id), targets, lost);
            }
        }
    }

    private void Decide(StatementId newest, Attack attack, bool isOurs, bool leavesFew, List<Target> targets, HashSet<Target> lost)
    {
        var counts = attack.CountsOf(newest);
        var own = isOurs ? Enumerable.Range(0, counts.Count).Where(i => CoverOf(newest, i) is Cover.Small).Select(i => new Target(newest, i)).Concat(leavesFew ? attack.LeftOver(newest) : []).ToList() : [];
        List<Target> at = [.. targets.Where(t => !lost.Contains(t)), .. own];
        HashSet<Target> Unsafe() => attack.WorkedOut(at);

        targets.AddRange(own);
        var uncovered = Unsafe();
        if (uncovered.Count == 0)
        {
            return;
        }

        if (!isOurs)
        {
            // Others printed it: it is out, and what follows from it is out with it.
            lost.UnionWith(uncovered);
            return;
        }

        var before = covers.GetValueOrDefault(newest) ?? new Cover[counts.Count];
        var further = Enumerable.Range(0, counts.Count).Where(i => before[i] is Cover.None && SmallCells.IsOfPeople(counts[i]) && counts[i].Bound is { HasNumber: true } and not { High: 0 }).ToList();
        var trial = before.ToArray();
        covers[newest] = trial;
        further.ForEach(i => trial[i] = Cover.Too);
        if (Unsafe().Count > 0)
        {
            Array.Fill(trial, Cover.Absent);
            lost.UnionWith(attack.WorkedOut([.. at.Where(t => t.Statement != newest)]));
            targets.RemoveAll(t => t.Statement == newest);
            at.RemoveAll(t => lost.Contains(t) || t.Statement == newest);
            withheld.Add(newest);
            return;
        }

        // What need not be covered is shown: of most people first, so that the fewest stay hidden.
        foreach (var i in further.OrderByDescending(i => counts[i].Bound.High ?? counts[i].Bound.Low).ThenBy(i => i))
        {
            trial[i] = Cover.None;
            if (Unsafe().Count > 0)
            {
                trial[i] = Cover.Too;
            }
        }
    }

    private Cover CoverOf(StatementId id, int cell) => covers.TryGetValue(id, out var covered) ? covered[cell] : Cover.None;

    private void Settle(Statement statement)
    {
        if (covers.TryGetValue(statement.Id, out var covered) && Array.Exists(covered, c => c is Cover.Small or Cover.Floor or Cover.Too))
        {
            cells[statement.Id] = [.. SmallCells.Of(statement.Said).Zip(covered).Select(p => p.Second switch
            {
                Cover.None => null,
                Cover.Too => SmallCells.CoveredToo(p.First, below),
                _ => SmallCells.Covered(p.First, below),
            })];
        }
    }
}
