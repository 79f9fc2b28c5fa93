using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace Safeconduct.Tests.Edges;

/// <summary>What is handed on, read by programs that know nothing of us, and taken back by the command.</summary>
public sealed class ExportTests : IDisposable
{
    private const string Places = """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"old-town","name_en":"Old Town","kind":"district"},"geometry":{"type":"Point","coordinates":[30,50]}}]}""";

    /// <summary>Prints a file of separated values as JSON rows, by the module that Python brings.</summary>
    private const string ReadCsv = "import csv,json,sys\nwith open(sys.argv[1],encoding='utf-8-sig',newline='') as f: json.dump([r for r in csv.reader(f,strict=True)],sys.stdout)";

    /// <summary>Prints the first sheet of a workbook as JSON rows of [type, text], from the archive's own parts.</summary>
    private const string ReadXlsx = """
        import json,re,sys,zipfile
        import xml.etree.ElementTree as E
        M='{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
        z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None
        for n in z.namelist(): E.fromstring(z.read(n))
        U=lambda s: re.sub(r'_x([0-9A-F]{4})_',lambda m: chr(int(m[1],16)),s)
        rows=[]
        for r in E.fromstring(z.read('xl/worksheets/sheet1.xml')).iter(M+'row'):
            row={}
            for c in r.iter(M+'c'):
                assert c.find(M+'f') is None
                row[re.match('[A-Z]+',c.get('r'))[0]]=[c.get('t') or 'n', U(''.join(t.text or '' for t in c.iter(M+'t'))) if c.get('t')=='inlineStr' else c.find(M+'v').text]
            rows.append(row)
        json.dump(rows,sys.stdout)
        """;

