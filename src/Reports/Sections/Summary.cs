using Safeconduct.Reports.Languages;
using Safeconduct.Reports.Plots;
using Safeconduct.Situation.Agreements.Readings;
using Safeconduct.Situation.Figures;
using Safeconduct.Situation.Movements;
using Safeconduct.Situation.Standings;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Quantities;
using Standing = Safeconduct.Situation.Standings.Standing;

namespace Safeconduct.Reports.Sections;

/// <summary>
/// The report in short in another language, from the same conclusions of the same edition: status with who says so, headline figures with each source's words, who was held or turned
/// back, the terms, and how to read it. It says nothing that the English sections do not say.
/// </summary>
internal static class Summary
{
    public static Draft Of(Teller teller, Tongue tongue)
    {
        var say = new Wording(teller, tongue);
        return new(
            $"summary-{tongue.Code}",
            tongue["language.name"],
            [
                new Block.Facts([.. Heading(teller, say)]),
                new Block.Subheading(tongue["part.status"]),
                .. Status(teller, say),
                .. teller.Settings.IsFlash ? [] : Headlines(teller, say),
                new Block.Subheading(tongue["part.on-the-way"]),
                .. OnTheWay(teller, say),
                .. teller.Settings.IsFlash ? [] : Readings(teller, say),
                new Block.Subheading(tongue["part.method"]),
                LineOf.Paragraph($"{tongue["method.first"]} {tongue["method.second"]}"),
            ])
        { Language = tongue.Code };
    }

    private static IEnumerable<HeadingLine> Heading(Teller teller, Wording say)
    {
        var (tongue, settings, view) = (say.Tongue, teller.Settings, teller.Now.View);
        string?[] read =
        [
            tongue.Many("statement", teller.Now.Statements.Count),
            view.Lens.IsAll ? tongue["heading.all-sources"] : tongue.Say("heading.lens", view.Lens.ToString()),
            teller.Now.HourNotStated.Count == 0 ? null : tongue.Say("heading.hour-not-stated", tongue.Number(teller.Now.HourNotStated.Count)),
        ];
        yield return new(tongue["heading.cut-off"], say.At(settings.CutOff));
        yield return new(tongue["heading.time-zone"], teller.Say.Zoned(settings.CutOff));
        yield return new(tongue["heading.period"], settings.PeriodStart is { } start ? tongue.Say("heading.since", say.At(start)) : tongue["heading.whole-record"]);
        yield return new(tongue["heading.read-from"], string.Join(tongue["list.comma"] + " ", read.OfType<string>()));
        yield return new(tongue["heading.for"], tongue[$"audience.{Token.Of(settings.Audience)}"]);
    }

    private static IEnumerable<Block> Status(Teller teller, Wording say)
    {
        var lines = Standings.InOrder(teller).Select(s => State(teller, say, s.Standing, s.State)).ToList();
        return lines.Count == 0
            ? [LineOf.Paragraph(say.Tongue["status.nobody"])]
            : [new Block.Bullets(lines), LineOf.Note(say.Tongue["status.equal"])];
    }

    private static Line State(Teller teller, Wording say, Standing standing, StateSaid state)
    {
        var stands = state.SaidBy.Where(v => v.StillStands).ToList();
        var denied = say.Sources(state.DeniedBy.Select(v => (v.Source, v.Ids.AsEnumerable())));
        return stands.Count == 0
            ? new(say.Say("status.only-denied", say.Subject(standing.Subject), say.State(state.State), denied))
            : LineOf.Pieces(
                say.Say("status.stated", say.Subject(standing.Subject), say.State(state.State), say.Sources(stands.Select(v => (v.Source, v.Ids.AsEnumerable())))),
                state.DeniedBy.Count == 0 ? [] : say.Say("status.also-denied", denied));
    }

    private static IEnumerable<Block> Headlines(Teller teller, Wording say)
    {
        var headlines = Figures.Headline(teller);
        yield return new Block.Subheading(say.Tongue["part.figures"]);
        if (headlines.Count == 0)
        {
            yield return LineOf.Paragraph(say.Tongue["figures.nobody"]);
            yield break;
        }

        foreach (var figure in headlines)
        {
            yield return Plot(teller, say, figure);
        }

        yield return LineOf.Note(say.Tongue["figures.legend"]);
    }

    private static Block.RangePlot Plot(Teller teller, Wording say, Figure figure) => RangePlots.Of(teller, figure, new(
        new(say.Quantity(figure.Quantity)),
        new(say.Span(teller.SpanOf(figure))),
        bound => new Line(say.Bound(bound)).ToString(),
        say.Of,
        say.Label,
        (now, earlier) => say.Row(figure.Quantity, now, earlier)));

