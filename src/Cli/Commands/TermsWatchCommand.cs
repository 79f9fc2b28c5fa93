using System.CommandLine;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Cli.Operations;
using Safeconduct.Record.Books;
using Safeconduct.Reports;
using Safeconduct.Reports.Rendering;
using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Agreements.Readings;
using Safeconduct.Situation.Agreements.Wording;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Cli.Commands;

/// <summary><c>terms explain</c>, <c>terms simulate</c> and <c>terms enter</c>: how the terms read, why, and how that changed as statements became known.</summary>
internal static partial class TermsCommand
{
    private static Command MakeExplain(Surroundings room)
    {
        var looking = new Looking();
        var which = new Argument<string?>("TERM") { Description = "The number of one term; all where left out.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("explain", "How each term reads, the fewest statements that decide it, and how the reading changed as more became known.");
        looking.AddTo(command);
        command.Arguments.Add(which);
        command.SetAction(parsed =>
        {
            InRoom(looking, parsed);
            var (statements, operation, agreement) = WithAgreement(looking, parsed);
            var view = looking.View(parsed, operation);
            var readings = TermReadings.Of(agreement, statements, operation, view);
            var changes = TermHistory.Of(agreement, statements, operation, view);
            var number = parsed.GetValue(which);
            var shown = readings.Where(r => number is null || r.Term.Number == number).ToList();
            if (shown.Count == 0)
            {
                throw new RefusedException("terms.not-known", number is null ? "No term of the agreement is known in this view." : $"Term '{number}' is not in the agreement, or no statement makes it known in this view.", number ?? "");
            }

            if (number is null && TermReadings.BeforeTheAgreement(agreement, statements, operation, view) is { Count: > 0 } before)
            {
                Wrapped(room, "", $"{Count(before.Count, "statement")} of a time before the agreement began {(before.Count == 1 ? "is" : "are")} not judged: {string.Join(", ", before.Take(10))}{(before.Count > 10 ? ", and so on" : "")}.");
                room.Output.WriteLine();
            }

            foreach (var reading in shown)
            {
                Explain(room, reading, changes, statements, agreement, operation);
            }

            return CommandLine.Done;
        });
        return command;
    }

    private static void Explain(Surroundings room, TermReading reading, IReadOnlyList<VerdictChange> changes, IReadOnlyList<Statement> statements, Agreement agreement, Operation operation)
    {
        var output = room.Output;
        output.WriteLine($"{reading.Term.Number}. {reading.Term.Title}");
        foreach (var clause in reading.Term.Clauses)
        {
            Wrapped(room, "   ", AgreementProse.Of(clause, agreement, operation));
        }

        output.WriteLine($"   {TermsJson.Shown(reading)}{(reading.IsProvisional ? " (provisional)" : "")}");
        Wrapped(room, "   ", reading.Sentence);
        var found = statements.ToDictionary(s => s.Id);
        if (reading.Deciding.Count > 0)
        {
            output.WriteLine(reading.Deciding.Count == 1 ? "   Decided by" : "   Decided together by");
            foreach (var id in reading.Deciding)
            {
                Wrapped(room, "     ", $"{id}  {found[id].Chain}: {found[id].Paraphrase ?? found[id].Wording}");
            }
        }

        if (reading.Allegations.Count > 0)
        {
            output.WriteLine("   Who did it is not resolved. Alleged:");
            foreach (var by in reading.Allegations.GroupBy(a => a.Author, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                Wrapped(room, "     ", $"{by.Key}, according to {string.Join("; ", by.Select(a => $"{a.SaidBy} [{a.Id}]"))}");
            }
        }

        var own = changes.Where(c => c.Term.Number == reading.Term.Number).ToList();
        if (own.Count > 1)
        {
            output.WriteLine("   As it became known");
            foreach (var change in own)
            {
                output.WriteLine($"     {At(change.KnownAt, operation)}  {Token.Of(change.After)}{(change.By is { } by ? $"  {by}{More(change)}" : "  its time ran out")}");
            }
        }

        output.WriteLine();
    }

    private static Command MakeSimulate(Surroundings room)
    {
        var looking = new Looking();
        var json = Shared.Json();
        var byDay = new Option<bool>("--by-day") { Description = "One table: how each term read at the end of each day, on the operation's clock." };
        var from = new Option<string?>("--from") { Description = "With --by-day: the first day.", HelpName = "DAY" };
        var to = new Option<string?>("--to") { Description = "With --by-day: the last day.", HelpName = "DAY" };
        var command = new Command("simulate", "Feed the statements in the order in which they became known, and watch the readings change.");
        looking.AddTo(command);
        foreach (var option in (Option[])[byDay, from, to, json])
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            InRoom(looking, parsed);
            var (statements, operation, agreement) = WithAgreement(looking, parsed);
            var view = looking.View(parsed, operation);
            var changes = TermHistory.Of(agreement, statements, operation, view);
            if (parsed.GetValue(byDay))
            {
                ByDay(room, agreement, statements, operation, view, Day(parsed.GetValue(from), "--from"), Day(parsed.GetValue(to), "--to"));
            }
            else if (parsed.GetValue(json))
            {
                WriteJson(room, writer => WriteChanges(writer, changes, operation));
            }
            else
            {
                foreach (var change in changes)
                {
                    var before = change.Before is { } b ? Token.Of(b) : "not known";
                    Wrapped(room, "", $"{At(change.KnownAt, operation)}  term {change.Term.Number}: {before} -> {Token.Of(change.After)}{(change.IsProvisional ? " (provisional)" : "")}{(change.By is { } by ? $", with {by}{More(change)}" : ", its time ran out")}. {change.Sentence}");
                }

                room.Output.WriteLine($"{Count(changes.Count, "change")} over {Count(statements.Count, "statement")}.");
            }

            return CommandLine.Done;
        });
        return command;
    }

