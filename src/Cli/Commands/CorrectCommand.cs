using System.CommandLine;
using Safeconduct.Cli.Operations;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;

namespace Safeconduct.Cli.Commands;

/// <summary><c>correct ID</c>: says what should have been said. The earlier statement stays visible and stops binding.</summary>
internal static class CorrectCommand
{
    public static Command Make(Surroundings room)
    {
        var id = new Argument<string>("ID") { Description = "The statement to correct." };
        var reason = new Option<string>("--reason") { Description = "Why, in a sentence.", Required = true };
        var (operation, keys, json) = (Shared.Operation(), Shared.Keys(), Shared.Json());
        var said = new SaidOptions();
        var command = new Command("correct", "Correct a statement: another statement that points back and says what should have been said.") { id, reason, operation, keys, json };
        said.AddTo(command);
        command.SetAction(parsed =>
        {
            using var book = OperationFolder.Open(parsed.GetRequiredValue(operation), parsed.GetValue(keys));
            var target = Target(book, parsed.GetRequiredValue(id));
            var correction = target.Corrected(book.Book.NextId(), SayCommand.NowIn(book.Operation.Zone), parsed.GetRequiredValue(reason), said.SaysSomething(parsed) ? said.Read(parsed) : target.Said) with
            {
                About = said.HasAbout(parsed) ? said.About(parsed, book.Operation.Zone) : target.About,
                Where = said.Where(parsed, book.Operation) is { } where && where != new Statements.Quantities.Scope() ? where : target.Where,
                Paraphrase = said.Paraphrase(parsed),
            };
            return SayCommand.Record(room, book, correction, parsed.GetValue(json));
        });
        return command;
    }

    internal static Statement Target(OperationFolder book, string id)
    {
        var target = book.Book.Find(new StatementId(id))?.Statement
            ?? throw new RefusedException("book.unknown-target", $"'{Shown.Short(id)}' is not in this book; nothing was recorded.");
        var takenBack = book.Statements.FirstOrDefault(s => s.Claims().Any(c => c is Claim.About { Relation: Relation.Withdraws, Statement: var of } && of == target.Id));
        return takenBack is null
            ? target
            : throw new RefusedException("book.withdrawn", $"{id} was withdrawn already by {takenBack.Id}; nothing was recorded.");
    }
}

/// <summary><c>withdraw ID</c>: takes a statement back. It stays visible, struck through.</summary>
internal static class WithdrawCommand
{
    public static Command Make(Surroundings room)
    {
        var id = new Argument<string>("ID") { Description = "The statement to take back." };
        var reason = new Option<string>("--reason") { Description = "Why, in a sentence.", Required = true };
        var (operation, keys, json) = (Shared.Operation(), Shared.Keys(), Shared.Json());
        var command = new Command("withdraw", "Withdraw a statement. It stays in the record and visible; it stops binding.") { id, reason, operation, keys, json };
        command.SetAction(parsed =>
        {
            using var book = OperationFolder.Open(parsed.GetRequiredValue(operation), parsed.GetValue(keys));
            var target = CorrectCommand.Target(book, parsed.GetRequiredValue(id));
            var withdrawal = target.Withdrawn(book.Book.NextId(), SayCommand.NowIn(book.Operation.Zone), parsed.GetRequiredValue(reason));
            return SayCommand.Record(room, book, withdrawal, parsed.GetValue(json));
        });
        return command;
    }
}
