using NodaTime;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Control;
using Safeconduct.Statements.Kinds.Status;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Disputes;

/// <summary>What one statement says is so, or is over, or is of all, and another of the same place speaks against in words or in later events.</summary>
internal sealed class AccountDisputes(Operation operation)
{
    private static readonly Measure[] Harms = [Measure.Killed, Measure.Wounded, Measure.Harmed, Measure.Found, Measure.Burned];

    public IEnumerable<Dispute> Of(IReadOnlyList<Statement> binding, IReadOnlyList<CountSaid> counts)
    {
        var standing = counts.Where(c => c.Binds).ToList();
        var states = binding.SelectMany(s => s.Claims().OfType<Claim.Holds>().Select(h => (Statement: s, Claim: h))).ToList();
        return OverAndDenied(states).Concat(OverAndMoreTaken(states)).Concat(DeathDenied(binding, standing)).Concat(Rejected(binding, standing))
            .Concat(LastAndLater(binding, standing)).Concat(AllOfOneGroup(binding, standing));
    }

    /// <summary>An area is said to be wholly held or the fighting for it over, and on that day somebody denies that it is over.</summary>
    private IEnumerable<Dispute> OverAndDenied(IReadOnlyList<(Statement Statement, Claim.Holds Claim)> states)
    {
        var denied = states.Where(s => s.Claim is { Modality: Modality.Denied, Subject.Kind: SubjectKind.Operation or SubjectKind.Area } && s.Claim.State == Token.Of(State.Complete))
            .ToLookup(s => (s.Claim.Subject.Place, Day(s.Claim.From.End)), s => s.Statement);
        return from over in Over(states).GroupBy(s => (s.Claim.Subject.Place, Day(s.Claim.From.End)), s => s.Statement)
               where denied.Contains(over.Key)
               let against = denied[over.Key]
               select Dispute(
                   $"over.{Id(over.Key.Place)}.{FigureNames.Day(over.Key.Item2)}",
                   over,
                   against,
                   $"{Name(over.Key.Place)}, {FigureNames.Day(over.Key.Item2)}: over or wholly held according to {Told.Names(over)}; that it is over is denied by {Told.Names(against)}.");
    }

    /// <summary>An area is said to be wholly held or the fighting for it over, and on the next day more of it is said to be taken.</summary>
    private IEnumerable<Dispute> OverAndMoreTaken(IReadOnlyList<(Statement Statement, Claim.Holds Claim)> states)
    {
        var taken = states.Where(s => s.Claim is { Modality: Modality.Asserted, Subject.Kind: SubjectKind.Area } && s.Claim.State.StartsWith(Token.Of(Extent.Part), StringComparison.Ordinal) && TermWords.SaysTaken(Words(s.Statement)))
            .ToLookup(s => (s.Claim.Subject.Place, Day(s.Claim.From.End)), s => s.Statement);
        return from over in Over(states).GroupBy(s => (s.Claim.Subject.Place, Day: Day(s.Claim.From.End)), s => s.Statement)
               let more = taken[(over.Key.Place, over.Key.Day.PlusDays(1))].ToList()
               where more.Count > 0
               select Dispute(
                   $"over-and-more-taken.{Id(over.Key.Place)}.{FigureNames.Day(over.Key.Day)}",
                   over,
                   more,
                   $"{Name(over.Key.Place)}: wholly held or the fighting over on {FigureNames.Day(over.Key.Day)} according to {Told.Names(over)}; more of it taken the day after according to {Told.Names(more)}.");
    }

    private static IEnumerable<(Statement Statement, Claim.Holds Claim)> Over(IEnumerable<(Statement Statement, Claim.Holds Claim)> states) => states.Where(s =>
        s.Claim is { Modality: Modality.Asserted, Subject.Kind: SubjectKind.Area }
        && (s.Claim.State == Token.Of(Extent.Whole) || s.Claim.State.StartsWith(Token.Of(Extent.Whole) + " by ", StringComparison.Ordinal) || s.Claim.State.StartsWith(Token.Of(Extent.OperationFinished), StringComparison.Ordinal)));

