using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Situation.Figures;

/// <summary>
/// Which counts speak of one figure. Running totals of one start and one last day are one figure, and so is a count over exactly those days; counts at a time are
/// one figure a day. A running total that names no start is read as counting from the start that most others name.
/// </summary>
internal static class FigureKeys
{
    public static IReadOnlyList<(FigureKey Key, CountSaid Count)> Of(IReadOnlyList<CountSaid> counts, Operation operation)
    {
        var destinations = new Destinations(operation.Gazetteer, counts);
        var crossings = new Crossings(operation.Gazetteer, counts);
        var placed = counts.Select(c => Placed(c, destinations, crossings, operation.Zone)).ToList();
        var starts = placed.Where(p => p.Form is CutForm.Total && p.Start != p.End)
            .GroupBy(p => Place(p.Series))
            .ToDictionary(g => g.Key, g => g.CountBy(p => p.Start).OrderByDescending(s => s.Value).ThenBy(s => s.Key).Select(s => s.Key).ToList());
        var begun = placed.Select(p => p.Form is CutForm.Total && p.Start == p.End ? p with { Start = StartOf(p, starts) } : p).ToList();
        var totals = begun.Where(p => p.Form is CutForm.Total).Select(p => (Place(p.Series), p.Start, p.End)).ToHashSet();
        return CiviliansForEverybody([.. begun.Select(p => (KeyOf(p, totals), p.Count))]);
    }

    private static Draft Placed(CountSaid count, Destinations destinations, Crossings crossings, DateTimeZone zone)
    {
        var quantity = count.Quantity;
        var form = IsAtOneTime(quantity) ? CutForm.At : quantity.Cut.Kind is CutKind.SinceStart ? CutForm.Total : CutForm.During;
        var time = quantity.Cut.Time;
        var end = time.End.DayIn(zone);
        var start = form is CutForm.At ? end : time.Earliest(zone).InZone(zone).Date;
        var scope = quantity.Scope;
        var series = new Series(
            quantity.Measure,
            quantity.Unit,
            quantity.Category,
            quantity.Group is { } group && Token.Slug(group) is { Length: > 0 } slug ? slug : null,
            scope.From ?? scope.Via ?? scope.To,
            destinations.Apart(count),
            form is CutForm.Total ? null : BatchWords.FigureOf(scope.Batch)) { Via = crossings.Apart(count) };
        return new Draft(series, form, start < end ? start : end, end, count);
    }

    private static bool IsAtOneTime(Quantity quantity) => quantity.Cut.Kind is CutKind.At
        || quantity.Measure is Measure.Remaining or Measure.WishedToLeave or Measure.Aboard or Measure.Present or Measure.Held;

    private static (Measure, Unit, PlaceId?, PlaceId?) Place(Series series) => (series.Measure, series.Unit, series.Area, series.To);

    private static LocalDate StartOf(Draft draft, Dictionary<(Measure, Unit, PlaceId?, PlaceId?), List<LocalDate>> starts) =>
        (starts.GetValueOrDefault(Place(draft.Series)) ?? []).Where(s => s <= draft.End).DefaultIfEmpty(draft.End).First();

    private static FigureKey KeyOf(Draft draft, HashSet<((Measure, Unit, PlaceId?, PlaceId?), LocalDate, LocalDate)> totals)
    {
        var form = draft.Form is CutForm.During && draft.Series.Batch is null && totals.Contains((Place(draft.Series), draft.Start, draft.End)) ? CutForm.Total : draft.Form;
        return new FigureKey(draft.Series, form, draft.Start, draft.End);
    }

    /// <summary>
    /// "Civilians" is often said for everybody. A whole that is called civilians is laid beside rival wholes of everybody, with the word shown, unless its own source
    /// also counts everybody there; where nobody counts everybody it stays a figure of civilians.
    /// </summary>
    private static IReadOnlyList<(FigureKey Key, CountSaid Count)> CiviliansForEverybody(IReadOnlyList<(FigureKey Key, CountSaid Count)> keyed)
    {
        var everybody = keyed.Where(k => k.Key.Series.Category == Category.Everyone && !k.Count.IsPart)
            .GroupBy(k => k.Key)
            .ToDictionary(g => g.Key, g => g.Select(k => k.Count.Statement.SaidBy.Id).ToHashSet());
        return [.. keyed.Select(k => (Everybody(k.Key, k.Count, everybody), k.Count))];
    }

    private static FigureKey Everybody(FigureKey key, CountSaid count, Dictionary<FigureKey, HashSet<SourceId>> everybody)
    {
        if (count.IsPart || key.Series.Group is not null || key.Series.Category != Category.Civilians || key.Form is CutForm.During)
        {
            return key;
        }

        var all = key with { Series = key.Series with { Category = Category.Everyone } };
        return everybody.TryGetValue(all, out var sources) && !sources.Contains(count.Statement.SaidBy.Id) ? all : key;
    }

    private sealed record Draft(Series Series, CutForm Form, LocalDate Start, LocalDate End, CountSaid Count);
}
