using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Access;
using Safeconduct.Statements.Kinds.Agreement;
using Safeconduct.Statements.Kinds.Appeal;
using Safeconduct.Statements.Kinds.Attribution;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Coverage;
using Safeconduct.Statements.Kinds.Diplomacy;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Movement;
using Safeconduct.Statements.Kinds.Obstruction;
using Safeconduct.Statements.Kinds.Stop;
using Safeconduct.Statements.Kinds.Undertaking;
using Safeconduct.Statements.Kinds.Withdrawal;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Reports.Sections;

/// <summary>The sections that list what was said of one matter, each account with its speaker.</summary>
internal static class Accounts
{
    public static Draft Convoys(Teller teller) => Listed(
        teller,
        "convoys",
        "Convoys, as reported",
        s => Of(s) is Movement or Stop,
        s => Of(s) is Movement { Convoy: { } convoy } ? convoy : Of(s) is Movement m ? Phrases.Spoken(m.Step) : "stopped",
        "What is reported, and by whom",
        "Nobody has reported the movement of a convoy.");

    public static Draft Incidents(Teller teller) => Listed(
        teller,
        "incidents",
        "Incidents and access constraints",
        s => Of(s) is Incident or Obstruction or Attribution,
        s => Of(s) switch
        {
            Incident i => Phrases.Spoken(i.Type),
            Obstruction o => $"{Phrases.Spoken(o.What)} {Phrases.Spoken(o.How)}",
            _ => "attribution",
        },
        "What is reported, and by whom; an author named is that source's word",
        "Nobody has reported an incident or an access constraint. Where nobody watched, that means nothing.");

    public static Draft Aid(Teller teller) => Listed(
        teller, "access-and-aid", "Access and aid", s => Of(s) is Access, s => Phrases.Spoken(((Access)Of(s)).Act), "What is stated, and by whom", "Nobody has stated anything on access or aid.");

    public static Draft Diplomacy(Teller teller) => Listed(
        teller, "diplomacy", "Talks and decisions elsewhere", s => Of(s) is Diplomacy, s => Phrases.Spoken(((Diplomacy)Of(s)).Act), "What is stated, and by whom", "Nobody has stated anything on talks or decisions.");

    /// <summary>What was promised, as promised. Whether it was met is not computed in this report.</summary>
    public static Draft Arrangement(Teller teller)
    {
        var spoken = teller.Now.Statements.Where(s => Of(s) is Agreement or Undertaking or Appeal && !teller.IsMerged(s)).ToList();
        var listed = spoken.Where(s => Events.InPeriod(teller, s)).OrderBy(s => s.SaidAt).ThenBy(s => s.Id).ToList();
        return new(
            "arrangement",
            "The arrangement: terms, promises and appeals, as reported",
            listed.Count == 0 ? LineOf.Paragraph("Nobody has stated what was agreed or promised.") : new Block.Table(
                null,
                ["Stated", "What is to be done, as reported", "According to"],
                [.. listed.Select(s => Term(teller, s))],
                [16, 56, 28]),
            spoken.Count > listed.Count ? LineOf.Note($"{Phrases.Many(spoken.Count - listed.Count, "statement")} known before the reporting period are not listed here.") : null,
            listed.Count > 0 ? LineOf.Note("A promise, a plan or a demand is never counted as something that happened." + (teller.Now.Terms.Count == 0 ? " This report draws no conclusion on whether a term was met." : " How the terms read is in the next section.")) : null);
    }

    public static Draft Coverage(Teller teller)
    {
        var own = teller.Now.Statements.Where(s => s.SaidBy.Kind is SourceKind.OwnObservers).ToList();
        var watches = teller.Now.Statements.Where(s => Of(s) is Coverage).OrderBy(s => s.About.Start.DayIn(teller.Say.Zone)).ThenBy(s => s.Id).ToList();
        return new(
            "coverage",
            "Own coverage and freedom of movement",
            LineOf.Paragraph(own.Count == 0 ? "Own observers: none in this record." : $"Own observers: {Phrases.Many(own.Count, "statement")} in this record."),
            watches.Count == 0 ? null : new Block.Table(null, ["When", "Where", "Watched"], [.. watches.Select(s => Watch(teller, s)).DistinctBy(r => string.Join('|', r.Select(l => l.ToString())))], [30, 35, 35]),
            LineOf.Note("No report from a line that nobody watched is no report, and not good news."));
    }

