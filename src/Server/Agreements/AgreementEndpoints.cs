using System.Text;
using Microsoft.AspNetCore.Mvc;
using Safeconduct.Record.Books;
using Safeconduct.Server.Access;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Live;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Situation;
using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Agreements.Wording;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Server.Agreements;

/// <summary>One thing to say about the text: where it stands, from 1, and what would have been understood there.</summary>
/// <param name="Field">The field of the form it stands in; null where it is of the text.</param>
internal sealed record AgreementProblem(string Code, string Message, int Line, int Column, int Length, string Severity, string? Expected, string? Suggestion, string? Field)
{
    public static AgreementProblem Of(WordingProblem p) => new(p.Code, p.Message, p.At.Line, p.At.Column, p.Length, Token.Of(p.Severity), p.Expected, p.Suggestion, null);

    public static AgreementProblem Of(FormProblem p) => Of(p.Problem) with { Field = p.Field };
}

/// <param name="By">The statement that changed it; null where a clock ran out.</param>
/// <param name="KnownAt">When the reading changed, by when the statement could be known; null where it was so from the start.</param>
/// <param name="About">The time that the statement speaks of.</param>
internal sealed record ReadingChange(string Term, string Title, string? Before, string After, bool Forbids, bool Provisional, string? KnownAt, string? By, string? About, string Sentence);

internal sealed record AgreementTextRequest(string? Text);

internal sealed record ClauseAnswers(string? Template, IReadOnlyDictionary<string, string>? Answers);

/// <param name="Number">Of the term that is written anew; null for a new one.</param>
/// <param name="Term">What stands in the fields of the term itself, by their names.</param>
internal sealed record AgreementFormRequest(string? Text, string? Number, IReadOnlyDictionary<string, string>? Term, IReadOnlyList<ClauseAnswers>? Clauses);

internal sealed record ProseAnswer(string Number, string Title, IReadOnlyList<string> About, IReadOnlyList<string> Asks);

/// <param name="Formatted">The same agreement as the formatter writes it; null where the text has errors.</param>
internal sealed record AgreementCheckAnswer(bool Understood, IReadOnlyList<AgreementProblem> Problems, IReadOnlyList<string> Head, IReadOnlyList<ProseAnswer> Terms, string? Formatted);

internal sealed record AgreementKeptAnswer(bool Changed, int Terms, IReadOnlyList<AgreementProblem> Problems);

internal sealed record FieldAnswer(string Name, string Label, string Kind, bool Required, IReadOnlyList<string> Choices);

internal sealed record TemplateAnswer(string Name, string Label, IReadOnlyList<FieldAnswer> Fields);

/// <param name="Places">Names that may stand for a place: the agreement's own, then those of the list of places.</param>
internal sealed record AgreementFormAnswer(IReadOnlyList<TemplateAnswer> Templates, IReadOnlyList<FieldAnswer> TermFields, IReadOnlyList<FieldAnswer> OccurrenceFields, IReadOnlyList<FieldAnswer> TotalFields, IReadOnlyList<string> Signatories, IReadOnlyList<string> Places);

/// <param name="Text">The whole agreement with the term in it, as the formatter writes it; null where something is wrong. It is not kept.</param>
internal sealed record AgreementFilledAnswer(string? Text, string? Number, IReadOnlyList<AgreementProblem> Problems);

/// <summary>
/// The agreement of an operation: how its terms read, how that changed, and the text from which they are read. A text is kept whole or not at all; the newest one holds, and
/// those before it stay in the record.
/// </summary>
internal static class AgreementEndpoints
{
    /// <summary>Four million bytes of text, as JSON may write them.</summary>
    private const long LargestText = 2 * AgreementReader.MostBytes + 64 * 1024;

    public static void Map(RouteGroupBuilder api)
    {
        var agreement = api.MapGroup("/operations/{op}/agreement");
        agreement.MapGet("", Read).Requires(Act.ReadSituation);
        agreement.MapGet("/history", History).Requires(Act.FollowTerms);
        agreement.MapPut("", Enter).Requires(Act.EnterAgreement).WithMetadata(new RequestSizeLimitAttribute(LargestText));
        agreement.MapPost("/check", Check).Requires(Act.EnterAgreement).WithMetadata(new RequestSizeLimitAttribute(LargestText));
        agreement.MapGet("/form", Form).Requires(Act.EnterAgreement);
        agreement.MapPost("/form", Fill).Requires(Act.EnterAgreement).WithMetadata(new RequestSizeLimitAttribute(LargestText));
    }

    private static async Task<IResult> Read(string op, HttpContext context, HostedOperations operations, Assessments assessments, TimeProvider clock)
    {
        var operation = operations.Get(op);
        var asked = Asked.Of(context, operation);
        var page = operation.Page;
        var (assessed, size) = await assessments.Of(operation, asked);
        var document = AgreementView.Of(assessed, page, asked, asked.Shown(page, operation, clock.GetUtcNow()), size);
        return Results.Text(document.ToJsonString(AgreementView.Snake), "application/json", Encoding.UTF8);
    }

    private static async Task<IReadOnlyList<ReadingChange>> History(string op, string? term, HttpContext context, HostedOperations operations, Assessments assessments, TimeProvider clock)
    {
        var operation = operations.Get(op);
        var asked = Asked.Of(context, operation);
        var page = operation.Page;
        var changes = await assessments.History(operation, asked);
        var shown = asked.Shown(page, operation, clock.GetUtcNow()).ToDictionary(s => s.Id);
        return
        [
            .. changes.Where(c => term is null || c.Term.Number == term).Select(c => new ReadingChange(
                c.Term.Number,
                c.Term.Title,
                c.Before is { } before ? Token.Of(before) : null,
                Token.Of(c.After),
                c.Term.Clauses.All(x => x is Clause.Never),
                c.IsProvisional,
                c.KnownAt == NodaTime.Instant.MinValue ? null : AgreementView.At(c.KnownAt, operation.Operation),
                c.By?.Value,
                c.By is { } by ? shown.GetValueOrDefault(by)?.About.ToString() : null,
                c.Sentence)),
        ];
    }

