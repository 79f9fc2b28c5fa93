using Safeconduct.Intake.Tables;
using Safeconduct.Statements;

namespace Safeconduct.Spreadsheets;

/// <summary>A file of tables, whatever it is: separated values, an XLSX workbook, or a ZIP of separated values as ODK Central hands it out. Known by its bytes; the name only names.</summary>
public static class TableFile
{
    /// <summary>A larger file is refused before it is read.</summary>
    public const long LargestFile = 64 * 1024 * 1024;

    private static readonly string[] Extensions = [".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".ods", ".zip"];

    /// <summary>Whether a file of this name is read as a table and not as a statement list.</summary>
    public static bool IsNamedLikeOne(string name) => Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the whole file in bounded memory.</summary>
    /// <exception cref="RefusedException"><c>table.too-large</c>, <c>table.old-or-locked</c>, <c>table.open-document</c>, the codes of <see cref="CsvText"/>, and for archives <c>table.archive-*</c>.</exception>
    public static Workbook Read(ReadOnlyMemory<byte> bytes, string name)
    {
        if (bytes.Length > LargestFile)
        {
            throw new RefusedException("table.too-large", $"A table of more than {Shown.Grouped(LargestFile)} bytes is not read; split the file.");
        }

        return bytes.Span switch
        {
            // The old binary form; a locked workbook is wrapped in the same.
            [0xD0, 0xCF, 0x11, 0xE0, ..] => throw new RefusedException("table.old-or-locked", "This is an old .xls workbook or one locked with a password; open it and save it as .xlsx without a password, or as CSV in UTF-8."),
            [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..] => Archived(bytes, name),
            _ => new Workbook([CsvText.Read(bytes.Span, Path.GetFileNameWithoutExtension(name))]),
        };
    }

    private static Workbook Archived(ReadOnlyMemory<byte> bytes, string name)
    {
        using var archive = Archive.Open(bytes);
        return archive.Holds("xl/workbook.xml") || archive.Holds("[Content_Types].xml") ? XlsxWorkbook.Read(bytes)
            : archive.Holds("content.xml") ? throw new RefusedException("table.open-document", "This is an OpenDocument spreadsheet; save it as .xlsx, or as CSV in UTF-8.")
            : archive.Tables(name);
    }
}
