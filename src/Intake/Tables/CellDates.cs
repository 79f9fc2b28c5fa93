using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.Tables;

/// <summary>
/// Dates as people and spreadsheets write them, into the list's own form. What can be read in two ways is refused until the mapping says which; a time without
/// an offset is read on the clock that the mapping names, else on the operation's.
/// </summary>
internal static class CellDates
{
    private static readonly string[] Months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly OffsetDateTimePattern Written = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:sso<Z+HH:mm>");

    private static readonly LocalTimePattern[] Hours =
    [
        LocalTimePattern.CreateWithInvariantCulture("H:mm"),
        LocalTimePattern.CreateWithInvariantCulture("H:mm:ss"),
        LocalTimePattern.CreateWithInvariantCulture("H:mm:ss.FFFFFFFFF"),
        LocalTimePattern.CreateWithInvariantCulture("h:mm tt"),
        LocalTimePattern.CreateWithInvariantCulture("h:mm:ss tt"),
    ];

    /// <summary>The moment that a cell says, in the form of the list: 2031-05-02, 2031-05, 2031-05-02T18:00:00+03:00.</summary>
    /// <exception cref="RefusedException"><c>table.not-a-date</c>, <c>table.date-order</c>, <c>table.short-year</c>, <c>table.plain-number</c>, <c>table.clock</c>.</exception>
    public static string Read(Cell cell, DateOrder? order, DateTimeZone? clock)
    {
        if (cell.Date is { } typed)
        {
            return Text(typed.Date, typed.TimeOfDay == LocalTime.Midnight ? null : typed.TimeOfDay, clock);
        }

        var text = Digits.Western(cell.Text.Trim());
        return Iso(text) ?? Serial(text, cell.Number, order, clock) ?? Cut(text, order, clock) ?? throw NotADate(text);
    }

    /// <summary>Whether any cell leaves no doubt that the day stands first, or the month.</summary>
    public static (bool Day, bool Month, bool Doubt) Seen(IEnumerable<Cell> cells)
    {
        var (day, month, doubt) = (false, false, false);
        foreach (var cell in cells.Where(c => c.Date is null))
        {
            if (Numbers(Digits.Western(cell.Text.Trim())) is ([{ IsMonth: false } a, { IsMonth: false } b, { Length: 4 }], _))
            {
                (day, month) = (day || a.Value > 12, month || b.Value > 12);
                doubt |= a.Value is <= 12 && b.Value is <= 12 && a.Value != b.Value;
            }
        }

        return (day, month, doubt);
    }

