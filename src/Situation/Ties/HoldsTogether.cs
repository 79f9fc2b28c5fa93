using NodaTime;
using Safeconduct.Situation.Figures;
using Safeconduct.Situation.Networks;
using Safeconduct.Situation.Programmes;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Kinds.Assessment;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Situation.Ties;

/// <summary>
/// The network solved. Statements that can't all hold are found and set apart, each with its proof; what is left holds together, and fits every contested statement taken one at a time.
/// The ranges of quantities that no contested statement speaks of follow from what is left; a contested quantity has none, but the ranges without each of its sources.
/// </summary>
internal sealed class HoldsTogether
{
    /// <summary>Sources tried one by one at a contested figure.</summary>
    private const int MostSources = 12;

    private readonly Dictionary<FigureKey, Together> _figures = [];
    private readonly Dictionary<FigureKey, SolvedComponent> _components = [];
    private readonly List<Conflict> _conflicts = [];
    private readonly List<Fewest> _fewest = [];

    private HoldsTogether()
    {
    }

    public IReadOnlyList<Conflict> Conflicts => _conflicts;

    /// <summary>One for each component in which statements can't all hold.</summary>
    public IReadOnlyList<Fewest> Fewest => _fewest;

    public static HoldsTogether Of(IReadOnlyList<FigureDraft> drafts, Operation operation, Grades grades)
    {
        var together = new HoldsTogether();
        foreach (var component in NetworkOfQuantities.Of(drafts, operation).Components)
        {
            together.Solve(new SolvedComponent(component, operation, grades));
        }

        return together;
    }

    public Together? Find(FigureKey key) => _figures.GetValueOrDefault(key);

    /// <summary>Null where no statement on the figure gives a number.</summary>
    public Neighbourhood? Around(FigureKey key) => _components.GetValueOrDefault(key)?.Around(key);

    /// <summary>The minimal conflicts near a figure, among all statements; and whether these are all of them.</summary>
    public (IReadOnlyList<Conflict> Conflicts, bool AreAll)? ConflictsNear(FigureKey key, int most) => _components.GetValueOrDefault(key)?.ConflictsNear(key, most);

    private void Solve(SolvedComponent solved)
    {
        var named = solved.Conflicts.Select(c => (c.Claims, Conflict: solved.Written(c, $"conflict.{Name(solved, c)}"))).ToList();
        var byId = named.GroupBy(n => n.Conflict.Id, StringComparer.Ordinal).SelectMany(g => g.Select((n, i) => i == 0 ? n : (n.Claims, n.Conflict with { Id = $"{n.Conflict.Id}.{Shown.Number(i + 1)}" }))).ToList();
        _conflicts.AddRange(byId.Select(n => n.Item2));
        if (solved.FewestAside() is { } fewest)
        {
            _fewest.Add(fewest);
        }

        foreach (var key in solved.Figures)
        {
            _components[key] = solved;
            var own = solved.ClaimsOn(key);
            var touching = byId.Where(c => c.Claims.Any(own.Contains)).ToList();
            _figures[key] = new Together(
                touching.Count > 0 ? null : solved.ConsensusOf(key),
                [.. touching.Select(c => c.Item2.Id)],
                touching.Count > 0 ? solved.WithoutEach([.. touching.SelectMany(c => c.Claims).Distinct().Order()], key, MostSources) : []);
        }
    }

    private static string Name(SolvedComponent solved, Networks.Conflict conflict) => string.Join('-', conflict.Claims.Select(solved.StatementOf).Distinct().Order());
}

/// <summary>One component as numbers, its conflicts and the claims that hold together.</summary>
internal sealed class SolvedComponent
{
    /// <summary>Claims looked at times conflicts found, at most, in one component: beyond it the figures of the component have no range, and say so by having none.</summary>
    private const long MostWork = 5_000_000;

    /// <summary>Claims and rules up to which ends are made exact by a linear programme, and the fewest to set aside are looked for. Beyond it ranges are sound and may be wider than need be, and say so.</summary>
    private const int MostExact = 1_500;

    /// <summary>Conflicts looked at in the search for the fewest to set aside.</summary>
    private const int MostConflicts = 2_000;

    /// <summary>Contested claims of which it is asked whether every lightest set has them.</summary>
    private const int MostAsked = 40;

    private readonly Component _component;
    private readonly Operation _operation;
    private readonly Network _network;
    private readonly Dictionary<Node, int> _quantities = [];
    private readonly Dictionary<int, Tie> _restOf = [];
    private readonly Dictionary<int, Node> _nodeOf = [];
    private readonly Solution _solution;
    private readonly LinearSolution? _exact;
    private readonly HashSet<int> _contested = [];
    private readonly List<Networks.Conflict> _conflicts = [];
    private readonly ILookup<FigureKey, int> _claimsOn;

