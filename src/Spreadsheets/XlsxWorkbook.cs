using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Safeconduct.Intake.Tables;
using Safeconduct.Statements;
using OpenCell = DocumentFormat.OpenXml.Spreadsheet.Cell;
using OpenSheet = DocumentFormat.OpenXml.Spreadsheet.Sheet;
using Cell = Safeconduct.Intake.Tables.Cell;
using Sheet = Safeconduct.Intake.Tables.Sheet;
using Workbook = Safeconduct.Intake.Tables.Workbook;

namespace Safeconduct.Spreadsheets;

/// <summary>
/// Reads an XLSX workbook, element after element and never as a whole: shared texts, numbers, dates by their style, what formulas last gave. Hidden sheets are
/// left out, since a person who hands in a workbook does not see them.
/// </summary>
internal static class XlsxWorkbook
{
    private const int MostSheets = 200;
    private const int MostSharedTexts = 1_000_000;
    private const long MostSharedCharacters = 128L * 1024 * 1024;

    public static Workbook Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            // The library itself stops at a part of more characters than this.
            using var document = SpreadsheetDocument.Open(Archive.StreamOf(bytes), isEditable: false, new OpenSettings { MaxCharactersInPart = Archive.MostUnpacked });
            return Read(document);
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            throw new RefusedException("table.workbook-broken", $"The workbook can't be read: {Shown.Short(broken.Message.TrimEnd('.'))}. Open it and save it again as .xlsx, or as CSV in UTF-8.");
        }
    }

    /// <summary>What the library throws over a file that is not what it says it is.</summary>
    internal static bool IsBroken(Exception broken) =>
        broken is OpenXmlPackageException or System.Xml.XmlException or InvalidDataException or FileFormatException or FormatException or ArgumentException or KeyNotFoundException or InvalidOperationException or IOException;

    private static Workbook Read(SpreadsheetDocument document)
    {
        var book = document.WorkbookPart ?? throw new RefusedException("table.workbook-broken", "This is an Office file and no workbook; hand in .xlsx or CSV.");
        var listed = book.Workbook?.Sheets?.Elements<OpenSheet>().Take(MostSheets + 1).ToList() ?? [];
        if (listed.Count > MostSheets)
        {
            throw new RefusedException("table.too-many-sheets", $"The workbook has more than {Shown.Number(MostSheets)} sheets; hand in those that hold statements.");
        }

        var texts = SharedTexts(book.SharedStringTablePart);
        var dates = DateStyles.Of(book.WorkbookStylesPart?.Stylesheet, book.Workbook?.WorkbookProperties?.Date1904?.Value == true);
        var sheets = new List<Sheet>(listed.Count);
        var cells = 0;
        foreach (var sheet in listed)
        {
            if (sheet.State?.Value is { } state && (state == SheetStateValues.Hidden || state == SheetStateValues.VeryHidden))
            {
                continue;
            }

            if (sheet.Id?.Value is { } id && book.GetPartById(id) is WorksheetPart part)
            {
                var name = sheet.Name?.Value ?? "sheet";
                sheets.Add(new Sheet(name, Rows(part, name, texts, dates, ref cells)));
            }
        }

        return new Workbook(sheets);
    }

    internal static List<string> SharedTexts(SharedStringTablePart? part)
    {
        var texts = new List<string>();
        if (part is null)
        {
            return texts;
        }

        var characters = 0L;
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (reader.ElementType != typeof(SharedStringItem) || !reader.IsStartElement)
            {
                continue;
            }

            var text = TextOf((SharedStringItem)reader.LoadCurrentElement()!);
            characters += text.Length;
            if (texts.Count >= MostSharedTexts || characters > MostSharedCharacters)
            {
                throw new RefusedException("table.too-many-texts", $"The workbook keeps more than {Shown.Grouped(MostSharedTexts)} texts; split it.");
            }

            texts.Add(text);
        }

        return texts;
    }

    /// <summary>The text, and its runs where it is set in several hands; how it is pronounced is left out.</summary>
    private static string TextOf(SharedStringItem item) => item.Text?.Text ?? string.Concat(item.Elements<Run>().Select(r => r.Text?.Text));

    private static List<SheetRow> Rows(WorksheetPart part, string sheet, List<string> texts, DateStyles dates, ref int cells)
    {
        var rows = new List<SheetRow>();
        using var reader = OpenXmlReader.Create(part);
        var number = 0;
        List<Cell>? row = null;
        while (reader.Read())
        {
            if (reader.ElementType == typeof(Row))
            {
                if (reader.IsStartElement)
                {
                    number = RowNumber(reader, number, sheet);
                    row = [];
                }

                if (reader.IsEndElement && row is not null)
                {
                    Keep(rows, row, number, sheet);
                    row = null;
                }
            }
            else if (row is not null && reader.IsStartElement && reader.ElementType == typeof(OpenCell))
            {
                var cell = (OpenCell)reader.LoadCurrentElement()!;
                var column = ColumnOf(cell.CellReference?.Value) ?? row.Count;
                var place = $"sheet '{Shown.Short(sheet)}', row {Shown.Number(number)}, column {Sheet.Letters(Math.Min(column, Sheet.MostColumns))}";
                if (column >= Sheet.MostColumns)
                {
                    // A style set on a far column is no content; only a cell that holds something is too far out.
                    if (cell.CellValue is null && cell.InlineString is null)
                    {
                        continue;
                    }

                    throw new RefusedException("table.too-many-columns", $"More than {Shown.Grouped(Sheet.MostColumns)} columns are not read; take out those that nobody needs.", place);
                }

                if (++cells > Sheet.MostCells)
                {
                    throw new RefusedException("table.too-many-cells", $"More than {Shown.Grouped(Sheet.MostCells)} cells are not read; split the file.", place);
                }

                while (row.Count < column)
                {
                    row.Add(Cell.Empty);
                }

                var read = CellOf(cell, texts, dates, place);
                if (column < row.Count)
                {
                    row[column] = read;
                }
                else
                {
                    row.Add(read);
                }
            }
        }

        return rows;
    }

    private static int RowNumber(OpenXmlReader reader, int last, string sheet)
    {
        var said = reader.Attributes.FirstOrDefault(a => a.LocalName == "r").Value;
        var number = said is null ? last + 1 : int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
        return number > last ? number : throw new RefusedException("table.workbook-broken", "The rows of the sheet do not follow one another; open the workbook and save it again.", $"sheet '{Shown.Short(sheet)}', row {Shown.Number(last + 1)}");
    }

    private static void Keep(List<SheetRow> rows, List<Cell> row, int number, string sheet)
    {
        if (row.All(c => c.IsBlank))
        {
            return;
        }

        rows.Add(rows.Count < Sheet.MostRows
            ? new SheetRow(number, row)
            : throw new RefusedException("table.too-many-rows", $"More than {Shown.Grouped(Sheet.MostRows)} rows are not read; split the file.", $"sheet '{Shown.Short(sheet)}', row {Shown.Number(number)}"));
    }

    /// <summary>From 0: "C7" is 2. Null where the cell does not say.</summary>
    internal static int? ColumnOf(string? reference)
    {
        if (string.IsNullOrEmpty(reference))
        {
            return null;
        }

        var column = 0;
        foreach (var c in reference.TakeWhile(char.IsAsciiLetterUpper).Take(4))
        {
            column = (column * 26) + (c - 'A' + 1);
        }

        return column - 1 is >= 0 and var at ? at : null;
    }

    private static Cell CellOf(OpenCell cell, List<string> texts, DateStyles dates, string place)
    {
        var computed = cell.CellFormula is not null;
        var raw = cell.CellValue?.Text ?? "";
        var type = cell.DataType?.Value;
        if (type == CellValues.Error)
        {
            throw new RefusedException("table.cell-error", $"The cell shows '{Shown.Short(raw)}', an error of its formula; mend the formula or clear the cell.", place);
        }

        if (type == CellValues.SharedString)
        {
            return int.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < texts.Count ? Said(texts[at], computed, place) : throw new RefusedException("table.workbook-broken", "The cell points to a text that the workbook does not hold; open it and save it again.", place);
        }

        if (type == CellValues.InlineString)
        {
            return Said(cell.InlineString?.Text?.Text ?? string.Concat(cell.InlineString?.Elements<Run>().Select(r => r.Text?.Text) ?? []), computed, place);
        }

        if (type == CellValues.Boolean)
        {
            return Said(raw == "1" ? "true" : "false", computed, place);
        }

        if (type == CellValues.String || type == CellValues.Date)
        {
            return Said(raw, computed, place);
        }

        if (raw.Length == 0)
        {
            return computed
                ? throw new RefusedException("table.formula-unsaved", "A formula stands here and the file holds no value of it; open the workbook in a spreadsheet and save it.", place)
                : Cell.Empty;
        }

        return NumberOf(raw, cell.StyleIndex?.Value, dates, computed) ?? Said(raw, computed, place);
    }

    private static Cell? NumberOf(string raw, uint? style, DateStyles dates, bool computed)
    {
        if (!decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        // 0.1 + 0.2 is kept as 0.30000000000000004: fifteen digits are what the spreadsheet shows.
        number = decimal.TryParse(((double)number).ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var shown) ? shown : number;
        if (dates.DateOf(number, style) is { } date)
        {
            var hour = date.TimeOfDay == NodaTime.LocalTime.Midnight ? "uuuu-MM-dd" : "uuuu-MM-dd HH:mm:ss";
            return new Cell(date.ToString(hour, CultureInfo.InvariantCulture), Date: date, IsComputed: computed);
        }

        return new Cell(number.ToString(CultureInfo.InvariantCulture), number, IsComputed: computed);
    }

    private static Cell Said(string text, bool computed, string place) => text.Length <= Cell.LongestText
        ? new Cell(CellText.Read(text).Trim(), IsComputed: computed)
        : throw new RefusedException("table.cell-too-long", $"The cell has {Shown.Grouped(text.Length)} characters; at most {Shown.Grouped(Cell.LongestText)} are read.", place);
}
