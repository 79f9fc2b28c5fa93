using System.Text.Json;
using Safeconduct.Statements;

namespace Safeconduct.Intake.Gazetteers;

/// <summary>One sentence for a file that is no JSON, with the place where reading stopped.</summary>
internal static class JsonFault
{
    public static Problem NotJson(JsonException broken, string code, string what) =>
        new(code, $"{what} is not JSON; reading stopped here.", $"line {Shown.Number((broken.LineNumber ?? 0) + 1)}, byte {Shown.Number(broken.BytePositionInLine ?? 0)}");
}
