using System.CommandLine;
using System.Text;
using System.Text.Json;
using Safeconduct.Cli.Operations;
using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Agreements.Wording;
using Safeconduct.Statements;

namespace Safeconduct.Cli.Commands;

/// <summary><c>terms form FILE</c>: a term entered field by field, or from a file of answers; the agreement is written whole or not at all.</summary>
internal static partial class TermsCommand
{
    private static Command MakeForm(Surroundings room)
    {
        var (beside, json) = (new OperationBeside(), new Option<bool>("--json") { Description = "List the templates and their fields; with FILE, what stands in them for each term." });
        var file = new Argument<string?>("FILE") { Description = "The agreement's text, such as agreement.terms; not needed to list the templates.", Arity = ArgumentArity.ZeroOrOne };
        var answers = new Option<string?>("--answers") { Description = "Answers as JSON, instead of asking: {\"term\":{...},\"clauses\":[{\"template\":\"...\",\"answers\":{...}}]}.", HelpName = "FILE" };
        var number = new Option<string?>("--term") { Description = "Replace this term; default: add one.", HelpName = "NUMBER" };
        var command = new Command("form", "Enter a term by a form, without knowing the language. The file is written in its one form.") { file, answers, number, json };
        beside.AddTo(command);
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file);
            if (path is null)
            {
                if (!parsed.GetValue(json))
                {
                    throw new UsageException("Name the agreement's file, or list the templates with --json.");
                }

                WriteJson(room, writer => WriteTemplates(writer, null));
                return CommandLine.Done;
            }

            var operation = beside.Of(parsed, path);
            var written = Readable(InputFile.Read(path), operation, path);
            var agreement = written.Agreement!;
            if (parsed.GetValue(json) && parsed.GetValue(answers) is null)
            {
                WriteJson(room, writer => WriteTemplates(writer, agreement));
                return CommandLine.Done;
            }

            var given = parsed.GetValue(number);
            var old = given is null ? null : agreement.Terms.FirstOrDefault(t => t.Number == given);
            var (fields, clauses) = parsed.GetValue(answers) is { } from
                ? ReadAnswers(from)
                : Ask(room, Console.In, agreement, operation, old) ?? throw new UsageException("The form was left; nothing was changed.");
            var filled = AgreementForm.FillTerm(given ?? AgreementForm.NextNumber(agreement), fields, clauses, agreement with { Terms = [.. agreement.Terms.Where(t => t != old)] }, operation);
            if (filled.Value is not { } term)
            {
                throw new RefusedException(filled.Problems[0].Problem.Code, Said(filled.Problems[0]) + (filled.Problems.Count > 1 ? $" ({Count(filled.Problems.Count - 1, "more problem")})" : ""), parsed.GetValue(answers) ?? "form");
            }

            foreach (var warning in filled.Problems)
            {
                room.Error.WriteLine($"warning: {Said(warning)} [{warning.Problem.Code}]");
            }

