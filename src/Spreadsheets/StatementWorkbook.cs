using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Safeconduct.Reports.Exchange;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Rows;

namespace Safeconduct.Spreadsheets;

/// <summary>
/// Statements as an XLSX workbook (<c>formats/csv.md</c>): one sheet with the columns of <see cref="StatementRows"/>, numbers in cells of numbers and texts within their
/// cells, and a second that says what the columns mean and how much is withheld. The parts are written one behind the other straight into the archive: the Office
/// library keeps a part in memory until it is whole, which a large book does not allow. Every part bears the same date, so that the same statements are the same file.
/// </summary>
public sealed class StatementWorkbook : IStatementWriter
{
    /// <summary>A sheet has no more rows; what is more goes on in a further sheet.</summary>
    public const int MostRows = 1_048_576;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string Office = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    /// <summary>The first date that an archive can bear.</summary>
    private static readonly DateTimeOffset Undated = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Letters = [.. StatementRows.Columns.Select((_, i) => Intake.Tables.Sheet.Letters(i))];
    private static readonly XmlWriterSettings Written = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CloseOutput = true, CheckCharacters = false };

    private readonly ZipArchive _archive;
    private readonly Cover _cover;
    private readonly List<string> _sheets = [];
    private XmlWriter? _sheet;
    private int _row;

    private StatementWorkbook(Stream to, Cover cover) => (_archive, _cover) = (new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true), cover);

    public static ExportFormat Format { get; } = new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", (to, cover) => new StatementWorkbook(to, cover));

    public void Begin() => OpenStatements();

    public void Write(HandedOn leaving)
    {
        ArgumentNullException.ThrowIfNull(leaving);
        foreach (var row in StatementRows.Of(leaving.Statement, leaving.Entry, _cover.Operation.Gazetteer))
        {
            if (_row == MostRows)
            {
                CloseSheet();
                OpenStatements();
            }

            Row(row, numbers: true);
        }
    }

    public void End()
    {
        CloseSheet();
        Columns();
        Part("xl/styles.xml", Styles);
        Part("xl/workbook.xml", Workbook);
        Part("xl/_rels/workbook.xml.rels", WorkbookRelations);
        Part("_rels/.rels", xml => Listed(xml, "Relationships", Packages, ("rId1", Relations + "/officeDocument", "xl/workbook.xml")));
        Part("[Content_Types].xml", ContentTypes);
    }

    public void Dispose()
    {
        _sheet?.Dispose();
        _archive.Dispose();
    }

    private void OpenStatements()
    {
        OpenSheet(_sheets.Count == 0 ? "statements" : $"statements {Shown.Number(_sheets.Count + 1)}", 24, frozen: true);
        Row([.. StatementRows.Columns.Select(c => c.Name)], numbers: false, style: "1");
    }

    private void Columns()
    {
        OpenSheet("columns", 60, frozen: false);
        (string, string, string)[] said =
        [
            ("operation", "", _cover.Operation.Name),
            ("clock", "", _cover.Operation.Zone.Id),
            ("for", "", Token.Of(_cover.Audience)),
            ("withheld", "", $"{Shown.Grouped(_cover.Withheld)} statements of the book are not for this reader, or not yet."),
            ("how to read", "", "Nothing here is a fact: each row is what somebody stated. Statements repeat and contradict one another, so that a sum of a column is no total."),
            ("when handed in again", "", "Rows may be sorted, filtered and left out. A cell that was changed is refused and named; a correction is said by whoever has something to correct."),
        ];
        foreach (var (name, tag, means) in said)
        {
            Row([name, tag, means], numbers: false);
        }

        Row([], numbers: false);
        Row(["column", "HXL hashtag", "what it says"], numbers: false, style: "1");
        foreach (var column in StatementRows.Columns)
        {
            Row([column.Name, column.Tag, column.Means], numbers: false);
        }

        CloseSheet();
    }

    private void OpenSheet(string name, int width, bool frozen)
    {
        _sheets.Add(name);
        _row = 0;
        _sheet = XmlWriter.Create(Open($"xl/worksheets/sheet{Shown.Number(_sheets.Count)}.xml"), Written);
        _sheet.WriteStartElement("worksheet", Main);
        _sheet.WriteStartElement("sheetViews", Main);
        _sheet.WriteStartElement("sheetView", Main);
        _sheet.WriteAttributeString("workbookViewId", "0");
        if (frozen)
        {
            Element(_sheet, "pane", ("ySplit", "1"), ("topLeftCell", "A2"), ("activePane", "bottomLeft"), ("state", "frozen"));
        }

        _sheet.WriteEndElement();
        _sheet.WriteEndElement();
        _sheet.WriteStartElement("cols", Main);
        Element(_sheet, "col", ("min", "1"), ("max", Shown.Number(StatementRows.Columns.Count)), ("width", Shown.Number(width)), ("customWidth", "1"));
        _sheet.WriteEndElement();
        _sheet.WriteStartElement("sheetData", Main);
    }

    private void CloseSheet()
    {
        _sheet!.WriteEndElement();
        _sheet.WriteEndElement();
        _sheet.Dispose();
        _sheet = null;
    }

    private void Row(string[] cells, bool numbers, string? style = null)
    {
        var row = Shown.Number(++_row);
        _sheet!.WriteStartElement("row", Main);
        _sheet.WriteAttributeString("r", row);
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i].Length > 0)
            {
                Cell(Letters[i] + row, cells[i], numbers && StatementRows.Columns[i].IsNumber, style);
            }
        }

        _sheet.WriteEndElement();
    }

    private void Cell(string at, string text, bool isNumber, string? style)
    {
        _sheet!.WriteStartElement("c", Main);
        _sheet.WriteAttributeString("r", at);
        if (style is not null)
        {
            _sheet.WriteAttributeString("s", style);
        }

        if (isNumber)
        {
            _sheet.WriteElementString("v", Main, text);
        }
        else
        {
            _sheet.WriteAttributeString("t", "inlineStr");
            _sheet.WriteStartElement("is", Main);
            _sheet.WriteStartElement("t", Main);
            _sheet.WriteAttributeString("xml", "space", null, "preserve");
            _sheet.WriteString(CellText.Written(FormulaSign.Guarded(text)));
            _sheet.WriteEndElement();
            _sheet.WriteEndElement();
        }

        _sheet.WriteEndElement();
    }

    /// <summary>Two styles: a plain cell, and a header in bold.</summary>
    private static void Styles(XmlWriter xml)
    {
        xml.WriteStartElement("styleSheet", Main);
        List(xml, "fonts", () => xml.WriteElementString("font", Main, null), () =>
        {
            xml.WriteStartElement("font", Main);
            Element(xml, "b");
            xml.WriteEndElement();
        });
        List(xml, "fills", () =>
        {
            xml.WriteStartElement("fill", Main);
            Element(xml, "patternFill", ("patternType", "none"));
            xml.WriteEndElement();
        });
        List(xml, "borders", () => Element(xml, "border"));
        List(xml, "cellStyleXfs", () => Element(xml, "xf"));
        List(xml, "cellXfs", () => Element(xml, "xf", ("xfId", "0")), () => Element(xml, "xf", ("xfId", "0"), ("fontId", "1"), ("applyFont", "1")));
        xml.WriteEndElement();
    }

    private void Workbook(XmlWriter xml)
    {
        xml.WriteStartElement("workbook", Main);
        xml.WriteStartElement("sheets", Main);
        for (var i = 0; i < _sheets.Count; i++)
        {
            xml.WriteStartElement("sheet", Main);
            xml.WriteAttributeString("name", _sheets[i]);
            xml.WriteAttributeString("sheetId", Shown.Number(i + 1));
            xml.WriteAttributeString("r", "id", Relations, $"rId{Shown.Number(i + 1)}");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void WorkbookRelations(XmlWriter xml) => Listed(xml, "Relationships", Packages,
        [
            .. _sheets.Select((_, i) => ($"rId{Shown.Number(i + 1)}", Relations + "/worksheet", $"worksheets/sheet{Shown.Number(i + 1)}.xml")),
            ($"rId{Shown.Number(_sheets.Count + 1)}", Relations + "/styles", "styles.xml"),
        ]);

    private void ContentTypes(XmlWriter xml)
    {
        xml.WriteStartElement("Types", Types);
        (string Part, string Type)[] parts =
        [
            ("/xl/workbook.xml", Office + "sheet.main+xml"),
            ("/xl/styles.xml", Office + "styles+xml"),
            .. _sheets.Select((_, i) => ($"/xl/worksheets/sheet{Shown.Number(i + 1)}.xml", Office + "worksheet+xml")),
        ];
        xml.WriteStartElement("Default", Types);
        xml.WriteAttributeString("Extension", "rels");
        xml.WriteAttributeString("ContentType", "application/vnd.openxmlformats-package.relationships+xml");
        xml.WriteEndElement();
        foreach (var (part, type) in parts)
        {
            xml.WriteStartElement("Override", Types);
            xml.WriteAttributeString("PartName", part);
            xml.WriteAttributeString("ContentType", type);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Listed(XmlWriter xml, string list, string space, params (string Id, string Type, string Target)[] relations)
    {
        xml.WriteStartElement(list, space);
        foreach (var (id, type, target) in relations)
        {
            xml.WriteStartElement("Relationship", space);
            xml.WriteAttributeString("Id", id);
            xml.WriteAttributeString("Type", type);
            xml.WriteAttributeString("Target", target);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void List(XmlWriter xml, string name, params Action[] items)
    {
        xml.WriteStartElement(name, Main);
        xml.WriteAttributeString("count", Shown.Number(items.Length));
        foreach (var item in items)
        {
            item();
        }

        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, params (string Name, string Value)[] attributes)
    {
        xml.WriteStartElement(name, Main);
        foreach (var (attribute, value) in attributes)
        {
            xml.WriteAttributeString(attribute, value);
        }

        xml.WriteEndElement();
    }

    private void Part(string name, Action<XmlWriter> write)
    {
        using var xml = XmlWriter.Create(Open(name), Written);
        write(xml);
    }

    private Stream Open(string part)
    {
        var entry = _archive.CreateEntry(part, CompressionLevel.Fastest);
        entry.LastWriteTime = Undated;
        return entry.Open();
    }
}

/// <summary>Text as it stands in a cell of a workbook: what XML can't hold is written <c>_x0001_</c>, and words that look like that are marked so that they come back as they were (ECMA-376, ST_Xstring).</summary>
internal static class CellText
{
    public static string Written(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0 && text.AsSpan().IndexOfAnyInRange('\uFFFE', '\uFFFF') < 0 && !text.Contains("_x", StringComparison.Ordinal))
        {
            return text;
        }

        var written = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\r' or '\uFFFE' or '\uFFFF' || (c < ' ' && c is not ('\t' or '\n')))
            {
                written.Append(CultureInfo.InvariantCulture, $"_x{(int)c:X4}_");
            }
            else
            {
                written.Append(Code(text, i) is null ? c.ToString() : "_x005F_");
            }
        }

        return written.ToString();
    }

    public static string Read(string text)
    {
        if (!text.Contains("_x", StringComparison.Ordinal))
        {
            return text;
        }

        var read = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (Code(text, i) is { } code)
            {
                read.Append(code);
                i += 6;
            }
            else
            {
                read.Append(text[i]);
            }
        }

        return read.ToString();
    }

    /// <summary>The character that <c>_xHHHH_</c> at a place stands for; null where nothing of the kind stands there.</summary>
    private static char? Code(string text, int at) =>
        at + 7 <= text.Length && text[at] == '_' && text[at + 1] == 'x' && text[at + 6] == '_'
        && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) ? (char)code : null;
}
