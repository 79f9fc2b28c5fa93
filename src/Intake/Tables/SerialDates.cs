using NodaTime;

namespace Safeconduct.Intake.Tables;

/// <summary>Days as spreadsheets keep them: a number of days since the end of 1899, or since 1904 began, with the hour as its fraction.</summary>
public static class SerialDates
{
    /// <summary>The day, to the second; null outside 1900 to 2999. The first two months of 1900 lie a day off in the program that began it, and are not read.</summary>
    public static LocalDateTime? Of(decimal number, bool from1904)
    {
        if (number is < 61 or > 401_768)
        {
            return null;
        }

        var days = decimal.Floor(number);
        var seconds = (long)decimal.Round((number - days) * 86_400m);
        return (from1904 ? new LocalDate(1904, 1, 1) : new LocalDate(1899, 12, 30)).AtMidnight().PlusDays((int)days).PlusSeconds(seconds);
    }
}
