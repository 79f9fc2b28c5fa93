using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Safeconduct.Intake.Texts;
using Safeconduct.Intake.Texts.Confirming;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Intake.Typed;
using Safeconduct.Record.Books;
using Safeconduct.Server.Access;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Situation;
using Safeconduct.Server.Statements;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Server.Texts;

/// <param name="Why">One sentence: how the statement of the book stands to the claim.</param>
internal sealed record BesideAnswer(string Id, string Likeness, string Why, string Wording);

/// <param name="Claim">Its place among the claims sent, from 0.</param>
/// <param name="Wording">In what words the statement would stand.</param>
internal sealed record DraftAnswer(int Claim, string Id, string Kind, string Wording, string SaidBy, string About, string? AboutWords, IReadOnlyList<BesideAnswer> Beside);

/// <param name="Recorded">Statements recorded now.</param>
internal sealed record ReviewAnswer(bool Dry, string Sha256, IReadOnlyList<DraftAnswer> Drafts, IReadOnlyList<string> Ids, int Recorded, int AlreadyThere);

internal sealed record ReviewedClaimAnswer(int? Proposal, int Start, int End, string Kind, string Act, string? Statement);

internal sealed record TextReviewAnswer(string Published, string Publisher, string Lexicon, IReadOnlyList<ReviewedClaimAnswer> Claims);

internal sealed record TextAnswer(string Sha256, string Text, string Language, string Citation, IReadOnlyList<TextReviewAnswer> Reviews);

/// <summary>
/// A pasted text: its proposed claims, and the review in which a person lets some of them stand. Reading records nothing and keeps nothing. The review, the text and the statements
/// are recorded in one act, and twice is once.
/// </summary>
internal static class TextEndpoints
{
    /// <summary>What a person goes through on a page; longer texts are for the command.</summary>
    private const int LongestText = 200_000;

    /// <summary>A text of the greatest length as JSON may write it, with the decisions.</summary>
    private const long LargestRequest = 4 * 1024 * 1024;

    private static readonly JsonWriterOptions Writing = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Map(RouteGroupBuilder api)
    {
        var texts = api.MapGroup("/operations/{op}/texts");
        texts.MapPost("/read", Read).Requires(Act.Import).WithMetadata(new RequestSizeLimitAttribute(LargestRequest));
        texts.MapPost("", Confirm).Requires(Act.Import).WithMetadata(new RequestSizeLimitAttribute(LargestRequest));
        texts.MapGet("/{sha256}", Text).Requires(Act.ReadText);
    }

    private static async Task<IResult> Read(string op, ReadTextRequest request, HttpContext context, HostedOperations operations, TimeProvider clock)
    {
        var operation = operations.Get(op);
        var (text, published) = (TextOf(request.Text), MomentOf(request.Published, operation.Operation));
        var page = operation.Page;
        var shown = Asked.Of(context, operation).Shown(page, operation, clock.GetUtcNow());
        var bytes = await Task.Run(
            () =>
            {
                var reading = TextIntake.Read(new TextRequest(text, published.Date, LanguageOf(request.Language), operation.Operation.Gazetteer), Unless(context));
                var sources = new KnownSources(shown);
                var alike = AlikeIn(page, shown, operation.Operation);
                var reviewed = new ReviewedText(text, reading.Language, published, Unsettled("publisher"));
                var review = new Review(reviewed, reading, Unsettled, places: operation.Operation.Gazetteer);
                using var answer = new MemoryStream();
                using (var json = new Utf8JsonWriter(answer, Writing))
                {
                    ProposalsForm.Write(json, reading, more: p => WriteDraft(json, p, review, sources, alike, page), last: () => WriteNames(json, reading, sources, request.Publisher));
                }

                return answer.ToArray();
            },
            context.RequestAborted);
        return Results.Bytes(bytes, "application/json; charset=utf-8");
    }

