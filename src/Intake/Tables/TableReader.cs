using System.Globalization;
using NodaTime;
using Safeconduct.Intake.List;
using Safeconduct.Intake.Sources;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;

namespace Safeconduct.Intake.Tables;

/// <summary>
/// Reads a table under a mapping (<c>formats/table-mapping.md</c>): every row becomes a row of the statement list and is read as one, so that there is one reading
/// and one grammar. A pure function of its arguments; atomic, and each problem names its row and column.
/// </summary>
public static class TableReader
{
    /// <param name="clock">The operation's clock, for times without an offset where the mapping names no clock; null where none is known, and then they are refused.</param>
    /// <param name="gazetteer">The places of the operation; a place is known by its id or by its name. Null where none is handed in, and then no place is refused.</param>
    public static TableReading Read(Table table, Mapping mapping, Gazetteer? gazetteer = null, SourceAliases? sources = null, DateTimeZone? clock = null, string? edition = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(mapping);
        var problems = new List<RowProblem>();
        foreach (var problem in MappingChecks.Of(mapping, table))
        {
            problems.Add(new(0, problem));
        }

        if (problems.Count > 0)
        {
            return new(ListReading.Refused([]), problems, [], []);
        }

        var rows = new TableRows(table, mapping, gazetteer, clock);
        foreach (var row in table.Rows)
        {
            if (problems.Count >= ListReading.MostProblems)
            {
                break;
            }

            rows.Read(row, problems);
        }

        if (problems.Count < ListReading.MostProblems)
        {
            ListChecks.Check(rows.Made, rows.PlaceOf, (row, problem) => problems.Add(new(row.Line, problem)));
        }

        if (rows.Made.Count == 0 && problems.Count == 0)
        {
            problems.Add(new(0, new("table.nothing-said", "No row of the table states anything under this mapping; look at its columns and at leave_out.", "")));
        }

        // A preview must not fall over what the checks found: ids given twice would link a row to itself.
        var clear = rows.Made.DistinctBy(r => r.Id).ToList();
        return new(StatementListReader.Mapped(clear, sources ?? SourceAliases.None, edition), Capped(problems), rows.PassedOver, Remarks(table, mapping, rows));
    }

    private static List<RowProblem> Capped(List<RowProblem> problems)
    {
        var most = ListReading.MostProblems;
        return problems.Count < most ? [.. problems.OrderBy(p => p.Row)]
            : [.. problems.Take(most - 1), new(problems[most - 1].Row, new("list.too-many-problems", $"There are {Shown.Number(most)} problems or more; reading stopped. Mend these first.", problems[most - 1].Problem.Place))];
    }

    private static List<string> Remarks(Table table, Mapping mapping, TableRows rows)
    {
        var remarks = new List<string>();
        var taken = mapping.All.Select(f => f.From.Column).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var rest = table.Columns.Where(c => !taken.Contains(c.Name)).Select(c => $"'{Shown.Short(c.Name)}'").ToList();
        if (rest.Count > 0)
        {
            remarks.Add($"No field takes {(rest.Count == 1 ? "the column" : "the columns")} {string.Join(", ", rest.Take(12))}{(rest.Count > 12 ? $" and {Shown.Number(rest.Count - 12)} more" : "")}; kept with each row.");
        }

        var computed = table.Rows.Sum(r => r.Cells.Count(c => c.IsComputed));
        if (computed > 0)
        {
            remarks.Add($"{Shown.Grouped(computed)} {(computed == 1 ? "cell is" : "cells are")} made by a formula; taken as last saved.");
        }

        if (rows.Numbered > 0)
        {
            remarks.Add(rows.Numbered == 1 ? "1 row says the same as an earlier one and got a number of its own." : $"{Shown.Grouped(rows.Numbered)} rows say the same as earlier ones and got numbers of their own.");
        }

        return remarks;
    }
}

/// <summary>What can be wrong with a mapping for a table, before any row is read.</summary>
internal static class MappingChecks
{
    private static readonly Dictionary<string, string> Asks = new(StringComparer.Ordinal)
    {
        ["published"] = "when it was said or printed",
        ["about"] = "which day or time it speaks of",
        ["source"] = "who says it",
        ["source_type"] = "of what type the source is (party, guarantor, un, red-cross-red-crescent, monitor-group, media, observer)",
        ["kind"] = "what kind of row it is (movement, remaining, casualty, incident, obstruction, ...)",
        ["category"] = "who or what is counted or spoken of",
    };

    public static IEnumerable<Problem> Of(Mapping mapping, Table table)
    {
        foreach (var (field, from) in mapping.All)
        {
            if (from.Column is { } column && table.Find(column) is null)
            {
                yield return new Problem("mapping.unknown-column", $"The table has no column '{Shown.Short(column)}'{table.Hint(column)}.", $"fields.{field}");
            }
        }

        foreach (var left in mapping.LeaveOut.Where(l => table.Find(l.Column) is null))
        {
            yield return new Problem("mapping.unknown-column", $"The table has no column '{Shown.Short(left.Column)}'{table.Hint(left.Column)}.", "leave_out");
        }

        foreach (var missing in Missing(mapping))
        {
            yield return missing;
        }
    }

    /// <summary>The fields that every row needs and that nothing gives.</summary>
    public static IEnumerable<Problem> Missing(Mapping mapping)
    {
        foreach (var field in Mapping.Needed.Where(f => mapping.EachCount.Any(c => mapping.From(f, c) is null)))
        {
            yield return new Problem("mapping.missing", $"Nothing says {Asks[field]}: name a column for \"{field}\", or one value for all rows (\"always\").", $"fields.{field}");
        }
    }
}
