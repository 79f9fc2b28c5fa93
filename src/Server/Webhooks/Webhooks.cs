using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime.Text;
using Safeconduct.Reports.Publishing;
using Safeconduct.Server.Accounts;
using Safeconduct.Server.Feeds;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Publishing;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Server.Webhooks;

/// <summary>What is told: small, and nothing that was not published to the audience of the webhook. The page is <c>formats/webhooks.md</c>.</summary>
internal static class WebhookEvents
{
    public const string Report = "report.published";
    public const string Erratum = "erratum.published";
    public const string Test = "webhook.test";

    /// <summary>What happened in the record from an entry on, for an audience, in the record's order.</summary>
    public static IEnumerable<(long Entry, string EntryId, string Event, string About, string Body)> Since(HostedOperation operation, BookPage page, long first, Audience audience, string? address)
    {
        var reports = Published.In(page).Where(p => p.Publication.IsFor(audience)).ToList();
        foreach (var document in page.Book.Documents.Where(d => d.Index.Value >= first))
        {
            if (reports.Find(r => r.Document.Index == document.Index) is { Publication: var p } report)
            {
                var edition = FeedEndpoints.EditionFor(report, audience);
                yield return (document.Index.Value, document.Entry.ToString(), Report, p.Reference, Written(Report, p.At, new JsonObject
                {
                    ["operation"] = operation.Slug, ["reference"] = p.Reference, ["edition"] = Token.Of(edition.Audience), ["sha256"] = edition.Sha256, ["length"] = edition.Length, ["flash"] = p.IsFlash,
                    ["link"] = address + FeedEndpoints.PathOf(operation.Slug, p.Reference, edition.Audience),
                }));
            }
            else if (document.Media[0] == Safeconduct.Reports.Publishing.Erratum.Media)
            {
                var erratum = Safeconduct.Reports.Publishing.Erratum.Read(document.First);
                var of = erratum.Reports.Where(r => reports.Exists(x => x.Publication.Reference == r)).ToList();
                if (of.Count > 0)
                {
                    yield return (document.Index.Value, document.Entry.ToString(), Erratum, of[0], Written(Erratum, erratum.At, new JsonObject
                    {
                        ["operation"] = operation.Slug, ["references"] = new JsonArray([.. of.Select(r => JsonValue.Create(r))]), ["link"] = $"{address}/feeds/{operation.Slug}/reports.json",
                    }));
                }
            }
        }
    }

    public static string Written(string type, NodaTime.Instant at, JsonObject data) =>
        new JsonObject { ["type"] = type, ["timestamp"] = InstantPattern.General.Format(at), ["data"] = data }.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The same for the same event however often it is queued: by it a receiver knows what it has.</summary>
    public static string IdOf(string webhook, string entryId, string type) => "msg_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{webhook}\n{entryId}\n{type}")))[..32];
}

/// <summary>Signatures of the Standard Webhooks specification 1.0: HMAC-SHA256 over id, time and body.</summary>
internal static class WebhookSecret
{
    private const string Mark = "whsec_";

    public static string Draw() => Mark + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public static string Sign(string secret, string id, long unix, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Mark.Length..]), Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id}.{unix}.{body}"))));
}

/// <summary>
/// Where a webhook may lead. A server that asks whatever address it is told would be a way into the network it stands in; so only addresses of the open internet, unless whoever
/// runs the server said otherwise, and the address that was checked is the one that is called.
/// </summary>
internal sealed class Reach(bool toPrivate, bool toLoopback)
{
    public bool Allows(IPAddress address)
    {
        var a = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(a) ? toLoopback : IsOfTheOpenInternet(a) || (toPrivate && IsPrivate(a));
    }

    /// <summary>Whether the address may be called without TLS: on this machine alone, where that was allowed.</summary>
    public bool AllowsPlain(Uri url) => toLoopback && url.IsLoopback;

    private static bool IsPrivate(IPAddress a)
    {
        var b = a.GetAddressBytes();
        return b.Length == 4 ? b[0] == 10 || (b[0] == 172 && b[1] is >= 16 and < 32) || (b[0] == 192 && b[1] == 168) || (b[0] == 100 && b[1] is >= 64 and < 128) : (b[0] & 0xFE) == 0xFC;
    }

    // IANA's special-purpose registries (RFC 6890 and its updates). Of IPv6 only what is given out as global, and no form in which an IPv4 address hides.
    private static bool IsOfTheOpenInternet(IPAddress a)
    {
        var b = a.GetAddressBytes();
        return b.Length == 4
            ? !(b[0] is 0 or 10 or 127 or >= 224 || (b[0] == 100 && b[1] is >= 64 and < 128) || (b[0] == 169 && b[1] == 254) || (b[0] == 172 && b[1] is >= 16 and < 32)
                || (b[0] == 192 && (b[1] == 168 || (b[1] == 0 && b[2] is 0 or 2) || (b[1] == 88 && b[2] == 99))) || (b[0] == 198 && (b[1] is 18 or 19 || (b[1] == 51 && b[2] == 100))) || (b[0] == 203 && b[1] == 0 && b[2] == 113))
            : (b[0] & 0xE0) == 0x20 && !(b[0] == 0x20 && ((b[1] == 0x01 && (b[2] is 0 or 1 || (b[2] == 0x0D && b[3] == 0xB8))) || b[1] == 0x02)) && !(b[0] == 0x3F && b[1] == 0xFF && b[2] < 0x10);
    }
}
