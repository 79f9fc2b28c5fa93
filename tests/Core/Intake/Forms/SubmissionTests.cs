using System.Text;
using Safeconduct.Intake.Forms;
using Safeconduct.Statements;
using Xunit;

namespace Safeconduct.Tests.Intake.Forms;

/// <summary>What a phone, or somebody who passes for one, may send in place of a filled-in form.</summary>
public static class SubmissionTests
{
    private const string Meta = "<orx:meta xmlns:orx=\"http://openrosa.org/xforms\"><orx:instanceID>uuid:1</orx:instanceID></orx:meta>";

    [Fact]
    public static void Answers_are_read_by_name_and_an_empty_one_is_no_answer()
    {
        var read = Submission.Read(Sheets.Xml("safeconduct-count", "<women> 6 </women><men/><girls></girls><words>ساحة &amp; «<![CDATA[<gate>]]>»</words>")).Value!;
        Assert.Equal(("safeconduct-count", "1", "uuid:1"), (read.FormId, read.Version, read.InstanceId));
        Assert.Equal(["end", "start", "women", "words"], read.Answers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("6", "ساحة & «<gate>»"), (read.Answers["women"], read.Answers["words"]));
    }

    [Fact]
    public static void The_form_s_own_namespace_and_a_meta_without_one_are_read_alike()
    {
        var read = Submission.Read(Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8"?><data xmlns="http://www.w3.org/2002/xforms" id="f" orx:version="2" xmlns:orx="http://openrosa.org/xforms"><women>1</women><meta><instanceID>uuid:1</instanceID><instanceName>x</instanceName></meta></data>""")).Value!;
        Assert.Equal(("f", "2", "uuid:1", "1"), (read.FormId, read.Version, read.InstanceId, read.Answers["women"]));
        Assert.Single(read.Answers);
    }

    [Fact]
    public static void A_form_sent_again_with_another_hour_of_ending_says_the_same_and_one_with_another_answer_does_not()
    {
        static Submission Read(string answers) => Submission.Read(Encoding.UTF8.GetBytes($"<data id=\"f\" version=\"1\">{answers}{Meta}</data>")).Value!;
        var first = Read("<end>2031-05-02T14:30:00.1+03:00</end><women>6</women><men>0</men>");
        Assert.True(first.SaysTheSame(Read("<men>0</men><women>6</women><boys/><end>2031-05-02T14:31:00+03:00</end>")));
        Assert.True(first.SaysTheSame(Read("<women>6</women><men>0</men>")));
        Assert.False(first.SaysTheSame(Read("<end>2031-05-02T14:30:00.1+03:00</end><women>7</women><men>0</men>")));
        Assert.False(first.SaysTheSame(Read("<women>6</women>")));
        Assert.False(first.SaysTheSame(first with { Version = "2" }));
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "", "form.not-xml" },
        { "not xml at all", "form.not-xml" },
        { "<data id=\"f\"><women>6</women>", "form.not-xml" },
        { $"<data id=\"f\"><women>6</men>{Meta}</data>", "form.not-xml" },
        { $"<data id=\"f\"><women>&nobody;</women>{Meta}</data>", "form.not-xml" },
        { $"<data id=\"f\"><women>\u0001</women>{Meta}</data>", "form.not-xml" },
        { $"<data id=\"f\">{Meta}</data><data/>", "form.not-xml" },
        { $"<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><data id=\"f\"><women>&b;</women>{Meta}</data>", "form.document-type" },
        { $"<!DOCTYPE d SYSTEM \"file:///etc/passwd\"><data id=\"f\">{Meta}</data>", "form.document-type" },
        { $"<!DOCTYPE d [<!ENTITY x SYSTEM \"http://example.org/\">]><data id=\"f\"><women>&x;</women>{Meta}</data>", "form.document-type" },
        { $"<data id=\"f\" xmlns:o=\"urn:other\"><o:women>6</o:women>{Meta}</data>", "form.other-vocabulary" },
        { $"<data xmlns=\"http://example.org/other\" id=\"f\">{Meta}</data>", "form.other-vocabulary" },
        { $"<data id=\"f\"><women>6</women><women>7</women>{Meta}</data>", "form.answered-twice" },
        { $"<data id=\"f\"><women/><women>7</women>{Meta}</data>", "form.answered-twice" },
        { $"<data id=\"f\">{Meta}{Meta}</data>", "form.answered-twice" },
        { $"<data id=\"f\"><group><women>6</women></group>{Meta}</data>", "form.unknown-question" },
        { $"<data id=\"f\">six<women>6</women>{Meta}</data>", "form.stray-text" },
        { $"<data id=\"f\">{Meta}six</data>", "form.stray-text" },
        { $"<data id=\"f\" encrypted=\"yes\">{Meta}</data>", "form.encrypted" },
        { $"<data>{Meta}</data>", "form.no-id" },
        { "<data id=\"f\"><women>6</women></data>", "form.no-instance" },
        { "<data id=\"f\"><meta><instanceID> </instanceID></meta></data>", "form.no-instance" },
        { $"<data id=\"f\"><meta><instanceID>{new string('x', 201)}</instanceID></meta></data>", "form.no-instance" },
        { "<data id=\"f\"><meta><instanceID>uuid:2</instanceID><deprecatedID>uuid:1</deprecatedID></meta></data>", "form.edited" },
        { $"<data id=\"f\"><words>{new string('x', 20_001)}</words>{Meta}</data>", "form.answer-too-long" },
        { $"<data id=\"f\">{string.Concat(Enumerable.Repeat("<a>", 5_000))}{string.Concat(Enumerable.Repeat("</a>", 5_000))}{Meta}</data>", "form.too-deep" },
        { $"<data id=\"f\">{string.Concat(Enumerable.Range(0, 600).Select(i => $"<a{i}/>"))}{Meta}</data>", "form.too-deep" },
        { $"<data id=\"f\"><words>{new string('x', 300_000)}</words>{Meta}</data>", "form.too-large" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public static void What_is_no_filled_in_form_is_refused_in_a_sentence(string xml, string code)
    {
        var read = Submission.Read(Encoding.UTF8.GetBytes(xml));
        Assert.Null(read.Value);
        Assert.Equal(code, read.Problems.Single().Code);
        Assert.Matches(@"\.$", read.Problems[0].Message);
    }

    [Fact]
    public static void A_refusal_says_where_and_never_gives_back_what_could_turn_a_sentence_around()
    {
        Assert.Equal("'women' is answered twice, and nobody can say which answer is meant. Get the form again and fill it in anew.", Submission.Read(Encoding.UTF8.GetBytes($"<data id=\"f\"><women>6</women><women>7</women>{Meta}</data>")).Problems[0].Message);
        Assert.Equal("What arrived is not well-formed XML of a filled-in form, at line 2. Send it again; if it is refused again, tell the room.", Submission.Read("<data>\n<women>6</men></data>"u8.ToArray()).Problems[0].Message);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..")]
    [InlineData("a\\b.jpg")]
    [InlineData("C:gate.jpg")]
    [InlineData("/gate.jpg")]
    [InlineData("gate\u0000.jpg")]
    [InlineData("")]
    public static void The_name_of_a_file_is_never_a_path(string name) => Assert.Equal("form.attachment-name", Assert.Throws<RefusedException>(() => FormReading.CheckedName(name)).Problem.Code);

    [Theory]
    [InlineData("1714650000000.jpg")]
    [InlineData("صورة الجسر.jpg")]
    [InlineData("снимок моста (2).png")]
    public static void The_name_of_a_file_may_be_in_any_script(string name) => Assert.Equal(name, FormReading.CheckedName(name));

    [Fact]
    public static void Whatever_bytes_come_nothing_is_thrown_and_what_is_read_reads_the_same_again()
    {
        var chance = new Random(51_917);
        var whole = Sheets.Xml("safeconduct-count", "<line>river-bridge</line><women>6</women><words>ساحة</words>");
        byte[][] pieces = [.. ((string[])["<", ">", "</women>", "<women>", "&amp;", "&x;", "<!DOCTYPE d>", "<![CDATA[", "]]>", "<?x y?>", "<!--", "-->", "\"", "xmlns=\"u\"", "\u0000", "é"]).Select(Encoding.UTF8.GetBytes), [0xFF], [0xFE, 0xFF]];
        for (var i = 0; i < 4000; i++)
        {
            var bytes = whole.ToList();
            for (var n = chance.Next(1, 5); n > 0 && bytes.Count > 1; n--)
            {
                var at = chance.Next(bytes.Count);
                switch (chance.Next(3))
                {
                    case 0:
                        bytes.RemoveRange(at, Math.Min(chance.Next(1, 20), bytes.Count - at));
                        break;
                    case 1:
                        bytes.InsertRange(at, pieces[chance.Next(pieces.Length)]);
                        break;
                    default:
                        bytes[at] = (byte)chance.Next(256);
                        break;
                }
            }

            var (first, second) = (Submission.Read(bytes.ToArray()), Submission.Read(bytes.ToArray()));
            Assert.Equal(first.Understood, second.Understood);
            Assert.True(first.Understood != first.Problems.Count > 0);
            if (first.Value is { } read && FieldForm.Of(Sheets.Valley).FirstOrDefault(f => f.Id == read.FormId) is { } form)
            {
                FormReading.Of(read, form, Sheets.Valley, Sheets.TeamTwo, [], Sheets.Received);
            }
        }
    }
}
