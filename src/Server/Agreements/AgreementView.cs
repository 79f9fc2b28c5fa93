using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Reports;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Situation;
using Safeconduct.Situation;
using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Agreements.Readings;
using Safeconduct.Situation.Agreements.Wording;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;

namespace Safeconduct.Server.Agreements;

/// <summary>
/// The agreement and how its terms read, as one document. The room gets all of it. Whoever is outside gets what stands in a list of fields here and nothing else, so that a
/// field that is added to a reading stays in the room until somebody decides otherwise: no allegation, no body that is taken to speak for a side, no verdict on two totals that
/// go together, and no id of a statement that may not be shown.
/// </summary>
internal static class AgreementView
{
    private static readonly string[] OutsideTerm = ["id", "title", "version", "verdict", "shown", "since", "provisional", "sentence", "deciding", "ids", "stated_in", "denied_by", "binds", "asked_by", "responsibility", "findings"];
    private static readonly string[] OutsideClause = ["text", "verdict", "ground", "sentence", "due", "done", "ids"];

    /// <summary>Of a term with two totals side by side nothing is told that says how they stand to each other.</summary>
    private static readonly string[] OfOneAgainstOther = ["verdict", "shown", "since", "provisional", "deciding"];

    public static JsonObject Of(Assessed assessed, BookPage page, Asked asked, IReadOnlyList<Statement> shown, long size)
    {
        var inRoom = asked.Audience is Audience.Room;
        var answer = new JsonObject { ["size"] = size, ["lens"] = asked.View.Lens.ToString(), ["read_up_to"] = inRoom && assessed.ReadUpTo is { } until ? At(until, page.Operation) : null };
        if (inRoom)
        {
            answer["entered"] = page.AgreementText is { } text ? System.Text.Encoding.UTF8.GetString(text.First.Span) : null;
            answer["problems"] = page.Written is { } written ? JsonSerializer.SerializeToNode(written.Problems.Select(AgreementProblem.Of), Snake) : new JsonArray();
        }

        var told = inRoom ? assessed.Terms : [.. assessed.Terms.Where(t => IsSaidBySomebody(t.Term, assessed.Agreement!))];
        if (assessed.Agreement is not { } agreement || (!inRoom && told.Count == 0))
        {
            answer["title"] = null;
            answer["terms"] = new JsonArray();
            return answer;
        }

        var known = asked.View.Lens.IsAll ? assessed.Statements : Assess.SeenIn(shown, page.Operation, asked.View with { Lens = Lens.All });
        var seen = known.Select(s => s.Id).ToHashSet();
        answer["title"] = agreement.Title;
        answer["parties"] = Signatories(agreement.Parties, inRoom);
        answer["guarantors"] = Signatories(agreement.Guarantors, inRoom);
        answer["according_to"] = Ids(agreement.AccordingTo.Where(seen.Contains));
        answer["versions"] = Versions(agreement, told, page.Operation, seen);
        answer["steps"] = Steps(told);
        answer["terms"] = Terms(told, agreement, page.Operation, seen, inRoom);
        return answer;
    }

    /// <summary>What the room wrote down by itself, with no statement that makes it known, is the room's own until somebody is known to have said it.</summary>
    private static bool IsSaidBySomebody(Term term, Agreement agreement) =>
        term.StatedIn.Count > 0 || agreement.AccordingTo.Count > 0 || agreement.Versions.Any(v => v.Number == term.Version && v.AccordingTo.Count > 0);

    internal static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string At(Instant instant, Operation operation) => OffsetDateTimePattern.Rfc3339.Format(instant.InZone(operation.Zone).ToOffsetDateTime());

    private static JsonArray Signatories(IReadOnlyList<Signatory> signatories, bool inRoom) =>
        [.. signatories.Select(s => inRoom
            ? new JsonObject { ["name"] = s.Name, ["words"] = s.Words, ["speaks_through"] = new JsonArray([.. s.SpeaksThrough.Select(b => JsonValue.Create(b))]) }
            : new JsonObject { ["name"] = s.Name, ["words"] = s.Words })];

    /// <summary>Versions that are known in the view: by a statement, by a term that is listed, or by nobody in particular.</summary>
    private static JsonArray Versions(Agreement agreement, IReadOnlyList<TermReading> terms, Operation operation, HashSet<StatementId> seen) =>
        [.. agreement.Versions.Where(v => v.AccordingTo.Count == 0 || v.AccordingTo.Any(seen.Contains) || terms.Any(t => t.Term.Version == v.Number)).Select(v => new JsonObject
        {
            ["number"] = v.Number,
            ["title"] = v.Title,
            ["from"] = AgreementProse.Of(v.From, agreement, operation),
            ["until"] = v.Until is { } until ? AgreementProse.Of(until, agreement, operation) : null,
            ["amends"] = v.Amends,
            ["according_to"] = Ids(v.AccordingTo.Where(seen.Contains)),
        })];

    /// <summary>Steps in their order, with the terms that make each, and those that wait for it.</summary>
    private static JsonArray Steps(IReadOnlyList<TermReading> terms) =>
        [.. terms.Select(t => t.Term.Step).OfType<int>().Distinct().Order().Select(step => new JsonObject
        {
            ["step"] = step,
            ["terms"] = Numbers(terms.Where(t => t.Term.Step == step)),
            ["waiting"] = Numbers(terms.Where(t => t.Term.AfterStep == step)),
        })];

