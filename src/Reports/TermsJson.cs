using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Agreements.Readings;
using Safeconduct.Situation.Agreements.Wording;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Reports;

/// <summary>The readings of an agreement's terms in JSON, and the words a reading has in print. The short words of the JSON are for programs; people read <see cref="Shown"/>.</summary>
public static class TermsJson
{
    /// <summary>What a reading is called where people see it: never a judgement. What its time has passed over and nobody reports done is not "met late".</summary>
    public static string Shown(TermReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return reading.Verdict switch
        {
            Verdict.Kept when reading.Clauses.All(c => c.Ground is Ground.NoReportWhileWatched) => "no report in watched hours",
            Verdict.Kept => "met, as reported",
            Verdict.Late when reading.Clauses.Any(c => c.Ground is Ground.NotDoneInTime) => "due, not reported met",
            Verdict.Late => "met late",
            Verdict.Partly => "partly met",
            Verdict.Broken => "not met, as reported",
            Verdict.Disputed => "contested",
            Verdict.Pending when reading.Clauses.All(c => c.Ground is Ground.NoDate) => "no date; not reported met",
            Verdict.Pending => "not yet due",
            Verdict.Unclear => "unclear",
            _ => throw new ArgumentOutOfRangeException(nameof(reading)),
        };
    }

    public static void Write(Utf8JsonWriter json, Agreement agreement, IReadOnlyList<TermReading> terms, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(terms);
        json.WriteStartArray("terms");
        foreach (var term in terms)
        {
            Term(json, agreement, term, operation);
        }

        json.WriteEndArray();
    }

    private static void Term(Utf8JsonWriter json, Agreement agreement, TermReading reading, Operation operation)
    {
        var term = reading.Term;
        json.WriteStartObject();
        json.WriteString("id", term.Number);
        json.WriteString("title", term.Title);
        if (term.Version is { } version)
        {
            json.WriteNumber("version", version);
        }

        json.WriteString("verdict", Token.Of(reading.Verdict));
        json.WriteString("shown", Shown(reading));
        JsonFields.Text(json, "since", reading.Since is { } since ? LocalDatePattern.Iso.Format(since) : null);
        json.WriteBoolean("provisional", reading.IsProvisional);
        json.WriteString("sentence", reading.Sentence);
        JsonFields.Texts(json, "deciding", Of(reading.Deciding));
        JsonFields.Texts(json, "ids", Of(reading.Deciding.Concat(reading.Evidence).Distinct()));
        JsonFields.Texts(json, "stated_in", Of(term.StatedIn));
        JsonFields.Texts(json, "denied_by", Of(term.DeniedBy));
        JsonFields.Texts(json, "binds", term.Binds);
        JsonFields.Text(json, "asked_by", term.AskedBy);
        json.WriteString("responsibility", reading.Responsibility);
        json.WriteStartArray("alleged");
        foreach (var alleged in reading.Allegations)
        {
            json.WriteStartObject();
            json.WriteString("author", alleged.Author);
            json.WriteString("said_by", alleged.SaidBy);
            json.WriteString("id", alleged.Id.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        JsonFields.Texts(json, "findings", Of(reading.Findings));
        json.WriteStartArray("clauses");
        foreach (var clause in reading.Clauses)
        {
            json.WriteStartObject();
            json.WriteString("text", AgreementProse.Of(clause.Clause, agreement, operation));
            json.WriteString("verdict", Token.Of(clause.Verdict));
            json.WriteString("ground", Token.Of(clause.Ground));
            json.WriteString("sentence", clause.Sentence);
            Span(json, "due", clause.Due, operation.Zone);
            Span(json, "done", clause.DoneAt, operation.Zone);
            Total(json, "total", clause.Total);
            Total(json, "against", clause.Against);
            JsonFields.Texts(json, "ids", Of(clause.Evidence));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<string> Of(IEnumerable<StatementId> ids) => ids.Select(id => id.Value);

    private static void Span(Utf8JsonWriter json, string name, (Instant Earliest, Instant Latest)? span, DateTimeZone zone)
    {
        if (span is not { } s)
        {
            return;
        }

        json.WriteStartObject(name);
        JsonFields.Text(json, "earliest", At(s.Earliest));
        JsonFields.Text(json, "latest", At(s.Latest));
        json.WriteEndObject();

        string? At(Instant instant) => instant == Instant.MinValue || instant == Instant.MaxValue ? null : OffsetDateTimePattern.Rfc3339.Format(instant.InZone(zone).ToOffsetDateTime());
    }

    private static void Total(Utf8JsonWriter json, string name, TotalSpan? total)
    {
        if (total is not { } t)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("low", t.Low);
        JsonFields.Number(json, "high", t.High);
        JsonFields.Texts(json, "low_support", Of(t.LowFrom));
        JsonFields.Texts(json, "high_support", Of(t.HighFrom));
        json.WriteEndObject();
    }
}