    private static async Task<IResult> Enter(string op, AgreementTextRequest request, HttpContext context, HostedOperations operations, AuditLog audit, LiveFeed feed)
    {
        var operation = operations.Get(op);
        var text = request.Text ?? "";
        var written = await Task.Run(() => AgreementReader.Read(text, operation.Operation));
        if (written.Agreement is not { } agreement)
        {
            return NotKept(written);
        }

        var receipt = await operation.Write((book, _) => book.Keep(DocumentMedia.Agreement, Encoding.UTF8.GetBytes(text), operations.Now));
        if (receipt is not null)
        {
            audit.Add(op, context.Member().Account, RoleWords.Of(context.Member().Roles), "entered-agreement", Shown.Number(receipt.Index.Value));
            feed.Desk(operation, "agreement", Audience.Room);
        }

        return Results.Json(new AgreementKeptAnswer(receipt is not null, agreement.Terms.Count, Problems(written)), statusCode: receipt is null ? StatusCodes.Status200OK : StatusCodes.Status201Created);
    }

    private static async Task<AgreementCheckAnswer> Check(string op, AgreementTextRequest request, HostedOperations operations)
    {
        var operation = operations.Get(op).Operation;
        var written = await Task.Run(() => AgreementReader.Read(request.Text ?? "", operation));
        return written.Agreement is { } agreement
            ? new AgreementCheckAnswer(true, Problems(written), AgreementProse.Head(agreement, operation), [.. AgreementProse.Of(agreement, operation).Select(t => new ProseAnswer(t.Number, t.Title, t.About, t.Asks))], AgreementText.Of(written, operation))
            : new AgreementCheckAnswer(false, Problems(written), [], [], null);
    }

    private static AgreementFormAnswer Form(string op, HostedOperations operations)
    {
        var operation = operations.Get(op);
        var agreement = operation.Page.Agreement;
        return new AgreementFormAnswer(
            [.. AgreementForm.Templates.Select(t => new TemplateAnswer(t.Name, t.Label, Fields(t.Fields)))],
            Fields(AgreementForm.TermFields),
            Fields(AgreementForm.OccurrenceFields),
            Fields(AgreementForm.TotalFields),
            [.. (agreement?.Parties ?? []).Concat(agreement?.Guarantors ?? []).Select(s => s.Name).Distinct(StringComparer.Ordinal)],
            [.. (agreement?.Places ?? []).Select(p => p.Name).Concat(operation.Operation.Gazetteer.Places.Select(p => p.Id.Value)).Distinct(StringComparer.Ordinal)]);
    }

    private static async Task<AgreementFilledAnswer> Fill(string op, AgreementFormRequest request, HostedOperations operations)
    {
        var operation = operations.Get(op).Operation;
        return await Task.Run(() => Filled(request, operation));
    }

    private static AgreementFilledAnswer Filled(AgreementFormRequest request, Operation operation)
    {
        var written = AgreementReader.Read(request.Text ?? "", operation);
        if (written.Agreement is not { } agreement)
        {
            return new AgreementFilledAnswer(null, null, Problems(written));
        }

        var number = request.Number is { Length: > 0 } given ? given : AgreementForm.NextNumber(agreement);
        var replaced = agreement with { Terms = [.. agreement.Terms.Where(t => t.Number != number)] };
        var clauses = (request.Clauses ?? []).Select(c => new FormAnswers(c.Template ?? "", c.Answers ?? new Dictionary<string, string>(StringComparer.Ordinal))).ToList();
        var filled = AgreementForm.FillTerm(number, request.Term ?? new Dictionary<string, string>(StringComparer.Ordinal), clauses, replaced, operation);
        IReadOnlyList<AgreementProblem> problems = [.. filled.Problems.Select(AgreementProblem.Of)];
        return filled.Value is { } term
            ? new AgreementFilledAnswer(AgreementText.Of(written with { Agreement = AgreementForm.Added(agreement, term) }, operation), number, problems)
            : new AgreementFilledAnswer(null, number, problems);
    }

    /// <summary>As every refusal is answered, with all that is wrong beside the first of it.</summary>
    private static IResult NotKept(WrittenAgreement written)
    {
        var first = written.Errors.First();
        var problem = ProblemAnswers.Of(StatusCodes.Status422UnprocessableEntity, first.Code, $"{first.AsProblem().Message} Nothing was kept.", first.AsProblem().Place);
        problem.Extensions["problems"] = System.Text.Json.JsonSerializer.SerializeToElement(Problems(written), AgreementView.Snake);
        return Results.Json(problem, (System.Text.Json.JsonSerializerOptions?)null, "application/problem+json", StatusCodes.Status422UnprocessableEntity);
    }

    private static IReadOnlyList<AgreementProblem> Problems(WrittenAgreement written) => [.. written.Problems.Select(AgreementProblem.Of)];

    private static IReadOnlyList<FieldAnswer> Fields(IReadOnlyList<FormField> fields) => [.. fields.Select(f => new FieldAnswer(f.Name, f.Label, Token.Of(f.Kind), f.Required, f.Choices))];
}
