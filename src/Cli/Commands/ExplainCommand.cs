using System.CommandLine;
using Safeconduct.Cli.Operations;
using Safeconduct.Reports.Explanations;
using Safeconduct.Situation;
using Safeconduct.Statements;

namespace Safeconduct.Cli.Commands;

/// <summary><c>explain SOURCE ID</c>: why a figure, a dispute or a statement stands as it does: proofs that add up by eye, or the network drawn.</summary>
internal static class ExplainCommand
{
    public static Command Make(Surroundings room)
    {
        var looking = new Looking();
        var id = new Argument<string>("ID") { Description = "A figure, dispute, conflict or statement, by the id that assess prints." };
        var format = new Option<string>("--format") { Description = "text: sentences and columns that add up. svg: the network around a figure, drawn.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "svg");
        var command = new Command("explain", "Why a figure or a dispute stands as it does: the statements, and a proof that adds up by eye.");
        looking.AddTo(command);
        command.Arguments.Add(id);
        command.Options.Add(format);
        command.SetAction(parsed =>
        {
            if (looking.Audience(parsed) is not Audience.Room)
            {
                throw new UsageException("explain is for the room: it names sources as they stand. For other readers use report.");
            }

            var (statements, operation, agreement) = looking.Source(parsed);
            var assessed = Assess.Of(statements, operation, looking.View(parsed, operation), agreement);
            room.Output.Write(parsed.GetRequiredValue(format) == "svg" ? NetworkSvg.Write(assessed, parsed.GetRequiredValue(id)) : ExplanationText.Write(assessed, parsed.GetRequiredValue(id), room.Style));
            return CommandLine.Done;
        });
        return command;
    }
}
