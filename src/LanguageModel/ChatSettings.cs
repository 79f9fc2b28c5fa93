namespace Safeconduct.LanguageModel;

/// <summary>What an operator has allowed, and how much of it. Nothing leaves this machine by default.</summary>
public sealed record ChatSettings
{
    /// <summary>The one switch. Off, the client is never called: a text may be confidential, and a client may send it to another organisation.</summary>
    public bool TextsMayLeave { get; init; }

    /// <summary>The model's name as its service knows it; null leaves it to the client.</summary>
    public string? Model { get; init; }

    /// <summary>For one text, both attempts together.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>In characters. A longer text is read by the rules alone.</summary>
    public int LongestText { get; init; } = 60_000;

    /// <summary>What the client is told to stop at.</summary>
    public int MostTokens { get; init; } = 16_000;

    /// <summary>In characters, and in pieces of a stream: where we stop, whatever the client was told.</summary>
    public int LongestAnswer { get; init; } = 200_000;
}
