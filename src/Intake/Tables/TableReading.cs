using Safeconduct.Intake.List;
using Safeconduct.Statements;

namespace Safeconduct.Intake.Tables;

/// <summary>A problem of a table with the row it stands in, from 1; 0 where it is of the whole table or its mapping.</summary>
public sealed record RowProblem(int Row, Problem Problem);

/// <summary>A row that is no statement, and why.</summary>
public sealed record PassedOver(int Row, string Why);

/// <summary>What a table says under a mapping, row by row. It is taken whole or not at all: with a single problem there are no <see cref="Statements"/>.</summary>
/// <param name="Becomes">The rows that could be read, so that a dry run shows them beside the problems of the others.</param>
/// <param name="Problems">By row; at most <see cref="ListReading.MostProblems"/>.</param>
/// <param name="PassedOver">Rows that the mapping leaves out or that state nothing, each with why.</param>
/// <param name="Remarks">What a person should know before taking it in: formulas, columns that no field takes.</param>
public sealed record TableReading(ListReading Becomes, IReadOnlyList<RowProblem> Problems, IReadOnlyList<PassedOver> PassedOver, IReadOnlyList<string> Remarks)
{
    public bool Understood => Problems.Count == 0;

    /// <summary>In the order of the rows; none where anything is wrong.</summary>
    public IReadOnlyList<Statement> Statements => Understood ? Becomes.Statements : [];
}
