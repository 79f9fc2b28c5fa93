using NodaTime;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Situation.Derived;

/// <summary>
/// What follows from one source's own numbers by adding and taking away. Only numbers are worked with: a figure up to part of a day counts as that day's where its
/// source gives no fuller one, and then the words are shown in the sum.
/// </summary>
internal static class DerivedFigures
{
    public static IReadOnlyList<DerivedFigure> Of(IReadOnlyList<FigureDraft> drafts, IReadOnlyList<FigureDraft> closing, Operation operation)
    {
        var said = drafts.SelectMany(d => d.Setting.Select(c => new Counted(d.Key, c))).ToList();
        var totals = Totals(said);
        var sums = BetweenTotals(totals)
            .Concat(UntilTheEnd(totals, closing, new Bodies(said.Select(c => c.Source))))
            .Concat(Sums(said, drafts))
            .Concat(RestsOfWholes(drafts))
            .Concat(NetOfReturns(said))
            .Select(w => (w.Key, w.How, Sum: Sum.Of(w.Source, w.Parts, w.Result, operation.TolerancePercent)))
            .ToList();
        return
        [
            .. sums.GroupBy(s => (s.Key, s.How))
                .Select(g => Figure(g.Key.Key, g.Key.How, [.. g.Select(s => s.Sum).OrderBy(s => s.Source.Id).ThenBy(s => s.Ids[0]).ThenBy(s => s.Result.ToString(), StringComparer.Ordinal)], operation))
                .OrderBy(f => f.Id, StringComparer.Ordinal),
        ];
    }

    private static DerivedFigure Figure(FigureKey key, Derivation how, IReadOnlyList<Sum> sums, Operation operation)
    {
        var given = sums.Where(s => s.Result is { Low: not null, High: not null }).ToList();
        var (lowest, highest) = (given.MinBy(s => s.Result.Low), given.MaxBy(s => s.Result.High));
        var id = FigureNames.Id(key);
        var named = FigureNames.What(key, operation.Gazetteer);
        var what = how switch
        {
            Derivation.BetweenTotals => $"{named}, from running totals",
            Derivation.UntilTheEnd => $"{named.Replace(", each source's latest total", "", StringComparison.Ordinal)} to the end, each source's closing total less its earlier one",
            Derivation.SumOfParts => $"{named}, parts added up",
            Derivation.RestOfWhole => $"{named}, the whole less a part of it",
            Derivation.NetOfReturns => $"{named}, less those turned back",
            _ => throw new ArgumentOutOfRangeException(nameof(how)),
        };
        return new DerivedFigure(
            $"{id[..^"said".Length]}{(how is Derivation.NetOfReturns ? "net-" : "")}derived",
            what,
            how,
            FigureNames.Quantity(key),
            lowest?.Result.Low,
            highest?.Result.High,
            lowest?.Ids ?? [],
            highest?.Ids ?? [],
            sums);
    }

    private static IEnumerable<Worked> BetweenTotals(IReadOnlyList<Counted> totals)
    {
        foreach (var series in totals.GroupBy(c => (c.Key.Series, c.Key.Start, c.Source)))
        {
            var cuts = series.OrderBy(c => c.Key.End).ToList();
            for (var i = 1; i < cuts.Count; i++)
            {
                var days = cuts[i].Key with { Form = CutForm.During, Start = cuts[i - 1].Key.End.PlusDays(1) };
                if (Difference(days, Derivation.BetweenTotals, cuts[i].Count, cuts[i - 1].Count) is { } worked)
                {
                    yield return worked;
                }
            }
        }
    }

