using System.CommandLine;
using NodaTime;
using Safeconduct.Cli.Commands;
using Safeconduct.Record.Books;
using Safeconduct.Reports;
using Safeconduct.Situation;
using Safeconduct.Situation.Agreements;
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
    private readonly Option<string?> _terms = Shared.Terms();

    public void AddTo(Command command)
    {
        command.Arguments.Add(_source);
        foreach (var option in (Option[])[_asOf, _known, _lens, _audience, _places, _zone, _keys, _terms])
        {
            command.Options.Add(option);
        }
    }

    public Audience Audience(ParseResult parsed) => SayCommand.TokenOf<Audience>(parsed.GetRequiredValue(_audience));

    /// <summary>The statements, the operation they belong to, and its agreement where there is one: the file named by --terms, else the record's, else the one beside the list.</summary>
    public (IReadOnlyList<Statement> Statements, Operation Operation, Agreement? Agreement) Source(ParseResult parsed)
    {
        var path = parsed.GetRequiredValue(_source);
        var terms = parsed.GetValue(_terms);
        if (!Directory.Exists(path))
        {
            var file = StatementFile.Read(path, parsed.GetValue(_places), parsed.GetValue(_zone));
            var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, AgreementFile.Name);
            terms ??= File.Exists(beside) ? beside : null;
            return (file.Reading.Statements, file.Operation, terms is null ? null : AgreementFile.Read(terms, file.Operation));
        }

        using var folder = OperationFolder.Open(path, parsed.GetValue(_keys));
        if (folder.Book.Problems.Count > 0)
        {
            throw InputFile.AsRefusal(folder.Book.Problems, path);
        }

        var agreement = terms is not null ? AgreementFile.Read(terms, folder.Operation)
            : folder.Book.FindDocument(DocumentMedia.Agreement) is { } text ? AgreementFile.Understood(text, folder.Operation, $"{path}: the record's agreement")
            : null;
        return (folder.Statements, folder.Operation, agreement);
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
    public static Sitrep Report(IReadOnlyList<Statement> statements, Operation operation, Agreement? agreement, View view, Instant? since, Audience audience, string? reference, IReadOnlyList<string>? languages = null)
    {
        var cutOff = view.AsOf ?? statements.Select(s => s.KnownFrom.Latest(operation.Zone)).DefaultIfEmpty(Instant.FromUnixTimeSeconds(0)).Max();
        return SituationReport.Of(statements, operation, view, new ReportSettings(reference ?? "SR", operation.Name, cutOff, audience) { PeriodStart = since, Agreement = agreement, Languages = languages ?? [] });
    }
}
