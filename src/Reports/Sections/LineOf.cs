using Safeconduct.Statements;

namespace Safeconduct.Reports.Sections;

/// <summary>Small ways to put a line together.</summary>
internal static class LineOf
{
    public static Piece.Run Words(string text) => new(text);

    public static Piece.Run Strong(string text) => new(text, IsStrong: true);

    public static Piece.Run Quiet(string text) => new(text, IsQuiet: true);

    /// <summary>As somebody else wrote it.</summary>
    public static Piece.Run Apart(string text) => new(text, IsApart: true);

    public static Line Pieces(params IEnumerable<Piece>[] parts) => new([.. parts.SelectMany(p => p)]);

    public static Line Joined(IEnumerable<IEnumerable<Piece>> parts, Func<Piece> between)
    {
        var pieces = new List<Piece>();
        foreach (var part in parts)
        {
            if (pieces.Count > 0)
            {
                pieces.Add(between());
            }

            pieces.AddRange(part);
        }

        return new(pieces);
    }

    /// <summary>One under the other in a cell.</summary>
    public static Line Stacked(IEnumerable<IEnumerable<Piece>> parts) => Joined(parts, () => new Piece.Break());

    public static Line Words(string text, IEnumerable<Piece> then) => new([new Piece.Run(text), .. then]);

    public static Block.Paragraph Paragraph(string text) => new(Line.Of(text));

    public static Block.Paragraph Note(string text) => new(Line.Of(text), IsQuiet: true);
}

/// <summary>A section before it has its number; null blocks fall away.</summary>
internal sealed record Draft(string Id, string Title, params IReadOnlyList<Block?> Blocks)
{
    public string Language { get; init; } = Languages.Tongue.OfReports;
}

/// <summary>Events of the record in the reporting period, one row a day, place and type; each account in its own line.</summary>
internal static class Events
{
    public static IEnumerable<Block> Table(Teller teller, IReadOnlyList<Statement> statements, Func<Statement, string> type, string what)
    {
        var listed = statements.Where(s => InPeriod(teller, s)).ToList();
        var rows = listed.Where(s => !teller.IsMerged(s))
            .GroupBy(s => (Day: s.About.Start.DayIn(teller.Say.Zone), Where: teller.Say.Where(s.Where), Type: type(s)))
            .OrderBy(g => g.Key.Day).ThenBy(g => g.Min(s => s.About.Earliest(teller.Say.Zone))).ThenBy(g => g.Min(s => s.Id))
            .Select(g => Row(teller, [.. g.OrderBy(s => s.Id)]))
            .ToList();
        if (listed.Where(teller.IsMerged).OrderBy(s => s.Id).ToList() is { Count: > 0 } merged)
        {
            rows.Add(Witnesses(teller, merged, type));
        }

        if (rows.Count > 0)
        {
            yield return new Block.Table(null, ["When", "Where", what], rows, [19, 21, 60]);
        }

        if (statements.Count > listed.Count)
        {
            yield return LineOf.Note($"{Phrases.Many(statements.Count - listed.Count, "statement")} on earlier events, known before the reporting period, are not listed here.");
        }
    }

    public static bool InPeriod(Teller teller, Statement statement) =>
        teller.Settings.PeriodStart is not { } start || statement.KnownFrom.Latest(teller.Say.Zone) > start || statement.About.Latest(teller.Say.Zone) > start;

    private static IReadOnlyList<Line> Row(Teller teller, IReadOnlyList<Statement> accounts) =>
    [
        new([LineOf.Strong(When(teller, accounts))]),
        Line.Of(Phrases.Capital(teller.Say.Where(accounts[0].Where))),
        LineOf.Stacked(accounts.Select(s => Account(teller, s))),
    ];

    private static string When(Teller teller, IReadOnlyList<Statement> accounts)
    {
        var times = accounts.Select(s => teller.Say.EventTime(s.About)).Distinct(StringComparer.Ordinal).ToList();
        return times.Count == 1 ? times[0] : teller.Say.Day(accounts[0].About.Start.DayIn(teller.Say.Zone));
    }

    private static IEnumerable<Piece> Account(Teller teller, Statement statement) =>
        [
            new Piece.By(teller.Label(statement.SaidBy)),
            LineOf.Words(": " + teller.Says(statement) + " "),
            .. teller.Became(statement) is { } became ? (IEnumerable<Piece>)[LineOf.Quiet($"({became}) ")] : [],
            .. teller.Cites([statement.Id]),
        ];

    /// <summary>Kinds of event only: a day or a place would single somebody out.</summary>
    private static IReadOnlyList<Line> Witnesses(Teller teller, IReadOnlyList<Statement> accounts, Func<Statement, string> type) =>
    [
        new([LineOf.Strong("Not shown")]),
        Line.Of("Not shown"),
        LineOf.Pieces(
            [new Piece.By(teller.Numbered(teller.Label(accounts[0].SaidBy), accounts.Count)), LineOf.Words(": ")],
            [LineOf.Words(string.Join(", ", accounts.Select(type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) + " ")],
            teller.Cites(accounts.Select(s => s.Id))),
    ];
}