    /// <summary>A report of death is said to be wrong, and a death is counted at the same place and day.</summary>
    private IEnumerable<Dispute> DeathDenied(IReadOnlyList<Statement> binding, IReadOnlyList<CountSaid> counts)
    {
        var deaths = counts.Where(IsDeath).ToLookup(c => (Area(c), Day(c.Quantity.Cut.Time.End)), c => c.Statement);
        foreach (var denial in binding.Where(s => TermWords.DeniesDeath(Words(s)) && !s.Claims().OfType<Claim.Count>().Any(c => c.Quantity.Measure is Measure.Killed)).GroupBy(s => (Area: PlaceOf(s), Day: Day(s.About.End))))
        {
            var sources = denial.Select(s => s.SaidBy.Id).ToHashSet();
            var said = deaths[denial.Key].Where(s => !sources.Contains(s.SaidBy.Id)).ToList();
            if (said.Count > 0)
            {
                yield return Dispute(
                    $"death.{Id(denial.Key.Area)}.{FigureNames.Day(denial.Key.Day)}",
                    denial,
                    said,
                    $"Deaths, {Name(denial.Key.Area)}, {FigureNames.Day(denial.Key.Day)}: denied by {Told.Names(denial)}, stated by {Told.Names(said)}.");
            }
        }
    }

    private static bool IsDeath(CountSaid claim) => claim.Bound.Least >= 1
        && (claim.Quantity.Measure is Measure.Killed || (claim.Quantity.Measure is Measure.Harmed or Measure.Wounded && claim.Quantity.Group is "killed" or "dead" or "deaths" or "died"));

    /// <summary>An account of harm at a place is rejected, and others give it for the same place and days. What happened and who did it are not weighed.</summary>
    private IEnumerable<Dispute> Rejected(IReadOnlyList<Statement> binding, IReadOnlyList<CountSaid> counts)
    {
        var harms = counts.Where(c => Harms.Contains(c.Quantity.Measure)).ToLookup(Area, c => c.Statement);
        foreach (var statement in binding.Where(s => s.Claims().OfType<Claim.Happened>().Any(h => h is { Modality: Modality.Denied, Event.Type: "attributed" })))
        {
            var accounts = PlaceOf(statement) is { } place
                ? harms[place].Where(s => s.SaidBy.Id != statement.SaidBy.Id && s.About.Start.DayIn(operation.Zone) <= Day(statement.About.End) && Day(s.About.End) >= statement.About.Start.DayIn(operation.Zone)).Distinct().ToList()
                : [];
            if (accounts.Count > 0)
            {
                yield return new Dispute(
                    $"attribution.rejected.{Id(PlaceOf(statement))}.{FigureNames.Day(Day(statement.About.End))}",
                    DisputeKind.Attribution,
                    [Told.Ids(accounts), [statement.Id]],
                    $"What is reported from {Name(PlaceOf(statement))}: an account by {Told.Names(accounts)}, rejected by {statement.SaidBy.Name}.",
                    null,
                    null);
            }
        }
    }

    /// <summary>The last of a group are said to be going, or none of it to be left inside, and later some of it are counted leaving.</summary>
    private IEnumerable<Dispute> LastAndLater(IReadOnlyList<Statement> binding, IReadOnlyList<CountSaid> counts)
    {
        var later = counts.Where(c => c is { Quantity: { Measure: Measure.Left, Unit: Unit.People, Cut.Kind: CutKind.During }, HasNumber: true } && c.Bound.Least >= 1 && !c.IsPart).ToLookup(Area);
        foreach (var last in binding.Where(s => s.Modality is not (Modality.Demanded or Modality.Conditional)).Select(s => (Statement: s, Group: TermWords.LastOf(Words(s)))).Where(l => l.Group is not null && PlaceOf(l.Statement) is not null)
            .Select(l => (l.Statement, Category: CategoryOf(l.Group!), Area: PlaceOf(l.Statement)!.Value, Day: Day(l.Statement.About.End)))
            .Concat(counts.Where(c => c is { Quantity: { Measure: Measure.Remaining, Unit: Unit.People, Group: null }, HasNumber: true, IsPart: false } && c.Bound.Most == 0 && Area(c) is not null)
                .Select(c => (c.Statement, c.Quantity.Category, Area: Area(c)!.Value, Day: Day(c.Quantity.Cut.Time.End))))
            .GroupBy(l => (l.Category, l.Area, l.Day), l => l.Statement))
        {
            var category = last.Key.Category;
            var went = later[last.Key.Area].Where(c => category.Contains(c.Quantity.Category) && c.Quantity.Cut.Time.Start.DayIn(operation.Zone) > last.Key.Day).Select(c => c.Statement).Distinct().ToList();
            if (went.Count > 0)
            {
                yield return Dispute(
                    $"last.{category.Slug}.{last.Key.Area}.{FigureNames.Day(last.Key.Day)}",
                    last,
                    went,
                    $"{Told.Sentence(category.ToString())} in {Name(last.Key.Area)}: none left inside, or the last of them going, on {FigureNames.Day(last.Key.Day)} according to {Told.Names(last)}; later departures according to {Told.Names(went)}.");
            }
        }
    }

