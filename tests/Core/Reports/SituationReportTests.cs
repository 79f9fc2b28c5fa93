using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using NodaTime;
using Safeconduct.Reports;
using Safeconduct.Reports.Rendering;
using Safeconduct.Situation;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Quantities;
using Xunit;

namespace Safeconduct.Tests.Reports;

public class SituationReportTests
{
    private static readonly Edition Anything = new(Scene.Statements, 0, []);

    private static readonly Assessed Nothing = Scene.Assessed([]);

    public static TheoryData<Audience> Audiences => [Audience.Room, Audience.Parties, Audience.Public];

    [Theory]
    [MemberData(nameof(Audiences))]
    public void The_same_statements_in_any_order_and_culture_give_the_same_bytes(Audience audience)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var expected = Everything(Scene.Report(audience));
            foreach (var culture in new[] { "tr-TR", "ar-SA", "fa-IR", "de-DE" })
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);
                Assert.Equal(expected, Everything(Scene.Report(audience, [.. Scene.Statements.Reverse()])));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Audiences))]
    public void The_html_is_well_formed_and_loads_and_runs_nothing(Audience audience)
    {
        var html = SitrepHtml.Write(Scene.Report(audience));
        var page = Parsed(html);
        string[] active = ["script", "iframe", "object", "embed", "link", "img", "form", "base"];
        Assert.DoesNotContain(page.Descendants(), e => active.Contains(e.Name.LocalName));
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        Assert.All(page.Descendants().Attributes("href"), a => Assert.StartsWith("#", a.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(new Regex("url\\((?!#)"), html);
        Assert.Equal("en", page.Root!.Attribute("lang")!.Value);
        Assert.Equal("ltr", page.Root.Attribute("dir")!.Value);
    }

    [Theory]
    [MemberData(nameof(Audiences))]
    public void Every_citation_leads_to_a_statement_of_the_annex_and_every_anchor_is_there_once(Audience audience)
    {
        var report = Scene.Report(audience);
        var page = Parsed(SitrepHtml.Write(report));
        var anchors = page.Descendants().Attributes("id").Select(a => a.Value).ToList();
        Assert.Equal(anchors.Count, anchors.Distinct(StringComparer.Ordinal).Count());
        var cites = page.Descendants().Where(e => e.Attribute("class")?.Value == "c").Select(e => e.Attribute("href")!.Value[1..]).ToList();
        Assert.NotEmpty(cites);
        Assert.All(cites, c => Assert.Contains(c, anchors));
        var markdown = SitrepMarkdown.Write(report);
        Assert.All(Regex.Matches(markdown, "\\]\\(#([^)]+)\\)").Select(m => m.Groups[1].Value), c => Assert.Contains($"<a id=\"{c}\"></a>", markdown, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_source_row_of_a_plot_carries_words_and_a_citation_so_that_the_drawing_only_repeats_them()
    {
        var plots = Plots(Scene.Report());
        Assert.NotEmpty(plots);
        Assert.All(plots.SelectMany(p => p.Rows), row =>
        {
            Assert.Contains(row.Words.Pieces, p => p is Piece.Cite);
            Assert.NotEmpty(row.Words.ToString());
        });
        Assert.All(plots.SelectMany(p => p.Rows.SelectMany(r => r.Marks.Select(m => (p.AxisEnd, Mark: m)))), m => Assert.True((m.Mark.High ?? m.Mark.Low ?? 0) <= m.AxisEnd));
    }

    [Fact]
    public void Hostile_text_stays_text_in_every_form()
    {
        var report = Scene.Report();
        var page = Parsed(SitrepHtml.Write(report));
        Assert.Contains("<script>alert('x')</script>", page.Root!.Value, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName == "script");
        var markdown = SitrepMarkdown.Write(report);
        Assert.DoesNotContain("<script", markdown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"(?<!\\)\]\(javascript", markdown);
        var terminal = TerminalSummary.Write(report, new TerminalStyle(80, MostRows: 100));
        Assert.DoesNotContain(terminal, c => char.IsControl(c) && c != '\n');
        Assert.DoesNotContain('\u202E', SitrepHtml.Write(report));
    }

    [Fact]
    public void An_id_with_odd_letters_gives_an_anchor_that_can_not_break_out_and_meets_no_other()
    {
        StatementId[] ids = [new("a\"b"), new("a_0022b"), new("a'b"), new("<x>"), new("é")];
        var statements = ids.Select((id, i) => Scene.Say(i, Scene.Army, Scene.Left(Bound.Exactly(10 + i)), "2031-05-02", "A count.") with { Id = id }).ToList();
        var page = Parsed(SitrepHtml.Write(Scene.Report(statements: statements, isCompared: false)));
        var anchors = page.Descendants().Attributes("id").Select(a => a.Value).Where(a => a.StartsWith("s-", StringComparison.Ordinal)).ToList();
        Assert.Equal(ids.Length, anchors.Count);
        Assert.All(anchors, a => Assert.Matches("^[A-Za-z0-9._-]+$", a));
    }

    [Theory]
    [InlineData(Audience.Parties, Scene.RoomOnly)]
    [InlineData(Audience.Public, Scene.RoomOnly)]
    [InlineData(Audience.Public, Scene.PartiesOnly)]
    [InlineData(Audience.Room, Scene.Referred)]
    [InlineData(Audience.Parties, Scene.Referred)]
    [InlineData(Audience.Public, Scene.Referred)]
    [InlineData(Audience.Parties, Scene.WitnessName)]
    [InlineData(Audience.Public, Scene.WitnessName)]
    [InlineData(Audience.Public, Scene.WitnessPlace)]
    [InlineData(Audience.Public, Scene.ObserverName)]
    [InlineData(Audience.Parties, Scene.ObserverName)]
    [InlineData(Audience.Public, "LIVECONVOY-sloe")]
    [InlineData(Audience.Public, "11:40")]
    [InlineData(Audience.Public, "three children")]
    public void What_an_audience_may_not_be_told_is_in_no_form_of_its_edition(Audience audience, string hidden)
    {
        Assert.DoesNotContain(hidden, Everything(Scene.Report(audience)), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(Scene.RoomOnly)]
    [InlineData(Scene.PartiesOnly)]
    [InlineData(Scene.WitnessName)]
    [InlineData("LIVECONVOY-sloe")]
    public void The_room_reads_it_all(string said) => Assert.Contains(said, SitrepHtml.Write(Scene.Report()), StringComparison.Ordinal);

    [Fact]
    public void Outside_the_room_witnesses_are_merged_and_counted_and_what_is_withheld_is_said_to_be()
    {
        var html = SitrepHtml.Write(Scene.Report(Audience.Public));
        Assert.Contains("witness accounts (2)", Parsed(html).Root!.Value, StringComparison.Ordinal);
        Assert.Contains("3 statements are withheld by handling or consent, or because a small count could be worked out from them. 2 counts of people are given more coarsely than they were said", html, StringComparison.Ordinal);
        Assert.Contains("2 statements are held back until what they speak of is past.", html, StringComparison.Ordinal);
    }

    [Fact]
    public void In_public_a_small_count_that_nobody_published_prints_as_fewer_than_five()
    {
        var page = Everything(Scene.Report(Audience.Public));
        Assert.Contains("fewer than 5 unaccompanied children received into care", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("The council told us of three children received.", SitrepHtml.Write(Scene.Report()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_for_others_is_refused_when_it_rests_on_what_they_may_not_see()
    {
        var refused = Assert.Throws<RefusedException>(() => SituationReport.Compose(Anything, Scene.Assessed(), null, Scene.Settings(Audience.Public)));
        Assert.Equal("report.not-for-audience", refused.Problem.Code);
        Assert.Equal("OLD-0033 may not be shown to the public: choose the statements with Edition.Of, then assess those.", refused.Problem.Message);
    }

    [Fact]
    public void A_report_for_others_is_refused_when_it_speaks_of_a_convoy_that_may_be_under_way()
    {
        var live = Scene.Statements.Where(s => s.Id.Value == "OLD-0038").ToList();
        var refused = Assert.Throws<RefusedException>(() => SituationReport.Compose(Edition.Of(live, Scene.Operation, Scene.Settings(Audience.Parties)), Scene.Assessed(live), null, Scene.Settings(Audience.Parties)));
        Assert.Equal("report.held-back", refused.Problem.Code);
        Assert.Equal("OLD-0038 may not leave the room yet: choose the statements with Edition.Of, then assess those.", refused.Problem.Message);
    }

    [Fact]
    public void A_lens_stays_in_the_room()
    {
        var view = new View(Lens.Parse("kind:un").Value!, Scene.CutOff);
        var refused = Assert.Throws<RefusedException>(() => SituationReport.Compose(Anything, Assess.Of([], Scene.Operation, view), null, Scene.Settings(Audience.Public)));
        Assert.Equal("report.lens-outside-room", refused.Problem.Code);
        Assert.Equal("The lens 'kind:un' stays in the room: assess with the lens 'all' for other readers.", refused.Problem.Message);
        Assert.Contains("lens: kind:un", SituationReport.Compose(Anything, Assess.Of([], Scene.Operation, view), null, Scene.Settings()).Heading.Single(h => h.Label == "Read from").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_known_after_the_cut_off_is_in_a_report()
    {
        var later = Scene.CutOff + Duration.FromHours(1);
        var refused = Assert.Throws<RefusedException>(() => SituationReport.Compose(Anything, Scene.Assessed([], later), null, Scene.Settings()));
        Assert.Equal("report.after-cut-off", refused.Problem.Code);
        Assert.Equal("The statements were read as known at 2031-05-03T17:00:00Z, later than the cut-off at 2031-05-03T16:00:00Z: assess as of the cut-off.", refused.Problem.Message);
        var late = Scene.Say(1, Scene.Army, Scene.Left(Bound.Exactly(1)), "2031-05-09", "Later.");
        refused = Assert.Throws<RefusedException>(() => SituationReport.Compose(new Edition([late], 0, []), Assess.Of([late], Scene.Operation, View.Everything), null, Scene.Settings()));
        Assert.Equal("OLD-0001 was not known at the cut-off at 2031-05-03T16:00:00Z: assess as of the cut-off.", refused.Problem.Message);
    }

    [Fact]
    public void A_report_without_a_reference_is_refused()
    {
        var refused = Assert.Throws<RefusedException>(() => SituationReport.Compose(Anything, Nothing, null, Scene.Settings() with { Reference = " " }));
        Assert.Equal("report.no-reference", refused.Problem.Code);
        Assert.Equal("A report needs a reference number and a title.", refused.Problem.Message);
    }

    [Fact]
    public void An_empty_record_says_that_nobody_stated_anything()
    {
        var report = SituationReport.Compose(Anything, Nothing, null, Scene.Settings());
        var text = SitrepMarkdown.Write(report);
        foreach (var nobody in new[]
        {
            "Nobody has stated anything that this report may carry.",
            "Nobody has stated in which state the operation is.",
            "Nobody has stated how many people left, are still inside, or were killed.",
            "Nobody has reported the movement of a convoy.",
            "Nobody has reported an incident or an access constraint. Where nobody watched, that means nothing.",
            "Nobody has stated who holds which area.",
            "Own observers: none in this record.",
            "Wishes and destinations: not asked, as far as this record goes.",
            "No earlier report was compared.",
        })
        {
            Assert.Contains(nobody, text, StringComparison.Ordinal);
        }

        Assert.Empty(report.Annex);
        Parsed(SitrepHtml.Write(report));
        Assert.Contains("Nobody has stated in which state the operation is.", TerminalSummary.Write(report, new TerminalStyle(60)), StringComparison.Ordinal);
    }

    [Fact]
    public void Rival_states_stand_side_by_side_and_none_is_chosen()
    {
        var status = Scene.Report().Sections.Single(s => s.Id == "status");
        var table = Assert.Single(status.Blocks.OfType<Block.Table>());
        var states = table.Rows.Select(r => r[0].ToString().Split(';')[0]).ToList();
        Assert.Contains("Complete", states);
        Assert.Contains("Suspended", states);
        Assert.Contains("Oldtown council", table.Rows.Single(r => r[0].ToString().StartsWith("Complete", StringComparison.Ordinal))[2].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_headline_is_the_running_total_most_sources_speak_of_with_floors_as_arrows_and_parts_thin()
    {
        var plot = Plots(Scene.Report())[0];
        Assert.Equal("People who left Oldtown, from Thu 1 May up to Sat 3 May", plot.Caption.ToString());
        Assert.Equal("2,979 to more than 3,500", plot.Span.ToString());
        Assert.Equal("fighters", plot.PartDrawn);
        var centre = plot.Rows.Single(r => r.Source.Name == Scene.Centre.Name);
        Assert.Equal("guarantor, party", centre.Source.KindWords);
        Assert.Contains(centre.Marks, m => m is { Shape: MarkShape.Arrow, Low: 3500, High: null, IsPart: false });
        Assert.Contains(centre.Marks, m => m is { Shape: MarkShape.Arrow, Low: 900, IsPart: true });
        Assert.Contains(plot.Rows.Single(r => r.Source.Name == Scene.Monitor.Name).Marks, m => m is { Shape: MarkShape.Hatched, Low: 2790, High: 3410, IsPart: false } && m.Said.Single() == 3100);
        Assert.Contains("no longer stands: 9,000", plot.Rows.Single(r => r.Source.Name == Scene.Paper.Name).Words.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_are_said_in_words_and_never_as_the_number_after()
    {
        var all = Everything(Scene.Report());
        Assert.Contains("more than 3,500", all, StringComparison.Ordinal);
        Assert.DoesNotContain("3,501", all, StringComparison.Ordinal);
        Assert.DoesNotContain("3501", all, StringComparison.Ordinal);
        Assert.Contains("return not counted", all, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("claims that")]
    [InlineData("claimed")]
    [InlineData("admits")]
    [InlineData("insists")]
    [InlineData("column")]
    [InlineData("the deal")]
    [InlineData("cannot both")]
    [InlineData("can't both")]
    [InlineData("not accounted for")]
    [InlineData("obstruction")]
    [InlineData("rebel")]
    [InlineData("regime")]
    [InlineData("terrorist")]
    [InlineData("verdict")]
    [InlineData("kept")]
    [InlineData("broken")]
    public void The_report_s_own_words_are_neutral(string word)
    {
        foreach (var report in new[] { Scene.Report(), Scene.Report(Audience.Public), SituationReport.Compose(Anything, Nothing, null, Scene.Settings()) })
        {
            Assert.DoesNotMatch(new Regex($"\\b{Regex.Escape(word)}\\b", RegexOptions.IgnoreCase), SitrepMarkdown.Write(report).Replace("rows were kept as remarks", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_withdrawal_and_a_correction_are_listed_and_what_they_touch_is_marked()
    {
        var report = Scene.Report();
        var rows = report.Sections.Single(s => s.Id == "replaced").Blocks.OfType<Block.Table>().Single().Rows.Select(r => string.Join(" / ", r.Select(l => l.ToString()))).ToList();
        Assert.Contains(rows, r => r.Contains("Withdrawn: a misprint", StringComparison.Ordinal));
        Assert.Contains(rows, r => r.Contains("Corrected: one lorry had not arrived", StringComparison.Ordinal));
        Assert.Contains("withdrawn", report.Annex.Single(s => s.Id == "OLD-0028").Standing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void No_line_of_the_terminal_summary_is_wider_than_the_terminal(int width)
    {
        foreach (var audience in new[] { Audience.Room, Audience.Public })
        {
            var report = Scene.Report(audience);
            var plain = TerminalSummary.Write(report, new TerminalStyle(width));
            Assert.All(plain.Split('\n'), line => Assert.True(line.Length <= width, line));
            var coloured = TerminalSummary.Write(report, new TerminalStyle(width, Colour: true));
            Assert.Equal(plain, Regex.Replace(coloured, "\u001b\\[[0-9;]*m", ""));
        }
    }

    [Fact]
    public void The_terminal_summary_counts_what_it_leaves_out()
    {
        var text = TerminalSummary.Write(Scene.Report(), new TerminalStyle(100, MostRows: 1, MostSources: 2));
        Assert.Matches("and [0-9]+ more sources in the full report", text);
        Assert.Matches("and [0-9]+ more rows? in the full report", text);
    }

    [Fact]
    public void A_terminal_that_is_too_narrow_is_refused()
    {
        var refused = Assert.Throws<RefusedException>(() => TerminalSummary.Write(Scene.Report(), new TerminalStyle(39)));
        Assert.Equal("terminal.too-narrow", refused.Problem.Code);
        Assert.Equal("A summary needs 40 columns; got 39.", refused.Problem.Message);
    }

    [Fact]
    public void Random_records_give_well_formed_reports_with_every_citation_in_place()
    {
        var random = new Random(20310503);
        for (var round = 0; round < 25; round++)
        {
            var some = Scene.Statements.Where(_ => random.Next(3) > 0).ToList();
            foreach (var audience in Enum.GetValues<Audience>())
            {
                var page = Parsed(SitrepHtml.Write(Scene.Report(audience, some, isCompared: random.Next(2) == 0)));
                var anchors = page.Descendants().Attributes("id").Select(a => a.Value).ToHashSet(StringComparer.Ordinal);
                Assert.All(page.Descendants().Attributes("href"), a => Assert.Contains(a.Value[1..], anchors));
            }
        }
    }

    private static List<Block.RangePlot> Plots(Sitrep report) => [.. report.Sections.SelectMany(s => s.Blocks).OfType<Block.RangePlot>()];

    private static XDocument Parsed(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        return XDocument.Load(reader);
    }

    private static string Everything(Sitrep report) => string.Join(
        "\n",
        SitrepHtml.Write(report),
        SitrepMarkdown.Write(report),
        Encoding.UTF8.GetString(SitrepJson.Write(report)),
        TerminalSummary.Write(report, new TerminalStyle(120, MostRows: 1000, MostSources: 1000)));
}
