using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Figures;

/// <summary>
/// The span of what is said: the ends of what sources put forward, as said and without tolerance, never averaged.
/// A floor ("at least") sets the low only where nobody gives a number, and a source that names its batches has given their sum; where the highest claim is a floor there is no high, and those that leave it open are named.
/// </summary>
internal sealed record Span(long? Low, long? High, IReadOnlyList<StatementId> LowSupport, IReadOnlyList<StatementId> HighSupport, bool Approximate)
{
    public static Span Of(IReadOnlyCollection<CountSaid> claims)
    {
        var numbered = claims.Where(c => c.HasNumber).Select(c => (c.Statement, Bound: c.PutForward)).ToList();
        var given = numbered.Where(c => c.Bound is { Low: not null, High: not null }).ToList();
        var below = given.Count > 0 ? given : [.. numbered.Where(c => c.Bound.Low is not null)];
        var low = below.Min(c => c.Bound.Low);
        var lowest = below.Where(c => c.Bound.Low == low).ToList();

        var highest = numbered.Max(c => c.Bound.High);
        var floor = numbered.Where(c => c.Bound.IsFloor).Max(c => c.Bound.Low);
        var open = numbered.Where(c => c.Bound.IsFloor && c.Bound.Low == floor && (highest is null || floor >= highest)).ToList();
        var high = open.Count > 0 ? null : highest;
        var top = open.Count > 0 ? open : [.. numbered.Where(c => highest is not null && c.Bound.High == highest)];
        return new Span(low, high, Ids(lowest), Ids(top), lowest.Concat(top).Any(c => c.Bound.IsApproximate));
    }

    private static IReadOnlyList<StatementId> Ids(IEnumerable<(Statement Statement, Bound Bound)> claims) => [.. claims.Select(c => c.Statement.Id).Distinct().Order()];
}
