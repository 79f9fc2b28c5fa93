using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Safeconduct.Tests.Edges;

/// <summary>Workbooks and archives made for tests: by the library as a program would, and by hand as an enemy would.</summary>
internal static class Books
{
    public const string Types = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>""";
    public const string Relations = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""";
    public const string Workbook = """<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>""";
    public const string WorkbookRelations = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""";

    /// <summary>A workbook with a date style (1), shared texts, and a cell for each value: text, number, <see cref="DateOnly"/>, or a formula as ("=A1", "3").</summary>
    public static byte[] Of(params (string Name, object?[][] Rows)[] sheets)
    {
        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.Workbook = new Workbook(new Sheets());
            var styles = book.AddNewPart<WorkbookStylesPart>();
            styles.Stylesheet = new Stylesheet(
                new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "dd/mm/yyyy" }),
                new Fonts(new Font()), new Fills(new Fill()), new Borders(new Border()), new CellStyleFormats(new CellFormat()),
                new CellFormats(new CellFormat { NumberFormatId = 0 }, new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true }));
            var texts = book.AddNewPart<SharedStringTablePart>();
            texts.SharedStringTable = new SharedStringTable();
            foreach (var (name, rows) in sheets)
            {
                var part = book.AddNewPart<WorksheetPart>();
                var cells = new SheetData();
                for (var r = 0; r < rows.Length; r++)
                {
                    cells.Append(new Row(rows[r].Select((value, c) => CellOf(value, $"{(char)('A' + c)}{r + 1}", texts.SharedStringTable)).OfType<Cell>()) { RowIndex = (uint)r + 1 });
                }

                part.Worksheet = new Worksheet(cells);
                book.Workbook.Sheets!.Append(new Sheet { Name = name, SheetId = (uint)book.Workbook.Sheets.Count() + 1, Id = book.GetIdOfPart(part) });
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The smallest workbook there is, with this XML as its only sheet.</summary>
    public static byte[] ByHand(string sheetXml, params (string Name, string Text)[] more) =>
        Zip([("[Content_Types].xml", Types), ("_rels/.rels", Relations), ("xl/workbook.xml", Workbook), ("xl/_rels/workbook.xml.rels", WorkbookRelations), ("xl/worksheets/sheet1.xml", sheetXml), .. more]);

    public static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    private static Cell? CellOf(object? value, string at, SharedStringTable texts)
    {
        switch (value)
        {
            case null:
                return null;
            case string text:
                texts.Append(new SharedStringItem(new Text(text)));
                return new Cell { CellReference = at, DataType = CellValues.SharedString, CellValue = new CellValue(texts.Count() - 1) };
            case DateOnly day:
                return new Cell { CellReference = at, StyleIndex = 1, CellValue = new CellValue(day.DayNumber - new DateOnly(1899, 12, 30).DayNumber) };
            case ValueTuple<string, string> formula:
                return new Cell { CellReference = at, CellFormula = new CellFormula(formula.Item1.TrimStart('=')), CellValue = new CellValue(formula.Item2) };
            default:
                return new Cell { CellReference = at, CellValue = new CellValue(Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture)) };
        }
    }
}
