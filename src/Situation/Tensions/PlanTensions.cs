using NodaTime;
using Safeconduct.Situation.Disputes;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Tensions;

/// <summary>Numbers that were planned: beside what was then counted, and beside each other. A plan is never a count, so none of these is a dispute.</summary>
internal sealed class PlanTensions(Operation operation)
{
    public IEnumerable<Tension> Of(IReadOnlyList<Statement> binding, IReadOnlyList<FigureDraft> drafts)
    {
        var plans = Plans.Numbers(binding);
        var days = plans.GroupBy(p => (Area: Plans.Area(p), p.Quantity.Measure, p.Quantity.Unit, p.Quantity.Category, Day: Plans.Day(p, operation)))
            .Select(g => (g.Key, Plans: g.OrderBy(p => p.Statement.Id).ToList())).ToList();
        var matters = plans.GroupBy(p => (Area: Plans.Area(p), p.Quantity.Measure, p.Quantity.Unit));
        var counted = drafts.ToLookup(f => (f.Key.Series.Area, f.Key.Series.Unit, f.Key.Series.Category, f.Key.End));
        return days.SelectMany(d => BesideCounts(d.Plans, counted))
            .Concat(matters.SelectMany(m => OwnMatters([.. m.OrderBy(p => p.Statement.Id)])))
            .Concat(plans.GroupBy(p => (Area: Plans.Area(p), p.Quantity.Measure, p.Quantity.Unit, p.Quantity.Category)).SelectMany(m => Versions([.. m.OrderBy(p => p.Statement.Id)])))
            .Concat(SharesOfAWhole(plans));
    }

    /// <summary>What was expected or assigned for a day, and what was counted on it.</summary>
    private IEnumerable<Tension> BesideCounts(List<CountSaid> plans, ILookup<(PlaceId?, Unit, Category, LocalDate), FigureDraft> drafts)
    {
        var plan = plans[0];
        foreach (var draft in drafts[(Plans.Area(plan), plan.Quantity.Unit, plan.Quantity.Category, Plans.Day(plan, operation))]
            .Where(d => d.Key.Series.Group is null && d.Key.Series.Measure is Measure.Left or Measure.Arrived or Measure.Sent))
        {
            var isSame = draft.Key.Series.Measure == plan.Quantity.Measure;
            foreach (var tension in Between.Counts(
                isSame ? Explanation.Timing : Explanation.Scope,
                $"plan.{FigureNames.Id(draft.Key)[..^".said".Length]}",
                plans,
                draft.Now.Where(c => c.HasNumber && plans.TrueForAll(p => Plain.Differ(p, c))).OrderBy(Plain.Low).ThenBy(c => c.Statement.Id),
                isSame ? "the first was expected beforehand, the second counted" : "the first was set aside beforehand, the second counted",
                draft.Key))
            {
                yield return tension;
            }
        }
    }

    /// <summary>One source with two planned numbers speaks of two matters, or has made its plan anew.</summary>
    private static IEnumerable<Tension> OwnMatters(List<CountSaid> plans)
    {
        foreach (var own in plans.GroupBy(p => p.Statement.SaidBy.Id).Where(g => g.Skip(1).Any()))
        {
            var first = own.First();
            var others = own.Where(p => Plain.Differ(p, first)).ToList();
            foreach (var tension in Between.Counts(Explanation.Scope, $"plan.{own.Key}.{Token.Of(first.Quantity.Measure)}", [first], others, "one source on two matters of the plan", null))
            {
                yield return tension;
            }
        }
    }