    private static readonly string[] Hostile =
    [
        "=cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "=HYPERLINK(\"http://example.org\",\"x\")", "'=1+1", "غادر 9500 شخص المدينة, \"القديمة\"", "two\nlines\tand a tab", "\u202Eevil", "_x0041_ stays", "a;b,c|d", "\u0007bell", "😀",
    ];

    private readonly Running _run = new();

    public ExportTests()
    {
        File.WriteAllText(_run.In("places.geojson"), Places);
        Done("init", "book", "--places", "places.geojson", "--time-zone", "Europe/Kyiv");
        var rows = Hostile.Select((text, i) => JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["id"] = $"T-{i:00}",
            ["published"] = "2031-05-03",
            ["about"] = "2031-05-02",
            ["source"] = $"Harbour Authority {i}",
            ["source_type"] = "party",
            ["kind"] = "movement",
            ["place_from"] = "old-town",
            ["category"] = "people who left",
            ["unit"] = "people",
            ["quantity"] = new Dictionary<string, object?> { ["low"] = 1200 + i, ["high"] = i % 2 == 0 ? 1200 + i : null, ["approx"] = false },
            ["paraphrase"] = text,
            ["cite"] = $"Notice {i}",
        }));
        File.WriteAllText(_run.In("list.jsonl"), string.Join('\n', rows) + "\n");
        Done("import", "list.jsonl", "-o", "book");
    }

    public static TheoryData<string, string> Formats => new() { { "csv", "x.csv" }, { "hxl", "x.hxl.csv" }, { "hxl-json", "x.json" }, { "geojson", "x.geojson" }, { "json", "y.json" }, { "xlsx", "x.xlsx" } };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_format_comes_back_without_doubling_and_into_a_new_book_once(string format, string file)
    {
        var written = Done("export", "book", "--format", format, "--output", file);
        Assert.Equal($"written {file}: 12 statements, 0 withheld", written.Error.Trim());
        Assert.Equal("0 statements recorded, 12 were there already, 0 can't be taken from this format.", Done("import", file, "-o", "book").Output.Trim());
        Done("init", "other", "--places", "places.geojson", "--time-zone", "Europe/Kyiv");
        Assert.Equal("""{"already_there":0,"left_behind":0,"new":12,"recorded":0,"rows":12}""", Done("import", file, "-o", "other", "--dry-run", "--json").Output.Trim());
        Assert.Equal("12 statements recorded, 0 were there already, 0 can't be taken from this format.", Done("import", file, "-o", "other").Output.Trim());
        Assert.Equal("0 statements recorded, 12 were there already, 0 can't be taken from this format.", Done("import", file, "-o", "other").Output.Trim());
        Done("export", "book", "--format", format, "--output", "again-" + file);
        Assert.Equal(File.ReadAllBytes(_run.In(file)), File.ReadAllBytes(_run.In("again-" + file)));
        Assert.Equal(Signed("book"), Signed("other"));
        Assert.Empty(Directory.GetFiles(_run.Folder, "*.part"));
    }

    [Theory]
    [InlineData("csv", 1)]
    [InlineData("hxl", 2)]
    public void Pythons_own_reader_of_CSV_finds_the_rows_the_numbers_and_the_words(string format, int headers)
    {
        Needs("python3");
        Done("export", "book", "--format", format, "--output", "x.csv");
        var rows = Rows(Python(ReadCsv, "x.csv"));
        Assert.Equal(Hostile.Length + headers, rows.Count);
        Assert.All(rows, r => Assert.Equal(rows[0].Count, r.Count));
        var (id, low, high, paraphrase) = (rows[0].IndexOf("id"), rows[0].IndexOf("low"), rows[0].IndexOf("high"), rows[0].IndexOf("paraphrase"));
        foreach (var (row, i) in rows.Skip(headers).Select((r, i) => (r, i)))
        {
            Assert.Equal($"T-{i:00}", row[id]);
            Assert.Equal((1200 + i).ToString(System.Globalization.CultureInfo.InvariantCulture), row[low]);
            Assert.Equal(i % 2 == 0 ? row[low] : "", row[high]);
            Assert.DoesNotContain(row[paraphrase].TrimStart()[0], "=+-@");
            Assert.Equal(Shown(Hostile[i]), row[paraphrase].StartsWith('\'') ? row[paraphrase][1..] : row[paraphrase]);
        }

        // The sum over the sources' rows is what assess says of each: every number of the table is one that somebody stated.
        using var assessed = JsonDocument.Parse(Done("assess", "book", "--json").Output);
        var said = assessed.RootElement.GetProperty("figures").EnumerateArray().SelectMany(f => f.GetProperty("per_source").EnumerateArray()).Select(s => s.GetProperty("low")).Where(l => l.ValueKind is JsonValueKind.Number).Select(l => l.GetInt64()).ToHashSet();
        Assert.All(rows.Skip(headers), r => Assert.Contains(long.Parse(r[low], System.Globalization.CultureInfo.InvariantCulture), said));
    }

    [Fact]
    public void The_workbook_is_sound_XML_with_numbers_in_cells_of_numbers_and_no_formula()
    {
        Needs("python3");
        Done("export", "book", "--format", "xlsx", "--output", "x.xlsx");
        using var json = JsonDocument.Parse(Python(ReadXlsx, "x.xlsx"));
        var rows = json.RootElement.EnumerateArray().ToList();
        var letters = rows[0].EnumerateObject().ToDictionary(c => c.Value[1].GetString()!, c => c.Name);
        Assert.Equal(Hostile.Length + 1, rows.Count);
        for (var i = 0; i < Hostile.Length; i++)
        {
            var low = rows[i + 1].GetProperty(letters["low"]);
            Assert.Equal(("n", $"{1200 + i}"), (low[0].GetString(), low[1].GetString()));
            var said = rows[i + 1].GetProperty(letters["paraphrase"]);
            Assert.Equal("inlineStr", said[0].GetString());
            Assert.Equal(Shown(Hostile[i]), said[1].GetString()!.StartsWith('\'') ? said[1].GetString()![1..] : said[1].GetString());
        }

        using var archive = ZipFile.OpenRead(_run.In("x.xlsx"));
        using var sheet = archive.GetEntry("xl/worksheets/sheet2.xml")!.Open();
        Assert.Contains("statements of the book are not for this reader", XDocument.Load(sheet).Root!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xlsx", "")]
    [InlineData("csv", "--infilter=Text - txt - csv (StarCalc):44,34,76,1")]
    public void LibreOffice_opens_it_works_nothing_out_and_what_it_saves_comes_back_as_it_was(string format, string filter)
    {
        Needs("soffice");
        Needs("python3");
        Done("export", "book", "--format", format, "--output", $"x.{format}");
        Office(filter, "csv:Text - txt - csv (StarCalc):44,34,76,1", $"x.{format}", "read");
        var rows = Rows(Python(ReadCsv, "read/x.csv"));
        var (low, paraphrase) = (rows[0].IndexOf("low"), rows[0].IndexOf("paraphrase"));
        for (var i = 0; i < Hostile.Length; i++)
        {
            Assert.Equal($"{1200 + i}", rows[i + 1][low]);
            var shown = rows[i + 1][paraphrase];
            Assert.Equal(Shown(Hostile[i]).Trim(), (shown.StartsWith('\'') ? shown[1..] : shown).Trim());
        }

        Office(filter, "xlsx", $"x.{format}", "saved");
        Assert.Equal("0 statements recorded, 12 were there already, 0 can't be taken from this format.", Done("import", "saved/x.xlsx", "-o", "book").Output.Trim());
        Assert.Equal("0 statements recorded, 12 were there already, 0 can't be taken from this format.", Done("import", "read/x.csv", "-o", "book").Output.Trim());
    }

    [Fact]
    public void A_cell_changed_in_a_spreadsheet_is_refused_by_row_and_column_and_nothing_is_recorded()
    {
        Done("export", "book", "--format", "csv", "--output", "x.csv");
        var text = File.ReadAllText(_run.In("x.csv"));
        File.WriteAllText(_run.In("x.csv"), text.Replace(",1203,", ",9203,", StringComparison.Ordinal));
        Done("init", "other", "--places", "places.geojson", "--time-zone", "Europe/Kyiv");
        var refused = _run.Safeconduct("import", "x.csv", "-o", "other");
        Assert.Equal(1, refused.Exit);
        Assert.StartsWith("safeconduct: x.csv:row 5, column 'low': '9203' stands here, and the statement says '1203'.", refused.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing was recorded. [export.changed]", refused.Error, StringComparison.Ordinal);
        Assert.Equal("""{"already_there":0,"left_behind":0,"new":12,"recorded":0,"rows":12}""", Recorded(text));
    }

    [Fact]
    public void A_formula_in_somebodys_table_is_refused_and_nothing_is_half_stored()
    {
        var before = Signed("book");
        File.WriteAllText(_run.In("counts.csv"), "Ref,Date,Reported on,Source,Source type,From,Evacuees\nA-1,2031-05-02,2031-05-03,Harbour Authority,party,Old Town,300\nA-2,2031-05-02,2031-05-03,=cmd|' /C calc'!A0,party,Old Town,300\n");
        var refused = _run.Safeconduct("import", "counts.csv", "-o", "book");
        Assert.Equal(1, refused.Exit);
        Assert.StartsWith("safeconduct: counts.csv:row 3, column 'Source': '=cmd|' /C calc'!A0' would be a formula", refused.Error, StringComparison.Ordinal);
        Assert.Contains("[table.formula]", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, Signed("book"));
    }

    [Fact]
    public void The_public_gets_what_is_public_and_the_rest_is_counted()
    {
        var written = Done("export", "book", "--format", "hxl", "--for", "public", "--output", "x.csv");
        Assert.Matches("^written x.csv: [0-9]+ statements, [0-9]+ withheld", written.Error);
        Assert.Equal(0, _run.Safeconduct("import", "x.csv", "-o", "book").Exit);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_was_made_coarse_for_the_public_comes_back_named_and_is_never_taken_for_signed_words(string format, string file)
    {
        Done("say", "-o", "book", "--by", "Post 2 (own observers)", "--source-kind", "own-observers", "--basis", "counted", "--measure", "left", "--how-many", "312", "--about", "2026-01-03", "--said-at", "2026-01-03", "--handling", "public", "--consent", "not-needed");
        var before = Signed("book");
        using var id = JsonDocument.Parse(Done("export", "book", "--format", "json", "--for", "public").Output);
        var coarse = Assert.Single(id.RootElement.GetProperty("statements").EnumerateArray(), s => s.GetProperty("statement").TryGetProperty("coarse", out _));
        Assert.Equal("", coarse.GetProperty("entry").GetString());
        var name = coarse.GetProperty("statement").GetProperty("id").GetString();
        Done("export", "book", "--format", format, "--for", "public", "--output", file);

        var own = Done("import", file, "-o", "book");
        Assert.Contains($": {name}: its reader was shown it in part, and what this book has under that id stays as it is", own.Error, StringComparison.Ordinal);
        Assert.Matches("^0 statements recorded, [0-9]+ were there already, 1 can't be taken from this format.", own.Output);
        Assert.Equal(before, Signed("book"));

        // Not as the same operation's either: nobody signed the words in that form.
        Done("init", "other", "--places", "places.geojson", "--time-zone", "Europe/Kyiv");
        var other = Done("import", file, "-o", "other", "--own-book");
        Assert.Contains($": {name}: its reader was shown it in part\n", other.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Signed("other"), s => s.Contains($"\"{name}\"", StringComparison.Ordinal) || s.Contains("own-observers", StringComparison.Ordinal));
    }

    [Fact]
    public void Programs_of_others_read_the_GeoJSON_and_count_what_the_book_holds()
    {
        Needs("ogrinfo");
        Done("export", "book", "--format", "geojson", "--output", "x.geojson");
        var summary = Running.Start("ogrinfo", ["-ro", "-so", "-al", "x.geojson"], _run.Folder);
        Assert.True(summary.Exit == 0, summary.Error);
        Assert.Contains("Feature Count: 12", summary.Output, StringComparison.Ordinal);
        Assert.Contains("low: Integer", summary.Output, StringComparison.Ordinal);
        Assert.Contains("Extent: (30.000000, 50.000000) - (30.000000, 50.000000)", summary.Output, StringComparison.Ordinal);
        var table = Running.Start("ogr2ogr", ["-f", "CSV", "/vsistdout/", "x.geojson", "-select", "id,low,source"], _run.Folder);
        Assert.True(table.Exit == 0, table.Error);
        var rows = table.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Trim().Split(',')).ToList();
        Assert.Equal(Hostile.Select((_, i) => $"T-{i:00} {1200 + i} Harbour Authority {i}"), rows.Select(r => $"{r[0].Trim('"')} {r[1].Trim('"')} {r[2].Trim('"')}"));
    }

    [Fact]
    public void A_map_that_another_program_saved_comes_back_without_doubling_in_its_own_book_and_into_another_as_it_left()
    {
        Needs("ogr2ogr");
        Done("export", "book", "--format", "geojson", "--output", "x.geojson");
        var saved = Running.Start("ogr2ogr", ["-f", "GeoJSON", "saved.geojson", "x.geojson"], _run.Folder);
        Assert.True(saved.Exit == 0, saved.Error);
        var before = Signed("book");
        Assert.Equal("0 statements recorded, 12 were there already, 0 can't be taken from this format.", Done("import", "saved.geojson", "-o", "book").Output.Trim());
        Assert.Equal(before, Signed("book"));
        Done("init", "other", "--places", "places.geojson", "--time-zone", "Europe/Kyiv");
        Assert.Equal("12 statements recorded, 0 were there already, 0 can't be taken from this format.", Done("import", "saved.geojson", "-o", "other").Output.Trim());
        Assert.Equal(before, Signed("other"));

        // One that keeps the properties alone.
        var bare = Running.Start("ogr2ogr", ["-f", "GeoJSON", "-lco", "NATIVE_DATA=", "-noNativeData", "bare.geojson", "x.geojson"], _run.Folder);
        Assert.True(bare.Exit == 0, bare.Error);
        Assert.DoesNotContain("\"statement\"", File.ReadAllText(_run.In("bare.geojson")), StringComparison.Ordinal);
        Assert.Equal("0 statements recorded, 12 were there already, 0 can't be taken from this format.", Done("import", "bare.geojson", "-o", "book").Output.Trim());
        Done("init", "third", "--places", "places.geojson", "--time-zone", "Europe/Kyiv");
        var third = Done("import", "bare.geojson", "-o", "third");
        Assert.Equal("0 statements recorded, 0 were there already, 12 can't be taken from this format.", third.Output.Trim());
        Assert.Contains("the file no longer holds the statement itself", third.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checker_of_GeoJSON_finds_nothing_wrong_in_ours()
    {
        Needs("node");
        var checker = Path.Combine(Running.Root, "web", "node_modules", "@placemarkio", "check-geojson", "dist", "index.js");
        if (!File.Exists(checker))
        {
            Assert.Skip("@placemarkio/check-geojson is not installed (npm ci in web).");
        }

        Done("export", "book", "--format", "geojson", "--output", "x.geojson");
        Done("export", "book", "--format", "geojson", "--for", "public", "--output", "public.geojson");
        var ran = Running.Start("node", ["-e", "const {check,getIssues}=require(process.argv[1]);for(const f of process.argv.slice(2)){const t=require('fs').readFileSync(f,'utf8');console.log(JSON.stringify(getIssues(t)),check(t).features.length>0)}", checker, "x.geojson", "public.geojson"], _run.Folder);
        Assert.True(ran.Exit == 0, ran.Error);
        Assert.Equal(["[] true", "[] true"], ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Our_own_HXL_passes_the_checks_and_a_bad_table_is_told_by_row_and_column()
    {
        Done("export", "book", "--format", "hxl", "--output", "x.csv");
        Assert.Equal("12 rows, 0 errors, 0 warnings.", Done("check", "x.csv").Output.Trim());
        Done("export", "book", "--format", "hxl-json", "--output", "x.json");
        Assert.Equal("""{"rows":12,"errors":0,"warnings":0,"findings":[]}""", Done("check", "x.json", "--json").Output.Trim());
        File.WriteAllText(_run.In("bad.csv"), "Who,When,How many\n#org,#date,#affected\nA,soon,>300\n");
        var found = _run.Safeconduct("check", "bad.csv");
        Assert.Equal(1, found.Exit);
        Assert.Contains("error: row 3, column B: 'soon' is not a date", found.Output, StringComparison.Ordinal);
        Assert.Contains("1 rows, 2 errors, 0 warnings.", found.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void On_stdout_it_is_the_same_bytes_as_in_a_file()
    {
        Done("export", "book", "--format", "csv", "--output", "x.csv");
        Assert.Equal(File.ReadAllText(_run.In("x.csv")).ReplaceLineEndings("\n").TrimStart('\uFEFF'), Done("export", "book", "--format", "csv").Output.TrimStart('\uFEFF'));
    }

    public void Dispose() => _run.Dispose();

    /// <summary>What no spreadsheet shows stands as the mark for a lost character; the cell with the whole statement has it.</summary>
    private static string Shown(string text) => text.Replace('\u0007', '\uFFFD');

    private static List<List<string>> Rows(string json) => JsonSerializer.Deserialize<List<List<string>>>(json)!;

    private static void Needs(string program)
    {
        if (!Running.Has(program))
        {
            Assert.Skip($"{program} is not on this machine.");
        }
    }

    private Ran Done(params string[] arguments)
    {
        var ran = _run.Safeconduct(arguments);
        Assert.True(ran.Exit == 0, $"{string.Join(' ', arguments)}: {ran.Error}{ran.Output}");
        return ran;
    }

    private string Python(string program, string file)
    {
        var ran = Running.Start("python3", ["-c", program, file], _run.Folder);
        Assert.True(ran.Exit == 0, ran.Error);
        return ran.Output;
    }

    private void Office(string filter, string to, string file, string folder)
    {
        string[] filters = filter.Length == 0 ? [] : [filter];
        var ran = Running.Start("soffice", ["--headless", $"-env:UserInstallation=file://{_run.In("office")}", .. filters, "--convert-to", to, "--outdir", folder, file], _run.Folder);
        Assert.True(ran.Exit == 0, ran.Error);
    }

    /// <summary>The statements of a book in their signed form, without the entries around them.</summary>
    private List<string> Signed(string book)
    {
        using var json = JsonDocument.Parse(Done("export", book, "--format", "json").Output);
        return [.. json.RootElement.GetProperty("statements").EnumerateArray().Select(s => s.GetProperty("statement").GetRawText())];
    }

    private string Recorded(string text)
    {
        File.WriteAllText(_run.In("x.csv"), text);
        return Done("import", "x.csv", "-o", "other", "--dry-run", "--json").Output.Trim();
    }
}
