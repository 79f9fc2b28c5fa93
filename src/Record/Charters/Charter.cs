using System.Text.Encodings.Web;
using System.Text.Json;

namespace Safeconduct.Record;

/// <summary>A party to the arrangement, and the key by which it will be known, where it gave one.</summary>
public sealed record CharterParty(string Name, SigningKey? Key);

/// <summary>
/// What the founders of an operation agree on before its first entry: entry 0 of its record, readable by all, and unchangeable, since the
/// operation is named by its hash. Source: <c>formats/charter.md</c>.
/// </summary>
public sealed record Charter
{
    public required string Name { get; init; }

    /// <summary>IANA name of the zone in which the operation's days and cut-offs are meant.</summary>
    public required string TimeZone { get; init; }

    public required IReadOnlyList<CharterParty> Parties { get; init; }

    /// <summary>The office that certifies and revokes devices.</summary>
    public required Kid AuthorityKid { get; init; }

    public required SigningKey AuthorityKey { get; init; }

    /// <summary>The Ed25519 key of the log, 32 bytes.</summary>
    public required ReadOnlyMemory<byte> LogKey { get; init; }

    /// <summary>The rule by which witnesses' signatures count. "none" until witnesses exist.</summary>
    public string WitnessPolicy { get; init; } = "none";

    /// <summary>Minutes by which what mirrors and the public receive lags behind.</summary>
    public int MirrorDelayMinutes { get; init; }

    /// <summary>SHA-256 of the list of places the operation uses; null where none was agreed.</summary>
    public Hash? Gazetteer { get; init; }

    /// <summary>16 random bytes: two operations of the same terms are still two.</summary>
    public required UInt128 Salt { get; init; }

    public static OperationId IdOf(ReadOnlySpan<byte> charter) => new(Hash.Of(charter));

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(json);
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>Reads a charter. Members this version does not know are left alone: the hash covers them.</summary>
    public static Charter? Read(ReadOnlyMemory<byte> bytes, out Fault? fault)
    {
        using var document = OpenJson.Read(bytes, "charter 1", "charter", out fault);
        if (document is null)
        {
            return null;
        }

        try
        {
            var charter = Read(document.RootElement);
            fault = charter is null ? new Fault("charter.value", "a key, hash or number of the charter is not of the form it must have") : null;
            return charter;
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            fault = new Fault("charter.value", "a member of the charter is missing or of another type than it must be");
            return null;
        }
    }

    private static Charter? Read(JsonElement root)
    {
        var authority = root.GetProperty("authority");
        var parties = new List<CharterParty>();
        foreach (var party in root.GetProperty("parties").EnumerateArray())
        {
            var text = party.GetProperty("key").GetString();
            var key = SigningKey.Parse(text);
            if (text is not null && key is null)
            {
                return null;
            }

            parties.Add(new CharterParty(party.GetProperty("name").GetString() ?? "", key));
        }

        var gazetteerText = root.GetProperty("gazetteer").GetString();
        var gazetteer = Hash.Parse(gazetteerText);
        if (Kid.Parse(authority.GetProperty("kid").GetString()) is not { } kid
            || SigningKey.Parse(authority.GetProperty("key").GetString()) is not { } authorityKey
            || Hex.Read(root.GetProperty("log").GetProperty("key").GetString(), Ed25519.KeyLength) is not { } logKey || !Ed25519.IsKey(logKey)
            || Hex.Read128(root.GetProperty("salt").GetString()) is not { } salt
            || gazetteerText is null != (gazetteer is null)
            || root.GetProperty("mirrorDelayMinutes").GetInt32() is not (>= 0 and var delay))
        {
            return null;
        }

        return new Charter
        {
            Name = root.GetProperty("operation").GetString() ?? "",
            TimeZone = root.GetProperty("timeZone").GetString() ?? "",
            Parties = parties,
            AuthorityKid = kid,
            AuthorityKey = authorityKey,
            LogKey = logKey,
            WitnessPolicy = root.GetProperty("witnesses").GetProperty("policy").GetString() ?? "",
            MirrorDelayMinutes = delay,
            Gazetteer = gazetteer,
            Salt = salt,
        };
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("safeconduct", "charter 1");
        json.WriteString("operation", Name);
        json.WriteString("timeZone", TimeZone);
        json.WriteStartArray("parties");
        foreach (var party in Parties)
        {
            json.WriteStartObject();
            json.WriteString("name", party.Name);
            json.WriteString("key", party.Key?.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("authority");
        json.WriteString("kid", AuthorityKid.ToString());
        json.WriteString("key", AuthorityKey.ToString());
        json.WriteEndObject();
        json.WriteStartObject("log");
        json.WriteString("key", Convert.ToHexStringLower(LogKey.Span));
        json.WriteEndObject();
        json.WriteStartObject("witnesses");
        json.WriteString("policy", WitnessPolicy);
        json.WriteEndObject();
        json.WriteNumber("mirrorDelayMinutes", MirrorDelayMinutes);
        json.WriteString("gazetteer", Gazetteer?.ToString());
        json.WriteString("salt", Hex.Of(Salt));
        json.WriteEndObject();
    }
}

/// <summary>JSON of the bodies that everybody may read.</summary>
internal static class OpenJson
{
    internal const string Media = "application/json";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    internal static JsonDocument? Read(ReadOnlyMemory<byte> bytes, string title, string kind, out Fault? fault)
    {
        // The parser lets text through that is not UTF-8 and fails only when it is asked for.
        if (!System.Text.Unicode.Utf8.IsValid(bytes.Span))
        {
            fault = new Fault($"{kind}.json", "not text in UTF-8");
            return null;
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes, Strict);
        }
        catch (JsonException)
        {
            fault = new Fault($"{kind}.json", "not one JSON text in UTF-8 without repeated members");
            return null;
        }

        if (TitleOf(document) == title)
        {
            fault = null;
            return document;
        }

        document.Dispose();
        fault = new Fault($"{kind}.version", $"does not call itself \"{title}\"");
        return null;
    }

    internal static string? TitleOf(JsonDocument document) =>
        document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("safeconduct", out var title) && title.ValueKind == JsonValueKind.String
            ? title.GetString()
            : null;
}
