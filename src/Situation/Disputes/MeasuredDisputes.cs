using NodaTime;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Correction;

namespace Safeconduct.Situation.Disputes;

/// <summary>
/// Measured numbers that tie into no network (per cent held, km, days): of one thing, place and day, by different sources, beyond what "about" and "more than" allow. A count of acts
/// against a truce is a register of what its keeper saw or was told: two registers may both be right, and are never held against each other.
/// </summary>
internal sealed class MeasuredDisputes(Operation operation)
{
    public IEnumerable<Dispute> Of(IReadOnlyList<Statement> binding)
    {
        foreach (var matter in binding.Where(s => s.Measured is { } m && (m.Low ?? m.High) is not null && !IsRegister(s))
            .GroupBy(s => (s.Measured!.Unit, Matter: Matter(s), Place: PlaceOf(s), Day: s.About.End.DayIn(operation.Zone))))
        {
            var sorted = matter.OrderBy(Low).ThenBy(s => s.Id).ToList();
            var gap = Enumerable.Range(1, sorted.Count - 1).FirstOrDefault(i => !MayMeet(sorted[i - 1], sorted[i], operation.TolerancePercent) && High(sorted[i - 1]) < Low(sorted[i]));
            var (below, above) = (sorted.Take(gap).ToList(), sorted.Skip(gap).Where(s => sorted.Take(gap).All(b => !MayMeet(b, s, operation.TolerancePercent) && !Voices.AreOne(b, s))).ToList());
            if (gap > 0 && above.Count > 0)
            {
                yield return new Dispute(
                    $"value.measured.{Token.Slug(matter.Key.Unit)}.{matter.Key.Place?.Value ?? "place-not-stated"}.{FigureNames.Day(matter.Key.Day)}",
                    Voices.AreOneBody(below.Concat(above)) ? DisputeKind.Self : DisputeKind.Value,
                    [Told.Ids(below), Told.Ids(above)],
                    $"Differ: {below[^1].Measured} ({below[^1].SaidBy.Name}) and {above[0].Measured} ({above[0].SaidBy.Name}).",
                    null,
                    null);
            }
        }
    }

    public static bool IsRegister(Statement statement) => statement.Measured is { } m && Token.Slug(m.Unit).Split('-').Any(w => w is "violations" or "violation" or "breaches" or "breach" or "incidents" or "shells" or "blasts" or "explosions" or "strikes" or "attacks");

    /// <summary>What is measured, in the words used, beside the unit.</summary>
    public static string Matter(Statement statement) => statement.Claims().OfType<Claim.Owes>().Select(o => o.What).FirstOrDefault() ?? (statement.Said is Correction correction ? correction.Instead : statement.Said).Kind;

    public static bool Differ(Statement one, Statement other) => High(one) < Low(other) || High(other) < Low(one);

    public static bool MayMeet(Statement one, Statement other, int tolerancePercent) => !(Top(one, tolerancePercent) < Bottom(other, tolerancePercent)) && !(Top(other, tolerancePercent) < Bottom(one, tolerancePercent));

    private static decimal Low(Statement s) => s.Measured!.Low ?? s.Measured.High ?? 0;

    private static decimal High(Statement s) => s.Measured!.High ?? s.Measured.Low ?? 0;

    private static decimal? Top(Statement s, int tolerancePercent) => s.Measured is { IsApproximate: true } m ? m.High * (100 + tolerancePercent) / 100 : s.Measured!.High;

    private static decimal? Bottom(Statement s, int tolerancePercent) => s.Measured is { IsApproximate: true } m ? m.Low * (100 - tolerancePercent) / 100 : s.Measured!.Low;

    private static PlaceId? PlaceOf(Statement statement) => statement.Where.From ?? statement.Where.Via ?? statement.Where.To;
}
