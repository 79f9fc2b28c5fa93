using Safeconduct.Situation.Disputes;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Reports.Sections;

/// <summary>Rival claims side by side and by how much they differ. No side is called right, and none is called impossible.</summary>
internal static class Rivals
{
    public static Draft Of(Teller teller)
    {
        var rows = teller.Now.Disputes.OrderBy(d => (Order(d.Kind), d.Figure ?? "", d.Id)).Select(d => Row(teller, d)).ToList();
        return new(
            "rival-claims",
            "Rival claims",
            rows.Count == 0
                ? [LineOf.Paragraph("No two statements in this record were found to differ on the same matter.")]
                : [new Block.Table(null, ["Question", "One account", "Another", "How they differ"], rows, [20, 28, 28, 24])]);
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
        return figure is null ? matter : dispute.Kind is DisputeKind.Value ? Phrases.Capital(teller.Say.Quantity(figure.Quantity)) : $"{matter}: {teller.Say.Quantity(figure.Quantity)}";
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
        return isNamed ? "differ" : dispute.Why;
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
        dispute.Figure is { } id ? teller.Now.Figures.FirstOrDefault(f => f.Id == id) : null;

    private static IEnumerable<Bound> Bounds(Teller teller, Dispute dispute)
    {
        var ids = dispute.Sides.SelectMany(s => s).ToHashSet();
        return FigureOf(teller, dispute) is { } figure
            ? figure.PerSource.SelectMany(r => r.Now.Concat(r.Earlier)).Where(c => ids.Contains(c.Id)).Select(c => c.Bound)
            : [];
    }

    private static IReadOnlyList<Line> Row(Teller teller, Dispute dispute) =>
    [
        new([LineOf.Strong(Question(teller, dispute))]),
        .. dispute.Sides.Take(2).Select(side => Side(teller, dispute, side)),
        .. Enumerable.Repeat(Line.Empty, Math.Max(0, 2 - dispute.Sides.Count)),
        Line.Of(Phrases.Capital(Difference(teller, dispute))),
    ];

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
        var figure = FigureOf(teller, dispute);
        var claims = figure?.PerSource.SelectMany(r => r.Now.Concat(r.Earlier)).Where(c => c.Id == statement.Id).ToList() ?? [];
        return claims.Count > 0
            ? string.Join("; ", claims.Select(c => teller.Words(c.Bound, figure!.Quantity.Unit, c.Id) + (c.Words is { } w ? $", {w}" : "")))
            : teller.IsMerged(statement) ? "otherwise" : teller.Says(statement).TrimEnd('.');
    }
}
