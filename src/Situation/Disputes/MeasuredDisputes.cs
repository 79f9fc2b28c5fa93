using NodaTime;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Incident;

namespace Safeconduct.Situation.Disputes;

/// <summary>
/// Measured numbers that tie into no network (per cent held, km, breaches recorded): of one thing in the words used, one place and one time, by different sources, beyond what "about" and
/// "more than" allow. Breaches by one side and breaches by the other are two things.
/// </summary>
internal sealed class MeasuredDisputes(Operation operation)
{
    public IEnumerable<Dispute> Of(IReadOnlyList<Statement> binding) =>
        binding.Where(s => HasNumber(s)).GroupBy(MatterOf).SelectMany(m => Rivals([.. m.OrderBy(Low).ThenBy(s => s.Id)]).Concat(Copies([.. m.OrderBy(s => s.Id)])));

    public static bool HasNumber(Statement statement) => statement.Measured is { } m && (m.Low ?? m.High) is not null;

    /// <summary>What is measured, in the words used, beside the unit.</summary>
    public static string Matter(Statement statement) => (statement.Said is Correction correction ? correction.Instead : statement.Said) switch
    {
        Incident { Target: { } target } => Token.Slug(target),
        var said => statement.Claims().OfType<Claim.Owes>().Select(o => o.What).FirstOrDefault() ?? said.Kind,
    };

    public static bool Differ(Statement one, Statement other) => High(one) < Low(other) || High(other) < Low(one);

    public static bool MayMeet(Statement one, Statement other, int tolerancePercent) => !(Top(one, tolerancePercent) < Bottom(other, tolerancePercent)) && !(Top(other, tolerancePercent) < Bottom(one, tolerancePercent));

    public static PlaceId? PlaceOf(Statement statement) => statement.Where.From ?? statement.Where.Via ?? statement.Where.To;

    /// <summary>Times as days: an hour within a day still speaks of that day's measure.</summary>
    public static (LocalDate, LocalDate) DaysOf(Statement statement, Operation operation) => (statement.About.Start.DayIn(operation.Zone), statement.About.End.DayIn(operation.Zone));

    private (string Unit, string Matter, PlaceId? Place, (LocalDate Start, LocalDate End) Days) MatterOf(Statement s) => (s.Measured!.Unit, Matter(s), PlaceOf(s), DaysOf(s, operation));

    /// <summary>The widest gap between two sources' numbers divides them.</summary>
    private IEnumerable<Dispute> Rivals(List<Statement> sorted)
    {
        var gaps = Enumerable.Range(1, Math.Max(0, sorted.Count - 1)).Where(i => !MayMeet(sorted[i - 1], sorted[i], operation.TolerancePercent) && High(sorted[i - 1]) < Low(sorted[i])).ToList();
        if (gaps.Count == 0)
        {
            yield break;
        }

        var gap = gaps.MaxBy(i => Low(sorted[i]) - High(sorted[i - 1]));
        var below = sorted.Take(gap).ToList();
        var above = sorted.Skip(gap).Where(s => below.TrueForAll(b => !MayMeet(b, s, operation.TolerancePercent) && !Voices.AreOne(b, s))).ToList();
        if (above.Count > 0)
        {
            yield return Dispute("value", Voices.AreOneBody(below.Concat(above)) ? DisputeKind.Self : DisputeKind.Value, below, above, "Differ:");
        }
    }

    /// <summary>A number that an outlet passes on for a source, and another that the source itself prints for the same time.</summary>
    private IEnumerable<Dispute> Copies(List<Statement> matter)
    {
        foreach (var own in matter.GroupBy(s => s.SaidBy.Id))
        {
            var originals = own.Where(s => s.Chain.RelayedBy.Count == 0 && !s.Measured!.IsApproximate).ToList();
            var copies = own.Where(s => s.Chain.RelayedBy.Count > 0 && !s.Measured!.IsApproximate && originals.Count > 0 && originals.TrueForAll(o => !MayMeet(o, s, operation.TolerancePercent) && !s.Links.Any(l => l.To == o.Id))).ToList();
            if (copies.Count > 0)
            {
                yield return Dispute("relay", DisputeKind.Relay, originals, copies, "Passed on otherwise than printed by the source:");
            }
        }
    }

    private Dispute Dispute(string sort, DisputeKind kind, List<Statement> one, List<Statement> other, string how)
    {
        var (unit, _, place, days) = MatterOf(other[0]);
        return new Dispute(
            $"{sort}.measured.{Token.Slug(unit)}.{place?.Value ?? "place-not-stated"}.{FigureNames.Day(days.End)}",
            kind,
            [Told.Ids(one), Told.Ids(other)],
            $"{how} {one[^1].Measured} ({one[^1].SaidBy.Name}) and {other[0].Measured} ({string.Join(", ", other[0].Chain.RelayedBy.Select(r => r.Name).Prepend(other[0].SaidBy.Name))}).",
            null,
            null);
    }

    private static decimal Low(Statement s) => s.Measured!.Low ?? s.Measured.High ?? 0;

    private static decimal High(Statement s) => s.Measured!.High ?? s.Measured.Low ?? 0;

    private static decimal? Top(Statement s, int tolerancePercent) => s.Measured is { IsApproximate: true } m ? m.High * (100 + tolerancePercent) / 100 : s.Measured!.High;

    private static decimal? Bottom(Statement s, int tolerancePercent) => s.Measured is { IsApproximate: true } m ? m.Low * (100 - tolerancePercent) / 100 : s.Measured!.Low;
}
