using System.CommandLine;
using NodaTime;
using Safeconduct.Cli.Operations;
using Safeconduct.Reports;
using Safeconduct.Reports.Rendering;
using Safeconduct.Situation;

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
            var (view, audience) = (looking.View(parsed, operation), looking.Audience(parsed));
            if (parsed.GetValue(json))
            {
                // The JSON names sources as they stand, so it is made of what the audience may see and says nothing of the rest.
                var shown = Edition.Of(statements, operation, new ReportSettings("-", operation.Name, view.AsOf ?? Instant.MaxValue, audience)).Shown;
                WriteJson(room, AssessmentJson.Write(Assess.Of(shown, operation, view)));
                return CommandLine.Done;
            }

            room.Output.Write(TerminalSummary.Write(Looking.Report(statements, operation, view, null, audience, null), room.Style));
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
