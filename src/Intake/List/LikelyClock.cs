using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.List;

/// <summary>The clock on which a list without settings is read: the offset that most of its stated hours carry, the times spoken of before the times of publication; UTC where no hour is stated.</summary>
public static class LikelyClock
{
    public static DateTimeZone Of(IReadOnlyCollection<Statement> statements)
    {
        var spoken = statements.SelectMany(s => (Moment[])[s.About.Start, s.About.End]);
        return MostCommon(spoken) ?? MostCommon(statements.Select(s => s.SaidAt)) ?? DateTimeZone.Utc;
    }

    private static DateTimeZone? MostCommon(IEnumerable<Moment> moments) => moments
        .Where(m => m.At is not null)
        .GroupBy(m => m.At!.Value.Offset)
        .OrderByDescending(g => g.Count())
        .ThenBy(g => g.Key)
        .Select(g => DateTimeZone.ForOffset(g.Key))
        .FirstOrDefault();
}
