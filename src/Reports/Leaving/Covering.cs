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

    private readonly Operation operation;
    private readonly int below;
    private readonly List<Statement> read;
    private readonly Closeness closeness;
    private readonly Dictionary<StatementId, Counted?[]> cells;
    private readonly Dictionary<StatementId, Cover[]> covers;
    private readonly Dictionary<StatementId, List<Target>> targets;
    private readonly HashSet<Target> lost;
    private readonly HashSet<StatementId> withheld;

    /// <summary>Nothing covered yet.</summary>
    public Covering(Operation operation) => (this.operation, below, read, closeness, cells, covers, targets, lost, withheld) = (operation, operation.SmallCellsBelow, [], new(operation), [], [], [], [], []);

    /// <summary>A copy to go on with; the one before stays as it is, for those who still read it.</summary>
    public Covering(Covering before) => (operation, below, read, closeness, cells, covers, targets, lost, withheld) =
        (before.operation, before.below, [.. before.read], before.closeness.Copied(), new(before.cells), new(before.covers), new(before.targets), [.. before.lost], [.. before.withheld]);

    /// <summary>For each count of the statement what stands in its place, null where it stays; null where all stay.</summary>
    public IReadOnlyList<Counted?>? CellsOf(StatementId id) => cells.GetValueOrDefault(id);

    public bool IsWithheld(StatementId id) => withheld.Contains(id);

    /// <summary>Decides the next statement that the public may ever be shown, in the order of the record: by what stands before it, and for good.</summary>
    /// <param name="isOurs">Nobody else published it.</param>
    public void Add(Statement statement, bool isOurs)
    {
        if (isOurs)
        {
            CoverSmall(statement);
        }

        if (SmallCells.Of(statement.Said).Any(SmallCells.IsOfPeople))
        {
            // To the public all own observers are one source.
            read.Add(statement.SaidBy.Kind is SourceKind.OwnObservers ? statement with { Chain = new SourceChain(Source.Room, []) } : statement);
            closeness.Add(read[^1]);
            CoverFurther(statement.Id, isOurs, isOurs && LeavesFewOver(statement));
        }

        if (isOurs)
        {
            Settle(statement);
        }
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

    private void CoverFurther(StatementId newest, bool isOurs, bool leavesFew)
    {
        var isSmall = covers.TryGetValue(newest, out var covered) && covered.Contains(Cover.Small);
        if (targets.Count == 0 && !isSmall && !leavesFew)
        {
            return;
        }

        List<Statement> beside = [.. closeness.ToNewest(MostTogether).Select(at => read[at])];
        if (isSmall || leavesFew || beside.Exists(s => targets.ContainsKey(s.Id)))
        {
            Decide(newest, new Attack(beside, operation, CoverOf), isOurs, leavesFew, [.. beside.SelectMany(s => targets.GetValueOrDefault(s.Id) ?? []).Where(t => !lost.Contains(t))]);
        }
    }

    private void Decide(StatementId newest, Attack attack, bool isOurs, bool leavesFew, List<Target> earlier)
    {
        var counts = attack.CountsOf(newest);
        var own = isOurs ? Enumerable.Range(0, counts.Count).Where(i => CoverOf(newest, i) is Cover.Small).Select(i => new Target(newest, i)).Concat(leavesFew ? attack.LeftOver(newest) : []).ToList() : [];
        List<Target> at = [.. earlier, .. own];
        HashSet<Target> Unsafe() => attack.WorkedOut(at);

        if (own.Count > 0)
        {
            targets[newest] = own;
        }

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
            lost.UnionWith(attack.WorkedOut(earlier));
            targets.Remove(newest);
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