    private static JsonArray Terms(IReadOnlyList<TermReading> terms, Agreement agreement, Operation operation, HashSet<StatementId> seen, bool inRoom)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            TermsJson.Write(json, agreement, terms, operation);
            json.WriteEndObject();
        }

        var written = JsonNode.Parse(buffer.WrittenSpan)!["terms"]!.AsArray().Select(t => t!.AsObject()).ToList();
        return [.. terms.Select((reading, i) => inRoom ? InRoom(written[i], reading, agreement, operation) : Outside(written[i], reading, agreement, operation, seen))];
    }

    private static JsonObject InRoom(JsonObject written, TermReading reading, Agreement agreement, Operation operation)
    {
        var term = written.DeepClone().AsObject();
        term["about"] = new JsonArray([.. AgreementProse.Of(reading.Term, agreement, operation).About.Select(a => JsonValue.Create(a))]);
        Mark(term, reading, agreement, operation);
        return term;
    }

    private static JsonObject Outside(JsonObject written, TermReading reading, Agreement agreement, Operation operation, HashSet<StatementId> seen)
    {
        var term = Only(written, OutsideTerm);
        foreach (var list in (string[])["deciding", "ids", "stated_in", "denied_by", "findings"])
        {
            term[list] = Ids(written[list]!.AsArray().Select(id => new StatementId(id!.GetValue<string>())).Where(seen.Contains));
        }

        term["clauses"] = new JsonArray([.. reading.Clauses.Select((c, i) => ClauseOutside(written["clauses"]![i]!.AsObject(), c, agreement, operation, seen))]);
        if (reading.Clauses.Any(IsTwoTotals))
        {
            foreach (var field in OfOneAgainstOther)
            {
                term.Remove(field);
            }

            term["sentence"] = string.Join(" ", reading.Clauses.Select(SentenceOutside));
        }

        Mark(term, reading, agreement, operation);
        return term;
    }

    private static JsonObject ClauseOutside(JsonObject written, ClauseReading reading, Agreement agreement, Operation operation, HashSet<StatementId> seen)
    {
        var twoTotals = IsTwoTotals(reading);
        var clause = twoTotals ? new JsonObject { ["ids"] = written["ids"]!.DeepClone() } : Only(written, OutsideClause);
        clause["text"] = AgreementProse.Of(WithShownIds(reading.Clause, seen), agreement, operation);
        clause["sentence"] = SentenceOutside(reading);
        clause["ids"] = Ids(reading.Evidence.Where(seen.Contains));
        if (reading.Total is { } total)
        {
            clause["total"] = Span(total);
        }

        if (reading.Against is { } against)
        {
            clause["against"] = Span(against);
        }

        return clause;
    }

    private static bool IsTwoTotals(ClauseReading reading) => reading.OutsideRoom is not null || reading.Clause is Clause.ForEach or Clause.Balance;

    private static string SentenceOutside(ClauseReading reading) => reading.OutsideRoom ?? (IsTwoTotals(reading) ? "" : reading.Sentence);

    // What the agreement calls an account may be a statement that its reader is not shown, not even by its number.
    private static Clause WithShownIds(Clause clause, HashSet<StatementId> seen) => clause switch
    {
        Clause.ByAccount c => c with { Kept = [.. c.Kept.Where(seen.Contains)], NotKept = [.. c.NotKept.Where(seen.Contains)], BearsOnIt = [.. c.BearsOnIt.Where(seen.Contains)] },
        Clause.NotObservable c => c with { BearsOnIt = [.. c.BearsOnIt.Where(seen.Contains)] },
        _ => clause,
    };

    /// <summary>What a page draws otherwise: two totals side by side, and terms that forbid, which hold as far as somebody watched.</summary>
    private static void Mark(JsonObject term, TermReading reading, Agreement agreement, Operation operation)
    {
        term["forbids"] = reading.Term.Clauses.All(c => c is Clause.Never);
        for (var i = 0; i < reading.Clauses.Count; i++)
        {
            term["clauses"]![i]!["two_totals"] = reading.Clauses[i].Clause switch
            {
                Clause.ForEach c => new JsonArray(Named(c.Of), Named(c.Owed)),
                Clause.Balance c => new JsonArray(Named(c.Plus), Named(c.Minus)),
                _ => null,
            };
        }

        // The prose names a total as what comes later than a step; the name alone is what stands before that.
        JsonNode? Named(Total total) =>
            JsonValue.Create(AgreementProse.Of(new Clause.OnlyAfter(null, total with { Number = null, Share = null, Of = null }, null, null, 1, total.At), agreement, operation).Split(" are to come ", 2)[0]);
    }

    private static JsonObject Only(JsonObject from, string[] fields)
    {
        var only = new JsonObject();
        foreach (var field in fields)
        {
            if (from.TryGetPropertyValue(field, out var value))
            {
                only[field] = value?.DeepClone();
            }
        }

        return only;
    }

    private static JsonObject Span(TotalSpan span) => new() { ["low"] = span.Low, ["high"] = span.High };

    private static JsonArray Ids(IEnumerable<StatementId> ids) => [.. ids.Select(id => JsonValue.Create(id.Value))];

    private static JsonArray Numbers(IEnumerable<TermReading> terms) => [.. terms.Select(t => JsonValue.Create(t.Term.Number))];
}
