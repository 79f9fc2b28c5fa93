using System.Globalization;
using System.Text;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;
using Safeconduct.Reports;
using Safeconduct.Reports.Languages;
using Safeconduct.Statements;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Printing;

/// <summary>
/// A range plot as a native chart: a bar for each bound that stands, that begins where the bound begins. Its kind is told by its fill and by the words of its label, so that a floor can't be read
/// as a number: it has no right end, it fades out to the end of the axis. Parts and what a source has replaced stand in the table under the chart and are not drawn beside the whole.
/// </summary>
internal sealed class DocxChart
{
    private static readonly XNamespace C = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    private static readonly XNamespace A = "http://schemas.openxmlformats.org/drawingml/2006/main";
    private static readonly XNamespace Wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
    private static readonly XNamespace W = SitrepDocx.W;
    private static readonly MarkShape[] Shapes = [MarkShape.Tick, MarkShape.Block, MarkShape.Hatched, MarkShape.Arrow, MarkShape.FromZero];

    private readonly Block.RangePlot _plot;
    private readonly Tongue _tongue;
    private readonly List<(PlotRow Row, PlotMark Mark, string Label)> _bars;

    public DocxChart(Block.RangePlot plot, Tongue tongue)
    {
        (_plot, _tongue) = (plot, tongue);
        _bars = [.. Bars(plot).Select(b => (b.Row, b.Mark, DocxText.Clean($"{Shortened(b.Row.Source.Name)}: {b.Mark.Words}{(b.Mark.Shape is MarkShape.Arrow ? " →" : "")}")))];
    }

    public static bool CanDraw(Block.RangePlot plot) => Bars(plot).Any();

    /// <summary>The chart's part, with its numbers as a workbook inside, and the run that shows it.</summary>
    public XElement AddTo(MainDocumentPart main, int n)
    {
        var id = $"rIdChart{Shown.Number(n)}";
        var part = main.AddNewPart<ChartPart>(id);
        var book = part.AddEmbeddedPackagePart(EmbeddedPackagePartType.Xlsx);
        part.ChangeIdOfPart(book, "rIdBook");
        using (var stream = new MemoryStream(ChartBook.Of([.. Series().Select(s => s.Name).Prepend(_tongue["figures.source"])], [.. _bars.Select((b, i) => (b.Label, (IReadOnlyList<long>)[.. Series().Select(s => s.Values[i])]))])))
        {
            book.FeedData(stream);
        }

        SitrepDocx.Put(part, Chart());
        return new XElement(W + "r", Drawing(id, n));
    }

    private static IEnumerable<(PlotRow Row, PlotMark Mark)> Bars(Block.RangePlot plot) =>
        plot.Rows.SelectMany(r => r.Marks.Where(m => m is { IsPart: false, IsEarlier: false, Shape: not MarkShape.Dotted }).Select(m => (r, m)));

    private static string Shortened(string name) => name.Length <= 44 ? name : name[..43] + "…";

    /// <summary>From where to where a bar reaches; an exact number is a bar as thin as a line, with the number in its middle.</summary>
    private (long From, long To) Reach(PlotMark mark)
    {
        var thin = Math.Max(1, _plot.AxisEnd / 150);
        return mark.Shape switch
        {
            MarkShape.Tick => (Math.Max(0, mark.Said[0] - (thin / 2)), Math.Max(0, mark.Said[0] - (thin / 2)) + thin),
            MarkShape.Arrow => (mark.Low ?? 0, _plot.AxisEnd),
            _ => (mark.Low ?? 0, Math.Min(_plot.AxisEnd, mark.High ?? _plot.AxisEnd)),
        };
    }

    /// <summary>An empty piece that carries each bar to where it begins, then one series for each kind of bound.</summary>
    private IEnumerable<(string Name, MarkShape? Shape, IReadOnlyList<long> Values)> Series() => Shapes
        .Where(s => _bars.Any(b => b.Mark.Shape == s))
        .Select(s => (_tongue[$"chart.{Statements.Bytes.Token.Of(s)}"], (MarkShape?)s, (IReadOnlyList<long>)[.. _bars.Select(b => b.Mark.Shape == s ? Reach(b.Mark).To - Reach(b.Mark).From : 0)]))
        .Prepend((_tongue["chart.from"], null, [.. _bars.Select(b => Reach(b.Mark).From)]));

