using Safeconduct.Statements;

namespace Safeconduct.Intake.Tables;

/// <summary>
/// The mapping that a table's headers and hashtags suggest. Every pair says on what it stands; what two columns could be, or nothing gives, is said and not guessed.
/// </summary>
/// <param name="Mapping">What is sure. Complete only where <see cref="IsComplete"/>.</param>
/// <param name="Missing">What a person has to say before it can be used.</param>
public sealed record Proposal(Mapping Mapping, IReadOnlyList<Problem> Missing)
{
    private const int MostValues = 200;

    public bool IsComplete => Missing.Count == 0;

    /// <param name="sheet">The name to keep in the mapping, where the file has several sheets.</param>
    public static Proposal For(Table table, string? sheet = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        var problems = new List<Problem>();
        var fields = new Dictionary<string, FieldFrom>(StringComparer.Ordinal);
        var isForm = FormExport.IsForm(table.Columns.Select(c => c.Name));
        if (isForm)
        {
            FormFields(table, fields);
        }

        foreach (var field in Known(table).GroupBy(k => k.Field).Where(g => !fields.ContainsKey(g.Key)))
        {
            var rank = field.Max(k => k.Rank);
            var best = field.Where(k => k.Rank == rank).ToList();
            if (best.Count > 1)
            {
                problems.Add(new Problem("mapping.two-columns", $"{string.Join(" and ", best.Select(b => $"'{Shown.Short(b.Column.Name)}'"))} could both be \"{field.Key}\"; name the one that is.", $"fields.{field.Key}"));
            }
            else
            {
                fields[field.Key] = new FieldFrom(best[0].Column.Name, Why: best[0].Why);
            }
        }

        var counts = Counts(table, fields);
        var mapping = new Mapping
        {
            Sheet = sheet,
            HeaderRow = table.HeaderRow == 1 ? null : table.HeaderRow,
            Fields = fields,
            Counts = counts,
            Dates = DatesOf(table, fields, problems),
        };
        var unclear = problems.Select(p => p.Place).ToHashSet(StringComparer.Ordinal);
        problems.AddRange(MappingChecks.Missing(mapping).Where(m => !unclear.Contains(m.Place)));
        problems.AddRange(UnknownValues(table, mapping));
        return new Proposal(mapping, problems);
    }

    /// <summary>What is still missing after a person completed the mapping: a field that is now said for all rows, or dates whose order is.</summary>
    public static IReadOnlyList<Problem> Still(IReadOnlyList<Problem> missing, Mapping mapping) =>
        [.. missing.Where(m => !(m.Place == "dates" && mapping.Dates is not null) && !mapping.Fields.Any(f => m.Place == $"fields.{f.Key}" && f.Value.Always is not null))];

    /// <summary>The fields that every row needs and that a mapping gives nowhere.</summary>
    public static IEnumerable<Problem> Incomplete(Mapping mapping) => MappingChecks.Missing(mapping);

    /// <summary>What the machines of a form write of themselves: its instance is the id, and the submission is when it was said. Kobo's clock is UTC and its cells do not say so.</summary>
    private static void FormFields(Table table, Dictionary<string, FieldFrom> fields)
    {
        var instance = table.Find("KEY") ?? table.Find("_uuid") ?? table.Columns.First(c => HeaderWords.Known.IsForm("instance", c.Name));
        var submitted = table.Columns.First(c => HeaderWords.Known.IsForm("submitted", c.Name));
        fields["id"] = new FieldFrom(instance.Name, Why: "the form's instance");
        fields["published"] = new FieldFrom(submitted.Name, Clock: "+00:00", Why: "the form's submission");
    }

    private static IEnumerable<(string Field, Column Column, string Why, int Rank)> Known(Table table)
    {
        foreach (var column in table.Columns)
        {
            // In a tagged table the tags speak first, and the more exact before the wider.
            if (HeaderWords.Known.FieldOf(column) is { } known && HeaderWords.Known.CountOf(column) is null)
            {
                yield return (known.Field, column, known.Why, column.Tag is null ? 0 : 1 + known.Why.Count(c => c == '+'));
            }
        }
    }