    private static IEnumerable<Worked> UntilTheEnd(IReadOnlyList<Counted> totals, IReadOnlyList<FigureDraft> closing, Bodies bodies)
    {
        var ends = closing.Where(d => d.Key.Form is CutForm.Closing).ToDictionary(d => (d.Key.Series, d.Key.Start));
        foreach (var earlier in totals)
        {
            if (!ends.TryGetValue((earlier.Key.Series, earlier.Key.Start), out var last))
            {
                continue;
            }

            var given = last.Setting.Where(c => c is { HasNumber: true, PartOfTheTime: null, UpToWhichBatch: null, Bound: { Low: not null, High: not null } } && c.Quantity.Cut.Time.End.Date > earlier.Key.End).ToList();
            var own = given.Find(c => c.Statement.SaidBy.Id == earlier.Source) ?? given.Find(c => IsBodyItself(c.Statement.SaidBy.Id) && bodies.ShareOne(c.Statement.SaidBy.Id, earlier.Source));
            var rest = last.Key with { Start = earlier.Key.End.PlusDays(1) };
            if (own is not null && Difference(rest, Derivation.UntilTheEnd, own, earlier.Count) is { } worked)
            {
                yield return worked;
            }
        }
    }

    /// <summary>A body may close what one of its offices began; two offices of one body are two sources.</summary>
    private static bool IsBodyItself(SourceId source) => source.Value == source.Body;

    /// <summary>Each source's running total at each cut, as a number. A source that gives several up to one day is taken at its fullest: the others stop short of it.</summary>
    private static IReadOnlyList<Counted> Totals(IReadOnlyList<Counted> said) =>
    [
        .. said.Where(c => c is { Key: { Form: CutForm.Total, Series.Group: null }, Count: { HasNumber: true, IsPart: false, Bound: { Low: not null, High: not null } } })
            .GroupBy(c => (c.Key, c.Source))
            .Select(g => g.MaxBy(c => (c.Count.Bound.High, c.Count.Statement.Id))!),
    ];

    /// <summary>Null where the later number is below the earlier one.</summary>
    private static Worked? Difference(FigureKey key, Derivation how, CountSaid later, CountSaid earlier) =>
        later.Bound.Low < earlier.Bound.High
            ? null
            : new Worked(key, how, later.Statement.SaidBy, [Line(later, false, UpTo(later)), Line(earlier, true, UpTo(earlier))], Arithmetic.Minus(later.Bound, earlier.Bound));

    /// <summary>Days after a total, days after days, and numbered batches, each of one source.</summary>
    private static IEnumerable<Worked> Sums(IReadOnlyList<Counted> said, IReadOnlyList<FigureDraft> drafts)
    {
        foreach (var line in said.Where(c => c is { Key: { Form: CutForm.Total or CutForm.During, Series: { Group: null, Batch: null } }, Count: { HasNumber: true, IsPart: false, Bound.Low: not null } })
            .GroupBy(c => (c.Key.Series, c.Source)))
        {
            var counts = line.GroupBy(c => (c.Key.Start, c.Key.End)).Select(g => g.MaxBy(c => (c.Count.Bound.Low, c.Count.Statement.Id))!).OrderBy(c => c.Key.Start).ThenBy(c => c.Key.End).ToList();
            foreach (var chain in Chains(counts))
            {
                yield return new Worked(
                    chain[0].Key with { Form = CutForm.Total, End = chain[^1].Key.End },
                    Derivation.SumOfParts,
                    chain[0].Count.Statement.SaidBy,
                    [.. chain.Select(c => Line(c.Count, false, Days(c.Key)))],
                    Arithmetic.Plus(chain.Select(c => c.Count.Bound)));
            }
        }

        foreach (var whole in drafts.SelectMany(d => d.Now.Select(c => new Counted(d.Key, c))).Where(c => c.Count is { IsPart: false, Numbered.Count: > 1 }))
        {
            yield return new Worked(
                whole.Key,
                Derivation.SumOfParts,
                whole.Count.Statement.SaidBy,
                [.. whole.Count.Numbered.Select(p => new Summand(whole.Count.Statement.Id, false, p.Bound, p.Group!))],
                Arithmetic.Plus(whole.Count.Numbered.Select(p => p.Bound)));
        }
    }

    /// <summary>Counts of which each begins the day after the last ends, from every first one, at their longest.</summary>
    private static IEnumerable<IReadOnlyList<Counted>> Chains(IReadOnlyList<Counted> counts)
    {
        var byStart = counts.ToLookup(c => c.Key.Start);
        foreach (var first in counts.Where(c => !counts.Any(b => b.Key.End.PlusDays(1) == c.Key.Start)))
        {
            var chain = new List<Counted> { first };
            while (byStart[chain[^1].Key.End.PlusDays(1)].FirstOrDefault() is { } next)
            {
                chain.Add(next);
            }

            if (chain.Count > 1)
            {
                yield return chain;
            }
        }
    }

