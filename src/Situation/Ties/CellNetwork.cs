using NodaTime;
using Safeconduct.Situation.Figures;
using Safeconduct.Situation.Movements;
using Safeconduct.Situation.Programmes;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Movement;
using Safeconduct.Statements.Kinds.Screening;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Ties;

/// <summary>One count of a statement, by its place among the statement's counts (<see cref="Said.Recounted"/>), and the unknown that it speaks of.</summary>
public readonly record struct CellPlace(StatementId Statement, int Cell, int Unknown);

/// <summary>A sum among unknowns: the whole and what is added to it are the parts and a rest; no unknown is below zero.</summary>
/// <param name="Rest">The unknown of the rest; -1 where the parts are all of it.</param>
/// <param name="IsOfCategories">The parts are narrower categories of the whole, so that the rest is everybody else in it.</param>
public sealed record CellSum(int Whole, IReadOnlyList<int> Owing, IReadOnlyList<int> Parts, int Rest, bool IsOfCategories);

/// <summary>
/// The counts of statements as unknowns, with the sums that tie them: the rules of <see cref="NetworkOfQuantities"/>, and what a careful reader would add up besides (a convoy's
/// passengers from its departure to its arrival, its vehicles, a screening). For asking what can be worked out of numbers that are not shown; the bounds are given by who asks.
/// </summary>
public sealed class CellNetwork
{
    /// <summary>Nodes of the search for whole numbers; beyond it nothing is known.</summary>
    private const int MostLooks = 200;

    /// <summary>Of a convoy's several counts of one kind, at most so many are laid against each other.</summary>
    private const int MostOfOneKind = 4;

    /// <summary>A name such as "first convoy" comes back with the days.</summary>
    private const int LongestJourneyDays = 2;

    private readonly Dictionary<object, int> unknowns = [];
    private readonly List<CellPlace> cells = [];
    private readonly List<CellSum> sums = [];
    private int count;
    private WholeSearch? search;

    private CellNetwork()
    {
    }

    /// <summary>Unknowns, numbered from 0.</summary>
    public int Unknowns => count;

    public IReadOnlyList<CellPlace> Cells => cells;

    public IReadOnlyList<CellSum> Sums => sums;

    /// <summary>Everything that can be tied among the statements; their order is no matter.</summary>
    public static CellNetwork Of(IReadOnlyList<Statement> statements, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var network = new CellNetwork();
        var keyed = FigureKeys.Of(CountSaid.All(statements, _ => false), operation).Select(k => (Key: Apart(k.Key, k.Count), k.Count)).ToList();
        var claims = keyed.Select(k => Claimed.Of(k.Key, k.Count, 0, operation.Zone)).ToList();
        var nodes = claims.SelectMany(c => new[] { c.Node, new Node(c.Node.Key) }).ToHashSet();
        Connecting.AddWiderCategories(nodes);
        foreach (var tie in RunningTotals.Among(nodes).Concat(Parts.Among(nodes, claims, operation.Gazetteer)))
        {
            network.Add(tie.Whole, tie.Owing ?? [], tie.Parts, tie.LeavesRest, tie.Kind is TieKind.Category);
        }

        foreach (var family in nodes.Where(n => n.Key.Series.Measure is not Measure.Observed).GroupBy(n => Family(n.Key)))
        {
            network.AddFamily([.. family.OrderBy(n => FigureNames.Id(n.Key), StringComparer.Ordinal).ThenBy(n => n.UpTo?.ToString(), StringComparer.Ordinal)]);
        }

        network.AddConvoys(claims);
        var placed = claims.GroupBy(c => c.Count.Statement.Id).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var statement in statements)
        {
            network.AddCells(statement, placed.GetValueOrDefault(statement.Id) ?? []);
        }