    private XElement Chart()
    {
        var isRtl = _tongue.Direction == "rtl";
        return new XElement(
            C + "chartSpace",
            new XAttribute(XNamespace.Xmlns + "c", C.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "a", A.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "r", SitrepDocx.R.NamespaceName),
            V("roundedCorners", 0),
            new XElement(
                C + "chart",
                V("autoTitleDeleted", 1),
                new XElement(
                    C + "plotArea",
                    new XElement(C + "layout"),
                    new XElement(
                        C + "barChart",
                        V("barDir", "bar"),
                        V("grouping", "stacked"),
                        V("varyColors", 0),
                        Series().Select(OneSeries),
                        V("gapWidth", 70),
                        V("overlap", 100),
                        V("axId", 1001),
                        V("axId", 1002)),
                    new XElement(
                        C + "catAx",
                        V("axId", 1001),
                        new XElement(C + "scaling", V("orientation", "maxMin")),
                        V("delete", 0),
                        V("axPos", isRtl ? "r" : "l"),
                        V("numFmt", null, new XAttribute("formatCode", "General"), new XAttribute("sourceLinked", 0)),
                        V("majorTickMark", "none"),
                        V("minorTickMark", "none"),
                        V("tickLblPos", "low"),
                        Shape(null, "838D8C"),
                        Text(),
                        V("crossAx", 1002),
                        V("crosses", "autoZero"),
                        V("auto", 1),
                        V("lblAlgn", "ctr"),
                        V("lblOffset", 100),
                        V("noMultiLvlLbl", 0)),
                    new XElement(
                        C + "valAx",
                        V("axId", 1002),
                        new XElement(C + "scaling", V("orientation", isRtl ? "maxMin" : "minMax"), V("max", _plot.AxisEnd), V("min", 0)),
                        V("delete", 0),
                        V("axPos", "b"),
                        new XElement(C + "majorGridlines", Shape(null, "DDE1DD")),
                        V("numFmt", null, new XAttribute("formatCode", _tongue.Code is "ar" ? "[$-2000401]#,##0" : "#,##0"), new XAttribute("sourceLinked", 0)),
                        V("majorTickMark", "none"),
                        V("minorTickMark", "none"),
                        V("tickLblPos", "nextTo"),
                        Shape(null, null),
                        Text(),
                        V("crossAx", 1001),
                        V("crosses", "max"),
                        V("crossBetween", "between"),
                        V("majorUnit", _plot.AxisStep))),
                V("plotVisOnly", 1),
                V("dispBlanksAs", "gap")),
            new XElement(C + "externalData", new XAttribute(SitrepDocx.R + "id", "rIdBook"), V("autoUpdate", 0)));
    }

    private XElement OneSeries((string Name, MarkShape? Shape, IReadOnlyList<long> Values) series, int i)
    {
        var column = (char)('B' + i);
        var rows = Shown.Number(_bars.Count + 1);
        return new XElement(
            C + "ser",
            V("idx", i),
            V("order", i),
            new XElement(C + "tx", new XElement(C + "strRef", new XElement(C + "f", $"Sheet1!${column}$1"), new XElement(C + "strCache", V("ptCount", 1), new XElement(C + "pt", new XAttribute("idx", 0), new XElement(C + "v", series.Name))))),
            series.Shape is { } of ? Fill(of, "5A6568") : Shape(null, null),
            V("invertIfNegative", 0),
            series.Shape is not { } shape ? null : _bars.Select((b, at) => b.Mark.Shape != shape ? null : new XElement(C + "dPt", V("idx", at), V("invertIfNegative", 0), V("bubble3D", 0), Fill(shape, Colour(b.Row.Source.Kind)))),
            new XElement(C + "cat", new XElement(C + "strRef", new XElement(C + "f", $"Sheet1!$A$2:$A${rows}"), new XElement(C + "strCache", V("ptCount", _bars.Count), _bars.Select((b, at) => new XElement(C + "pt", new XAttribute("idx", at), new XElement(C + "v", b.Label)))))),
            new XElement(C + "val", new XElement(C + "numRef", new XElement(C + "f", $"Sheet1!${column}$2:${column}${rows}"), new XElement(C + "numCache", new XElement(C + "formatCode", "#,##0"), V("ptCount", _bars.Count), series.Values.Select((v, at) => new XElement(C + "pt", new XAttribute("idx", at), new XElement(C + "v", Shown.Number(v))))))));
    }