    /// <summary>Asked with <c>dry=true</c> it says in what words each claim would stand and what the book holds beside it, and records nothing.</summary>
    private static async Task<IResult> Confirm(string op, bool? dry, ReviewRequest request, HttpContext context, HostedOperations operations, AuditLog audit, TimeProvider clock)
    {
        var operation = operations.Get(op);
        var (text, published, isDry) = (TextOf(request.Text), MomentOf(request.Published, operation.Operation), dry is true);
        var page = operation.Page;
        var shown = Asked.Of(context, operation).Shown(page, operation, clock.GetUtcNow());
        var reading = await Task.Run(() => TextIntake.Read(new TextRequest(text, published.Date, LanguageOf(request.Language), operation.Operation.Gazetteer), Unless(context)), context.RequestAborted);
        if (request.Lexicon is { } lexicon && lexicon != reading.Lexicon)
        {
            throw new ServerRefusal(StatusCodes.Status409Conflict, "text.lexicon-changed", "The rules of reading changed since these claims were shown; read the text again. Nothing was recorded.");
        }

        var sources = new KnownSources(shown);
        var choices = (request.Sources ?? []).Where(s => s.Name is not null).GroupBy(s => s.Name!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Choice(), StringComparer.Ordinal);
        var chosen = new Dictionary<string, Source>(StringComparer.Ordinal);
        Source Named(string name) => chosen.TryGetValue(name, out var known) ? known : chosen[name] = isDry ? Settled(sources, name, choices.GetValueOrDefault(name)) : sources.Choose(name, choices.GetValueOrDefault(name));
        var publisher = PublisherOf(request.Publisher, sources, isDry);
        chosen[publisher.Name] = publisher;
        var handling = request.Handling is { } h ? Tokens.Of<Handling>(h, "handling") : Handling.Room;
        var reviewed = new ReviewedText(text, reading.Language, published, publisher, request.Title is { Length: > 0 } title ? title[..Math.Min(title.Length, 400)] : null, handling);
        var decisions = (request.Claims ?? []).Select((c, i) => c.Read(reading, operation.Operation)).ToList();
        var review = new Review(reviewed, reading, Named, id => page.Find(id.Value) is not null, operation.Operation.Gazetteer);
        var confirmation = review.Of(decisions, request.Rejected ?? []);
        if (isDry)
        {
            var alike = AlikeIn(page, shown, operation.Operation);
            return Results.Json(new ReviewAnswer(true, reviewed.Sha256, [.. decisions.Select((d, i) => DraftOf(i, review.Draft(d), alike, page))], [], 0, 0));
        }

        var record = RecordOf(reviewed, reading, confirmation);
        var taken = await operation.Write((book, _) => book.EnterReviewed(record, Encoding.UTF8.GetBytes(text), confirmation.Statements, operations.Now));
        audit.Add(op, context.Member().Account, RoleWords.Of(context.Member().Roles), "reviewed-text", reviewed.Sha256, InWords(confirmation, reading));
        return Results.Json(
            new ReviewAnswer(false, reviewed.Sha256, [], [.. confirmation.Statements.Select(s => s.Id.Value)], taken.Recorded.Count, taken.AlreadyThere),
            statusCode: taken.Recorded.Count > 0 ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<TextAnswer> Text(string op, string sha256, HttpContext context, HostedOperations operations, AuditLog audit)
    {
        var operation = operations.Get(op);
        if (Asked.Of(context, operation).Audience is not Audience.Room || sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower))
        {
            throw ServerRefusal.NotFound();
        }

        var bytes = await operation.ReadLog((book, _) => book.FindText(sha256)) ?? throw ServerRefusal.NotFound("text.not-found", "There is no such text here, or it can't be opened.");
        var member = context.Member();
        audit.Add(op, member.Account, RoleWords.Of(member.Roles), "read-text", sha256);
        var reviews = Book.ReviewsOf(sha256, operation.Page.Book.Documents).ToList();
        return new TextAnswer(sha256, Encoding.UTF8.GetString(bytes.Span), reviews[0].Language, reviews[0].Citation,
            [.. reviews.Select(r => new TextReviewAnswer(r.Published, r.Publisher, r.Lexicon, [.. r.Claims.Select(c => new ReviewedClaimAnswer(c.Proposal, c.Start, c.End, c.Kind, c.Act, c.Statement?.Value))]))]);
    }

    private static string TextOf(string? text)
    {
        var given = text ?? "";
        if (given.Length > LongestText)
        {
            throw new ServerRefusal(StatusCodes.Status413PayloadTooLarge, "text.too-long", $"A text of more than {Shown.Grouped(LongestText)} characters is not reviewed on a page; this has {Shown.Grouped(given.Length)}. Use the command propose, or paste a part of it.");
        }

        return TextFile.Refusal(given) is { } problem ? throw new RefusedException(problem.Code, problem.Message, "text") : given;
    }

    private static Moment MomentOf(string? published, Operation operation) => published is { Length: > 0 } at
        ? TypedTime.Moment(at, operation.Zone)
        : throw new RefusedException("text.published", "Say on which day the text was published: weekdays and \"yesterday\" count from it.", "published");

    private static string? LanguageOf(string? language) => language is not { Length: > 0 } given ? null
        : given.Length is >= 2 and <= 35 && given.All(c => char.IsAsciiLetterOrDigit(c) || c is '-') ? given
        : throw new RefusedException("words.language", $"'{Shown.Short(given)}' is not a language tag; write it as \"ar\", \"en\", or leave it out.", "language");

    private static Source PublisherOf(SourceRequest? publisher, KnownSources sources, bool isDry)
    {
        var name = publisher?.Name?.Trim() ?? "";
        if (name.Length is 0 or > 200)
        {
            return isDry ? Unsettled("publisher") : throw new RefusedException("text.publisher", "Say whose text it is, in 1 to 200 characters.", "publisher");
        }

        // A name that is one source's own is that source; the kind that came along is for one that is new.
        var choice = publisher!.Choice();
        var settled = choice.Known is null && sources.Find(name) is { Same: not null } ? new SourceChoice(null, null) : choice;
        return isDry ? Settled(sources, name, settled) : sources.Choose(name, settled);
    }

    /// <summary>A name as it stands, for drafts: nobody has said yet who it is.</summary>
    private static Source Unsettled(string name) => new(new SourceId(Token.Slug(name) is { Length: > 0 } slug ? slug : "source"), name, SourceKind.Witness);

    private static Source Settled(KnownSources sources, string name, SourceChoice? choice)
    {
        try
        {
            return sources.Choose(name, choice);
        }
        catch (RefusedException)
        {
            return Unsettled(name);
        }
    }

    private static Action<int> Unless(HttpContext context) => _ => context.RequestAborted.ThrowIfCancellationRequested();

    private static Alike AlikeIn(BookPage page, IReadOnlyList<Statement> shown, Operation operation) =>
        new(shown.Where(s => !page.Standing.ContainsKey(s.Id)), operation.Zone, operation.TolerancePercent);

    private static DraftAnswer DraftOf(int at, Statement s, Alike alike, BookPage page) =>
        new(at, s.Id.Value, s.Said.Kind, s.Wording, s.SaidBy.Name, s.About.ToString(), s.About.Words, [.. alike.Of(s).Select(b => BesideOf(b, page))]);

    private static BesideAnswer BesideOf(Beside b, BookPage page) => new(b.Id.Value, Token.Of(b.Likeness), b.Why, page.Find(b.Id.Value)?.Statement.Wording ?? "");

    /// <summary>What the proposal would come to as it stands: its wording, and what the book holds beside it; or why it can't stand yet.</summary>
    private static void WriteDraft(Utf8JsonWriter json, Proposal proposal, Review review, KnownSources sources, Alike alike, BookPage page)
    {
        var (statement, problem) = Drafted(proposal, review);
        json.WriteString("problem", problem);
        if (statement is null)
        {
            json.WriteNull("draft");
            return;
        }

        // What the book holds of the same speaker is found by the speaker's own id, where the name is plain.
        var saidBy = sources.Find(statement.SaidBy.Name).Same ?? statement.SaidBy;
        var settled = statement with { Chain = statement.Chain with { SaidBy = saidBy } };
        json.WritePropertyName("draft");
        JsonSerializer.Serialize(json, DraftOf(proposal.Number, settled, alike, page), Snake);
    }

    private static (Statement? Statement, string? Problem) Drafted(Proposal proposal, Review review)
    {
        try
        {
            return (review.Draft(new ClaimDecision(proposal.Number)), null);
        }
        catch (RefusedException refused) when (refused.Problem.Code == "place.ambiguous")
        {
            return (Drafted(new ClaimDecision(proposal.Number, new ClaimEdits(Places: new())), review), refused.Problem.Message);
        }
        catch (RefusedException refused)
        {
            return (null, refused.Problem.Message);
        }
    }

    private static Statement? Drafted(ClaimDecision decision, Review review)
    {
        try
        {
            return review.Draft(decision);
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    /// <summary>Every name that speaks in the text, and whom it may stand for.</summary>
    private static void WriteNames(Utf8JsonWriter json, TextReading reading, KnownSources sources, string? publisher)
    {
        var names = reading.Proposals.SelectMany(p => p.Via.Append(p.Source)).OfType<Speaker>().Select(s => s.Name).Prepend(publisher?.Trim() ?? "").Where(n => n.Length > 0).Distinct(StringComparer.Ordinal);
        json.WritePropertyName("names");
        JsonSerializer.Serialize(json, names.Select(n => sources.Find(n)).Select(NameOf), Snake);
        json.WritePropertyName("known_sources");
        JsonSerializer.Serialize(json, sources.All.Select(StatementView.SourceOf), Snake);
    }

    private static object NameOf(NamedInText found) => new
    {
        found.Name,
        Same = found.Same is { } same ? StatementView.SourceOf(same) : null,
        Candidates = found.Candidates.Select(StatementView.SourceOf),
        LikelyKind = found.LikelyKind is { } kind ? Token.Of(kind) : null,
    };

    private static TextReview RecordOf(ReviewedText text, TextReading reading, Confirmation confirmation) => new(
        text.Sha256, text.Language, text.Published.ToString(), text.Publisher.Id.Value, text.Citation, reading.Lexicon,
        [.. confirmation.Claims.Select(c => new ReviewedClaim(c.Proposal, c.Span.Start, c.Span.End, Token.Of(c.Kind), Token.Of(c.Act), c.Statement))]);

    /// <summary>For the audit log: counts and numbers, and no words of the text.</summary>
    private static string InWords(Confirmation confirmation, TextReading reading)
    {
        var acts = confirmation.Claims.GroupBy(c => c.Act).OrderBy(g => g.Key).Select(g =>
            $"{Token.Of(g.Key)} {Shown.Number(g.Count())}{(g.Any(c => c.Proposal is not null) ? $" ({string.Join(' ', g.Take(200).Select(c => Shown.Number(c.Proposal ?? 0)))})" : "")}");
        return $"{string.Join("; ", acts)}; rules {reading.Lexicon}";
    }

    private static readonly JsonSerializerOptions Snake = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
