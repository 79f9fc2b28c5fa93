using System.Xml.Linq;
using static Safeconduct.Printing.SitrepDocx;

namespace Safeconduct.Printing;

/// <summary>Styles and numbering of the document. Fonts are those that every office program has or has a stand-in for; sizes stand in half points, for Latin and for complex scripts.</summary>
internal static class DocxStyles
{
    private const string Font = "Arial";
    private const string Complex = "Noto Naskh Arabic";

    /// <summary>Where the Arabic face is missing, the office program is told which to take.</summary>
    public static XElement Fonts() => new(
        W + "fonts",
        new XElement(W + "font", new XAttribute(W + "name", Font), new XElement(W + "family", Val("swiss"))),
        new XElement(W + "font", new XAttribute(W + "name", Complex), new XElement(W + "altName", Val(Font)), new XElement(W + "family", Val("roman"))));

    public static XElement Styles() => new(
        W + "styles",
        new XElement(
            W + "docDefaults",
            new XElement(W + "rPrDefault", new XElement(
                W + "rPr",
                new XElement(W + "rFonts", new XAttribute(W + "ascii", Font), new XAttribute(W + "hAnsi", Font), new XAttribute(W + "eastAsia", Font), new XAttribute(W + "cs", Complex)),
                Size(19, 23),
                new XElement(W + "lang", Val("en-GB"), new XAttribute(W + "eastAsia", "en-GB"), new XAttribute(W + "bidi", "ar-SA")))),
            new XElement(W + "pPrDefault", new XElement(W + "pPr", Spacing(0, 60, 252)))),
        Paragraph("Normal", "Normal", null, isDefault: true),
        Paragraph("Title", "Title", "Normal", keeps: true, spacing: Spacing(0, 80, 264), run: [.. Bold, .. Size(44, 48)]),
        Paragraph("Subtitle", "Subtitle", "Normal", keeps: true, run: [.. Bold, .. Size(19, 23)]),
        Paragraph("Heading1", "heading 1", "Normal", keeps: true, spacing: Spacing(260, 80, 264), level: 0, isNumbered: true, line: true, run: [.. Bold, .. Size(25, 30)]),
        Paragraph("Heading2", "heading 2", "Normal", keeps: true, spacing: Spacing(160, 60, 264), level: 1, run: [.. Bold, .. Size(20, 25)]),
        Paragraph("Caption", "caption", "Normal", keeps: true, spacing: Spacing(140, 40, 252), run: [.. Bold]),
        Paragraph("Note", "Note", "Normal", run: [Colour, .. Size(17, 20)]),
        Paragraph("ListBullet", "List Bullet", "Normal", bullet: true),
        Paragraph("TableText", "Table Text", "Normal", spacing: Spacing(20, 20, 240), run: [.. Size(18, 22)]),
        Paragraph("TableHead", "Table Head", "TableText", keeps: true, run: [Colour, .. Size(17, 20)]),
        Paragraph("AfterTable", "After Table", "Normal", spacing: Spacing(0, 0, 160), run: [.. Size(8, 8)]),
        Paragraph("Annex", "Annex Entry", "Normal", spacing: Spacing(0, 80, 240), run: [.. Size(16, 20)]),
        Paragraph("Header", "header", "Normal", run: [Colour, .. Size(16, 20)]),
        Paragraph("Footer", "footer", "Normal", tab: true, run: [Colour, .. Size(16, 20)]),
        new XElement(
            W + "style",
            new XAttribute(W + "type", "character"),
            new XAttribute(W + "customStyle", "1"),
            new XAttribute(W + "styleId", "Citation"),
            new XElement(W + "name", Val("Citation")),
            new XElement(W + "rPr", new XElement(W + "color", Val("0F5561")), new XElement(W + "sz", Val(15)), new XElement(W + "szCs", Val(15)), new XElement(W + "u", Val("single")))),
        new XElement(
            W + "style",
            new XAttribute(W + "type", "table"),
            new XAttribute(W + "customStyle", "1"),
            new XAttribute(W + "styleId", "ReportTable"),
            new XElement(W + "name", Val("Report Table")),
            new XElement(
                W + "tblPr",
                new XElement(W + "tblBorders", Border("top", 6, "838D8C"), Border("bottom", 4, "D6DAD6"), Border("insideH", 4, "D6DAD6")),
                new XElement(W + "tblCellMar", Margin("top", 20), Margin("left", 0), Margin("bottom", 20), Margin("right", 115)))));

