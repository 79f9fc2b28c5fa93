using System.CommandLine;
using NodaTime;
using Safeconduct.Cli.Operations;
using Safeconduct.Record;
using Safeconduct.Record.Books;
using Safeconduct.Reports;
using Safeconduct.Reports.Exchange.Cap;
using Safeconduct.Reports.Exchange.GeoJson;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Cli.Commands;

/// <summary><c>alerts DIR</c>: what the statements suggest as alerts, and what was released; with <c>--release</c> a named person lets one go, as CAP 1.2.</summary>
internal static class AlertsCommand
{
    public static Command Make(Surroundings room)
    {
        var folder = new Argument<string>("DIR") { Description = "The folder of the operation's record." };
        var release = new Option<string?>("--release") { Description = "Release the alert proposed on this matter, as it is listed.", HelpName = "MATTER" };
        var by = new Option<string?>("--by") { Description = "Who releases it: a name. Needed with --release.", HelpName = "NAME" };
        var status = new Option<string>("--status") { Description = "actual, exercise or test.", DefaultValueFactory = _ => "actual" };
        status.AcceptOnlyFromAmong([.. Token.All<CapStatus>()]);
        var output = new Option<string?>("--output") { Description = "Write the released alert's XML to this file instead of the screen.", HelpName = "FILE" };
        var (audience, keys) = (Shared.Audience(), Shared.Keys());
        var command = new Command("alerts", "List the alerts that the statements suggest and those released; release one as CAP 1.2.") { folder, release, by, status, output, audience, keys };
        command.SetAction(parsed =>
        {
            using var operation = OperationFolder.Open(parsed.GetRequiredValue(folder), parsed.GetValue(keys));
            var to = SayCommand.TokenOf<Audience>(parsed.GetRequiredValue(audience));
            var settings = new ReportSettings("alerts", operation.Operation.Name, Instant.FromDateTimeOffset(Surroundings.Now), to);
            var shown = Edition.OneByOne(Edition.Of(operation.Statements, operation.Operation, settings).Shown, to).ToList();
            var released = Released(operation.Book);
            var proposed = AlertDesk.Propose(shown, released, operation.Operation, to);
            if (parsed.GetValue(release) is not { } matter)
            {
                List(room, proposed, [.. released.Where(r => r.Audience >= to)], to);
                return CommandLine.Done;
            }

            var name = new AlertRelease(parsed.GetValue(by) ?? throw new UsageException("An alert leaves the room when a named person releases it: --by NAME."));
            var proposal = proposed.FirstOrDefault(p => p.Matter.ToString() == matter) ?? throw new RefusedException("alert.not-proposed", $"No alert is proposed on '{Shown.Short(matter)}' for {Token.Of(to)}; list them without --release.");
            var xml = Let(operation, proposal, released, to, SayCommand.TokenOf<CapStatus>(parsed.GetRequiredValue(status)), name);
            if (parsed.GetValue(output) is { } file)
            {
                InputFile.Write(file, xml);
                room.Error.WriteLine($"written {file}: released by {name.By}");
            }
            else
            {
                room.Output.Write(System.Text.Encoding.UTF8.GetString(xml));
            }

            return CommandLine.Done;
        });
        return command;
    }

    private static byte[] Let(OperationFolder operation, ProposedAlert proposal, List<ReleasedAlert> released, Audience to, CapStatus status, AlertRelease name)
    {
        var outlines = operation.Book.FindDocument(DocumentMedia.Gazetteer) is { } places ? Outlines.Of(places) : Outlines.None;
        var message = AlertDesk.Message(proposal, released, operation.Operation, to, AlertDesk.SenderOf(operation.Book.Log.Operation.ToString()), status, Instant.FromDateTimeOffset(Surroundings.Now), outlines);
        var xml = CapXml.Write(message);
        operation.Book.Keep(
            [new NewBody(ReleasedAlert.Of(proposal, message, to, operation.Operation).ToBytes(), ReleasedAlert.Media), new NewBody(xml, CapXml.Media), new NewBody(name.ToBytes(), AlertRelease.Media)],
            OperationFolder.ClaimedNow());
        return xml;
    }

    private static List<ReleasedAlert> Released(Book book) => [.. book.Snapshot().Documents.Where(d => d.Media[0] == ReleasedAlert.Media).Select(d => ReleasedAlert.Read(d.First))];

    private static void List(Surroundings room, IReadOnlyList<ProposedAlert> proposed, List<ReleasedAlert> released, Audience to)
    {
        room.Output.WriteLine($"For {Token.Of(to)}: {Shown.Grouped(proposed.Count)} proposed, {Shown.Grouped(released.Count)} released. Nothing leaves without --release MATTER --by NAME.");
        foreach (var p in proposed)
        {
            room.Output.WriteLine();
            room.Output.WriteLine($"{p.Matter}  {Token.Of(p.Message)}{(p.Follows is { } f ? $" of {f.Identifier}" : "")}");
            room.Output.WriteLine($"  {CapXml.Plain(p.Words[0].Headline)}");
            foreach (var line in CapXml.Plain(p.Words[0].Description).Split('\n'))
            {
                room.Output.WriteLine($"  {line}");
            }
        }

        foreach (var r in released)
        {
            room.Output.WriteLine();
            room.Output.WriteLine($"released {r.Identifier}  {r.Matter}  {Token.Of(r.Message)}{(r.Follows is { } f ? $" of {f}" : "")}  {CapXml.Written(r.Sent)}");
        }
    }
}
