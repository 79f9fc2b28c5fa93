using NodaTime;
using NodaTime.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Reports.Publishing;

/// <summary>
/// That the head of mission lets a copy of the record leave the room with bodies that are for the room: to whom, why, and of what. Recorded before the copy is made, so that
/// the copy carries it. Byte layout: <c>formats/release.md</c>.
/// </summary>
/// <param name="ReleasedBy">The head of mission, by name: whoever receives the copy must be able to ask.</param>
/// <param name="To">The person or office that receives it.</param>
/// <param name="Scope">What goes along, in words: everything, or which part.</param>
/// <exception cref="RefusedException"><c>release.no-name</c>, <c>release.no-recipient</c>, <c>release.no-reason</c>.</exception>
public sealed record Release(string ReleasedBy, string To, string Reason, string Scope, Instant At)
{
    public const string Media = "application/vnd.safeconduct.release+json";
    private const int LongestName = 200;
    private const int LongestReason = 2000;

    public string ReleasedBy { get; } = Said(ReleasedBy, LongestName, "release.no-name", "Say who releases it: the head of mission, by name.", "released_by");

    public string To { get; } = Said(To, LongestName, "release.no-recipient", "Say to whom the copy goes: a person or an office.", "to");

    public string Reason { get; } = Said(Reason, LongestReason, "release.no-reason", "Say why it is released.", "reason");

    /// <summary>The scope of a release, in the words by which a copy is later held to it.</summary>
    public static string ScopeOf(Part? part) => part is null ? "everything the room has" : $"a part: {part.Words}";

    /// <exception cref="RefusedException">It is not a release; the place says where.</exception>
    public static Release Read(ReadOnlyMemory<byte> bytes)
    {
        using var document = Documents.Open(bytes);
        var f = new Fields(document.RootElement, "release");
        f.Only("v", "released_by", "to", "reason", "scope", "at");
        return new(f.Text("released_by", LongestName), f.Text("to", LongestName), f.Text("reason", LongestReason), f.Text("scope", LongestReason), Documents.InstantOf(f, "at"));
    }

    public byte[] ToBytes() => Documents.Written(json =>
    {
        json.WriteString("released_by", ReleasedBy);
        json.WriteString("to", To);
        json.WriteString("reason", Reason);
        json.WriteString("scope", Scope);
        json.WriteString("at", InstantPattern.General.Format(At));
    });

    private static string Said(string text, int longest, string code, string message, string place) =>
        text.Trim() is { Length: > 0 } trimmed && trimmed.Length <= longest && !trimmed.Any(char.IsControl) ? trimmed : throw new RefusedException(code, $"{message} At most {Shown.Grouped(longest)} characters, in one line.", place);
}
