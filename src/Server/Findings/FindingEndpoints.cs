using Microsoft.EntityFrameworkCore;
using NodaTime;
using Safeconduct.Intake.Typed;
using Safeconduct.Server.Access;
using Safeconduct.Server.Accounts;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Live;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Statements;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Kinds.Finding;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Server.Findings;

internal sealed record PartyName(string Id, string Name);

internal sealed record PartyLine(string Id, string Name, string Role);

internal sealed record ReplyAnswer(string Id, string Text, string Language, string At);

internal sealed record FindingAnswer(string Id, string Text, string Language, IReadOnlyList<string> About, PartyName To, string ReplyBy, string PutAt, string Handling, string State, string? AdoptedBy, IReadOnlyList<ReplyAnswer> Replies);

internal sealed record FindingRequest(string Text, string? Language, IReadOnlyList<string>? About, string To, string ReplyBy, string? Handling);

internal sealed record ReplyRequest(string Text, string? Language, string? Handling);

/// <summary>
/// The right of reply. A finding is put to one party, which alone sees it until it is adopted; its reply is a statement of its own, in its own language. Adopted is a finding by
/// a named person, after the reply or once the time for it is over. All of it is statements in the record.
/// </summary>
internal static class FindingEndpoints
{
    private const int LongestText = 10_000;

    public static void Map(RouteGroupBuilder api)
    {
        var operation = api.MapGroup("/operations/{op}");
        operation.MapGet("/findings", Put).Requires(Act.PutFinding);
        operation.MapPost("/findings", Finding).Requires(Act.PutFinding);
        operation.MapPost("/findings/{id}/adoption", Adopt).Requires(Act.ComposeReport);
        operation.MapGet("/findings/mine", Mine).Requires(Act.Reply);
        operation.MapPost("/findings/{id}/replies", Reply).Requires(Act.Reply);
        operation.MapGet("/parties", Parties).Requires(Act.PutFinding);
    }

    private static IReadOnlyList<FindingAnswer> Put(string op, HostedOperations operations, TimeProvider clock) => Listed(operations.Get(op), clock, _ => true, inRoom: true);

    private static IReadOnlyList<FindingAnswer> Mine(string op, HttpContext context, HostedOperations operations, TimeProvider clock) =>
        Listed(operations.Get(op), clock, f => f.To.Id.Value == context.Member().PartySource?.Id, inRoom: false);

    private static async Task<IReadOnlyList<PartyLine>> Parties(string op, AccountsDb accounts) =>
    [
        .. (await accounts.Memberships.AsNoTracking().Where(m => m.Operation == op && m.PartyId != null).ToListAsync())
            .Select(m => new PartyLine(m.PartyId!, m.PartyName ?? m.PartyId!, m.Roles)).DistinctBy(p => p.Id).OrderBy(p => p.Name, StringComparer.Ordinal),
    ];

    private static async Task<IResult> Finding(string op, FindingRequest request, HttpContext context, HostedOperations operations, AccountsDb accounts, AuditLog audit, LiveFeed feed, TimeProvider clock)
    {
        var operation = operations.Get(op);
        var to = await accounts.Memberships.AsNoTracking().FirstOrDefaultAsync(m => m.Operation == op && m.PartyId == request.To)
            ?? throw new RefusedException("finding.party-unknown", $"Nobody here speaks for '{Shown.Short(request.To ?? "")}': invite the party first, so that it can reply.", "to");
        var replyBy = TypedTime.Moment(request.ReplyBy ?? "", operation.Operation.Zone);
        if (replyBy.Latest(operation.Operation.Zone) <= Instant.FromDateTimeOffset(clock.GetUtcNow()))
        {
            throw new RefusedException("finding.reply-by-past", "The time for a reply is over before it begins; name a later one.", "reply_by");
        }

        var about = (request.About ?? []).Distinct(StringComparer.Ordinal).ToList();
        if (about.Find(id => operation.Page.Find(id) is null) is { } unknown)
        {
            throw new RefusedException("finding.unknown-statement", $"There is no statement '{Shown.Short(unknown)}' here.", "about");
        }

        var said = new Finding(Text(request.Text), [.. about.Select(id => new StatementId(id))], new Party(new SourceId(to.PartyId!), to.PartyName ?? to.PartyId!), replyBy);
        var id = await Said(operation, operations, clock, new SourceChain(Source.Room, []), said, request.Text, request.Language, HandlingOf(request.Handling), []);
        return Done(operation, id, context, audit, feed, clock, "put-finding");
    }

    private static async Task<IResult> Reply(string op, string id, ReplyRequest request, HttpContext context, HostedOperations operations, AuditLog audit, LiveFeed feed, TimeProvider clock)
    {
        var operation = operations.Get(op);
        var (statement, finding) = Found(operation, id);
        var party = context.Member().PartySource;
        if (party is null || finding.To.Id.Value != party.Id)
        {
            throw NoSuch();
        }

        var source = new Source(new SourceId(party.Id), party.Name, context.Member().Is(Role.Guarantor) ? SourceKind.Guarantor : SourceKind.Party);
        var handling = request.Handling is null ? statement.Handling : HandlingOf(request.Handling);
        await Said(operation, operations, clock, new SourceChain(source, []), new Comment(Text(request.Text)), request.Text, request.Language, handling, [new Link(Relation.RepliesTo, statement.Id)]);
        return Done(operation, statement.Id, context, audit, feed, clock, "replied");
    }

