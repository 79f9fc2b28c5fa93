using System.Buffers;
using System.Text.Json;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Statements.Bytes;

/// <summary>A statement as the body of an entry: JSON text, version 1 (<c>formats/statement.md</c>). The bytes are what is signed and stored; they are never re-made from the object to be checked.</summary>
public static class StatementBytes
{
    public const int Version = 1;

    /// <summary>The media type named in the entry's header.</summary>
    public const string MediaType = "application/vnd.safeconduct.statement+json; v=1";

    /// <summary>Statements larger than this are refused; a document is a body of its own.</summary>
    public const int LargestBytes = 256 * 1024;

    private static readonly JsonWriterOptions Writing = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes of a statement, to be signed. What its own reader would refuse is refused here too, at the cost of reading it once: a body that nobody can open again must never be signed.</summary>
    /// <exception cref="RefusedException">With the code that <see cref="Read(ReadOnlyMemory{byte})"/> gives; <c>statement.coarse</c>.</exception>
    public static byte[] Write(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        if (statement.IsCoarse)
        {
            throw new RefusedException("statement.coarse", $"{statement.Id} was made coarse for readers outside the room. Nobody said it in this form: show it, and leave its signed form in the record.");
        }

        var bytes = Written(statement);
        return Read(bytes) is { Understood: false, Problems: [var problem, ..] }
            ? throw new RefusedException(problem.Code, problem.Message, problem.Place)
            : bytes;
    }

    /// <summary>
    /// The same fields for whoever only reads them: nothing of it is signed, so it is not read once more to see that it can be. What was made coarse says so with <c>"coarse": true</c>, a field that <see cref="Read(ReadOnlyMemory{byte})"/>
    /// refuses, so that it is never taken in again as somebody's words.
    /// </summary>
    public static byte[] WriteShown(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return Written(statement);
    }

