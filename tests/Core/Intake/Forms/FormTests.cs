using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Safeconduct.Intake.Forms;
using Safeconduct.Statements.Places;
using Safeconduct.Statements;
using Xunit;

namespace Safeconduct.Tests.Intake.Forms;

/// <summary>Forms as phones read them: every one whole, in every language, with nothing that leads nowhere. One bad form costs a phone its whole list.</summary>
public static class FormTests
{
    private static readonly XNamespace X = "http://www.w3.org/2002/xforms";
    private static readonly XNamespace H = "http://www.w3.org/1999/xhtml";
    private static readonly XNamespace Jr = "http://openrosa.org/javarosa";
    private static readonly XNamespace Orx = "http://openrosa.org/xforms";

    public static TheoryData<string> Ids => [FieldForm.Count, FieldForm.Convoy, FieldForm.Incident, FieldForm.Obstruction, FieldForm.Aid, FieldForm.Coverage];

    [Fact]
    public static void An_operation_has_the_six_forms() => Assert.Equal(Ids.Select(i => i.Data), FieldForm.Of(Sheets.Valley).Select(f => f.Id));

    [Fact]
    public static void Every_word_is_there_in_every_language_and_every_word_is_used()
    {
        var used = FieldForm.Of(Sheets.Valley).SelectMany(f => f.Questions.SelectMany(q => new[] { q.Label, q.Hint, q.Heading, q.ConstraintWords, q.Required is null ? null : q.RequiredWords }.Concat(q.Choices.Select(c => $"{q.Label}.{c}"))).Concat([f.Title, f.Title + ".about"])).OfType<string>().ToHashSet();
        Assert.Equal(used.Order(StringComparer.Ordinal), FormWords.Keys.Where(k => !k.StartsWith("answer.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(FormWords.Keys, key => Assert.All(FormLanguage.All, l => Assert.NotEmpty(FormWords.Of(key, l.Tag))));
        Assert.Throws<KeyNotFoundException>(() => FormWords.Of("no such words", "en"));
    }

    [Fact]
    public static void A_refusal_says_what_to_do_in_the_reader_s_language_and_keeps_the_sentence_for_the_room()
    {
        Assert.Equal("The sentence.", FormWords.Refusal("form.other-version", "The sentence.", "en"));
        Assert.Equal($"{FormWords.Of("answer.form.other-version", "ar")}\nThe sentence.", FormWords.Refusal("form.other-version", "The sentence.", "ar"));
        Assert.Equal($"{FormWords.Of("answer.refused", "fr")}\nThe sentence.", FormWords.Refusal("form.not-xml", "The sentence.", "fr"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public static void A_form_is_well_formed_and_all_that_it_points_to_is_in_it(string id)
    {
        foreach (var language in FormLanguage.All)
        {
            var form = Read(Sheets.FormOf(id), language);
            var data = form.Descendants(X + "data").Single();
            Assert.Equal((id, "v1"), ((string?)data.Attribute("id"), (string?)data.Attribute("version")));
            var nodes = data.Elements().Where(e => !e.HasElements).Select(e => $"/data/{e.Name.LocalName}").Append("/data/orx:meta/orx:instanceID").ToList();
            Assert.Equal(nodes.Order(StringComparer.Ordinal), form.Descendants(X + "bind").Select(b => (string)b.Attribute("nodeset")!).Order(StringComparer.Ordinal));
            var asked = form.Descendants(H + "body").Descendants().Attributes("ref").Select(a => a.Value).Where(r => r.StartsWith('/')).ToList();
            Assert.Equal(nodes.Where(n => n is not ("/data/start" or "/data/end" or "/data/orx:meta/orx:instanceID")), asked);

            // Every path in an expression leads to a question, and every word to a translation in all languages.
            var expressions = form.Descendants(X + "bind").Attributes().Where(a => a.Name.LocalName is "relevant" or "required" or "constraint").Select(a => a.Value);
            Assert.All(expressions.SelectMany(e => Regex.Matches(e, @"/data/\w+")).Select(m => m.Value), path => Assert.Contains(path, nodes));
            var translations = form.Descendants(X + "translation").ToList();
            Assert.Equal(FormLanguage.All.Select(l => l.Name), translations.Select(t => (string)t.Attribute("lang")!));
            Assert.Equal(language.Name, (string?)translations.Single(t => t.Attribute("default") is not null).Attribute("lang"));
            var words = Regex.Matches(form.ToString(), @"jr:itext\('([^']+)'\)").Select(m => m.Groups[1].Value).ToHashSet();
            Assert.All(translations, t => Assert.Equal(words.Order(StringComparer.Ordinal), t.Elements(X + "text").Where(e => e.Element(X + "value")!.Value.Length > 0).Select(e => (string)e.Attribute("id")!).Order(StringComparer.Ordinal)));
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public static void A_form_names_its_filling_in_and_when_it_was_begun_and_ended(string id)
    {
        var binds = Read(Sheets.FormOf(id), FormLanguage.All[0]).Descendants(X + "bind").ToDictionary(b => (string)b.Attribute("nodeset")!);
        Assert.Equal("uid", (string?)binds["/data/orx:meta/orx:instanceID"].Attribute(Jr + "preload"));
        Assert.Equal(("timestamp", "start"), ((string?)binds["/data/start"].Attribute(Jr + "preload"), (string?)binds["/data/start"].Attribute(Jr + "preloadParams")));
        Assert.Equal(("timestamp", "end"), ((string?)binds["/data/end"].Attribute(Jr + "preload"), (string?)binds["/data/end"].Attribute(Jr + "preloadParams")));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public static void The_version_is_the_same_every_time_and_another_for_other_questions(string id)
    {
        var form = Sheets.FormOf(id);
        Assert.Equal(XForm.VersionOf(form), XForm.VersionOf(FieldForm.Of(Sheets.Valley).Single(f => f.Id == id)));
        Assert.Matches("^[0-9a-f]{10}$", XForm.VersionOf(form));
        Assert.NotEqual(XForm.VersionOf(form), XForm.VersionOf(form with { Questions = [.. form.Questions.Skip(1)] }));
        Assert.Equal(XForm.Write(form, "v1", FormLanguage.All[1]), XForm.Write(form, "v1", FormLanguage.All[1]));
    }

    [Fact]
    public static void Fighters_are_asked_only_where_the_operation_tallies_them_and_places_only_where_it_has_any()
    {
        Assert.Contains(Sheets.FormOf(FieldForm.Count).Questions, q => q.Name == "fighters");
        var bare = FieldForm.Of(Sheets.Nowhere);
        Assert.DoesNotContain(bare.SelectMany(f => f.Questions), q => q.Name.StartsWith("fighters", StringComparison.Ordinal) || q.Type is AnswerType.Place);
        Assert.All(bare, f => Assert.DoesNotContain("jr://", Encoding.UTF8.GetString(XForm.Write(f, "v1", FormLanguage.All[0])), StringComparison.Ordinal));
    }

    [Fact]
    public static void A_form_offered_earlier_is_read_as_long_as_all_it_asked_is_still_asked()
    {
        var (now, before) = (Sheets.FormOf(FieldForm.Count), FieldForm.Of(new Operation(Sheets.Valley.Name, Sheets.Valley.Zone, Sheets.Valley.Gazetteer)).Single(f => f.Id == FieldForm.Count));
        foreach (var form in (FieldForm[])[now, before])
        {
            var asked = XForm.Asked(XForm.Write(form, XForm.VersionOf(form), FormLanguage.All[1]))!.Value;
            Assert.Equal((FieldForm.Count, XForm.VersionOf(form)), (asked.Id, asked.Version));
            Assert.Equal(form.Questions.Select(q => q.Name).Order(StringComparer.Ordinal), asked.Questions.Order(StringComparer.Ordinal));
            Assert.True(now.AsksAll(asked.Questions));
            Assert.Equal(form == before, before.AsksAll(asked.Questions));
        }

        Assert.Null(XForm.Asked("<other/>"u8.ToArray()));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public static void Whoever_has_to_type_a_time_is_told_how(string id) =>
        Assert.All(Sheets.FormOf(id).Questions.Where(q => q.Type is AnswerType.Time), q => Assert.All(FormLanguage.All, l => Assert.All((string[])[q.Hint!, q.ConstraintWords!], key => Assert.Contains("2031-05-02T14:10", FormWords.Of(key, l.Tag), StringComparison.Ordinal))));

    [Fact]
    public static void Nothing_is_filled_in_beforehand()
    {
        foreach (var form in FieldForm.Of(Sheets.Valley))
        {
            Assert.All(Read(form, FormLanguage.All[0]).Descendants(X + "data").Single().Descendants().Where(e => !e.HasElements), e => Assert.Equal("", e.Value));
        }
    }

    [Fact]
    public static void Places_are_a_file_of_names_and_labels_that_leads_back_to_them()
    {
        var lines = Encoding.UTF8.GetString(PlacesFile.Write(Sheets.Valley.Gazetteer)).Split("\r\n");
        Assert.Equal(["name,label", "place-" + lines[1].Split(',')[0][6..] + ",\"The \"\"old\"\" gate, north\"", "river-bridge,River bridge · جسر النهر", ""], lines);
        Assert.Equal(new PlaceId("north gate, old"), PlacesFile.Find(Sheets.Valley.Gazetteer, lines[1].Split(',')[0]));
        Assert.Equal(new PlaceId("river-bridge"), PlacesFile.Find(Sheets.Valley.Gazetteer, "river-bridge"));
        Assert.Null(PlacesFile.Find(Sheets.Valley.Gazetteer, "north gate, old"));
        Assert.Null(PlacesFile.Find(Sheets.Valley.Gazetteer, "elsewhere"));
        Assert.Null(PlacesFile.Find(Sheets.Valley.Gazetteer, new string('x', 500)));
    }

    [Fact]
    public static void Photos_are_made_small_enough_by_the_phone_to_fit_into_a_post() =>
        Assert.All(Read(Sheets.FormOf(FieldForm.Incident), FormLanguage.All[0]).Descendants(X + "bind").Where(b => (string?)b.Attribute("type") == "binary"), b => Assert.Equal("2048", (string?)b.Attribute(Orx + "max-pixels")));

    private static XDocument Read(FieldForm form, FormLanguage language)
    {
        using var stream = new MemoryStream(XForm.Write(form, "v1", language));
        return XDocument.Load(stream);
    }
}
