using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Safeconduct.Reports;
using Safeconduct.Reports.Languages;
using Safeconduct.Reports.Rendering;
using Safeconduct.Situation;
using Safeconduct.Situation.Agreements.Readings;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Status;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Xunit;
using Standing = Safeconduct.Statements.Quantities.Standing;

namespace Safeconduct.Tests.Reports;

public class LanguageTests
{
    public static TheoryData<string> Codes => [.. Tongue.OfSummaries];

    public static TheoryData<string, Audience> CodesAndAudiences => [.. Tongue.OfSummaries.SelectMany(c => Enum.GetValues<Audience>().Select(a => (c, a)))];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_language_has_every_phrase_and_no_other(string code) =>
        Assert.Equal(Tongue.Of("en").Keys.Order(StringComparer.Ordinal), Tongue.Of(code).Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_phrase_has_the_places_that_the_english_one_has_and_none_is_said_twice(string code)
    {
        var (tongue, english) = (Tongue.Of(code), Tongue.Of("en"));
        // A form of a noun may say the number in the noun itself, as the Arabic singular and dual do; a zero has a word of its own.
        Assert.All(english.Keys.Where(k => !k.StartsWith("noun.", StringComparison.Ordinal)), k => Assert.Equal(Places(english[k]), Places(tongue[k])));
    }

    [Theory]
    [InlineData("ar")]
    [InlineData("ru")]
    public void No_latin_letter_is_left_in_a_phrase_of_another_script(string code)
    {
        var tongue = Tongue.Of(code);
        Assert.All(tongue.Keys, k => Assert.DoesNotMatch("[A-Za-z]", tongue[k]));
    }

    [Fact]
    public void No_english_is_left_in_french()
    {
        var (french, english) = (Tongue.Of("fr"), Tongue.Of("en"));
        Assert.All(french.Keys, k => Assert.DoesNotMatch(@"\b(the|of|and|not|by|who|people|said|with|from|was|were|is|are|they)\b", french[k]));
        Assert.All(
            french.Keys.Where(k => Regex.IsMatch(english[k], "[A-Za-z]{4}") && french[k] == english[k]),
            k => Assert.Fail(k));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Whatever_can_be_said_has_its_word_in_every_language(string code)
    {
        var tongue = Tongue.Of(code);
        string[] keys =
        [
            .. Token.All<Measure>().Select(m => "measure." + m),
            .. Token.All<Unit>().Select(u => "unit." + u),
            .. Token.All<State>().Select(s => "state." + s),
            .. Token.All<SubjectKind>().Select(s => "subject." + s),
            .. Token.All<SourceKind>().Select(k => "kind." + k),
            .. Token.All<Audience>().Select(a => "audience." + a),
            .. Token.All<Standing>().Concat(Token.All<Sex>()).Concat(Token.All<AgeBand>()).Concat(Token.All<Health>()).Concat(Token.All<Company>()).Select(t => "trait." + t),
            .. Token.All<VehicleType>().Select(v => "vehicle." + v),
            .. Token.All<PlaceKind>().SelectMany(p => (string[])["leaving", "out", "in", "into", "for", "via"], (p, r) => $"place.{p}.{r}"),
            .. Category.Named.Select(n => "category." + n.Slug),
            .. VagueWords.Floors.Keys.Select(w => "vague." + Token.Slug(w)),
            .. Enumerable.Range(1, 12).SelectMany(m => (string[])[$"month.{m}", $"month-alone.{m}"]),
            .. Enumerable.Range(1, 7).Select(d => $"weekday.{d}"),
            .. ((string[])["zero", "one", "two", "few", "many", "other"]).SelectMany(f => (string[])[$"noun.statement.{f}"]),
            .. Token.All<MarkShape>().Where(s => s != "dotted").Select(s => "chart." + s),
        ];
        Assert.All(keys, k => Assert.True(tongue.Has(k), k));
    }

    [Theory]
    [InlineData("ru", 0, "нет заявлений")]
    [InlineData("ru", 1, "1 заявление")]
    [InlineData("ru", 3, "3 заявления")]
    [InlineData("ru", 5, "5 заявлений")]
    [InlineData("ru", 11, "11 заявлений")]
    [InlineData("ru", 14, "14 заявлений")]
    [InlineData("ru", 21, "21 заявление")]
    [InlineData("ru", 1112, "1\u00A0112 заявлений")]
    [InlineData("ru", 9502, "9\u00A0502 заявления")]
    [InlineData("ar", 0, "لا إفادات")]
    [InlineData("ar", 1, "إفادة واحدة (١)")]
    [InlineData("ar", 2, "إفادتان (٢)")]
    [InlineData("ar", 3, "٣ إفادات")]
    [InlineData("ar", 10, "١٠ إفادات")]
    [InlineData("ar", 11, "١١ إفادةً")]
    [InlineData("ar", 99, "٩٩ إفادةً")]
    [InlineData("ar", 100, "١٠٠ إفادة")]
    [InlineData("ar", 102, "١٠٢ إفادة")]
    [InlineData("ar", 9503, "٩٬٥٠٣ إفادات")]
    [InlineData("fr", 0, "aucune déclaration")]
    [InlineData("fr", 1, "1 déclaration")]
    [InlineData("fr", 170, "170 déclarations")]
    [InlineData("fr", 9500, "9\u202F500 déclarations")]
    public void A_number_governs_its_noun_as_the_language_has_it(string code, long n, string said) => Assert.Equal(said, Tongue.Of(code).Many("statement", n));

    [Fact]
    public void A_language_without_a_table_is_refused()
    {
        var refused = Assert.Throws<RefusedException>(() => Tongue.OfSummary("tr"));
        Assert.Equal("report.language", refused.Problem.Code);
        Assert.Contains("ar, fr, ru", refused.Message, StringComparison.Ordinal);
        Assert.Throws<RefusedException>(() => Tongue.OfSummary("en"));
    }

    [Theory]
    [MemberData(nameof(CodesAndAudiences))]
    public void Every_number_of_a_summary_is_a_number_of_the_english_report(string code, Audience audience)
    {
        var report = Report(code, audience);
        var summary = Assert.Single(report.Sections, s => s.Language == code);
        var english = Numbers(string.Join('\n', report.Sections.Where(s => s.Language == "en").SelectMany(TextOf).Concat(report.Heading.Select(h => h.Value))));
        english.Add("2031");
        Assert.All(Numbers(string.Join('\n', TextOf(summary))), n => Assert.Contains(n, english));
        Assert.NotEmpty(Numbers(string.Join('\n', TextOf(summary))));
    }

    [Theory]
    [MemberData(nameof(CodesAndAudiences))]
    public void A_summary_cites_only_what_the_english_sections_cite(string code, Audience audience)
    {
        var report = Report(code, audience);
        var english = Cites(report.Sections.Where(s => s.Language == "en"));
        Assert.All(Cites(report.Sections.Where(s => s.Language == code)), c => Assert.Contains(c, english));
        Assert.Equal(SitrepHtml.Write(Scene.Report(audience)).Contains(Scene.WitnessName, StringComparison.Ordinal), SitrepHtml.Write(report).Contains(Scene.WitnessName, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Audience.Parties)]
    [InlineData(Audience.Public)]
    public void What_stays_in_the_room_stays_there_in_every_language(Audience audience)
    {
        var report = Report(null, audience);
        foreach (var text in new[] { SitrepHtml.Write(report), SitrepMarkdown.Write(report), Encoding.UTF8.GetString(SitrepJson.Write(report)) })
        {
            foreach (var secret in new[] { Scene.RoomOnly, Scene.Referred, Scene.WitnessName, Scene.WitnessPlace, Scene.ObserverName })
            {
                Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Our_own_words_in_a_summary_are_in_its_language_and_other_words_stand_apart(string code)
    {
        if (code == "fr")
        {
            return;
        }

        var summary = Assert.Single(Report(code, Audience.Room).Sections, s => s.Language == code);
        var ours = summary.Blocks.SelectMany(LinesOf).SelectMany(l => l.Pieces).OfType<Piece.Run>().Where(r => !r.IsApart).Select(r => r.Text);
        Assert.All(ours, text => Assert.DoesNotMatch("[A-Za-z]", text));
    }

    [Fact]
    public void The_order_asked_for_is_the_order_printed_and_a_language_asked_twice_comes_once()
    {
        var settings = Scene.Settings() with { Languages = ["ru", "ar", "ru"] };
        var edition = Edition.Of(Scene.Statements, Scene.Operation, settings);
        var report = SituationReport.Compose(edition, Scene.Assessed(edition.Shown), null, settings);
        Assert.Equal(["ru", "ar"], report.Sections.Select(s => s.Language).Where(l => l != "en"));
        Assert.Equal(Enumerable.Range(1, report.Sections.Count), report.Sections.Select(s => s.Number));
        Assert.Equal(["ltr", "rtl"], report.Sections.Where(s => s.Language != "en").Select(s => s.Direction));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void The_machines_culture_changes_nothing(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        var expected = SitrepHtml.Write(Report(null, Audience.Room));
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            Assert.Equal(expected, SitrepHtml.Write(Report(null, Audience.Room)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Each_section_of_another_language_says_so_in_every_form()
    {
        var report = Report(null, Audience.Room);
        Assert.Contains("<section id=\"summary-ar\" aria-labelledby=\"h-summary-ar\" class=\"summary\" lang=\"ar\" dir=\"rtl\">", SitrepHtml.Write(report), StringComparison.Ordinal);
        Assert.Contains("<section lang=\"ar\" dir=\"rtl\">", SitrepMarkdown.Write(report), StringComparison.Ordinal);
        Assert.Contains("\"language\": \"ar\"", Encoding.UTF8.GetString(SitrepJson.Write(report)), StringComparison.Ordinal);
        Assert.Contains("Краткое изложение", TerminalSummary.Write(report, new TerminalStyle()), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_reading_of_a_term_has_its_words()
    {
        string[] shown = ["met, as reported", "met late", "partly met", "not met, as reported", "contested", "not yet due", "unclear", "no report in watched hours", "due, not reported met", "no date; not reported met", "two totals side by side"];
        Assert.All(Tongue.OfSummaries.Append("en"), code => Assert.All(shown, s => Assert.True(Tongue.Of(code).Has("reading." + Token.Slug(s)), s)));
        Assert.Equal(7, Enum.GetValues<Verdict>().Length);
    }

    private static Sitrep Report(string? code, Audience audience)
    {
        var settings = Scene.Settings(audience) with { Languages = code is null ? Tongue.OfSummaries : [code] };
        var edition = Edition.Of(Scene.Statements, Scene.Operation, settings);
        return SituationReport.Compose(edition, Scene.Assessed(edition.Shown), null, settings);
    }

    private static IEnumerable<Line> LinesOf(Block block) => block.Match<IEnumerable<Line>>(
        p => [p.Text], b => b.Items, t => t.Rows.SelectMany(r => r), p => p.Rows.Select(r => r.Words).Append(p.Caption).Append(p.Span), s => [Line.Of(s.Text)], _ => []);

    private static IEnumerable<string> TextOf(Section section) => section.Blocks.SelectMany(b => LinesOf(b).Select(l => l.ToString()))
        .Concat(section.Blocks.OfType<Block.Facts>().SelectMany(f => f.Lines).Select(l => l.Value))
        .Concat(section.Blocks.OfType<Block.RangePlot>().SelectMany(p => p.Rows).Select(r => r.Source.Name));

    private static HashSet<string> Cites(IEnumerable<Section> sections) =>
        [.. sections.SelectMany(s => s.Blocks).SelectMany(LinesOf).SelectMany(l => l.Pieces).OfType<Piece.Cite>().Select(c => c.Anchor)];

    /// <summary>Whole numbers as digits, whatever digits and marks they are written with.</summary>
    private static HashSet<string> Numbers(string text)
    {
        var plain = string.Concat(text.Select(c => c is >= '\u0660' and <= '\u0669' ? (char)('0' + (c - '\u0660')) : c));
        return [.. Regex.Matches(plain, @"\d+(?:[,\u066C\u202F\u00A0]\d{3})*").Select(m => Regex.Replace(m.Value, @"\D", "").TrimStart('0')).Where(n => n.Length > 0)];
    }

    private static string Places(string phrase) => string.Concat(Regex.Matches(phrase, @"\{\d\}").Select(m => m.Value).Order(StringComparer.Ordinal));
}
