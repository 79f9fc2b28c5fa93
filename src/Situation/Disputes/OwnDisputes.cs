using NodaTime;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Situation.Disputes;

/// <summary>A source against itself, a copy against its original, and parts against the whole they are said to be of: what no rival is needed for.</summary>
internal sealed class OwnDisputes(Operation operation)
{
    public IEnumerable<Dispute> Of(IReadOnlyList<FigureDraft> drafts, IReadOnlyList<CountSaid> counts, Bodies bodies)
    {
        var standing = counts.Where(c => c is { Binds: true, HasNumber: true }).ToList();
        return HeldAndArrived(standing).Concat(FewInsideAndMoreOut(drafts)).Concat(TotalOrDay(drafts, bodies)).Concat(DigitsSwapped(drafts)).Concat(IncludingOrPlus(standing)).Concat(OtherNumber(standing)).Concat(PartsAboveWhole(standing));
    }

    /// <summary>One speaker says of one number of people at one time that they were held or sent back and that they arrived.</summary>
    private IEnumerable<Dispute> HeldAndArrived(IReadOnlyList<CountSaid> counts)
    {
        var arrived = counts.Where(c => c is { IsPart: false, Quantity.Measure: Measure.Arrived }).ToLookup(c => (c.Statement.SaidBy.Id, c.Quantity.Scope.From, c.Quantity.Unit, Plain.Low(c), Day(c)));
        return from held in counts
               where held is { IsPart: false, Quantity: { Measure: Measure.Held or Measure.TurnedBack, Scope.From: not null } } && Plain.Low(held) > 0 && !Voices.IsUnnamed(held.Statement)
               let against = arrived[(held.Statement.SaidBy.Id, held.Quantity.Scope.From, held.Quantity.Unit, Plain.Low(held), Day(held))].Where(c => c.Statement.Id != held.Statement.Id && Voices.AreOne(held.Statement, c.Statement)).ToList()
               where against.Count > 0
               select new Dispute(
                   $"self.held-and-arrived.{held.Statement.Id}",
                   DisputeKind.Self,
                   [[held.Statement.Id], Told.Ids(against)],
                   $"{held.Statement.SaidBy.Name}, {FigureNames.Day(Day(held))}: {held.Bound} held or sent back, and {against[0].Bound} arrived.",
                   null,
                   0);
    }

    /// <summary>
    /// One body says how many are still inside at the end of a day, and its own running totals of that day and of a later one let more than that leave in between, whatever "about" allows.
    /// </summary>
    private IEnumerable<Dispute> FewInsideAndMoreOut(IReadOnlyList<FigureDraft> drafts)
    {
        var totals = drafts.Where(d => d.Key is { Form: CutForm.Total, Series: { Measure: Measure.Left, Batch: null } })
            .SelectMany(d => d.Now.Where(c => c.HasNumber && !c.IsPart).Select(c => (d.Key, Count: c)))
            .ToLookup(c => (c.Count.Statement.SaidBy.Id, c.Key.Series.Area, c.Key.Series.Category, c.Key.Series.Group));
        foreach (var (key, inside) in drafts.Where(d => d.Key is { Form: CutForm.At, Series.Measure: Measure.Remaining })
            .SelectMany(d => d.Now.Where(c => c.HasNumber && !c.IsPart && c.Bound.High is not null && !Voices.IsUnnamed(c.Statement)).Select(c => (d.Key, c))))
        {
            var own = totals[(inside.Statement.SaidBy.Id, key.Series.Area, key.Series.Category, key.Series.Group)].OrderBy(t => t.Key.End).ThenBy(t => t.Count.Statement.Id).ToList();
            var (then, later) = (own.FindLast(t => t.Key.End == key.End && Positions.Most(t.Count, operation.TolerancePercent) is not null), default((FigureKey Key, CountSaid Count)));
            if (then.Count is null)
            {
                continue;
            }

            later = own.FindLast(t => t.Key.Start == then.Key.Start && t.Key.End > key.End && LeftBetween(then.Count, t.Count) > Positions.Most(inside, operation.TolerancePercent));
            if (later.Count is not null)
            {
                var apart = Plain.Low(later.Count) - Plain.High(then.Count);
                yield return new Dispute(
                    $"self.inside-and-later-out.{FigureNames.Id(key)[..^".said".Length]}.{inside.Statement.Id}",
                    DisputeKind.Self,
                    [[inside.Statement.Id], [later.Count.Statement.Id]],
                    $"{inside.Statement.SaidBy.Name}: {inside.Bound} still inside on {FigureNames.Day(key.End)}; by its totals of that day ({then.Count.Bound}) and up to {FigureNames.Day(later.Key.End)} ({later.Count.Bound}) {Shown.Grouped(apart)} left after it.",
                    FigureNames.Id(key),
                    apart - Plain.High(inside))
                {
                    Proof = [then.Count.Statement.Id],
                };
            }
        }
    }

    private long? LeftBetween(CountSaid then, CountSaid later) => Positions.Least(later, operation.TolerancePercent) - Positions.Most(then, operation.TolerancePercent);

