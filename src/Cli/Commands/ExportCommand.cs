using System.CommandLine;
using Safeconduct.Cli.Operations;
using Safeconduct.Record.Books;
using Safeconduct.Reports;
using Safeconduct.Reports.Exchange;
using Safeconduct.Spreadsheets;
using Safeconduct.Statements;

namespace Safeconduct.Cli.Commands;

/// <summary><c>export DIR</c>: the statements in a format of the trade, or the record as a sealed bundle that is read and checked without us.</summary>
internal static class ExportCommand
{
    private const int ProgressEvery = 5_000;

    private static readonly IReadOnlyList<ExportFormat> Formats = [.. ExportFormats.All, StatementWorkbook.Format];

    public static Command Make(Surroundings room)
    {
        var folder = new Argument<string>("DIR") { Description = "The folder of the operation's record." };
        string[] names = ["bundle", .. Formats.Select(f => f.Name)];
        var format = new Option<string>("--format") { Description = $"{string.Join(", ", names[..^1])} or {names[^1]}.", Required = true };
        format.AcceptOnlyFromAmong(names);
        var output = new Option<string?>("--output") { Description = "Write to this file, whole or not at all; needed for a bundle (a .zip, or a folder).", HelpName = "FILE" };
        var (audience, keys) = (Shared.Audience(), Shared.Keys());
        var command = new Command("export", "Hand the book on: statements in a format of the trade, or the record as a sealed bundle.") { folder, format, output, audience, keys };
        var bundle = new ExportBundle();
        bundle.AddTo(command);
        command.SetAction(parsed =>
        {
            using var operation = OperationFolder.Open(parsed.GetRequiredValue(folder), parsed.GetValue(keys));
            var to = SayCommand.TokenOf<Audience>(parsed.GetRequiredValue(audience));
            var file = parsed.GetValue(output);
            return parsed.GetRequiredValue(format) is "bundle"
                ? bundle.Run(parsed, room, operation, to, file)
                : Statements(room, operation, to, Formats.Single(f => f.Name == parsed.GetRequiredValue(format)), file);
        });
        return command;
    }

    private static int Statements(Surroundings room, OperationFolder operation, Audience to, ExportFormat format, string? file)
    {
        var leaving = ToLeave(operation, to);
        var cover = Cover.For(operation.Operation, to, operation.Book.Statements.Count - leaving.Count);
        void Progress(int written)
        {
            if (written % ProgressEvery == 0)
            {
                room.Progress($"writing {format.Name}: {Shown.Grouped(written)} of {Shown.Grouped(leaving.Count)} statements");
            }
        }

        try
        {
            if (file is null)
            {
                using var output = room.OutputBytes();
                format.Write(output, cover, leaving.Select(s => new HandedOn(s.Statement, s.Entry.ToString())), Progress);
            }
            else
            {
                InputFile.Write(file, stream => format.Write(stream, cover, leaving.Select(s => new HandedOn(s.Statement, s.Entry.ToString())), Progress));
            }
        }
        finally
        {
            room.ProgressDone();
        }

        room.Error.WriteLine($"written {file ?? format.Name}: {Shown.Grouped(leaving.Count)} statements, {Shown.Grouped(cover.Withheld)} withheld");
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
