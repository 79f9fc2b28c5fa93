using System.Globalization;
using NodaTime;
using Safeconduct.Situation.Agreements.Readings;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Movement;
using Safeconduct.Statements.Sources;
using Xunit;

namespace Safeconduct.Tests.Core.Situation.Agreements.Readings;

/// <summary>
/// The slow twin of the readings: every way in which what was reported may have come to pass, each judged as plain logic would judge it. A reading is settled exactly where all of them agree.
/// </summary>
public sealed class CompletionTwinTests
{
    private static readonly Instant Start = Instant.FromUtc(2031, 5, 1, 0, 0);

    [Fact]
    public void A_prohibition_is_broken_exactly_where_every_completion_breaks_it_and_unreported_where_none_does()
    {
        var agreement = ReadingLaws.Parsed("term 1 \"Never\"\n  from 2031-05-01T10:00+00:00\n  until 2031-05-01T20:00+00:00\n  never fire at pocket\n");
        for (var seed = 1; seed <= 3_000; seed++)
        {
            var reports = Invented(new Random(seed));
            var outcomes = Outcomes(reports, told => told.Any(h => h is >= 10 and <= 20));
            var reading = Read(agreement, [.. reports.SelectMany(r => r.As(id => new Incident(IncidentType.Shelling)))]);
            var expected = outcomes switch
            {
                (true, false) => "Broken",
                (false, true) => "Unclear NotWatched",
                _ => reports.Exists(r => Credence(r, reports) == 'c' && r.Early >= 10 && r.Late <= 20) ? "Disputed" : "Unclear",
            };
            Assert.True($"{reading.Verdict} {reading.Clauses[0].Ground}".StartsWith(expected, StringComparison.Ordinal), $"seed {seed}: {reading.Verdict} {reading.Clauses[0].Ground} for {expected}: {string.Join("; ", reports)}");
        }
    }

    [Fact]
    public void A_deadline_is_met_or_missed_exactly_where_every_completion_says_so()
    {
        var agreement = ReadingLaws.Parsed("term 1 \"By\"\n  departure from pocket by 2031-05-01T12:00+00:00\n");
        for (var seed = 1; seed <= 3_000; seed++)
        {
            var reports = Invented(new Random(seed));
            var (met, missed) = Outcomes(reports, told => told.Any(h => h <= 12));
            var reading = Read(agreement, [.. reports.SelectMany(r => r.As(id => new Movement(Step.Departed)))]);
            Assert.True((met, missed) switch
            {
                (true, false) => reading.Verdict is Verdict.Kept,
                (false, true) => reading.Verdict is Verdict.Late,
                _ => reading.Verdict is Verdict.Disputed or Verdict.Unclear,
            }, $"seed {seed}: {reading.Verdict} where met {met}, missed {missed}: {string.Join("; ", reports)}");
        }
    }

    private static TermReading Read(Safeconduct.Situation.Agreements.Agreement agreement, IReadOnlyList<Statement> statements) =>
        TermReadings.Of(agreement, statements, Say.Operation, new View(Lens.All, Instant.FromUtc(2031, 6, 1, 0, 0))).Single();

    /// <summary>Whether some completion has what is asked, and whether some has not.</summary>
    private static (bool Some, bool SomeNot) Outcomes(List<Told> reports, Func<List<int>, bool> holds)
    {
        var (some, not) = (false, false);
        foreach (var completion in Completions([.. reports.Where(r => !r.IsDenial)], reports, 0))
        {
            if (holds(completion))
            {
                some = true;
            }
            else
            {
                not = true;
            }
        }

        return (some, not);
    }

    private static IEnumerable<List<int>> Completions(IReadOnlyList<Told> said, List<Told> all, int at)
    {
        if (at == said.Count)
        {
            yield return [];
            yield break;
        }

        foreach (var rest in Completions(said, all, at + 1))
        {
            for (var hour = said[at].Early; hour <= said[at].Late; hour++)
            {
                yield return [hour, .. rest];
            }

            if (Credence(said[at], all) != 's')
            {
                yield return rest;
            }
        }
    }

    /// <summary>c: somebody else denies it of a time that touches; o: one side alone says it; s: settled.</summary>
    private static char Credence(Told told, List<Told> all) => told.IsDenial ? '-'
        : all.Exists(d => d.IsDenial && d.Late >= told.Early && d.Early <= told.Late && d.Source != told.Source) ? 'c'
        : told.Source == "north" ? 'o' : 's';

    private static List<Told> Invented(Random random)
    {
        var told = new List<Told>();
        for (var n = random.Next(1, 5); n > 0; n--)
        {
            var early = random.Next(0, 24);
            var one = new Told($"C-{n}", random.Next(3) switch { 0 => "north", 1 => "clinic", _ => "gazette" }, early, early + random.Next(0, 6), random.Next(4) == 0);

            // Reports that give one and the same time are of one happening; the twin has no such rule.
            if (!told.Exists(t => t.Early == one.Early && t.Late == one.Late))
            {
                told.Add(one);
            }
        }

        return told;
    }

    private sealed record Told(string Id, string Source, int Early, int Late, bool IsDenial)
    {
        public IEnumerable<Statement> As(Func<string, Safeconduct.Statements.Kinds.Said> said)
        {
            var about = Early == Late ? At(Early) : $"{At(Early)}/{At(Late)}";
            yield return Say.That(Id, Source, said(Id), about, "2031-05-02", kind: Source == "north" ? SourceKind.Party : SourceKind.Responder, modality: IsDenial ? Modality.Denied : Modality.Asserted);
        }

        private static string At(int hour) => NodaTime.Text.OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mmo<+HH:mm>").Format((Start + Duration.FromHours(hour)).WithOffset(Offset.Zero));
    }
}
