using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Safeconduct.Record;
using Safeconduct.Statements;

namespace Safeconduct.Server.Access;

/// <summary>A refusal of the server's own: a status, a stable code and a sentence that says what to do.</summary>
public sealed class ServerRefusal(int status, string code, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public static ServerRefusal NotFound(string code = "not-found", string detail = "There is nothing here that you may see.") => new(StatusCodes.Status404NotFound, code, detail);
}

/// <summary>Refusals as problem details (RFC 9457): a stable <c>code</c>, and where there is one the <c>place</c>. What was not foreseen says nothing of the inside.</summary>
internal sealed class ProblemAnswers(ILogger<ProblemAnswers> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancel)
    {
        if (context.Response.HasStarted)
        {
            return false;
        }

        var problem = exception switch
        {
            ServerRefusal r => Of(r.Status, r.Code, r.Message),
            RefusedException r => Of(StatusCodes.Status422UnprocessableEntity, r.Problem.Code, r.Problem.Message, r.Problem.Place),
            RecordException { Code: "store.damaged" or "store.stopped" } r => Of(StatusCodes.Status503ServiceUnavailable, r.Code, r.Message),
            RecordException r => Of(StatusCodes.Status422UnprocessableEntity, r.Code, r.Message),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Of(StatusCodes.Status413PayloadTooLarge, "request.too-large", "The request is larger than this address takes; send it in parts."),
            BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Of(StatusCodes.Status415UnsupportedMediaType, "request.media-type", "Send application/json."),
            BadHttpRequestException b => Of(b.StatusCode, "request.not-understood", b.InnerException is System.Text.Json.JsonException j ? $"The request is not the JSON that is expected here, at {(j.Path is { Length: > 0 } path ? path : "its start")}." : "The request can't be read."),
            OperationCanceledException when context.RequestAborted.IsCancellationRequested => null,
            _ => Of(StatusCodes.Status500InternalServerError, "server.fault", "Something failed here that was not foreseen. What was acknowledged before is safe; try again, and tell who runs the server the time."),
        };
        if (problem is null)
        {
            return true;
        }

        if (problem.Status == StatusCodes.Status500InternalServerError)
        {
            log.Fault(exception);
        }

        await Write(context, problem);
        return true;
    }

    public static ProblemDetails Of(int status, string code, string detail, string? place = null)
    {
        var problem = new ProblemDetails { Status = status, Title = Title(status), Detail = detail, Type = "about:blank" };
        problem.Extensions["code"] = code;
        if (!string.IsNullOrEmpty(place))
        {
            problem.Extensions["place"] = place;
        }

        return problem;
    }

    public static Task Write(HttpContext context, ProblemDetails problem)
    {
        context.Response.StatusCode = problem.Status ?? StatusCodes.Status500InternalServerError;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(problem, (System.Text.Json.JsonSerializerOptions?)null, "application/problem+json");
    }

    private static string Title(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "Not understood",
        StatusCodes.Status401Unauthorized => "Not signed in",
        StatusCodes.Status403Forbidden => "Not allowed",
        StatusCodes.Status404NotFound => "Not found",
        StatusCodes.Status405MethodNotAllowed => "Asked in another way than it is answered",
        StatusCodes.Status409Conflict => "In conflict with what is here",
        StatusCodes.Status413PayloadTooLarge => "Too large",
        StatusCodes.Status415UnsupportedMediaType => "Another media type is expected",
        StatusCodes.Status422UnprocessableEntity => "Refused",
        StatusCodes.Status429TooManyRequests => "Too many requests",
        StatusCodes.Status503ServiceUnavailable => "Not available now",
        _ => "Failed",
    };
}

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "A request failed")]
    public static partial void Fault(this ILogger log, Exception exception);
}
