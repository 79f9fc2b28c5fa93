using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Safeconduct.Reports;
using Safeconduct.Reports.Publishing;
using Safeconduct.Reports.Rendering;
using Safeconduct.Server.Accounts;
using Safeconduct.Server.Operations;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;

namespace Safeconduct.Server.Publishing;

/// <summary>One edition as it would be published.</summary>
/// <param name="Held">Statements that may not leave the room yet, by id: for the eyes of the room.</param>
internal sealed record ComposedEdition(Audience Audience, ReadOnlyMemory<byte> Html, string Sha256, int Withheld, IReadOnlyList<StatementId> Held);

/// <summary>
/// Composes the three editions of a draft from the record as it was at the draft's size, so that whoever previews, signs or publishes gets the same bytes. The last few are
/// kept in memory; composing takes a whole core, so it is done one draft at a time.
/// </summary>
internal sealed class Composing : IDisposable
{
    private const int MostKept = 6;
    private readonly SemaphoreSlim gate = new(1);
    private readonly ConcurrentDictionary<string, IReadOnlyList<ComposedEdition>> kept = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<ComposedEdition>> Of(HostedOperation operation, ReportDraft draft)
    {
        var key = string.Join('\n', draft.Id, draft.Size, draft.Reference, draft.Title, draft.CutOffUnix, draft.PeriodStartUnix, draft.Remark, draft.Corrects, draft.IsFlash, draft.ReleasedEarly);
        await gate.WaitAsync();
        try
        {
            if (kept.TryGetValue(key, out var found))
            {
                return found;
            }

            var made = await Task.Run(() => Composed(operation.Page, draft));
            if (kept.Count >= MostKept)
            {
                kept.Clear();
            }

            return kept[key] = made;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    /// <summary>Words that a draft carries of its editions, to compare what is signed with what is published.</summary>
    public static string Named(IEnumerable<ComposedEdition> editions) =>
        string.Join(' ', editions.Select(e => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{e.Audience.ToString().ToLowerInvariant()}:{e.Sha256}:{e.Html.Length}:{e.Withheld}:{e.Held.Count}")));

    private static IReadOnlyList<ComposedEdition> Composed(BookPage page, ReportDraft draft)
    {
        var statements = page.Book.Statements.Where(e => e.Index.Value < draft.Size).Select(e => e.Statement).ToList();
        var settings = new ReportSettings(draft.Reference, draft.Title, Instant.FromUnixTimeSeconds(draft.CutOffUnix))
        {
            PeriodStart = draft.PeriodStartUnix is { } start ? Instant.FromUnixTimeSeconds(start) : null,
            Corrects = draft.Corrects,
            Remark = draft.Remark,
            IsFlash = draft.IsFlash,
            Agreement = page.Agreement,
            ReleasedEarly = draft.ReleasedEarly.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => new StatementId(id)).ToHashSet(),
            Errata = [.. page.Book.Documents.Where(d => d.Index.Value < draft.Size && d.Media[0] == Erratum.Media).Select(d => Erratum.Read(d.First)).Where(e => draft.PeriodStartUnix is not { } since || e.At >= Instant.FromUnixTimeSeconds(since))],
        };
        return [.. Enum.GetValues<Audience>().Select(audience => One(statements, page.Operation, settings with { Audience = audience }))];
    }

    private static ComposedEdition One(IReadOnlyList<Statement> statements, Operation operation, ReportSettings settings)
    {
        var edition = Edition.Of(statements, operation, settings);
        var html = Encoding.UTF8.GetBytes(SitrepHtml.Write(SituationReport.Of(statements, operation, View.Everything, settings)));
        return new(settings.Audience, html, Convert.ToHexStringLower(SHA256.HashData(html)), edition.Withheld, [.. edition.Held.Select(s => s.Id)]);
    }
}
