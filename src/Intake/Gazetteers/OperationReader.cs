using System.Text.Json;
using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Places;

namespace Safeconduct.Intake.Gazetteers;

/// <summary>Reads what an operation declares before anything is said (<c>operation.json</c>; the page is <c>formats/operation.md</c>): its name, its time zone, how far "about" reaches. Never throws on what it is given.</summary>
public static class OperationReader
{
    public static Parsed<Operation> Read(ReadOnlyMemory<byte> operationJson, Gazetteer gazetteer)
    {
        ArgumentNullException.ThrowIfNull(gazetteer);
        try
        {
            using var document = JsonDocument.Parse(operationJson, new JsonDocumentOptions { MaxDepth = 8 });
            return Parsed<Operation>.Of(OperationOf(new Fields(document.RootElement, "operation"), gazetteer));
        }
        catch (JsonException broken)
        {
            return Parsed<Operation>.Not(JsonFault.NotJson(broken, "operation.not-json", "The operation file"));
        }
        catch (InvalidOperationException)
        {
            return Parsed<Operation>.Not(new Problem("body.broken-text", "A text in the operation file is not whole UTF-8 (half a character); save the file again as UTF-8.", "operation"));
        }
        catch (RefusedException refused)
        {
            return Parsed<Operation>.Not(refused.Problem.Place.Length == 0 ? refused.Problem with { Place = "operation" } : refused.Problem);
        }
    }

    /// <summary>A founded operation: what its settings declare, if it has any that can be read, under the name and on the clock of its charter. A zone that the machine does not know is read as UTC.</summary>
    public static Operation Of(string name, string timeZone, ReadOnlyMemory<byte>? settings, Gazetteer places)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) ?? DateTimeZone.Utc;
        return (settings is { } bytes ? Read(bytes, places).Value : null)?.Called(name, zone) ?? new Operation(name, zone, places);
    }

    private static Operation OperationOf(Fields f, Gazetteer gazetteer)
    {
        f.Only("name", "time_zone", "tolerance_percent", "usual_travel_minutes", "release_delay_minutes", "fighters_tallied", "small_cells_below", "position_grid_degrees");
        var tolerance = f.MaybeWhole("tolerance_percent") ?? Operation.UsualTolerancePercent;
        var operation = new Operation(f.Text("name", 200), ZoneOf(f), gazetteer, (int)Math.Clamp(tolerance, -1, 101))
        {
            UsualTravel = MinutesOf(f, "usual_travel_minutes"),
            FightersTallied = f.Flag("fighters_tallied"),
        };
        operation = MinutesOf(f, "release_delay_minutes") is { } delay ? operation with { ReleaseDelay = delay } : operation;
        operation = f.MaybeWhole("small_cells_below") is { } cells ? operation with { SmallCellsBelow = (int)Math.Clamp(cells, -1, 1_000) } : operation;
        return f.MaybeDecimal("position_grid_degrees") is { } grid ? operation with { PositionGridDegrees = (double)Math.Clamp(grid, -1, 1_000) } : operation;
    }

    // Far outside what may be said, so that the operation itself refuses it and not the arithmetic.
    private static Duration? MinutesOf(Fields f, string field) => f.MaybeWhole(field) is { } minutes ? Duration.FromMinutes(Math.Clamp(minutes, -1, 1_000_000)) : null;

    private static DateTimeZone ZoneOf(Fields f)
    {
        var id = f.Text("time_zone", 80);
        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)
            ?? throw new RefusedException("operation.unknown-zone", $"'{Shown.Short(id)}' is not a zone of the IANA time zone database; write it as \"Asia/Damascus\".", $"{f.Path}.time_zone");
    }
}
