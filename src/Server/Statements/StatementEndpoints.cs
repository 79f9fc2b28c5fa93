using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using Safeconduct.Record;
using Safeconduct.Record.Books;
using Safeconduct.Server.Access;
using Safeconduct.Server.Accounts;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Situation;
using Safeconduct.Situation;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;
using Finding = Safeconduct.Statements.Kinds.Finding.Finding;

namespace Safeconduct.Server.Statements;

internal sealed record StatementsAnswer(int Total, IReadOnlyList<StatementView> Statements, string? Next);

internal sealed record ClaimedAnswer(DateTimeOffset At, string Source, long? UncertaintyMs);

internal sealed record EntryAnswer(long Index, string Id, string? Kid, ClaimedAnswer Claimed, long NotBeforeSize, string Level, IReadOnlyList<string> Notes);

internal sealed record StatementDetail(StatementView Statement, EntryAnswer Entry, IReadOnlyList<LinkedAnswer> LinkedFrom, IReadOnlyList<AttachedAnswer> Attachments, JsonNode? Json);

internal sealed record SayRequest(JsonObject Statement);

internal sealed record DryAnswer(string Wording);

internal sealed record CorrectRequest(string Reason, JsonObject? Said);

internal sealed record ReasonRequest(string Reason);

internal sealed record ConfirmRequest(string Of);

internal sealed record CommentRequest(string Text, string? Language);

/// <summary>Statements: found, read whole, and made by hand. What a caller may see is decided by <see cref="Asked"/> alone.</summary>
internal static class StatementEndpoints
{
    private const int Page = 50;
    private const int LargestPage = 500;

    public static void Map(RouteGroupBuilder api)
    {
        var statements = api.MapGroup("/operations/{op}/statements");
        statements.MapGet("", List).Requires(Act.ReadSituation);
        statements.MapPost("", Say).Requires(Act.WriteStatement);
        statements.MapGet("/{id}", Read).Requires(Act.ReadStatement);
        statements.MapGet("/{id}/attachments/{sha256}", Attachment).Requires(Act.ReadStatement);
        statements.MapPost("/{id}/correction", Correct).Requires(Act.WriteStatement);
        statements.MapPost("/{id}/withdrawal", Withdraw).Requires(Act.WriteStatement);
        statements.MapPost("/{id}/comments", Comment).Requires(Act.WriteStatement);
        statements.MapPost("/{id}/confirmation", Confirm).Requires(Act.WriteStatement);
    }

