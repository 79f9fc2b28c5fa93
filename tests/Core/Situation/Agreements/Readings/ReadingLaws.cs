using System.Globalization;
using NodaTime;
using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Agreements.Readings;
using Safeconduct.Situation.Agreements.Wording;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Movement;
using Safeconduct.Statements.Kinds.Status;
using Safeconduct.Statements.Kinds.Withdrawal;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Xunit;

namespace Safeconduct.Tests.Core.Situation.Agreements.Readings;

/// <summary>What holds for any agreement and any statements about it: seeded, so that a failure can be repeated.</summary>
public sealed class ReadingLaws
{
    private const string Head = """
        agreement "Invented"
          parties     north "North" speaks through north;
                      south "South" speaks through south
          places      pocket = old-city
          in force    from 2031-05-01
        """;

    private static readonly string[] Bodies =
    [
        "never fire at pocket",
        "never fire at pocket while departures from pocket run",
        "never harm at pocket unless preceded by suspension within 12 hours",
        "departure from pocket by 2031-05-03T12:00",
        "departure from pocket in batch \"first convoy\" by 2031-05-02",
        "everyone leaves pocket",
        "everyone leaves pocket by 2031-05-05",
        "at least 50 people leave pocket by 2031-05-04",
        "at least 90 people leave pocket",
        "at most 60 people leave pocket",
        "for each 20 people who leave pocket, 20 people leave hill within 24 hours of each other",
        "departure of fighters from pocket only after departure from hill",
        "each departure from pocket leads to arrival of the same convoy within 12 hours",
        "each suspension is preceded by fire within 24 hours",
        "safe passage for departure from pocket",
        "departure from pocket only to hill",
    ];

    [Fact]
    public void Watching_statements_as_they_come_gives_what_reading_all_of_them_gives_in_10_000_random_cases()
    {
        var agreements = Agreements();
        for (var seed = 1; seed <= 10_000; seed++)
        {
            var random = new Random(seed);
            var agreement = agreements[random.Next(agreements.Count)];
            var statements = Invented(random, random.Next(2, 14));
            var end = Instant.FromUtc(2031, 5, random.Next(2, 20), random.Next(24), 0);
            var watch = new TermWatch(agreement, Say.Operation);
            var at = Instant.FromUtc(2031, 5, 1, 0, 0);
            foreach (var statement in statements.OrderBy(_ => random.Next()))
            {
                watch.Learn(statement, at);
                at = Instant.Min(end, at + Duration.FromHours(random.Next(0, 30)));
            }

            watch.Advance(end);
            var all = TermReadings.Verdicts(agreement, statements, Say.Operation, end);
            Assert.True(all.SequenceEqual(watch.Verdicts), $"seed {seed}: {Shown(all)} and {Shown(watch.Verdicts)}");
        }
    }

