using NodaTime;
using Safeconduct.Situation.Disputes;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Tensions;

/// <summary>Numbers of neighbouring matters that look like one: departures and arrivals, people and vehicles of one convoy, a whole and its parts.</summary>
internal sealed class MatterTensions(IReadOnlyList<FigureDraft> drafts, IReadOnlyList<FigureDraft> closing)
{
    private static readonly Measure[] OtherStages = [Measure.Arrived, Measure.Passed, Measure.Recorded, Measure.Received, Measure.Displaced, Measure.TurnedBack];

    private static readonly string[] PlaceWords = ["in-", "at-", "inside-", "on-", "near-", "around-", "outside-"];

    public IEnumerable<Tension> Of(IReadOnlyList<CountSaid> counts) => Stages().Concat(Units()).Concat(UnitsOfOneTable()).Concat(Narrowed()).Concat(LinkedParts(counts)).Concat(BatchesInWholes(counts));

    /// <summary>People who left, and those who arrived, were recorded or were displaced in all: other measures of a neighbouring number.</summary>
    private IEnumerable<Tension> Stages()
    {
        var left = drafts.Concat(closing).Where(d => d.Key.Series.Measure is Measure.Left or Measure.Released && d.Key.Series.Group is null)
            .ToLookup(d => (d.Key.Series.Area, d.Key.Series.Unit, d.Key.Series.Category));
        foreach (var stage in drafts.Where(d => OtherStages.Contains(d.Key.Series.Measure) && d.Key.Series.Group is null && HasNumbers(d)))
        {
            var series = stage.Key.Series;
            if (Beside(stage.Key, left[(series.Area, series.Unit, series.Category)]) is not { } departed)
            {
                continue;
            }

            var counted = Numbered(stage);
            var (bottom, top) = (counted.Min(Plain.Low), counted.Max(Plain.High));
            var others = Numbered(departed).Where(c => Plain.High(c) < bottom || Plain.Low(c) > top).ToList();
            var (by, because) = series.Batch is not null && AreHoursApart(counted, others)
                ? (Explanation.Timing, "they are counted at different hours of one movement")
                : (Explanation.Scope, $"the first is of those {Token.Of(series.Measure).Replace('-', ' ')}, the second of those who left or were let go");
            foreach (var tension in Between.Counts(by, Name(stage.Key) + ".stage", counted, others, because, stage.Key))
            {
                yield return tension;
            }
        }
    }

    /// <summary>The departures nearest to a count at another stage: of the same batch and day, else the latest total that is not after it.</summary>
    private static FigureDraft? Beside(FigureKey stage, IEnumerable<FigureDraft> left)
    {
        var may = left.Where(HasNumbers).ToList();
        return stage.Series.Batch is { } batch
            ? may.Where(d => d.Key.Series.Batch == batch && d.Key.End == stage.End).OrderBy(d => Name(d.Key), StringComparer.Ordinal).FirstOrDefault()
            : may.Where(d => d.Key.Series.Batch is null && d.Key.End <= stage.End && (d.Key.End == stage.End || d.Key.Form is CutForm.Total or CutForm.Closing))
                .OrderByDescending(d => d.Key.End).ThenBy(d => d.Key.Form is CutForm.Closing ? 0 : d.Key.Form is CutForm.Total ? 1 : 2).ThenBy(d => Name(d.Key), StringComparer.Ordinal).FirstOrDefault();
    }

    private static bool AreHoursApart(List<CountSaid> one, List<CountSaid> other) => one.Count > 0 && other.Count > 0
        && one.Concat(other).All(c => c.Quantity.Cut.Time.End.At is not null)
        && !one.Select(Hour).Intersect(other.Select(Hour)).Any();

    private static OffsetDateTime? Hour(CountSaid claim) => claim.Quantity.Cut.Time.End.At;

    /// <summary>One convoy counted in people and in vehicles, or in all vehicles and in one type of them.</summary>
    private IEnumerable<Tension> Units()
    {
        foreach (var convoy in drafts.Where(d => d.Key.Series is { Batch: not null and not "by-batches", Group: null } && HasNumbers(d))
            .GroupBy(d => (d.Key.Series.Area, d.Key.Series.Batch, d.Key.End)))
        {
            var units = convoy.GroupBy(d => (d.Key.Series.Unit, d.Key.Series.Category)).OrderBy(g => g.Key.Unit).ThenBy(g => g.Key.Category.Slug, StringComparer.Ordinal)
                .Select(g => (g.Key, Counts: g.SelectMany(Whole).ToList())).Where(g => g.Counts.Count > 0).ToList();
            var people = units.Where(u => u.Key.Unit is Unit.People && u.Key.Category == Category.Everyone).SelectMany(u => u.Counts).ToList();
            var vehicles = units.Where(u => u.Key.Unit is Unit.Vehicles or Unit.Trips).ToList();
            var all = vehicles.Where(u => u.Key.Category == Category.AllVehicles).SelectMany(u => u.Counts).ToList();
            var counted = all.Select(c => c.Statement.Id).ToHashSet();
            var types = vehicles.Where(v => v.Key.Category != Category.AllVehicles).SelectMany(v => v.Counts).Where(c => !counted.Contains(c.Statement.Id));
            var matter = $"{convoy.Key.Area?.Value ?? "place-not-stated"}.{convoy.Key.Batch}.{FigureNames.Day(convoy.Key.End)}";
            foreach (var tension in Between.Counts(Explanation.Unit, matter, people, vehicles.SelectMany(v => v.Counts), "one counts people, the other vehicles", null, isOneUnit: false)
                .Concat(Between.Counts(Explanation.Unit, matter, all, types, "one counts all vehicles, the other one type of them", null, isOneUnit: false)))
            {
                yield return tension;
            }
        }
    }

