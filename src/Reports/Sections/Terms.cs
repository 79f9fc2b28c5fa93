using Safeconduct.Situation.Agreements.Readings;
using Safeconduct.Situation.Agreements.Wording;
using Safeconduct.Statements;

namespace Safeconduct.Reports.Sections;

/// <summary>
/// How the terms of the arrangement read. Readings in words that judge nobody, each with the fewest statements that decide it; no tally, since terms do not weigh alike; and of two
/// totals that go together only the totals leave the room.
/// </summary>
internal static class Terms
{
    public static Draft? Of(Teller teller)
    {
        if (teller.Now.Agreement is not { } agreement || teller.Now.Terms.Count == 0)
        {
            return null;
        }

        return new(
            "terms",
            "The arrangement, term by term",
            new Block.Table(
                agreement.Title,
                ["Term", "As it reads", "On what"],
                [.. teller.Now.Terms.Select(t => (IReadOnlyList<Line>)
                [
                    LineOf.Pieces([LineOf.Strong($"{t.Term.Number}. {t.Term.Title}"), new Piece.Break(), LineOf.Quiet(ShowsTotalsOnly(teller, t) ? "Parallel departures." : string.Join(" ", t.Term.Clauses.Select(c => AgreementProse.Of(c, agreement, teller.Now.Operation))))]),
                    Reading(teller, t),
                    Ground(teller, t),
                ])],
                [38, 18, 44]),
            LineOf.Note("Computed from statements; not a finding. “Not met” says that what was promised did not hold, and not who kept it from holding. A reading marked provisional may change with reports that are still to come."));
    }

    private static Line Reading(Teller teller, TermReading term) => LineOf.Pieces(
        [LineOf.Strong(Phrases.Capital(ShowsTotalsOnly(teller, term) ? "two totals side by side" : TermsJson.Shown(term)))],
        term.IsProvisional ? [new Piece.Break(), LineOf.Quiet("provisional")] : [],
        term.Since is { } since && !ShowsTotalsOnly(teller, term) ? [new Piece.Break(), LineOf.Quiet($"since {teller.Say.Day(since)}")] : []);

    private static Line Ground(Teller teller, TermReading term)
    {
        var known = Decided(teller, term);
        return LineOf.Pieces(
            [LineOf.Words(string.Join(" ", term.Clauses.Select(c => teller.InRoom ? c.Sentence : c.OutsideRoom ?? c.Sentence)))],
            known.Count == 0 ? [] : [LineOf.Words(" According to "), .. teller.Sources(known), LineOf.Words(".")],
            term.Allegations.Count == 0 ? [] : [new Piece.Break(), LineOf.Quiet(term.Findings.Count > 0 ? "Responsibility: see the findings and replies." : "Who is responsible is not resolved: accounts differ or were not put to those they name.")]);
    }

    /// <summary>What decides the reading, and where that is little the first of the rest.</summary>
    internal static List<Statement> Decided(Teller teller, TermReading term) =>
        [.. term.Deciding.Concat(term.Evidence).Distinct().Select(teller.Find).OfType<Statement>().Take(Math.Max(term.Deciding.Count, 3))];

    internal static bool ShowsTotalsOnly(Teller teller, TermReading term) => !teller.InRoom && term.Clauses.All(c => c.OutsideRoom is not null);
}
