using Safeconduct.Statements;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Screening;
using Safeconduct.Statements.Kinds.Voluntariness;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Reports.Sections;

/// <summary>
/// Whether people went of their own will and where to, and what checkpoints did with them. The Council's test of 2016 and the law's: nobody is to be moved who does
/// not wish it. The section stands even where nobody asked; what nobody asked is no sign of consent.
/// </summary>
internal static class Wishes
{
    public static Draft Of(Teller teller)
    {
        var wishes = teller.Figures.Where(f => f.Quantity.Measure is Measure.WishedToLeave).ToList();
        var asked = Standing(teller, s => s is Voluntariness);
        var screened = Standing(teller, s => s is Screening);
        return new(
            "voluntariness",
            "Voluntariness and destination",
            wishes.Count == 0 ? null : new Block.Bullets([.. wishes.Select(f => LineOf.Pieces(
                [LineOf.Strong(Phrases.Capital(teller.Span(f))), LineOf.Words($" {teller.Say.Quantity(f.Quantity)}, according to ")],
                teller.Sources(f.PerSource.Select(r => (r.Source, r.Now.Concat(r.Earlier).Select(c => c.Id)))),
                [LineOf.Words(".")]))]),
            asked.Count == 0
                ? LineOf.Paragraph($"{(wishes.Count == 0 ? "Wishes and destinations" : "Whether those who left, and those who stayed, were asked where they wished to go")}: not asked, as far as this record goes.")
                : Listed(teller, "What people said when they were asked", asked),
            asked.Count == 0 ? null : LineOf.Note("Those asked are whoever could be asked: their number says nothing of the others. Who stays keeps the protection of the law."),
            screened.Count == 0 ? null : Listed(teller, "Screening on the way", screened),
            screened.Count == 0 ? null : LineOf.Note("Of one screening, those released and those still held are among those taken off, and those among the stopped. Nobody is named in this record."));
    }

    private static List<Statement> Standing(Teller teller, Func<Said, bool> which) =>
        [.. teller.Now.Statements.Where(s => which(Spoken(s)) && teller.Became(s) is null && !teller.IsMerged(s)).OrderBy(s => s.About.Start.DayIn(teller.Say.Zone)).ThenBy(s => s.Id)];

    private static Block.Table Listed(Teller teller, string caption, IReadOnlyList<Statement> statements) => new(
        caption,
        ["When", "Stated", "According to"],
        [.. statements.Select(s => (IReadOnlyList<Line>)[new([LineOf.Strong(teller.Say.EventTime(s.About))]), Line.Of(teller.Says(s)), LineOf.Pieces(teller.Sources([s]))])],
        [20, 52, 28]);

    private static Said Spoken(Statement statement) => statement.Said is Correction correction ? correction.Instead : statement.Said;
}
