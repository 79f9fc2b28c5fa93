using NodaTime;
using Safeconduct.Situation.Movements;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Ties;

/// <summary>
/// Which statements may have a bearing on each other's counts: a wide net, so that whatever <see cref="CellNetwork"/> ties directly is close, and some of what it does not tie is close as well.
/// It grows with the record, and what is close to a statement among those before it is asked when it is the newest: what comes later has no say.
/// </summary>
public sealed class Closeness
{
    /// <summary>A name such as "first convoy" comes back with the days.</summary>
    private const int LongestJourneyDays = 2;

    private static readonly LocalDate FirstDay = new(1970, 1, 1);

    private readonly Operation operation;
    private readonly List<Mark[]> marks = [];
    private readonly Dictionary<object, List<(int At, int Start, int End)>> posted = [];

    public Closeness(Operation operation) => this.operation = operation;

    /// <summary>A copy to go on with; this one stays as it is.</summary>
    public Closeness Copied()
    {
        var copy = new Closeness(operation);
        copy.marks.AddRange(marks);
        foreach (var (key, spans) in posted)
        {
            copy.posted[key] = [.. spans];
        }

        return copy;
    }

    /// <summary>Adds the newest statement; they are numbered from 0.</summary>
    public void Add(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var at = marks.Count;
        Mark[] own = [.. Marks(statement).Distinct()];
        marks.Add(own);
        foreach (var mark in own.Where(m => m.IsPosted))
        {
            if (!posted.TryGetValue(mark.Key, out var spans))
            {
                posted[mark.Key] = spans = [];
            }

            spans.Add((at, mark.Start, mark.End));
        }
    }

    /// <summary>The newest statement and those that come to it by the fewest steps, at most so many, in the order of the record; of those equally far the ones whose days end nearest to its own.</summary>
    public IReadOnlyList<int> ToNewest(int most)
    {
        var newest = marks.Count - 1;
        var (start, end) = marks[newest].Length == 0 ? (0, 0) : (marks[newest].Max(m => m.Start), marks[newest].Min(m => m.End));
        var (found, open) = (new List<int> { newest }, new List<int> { newest });
        var (seen, looked) = (new HashSet<int> { newest }, new HashSet<Mark>());
        while (open.Count > 0 && found.Count < most)
        {
            var next = new List<int>();
            foreach (var mark in open.SelectMany(o => marks[o]).Where(m => m.IsLooked && looked.Add(m)))
            {
                foreach (var (at, from, to) in posted.GetValueOrDefault(mark.Key) ?? [])
                {
                    if (from <= mark.End && mark.Start <= to && seen.Add(at))
                    {
                        next.Add(at);
                    }
                }
            }

            open = [.. next.Select(at => (Far: marks[at].Min(m => Far(m, start, end)), At: at)).OrderBy(n => n.Far).ThenByDescending(n => n.At).Take(most - found.Count).Select(n => n.At)];
            found.AddRange(open);
        }

        found.Sort();
        return found;
    }

    private static long Far(Mark mark, int start, int end) => (Math.Abs((long)mark.End - end) * 100_000) + Math.Min(99_999, Math.Abs((long)mark.Start - start));

    private IEnumerable<Mark> Marks(Statement statement)
    {
        foreach (var quantity in statement.Claims().OfType<Claim.Count>().Select(c => c.Quantity))
        {
            var (start, end) = Days(quantity);
            var area = quantity.Scope.From ?? quantity.Scope.Via ?? quantity.Scope.To;
            var kind = quantity.Measure is Measure.Remaining or Measure.Left or Measure.Killed or Measure.Wounded or Measure.Harmed ? Measure.Left : quantity.Measure;
            yield return new Mark((kind, quantity.Unit, area), start, end);
            if (area is { } inside && Parts.IsCountedWhereItHappens(quantity.Measure))
            {
                yield return new Mark(("within", kind, quantity.Unit, inside), start, end) { IsPosted = false };
                foreach (var around in operation.Gazetteer.Upward(inside).Skip(1))
                {
                    yield return new Mark((kind, quantity.Unit, (PlaceId?)around), start, end) { IsPosted = false };
                    yield return new Mark(("within", kind, quantity.Unit, around), start, end) { IsLooked = false };
                }
            }

            if (ConvoyName.Of(quantity.Scope.Batch).Convoy is { } convoy)
            {
                yield return new Mark(("convoy", convoy), start, end + LongestJourneyDays);
            }

            yield return new Mark(statement.Id, start, end) { IsLooked = false };
            yield return new Mark(("parts", statement.Id), start, end) { IsPosted = false };
            foreach (var whole in statement.Linked(Relation.PartOf))
            {
                yield return new Mark(whole, start, end) { IsPosted = false };
                yield return new Mark(("parts", whole), start, end) { IsLooked = false };
            }
        }
    }

    /// <summary>From when to when it counts, in days; a running total that names no start may count from any day before.</summary>
    private (int Start, int End) Days(Quantity quantity)
    {
        var (first, last) = (quantity.Cut.Time.Earliest(operation.Zone).InZone(operation.Zone).Date, quantity.Cut.Time.End.DayIn(operation.Zone));
        var (start, end) = (Period.DaysBetween(FirstDay, first), Period.DaysBetween(FirstDay, last));
        return (quantity.Cut.Kind is CutKind.SinceStart && start == end ? int.MinValue / 4 : Math.Min(start, end), end);
    }

    /// <summary>Where and over which days something is counted: others with the same key on overlapping days are close.</summary>
    private sealed record Mark(object Key, int Start, int End)
    {
        public bool IsPosted { get; init; } = true;

        public bool IsLooked { get; init; } = true;
    }
}
