using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Safeconduct.Printing;
using Safeconduct.Statements;
using Xunit;

namespace Safeconduct.Tests.Edges;

/// <summary>Reports as PDF and as Word document, made by the real command and read back by programs that know nothing of ours.</summary>
public sealed class PrintedReportTests : IDisposable
{
    private static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private readonly Running _running = new();

    public static TheoryData<string, string> Cases => new()
    {
        { "aleppo-2016", "2016-12-16T18:00" },
        { "kelvane-convoys", "2034-10-31T18:00" },
        { "orlecat-exchange", "2034-06-30T18:00" },
    };

    public void Dispose() => _running.Dispose();

    [Fact]
    public void The_pdf_is_tagged_carries_its_fonts_and_reads_in_arabic_and_russian()
    {
        Needs("pdftotext", "pdfinfo", "pdffonts");
        var pdf = Made("pdf", "aleppo-2016", "2016-12-16T18:00");
        var html = Made("html", "aleppo-2016", "2016-12-16T18:00");
        var info = Told("pdfinfo", pdf);
        Assert.Matches(@"Tagged:\s+yes", info);
        Assert.Matches(@"JavaScript:\s+no", info);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(html))), info, StringComparison.Ordinal);

        // Name, type, encoding, embedded, subset, to Unicode: each font is in the file and says which letters it draws.
        var fonts = Told("pdffonts", pdf).Split('\n').Skip(2).Where(l => l.Trim().Length > 0).ToList();
        Assert.NotEmpty(fonts);
        Assert.All(fonts, f => Assert.Matches(@"\syes\s+(yes|no)\s+yes\s", f));

        var text = Told("pdftotext", pdf, "-").Normalize(NormalizationForm.FormKC);
        Assert.Contains("Краткое изложение на русском языке", text, StringComparison.Ordinal);
        Assert.Contains("более 9 500", text, StringComparison.Ordinal);
        Assert.Contains("Résumé en français", text, StringComparison.Ordinal);

        // Letters in the order in which they are read, not in that in which they stand on the paper; marks of direction and of vowels are the reader's own.
        var arabic = Regex.Replace(text, @"[\u200E\u200F\u202A-\u202E\u2066-\u2069\u064B-\u0652]", "");
        if (File.Exists("/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf"))
        {
            Assert.Contains("الأرقام الرئيسية", arabic, StringComparison.Ordinal);
        }

        Assert.Contains("خلاصة بالعربية", arabic, StringComparison.Ordinal);
        Assert.Contains("٩٬٥٠٠", arabic, StringComparison.Ordinal);
        Assert.Contains("Print of the HTML with SHA-256", text, StringComparison.Ordinal);
        Assert.Matches(@"1 of \d+", text);
    }

    [Fact]
    public void Without_a_browser_a_pdf_is_refused_with_what_to_install_and_nothing_is_written()
    {
        var file = _running.In("report.pdf");
        var ran = _running.Safeconduct(new Dictionary<string, string> { ["PATH"] = _running.Folder, [Browser.Variable] = "" }, "report", Running.Case("statements.jsonl"), "--format", "pdf", "--output", file);
        Assert.Equal(1, ran.Exit);
        Assert.Contains("apt-get install chromium", ran.Error, StringComparison.Ordinal);
        Assert.Contains("--browser PATH", ran.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(file));

        var wrong = _running.Safeconduct("report", Running.Case("statements.jsonl"), "--format", "pdf", "--output", file, "--browser", _running.In("nothing-here"));
        Assert.Equal(1, wrong.Exit);
        Assert.Contains("There is no program at this path", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_browser_that_fails_or_takes_too_long_is_ended_and_said_and_leaves_nothing_behind()
    {
        Assert.SkipUnless(Running.Has("sh"), "sh is not on this machine");
        var before = Directory.GetDirectories(Path.GetTempPath(), "safeconduct-print-*").Length;
        var html = "<html><head><title>x</title></head><body></body></html>"u8.ToArray();
        var failing = Script("exit 3");
        var failed = Assert.ThrowsAsync<RefusedException>(() => PdfPrint.Of(html, failing, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Result;
        Assert.Equal("print.failed", failed.Problem.Code);
        var sleeping = Script("sleep 60");
        var slow = Assert.ThrowsAsync<RefusedException>(() => PdfPrint.Of(html, sleeping, TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken)).Result;
        Assert.Equal("print.too-slow", slow.Problem.Code);
        Assert.True(Directory.GetDirectories(Path.GetTempPath(), "safeconduct-print-*").Length <= before + 1);
    }

    [Fact]
    public void Forms_that_are_not_text_are_not_written_to_the_terminal()
    {
        var ran = _running.Safeconduct("report", Running.Case("statements.jsonl"), "--format", "docx");
        Assert.Equal(2, ran.Exit);
        Assert.Contains("--output FILE", ran.Error, StringComparison.Ordinal);
        Assert.Equal(2, _running.Safeconduct("report", Running.Case("statements.jsonl"), "--language", "tr").Exit);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_word_document_is_valid_by_its_schema_and_the_same_to_the_byte_each_time(string name, string asOf)
    {
        var first = Made("docx", name, asOf);
        var bytes = File.ReadAllBytes(first);
        Assert.Equal(bytes, File.ReadAllBytes(Made("docx", name, asOf)));
        using var document = WordprocessingDocument.Open(first, isEditable: false);
        var errors = new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(document).Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}").ToList();
        Assert.Empty(errors);
        foreach (var book in document.MainDocumentPart!.ChartParts.SelectMany(c => c.GetPartsOfType<EmbeddedPackagePart>()))
        {
            using var stream = book.GetStream();
            using var sheet = SpreadsheetDocument.Open(stream, isEditable: false);
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(sheet));
        }
    }

    [Fact]
    public void The_word_document_holds_editable_charts_right_to_left_tables_and_citations_that_lead_into_the_annex()
    {
        Needs("python3");
        var file = Made("docx", "aleppo-2016", "2016-12-16T18:00");
        var script = _running.In("read.py");
        File.WriteAllText(script, """
            import sys, zipfile, io, xml.etree.ElementTree as E
            W = '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}'
            C = '{http://schemas.openxmlformats.org/drawingml/2006/chart}'
            P = '{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}'
            z = zipfile.ZipFile(sys.argv[1])
            body = E.fromstring(z.read('word/document.xml'))
            names = [b.get(W + 'name') for b in body.iter(W + 'bookmarkStart')]
            links = [l.get(W + 'anchor') for l in body.iter(W + 'hyperlink')]
            print('unique', len(names) == len(set(names)), 'led', bool(links) and all(l in set(names) for l in links))
            tables = list(body.iter(W + 'tbl'))
            rtl = [t for t in tables if t.find(W + 'tblPr/' + W + 'bidiVisual') is not None]
            print('rtl', len(rtl) > 2, 'heads', sum(1 for t in tables if t.find('.//' + W + 'tblHeader') is not None) > 10)
            print('paragraphs', all(p.find(W + 'pPr/' + W + 'bidi') is not None for t in rtl for p in t.iter(W + 'p')))
            arabic = [r for r in body.iter(W + 'r') if any('\u0600' <= c <= '\u06ff' for t in r.iter(W + 't') for c in t.text or '')]
            print('runs', len(arabic) > 50 and all(r.find(W + 'rPr/' + W + 'rtl') is not None for r in arabic))
            charts = sorted(n for n in z.namelist() if n.startswith('word/charts/chart') or '/charts/' in n and n.endswith('.xml') and 'rels' not in n)
            drawn = list(body.iter(P + 'docPr'))
            print('charts', len(charts) == len(drawn) > 0, 'told', all(len(d.get('descr')) > 20 for d in drawn))
            for n in charts:
                chart = E.fromstring(z.read(n))
                assert chart.find(C + 'externalData') is not None
                for s in chart.iter(C + 'ser'):
                    cached = [p.find(C + 'v').text for p in s.find(C + 'val').iter(C + 'pt')]
                    assert all(v.isdigit() for v in cached), cached
            book = zipfile.ZipFile(io.BytesIO(z.read([n for n in z.namelist() if n.endswith('.xlsx')][0])))
            print('book', 'xl/worksheets/sheet1.xml' in book.namelist())
            foot = z.read([n for n in z.namelist() if n.startswith('word/footer')][0]).decode()
            print('fields', 'PAGE' in foot and 'NUMPAGES' in foot)
            print('same hour', len({i.date_time for i in z.infolist()}) == 1)
            """);
        var told = Told("python3", script, file).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            ["unique True led True", "rtl True heads True", "paragraphs True", "runs True", "charts True told True", "book True", "fields True", "same hour True"],
            told);
    }

    [Fact]
    public void A_floor_is_drawn_in_the_word_document_as_open_above_and_never_as_a_number()
    {
        XNamespace c = "http://schemas.openxmlformats.org/drawingml/2006/chart", a = "http://schemas.openxmlformats.org/drawingml/2006/main";
        using var archive = ZipFile.OpenRead(Made("docx", "aleppo-2016", "2016-12-16T18:00"));
        var charts = archive.Entries.Where(e => e.FullName.Contains("/charts/", StringComparison.Ordinal) && e.Name.EndsWith(".xml", StringComparison.Ordinal)).Select(e =>
        {
            using var stream = e.Open();
            return XDocument.Load(stream);
        }).ToList();
        var floors = 0;
        foreach (var chart in charts)
        {
            var end = long.Parse(chart.Descendants(c + "valAx").Single().Element(c + "scaling")!.Element(c + "max")!.Attribute("val")!.Value, System.Globalization.CultureInfo.InvariantCulture);
            var series = chart.Descendants(c + "ser").ToList();
            var from = Values(series[0]);
            foreach (var open in series.Skip(1).Where(s => s.Element(c + "spPr")!.Element(a + "gradFill") is not null))
            {
                var labels = open.Element(c + "cat")!.Descendants(c + "v").Select(v => v.Value).ToList();
                foreach (var (length, i) in Values(open).Select((v, i) => (v, i)).Where(v => v.v > 0))
                {
                    Assert.Equal(end, from[i] + length);
                    Assert.EndsWith("→", labels[i], StringComparison.Ordinal);
                    floors++;
                }
            }

            static List<long> Values(XElement s) => [.. s.Element(XName.Get("val", s.Name.NamespaceName))!.Descendants(XName.Get("pt", s.Name.NamespaceName)).Select(p => long.Parse(p.Value, System.Globalization.CultureInfo.InvariantCulture))];
        }

        Assert.True(floors > 3);
    }

    [Fact]
    public void Another_office_program_opens_the_word_document_and_finds_every_language_in_it()
    {
        Needs("soffice", "pdftotext");
        var file = Made("docx", "aleppo-2016", "2016-12-16T18:00");
        var ran = Running.Start("soffice", [$"-env:UserInstallation=file://{_running.In("office")}", "--headless", "--convert-to", "pdf", "--outdir", _running.In("out"), file], _running.Folder);
        var pdf = Path.Combine(_running.In("out"), Path.GetFileNameWithoutExtension(file) + ".pdf");
        Assert.True(File.Exists(pdf), ran.Error);
        var text = Told("pdftotext", pdf, "-");
        Assert.Contains("Headline figures", text, StringComparison.Ordinal);
        Assert.Contains("Краткое изложение на русском языке", text, StringComparison.Ordinal);
        Assert.Contains("Résumé en français", text, StringComparison.Ordinal);
        Assert.Contains("خلاصة", text.Normalize(NormalizationForm.FormKC), StringComparison.Ordinal);
        Assert.Matches(@"1 of \d+", text);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_summaries_of_every_case_hold_no_english_of_ours(string name, string asOf)
    {
        var html = XDocument.Parse(Regex.Replace(File.ReadAllText(Made("html", name, asOf)), "<!DOCTYPE html>", "", RegexOptions.None, TimeSpan.FromSeconds(5)));
        XNamespace x = "http://www.w3.org/1999/xhtml";
        foreach (var code in new[] { "ar", "ru" })
        {
            var section = Assert.Single(html.Descendants(x + "section"), s => (string?)s.Attribute("lang") == code);
            Assert.Equal(code == "ar" ? "rtl" : "ltr", (string?)section.Attribute("dir"));
            var ours = section.DescendantNodes().OfType<XText>().Where(t => !t.Ancestors().Any(e => e.Name == x + "bdi" || (string?)e.Attribute("class") == "c"));
            Assert.All(ours, t => Assert.DoesNotMatch("[A-Za-z]", t.Value));
        }
    }

    private string Made(string format, string name, string asOf)
    {
        if (format == "pdf")
        {
            Assert.SkipWhen(Browser.Find(Environment.GetEnvironmentVariable(Browser.Variable), Environment.GetEnvironmentVariable("PATH")) is null, "no Chromium is on this machine");
        }

        var file = _running.In($"{Path.GetRandomFileName()}.{format}");
        var ran = _running.Safeconduct("report", Path.Combine(Running.Root, "cases", name, "statements.jsonl"), "--as-of", asOf, "--reference", "OP/SR/02", "--language", "ar", "--language", "ru", "--language", "fr", "--format", format, "--output", file);
        Assert.True(ran.Exit == 0, ran.Error);
        return file;
    }

    private string Script(string does)
    {
        var file = _running.In(Path.GetRandomFileName());
        File.WriteAllText(file, $"#!/bin/sh\n{does}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return file;
    }

    private string Told(string program, params string[] arguments) => Running.Start(program, arguments, _running.Folder).Output;

    private static void Needs(params string[] programs) => Assert.All(programs, p => Assert.SkipUnless(Running.Has(p), $"{p} is not on this machine"));
}
