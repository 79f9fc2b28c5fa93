using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Situation;
using Safeconduct.Situation.Derived;
using Safeconduct.Situation.Disputes;
using Safeconduct.Situation.Figures;
using Safeconduct.Situation.Standings;
using Safeconduct.Situation.Tensions;
using Safeconduct.Situation.Ties;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using static Safeconduct.Reports.JsonFields;

namespace Safeconduct.Reports;

/// <summary>
/// What <c>assess --json</c> prints (<c>formats/assess-json.md</c>): everything concluded, each part with the statements behind it. It names sources as they
/// stand, so it is for the room. Names are a contract: fields may be added, never renamed. What this version does not conclude is absent, not empty.
/// </summary>
public static class AssessmentJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>UTF-8 without a byte order mark, ending in a line feed; the same bytes for the same conclusions.</returns>
    public static byte[] Write(Assessed assessed)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            Heading(json, assessed);
            json.WriteStartArray("figures");
            foreach (var figure in assessed.Figures)
            {
                Figure(json, figure);
            }

            foreach (var figure in assessed.Derived)
            {
                Derived(json, figure);
            }

            json.WriteEndArray();
            Each(json, "disputes", assessed.Disputes, d => Dispute(json, d));
            Each(json, "conflicts", assessed.Conflicts, c => Object(json, () =>
            {
                json.WriteString("id", c.Id);
                Ids(json, "ids", c.Ids);
                Proof(json, "proof", c.Proof);
            }));
            Each(json, "fewest_to_set_aside", assessed.Fewest, f => Object(json, () =>
            {
                Ids(json, "ids", f.Ids);
                json.WriteNumber("weight", f.Weight);
                json.WriteNumber("at_least", f.AtLeast);
                Ids(json, "in_every", f.InEvery);
            }));
            Each(json, "tensions", assessed.Tensions, t => Tension(json, t));
            Each(json, "agreeing", assessed.Agreeing, a => Object(json, () =>
            {
                Ids(json, "ids", a.Ids);
                json.WriteString("why", a.Why);
                Number(json, "amount", a.Amount);
            }));
            Each(json, "same_origin", assessed.SameOrigin, g => Ids(json, null, g.Ids));
            Each(json, "same_origin_why", assessed.SameOrigin, g => json.WriteStringValue(g.Why));
            Each(json, "status", assessed.Status, s => Standing(json, s));
            Each(json, "control", assessed.Control, s => Standing(json, s));
            MovementsJson.Write(json, assessed.Movements, assessed.Operation.Zone);
            if (assessed.Agreement is { } agreement)
            {
                json.WriteString("agreement", agreement.Title);
                TermsJson.Write(json, agreement, assessed.Terms, assessed.Operation);
            }

            Each(json, "unknown", assessed.Unknown, u => Object(json, () =>
            {
                json.WriteString("question", u.Question);
                Ids(json, "ids", u.Ids);
            }));
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Heading(Utf8JsonWriter json, Assessed assessed)
    {
        json.WriteString("operation", assessed.Operation.Name);
        if (assessed.View.AsOf is { } asOf)
        {
            json.WriteString("as_of", OffsetDateTimePattern.Rfc3339.Format(asOf.InZone(assessed.Operation.Zone).ToOffsetDateTime()));
        }
        else
        {
            json.WriteNull("as_of");
        }

        json.WriteString("known", Token.Of(assessed.View.Known));
        json.WriteString("lens", assessed.View.Lens.Text);
        json.WriteString("time_zone", assessed.Operation.Zone.Id);
        json.WriteNumber("tolerance_percent", assessed.Operation.TolerancePercent);
        json.WriteNumber("statements", assessed.Statements.Count);
        Ids(json, "unmapped", assessed.Unmapped);
        Ids(json, "hour_not_stated", assessed.HourNotStated);
    }

    private static void Figure(Utf8JsonWriter json, Figure figure) => Object(json, () =>
    {
        Ends(json, figure.Id, figure.What, figure.Quantity, (figure.Low, figure.LowSupport), (figure.High, figure.HighSupport));
        Each(json, "per_source", figure.PerSource, r => Row(json, r));
        Together(json, figure.Together);
        json.WriteString("dispute", figure.Dispute);
        json.WriteBoolean("approximate", figure.Approximate);
        json.WriteBoolean("derived", false);
    });

    private static void Together(Utf8JsonWriter json, Together? together)
    {
        if (together?.Consensus is { } consensus)
        {
            json.WriteStartObject("consensus");
            json.WriteNumber("low", consensus.Low);
            Number(json, "high", consensus.High);
            json.WriteBoolean("exact", consensus.IsExact);
            json.WriteStartObject("proof");
            Proof(json, "low", consensus.LowProof);
            Proof(json, "high", consensus.HighProof);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("consensus");
        }

        if (together is { Conflicts.Count: > 0 })
        {
            Each(json, "contested_by", together.Conflicts, c => json.WriteStringValue(c));
            Each(json, "without", together.Without, w => Object(json, () =>
            {
                Source(json, w.Source);
                json.WriteNumber("low", w.Low);
                Number(json, "high", w.High);
            }));
        }
    }

    /// <summary>The amounts of the lines add up to <c>times</c> times the end; of a conflict, to more than zero.</summary>
    private static void Proof(Utf8JsonWriter json, string name, Proof? proof) => Each(json, name, proof?.Lines ?? [], line => Object(json, () =>
    {
        json.WriteNumber("times", line.Times);
        if (line.Id is { } id)
        {
            json.WriteString("id", id.Value);
        }
        else
        {
            json.WriteString("rule", line.Rule is { } rule ? Token.Of(rule) : "not-below-zero");
        }

        json.WriteString("says", line.Says);
        json.WriteNumber("amount", line.Amount);
    }));

    private static void Ends(Utf8JsonWriter json, string id, string what, Quantity quantity, (long? Number, IReadOnlyList<StatementId> Support) low, (long? Number, IReadOnlyList<StatementId> Support) high)
    {
        json.WriteString("id", id);
        json.WriteString("what", what);
        Quantity(json, quantity);
        Number(json, "low", low.Number);
        Number(json, "high", high.Number);
        Ids(json, "low_support", low.Support);
        Ids(json, "high_support", high.Support);
    }

    private static void Derived(Utf8JsonWriter json, DerivedFigure figure) => Object(json, () =>
    {
        Ends(json, figure.Id, figure.What, figure.Quantity, (figure.Low, figure.LowSupport), (figure.High, figure.HighSupport));
        Each(json, "per_source", figure.Sums, sum => Object(json, () =>
        {
            Source(json, sum.Source);
            Number(json, "low", sum.Result.Low);
            Number(json, "high", sum.Result.High);
            json.WriteNumber("least", sum.Least);
            Number(json, "most", sum.Most);
            Ids(json, "ids", sum.Ids);
            Each(json, "sum", sum.Parts, part => Object(json, () =>
            {
                json.WriteString("id", part.Id.Value);
                json.WriteString("sign", part.IsTakenAway ? "-" : "+");
                json.WriteString("of", part.Of);
                Bound(json, part.Says);
            }));
        }));
        json.WriteNull("consensus");
        json.WriteNull("dispute");
        json.WriteBoolean("approximate", figure.Approximate);
        json.WriteBoolean("derived", true);
        json.WriteString("how", Token.Of(figure.How));
    });

    private static void Quantity(Utf8JsonWriter json, Quantity quantity)
    {
        json.WriteStartObject("quantity");
        json.WriteString("measure", Token.Of(quantity.Measure));
        json.WriteString("unit", Token.Of(quantity.Unit));
        json.WriteString("category", quantity.Category.Slug);
        Text(json, "group", quantity.Group);
        Text(json, "from", quantity.Scope.From?.Value);
        Text(json, "to", quantity.Scope.To?.Value);
        Text(json, "via", quantity.Scope.Via?.Value);
        Text(json, "batch", quantity.Scope.Batch);
        json.WriteString("cut", Token.Of(quantity.Cut.Kind));
        json.WriteString("time", quantity.Cut.Time.ToString());
        Text(json, "time_words", quantity.Cut.Time.Words);
        json.WriteEndObject();
    }

    private static void Row(Utf8JsonWriter json, SourceRow row) => Object(json, () =>
    {
        Source(json, row.Source);
        Number(json, "low", row.Low);
        Number(json, "high", row.High);
        Ids(json, "ids", [.. row.Now.Select(c => c.Id).Distinct()]);
        Each(json, "claims", row.Now, c => Claim(json, c));
        if (row.Earlier.Count > 0)
        {
            Each(json, "earlier", row.Earlier, c => Claim(json, c));
        }
    });

    private static void Claim(Utf8JsonWriter json, ClaimShown claim) => Object(json, () =>
    {
        json.WriteString("id", claim.Id.Value);
        Bound(json, claim.Bound);
        Text(json, "of", claim.Words);
        if (claim.Including.Count > 0)
        {
            Each(json, "including", claim.Including, p => Object(json, () =>
            {
                json.WriteString("id", p.Id.Value);
                json.WriteString("category", p.Category.Slug);
                Text(json, "group", p.Group);
                Bound(json, p.Bound);
            }));
        }
    });

    private static void Bound(Utf8JsonWriter json, Bound bound)
    {
        json.WriteString("words", bound.ToString());
        Number(json, "low", bound.Low);
        Number(json, "high", bound.High);
        if (bound.LowIsStrict)
        {
            json.WriteBoolean("more_than", true);
        }

        if (bound.HighIsStrict)
        {
            json.WriteBoolean("fewer_than", true);
        }

        if (bound.IsApproximate)
        {
            json.WriteString("approximate", Token.Of(bound.Approximation));
        }
    }

    private static void Dispute(Utf8JsonWriter json, Dispute dispute) => Object(json, () =>
    {
        json.WriteString("id", dispute.Id);
        json.WriteString("kind", Token.Of(dispute.Kind));
        Each(json, "sides", dispute.Sides, side => Ids(json, null, side));
        json.WriteString("why", dispute.Why);
        Text(json, "figure", dispute.Figure);
        Number(json, "amount", dispute.Amount);
        Ids(json, "proof", dispute.Proof);
    });

    private static void Tension(Utf8JsonWriter json, Tension tension) => Object(json, () =>
    {
        json.WriteString("id", tension.Id);
        json.WriteString("kind", Token.Of(tension.Kind));
        Each(json, "sides", tension.Sides, side => Ids(json, null, side));
        json.WriteString("why", tension.Why);
        Text(json, "figure", tension.Figure);
        Number(json, "amount", tension.Amount);
        json.WriteString("explained_by", Token.Of(tension.ExplainedBy));
        Ids(json, "proof", tension.Proof);
    });

    private static void Standing(Utf8JsonWriter json, Situation.Standings.Standing standing) => Object(json, () =>
    {
        json.WriteString("subject", Token.Of(standing.Subject.Kind));
        Text(json, "place", standing.Subject.Place?.Value);
        json.WriteString("what", standing.What);
        Each(json, "states", standing.States, state => Object(json, () =>
        {
            json.WriteString("state", state.State);
            json.WriteString("since", state.Since.ToString());
            Each(json, "said_by", state.SaidBy, v => Voice(json, v));
            Each(json, "denied_by", state.DeniedBy, v => Voice(json, v));
        }));
    });

    private static void Voice(Utf8JsonWriter json, Voice voice) => Object(json, () =>
    {
        Source(json, voice.Source);
        Ids(json, "ids", voice.Ids);
        json.WriteString("when", voice.When.ToString());
        json.WriteNumber("origin", voice.Origin);
        json.WriteBoolean("still_stands", voice.StillStands);
    });

    private static void Source(Utf8JsonWriter json, Source source)
    {
        json.WriteString("source", source.Name);
        json.WriteString("source_id", source.Id.Value);
        json.WriteString("source_kind", Token.Of(source.Kind));
        if (source.Roles is { Count: > 0 } roles)
        {
            Each(json, "roles", roles, r => json.WriteStringValue(r));
        }
    }

    private static void Object(Utf8JsonWriter json, Action fields)
    {
        json.WriteStartObject();
        fields();
        json.WriteEndObject();
    }

    private static void Each<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }

    private static void Ids(Utf8JsonWriter json, string? name, IReadOnlyList<StatementId> ids)
    {
        if (name is null)
        {
            json.WriteStartArray();
        }
        else
        {
            json.WriteStartArray(name);
        }

        foreach (var id in ids)
        {
            json.WriteStringValue(id.Value);
        }

        json.WriteEndArray();
    }
}
