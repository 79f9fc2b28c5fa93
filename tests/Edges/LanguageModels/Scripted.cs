using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Safeconduct.Tests.Edges.LanguageModels;

/// <summary>A client that says what a test tells it to, and keeps what it was asked.</summary>
internal sealed class Scripted(Func<int, CancellationToken, IAsyncEnumerable<string>> script) : IChatClient
{
    public List<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> Asked { get; } = [];

    public static Scripted Says(string answer) => new((_, _) => Pieces(answer));

    public static async IAsyncEnumerable<string> Pieces(string answer)
    {
        foreach (var piece in answer.Chunk(7))
        {
            await Task.Yield();
            yield return new string(piece);
        }
    }

    /// <summary>Without end, and deaf to every request to stop.</summary>
    public static async IAsyncEnumerable<string> Endless(string piece)
    {
        while (true)
        {
            await Task.Yield();
            yield return piece;
        }
    }

    public static async IAsyncEnumerable<string> Silent()
    {
        await Task.Delay(Timeout.Infinite);
        yield return "";
    }

    public static async IAsyncEnumerable<string> Breaks(Exception with, string first = "")
    {
        yield return first;
        await Task.Yield();
        throw with;
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Asked.Add(([.. messages], options));
        await foreach (var piece in script(Asked.Count, cancellationToken))
        {
            yield return new(ChatRole.Assistant, piece);
        }
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