    public static XElement Numbering() => new(
        W + "numbering",
        Abstract(0, new XElement(W + "lvl", new XAttribute(W + "ilvl", 0), new XElement(W + "start", Val(1)), new XElement(W + "numFmt", Val("decimal")), new XElement(W + "pStyle", Val("Heading1")), new XElement(W + "suff", Val("space")), new XElement(W + "lvlText", Val("%1.")), new XElement(W + "lvlJc", Val("left")))),
        Abstract(1, new XElement(W + "lvl", new XAttribute(W + "ilvl", 0), new XElement(W + "start", Val(1)), new XElement(W + "numFmt", Val("bullet")), new XElement(W + "pStyle", Val("ListBullet")), new XElement(W + "lvlText", Val("–")), new XElement(W + "lvlJc", Val("left")), new XElement(W + "pPr", new XElement(W + "ind", new XAttribute(W + "left", 284), new XAttribute(W + "hanging", 284))))),
        Number(1, 0),
        Number(2, 1));

    private static IEnumerable<XElement> Bold => [new XElement(W + "b"), new XElement(W + "bCs")];

    private static XElement Colour => new(W + "color", Val("414C4F"));

    private static IEnumerable<XElement> Size(int halfPoints, int complex) => [new XElement(W + "sz", Val(halfPoints)), new XElement(W + "szCs", Val(complex))];

    private static XElement Spacing(int before, int after, int line) =>
        new(W + "spacing", new XAttribute(W + "before", before), new XAttribute(W + "after", after), new XAttribute(W + "line", line), new XAttribute(W + "lineRule", "auto"));

    private static XElement Border(string side, int size, string colour) => new(W + side, Val("single"), new XAttribute(W + "sz", size), new XAttribute(W + "space", 0), new XAttribute(W + "color", colour));

    private static XElement Margin(string side, int width) => new(W + side, new XAttribute(W + "w", width), new XAttribute(W + "type", "dxa"));

    private static XElement Abstract(int id, XElement level) => new(W + "abstractNum", new XAttribute(W + "abstractNumId", id), new XElement(W + "multiLevelType", Val("singleLevel")), level);

    private static XElement Number(int id, int of) => new(W + "num", new XAttribute(W + "numId", id), new XElement(W + "abstractNumId", Val(of)));

    private static XElement Paragraph(string id, string name, string? basedOn, bool isDefault = false, bool keeps = false, XElement? spacing = null, int? level = null, bool isNumbered = false, bool bullet = false, bool line = false, bool tab = false, IEnumerable<XElement>? run = null)
    {
        var properties = new XElement(
            W + "pPr",
            keeps ? new XElement(W + "keepNext") : null,
            isNumbered || bullet ? new XElement(W + "numPr", new XElement(W + "numId", Val(bullet ? 2 : 1))) : null,
            line ? new XElement(W + "pBdr", Border("bottom", 12, "1B2224")) : null,
            tab ? new XElement(W + "tabs", new XElement(W + "tab", Val("right"), new XAttribute(W + "pos", 9978))) : null,
            spacing,
            level is { } l ? new XElement(W + "outlineLvl", Val(l)) : null);
        return new XElement(
            W + "style",
            new XAttribute(W + "type", "paragraph"),
            isDefault ? new XAttribute(W + "default", "1") : null,
            new XAttribute(W + "styleId", id),
            new XElement(W + "name", Val(name)),
            basedOn is null ? null : new XElement(W + "basedOn", Val(basedOn)),
            new XElement(W + "qFormat"),
            properties.HasElements ? properties : null,
            run is null ? null : new XElement(W + "rPr", run));
    }
}
