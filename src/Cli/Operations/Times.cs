using NodaTime;
using Safeconduct.Cli.Commands;
using Safeconduct.Intake.Typed;
using Safeconduct.Statements;
using Safeconduct.Statements.Times;

namespace Safeconduct.Cli.Operations;

/// <summary>Times as they stand on a command line: one that can't be read is wrong usage.</summary>
internal static class Times
{
    public static Instant AsOf(string text, DateTimeZone zone)
    {
        try
        {
            return TypedTime.AsOf(text, zone);
        }
        catch (RefusedException) when (TypedTime.Moment(text, zone).At is null)
        {
            throw new UsageException($"'{text}' is not a time; write 2016-12-16T18:00 or 2016-12-16.");
        }
    }

    public static Moment Moment(string text, DateTimeZone zone) => TypedTime.Moment(text, zone);

    public static TimeSpoken Spoken(string text, DateTimeZone zone, string? words) => TypedTime.Spoken(text, zone, words);

    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)
        ?? throw new UsageException($"'{id}' is not a time zone; use a name such as Asia/Damascus or Europe/Kyiv.");
}
