using Safeconduct.Situation.Disputes;
using Safeconduct.Situation.Figures;
using Safeconduct.Situation.Tensions;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Reports.Sections;

/// <summary>Rival claims side by side and by how much they differ. No side is called right, and none is called impossible.</summary>
internal static class Rivals
{
    public static Draft Of(Teller teller)
    {
        var rows = teller.Disputes.GroupBy(d => Matter(teller, d)).Select(g => Joined(teller, [.. g]))
            .OrderBy(r => Order(r.Dispute.Kind)).ThenByDescending(r => r.Voices).ThenBy(r => r.Dispute.Id, StringComparer.Ordinal)
            .Select(r => r.Cells).ToList();
        return new(
            "rival-claims",
            "Rival claims",
            rows.Count == 0
                ? [LineOf.Paragraph("No two statements in this record were found to differ on the same matter.")]
                : [new Block.Table(null, ["Question", "One account", "Another", "How they differ"], rows, [20, 28, 28, 24])]);
    }

    private const int MostExplained = 20;

    /// <summary>Differences that one reason explains, kept apart from rival claims. Outside the room none that a witness is in: its sentence names sources.</summary>
    public static Draft Explained(Teller teller)
    {
        var listed = teller.Now.Tensions
            .Where(t => teller.InRoom || !t.Sides.SelectMany(s => s).Select(teller.Find).Any(s => s is null || teller.IsMerged(s)))
            .Where(t => t.Figure is null || teller.Figures.Any(f => f.Id == t.Figure))
            .OrderBy(t => t.ExplainedBy).ThenByDescending(t => t.Sides.Sum(s => s.Count)).ThenBy(t => t.Id, StringComparer.Ordinal)
            .ToList();
        var shown = listed.Take(MostExplained).OrderBy(t => t.ExplainedBy).ThenBy(t => t.Id, StringComparer.Ordinal).ToList();
        return new(
            "differences-explained",
            "Differences that are explained",
            listed.Count == 0
                ? LineOf.Paragraph("No statements look opposed without being so.")
                : new Block.Table(null, ["By", "What looks opposed"], [.. shown.Select(t => Row(teller, t))], [14, 86]),
            listed.Count > shown.Count ? LineOf.Note($"{Phrases.Many(listed.Count - shown.Count, "further difference")} of this kind {(listed.Count - shown.Count == 1 ? "is" : "are")} not listed here.") : null);
    }

    private static IReadOnlyList<Line> Row(Teller teller, Tension tension) =>
    [
        Line.Of(Phrases.Capital(tension.ExplainedBy.ToString().ToLowerInvariant())),
        LineOf.Pieces([LineOf.Words(tension.Why + " ")], teller.Cites(tension.Sides.SelectMany(s => s))),
    ];

    public static int Rows(Teller teller) => teller.Disputes.Select(d => Matter(teller, d)).Distinct(StringComparer.Ordinal).Count();

    /// <summary>What several disputes have in common: a figure that more than two positions are taken on, or a subject whose state is said in several ways.</summary>
    private static string Matter(Teller teller, Dispute dispute) => dispute.Figure is { } figure
        ? $"{dispute.Kind} {figure}"
        : StandingOf(teller, dispute) is { } standing ? $"state {standing.What}" : dispute.Id;

    /// <summary>One row for one matter: the widest gap divides it, and whoever else takes part stands on the side whose numbers are nearer.</summary>
    private static (Dispute Dispute, int Voices, IReadOnlyList<Line> Cells) Joined(Teller teller, IReadOnlyList<Dispute> disputes)
    {
        var widest = disputes.OrderByDescending(d => d.Amount ?? 0).ThenBy(d => d.Id, StringComparer.Ordinal).First();
        var sides = widest.Sides.Take(2).Select(s => s.ToList()).Concat(Enumerable.Range(0, 2).Select(_ => new List<StatementId>())).Take(2).ToList();
        var leftTop = sides[0].Select(id => NumberOf(teller, widest, id)).DefaultIfEmpty(0).Max();
        var rightTop = sides[1].Select(id => NumberOf(teller, widest, id)).DefaultIfEmpty(0).Max();
        var (lower, upper) = leftTop <= rightTop ? (sides[0], sides[1]) : (sides[1], sides[0]);
        foreach (var id in disputes.SelectMany(d => d.Sides).SelectMany(s => s).Distinct().Where(id => !sides.Any(s => s.Contains(id))).ToList())
        {
            (NumberOf(teller, widest, id) <= Math.Min(leftTop, rightTop) ? lower : upper).Add(id);
        }

        var merged = widest with { Sides = [sides[0], sides[1]] };
        return (merged, sides.Sum(s => s.Count),
        [
            new([LineOf.Strong(Question(teller, merged))]),
            Side(teller, merged, sides[0]),
            Side(teller, merged, sides[1]),
            Line.Of(Phrases.Capital(Difference(teller, merged)) + (disputes.Count > 1 ? "; more than two positions" : "")),
        ]);
    }

    private static long NumberOf(Teller teller, Dispute dispute, StatementId id) =>
        BoundsOf(teller, dispute, id).Select(b => b.High ?? b.Low ?? 0).DefaultIfEmpty(0).Max();