    private static StatementsAnswer List(string op, HttpContext context, HostedOperations operations, SearchTexts search, TimeProvider clock)
    {
        var operation = operations.Get(op);
        var (asked, page, query) = (Asked.Of(context, operation), operation.Page, context.Request.Query);
        var shown = asked.Shown(page, operation, clock.GetUtcNow());
        var standing = Standing.Of(shown);
        var listed = (asked.View == View.Everything ? shown : Assess.SeenIn(shown, operation.Operation, asked.View)).ToDictionary(s => s.Id);
        var found = (query["q"].ToString() is { Length: > 0 and <= 200 } q ? search.Of(op).Find(page.Book.Statements, q, listed.GetValueOrDefault) : page.Book.Statements)
            .Where(e => listed.ContainsKey(e.Statement.Id)).Select(e => e with { Statement = listed[e.Statement.Id] })
            .Where(e => Fits(e.Statement, query, standing))
            .OrderByDescending(e => e.Statement.KnownFrom.Earliest(operation.Operation.Zone)).ThenByDescending(e => e.Index).ToList();
        var from = query["before"].ToString() is { Length: > 0 } before ? found.FindIndex(e => e.Statement.Id.Value == before) + 1 : 0;
        var size = int.TryParse(query["limit"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var n) ? Math.Clamp(n, 1, LargestPage) : Page;
        var slice = found.Skip(from).Take(size).ToList();
        var withSaid = asked.Audience is Audience.Room && query["said"] == "true";
        return new StatementsAnswer(found.Count, [.. slice.Select(e => StatementView.Of(e, page, standing) with { Said = withSaid ? JsonNode.Parse(StatementBytes.Write(e.Statement))!["said"]!.DeepClone() : null })], from + slice.Count < found.Count ? slice[^1].Statement.Id.Value : null);
    }

    private static bool Fits(Statement s, IQueryCollection query, IReadOnlyDictionary<StatementId, string> standing)
    {
        bool Is(string field, string? value) => query[field].ToString() is not { Length: > 0 } wanted || wanted.Split(',').Contains(value);
        return Is("kind", s.Said.Kind) && Is("source", s.SaidBy.Id.Value) && Is("source_kind", Token.Of(s.SaidBy.Kind)) && Is("handling", Token.Of(s.Handling))
            && Is("standing", standing.GetValueOrDefault(s.Id, "current"))
            && (query["place"].ToString() is not { Length: > 0 } place || new[] { s.Where.From, s.Where.To, s.Where.Via }.Any(p => p?.Value == place));
    }

    private static async Task<StatementDetail> Read(string op, string id, HttpContext context, AccountsDb accounts, HostedOperations operations, AuditLog audit, TimeProvider clock)
    {
        var (operation, entered, asked, shown) = await Found(op, id, context, accounts, operations, audit, clock);
        var inRoom = asked.Audience is Audience.Room;
        var entry = await operation.ReadLog((book, _) =>
        {
            if (entered.Statement.IsCoarse)
            {
                var day = entered.Statement.KnownFrom.Earliest(operation.Operation.Zone).InZone(operation.Operation.Zone).Date.AtStartOfDayInZone(operation.Operation.Zone).ToDateTimeOffset();
                return new EntryAnswer(StatementView.Unplaced, "", null, new ClaimedAnswer(day, "none", null), 0, Sync.SyncEndpoints.LevelOf(book.Log.LevelOf(entered.Index)), []);
            }

            var recorded = book.Log.Find(entered.Index)!.Entry;
            var claimed = recorded.Header.Claimed;
            return new EntryAnswer(entered.Index.Value, entered.Entry.ToString(), inRoom ? recorded.Kid.ToString() : null,
                new ClaimedAnswer(DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(claimed.UnixMs, 253_402_300_799_000)), claimed.Source.ToString().ToLowerInvariant(), claimed.UncertaintyMs),
                recorded.Header.Seen.Size, Sync.SyncEndpoints.LevelOf(book.Log.LevelOf(entered.Index)), inRoom ? [.. book.Log.NotesOn(entered.Index).Select(f => f.Code)] : []);
        });
        return new StatementDetail(
            StatementView.Of(entered, operation.Page, Standing.Of(shown)),
            entry,
            [.. shown.SelectMany(s => s.Claims().OfType<Claim.About>().Where(a => a.Statement == entered.Statement.Id).Select(a => new LinkedAnswer(s.Id.Value, Token.Of(a.Relation)))).Distinct()],
            [.. entered.Statement.Attached.Select(a => new AttachedAnswer(a.Sha256, a.Media))],
            inRoom ? JsonNode.Parse(StatementBytes.Write(entered.Statement)) : null);
    }

    private static async Task<IResult> Attachment(string op, string id, string sha256, HttpContext context, AccountsDb accounts, HostedOperations operations, AuditLog audit, TimeProvider clock)
    {
        var (operation, entered, asked, _) = await Found(op, id, context, accounts, operations, audit, clock);
        if (asked.Audience is not Audience.Room)
        {
            throw ServerRefusal.NotFound();
        }

        var named = entered.Statement.Attached.FirstOrDefault(a => a.Sha256 == sha256) ?? throw ServerRefusal.NotFound();
        var bytes = await operation.ReadLog((book, _) => book.FindAttached(entered, Hash.Parse(sha256)!.Value)) ?? throw ServerRefusal.NotFound("attached.not-readable", "What was attached is not here or can't be opened.");
        // Shown as what it is said to be only where a browser can't be made to run it.
        var media = named.Media is "image/jpeg" or "image/png" or "image/webp" ? named.Media : "application/octet-stream";
        context.Response.Headers.ContentDisposition = media.StartsWith("image/", StringComparison.Ordinal) ? "inline" : "attachment";
        return Results.Bytes(bytes.ToArray(), media);
    }

    /// <summary>Asked with <c>dry=true</c> it says in what words the statement will stand, refuses what it would refuse, and records nothing.</summary>
    private static async Task<IResult> Say(string op, bool? dry, SayRequest request, HttpContext context, HostedOperations operations, AuditLog audit, TimeProvider clock)
    {
        var operation = operations.Get(op);
        var body = request.Statement ?? throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "statement.missing", "Send the statement as {\"statement\": {...}}.");
        if (dry is true)
        {
            return Results.Json(new DryAnswer(Drafted(body, "S-0", operation, clock).Wording));
        }

