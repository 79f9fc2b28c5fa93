using NodaTime;
using Safeconduct.Situation.Disputes;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Situation.Tensions;

/// <summary>Different numbers of one figure, or of one series at different times, that words of time, rounding, narrower words or a source's own revision reconcile. At most a few lines a figure, whatever the number of statements.</summary>
internal sealed class FigureTensions(Operation operation, Bodies bodies)
{
    /// <summary>So many different bounds of one figure are tried for rounding.</summary>
    private const int MostBounds = 200;

    public IEnumerable<Tension> Of(IReadOnlyList<FigureDraft> drafts) => drafts.SelectMany(Within)
        .Concat(drafts.Where(d => d.Key.Form is CutForm.Total).GroupBy(d => (d.Key.Series, d.Key.Start)).SelectMany(g => Growing([.. g.OrderBy(d => d.Key.End)])))
        .Concat(drafts.Where(d => d.Key.Form is CutForm.Total).GroupBy(d => d.Key.Series).SelectMany(OtherStarts))
        .Concat(DaysBesideTotals(drafts));

    private IEnumerable<Tension> Within(FigureDraft draft)
    {
        var all = draft.Now.Concat(draft.Earlier).Where(c => c.HasNumber).OrderBy(Plain.Low).ThenBy(Plain.High).ThenBy(c => c.Statement.Id).ToList();
        return all.Count < 2 || !Plain.IsBelow(all.MinBy(Plain.High)!, all[^1])
            ? []
            : SetApartByTime(draft.Key, all).Concat(Rounded(draft.Key, all)).Concat(NarrowerWords(draft.Key, all)).Concat(CountedIn(draft.Key, all)).Concat(OwnRevisions(draft.Key, all));
    }

    /// <summary>Words of time ("by early afternoon"), numbers of batches or stated hours say that one count stops short of the other.</summary>
    private static IEnumerable<Tension> SetApartByTime(FigureKey key, List<CountSaid> all)
    {
        var manners = all.GroupBy(Manner).ToList();
        foreach (var manner in manners.Count < 2 ? [] : manners.Where(m => m.Key != default).Take(Positions.Cap))
        {
            var (claims, top, bottom) = (manner.ToList(), manner.Max(Plain.High), manner.Min(Plain.Low));
            var above = all.Where(c => Plain.Low(c) > top && Manner(c) != manner.Key && ValueDisputes.AreSetApart(claims[0], c));
            var below = all.Where(c => Plain.High(c) < bottom && Manner(c) == default && ValueDisputes.AreSetApart(c, claims[0]));
            foreach (var tension in Between.Counts(Explanation.Timing, Name(key), claims, above, "the words set them at different hours or batches", key)
                .Concat(Between.Counts(Explanation.Timing, Name(key), below, claims, "the words set them at different hours or batches", key)))
            {
                yield return tension;
            }
        }
    }

    /// <summary>Numbers that differ as printed and meet within "about", "nearly" or "more than".</summary>
    private IEnumerable<Tension> Rounded(FigureKey key, List<CountSaid> all)
    {
        var bounds = all.GroupBy(c => c.Bound).Select(g => g.ToList()).Take(MostBounds).ToList();
        var lines = 0;
        var reached = -1;
        var hasFloor = false;
        for (var i = 0; i < bounds.Count && lines < Positions.Cap; i++)
        {
            var isFloor = bounds[i][0].Bound.IsFloor;
            var meet = Enumerable.Range(i + 1, bounds.Count - i - 1)
                .Where(j => Plain.IsBelow(bounds[i][0], bounds[j][0]) && Plain.MayBeOne(bounds[i][0], bounds[j][0], operation.TolerancePercent))
                .ToList();
            // A line that reaches no further than the one before says nothing new; of floors the lowest says it for all.
            if (meet.Count == 0 || (isFloor ? hasFloor : meet[^1] == reached))
            {
                continue;
            }

            (hasFloor, reached, lines) = (hasFloor || isFloor, isFloor ? reached : meet[^1], lines + 1);
            foreach (var tension in Between.Counts(Explanation.Rounding, Name(key), bounds[i], meet.SelectMany(j => bounds[j]), "they meet once the words are read as said", key))
            {
                yield return tension;
            }
        }
    }

