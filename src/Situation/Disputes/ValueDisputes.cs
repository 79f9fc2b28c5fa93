using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Disputes;

/// <summary>
/// Numbers whose words can't all hold, within the operation's tolerance for "about": of one figure; of a running total that would have fallen; of a part above its whole
/// on the same days. What words of time or batch, hours or a source's own later words explain is no dispute.
/// </summary>
internal sealed class ValueDisputes(Operation operation)
{
    public IReadOnlyList<(FigureKey Key, Dispute Dispute)> Of(IReadOnlyList<FigureDraft> drafts) =>
    [
        .. drafts.SelectMany(d => Positions.Of(d.Now, d.Now, operation.TolerancePercent, Excuses(d)).Select(p => (d.Key, Written(d.Key, "", p)))),
        .. drafts.Where(d => d.Key.Form is CutForm.Total).GroupBy(d => (d.Key.Series, d.Key.Start)).SelectMany(Fallen),
        .. drafts.GroupBy(d => d.Key with { Series = d.Key.Series with { Category = Category.Whole, Group = null } }).SelectMany(g => PartsAboveWholes([.. g])),
    ];

    /// <summary>
    /// A running total can't fall: an earlier one above a later one. A part named inside a total ("337 wounded among them") and a count kept by itself (patients
    /// received) may count different things under one word, so they are not held against each other across days.
    /// </summary>
    private IEnumerable<(FigureKey, Dispute)> Fallen(IEnumerable<FigureDraft> series)
    {
        var before = new List<CountSaid>();
        foreach (var cut in series.OrderBy(d => d.Key.End))
        {
            var numbered = cut.Now.Where(c => Positions.Most(c, operation.TolerancePercent) is not null).ToList();
            if (numbered.Count > 0 && before.Count > 0)
            {
                var lowest = numbered.Min(c => Positions.Most(c, operation.TolerancePercent));
                // Of each source the one total that is furthest above says it; its others add nothing.
                var above = before.Where(c => Positions.Least(c, operation.TolerancePercent) > lowest)
                    .GroupBy(c => (c.Statement.SaidBy.Id, c.IsPart))
                    .Select(g => g.MaxBy(c => Positions.Least(c, operation.TolerancePercent))!)
                    .ToList();
                foreach (var positions in Positions.Of(numbered, above, operation.TolerancePercent, (l, h) => IsSameSource(l, h) || l.IsPart != h.IsPart))
                {
                    yield return (cut.Key, Written(cut.Key, " before", positions));
                }
            }

            before.AddRange(cut.Now);
        }
    }

    /// <summary>
    /// A narrower category on the same days is at most the wider one; a vague word ("many") says there is at least one. What one source observed of one side is no part of
    /// what another observed of all: each sees what it watches.
    /// </summary>
    private IEnumerable<(FigureKey, Dispute)> PartsAboveWholes(IReadOnlyList<FigureDraft> categories)
    {
        foreach (var whole in categories)
        {
            var parts = categories.Where(p => p != whole && whole.Key.Series.Group is null && IsPart(p.Key.Series, whole.Key.Series)).SelectMany(p => p.Now).ToList();
            foreach (var positions in Positions.Of(whole.Now, parts, operation.TolerancePercent, whole.Key.Series.Measure is Measure.Observed ? (_, _) => true : IsSameSource))
            {
                yield return (whole.Key, Written(whole.Key, " part", positions));
            }

            var none = whole.Now.Where(c => c.HasNumber && c.Bound.Most == 0).ToList();
            var some = parts.Concat(whole.Now).Where(c => c.Bound.VagueWord is not null).ToList();
            if (none.Count > 0 && some.Count > 0)
            {
                yield return (whole.Key, NoneAgainstSome(whole.Key, none, some));
            }
        }
    }

    private static bool IsPart(Series part, Series whole) =>
        whole.Category.Contains(part.Category) && (part.Category != whole.Category || part.Group is not null);

    private static bool IsSameSource(CountSaid one, CountSaid other) => Voices.AreOne(one.Statement, other.Statement);

    /// <summary>
    /// What explains a difference: the source's own revision, or words of time and batch. An early hour of the last day does not explain a higher number that its own words make up of
    /// the days before ("adding 15,000 on the 19th"), nor the same number of that body in another text.
    /// </summary>
    private Func<CountSaid, CountSaid, bool> Excuses(FigureDraft draft)
    {
        var ofEarlierDays = draft.Key.Form is CutForm.Total
            ? draft.Now.Where(c => c.HasNumber && TermWords.DayAdded(TermWords.Of(c.Statement)) is { } day && day < draft.Key.End.Day && draft.Key.End.Day - day < 7)
                .Select(c => (c.Statement.SaidBy.Id.Body, Plain.Low(c))).ToHashSet()
            : [];
        var countingIn = draft.Now.Where(CountsOthersIn).ToHashSet();
        return (lower, higher) => IsSameSource(lower, higher)
            || (countingIn.Contains(higher) && !countingIn.Contains(lower))
            || (AreSetApart(lower, higher) && !(ofEarlierDays.Count > 0 && lower.PartOfTheTime is not null && lower.UpToWhichBatch is null && lower.Quantity.Cut.Time.End.DayIn(operation.Zone) == draft.Key.End
                && ofEarlierDays.Contains((higher.Statement.SaidBy.Id.Body, Plain.Low(higher)))));
    }

