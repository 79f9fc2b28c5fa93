namespace Safeconduct.Intake.Tables;

/// <summary>How a written date stands, where it can be read in two ways.</summary>
public enum DateOrder
{
    DayMonthYear,
    MonthDayYear,

    /// <summary>Plain numbers are a spreadsheet's days since the end of 1899.</summary>
    Serial,

    /// <summary>Plain numbers are a spreadsheet's days since 1 January 1904.</summary>
    Serial1904,
}

/// <summary>Where a field of a row comes from: a column, or one value for all rows.</summary>
/// <param name="Column">The column's header.</param>
/// <param name="Always">The value that stands for every row.</param>
/// <param name="Words">What the words of the cell are in the list's own: "OT" is "old-town". The empty word is a blank cell.</param>
/// <param name="Clock">The clock of times that come without an offset: a zone, or an offset such as +02:00.</param>
/// <param name="Why">On what a proposal stands; says nothing to the reading.</param>
public sealed record FieldFrom(string? Column = null, string? Always = null, IReadOnlyDictionary<string, string>? Words = null, string? Clock = null, string? Why = null);

/// <summary>Rows that are not statements, such as a row of totals: those in whose column one of the words stands.</summary>
public sealed record LeftOut(string Column, IReadOnlyList<string> Words);

/// <summary>What the columns of a table mean (<c>formats/table-mapping.md</c>). It decides the reading alone: the same table under the same mapping is the same statements.</summary>
public sealed record Mapping
{
    /// <summary>The fields of the statement list that a table can give, in the order of its page. <c>quantity</c> is one cell with a number and the words that bound it.</summary>
    public static IReadOnlyList<string> FieldNames { get; } =
    [
        "id", "published", "about", "about_end", "source", "source_type", "relayed_by", "kind", "place_from", "place_to", "via", "category", "unit",
        "quantity", "low", "high", "approx", "cumulative", "supersedes", "part_of", "paraphrase", "cite", "url",
    ];

    /// <summary>Without these no row is a statement.</summary>
    public static IReadOnlyList<string> Needed { get; } = ["published", "about", "source", "source_type", "kind", "category"];

    /// <summary>The sheet of the workbook, or the repeat of a form whose rows are the statements; null where there is but one.</summary>
    public string? Sheet { get; init; }

    /// <summary>The row that names the columns, where it is not the first.</summary>
    public int? HeaderRow { get; init; }

    public DateOrder? Dates { get; init; }

    /// <summary>As <see cref="FieldFrom.Clock"/>, for every field that names none of its own.</summary>
    public string? Clock { get; init; }

    public required IReadOnlyDictionary<string, FieldFrom> Fields { get; init; }

    /// <summary>Where a row counts several things: for each, the fields that differ. Each count that is not blank is a statement of its own.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, FieldFrom>> Counts { get; init; } = [];

    public IReadOnlyList<LeftOut> LeaveOut { get; init; } = [];

    /// <summary>Two rows with the same words are two acts of saying; else the second is refused.</summary>
    public bool NumbersSameRows { get; init; }

    /// <summary>What a field comes from in one count, or in the row where there is but one.</summary>
    public FieldFrom? From(string field, IReadOnlyDictionary<string, FieldFrom>? count) => count?.GetValueOrDefault(field) ?? Fields.GetValueOrDefault(field);

    /// <summary>The counts of a row; one null where it has but one.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, FieldFrom>?> EachCount => Counts.Count > 0 ? [.. Counts] : [null];

    /// <summary>Every place from which a field may come.</summary>
    public IEnumerable<(string Field, FieldFrom From)> All => Fields.Concat(Counts.SelectMany(c => c)).Select(p => (p.Key, p.Value));

    /// <summary>The same with one value for all rows in place of what the field had.</summary>
    public Mapping WithAlways(string field, string value) => this with
    {
        Fields = new Dictionary<string, FieldFrom>(Fields, StringComparer.Ordinal) { [field] = new FieldFrom(Always: value) },
        Counts = [.. Counts.Select(c => (IReadOnlyDictionary<string, FieldFrom>)c.Where(p => p.Key != field).ToDictionary(StringComparer.Ordinal))],
    };
}
