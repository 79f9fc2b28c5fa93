using Safeconduct.Situation.Standings;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Reports.Sections;

/// <summary>Who says the operation is in which state, and who says an area is held by whom: lines of equal size, independent origins named, copies beneath them. Nothing is chosen by counting voices.</summary>
internal static class Standings
{
    public static Draft Status(Teller teller) => new(
        "status",
        "Status, and who says so",
        teller.Status.Count == 0
            ? [LineOf.Paragraph("Nobody has stated in which state the operation is.")]
            : [.. teller.Status.Concat(Finished(teller)).Select(s => Table(teller, s, "State")), LineOf.Note("The lines are of equal weight: no state is chosen by counting voices. Sources with one origin stand under each other.")]);

    public static Draft Control(Teller teller) => new(
        "control",
        "Areas and who is said to hold them",
        teller.Control.Count == 0
            ? [LineOf.Paragraph("Nobody has stated who holds which area.")]
            : [.. teller.Control.Select(s => Table(teller, s, "Said to be"))]);

    /// <summary>The states of the operation itself, one line each, for the first section.</summary>
    public static IEnumerable<Line> InShort(Teller teller, int most)
    {
        var lines = InOrder(teller).Select(s => InShort(teller, s.Standing, s.State)).ToList();
        return lines.Count <= most ? lines : lines.Take(most).Append(Line.Of($"{Phrases.Many(lines.Count - most, "more line")} on the status: see the next section."));
    }

    /// <summary>Every state that somebody still stands by or denies: of the operation first, then of areas, then of the rest.</summary>
    internal static IEnumerable<(Standing Standing, StateSaid State)> InOrder(Teller teller) =>
        teller.Status.Concat(Finished(teller)).OrderBy(s => s.Subject.Kind is SubjectKind.Operation ? 0 : s.Subject.Kind is SubjectKind.Area ? 1 : 2)
            .SelectMany(standing => standing.States.Where(s => s.DeniedBy.Count > 0 || s.SaidBy.Any(v => v.StillStands)).Select(state => (standing, state)));

    private static string Taken => Statements.Bytes.Token.Of(Statements.Kinds.Control.Extent.OperationFinished);

    /// <summary>Who says that the fighting for an area is finished, where people are leaving that area: another matter than the evacuation, and read beside it.</summary>
    private static IEnumerable<Standing> Finished(Teller teller) => teller.Control
        .Where(c => teller.Status.Any(s => s.Subject.Place == c.Subject.Place))
        .Select(c => c with { States = [.. c.States.Where(s => s.State.StartsWith(Taken, StringComparison.Ordinal))] })
        .Where(c => c.States.Count > 0);

    private static Line Nobody => LineOf.Pieces([LineOf.Quiet("nobody in this record")]);

    public static string Words(string state) => state.Replace(Taken, "operation to take it finished", StringComparison.Ordinal).Replace('-', ' ');

    public static string Subject(Teller teller, Standing standing) => teller.Say.Subject(standing.Subject);

    private static Line InShort(Teller teller, Standing standing, StateSaid state)
    {
        var standingBy = state.SaidBy.Where(v => v.StillStands).ToList();
        return LineOf.Pieces(
            [LineOf.Strong($"{Subject(teller, standing)}: {Words(state.State)}"), LineOf.Words(standingBy.Count == 0 ? ", denied by " : ", stated by ")],
            teller.Sources((standingBy.Count == 0 ? state.DeniedBy : standingBy).Select(Voiced)),
            standingBy.Count == 0 || state.DeniedBy.Count == 0 ? [] : [LineOf.Words("; denied by "), .. teller.Sources(state.DeniedBy.Select(Voiced))],
            [LineOf.Words(".")]);
    }

    private static Block.Table Table(Teller teller, Standing standing, string state) => new(
        Subject(teller, standing),
        [state, "According to", "Denied by"],
        [.. standing.States.Select(s => Row(teller, s))],
        [26, 50, 24]);

    private static IReadOnlyList<Line> Row(Teller teller, StateSaid state) =>
    [
        LineOf.Pieces([LineOf.Strong(Phrases.Capital(Words(state.State)))], state.SaidBy.Count == 0 ? [] : [new Piece.Break(), LineOf.Quiet(Since(teller, state))]),
        state.SaidBy.Count == 0 ? Nobody : LineOf.Stacked(state.SaidBy.GroupBy(v => v.Origin).Select(origin => Origin(teller, [.. origin]))),
        state.DeniedBy.Count == 0 ? Nobody : LineOf.Pieces(teller.Sources(state.DeniedBy.Select(Voiced))),
    ];

    private static string Since(Teller teller, StateSaid state) =>
        !teller.InRoom && state.SaidBy.Any(v => v.Source.Kind is SourceKind.Witness)
            ? $"since {teller.Say.Day(state.Since.Start.DayIn(teller.Say.Zone))}, as said"
            : $"since {teller.Say.EventTime(state.Since)}, as said";

    private static IEnumerable<Piece> Origin(Teller teller, IReadOnlyList<Voice> voices)
    {
        foreach (var piece in Voice(teller, voices[0]))
        {
            yield return piece;
        }

        foreach (var copy in voices.Skip(1))
        {
            yield return new Piece.Break();
            yield return LineOf.Quiet("same origin: ");
            foreach (var piece in Voice(teller, copy))
            {
                yield return piece;
            }
        }
    }

    private static IEnumerable<Piece> Voice(Teller teller, Voice voice) =>
        [.. teller.Sources([Voiced(voice)]), .. voice.StillStands ? (IEnumerable<Piece>)[] : [LineOf.Quiet(" (has since stated otherwise)")]];

    private static (Source Source, IEnumerable<StatementId> Ids) Voiced(Voice voice) => (voice.Source, voice.Ids);
}
