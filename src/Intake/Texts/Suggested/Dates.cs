using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.Texts.Suggested;

/// <summary>Finds the dates that a stretch of a text says. The one step of the check that the rule reader's own may stand in for.</summary>
public interface IDates
{
    /// <param name="published">Weekdays and days without a year count from it; null leaves them unread.</param>
    /// <param name="isAhead">The claim is of what is still to come: a weekday is then the next one.</param>
    IReadOnlyList<SaidWhen> In(string original, Span stretch, LocalDate? published, bool isAhead);
}

/// <summary>Dates in plain English forms: 2031-05-02, 2 May 2031, May 2, 2031, 2 May, May 2031, Friday, yesterday. Anything else is not read.</summary>
public sealed class PlainDates : IDates
{
    private static readonly string[] Months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly Regex Form = new(
        $@"\b((?<iso>[0-9]{{4}}-[0-9]{{2}}(-[0-9]{{2}})?)|(?<day>[0-9]{{1,2}})(st|nd|rd|th)?(\s+of)?\s+(?<month>{string.Join('|', Months)})(,?\s+(?<year>(19|20|21)[0-9]{{2}}))?"
        + $@"|(?<month>{string.Join('|', Months)})\s+(?<day>[0-9]{{1,2}})(st|nd|rd|th)?(,?\s+(?<year>(19|20|21)[0-9]{{2}}))?|(?<month>{string.Join('|', Months)})\s+(?<year>(19|20|21)[0-9]{{2}})"
        + @"|(?<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)|(?<near>yesterday|today|tomorrow))\b",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    public IReadOnlyList<SaidWhen> In(string original, Span stretch, LocalDate? published, bool isAhead)
    {
        ArgumentNullException.ThrowIfNull(original);
        var found = new List<SaidWhen>();
        var text = stretch.Of(original);
        foreach (Match match in Form.Matches(text))
        {
            var end = match.Index + match.Length;
            var goesOn = match.Groups["iso"].Success && end + 1 < text.Length && text[end] == '-' && char.IsAsciiDigit(text[end + 1]);
            if (!goesOn && Read(match, published, isAhead) is { } moment)
            {
                found.Add(new(TimeSpoken.At(moment), new(stretch.Start + match.Index, stretch.Start + end)));
            }
        }

        return found;
    }

    private static Moment? Read(Match match, LocalDate? published, bool isAhead)
    {
        if (match.Groups["iso"] is { Success: true } iso)
        {
            return Parsed(iso.Value);
        }

        if (match.Groups["month"] is { Success: true } name)
        {
            var month = Array.IndexOf(Months, name.Value.ToLowerInvariant()) + 1;
            var year = match.Groups["year"] is { Success: true } y ? Number(y.Value) : (int?)null;
            return match.Groups["day"] is { Success: true } d ? Day(year, month, Number(d.Value), published, isAhead) : Parsed(Text(year!.Value, month));
        }

        if (published is not { Year: >= 1900 and < 2999 } day)
        {
            return null;
        }

        if (match.Groups["near"] is { Success: true } near)
        {
            return Moment.OnDay(day.PlusDays(near.Value.ToUpperInvariant() switch { "YESTERDAY" => -1, "TOMORROW" => 1, _ => 0 }));
        }

        var weekday = Enum.Parse<IsoDayOfWeek>(match.Groups["weekday"].Value, ignoreCase: true);
        return Moment.OnDay(isAhead ? day.Next(weekday) : day.DayOfWeek == weekday ? day : day.Previous(weekday));
    }

    /// <summary>Without a year: the last such day up to the publication, or the first from it on where the claim is of what is to come.</summary>
    private static Moment? Day(int? year, int month, int day, LocalDate? published, bool isAhead)
    {
        if (year is { } stated)
        {
            return Parsed(Text(stated, month, day));
        }

        if (published is not { Year: >= 1900 and < 2999 } from)
        {
            return null;
        }

        var passed = (month, day).CompareTo((from.Month, from.Day));
        return Parsed(Text(isAhead ? (passed < 0 ? from.Year + 1 : from.Year) : (passed > 0 ? from.Year - 1 : from.Year), month, day));
    }

    private static Moment? Parsed(string text)
    {
        try
        {
            return Moment.Parse(text);
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Text(int year, int month) => string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}");

    private static string Text(int year, int month, int day) => string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}-{day:D2}");
}