    private static IEnumerable<Block> OnTheWay(Teller teller, Wording say)
    {
        IReadOnlyList<Line> lines =
        [
            .. Figures.OnTheWay(teller).Select(f => LineOf.Pieces(
                say.Say("way.stated", say.Quantity(f.Quantity), Wording.Strong(say.Span(teller.SpanOf(f))), say.Sources(f.PerSource.Select(r => (r.Source, r.Now.Concat(r.Earlier).Select(c => c.Id))))),
                Figures.IsReturnNotCounted(teller, f) ? say.Say("way.return-not-counted") : [])),
            .. teller.InRoom ? Missing(teller, say) : [],
        ];
        return lines.Count == 0 ? [LineOf.Paragraph(say.Tongue["way.nobody"])] : [new Block.Bullets(lines), LineOf.Note(say.Tongue["way.as-said"])];
    }

    /// <summary>For the room alone, as in the English section: who is missing leaves it only by a named officer.</summary>
    private static IEnumerable<Line> Missing(Teller teller, Wording say) =>
        from convoy in Convoys.Shown(teller)
        let missing = convoy.NotAccountedFor
        where missing is { High: not 0 }
        select LineOf.Pieces(
            say.Say("convoy.missing", [LineOf.Apart(Phrases.Capital(convoy.Name.Replace('-', ' ')))], Wording.Text(say.Day(convoy.Day)), Wording.Strong(say.Bound(Left(missing))), Wording.Text(Because(say, missing))),
            [LineOf.Words(" ")],
            say.Cites(missing.Terms.SelectMany(t => t.Ids)));

    private static Bound Left(NotAccountedFor missing) => (missing.Low, missing.High) switch
    {
        (0, null) => Bound.NotKnown,
        (0, { } high) => Bound.Of(null, high, false, false, About(missing), null),
        ({ } low, var high) => Bound.Of(low, high, false, false, About(missing), null),
    };

    private static Approximation About(NotAccountedFor missing) => missing.Approximate ? Approximation.EitherWay : Approximation.None;

    private static string Because(Wording say, NotAccountedFor missing) => missing.Alarm switch
    {
        Alarm.NobodyMissing => say.Tongue["convoy.as-far"],
        Alarm.NotYetDue => say.Tongue.Say("convoy.not-yet-due", say.At(missing.Due!.Value)),
        Alarm.TravelTimeNotStated => say.Tongue["convoy.travel-time-not-stated"],
        Alarm.ArrivalNotCounted => say.Tongue["convoy.arrival-not-counted"],
        Alarm.Raised => say.Tongue.Say("convoy.overdue", say.At(missing.Due!.Value)),
        _ => throw new ArgumentOutOfRangeException(nameof(missing)),
    };

    private static IEnumerable<Block> Readings(Teller teller, Wording say)
    {
        if (teller.Now.Agreement is null || teller.Now.Terms.Count == 0)
        {
            yield break;
        }

        var tongue = say.Tongue;
        yield return new Block.Subheading(tongue["part.terms"]);
        yield return new Block.Table(
            null,
            [tongue["terms.reads"], tongue["terms.term"], tongue["terms.on-what"]],
            [.. teller.Now.Terms.Select(t => (IReadOnlyList<Line>)[Reading(teller, say, t), Term(say, t), Ground(teller, say, t)])],
            [26, 36, 38]);
        yield return LineOf.Note(tongue["terms.note"]);
    }

    private static Line Reading(Teller teller, Wording say, TermReading term)
    {
        var tongue = say.Tongue;
        var shown = Terms.ShowsTotalsOnly(teller, term) ? "two totals side by side" : TermsJson.Shown(term);
        return LineOf.Pieces(
            [LineOf.Strong(Phrases.Capital(tongue[ReadingKey(shown)]))],
            term.IsProvisional ? [new Piece.Break(), LineOf.Quiet(tongue["terms.provisional"])] : [],
            term.Since is { } since && !Terms.ShowsTotalsOnly(teller, term) ? [new Piece.Break(), LineOf.Quiet(tongue.Say("terms.since", say.Day(since)))] : []);
    }

    internal static string ReadingKey(string shown) => $"reading.{Token.Slug(shown)}";

    /// <summary>The title as the agreement's text has it.</summary>
    private static Line Term(Wording say, TermReading term) => new([LineOf.Words(say.Tongue.Digits($"{term.Term.Number}") + ". "), LineOf.Apart(term.Term.Title)]);

    private static Line Ground(Teller teller, Wording say, TermReading term)
    {
        var known = Terms.Decided(teller, term);
        return known.Count == 0
            ? LineOf.Pieces([LineOf.Quiet(say.Tongue["terms.nobody"])])
            : new(say.Sources(known.OrderBy(s => s.Id).Select(s => (s.SaidBy, (IEnumerable<StatementId>)[s.Id]))));
    }
}
