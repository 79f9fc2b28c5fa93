using System.Collections;
using Safeconduct.Situation.Networks;

namespace Safeconduct.Situation.Programmes;

/// <summary>Where a claim stands among the smallest sets that could be set aside.</summary>
public enum Aside
{
    /// <summary>Every smallest set has it.</summary>
    InEvery,

    /// <summary>Some smallest set has it, and some has not.</summary>
    InSome,

    /// <summary>No smallest set has it.</summary>
    InNone,

    /// <summary>The stated work was used up before this was known.</summary>
    NotKnown,
}

/// <summary>
/// The claims of least total weight without which the others can all hold: an explanation that is offered, never applied, and not the truth because it is least.
/// By implicit hitting sets (Moreno-Centeno and Karp 2013; MaxHS, Davies and Bacchus 2011): of every conflict known at least one claim must go, so the lightest claims that hit all known conflicts
/// weigh no more than the answer; if the others then hold together they are the answer, else there are further conflicts. Rules are never set aside.
/// </summary>
public sealed class SetAside
{
    /// <summary>Conflicts of more claims are used as they were met: narrowing them costs more than it brings.</summary>
    private const int Few = 8;

    private readonly Network _network;
    private readonly BitArray _active;
    private readonly List<IReadOnlyList<int>> _conflicts = [];
    private readonly HashSet<string> _known = [];
    private readonly Propagation _base;
    private readonly ConflictFinder _finder;
    private readonly int _mark;
    private readonly Dictionary<int, int> _often = [];
    private readonly Dictionary<int, WarmProgramme> _programmes = [];
    private int _left;

    /// <summary>Whatever is set aside weighs at least this much; the greatest number there is where the rules alone contradict one another.</summary>
    public long LowerBound { get; private set; }

    /// <summary>What <see cref="Claims"/> weigh together.</summary>
    public long Weight { get; private set; } = long.MaxValue;

    /// <summary>Without these claims the others can all hold, shown by whole numbers; where <see cref="IsShown"/> is false, no contradiction is known among the others.</summary>
    public IReadOnlyList<int> Claims { get; private set; } = [];

    /// <summary>Whether whole numbers are known that fulfil every rule and every claim but <see cref="Claims"/>.</summary>
    public bool IsShown { get; private set; }

    /// <summary>Whether it is proved that nothing lighter would do. Otherwise the gap is <see cref="Weight"/> less <see cref="LowerBound"/>.</summary>
    public bool IsLeast => IsShown && Weight == LowerBound;

    /// <summary>Every conflict met on the way: each a set of claims that cannot all hold.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Conflicts => _conflicts;

    private SetAside(Network network, BitArray? active, int conflicts)
    {
        _network = network;
        _active = active is null ? new BitArray(network.ClaimCount, true) : new BitArray(active) { Length = network.ClaimCount };
        _base = new Propagation(network, new BitArray(0), history: true);
        _base.RunAll();
        (_mark, _finder, _left) = (_base.Mark, new ConflictFinder(network), conflicts);
    }

    /// <summary>The smallest set to set aside among the claims that are taken up; null: among all.</summary>
    /// <param name="conflicts">How many conflicts are looked at, at most, before the best known answer is given with its gap.</param>
    public static SetAside Of(Network network, BitArray? active = null, int conflicts = 200_000)
    {
        var found = new SetAside(network, active, conflicts);
        var (lower, weight, claims, shown) = found.Search([], [], long.MaxValue);
        (found.LowerBound, found.Weight, found.Claims, found.IsShown) = (lower, weight, claims, shown);
        return found;
    }

    /// <summary>Where a claim stands among the smallest sets.</summary>
    /// <param name="conflicts">How many further conflicts are looked at, at most.</param>
    public Aside StandingOf(int claim, int conflicts = 10_000)
    {
        if (!IsLeast)
        {
            return Aside.NotKnown;
        }

        _left = conflicts;
        var chosen = Claims.Contains(claim);
        if (!chosen && !_conflicts.Any(c => c.Contains(claim)))
        {
            // Least sets are minimal, and a minimal set hits with each of its claims some conflict; this claim may still stand in one not met yet.
            return Without(claim, mustGo: true);
        }

        return Without(claim, mustGo: !chosen);
    }

    private Aside Without(int claim, bool mustGo)
    {
        var (lower, weight, _, shown) = mustGo ? Search([], [claim], Weight + 1) : Search([claim], [], Weight + 1);
        return lower > Weight ? (mustGo ? Aside.InNone : Aside.InEvery)
            : shown && weight == Weight ? Aside.InSome
            : Aside.NotKnown;
    }

