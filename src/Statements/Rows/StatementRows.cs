using System.Globalization;
using System.Text;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Rows;

/// <summary>A column of the table that statements are handed on as.</summary>
/// <param name="Name">Its header.</param>
/// <param name="Tag">Its HXL hashtag.</param>
/// <param name="Means">What stands in it, for a reader who knows nothing of us.</param>
/// <param name="IsNumber">Its cells are plain numbers or blank; all others are text.</param>
public sealed record RowColumn(string Name, string Tag, string Means, bool IsNumber = false);

/// <summary>
/// A statement as rows of cells (<c>formats/csv.md</c>): one row a count or, where it counts nothing, one row. Every row names its statement and holds it whole in
/// its last cell, so that rows may be sorted and filtered and still come back; all other cells follow from that one.
/// </summary>
public static class StatementRows
{
    /// <summary>A spreadsheet's cell holds no more characters.</summary>
    public const int LongestCell = 32_767;

    /// <summary>In the last cell, where the reader is shown less than the statement says.</summary>
    public const string InPart = "(shown in part)";

    /// <summary>In the last cell, where the statement is longer than a cell.</summary>
    public const string TooLong = "(longer than a cell)";

    public static IReadOnlyList<RowColumn> Columns { get; } =
    [
        new("id", "#meta+id", "What the statement is cited by."),
        new("entry", "#meta+id+entry", "The hash of the entry of the record."),
        new("said_at", "#date+reported", "When it was uttered or printed: a time with its offset, a day, or a month."),
        new("known_from", "#date+known", "From when on the room could know of it."),
        new("about", "#date+occurred", "The time spoken of, or its beginning."),
        new("about_end", "#date+occurred+end", "The end of the time spoken of, where it is an interval."),
        new("about_words", "#description+time", "The words for that time, where the calendar can't say them."),
        new("source", "#org+reporting", "Who says it."),
        new("source_id", "#org+reporting+code", "The same, as it is kept apart from others of a like name."),
        new("source_kind", "#org+reporting+type", "What kind of source speaks; never a grade."),
        new("relayed_by", "#org+relay", "Through whom the words came, outermost first."),
        new("basis", "#meta+basis", "How the one who said it knows; blank where that was not said."),
        new("kind", "#event+type", "What kind of statement it is."),
        new("modality", "#meta+modality", "asserted, denied, planned, promised, demanded or conditional. What is not asserted is no event."),
        new("measure", "#indicator+measure", "What became of those counted."),
        new("unit", "#indicator+unit", "What is counted."),
        new("category", "#group+category", "Who or what is counted."),
        new("group", "#group+words", "Words that narrow the category."),
        new("low", "#indicator+num+min", "The number said, or the low end; blank where nothing is said from below.", IsNumber: true),
        new("high", "#indicator+num+max", "The number said, or the high end; blank where nothing is said from above.", IsNumber: true),
        new("people_left_low", "#affected+ind+evacuated+min", "The low end again, where people are said to have left. Statements differ and repeat one another: never add them up.", IsNumber: true),
        new("people_left_high", "#affected+ind+evacuated+max", "The high end again, where people are said to have left.", IsNumber: true),
        new("as_said", "#description+original", "The number with the words that bound it, or what is said where nothing is counted."),
        new("running_total", "#indicator+total", "yes where the number counts from the start of the operation; a later one replaces it."),
        new("batch", "#event+batch", "Words that single out one convoy or batch."),
        new("from", "#loc+code+origin", "The place left, by its id."),
        new("from_name", "#loc+name+origin", "The place left."),
        new("to", "#loc+code+dest", "The place gone to, by its id."),
        new("to_name", "#loc+name+dest", "The place gone to."),
        new("via", "#loc+code+via", "The place passed, by its id."),
        new("via_name", "#loc+name+via", "The place passed."),
        new("paraphrase", "#description+paraphrase", "One or two neutral sentences."),
        new("original_words", "#description+words", "The words themselves, where they were kept."),
        new("language", "#description+words+lang", "Their language."),
        new("citation", "#meta+citation", "Title, publisher and date of the text read."),
        new("handling", "#meta+handling", "How far it may go: room, parties, public."),
        new("links", "#meta+links", "How it bears on other statements, by their ids."),
        new("statement", "#meta+statement", "The statement whole, as formats/statement.md has it; from this cell it is taken in again."),
    ];

