using System.Text.Json;
using Safeconduct.Record.Books;

namespace Safeconduct.Server.Operations;

/// <summary>What the operation's settings document says to the field and the room: read beside what <c>formats/operation.md</c> names, and never guessed.</summary>
/// <param name="FightersTallied">Whether observers may count fighters as "of those above". Off unless the operation says so.</param>
/// <param name="DelayMinutes">How long nothing of a convoy leaves the room after its arrival is confirmed.</param>
public sealed record MissionSettings(bool FightersTallied, int DelayMinutes, IReadOnlyList<string> Languages)
{
    public const int UsualDelayMinutes = 24 * 60;

    public static MissionSettings Of(Book book)
    {
        var settings = new MissionSettings(false, UsualDelayMinutes, ["en", "ar", "fr", "ru"]);
        if (book.FindDocument(DocumentMedia.Settings) is not { } bytes)
        {
            return settings;
        }

        using var document = JsonDocument.Parse(bytes);
        var root = document.RootElement;
        return settings with
        {
            FightersTallied = root.TryGetProperty("fighters_tallied", out var fighters) && fighters.ValueKind is JsonValueKind.True,
            DelayMinutes = root.TryGetProperty("release_delay_minutes", out var delay) && delay.TryGetInt32(out var minutes) && minutes is >= 0 and <= 43_200 ? minutes : UsualDelayMinutes,
        };
    }
}
