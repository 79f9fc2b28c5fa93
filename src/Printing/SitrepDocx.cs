using System.Globalization;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using Safeconduct.Reports;
using Safeconduct.Reports.Languages;
using Safeconduct.Statements;

namespace Safeconduct.Printing;

/// <summary>
/// The report as a Word document (ECMA-376, WordprocessingML): headings, numbered sections, tables whose heads repeat, citations that lead into the annex, range plots as native charts that
/// can be edited, sections in other languages in their own direction. The same report gives the same bytes.
/// </summary>
public static class SitrepDocx
{
    internal static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    internal static readonly XNamespace R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static byte[] Write(Sitrep report)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var bytes = new MemoryStream();
        using (var document = WordprocessingDocument.Create(bytes, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            Put(main.AddNewPart<StyleDefinitionsPart>("rIdStyles"), DocxStyles.Styles());
            Put(main.AddNewPart<NumberingDefinitionsPart>("rIdNumbering"), DocxStyles.Numbering());
            Put(main.AddNewPart<FontTablePart>("rIdFonts"), DocxStyles.Fonts());
            Put(main.AddNewPart<DocumentSettingsPart>("rIdSettings"), new XElement(W + "settings", new XElement(W + "updateFields", Val("false"))));
            Put(main.AddNewPart<HeaderPart>("rIdHeader"), new XElement(W + "hdr", new DocxText(report).Header()));
            Put(main.AddNewPart<FooterPart>("rIdFooter"), new XElement(W + "ftr", new DocxText(report).Footer()));
            Put(main, new DocxBody(report, main).Document());
            var core = document.AddCoreFilePropertiesPart();
            Put(core, Properties(report));

            // The library draws these two by chance.
            document.ChangeIdOfPart(main, "rIdMain");
            document.ChangeIdOfPart(core, "rIdCore");
        }

        return SameBytes.Of(bytes.ToArray());
    }

    internal static XAttribute Val(string value) => new(W + "val", value);

    internal static XAttribute Val(long value) => Val(Shown.Number(value));

    internal static void Put(OpenXmlPart part, XElement root)
    {
        using var stream = part.GetStream(FileMode.Create, FileAccess.Write);
        new XDocument(new XDeclaration("1.0", "UTF-8", "yes"), root).Save(stream, SaveOptions.DisableFormatting);
    }

    private static XElement Properties(Sitrep report)
    {
        XNamespace cp = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
        XNamespace dc = "http://purl.org/dc/elements/1.1/";
        return new XElement(
            cp + "coreProperties",
            new XAttribute(XNamespace.Xmlns + "cp", cp.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "dc", dc.NamespaceName),
            new XElement(dc + "title", DocxText.Clean($"Situation report {report.Reference}, {report.Title}")),
            new XElement(dc + "subject", DocxText.Clean(report.Footing)),
            new XElement(dc + "creator", "Safeconduct"),
            new XElement(dc + "identifier", DocxText.Clean(report.Reference)),
            new XElement(dc + "language", string.Join(", ", report.Sections.Select(s => s.Language).Distinct(StringComparer.Ordinal))));
    }
}

/// <summary>Lines as paragraphs and runs, each run in the direction of what it says.</summary>
internal sealed class DocxText(Sitrep report)
{
    private static readonly XNamespace W = SitrepDocx.W;

    /// <summary>Bookmarks have short plain names; the annex is numbered in its own order.</summary>
    private readonly Dictionary<string, string> _bookmarks = report.Annex.Select((s, i) => (s.Anchor, Name: $"s_{Shown.Number(i + 1)}")).ToDictionary(a => a.Anchor, a => a.Name, StringComparer.Ordinal);

    public string? Bookmark(string anchor) => _bookmarks.GetValueOrDefault(anchor);

    public static XElement Paragraph(string? style, Tongue tongue, IEnumerable<XElement> runs, params XElement[] properties)
    {
        // The order of the properties is that of the schema; those given stand before the direction.
        var p = new XElement(W + "pPr", style is null ? null : new XElement(W + "pStyle", SitrepDocx.Val(style)), properties, IsRtl(tongue) ? new XElement(W + "bidi") : null);
        return new XElement(W + "p", p.HasElements ? p : null, runs);
    }

    public static bool IsRtl(Tongue tongue) => tongue.Direction == "rtl";