    /// <summary>What a statement says on the figure in dispute; it may count to another day and so stand in another figure's rows.</summary>
    private static List<Bound> BoundsOf(Teller teller, Dispute dispute, StatementId id)
    {
        if (FigureOf(teller, dispute) is not { } figure)
        {
            return [];
        }

        var rows = figure.PerSource.SelectMany(r => r.Now.Concat(r.Earlier)).Where(c => c.Id == id).Select(c => c.Bound).Distinct().ToList();
        return rows.Count > 0 ? rows :
        [
            .. (teller.Find(id)?.Claims() ?? []).OfType<Claim.Count>()
                .Where(c => (c.Quantity.Measure, c.Quantity.Unit, c.Quantity.Category) == (figure.Quantity.Measure, figure.Quantity.Unit, figure.Quantity.Category))
                .Select(c => c.Bound).Distinct(),
        ];
    }

    public static string Question(Teller teller, Dispute dispute)
    {
        var figure = FigureOf(teller, dispute);
        var matter = dispute.Kind switch
        {
            DisputeKind.Value => "How many",
            DisputeKind.Self => "One source, two accounts",
            DisputeKind.Fact => "Whether it is so",
            DisputeKind.Attribution => "Who did it",
            DisputeKind.Term => "What was agreed",
            DisputeKind.Relay => "A relayed copy and its original",
            DisputeKind.Internal => "Parts and whole",
            _ => throw new ArgumentOutOfRangeException(nameof(dispute)),
        };
        return figure is null ? StandingOf(teller, dispute) is { } standing ? Standings.Subject(teller, standing) : matter : dispute.Kind is DisputeKind.Value ? Phrases.Capital(teller.Say.Quantity(figure.Quantity)) : $"{matter}: {teller.Say.Quantity(figure.Quantity)}";
    }

    public static string Difference(Teller teller, Dispute dispute)
    {
        var statements = dispute.Sides.SelectMany(s => s).Select(teller.Find).OfType<Statement>().ToList();
        var isNamed = statements.Any(teller.IsMerged);
        if (dispute.Amount is { } amount)
        {
            var bounds = Bounds(teller, dispute).ToList();
            var isExact = bounds.Count > 0 && bounds.All(b => b is { IsApproximate: false, IsFloor: false, VagueWord: null });
            return $"differ by {(isExact ? "" : "about ")}{Shown.Grouped(amount)}{Hours(statements)}";
        }

        // The engine's sentence names sources; where a witness is among them it stays in the room.
        return dispute.Kind is DisputeKind.Fact && statements.Any(s => s.Modality is Modality.Denied) ? "stated and denied" + Hours(statements)
            : StandingOf(teller, dispute) is not null ? "different states of one subject" + Hours(statements)
            : isNamed ? "differ" : dispute.Why;
    }

    /// <summary>The subject whose states are rival, where the dispute is about one.</summary>
    private static Situation.Standings.Standing? StandingOf(Teller teller, Dispute dispute)
    {
        var ids = dispute.Sides.SelectMany(s => s).ToHashSet();
        return dispute.Kind is DisputeKind.Value || dispute.Figure is not null ? null : teller.Status.Concat(teller.Control)
            .FirstOrDefault(s => ids.IsSubsetOf(s.States.SelectMany(t => t.SaidBy.Concat(t.DeniedBy)).SelectMany(v => v.Ids)));
    }

    private static int Order(DisputeKind kind) => kind switch
    {
        DisputeKind.Value => 0,
        DisputeKind.Self => 1,
        DisputeKind.Internal => 2,
        DisputeKind.Fact => 3,
        DisputeKind.Attribution => 4,
        DisputeKind.Term => 5,
        DisputeKind.Relay => 6,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string Hours(IReadOnlyList<Statement> statements) => statements.Count(s => !s.About.End.HourIsStated) switch
    {
        0 => "",
        var n when n == statements.Count => "; the hours are not stated",
        1 => "; the hour of one is not stated",
        var n => $"; the hours of {Shown.Number(n)} are not stated",
    };

    private static Figure? FigureOf(Teller teller, Dispute dispute) =>
        dispute.Figure is { } id ? teller.Figures.FirstOrDefault(f => f.Id == id) : null;

    private static IEnumerable<Bound> Bounds(Teller teller, Dispute dispute) =>
        dispute.Sides.SelectMany(s => s).SelectMany(id => BoundsOf(teller, dispute, id));

    private static Line Side(Teller teller, Dispute dispute, IReadOnlyList<StatementId> ids)
    {
        var statements = ids.Select(teller.Find).OfType<Statement>().OrderBy(s => s.Id).ToList();
        return LineOf.Stacked(statements.GroupBy(s => (Label: teller.Label(s.SaidBy), Says: Position(teller, dispute, s)))
            .Select(g => (IEnumerable<Piece>)
            [
                LineOf.Words(g.Key.Says + ", "),
                new Piece.By(teller.Numbered(g.Key.Label, g.Count())),
                LineOf.Words(" "),
                .. teller.Cites(g.Select(s => s.Id)),
            ]));
    }

    /// <summary>The number where the dispute is about one, else the words; what a witness said in full stays in the room.</summary>
    private static string Position(Teller teller, Dispute dispute, Statement statement)
    {
        var bounds = BoundsOf(teller, dispute, statement.Id);
        return bounds.Count > 0 && FigureOf(teller, dispute) is { } figure
            ? string.Join("; ", bounds.Select(b => teller.Words(b, figure.Quantity.Unit, statement.Id)).Distinct(StringComparer.Ordinal))
            : teller.IsMerged(statement) ? "otherwise" : teller.Says(statement).TrimEnd('.');
    }
}
