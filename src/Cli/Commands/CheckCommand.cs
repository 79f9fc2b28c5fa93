using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Safeconduct.Cli.Operations;
using Safeconduct.Intake.Exports;
using Safeconduct.Intake.Tables;
using Safeconduct.Spreadsheets;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Cli.Commands;

/// <summary><c>check FILE</c>: a table with HXL hashtags, whoever's it is, against the checks of HXL's default schema. Records nothing.</summary>
internal static class CheckCommand
{
    public static Command Make(Surroundings room)
    {
        var file = new Argument<string>("FILE") { Description = "A table with HXL hashtags: CSV, XLSX, or HXL's JSON." };
        var sheet = new Option<string?>("--sheet") { Description = "The sheet of the workbook.", HelpName = "NAME" };
        var json = Shared.Json();
        var command = new Command("check", "Check a table with HXL hashtags: what is wrong, in which row and column. Exit 1 where there is an error; a warning is none.") { file, sheet, json };
        command.SetAction(parsed => Run(room, parsed.GetRequiredValue(file), parsed.GetValue(sheet), parsed.GetValue(json)));
        return command;
    }

    private static int Run(Surroundings room, string file, string? sheet, bool json)
    {
        HxlChecked found;
        try
        {
            found = Found(file, sheet);
        }
        catch (RefusedException refused)
        {
            throw InputFile.AsRefusal([refused.Problem], file);
        }
        catch (DecoderFallbackException)
        {
            throw new RefusedException("table.not-utf8", "The file is not UTF-8: save it as CSV in UTF-8 (in a spreadsheet: 'CSV UTF-8').", file);
        }

        if (json)
        {
            room.Output.WriteLine(Json(found).ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        }
        else
        {
            foreach (var finding in found.Findings)
            {
                room.Output.WriteLine($"{Token.Of(finding.Severity)}: {finding.Problem}{(finding.Tag.Length == 0 ? "" : $" {finding.Tag}")}");
            }

            room.Output.WriteLine($"{Shown.Grouped(found.Rows)} rows, {Shown.Grouped(found.Errors)} errors, {Shown.Grouped(found.Warnings)} warnings.");
        }

        return found.Errors == 0 ? CommandLine.Done : CommandLine.InputIsWrong;
    }

    private static HxlChecked Found(string path, string? sheet)
    {
        if (!File.Exists(path))
        {
            throw new RefusedException("file.not-found", "There is no such file.");
        }

        Span<byte> head = stackalloc byte[4];
        using var stream = File.OpenRead(path);
        head = head[..stream.ReadAtLeast(head, 4, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (head is [(byte)'P', (byte)'K', ..])
        {
            var book = TableFile.Read(InputFile.Read(path), Path.GetFileName(path));
            var chosen = sheet is null ? book.Sheets[0] : book.Sheets.FirstOrDefault(s => s.Name.Equals(sheet, StringComparison.OrdinalIgnoreCase)) ?? throw new RefusedException("table.no-sheet", $"There is no sheet '{Shown.Short(sheet)}'.");
            return HxlChecks.Of(chosen.Rows.Select(r => (r.Number, (IReadOnlyList<string>)[.. r.Cells.Select(c => c.Text)])));
        }

        if (head is [(byte)'[', ..])
        {
            return HxlChecks.Of(ReturnedRows.HxlRows(stream));
        }

        using var text = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
        return HxlChecks.Of(CsvRows.Of(text));
    }

    private static JsonObject Json(HxlChecked found) => new()
    {
        ["rows"] = found.Rows,
        ["errors"] = found.Errors,
        ["warnings"] = found.Warnings,
        ["findings"] = new JsonArray([.. found.Findings.Select(f => new JsonObject
        {
            ["severity"] = Token.Of(f.Severity),
            ["code"] = f.Problem.Code,
            ["row"] = f.Row,
            ["column"] = f.Column,
            ["tag"] = f.Tag,
            ["message"] = f.Problem.Message,
        })]),
    };
}
