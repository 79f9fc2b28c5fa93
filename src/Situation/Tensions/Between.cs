using Safeconduct.Situation.Disputes;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Situation.Tensions;

/// <summary>Makes a tension of two sides and the words that reconcile them.</summary>
internal static class Between
{
    /// <summary>Nothing where a side is empty once statements on both sides are left out.</summary>
    public static IEnumerable<Tension> Counts(Explanation by, string matter, IEnumerable<CountSaid> one, IEnumerable<CountSaid> other, string because, FigureKey? figure, bool isOneUnit = true)
    {
        var (first, second) = (one.ToList(), other.ToList());
        var both = first.Select(c => c.Statement.Id).ToHashSet();
        both.IntersectWith(second.Select(c => c.Statement.Id));
        first.RemoveAll(c => both.Contains(c.Statement.Id));
        second.RemoveAll(c => both.Contains(c.Statement.Id));
        if (first.Count == 0 || second.Count == 0)
        {
            yield break;
        }

        var (left, right) = Nearest(first, second);
        yield return new Tension(
            $"{Token.Of(by)}.{matter}",
            DisputeKind.Value,
            by,
            [Told.Ids(first), Told.Ids(second)],
            $"{Told.Sentence(Told.Count(left, withCategory: !isOneUnit))} and {Told.Count(right, withCategory: !isOneUnit)}: {because}.",
            figure is null ? null : FigureNames.Id(figure),
            isOneUnit ? Math.Max(0, Math.Max(Plain.Low(right) - Plain.High(left), Plain.Low(left) - Plain.High(right))) : null);
    }

    public static IEnumerable<Tension> Words(Explanation by, DisputeKind kind, string matter, IEnumerable<Statement> one, IEnumerable<Statement> other, string why)
    {
        var (first, second) = (Told.Ids(one), Told.Ids(other));
        if (first.Count > 0 && second.Count > 0 && !first.Intersect(second).Any())
        {
            yield return new Tension($"{Token.Of(by)}.{matter}", kind, by, [first, second], why, null, null);
        }
    }

    private static (CountSaid Left, CountSaid Right) Nearest(List<CountSaid> first, List<CountSaid> second) => first.Max(Plain.High) <= second.Min(Plain.Low)
        ? (first.MaxBy(Plain.High)!, second.MinBy(Plain.Low)!)
        : second.Max(Plain.High) <= first.Min(Plain.Low)
            ? (first.MinBy(Plain.Low)!, second.MaxBy(Plain.High)!)
            : (first[0], second[0]);
}