        var said = await operation.Write((book, _) =>
        {
            var statement = Drafted(body, book.NextId().Value, operation, clock);
            book.Enter([statement], operations.Now);
            return statement.Id;
        });
        return Answer(operation, said, context, audit, "said");
    }

    private static Statement Drafted(JsonObject body, string id, HostedOperation operation, TimeProvider clock)
    {
        var draft = (JsonObject)body.DeepClone();
        draft["v"] = StatementBytes.Version;
        draft["id"] = id;
        draft["said_at"] ??= NowIn(operation.Operation.Zone, clock).ToString();
        draft["about"] ??= draft["said_at"]!.DeepClone();
        draft["handling"] ??= "room";
        draft["consent"] ??= "not-asked";
        var parsed = StatementBytes.Read(Encoding.UTF8.GetBytes(draft.ToJsonString()));
        var statement = (parsed.Value ?? throw new RefusedException(parsed.Problems[0].Code, parsed.Problems[0].Message, parsed.Problems[0].Place)).Checked();
        CheckPlaces(statement, operation.Operation);
        CheckAdoptsNothing(statement, operation.Page);
        return statement;
    }

    private static async Task<IResult> Correct(string op, string id, CorrectRequest request, HttpContext context, HostedOperations operations, AuditLog audit, TimeProvider clock) =>
        await Answered(op, id, context, operations, audit, clock, "corrected", (target, next, now) => target.Corrected(next, now, Reason(request.Reason), request.Said is { } said ? KindOf(target, said) : target.Said));

    private static async Task<IResult> Withdraw(string op, string id, ReasonRequest request, HttpContext context, HostedOperations operations, AuditLog audit, TimeProvider clock) =>
        await Answered(op, id, context, operations, audit, clock, "withdrew", (target, next, now) => target.Withdrawn(next, now, Reason(request.Reason)));

    private static async Task<IResult> Comment(string op, string id, CommentRequest request, HttpContext context, HostedOperations operations, AuditLog audit, TimeProvider clock) =>
        await Answered(op, id, context, operations, audit, clock, "commented", (target, next, now) => new Statement
        {
            Id = next, SaidAt = now, About = TimeSpoken.At(now, null), Handling = Handling.Room, Consent = Consent.NotNeeded,
            Chain = new SourceChain(Source.Room, []), Said = new Comment(request.Text ?? "", target.Id),
        });

    /// <summary>
    /// The source of one count agrees to another's of the same session: a statement of its own. Both counts stay as they are, and are never added.
    /// </summary>
    private static async Task<IResult> Confirm(string op, string id, ConfirmRequest request, HttpContext context, HostedOperations operations, AuditLog audit, TimeProvider clock) =>
        await Answered(op, id, context, operations, audit, clock, "confirmed", (target, next, now) =>
        {
            var own = operations.Get(op).Page.Find(request.Of ?? "")?.Statement ?? throw new RefusedException("confirm.unknown", "Name the count whose source confirms: there is no such statement here.", "of");
            return (target.Said, own.Said) is not (Headcount, Headcount) ? throw new RefusedException("confirm.not-a-count", "A count is confirmed by the source of another count.", "of")
                : target.SaidBy.Id == own.SaidBy.Id ? throw new RefusedException("confirm.own-count", $"{own.SaidBy.Name} made this count; another source confirms it.", "of")
                : new Statement
                {
                    Id = next, SaidAt = now, About = own.About, Where = own.Where, Handling = own.Handling, Consent = own.Consent, Chain = own.Chain,
                    Said = new Comment($"Agrees to the count of {target.SaidBy.Name}."), Links = [new Link(Relation.Confirms, target.Id)],
                };
        });

    private static async Task<IResult> Answered(string op, string id, HttpContext context, HostedOperations operations, AuditLog audit, TimeProvider clock, string act, Func<Statement, StatementId, Moment, Statement> make)
    {
        var operation = operations.Get(op);
        var said = await operation.Write((book, _) =>
        {
            var target = operation.Page.Find(id)?.Statement ?? throw ServerRefusal.NotFound("statement.not-found", "There is no such statement here.");
            if (act is not "commented" && operation.Page.Standing.GetValueOrDefault(target.Id) == "withdrawn")
            {
                throw new RefusedException("book.withdrawn", $"{target.Id} was withdrawn already; nothing was recorded.");
            }

            var statement = make(target, book.NextId(), NowIn(operation.Operation.Zone, clock));
            book.Enter([statement], operations.Now);
            return statement.Id;
        });
        return Answer(operation, said, context, audit, act);
    }

    private static IResult Answer(HostedOperation operation, StatementId id, HttpContext context, AuditLog audit, string act)
    {
        var page = operation.Page;
        audit.Add(operation.Slug, context.Member().Account, RoleWords.Of(context.Member().Roles), act, id.Value);
        return Results.Json(StatementView.Of(page.Find(id.Value)!, page, page.Standing), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<(HostedOperation Operation, Entered Entered, Asked Asked, IReadOnlyList<Statement> Shown)> Found(string op, string id, HttpContext context, AccountsDb accounts, HostedOperations operations, AuditLog audit, TimeProvider clock)
    {
        var operation = operations.Get(op);
        var (asked, member) = (Asked.Of(context, operation), context.Member());
        var isAuditor = member.Is(Role.Auditor) && !member.IsInRoom;
        if (isAuditor && !await AuditEndpoints.IsBroken(accounts, member, clock))
        {
            throw new ServerRefusal(StatusCodes.Status403Forbidden, "glass.not-broken", "An auditor opens a statement only after breaking the glass with a reason.");
        }

        var (page, now) = (operation.Page, clock.GetUtcNow());
        var (recorded, shown) = (page.Find(id), asked.Shown(page, operation, now));
        if (recorded is null || shown.FirstOrDefault(s => s.Id == recorded.Statement.Id) is not { } form)
        {
            throw ServerRefusal.NotFound("statement.not-found", "There is no such statement here.");
        }

        var entered = recorded with { Statement = form };

        if (entered.Statement.Handling is not Handling.Public)
        {
            audit.Add(op, member.Account, RoleWords.Of(member.Roles), "read", id);
        }

        return (operation, entered, asked, shown);
    }

    private static void CheckPlaces(Statement statement, Operation operation)
    {
        foreach (var place in new[] { statement.Where.From, statement.Where.To, statement.Where.Via })
        {
            if (place is { } p && operation.Gazetteer.Count > 0 && operation.Gazetteer.Find(p) is null)
            {
                throw new RefusedException("place.unknown", $"'{p}' is not a place of this operation.", "from, to, via");
            }
        }
    }

    // An adoption lets a finding out of the room: it has its own address, which asks who adopts and whether the time for a reply is over.
    private static void CheckAdoptsNothing(Statement statement, BookPage page)
    {
        if (statement.Said is Finding)
        {
            throw new RefusedException("finding.put-elsewhere", "A finding is put to a party where findings are put, with the time it has for a reply; it can't be entered as a statement.", "said");
        }

        if (statement.SaidBy.Kind is SourceKind.OwnObservers && statement.Linked(Relation.Confirms).FirstOrDefault(to => page.Find(to.Value)?.Statement.Said is Finding) is { Value: { } finding })
        {
            throw new RefusedException("finding.adopted-elsewhere", $"{finding} is a finding. It is adopted where findings are put, by a named person and after the time for a reply; a statement can't adopt it.", "links");
        }
    }

    private static Said KindOf(Statement target, JsonObject said)
    {
        using var document = JsonDocument.Parse(said.ToJsonString());
        return Catalogue.Read(target.Said.Kind, new Fields(document.RootElement, "said"));
    }

    private static string Reason(string? reason) => reason is { Length: > 0 } r ? r : throw new RefusedException("reason.missing", "Say why, in a sentence.", "reason");

    internal static Moment NowIn(DateTimeZone zone, TimeProvider clock)
    {
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(zone).ToOffsetDateTime();
        return Moment.AtMinute(now.With(time => new LocalTime(time.Hour, time.Minute)));
    }
}

/// <summary>Search texts, one an operation.</summary>
internal sealed class SearchTexts
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, SearchText> texts = new(StringComparer.Ordinal);

    public SearchText Of(string operation) => texts.GetOrAdd(operation, _ => new SearchText());
}