    /// <summary>The same number of one body is passed on as the count of its last days and as the total since the start, though others had already counted people out before those days.</summary>
    private IEnumerable<Dispute> TotalOrDay(IReadOnlyList<FigureDraft> drafts, Bodies bodies)
    {
        var totals = drafts.Where(d => d.Key is { Form: CutForm.Total, Series: { Measure: Measure.Left, Batch: null } }).ToLookup(d => d.Key.Series);
        foreach (var days in drafts.Where(d => d.Key is { Form: CutForm.During, Series: { Measure: Measure.Left, Batch: null } }))
        {
            foreach (var total in totals[days.Key.Series].Where(t => t.Key.Start < days.Key.Start && t.Key.End == days.Key.End && totals[days.Key.Series].Any(e => e.Key.Start == t.Key.Start && e.Key.End < days.Key.Start && e.Now.Any(c => c.Bound.Least > 0))))
            {
                foreach (var same in days.Now.Concat(days.Earlier).Concat(total.Now).Where(c => c.HasNumber).GroupBy(Plain.Low))
                {
                    var (ofDays, inAll) = (same.Where(c => !total.Now.Contains(c)).ToList(), same.Where(total.Now.Contains).ToList());
                    var copies = inAll.Where(t => ofDays.Exists(d => d.Statement.Id != t.Statement.Id && bodies.ShareOne(d.Statement.SaidBy.Id, t.Statement.SaidBy.Id))).ToList();
                    var originals = ofDays.Where(d => copies.Exists(t => bodies.ShareOne(d.Statement.SaidBy.Id, t.Statement.SaidBy.Id))).ToList();
                    // Where the body has its own count of those days, the copy stands against that and the total shows where its number comes from.
                    var own = days.Now.Concat(days.Earlier).Where(c => c.HasNumber && Plain.Low(c) < same.Key && originals.Exists(o => bodies.ShareOne(o.Statement.SaidBy.Id, c.Statement.SaidBy.Id) && o.Statement.Chain.RelayedBy.Count > c.Statement.Chain.RelayedBy.Count)).OrderBy(c => c.Statement.Id).ToList();
                    if (own.Count > 0)
                    {
                        yield return new Dispute(
                            $"relay.day-or-total.{FigureNames.Id(days.Key)[..^".said".Length]}.{Shown.Number(same.Key)}",
                            DisputeKind.Relay,
                            [Told.Ids(own), Told.Ids(originals)],
                            $"The body's own count of these days, {Told.Count(own[0])}, and {originals[0].Bound} passed on for them, which is its total since {FigureNames.Day(total.Key.Start)}.",
                            FigureNames.Id(days.Key),
                            Plain.Low(originals[0]) - Plain.High(own[0]))
                        {
                            Proof = Told.Ids(copies),
                        };
                    }
                    else if (copies.Count > 0 && originals.Count > 0)
                    {
                        yield return new Dispute(
                            $"relay.day-or-total.{FigureNames.Id(days.Key)[..^".said".Length]}.{Shown.Number(same.Key)}",
                            DisputeKind.Relay,
                            [Told.Ids(originals), Told.Ids(copies)],
                            $"One number, two readings: {Told.Count(originals[0])} from {FigureNames.Day(days.Key.Start)} on, and {Told.Count(copies[0])} since {FigureNames.Day(total.Key.Start)}.",
                            FigureNames.Id(total.Key),
                            null);
                    }
                }
            }
        }
    }

    /// <summary>Two texts give one source's exact number of one figure with two digits exchanged.</summary>
    private static IEnumerable<Dispute> DigitsSwapped(IReadOnlyList<FigureDraft> drafts)
    {
        foreach (var draft in drafts)
        {
            foreach (var digits in draft.Now.Concat(draft.Earlier).Where(c => c is { HasNumber: true, Bound: { IsApproximate: false, Low: >= 100 } bound } && bound.Low == bound.High)
                .GroupBy(c => (c.Statement.SaidBy.Id, Digits: string.Concat(Shown.Number(Plain.Low(c)).Order()))))
            {
                var numbers = digits.GroupBy(Plain.Low).OrderBy(g => g.Key).Select(g => g.ToList()).ToList();
                for (var i = 1; i < numbers.Count; i++)
                {
                    if (AreOneExchangeApart(Shown.Number(Plain.Low(numbers[i - 1][0])), Shown.Number(Plain.Low(numbers[i][0]))) && !numbers[i].SelectMany(c => c.Statement.Linked(Relation.Supersedes)).Intersect(numbers[i - 1].Select(c => c.Statement.Id)).Any())
                    {
                        yield return new Dispute(
                            $"relay.digits.{FigureNames.Id(draft.Key)[..^".said".Length]}.{Shown.Number(Plain.Low(numbers[i - 1][0]))}-{Shown.Number(Plain.Low(numbers[i][0]))}",
                            DisputeKind.Relay,
                            [Told.Ids(numbers[i - 1]), Told.Ids(numbers[i])],
                            $"One source's number with two digits exchanged: {Told.Count(numbers[i - 1][0])} and {Told.Count(numbers[i][0])}.",
                            FigureNames.Id(draft.Key),
                            Plain.Low(numbers[i][0]) - Plain.Low(numbers[i - 1][0]));
                    }
                }
            }
        }
    }