    private static XElement V(string name, object? value, params XAttribute[] others) =>
        new(C + name, value is null ? null : new XAttribute("val", Convert.ToString(value, CultureInfo.InvariantCulture)!), others);

    private static XElement Shape(XElement? fill, string? line) => new(
        C + "spPr",
        fill ?? new XElement(A + "noFill"),
        new XElement(A + "ln", line is null ? new XElement(A + "noFill") : new object[] { new XAttribute("w", 9525), Solid(line) }));

    /// <summary>Solid for what was said exactly or between two numbers, hatched for "about", fading out for a floor, dotted for a ceiling.</summary>
    private XElement Fill(MarkShape shape, string colour) => shape switch
    {
        MarkShape.Tick or MarkShape.Block => Shape(Solid(colour), colour),
        MarkShape.Hatched => Shape(Pattern("wdUpDiag", colour), colour),
        MarkShape.FromZero => Shape(Pattern("pct25", colour), colour),
        MarkShape.Arrow => Shape(new XElement(A + "gradFill", new XAttribute("rotWithShape", 1), new XElement(A + "gsLst", _tongue.Direction == "rtl" ? [Stop(0, "FFFFFF"), Stop(100000, colour)] : (XElement[])[Stop(0, colour), Stop(100000, "FFFFFF")]), new XElement(A + "lin", new XAttribute("ang", 0), new XAttribute("scaled", 0))), null),
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    };

    private static XElement Solid(string colour) => new(A + "solidFill", Rgb(colour));

    private static XElement Pattern(string preset, string colour) => new(A + "pattFill", new XAttribute("prst", preset), new XElement(A + "fgClr", Rgb(colour)), new XElement(A + "bgClr", Rgb("FFFFFF")));

    private static XElement Stop(int at, string colour) => new(A + "gs", new XAttribute("pos", at), Rgb(colour));

    private static XElement Rgb(string colour) => new(A + "srgbClr", new XAttribute("val", colour));

    private static XElement Text() => new(
        C + "txPr",
        new XElement(A + "bodyPr"),
        new XElement(A + "lstStyle"),
        new XElement(A + "p", new XElement(A + "pPr", new XElement(A + "defRPr", new XAttribute("sz", 800), Solid("1B2224"))), new XElement(A + "endParaRPr", new XAttribute("lang", "en-GB"))));