    private static IEnumerable<Worked> RestsOfWholes(IReadOnlyList<FigureDraft> drafts) =>
        from draft in drafts
        where draft.Key.Series.Group is null
        from whole in draft.Now
        where whole is { HasNumber: true, IsPart: false, Bound: { Low: not null, High: not null } }
        from part in whole.Parts
        where part is { Group: null, Bound: { HasNumber: true, VagueWord: null, Low: not null, High: not null } } && part.Bound.High <= whole.Bound.Low
        let rest = draft.Key.Series.Category.Except(part.Category)
        where rest is not null && !whole.Parts.Any(p => p.Category == rest)
        select new Worked(
            draft.Key with { Series = draft.Key.Series with { Group = $"other-than-{part.Category.Slug}" } },
            Derivation.RestOfWhole,
            whole.Statement.SaidBy,
            [Line(whole, false, whole.Quantity.Category.ToString()), new Summand(part.Id, true, part.Bound, part.Category.ToString())],
            Arithmetic.Minus(whole.Bound, part.Bound));

    private static IEnumerable<Worked> NetOfReturns(IReadOnlyList<Counted> said)
    {
        var turnedBack = said.Where(c => c is { Key.Series.Measure: Measure.TurnedBack, Count: { HasNumber: true, Bound: { Low: not null, High: not null } } }).ToLookup(c => (c.Key with { Series = c.Key.Series with { Measure = Measure.Left } }, c.Source));
        return said.Where(c => c is { Key.Series.Measure: Measure.Left, Count: { HasNumber: true, Bound: { Low: not null, High: not null } } })
            .SelectMany(left => turnedBack[(left.Key, left.Source)].Where(back => back.Count.Bound.High <= left.Count.Bound.Low).Select(back => new Worked(
                left.Key,
                Derivation.NetOfReturns,
                left.Count.Statement.SaidBy,
                [Line(left.Count, false, "left"), Line(back.Count, true, "turned back")],
                Arithmetic.Minus(left.Count.Bound, back.Count.Bound))));
    }

    private static Summand Line(CountSaid count, bool isTakenAway, string of) => new(count.Statement.Id, isTakenAway, count.Bound, of);

    private static string UpTo(CountSaid count) =>
        $"up to {FigureNames.Day(count.Quantity.Cut.Time.End.Date)}" + (count.UpToWhichBatch is { } batch ? $", batch {batch}" : count.PartOfTheTime is { } words ? $", {words}" : "");

    private static string Days(FigureKey key) => key.Start == key.End ? FigureNames.Day(key.End) : $"{FigureNames.Day(key.Start)} to {FigureNames.Day(key.End)}";

    private sealed record Counted(FigureKey Key, CountSaid Count)
    {
        public SourceId Source => Count.Statement.SaidBy.Id;
    }

    private sealed record Worked(FigureKey Key, Derivation How, Source Source, IReadOnlyList<Summand> Parts, Bound Result);
}

/// <summary>Adding and taking away of what was said: ends with ends, "about" where a part was said with it.</summary>
internal static class Arithmetic
{
    /// <summary>The highest and lowest that the words of both allow, without tolerance.</summary>
    public static Bound Minus(Bound whole, Bound part) =>
        Bound.Between(whole.Low!.Value - part.High!.Value, whole.High!.Value - part.Low!.Value, whole.IsApproximate || part.IsApproximate);

    /// <summary>A sum with a floor in it is a floor.</summary>
    public static Bound Plus(IEnumerable<Bound> bounds)
    {
        var all = bounds.ToList();
        var (low, isApproximate) = (all.Sum(b => b.Low ?? 0), all.Exists(b => b.IsApproximate));
        return all.TrueForAll(b => b.High is not null)
            ? Bound.Between(low, all.Sum(b => b.High!.Value), isApproximate)
            : all.Exists(b => b is { High: null, LowIsStrict: true }) ? Bound.MoreThan(low) : Bound.AtLeast(low);
    }
}
