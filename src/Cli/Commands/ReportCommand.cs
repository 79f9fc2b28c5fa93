using System.CommandLine;
using System.Text;
using NodaTime;
using Safeconduct.Cli.Operations;
using Safeconduct.Reports.Rendering;
using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;

namespace Safeconduct.Cli.Commands;

/// <summary><c>report SOURCE</c>: a situation report in HTML, Markdown or JSON.</summary>
internal static class ReportCommand
{
    public static Command Make(Surroundings room)
    {
        var looking = new Looking();
        var format = new Option<string>("--format") { Description = "html, md or json.", DefaultValueFactory = _ => "html" };
        format.AcceptOnlyFromAmong("html", "md", "json");
        var since = new Option<string?>("--since") { Description = "The cut-off of the report before, for what changed.", HelpName = "TIME" };
        var reference = new Option<string?>("--reference") { Description = "The report's reference number." };
        var output = new Option<string?>("--output") { Description = "Write to this file instead of stdout.", HelpName = "FILE" };
        var command = new Command("report", "A situation report: what is said, by whom, side by side; every number opens its statements.");
        looking.AddTo(command);
        foreach (var option in (Option[])[format, since, reference, output])
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            var (statements, operation, agreement) = looking.Source(parsed);
            var view = looking.View(parsed, operation);
            var bytes = Write(statements, operation, agreement, view, parsed.GetValue(since) is { } t ? Times.AsOf(t, operation.Zone) : null, looking.Audience(parsed), parsed.GetValue(reference), parsed.GetRequiredValue(format));
            if (parsed.GetValue(output) is { } file)
            {
                InputFile.Write(file, bytes);
                room.Error.WriteLine($"written {file}");
            }
            else
            {
                AssessCommand.WriteJson(room, bytes);
            }

            return CommandLine.Done;
        });
        return command;
    }

    public static byte[] Write(IReadOnlyList<Statement> statements, Operation operation, Agreement? agreement, View view, Instant? since, Audience audience, string? reference, string format)
    {
        var report = Looking.Report(statements, operation, agreement, view, since, audience, reference);
        return format switch
        {
            "md" => Encoding.UTF8.GetBytes(SitrepMarkdown.Write(report)),
            "json" => SitrepJson.Write(report),
            _ => Encoding.UTF8.GetBytes(SitrepHtml.Write(report)),
        };
    }
}
