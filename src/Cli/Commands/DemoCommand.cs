using System.CommandLine;
using NodaTime;
using Safeconduct.Cli.Operations;
using Safeconduct.Record.Books;
using Safeconduct.Reports.Rendering;
using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;

namespace Safeconduct.Cli.Commands;

/// <summary><c>demo</c>: the worked case, from the list to the report: imports it into a fresh record, verifies it, shows what was known at two cut-offs, writes the reports.</summary>
internal static class DemoCommand
{
    private const string Marker = "made-by-safeconduct-demo";

    // The worked case's own cut-offs: they belong to the demonstration, not to any engine.
    private static readonly (string Name, string AsOf, string? Since)[] CutOffs =
    [
        ("Friday 16 December 2016, 18:00", "2016-12-16T18:00", "2016-12-15T18:00"),
        ("Friday 23 December 2016, end of the day", "2016-12-23", "2016-12-16T18:00"),
    ];

    public static Command Make(Surroundings room)
    {
        var folder = new Option<string>("--folder") { Description = "Where to put it; an earlier demo there is replaced.", DefaultValueFactory = _ => "safeconduct-demo", HelpName = "DIR" };
        var command = new Command("demo", "Load the worked case into a fresh record, verify it, and show what was known on two days.") { folder };
        command.SetAction(parsed => Run(room, parsed.GetRequiredValue(folder)));
        return command;
    }

    private static int Run(Surroundings room, string folder)
    {
        var list = Path.Combine(Home(), "cases", "aleppo-2016", "statements.jsonl");
        Clear(folder);
        var record = Path.Combine(folder, "record");
        var file = StatementFile.Read(list, null, null);
        var terms = InputFile.Read(Path.Combine(Path.GetDirectoryName(list)!, AgreementFile.Name));
        var agreement = AgreementFile.Understood(terms, file.Operation, AgreementFile.Name);
        var unmapped = file.Reading.Statements.Count(s => s.Imported?.IsUnmapped == true);
        room.Output.WriteLine($"1. Import     {Shown.Grouped(file.Reading.Statements.Count)} statements from {Path.GetRelativePath(Directory.GetCurrentDirectory(), list)}, {Shown.Grouped(unmapped)} unmapped");
        IReadOnlyList<Statement> statements;
        Operation operation;
        using (var founded = OperationFolder.Found(record, null, file.Operation.Name, file.Operation.Zone, file.Gazetteer, file.Settings))
        {
            ImportCommand.Take(room, founded.Book, file.Reading.Statements, null);
            founded.Book.Keep(DocumentMedia.Agreement, terms, OperationFolder.ClaimedNow());
            (statements, operation) = (founded.Statements, founded.Operation);
        }

        room.Output.WriteLine($"2. Record     {record}, keys apart in {record}.keys");
        var verified = VerifyCommand.Check(record, null);
        room.Output.WriteLine("3. Verify");
        VerifyCommand.Print(room, verified, "   ");
        if (verified.IsRefuted)
        {
            return CommandLine.InputIsWrong;
        }

        foreach (var (name, asOf, since) in CutOffs)
        {
            room.Output.WriteLine();
            room.Output.WriteLine($"4. As known {name}, {operation.Zone.Id}");
            room.Output.WriteLine();
            var view = new View(Lens.All, Times.AsOf(asOf, operation.Zone));
            Instant? before = since is null ? null : Times.AsOf(since, operation.Zone);
            room.Output.Write(TerminalSummary.Write(Looking.Report(statements, operation, agreement, view, before, Audience.Room, null), room.Style));
            Reports(room, folder, statements, operation, agreement, view, asOf, before);
        }

        room.Output.WriteLine();
        room.Output.WriteLine($"Next: ./safeconduct assess {record} --as-of 2016-12-20 --lens \"not kind:media\"    ./safeconduct verify {record}");
        return CommandLine.Done;
    }

    private static void Reports(Surroundings room, string folder, IReadOnlyList<Statement> statements, Operation operation, Agreement agreement, View view, string asOf, Instant? before)
    {
        foreach (var format in (string[])["html", "md"])
        {
            var path = Path.Combine(folder, $"report-{asOf[..10]}.{format}");
            InputFile.Write(path, ReportCommand.Write(statements, operation, agreement, view, before, Audience.Room, null, format));
            room.Output.WriteLine($"   report     {path}");
        }
    }

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            if (!File.Exists(Path.Combine(folder, Marker)))
            {
                throw new RefusedException("demo.folder-in-use", "The folder is not empty and no demo made it; name another with --folder.", folder);
            }

            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, Marker), "This folder is made anew by every run of safeconduct demo.\n");
    }

    /// <summary>The folder of the project: the wrapper names it; otherwise it is looked for upwards from the program.</summary>
    private static string Home()
    {
        if (Environment.GetEnvironmentVariable("SAFECONDUCT_HOME") is { Length: > 0 } home)
        {
            return home;
        }

        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (Directory.Exists(Path.Combine(at.FullName, "cases", "aleppo-2016")))
            {
                return at.FullName;
            }
        }

        throw new RefusedException("demo.no-case", "The worked case is not beside the program; run ./safeconduct from a clone of the project.");
    }
}
