using NodaTime;
using NodaTime.Text;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Disputes;

/// <summary>
/// Rival versions of what was agreed: who may leave, where to, from when, how many, and whether a place is in it at all. Versions lie within a day or two of each
/// other; a version some days later is a new plan and no rival.
/// </summary>
internal sealed class TermDisputes(Operation operation)
{
    private static readonly OffsetDateTimePattern Hour = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm o<G>");

    public IEnumerable<Dispute> Of(IReadOnlyList<Statement> binding, IReadOnlyList<CountSaid> counts)
    {
        var terms = binding.SelectMany(Terms).OrderBy(t => t.Day).ThenBy(t => t.Statement.Id).ToList();
        return WhoMayLeave(terms).Concat(Destinations(terms)).Concat(InTheDeal(terms)).Concat(Starts(terms)).Concat(HowMany(binding, counts));
    }

    /// <summary>Terms with what they say starts at which minute, for those who lay out starts that were put off.</summary>
    public IEnumerable<(PlaceId? Area, string What, OffsetDateTime At, Statement Statement)> StartsSaid(IReadOnlyList<Statement> statements) =>
        statements.SelectMany(Terms).Where(t => t is { IsDenied: false, Owes: not null })
            .Select(t => (t.Area, What: TermWords.StartOf(t.Words), t.Owes!.When, t.Statement))
            .Where(t => t.What is not null && t.When is { IsInterval: false, Start.At: not null })
            .Select(t => (t.Area, t.What!, t.When.Start.At!.Value, t.Statement));

    private IEnumerable<Term> Terms(Statement statement)
    {
        var area = statement.Where.From ?? statement.Where.Via ?? statement.Where.To;
        foreach (var claim in statement.Claims())
        {
            if (claim is Claim.Owes { Modality: not Modality.Demanded } owes)
            {
                yield return new Term(statement, area, owes.When.End.DayIn(operation.Zone), TermWords.Of(statement), owes, owes.Modality is Modality.Denied);
                yield break;
            }

            if (claim is Claim.Happened { Event: { } e, Modality: Modality.Asserted } && e.Type.StartsWith("agreement-", StringComparison.Ordinal))
            {
                yield return new Term(statement, area, e.When.End.DayIn(operation.Zone), TermWords.Of(statement), null, false);
                yield break;
            }
        }
    }

    /// <summary>A group is left out, or only another is let go, according to one version; it leaves according to another of the same day or the next.</summary>
    private IEnumerable<Dispute> WhoMayLeave(IReadOnlyList<Term> terms)
    {
        var leaving = terms.Where(t => !t.IsDenied && TermWords.SpeaksOfLeaving(t.Words)).ToList();
        var byDay = leaving.ToLookup(t => (t.Area, t.Day));
        var limits = leaving.SelectMany(Limits);
        foreach (var limit in limits.GroupBy(l => (l.Only, l.Group, l.Term.Area, l.Term.Day), l => l.Term))
        {
            var limiting = limit.Select(t => t.Statement.Id).ToHashSet();
            var others = Enumerable.Range(-1, 3).SelectMany(d => byDay[(limit.Key.Area, limit.Key.Day.PlusDays(d))])
                .Where(t => !limiting.Contains(t.Statement.Id) && (limit.Key.Only ? LetsOthersGo(t, limit.Key.Group) : LetsGo(t, limit.Key.Group)))
                .ToList();
            if (others.Count > 0)
            {
                var words = limit.Key.Only ? $"only {limit.Key.Group}" : $"not {limit.Key.Group}";
                var also = limit.Key.Only ? "others too" : $"{limit.Key.Group} too";
                yield return Dispute(
                    $"who.{(limit.Key.Only ? "only-" : "not-")}{limit.Key.Group}.{Id(limit.Key.Area)}.{FigureNames.Day(limit.Key.Day)}",
                    limit,
                    others,
                    $"Who may leave {Name(limit.Key.Area)}: {words} according to {Told.Names(limit.Select(t => t.Statement))}, {also} according to {Told.Names(others.Select(t => t.Statement))}.");
            }
        }
    }

    /// <summary>Whom a version leaves out; else whom alone it lets go, unless it speaks of one step or convoy only.</summary>
    private static IEnumerable<(bool Only, string Group, Term Term)> Limits(Term term)
    {
        var without = TermWords.Without(term.Words).ToList();
        return without.Count > 0
            ? without.Select(g => (false, g, term))
            : TermWords.SpeaksOfAShare(term.Words) ? [] : TermWords.OnlyFor(term.Words).Select(g => (true, g, term));
    }

