using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Intake.Texts.Proposals;

/// <summary>
/// Proposals in the plain form of hand-made answers (<c>cases/texts/README.md</c>), so that the same metric reads both. Poorer than a proposal: strictness, cells, rules and
/// ties are left out.
/// </summary>
public static class ClaimsForm
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="bodyStart">Where the text begins in the original, behind a header line; offsets count Unicode code points from there.</param>
    public static string Write(TextReading reading, int bodyStart = 0)
    {
        ArgumentNullException.ThrowIfNull(reading);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            var points = new CodePoints(reading.Original, bodyStart);
            json.WriteStartArray();
            foreach (var proposal in reading.Proposals)
            {
                Write(json, proposal, reading.Original, points);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    /// <summary>The five words the form has for how a claim is meant; a promise is a plan there.</summary>
    public static string StatusOf(Modality modality) => modality is Modality.Promised ? "planned" : Token.Of(modality);

    private static void Write(Utf8JsonWriter json, Proposal p, string original, CodePoints points)
    {
        json.WriteStartObject();
        json.WriteStartArray("span");
        json.WriteNumberValue(points.At(p.Span.Start));
        json.WriteNumberValue(points.At(p.Span.End));
        json.WriteEndArray();
        json.WriteString("quote", p.Quote);
        json.WriteString("source", p.Source?.Name ?? "narrator");
        if (p.Via.Count > 0)
        {
            json.WriteStartArray("via");
            foreach (var via in p.Via)
            {
                json.WriteStringValue(via.Name);
            }

            json.WriteEndArray();
        }

        json.WriteString("kind", Token.Of(p.Kind));
        Write(json, p.Count);
        json.WriteString("category", p.Category);
        json.WriteString("place", p.Places.Count > 0 ? p.Places[0].Name : null);
        json.WriteString("when", p.When?.Time.Start.ToString() is { } when ? when[..Math.Min(when.Length, 10)] : null);
        json.WriteString("status", StatusOf(p.Modality));
        if (p.Kind is ClaimKind.Casualty)
        {
            json.WriteString("harm", p.Harm switch { Measure.Killed => "killed", Measure.Wounded => "wounded", Measure.Held => "captured", _ => "other" });
        }

        json.WriteString("band", Token.Of(p.Band));
        if (p.Loaded.Count > 0)
        {
            json.WriteStartArray("loaded");
            foreach (var word in p.Loaded)
            {
                json.WriteStringValue(word.Of(original));
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SaidCount? count)
    {
        if (count is null)
        {
            json.WriteNull("quantity");
            return;
        }

        json.WriteStartObject("quantity");
        var (low, high) = (count.Bound?.Low, count.Bound?.High);
        if (count.Bound is { Approximation: Approximation.Below })
        {
            low = null;
        }

        Number(json, "low", low);
        Number(json, "high", high);
        json.WriteBoolean("approx", count.Bound is { } b && (b.IsApproximate || b.VagueWord is not null));
        if (count.IsAll)
        {
            json.WriteBoolean("all", true);
        }

        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } n)
        {
            json.WriteNumber(name, n);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>From UTF-16 to code points, asked in any order; the gaps between surrogate pairs are counted once.</summary>
    private sealed class CodePoints
    {
        private readonly List<int> _pairs = [];
        private readonly int _bodyStart;

        public CodePoints(string text, int bodyStart)
        {
            _bodyStart = bodyStart;
            for (var i = bodyStart; i + 1 < text.Length; i++)
            {
                if (char.IsHighSurrogate(text[i]) && char.IsLowSurrogate(text[i + 1]))
                {
                    _pairs.Add(++i);
                }
            }
        }

        public int At(int index)
        {
            var before = _pairs.BinarySearch(index);
            return index - _bodyStart - (before < 0 ? ~before : before);
        }
    }
}