        return network;
    }

    /// <summary>Whole numbers for all unknowns within the bounds that fulfil every sum; null where there are none, or none was found within the stated work. It starts from where the last search ended.</summary>
    public long[]? Find(long[] low, long[] high)
    {
        ArgumentNullException.ThrowIfNull(low);
        ArgumentNullException.ThrowIfNull(high);
        search ??= new WholeSearch(new Polytope([.. sums.Select(s => (Terms(s), 0L))], new long[count], [.. Enumerable.Repeat(Polytope.None, count)]), []);
        for (var i = 0; i < count; i++)
        {
            if (low[i] > high[i])
            {
                return null;
            }
        }

        for (var i = 0; i < count; i++)
        {
            search.Narrow(i, low[i], high[i]);
        }

        return search.Find(MostLooks) is { } point && Fits(point, low, high) ? point : null;
    }

    /// <summary>Whether the numbers lie within the bounds; the sums are taken to hold.</summary>
    public static bool Fits(long[] point, long[] low, long[] high)
    {
        ArgumentNullException.ThrowIfNull(point);
        for (var i = 0; i < point.Length; i++)
        {
            if (point[i] < low[i] || point[i] > high[i])
            {
                return false;
            }
        }

        return true;
    }

    private static IReadOnlyList<(int, long)> Terms(CellSum sum)
    {
        // A quantity on both sides cancels; one that is named twice counts twice.
        var terms = sum.Parts.Select(p => (p, -1L)).Concat(sum.Owing.Select(o => (o, 1L))).Append((sum.Whole, 1L));
        return [.. (sum.Rest < 0 ? terms : terms.Append((sum.Rest, -1L))).GroupBy(t => t.Item1, t => t.Item2).Select(g => (g.Key, g.Sum())).Where(t => t.Item2 != 0)];
    }

    /// <summary>How many were aboard at the departure and at the arrival are two numbers, whatever the day.</summary>
    private static FigureKey Apart(FigureKey key, CountSaid count) => key.Series.Measure is Measure.Aboard && Spoken(count.Statement) is Movement movement
        ? key with { Series = key.Series with { Batch = $"{key.Series.Batch}/{movement.Step}" } }
        : key;

    private static Said Spoken(Statement statement) => statement.Said is Correction correction ? correction.Instead : statement.Said;

    private int Unknown(object key)
    {
        if (!unknowns.TryGetValue(key, out var unknown))
        {
            unknowns[key] = unknown = count++;
        }

        return unknown;
    }

    private void Add(Node whole, IReadOnlyList<Node> owing, IReadOnlyList<Node> parts, bool leavesRest, bool isOfCategories = false) =>
        Add(Unknown(whole), [.. owing.Select(Unknown)], [.. parts.Select(Unknown)], leavesRest, isOfCategories);

    private void Add(int whole, IReadOnlyList<int> owing, IReadOnlyList<int> parts, bool leavesRest, bool isOfCategories = false) =>
        sums.Add(new CellSum(whole, owing, parts, leavesRest ? count++ : -1, isOfCategories));

    /// <summary>Counts of one measure in one place: over days, or on one day where they are counts at a time.</summary>
    private static object Family(FigureKey key) =>
        (key.Series.Measure, key.Series.Unit, key.Series.Category.Space, key.Series.Area, key.Series.To, key.Form is CutForm.At, key.Form is CutForm.At ? key.End : default);

    /// <summary>
    /// Every count of a family adds up the same few unknowns: how many of each kind of people that its categories tell apart, in each stretch of days that its times tell apart. So a
    /// count that nobody gives is there as well, where others less others make it. A convoy, a crossing or a group is at most all of them, and those that have nobody in common together are.
    /// </summary>
    private void AddFamily(IReadOnlyList<Node> family)
    {
        var kinds = KindsOf([.. family.Select(n => n.Key.Series.Category).Distinct()]);
        var starts = family.SelectMany(n => new[] { n.Key.Start, n.Key.End.PlusDays(1) }).Distinct().Order().ToList();
        var scopes = new Dictionary<(string?, string?, PlaceId?, UpTo?), int>();
        var all = new Dictionary<(int Scope, int Kind, LocalDate Start), int>();
        int At(int scope, int kind, LocalDate start)
        {
            if (!all.TryGetValue((scope, kind, start), out var unknown))
            {
                all[(scope, kind, start)] = unknown = count++;
            }

            return unknown;
        }

        scopes[(null, null, null, null)] = 0;
        foreach (var node in family)
        {
            var key = (node.Key.Series.Group, node.Key.Series.Batch, node.Key.Series.Via, node.UpTo);
            if (!scopes.TryGetValue(key, out var scope))
            {
                scopes[key] = scope = scopes.Count;
            }

            var stretches = starts.Where(s => s >= node.Key.Start && s <= node.Key.End).ToList();
            Add(Unknown(node), [], [.. kinds.Where(k => k.Of.Contains(node.Key.Series.Category)).SelectMany(k => stretches.Select(s => At(scope, k.Number, s)))], leavesRest: false);
        }

        var apart = scopes.Where(s => s.Value > 0).GroupBy(s => s.Key switch
        {
            (null, null, { }, null) => "by way",
            (null, { } batch, null, null) when BatchWords.IsOneOfASeries(batch) => "by batch",
            _ => Shown.Number(s.Value),
        }).ToList();
        foreach (var (kind, start) in all.Keys.Where(k => k.Scope > 0).Select(k => (k.Kind, k.Start)).Distinct().ToList())
        {
            foreach (var parts in apart.Select(g => g.Where(s => all.ContainsKey((s.Value, kind, start))).Select(s => all[(s.Value, kind, start)]).ToList()).Where(p => p.Count > 0))
            {
                Add(At(0, kind, start), [], parts, leavesRest: true);
            }
        }
    }

    /// <summary>The kinds of people that some categories tell apart, each with the categories that it is in.</summary>
    private static List<(int Number, IReadOnlyList<Category> Of)> KindsOf(IReadOnlyList<Category> categories) => categories[0].Space is not CategorySpace.People
        ? [.. categories.Select((c, i) => (i, (IReadOnlyList<Category>)[.. categories.Where(w => w.Contains(c))]))]
        : [.. Single.Value.Select(p => string.Concat(categories.Select(c => c.Contains(p) ? '1' : '0'))).Where(of => of.Contains('1', StringComparison.Ordinal)).Distinct()
            .Select((of, i) => (i, (IReadOnlyList<Category>)[.. categories.Where((_, c) => of[c] == '1')]))];

    private static readonly Lazy<IReadOnlyList<Category>> Single = new(() =>
    [
        .. from standing in Enum.GetValues<Statements.Quantities.Standing>()
           from sex in Enum.GetValues<Sex>()
           from age in Enum.GetValues<AgeBand>()
           from health in Enum.GetValues<Health>()
           from company in Enum.GetValues<Company>()
           select Category.People([standing], [sex], [age], [health], [company]),
    ]);

    private void AddCells(Statement statement, List<Claimed> claims)
    {
        // Each count is given a number of its own, so that the claim it becomes is known by it.
        var at = 0L;
        var said = statement.Said.Recounted(c => new Counted(c.Unit, c.Category, Bound.Exactly(at++), c.Group));
        var order = said.Claims(statement).OfType<Claim.Count>().Select(c => c.Bound.Low!.Value).ToList();
        var placed = order.Count == claims.Count ? order.Zip(claims).ToDictionary(p => p.First, p => p.Second.Node) : [];
        for (var i = 0; i < at; i++)
        {
            cells.Add(new CellPlace(statement.Id, i, placed.TryGetValue(i, out var node) ? Unknown(node) : Unknown((statement.Id, i))));
        }

        if (Spoken(statement) is Screening screening)
        {
            AddScreening(screening, [.. cells.Skip(cells.Count - (int)at).Select(c => c.Unknown)]);
        }
    }

    /// <summary>Those taken off are of those stopped; those released and those still held are of those taken off.</summary>
    private void AddScreening(Screening screening, int[] own)
    {
        var at = 0;
        int? Next(Counted? counted) => counted is null ? null : own[at++];
        var (stopped, takenOff, released, held) = (Next(screening.Stopped), Next(screening.TakenOff), Next(screening.Released), Next(screening.StillHeld));
        if (new[] { screening.Stopped, screening.TakenOff, screening.Released, screening.StillHeld }.OfType<Counted>().Select(c => (c.Category, c.Group)).Distinct().Count() > 1)
        {
            return;
        }

        if (stopped is { } all && takenOff is { } off)
        {
            Add(all, [], [off], leavesRest: true);
        }

        int[] ended = [.. new[] { released, held }.OfType<int>()];
        if ((takenOff ?? stopped) is { } whole && ended.Length > 0)
        {
            Add(whole, [], ended, leavesRest: true);
        }
    }

    private void AddConvoys(List<Claimed> claims)
    {
        var named = claims.Select(c => (Claim: c, Name: ConvoyName.Of(c.Count.Quantity.Scope.Batch)))
            .Where(c => c.Name.Convoy is not null && c.Claim.Count.Quantity is { Unit: Unit.People, Group: null })
            .GroupBy(c => (c.Name.Convoy, c.Claim.Count.Quantity.Category))
            .OrderBy(g => g.Key.Convoy, StringComparer.Ordinal).ThenBy(g => g.Key.Category.Slug, StringComparer.Ordinal);
        foreach (var journey in named.SelectMany(g => Journeys([.. g.Select(c => (c.Claim, c.Name))])))
        {
            AddVehicles(journey);
            AddBalance([.. journey.Where(c => c.Name.Vehicle is null).Select(c => c.Claim)]);
            AddBalanceOfVehicles(journey);
            foreach (var vehicle in journey.Where(c => c.Name.Vehicle is not null).GroupBy(c => (c.Name.Vehicle, c.Name.Trip)))
            {
                AddBalance([.. vehicle.Select(c => c.Claim)]);
            }
        }
    }

    private static IEnumerable<List<(Claimed Claim, ConvoyName Name)>> Journeys(List<(Claimed Claim, ConvoyName Name)> counts)
    {
        var open = new List<(Claimed Claim, ConvoyName Name)>();
        foreach (var one in counts.OrderBy(c => c.Claim.Node.Key.Start))
        {
            if (open.Count > 0 && Period.DaysBetween(open[^1].Claim.Node.Key.Start, one.Claim.Node.Key.Start) > LongestJourneyDays)
            {
                yield return open;
                open = [];
            }

            open.Add(one);
        }

        yield return open;
    }

    private void AddVehicles(List<(Claimed Claim, ConvoyName Name)> journey)
    {
        foreach (var step in journey.GroupBy(c => RoleOf(c.Claim)))
        {
            var vehicles = step.Where(c => c.Name.Vehicle is not null).GroupBy(c => (c.Name.Vehicle, c.Name.Trip)).Select(g => g.First().Claim.Node).Distinct().ToList();
            foreach (var whole in step.Where(c => c.Name.Vehicle is null).Select(c => c.Claim.Node).Distinct().Where(_ => vehicles.Count > 0))
            {
                Add(whole, [], [.. vehicles.Where(v => v != whole)], leavesRest: true);
            }
        }
    }

    /// <summary>Whoever left or joined has arrived, ended the journey otherwise, or is of the rest.</summary>
    private void AddBalance(List<Claimed> convoy)
    {
        var by = convoy.ToLookup(RoleOf, c => c.Node);
        List<Node> Some(Role role) => [.. by[role].Distinct().Take(MostOfOneKind)];
        var joined = Some(Role.Joined).Take(2).ToList();
        var ended = Some(Role.Ended);
        foreach (var left in Some(Role.Left))
        {
            foreach (var arrived in Some(Role.Arrived).Cast<Node?>().DefaultIfEmpty(null))
            {
                Node[] parts = [.. ended.Prepend(arrived).OfType<Node>().Where(n => n != left).Distinct()];
                if (parts.Length > 0)
                {
                    Add(left, joined, parts, leavesRest: true);
                }
            }
        }
    }

    /// <summary>Where nobody counts the convoy as it left, and its vehicles carried enough people for all that became of it, a reader will guess that they were all its vehicles.</summary>
    private void AddBalanceOfVehicles(List<(Claimed Claim, ConvoyName Name)> journey)
    {
        var vehicles = journey.Where(c => c.Name.Vehicle is not null && RoleOf(c.Claim) is Role.Left).DistinctBy(c => (c.Name.Vehicle, c.Name.Trip)).Select(c => c.Claim).ToList();
        var whole = journey.Where(c => c.Name.Vehicle is null).Select(c => c.Claim).ToList();
        if (vehicles.Count == 0 || whole.Exists(c => RoleOf(c) is Role.Left))
        {
            return;
        }

        var joined = whole.Where(c => RoleOf(c) is Role.Joined).DistinctBy(c => c.Node).Take(2).ToList();
        var ended = whole.Where(c => RoleOf(c) is Role.Ended).DistinctBy(c => c.Node).Take(MostOfOneKind).ToList();
        foreach (var arrived in whole.Where(c => RoleOf(c) is Role.Arrived).DistinctBy(c => c.Node).Take(MostOfOneKind).Cast<Claimed?>().DefaultIfEmpty(null))
        {
            Claimed[] parts = [.. ended.Prepend(arrived).OfType<Claimed>()];
            if (parts.Length > 0 && vehicles.Concat(joined).Sum(c => c.Least ?? 0) >= parts.Sum(c => c.Least ?? 0))
            {
                Add(vehicles[0].Node, [.. vehicles.Skip(1).Concat(joined).Select(c => c.Node)], [.. parts.Select(c => c.Node)], leavesRest: true);
            }
        }
    }

    private static Role RoleOf(Claimed claim) => (claim.Count.Quantity.Measure, Spoken(claim.Count.Statement)) switch
    {
        (Measure.Left, _) or (Measure.Aboard, Movement { Step: Step.Departed or Step.Moved or Step.Assembled }) => Role.Left,
        (Measure.Arrived, _) or (Measure.Aboard, Movement { Step: Step.Arrived }) => Role.Arrived,
        (Measure.Boarded or Measure.Born, _) => Role.Joined,
        (Measure.TurnedBack or Measure.GotOff or Measure.Transferred or Measure.Held or Measure.Killed, _) => Role.Ended,
        _ => Role.Other,
    };

    private enum Role
    {
        Other,
        Left,
        Arrived,
        Joined,
        Ended,
    }
}