    private static bool LetsGo(Term term, string group) => !TermWords.Without(term.Words).Contains(group)
        && !TermWords.OnlyFor(term.Words).Any(g => g != group)
        && (TermWords.Mentioned(term.Words).Contains(group) || CountsEverybody(term));

    private static bool LetsOthersGo(Term term, string group) => !TermWords.OnlyFor(term.Words).Contains(group)
        && (CountsEverybody(term) || TermWords.Mentioned(term.Words).Except(TermWords.Without(term.Words)).Any(g => g != group));

    private static bool CountsEverybody(Term term) => term.Owes is { Measure: Measure.Left, HowMany: { Unit: Unit.People, Bound.HasNumber: true, Group: null } many } && many.Category == Category.Everyone;

    /// <summary>One group out of one area goes into the city or district that holds it, or out of it.</summary>
    private IEnumerable<Dispute> Destinations(IReadOnlyList<Term> terms) =>
        from going in terms.Where(t => t is { IsDenied: false, Statement.Where: { From: not null, To: not null } })
            .SelectMany(t => GroupsSentTo(t).Select(g => (Group: g, Term: t)))
            .GroupBy(t => (t.Group, Area: t.Term.Statement.Where.From!.Value), t => t.Term)
        where operation.Gazetteer.Find(going.Key.Area)?.Within is not null
        let container = operation.Gazetteer.Find(going.Key.Area)!.Within!.Value
        from run in Plans.Runs(going, t => t.Day, days: 2)
        let inside = run.Where(t => operation.Gazetteer.IsWithin(t.Statement.Where.To!.Value, container)).ToList()
        let outside = run.Except(inside).ToList()
        where inside.Count > 0 && outside.Count > 0
        select Dispute(
            $"where-to.{going.Key.Group}.{going.Key.Area}.{FigureNames.Day(run[0].Day)}",
            inside,
            outside,
            $"Where {going.Key.Group} from {Name(going.Key.Area)} are to go: {Places(inside)} according to {Told.Names(inside.Select(t => t.Statement))}, {Places(outside)} according to {Told.Names(outside.Select(t => t.Statement))}.");

    /// <summary>The groups that the destination is of: those the matter names, else those the sentence names.</summary>
    private static IEnumerable<string> GroupsSentTo(Term term)
    {
        var matter = term.Owes is { } owes ? TermWords.Mentioned($"-{Token.Slug(owes.What)}-").ToList() : [];
        return (matter.Count > 0 ? matter : TermWords.SpeaksOfLeaving(term.Words) ? TermWords.Mentioned(term.Words) : []).Except(TermWords.Without(term.Words));
    }