    private static byte[] Written(Statement statement)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            json.WriteNumber("v", Version);
            json.WriteString("id", statement.Id.Value);
            json.WriteString("kind", statement.Said.Kind);
            WriteChain(json, statement.Chain);
            json.Write<Basis>("basis", statement.Basis is Basis.NotSaid ? null : statement.Basis);
            json.WriteString("said_at", statement.SaidAt.ToString());
            json.WriteString("about", statement.About.ToString());
            json.Write("about_words", statement.About.Words);
            json.Write("from", statement.Where.From?.Value);
            json.Write("to", statement.Where.To?.Value);
            json.Write("via", statement.Where.Via?.Value);
            json.Write<Modality>("modality", statement.Modality is Modality.Asserted ? null : statement.Modality);
            json.WriteStartObject("said");
            statement.Said.Write(json);
            json.WriteEndObject();
            WriteMeasured(json, statement.Measured);
            WriteWords(json, statement.Words);
            json.Write("paraphrase", statement.Paraphrase);
            json.Write("citation", statement.Citation);
            WriteReception(json, statement.Reception);
            WriteAttached(json, statement.Attached);
            json.WriteString("handling", Token.Of(statement.Handling));
            json.WriteString("consent", Token.Of(statement.Consent));
            WriteLinks(json, statement.Links);
            WriteImported(json, statement.Imported);
            json.Write("coarse", statement.IsCoarse);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads version 1. Refuses what it does not know: a statement that is half understood would be misquoted.</summary>
    public static Parsed<Statement> Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > LargestBytes)
        {
            return Parsed<Statement>.Not(new Problem("body.too-large", $"A statement has at most {Shown.Grouped(LargestBytes)} bytes; this has {Shown.Grouped(bytes.Length)}."));
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 32 });
            return Parsed<Statement>.Of(Read(new Fields(document.RootElement, "body")));
        }
        catch (JsonException broken)
        {
            return Parsed<Statement>.Not(new Problem("body.not-json", $"The body is not JSON, at byte {Shown.Number(broken.BytePositionInLine ?? 0)} of line {Shown.Number((broken.LineNumber ?? 0) + 1)}."));
        }
        catch (InvalidOperationException)
        {
            return Parsed<Statement>.Not(new Problem("body.broken-text", "A text holds half a character (broken UTF-8 or an unpaired surrogate).", "body"));
        }
        catch (RefusedException refused)
        {
            return Parsed<Statement>.Not(refused.Problem.Place.Length == 0 ? refused.Problem with { Place = "body" } : refused.Problem);
        }
    }

    private static Statement Read(Fields f)
    {
        f.Only("v", "id", "kind", "by", "relayed_by", "basis", "said_at", "about", "about_words", "from", "to", "via", "modality", "said", "measured", "words", "paraphrase", "citation", "reception", "attached", "handling", "consent", "links", "imported");
        if (f.MaybeWhole("v") is not Version)
        {
            throw new RefusedException("body.unknown-version", $"This program reads version {Shown.Number(Version)} of statements.", f.Path);
        }

        var statement = new Statement
        {
            Id = new StatementId(f.Text("id", StatementId.LongestLength)),
            Chain = new SourceChain(f.Read("by", Parts.SourceOf), f.ReadAll("relayed_by", Parts.SourceOf, 20)),
            Basis = f.MaybeEnum<Basis>("basis") ?? Basis.NotSaid,
            SaidAt = f.MomentOf("said_at"),
            About = f.Time("about"),
            Where = new Scope(PlaceOf(f, "from"), PlaceOf(f, "to"), PlaceOf(f, "via")),
            Modality = f.MaybeEnum<Modality>("modality") ?? Modality.Asserted,
            Said = f.Read("said", said => Catalogue.Read(f.Text("kind", 80), said)),
            Measured = f.Has("measured") ? f.Read("measured", MeasuredOf) : null,
            Words = f.Has("words") ? f.Read("words", WordsOf) : null,
            Paraphrase = f.MaybeText("paraphrase"),
            Citation = f.MaybeText("citation"),
            Reception = f.Has("reception") ? f.Read("reception", ReceptionOf) : null,
            Attached = f.ReadAll("attached", AttachedOf, Attached.Most),
            Handling = f.Enum<Handling>("handling"),
            Consent = f.Enum<Consent>("consent"),
            Links = f.ReadAll("links", LinkOf),
            Imported = f.Has("imported") ? f.Read("imported", ImportedOf) : null,
        };
        try
        {
            return statement.Checked();
        }
        catch (RefusedException refused)
        {
            throw refused.Within(f.Path);
        }
    }

    private static PlaceId? PlaceOf(Fields f, string name) => f.MaybeText(name, 80) is { } id ? new PlaceId(id) : null;

    private static void WriteChain(Utf8JsonWriter json, SourceChain chain)
    {
        json.WriteStartObject("by");
        json.WriteFields(chain.SaidBy);
        json.WriteEndObject();
        if (chain.RelayedBy.Count == 0)
        {
            return;
        }

        json.WriteStartArray("relayed_by");
        foreach (var relay in chain.RelayedBy)
        {
            json.WriteStartObject();
            json.WriteFields(relay);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMeasured(Utf8JsonWriter json, Measured? measured)
    {
        if (measured is null)
        {
            return;
        }

        json.WriteStartObject("measured");
        if (measured.Low is { } low)
        {
            json.WriteNumber("low", low);
        }

        if (measured.High is { } high)
        {
            json.WriteNumber("high", high);
        }

        json.Write("approximate", measured.IsApproximate);
        json.WriteString("unit", measured.Unit);
        json.WriteEndObject();
    }

    private static Measured MeasuredOf(Fields f)
    {
        f.Only("low", "high", "approximate", "unit");
        return new Measured(f.MaybeDecimal("low"), f.MaybeDecimal("high"), f.Flag("approximate"), f.Text("unit", 60));
    }

    private static void WriteWords(Utf8JsonWriter json, Words? words)
    {
        if (words is null)
        {
            return;
        }

        json.WriteStartObject("words");
        json.WriteString("text", words.Text);
        json.WriteString("language", words.Language);
        json.Write("document_sha256", words.DocumentSha256);
        if (words is { SpanStart: { } start, SpanEnd: { } end })
        {
            json.WriteNumber("start", start);
            json.WriteNumber("end", end);
        }

        json.WriteEndObject();
    }

    private static Words WordsOf(Fields f)
    {
        f.Only("text", "language", "document_sha256", "start", "end");
        return new Words(f.Text("text"), f.Text("language", 35), f.MaybeText("document_sha256", 64), Offset(f, "start"), Offset(f, "end"));
    }

    private static int? Offset(Fields f, string name) => f.MaybeWhole(name) switch
    {
        null => null,
        >= 0 and <= int.MaxValue and var n => (int)n,
        _ => throw new RefusedException("words.span", "A span has a start from 0 on and an end after it; give both or neither.", $"{f.Path}.{name}"),
    };

    private static void WriteReception(Utf8JsonWriter json, Reception? reception)
    {
        if (reception is null)
        {
            return;
        }

        json.WriteStartObject("reception");
        json.WriteString("channel", reception.Channel);
        json.WriteString("heard_at", reception.HeardAt.ToString());
        json.Write("read_back", reception.ReadBack);
        json.Write("counted_by", reception.CountedBy);
        json.WriteEndObject();
    }

    private static Reception ReceptionOf(Fields f)
    {
        f.Only("channel", "heard_at", "read_back", "counted_by");
        return new Reception(f.Text("channel", 80), f.MomentOf("heard_at"), f.Flag("read_back"), f.MaybeText("counted_by", 400));
    }

    private static void WriteAttached(Utf8JsonWriter json, IReadOnlyList<Attached> attached)
    {
        if (attached.Count == 0)
        {
            return;
        }

        json.WriteStartArray("attached");
        foreach (var one in attached)
        {
            json.WriteStartObject();
            json.WriteString("sha256", one.Sha256);
            json.WriteString("media", one.Media);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static Attached AttachedOf(Fields f)
    {
        f.Only("sha256", "media");
        return new Attached(f.Text("sha256", 64), f.Text("media", 64));
    }

    private static void WriteLinks(Utf8JsonWriter json, IReadOnlyList<Link> links)
    {
        if (links.Count == 0)
        {
            return;
        }

        json.WriteStartArray("links");
        foreach (var link in links)
        {
            json.WriteStartObject();
            json.WriteString("relation", Token.Of(link.Relation));
            json.WriteString("to", link.To.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static Link LinkOf(Fields f)
    {
        f.Only("relation", "to");
        return new Link(f.Enum<Relation>("relation"), new StatementId(f.Text("to", StatementId.LongestLength)));
    }

    private static void WriteImported(Utf8JsonWriter json, Imported? imported)
    {
        if (imported is null)
        {
            return;
        }

        json.WriteStartObject("imported");
        json.WriteString("row", imported.Row);
        json.Write("edition", imported.Edition);
        json.Write("unmapped", imported.IsUnmapped);
        json.WriteEndObject();
    }

    private static Imported ImportedOf(Fields f)
    {
        f.Only("row", "edition", "unmapped");
        return new Imported(f.Text("row", LargestBytes), f.MaybeText("edition", 80), f.Flag("unmapped"));
    }
}
