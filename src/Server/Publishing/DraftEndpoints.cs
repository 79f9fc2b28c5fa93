using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Safeconduct.Intake.Typed;
using Safeconduct.Record;
using Safeconduct.Reports.Languages;
using Safeconduct.Reports.Publishing;
using Safeconduct.Server.Access;
using Safeconduct.Server.Accounts;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Live;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Web;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Server.Publishing;

internal sealed record DraftRequest(string Title, string? Reference, string CutOff, string? PeriodStart, string? Remark, string? Corrects, bool Flash, IReadOnlyList<string>? Distribution, IReadOnlyList<string>? ReleaseEarly, IReadOnlyList<string>? Languages = null);

internal sealed record SignRequest(IReadOnlyDictionary<string, string> Sha256);

internal sealed record PublishRequest(IReadOnlyList<string>? Editions);

internal sealed record DraftEdition(string Edition, string Sha256, long Length, int Withheld, int HeldBack);

internal sealed record DraftAnswer(
    string Id, string Title, string Reference, DateTimeOffset CutOff, DateTimeOffset? PeriodStart, string? Remark, string? Corrects, bool Flash, IReadOnlyList<string> Distribution,
    IReadOnlyList<string> ReleasedEarly, IReadOnlyList<string> HeldBack, string State, string ComposedBy, string? CheckedBy, string? ClearedBy, bool Mine, IReadOnlyList<DraftEdition> Editions, IReadOnlyList<string> Languages);

/// <summary>
/// Reports in the making: draft, checked, cleared. Whoever signs names the SHA-256 of what was read, and those bytes are what is published; a draft that is composed anew loses
/// its signatures. The one who checks is not the one who composed, and the one who clears is not the one who checked.
/// </summary>
internal static class DraftEndpoints
{
    private const int MostDrafts = 50;

    public static void Map(RouteGroupBuilder api)
    {
        var drafts = api.MapGroup("/operations/{op}/drafts");
        drafts.MapGet("", List).Requires(Act.ClearReport);
        drafts.MapPost("", Compose).Requires(Act.ComposeReport);
        drafts.MapGet("/{id}/{edition}", Preview).Requires(Act.ClearReport);
        drafts.MapPut("/{id}", Recompose).Requires(Act.ComposeReport);
        drafts.MapDelete("/{id}", Drop).Requires(Act.ComposeReport);
        drafts.MapPost("/{id}/check", Check).Requires(Act.ClearReport);
        drafts.MapPost("/{id}/clearance", Clear).Requires(Act.ComposeReport);
        drafts.MapPost("/{id}/publication", Publish).Requires(Act.ComposeReport);
    }

    private static async Task<IReadOnlyList<DraftAnswer>> List(string op, HttpContext context, HostedOperations operations, AccountsDb accounts, Composing composing)
    {
        var operation = operations.Get(op);
        var answers = new List<DraftAnswer>();
        foreach (var draft in await accounts.Drafts.AsNoTracking().Where(d => d.Operation == op).OrderBy(d => d.Reference).ThenBy(d => d.Id).ToListAsync())
        {
            answers.Add(await AnswerOf(operation, draft, context, accounts, composing));
        }

        return answers;
    }

