using NodaTime;
using NodaTime.Text;
using Safeconduct.Cli.Commands;
using Safeconduct.Statements;
using Safeconduct.Statements.Times;

namespace Safeconduct.Cli.Operations;

/// <summary>Times as a person types them, on the operation's clock where no offset is given.</summary>
internal static class Times
{
    private static readonly LocalDateTimePattern[] Local =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd' 'HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss"),
    ];

    /// <summary>An instant for "as of": a day means its end.</summary>
    public static Instant AsOf(string text, DateTimeZone zone)
    {
        var day = LocalDatePattern.Iso.Parse(text);
        return day.Success ? day.Value.PlusDays(1).AtStartOfDayInZone(zone).ToInstant() : Minute(text, zone).ToInstant();
    }

    /// <summary>A moment: a day, a month, or a minute with or without its offset.</summary>
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
    public static TimeSpoken Spoken(string text, DateTimeZone zone, string? words)
    {
        var ends = text.Split('/');
        return ends.Length <= 2
            ? new TimeSpoken(Moment(ends[0], zone), Moment(ends[^1], zone), words)
            : throw new RefusedException("time.not-a-time", $"'{Shown.Short(text)}' has more than two ends.");
    }

    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)
        ?? throw new UsageException($"'{id}' is not a time zone; use a name such as Asia/Damascus or Europe/Kyiv.");

    private static OffsetDateTime Minute(string text, DateTimeZone zone)
    {
        var moment = Moment(text, zone);
        return moment.At ?? throw new UsageException($"'{text}' is not a time; write 2016-12-16T18:00 or 2016-12-16.");
    }
}