    private static async Task<IResult> Adopt(string op, string id, HttpContext context, HostedOperations operations, AccountsDb accounts, AuditLog audit, LiveFeed feed, TimeProvider clock)
    {
        var operation = operations.Get(op);
        var (statement, finding) = Found(operation, id);
        var state = StateOf(operation.Page, Adoption.Among(operation.Page.Statements), statement, finding, operation.Operation.Zone, clock);
        if (state is "adopted")
        {
            throw new ServerRefusal(StatusCodes.Status409Conflict, "finding.adopted-already", "This finding was adopted already.");
        }

        if (state is "open")
        {
            throw new ServerRefusal(StatusCodes.Status409Conflict, "finding.reply-time-not-over", $"{finding.To} has time to reply until {finding.ReplyBy}: adopt the finding after the reply, or after that.");
        }

        var account = await accounts.Users.AsNoTracking().FirstAsync(u => u.Id == context.Member().Account);
        var text = $"Adopted by {account.UserName}, {(state is "replied" ? "after the party's reply" : "after the time for a reply was over")}.";
        await Said(operation, operations, clock, new SourceChain(Source.Room, []), new Comment(text), null, null, statement.Handling, [new Link(Relation.Confirms, statement.Id)]);
        return Done(operation, statement.Id, context, audit, feed, clock, "adopted-finding");
    }

    private static Task<StatementId> Said(HostedOperation operation, HostedOperations operations, TimeProvider clock, SourceChain chain, Said said, string? words, string? language, Handling handling, IReadOnlyList<Link> links) => operation.Write((book, _) =>
    {
        var now = StatementEndpoints.NowIn(operation.Operation.Zone, clock);
        var statement = new Statement
        {
            Id = book.NextId(), Chain = chain, SaidAt = now, About = TimeSpoken.At(now, null), Said = said, Handling = handling, Consent = Consent.NotNeeded, Links = links,
            Words = words is null ? null : new Words(words.Trim(), language is { Length: > 0 } l ? l : "en"),
        };
        book.Enter([statement], operations.Now);
        return statement.Id;
    });

    private static IResult Done(HostedOperation operation, StatementId id, HttpContext context, AuditLog audit, LiveFeed feed, TimeProvider clock, string act)
    {
        audit.Add(operation.Slug, context.Member().Account, RoleWords.Of(context.Member().Roles), act, id.Value);
        feed.Desk(operation, "findings", Audience.Room);
        return Results.Json(Listed(operation, clock, _ => true, context.Member().IsInRoom).Single(f => f.Id == id.Value), statusCode: StatusCodes.Status201Created);
    }

    private static IReadOnlyList<FindingAnswer> Listed(HostedOperation operation, TimeProvider clock, Func<Finding, bool> which, bool inRoom)
    {
        var page = operation.Page;
        var adopted = Adoption.Among(page.Statements);
        return
        [
            .. page.Statements.Where(s => s.Said is Finding f && which(f) && page.Standing.GetValueOrDefault(s.Id) != "withdrawn").Reverse().Select(s =>
            {
                var finding = (Finding)s.Said;
                return new FindingAnswer(
                    s.Id.Value, s.Words?.Text ?? finding.Text, s.Words?.Language ?? "en", [.. finding.RestsOn.Select(id => id.Value)], new PartyName(finding.To.Id.Value, finding.To.Name), finding.ReplyBy.ToString(), s.SaidAt.ToString(), Token.Of(s.Handling),
                    StateOf(page, adopted, s, finding, operation.Operation.Zone, clock),
                    inRoom ? adopted.GetValueOrDefault(s.Id)?.Said.ToString() : null,
                    [.. RepliesTo(page, s.Id).Select(r => new ReplyAnswer(r.Id.Value, r.Words?.Text ?? r.Said.ToString()!, r.Words?.Language ?? "und", r.SaidAt.ToString()))]);
            }),
        ];
    }

    private static string StateOf(BookPage page, IReadOnlyDictionary<StatementId, Statement> adopted, Statement statement, Finding finding, DateTimeZone zone, TimeProvider clock) =>
        adopted.ContainsKey(statement.Id) ? "adopted"
        : RepliesTo(page, statement.Id).Any() ? "replied"
        : finding.ReplyBy.Latest(zone) <= Instant.FromDateTimeOffset(clock.GetUtcNow()) ? "overdue"
        : "open";

    private static IEnumerable<Statement> RepliesTo(BookPage page, StatementId id) => page.Statements.Where(s => s.Linked(Relation.RepliesTo).Contains(id) && page.Standing.GetValueOrDefault(s.Id) != "withdrawn");

    private static (Statement Statement, Finding Finding) Found(HostedOperation operation, string id) =>
        operation.Page.Find(id)?.Statement is { Said: Finding finding } statement && operation.Page.Standing.GetValueOrDefault(statement.Id) != "withdrawn" ? (statement, finding) : throw NoSuch();

    private static ServerRefusal NoSuch() => ServerRefusal.NotFound("finding.not-found", "There is no such finding here.");

    private static string Text(string? text) => text?.Trim() is { Length: > 0 and <= LongestText } t ? t : throw new RefusedException("finding.text", $"Write 1 to {Shown.Grouped(LongestText)} characters.", "text");

    /// <summary>How far it goes once it is adopted; until then its party alone sees it.</summary>
    private static Handling HandlingOf(string? word) => (word ?? "parties") switch
    {
        "parties" => Handling.Parties,
        "public" => Handling.Public,
        "room" => Handling.Room,
        _ => throw new RefusedException("finding.handling", "A finding is for the room, the parties or the public once it is adopted.", "handling"),
    };
}