    public IEnumerable<XElement> Line(Line line, Tongue tongue, bool isStrong = false) => line.Pieces.SelectMany(p => p.Match<IEnumerable<XElement>>(
        run => [Run(run.Text, run.IsApart ? null : tongue, isStrong || run.IsStrong, run.IsQuiet)],
        by => [Run(by.Label.Name, null, isStrong)],
        cite => [Cite(cite)],
        _ => [new XElement(W + "r", new XElement(W + "br"))],
        quote => [new XElement(W + "r", new XElement(W + "br")), Run(quote.Text, null, language: quote.Language), new XElement(W + "r", new XElement(W + "br"))]));

    /// <param name="tongue">The language of our own words; null for what somebody else wrote, which goes by its letters.</param>
    public static XElement Run(string text, Tongue? tongue, bool isStrong = false, bool isQuiet = false, string? language = null)
    {
        var isRtl = tongue is null ? text.Any(IsOfRtlScript) : IsRtl(tongue);
        var code = language ?? tongue?.Code;
        var properties = new XElement(
            W + "rPr",
            isStrong ? new XElement(W + "b") : null,
            isStrong ? new XElement(W + "bCs") : null,
            isQuiet ? new XElement(W + "color", SitrepDocx.Val("414C4F")) : null,
            isRtl ? new XElement(W + "rtl") : null,
            code is null or Tongue.OfReports ? null : new XElement(W + "lang", new XAttribute(W + (isRtl ? "bidi" : "val"), code)));
        return new XElement(W + "r", properties.HasElements ? properties : null, new XElement(W + "t", new XAttribute(XNamespace.Xml + "space", "preserve"), Clean(text)));
    }

    public IEnumerable<XElement> Header() => [Paragraph("Header", Tongue.Of(Tongue.OfReports), [Run($"Situation report {report.Reference}", null)])];

    public IEnumerable<XElement> Footer() =>
    [
        Paragraph("Footer", Tongue.Of(Tongue.OfReports), [Run(report.Footing, null), new XElement(W + "r", new XElement(W + "tab")), .. Field("PAGE"), Run(" of ", null), .. Field("NUMPAGES")]),
    ];

    /// <summary>Without what XML can't carry, and without controls that would turn the direction of a line.</summary>
    public static string Clean(string text)
    {
        var clean = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(c).Append(text[++i]);
            }
            else
            {
                clean.Append(c is '\n' or '\r' or '\t' ? ' ' : char.IsControl(c) || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') ? '\uFFFD' : c);
            }
        }

        return clean.ToString();
    }

    private static IEnumerable<XElement> Field(string instruction) =>
    [
        new XElement(W + "r", new XElement(W + "fldChar", new XAttribute(W + "fldCharType", "begin"))),
        new XElement(W + "r", new XElement(W + "instrText", new XAttribute(XNamespace.Xml + "space", "preserve"), $" {instruction} ")),
        new XElement(W + "r", new XElement(W + "fldChar", new XAttribute(W + "fldCharType", "separate"))),
        new XElement(W + "r", new XElement(W + "t", "1")),
        new XElement(W + "r", new XElement(W + "fldChar", new XAttribute(W + "fldCharType", "end"))),
    ];

    private static bool IsOfRtlScript(char c) => c is >= '\u0590' and <= '\u08FF' or >= '\uFB1D' and <= '\uFDFF' or >= '\uFE70' and <= '\uFEFC';

    private XElement Cite(Piece.Cite cite)
    {
        var run = new XElement(W + "r", new XElement(W + "rPr", new XElement(W + "rStyle", SitrepDocx.Val("Citation"))), new XElement(W + "t", Clean(cite.Label)));
        return Bookmark(cite.Anchor) is { } name ? new XElement(W + "hyperlink", new XAttribute(W + "anchor", name), new XAttribute(W + "tooltip", Shown.Short(Clean(cite.Title))), run) : run;
    }
}

/// <summary>The body of the document, section by section.</summary>
internal sealed class DocxBody(Sitrep report, MainDocumentPart main)
{
    private static readonly XNamespace W = SitrepDocx.W;
    private static readonly Tongue English = Tongue.Of(Tongue.OfReports);
    private readonly DocxText _text = new(report);
    private int _charts;

