using System.CommandLine;
using Safeconduct.Cli.Operations;
using Safeconduct.Reports;
using Safeconduct.Reports.Rendering;
using Safeconduct.Situation;
using Safeconduct.Statements;

namespace Safeconduct.Cli.Commands;

/// <summary><c>assess SOURCE</c>: everything concluded, each with its statements: a summary for a person, or one JSON document.</summary>
internal static class AssessCommand
{
    public static Command Make(Surroundings room)
    {
        var looking = new Looking();
        var json = Shared.Json();
        var command = new Command("assess", "What follows from the statements: figures, states, disputes, what is unknown; each with the statements behind it.");
        looking.AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var (statements, operation, agreement) = looking.Source(parsed);
            var (view, audience) = (looking.View(parsed, operation), looking.Audience(parsed));
            if (parsed.GetValue(json))
            {
                // The JSON names sources as they stand, witnesses too: for other readers there is the report, which does not.
                if (audience is not Audience.Room)
                {
                    throw new UsageException("assess --json is for the room; for other readers use report --format json, which names no witness.");
                }

                WriteJson(room, AssessmentJson.Write(Assess.Of(Disclosure.For(statements, audience).Shown, operation, view, agreement)));
                return CommandLine.Done;
            }

            room.Output.Write(TerminalSummary.Write(Looking.Report(statements, operation, agreement, view, null, audience, null), room.Style));
            return CommandLine.Done;
        });
        return command;
    }

    internal static void WriteJson(Surroundings room, ReadOnlySpan<byte> utf8)
    {
        room.Output.Write(System.Text.Encoding.UTF8.GetString(utf8));
        room.Output.WriteLine();
    }
}
