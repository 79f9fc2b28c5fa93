using System.Text.Json;
using Safeconduct.Cli.Operations;
using Safeconduct.Intake.Exports;
using Safeconduct.Spreadsheets;
using Safeconduct.Statements;

namespace Safeconduct.Cli.Commands;

/// <summary><c>import FILE</c> where the file is an export of a book: what the book has not is recorded, what it has stays as it is, and a row that was changed by hand refuses all of it.</summary>
internal static class ImportReturned
{
    private const int ProgressEvery = 5_000;
    private const int FewNamed = 10;

    /// <summary>The exit code; null where the file is no export of ours.</summary>
    public static int? Try(Surroundings room, string file, string? folder, string? keys, bool ownBook, bool dry, bool json)
    {
        if (!File.Exists(file) || ReturnedFile.Open(File.OpenRead(file)) is not { } export)
        {
            return null;
        }

        using var opened = export;
        using var operation = OperationFolder.Open(folder ?? throw new UsageException("An export is taken in again with --operation DIR; with --dry-run too, since it is compared with the book."), keys);
        var book = operation.Book;
        var returning = new Returning(operation.Operation.Gazetteer, id => book.Find(id) is { } there ? new InBook(there.Statement, there.Entry.ToString()) : null, ownBook);
        export.Into(returning, rows =>
        {
            if (rows % ProgressEvery == 0)
            {
                room.Progress($"comparing with the book: {Shown.Grouped(rows)} rows");
            }
        });
        room.ProgressDone();
        var returned = returning.End();
        if (returned.Problems.Count > 0)
        {
            var refused = InputFile.AsRefusal(returned.Problems, file);
            throw new RefusedException(refused.Problem.Code, $"{refused.Problem.Message} Nothing was recorded.", refused.Problem.Place);
        }

        var recorded = dry ? 0 : ImportCommand.Take(room, book, returned.Fresh, null).Recorded.Count;
        Say(room, returned, recorded, dry, json);
        return CommandLine.Done;
    }

    private static void Say(Surroundings room, Returned returned, int recorded, bool dry, bool json)
    {
        if (json)
        {
            room.Output.WriteLine(JsonSerializer.Serialize(new SortedDictionary<string, object>(StringComparer.Ordinal)
            {
                ["already_there"] = returned.There,
                ["left_behind"] = returned.LeftBehindCount,
                ["new"] = returned.Fresh.Count,
                ["recorded"] = recorded,
                ["rows"] = returned.Rows,
            }));
            return;
        }

        foreach (var left in returned.LeftBehind.Take(FewNamed))
        {
            room.Error.WriteLine($"not taken in: {left.Place}: {left.Id}: {left.Why}");
        }

        if (returned.LeftBehindCount > FewNamed)
        {
            room.Error.WriteLine($"not taken in: {Shown.Grouped(returned.LeftBehindCount - FewNamed)} more");
        }

        room.Output.WriteLine(dry
            ? $"{Shown.Grouped(returned.Fresh.Count)} statements are new, {Shown.Grouped(returned.There)} are there already, {Shown.Grouped(returned.LeftBehindCount)} can't be taken from this format. Nothing was recorded."
            : $"{Shown.Grouped(recorded)} statements recorded, {Shown.Grouped(returned.There)} were there already, {Shown.Grouped(returned.LeftBehindCount)} can't be taken from this format.");
    }
}