    public XElement Document() => new(
        W + "document",
        new XAttribute(XNamespace.Xmlns + "w", W.NamespaceName),
        new XAttribute(XNamespace.Xmlns + "r", SitrepDocx.R.NamespaceName),
        new XElement(
            W + "body",
            DocxText.Paragraph("Subtitle", English, [DocxText.Run($"Safeconduct · Situation report {report.Reference}{(report.Corrects is { } c ? $", corrects {c}" : "")}", English)]),
            DocxText.Paragraph("Title", English, [DocxText.Run(report.Title, null)]),
            Facts(report.Heading, English),
            report.Sections.SelectMany(Section),
            Annex(),
            new XElement(
                W + "sectPr",
                new XElement(W + "headerReference", new XAttribute(W + "type", "default"), new XAttribute(SitrepDocx.R + "id", "rIdHeader")),
                new XElement(W + "footerReference", new XAttribute(W + "type", "default"), new XAttribute(SitrepDocx.R + "id", "rIdFooter")),
                new XElement(W + "pgSz", new XAttribute(W + "w", 11906), new XAttribute(W + "h", 16838)),
                new XElement(W + "pgMar", new XAttribute(W + "top", 1134), new XAttribute(W + "right", 964), new XAttribute(W + "bottom", 1077), new XAttribute(W + "left", 964), new XAttribute(W + "header", 567), new XAttribute(W + "footer", 510), new XAttribute(W + "gutter", 0)))));

    private IEnumerable<XElement> Section(Section section)
    {
        var tongue = Tongue.Of(section.Language);
        return section.Blocks.SelectMany(b => Block(b, tongue)).Prepend(DocxText.Paragraph("Heading1", tongue, [DocxText.Run(section.Title, tongue)]));
    }

    private IEnumerable<XElement> Block(Block block, Tongue tongue) => block.Match<IEnumerable<XElement>>(
        paragraph => [DocxText.Paragraph(paragraph.IsQuiet ? "Note" : null, tongue, _text.Line(paragraph.Text, tongue))],
        bullets => bullets.Items.Select(i => DocxText.Paragraph("ListBullet", tongue, _text.Line(i, tongue))),
        table => Table(table, tongue),
        plot => Plot(plot, tongue),
        subheading => [DocxText.Paragraph("Heading2", tongue, [DocxText.Run(subheading.Text, tongue)])],
        facts => [Facts(facts.Lines, tongue), After()]);

    private IEnumerable<XElement> Table(Block.Table table, Tongue tongue)
    {
        if (table.Caption is { } caption)
        {
            yield return Caption([DocxText.Run(caption, null)], tongue);
        }

        yield return Grid(
            tongue,
            table.Widths,
            [.. table.Columns.Select(c => (IEnumerable<XElement>)[DocxText.Run(c, tongue)])],
            table.Rows.Select(r => (IReadOnlyList<IEnumerable<XElement>>)[.. r.Select(c => _text.Line(c, tongue))]));
        yield return After();
    }

    /// <summary>The chart, and under it the words that it only repeats.</summary>
    private IEnumerable<XElement> Plot(Block.RangePlot plot, Tongue tongue)
    {
        yield return Caption(_text.Line(plot.Caption, tongue), tongue);
        yield return DocxText.Paragraph("Note", tongue, _text.Line(new(Filled(tongue["figures.said"], plot.Span)), tongue), new XElement(W + "keepNext"));
        if (DocxChart.CanDraw(plot))
        {
            _charts++;

            // In a paragraph that runs from right to left LibreOffice draws a chart's letters backwards, so the chart stands in one of its own.
            yield return DocxText.Paragraph(null, English, [new DocxChart(plot, tongue).AddTo(main, _charts)], new XElement(W + "keepNext"));
            yield return DocxText.Paragraph("Note", tongue, [DocxText.Run(tongue["chart.note"], tongue)], new XElement(W + "keepNext"));
        }

        yield return Grid(
            tongue,
            [34, 66],
            [[DocxText.Run(tongue["figures.source"], tongue)], [DocxText.Run(tongue["figures.says"], tongue)]],
            plot.Rows.Select(r => (IReadOnlyList<IEnumerable<XElement>>)
            [
                [
                    DocxText.Run(r.Source.Name, null),
                    DocxText.Run($" ({r.Source.KindWords}){(r.Origin is { } o ? $"{tongue["list.comma"]} {tongue.Say("figures.same-origin", tongue.Number(o))}" : "")}", tongue, isQuiet: true),
                ],
                _text.Line(r.Words, tongue),
            ]));
        yield return After();
    }

