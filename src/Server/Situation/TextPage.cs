using System.Globalization;
using System.Text;
using NodaTime;
using Safeconduct.Reports;
using Safeconduct.Reports.Rendering;
using Safeconduct.Server.Access;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Web;

namespace Safeconduct.Server.Situation;

/// <summary>The room as text, for a bad link: under 50 kB, no script, the same lens and as-of in its address, and nothing that its reader may not see elsewhere.</summary>
internal static class TextPage
{
    private const int MostStatements = 20;

    private static readonly Dictionary<string, (string Title, string Now, string AsOf, string Everything, string Room, string Latest, string Certainly, string More)> Words = new(StringComparer.Ordinal)
    {
        ["en"] = ("Text only", "As the record stands", "As known {0}", "all sources", "Whole room", "Latest statements", "Only what was certainly known", "Ways on"),
        ["fr"] = ("Texte seul", "Le registre en l’état", "Tel que connu {0}", "toutes les sources", "Salle entière", "Dernières déclarations", "Seulement ce qui était connu à coup sûr", "Autres voies"),
        ["ru"] = ("Только текст", "По состоянию журнала", "Как было известно {0}", "все источники", "Полный штаб", "Последние заявления", "Только заведомо известное", "Другие пути"),
        ["ar"] = ("نص فقط", "كما هو السجل", "كما عُرف {0}", "كل المصادر", "الغرفة كاملة", "أحدث الإفادات", "المعروف يقينا فقط", "طرق أخرى"),
    };

    private static readonly Dictionary<string, string> OwnNames = new(StringComparer.Ordinal) { ["en"] = "English", ["fr"] = "français", ["ru"] = "русский", ["ar"] = "العربية" };

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/operations/{op}/text", Read).Requires(Act.ReadSituation);

    private static async Task<IResult> Read(string op, string? language, HttpContext context, HostedOperations operations, Assessments assessments, TimeProvider clock)
    {
        var operation = operations.Get(op);
        var asked = Asked.Of(context, operation);
        var page = operation.Page;
        var shown = asked.Shown(page, operation, clock.GetUtcNow());
        var zone = operation.Operation.Zone;
        var cutOff = asked.View.AsOf ?? shown.Select(s => s.KnownFrom.Latest(zone)).Append(Instant.FromDateTimeOffset(clock.GetUtcNow())).Max();
        var settings = asked.SettingsFor(operation, clock.GetUtcNow()) with { Reference = "text", CutOff = cutOff };
        var (assessed, _) = await assessments.Of(operation, asked);
        var report = SituationReport.Compose(new Edition(shown, 0, []), assessed, null, settings);
        var wanted = LanguageOf(language, context);
        var w = Words[wanted];
        var direction = wanted == "ar" ? "rtl" : "ltr";
        var own = context.Request.Query.Where(q => q.Key is "lens" or "as_of" or "known").Select(q => $"{q.Key}={Uri.EscapeDataString(q.Value.ToString())}").ToList();
        string Address(string query) => $"/operations/{op}/text?{query}";
        var note = (asked.View.AsOf is { } at ? w.AsOf.Replace("{0}", at.InZone(zone).ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture), StringComparison.Ordinal) : w.Now)
            + $" · {(asked.View.Lens.IsAll ? w.Everything : asked.View.Lens.ToString())} · {zone.Id}";
        var links = new List<TextLink> { new("/room/#/op/" + op, w.Room) };
        links.AddRange(Words.Keys.Where(l => l != wanted).Select(l => new TextLink(Address(string.Join('&', own.Append("language=" + l))), OwnNames[l])));
        if (asked.View.AsOf is not null)
        {
            links.Add(new TextLink(Address("language=" + wanted), w.Now));
            links.Add(new TextLink(Address(string.Join('&', own.Where(q => !q.StartsWith("known", StringComparison.Ordinal)).Append("known=certainly").Append("language=" + wanted))), w.Certainly));
        }

        var latest = assessed.Statements.OrderByDescending(s => s.KnownFrom.Earliest(zone)).ThenByDescending(s => s.Id).Take(MostStatements)
            .Select(s => $"{s.Id} · {s.KnownFrom} · {s.SaidBy.Name}: {s.Paraphrase ?? s.Wording}").ToList();
        Hardening.AsDocument(context.Response);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(SitrepText.Write(report, new TextFrame(wanted, direction, w.Title, note, w.More, links, [(w.Latest, latest)])), "text/html", Encoding.UTF8);
    }

    private static string LanguageOf(string? asked, HttpContext context) =>
        asked is not null && Words.ContainsKey(asked) ? asked
        : context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.Value?.Split('-')[0].ToLowerInvariant()).FirstOrDefault(l => l is not null && Words.ContainsKey(l)) ?? "en";
}
