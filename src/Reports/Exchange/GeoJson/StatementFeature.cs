using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Reports.Exchange.GeoJson;

/// <summary>
/// One statement as a Feature of RFC 7946. Its properties are named as the columns of <see cref="Csv.StatementCsv"/> and all of them are always there, null where nothing was
/// said, so that a reader that takes its fields from the first feature knows all. The page is <c>formats/geojson.md</c>.
/// </summary>
public static class StatementFeature
{
    /// <param name="entry">The id of the statement's entry in the record.</param>
    /// <returns>The boxes of the geometry's parts, for the box around a collection; none where it is unlocated.</returns>
    public static IReadOnlyList<Box> Write(Utf8JsonWriter json, Statement statement, string entry, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(operation);
        return Write(json, statement, entry, operation, () => { });
    }

    /// <summary>The same, with the statement itself beside the properties, as <c>formats/statement.md</c> has it: a further member <c>statement</c> of the feature, which readers of maps pass over and from which it is taken in again.</summary>
    public static IReadOnlyList<Box> WriteWhole(Utf8JsonWriter json, Statement statement, string entry, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(operation);
        return Write(json, statement, entry, operation, () => { }, StatementBytes.WriteShown(statement));
    }

    /// <summary>A statement with properties of its kind after those that every statement has.</summary>
    internal static IReadOnlyList<Box> Write(Utf8JsonWriter json, Statement statement, string entry, Operation operation, Action ofItsKind, byte[]? whole = null)
    {
        var located = Located.In(statement.Where, operation.Gazetteer);
        var digits = Shape.DigitsFor(located?.AccuracyMetres);
        Feature.Begin(json, statement.Id.Value, located?.Shape, digits);
        WriteProperties(json, statement, entry, operation, located);
        ofItsKind();
        Feature.End(json, whole);
        return located is null ? [] : [.. located.Shape.Boxes(digits)];
    }

    private static void WriteProperties(Utf8JsonWriter json, Statement s, string entry, Operation operation, Located? located)
    {
        var counts = s.Said.Claims(s).OfType<Claim.Count>().ToList();
        var only = counts.Count == 1 ? counts[0] : null;
        json.WriteString("id", s.Id.Value);
        json.WriteString("entry", entry);
        json.WriteString("said_at", s.SaidAt.ToString());
        json.WriteString("known_from", s.KnownFrom.ToString());
        json.WriteString("about", s.About.ToString());
        json.WriteString("about_words", s.About.Words);
        json.WriteString("about_start", Written(s.About.Earliest(operation.Zone), operation.Zone));
        json.WriteString("about_end", Written(s.About.Latest(operation.Zone), operation.Zone));
        json.WriteString("source", s.SaidBy.Name);
        json.WriteString("source_kind", Token.Of(s.SaidBy.Kind));
        json.WriteString("relayed_by", s.Chain.RelayedBy.Count == 0 ? null : string.Join("; ", s.Chain.RelayedBy.Select(r => r.Name)));
        json.WriteString("kind", s.Said.Kind);
        json.WriteString("modality", Token.Of(s.Modality));
        WriteCount(json, only, s);
        json.WriteString("from", s.Where.From?.Value);
        json.WriteString("to", s.Where.To?.Value);
        json.WriteString("via", s.Where.Via?.Value);
        json.WriteString("paraphrase", s.Paraphrase);
        json.WriteString("citation", s.Citation);
        json.WriteString("handling", Token.Of(s.Handling));
        json.WriteString("links", s.Links.Count == 0 ? null : string.Join("; ", s.Links.Select(l => $"{Token.Of(l.Relation)} {l.To}")));
        json.WriteString("position_of", located?.Of);
        Feature.Number(json, "position_accuracy_m", (decimal?)located?.AccuracyMetres);
        if (counts.Count <= 1)
        {
            json.WriteNull("counts");
            return;
        }

        json.WriteStartArray("counts");
        foreach (var count in counts)
        {
            json.WriteStartObject();
            WriteCount(json, count, s);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What stands for one count in a table. Of a statement with several counts, the words alone stand here and the numbers in the list.</summary>
    private static void WriteCount(Utf8JsonWriter json, Claim.Count? count, Statement s)
    {
        json.WriteString("measure", count is null ? null : Token.Of(count.Quantity.Measure));
        json.WriteString("unit", count is null ? s.Measured?.Unit : Token.Of(count.Quantity.Unit));
        json.WriteString("category", count is null or { Quantity.Category.Space: CategorySpace.Whole } ? null : count.Quantity.Category.Slug);
        json.WriteString("group", count?.Quantity.Group);
        Feature.Number(json, "low", count is null ? s.Measured?.Low : count.Bound.Low);
        Feature.Number(json, "high", count is null ? s.Measured?.High : count.Bound.High);
        json.WriteString("words", count?.Bound.ToString() ?? s.Measured?.ToString() ?? s.Said.ToString());
        json.WriteString("running_total", count?.Quantity.Cut.Kind is CutKind.SinceStart ? "yes" : null);
        json.WriteString("batch", count?.Quantity.Scope.Batch);
    }

    internal static string Written(Instant at, DateTimeZone zone) => OffsetDateTimePattern.Rfc3339.Format(at.InZone(zone).ToOffsetDateTime());
}
