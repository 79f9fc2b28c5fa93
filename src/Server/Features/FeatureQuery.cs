using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Reports.Exchange.GeoJson;
using Safeconduct.Server.Access;
using Safeconduct.Statements;

namespace Safeconduct.Server.Features;

/// <summary>Where a page of features goes on: the size that the record had on the first page, and the last feature that was given.</summary>
internal readonly record struct FeatureCursor(long Size, long After)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Size}.{After}");

    public static FeatureCursor? Read(string text) =>
        text.Split('.') is [var size, var after] && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var s) && long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var a)
            ? new(s, a)
            : null;
}

/// <summary>
/// What a request for features asks for: <c>limit</c>, <c>bbox</c>, <c>datetime</c> of OGC API – Features – Part 1: Core (17-069r4, 7.15), and <c>cursor</c>, which is ours and
/// stands in next links alone. Anything else is answered with 400: a filter that nobody applied would read as an answer.
/// </summary>
internal sealed record FeatureQuery(int Limit, Box? Bounds, (Instant? From, Instant? To)? Time, FeatureCursor? Cursor)
{
    public const int UsualLimit = 100;
    public const int GreatestLimit = 1000;
    private static readonly string[] Known = ["limit", "bbox", "datetime", "cursor", "f"];
    private static readonly OffsetDateTimePattern[] Times = [OffsetDateTimePattern.Rfc3339, OffsetDateTimePattern.ExtendedIso, OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mmo<Z+HH:mm>")];

    /// <exception cref="ServerRefusal">400 with <c>features.parameter-unknown</c>, <c>features.limit</c>, <c>features.bbox</c>, <c>features.datetime</c>, <c>features.cursor</c>, <c>features.format</c>.</exception>
    public static FeatureQuery Read(IQueryCollection query, DateTimeZone zone)
    {
        Check(query, Known);
        return new(
            LimitOf(query["limit"].ToString()),
            query["bbox"].ToString() is { Length: > 0 } box ? BoxOf(box) : null,
            query["datetime"].ToString() is { Length: > 0 } time ? TimeOf(time, zone) : null,
            query["cursor"].ToString() is { Length: > 0 } cursor ? FeatureCursor.Read(cursor) ?? throw Refused("cursor", "'cursor' comes from the next link of an answer; begin again without it.") : null);
    }

    /// <summary>Refuses what is not known, and what is given twice.</summary>
    public static void Check(IQueryCollection query, params string[] known)
    {
        if (query.Keys.FirstOrDefault(k => !known.Contains(k, StringComparer.Ordinal)) is { } unknown)
        {
            throw Refused("parameter-unknown", $"'{Shown.Short(unknown)}' is not a parameter here; there {(known.Length == 1 ? "is" : "are")} {string.Join(", ", known)}.");
        }

        if (query.FirstOrDefault(q => q.Value.Count > 1).Key is { } twice)
        {
            throw Refused("parameter-twice", $"'{twice}' is given twice; give it once.");
        }

        if (query["f"].ToString() is not ("" or "json"))
        {
            throw Refused("format", "The answers are JSON: leave 'f' out, or write f=json.");
        }
    }

    /// <summary>Whether a feature is asked for. One that has no place is in no box; a collection that knows no times is not narrowed by one.</summary>
    public bool Wants(FeatureItem item) =>
        (Bounds is not { } box || item.Boxes.Any(box.Meets))
        && (Time is not { } time || item.Time is not { } own || ((time.To is not { } to || own.First <= to) && (time.From is not { } from || own.Last >= from)));

    private static int LimitOf(string text)
    {
        if (text.Length == 0)
        {
            return UsualLimit;
        }

        // More than is given at once is no error: the standard wants as many as there are at most.
        return text.Length <= 18 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1
            ? (int)Math.Min(limit, GreatestLimit)
            : throw Refused("limit", $"'limit' is a whole number from 1 on; at most {Shown.Grouped(GreatestLimit)} come at once.");
    }

    private static Box BoxOf(string text)
    {
        var sides = new List<double>();
        foreach (var side in text.Split(','))
        {
            sides.Add(double.TryParse(side, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && double.IsFinite(degrees) ? degrees : throw NotABox());
        }

        // Heights are taken and narrow nothing: no feature has one.
        var (west, south, east, north) = sides.Count switch
        {
            4 => (sides[0], sides[1], sides[2], sides[3]),
            6 when sides[2] <= sides[5] => (sides[0], sides[1], sides[3], sides[4]),
            _ => throw NotABox(),
        };
        return west is >= -180 and <= 180 && east is >= -180 and <= 180 && south is >= -90 and <= 90 && north is >= -90 and <= 90 && south <= north ? new Box(west, south, east, north) : throw NotABox();
    }

    private static (Instant? From, Instant? To) TimeOf(string text, DateTimeZone zone)
    {
        var parts = text.Split('/');
        if (parts is [var one])
        {
            var (first, last) = Moment(one, zone);
            return (first, last);
        }

        if (parts is not [var start, var end])
        {
            throw NotATime();
        }

        Instant? from = start is "" or ".." ? null : Moment(start, zone).First;
        Instant? to = end is "" or ".." ? null : Moment(end, zone).Last;
        return (from, to) is (null, null) || from > to ? throw NotATime() : (from, to);
    }

    /// <summary>A time with its offset, or a day on the operation's clock.</summary>
    private static (Instant First, Instant Last) Moment(string text, DateTimeZone zone)
    {
        if (text.Length <= 40 && Times.Select(t => t.Parse(text)).FirstOrDefault(r => r.Success) is { } timed)
        {
            return (timed.Value.ToInstant(), timed.Value.ToInstant());
        }

        return LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: >= 1 and < 9999 } day }
            ? (day.AtStartOfDayInZone(zone).ToInstant(), day.PlusDays(1).AtStartOfDayInZone(zone).ToInstant() - Duration.Epsilon)
            : throw NotATime();
    }

    private static ServerRefusal NotABox() =>
        Refused("bbox", "'bbox' is west,south,east,north in degrees (or six numbers, with heights), longitudes -180 to 180 and latitudes -90 to 90; over the antimeridian west is greater than east.");

    private static ServerRefusal NotATime() =>
        Refused("datetime", "'datetime' is a time with its offset (2031-05-02T18:00:00Z), a day, or two with a slash between; an end that is open is written as two dots.");

    private static ServerRefusal Refused(string what, string detail) => new(StatusCodes.Status400BadRequest, $"features.{what}", detail);
}
