using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Safeconduct.Statements.Times;

/// <summary>How finely a time was stated. A coarser time is not a wrong one: it is all that was said.</summary>
public enum TimePrecision
{
    Minute,
    Day,
    Month,
}

/// <summary>One time as it was said: a minute with its offset, a day, or a month. Never more precise than the words.</summary>
public sealed record Moment : IComparable<Moment>
{
    /// <summary>RFC 3339: the offset always with its minutes, so that every reader of dates takes it.</summary>
    private static readonly OffsetDateTimePattern Timed = OffsetDateTimePattern.Rfc3339;

    /// <summary>Also taken: without seconds, and the short offset of ISO 8601 (+02).</summary>
    private static readonly OffsetDateTimePattern[] AlsoRead = [OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mmo<Z+HH:mm>"), OffsetDateTimePattern.ExtendedIso];

    /// <exception cref="RefusedException"><c>time.not-a-time</c> for years outside 1900 to 2999: a slip of the pen, or of a clock.</exception>
    private Moment(LocalDate date, OffsetDateTime? at, TimePrecision precision)
    {
        if (!InRange(date))
        {
            throw new RefusedException("time.not-a-time", $"The year {Shown.Number(date.Year)} is outside 1900 to 2999; check the date.");
        }

        Date = date;
        At = at;
        Precision = precision;
    }

    /// <summary>The day. For a month its last day; for a minute the day on the clock of the stated offset.</summary>
    public LocalDate Date { get; }

    /// <summary>The first day that the words allow: for a month its first, else <see cref="Date"/>.</summary>
    public LocalDate FirstDate => Precision is TimePrecision.Month ? Date.With(DateAdjusters.StartOfMonth) : Date;

    /// <summary>The minute with its offset, where one was stated.</summary>
    public OffsetDateTime? At { get; }

    public TimePrecision Precision { get; }

    public bool HourIsStated => At is not null;

    public static Moment OnDay(LocalDate day) => new(day, null, TimePrecision.Day);

    /// <summary>A time known only by its month; <paramref name="lastDay"/> is any day of it.</summary>
    public static Moment InMonth(LocalDate lastDay) =>
        new(lastDay.With(DateAdjusters.EndOfMonth), null, TimePrecision.Month);

    /// <exception cref="RefusedException"><c>time.offset</c> for an offset with seconds, which no clock in use has and RFC 3339 can't write.</exception>
    public static Moment AtMinute(OffsetDateTime at) => at.Offset.Seconds % 60 == 0
        ? new(at.Date, at, TimePrecision.Minute)
        : throw new RefusedException("time.offset", "An offset from UTC has hours and minutes, and no seconds.");

    /// <summary>Reads <c>2016-12-16</c>, <c>2016-12</c> or <c>2016-12-16T13:45:00+02:00</c>.</summary>
    /// <exception cref="RefusedException"><c>time.not-a-time</c>, also for years outside 1900 to 2999.</exception>
    public static Moment Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 7 && LocalDatePattern.Iso.Parse(text + "-01") is { Success: true } month && InRange(month.Value))
        {
            return InMonth(month.Value);
        }

        if (LocalDatePattern.Iso.Parse(text) is { Success: true } day && InRange(day.Value))
        {
            return OnDay(day.Value);
        }

        var timed = AlsoRead.Prepend(Timed).Select(p => p.Parse(text)).FirstOrDefault(r => r.Success);
        if (timed is not null && InRange(timed.Value.Date))
        {
            return AtMinute(timed.Value);
        }

        throw new RefusedException("time.not-a-time", $"'{Shown.Short(text)}' is not a day (2016-12-16), a month (2016-12) or a time with its offset (2016-12-16T13:45+02:00).");
    }

    /// <summary>The earliest instant that the words allow, on the operation's clock.</summary>
    public Instant Earliest(DateTimeZone zone) => At?.ToInstant() ?? FirstDate.AtStartOfDayInZone(zone).ToInstant();

    /// <summary>The first instant that the words no longer allow: a day ends where the next begins; a stated minute ends with itself.</summary>
    public Instant Latest(DateTimeZone zone) =>
        At is { } at ? at.ToInstant() : Date.PlusDays(1).AtStartOfDayInZone(zone).ToInstant();

    /// <summary>The day on the operation's clock on which this moment lies; for a month its last.</summary>
    public LocalDate DayIn(DateTimeZone zone) => At is { } at ? at.ToInstant().InZone(zone).Date : Date;

    /// <summary>
    /// By the day as written, then by hour; a stated hour comes before "some time that day", and a day before its month. A total order for lists. Across midnight
    /// and two offsets it follows the written day and not the instant: where that matters, compare <see cref="Earliest"/> on the operation's clock.
    /// </summary>
    public int CompareTo(Moment? other)
    {
        if (other is null)
        {
            return 1;
        }

        if (Date.CompareTo(other.Date) is var byDay and not 0)
        {
            return byDay;
        }

        if (Precision.CompareTo(other.Precision) is var byPrecision and not 0)
        {
            return byPrecision;
        }

        return At is { } mine && other.At is { } theirs
            ? (mine.ToInstant().CompareTo(theirs.ToInstant()) is var byInstant and not 0 ? byInstant : mine.Offset.CompareTo(theirs.Offset))
            : 0;
    }

    public override string ToString() => At is { } at
        ? Timed.Format(at)
        : Precision is TimePrecision.Month
            ? Date.ToString("uuuu-MM", CultureInfo.InvariantCulture)
            : LocalDatePattern.Iso.Format(Date);

    private static bool InRange(LocalDate day) => day.Year is >= 1900 and <= 2999;
}
