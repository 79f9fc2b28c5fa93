using System.CommandLine;
using System.Text.Json;
using Safeconduct.Cli.Operations;
using Safeconduct.Record;
using Safeconduct.Statements;
using Safeconduct.Storage.Files;
using Safeconduct.Storage.Keys;

namespace Safeconduct.Cli.Commands;

/// <summary><c>verify PATH</c>: re-derives every hash, signature, chain and tile of a record or a bundle. Trusts nothing; needs no server, and without keys opens no body.</summary>
internal static class VerifyCommand
{
    public static Command Make(Surroundings room)
    {
        var path = new Argument<string>("PATH") { Description = "A record's folder, or a bundle (a folder or a ZIP)." };
        var (keys, json) = (Shared.Keys(), Shared.Json());
        var command = new Command("verify", "Check a record or bundle: every signature, hash, chain, tile and body, and say what was checked.") { path, keys, json };
        command.SetAction(parsed =>
        {
            var report = Check(parsed.GetRequiredValue(path), parsed.GetValue(keys));
            if (parsed.GetValue(json))
            {
                PrintJson(room, report);
            }
            else
            {
                Print(room, report, "");
            }

            return report.IsRefuted ? CommandLine.InputIsWrong : CommandLine.Done;
        });
        return command;
    }
}
