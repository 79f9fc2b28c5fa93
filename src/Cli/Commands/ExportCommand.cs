using System.CommandLine;
using Safeconduct.Cli.Operations;
using Safeconduct.Record.Books;
using Safeconduct.Reports;
using Safeconduct.Reports.Exchange.Csv;
using Safeconduct.Reports.Exchange.Json;
using Safeconduct.Statements;

namespace Safeconduct.Cli.Commands;

/// <summary><c>export DIR</c>: the statements as CSV or JSON, or the record as a sealed bundle that is read and checked without us.</summary>
internal static class ExportCommand
{
    public static Command Make(Surroundings room)
    {
        var folder = new Argument<string>("DIR") { Description = "The folder of the operation's record." };
        var format = new Option<string>("--format") { Description = "bundle, csv or json.", Required = true };
        format.AcceptOnlyFromAmong("bundle", "csv", "json");
        var output = new Option<string?>("--output") { Description = "Write to this file; needed for a bundle (a .zip, or a folder).", HelpName = "FILE" };
        var (audience, keys) = (Shared.Audience(), Shared.Keys());
        var command = new Command("export", "Hand the book on: statements as CSV or JSON, or the record as a sealed bundle.") { folder, format, output, audience, keys };
        command.SetAction(parsed =>
        {
            using var operation = OperationFolder.Open(parsed.GetRequiredValue(folder), parsed.GetValue(keys));
            var to = SayCommand.TokenOf<Audience>(parsed.GetRequiredValue(audience));
            var file = parsed.GetValue(output);
            if (parsed.GetRequiredValue(format) is "bundle")
            {
                return Bundle(room, operation, to, file ?? throw new UsageException("A bundle needs --output FILE.zip, or a folder."));
            }

            // By its entry a coarse statement would lead to a header, with the device of the shift and the minute.
            var entered = ToLeave(operation, to).Select(s => (s.Statement, s.Statement.IsCoarse ? "" : s.Entry.ToString())).ToList();
            var bytes = parsed.GetRequiredValue(format) is "csv" ? StatementCsv.Write(entered) : StatementJson.Write(operation.Operation, entered);
            var withheld = operation.Book.Statements.Count - entered.Count;
            if (file is null)
            {
                room.Output.Write(System.Text.Encoding.UTF8.GetString(bytes));
            }
            else
            {
                InputFile.Write(file, bytes);
                room.Error.WriteLine($"written {file}: {Shown.Grouped(entered.Count)} statements, {Shown.Grouped(withheld)} withheld");
            }

            return CommandLine.Done;
        });
        return command;
    }

    private static int Bundle(Surroundings room, OperationFolder operation, Audience to, string output)
    {
        var included = ToLeave(operation, to).Where(s => !s.Statement.IsCoarse).Select(s => s.Index.Value).ToHashSet();
        Bundles.Write(operation, output, to, included);
        room.Error.WriteLine($"written {output}: {Shown.Grouped(operation.Book.Log.Size)} entries, {Shown.Grouped(included.Count)} statements included, {Shown.Grouped(operation.Book.Statements.Count - included.Count)} withheld");
        return CommandLine.Done;
    }

    /// <summary>What an audience may have one by one, now, in the form in which it may.</summary>
    private static List<Entered> ToLeave(OperationFolder operation, Audience to)
    {
        var settings = new ReportSettings("export", operation.Operation.Name, NodaTime.Instant.FromDateTimeOffset(Surroundings.Now), to);
        var shown = Edition.OneByOne(Edition.Of(operation.Statements, operation.Operation, settings).Shown, to).ToDictionary(s => s.Id);
        return [.. operation.Book.Statements.Where(s => shown.ContainsKey(s.Statement.Id)).Select(s => s with { Statement = shown[s.Statement.Id] })];
    }
}
