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
        try
        {
            var book = TableFile.Read(InputFile.Read(path), System.IO.Path.GetFileName(path));
            var given = wishes.Mapping is { } file ? InputFile.Understood(MappingJson.Read(InputFile.Read(file)), file) : null;
            var table = book.Open(wishes.Sheet ?? given?.Sheet, given?.HeaderRow);
            var (mapping, missing) = given is not null ? (given, []) : Proposed(table, book.HasSeveral ? table.Name : null);
            foreach (var always in wishes.Always)
            {
                mapping = Told(mapping, always);
            }

            mapping = wishes.Dates is { } dates ? mapping with { Dates = MappingJson.OrderOf(dates) } : mapping;
            return new TableImport(path, table, mapping, Proposal.Still(missing, mapping));
        }
        catch (RefusedException refused) when (!refused.Problem.Place.StartsWith(path, StringComparison.Ordinal) && refused.Problem.Place != wishes.Mapping && !refused.Problem.Code.StartsWith("file.", StringComparison.Ordinal))
        {
            throw InputFile.AsRefusal([refused.Problem], path);
        }
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

    private static (Mapping Mapping, IReadOnlyList<Problem> Missing) Proposed(Table table, string? sheet)
    {
        var proposal = Proposal.For(table, sheet);
        return (proposal.Mapping, proposal.Missing);
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
