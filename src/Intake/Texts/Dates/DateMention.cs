using NodaTime;

namespace Safeconduct.Intake.Texts.Dates;

/// <summary>What a date's words give by themselves.</summary>
public enum DateForm
{
    /// <summary>A day of a month, with or without its month and year: "16 December 2016", "March 4", "the 7th".</summary>
    Day,

    /// <summary>A month, with or without its year: "late October", "in May 2014".</summary>
    Month,

    Year,

    /// <summary>"Friday": which one follows from the publication date and the tense.</summary>
    Weekday,

    /// <summary>So many days from the day of publication: yesterday, tomorrow, this morning.</summary>
    FromPublication,

    /// <summary>So many days from the date last spoken of: "later that day", "the following day".</summary>
    FromLastDate,
}

/// <summary>A date in a text by its lexemes, end excluded, and what its words say. Not yet a day: that needs the publication date, the tense and the dates before it.</summary>
/// <param name="Days">
/// Of the relative forms: so many days. Of a weekday: -1 for "last", 1 for "next". Of a month or year without a number: so many months or years from the publication.
/// </param>
/// <param name="EndDay">Of a range of days ("12 to 15 May"): its last.</param>
/// <param name="IsOpen">"since D", "in the last n days", "from D": no date of an event. Its day is still read, for whoever wants the start.</param>
/// <param name="Rule">The rule that found it.</param>
/// <param name="OrPublished">"later in the day": of the day last spoken of, or else of the day of publication.</param>
public readonly record struct DateMention(int From, int To, DateForm Form, string Rule, int? Year = null, int? Month = null, int? Day = null, IsoDayOfWeek Weekday = IsoDayOfWeek.None, int Days = 0, int? EndDay = null, bool IsOpen = false, bool OrPublished = false);