    private string Places(IEnumerable<Term> terms) => string.Join(" or ", terms.Select(t => operation.Gazetteer.NameOf(t.Statement.Where.To!.Value)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(4));

    /// <summary>A place is said not to be in the agreement, and terms for it are given at the same time.</summary>
    private IEnumerable<Dispute> InTheDeal(IReadOnlyList<Term> terms)
    {
        var given = terms.Where(t => t is { IsDenied: false, Owes: not null }).ToLookup(t => (t.Area, t.Day));
        foreach (var denied in terms.Where(t => t.IsDenied && TermWords.SaysPartOfTheDeal(t.Words) && NamesItsPlace(t)).GroupBy(t => (t.Area, t.Day)))
        {
            var others = Enumerable.Range(-1, 3).SelectMany(d => given[(denied.Key.Area, denied.Key.Day.PlusDays(d))]).ToList();
            if (others.Count > 0)
            {
                yield return Dispute(
                    $"in-the-agreement.{Id(denied.Key.Area)}.{FigureNames.Day(denied.Key.Day)}",
                    denied,
                    others,
                    $"Whether {Name(denied.Key.Area)} is in the agreement: denied by {Told.Names(denied.Select(t => t.Statement))}, terms for it given by {Told.Names(others.Select(t => t.Statement))}.");
            }
        }
    }

    private bool NamesItsPlace(Term term) => term.Area is { } area
        && (operation.Gazetteer.Find(area)?.Aliases ?? []).Append(operation.Gazetteer.NameOf(area)).Append(area.Value)
            .Any(n => Token.Slug(n.Split('(')[0]) is { Length: > 0 } name && term.Words.Contains($"-{name}-", StringComparison.Ordinal));

    /// <summary>Two starts of one thing on one day, to the minute.</summary>
    private IEnumerable<Dispute> Starts(IReadOnlyList<Term> terms)
    {
        foreach (var day in StartsSaid([.. terms.Select(t => t.Statement)]).GroupBy(t => (t.Area, t.What, t.At.ToInstant().InZone(operation.Zone).Date)))
        {
            var times = day.GroupBy(t => t.At.ToInstant(), t => t.Statement).OrderBy(g => g.Key).ToList();
            for (var i = 1; i < times.Count; i++)
            {
                yield return Dispute(
                    $"start.{day.Key.What}.{Id(day.Key.Area)}.{FigureNames.Day(day.Key.Date)}",
                    times[i - 1],
                    times[i],
                    $"Start of the {day.Key.What}, {Name(day.Key.Area)}: {At(times[i - 1].Key)} according to {Told.Names(times[i - 1])}, {At(times[i].Key)} according to {Told.Names(times[i])}.");
            }
        }
    }

    private string At(Instant instant) => Hour.Format(instant.InZone(operation.Zone).ToOffsetDateTime());

    /// <summary>How many are to leave in all, or wish to, in plans of different sources a day or less apart. A step or a share of a plan, and parts that make another's whole, are no rivals.</summary>
    private IEnumerable<Dispute> HowMany(IReadOnlyList<Statement> binding, IReadOnlyList<CountSaid> counts)
    {
        var planned = Plans.Numbers(binding).Where(p => p.Quantity is { Measure: Measure.Left or Measure.Released or Measure.Delivered, Unit: Unit.People, Group: null } && !Plans.IsOfAShare(p));
        var wished = counts.Where(c => c is { Quantity: { Measure: Measure.WishedToLeave, Group: null }, Binds: true, IsPart: false });
        foreach (var plans in planned.Concat(wished).GroupBy(p => (Area: Plans.Area(p), p.Quantity.Category, IsRelease: p.Quantity.Measure is Measure.Released or Measure.Delivered)))
        {
            foreach (var run in Plans.Runs(plans.OrderBy(p => p.Statement.Id), p => Plans.Day(p, operation), days: 1))
            {
                foreach (var positions in Positions.Of(run, run, operation.TolerancePercent, AreNoRivals))
                {
                    yield return new Dispute(
                        $"value.planned.{plans.Key.Category.Slug}.{Id(plans.Key.Area)}.{FigureNames.Day(Plans.Day(run[0], operation))}",
                        DisputeKind.Value,
                        [Told.Ids(positions.Lower), Told.Ids(positions.Higher)],
                        $"How many are to leave or wish to, {Name(plans.Key.Area)}: {Told.Count(positions.NearestBelow)} and {Told.Count(positions.NearestAbove)}.",
                        null,
                        positions.Amount);
                }
            }
        }
    }

    private bool AreNoRivals(CountSaid lower, CountSaid higher) => lower.Statement.SaidBy.Id == higher.Statement.SaidBy.Id
        || Math.Abs(Period.DaysBetween(Plans.Day(lower, operation), Plans.Day(higher, operation))) > 1
        || (lower.Quantity.Measure is Measure.WishedToLeave && higher.Quantity.Measure is Measure.WishedToLeave);

    private static Dispute Dispute(string id, IEnumerable<Term> one, IEnumerable<Term> other, string why) => Dispute(id, one.Select(t => t.Statement), other.Select(t => t.Statement), why);

    private static Dispute Dispute(string id, IEnumerable<Statement> one, IEnumerable<Statement> other, string why)
    {
        var (first, second) = (one.ToList(), other.ToList());
        var isSelf = Voices.AreOneBody(first.Concat(second));
        return new Dispute($"term.{id}", isSelf ? DisputeKind.Self : DisputeKind.Term, [Told.Ids(first), Told.Ids(second)], why, null, null);
    }

    private string Name(PlaceId? place) => place is { } p ? operation.Gazetteer.NameOf(p) : "a place not stated";

    private static string Id(PlaceId? place) => place?.Value ?? "place-not-stated";

    private sealed record Term(Statement Statement, PlaceId? Area, LocalDate Day, string Words, Claim.Owes? Owes, bool IsDenied);
}