    private static bool AreOneExchangeApart(string one, string other) => one.Length == other.Length && one.Zip(other).Count(d => d.First != d.Second) == 2;

    /// <summary>A copy linked to its original prints as one number the whole and a part that the original had named inside it.</summary>
    private static IEnumerable<Dispute> IncludingOrPlus(IReadOnlyList<CountSaid> counts)
    {
        var wholes = counts.Where(c => c is { IsPart: false, Parts.Count: > 0 }).ToLookup(c => c.Statement.Id);
        return from copy in counts
               where !copy.IsPart
               from original in copy.Statement.Linked(Relation.Relays).SelectMany(o => wholes[o])
               where copy.Quantity.Measure == original.Quantity.Measure && copy.Quantity.Unit == original.Quantity.Unit
               let part = original.Parts.FirstOrDefault(p => p.Bound.Low > 0 && Plain.Low(original) + p.Bound.Low == Plain.Low(copy))
               where part is not null
               select new Dispute(
                   $"relay.including-or-plus.{original.Statement.Id}.{copy.Statement.Id}",
                   DisputeKind.Relay,
                   [[original.Statement.Id], [copy.Statement.Id]],
                   $"{Told.Sentence(Told.Count(original))} includes {part.Bound}; the copy adds it: {Told.Count(copy)}.",
                   null,
                   Plain.Low(copy) - Plain.Low(original));
    }

    /// <summary>A copy linked to its original gives another exact number of the same people over the same days: neither "about" nor a floor explains it.</summary>
    private static IEnumerable<Dispute> OtherNumber(IReadOnlyList<CountSaid> counts)
    {
        var originals = counts.Where(c => !c.IsPart && IsExact(c)).ToLookup(c => c.Statement.Id);
        return from copy in counts
               where !copy.IsPart && IsExact(copy)
               from original in copy.Statement.Linked(Relation.Relays).SelectMany(o => originals[o])
               where copy.Quantity with { Scope = original.Quantity.Scope } == original.Quantity && Plain.Low(copy) != Plain.Low(original)
               where !original.Parts.Any(p => Plain.Low(original) + p.Bound.Low == Plain.Low(copy))
               select new Dispute(
                   $"relay.other-number.{original.Statement.Id}.{copy.Statement.Id}",
                   DisputeKind.Relay,
                   [[original.Statement.Id], [copy.Statement.Id]],
                   $"{Told.Sentence(Told.Count(original))} is passed on as {Told.Count(copy)}.",
                   null,
                   Math.Abs(Plain.Low(copy) - Plain.Low(original)));
    }

    private static bool IsExact(CountSaid count) => count is { HasNumber: true, Bound: { IsApproximate: false, IsFloor: false, Low: { } low, High: { } high } } && low == high;

    /// <summary>Groups that share nobody, named as parts of one number, make more than it; or groups that are all there are make less.</summary>
    private IEnumerable<Dispute> PartsAboveWhole(IReadOnlyList<CountSaid> counts)
    {
        foreach (var whole in counts.Where(c => c is { IsPart: false, Parts.Count: > 1 }))
        {
            var parts = Disjoint(whole);
            if (parts.Count < 2)
            {
                continue;
            }

            var (least, most) = (parts.Sum(p => p.Bound.LeastWithin(operation.TolerancePercent) ?? 0), parts.All(p => p.Bound.High is not null) ? parts.Sum(p => p.Bound.MostWithin(operation.TolerancePercent) ?? 0) : (long?)null);
            var isAll = parts.Skip(1).Aggregate(parts[0].Category, (all, p) => all.Or(p.Category)).Contains(whole.Quantity.Category);
            if (least > Positions.Most(whole, operation.TolerancePercent) || (isAll && most < Positions.Least(whole, operation.TolerancePercent)))
            {
                var sum = parts.Sum(p => p.Bound.Low ?? p.Bound.High ?? 0);
                var others = parts.Select(p => p.Id).Where(id => id != whole.Statement.Id).Distinct().Order().ToList();
                yield return new Dispute(
                    $"internal.{whole.Statement.Id}.{whole.Quantity.Category.Slug}",
                    DisputeKind.Internal,
                    [[whole.Statement.Id], others.Count > 0 ? others : [whole.Statement.Id]],
                    $"The parts make {Shown.Grouped(sum)}, the whole is given as {Told.Count(whole)}.",
                    null,
                    Math.Abs(sum - Plain.Low(whole)));
            }
        }
    }

    private static List<PartShown> Disjoint(CountSaid whole)
    {
        var parts = new List<PartShown>();
        foreach (var part in whole.Parts.Where(p => p is { Group: null, Bound: { HasNumber: true, VagueWord: null } }))
        {
            if (whole.Quantity.Category.Contains(part.Category) && parts.TrueForAll(p => p.Category.IsDisjointFrom(part.Category)))
            {
                parts.Add(part);
            }
        }

        return parts;
    }

    private LocalDate Day(CountSaid claim) => claim.Quantity.Cut.Time.End.DayIn(operation.Zone);
}