    /// <summary>"Civilians" said where others count everybody.</summary>
    private static IEnumerable<Tension> NarrowerWords(FigureKey key, List<CountSaid> all)
    {
        var narrower = all.Where(c => c.Quantity.Category != key.Series.Category && !c.IsPart).ToList();
        if (narrower.Count == 0)
        {
            return [];
        }

        var (bottom, top) = (narrower.Min(Plain.Low), narrower.Max(Plain.High));
        var others = all.Where(c => c.Quantity.Category == key.Series.Category && (Plain.High(c) < bottom || Plain.Low(c) > top));
        return Between.Counts(Explanation.Scope, Name(key), narrower, others, $"'{narrower[0].Quantity.Category}' is said where others count {key.Series.Category}", key);
    }

    /// <summary>"Bodies counted in": one count takes in whom the other leaves out.</summary>
    private static IEnumerable<Tension> CountedIn(FigureKey key, List<CountSaid> all)
    {
        var wider = all.Where(ValueDisputes.CountsOthersIn).ToList();
        return wider.Count == 0 ? [] : Between.Counts(Explanation.Inclusion, Name(key), all.Where(c => !wider.Contains(c) && wider.TrueForAll(w => Plain.IsBelow(c, w))), wider, "the second says that it counts others in", key);
    }

    /// <summary>One source, one figure, two numbers in the same words of time: the later stands for it.</summary>
    private static IEnumerable<Tension> OwnRevisions(FigureKey key, List<CountSaid> all)
    {
        foreach (var own in all.Where(c => !Voices.IsUnnamed(c.Statement)).GroupBy(c => (c.Statement.SaidBy.Id, c.PartOfTheTime, c.UpToWhichBatch)).Where(g => g.Skip(1).Any()))
        {
            var latest = own.OrderBy(c => c.Statement.SaidAt).ThenBy(c => c.Statement.Id).Last();
            var marked = latest.Statement.Linked(Relation.Supersedes).ToHashSet();
            var before = own.Where(c => Plain.Differ(c, latest) && !marked.Contains(c.Statement.Id));
            foreach (var tension in Between.Counts(Explanation.Revision, Name(key), before, [latest], "one source on one figure, the second said later or in another text", key))
            {
                yield return tension;
            }
        }
    }

    /// <summary>A running total that is higher at a later day: of one body from cut to cut, and of all from one day to the next.</summary>
    private IEnumerable<Tension> Growing(IReadOnlyList<FigureDraft> cuts)
    {
        var latest = new Dictionary<string, List<CountSaid>>(StringComparer.Ordinal);
        List<CountSaid> before = [];
        foreach (var cut in cuts)
        {
            var now = cut.Now.Where(c => c.HasNumber).ToList();
            var said = new HashSet<string>(StringComparer.Ordinal);
            var saidOf = new HashSet<StatementId>();
            foreach (var body in now.SelectMany(c => bodies.Of(c.Statement.SaidBy.Id).Select(b => (Body: b, Count: c))).GroupBy(c => c.Body, c => c.Count, StringComparer.Ordinal))
            {
                var own = body.OrderBy(c => c.Statement.Id).ToList();
                if (latest.TryGetValue(body.Key, out var last) && said.Add($"{last[0].Statement.Id} {own[0].Statement.Id}"))
                {
                    foreach (var tension in Later(cut.Key, last, own, "one body's running total up to different days"))
                    {
                        saidOf.UnionWith(tension.Sides.SelectMany(s => s));
                        yield return tension;
                    }
                }

                latest[body.Key] = own;
            }

            foreach (var tension in Later(cut.Key, before, now, "running totals up to different days").Where(t => !t.Sides.SelectMany(s => s).All(id => saidOf.Contains(id)) || t.Sides[0].Count + t.Sides[1].Count > 2))
            {
                yield return tension;
            }

            before = now.Count > 0 ? now : before;
        }
    }

