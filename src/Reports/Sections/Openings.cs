using NodaTime;
using Safeconduct.Situation;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Reports.Sections;

/// <summary>The first page: in short, and what changed since the last report.</summary>
internal static class Openings
{
    private const int MostStatusLines = 8;
    private const int MostNotKnown = 3;

    public static Draft InShort(Teller teller)
    {
        if (teller.Now.Statements.Count == 0)
        {
            return new("in-short", "In short", LineOf.Paragraph("Nobody has stated anything that this report may carry."));
        }

        IEnumerable<Line> lines =
        [
            .. teller.Status.Count == 0 ? [Line.Of("Nobody has stated in which state the operation is.")] : Standings.InShort(teller, MostStatusLines),
            .. Headlines(teller),
            .. TurnedBack(teller),
            .. NotKnown(teller),
            .. teller.Now.Statements.Any(s => s.SaidBy.Kind is Statements.Sources.SourceKind.OwnObservers) ? [] : (IEnumerable<Line>)[Line.Of("Own observers: none in this record. Everything here is what others stated.")],
        ];
        return new("in-short", "In short", new Block.Bullets([.. lines]));
    }

    public static Draft Changes(Teller teller, Assessed? before, ReportSettings settings)
    {
        if (before is null)
        {
            return new("changes", "What changed", LineOf.Paragraph("No earlier report was compared."));
        }

        var earlier = new Teller(before, settings);
        var was = before.View.AsOf is { } asOf ? teller.Say.At(asOf) : "Before";
        IReadOnlyList<IReadOnlyList<Line>> rows =
        [
            Row("Statements read", Line.Of(Statements.Shown.Grouped(before.Statements.Count)), Line.Of(Statements.Shown.Grouped(teller.Now.Statements.Count))),
            .. teller.Status.Select(s => Row(Standings.Subject(teller, s), StatesOf(earlier, s), StatesOf(teller, s))),
            .. Figures.Headline(teller).Select(f => Row(
                Phrases.Capital(teller.Say.Subject(f.Quantity)),
                Earlier(earlier, f),
                LineOf.Words($"{teller.Span(f)}, {teller.Say.Cut(f.Quantity.Cut)}", []))),
            Row("Rival claims listed", Line.Of(Statements.Shown.Grouped(Rivals.Rows(earlier))), Line.Of(Statements.Shown.Grouped(Rivals.Rows(teller)))),
        ];
        return new("changes", "What changed since the last report", new Block.Table(null, ["Subject", was, "At the cut-off"], rows, [28, 36, 36]));
    }

    /// <summary>What was wrong in earlier reports, each with every report it touches; nothing where nothing was.</summary>
    public static Draft? Errata(Teller teller) => teller.Settings.Errata.Count == 0
        ? null
        : new("errata", "Errata to earlier reports", new Block.Table(null, ["Reports", "Correction"], [.. teller.Settings.Errata.OrderBy(e => e.At).Select(e => (IReadOnlyList<Line>)
            [
                new([LineOf.Strong(string.Join(", ", e.Reports))]),
                LineOf.Pieces([new Piece.Quote(e.Text, e.Language), LineOf.Quiet($"Published {teller.Say.At(e.At)} ")], e.On is { } on ? teller.Cites([on]) : []),
            ])], [24, 76]));

    private static IEnumerable<Line> Headlines(Teller teller)
    {
        var headlines = Figures.Headline(teller);
        return headlines.Count == 0
            ? [Line.Of("Nobody has stated how many people left, are still inside, or were killed.")]
            : headlines.Take(4).Select(f => LineOf.Pieces(
                [
                    LineOf.Strong(Phrases.Capital(teller.Span(f))),
                    LineOf.Words($" {teller.Say.Quantity(f.Quantity)}, as said by {Phrases.Many(f.PerSource.Count(r => r.Now.Count > 0), "source")} "),
                ],
                teller.Cites(f.LowSupport.Concat(f.HighSupport)),
                [LineOf.Words(f.Dispute is null ? "." : "; they differ, see rival claims.")]));
    }

    private static IEnumerable<Line> TurnedBack(Teller teller) => Figures.OnTheWay(teller)
        .OrderByDescending(f => f.PerSource.Count).ThenBy(f => f.Id, StringComparer.Ordinal).Take(2)
        .Select(f => LineOf.Pieces([LineOf.Strong(Phrases.Capital(teller.Span(f))), LineOf.Words($" {teller.Say.Quantity(f.Quantity)}, as said ")], teller.Cites(f.PerSource.SelectMany(r => r.Now).Select(c => c.Id)), [LineOf.Words(".")]));