    [Fact]
    public void The_order_in_which_statements_arrive_changes_no_reading()
    {
        var agreement = Parsed(string.Concat(Bodies.Select((b, i) => Term(i + 1, b))));
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var statements = Invented(random, 20);
            var one = TermReadings.Of(agreement, statements, Say.Operation, View.Everything);
            var other = TermReadings.Of(agreement, [.. statements.OrderBy(_ => random.Next())], Say.Operation, View.Everything);
            Assert.Equal(one.Select(Story), other.Select(Story));
        }
    }

    [Fact]
    public void Deciding_statements_alone_give_the_verdict_and_less_one_they_do_not()
    {
        var agreements = Agreements();
        for (var seed = 1; seed <= 1_000; seed++)
        {
            var random = new Random(seed);
            var agreement = agreements[random.Next(agreements.Count)];
            var statements = Invented(random, random.Next(2, 16)).Where(s => s.Said is not Withdrawal).ToList();
            var view = new View(Lens.All, Instant.FromUtc(2031, 5, random.Next(2, 20), 0, 0));
            foreach (var reading in TermReadings.Of(agreement, statements, Say.Operation, view))
            {
                var alone = Alone(reading.Deciding);
                Assert.True(Kind(alone) == Kind(reading), $"seed {seed}, term {reading.Term.Number}: {Story(reading)} but alone {Story(alone)}");
                foreach (var id in reading.Deciding)
                {
                    var less = Alone([.. reading.Deciding.Where(d => d != id)]);
                    Assert.True(Kind(less) != Kind(reading), $"seed {seed}, term {reading.Term.Number}: {Story(reading)} without {id} too");
                }

                TermReading Alone(IReadOnlyList<StatementId> ids) => TermReadings.Of(agreement, [.. statements.Where(s => ids.Contains(s.Id))], Say.Operation, view).Single(t => t.Term.Number == reading.Term.Number);
            }
        }
    }

    private static string Kind(TermReading reading) => $"{reading.Verdict} {string.Join(",", reading.Clauses.Select(c => c.Ground))}";

    private static string Story(TermReading reading) => $"{Kind(reading)} {string.Join(' ', reading.Deciding)} of {string.Join(' ', reading.Evidence)}: {reading.Sentence}";

    private static string Shown(IEnumerable<(Term Term, Verdict Verdict, bool IsProvisional)> verdicts) => string.Join("; ", verdicts.Select(v => $"{v.Term.Clauses[0].GetType().Name} {v.Verdict} {v.IsProvisional}"));

    private static List<Agreement> Agreements()
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, 60).Select(_ => Parsed(string.Concat(Enumerable.Range(1, random.Next(1, 4)).Select(n => Term(n, Bodies[random.Next(Bodies.Length)])))))];
    }

    private static string Term(int number, string body) => string.Create(CultureInfo.InvariantCulture, $"\nterm {number} \"Term {number}\"\n  {body}\n");

    internal static Agreement Parsed(string terms)
    {
        var written = AgreementReader.Read(Head + "\n" + terms, Say.Operation);
        return written.Agreement ?? throw new InvalidOperationException(string.Join('\n', written.Problems));
    }

    internal static List<Statement> Invented(Random random, int count)
    {
        var statements = new List<Statement>();
        for (var n = 1; n <= count; n++)
        {
            statements.Add(One(random, $"R-{n:00}", statements));
        }

        return statements;
    }

    private static Statement One(Random random, string id, List<Statement> before)
    {
        var (source, kind) = random.Next(6) switch
        {
            0 => ("north", SourceKind.Party),
            1 => ("south", SourceKind.Party),
            2 => ("un-office", SourceKind.Un),
            3 => ("coast", SourceKind.Guarantor),
            4 => ("gazette", SourceKind.Media),
            _ => ("clinic", SourceKind.Responder),
        };
        if (before.Count > 0 && random.Next(8) == 0)
        {
            var taken = before[random.Next(before.Count)];
            return Say.That(id, taken.SaidBy.Id.Value, new Withdrawal(taken.Id, "taken back"), "2031-05-01", "2031-05-01", kind: taken.SaidBy.Kind);
        }

        var (from, to) = (random.Next(3) == 0 ? "hill" : "old-city", random.Next(3) == 0 ? random.Next(2) == 0 ? "hill" : "valley" : null);
        var day = random.Next(1, 8);
        var about = random.Next(4) switch
        {
            0 => string.Create(CultureInfo.InvariantCulture, $"2031-05-{day:00}"),
            1 => string.Create(CultureInfo.InvariantCulture, $"2031-05-{day:00}/2031-05-{day + random.Next(1, 3):00}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"2031-05-{day:00}T{random.Next(24):00}:00+02:00"),
        };
        var people = random.Next(10) == 0 ? Bound.Exactly(0) : random.Next(4) == 0 ? Bound.AtLeast(random.Next(1, 100)) : Bound.Exactly(random.Next(1, 100));
        var batch = random.Next(3) == 0 ? "first convoy" : random.Next(3) == 0 ? "second convoy" : null;
        Said said = random.Next(7) switch
        {
            0 => new Incident(IncidentType.Shelling),
            1 => new Headcount(Measure.Killed, Say.People(people)),
            2 => new Movement(Step.Departed, batch),
            3 => new Movement(Step.Arrived, batch),
            4 => new Status(SubjectKind.Operation, (Safeconduct.Statements.Kinds.Status.State)random.Next(Enum.GetValues<Safeconduct.Statements.Kinds.Status.State>().Length)),
            5 => new Headcount(Measure.Left, Say.People(people, random.Next(3) == 0 ? Category.Fighters : null), IsRunningTotal: random.Next(2) == 0, Batch: batch),
            _ => new Movement(Step.TurnedBack, batch),
        };
        var modality = said is not Headcount && random.Next(6) == 0 ? Modality.Denied : Modality.Asserted;
        return Say.That(id, source, said, about, "2031-05-01", from: from, to: to, kind: kind, modality: modality);
    }
}
