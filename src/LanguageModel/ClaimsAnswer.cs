using System.Text;
using System.Text.Json;
using Safeconduct.Intake.Texts.Suggested;
using Safeconduct.Statements;

namespace Safeconduct.LanguageModel;

/// <summary>A model's answer, read strictly (<c>formats/suggested-claims.md</c>). A claim of another form is left out; an answer of another form gives none.</summary>
internal static class ClaimsAnswer
{
    private const int Deepest = 8;

    private static readonly Encoding Strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly JsonDocumentOptions Form = new() { MaxDepth = Deepest, AllowDuplicateProperties = false };

    public static IReadOnlyList<SuggestedClaim?> Read(string answer, List<Problem> problems)
    {
        if (string.IsNullOrWhiteSpace(answer))
        {
            problems.Add(new("model.answer-empty", "The model answered nothing; the text was read by the rules alone."));
            return [];
        }

        try
        {
            using var json = JsonDocument.Parse(Strict.GetBytes(Unfenced(answer.Trim())), Form);
            if (json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty("claims", out var claims) && claims.ValueKind is JsonValueKind.Array)
            {
                return Claims(claims, problems);
            }

            problems.Add(new("model.answer-shape", "The model's answer is no object with a list \"claims\"; the text was read by the rules alone."));
        }
        catch (Exception e) when (e is JsonException or EncoderFallbackException)
        {
            problems.Add(new("model.answer-not-json", $"The model's answer is no JSON of the form asked for, or breaks off; the text was read by the rules alone. It begins '{Shown.Short(answer)}'."));
        }

        return [];
    }

    /// <summary>One fence of code around the whole answer is a habit and no content. Anything else around it is.</summary>
    private static string Unfenced(string answer)
    {
        var line = answer.IndexOf('\n', StringComparison.Ordinal);
        return line > 0 && answer[..line].TrimEnd() is "```" or "```json" && answer.EndsWith("```", StringComparison.Ordinal) && answer.Length - 3 > line ? answer[(line + 1)..^3] : answer;
    }

    private static List<SuggestedClaim?> Claims(JsonElement list, List<Problem> problems)
    {
        var (claims, number, total) = (new List<SuggestedClaim?>(), 0, list.GetArrayLength());
        if (total > HeldToText.MostSuggestions)
        {
            problems.Add(new("suggested.too-many", $"{Shown.Grouped(total)} claims are suggested; only the first {Shown.Number(HeldToText.MostSuggestions)} were looked at. Cut the text into parts."));
        }

        foreach (var claim in list.EnumerateArray().Take(HeldToText.MostSuggestions))
        {
            number++;
            try
            {
                claims.Add(Claim(claim));
            }
            catch (RefusedException refused)
            {
                problems.Add(refused.Problem with { Place = $"suggestion {Shown.Number(number)}" });
                claims.Add(null);
            }
        }

        return claims;
    }

    private static SuggestedClaim Claim(JsonElement claim) => new()
    {
        Quote = Text(claim, "quote"),
        Offset = Part(claim, "start") is { ValueKind: JsonValueKind.Number } start && start.TryGetInt64(out var at) ? at : null,
        Source = Text(claim, "source"),
        Via = Part(claim, "via") is { } via ? Names(via) : [],
        Kind = Text(claim, "kind"),
        Quantity = Part(claim, "quantity") is { } quantity ? new(Text(quantity, "words"), Number(quantity, "low"), Number(quantity, "high")) : null,
        Category = Text(claim, "category"),
        Harm = Text(claim, "harm"),
        Place = Text(claim, "place"),
        When = Part(claim, "when") is { } when ? new(Text(when, "words"), Text(when, "date")) : null,
        Status = Text(claim, "status"),
    };

    /// <summary>Null where it is missing or null.</summary>
    private static JsonElement? Part(JsonElement of, string name) =>
        of.ValueKind is not JsonValueKind.Object ? throw Misformed("it") : of.TryGetProperty(name, out var part) && part.ValueKind is not JsonValueKind.Null ? part : null;

    private static string? Text(JsonElement of, string name) => Part(of, name) is { } part ? Words(part, name) : null;

    private static string Words(JsonElement part, string named)
    {
        try
        {
            return part.ValueKind is JsonValueKind.String ? part.GetString()! : throw Misformed($"\"{named}\"");
        }
        catch (InvalidOperationException)
        {
            // Half of a character, written as an escape.
            throw Misformed($"\"{named}\"");
        }
    }

    private static decimal? Number(JsonElement of, string name) => Part(of, name) is not { } part ? null
        : part.ValueKind is JsonValueKind.Number && part.TryGetDecimal(out var number) ? number : throw Misformed($"\"{name}\"");

    private static List<string> Names(JsonElement via) =>
        via.ValueKind is JsonValueKind.Array ? [.. via.EnumerateArray().Select(v => Words(v, "via"))] : throw Misformed("\"via\"");

    private static RefusedException Misformed(string what) => new("model.claim-shape", $"The suggestion was left out: {what} is not of the form that was asked for.");
}
