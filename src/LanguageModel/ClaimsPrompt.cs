using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using Safeconduct.Intake.Texts;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Intake.Texts.Suggested;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;

namespace Safeconduct.LanguageModel;

/// <summary>What a model is asked. The wording is a file, and its first line is its version.</summary>
internal static class ClaimsPrompt
{
    private static readonly string File = Embedded();

    public static string Version { get; } = File[..File.IndexOf('\n', StringComparison.Ordinal)];

    public static IList<ChatMessage> For(TextRequest request)
    {
        var fence = Fence(request.Original);
        var ask = File[(Version.Length + 1)..]
            .Replace("{fence}", fence, StringComparison.Ordinal)
            .Replace("{kinds}", string.Join(", ", Token.All<ClaimKind>()), StringComparison.Ordinal)
            .Replace("{statuses}", string.Join(", ", Token.All<Modality>()), StringComparison.Ordinal)
            .Replace("{most}", HeldToText.MostSuggestions.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var published = request.Published is { } day ? day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) : "not known";
        return [new(ChatRole.System, ask), new(ChatRole.User, $"Published: {published}\n{fence}\n{request.Original}\n{fence}")];
    }

    /// <summary>A line that the text can't hold, because it is made from the text: whoever writes it in would change it. The same text has the same fence.</summary>
    private static string Fence(string text) => "TEXT-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Embedded()
    {
        using var stream = typeof(ClaimsPrompt).Assembly.GetManifestResourceStream("claims.txt") ?? throw new InvalidOperationException("claims.txt is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
