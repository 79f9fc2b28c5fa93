using NodaTime;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.Texts.Dates;

/// <summary>From a date's words to a day, month or year.</summary>
public static class DateResolving
{
    /// <summary>A date without its year is at most so many days ahead; a later one was meant of the year before.</summary>
    private const int FarthestAhead = 335;

    /// <param name="published">Weekdays and missing years count from it: the last such day not after it, or the next where the tense is future.</param>
    /// <param name="last">The date last spoken of in the text.</param>
    /// <returns>Null where the words don't say enough, and for a day that no calendar has.</returns>
    public static TimeSpoken? Resolve(DateMention mention, LocalDate? published, LocalDate? last, bool isFuture) => mention.Form switch
    {
        DateForm.Day => Day(mention, published, last, isFuture),
        DateForm.Month => Month(mention, published, last, isFuture),
        DateForm.Year => Year(mention, published),
        DateForm.Weekday => published is { } day ? On(Weekday(mention, day, isFuture)) : null,
        DateForm.FromPublication => On(published?.PlusDays(mention.Days)),
        DateForm.FromLastDate => On((last ?? (mention.OrPublished ? published : null))?.PlusDays(mention.Days)),
        _ => throw new InvalidOperationException(),
    };

    private static bool InRange(LocalDate day) => day.Year is >= 1900 and <= 2999;

    private static TimeSpoken? On(LocalDate? day) => day is { } d && InRange(d) ? TimeSpoken.At(Moment.OnDay(d)) : null;

    private static LocalDate? DayOf(int year, int month, int day) =>
        year is >= 1900 and <= 2999 && month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month) ? new LocalDate(year, month, day) : null;

    private static TimeSpoken? Day(DateMention mention, LocalDate? published, LocalDate? last, bool isFuture)
    {
        if (mention.Day is not { } day)
        {
            return null;
        }

        var start = (mention.Month, mention.Year) switch
        {
            ({ } month, { } year) => DayOf(year, month, day),
            ({ } month, null) => InSomeYear(month, day, published, last, isFuture),
            _ => InSomeMonth(day, published, last, isFuture),
        };
        return start is { } first && mention.EndDay is { } end && DayOf(first.Year, first.Month, end) is { } final && final > first
            ? new TimeSpoken(Moment.OnDay(first), Moment.OnDay(final))
            : On(start);
    }

    /// <summary>The latest such day not after the publication; for what is still to come the next one. 29 February may lie some years off.</summary>
    private static LocalDate? InSomeYear(int month, int day, LocalDate? published, LocalDate? last, bool isFuture)
    {
        if (published is not { } from)
        {
            return last is { } spoken ? Nearest(spoken, -1, 1, (d, n) => DayOf(d.Year + n, month, day)) : null;
        }

        if (isFuture && (DayOf(from.Year, month, day) is { } now && now >= from ? now : DayOf(from.Year + 1, month, day)) is { } next && Period.DaysBetween(from, next) <= FarthestAhead)
        {
            return next;
        }

        for (var year = from.Year; year > from.Year - 8; year--)
        {
            if (DayOf(year, month, day) is { } past && past <= from)
            {
                return past;
            }
        }

        return null;
    }

    /// <summary>"The 7th": of the month nearest to the date last spoken of, else the last or the next one from the publication.</summary>
    private static LocalDate? InSomeMonth(int day, LocalDate? published, LocalDate? last, bool isFuture)
    {
        static LocalDate? Of(LocalDate d, int months, int day) => d.PlusMonths(months) is var m ? DayOf(m.Year, m.Month, day) : null;
        if (last is { } spoken && Nearest(spoken, -1, 1, (d, n) => Of(d, n, day)) is { } nearest && (isFuture || published is not { } limit || nearest <= limit))
        {
            return nearest;
        }

        if (published is not { } from)
        {
            return null;
        }

        for (var months = 0; months <= 2; months++)
        {
            if (Of(from, isFuture ? months : -months, day) is { } found && (isFuture ? found >= from : found <= from))
            {
                return found;
            }
        }

        return null;
    }

    private static LocalDate? Nearest(LocalDate to, int from, int upTo, Func<LocalDate, int, LocalDate?> candidate)
    {
        LocalDate? best = null;
        for (var n = from; n <= upTo; n++)
        {
            if (candidate(to, n) is { } one && (best is not { } known || Math.Abs(Period.DaysBetween(to, one)) < Math.Abs(Period.DaysBetween(to, known))))
            {
                best = one;
            }
        }

        return best;
    }

    private static TimeSpoken? Month(DateMention mention, LocalDate? published, LocalDate? last, bool isFuture)
    {
        if (mention.Month is not { } month)
        {
            return published?.PlusMonths(mention.Days) is { } counted && InRange(counted) ? TimeSpoken.At(Moment.InMonth(counted)) : null;
        }

        var year = mention.Year ?? (published is { } from ? YearOf(month, from, isFuture) : last is { } spoken ? Nearest(spoken, -1, 1, (d, n) => DayOf(d.Year + n, month, 15))?.Year : null);
        return year is { } y && DayOf(y, month, 1) is { } first ? TimeSpoken.At(Moment.InMonth(first)) : null;
    }

    private static int YearOf(int month, LocalDate from, bool isFuture) =>
        isFuture ? (month >= from.Month ? from.Year : from.Year + 1) : (month <= from.Month ? from.Year : from.Year - 1);

    private static TimeSpoken? Year(DateMention mention, LocalDate? published) =>
        (mention.Year ?? published?.Year + mention.Days) is { } year && DayOf(year, 1, 1) is { } first
            ? new TimeSpoken(Moment.InMonth(first), Moment.InMonth(new LocalDate(year, 12, 1)))
            : null;

    /// <summary>The name of the publication's own day means that day in the past tense, and a week later in the future.</summary>
    private static LocalDate Weekday(DateMention mention, LocalDate published, bool isFuture) => mention.Days switch
    {
        < 0 => published.Previous(mention.Weekday),
        > 0 => published.Next(mention.Weekday),
        _ => isFuture ? published.Next(mention.Weekday) : published.With(DateAdjusters.PreviousOrSame(mention.Weekday)),
    };
}