    /// <summary>The number of each column, from 0, by its name.</summary>
    public static IReadOnlyDictionary<string, int> At { get; } = Columns.Select((c, i) => (c.Name, i)).ToDictionary(c => c.Name, c => c.i, StringComparer.Ordinal);

    /// <summary>The cells of a statement's rows, a text for each column. Numbers are written with a point and without marks; text stands as it is, unguarded.</summary>
    /// <param name="withWhole">The last cell holds the statement; of one that was made coarse it says that it is shown in part.</param>
    public static IEnumerable<string[]> Of(Statement statement, string entry, Gazetteer places, bool withWhole = true)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(places);
        var whole = withWhole && !statement.IsCoarse ? Whole(statement) : InPart;
        var counts = statement.Said.Claims(statement).OfType<Claim.Count>().ToList();
        return counts.Count == 0 ? [Row(statement, entry, places, null, whole)] : counts.Select(c => Row(statement, entry, places, c, whole));
    }

    private static string Whole(Statement statement)
    {
        var text = Encoding.UTF8.GetString(StatementBytes.WriteShown(statement)).Replace("\uFFFE", "\\uFFFE", StringComparison.Ordinal).Replace("\uFFFF", "\\uFFFF", StringComparison.Ordinal);
        return text.Length <= LongestCell ? text : TooLong;
    }

    private static string[] Row(Statement s, string entry, Gazetteer places, Claim.Count? count, string whole)
    {
        var (low, high) = count is null ? (s.Measured?.Low, s.Measured?.High) : (count.Bound.Low, count.Bound.High);
        var peopleLeft = count?.Quantity is { Measure: Measure.Left, Unit: Unit.People };
        return
        [
            s.Id.Value,
            entry,
            s.SaidAt.ToString(),
            s.KnownFrom.ToString(),
            s.About.Start.ToString(),
            s.About.IsInterval ? s.About.End.ToString() : "",
            Text(s.About.Words),
            Text(s.SaidBy.Name),
            Text(s.SaidBy.Id.Value),
            Token.Of(s.SaidBy.Kind),
            Text(string.Join("; ", s.Chain.RelayedBy.Select(r => r.Name))),
            s.Basis is Sources.Basis.NotSaid ? "" : Token.Of(s.Basis),
            s.Said.Kind,
            Token.Of(s.Modality),
            count is null ? "" : Token.Of(count.Quantity.Measure),
            count is null ? Text(s.Measured?.Unit) : Token.Of(count.Quantity.Unit),
            count is null or { Quantity.Category.Space: CategorySpace.Whole } ? "" : count.Quantity.Category.Slug,
            Text(count?.Quantity.Group),
            Number(low),
            Number(high),
            peopleLeft ? Number(low) : "",
            peopleLeft ? Number(high) : "",
            Text(count?.Bound.ToString() ?? s.Measured?.ToString() ?? s.Said.ToString()),
            count?.Quantity.Cut.Kind is CutKind.SinceStart ? "yes" : "",
            Text(count?.Quantity.Scope.Batch),
            Text(s.Where.From?.Value),
            Name(s.Where.From, places),
            Text(s.Where.To?.Value),
            Name(s.Where.To, places),
            Text(s.Where.Via?.Value),
            Name(s.Where.Via, places),
            Text(s.Paraphrase),
            Text(s.Words?.Text),
            s.Words?.Language ?? "",
            Text(s.Citation),
            Token.Of(s.Handling),
            Text(string.Join("; ", s.Links.Select(l => $"{Token.Of(l.Relation)} {l.To}"))),
            whole,
        ];
    }

    private static string Name(PlaceId? place, Gazetteer places) => place is { } id ? Text(places.Find(id)?.Name) : "";

    private static string Number(decimal? n) => n?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>Text that any file can carry: what no spreadsheet shows (control characters, what Unicode never assigns) becomes the mark for a lost character, and what is too long is cut. The last cell has it all.</summary>
    private static string Text(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var fit = text.Length <= LongestCell - 1 ? text : string.Concat(text.AsSpan(0, LongestCell - 3 - (char.IsHighSurrogate(text[LongestCell - 4]) ? 1 : 0)), "…");
        return Readable(fit);
    }

    /// <summary>The text with the mark for a lost character in place of what no file of text carries.</summary>
    public static string Readable(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0 && text.AsSpan().IndexOfAny('\uFFFE', '\uFFFF') < 0
            ? text
            : string.Concat(text.Select(c => c is '\t' or '\n' or '\r' || c is >= ' ' and not ('\uFFFE' or '\uFFFF') ? c : '\uFFFD'));
    }
}