    /// <summary>The colours of the printed report: by kind of source, never by side.</summary>
    private static string Colour(SourceKind kind) => kind switch
    {
        SourceKind.Party => "6A3A14",
        SourceKind.Guarantor => "852F7B",
        SourceKind.Un => "6F89A6",
        SourceKind.RedCrossRedCrescent => "0A464E",
        SourceKind.MonitorGroup => "433AA8",
        SourceKind.Media => "87827A",
        SourceKind.OwnObservers or SourceKind.Responder or SourceKind.Witness => "8A7300",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private XElement Drawing(string id, int n)
    {
        const long Width = 6336000;
        var height = (_bars.Count * 230000L) + 700000;
        var told = DocxText.Clean($"{_plot.Caption}. {_tongue.Say("figures.said", _plot.Span.ToString())} {string.Join("; ", _bars.Select(b => b.Label))}");
        return new XElement(
            W + "drawing",
            new XElement(
                Wp + "inline",
                new XAttribute(XNamespace.Xmlns + "wp", Wp.NamespaceName),
                new XAttribute("distT", 0),
                new XAttribute("distB", 0),
                new XAttribute("distL", 0),
                new XAttribute("distR", 0),
                new XElement(Wp + "extent", new XAttribute("cx", Width), new XAttribute("cy", height)),
                new XElement(Wp + "docPr", new XAttribute("id", n), new XAttribute("name", $"Chart {Shown.Number(n)}"), new XAttribute("descr", told)),
                new XElement(Wp + "cNvGraphicFramePr"),
                new XElement(
                    A + "graphic",
                    new XAttribute(XNamespace.Xmlns + "a", A.NamespaceName),
                    new XElement(A + "graphicData", new XAttribute("uri", C.NamespaceName), new XElement(C + "chart", new XAttribute(XNamespace.Xmlns + "c", C.NamespaceName), new XAttribute(SitrepDocx.R + "id", id))))));
    }
}

/// <summary>The numbers of one chart as the smallest workbook that a spreadsheet program opens, so that the chart can be edited.</summary>
internal static class ChartBook
{
    private static readonly XNamespace S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XNamespace Types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private static readonly XNamespace Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Main = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    public static byte[] Of(IReadOnlyList<string> heads, IReadOnlyList<(string Label, IReadOnlyList<long> Values)> rows) => SameBytes.Of(
    [
        ("[Content_Types].xml", Bytes(new(
            Types + "Types",
            new XElement(Types + "Default", new XAttribute("Extension", "rels"), new XAttribute("ContentType", "application/vnd.openxmlformats-package.relationships+xml")),
            new XElement(Types + "Default", new XAttribute("Extension", "xml"), new XAttribute("ContentType", "application/xml")),
            new XElement(Types + "Override", new XAttribute("PartName", "/xl/workbook.xml"), new XAttribute("ContentType", Main + "sheet.main+xml")),
            new XElement(Types + "Override", new XAttribute("PartName", "/xl/worksheets/sheet1.xml"), new XAttribute("ContentType", Main + "worksheet+xml"))))),
        ("_rels/.rels", Bytes(Relation("officeDocument", "xl/workbook.xml"))),
        ("xl/_rels/workbook.xml.rels", Bytes(Relation("worksheet", "worksheets/sheet1.xml"))),
        ("xl/workbook.xml", Bytes(new(S + "workbook", new XElement(S + "sheets", new XElement(S + "sheet", new XAttribute("name", "Sheet1"), new XAttribute("sheetId", 1), new XAttribute(SitrepDocx.R + "id", "rId1")))))),
        ("xl/worksheets/sheet1.xml", Bytes(new(S + "worksheet", new XElement(
            S + "sheetData",
            new XElement(S + "row", new XAttribute("r", 1), heads.Select((h, c) => Text(h, c, 1))),
            rows.Select((row, i) => new XElement(S + "row", new XAttribute("r", i + 2), Text(row.Label, 0, i + 2), row.Values.Select((v, c) => new XElement(S + "c", new XAttribute("r", At(c + 1, i + 2)), new XElement(S + "v", Shown.Number(v)))))))))),
    ]);

    private static XElement Relation(string type, string target) => new(
        Relations + "Relationships",
        new XElement(Relations + "Relationship", new XAttribute("Id", "rId1"), new XAttribute("Type", $"{SitrepDocx.R.NamespaceName}/{type}"), new XAttribute("Target", target)));

    private static XElement Text(string text, int column, int row) =>
        new(S + "c", new XAttribute("r", At(column, row)), new XAttribute("t", "inlineStr"), new XElement(S + "is", new XElement(S + "t", new XAttribute(XNamespace.Xml + "space", "preserve"), text)));

    private static string At(int column, int row) => $"{(char)('A' + column)}{Shown.Number(row)}";

    private static byte[] Bytes(XElement root)
    {
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true))
        {
            new XDocument(new XDeclaration("1.0", "UTF-8", "yes"), root).Save(writer, SaveOptions.DisableFormatting);
        }

        return bytes.ToArray();
    }
}