    private static IEnumerable<Tension> Later(FigureKey key, List<CountSaid> earlier, List<CountSaid> later, string because)
    {
        if (earlier.Count == 0 || later.Count == 0)
        {
            return [];
        }

        var least = Math.Min(earlier.Max(Plain.High), later.Max(Plain.Low) - 1);
        return Between.Counts(Explanation.Timing, Name(key) + ".growing", earlier.Where(c => Plain.High(c) <= least), later.Where(c => Plain.Low(c) > least), because, key);
    }

    /// <summary>Totals of one thing that begin on different days are not one total.</summary>
    private static IEnumerable<Tension> OtherStarts(IEnumerable<FigureDraft> series)
    {
        var starts = series.GroupBy(d => d.Key.Start).OrderBy(g => g.Key).Select(g => g.MaxBy(d => d.Key.End)!).ToList();
        for (var i = 1; i < starts.Count; i++)
        {
            var (one, other) = (Numbered(starts[i - 1]), Numbered(starts[i]));
            if (one.Count > 0 && other.Count > 0)
            {
                var apart = other.Where(c => one.TrueForAll(o => Plain.Differ(o, c)));
                foreach (var tension in Between.Counts(Explanation.Scope, Name(starts[i].Key) + ".start", Few(one), Few([.. apart]), "they count from different days", starts[i].Key))
                {
                    yield return tension;
                }
            }
        }
    }

    /// <summary>A count of one day, or of some days, beside a running total that covers them.</summary>
    private static IEnumerable<Tension> DaysBesideTotals(IReadOnlyList<FigureDraft> drafts)
    {
        var totals = drafts.Where(d => d.Key.Form is CutForm.Total).GroupBy(d => d.Key.Series).ToDictionary(g => g.Key, g => g.OrderBy(d => d.Key.End).ThenBy(d => d.Key.Start).ToList());
        foreach (var days in drafts.Where(d => d.Key.Form is CutForm.During && d.Key.Series.Batch is null))
        {
            var around = totals.GetValueOrDefault(days.Key.Series)?.Find(t => t.Key.Start <= days.Key.Start && t.Key.End >= days.Key.End && Numbered(t).Count > 0);
            var counted = Numbered(days);
            if (around is null || counted.Count == 0)
            {
                continue;
            }

            var wholes = around.Now.Where(c => c.HasNumber).Select(c => c.Statement.Id).ToHashSet();
            var (top, leavesOutDays) = (counted.Max(Plain.High), days.Key.Start < days.Key.End && days.Key.End == around.Key.End);
            foreach (var tension in Between.Counts(
                leavesOutDays ? Explanation.Scope : Explanation.Timing,
                Name(days.Key) + ".beside",
                counted.Where(c => !c.Statement.Linked(Relation.PartOf).Any(wholes.Contains)),
                Numbered(around).Where(c => Plain.Low(c) > top),
                leavesOutDays ? "the first leaves out the earlier days" : "the first is of some days, the second a running total",
                days.Key))
            {
                yield return tension;
            }
        }
    }

    private static List<CountSaid> Numbered(FigureDraft draft) => [.. draft.Now.Where(c => c.HasNumber).OrderBy(Plain.Low).ThenBy(c => c.Statement.Id)];

    private static IEnumerable<CountSaid> Few(List<CountSaid> claims) => claims.Take(Positions.Cap);

    private static (string? Part, string? Batch, OffsetDateTime? Hour) Manner(CountSaid claim) => (claim.PartOfTheTime, claim.UpToWhichBatch, claim.Quantity.Cut.Time.End.At);

    private static string Name(FigureKey key) => FigureNames.Id(key)[..^".said".Length];
}
