using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Sources;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Intake.List;

/// <summary>
/// Reads the statement list (<c>formats/statement-list.md</c>): text in, statements and the reasons for each out. A pure function of its arguments. Atomic: a
/// single bad row and there are no statements, only problems, each with its line, its field and what to do.
/// </summary>
public static class StatementListReader
{
    /// <param name="utf8">The whole list.</param>
    /// <param name="gazetteer">The places of the operation; null where none is handed in, and then no place is refused.</param>
    /// <param name="sourcesJson">The optional <c>sources.json</c> beside the list, already read.</param>
    /// <param name="edition">The edition of the list, kept with every row.</param>
    public static ListReading Read(ReadOnlyMemory<byte> utf8, Gazetteer? gazetteer = null, SourceAliases? sourcesJson = null, string? edition = null)
    {
        if (ListLines.NotAList(utf8.Span) is { } notAList)
        {
            return ListReading.Refused([notAList]);
        }

        var problems = new List<Problem>();
        var rows = Rows(utf8, gazetteer, problems);
        if (problems.Count < ListReading.MostProblems)
        {
            ListChecks.Check(rows, PlaceOf, (_, problem) => problems.Add(problem));
        }

        return problems.Count > 0 ? ListReading.Refused(Capped(problems)) : Mapped(rows, sourcesJson ?? SourceAliases.None, edition);
    }

    private static List<ListRow> Rows(ReadOnlyMemory<byte> utf8, Gazetteer? gazetteer, List<Problem> problems)
    {
        var rows = new List<ListRow>();
        var fields = new RowFields(gazetteer);
        var lines = new ListLines(utf8);
        while (problems.Count < ListReading.MostProblems && lines.Next())
        {
            if (lines.IsTooLong)
            {
                problems.Add(new("list.line-too-long", $"The line is longer than {Shown.Grouped(ListLines.LongestLine)} bytes; reading stopped here. A row is one short line.", $"line {Shown.Number(lines.Number)}"));
                break;
            }

            // An empty line, as at the end of many files, is no row.
            if (lines.Current.Span.Trim(" \t"u8).Length > 0 && fields.Read(lines.Current, lines.Number, problems) is { } row)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private static List<Problem> Capped(List<Problem> problems) => problems.Count < ListReading.MostProblems
        ? problems
        : [.. problems.Take(ListReading.MostProblems - 1), new("list.too-many-problems", $"There are {Shown.Number(ListReading.MostProblems)} problems or more; reading stopped. Mend these first.", problems[ListReading.MostProblems - 1].Place)];

    private static string PlaceOf(ListRow row, string field) => field.Length == 0 ? $"line {Shown.Number(row.Line)}" : $"line {Shown.Number(row.Line)}, {field}";

    /// <summary>Rows that are checked already, wherever they came from, to statements and how each was read.</summary>
    internal static ListReading Mapped(List<ListRow> rows, SourceAliases declared, string? edition)
    {
        var lexicon = Lexicon.English;
        var sources = new SourceDirectory(rows.Select(r => (r.Source, r.SourceType)), rows.Where(r => r.RelayedBy is not null).Select(r => r.RelayedBy!).Distinct(), declared, lexicon);
        var totals = new RunningTotals(rows);
        var reading = new RowReading(lexicon);
        var statements = new List<Statement>(rows.Count);
        var reasons = new List<List<Reason>>(rows.Count);
        foreach (var row in rows)
        {
            var why = new List<Reason>(12);
            statements.Add(StatementOf(row, sources, totals, reading, edition, why));
            reasons.Add(why);
        }

        LinkReading.Link(rows, statements, reasons, lexicon);
        return new(statements, [.. rows.Select((row, i) => new HowRead(row.Line, row.Kind, statements[i], reasons[i]))], []);
    }

    private static Statement StatementOf(ListRow row, SourceDirectory sources, RunningTotals totals, RowReading reading, string? edition, List<Reason> why)
    {
        var chain = sources.ChainOf(row.Source, row.RelayedBy);
        why.Add(new("source", chain.SaidBy.Id.Value, "field"));
        var (says, about, basis) = reading.Read(row, chain, totals.IsTotal(row, why), totals.IsOnFirstDay(row), why);
        var published = row.Cite is not null || row.Url is not null;
        var statement = new Statement
        {
            Id = row.Id,
            Chain = chain,
            SaidAt = row.SaidAt,
            About = about,
            Said = says.Said,
            Basis = basis,
            Where = new Scope(row.Places.From, row.Places.To, row.Places.Via),
            Modality = says.Modality,
            Paraphrase = row.Paraphrase,
            Citation = row.Cite ?? row.Url,
            Measured = says.Measured,
            Handling = published ? Handling.Public : Handling.Room,
            Consent = published ? Consent.NotNeeded : Consent.NotAsked,
            Imported = new(row.Text, edition, says.IsUnmapped),
        };
        return Checked(statement, why);
    }

    /// <summary>A statement that its own kind refuses is kept as a comment and shown as unmapped: the row is well-formed, only our reading of it is not.</summary>
    private static Statement Checked(Statement statement, List<Reason> why)
    {
        try
        {
            return statement.Checked();
        }
        catch (RefusedException refused)
        {
            why.Add(new("kind", "comment", refused.Problem.Code));
            return statement with { Said = new Comment(statement.Paraphrase!), Modality = Modality.Asserted, Imported = statement.Imported! with { IsUnmapped = true } };
        }
    }
}