    private static IEnumerable<Line> NotKnown(Teller teller) => teller.Now.Unknown.Take(MostNotKnown)
        .Select(u => LineOf.Pieces([LineOf.Strong(Phrases.Capital(u.Question.TrimEnd('.', '?'))), LineOf.Words(": not known ")], teller.Cites(u.Ids), [LineOf.Words(".")]));

    private static IReadOnlyList<Line> Row(string subject, Line before, Line now) => [new([LineOf.Strong(subject)]), before, now];

    private static Line StatesOf(Teller teller, Situation.Standings.Standing standing)
    {
        var states = teller.Status.Where(s => s.Subject == standing.Subject).SelectMany(s => s.States)
            .Where(s => s.SaidBy.Any(v => v.StillStands)).Select(s => Standings.Words(s.State)).Distinct(StringComparer.Ordinal).ToList();
        return Line.Of(states.Count == 0 ? "nobody stated it" : string.Join("; ", states.Select(s => "said to be " + s)));
    }

    private static Line Earlier(Teller earlier, Figure now)
    {
        var series = Figures.Series(now);
        var was = Figures.Headline(earlier).FirstOrDefault(f => Figures.Series(f) == series);
        return Line.Of(was is null ? "no number stated" : $"{earlier.Span(was)}, {earlier.Say.Cut(was.Quantity.Cut)}");
    }
}

internal static class Method
{
    public static Draft Of(Teller teller)
    {
        var tolerance = teller.Now.Operation.TolerancePercent;
        string?[] notes =
        [
            "Nothing here is a fact. Every figure is computed from statements somebody made, and each names them.",
            "A range is the span of what sources put forward, each in its latest words, as said. What a source replaced, corrected or withdrew sets no end of it.",
            "“At least” and “more than” are floors: a floor sets no low end where somebody gives a number, and leaves the top open where it is the highest that is said.",
            $"“About” is taken to reach {Statements.Shown.Number(tolerance)} per cent either way when claims are compared; the span of what is said is not widened by it, what holds together is.",
            "Parts named with “including” stand inside their whole and are never added to it. People, vehicles and trips are never mixed. Rivals are never averaged.",
            "Statements that go back to one origin count once.",
            $"{Phrases.Many(teller.Now.HourNotStated.Count, "statement carries", "statements carry")} the day of publication without the hour: counted as known from the start of that day.",
            teller.Now.Unmapped.Count == 0 ? null : $"{Phrases.Many(teller.Now.Unmapped.Count, "row was", "rows were")} kept as remarks because their kind could not be read.",
            teller.SharedIdLetters.Length == 0 ? null : $"Citations leave out the letters that all ids share: {teller.SharedIdLetters}",
            Disclosed(teller),
            "Signs: square, party; diamond, guarantor; disc, United Nations; pentagon, Red Cross and Red Crescent; triangle, monitoring group; two bars, media; ring, observers, responders and witnesses. A sign tells the kind of source, never its side and never how far to trust it.",
            "Places are named as the operation's charter names them, without prejudice.",
        ];
        return new("method", "Method", [.. notes.OfType<string>().Select(LineOf.Paragraph)]);
    }

    /// <summary>That something is not shown is said; what it is, is not.</summary>
    private static string Disclosed(Teller teller) => string.Concat(
        $"For {Audiences.Words(teller.Settings.Audience)}. ",
        teller.Settings.Withheld == 0 ? "No statement was withheld. " : $"{Phrases.Many(teller.Settings.Withheld, "statement is", "statements are")} withheld by handling or consent{(teller.Settings.Audience is Statements.Audience.Public ? ", or because a small count could be worked out from them" : "")}. ",
        teller.Settings.CoarseCounts == 0 ? "" : $"{Phrases.Many(teller.Settings.CoarseCounts, "count of people is", "counts of people are")} given more coarsely than {(teller.Settings.CoarseCounts == 1 ? "it was" : "they were")} said, so that nobody who was one of a few can be told from it. ",
        teller.Settings.CoarsePlaces == 0 ? "" : $"{Phrases.Many(teller.Settings.CoarsePlaces, "statement names", "statements name")} the wide area and the day instead of the place and the hour. ",
        teller.Settings.HeldBack == 0 ? "" : $"{Phrases.Many(teller.Settings.HeldBack, "statement is", "statements are")} held back until what {(teller.Settings.HeldBack == 1 ? "it speaks" : "they speak")} of is past. ",
        teller.InRoom ? "" : "Accounts by people who were there are merged.").TrimEnd();
}
