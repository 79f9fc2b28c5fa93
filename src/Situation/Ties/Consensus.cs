using Safeconduct.Statements;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Situation.Ties;

/// <summary>
/// What holds together: the range of a quantity that every statement allows which is in no conflict found, by adding up, with "about" as wide as the operation says.
/// Not a range of what is true: it follows from what was said.
/// </summary>
/// <param name="Low">At least so many, as whole numbers; 9,501 where "more than 9,500" was said.</param>
/// <param name="High">At most so many; null: nothing said bounds it.</param>
/// <param name="IsExact">Both ends are attained by whole numbers that fulfil every rule and statement used; else nothing beyond them is possible and more is not known.</param>
/// <param name="LowProof">Adds up to the low end; null at zero, which needs none.</param>
/// <param name="HighProof">Adds up to the high end; null where there is none.</param>
public sealed record Consensus(long Low, long? High, bool IsExact, Proof? LowProof, Proof? HighProof);

/// <summary>
/// A proof that anybody can add up (Farkas' lemma): lines times whole numbers. The <see cref="ProofLine.Amount"/>s of the lines sum to <see cref="Adds"/>, and <see cref="Times"/> times the
/// quantity is at least (low end) or at most (high end) that; of a conflict they sum to more than zero, where only zero is possible. Checked by the independent checker before it is shown.
/// </summary>
public sealed record Proof(IReadOnlyList<ProofLine> Lines, long Times, long Adds)
{
    /// <summary>The statements in it, each once, in the order of their ids.</summary>
    public IReadOnlyList<StatementId> Ids => [.. Lines.Select(l => l.Id).OfType<StatementId>().Distinct().Order()];
}

/// <summary>One line of a proof: a statement's bound, or a rule that holds whatever anybody says.</summary>
/// <param name="Times">How often it is taken; below zero where it is taken away.</param>
/// <param name="Id">The statement; null for a rule.</param>
/// <param name="Says">In words: "at least 14,580 people who left Town, up to 2 May: about 16,200 (The monitor)".</param>
/// <param name="Amount">What it adds to the column; zero for a rule.</param>
/// <param name="Rule">Which rule; null for a statement.</param>
public sealed record ProofLine(long Times, StatementId? Id, string Says, long Amount, TieKind? Rule);

/// <summary>Statements that can't all hold, whatever is true: each is needed for the proof, so that the rest fits once any one is set aside.</summary>
public sealed record Conflict(string Id, IReadOnlyList<StatementId> Ids, Proof Proof);

/// <summary>The range that is left of a contested quantity when one source is set aside; "without the centre, 8,079 fits all others". For the room alone.</summary>
public sealed record Without(Source Source, long Low, long? High);

/// <summary>
/// The fewest statements, by weight, without which the rest of what hangs together fits: an explanation, never applied, and not the truth because it is least. For the room alone.
/// Grade A weighs 6, B 5, C 4, D 3, E 2, F 1, no grade 4; statements of one body with one number share one weight.
/// </summary>
/// <param name="Ids">One such set.</param>
/// <param name="Weight">What it weighs, in twelfths.</param>
/// <param name="AtLeast">No set lighter than this can do.</param>
/// <param name="InEvery">Statements that every lightest set has; those only in some are left out. Empty where that was not worked out.</param>
public sealed record Fewest(IReadOnlyList<StatementId> Ids, long Weight, long AtLeast, IReadOnlyList<StatementId> InEvery)
{
    /// <summary>Whether it is proved that nothing lighter would do.</summary>
    public bool IsLeast => Weight == AtLeast;
}

/// <summary>What the network says of one figure.</summary>
/// <param name="Consensus">Null where a statement on the figure itself is in conflict, or the figure is in no network.</param>
/// <param name="Conflicts">Ids of the conflicts that the figure's own statements are in.</param>
public sealed record Together(Consensus? Consensus, IReadOnlyList<string> Conflicts, IReadOnlyList<Without> Without);