    /// <summary>One source's totals of buses, ambulances, cars and trips stand beside each other and are no rivals.</summary>
    private IEnumerable<Tension> UnitsOfOneTable()
    {
        foreach (var table in drafts.Where(d => d.Key.Series is { Unit: Unit.Vehicles or Unit.Trips, Batch: null, Group: null })
            .SelectMany(d => Whole(d).Select(c => (d.Key, Count: c)))
            .GroupBy(c => (c.Count.Statement.SaidBy.Id, c.Key.Series.Measure, c.Key.Series.Area, c.Key.Start, c.Key.End)))
        {
            var types = table.GroupBy(c => (c.Key.Series.Unit, c.Key.Series.Category), c => c.Count).OrderBy(g => g.Min(c => c.Statement.Id)).ToList();
            if (types.Count > 1)
            {
                var matter = $"{table.Key.Id}.{table.Key.Area?.Value ?? "place-not-stated"}.{FigureNames.Day(table.Key.End)}";
                foreach (var tension in Between.Counts(Explanation.Unit, matter, types[0], types.Skip(1).SelectMany(t => t), "one source's counts of different vehicles", null, isOneUnit: false))
                {
                    yield return tension;
                }
            }
        }
    }

    /// <summary>A count narrowed by words ("critically wounded", "in one square") beside the count of all.</summary>
    private IEnumerable<Tension> Narrowed()
    {
        var wholes = drafts.Where(d => d.Key.Series.Group is null).ToDictionary(d => d.Key);
        foreach (var part in drafts.Where(d => d.Key.Series.Group is not null && HasNumbers(d)))
        {
            if (!wholes.TryGetValue(part.Key with { Series = part.Key.Series with { Group = null } }, out var whole))
            {
                continue;
            }

            var counted = Whole(part).ToList();
            if (counted.Count == 0)
            {
                continue;
            }

            var top = counted.Max(Plain.High);
            var isPlace = PlaceWords.Any(w => part.Key.Series.Group!.StartsWith(w, StringComparison.Ordinal));
            foreach (var tension in Between.Counts(
                isPlace ? Explanation.Scope : Explanation.Inclusion,
                Name(part.Key) + ".narrowed",
                counted,
                Numbered(whole).Where(c => Plain.Low(c) > top),
                $"the first is only of those {part.Key.Series.Group!.Replace('-', ' ')}",
                whole.Key))
            {
                yield return tension;
            }
        }
    }

    /// <summary>Numbers that their own statements mark as parts of another.</summary>
    private static IEnumerable<Tension> LinkedParts(IReadOnlyList<CountSaid> counts)
    {
        var first = counts.Where(c => c.HasNumber).GroupBy(c => c.Statement.Id).ToDictionary(g => g.Key, g => g.First());
        return first.Values.SelectMany(p => p.Statement.Linked(Relation.PartOf).Where(first.ContainsKey).Select(w => (Whole: first[w], Part: p)))
            .Where(p => p.Whole.Quantity.Unit == p.Part.Quantity.Unit)
            .GroupBy(p => p.Whole.Statement.Id)
            .OrderBy(g => g.Key)
            .SelectMany(g => Between.Counts(Explanation.Inclusion, $"part-of.{g.Key}", [g.First().Whole], g.Select(p => p.Part), "the second is said to be a part of the first", null));
    }

    /// <summary>The number of one batch stands again, exactly, among the batches that a larger count lists.</summary>
    private static IEnumerable<Tension> BatchesInWholes(IReadOnlyList<CountSaid> counts)
    {
        var batches = counts.Where(c => c is { IsPart: false, HasNumber: true } && c.Quantity.Scope.Batch is not null && c.Bound.Low == c.Bound.High)
            .ToLookup(c => (Area(c), c.Quantity.Measure, c.Quantity.Unit, c.Bound.Low));
        foreach (var whole in counts.Where(c => c is { HasNumber: true, Parts.Count: > 0 }).OrderBy(c => c.Statement.Id))
        {
            var named = whole.Parts.Where(p => p.Bound.HasNumber && p.Bound.Low == p.Bound.High)
                .SelectMany(p => batches[(Area(whole), whole.Quantity.Measure, whole.Quantity.Unit, p.Bound.Low)])
                .Where(b => b.Statement.Id != whole.Statement.Id && Plain.IsBelow(b, whole)).Distinct().OrderBy(b => b.Statement.Id).Take(Positions.Cap);
            foreach (var tension in Between.Counts(Explanation.Inclusion, $"batch-of.{whole.Statement.Id}", [whole], named, "the second is one of the batches that the first lists", null))
            {
                yield return tension;
            }
        }
    }

    private static PlaceId? Area(CountSaid claim) => claim.Quantity.Scope.From ?? claim.Quantity.Scope.Via ?? claim.Quantity.Scope.To;

    private static bool HasNumbers(FigureDraft draft) => draft.Now.Any(c => c.HasNumber);

    private static List<CountSaid> Numbered(FigureDraft draft) => [.. draft.Now.Where(c => c.HasNumber).OrderBy(Plain.Low).ThenBy(c => c.Statement.Id)];

    /// <summary>Not the parts named inside other counts.</summary>
    private static IEnumerable<CountSaid> Whole(FigureDraft draft) => Numbered(draft).Where(c => !c.IsPart || c.Statement.Linked(Relation.PartOf).Any());

    private static string Name(FigureKey key) => FigureNames.Id(key)[..^".said".Length];
}
