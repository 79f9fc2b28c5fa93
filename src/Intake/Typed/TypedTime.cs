using NodaTime;
using NodaTime.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.Typed;

/// <summary>Times as a person types them, on the operation's clock where no offset is given.</summary>
public static class TypedTime
{
    private static readonly LocalDateTimePattern[] Local =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd' 'HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss"),
    ];

    /// <summary>An instant for "as of": a day means its end.</summary>
    /// <exception cref="RefusedException"><c>time.not-a-time</c>.</exception>
    public static Instant AsOf(string text, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var day = LocalDatePattern.Iso.Parse(text);
        if (day.Success)
        {
            return day.Value.PlusDays(1).AtStartOfDayInZone(zone).ToInstant();
        }

        return (Moment(text, zone).At ?? throw new RefusedException("time.not-a-time", $"'{Shown.Short(text)}' is not a time; write 2031-05-02T18:00 or 2031-05-02.")).ToInstant();
    }

    /// <summary>A moment: a day, a month, or a minute with or without its offset.</summary>
    /// <exception cref="RefusedException"><c>time.not-a-time</c>.</exception>
    public static Moment Moment(string text, DateTimeZone zone)
    {
        foreach (var pattern in Local)
        {
            if (pattern.Parse(text) is { Success: true } local)
            {
                return Statements.Times.Moment.AtMinute(local.Value.InZoneLeniently(zone).ToOffsetDateTime());
            }
        }

        return Statements.Times.Moment.Parse(text);
    }

    /// <summary>The time spoken of: a moment, or two with a slash between them.</summary>
    /// <exception cref="RefusedException"><c>time.not-a-time</c>.</exception>
    public static TimeSpoken Spoken(string text, DateTimeZone zone, string? words)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ends = text.Split('/');
        return ends.Length <= 2
            ? new TimeSpoken(Moment(ends[0], zone), Moment(ends[^1], zone), words)
            : throw new RefusedException("time.not-a-time", $"'{Shown.Short(text)}' has more than two ends.");
    }
}
