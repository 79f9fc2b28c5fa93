using NodaTime;
using Safeconduct.Intake.Tables;
using Safeconduct.Spreadsheets;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;

namespace Safeconduct.Cli.Operations;

/// <summary>What the command was told about a table beside its file.</summary>
/// <param name="Always">Values that stand for all rows, each as FIELD=VALUE.</param>
internal sealed record TableWishes(string? Sheet, string? Mapping, string? Dates, IReadOnlyList<string> Always);

/// <summary>A table with the mapping it is read under: the one handed in, or the one proposed from its headers with what the command adds.</summary>
/// <param name="Missing">What the proposal still needs; never anything where a mapping was handed in.</param>
internal sealed record TableImport(string Path, Table Table, Mapping Mapping, IReadOnlyList<Problem> Missing)
{
    public static TableImport Open(string path, TableWishes wishes)
    {
        var bytes = InputFile.Read(path);
        var given = wishes.Mapping is { } file ? InputFile.Understood(MappingJson.Read(InputFile.Read(file)), file) : null;
        var (table, severalSheets) = Opened(path, bytes, wishes.Sheet ?? given?.Sheet, given?.HeaderRow);
        var proposal = given is null ? Proposal.For(table, severalSheets ? table.Name : null) : new Proposal(given, []);
        var mapping = wishes.Always.Aggregate(proposal.Mapping, Told);
        mapping = wishes.Dates is { } dates ? mapping with { Dates = MappingJson.OrderOf(dates) } : mapping;
        return new TableImport(path, table, mapping, Proposal.Still(proposal.Missing, mapping));
    }

    /// <summary>Row by row what the table says. A proposal that is not complete is refused with what is missing, and never half used.</summary>
    public TableReading Read(string? places, Gazetteer? known, DateTimeZone? clock)
    {
        if (Missing.Count > 0)
        {
            throw InputFile.AsRefusal([.. Missing.Select(m => m with { Message = $"{m.Message} Give it by --always, or write the mapping out with --propose-mapping and complete it." })], Path);
        }

        var beside = Beside.Read(Path, places, known);
        return TableReader.Read(Table, Mapping, beside.Gazetteer, beside.Sources, clock);
    }

    private static (Table Table, bool SeveralSheets) Opened(string path, ReadOnlyMemory<byte> bytes, string? sheet, int? headerRow)
    {
        try
        {
            var book = TableFile.Read(bytes, System.IO.Path.GetFileName(path));
            return (book.Open(sheet, headerRow), book.HasSeveral);
        }
        catch (RefusedException refused)
        {
            throw InputFile.AsRefusal([refused.Problem], path);
        }
    }

    private static Mapping Told(Mapping mapping, string always)
    {
        var cut = always.IndexOf('=', StringComparison.Ordinal);
        var field = cut < 0 ? always : always[..cut];
        if (cut < 0 || !Mapping.FieldNames.Contains(field))
        {
            throw new Commands.UsageException($"--always {always}: write FIELD=VALUE with one of {string.Join(", ", Mapping.FieldNames)}.");
        }

        return mapping.WithAlways(field, always[(cut + 1)..]);
    }
}