    /// <summary>The search, with some claims that must stay and some that must go; it ends early once nothing lighter than the limit is possible.</summary>
    private (long Lower, long Weight, IReadOnlyList<int> Claims, bool IsShown) Search(HashSet<int> stay, HashSet<int> go, long limit)
    {
        (long Lower, long Weight, IReadOnlyList<int> Claims, bool IsShown) best = (0, long.MaxValue, [], false);
        while (true)
        {
            var open = _conflicts.Where(c => !c.Any(go.Contains)).Select(c => c.Where(i => !stay.Contains(i)).ToList());
            var hitting = new HittingSet(open, i => _network.ClaimWeight[i]);
            var must = go.Sum(i => _network.ClaimWeight[i]);
            var lower = hitting.Weight is null ? long.MaxValue : hitting.LowerBound + must;
            best.Lower = Math.Max(best.Lower, lower);
            if (best.Lower >= limit || (best.IsShown && best.Weight <= best.Lower))
            {
                return best;
            }

            var aside = hitting.Chosen.Concat(go).ToHashSet();
            var (added, skipped) = Gather(aside);
            foreach (var claim in skipped)
            {
                aside.Add(claim);
            }

            var weight = aside.Sum(i => _network.ClaimWeight[i]);
            if (weight < best.Weight && !aside.Any(stay.Contains))
            {
                // Only a set that might end the search is worth the work of showing that the rest holds.
                var isLast = added == 0 || _left <= 0;
                if (isLast || weight == best.Lower)
                {
                    var (holds, further) = Holds(aside);
                    added += further;
                    best = holds is false ? best : (best.Lower, weight, [.. aside.Order()], holds is true);
                }
            }

            if (added == 0 || _left <= 0)
            {
                return best;
            }
        }
    }

    /// <summary>
    /// Takes up all claims but some, one after another, those that stand in many conflicts last. Whatever contradicts what was taken up before is a conflict,
    /// and is passed over. What is left holds together as far as propagation sees.
    /// </summary>
    private (int Added, List<int> Skipped) Gather(HashSet<int> aside)
    {
        var (added, skipped) = (0, new List<int>());
        _base.Rewind(_mark);
        foreach (var claim in Enumerable.Range(0, _network.ClaimCount).Where(c => _active[c] && !aside.Contains(c)).OrderBy(c => _often.GetValueOrDefault(c)).ThenBy(c => c).ToList())
        {
            var mark = _base.Mark;
            if (!_base.Try([claim]))
            {
                added += Note(Unfolding.OfCrossing(_network, _base)) ? 1 : 0;
                _base.Rewind(mark);
                skipped.Add(claim);
                _left--;
            }
        }

        _base.Rewind(_mark);
        return (added, skipped);
    }

    private bool Note(Certificate proof)
    {
        var claims = (proof.Claims() is { Count: <= Few } few ? _finder.Minimal(proof)?.Claims ?? few : proof.Claims()).Order().ToList();
        if (!_known.Add(string.Join(',', claims)))
        {
            return false;
        }

        _conflicts.Add(claims);
        foreach (var claim in claims)
        {
            _often[claim] = _often.GetValueOrDefault(claim) + 1;
        }

        return true;
    }

    /// <summary>
    /// Whether the claims but some hold together; where not, several conflicts that share no claim, each found after the claims of the one before were left out.
    /// </summary>
    private (bool? Holds, int Added) Holds(HashSet<int> aside)
    {
        var rest = Solution.Of(_network, _active).Without(aside);
        var added = 0;
        bool? holds = true;
        for (var component = 0; component < _network.Components.Count; component++)
        {
            var first = _network.Components.QuantitiesOf(component)[0];
            while (rest.UncheckedRangeOf(first).Status == RangeStatus.Outer)
            {
                var (here, contradiction) = Programme(component, rest).Ask(rest);
                if (here is not true && holds is true)
                {
                    holds = here;
                }

                if (contradiction is null)
                {
                    break;
                }

                holds = false;
                added += Note(contradiction) ? 1 : 0;
                _left--;
                if (contradiction.Claims().Count == 0)
                {
                    // The rules contradict one another: nothing that could be set aside helps.
                    break;
                }

                foreach (var claim in contradiction.Claims())
                {
                    rest.Withdraw(claim);
                }
            }
        }

        return (holds, added);
    }

    private WarmProgramme Programme(int component, Solution rest)
    {
        if (!_programmes.TryGetValue(component, out var programme))
        {
            _programmes[component] = programme = new WarmProgramme(_network, rest, component);
        }

        return programme;
    }
}