    private static async Task<IResult> Compose(string op, DraftRequest request, HttpContext context, HostedOperations operations, AccountsDb accounts, Composing composing, AuditLog audit, LiveFeed feed, TimeProvider clock)
    {
        var operation = operations.Get(op);
        if (await accounts.Drafts.CountAsync(d => d.Operation == op) >= MostDrafts)
        {
            throw Refused("draft.too-many", $"There are {Shown.Number(MostDrafts)} drafts already; drop those that nobody needs.");
        }

        var draft = new ReportDraft { Id = Secrets.Draw()[..12], Operation = op, Reference = "", Title = "", ComposedBy = context.Member().Account };
        await Fill(draft, request, operation, accounts, composing, clock);
        accounts.Drafts.Add(draft);
        await accounts.SaveChangesAsync();
        Told(audit, feed, operation, context, "composed-report", draft);
        return Results.Json(await AnswerOf(operation, draft, context, accounts, composing), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<DraftAnswer> Recompose(string op, string id, DraftRequest request, HttpContext context, HostedOperations operations, AccountsDb accounts, Composing composing, AuditLog audit, LiveFeed feed, TimeProvider clock)
    {
        var operation = operations.Get(op);
        var draft = await Found(accounts, op, id);
        (draft.ComposedBy, draft.CheckedBy, draft.ClearedBy) = (context.Member().Account, null, null);
        await Fill(draft, request, operation, accounts, composing, clock);
        await accounts.SaveChangesAsync();
        Told(audit, feed, operation, context, "composed-report", draft);
        return await AnswerOf(operation, draft, context, accounts, composing);
    }

    private static async Task<IResult> Drop(string op, string id, HttpContext context, HostedOperations operations, AccountsDb accounts, AuditLog audit, LiveFeed feed)
    {
        var draft = await Found(accounts, op, id);
        accounts.Drafts.Remove(draft);
        await accounts.SaveChangesAsync();
        Told(audit, feed, operations.Get(op), context, "dropped-draft", draft);
        return Results.NoContent();
    }

    private static async Task<IResult> Preview(string op, string id, string edition, HttpContext context, HostedOperations operations, AccountsDb accounts, Composing composing, AuditLog audit)
    {
        var draft = await Found(accounts, op, id);
        var wanted = EditionOf(edition);
        var made = (await composing.Of(operations.Get(op), draft)).Single(e => e.Audience == wanted);
        audit.Add(op, context.Member().Account, RoleWords.Of(context.Member().Roles), "read-draft", $"{draft.Reference} {edition} {made.Sha256[..16]}");
        Hardening.AsDocument(context.Response);
        return Results.Bytes(made.Html, "text/html; charset=utf-8");
    }

    private static async Task<DraftAnswer> Check(string op, string id, SignRequest request, HttpContext context, HostedOperations operations, AccountsDb accounts, Composing composing, AuditLog audit, LiveFeed feed)
    {
        var (operation, draft, me) = (operations.Get(op), await Found(accounts, op, id), context.Member().Account);
        if (draft.CheckedBy is not null)
        {
            throw new ServerRefusal(StatusCodes.Status409Conflict, "report.checked-already", "Somebody checked this report already.");
        }

        if (draft.ComposedBy == me)
        {
            throw new ServerRefusal(StatusCodes.Status403Forbidden, "report.own-draft", "Whoever composed a report can't check it; ask a colleague.");
        }

        await SameBytes(operation, draft, request, composing);
        draft.CheckedBy = me;
        await accounts.SaveChangesAsync();
        Told(audit, feed, operation, context, "checked-report", draft);
        return await AnswerOf(operation, draft, context, accounts, composing);
    }

    private static async Task<DraftAnswer> Clear(string op, string id, SignRequest request, HttpContext context, HostedOperations operations, AccountsDb accounts, Composing composing, AuditLog audit, LiveFeed feed)
    {
        var (operation, draft, me) = (operations.Get(op), await Found(accounts, op, id), context.Member().Account);
        if (draft.CheckedBy is null)
        {
            throw new ServerRefusal(StatusCodes.Status409Conflict, "report.not-checked", "Nobody has checked this report yet; a report is cleared after that.");
        }

        if (draft.CheckedBy == me)
        {
            throw new ServerRefusal(StatusCodes.Status403Forbidden, "report.same-signer", "You checked this report; another person clears it.");
        }

        await SameBytes(operation, draft, request, composing);
        draft.ClearedBy = me;
        await accounts.SaveChangesAsync();
        Told(audit, feed, operation, context, "cleared-report", draft);
        return await AnswerOf(operation, draft, context, accounts, composing);
    }

    private static async Task<IResult> Publish(string op, string id, PublishRequest request, HttpContext context, HostedOperations operations, AccountsDb accounts, Composing composing, AuditLog audit, LiveFeed feed, TimeProvider clock)
    {
        var (operation, draft) = (operations.Get(op), await Found(accounts, op, id));
        if (draft is not { CheckedBy: { } checkedBy, ClearedBy: { } clearedBy })
        {
            throw new ServerRefusal(StatusCodes.Status409Conflict, "report.not-cleared", "A report is published after one person checked it and another cleared it.");
        }

        var wanted = (request.Editions ?? ["room", "parties", "public"]).Select(EditionOf).ToHashSet();
        var made = await composing.Of(operation, draft);
        if (Composing.Named(made) != draft.Editions)
        {
            throw Changed();
        }

        var editions = made.Where(e => wanted.Contains(e.Audience)).ToList();
        var publication = new Publication(
            draft.Reference, draft.Title, Instant.FromUnixTimeSeconds(draft.CutOffUnix), Instant.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds()), draft.Corrects, draft.IsFlash,
            editions.Count > 0 ? [.. editions.Select(e => new PublishedEdition(e.Audience, e.Sha256, e.Html.Length))] : throw Refused("report.no-edition", "Name at least one edition: room, parties or public."));
        var signed = new SignOff(
            await NameOf(accounts, draft.ComposedBy), await NameOf(accounts, checkedBy), await NameOf(accounts, clearedBy), Lines(draft.Distribution), [.. draft.ReleasedEarly.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(i => new StatementId(i))],
            new ComposedFrom(draft.Size, draft.PeriodStartUnix is { } start ? Instant.FromUnixTimeSeconds(start) : null, draft.Remark, Spaced(draft.Languages)));
        await operation.Write((book, _) =>
        {
            // Twice asked, once published: the second finds the reference taken.
            return Published.In(operation.Page).Any(p => p.Publication.Reference == draft.Reference)
                ? throw Taken(draft.Reference)
                : book.Keep([new NewBody(publication.ToBytes(), Publication.Media), .. editions.Select(e => new NewBody(e.Html, Publication.EditionMedia)), new NewBody(signed.ToBytes(), SignOff.Media)], operations.Now);
        });
        accounts.Drafts.Remove(draft);
        await accounts.SaveChangesAsync();
        audit.Add(op, context.Member().Account, RoleWords.Of(context.Member().Roles), "published-report", draft.Reference);
        feed.Desk(operation, "reports", editions.Max(e => e.Audience));
        return Results.Json(await ReportEndpoints.AnswerOf(operation, Published.Find(operation.Page, draft.Reference), context.Member()), statusCode: StatusCodes.Status201Created);
    }

    private static async Task Fill(ReportDraft draft, DraftRequest request, HostedOperation operation, AccountsDb accounts, Composing composing, TimeProvider clock)
    {
        var (page, published) = (operation.Page, Published.In(operation.Page));
        draft.Title = Bounded(request.Title, "title", 200) ?? operation.Operation.Name;
        draft.Reference = Bounded(request.Reference, "reference", 60) ?? $"{operation.Slug.ToUpperInvariant()}/SR/{(published.Count + 1).ToString("00", System.Globalization.CultureInfo.InvariantCulture)}";
        if (published.Any(p => p.Publication.Reference == draft.Reference) || await accounts.Drafts.AnyAsync(d => d.Operation == draft.Operation && d.Reference == draft.Reference && d.Id != draft.Id))
        {
            throw Taken(draft.Reference);
        }

        var now = clock.GetUtcNow();
        var cutOff = TypedTime.AsOf(request.CutOff ?? "", operation.Operation.Zone);
        if (cutOff > Instant.FromDateTimeOffset(now))
        {
            throw new RefusedException("report.cut-off-ahead", "The cut-off is still ahead: what will be known by then is not known yet.", "cut_off");
        }

        draft.CutOffUnix = cutOff.ToUnixTimeSeconds();
        var start = request.PeriodStart is { Length: > 0 } since ? TypedTime.AsOf(since, operation.Operation.Zone) : published.Select(p => (Instant?)p.Publication.CutOff).LastOrDefault(c => c < cutOff);
        draft.PeriodStartUnix = start is { } s ? s < cutOff ? s.ToUnixTimeSeconds() : throw new RefusedException("report.period", "The period begins before the cut-off.", "period_start") : null;
        draft.Remark = Bounded(request.Remark, "remark", 500);
        draft.Corrects = request.Corrects is { Length: > 0 } corrects ? published.Any(p => p.Publication.Reference == corrects) ? corrects : throw new RefusedException("report.corrects", $"No report '{Shown.Short(corrects)}' was published.", "corrects") : null;
        draft.IsFlash = request.Flash;
        draft.Distribution = string.Join('\n', (request.Distribution ?? []).Take(100).Select(d => Bounded(d, "distribution", 200)).OfType<string>());
        var early = (request.ReleaseEarly ?? []).Take(500).Distinct(StringComparer.Ordinal).ToList();
        draft.ReleasedEarly = early.Find(id => page.Find(id) is null) is { } unknown ? throw new RefusedException("report.release-unknown", $"There is no statement '{Shown.Short(unknown)}' here.", "release_early") : string.Join(' ', early);
        draft.Languages = string.Join(' ', (request.Languages ?? []).Take(20).Distinct(StringComparer.Ordinal).Select(code => Tongue.OfSummary(code).Code));
        draft.Size = page.Size;
        draft.Editions = Composing.Named(await composing.Of(operation, draft));
    }

    private static async Task SameBytes(HostedOperation operation, ReportDraft draft, SignRequest request, Composing composing)
    {
        var made = await composing.Of(operation, draft);
        if (Composing.Named(made) != draft.Editions || request.Sha256 is null || made.Any(e => request.Sha256.GetValueOrDefault(Token.Of(e.Audience)) != e.Sha256))
        {
            throw Changed();
        }
    }

    private static async Task<DraftAnswer> AnswerOf(HostedOperation operation, ReportDraft draft, HttpContext context, AccountsDb accounts, Composing composing)
    {
        var made = await composing.Of(operation, draft);
        return new DraftAnswer(
            draft.Id, draft.Title, draft.Reference, DateTimeOffset.FromUnixTimeSeconds(draft.CutOffUnix), draft.PeriodStartUnix is { } start ? DateTimeOffset.FromUnixTimeSeconds(start) : null, draft.Remark, draft.Corrects,
            draft.IsFlash, Lines(draft.Distribution), draft.ReleasedEarly.Split(' ', StringSplitOptions.RemoveEmptyEntries), [.. made.SelectMany(e => e.Held).Distinct().Order().Select(id => id.Value)],
            draft.ClearedBy is not null ? "cleared" : draft.CheckedBy is not null ? "checked" : "draft",
            await NameOf(accounts, draft.ComposedBy), await MaybeName(accounts, draft.CheckedBy), await MaybeName(accounts, draft.ClearedBy), draft.ComposedBy == context.Member().Account,
            [.. made.Select(e => new DraftEdition(Token.Of(e.Audience), e.Sha256, e.Html.Length, e.Withheld, e.Held.Count))], Spaced(draft.Languages));
    }

    private static void Told(AuditLog audit, LiveFeed feed, HostedOperation operation, HttpContext context, string act, ReportDraft draft)
    {
        audit.Add(operation.Slug, context.Member().Account, RoleWords.Of(context.Member().Roles), act, draft.Reference);
        feed.Desk(operation, "drafts", Audience.Room);
    }

    private static async Task<ReportDraft> Found(AccountsDb accounts, string op, string id) =>
        await accounts.Drafts.FirstOrDefaultAsync(d => d.Operation == op && d.Id == id) ?? throw ServerRefusal.NotFound("draft.not-found", "There is no such draft; it may have been published or dropped.");

    internal static Audience EditionOf(string word) => Token.TryRead<Audience>(word, out var audience) ? audience : throw ServerRefusal.NotFound("report.no-such-edition", "The editions are room, parties and public.");

    private static async Task<string> NameOf(AccountsDb accounts, string account) => (await accounts.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Id == account))?.UserName ?? "an account that is no more";

    private static async Task<string?> MaybeName(AccountsDb accounts, string? account) => account is null ? null : await NameOf(accounts, account);

    private static string[] Spaced(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string? Bounded(string? text, string field, int longest) => text?.Trim() is not { Length: > 0 } trimmed
        ? null
        : trimmed.Length <= longest && !trimmed.Any(char.IsControl) ? trimmed : throw new RefusedException("draft.field", $"'{field}' has at most {Shown.Number(longest)} characters, in one line.", field);

    private static ServerRefusal Changed() => new(StatusCodes.Status409Conflict, "report.changed", "This is not the text that you read: the draft was composed anew. Read it again, then sign.");

    private static ServerRefusal Taken(string reference) => new(StatusCodes.Status409Conflict, "report.reference-taken", $"There is a report or a draft '{reference}' already.");

    private static ServerRefusal Refused(string code, string detail) => new(StatusCodes.Status422UnprocessableEntity, code, detail);
}