    /// <summary>Bodies, crew or guards are counted in, so the number may be the higher one.</summary>
    internal static bool CountsOthersIn(CountSaid claim) => claim is { HasNumber: true, IsPart: false, Quantity.Unit: Unit.People } && TermWords.CountsOthersIn(TermWords.Of(claim.Statement));

    /// <summary>
    /// Different numbers of batches set two totals apart, whichever is higher only if the fewer batches have the fewer people; words of time on one of them make it
    /// a total of part of the time, which may be lower than the other and not higher. An hour stated on both does the same.
    /// </summary>
    internal static bool AreSetApart(CountSaid lower, CountSaid higher)
    {
        if (lower.UpToWhichBatch is { } one && higher.UpToWhichBatch is { } other && one != other)
        {
            return true;
        }

        var (timeOfLower, timeOfHigher) = (lower.PartOfTheTime, higher.PartOfTheTime);
        if (timeOfLower is not null || timeOfHigher is not null)
        {
            return !TermWords.AreOnePhrase(timeOfLower, timeOfHigher) && (timeOfLower is not null || !IsRunning(lower));
        }

        var (earlier, later) = (lower.Quantity.Cut.Time, higher.Quantity.Cut.Time);
        return IsRunning(lower) && earlier.End.At is { } early && later.End.At is { } late && early.ToInstant() < late.ToInstant();
    }

    private static bool IsRunning(CountSaid claim) => claim.Quantity.Cut.Kind is CutKind.SinceStart;

    private static Dispute Written(FigureKey key, string sort, Positions positions)
    {
        var (below, above) = (positions.NearestBelow, positions.NearestAbove);
        var figure = FigureNames.Id(key);
        var apart = positions.IsExact ? Shown.Grouped(positions.Amount) : $"about {Shown.Grouped(Rounded(positions.Amount))}";
        var why = sort switch
        {
            " before" => $"Differ by {apart}, though the lower total is up to a later day: {Said(below)} and, up to an earlier day, {Said(above)}.",
            " part" => $"Differ by {apart}, though the second is of people or vehicles among the first: {Said(below)} and {Said(above, withCategory: true)}.",
            _ => $"Differ by {apart}: {Said(below)} and {Said(above)}.",
        };
        return new Dispute(
            $"value{sort.Replace(' ', '-')}.{figure[..^".said".Length]}.{Number(below)}-{Number(above)}",
            Kind(positions.Lower.Concat(positions.Higher)),
            [Ids(positions.Lower), Ids(positions.Higher)],
            why,
            figure,
            positions.Amount);
    }

    private static Dispute NoneAgainstSome(FigureKey key, IReadOnlyList<CountSaid> none, IReadOnlyList<CountSaid> some)
    {
        var figure = FigureNames.Id(key);
        return new Dispute(
            $"value-none.{figure[..^".said".Length]}",
            Kind(none.Concat(some)),
            [Ids(none), Ids(some)],
            $"Differ: {Said(none[0], withCategory: true)} and {Said(some[0], withCategory: true)}.",
            figure,
            null);
    }

    /// <summary>One body on both sides is a dispute of that body with itself.</summary>
    private static DisputeKind Kind(IEnumerable<CountSaid> claims) =>
        Voices.AreOneBody(claims.Select(c => c.Statement)) ? DisputeKind.Self : DisputeKind.Value;

    private static string Said(CountSaid claim, bool withCategory = false) =>
        $"{claim.Bound}{(withCategory ? " " + claim.Quantity.Category : "")} ({claim.Statement.SaidBy.Name})";

    private static string Number(CountSaid claim) => Shown.Number(claim.Bound.Low ?? claim.Bound.High ?? 0);

    private static IReadOnlyList<StatementId> Ids(IEnumerable<CountSaid> claims) => [.. claims.Select(c => c.Statement.Id).Distinct().Order()];

    /// <summary>To two digits, halves up: a difference of rounded numbers is itself no exact number.</summary>
    private static long Rounded(long amount)
    {
        var step = 1L;
        while (amount / step >= 100)
        {
            step *= 10;
        }

        return (amount + (step / 2)) / step * step;
    }
}
