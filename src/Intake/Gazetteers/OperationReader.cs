using System.Text.Json;
using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Places;

namespace Safeconduct.Intake.Gazetteers;

/// <summary>Reads the settings of an operation: <c>{"name": "...", "time_zone": "Asia/Damascus", "tolerance_percent": 10}</c>. The page is <c>formats/gazetteer.md</c>.</summary>
public static class OperationReader
{
    public static Parsed<Operation> Read(ReadOnlyMemory<byte> json, Gazetteer gazetteer)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var f = new Fields(document.RootElement, "operation");
            f.Only("name", "time_zone", "tolerance_percent");
            var zone = f.Text("time_zone", 80);
            return Parsed<Operation>.Of(new Operation(
                f.Text("name", 200),
                DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? throw new RefusedException("operation.time-zone", $"'{Shown.Short(zone)}' is not a time zone; use a name such as Asia/Damascus.", f.Path),
                gazetteer,
                (int)Math.Clamp(f.MaybeWhole("tolerance_percent") ?? Operation.UsualTolerancePercent, -1, 100)));
        }
        catch (JsonException)
        {
            return Parsed<Operation>.Not(new Problem("operation.not-json", "The settings of the operation are not JSON."));
        }
        catch (RefusedException refused)
        {
            return Parsed<Operation>.Not(refused.Problem);
        }
    }
}
