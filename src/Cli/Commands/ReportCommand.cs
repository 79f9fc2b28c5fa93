using System.CommandLine;
using System.Text;
using NodaTime;
using Safeconduct.Cli.Operations;
using Safeconduct.Printing;
using Safeconduct.Reports;
using Safeconduct.Reports.Languages;
using Safeconduct.Reports.Rendering;
using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;

namespace Safeconduct.Cli.Commands;

/// <summary><c>report SOURCE</c>: a situation report in HTML, PDF, DOCX, Markdown or JSON, with summaries in other languages where they are asked for.</summary>
internal static class ReportCommand
{
    public static Command Make(Surroundings room)
    {
        var looking = new Looking();
        var format = new Option<string>("--format") { Description = "html, pdf, docx, md or json. A PDF and a DOCX go to a file.", DefaultValueFactory = _ => "html" };
        format.AcceptOnlyFromAmong("html", "pdf", "docx", "md", "json");
        var since = new Option<string?>("--since") { Description = "The cut-off of the report before, for what changed.", HelpName = "TIME" };
        var reference = new Option<string?>("--reference") { Description = "The report's reference number." };
        var output = new Option<string?>("--output") { Description = "Write to this file instead of stdout.", HelpName = "FILE" };
        var languages = new Option<string[]>("--language") { Description = $"A summary in this language behind the English report: {string.Join(", ", Tongue.OfSummaries)}. May be given several times.", HelpName = "CODE", AllowMultipleArgumentsPerToken = false };
        languages.AcceptOnlyFromAmong([.. Tongue.OfSummaries]);
        var browser = new Option<string?>("--browser") { Description = $"For a PDF: the Chromium that prints it, where it is not on the PATH (also: {Browser.Variable}).", HelpName = "PATH" };
        var command = new Command("report", "A situation report: what is said, by whom, side by side; every number opens its statements.");
        looking.AddTo(command);
        foreach (var option in (Option[])[format, since, reference, output, languages, browser])
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            var (form, file) = (parsed.GetRequiredValue(format), parsed.GetValue(output));
            if (file is null && form is "pdf" or "docx")
            {
                throw new UsageException($"A {form} is not for the terminal: add --output FILE.");
            }

            var program = form is "pdf" ? Browser.Needed(parsed.GetValue(browser)) : null;
            var (statements, operation, agreement) = looking.Source(parsed);
            var view = looking.View(parsed, operation);
            var report = Looking.Report(statements, operation, agreement, view, parsed.GetValue(since) is { } t ? Times.AsOf(t, operation.Zone) : null, looking.Audience(parsed), parsed.GetValue(reference), parsed.GetValue(languages));
            var bytes = program is null ? Written(report, form) : PdfPrint.Of(Written(report, "html"), program, PdfPrint.UsualLimit).GetAwaiter().GetResult();
            if (file is not null)
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

    public static byte[] Write(IReadOnlyList<Statement> statements, Operation operation, Agreement? agreement, View view, Instant? since, Audience audience, string? reference, string format) =>
        Written(Looking.Report(statements, operation, agreement, view, since, audience, reference), format);

    private static byte[] Written(Sitrep report, string format) => format switch
    {
        "md" => Encoding.UTF8.GetBytes(SitrepMarkdown.Write(report)),
        "json" => SitrepJson.Write(report),
        "docx" => SitrepDocx.Write(report),
        _ => Encoding.UTF8.GetBytes(SitrepHtml.Write(report)),
    };
}
