using System.Buffers;
using System.Text.Json;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Record.Books;

/// <summary>What was done with one proposed claim of a text: its number (null where a person added it), its stretch of the text, its kind, the act, and the statement it became.</summary>
public sealed record ReviewedClaim(int? Proposal, int Start, int End, string Kind, string Act, StatementId? Statement);

/// <summary>
/// A review of a text: which text, under which version of the rules, and what was done with each of its claims. It is the first file of a document of the record; the
/// text itself is the second, the first time the text is kept. The page is <c>formats/text-review.md</c>.
/// </summary>
/// <param name="Sha256">Of the text's UTF-8 bytes.</param>
/// <param name="Published">A moment, as statements have it.</param>
/// <param name="Publisher">The id of the source whose text it is.</param>
/// <param name="Citation">What was read, in words.</param>
/// <param name="Lexicon">The version of the rules that proposed.</param>
public sealed record TextReview(string Sha256, string Language, string Published, string Publisher, string Citation, string Lexicon, IReadOnlyList<ReviewedClaim> Claims)
{
    public const int Version = 1;

    private static readonly JsonWriterOptions Writing = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How many claims an act was done to.</summary>
    public int CountOf(string act) => Claims.Count(c => c.Act == act);

    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            json.WriteNumber("v", Version);
            json.WriteString("sha256", Sha256);
            json.WriteString("language", Language);
            json.WriteString("published", Published);
            json.WriteString("publisher", Publisher);
            json.WriteString("citation", Citation);
            json.WriteString("lexicon", Lexicon);
            json.WriteStartArray("claims");
            foreach (var claim in Claims)
            {
                json.WriteStartObject();
                if (claim.Proposal is { } number)
                {
                    json.WriteNumber("proposal", number);
                }

                json.WriteNumber("start", claim.Start);
                json.WriteNumber("end", claim.End);
                json.WriteString("kind", claim.Kind);
                json.WriteString("act", claim.Act);
                if (claim.Statement is { } statement)
                {
                    json.WriteString("statement", statement.Value);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads version 1; null where these bytes are none.</summary>
    public static TextReview? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8 });
            var f = new Fields(document.RootElement, "review");
            f.Only("v", "sha256", "language", "published", "publisher", "citation", "lexicon", "claims");
            return f.MaybeWhole("v") is not Version ? null : new(
                f.Text("sha256", 64), f.Text("language", 35), f.Text("published", 40), f.Text("publisher", 400), f.Text("citation"), f.Text("lexicon", 200), f.ReadAll("claims", ClaimOf, 200_000));
        }
        catch (Exception broken) when (broken is JsonException or RefusedException)
        {
            return null;
        }
    }

    private static ReviewedClaim ClaimOf(Fields f)
    {
        f.Only("proposal", "start", "end", "kind", "act", "statement");
        return new((int?)f.MaybeWhole("proposal"), (int)(f.MaybeWhole("start") ?? 0), (int)(f.MaybeWhole("end") ?? 0), f.Text("kind", 80), f.Text("act", 80), f.MaybeText("statement", StatementId.LongestLength) is { } id ? new StatementId(id) : null);
    }
}
