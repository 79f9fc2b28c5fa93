using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Situation.Movements;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using static Safeconduct.Reports.JsonFields;

namespace Safeconduct.Reports;

/// <summary>The convoys of <c>assess --json</c>: <c>movements</c> and <c>batch_totals</c>. Vehicles and who is missing are for the room alone, as the whole document is.</summary>
internal static class MovementsJson
{
    public static void Write(Utf8JsonWriter json, ConvoyBoard board, DateTimeZone zone)
    {
        json.WriteStartArray("movements");
        foreach (var convoy in board.Convoys)
        {
            Convoy(json, convoy, zone);
        }

        json.WriteEndArray();
        json.WriteStartArray("batch_totals");
        foreach (var total in board.Totals)
        {
            Total(json, total);
        }

        json.WriteEndArray();
    }

    private static void Convoy(Utf8JsonWriter json, Convoy convoy, DateTimeZone zone)
    {
        json.WriteStartObject();
        json.WriteString("convoy", convoy.Id);
        json.WriteString("what", convoy.What);
        json.WriteStartArray("legs");
        foreach (var leg in convoy.Legs)
        {
            json.WriteStartObject();
            json.WriteString("step", Token.Of(leg.Step));
            Place(json, "place", leg.Place);
            json.WriteStartArray("times");
            foreach (var time in leg.Times)
            {
                json.WriteStartObject();
                json.WriteString("id", time.Id.Value);
                Said(json, time.Source);
                json.WriteString("when", time.When.ToString());
                Text(json, "words", time.When.Words);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Counts(json, leg.Counts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("sessions");
        foreach (var session in convoy.Sessions)
        {
            Session(json, session);
        }

        json.WriteEndArray();
        if (convoy.NotAccountedFor is { } missing)
        {
            json.WriteStartObject("unaccounted");
            Missing(json, missing, zone);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("unaccounted");
        }

        json.WriteEndObject();
    }

    private static void Session(Utf8JsonWriter json, CountSession session)
    {
        json.WriteStartObject();
        json.WriteString("step", Token.Of(session.Step));
        Place(json, "line", session.Line);
        json.WriteString("measure", Token.Of(session.Measure));
        json.WriteString("unit", Token.Of(session.Unit));
        json.WriteString("category", session.Category.Slug);
        Text(json, "vehicle", session.Vehicle);
        Text(json, "trip", session.Trip);
        Counts(json, session.Counts);
        Number(json, "difference", session.Difference);
        Number(json, "agreed", session.Agreed);
        json.WriteEndObject();
    }

    private static void Counts(Utf8JsonWriter json, IReadOnlyList<CountMade> counts)
    {
        json.WriteStartArray("counts");
        foreach (var count in counts)
        {
            json.WriteStartObject();
            json.WriteString("id", count.Id.Value);
            Said(json, count.Source);
            json.WriteString("measure", Token.Of(count.Measure));
            json.WriteString("unit", Token.Of(count.Unit));
            json.WriteString("category", count.Category.Slug);
            Text(json, "group", count.Group);
            json.WriteString("words", count.Bound.ToString());
            Number(json, "low", count.Bound.Low);
            Number(json, "high", count.Bound.High);
            Text(json, "vehicle", count.Vehicle);
            Text(json, "trip", count.Trip);
            if (!count.Stands)
            {
                json.WriteBoolean("stands", false);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Missing(Utf8JsonWriter json, NotAccountedFor missing, DateTimeZone zone)
    {
        json.WriteString("category", missing.Category.Slug);
        json.WriteNumber("low", missing.Low);
        Number(json, "high", missing.High);
        json.WriteBoolean("approximate", missing.Approximate);
        json.WriteString("alarm", Token.Of(missing.Alarm));
        json.WriteString("due", missing.Due is { } due ? OffsetDateTimePattern.Rfc3339.Format(due.InZone(zone).ToOffsetDateTime()) : null);
        json.WriteStartArray("terms");
        foreach (var term in missing.Terms)
        {
            json.WriteStartObject();
            json.WriteString("term", Token.Of(term.Share));
            json.WriteString("sign", term.Joined ? "+" : "-");
            json.WriteNumber("low", term.Low);
            Number(json, "high", term.High);
            Ids(json, term.Ids);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("not_spoken_of");
        foreach (var share in missing.NotSpokenOf)
        {
            json.WriteStringValue(Token.Of(share));
        }

        json.WriteEndArray();
        Seen(json, "last_seen", missing.LastSeen);
        Seen(json, "first_missing", missing.FirstMissing);
        Ids(json, missing.ArrivalsNotCounted, "arrivals_not_counted");
        json.WriteStartArray("by_category");
        foreach (var part in missing.ByCategory)
        {
            json.WriteStartObject();
            Missing(json, part, zone);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Seen(Utf8JsonWriter json, string name, SeenAt? seen)
    {
        if (seen is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("step", Token.Of(seen.Step));
        Place(json, "place", seen.Place);
        json.WriteString("when", seen.When.ToString());
        Ids(json, seen.Ids);
        json.WriteEndObject();
    }

    private static void Total(Utf8JsonWriter json, BatchTotal total)
    {
        json.WriteStartObject();
        json.WriteString("total", total.Total.Value);
        Said(json, total.Source);
        Place(json, "from", total.From);
        json.WriteString("up_to", LocalDatePattern.Iso.Format(total.UpTo));
        json.WriteString("stated", total.Stated.ToString());
        json.WriteStartArray("batches");
        foreach (var batch in total.Batches)
        {
            json.WriteStartObject();
            json.WriteString("batch", batch.Name);
            json.WriteString("words", batch.Bound.ToString());
            json.WriteString("id", batch.Id.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Number(json, "sum_low", total.SumLow);
        Number(json, "sum_high", total.SumHigh);
        json.WriteEndObject();
    }

    private static void Said(Utf8JsonWriter json, Source source)
    {
        json.WriteString("source", source.Name);
        json.WriteString("source_id", source.Id.Value);
    }

    private static void Place(Utf8JsonWriter json, string name, PlaceId? place) => json.WriteString(name, place?.Value);

    private static void Ids(Utf8JsonWriter json, IReadOnlyList<StatementId> ids, string name = "ids")
    {
        json.WriteStartArray(name);
        foreach (var id in ids)
        {
            json.WriteStringValue(id.Value);
        }

        json.WriteEndArray();
    }
}
