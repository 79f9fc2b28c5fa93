using System.CommandLine;
using System.Text;
using NodaTime;
using Safeconduct.Cli.Operations;
using Safeconduct.Record;
using Safeconduct.Record.Books;
using Safeconduct.Reports;
using Safeconduct.Reports.Publishing;
using Safeconduct.Reports.Rendering;
using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Agreements.Wording;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;

namespace Safeconduct.Cli.Commands;

/// <summary><c>export DIR --format bundle</c>: the record as one sealed file. With what is for the room it leaves by a release that is recorded first; a part carries the words of that part alone.</summary>
internal sealed class ExportBundle
{
    /// <summary>A larger book is concluded by whoever wants to, not by the way.</summary>
    private const int MostToReport = 20_000;

    private readonly Option<string?> only = new("--only") { Description = "Bundle: the words of this source alone, or what this lens shows (source:NAME, kind:un, ...).", HelpName = "SOURCE" };
    private readonly Option<string?> device = new("--device") { Description = "Bundle: the words of this device's chain alone.", HelpName = "KID" };
    private readonly Option<string?> releasedBy = new("--released-by") { Description = "Bundle for the room: the head of mission, who releases it.", HelpName = "NAME" };
    private readonly Option<string?> to = new("--to") { Description = "Bundle for the room: to whom it goes.", HelpName = "WHOM" };
    private readonly Option<string?> reason = new("--reason") { Description = "Bundle for the room: why it is released.", HelpName = "WHY" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[only, device, releasedBy, to, reason])
        {
            command.Options.Add(option);
        }
    }

    public int Run(ParseResult parsed, Surroundings room, OperationFolder operation, Audience audience, string? output)
    {
        _ = output ?? throw new UsageException("A bundle needs --output FILE.zip, or a folder.");
        var (now, statements) = (OperationFolder.ClaimedNow(), operation.Statements);
        var at = Instant.FromUnixTimeSeconds(now.UnixMs / 1000);
        var part = PartOf(parsed, operation, statements);
        var release = ReleaseOf(parsed, audience, part, at);
        var copy = Copy.Of(statements, operation.Operation, at, audience, part, release);
        Bundles.CheckFree(output);
        var entry = release is null ? null : operation.Book.Keep([new NewBody(release.ToBytes(), Release.Media)], now);
        var agreement = operation.Book.FindDocument(DocumentMedia.Agreement) is { } text ? AgreementReader.Read(text.Span, operation.Operation).Agreement : null;
        Bundles.Write(operation, output, copy, copy.Terms(agreement, operation.Operation), entry?.Index.Value, () => Report(statements, operation.Operation, agreement, audience));
        room.Error.WriteLine($"written {output}: {Shown.Grouped(operation.Book.Log.Size)} entries, {Shown.Grouped(copy.Included.Count)} statements included, {Shown.Grouped(copy.Lacking)} withheld");
        return CommandLine.Done;
    }

    private Part? PartOf(ParseResult parsed, OperationFolder operation, IReadOnlyCollection<Statement> statements)
    {
        var (words, kid) = (parsed.GetValue(only), parsed.GetValue(device));
        if (words is not null && kid is not null)
        {
            throw new UsageException("Name a source or a device: --only or --device, not both.");
        }

        var part = words is not null ? Part.Of(LensOf(words), statements) : kid is not null ? ChainOf(kid, operation) : null;
        return part is null || statements.Any(part.Has)
            ? part
            : throw new RefusedException("bundle.empty-part", "No statement of the record belongs to this part.", words ?? kid ?? "");
    }

    // The plain name of a source is what most will write; a lens says more.
    private static Lens LensOf(string words)
    {
        var lens = Lens.Parse(words);
        return lens.Value ?? Lens.Parse($"source:\"{words}\"").Value ?? throw InputFile.AsRefusal(lens.Problems, "--only");
    }

    private static Part ChainOf(string kid, OperationFolder operation)
    {
        var log = operation.Book.Log;
        var said = operation.Book.Statements.Where(e => log.Find(e.Index)?.Entry.Kid.ToString() == kid).Select(e => e.Statement.Id).ToHashSet();
        return new Part($"what device {kid} recorded", s => said.Contains(s.Id));
    }

    private Release? ReleaseOf(ParseResult parsed, Audience audience, Part? part, Instant at)
    {
        string?[] said = [parsed.GetValue(releasedBy), parsed.GetValue(to), parsed.GetValue(reason)];
        if (audience is not Audience.Room)
        {
            return said.All(s => s is null) ? null : throw new UsageException("A release is for a bundle --for room; for the parties and the public there is nothing to release.");
        }

        return said.All(s => s is null)
            ? throw new RefusedException("bundle.needs-release", Copy.NeedsRelease().Problem.Message + " Here: --released-by NAME --to WHOM --reason WHY, or --for parties, or --for public.")
            : new Release(said[0] ?? "", said[1] ?? "", said[2] ?? "", Release.ScopeOf(part), at);
    }

    /// <summary>A report that nobody checked or cleared, where none was published; null where the book is too large to conclude by the way.</summary>
    private static byte[]? Report(IReadOnlyList<Statement> statements, Operation operation, Agreement? agreement, Audience audience)
    {
        if (statements.Count is 0 or > MostToReport)
        {
            return null;
        }

        var cutOff = statements.Max(s => s.KnownFrom.Latest(operation.Zone));
        var settings = new ReportSettings("not published", operation.Name, cutOff, audience) { Agreement = agreement, Remark = "Made for a copy of the record; nobody checked or cleared it" };
        return Encoding.UTF8.GetBytes(SitrepHtml.Write(SituationReport.Of(statements, operation, View.Everything, settings)));
    }
}
