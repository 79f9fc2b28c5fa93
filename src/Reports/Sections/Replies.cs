using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Finding;

namespace Safeconduct.Reports.Sections;

/// <summary>The right of reply: each finding with what its party answered, in the party's own words and language, beside it; then replies to other statements.</summary>
internal static class Replies
{
    public static Draft? Of(Teller teller)
    {
        var adopted = Adoption.Among(teller.Now.Statements);
        var findings = teller.Now.Statements.Where(s => s.Said is Finding && teller.Became(s) != "withdrawn").OrderBy(s => s.SaidAt).ThenBy(s => s.Id).ToList();
        var others = teller.Now.Statements.OrderBy(s => s.Id)
            .SelectMany(s => s.Linked(Relation.RepliesTo).Select(teller.Find).OfType<Statement>().Where(to => to.Said is not Finding).Select(to => (IReadOnlyList<Line>)[Accounts.Told(teller, to), Reply(teller, [s])]))
            .ToList();
        return findings.Count + others.Count == 0
            ? null
            : new(
                "replies",
                "Findings and replies",
                findings.Count == 0 ? null : new Block.Table("Findings of the mission, each put to a party before it was adopted", ["Finding", "Reply"], [.. findings.Select(f => Row(teller, f, adopted.ContainsKey(f.Id)))], [50, 50]),
                others.Count == 0 ? null : new Block.Table(findings.Count == 0 ? null : "Replies to other statements", ["Statement", "Reply"], others, [50, 50]));
    }

    private static IReadOnlyList<Line> Row(Teller teller, Statement statement, bool isAdopted)
    {
        var finding = (Finding)statement.Said;
        var replies = teller.Now.Statements.Where(s => s.Linked(Relation.RepliesTo).Contains(statement.Id) && teller.Became(s) != "withdrawn").OrderBy(s => s.SaidAt).ThenBy(s => s.Id).ToList();
        return
        [
            LineOf.Stacked(
            [
                [statement.Words is { } w ? new Piece.Quote(w.Text, w.Language) : LineOf.Words(finding.Text)],
                [LineOf.Quiet($"Put to {finding.To} for reply by {teller.Say.Moment(finding.ReplyBy)}; {(isAdopted ? "adopted after that" : "not adopted: no conclusion of the mission yet")}. Rests on "), .. teller.Cites(finding.RestsOn), LineOf.Words(" "), .. teller.Cites([statement.Id])],
            ]),
            replies.Count > 0 ? Reply(teller, replies) : LineOf.Words($"No reply by {finding.To} is recorded.", []),
        ];
    }

    private static Line Reply(Teller teller, IReadOnlyList<Statement> replies) => LineOf.Stacked(replies.Select(r => teller.IsMerged(r)
        ? teller.Sources([r])
        : (IEnumerable<Piece>)[new Piece.By(teller.Label(r.SaidBy)), LineOf.Words($", {teller.Say.Moment(r.SaidAt)}: "), r.Words is { } w ? new Piece.Quote(w.Text, w.Language) : LineOf.Words(teller.Says(r) + " "), .. teller.Cites([r.Id])]));
}
