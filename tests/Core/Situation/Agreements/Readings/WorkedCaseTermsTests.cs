using System.Globalization;
using System.Text;
using System.Text.Json;
using NodaTime;
using Safeconduct.Intake.Gazetteers;
using Safeconduct.Intake.List;
using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Agreements.Readings;
using Safeconduct.Situation.Agreements.Wording;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Xunit;

namespace Safeconduct.Tests.Core.Situation.Agreements.Readings;

/// <summary>The terms of the worked case against the verdicts that a careful reader gave by hand.</summary>
public sealed class WorkedCaseTermsTests
{
    private static readonly Operation Operation = OperationReader.Read(Bytes("operation.json"), GazetteerReader.Read(Bytes("places.geojson")).Value!).Value!;
    private static readonly IReadOnlyList<Statement> Statements = StatementListReader.Read(Bytes("statements.jsonl"), Operation.Gazetteer).Statements;
    private static readonly Agreement Agreement = AgreementReader.Read(Bytes("agreement.terms").AsSpan(), Operation).Agreement!;
    private static readonly IReadOnlyList<TermReading> AtTheEnd = TermReadings.Of(Agreement, Statements, Operation, View.Everything);

    public static TheoryData<string> Numbers => [.. Enumerable.Range(1, 26).Select(n => n.ToString(CultureInfo.InvariantCulture))];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_term_reads_as_a_careful_reader_reads_it_and_rests_on_one_of_the_deciding_statements(string number)
    {
        var key = JsonDocument.Parse(Bytes("key.json")).RootElement.GetProperty("terms").EnumerateArray().Single(t => t.GetProperty("n").GetString() == number);
        var reading = AtTheEnd.Single(t => t.Term.Number == number);
        Assert.Equal(key.GetProperty("verdict").GetString(), Token.Of(reading.Verdict));
        Assert.Contains(key.GetProperty("decided_by").EnumerateArray().Select(d => d.GetString()), id => reading.Evidence.Concat(reading.Deciding).Any(e => e.Value == id));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Nobody_is_named_as_responsible(string number)
    {
        var reading = AtTheEnd.Single(t => t.Term.Number == number);
        Assert.Equal("unresolved", reading.Responsibility);
        Assert.All(reading.Allegations, a => Assert.DoesNotContain(a.Author, reading.Sentence, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void The_deciding_statements_alone_give_the_verdict_and_less_one_they_do_not(string number)
    {
        var reading = AtTheEnd.Single(t => t.Term.Number == number);
        Assert.Equal(Story(reading), Story(Alone(reading, reading.Deciding)));
        foreach (var id in reading.Deciding)
        {
            Assert.NotEqual(Story(reading), Story(Alone(reading, [.. reading.Deciding.Where(d => d != id)])));
        }
    }

    [Fact]
    public void The_readings_as_known_at_the_end_of_each_day_are_those_reviewed()
    {
        var written = new StringBuilder("As known at the end of each day, Asia/Damascus\n");
        for (var day = new LocalDate(2016, 12, 13); day <= new LocalDate(2016, 12, 23); day = day.PlusDays(1))
        {
            written.Append(CultureInfo.InvariantCulture, $"\n{day:uuuu-MM-dd}\n");
            var at = day.PlusDays(1).AtStartOfDayInZone(Operation.Zone).ToInstant() - Duration.FromMilliseconds(1);
            foreach (var reading in TermReadings.Of(Agreement, Statements, Operation, new View(Lens.All, at)))
            {
                written.Append(string.Create(CultureInfo.InvariantCulture, $"  {reading.Term.Number,3}  {Token.Of(reading.Verdict),-9}{(reading.IsProvisional ? " provisional" : "            ")}  {string.Join(' ', reading.Deciding)}").TrimEnd()).Append('\n');
            }
        }

        Assert.Equal(Encoding.UTF8.GetString(Bytes("terms-by-day.txt")), written.ToString());
    }

    [Fact]
    public void Statements_fed_in_any_order_end_in_the_same_verdicts()
    {
        var plain = AtTheEnd.Select(t => (t.Term.Number, t.Verdict)).ToList();
        var random = new Random(1);
        for (var round = 0; round < 3; round++)
        {
            var watch = new TermWatch(Agreement, Operation);
            var end = Statements.Max(s => s.KnownFrom.Latest(Operation.Zone));
            foreach (var statement in Statements.OrderBy(_ => random.Next()))
            {
                watch.Learn(statement, end);
            }

            Assert.Equal(plain, watch.Verdicts.Select(v => (v.Term.Number, v.Verdict)));
        }
    }

    [Fact]
    public void A_statement_makes_only_the_terms_read_again_that_look_at_such_reports()
    {
        var watch = new TermWatch(Agreement, Operation);
        foreach (var statement in Statements)
        {
            watch.Learn(statement, Instant.FromUtc(2018, 12, 31, 0, 0));
        }

        Assert.InRange(watch.Readings, 26, 26 * Statements.Count / 2);
        var before = watch.Readings;
        watch.Learn(Statements[0] with { Id = new StatementId("ELSEWHERE"), Where = new(new PlaceId("damascus")) }, watch.Now);
        Assert.Equal(before, watch.Readings);
    }

    [Fact]
    public void The_lens_of_one_source_alone_leaves_what_others_decide_open()
    {
        var lens = Lens.Parse("kind:party").Value!;
        var verdicts = TermReadings.Of(Agreement, Statements, Operation, new View(lens)).ToDictionary(t => t.Term.Number, t => t.Verdict, StringComparer.Ordinal);
        Assert.NotEqual(Verdict.Disputed, verdicts["7"]);
    }

    private static TermReading Alone(TermReading reading, IReadOnlyList<StatementId> ids)
    {
        var version = Agreement.Versions.FirstOrDefault(v => v.Number == reading.Term.Version);
        var always = reading.Term.StatedIn.Concat(Agreement.AccordingTo).Concat(version?.AccordingTo ?? []).ToHashSet();
        var end = Statements.Max(s => s.KnownFrom.Latest(Operation.Zone));
        return TermReadings.Of(Agreement, [.. Statements.Where(s => ids.Contains(s.Id) || always.Contains(s.Id))], Operation, new View(Lens.All, end)).Single(t => t.Term.Number == reading.Term.Number);
    }

    private static string Story(TermReading reading) => $"{reading.Verdict}: {string.Join(", ", reading.Clauses.Select(c => c.Ground))}";

    private static byte[] Bytes(string file) => Repository.Bytes(Path.Combine("cases", "aleppo-2016", file));
}
