using System.CommandLine;
using NodaTime;
using Safeconduct.Cli.Commands;
using Safeconduct.Reports;
using Safeconduct.Situation;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;

namespace Safeconduct.Cli.Operations;

/// <summary>What the reading commands share: a file or an operation, a lens, an as-of, an audience.</summary>
internal sealed class Looking
{
    private readonly Argument<string> _source = new("SOURCE") { Description = "A statement list (a file), or an operation (its folder)." };
    private readonly Option<string?> _asOf = Shared.AsOf();
    private readonly Option<string> _known = Shared.Known();
    private readonly Option<string> _lens = Shared.Lens();
    private readonly Option<string> _audience = Shared.Audience();
    private readonly Option<string?> _places = Shared.Places();
    private readonly Option<string?> _zone = Shared.TimeZone();
    private readonly Option<string?> _keys = Shared.Keys();

    public void AddTo(Command command)
    {
        command.Arguments.Add(_source);
        foreach (var option in (Option[])[_asOf, _known, _lens, _audience, _places, _zone, _keys])
        {
            command.Options.Add(option);
        }
    }

    public Audience Audience(ParseResult parsed) => SayCommand.TokenOf<Audience>(parsed.GetRequiredValue(_audience));

    /// <summary>The statements and the operation they belong to. An operation's folder is opened, checked and closed again.</summary>
    public (IReadOnlyList<Statement> Statements, Operation Operation) Source(ParseResult parsed)
    {
        var path = parsed.GetRequiredValue(_source);
        if (!Directory.Exists(path))
        {
            var file = StatementFile.Read(path, parsed.GetValue(_places), parsed.GetValue(_zone));
            return (file.Reading.Statements, file.Operation);
        }

        using var folder = OperationFolder.Open(path, parsed.GetValue(_keys));
        if (folder.Book.Problems.Count > 0)
        {
            throw InputFile.AsRefusal(folder.Book.Problems, path);
        }

        return (folder.Statements, folder.Operation);
    }

    public View View(ParseResult parsed, Operation operation)
    {
        var lens = Lens.Parse(parsed.GetRequiredValue(_lens));
        return new View(
            lens.Value ?? throw InputFile.AsRefusal(lens.Problems, "--lens"),
            parsed.GetValue(_asOf) is { } asOf ? Times.AsOf(asOf, operation.Zone) : null,
            SayCommand.TokenOf<Known>(parsed.GetRequiredValue(_known)));
    }

    /// <summary>A report for an audience: what may not leave the room, or not yet, is taken out before anything is concluded. Without an as-of the cut-off is the last that was said.</summary>
    public static Sitrep Report(IReadOnlyList<Statement> statements, Operation operation, View view, Instant? since, Audience audience, string? reference)
    {
        var cutOff = view.AsOf ?? statements.Select(s => s.KnownFrom.Latest(operation.Zone)).DefaultIfEmpty(Instant.FromUnixTimeSeconds(0)).Max();
        return SituationReport.Of(statements, operation, view, new ReportSettings(reference ?? "SR", operation.Name, cutOff, audience) { PeriodStart = since });
    }
}
