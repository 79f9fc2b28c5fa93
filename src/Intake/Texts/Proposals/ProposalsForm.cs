using System.Text.Json;
using Safeconduct.Intake.Texts.Confirming;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Intake.Texts.Proposals;

/// <summary>The reading of a text as one JSON document, with all that a proposal holds (<c>formats/proposals.md</c>).</summary>
public static class ProposalsForm
{
    public const int Version = 1;

    /// <param name="shift">Added to every offset: the characters that stand before the text in its file.</param>
    /// <param name="more">Writes further fields of a proposal, such as what the book holds beside it.</param>
    /// <param name="last">Writes further fields of the document.</param>
    public static void Write(Utf8JsonWriter json, TextReading reading, int shift = 0, Action<Proposal>? more = null, Action? last = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(reading);
        var form = new Form(json, reading.Original, shift);
        json.WriteStartObject();
        json.WriteNumber("v", Version);
        json.WriteString("lexicon", reading.Lexicon);
        json.WriteString("language", reading.Language);
        json.WriteString("sha256", ReviewedText.HashOf(reading.Original));
        json.WriteNumber("body_start", shift);
        json.WriteNumber("characters", reading.Original.Length);
        json.WriteStartArray("proposals");
        foreach (var proposal in reading.Proposals)
        {
            json.WriteStartObject();
            form.Fields(proposal);
            more?.Invoke(proposal);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("set_aside");
        foreach (var span in reading.SetAside)
        {
            form.Value(span);
        }

        json.WriteEndArray();
        json.WriteStartArray("not_read");
        foreach (var sentence in reading.NotRead)
        {
            json.WriteStringValue(sentence);
        }

        json.WriteEndArray();
        json.WriteStartArray("problems");
        foreach (var problem in reading.Problems)
        {
            json.WriteStartObject();
            json.WriteString("code", problem.Code);
            json.WriteString("message", problem.Message);
            json.WriteString("place", problem.Place);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        last?.Invoke();
        json.WriteEndObject();
    }

    private readonly struct Form(Utf8JsonWriter json, string original, int shift)
    {
        public void Fields(Proposal p)
        {
            json.WriteNumber("n", p.Number);
            Named("span", p.Span);
            json.WriteString("quote", p.Quote);
            json.WriteString("kind", Token.Of(p.Kind));
            json.WriteString("modality", Token.Of(p.Modality));
            json.WriteString("band", Token.Of(p.Band));
            json.WritePropertyName("source");
            Speaker(p.Source);
            json.WriteStartArray("via");
            foreach (var via in p.Via)
            {
                Speaker(via);
            }

            json.WriteEndArray();
            Count(p.Count);
            json.WriteString("category", p.Category);
            json.WriteString("harm", p.Harm is { } harm ? Token.Of(harm) : null);
            Places(p);
            When(p.When);
            json.WriteStartArray("loaded");
            foreach (var word in p.Loaded)
            {
                Value(word);
            }

            json.WriteEndArray();
            Traces(p);
            Ties(p);
        }

        public void Value(Span span)
        {
            json.WriteStartArray();
            json.WriteNumberValue(span.Start + shift);
            json.WriteNumberValue(span.End + shift);
            json.WriteEndArray();
        }

        private void Named(string name, Span? span)
        {
            json.WritePropertyName(name);
            if (span is { } s)
            {
                Value(s);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        private void Speaker(Speaker? speaker)
        {
            if (speaker is null)
            {
                json.WriteNullValue();
                return;
            }

            json.WriteStartObject();
            json.WriteString("name", speaker.Name);
            Named("words", speaker.Mention);
            json.WriteEndObject();
        }

        private void Count(SaidCount? count)
        {
            if (count is null)
            {
                json.WriteNull("count");
                return;
            }

            json.WriteStartObject("count");
            json.WriteBoolean("all", count.IsAll);
            json.WriteBoolean("further", count.IsFurther);
            json.WriteString("said", count.Words.Of(original));
            Named("words", count.Words);

            // "All" has no number, and its unit and category are still said.
            CountedBytes.Write(json, "counted", new Counted(count.Unit, count.Category, count.Bound ?? Bound.NotKnown));
            json.WriteString("in_words", count.IsAll ? "all" : count.Bound?.ToString());
            json.WriteEndObject();
        }

        private void Places(Proposal p)
        {
            json.WriteStartArray("places");
            foreach (var place in p.Places)
            {
                json.WriteStartObject();
                json.WriteString("name", place.Name);
                json.WriteString("role", Token.Of(place.Role));
                Named("words", place.Words);
                json.WriteStartArray("candidates");
                foreach (var id in place.Candidates)
                {
                    json.WriteStringValue(id.Value);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private void When(SaidWhen? when)
        {
            if (when is null)
            {
                json.WriteNull("when");
                return;
            }

            json.WriteStartObject("when");
            json.WriteString("time", when.Time.ToString());
            json.WriteString("time_words", when.Time.Words);
            json.WriteBoolean("of_saying", when.IsOfSaying);
            Named("words", when.Words);
            json.WriteEndObject();
        }

        private void Traces(Proposal p)
        {
            json.WriteStartArray("trace");
            foreach (var trace in p.Trace)
            {
                json.WriteStartObject();
                json.WriteString("slot", trace.Slot);
                json.WriteString("value", trace.Value);
                json.WriteString("rule", trace.Rule);
                json.WriteString("said", trace.Words?.Of(original));
                Named("words", trace.Words);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private void Ties(Proposal p)
        {
            json.WriteStartArray("ties");
            foreach (var tie in p.Ties)
            {
                json.WriteStartObject();
                json.WriteString("bearing", Token.Of(tie.Bearing));
                json.WriteNumber("to", tie.To);
                json.WriteString("rule", tie.Rule);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }
}
