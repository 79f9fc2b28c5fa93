using NodaTime;
using Safeconduct.Reports.Languages;
using Safeconduct.Reports.Sections;
using Safeconduct.Situation;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;

namespace Safeconduct.Reports;

/// <summary>
/// Composes a situation report from what was concluded. It adds no conclusion of its own: it chooses what stands first, words it, and cites. The same
/// arguments give the same document, on any machine and in any culture.
/// </summary>
public static class SituationReport
{
    /// <summary>
    /// From statements to a report in one step: what may not leave the room, or not yet, is taken out before anything is concluded. Without an as-of in the view the
    /// report's cut-off is taken.
    /// </summary>
    /// <exception cref="RefusedException">As <see cref="Compose"/>.</exception>
    public static Sitrep Of(IReadOnlyCollection<Statement> statements, Operation operation, View view, ReportSettings settings)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(settings);
        var edition = Edition.Of(statements, operation, settings);
        var now = Assess.Of(edition.Shown, operation, view with { AsOf = settings.CutOff }, settings.Agreement);
        var before = settings.PeriodStart is { } start ? Assess.Of(edition.Shown, operation, view with { AsOf = start }) : null;
        return Compose(edition, now, before, settings);
    }

    /// <param name="edition">What the report may rest on.</param>
    /// <param name="now">Concluded from the statements that <see cref="Edition.Of"/> allows for the audience, as of the cut-off.</param>
    /// <param name="before">The same as of the last report, or null: then nothing is compared.</param>
    /// <exception cref="RefusedException">
    /// <c>report.not-for-audience</c>, <c>report.held-back</c>, <c>report.lens-outside-room</c>, <c>report.after-cut-off</c>, <c>report.no-reference</c>, <c>report.language</c>.
    /// </exception>
    public static Sitrep Compose(Edition edition, Assessed now, Assessed? before, ReportSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.Reference) || string.IsNullOrWhiteSpace(settings.Title))
        {
            throw new RefusedException("report.no-reference", "A report needs a reference number and a title.");
        }

        edition.Check(now, settings);
        if (before is not null)
        {
            edition.Check(before, settings);
        }

        settings = edition.CountedIn(settings);

        var teller = new Teller(now, settings);
        var sections = Numbered(Drafts(teller, before, settings).Where(d => !settings.IsFlash || (d is not null && Flash.Contains(d.Id))).Concat(Summaries(teller, settings)));
        return new(
            settings.Reference,
            settings.Title,
            settings.Corrects,
            settings.Audience,
            Heading(teller, settings),
            sections,
            teller.Annex(Anchors(sections)),
            Footing(teller, settings));
    }

    /// <summary>What a flash report carries: it comes between two others and leaves the standing figures to them.</summary>
    private static readonly HashSet<string> Flash = new(StringComparer.Ordinal) { "in-short", "status", "changes", "convoys", "counted-on-the-way", "incidents", "replies", "errata", "not-known", "method" };

    private static IEnumerable<Draft?> Drafts(Teller teller, Assessed? before, ReportSettings settings) =>
    [
        Openings.InShort(teller),
        Standings.Status(teller),
        Openings.Changes(teller, before, settings),
        Figures.Headlines(teller),
        Rivals.Of(teller),
        Rivals.Explained(teller),
        Accounts.Convoys(teller),
        Convoys.Counted(teller),
        Figures.HeldAndTurnedBack(teller),
        Accounts.Incidents(teller),
        Accounts.Arrangement(teller),
        Terms.Of(teller),
        Accounts.Aid(teller),
        WorkedOut.Of(teller),
        Figures.Others(teller),
        Standings.Control(teller),
        Accounts.Diplomacy(teller),
        Accounts.Coverage(teller),
        Wishes.Of(teller),
        Replies.Of(teller),
        Openings.Errata(teller),
        Accounts.NotKnown(teller),
        Accounts.Replaced(teller),
        Method.Of(teller),
    ];

    /// <summary>The same conclusions in short in other languages: what the English sections may not say, these can't.</summary>
    private static IEnumerable<Draft> Summaries(Teller teller, ReportSettings settings) =>
        settings.Languages.Distinct(StringComparer.Ordinal).Select(code => Summary.Of(teller, Tongue.OfSummary(code)));

    private static List<Section> Numbered(IEnumerable<Draft?> drafts) =>
        [.. drafts.OfType<Draft>().Select((d, i) => new Section(d.Id, i + 1, d.Title, [.. d.Blocks.OfType<Block>()]) { Language = d.Language })];

    private static HashSet<string> Anchors(IEnumerable<Section> sections) =>
        sections.SelectMany(s => s.Blocks).SelectMany(Lines).SelectMany(l => l.Pieces).OfType<Piece.Cite>().Select(c => c.Anchor).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<Line> Lines(Block block) => block.Match<IEnumerable<Line>>(
        paragraph => [paragraph.Text],
        bullets => bullets.Items,
        table => table.Rows.SelectMany(r => r),
        plot => plot.Rows.Select(r => r.Words).Prepend(plot.Span),
        _ => [],
        _ => []);

    private static IReadOnlyList<HeadingLine> Heading(Teller teller, ReportSettings settings) =>
    [
        new("Cut-off", teller.Say.At(settings.CutOff)),
        new("Time zone", teller.Say.Zoned(settings.CutOff)),
        new("Period", settings.PeriodStart is { } start ? $"since {teller.Say.At(start)}" : "the whole record"),
        new("Read from", Read(teller)),
        new("For", Audiences.Words(settings.Audience)),
    ];

    private static string Read(Teller teller)
    {
        var now = teller.Now;
        var lens = now.View.Lens.IsAll ? "all sources" : $"lens: {now.View.Lens}";
        var asOf = now.View.AsOf is { } t ? t == teller.Settings.CutOff ? "as known at the cut-off" : $"as known {teller.Say.At(t)}" : "the record as it stands";
        var hours = now.HourNotStated.Count == 0 ? "" : $"; {Shown.Grouped(now.HourNotStated.Count)} with the hour not stated";
        return $"{Phrases.Many(now.Statements.Count, "statement")}, {lens}, {asOf}{hours}";
    }

    private static string Footing(Teller teller, ReportSettings settings) => string.Join(" · ", new[]
    {
        settings.Reference,
        $"cut-off {settings.CutOff.InZone(teller.Say.Zone).ToString("ddd d MMM uuuu, HH:mm", System.Globalization.CultureInfo.InvariantCulture)} {teller.Say.Zone.Id}",
        settings.Remark,
    }.Where(p => !string.IsNullOrWhiteSpace(p)));
}
