using Safeconduct.Intake.Gazetteers;
using Safeconduct.Intake.Sources;
using Safeconduct.Statements.Places;

namespace Safeconduct.Cli.Operations;

/// <summary>What lies beside a file of statements and is read with it: its places and the spellings of its sources.</summary>
internal sealed record Beside(ReadOnlyMemory<byte>? Places, Gazetteer? Gazetteer, SourceAliases? Sources)
{
    /// <param name="places">The file of the places, where it is another than places.geojson.</param>
    /// <param name="known">The operation's own places, where no file is there.</param>
    public static Beside Read(string path, string? places, Gazetteer? known)
    {
        var placesPath = places ?? InputFile.Beside(path, "places.geojson");
        var bytes = placesPath is null ? (ReadOnlyMemory<byte>?)null : InputFile.Read(placesPath);
        var gazetteer = bytes is { } g ? InputFile.Understood(GazetteerReader.Read(g), placesPath!) : known;
        var sourcesPath = InputFile.Beside(path, "sources.json");
        return new(bytes, gazetteer, sourcesPath is null ? null : InputFile.Understood(SourceAliases.Read(InputFile.Read(sourcesPath)), sourcesPath));
    }
}
