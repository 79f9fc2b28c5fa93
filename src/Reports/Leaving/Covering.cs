using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Reports.Leaving;

/// <summary>Which counts are covered in public, and with what.</summary>
internal sealed class Covering
{
    private readonly Dictionary<StatementId, Counted?[]> cells = [];
    private readonly HashSet<StatementId> withheld = [];

    private Covering()
    {
    }

    /// <summary>For each count of the statement what stands in its place, null where it stays; null where all stay.</summary>
    public IReadOnlyList<Counted?>? CellsOf(StatementId id) => cells.GetValueOrDefault(id);

    public bool IsWithheld(StatementId id) => withheld.Contains(id);

    public static Covering Of(IReadOnlyList<Statement> statements, IReadOnlyList<Statement> ours, Operation operation)
    {
        var covering = new Covering();
        foreach (var statement in ours)
        {
            covering.CoverSmall(statement, operation.SmallCellsBelow);
        }

        return covering;
    }

    private void CoverSmall(Statement statement, int below)
    {
        var counts = SmallCells.Of(statement.Said);
        if (counts.Count == 0)
        {
            return;
        }

        var covered = counts.Select(c => SmallCells.Covered(c, below) is var instead && instead == c ? null : instead).ToArray();
        if (Array.Exists(covered, c => c is not null))
        {
            cells[statement.Id] = covered;
        }
    }
}
