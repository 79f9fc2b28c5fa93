using NodaTime;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Ties;

/// <summary>
/// The quantities that statements mention, those that connect them, and the rules among them (<c>docs/explanation/what-holds-together.md</c>). Falls apart into
/// components that nothing connects; each is solved by itself.
/// </summary>
internal sealed class NetworkOfQuantities
{
    private NetworkOfQuantities(IReadOnlyList<Component> components) => Components = components;

    public IReadOnlyList<Component> Components { get; }

    public static NetworkOfQuantities Of(IReadOnlyList<FigureDraft> drafts, Operation operation)
    {
        var claims = drafts.SelectMany(d => d.Now.Where(c => c.Bound.HasNumber).Select(c => Claimed.Of(d.Key, c, operation.TolerancePercent, operation.Zone)))
            .GroupBy(c => (c.Node, c.Count.Statement.SaidBy.Id))
            .SelectMany(OfOneMind)
            .ToList();
        var nodes = claims.SelectMany(c => new[] { c.Node, new Node(c.Node.Key) }).ToHashSet();
        Connecting.AddWiderCategories(nodes);
        var ties = RunningTotals.Among(nodes)
            .Concat(Parts.Among(nodes, claims, operation.Gazetteer))
            .ToList();
        return new NetworkOfQuantities(Split(claims, ties));
    }

    /// <summary>A source that gives two numbers for one quantity, of which neither is known to be the later, binds nobody to either: it is a matter between its two statements.</summary>
    private static IEnumerable<Claimed> OfOneMind(IEnumerable<Claimed> ofOneSource)
    {
        var claims = ofOneSource.ToList();
        return claims.Max(c => c.Least) > claims.Min(c => c.Most) ? [] : claims;
    }

    /// <summary>Union-find over the ties; components in the order of their first claim's statement.</summary>
    private static IReadOnlyList<Component> Split(IReadOnlyList<Claimed> claims, IReadOnlyList<Tie> ties)
    {
        var parent = new Dictionary<Node, Node>();
        Node Root(Node node)
        {
            var root = node;
            while (parent.GetValueOrDefault(root, root) is var next && next != root)
            {
                root = next;
            }

            while (node != root)
            {
                (node, parent[node]) = (parent[node], root);
            }

            return root;
        }

        foreach (var tie in ties)
        {
            foreach (var node in tie.Parts.Concat(tie.Owing ?? []))
            {
                var (a, b) = (Root(node), Root(tie.Whole));
                if (a != b)
                {
                    parent[a] = b;
                }
            }
        }

        var tiesOf = ties.ToLookup(t => Root(t.Whole));
        return
        [
            .. claims.GroupBy(c => Root(c.Node))
                .Select(g => new Component(
                    [.. g.OrderBy(c => c.Count.Statement.Id).ThenBy(c => FigureNames.Id(c.Node.Key), StringComparer.Ordinal).ThenBy(c => c.Least).ThenBy(c => c.Most)],
                    [.. tiesOf[g.Key].OrderBy(Text, StringComparer.Ordinal)]))
                .OrderBy(c => c.Claims[0].Count.Statement.Id),
        ];
    }

    private static string Text(Tie tie) => $"{FigureNames.Id(tie.Whole.Key)} {tie.Whole.UpTo} {tie.Kind} {string.Join(' ', tie.Parts.Select(p => $"{FigureNames.Id(p.Key)} {p.UpTo}"))}";
}

/// <summary>Claims and rules that hang together, in an order that does not depend on arrival.</summary>
internal sealed record Component(IReadOnlyList<Claimed> Claims, IReadOnlyList<Tie> Ties);