            // What is written must read as the same: the file is checked before it takes the place of the old one.
            var text = AgreementText.Of(written with { Agreement = AgreementForm.Added(agreement, term) }, operation);
            Readable(Encoding.UTF8.GetBytes(text), operation, path);
            InputFile.Write(path, Encoding.UTF8.GetBytes(text));
            room.Output.Write(InSentences(agreement with { Terms = [term] }, operation, room.Width));
            room.Error.WriteLine($"written {path}: term {term.Number}");
            return CommandLine.Done;
        });
        return command;
    }

    private static string Said(FormProblem problem)
    {
        var expected = problem.Problem.Expected is { } e ? $" Expected: {e}." : "";
        var write = problem.Problem.Suggestion is { } s ? $" Write: {s.Replace("\n", " / ", StringComparison.Ordinal)}" : "";
        return $"{(problem.Field.Length > 0 ? $"{problem.Field}: " : "")}{problem.Problem.Message}{expected}{write}";
    }

    /// <summary>Asks on stderr, reads answers line by line; null where the input ends first.</summary>
    private static (IReadOnlyDictionary<string, string> Fields, IReadOnlyList<FormAnswers> Clauses)? Ask(Surroundings room, TextReader input, Agreement agreement, Operation operation, Term? old)
    {
        var ask = room.Error;
        ask.WriteLine($"A term of \"{agreement.Title}\". An empty line leaves a field {(old is null ? "empty" : "as it is, and - empties it")}.");
        ask.WriteLine($"Places: {string.Join(", ", agreement.Places.Select(p => p.Name).Concat(operation.Gazetteer.Places.Select(p => p.Id.Value)).Distinct().Take(40))}");
        ask.WriteLine($"Signatories: {string.Join(", ", agreement.Parties.Concat(agreement.Guarantors).Select(s => s.Name).Distinct())}");
        ask.WriteLine();
        var clauses = new List<FormAnswers>();
        for (var i = 0; ; i++)
        {
            var before = old is not null && i < old.Clauses.Count ? AgreementForm.Answers(old.Clauses[i], agreement) : null;
            for (var n = 0; n < AgreementForm.Templates.Count && clauses.Count == 0; n++)
            {
                ask.WriteLine($"  {Shown.Number(n + 1),2}  {AgreementForm.Templates[n].Label}");
            }

            ask.Write(before is not null ? $"What does it ask? [{before.Template}] " : clauses.Count == 0 ? "What does it ask? Number: " : "What else does it ask? Number, or nothing more: ");
            if (input.ReadLine() is not { } chosen)
            {
                return null;
            }

            var template = chosen.Trim().Length == 0 && before is not null ? AgreementForm.Templates.First(t => t.Name == before.Template)
                : AgreementForm.Templates.FirstOrDefault(t => t.Name == chosen.Trim())
                ?? (int.TryParse(chosen, System.Globalization.NumberStyles.Integer, System.Globalization.CultureInfo.InvariantCulture, out var k) && k >= 1 && k <= AgreementForm.Templates.Count ? AgreementForm.Templates[k - 1] : null);
            if (template is null)
            {
                if (clauses.Count > 0 && chosen.Trim() is "" or "-")
                {
                    break;
                }

                ask.WriteLine("    A number from the list.");
                i--;
                continue;
            }

            var filled = AskClause(room, input, template, before?.Template == template.Name ? before.Answers : null, agreement, operation);
            if (filled is null)
            {
                return null;
            }

            clauses.Add(filled);
        }

        var known = old is null ? new Dictionary<string, string>() : AgreementForm.TermAnswers(old, agreement);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in AgreementForm.TermFields)
        {
            if (!AskField(room, input, field, known, fields))
            {
                return null;
            }
        }

        return (fields, clauses);
    }

    private static FormAnswers? AskClause(Surroundings room, TextReader input, ClauseTemplate template, IReadOnlyDictionary<string, string>? before, Agreement agreement, Operation operation)
    {
        var known = before ?? new Dictionary<string, string>();
        while (true)
        {
            var answers = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var field in template.Fields)
            {
                if (!AskField(room, input, field, known, answers))
                {
                    return null;
                }
            }

            var filled = AgreementForm.Fill(template.Name, answers, agreement, operation);
            if (filled.Value is { } clause)
            {
                room.Error.WriteLine($"    = {AgreementProse.Of(clause, agreement, operation)}");
                return new FormAnswers(template.Name, answers);
            }

            foreach (var problem in filled.Problems)
            {
                room.Error.WriteLine($"    {Said(problem)}");
            }

            room.Error.WriteLine("    Once more; an empty line keeps what was written.");
            known = answers;
        }
    }

    private static bool AskField(Surroundings room, TextReader input, FormField field, IReadOnlyDictionary<string, string> known, Dictionary<string, string> into)
    {
        var before = known.TryGetValue(field.Name, out var b) ? b : null;
        while (true)
        {
            var hint = before is not null ? $" [{before}]" : field.Choices.Count is > 0 and <= 6 ? $" ({string.Join(", ", field.Choices)})" : "";
            room.Error.Write($"    {field.Label}{hint}{(field.Required ? "" : " -")}: ");
            if (input.ReadLine() is not { } answer)
            {
                return false;
            }

            answer = answer.Trim().Length == 0 ? before ?? "" : answer.Trim() == "-" ? "" : answer.Trim();
            if (answer.Length > 0)
            {
                into[field.Name] = answer;
            }

            if (answer.Length > 0 || !field.Required)
            {
                return true;
            }
        }
    }

    private static (IReadOnlyDictionary<string, string> Fields, IReadOnlyList<FormAnswers> Clauses) ReadAnswers(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(InputFile.Read(path), new JsonDocumentOptions { MaxDepth = 8 });
            var fields = Strings(document.RootElement.GetProperty("term"));
            var clauses = document.RootElement.GetProperty("clauses").EnumerateArray().Select(c => new FormAnswers(c.GetProperty("template").GetString() ?? "", Strings(c.GetProperty("answers")))).ToList();
            return (fields, clauses);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new RefusedException("form.answers", "The answers are not {\"term\":{\"title\":\"...\"},\"clauses\":[{\"template\":\"...\",\"answers\":{...}}]} with texts as values; list the templates with safeconduct terms form --json.", path);
        }
    }

    private static Dictionary<string, string> Strings(JsonElement element)
    {
        var strings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            strings[property.Name] = property.Value.GetString() ?? "";
        }

        return strings;
    }

    private static void WriteTemplates(Utf8JsonWriter writer, Agreement? agreement)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("templates");
        foreach (var template in AgreementForm.Templates)
        {
            writer.WriteStartObject();
            writer.WriteString("name", template.Name);
            writer.WriteString("label", template.Label);
            WriteFields(writer, "fields", template.Fields);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteFields(writer, "termFields", AgreementForm.TermFields);
        WriteFields(writer, "occurrenceFields", AgreementForm.OccurrenceFields);
        WriteFields(writer, "totalFields", AgreementForm.TotalFields);
        if (agreement is not null)
        {
            writer.WriteStartArray("terms");
            foreach (var term in agreement.Terms)
            {
                writer.WriteStartObject();
                writer.WriteString("number", term.Number);
                WriteAnswers(writer, "term", AgreementForm.TermAnswers(term, agreement));
                writer.WriteStartArray("clauses");
                foreach (var clause in term.Clauses.Select(c => AgreementForm.Answers(c, agreement)))
                {
                    writer.WriteStartObject();
                    writer.WriteString("template", clause.Template);
                    WriteAnswers(writer, "answers", clause.Answers);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteAnswers(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string> answers)
    {
        writer.WriteStartObject(name);
        foreach (var (field, words) in answers)
        {
            writer.WriteString(field, words);
        }

        writer.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter writer, string name, IEnumerable<FormField> fields)
    {
        writer.WriteStartArray(name);
        foreach (var field in fields)
        {
            writer.WriteStartObject();
            writer.WriteString("name", field.Name);
            writer.WriteString("label", field.Label);
            writer.WriteString("kind", JsonNamingPolicy.KebabCaseLower.ConvertName(field.Kind.ToString()));
            writer.WriteBoolean("required", field.Required);
            WriteStrings(writer, "choices", field.Choices);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