    public static Draft NotKnown(Teller teller) => new(
        "not-known",
        "What is not known",
        teller.Now.Unknown.Count == 0
            ? LineOf.Paragraph("Nobody has stated that something is not known.")
            : new Block.Bullets([.. teller.Now.Unknown.Select(u => LineOf.Pieces(
                [LineOf.Strong(Phrases.Capital(u.Question.TrimEnd('.', '?'))), LineOf.Words(": not known, according to ")],
                teller.Sources(u.Ids.Select(teller.Find).OfType<Statement>()),
                [LineOf.Words(".")]))]));

    public static Draft Replaced(Teller teller)
    {
        var rows = teller.Now.Statements.OrderBy(s => s.Id).SelectMany(s => Replacements(teller, s)).ToList();
        return new(
            "replaced",
            "Withdrawn, corrected and replaced statements",
            rows.Count == 0
                ? LineOf.Paragraph("No statement in this record was withdrawn, corrected or replaced.")
                : new Block.Table(null, ["Earlier", "What became of it", "By"], rows, [40, 20, 40]));
    }

    private static Said Of(Statement statement) => statement.Said is Correction correction ? correction.Instead : statement.Said;

    private static Draft Listed(Teller teller, string id, string title, Func<Statement, bool> which, Func<Statement, string> type, string what, string nobody)
    {
        var statements = teller.Now.Statements.Where(which).ToList();
        return new(id, title, statements.Count == 0 ? [LineOf.Paragraph(nobody)] : [.. Events.Table(teller, statements, type, what)]);
    }

    private static IReadOnlyList<Line> Term(Teller teller, Statement statement) =>
    [
        new([LineOf.Strong(teller.Say.Moment(statement.SaidAt))]),
        Line.Of(teller.Says(statement)),
        LineOf.Pieces(teller.Sources([statement])),
    ];

    /// <summary>Outside the room by day and wide area only.</summary>
    private static IReadOnlyList<Line> Watch(Teller teller, Statement statement)
    {
        var coverage = (Coverage)Of(statement);
        var place = statement.Where.Via ?? statement.Where.From ?? statement.Where.To;
        var wide = place is { } p ? new Leaving.WideAreas(teller.Now.Operation.Gazetteer).Of(p) : null;
        return teller.InRoom
            ?
            [
                new([LineOf.Strong(teller.Say.EventTime(statement.About))]),
                Line.Of(place is { } here ? teller.Say.Place(here) : coverage.Line ?? "line not said"),
                LineOf.Words((coverage.Watched ? "watched" : "not watched") + (coverage.Reason is { } r ? $"; reason: {r}" : "") + ", ", teller.Sources([statement])),
            ]
            :
            [
                new([LineOf.Strong(teller.Say.Day(statement.About.Start.DayIn(teller.Say.Zone)))]),
                Line.Of(wide is { } area ? teller.Say.Place(area) : "area not said"),
                LineOf.Words(coverage.Watched ? "watched" : "not watched", []),
            ];
    }

    private static IEnumerable<IReadOnlyList<Line>> Replacements(Teller teller, Statement statement)
    {
        IEnumerable<(StatementId Of, string Became)> replaced =
        [
            .. statement.Said is Withdrawal w ? [(w.Of, "withdrawn: " + w.Reason)] : (IEnumerable<(StatementId, string)>)[],
            .. statement.Said is Correction c ? [(c.Of, "corrected: " + c.Reason)] : (IEnumerable<(StatementId, string)>)[],
            .. statement.Linked(Relation.Supersedes).Select(to => (to, teller.Find(to)?.SaidBy.Id.Body == statement.SaidBy.Id.Body ? "replaced by the same source" : "a later figure by another source")),
        ];
        return replaced.Where(r => teller.Find(r.Of) is not null)
            .Select(r => (IReadOnlyList<Line>)[Told(teller, teller.Find(r.Of)!), Line.Of(Phrases.Capital(r.Became)), Told(teller, statement)]);
    }

    internal static Line Told(Teller teller, Statement statement) => teller.IsMerged(statement)
        ? LineOf.Pieces(teller.Sources([statement]))
        : LineOf.Pieces([new Piece.By(teller.Label(statement.SaidBy)), LineOf.Words(": " + teller.Says(statement) + " ")], teller.Cites([statement.Id]));
}