    /// <summary>A day, a month, or a time with its offset, to the second: what comes behind is the machine's and not the speaker's.</summary>
    private static string? Iso(string text)
    {
        try
        {
            return Moment.Parse(text) is { At: { } at } ? Written.Format(at) : text;
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    private static string? Serial(string text, decimal? typed, DateOrder? order, DateTimeZone? clock)
    {
        if (typed is null && !(text.Length is > 0 and < 16 && text.All(c => char.IsAsciiDigit(c) || c == '.') && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)))
        {
            return null;
        }

        var number = typed ?? decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        if (order is not (DateOrder.Serial or DateOrder.Serial1904))
        {
            throw new RefusedException("table.plain-number", $"'{Shown.Short(text)}' is a plain number and no date; where it is a spreadsheet's day, say \"dates\": \"serial\" in the mapping, or format the column as dates.");
        }

        return SerialDates.Of(number, order is DateOrder.Serial1904) is { } at ? Text(at.Date, at.TimeOfDay == LocalTime.Midnight ? null : at.TimeOfDay, clock) : throw NotADate(text);
    }

    private static string? Cut(string text, DateOrder? order, DateTimeZone? clock)
    {
        var (parts, rest) = Numbers(text);
        if (parts.Count == 0 || !Hour(rest, out var hour))
        {
            return null;
        }

        return parts switch
        {
            [{ Length: 4 } y, { IsMonth: true } m] => DayOf(y, m, new Part(1, 1, false)) is { } first && hour is null ? first.ToString("uuuu-MM", CultureInfo.InvariantCulture) : null,
            [{ IsMonth: true } m, { Length: 4 } y] => DayOf(y, m, new Part(1, 1, false)) is { } first && hour is null ? first.ToString("uuuu-MM", CultureInfo.InvariantCulture) : null,
            [{ Length: 4 } y, var m, { Length: <= 2 } d] => DayOf(y, m, d) is { } day ? Text(day, hour, clock) : null,
            [{ IsMonth: true } m, { Length: <= 2 } d, { Length: 4 } y] => DayOf(y, m, d) is { } day ? Text(day, hour, clock) : null,
            [{ Length: <= 2 } d, { IsMonth: true } m, { Length: 4 } y] => DayOf(y, m, d) is { } day ? Text(day, hour, clock) : null,
            [{ Length: <= 2 } a, { Length: <= 2 } b, { Length: 4 } y] => Ordered(text, a, b, y, order) is { } day ? Text(day, hour, clock) : null,
            [{ Length: <= 2 }, { Length: <= 2 }, { Length: <= 2 }] => throw new RefusedException("table.short-year", $"'{Shown.Short(text)}' has a year of two digits; write all four."),
            _ => null,
        };
    }

    private static LocalDate? Ordered(string text, Part a, Part b, Part year, DateOrder? order)
    {
        var (day, month) = order switch
        {
            DateOrder.DayMonthYear => (a, b),
            DateOrder.MonthDayYear => (b, a),
            _ when a.Value > 12 || a.Value == b.Value => (a, b),
            _ when b.Value > 12 => (b, a),
            _ => throw new RefusedException("table.date-order", $"'{Shown.Short(text)}' is a day in {EnglishMonth(a)} or in {EnglishMonth(b)}; say \"dates\": \"day-month-year\" or \"month-day-year\" in the mapping."),
        };
        return DayOf(year, month, day);
    }

    private static string EnglishMonth(Part part) => part.Value is >= 1 and <= 12 ? char.ToUpperInvariant(Months[part.Value - 1][0]) + Months[part.Value - 1][1..] : "no month";

    private static LocalDate? DayOf(Part year, Part month, Part day) =>
        year.Value is >= 1900 and <= 2999 && month.Value is >= 1 and <= 12 && day.Value >= 1 && day.Value <= CalendarSystem.Iso.GetDaysInMonth(year.Value, month.Value)
            ? new LocalDate(year.Value, month.Value, day.Value)
            : null;

    private static bool Hour(string rest, out LocalTime? hour)
    {
        hour = null;
        if (rest.Length == 0)
        {
            return true;
        }

        foreach (var pattern in Hours)
        {
            if (pattern.Parse(rest) is { Success: true } read)
            {
                hour = read.Value;
                return true;
            }
        }

        return false;
    }

    private static string Text(LocalDate day, LocalTime? hour, DateTimeZone? clock)
    {
        if (hour is not { } time)
        {
            return LocalDatePattern.Iso.Format(day);
        }

        return clock is null
            ? throw new RefusedException("table.clock", $"{LocalDatePattern.Iso.Format(day)} {time.ToString("HH:mm", CultureInfo.InvariantCulture)} has an hour and no offset; say on which clock it is: \"clock\": \"Europe/Kyiv\" or \"+02:00\" in the mapping.")
            : Written.Format((day + time).With(t => t.With(TimeAdjusters.TruncateToSecond)).InZoneLeniently(clock).ToOffsetDateTime());
    }

    private static RefusedException NotADate(string text) =>
        new("table.not-a-date", $"'{Shown.Short(text)}' is not a date; write it as 2031-05-02, 2 May 2031 or 02/05/2031, with an hour as 18:00 behind it where it is known.");

    /// <summary>Up to three numbers or months at the front of a text, joined by one sign or spaces; and what stands behind.</summary>
    private static (List<Part> Parts, string Behind) Numbers(string text)
    {
        var parts = new List<Part>(3);
        var at = 0;
        while (at < text.Length && parts.Count < 3)
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || (parts.Count < 3 && char.IsLetter(text[at]) && !char.IsAsciiDigit(text[start]))))
            {
                at++;
            }

            if (PartOf(text[start..at]) is not { } part)
            {
                return ([], text);
            }

            parts.Add(part);
            var sign = at;
            while (at < text.Length && text[at] is '/' or '.' or '-' or ',' or ' ' && parts.Count < 3)
            {
                at++;
            }

            if (at == sign && at < text.Length && parts.Count < 3)
            {
                return ([], text);
            }
        }

        return (parts, text[at..].TrimStart(' ', ',', 'T').Trim());
    }

    private static Part? PartOf(string word)
    {
        if (word.Length is 1 or 2 or 4 && word.All(char.IsAsciiDigit))
        {
            return new Part(int.Parse(word, CultureInfo.InvariantCulture), word.Length, false);
        }

        var month = word.Length < 3 ? -1 : Array.FindIndex(Months, m => m.StartsWith(word, StringComparison.OrdinalIgnoreCase) || (word.Equals("sept", StringComparison.OrdinalIgnoreCase) && m == "september"));
        return month < 0 ? null : new Part(month + 1, 0, true);
    }

    private readonly record struct Part(int Value, int Length, bool IsMonth);
}

/// <summary>Digits of other scripts, and the spaces that group them, as the grammar reads them.</summary>
internal static class Digits
{
    /// <summary>Arabic-Indic and Persian digits become 0 to 9; narrow and no-break spaces between a digit and three digits go.</summary>
    public static string Western(string text)
    {
        if (text.All(char.IsAscii))
        {
            return text;
        }

        var western = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is >= '\u0660' and <= '\u0669' or >= '\u06F0' and <= '\u06F9')
            {
                western.Append((char)('0' + (c & 0xF)));
            }
            else if (c is '\u066C')
            {
                western.Append(',');
            }
            else if (!(c is '\u00A0' or '\u202F' or '\u2009' && IsGroup(text, i)))
            {
                western.Append(c is '\u00A0' or '\u202F' or '\u2009' ? ' ' : c);
            }
        }

        return western.ToString();
    }

    private static bool IsGroup(string text, int at) =>
        at > 0 && char.IsDigit(text[at - 1]) && at + 3 < text.Length + 0 && text.AsSpan(at + 1, 3).IndexOfAnyExceptInRange('0', '9') < 0 && (at + 4 >= text.Length || !char.IsDigit(text[at + 4]));
}
