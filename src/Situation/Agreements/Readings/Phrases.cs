using NodaTime;
using NodaTime.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;

namespace Safeconduct.Situation.Agreements.Readings;

/// <summary>The words of a reading, in plain English.</summary>
internal sealed class Phrases(Gazetteer places, DateTimeZone zone)
{
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("d MMMM HH:mm");
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("d MMMM");

    public string Of(Occurrence what) => string.Concat(
        what.Which is Ordinal.First ? "the first " : what.Which is Ordinal.Last ? "the last " : "",
        what.Noun.Replace('-', ' '),
        what.Category is { } c ? $" of {c}" : "",
        what.Batch is { } b ? $" (“{b}”)" : "",
        Joined(" from ", what.From),
        Joined(" to ", what.To),
        Joined(" by way of ", what.Via),
        Joined(" at ", what.Where));

    public string Of(Total total) => $"{total.Category} {Verb(total.Counting)} {Names(total.Places)}{Joined(" by way of ", total.Via)}{Joined(" to ", total.To)}";

    public string Names(IReadOnlyList<PlaceId> ids) => ids.Count switch
    {
        0 => "anywhere",
        1 => places.ShortNameOf(ids[0]),
        _ => $"{string.Join(", ", ids.Take(ids.Count - 1).Select(places.ShortNameOf))} or {places.ShortNameOf(ids[^1])}",
    };

    /// <summary>A time as precisely as it is known: an hour, a day, or a span.</summary>
    public string Of(Between time)
    {
        if (time.Earliest == Instant.MinValue)
        {
            return time.Latest == Instant.MaxValue ? "a time not stated" : $"a time up to {Of(time.Latest)}";
        }

        var (first, last) = (time.Earliest.InZone(zone).LocalDateTime, time.Latest.InZone(zone).LocalDateTime);
        if (first == last)
        {
            return Minute.Format(first);
        }

        var wholeDays = first.TimeOfDay == LocalTime.Midnight && (last.TimeOfDay == LocalTime.Midnight || last.TimeOfDay >= new LocalTime(23, 59, 59));
        if (!wholeDays)
        {
            return $"{Minute.Format(first)} to {(first.Date == last.Date ? LocalTimePattern.CreateWithInvariantCulture("HH:mm").Format(last.TimeOfDay) : Minute.Format(last))}";
        }

        var lastDay = last.TimeOfDay == LocalTime.Midnight ? last.Date.PlusDays(-1) : last.Date;
        return lastDay <= first.Date ? Day.Format(first.Date) : $"{Day.Format(first.Date)} to {Day.Format(lastDay)}";
    }

    public string Of(Instant instant) => Minute.Format(instant.InZone(zone).LocalDateTime);

    /// <param name="highest">The highest low end that anybody gives: how far it is said to have come where nobody sets a high end.</param>
    public static string Of(TotalSpan span, long highest) => span.High switch
    {
        null when highest == 0 => "how many is not settled",
        null when span.Low == highest => $"at least {Shown.Grouped(highest)}",
        null => $"{Shown.Grouped(span.Low)} to at least {Shown.Grouped(highest)}",
        { } high when high == span.Low => Shown.Grouped(high),
        { } high => $"{Shown.Grouped(span.Low)} to {Shown.Grouped(high)}",
    };

    private string Joined(string before, IReadOnlyList<PlaceId> ids) => ids.Count == 0 ? "" : before + Names(ids);

    private static string Verb(Counting counting) => counting switch
    {
        Counting.Leave => "who left",
        Counting.ArriveIn => "who arrived in",
        Counting.Pass => "who passed",
        Counting.AreReceivedIn => "received in",
        Counting.AreReleasedFrom => "released from",
        Counting.ArePresentAt => "present at",
        Counting.AreDeliveredTo => "delivered to",
        _ => throw new ArgumentOutOfRangeException(nameof(counting)),
    };
}
