using Safeconduct.Record.Books;
using Safeconduct.Reports.Publishing;
using Safeconduct.Server.Access;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Situation;
using Safeconduct.Statements;

namespace Safeconduct.Server.Publishing;

/// <summary>A report that is out, as the record has it.</summary>
internal sealed record PublishedReport(KeptDocument Document, Publication Publication)
{
    /// <summary>Which file of the entry an edition is; null where it was not published for this audience.</summary>
    public int? FileOf(Audience audience) => Publication.Editions.Select((e, i) => (e.Audience, File: i + 1)).Where(e => e.Audience == audience).Select(e => (int?)e.File).FirstOrDefault();

    /// <summary>The last file: who signed.</summary>
    public int SignOffFile => Document.Media.Count - 1;
}

/// <summary>What was published, read from the record alone: a server that lost its accounts still shows every report and erratum.</summary>
internal static class Published
{
    public static IReadOnlyList<PublishedReport> In(BookPage page) =>
        [.. page.Book.Documents.Where(d => d.Media[0] == Publication.Media).Select(d => new PublishedReport(d, Publication.Read(d.First)))];

    public static IReadOnlyList<(KeptDocument Document, Erratum Erratum)> Errata(BookPage page) =>
        [.. page.Book.Documents.Where(d => d.Media[0] == Erratum.Media).Select(d => (d, Erratum.Read(d.First)))];

    public static PublishedReport Find(BookPage page, string reference) =>
        In(page).LastOrDefault(p => p.Publication.Reference == reference) ?? throw ServerRefusal.NotFound("report.not-found", "No such report was published to you.");

    /// <summary>Whose editions a member reads: the room every one; parties, guarantors and auditors what left it.</summary>
    public static bool MayRead(Member member, Audience edition) => member.IsInRoom || edition is Audience.Public || (edition is Audience.Parties && (member.Is(Role.Auditor) || Asked.AudienceOf(member) is Audience.Parties));
}
