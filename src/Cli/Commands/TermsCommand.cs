using System.CommandLine;
using System.Text;
using System.Text.Json;
using NodaTime;
using Safeconduct.Cli.Operations;
using Safeconduct.Intake.Gazetteers;
using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Agreements.Wording;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;

namespace Safeconduct.Cli.Commands;

/// <summary><c>terms</c>: the terms of an agreement as a file: checked and said in plain sentences, written in one form, entered by a form.</summary>
internal static partial class TermsCommand
{
    public static Command Make(Surroundings room) => new("terms", """
        The terms of an agreement, agreement.terms: check them, write them in one form, enter them by a form; and how they read from statements, which is a reading and no finding.
        """)
    {
        MakeCheck(room),
        MakeFormat(room),
        MakeForm(room),
        MakeEnter(room),
        MakeExplain(room),
        MakeSimulate(room),
    };

    private static Command MakeCheck(Surroundings room)
    {
        var (file, beside, json) = (FileArgument(), new OperationBeside(), Shared.Json());
        var command = new Command("check", "Say what is wrong with the text, with its line; then what it says, in plain sentences. Exit 1 where something must be corrected.") { file, json };
        beside.AddTo(command);
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var bytes = InputFile.Read(path);
            var operation = beside.Of(parsed, path);
            var written = AgreementReader.Read(bytes.Span, operation);
            if (parsed.GetValue(json))
            {
                WriteJson(room, writer => WriteChecked(writer, written, operation));
                return written.Understood ? CommandLine.Done : CommandLine.InputIsWrong;
            }

            var lines = Encoding.UTF8.GetString(bytes.Span).TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
            foreach (var problem in written.Problems)
            {
                Show(room.Error, path, lines, problem);
            }

            if (written.Agreement is not { } agreement)
            {
                room.Error.WriteLine($"safeconduct: {Count(written.Errors.Count(), "error")}, {Count(written.Warnings.Count(), "warning")}; the agreement can't be read before they are corrected. [agreement.not-understood]");
                return CommandLine.InputIsWrong;
            }

            room.Output.Write(InSentences(agreement, operation, room.Width));
            room.Output.WriteLine($"{Count(agreement.Terms.Count, "term")}, {Count(written.Warnings.Count(), "warning")}.");
            return CommandLine.Done;
        });
        return command;
    }

    private static Command MakeFormat(Surroundings room)
    {
        var (file, beside) = (FileArgument(), new OperationBeside());
        var check = new Option<bool>("--check") { Description = "Change nothing; exit 1 where the file is not in its one form." };
        var command = new Command("format", "Write the file in its one form. Comments are kept.") { file, check };
        beside.AddTo(command);
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var bytes = InputFile.Read(path);
            var written = Readable(bytes, beside.Of(parsed, path), path);
            var formatted = Encoding.UTF8.GetBytes(AgreementText.Of(written, beside.Of(parsed, path)));
            if (bytes.Span.SequenceEqual(formatted))
            {
                room.Error.WriteLine($"{path} is in its one form");
                return CommandLine.Done;
            }

            if (parsed.GetValue(check))
            {
                throw new RefusedException("agreement.not-formatted", "The file is not in its one form; run safeconduct terms format.", path);
            }

            InputFile.Write(path, formatted);
            room.Error.WriteLine($"written {path}");
            return CommandLine.Done;
        });
        return command;
    }

    private static Argument<string> FileArgument() => new("FILE") { Description = "The agreement's text, such as agreement.terms." };

    /// <summary>The agreement, or its first error as a refusal at its place in the file.</summary>
    private static WrittenAgreement Readable(ReadOnlyMemory<byte> bytes, Operation operation, string path)
    {
        var written = AgreementReader.Read(bytes.Span, operation);
        return written.Understood ? written : throw InputFile.AsRefusal([.. written.Errors.Select(e => e.AsProblem())], path);
    }

    private static string Count(int n, string what) => $"{Shown.Grouped(n)} {what}{(n == 1 ? "" : "s")}";

    /// <summary>The problem, its line with a caret under the column, what was expected and what to write.</summary>
    private static void Show(TextWriter to, string path, string[] lines, WordingProblem problem)
    {
        const int Before = 60;
        var (line, column) = (problem.At.Line, problem.At.Column);
        to.WriteLine($"{path}:{Shown.Number(line)}:{Shown.Number(column)}: {(problem.Severity is Severity.Error ? "error" : "warning")}: {problem.Message} [{problem.Code}]");
        if (line <= lines.Length && lines[line - 1].Trim().Length > 0)
        {
            // A long line is shown from shortly before the place.
            var from = Math.Max(0, Math.Min(column - 1, lines[line - 1].Length) - Before);
            var shown = Plain(lines[line - 1][from..]);
            var number = Shown.Number(line).PadLeft(5);
            to.WriteLine($"{number} | {(shown.Length > 110 ? shown[..110] + "..." : shown)}");
            to.WriteLine($"      | {new string(' ', Math.Max(0, column - 1 - from))}{new string('^', Math.Clamp(problem.Length, 1, 40))}");
        }

        if (problem.Expected is { } expected)
        {
            to.WriteLine($"        expected: {expected}");
        }

        foreach (var way in problem.Suggestion?.Split('\n') ?? [])
        {
            to.WriteLine($"        write: {way}");
        }
    }

    /// <summary>No character that moves the cursor or turns the direction of what follows.</summary>
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format ? ' ' : c));

    internal static string InSentences(Agreement agreement, Operation operation, int width)
    {
        var text = new StringBuilder();
        text.Append(Plain(agreement.Title)).Append("\n\n");
        foreach (var line in AgreementProse.Head(agreement, operation))
        {
            Wrap(text, line, "  ", width);
        }

        foreach (var term in AgreementProse.Of(agreement, operation))
        {
            text.Append('\n').Append(term.Number).Append("  ").Append(Plain(term.Title)).Append('\n');
            foreach (var line in term.About)
            {
                Wrap(text, line, "     ", width);
            }

            foreach (var line in term.Asks)
            {
                Wrap(text, line, "   - ", width);
            }
        }

        return text.Append('\n').ToString();
    }

    private static void Wrap(StringBuilder text, string line, string first, int width)
    {
        var indent = new string(' ', first.Length);
        var column = 0;
        foreach (var word in Plain(line).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column == 0 || column + word.Length + 1 > width)
            {
                text.Append(column == 0 ? first : "\n" + indent).Append(word);
                column = first.Length + word.Length;
            }
            else
            {
                text.Append(' ').Append(word);
                column += word.Length + 1;
            }
        }

        text.Append('\n');
    }

    private static void WriteChecked(Utf8JsonWriter writer, WrittenAgreement written, Operation operation)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("understood", written.Understood);
        writer.WriteStartArray("problems");
        foreach (var problem in written.Problems)
        {
            WriteProblem(writer, problem, null);
        }

        writer.WriteEndArray();
        if (written.Agreement is { } agreement)
        {
            writer.WriteString("title", agreement.Title);
            WriteStrings(writer, "head", AgreementProse.Head(agreement, operation));
            writer.WriteStartArray("terms");
            foreach (var term in AgreementProse.Of(agreement, operation))
            {
                writer.WriteStartObject();
                writer.WriteString("number", term.Number);
                writer.WriteString("title", term.Title);
                WriteStrings(writer, "about", term.About);
                WriteStrings(writer, "asks", term.Asks);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteProblem(Utf8JsonWriter writer, WordingProblem problem, string? field)
    {
        writer.WriteStartObject();
        writer.WriteString("severity", problem.Severity is Severity.Error ? "error" : "warning");
        writer.WriteString("code", problem.Code);
        writer.WriteString("message", problem.Message);
        if (field is null)
        {
            writer.WriteNumber("line", problem.At.Line);
            writer.WriteNumber("column", problem.At.Column);
            writer.WriteNumber("length", problem.Length);
        }
        else
        {
            writer.WriteString("field", field);
        }

        writer.WriteString("expected", problem.Expected);
        writer.WriteString("suggestion", problem.Suggestion);
        writer.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    private static void WriteJson(Surroundings room, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(writer);
        }

        AssessCommand.WriteJson(room, stream.ToArray());
    }

    /// <summary>
    /// The places and the clock that an agreement is read with: of an operation's folder, of a folder with operation.json and places.geojson, or of those files beside the agreement.
    /// Without any of them every place is taken as it is written.
    /// </summary>
    private sealed class OperationBeside
    {
        private readonly Option<string?> _operation = new("--operation", "-o") { Description = "The operation: the folder of its record, or an operation.json with places.geojson beside it; default: those beside FILE.", HelpName = "DIR" };
        private readonly Option<string?> _places = Shared.Places();
        private readonly Option<string?> _zone = Shared.TimeZone();
        private readonly Option<string?> _keys = Shared.Keys();

        public void AddTo(Command command)
        {
            foreach (var option in (Option[])[_operation, _places, _zone, _keys])
            {
                command.Options.Add(option);
            }
        }

        public Operation Of(ParseResult parsed, string file)
        {
            var given = parsed.GetValue(_operation);
            var zone = parsed.GetValue(_zone);
            if (given is not null && Directory.Exists(given) && !File.Exists(Path.Combine(given, "operation.json")) && !File.Exists(Path.Combine(given, "places.geojson")))
            {
                using var folder = OperationFolder.Open(given, parsed.GetValue(_keys));
                return zone is null ? folder.Operation : folder.Operation.Called(folder.Operation.Name, Times.Zone(zone));
            }

            var settings = given is null ? InputFile.Beside(file, "operation.json") : Directory.Exists(given) ? Existing(Path.Combine(given, "operation.json")) : given;
            var places = parsed.GetValue(_places) ?? (given is null ? InputFile.Beside(file, "places.geojson") : Directory.Exists(given) ? Existing(Path.Combine(given, "places.geojson")) : InputFile.Beside(given, "places.geojson"));
            var gazetteer = places is null ? Gazetteer.Empty : InputFile.Understood(GazetteerReader.Read(InputFile.Read(places)), places);
            var operation = settings is null ? new Operation("operation", DateTimeZone.Utc, gazetteer) : InputFile.Understood(OperationReader.Read(InputFile.Read(settings), gazetteer), settings);
            return zone is null ? operation : operation.Called(operation.Name, Times.Zone(zone));
        }

        private static string? Existing(string path) => File.Exists(path) ? path : null;
    }
}
