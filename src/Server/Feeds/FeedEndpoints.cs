using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Reports.Exchange.Feeds;
using Safeconduct.Server.Access;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Partners;
using Safeconduct.Server.Publishing;
using Safeconduct.Server.Web;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Server.Feeds;

/// <summary>
/// What an operation published, as feeds: for a member by the session, for a partner's program by its key (in the header, or in the address for programs that send none), for
/// anybody where the operation opened its public feed. A feed names the edition for its reader and nothing of the others.
/// </summary>
internal static class FeedEndpoints
{
    private const int MostItems = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var stem in (string[])["/feeds/{op}", "/feeds/{op}/key/{key}"])
        {
            app.MapGet($"{stem}/reports.atom", (string op, HttpContext context, HostedOperations operations, ServerOptions options) => Answer(op, context, operations, options, isJson: false)).Requires(Act.ReadFeed);
            app.MapGet($"{stem}/reports.json", (string op, HttpContext context, HostedOperations operations, ServerOptions options) => Answer(op, context, operations, options, isJson: true)).Requires(Act.ReadFeed);
            app.MapGet($"{stem}/reports/edition", Edition).Requires(Act.ReadFeed);
        }
    }

    /// <summary>Where an edition is read by whoever reads feeds: a path.</summary>
    public static string PathOf(string op, string reference, Audience edition, string? key = null) =>
        $"/feeds/{op}{(key is null ? "" : $"/key/{key}")}/reports/edition?reference={Uri.EscapeDataString(reference)}&edition={Token.Of(edition)}";

    private static IResult Answer(string op, HttpContext context, HostedOperations operations, ServerOptions options, bool isJson)
    {
        var operation = operations.Get(op);
        var feed = FeedOf(operation, FeedKeys.AudienceOf(context), AddressOf(context, options), context.Request.RouteValues["key"] as string);
        var bytes = isJson ? feed.ToJson() : feed.ToAtom();
        var headers = context.Response.Headers;
        headers.CacheControl = "private, no-cache";
        headers.Vary = "Cookie, Authorization";
        return Results.Bytes(
            bytes, isJson ? $"{ReportFeed.JsonMedia}; charset=utf-8" : $"{ReportFeed.AtomMedia}; charset=utf-8",
            lastModified: feed.Updated.ToDateTimeOffset(), entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\""));
    }

    private static async Task<IResult> Edition(string op, string reference, string edition, HttpContext context, HostedOperations operations)
    {
        var (operation, reader, wanted) = (operations.Get(op), FeedKeys.AudienceOf(context), DraftEndpoints.EditionOf(edition));
        var report = Published.Find(operation.Page, reference);
        if (wanted < reader || report.FileOf(wanted) is not { } file)
        {
            throw ServerRefusal.NotFound("report.not-found", "No such report was published to you.");
        }

        var html = await operation.ReadLog((book, _) => book.FindFile(report.Document, file)) ?? throw ServerRefusal.NotFound("report.not-readable", "The record has this edition and its body can't be opened here.");
        Hardening.AsDocument(context.Response);
        context.Response.Headers.CacheControl = "private, no-cache";
        return Results.Bytes(html, "text/html; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(html.Span))[..32]}\""));
    }

    private static ReportFeed FeedOf(HostedOperation operation, Audience audience, string address, string? key)
    {
        var (page, op) = (operation.Page, operation.Slug);
        var reports = Published.In(page).Where(p => p.Publication.IsFor(audience)).ToList();
        var visible = reports.ToDictionary(p => p.Publication.Reference, StringComparer.Ordinal);
        var errata = Published.Errata(page).Select(e => (e.Document, e.Erratum, Of: e.Erratum.Reports.Where(visible.ContainsKey).ToList())).Where(e => e.Of.Count > 0).ToList();
        var items = reports.Select(p => (At: p.Document.Index.Value, Item: Report(p, EditionFor(p, audience), errata.Where(e => e.Of.Contains(p.Publication.Reference)).Select(e => e.Erratum.At))))
            .Concat(errata.Select(e => (At: e.Document.Index.Value, Item: new FeedItem(
                IdOf("erratum", e.Document.Entry.ToString(), Token.Of(audience)), "erratum", $"Erratum to {string.Join(", ", e.Of)}", e.Erratum.Text, e.Erratum.Language,
                address + PathOf(op, e.Of[0], EditionFor(visible[e.Of[0]], audience).Audience, key), null, e.Erratum.At, e.Erratum.At))))
            .OrderByDescending(i => i.At).Take(MostItems).Select(i => i.Item).ToList();
        var stem = $"{address}/feeds/{op}{(key is null ? "" : $"/key/{key}")}/reports";
        return new ReportFeed(IdOf("feed", operation.OperationId.ToString(), Token.Of(audience)), $"{page.Operation.Name}: published reports", page.Operation.Name, stem + ".atom", stem + ".json", items);

        FeedItem Report(PublishedReport report, Safeconduct.Reports.Publishing.PublishedEdition edition, IEnumerable<Instant> corrected)
        {
            var p = report.Publication;
            var later = corrected.ToList();
            var text = $"{(p.IsFlash ? "Flash report" : "Situation report")} {p.Reference}, with what was known at {InstantPattern.General.Format(p.CutOff)}."
                + (p.Corrects is { } c && visible.ContainsKey(c) ? $" Corrects {c}." : "") + (later.Count > 0 ? $" Errata: {Shown.Number(later.Count)}." : "") + $" Edition for {Token.Of(edition.Audience)}, SHA-256 {edition.Sha256}.";
            return new FeedItem(
                IdOf("report", report.Document.Entry.ToString(), Token.Of(edition.Audience)), p.IsFlash ? "flash" : "report", $"{p.Reference}: {p.Title}", text, "en",
                address + PathOf(op, p.Reference, edition.Audience, key), edition.Length, p.At, later.Append(p.At).Max());
        }
    }

    /// <summary>The edition that was made for this audience, or where there is none the one for the next wider.</summary>
    public static Safeconduct.Reports.Publishing.PublishedEdition EditionFor(PublishedReport report, Audience audience) =>
        report.Publication.Editions.Where(e => e.Audience >= audience).MinBy(e => e.Audience)!;

    private static string AddressOf(HttpContext context, ServerOptions options) => options.PublicAddress ?? $"{context.Request.Scheme}://{context.Request.Host}";

    // A UUID of version 8 (RFC 9562): made from what it names, so that it is the same on every server and after every restore.
    private static string IdOf(params string[] parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("safeconduct\n" + string.Join('\n', parts)))[..16];
        (hash[6], hash[8]) = ((byte)((hash[6] & 0x0F) | 0x80), (byte)((hash[8] & 0x3F) | 0x80));
        return $"urn:uuid:{new Guid(hash, bigEndian: true)}";
    }
}
