using System.CommandLine;
using Safeconduct.Cli.Operations;
using Safeconduct.Statements;

namespace Safeconduct.Cli.Commands;

/// <summary><c>init DIR</c>: a new operation: charter, log key, this device's key. Keys live in a folder of their own, apart from the record.</summary>
internal static class InitCommand
{
    public static Command Make(Surroundings room)
    {
        var folder = new Argument<string>("DIR") { Description = "An empty or new folder for the record." };
        var name = new Option<string?>("--name") { Description = "The operation's name, as it is to be printed." };
        var (zone, places, keys) = (Shared.TimeZone(), Shared.Places(), Shared.Keys());
        var command = new Command("init", "Found a new operation: its charter, its keys, an empty record.") { folder, name, zone, places, keys };
        command.SetAction(parsed => Run(room, parsed.GetRequiredValue(folder), parsed.GetValue(name), parsed.GetValue(zone), parsed.GetValue(places), parsed.GetValue(keys)));
        return command;
    }

    private static int Run(Surroundings room, string folder, string? name, string? zone, string? places, string? keys)
    {
        var title = name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        // The cast matters: a bare null would become an empty file.
        var gazetteer = places is null ? (ReadOnlyMemory<byte>?)null : InputFile.Read(places);
        using var operation = OperationFolder.Found(folder, keys, title, Times.Zone(zone ?? "Etc/UTC"), gazetteer, null);
        room.Output.WriteLine($"Founded \"{title}\", clock {operation.Operation.Zone.Id}, {Shown.Grouped(operation.Operation.Gazetteer.Count)} places.");
        room.Output.WriteLine($"  record  {folder}");
        room.Output.WriteLine($"  keys    {OperationFolder.KeysOf(folder, keys)}   (keep them apart from copies of the record)");
        room.Output.WriteLine($"  id      {operation.Book.Log.Operation}");
        return CommandLine.Done;
    }
}