    private static void ByDay(Surroundings room, Agreement agreement, IReadOnlyList<Statement> statements, Operation operation, View view, LocalDate? from, LocalDate? to)
    {
        var known = statements.Select(s => s.KnownFrom.DayIn(operation.Zone)).ToList();
        if (known.Count == 0)
        {
            room.Output.WriteLine("No statements.");
            return;
        }

        var (first, last) = (from ?? known.Min(), to ?? known.Max());
        if (last < first || Period.DaysBetween(first, last) > 400)
        {
            throw new UsageException("--from and --to are two days in order, at most 400 days apart.");
        }

        room.Output.WriteLine($"As known at the end of each day, {operation.Zone.Id}");
        for (var day = first; day <= last; day = day.PlusDays(1))
        {
            var at = day.PlusDays(1).AtStartOfDayInZone(operation.Zone).ToInstant() - Duration.FromMilliseconds(1);
            room.Output.WriteLine();
            room.Output.WriteLine(LocalDatePattern.Iso.Format(day));
            foreach (var reading in TermReadings.Of(agreement, statements, operation, view with { AsOf = at }))
            {
                room.Output.WriteLine($"  {reading.Term.Number,3}  {Token.Of(reading.Verdict),-9}{(reading.IsProvisional ? " provisional" : "            ")}  {string.Join(' ', reading.Deciding)}".TrimEnd());
            }
        }
    }

    private static Command MakeEnter(Surroundings room)
    {
        var (file, folder, keys) = (FileArgument(), Shared.Operation(), Shared.Keys());
        var command = new Command("enter", "Enter the agreement into an operation's record, where assess, report and the room read it. An earlier text stays in the record.") { file, folder, keys };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var text = InputFile.Read(path);
            using var operation = OperationFolder.Open(parsed.GetRequiredValue(folder), parsed.GetValue(keys));
            var agreement = AgreementFile.Understood(text, operation.Operation, path);
            var receipt = operation.Book.Keep(DocumentMedia.Agreement, text, OperationFolder.ClaimedNow());
            room.Output.WriteLine(receipt is null ? "This text is the record's agreement already." : $"Entered “{agreement.Title}”, {Count(agreement.Terms.Count, "term")}, as entry {Shown.Number(receipt.Index.Value)}.");
            return CommandLine.Done;
        });
        return command;
    }

    private static void Wrapped(Surroundings room, string indent, string text)
    {
        var wrapped = new System.Text.StringBuilder();
        Wrap(wrapped, text, indent, room.Width);
        room.Output.Write(wrapped);
    }

    private static string More(VerdictChange change) => change.Others == 0 ? "" : $" and {Shown.Number(change.Others)} more";

    private static void InRoom(Looking looking, ParseResult parsed)
    {
        if (looking.Audience(parsed) is not Audience.Room)
        {
            throw new UsageException("Readings with their statements are for the room; for other readers use report.");
        }
    }

    private static (IReadOnlyList<Statement> Statements, Operation Operation, Agreement Agreement) WithAgreement(Looking looking, ParseResult parsed)
    {
        var (statements, operation, agreement) = looking.Source(parsed);
        return (statements, operation, agreement ?? throw new RefusedException("terms.no-agreement", "There is no agreement: name one with --terms, put agreement.terms beside the list, or enter it into the record with terms enter.", "--terms"));
    }

    private static LocalDate? Day(string? text, string option) => text is null ? null
        : LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? day
        : throw new UsageException($"{option} is a day, such as 2031-05-02; got '{Shown.Short(text)}'.");

    private static string At(Instant instant, Operation operation) =>
        instant == Instant.MinValue ? "from the start    " : LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Format(instant.InZone(operation.Zone).LocalDateTime);

    private static void WriteChanges(Utf8JsonWriter json, IReadOnlyList<VerdictChange> changes, Operation operation)
    {
        json.WriteStartArray();
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("term", change.Term.Number);
            json.WriteString("known_at", change.KnownAt == Instant.MinValue ? null : OffsetDateTimePattern.Rfc3339.Format(change.KnownAt.InZone(operation.Zone).ToOffsetDateTime()));
            json.WriteString("before", change.Before is { } before ? Token.Of(before) : null);
            json.WriteString("after", Token.Of(change.After));
            json.WriteBoolean("provisional", change.IsProvisional);
            json.WriteString("by", change.By?.Value);
            json.WriteString("sentence", change.Sentence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