    public SolvedComponent(Component component, Operation operation, Grades grades)
    {
        (_component, _operation) = (component, operation);
        var builder = new NetworkBuilder();
        int Quantity(Node node)
        {
            if (!_quantities.TryGetValue(node, out var quantity))
            {
                _quantities[node] = quantity = builder.Quantity();
                _nodeOf[quantity] = node;
            }

            return quantity;
        }

        foreach (var claim in component.Claims)
        {
            Quantity(claim.Node);
            Quantity(new Node(claim.Node.Key));
        }

        foreach (var tie in component.Ties)
        {
            List<(int, int)> terms = [(Quantity(tie.Whole), 1), .. (tie.Owing ?? []).Select(n => (Quantity(n), 1)), .. tie.Parts.Select(n => (Quantity(n), -1))];
            if (tie.LeavesRest)
            {
                var rest = builder.Quantity();
                _restOf[rest] = tie;
                terms.Add((rest, -1));
            }

            builder.Equation([.. terms]);
        }

        var copies = component.Claims.CountBy(Voice).ToDictionary();
        foreach (var claim in component.Claims)
        {
            builder.Claim(_quantities[claim.Node], claim.Least, claim.Most, weight: Math.Max(1, 12 * Weight(grades.Of(claim.Count.Statement.Id)) / copies[Voice(claim)]));
        }

        _network = builder.Build();
        _claimsOn = component.Claims.Select((c, i) => (c.Node.Key, Index: i)).ToLookup(c => c.Key, c => c.Index);
        _solution = Solution.Of(_network);
        IsSettled = SetApart() && (!IsSmall || SetApartExactly());
        _exact = IsSettled && IsSmall ? LinearSolution.Of(_network, _solution.Active()) : null;
    }

    /// <summary>False where the work ran out before what holds together was found.</summary>
    public bool IsSettled { get; }

    public IReadOnlyList<Networks.Conflict> Conflicts => _conflicts;

    public IEnumerable<FigureKey> Figures => _claimsOn.Select(g => g.Key);

    public HashSet<int> ClaimsOn(FigureKey key) => [.. _claimsOn[key]];

    public StatementId StatementOf(int claim) => _component.Claims[claim].Count.Statement.Id;

    public Consensus? ConsensusOf(FigureKey key)
    {
        if (!IsSettled || !_quantities.TryGetValue(new Node(key), out var quantity))
        {
            return null;
        }

        return ConsensusOf(quantity);
    }

    public (IReadOnlyList<Conflict> Conflicts, bool AreAll) ConflictsNear(FigureKey key, int most)
    {
        var (found, all) = Networks.Conflicts.Near(_network, _quantities[new Node(key)], null, most);
        var own = ClaimsOn(key);
        return ([.. found.Where(c => c.Claims.Any(own.Contains)).Select(c => Written(c, $"conflict.{string.Join('-', c.Claims.Select(StatementOf).Distinct().Order())}")).OrderBy(c => c.Ids.Count).ThenBy(c => c.Id, StringComparer.Ordinal)], all);
    }

    /// <summary>Null where nothing contradicts, or the component is too large.</summary>
    public Fewest? FewestAside()
    {
        if (_conflicts.Count == 0 || !IsSmall)
        {
            return null;
        }

        var aside = SetAside.Of(_network, conflicts: MostConflicts);
        if (!aside.IsShown)
        {
            return null;
        }

        var asked = aside.Conflicts.SelectMany(c => c).Distinct().Order().ToList();
        var inEvery = asked.Count <= MostAsked ? asked.Where(c => aside.StandingOf(c, MostConflicts) is Aside.InEvery) : [];
        return new Fewest([.. aside.Claims.Select(StatementOf).Distinct().Order()], aside.Weight, aside.LowerBound, [.. inEvery.Select(StatementOf).Distinct().Order()]);
    }

