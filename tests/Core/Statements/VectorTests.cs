using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Xunit;

namespace Safeconduct.Tests.Statements;

/// <summary>
/// <c>formats/vectors/statements.json</c>: bodies, their SHA-256 and their claims, which a program in any language can run. SAFECONDUCT_REFRESH=1 writes it anew
/// from the examples on the kinds' pages and from <c>formats/statement.md</c>.
/// </summary>
public static class VectorTests
{
    private const string Path = "formats/vectors/statements.json";

    private static readonly JsonWriterOptions Plain = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public static void The_vectors_are_those_of_the_pages_and_hold()
    {
        var now = Vectors();
        if (Environment.GetEnvironmentVariable("SAFECONDUCT_REFRESH") is "1")
        {
            Directory.CreateDirectory(Repository.PathOf("formats/vectors"));
            File.WriteAllText(Repository.PathOf(Path), now);
            return;
        }

        Assert.Equal(Repository.Text(Path), now);
    }

    [Fact]
    public static void Each_vectors_hash_is_that_of_its_own_text()
    {
        using var vectors = JsonDocument.Parse(Repository.Bytes(Path));
        var accepted = vectors.RootElement.GetProperty("accepted").EnumerateArray().ToList();
        Assert.True(accepted.Count >= 40);
        foreach (var vector in accepted)
        {
            var body = Encoding.UTF8.GetBytes(vector.GetProperty("body").GetString()!);
            Assert.Equal(vector.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(body)));
            var statement = StatementBytes.Read(body).Value!;
            Assert.Equal(body, StatementBytes.Write(statement));
            Assert.Equal(vector.GetProperty("claims").EnumerateArray().Select(c => c.GetString()), statement.Claims().Select(ClaimText.Of));
        }

        foreach (var vector in vectors.RootElement.GetProperty("refused").EnumerateArray())
        {
            var problem = Assert.Single(StatementBytes.Read(Encoding.UTF8.GetBytes(vector.GetProperty("body").GetString()!)).Problems);
            Assert.Equal((vector.GetProperty("code").GetString(), vector.GetProperty("place").GetString()), (problem.Code, problem.Place));
        }
    }

    [Fact]
    public static void The_whole_statements_on_the_format_page_are_read_and_come_back_as_the_bytes_shown()
    {
        var bodies = WholeBodies().ToList();
        Assert.True(bodies.Count >= 2);
        Assert.All(bodies, b => Assert.Equal(Canonical(b.Body), Encoding.UTF8.GetString(StatementBytes.Write(StatementBytes.Read(b.Body).Value!))));
    }

    /// <summary>The page breaks lines for reading; the bytes have none and no space outside texts.</summary>
    private static string Canonical(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = Plain.Encoder }))
        {
            document.WriteTo(json);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static IEnumerable<(string Title, byte[] Body)> WholeBodies() =>
        from section in System.Text.RegularExpressions.Regex.Split(Repository.Text("formats/statement.md"), "(?m)^##+ ").Skip(1)
        let block = System.Text.RegularExpressions.Regex.Match(section, "(?ms)^```json body\n(.*?)^```$")
        where block.Success
        select (section[..section.IndexOf('\n', StringComparison.Ordinal)], Encoding.UTF8.GetBytes(block.Groups[1].Value));

    private static string Vectors()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Plain))
        {
            json.WriteStartObject();
            json.WriteString("about", "Bodies of statements, version 1. accepted: 'sha256' is of the UTF-8 bytes of 'body', which a reader writes back byte for byte; 'claims' as in formats/statement.md. refused: the code and the place that a reader gives.");
            json.WriteStartArray("accepted");
            var pages = KindPageTests.Examples().ToList();
            foreach (var (name, body) in WholeBodies().Select(w => (w.Title, w.Body)).Concat(pages.Where(e => !e.IsRefused).Select(e => ($"{e.Kind}: {e.Title}", e.Body))))
            {
                WriteAccepted(json, name, body);
            }

            json.WriteEndArray();
            json.WriteStartArray("refused");
            foreach (var (kind, title, body, _) in pages.Where(e => e.IsRefused))
            {
                WriteRefused(json, $"{kind}: {title}", body);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteAccepted(Utf8JsonWriter json, string name, byte[] body)
    {
        var statement = StatementBytes.Read(body).Value!;
        var bytes = StatementBytes.Write(statement);
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("body", Encoding.UTF8.GetString(bytes));
        json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(bytes)));
        json.WriteStartArray("claims");
        foreach (var claim in statement.Claims())
        {
            json.WriteStringValue(ClaimText.Of(claim));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRefused(Utf8JsonWriter json, string name, byte[] body)
    {
        var problem = StatementBytes.Read(body).Problems[0];
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("body", Encoding.UTF8.GetString(body));
        json.WriteString("code", problem.Code);
        json.WriteString("place", problem.Place);
        json.WriteEndObject();
    }
}
