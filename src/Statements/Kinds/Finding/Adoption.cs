using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Statements.Kinds.Finding;

/// <summary>
/// A named person makes a finding the mission's, after the right of reply. In the record it is a remark of the room's that confirms the finding. What an observer
/// or a list says is none, however it reads: it would let a finding out of the room that nobody answers for.
/// </summary>
public static class Adoption
{
    /// <summary>The findings that are adopted, each with the statement that adopted it. An adoption that was taken back or corrected adopts nothing any more.</summary>
    /// <param name="statements">All that is known at the moment asked for, of every handling: a withdrawal that is left out is not honoured.</param>
    public static IReadOnlyDictionary<StatementId, Statement> Among(IReadOnlyCollection<Statement> statements)
    {
        ArgumentNullException.ThrowIfNull(statements);
        var adoptions = statements.Where(IsOne).ToList();
        if (adoptions.Count == 0)
        {
            return new Dictionary<StatementId, Statement>();
        }

        var takenBack = statements.SelectMany(s => s.Claims()).OfType<Claim.About>().Where(a => a.Relation is Relation.Withdraws or Relation.Corrects).Select(a => a.Statement).ToHashSet();
        return adoptions.Where(a => !takenBack.Contains(a.Id)).SelectMany(a => a.Linked(Relation.Confirms).Select(finding => (Finding: finding, By: a)))
            .DistinctBy(a => a.Finding).ToDictionary(a => a.Finding, a => a.By);
    }

    private static bool IsOne(Statement s) => s is { Said: Comment.Comment, Modality: Modality.Asserted } && s.SaidBy == Source.Room && s.Linked(Relation.Confirms).Any();
}
