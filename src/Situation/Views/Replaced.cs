using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Withdrawal;

namespace Safeconduct.Situation.Views;

/// <summary>
/// Which statements no longer bind: withdrawn, corrected, or replaced by their own source's later words. They stay visible. Taken over all that is known, before
/// any lens: what was taken back stays taken back under every lens. A mark of replacement between two different bodies silences nothing: it is a later figure by somebody else. Nor does a count up to a later day, which goes on from the earlier one.
/// </summary>
internal sealed class Replaced
{
    private readonly HashSet<StatementId> _ids = [];

    private readonly DateTimeZone _zone;

    public Replaced(IReadOnlyDictionary<StatementId, Statement> known, DateTimeZone zone)
    {
        _zone = zone;
        var acts = known.Values.SelectMany(s => ActsOf(s, known)).Where(a => known.ContainsKey(a.On)).ToList();
        var lapsed = Lapsed(acts.Where(a => a.TakesBack).ToList());
        _ids.UnionWith(acts.Where(a => !lapsed.Contains(a.By)).Select(a => a.On));
    }

    public bool Contains(StatementId id) => _ids.Contains(id);

    private IEnumerable<Act> ActsOf(Statement statement, IReadOnlyDictionary<StatementId, Statement> known)
    {
        if (statement.Said is Withdrawal withdrawal)
        {
            yield return new Act(statement.Id, withdrawal.Of, TakesBack: true);
        }
        else if (statement.Said is Correction correction)
        {
            yield return new Act(statement.Id, correction.Of, TakesBack: false);
        }

        foreach (var link in statement.Links)
        {
            if (link.Relation is Relation.Supersedes or Relation.Corrects or Relation.Withdraws
                && known.TryGetValue(link.To, out var old) && old.SaidBy.Id.Body == statement.SaidBy.Id.Body
                && !(link.Relation is Relation.Supersedes && IsLaterCount(statement, old)))
            {
                yield return new Act(statement.Id, link.To, link.Relation is Relation.Withdraws);
            }
        }
    }

    /// <summary>A count up to another day goes on from the old one; it does not take it back. What was said of the earlier day still stands for that day.</summary>
    private bool IsLaterCount(Statement statement, Statement old) =>
        statement.About.End.DayIn(_zone) != old.About.End.DayIn(_zone) && IsCount(statement) && IsCount(old);

    private static bool IsCount(Statement statement) => statement.Claims().Any(c => c is Claim.Count);

    /// <summary>Acts that were themselves withdrawn have no effect. A ring of withdrawals takes back nothing but itself: all of it stands.</summary>
    private static HashSet<StatementId> Lapsed(IReadOnlyList<Act> withdrawals)
    {
        var waiting = withdrawals.GroupBy(w => w.On).ToDictionary(g => g.Key, g => g.Count());
        var by = withdrawals.GroupBy(w => w.By).ToDictionary(g => g.Key, g => g.Select(w => w.On).ToList());
        var lapsed = new HashSet<StatementId>();
        var settled = new Queue<StatementId>(by.Keys.Where(k => !waiting.ContainsKey(k)));
        while (settled.TryDequeue(out var act))
        {
            foreach (var on in by.GetValueOrDefault(act) ?? [])
            {
                if (!lapsed.Contains(act))
                {
                    lapsed.Add(on);
                }

                if (--waiting[on] == 0)
                {
                    settled.Enqueue(on);
                }
            }
        }

        return lapsed;
    }

    private readonly record struct Act(StatementId By, StatementId On, bool TakesBack);
}