    /// <summary>The quantities at most so many rules away, nearest first, then by their words.</summary>
    public Neighbourhood Around(FigureKey key)
    {
        var tiesOf = _component.Ties.SelectMany(t => t.Parts.Concat(t.Owing ?? []).Append(t.Whole).Select(n => (Node: n, Tie: t))).ToLookup(p => p.Node, p => p.Tie);
        var distance = new Dictionary<Node, int> { [new Node(key)] = 0 };
        var reached = new Queue<Node>(distance.Keys);
        while (reached.TryDequeue(out var node))
        {
            if (distance[node] < Neighbourhood.Furthest)
            {
                foreach (var next in tiesOf[node].SelectMany(t => t.Parts.Concat(t.Owing ?? []).Append(t.Whole)).Where(n => distance.TryAdd(n, distance[node] + 1)))
                {
                    reached.Enqueue(next);
                }
            }
        }

        var listed = distance.OrderBy(d => d.Value).ThenBy(d => NameOf(d.Key), StringComparer.Ordinal).Take(Neighbourhood.Most).Select(d => d.Key).ToList();
        var place = listed.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i);
        var claimsOf = _component.Claims.Select((c, i) => (c.Node, Index: i)).ToLookup(c => c.Node, c => c.Index);
        return new Neighbourhood(
            [.. listed.Select(n => Near(n, distance[n], [.. claimsOf[n]]))],
            [.. _component.Ties.Where(t => place.ContainsKey(t.Whole) && t.Parts.Any(place.ContainsKey)).Select(t => new NearRule(t.Kind, place[t.Whole], [.. t.Parts.Where(place.ContainsKey).Select(p => place[p])], t.LeavesRest || !t.Parts.All(place.ContainsKey)))],
            distance.Count - listed.Count);
    }

    private NearQuantity Near(Node node, int distance, IReadOnlyList<int> claims)
    {
        var isContested = claims.Any(_contested.Contains);
        return new NearQuantity(
            NameOf(node),
            distance,
            isContested || !IsSettled ? null : ConsensusOf(_quantities[node]),
            isContested,
            [.. claims.Select(StatementOf).Distinct().Order()]);
    }

    private Consensus? ConsensusOf(int quantity)
    {
        var range = _exact?.RangeOf(quantity) ?? _solution.RangeOf(quantity);
        return range.Low is { } low
            ? new Consensus(low, range.High, range.IsExact, low == 0 ? null : ProofOf(quantity, End.Low), range.High is null ? null : ProofOf(quantity, End.High))
            : null;
    }

    /// <summary>The figure's range with the contested claims around it, less those of one source; only where the others then fit.</summary>
    public IReadOnlyList<Without> WithoutEach(IReadOnlyList<int> around, FigureKey key, int mostSources)
    {
        if (!IsSettled || !_quantities.TryGetValue(new Node(key), out var quantity))
        {
            return [];
        }

        var found = new List<Without>();
        foreach (var source in around.Select(c => _component.Claims[c].Count.Statement.SaidBy).DistinctBy(s => s.Id).OrderBy(s => s.Id).Take(mostSources))
        {
            var others = around.Where(c => _component.Claims[c].Count.Statement.SaidBy.Id != source.Id).ToList();
            foreach (var claim in others)
            {
                _solution.Add(claim);
            }

            if (_solution.IsConsistent && Fitting(quantity) is { Low: { } low } range)
            {
                found.Add(new Without(source, low, range.High));
            }

            foreach (var claim in others.Where(_contested.Contains))
            {
                _solution.Withdraw(claim);
            }
        }

        return found;
    }

    public Conflict Written(Networks.Conflict conflict, string id) =>
        new(id, [.. conflict.Claims.Select(StatementOf).Distinct().Order()], Proven(conflict.Certificate));

    /// <summary>First whatever can't all hold together; then, for each contested claim, whatever can't hold beside it alone.</summary>
    private bool SetApart()
    {
        var queue = new Queue<int>();
        var budget = MostWork / Math.Max(1, _component.Claims.Count + _component.Ties.Count);
        while (!_solution.IsConsistent)
        {
            if (--budget < 0 || _solution.Conflict is not { } conflict)
            {
                return false;
            }

            Contest(conflict, queue);
        }

        while (queue.TryDequeue(out var claim))
        {
            _solution.Add(claim);
            while (!_solution.IsConsistent)
            {
                if (--budget < 0 || _solution.Conflict is not { } conflict || conflict.Claims.All(_contested.Contains))
                {
                    return false;
                }

                Contest(conflict, queue, claim);
            }

            _solution.Withdraw(claim);
        }

        return true;
    }

    /// <summary>The same where only adding up around a cycle of rules shows it: a linear programme finds the contradiction, and whatever can be spared from it is left out.</summary>
    private bool SetApartExactly()
    {
        var queue = new Queue<int>();
        while (LinearSolution.Of(_network, _solution.Active()) is { IsConsistent: not true } rest)
        {
            if (rest.Contradiction is not { } certificate)
            {
                // Neither whole numbers nor a contradiction were found within the work allowed: ranges stay sound, and are called so.
                return rest.IsConsistent is null;
            }

            Contest(Fewer(certificate), queue);
        }

        return true;
    }

    private Networks.Conflict Fewer(Certificate certificate)
    {
        var needed = certificate.Claims().ToList();
        foreach (var claim in certificate.Claims())
        {
            var without = new System.Collections.BitArray(_network.ClaimCount);
            foreach (var other in needed.Where(c => c != claim))
            {
                without[other] = true;
            }

            if (LinearSolution.Of(_network, without).Contradiction is { } smaller)
            {
                certificate = smaller;
                needed = [.. smaller.Claims()];
            }
        }

        return new Networks.Conflict(certificate.Claims(), certificate);
    }

    private QuantityRange? Fitting(int quantity)
    {
        if (!IsSmall)
        {
            return _solution.RangeOf(quantity);
        }

        var exact = LinearSolution.Of(_network, _solution.Active());
        return exact.IsConsistent is false ? null : exact.RangeOf(quantity);
    }

    private bool IsSmall => _component.Claims.Count + _component.Ties.Count <= MostExact;

    private static (Node, long?, long?, string) Voice(Claimed claim) => (claim.Node, claim.Least, claim.Most, claim.Count.Statement.SaidBy.Id.Body);

    private static long Weight(Grade grade) => grade.Reliability switch
    {
        Reliability.A => 6,
        Reliability.B => 5,
        Reliability.C or null => 4,
        Reliability.D => 3,
        Reliability.E => 2,
        Reliability.F => 1,
        _ => throw new InvalidOperationException(),
    };

    private void Contest(Networks.Conflict conflict, Queue<int> queue, int? held = null)
    {
        _conflicts.Add(conflict);
        foreach (var claim in conflict.Claims.Where(c => c != held && _contested.Add(c)))
        {
            _solution.Withdraw(claim);
            queue.Enqueue(claim);
        }
    }

    private Proof? ProofOf(int quantity, End end) => (_exact is null ? _solution.ProofOf(quantity, end) : _exact.ProofOf(quantity, end)) is { } certificate ? Proven(certificate) : null;

    /// <summary>A certificate as lines to be read. At a high end all signs are turned, so that the column adds up to the end itself.</summary>
    private Proof Proven(Certificate certificate)
    {
        var sign = certificate is { Quantity: not null, End: End.High } ? -1 : 1;
        var lines = certificate.Lines.Where(l => !l.Multiplier.IsZero).Select(l => Line(l, sign)).ToList();
        return new Proof(
            [.. lines.OrderBy(l => l.Id is null).ThenByDescending(l => l.Times).ThenBy(l => l.Id).ThenBy(l => l.Says, StringComparer.Ordinal)],
            (long)certificate.Multiplier,
            lines.Sum(l => l.Amount));
    }

    private ProofLine Line(CertificateLine line, int sign)
    {
        var times = (long)line.Multiplier;
        switch (line.Kind)
        {
            case LineKind.ClaimLow:
            case LineKind.ClaimHigh:
                var claim = _component.Claims[line.Index];
                var isLow = line.Kind is LineKind.ClaimLow;
                var bound = (isLow ? claim.Least : claim.Most)!.Value;
                return new ProofLine(
                    times,
                    claim.Count.Statement.Id,
                    $"{(isLow ? "at least" : "at most")} {Shown.Grouped(bound)} {NameOf(claim.Node)}: {claim.Count.Bound} ({claim.Count.Statement.SaidBy.Name})",
                    sign * (isLow ? times : -times) * bound,
                    null);
            case LineKind.Rule:
                var tie = _component.Ties[line.Index];
                return new ProofLine(Math.Abs(times), null, Sentence(tie), 0, tie.Kind);
            case LineKind.NotBelowZero:
                return _restOf.TryGetValue(line.Index, out var of)
                    ? new ProofLine(times, null, $"the rest of {NameOf(of.Whole)} is not below zero", 0, of.Kind)
                    : new ProofLine(times, null, $"{NameOf(_nodeOf[line.Index])} are not below zero", 0, null);
            default:
                throw new InvalidOperationException("A network of sums has no roundings.");
        }
    }

    private string Sentence(Tie tie)
    {
        var parts = string.Join(" and ", tie.Parts.Select(NameOf));
        var whole = string.Join(" and ", (tie.Owing ?? []).Prepend(tie.Whole).Select(NameOf));
        return tie.LeavesRest ? $"{parts}: {(tie.Parts.Count == 1 ? "a part" : "parts with nobody in common")} of {whole}" : $"{parts}: together {whole}";
    }

    private string NameOf(Node node) => FigureNames.What(node.Key, _operation.Gazetteer) + (node.UpTo is null ? "" : $", {node.UpTo}");
}
