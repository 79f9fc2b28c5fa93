using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Safeconduct.Intake.Forms;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;
using Xunit;

namespace Safeconduct.Tests.Intake.Forms;

/// <summary>What filled-in forms say: the examples of <c>formats/openrosa.md</c>, and what can't be said.</summary>
public static class FormReadingTests
{
    private const string Count = "<line>river-bridge</line><kind>bus</kind><vehicle>4417</vehicle><trip>1</trip><women>6</women><men>3</men><girls>4</girls><boys>0</boys><unknown>0</unknown><closed>2031-05-02T14:10:00+03:00</closed>";
    private const string Shooting = "<type>shooting</type><how>seen</how><when>2031-05-02T14:20:00+03:00</when><hurt>none</hurt>";

    public static TheoryData<int, string, string, string> Examples
    {
        get
        {
            var examples = new TheoryData<int, string, string, string>();
            var form = "";
            foreach (Match m in Regex.Matches(Repository.Text("formats/openrosa.md"), @"^### (?<form>safeconduct-[a-z]+)$|^```xml\n(?<xml>.*?)\n```\n\n```json\n(?<json>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline))
            {
                if (m.Groups["form"].Success)
                {
                    form = m.Groups["form"].Value;
                }
                else
                {
                    examples.Add(examples.Count, form, m.Groups["xml"].Value, m.Groups["json"].Value);
                }
            }

            return examples;
        }
    }

    [Fact]
    public static void The_page_has_an_example_of_every_form() => Assert.Equal(FieldForm.Of(Sheets.Valley).Select(f => f.Id), Examples.Select(e => e.Data.Item2).Distinct());

    [Theory]
    [MemberData(nameof(Examples))]
    public static void A_form_says_what_the_page_shows(int example, string form, string xml, string json)
    {
        var said = Sheets.Said(form, xml);
        Assert.True(said.Understood, $"{example}: {string.Join("; ", said.Problems)}");
        var expected = JsonNode.Parse(json)!.AsArray();
        Assert.Equal(expected.Count, said.Value!.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            var body = JsonNode.Parse(StatementBytes.Write(said.Value[i]))!.AsObject();
            foreach (var (field, value) in expected[i]!.AsObject())
            {
                Assert.True(JsonNode.DeepEquals(value, body[field]), $"{form}, {field}: the page shows {value?.ToJsonString()} and it says {body[field]?.ToJsonString()}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public static void Every_statement_says_how_it_came_and_goes_no_further_than_the_room(int example, string form, string xml, string json)
    {
        Assert.True(example >= 0 && json.Length > 0);
        foreach (var statement in Sheets.Said(form, xml).Value!)
        {
            Assert.Equal(new Reception("form", Sheets.Received, false, "Team two"), statement.Reception);
            Assert.Equal(Moment.Parse("2031-05-02T14:26:00+03:00"), statement.SaidAt);
            Assert.Equal((Handling.Room, FormReading.FormMedia), (statement.Handling, statement.Attached[0].Media));
            Assert.DoesNotContain(statement.Chain.RelayedBy.Append(statement.SaidBy), s => s.Kind is SourceKind.OwnObservers);
        }
    }

    [Fact]
    public static void The_id_follows_from_the_filling_in_alone()
    {
        Assert.Equal("O-021fb3679350791730bcb796", FormReading.IdOf("uuid:1").Value);
        Assert.NotEqual(FormReading.IdOf("uuid:1"), FormReading.IdOf("uuid:2"));
        Assert.Equal(["O-021fb3679350791730bcb796", "OC-021fb3679350791730bcb796"], Sheets.Said(FieldForm.Count, Count + "<crew>2</crew>").Value!.Select(s => s.Id.Value));
    }

    [Theory]
    [InlineData("2031-05-02T14:10")]
    [InlineData("2031-05-02T14:10+03:00")]
    [InlineData("2031-05-02T11:10Z")]
    [InlineData("2031-05-02T14:10:59.4+03:00")]
    [InlineData("2031-05-02T14:10:00+03")]
    public static void A_time_is_read_as_phones_and_people_write_it(string written) =>
        Assert.Equal(Moment.Parse("2031-05-02T14:10:00+03:00"), Sheets.Said(FieldForm.Count, Count.Replace("2031-05-02T14:10:00+03:00", written, StringComparison.Ordinal)).Value![0].About.Start);

    [Fact]
    public static void A_day_alone_is_said_as_a_day_whose_hour_nobody_stated()
    {
        var said = Sheets.Said(FieldForm.Incident, Shooting.Replace("2031-05-02T14:20:00+03:00", "2031-05-02", StringComparison.Ordinal)).Value![0];
        Assert.Equal(TimeSpoken.At(Moment.Parse("2031-05-02")), said.About);
        Assert.False(said.About.Start.HourIsStated);
    }

    [Theory]
    [InlineData("<from>2031-05-02</from><to>2031-05-02T14:10</to>", "from")]
    [InlineData("<from>2031-05-02T14:10</from><to>2031-05-03</to>", "to")]
    public static void A_watch_is_never_said_to_last_a_day_because_its_hour_is_missing(string times, string question)
    {
        var problem = Sheets.Said(FieldForm.Coverage, $"<line>river-bridge</line><watched>yes</watched>{times}").Problems.Single();
        Assert.Equal(("time.no-hour", question), (problem.Code, problem.Place));
        Assert.Matches("^'2031-05-0[23]' is a day without its hour, and a watch has both: write 2031-05-0[23]T and the hour with its minutes, as 2031-05-0[23]T14:10.$", problem.Message);
    }

    [Fact]
    public static void A_zero_is_a_count_and_silence_is_none()
    {
        Assert.Equal("13 people left, including 6 women and 3 men and 4 girls and no boys (bus 4417, trip 1)", Sheets.Said(FieldForm.Count, Count).Value![0].Wording);
        Assert.Equal("at least 13 people left, including 6 women and 3 men and 4 girls (bus 4417, trip 1)", Sheets.Said(FieldForm.Count, Count.Replace("<boys>0</boys>", "", StringComparison.Ordinal)).Value![0].Wording);
        Assert.Single(Sheets.Said(FieldForm.Count, Count).Value!);
        Assert.Equal("no staff aboard (bus 4417, trip 1)", Sheets.Said(FieldForm.Count, Count + "<crew>0</crew>").Value![1].Wording);
    }

    [Fact]
    public static void Fighters_are_of_those_above_with_how_it_is_known() =>
        Assert.Equal("13 people left, including 6 women and 3 men and 4 girls and no boys and 2 fighters (bus 4417, trip 1)", Sheets.Said(FieldForm.Count, Count + "<fighters>2</fighters><fighters_basis>weapon</fighters_basis>").Value![0].Wording);

    [Fact]
    public static void Nobody_harmed_is_said_and_not_known_says_nothing()
    {
        Assert.Equal("shooting: no people killed or wounded", Sheets.Said(FieldForm.Incident, Shooting).Value![0].Wording);
        Assert.Equal("shooting", Sheets.Said(FieldForm.Incident, Shooting.Replace("none", "unknown", StringComparison.Ordinal)).Value![0].Wording);
    }

    public static TheoryData<string, string, string> CannotBeSaid => new()
    {
        { FieldForm.Count, Count.Replace(">6<", ">-6<", StringComparison.Ordinal), "form.not-a-count" },
        { FieldForm.Count, Count.Replace(">6<", ">6.5<", StringComparison.Ordinal), "form.not-a-count" },
        { FieldForm.Count, Count.Replace(">6<", ">100000<", StringComparison.Ordinal), "form.not-a-count" },
        { FieldForm.Count, Count.Replace(">6<", ">99999999999999999999<", StringComparison.Ordinal), "form.not-a-count" },
        { FieldForm.Count, Regex.Replace(Count, "<(women|men|girls|boys|unknown)>.*?</\\1>", ""), "form.nobody-counted" },
        { FieldForm.Count, Count + "<wounded>14</wounded>", "form.more-than-above" },
        { FieldForm.Count, Count + "<fighters>14</fighters><fighters_basis>weapon</fighters_basis>", "form.more-than-above" },
        { FieldForm.Count, Count + "<fighters>2</fighters>", "form.missing" },
        { FieldForm.Count, Count.Replace("<line>river-bridge</line>", "", StringComparison.Ordinal), "form.missing" },
        { FieldForm.Count, Count.Replace("river-bridge", "elsewhere", StringComparison.Ordinal), "place.unknown" },
        { FieldForm.Count, Count.Replace("4417", "bus", StringComparison.Ordinal), "form.vehicle" },
        { FieldForm.Count, Count.Replace("4417", "123456789", StringComparison.Ordinal), "form.answer-too-long" },
        { FieldForm.Count, Count.Replace("<trip>1", "<trip>100", StringComparison.Ordinal), "form.trip" },
        { FieldForm.Count, Count.Replace(">bus<", ">tank<", StringComparison.Ordinal), "form.not-a-choice" },
        { FieldForm.Count, Count.Replace("2031-05-02T14:10:00+03:00", "yesterday", StringComparison.Ordinal), "time.not-a-time" },
        { FieldForm.Count, Count.Replace("2031-05-02T14:10:00+03:00", "2031-05", StringComparison.Ordinal), "time.not-a-time" },
        { FieldForm.Count, Count.Replace("2031-05-02T14:10:00+03:00", "2031-05-02 14:10", StringComparison.Ordinal), "time.not-a-time" },
        { FieldForm.Count, Count.Replace("2031-05-02T14:10:00+03:00", "0031-05-02T14:10:00+03:00", StringComparison.Ordinal), "time.not-a-time" },
        { FieldForm.Count, Count + "<name>A person</name>", "form.unknown-question" },
        { FieldForm.Incident, Shooting.Replace(">none<", ">some<", StringComparison.Ordinal), "form.hurt-not-counted" },
        { FieldForm.Incident, Shooting.Replace("<how>seen</how>", "", StringComparison.Ordinal), "form.missing" },
        { FieldForm.Incident, Shooting + $"<author>{new string('x', 401)}</author>", "form.answer-too-long" },
        { FieldForm.Obstruction, "<what>passage</what><how>seen</how><when>2031-05-02T14:20:00+03:00</when>", "form.missing" },
        { FieldForm.Convoy, "<step>departed</step><when>2031-05-02T14:20:00+03:00</when>", "form.missing" },
        { FieldForm.Aid, "<act>delivered</act><when>2031-05-02T14:20:00+03:00</when>", "form.missing" },
        { FieldForm.Aid, "<act>delivered</act><aid>food</aid><how_many>3</how_many><when>2031-05-02T14:20:00+03:00</when>", "form.missing" },
        { FieldForm.Coverage, "<line>river-bridge</line><watched>yes</watched><from>2031-05-02T14:20:00+03:00</from><to>2031-05-02T14:10:00+03:00</to>", "time.end-before-start" },
    };

    [Theory]
    [MemberData(nameof(CannotBeSaid))]
    public static void What_cannot_be_said_is_refused_with_the_question(string form, string answers, string code)
    {
        Assert.Equal(code, Sheets.CodeOf(form, answers));
        Assert.Null(Sheets.Said(form, answers).Value);
    }

    [Fact]
    public static void Every_question_of_every_form_can_be_answered_and_each_answer_counts()
    {
        string[] whole =
        [
            Count + "<convoy>second</convoy><wounded>1</wounded><fighters>1</fighters><fighters_basis>declared</fighters_basis><crew>1</crew><consent>given</consent>",
            "<convoy>second</convoy><step>halted</step><place>river-bridge</place><when>2031-05-02T14:20:00+03:00</when><how>told</how><told_by>a driver</told_by><buses>1</buses><ambulances>1</ambulances><trucks>1</trucks><private>1</private><words>slow</words>",
            Shooting.Replace("<hurt>none</hurt>", "<hurt>some</hurt>", StringComparison.Ordinal).Replace("seen", "told", StringComparison.Ordinal) + "<told_by>a driver</told_by><place>river-bridge</place><killed>1</killed><wounded>2</wounded><author>somebody</author><words>two bursts</words><consent>refused</consent>",
            "<what>aid</what><hindrance>held</hindrance><how>told</how><told_by>a driver</told_by><when>2031-05-02T14:20:00+03:00</when><place>river-bridge</place><affected>4</affected><author>somebody</author><reason>papers</reason><words>at the gate</words><consent>given</consent>",
            "<act>prepared</act><aid>food</aid><how_many>3</how_many><unit>trucks</unit><how>told</how><told_by>a driver</told_by><when>2031-05-02T14:20:00+03:00</when><place>river-bridge</place><words>soon</words><consent>given</consent>",
            "<line>river-bridge</line><watched>no</watched><from>2031-05-02T14:00:00+03:00</from><to>2031-05-02T14:20:00+03:00</to><why>dark</why><words>no moon</words>",
        ];
        foreach (var (form, answers) in FieldForm.Of(Sheets.Valley).Zip(whole))
        {
            string Bytes(string given) => string.Concat(Sheets.Said(form.Id, given) is { Value: { } said } ? said.Select(s => System.Text.Encoding.UTF8.GetString(StatementBytes.Write(s))) : ["refused"]);
            var all = Bytes(answers);
            Assert.NotEqual("refused", all);
            foreach (var question in form.Questions.Where(q => q.Type is not AnswerType.Photo))
            {
                var without = Regex.Replace(answers, $"<{question.Name}>.*?</{question.Name}>", "");
                Assert.NotEqual(answers, without);
                Assert.NotEqual(all, Bytes(without));
            }
        }
    }

    [Fact]
    public static void Photos_are_named_by_the_answers_to_their_questions()
    {
        var read = Submission.Read(Sheets.Xml(FieldForm.Incident, Shooting + "<photo_1>1.jpg</photo_1><photo_2>ساحة.jpg</photo_2><photo_3/>")).Value!;
        Assert.Equal(["1.jpg", "ساحة.jpg"], FormReading.PicturesOf(Sheets.FormOf(FieldForm.Incident), read));
        var path = Submission.Read(Sheets.Xml(FieldForm.Incident, Shooting + "<photo_1>../1.jpg</photo_1>")).Value!;
        Assert.Equal("'../1.jpg' is not the plain name of a file, 1 to 200 characters without / and \\. Nothing of this was kept.", Assert.Throws<RefusedException>(() => FormReading.PicturesOf(Sheets.FormOf(FieldForm.Incident), path)).Problem.Message);
    }
}