    /// <summary>Plans of one matter: within a day or two they may meet in rounding; further apart they are two versions.</summary>
    private IEnumerable<Tension> Versions(List<CountSaid> plans)
    {
        var matter = $"plan.{Plans.Area(plans[0])?.Value ?? "place-not-stated"}.{Token.Of(plans[0].Quantity.Measure)}.{plans[0].Quantity.Category.Slug}";
        List<CountSaid> before = [];
        foreach (var run in Plans.Runs(plans, p => Plans.Day(p, operation), days: 1))
        {
            var (top, bottom) = before.Count > 0 ? (before.Max(Plain.High), before.Min(Plain.Low)) : (0, 0);
            foreach (var tension in Between.Counts(Explanation.Revision, matter, before, run.Where(p => Plain.Low(p) > top || Plain.High(p) < bottom), "two versions of a plan, days apart", null)
                .Concat(Met(matter, run)))
            {
                yield return tension;
            }

            before = run;
        }
    }

    private IEnumerable<Tension> Met(string matter, List<CountSaid> run)
    {
        var lowest = run.OrderBy(Plain.Low).ThenBy(p => p.Statement.Id)
            .FirstOrDefault(p => run.Exists(q => Plain.IsBelow(p, q) && Plain.MayBeOne(p, q, operation.TolerancePercent)));
        return lowest is null ? [] : Between.Counts(
            Explanation.Rounding,
            matter,
            [lowest],
            run.Where(q => Plain.IsBelow(lowest, q) && Plain.MayBeOne(lowest, q, operation.TolerancePercent)),
            "they meet once the words are read as said",
            null);
    }

    /// <summary>Two numbers of one plan make the number that another source gives, or two of one step make its whole.</summary>
    private IEnumerable<Tension> SharesOfAWhole(IReadOnlyList<CountSaid> plans)
    {
        foreach (var (whole, shares) in Sums(plans, operation))
        {
            var because = shares.Count > 1 ? $"{shares[0].Bound} and {shares[1].Bound} make the second" : "two such steps make the second";
            foreach (var tension in Between.Counts(Explanation.Inclusion, $"plan-sum.{whole.Statement.Id}", shares, [whole], because, null))
            {
                yield return tension;
            }
        }
    }

    /// <summary>Planned wholes with the planned numbers of another source, up to a day apart, that make them: two of one text, or one step twice.</summary>
    public static IEnumerable<(CountSaid Whole, List<CountSaid> Shares)> Sums(IReadOnlyList<CountSaid> plans, Operation operation)
    {
        var people = plans.Where(p => p.Quantity is { Unit: Unit.People, Measure: Measure.Left } && p.Bound.Low > 0).OrderBy(p => p.Statement.Id).ToList();
        var byDay = people.ToLookup(p => Plans.Day(p, operation));
        var texts = people.GroupBy(p => (p.Statement.SaidBy.Id, Plans.Day(p, operation))).Where(g => g.Skip(1).Any()).ToLookup(g => g.Key.Item2, g => g.Take(Positions.Cap).ToList());
        foreach (var whole in people.Where(p => !byDay[Plans.Day(p, operation)].Skip(MostOfOneDay).Any()))
        {
            foreach (var day in Enumerable.Range(-1, 3).Select(d => Plans.Day(whole, operation).PlusDays(d)))
            {
                foreach (var text in texts[day].Where(t => t[0].Statement.SaidBy.Id != whole.Statement.SaidBy.Id))
                {
                    var pair = text.SelectMany((one, i) => text.Skip(i + 1).Select(other => new List<CountSaid> { one, other })).FirstOrDefault(p => Plain.Low(p[0]) + Plain.Low(p[1]) == Plain.Low(whole));
                    if (pair is not null)
                    {
                        yield return (whole, pair);
                    }
                }

                var half = byDay[day].Take(MostOfOneDay).FirstOrDefault(p => p.Statement.SaidBy.Id != whole.Statement.SaidBy.Id && Plans.Area(p) == Plans.Area(whole) && 2 * Plain.Low(p) == Plain.Low(whole)
                    && TermWords.SpeaksOfAShare(TermWords.Of(p.Statement)));
                if (half is not null)
                {
                    yield return (whole, [half]);
                }
            }
        }
    }

    /// <summary>Where more plans than this are made on one day, sums among them are chance and are not looked for.</summary>
    private const int MostOfOneDay = 200;
}
