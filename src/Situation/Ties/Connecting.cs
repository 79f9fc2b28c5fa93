using Safeconduct.Situation.Figures;

namespace Safeconduct.Situation.Ties;

/// <summary>Quantities that nobody mentions and that connect mentioned ones: the wider category on the days of a narrower one, where the wider is counted over days that overlap them.</summary>
internal static class Connecting
{
    /// <summary>More would only make the network larger: the rules stay true without them.</summary>
    private const int MostOfOneLine = 2_000;

    public static void AddWiderCategories(HashSet<Node> nodes)
    {
        foreach (var line in nodes.Where(n => IsOverDays(n) && n is { UpTo: null, Key.Series.Group: null }).GroupBy(n => n.Key.Series with { Category = Statements.Quantities.Category.Whole }).ToList())
        {
            var byCategory = line.GroupBy(n => n.Key.Series.Category).ToList();
            if ((long)byCategory.Count * line.Count() > MostOfOneLine)
            {
                continue;
            }

            foreach (var wide in byCategory)
            {
                foreach (var narrow in byCategory.Where(n => n.Key != wide.Key && wide.Key.Contains(n.Key)))
                {
                    nodes.UnionWith(narrow
                        .Where(n => wide.Any(w => w.Key.Start <= n.Key.End && n.Key.Start <= w.Key.End && (w.Key.Start, w.Key.End) != (n.Key.Start, n.Key.End)))
                        .Where(n => !wide.Any(w => (w.Key.Start, w.Key.End) == (n.Key.Start, n.Key.End)))
                        .Select(n => new Node(n.Key with { Series = n.Key.Series with { Category = wide.Key } })));
                }
            }
        }
    }

    public static bool IsOverDays(Node node) => node.Key.Form is CutForm.Total or CutForm.During;
}
