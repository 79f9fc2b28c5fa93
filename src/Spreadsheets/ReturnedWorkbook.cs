using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using Safeconduct.Intake.Exports;
using Safeconduct.Statements;
using OpenSheet = DocumentFormat.OpenXml.Spreadsheet.Sheet;

namespace Safeconduct.Spreadsheets;

/// <summary>
/// An export that comes back as a workbook, as we wrote it or as a spreadsheet saved it. Row after row from the archive; only texts that a spreadsheet moved into its
/// table of shared ones are kept. Sheets that are no statements are passed over.
/// </summary>
internal sealed class ReturnedWorkbook : IDisposable
{
    /// <summary>Of all parts that the library reads whole. The sheets are read by us, a cell at a time, and may be of any length.</summary>
    private const long MostOfOthers = 16L * 1024 * 1024;

    private static readonly ThreadLocal<char[]> Pieces = new(() => new char[4096]);

    private readonly SpreadsheetDocument _document;

    private ReturnedWorkbook(SpreadsheetDocument document, IReadOnlyList<IEnumerable<ReturnedRow>> sheets) => (_document, Sheets) = (document, sheets);

    /// <summary>One for each sheet of statements.</summary>
    public IReadOnlyList<IEnumerable<ReturnedRow>> Sheets { get; }

    /// <summary>Null where no sheet is an export of ours.</summary>
    public static ReturnedWorkbook? Open(Stream from)
    {
        SpreadsheetDocument? document = null;
        try
        {
            if (!IsModest(from))
            {
                return null;
            }

            document = SpreadsheetDocument.Open(from, isEditable: false, new OpenSettings { MaxCharactersInPart = Archive.MostUnpacked });
            var book = document.WorkbookPart!;
            var texts = new Lazy<List<string>>(() => XlsxWorkbook.SharedTexts(book.SharedStringTablePart));
            var dates = DateStyles.Of(book.WorkbookStylesPart?.Stylesheet, book.Workbook?.WorkbookProperties?.Date1904?.Value == true);
            var sheets = (book.Workbook?.Sheets?.Elements<OpenSheet>() ?? [])
                .Select(s => s.Id?.Value is { } id && book.GetPartById(id) is WorksheetPart part ? ReturnedRows.OfTable(Rows(part, s.Name?.Value ?? "sheet", texts, dates)) : null)
                .OfType<IEnumerable<ReturnedRow>>().ToList();
            if (sheets.Count > 0)
            {
                return new ReturnedWorkbook(document, sheets);
            }
        }
        catch (Exception broken) when (XlsxWorkbook.IsBroken(broken) || broken is NullReferenceException)
        {
            // Not one of ours; whoever reads tables says what is wrong with it.
        }

        document?.Dispose();
        return null;
    }

    public void Dispose() => _document.Dispose();