    private static IReadOnlyList<Piece> Filled(string phrase, Line with)
    {
        var at = phrase.IndexOf("{0}", StringComparison.Ordinal);
        return [new Piece.Run(phrase[..at], IsQuiet: true), .. with.Pieces, new Piece.Run(phrase[(at + 3)..], IsQuiet: true)];
    }

    private static XElement Caption(IEnumerable<XElement> runs, Tongue tongue) => DocxText.Paragraph("Caption", tongue, runs, new XElement(W + "keepNext"));

    /// <summary>Two tables that touch would become one, so an empty small line stands between.</summary>
    private static XElement After() => DocxText.Paragraph("AfterTable", English, []);

    private static XElement Facts(IReadOnlyList<HeadingLine> lines, Tongue tongue) =>
        Grid(tongue, [24, 76], null, lines.Select(l => (IReadOnlyList<IEnumerable<XElement>>)[[DocxText.Run(l.Label, tongue, isQuiet: true)], [DocxText.Run(l.Value, l.Value.All(c => c < '\u0250') ? null : tongue)]]));

    private static XElement Grid(Tongue tongue, IReadOnlyList<int> widths, IReadOnlyList<IEnumerable<XElement>>? heads, IEnumerable<IReadOnlyList<IEnumerable<XElement>>> rows)
    {
        const int Text = 9978;
        XElement Row(IReadOnlyList<IEnumerable<XElement>> cells, bool isHead) => new(
            W + "tr",
            new XElement(W + "trPr", new XElement(W + "cantSplit"), isHead ? new XElement(W + "tblHeader") : null),
            cells.Select((c, i) => new XElement(
                W + "tc",
                new XElement(W + "tcPr", new XElement(W + "tcW", new XAttribute(W + "w", widths[i] * Text / 100), new XAttribute(W + "type", "dxa"))),
                DocxText.Paragraph(isHead ? "TableHead" : "TableText", tongue, c))));
        return new XElement(
            W + "tbl",
            new XElement(
                W + "tblPr",
                new XElement(W + "tblStyle", SitrepDocx.Val("ReportTable")),
                DocxText.IsRtl(tongue) ? new XElement(W + "bidiVisual") : null,
                new XElement(W + "tblW", new XAttribute(W + "w", 5000), new XAttribute(W + "type", "pct")),
                new XElement(W + "tblLayout", new XAttribute(W + "type", "fixed")),
                new XElement(W + "tblLook", new XAttribute(W + "val", "0420"), new XAttribute(W + "firstRow", heads is null ? "0" : "1"))),
            new XElement(W + "tblGrid", widths.Select(w => new XElement(W + "gridCol", new XAttribute(W + "w", w * Text / 100)))),
            heads is null ? null : Row(heads, isHead: true),
            rows.Select(r => Row(r, isHead: false)));
    }

    private IEnumerable<XElement> Annex()
    {
        yield return DocxText.Paragraph("Heading1", English, [DocxText.Run("Annex. Statements cited", English)], new XElement(W + "numPr", new XElement(W + "ilvl", SitrepDocx.Val(0)), new XElement(W + "numId", SitrepDocx.Val(0))));
        if (report.Annex.Count == 0)
        {
            yield return DocxText.Paragraph(null, English, [DocxText.Run("No statement is cited.", English)]);
        }

        for (var i = 0; i < report.Annex.Count; i++)
        {
            var s = report.Annex[i];
            string?[] beside = [s.RelayedBy is { } r ? $"relayed by {r}" : null, s.SaidAt is { } at ? $"said {at}" : null, s.About is { } about ? $"about {about}" : null, s.Standing];
            yield return DocxText.Paragraph(
                "Annex",
                English,
                [
                    new XElement(W + "bookmarkStart", new XAttribute(W + "id", i), new XAttribute(W + "name", _text.Bookmark(s.Anchor)!)),
                    DocxText.Run(s.Id ?? "", null, isStrong: true),
                    new XElement(W + "bookmarkEnd", new XAttribute(W + "id", i)),
                    DocxText.Run($" {s.Source.Name}", null),
                    DocxText.Run($" ({s.Source.KindWords}) {string.Join(" · ", beside.OfType<string>())}", null, isQuiet: true),
                    new XElement(W + "r", new XElement(W + "br")),
                    DocxText.Run(s.Says, null),
                    .. s.Citation is { } citation ? (IEnumerable<XElement>)[new XElement(W + "r", new XElement(W + "br")), DocxText.Run(citation, null, isQuiet: true)] : [],
                ]);
        }
    }
}
