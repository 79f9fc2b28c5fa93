using System.Text;
using Microsoft.Extensions.AI;
using Safeconduct.Intake.Texts;
using Safeconduct.Intake.Texts.Suggested;
using Safeconduct.Statements;

namespace Safeconduct.LanguageModel;

/// <summary>
/// A language model beside the rules, behind the same interface. The rules read first, and their proposals are there whatever the model does; its suggestions are held to the
/// text (<see cref="HeldToText"/>) before anybody sees them. It is given no tools, is asked twice at most, and only after an operator's yes. Where it fails, a remark says so.
/// </summary>
/// <param name="rules">Reads first and always.</param>
/// <param name="client">Whatever the operator chose; never trusted to stop, to keep to a form or to say what is so. Who made it disposes of it.</param>
public sealed class ChatExtractor(IExtractor rules, IChatClient client, ChatSettings settings) : IExtractor
{
    private const int MostAttempts = 2;

    public async ValueTask<TextReading> Read(TextRequest request, Action<int>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reading = await rules.Read(request, progress, stop);
        if (!settings.TextsMayLeave)
        {
            return With(reading, new Problem("model.off", "No language model was asked: the operator has not allowed texts to leave."));
        }

        if (request.Original.Length > settings.LongestText)
        {
            return With(reading, new Problem("model.text-too-long", $"No language model was asked: the text has more than {Shown.Grouped(settings.LongestText)} characters. Cut it into parts."));
        }

        var (answer, problem) = await Ask(request, stop);
        var problems = problem is null ? new List<Problem>() : [problem];
        var suggestions = answer is null ? [] : ClaimsAnswer.Read(answer, problems);
        reading = With(reading, [.. problems]);
        if (suggestions.Count == 0)
        {
            return reading;
        }

        var held = HeldToText.Read(request, suggestions, reading);
        return held with { Lexicon = $"{held.Lexicon} ({ClaimsPrompt.Version})" };
    }

    private static TextReading With(TextReading reading, params Problem[] remarks) => remarks.Length == 0 ? reading : reading with { Problems = [.. reading.Problems, .. remarks] };

    /// <summary>The answer, or why there is none. The second attempt is for a line that broke; a bad answer is not asked for again.</summary>
    private async Task<(string? Answer, Problem? Problem)> Ask(TextRequest request, CancellationToken stop)
    {
        var messages = ClaimsPrompt.For(request);
        var options = new ChatOptions { ModelId = settings.Model, Temperature = 0, MaxOutputTokens = settings.MostTokens, ResponseFormat = ChatResponseFormat.Json, ToolMode = ChatToolMode.None };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(settings.Longest);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // In a task of its own: a client that never looks at the token is left behind, and nobody waits for it.
                var answer = await Task.Run(() => Collect(messages, options, limit.Token), limit.Token).WaitAsync(limit.Token);
                return answer is null
                    ? (null, new("model.answer-too-long", $"The model's answer has more than {Shown.Grouped(settings.LongestAnswer)} characters; the text was read by the rules alone."))
                    : (answer, null);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                throw new OperationCanceledException(stop);
            }
            catch (Exception) when (limit.IsCancellationRequested)
            {
                return (null, new("model.too-slow", $"The model did not answer within {Shown.Number((long)settings.Longest.TotalSeconds)} seconds; the text was read by the rules alone."));
            }
            catch (Exception e)
            {
                // What a client throws may hold an address or a key: its type alone is shown.
                if (attempt == MostAttempts)
                {
                    return (null, new("model.failed", $"The model could not be asked ({Shown.Short(e.GetType().Name)}); the text was read by the rules alone."));
                }
            }
        }
    }

    /// <summary>Null where it does not end.</summary>
    private async Task<string?> Collect(IList<ChatMessage> messages, ChatOptions options, CancellationToken stop)
    {
        var answer = new StringBuilder();
        var pieces = 0;
        await foreach (var piece in client.GetStreamingResponseAsync(messages, options, stop).WithCancellation(stop))
        {
            stop.ThrowIfCancellationRequested();
            answer.Append(piece?.Text);
            if (answer.Length > settings.LongestAnswer || ++pieces > settings.LongestAnswer)
            {
                return null;
            }
        }

        return answer.ToString();
    }
}