    /// <summary>Whether nothing but sheets and their texts is large. What is made to burst is left to the reader of tables, which says so.</summary>
    private static bool IsModest(Stream from)
    {
        using var zip = new ZipArchive(from, ZipArchiveMode.Read, leaveOpen: true);
        var others = zip.Entries.Where(e => !e.FullName.StartsWith("xl/worksheets/", StringComparison.OrdinalIgnoreCase) && !e.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase)).Sum(e => e.Length);
        from.Position = 0;
        return zip.Entries.Count <= Archive.MostParts && others <= MostOfOthers;
    }

    private static IEnumerable<(int Number, IReadOnlyList<string> Cells)> Rows(WorksheetPart part, string sheet, Lazy<List<string>> texts, DateStyles dates)
    {
        using var stream = part.GetStream(FileMode.Open, FileAccess.Read);
        using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = false });
        var number = 0;
        while (Read(xml))
        {
            if (xml.NodeType is not XmlNodeType.Element || xml.LocalName != "row")
            {
                continue;
            }

            number = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? said : number + 1;
            var cells = Cells(xml, number, sheet, texts, dates);
            if (cells.Exists(c => c.Length > 0))
            {
                yield return (number, cells);
            }
        }
    }

    private static List<string> Cells(XmlReader xml, int row, string sheet, Lazy<List<string>> texts, DateStyles dates)
    {
        var cells = new List<string>();
        if (xml.IsEmptyElement)
        {
            return cells;
        }

        while (Read(xml) && !(xml.NodeType is XmlNodeType.EndElement && xml.LocalName == "row"))
        {
            if (xml.NodeType is not XmlNodeType.Element || xml.LocalName != "c")
            {
                continue;
            }

            var column = XlsxWorkbook.ColumnOf(xml.GetAttribute("r")) ?? cells.Count;
            if (column >= Intake.Tables.Sheet.MostColumns)
            {
                throw Intake.Tables.Sheet.TooManyColumns($"sheet '{Shown.Short(sheet)}', row {Shown.Number(row)}");
            }

            while (cells.Count <= column)
            {
                cells.Add("");
            }

            cells[column] = xml.IsEmptyElement ? "" : Text(xml, row, column, sheet, texts, dates);
        }

        return cells;
    }

    private static string Text(XmlReader xml, int row, int column, string sheet, Lazy<List<string>> texts, DateStyles dates)
    {
        var (type, style) = (xml.GetAttribute("t"), xml.GetAttribute("s"));
        var text = new StringBuilder();
        var (inValue, inPhonetic) = (false, false);
        while (Read(xml) && !(xml.NodeType is XmlNodeType.EndElement && xml.LocalName == "c"))
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element or XmlNodeType.EndElement when xml.LocalName is "v" or "t":
                    inValue = xml.NodeType is XmlNodeType.Element && !xml.IsEmptyElement;
                    break;
                case XmlNodeType.Element or XmlNodeType.EndElement when xml.LocalName is "rPh":
                    inPhonetic = xml.NodeType is XmlNodeType.Element && !xml.IsEmptyElement;
                    break;
                case XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA when inValue && !inPhonetic:
                    Append(text, xml, row, column, sheet);
                    break;
                default:
                    break;
            }
        }

        var said = text.ToString();
        if (type == "s")
        {
            said = int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < texts.Value.Count ? texts.Value[at] : "";
        }

        else if (type is null or "n" && uint.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var shown) && decimal.TryParse(said, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && dates.DateOf(number, shown) is { } date)
        {
            // A spreadsheet that opened our text took the day for one of its own.
            return date.TimeOfDay == NodaTime.LocalTime.Midnight ? date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) : date.ToString("uuuu-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        }

        return CellText.Read(said);
    }

    /// <summary>The text of a node, piece by piece: one that is longer than a cell is refused before it is in memory. A character that XML could not hold takes seven.</summary>
    private static void Append(StringBuilder text, XmlReader xml, int row, int column, string sheet)
    {
        for (int read; (read = Chunk(xml, Pieces.Value!)) > 0;)
        {
            text.Append(Pieces.Value, 0, read);
            if (text.Length > Intake.Tables.Cell.LongestText * 7)
            {
                throw new RefusedException("table.cell-too-long", $"A cell has more than {Shown.Grouped(Intake.Tables.Cell.LongestText)} characters; no more are read.", $"sheet '{Shown.Short(sheet)}', row {Shown.Number(row)}, column {Intake.Tables.Sheet.Letters(column)}");
            }
        }
    }

    private static int Chunk(XmlReader xml, char[] into)
    {
        try
        {
            return xml.ReadValueChunk(into, 0, into.Length);
        }
        catch (Exception broken) when (broken is XmlException or InvalidDataException)
        {
            throw Broken();
        }
    }

    private static bool Read(XmlReader xml)
    {
        try
        {
            return xml.Read();
        }
        catch (Exception broken) when (broken is XmlException or InvalidDataException)
        {
            throw Broken();
        }
    }

    private static RefusedException Broken() => new("table.workbook-broken", "The workbook is cut off or broken; take the export again.");
}