    /// <summary>Columns that count: one is the row's own number, several are a statement each.</summary>
    private static List<IReadOnlyDictionary<string, FieldFrom>> Counts(Table table, Dictionary<string, FieldFrom> fields)
    {
        var counted = table.Columns.Select(c => (Column: c, Count: HeaderWords.Known.CountOf(c))).Where(c => c.Count is not null)
            .GroupBy(c => c.Count!.Value.Of).ToList();
        var counts = new List<IReadOnlyDictionary<string, FieldFrom>>();

        // "Evacuees, women, men": where one thing became of those counted, it became of each of them.
        var became = counted.Select(g => g.Key).Where(k => k.Kind.Length > 0).Select(k => (k.Kind, k.Became)).Distinct().ToList();
        foreach (var group in counted)
        {
            var of = group.Key.Kind.Length == 0 && became.Count == 1 && !fields.ContainsKey("kind") ? group.Key with { Kind = became[0].Kind, Became = became[0].Became } : group.Key;
            var count = new Dictionary<string, FieldFrom>(StringComparer.Ordinal);
            foreach (var (column, known) in group)
            {
                count.TryAdd(known!.Value.Field, new FieldFrom(column.Name, Why: known.Value.Why));
            }

            // A sheet that gives the ends and the number beside them gives the same twice: the ends say more.
            if (count.ContainsKey("low") || count.ContainsKey("high"))
            {
                count.Remove("quantity");
            }

            var why = count.Values.First().Why;
            if (of.Kind.Length > 0)
            {
                count["kind"] = new FieldFrom(Always: of.Kind, Why: of == group.Key ? why : why + ", as the counts beside it");
            }

            count["category"] = new FieldFrom(Always: of.Category, Why: why);
            counts.Add(count);
        }

        if (counts.Count != 1)
        {
            return counts;
        }

        foreach (var (field, from) in counts[0])
        {
            // A column for the kind or the category says more of each row than one word for all.
            if (field is "kind" or "category" && fields.ContainsKey(field))
            {
                continue;
            }

            fields[field] = from;
        }

        return [];
    }

    /// <summary>The order that the columns of dates leave no doubt of; a problem where they leave one.</summary>
    private static DateOrder? DatesOf(Table table, Dictionary<string, FieldFrom> fields, List<Problem> problems)
    {
        var columns = ((string[])["published", "about", "about_end"]).Select(f => fields.GetValueOrDefault(f)?.Column).OfType<string>().Select(c => table.Find(c)!).ToList();
        var (day, month, doubt) = CellDates.Seen(columns.SelectMany(c => table.Rows.Select(r => r.At(c.Index))));
        if (day && !month)
        {
            return DateOrder.DayMonthYear;
        }

        if (month && !day)
        {
            return DateOrder.MonthDayYear;
        }

        if (doubt)
        {
            problems.Add(new Problem("table.date-order", "The dates can be read with the day first or the month first; say \"dates\": \"day-month-year\" or \"month-day-year\".", "dates"));
        }

        return null;
    }

    /// <summary>Kinds and types of source stand in closed lists: the words of their columns that are in neither the list nor the mapping.</summary>
    public static IReadOnlyList<UnknownWords> Unknown(Table table, Mapping mapping)
    {
        ArgumentNullException.ThrowIfNull(table);
        var unknown = new List<UnknownWords>();
        foreach (var (field, section) in ((string, string)[])[("kind", "kinds"), ("source_type", "source types")])
        {
            if (mapping.Fields.GetValueOrDefault(field) is not { Column: { } name } from || table.Find(name) is not { } column)
            {
                continue;
            }

            var words = table.Rows.Select(r => r.At(column.Index).Text.Trim()).Where(t => t.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostValues)
                .Where(t => from.Words?.ContainsKey(t) != true && HeaderWords.Known.ValueOf(section, t) is null).ToList();
            if (words.Count > 0)
            {
                unknown.Add(new UnknownWords(field, column.Name, words));
            }
        }

        return unknown;
    }

    private static IEnumerable<Problem> UnknownValues(Table table, Mapping mapping) => Unknown(table, mapping).Select(u =>
        new Problem("mapping.unknown-words", $"In '{Shown.Short(u.Column)}' stand words that are no {u.Field.Replace('_', ' ')} of the list: {string.Join(", ", u.Words.Take(8).Select(w => $"'{Shown.Short(w)}'"))}. Say in \"words\" what each is.", $"fields.{u.Field}"));
}

/// <summary>Words in the column of a field that nobody has said the meaning of.</summary>
public sealed record UnknownWords(string Field, string Column, IReadOnlyList<string> Words);