    /// <summary>All who left are said to be of one group, and another speaks of others, or of none of that group, at the same place and day.</summary>
    private IEnumerable<Dispute> AllOfOneGroup(IReadOnlyList<Statement> binding, IReadOnlyList<CountSaid> counts)
    {
        var moved = counts.Where(c => c.Quantity is { Measure: Measure.Left or Measure.Arrived, Unit: Unit.People }).ToLookup(c => (Area(c), Day(c.Quantity.Cut.Time.End)));
        foreach (var all in binding.Select(s => (Statement: s, Group: TermWords.AllAre(Words(s)))).Where(a => a.Group is "civilians" or "fighters")
            .GroupBy(a => (Group: a.Group!, Area: PlaceOf(a.Statement), Day: Day(a.Statement.About.End)), a => a.Statement))
        {
            var other = all.Key.Group == "civilians" ? "fighters" : "civilians";
            var sources = all.Select(s => s.SaidBy.Id).ToHashSet();
            var against = moved[(all.Key.Area, all.Key.Day)]
                .Where(c => !sources.Contains(c.Statement.SaidBy.Id) && (IsNoneOf(c, CategoryOf(all.Key.Group)) || SpeaksOnlyOf(other, all.Key.Group, Words(c.Statement))))
                .Select(c => c.Statement).Distinct().ToList();
            if (against.Count > 0)
            {
                yield return Dispute(
                    $"all-{all.Key.Group}.{Id(all.Key.Area)}.{FigureNames.Day(all.Key.Day)}",
                    all,
                    against,
                    $"Who left {Name(all.Key.Area)}, {FigureNames.Day(all.Key.Day)}: all of one group according to {Told.Names(all)}; others, or none of that group, according to {Told.Names(against)}.");
            }
        }
    }

    private static bool IsNoneOf(CountSaid claim, Category category) => claim.HasNumber && claim.Bound.Most == 0 && claim.Quantity.Category == category;

    private static bool SpeaksOnlyOf(string group, string not, string words) => TermWords.Mentioned(words).Contains(group) && !TermWords.Mentioned(words).Contains(not);

    private static Category CategoryOf(string group) => group switch
    {
        "civilians" => Category.Civilians,
        "fighters" => Category.Fighters,
        "wounded" => Category.WoundedOrSick,
        "women" => Category.Women,
        "children" => Category.Children,
        "families" => Category.FamiliesOfFighters,
        _ => Category.Everyone,
    };

    private static Dispute Dispute(string id, IEnumerable<Statement> one, IEnumerable<Statement> other, string why)
    {
        var (first, second) = (one.ToList(), other.ToList());
        var isSelf = Voices.AreOneBody(first.Concat(second));
        return new Dispute($"fact.{id}", isSelf ? DisputeKind.Self : DisputeKind.Fact, [Told.Ids(first), Told.Ids(second)], why, null, null);
    }

    private static string Words(Statement statement) => TermWords.Of(statement);

    private static PlaceId? PlaceOf(Statement statement) => statement.Where.From ?? statement.Where.Via ?? statement.Where.To;

    private static PlaceId? Area(CountSaid claim) => claim.Quantity.Scope.From ?? claim.Quantity.Scope.Via ?? claim.Quantity.Scope.To;

    private LocalDate Day(Statements.Times.Moment moment) => moment.DayIn(operation.Zone);

    private string Name(PlaceId? place) => place is { } p ? operation.Gazetteer.NameOf(p) : "a place not stated";

    private static string Id(PlaceId? place) => place?.Value ?? "place-not-stated";
}
