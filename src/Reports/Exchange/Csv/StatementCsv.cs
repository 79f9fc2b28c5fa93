using System.Globalization;
using System.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;

namespace Safeconduct.Reports.Exchange.Csv;

/// <summary>
/// Statements as CSV (RFC 4180), one row a count or, where a statement counts nothing, one row a statement. Bounds are two columns of pure numbers beside the words.
/// A cell that a spreadsheet would take for a formula is written as text, with an apostrophe before it. What CSV can't carry (spans, receptions, the
/// row as imported) is in the JSON export.
/// </summary>
public static class StatementCsv
{
    public static IReadOnlyList<string> Columns { get; } =
    [
        "id", "entry", "said_at", "known_from", "about", "about_words", "source", "source_kind", "relayed_by", "kind", "modality",
        "measure", "unit", "category", "group", "low", "high", "words", "running_total", "batch", "from", "to", "via", "paraphrase", "citation", "handling", "links",
    ];

    public static byte[] Write(IReadOnlyList<(Statement Statement, string Entry)> entered)
    {
        var csv = new StringBuilder();
        WriteRow(csv, Columns);
        foreach (var (statement, entry) in entered)
        {
            var counts = statement.Said.Claims(statement).OfType<Claim.Count>().ToList();
            foreach (var count in counts.Count == 0 ? [null] : counts.Cast<Claim.Count?>())
            {
                WriteRow(csv, Row(statement, entry, count));
            }
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static IEnumerable<string> Row(Statement s, string entry, Claim.Count? count) =>
    [
        s.Id.Value,
        entry,
        s.SaidAt.ToString(),
        s.KnownFrom.ToString(),
        s.About.ToString(),
        s.About.Words ?? "",
        s.SaidBy.Name,
        Token.Of(s.SaidBy.Kind),
        string.Join("; ", s.Chain.RelayedBy.Select(r => r.Name)),
        s.Said.Kind,
        Token.Of(s.Modality),
        count is null ? "" : Token.Of(count.Quantity.Measure),
        count is null ? s.Measured?.Unit ?? "" : Token.Of(count.Quantity.Unit),
        count?.Quantity.Category.Slug ?? "",
        count?.Quantity.Group ?? "",
        Number(count?.Bound.Low ?? s.Measured?.Low),
        Number(count?.Bound.High ?? s.Measured?.High),
        count?.Bound.ToString() ?? s.Measured?.ToString() ?? s.Said.ToString(),
        count?.Quantity.Cut.Kind is Statements.Quantities.CutKind.SinceStart ? "yes" : "",
        count?.Quantity.Scope.Batch ?? "",
        s.Where.From?.Value ?? "",
        s.Where.To?.Value ?? "",
        s.Where.Via?.Value ?? "",
        s.Paraphrase ?? "",
        s.Citation ?? "",
        Token.Of(s.Handling),
        string.Join("; ", s.Links.Select(l => $"{Token.Of(l.Relation)} {l.To}")),
    ];

    private static string Number(decimal? n) => n?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static void WriteRow(StringBuilder csv, IEnumerable<string> cells)
    {
        csv.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
    }

    private static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny("\",\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
