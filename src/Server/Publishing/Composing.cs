using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Safeconduct.Reports;
using Safeconduct.Reports.Publishing;
using Safeconduct.Reports.Rendering;
using Safeconduct.Server.Access;
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
        var key = string.Join('\n', draft.Id, draft.Size, draft.Reference, draft.Title, draft.CutOffUnix, draft.PeriodStartUnix, draft.Remark, draft.Corrects, draft.IsFlash, draft.ReleasedEarly, draft.Languages);
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

    /// <summary>
    /// The document that a published edition was written from, composed again from the record as it was: for forms that are written from the document and not from the HTML. Only where it
    /// comes to the very HTML that was published.
    /// </summary>
    /// <exception cref="ServerRefusal"><c>report.not-composed-again</c>.</exception>
    public async Task<Sitrep> Again(HostedOperation operation, Publication publication, PublishedEdition edition, SignOff? signed)
    {
        if (signed?.From is not { } from)
        {
            throw NotAgain("this report does not say what it was composed from");
        }

        await gate.WaitAsync();
        try
        {
            var report = await Task.Run(() => Document(operation.Page, publication, edition.Audience, signed, from));
            return Sha256Of(Encoding.UTF8.GetBytes(SitrepHtml.Write(report))) == edition.Sha256
                ? report
                : throw NotAgain("the record, read again, comes to another text: the program, the agreement or the places have changed since");
        }
        catch (RefusedException refused)
        {
            throw NotAgain(refused.Message);
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

    private static ServerRefusal NotAgain(string why) => new(
        StatusCodes.Status409Conflict, "report.not-composed-again", $"This form can't be made of what was published: {why}. The HTML and its print as PDF are what was published.");

    private static string Sha256Of(ReadOnlySpan<byte> html) => Convert.ToHexStringLower(SHA256.HashData(html));

    private static Sitrep Document(BookPage page, Publication publication, Audience audience, SignOff signed, ComposedFrom from)
    {
        var settings = new ReportSettings(publication.Reference, publication.Title, publication.CutOff, audience)
        {
            PeriodStart = from.PeriodStart,
            Corrects = publication.Corrects,
            Remark = from.Remark,
            IsFlash = publication.IsFlash,
            Agreement = page.Agreement,
            ReleasedEarly = signed.ReleasedEarly.ToHashSet(),
            Errata = ErrataUpTo(page, from.Size, from.PeriodStart),
            Languages = from.Languages,
        };
        return SituationReport.Of(StatementsUpTo(page, from.Size), page.Operation, View.Everything, settings);
    }

    private static List<Statement> StatementsUpTo(BookPage page, long size) => [.. page.Book.Statements.Where(e => e.Index.Value < size).Select(e => e.Statement)];

    private static IReadOnlyList<Erratum> ErrataUpTo(BookPage page, long size, Instant? since) =>
        [.. page.Book.Documents.Where(d => d.Index.Value < size && d.Media[0] == Erratum.Media).Select(d => Erratum.Read(d.First)).Where(e => since is not { } start || e.At >= start)];

    private static IReadOnlyList<ComposedEdition> Composed(BookPage page, ReportDraft draft)
    {
        var statements = StatementsUpTo(page, draft.Size);
        var start = draft.PeriodStartUnix is { } since ? Instant.FromUnixTimeSeconds(since) : (Instant?)null;
        var settings = new ReportSettings(draft.Reference, draft.Title, Instant.FromUnixTimeSeconds(draft.CutOffUnix))
        {
            PeriodStart = start,
            Corrects = draft.Corrects,
            Remark = draft.Remark,
            IsFlash = draft.IsFlash,
            Agreement = page.Agreement,
            ReleasedEarly = draft.ReleasedEarly.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => new StatementId(id)).ToHashSet(),
            Errata = ErrataUpTo(page, draft.Size, start),
            Languages = draft.Languages.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
        return [.. Enum.GetValues<Audience>().Select(audience => One(statements, page.Operation, settings with { Audience = audience }))];
    }

    private static ComposedEdition One(IReadOnlyList<Statement> statements, Operation operation, ReportSettings settings)
    {
        var edition = Edition.Of(statements, operation, settings);
        var html = Encoding.UTF8.GetBytes(SitrepHtml.Write(SituationReport.Of(statements, operation, View.Everything, settings)));
        return new(settings.Audience, html, Sha256Of(html), edition.Withheld, [.. edition.Held.Select(s => s.Id)]);
    }
}
