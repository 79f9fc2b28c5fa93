using NodaTime;
using Safeconduct.Intake.Gazetteers;
using Safeconduct.Intake.List;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;

namespace Safeconduct.Cli.Operations;

/// <summary>A statement list with what lies beside it: its places, its settings, its sources. Nothing here is recorded.</summary>
internal sealed record StatementFile(ListReading Reading, Operation Operation, ReadOnlyMemory<byte>? Gazetteer, ReadOnlyMemory<byte>? Settings)
{
    public static StatementFile Read(string path, string? places, string? zone, Gazetteer? known = null)
    {
        var list = InputFile.Read(path);
        var (gazetteerBytes, gazetteer, aliases) = Beside.Read(path, places, known);
        var settingsPath = InputFile.Beside(path, "operation.json");
        var settings = settingsPath is null ? (ReadOnlyMemory<byte>?)null : InputFile.Read(settingsPath);
        var declared = settings is { } s ? InputFile.Understood(OperationReader.Read(s, gazetteer ?? Statements.Places.Gazetteer.Empty), settingsPath!) : null;
        var reading = StatementListReader.Read(list, gazetteer, aliases);
        if (reading.Problems.Count > 0)
        {
            throw InputFile.AsRefusal(reading.Problems, path);
        }

        var clock = zone is not null ? Times.Zone(zone) : declared?.Zone ?? LikelyClock.Of(reading.Statements);
        var operation = declared?.Called(declared.Name, clock)
            ?? new Operation(Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) ?? "operation", clock, gazetteer ?? Statements.Places.Gazetteer.Empty);
        return new StatementFile(reading, operation, gazetteerBytes, settings);
    }
}
