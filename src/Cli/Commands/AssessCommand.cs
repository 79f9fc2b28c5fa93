using System.CommandLine;
using Safeconduct.Cli.Operations;
using Safeconduct.Reports;
using Safeconduct.Reports.Assessments;

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
            var (statements, operation) = looking.Source(parsed);
            var (assessed, withheld) = Looking.Conclude(statements, operation, looking.View(parsed, operation), looking.Audience(parsed));
            if (parsed.GetValue(json))
            {
                WriteJson(room, AssessmentJson.Write(assessed));
                return CommandLine.Done;
            }

            room.Output.Write(TerminalSummary.Write(assessed, room.Width, room.Colour));
            if (withheld > 0)
            {
                room.Output.WriteLine($"{withheld.ToString(System.Globalization.CultureInfo.InvariantCulture)} statements are not for this audience and are left out.");
            }

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
