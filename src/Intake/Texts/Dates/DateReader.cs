using NodaTime;
using Safeconduct.Intake.Lexicons;

namespace Safeconduct.Intake.Texts.Dates;

/// <summary>Reads the one date that stands at a lexeme. Every look ahead and back is bounded, so that no text takes longer than its length.</summary>
internal readonly ref struct DateReader(Wording wording, Lexicon lexicon)
{
    private const int MostDaysInList = 6;
    private const int LongestLead = 3;
    private const int MostDays = 366;

    private readonly bool _monthFirst = lexicon.Has("dates", "month-first");
    private readonly bool _dayFirst = lexicon.Has("dates", "day-first");
    private readonly bool _bareDay = lexicon.Has("dates", "bare-day");
    private readonly bool _capital = lexicon.Has("dates", "capital");

    /// <param name="next">The lexeme to read on from; also where words were passed over that only look like a date.</param>
    public bool TryRead(int at, out DateMention date, out int next)
    {
        if (lexicon.TryMatch(Slot.Weekday, wording, at, out var day) && IsNamed(at, day.Rule))
        {
            return Weekday(at, day, out date, out next);
        }

        if (Says(at, out var match) && match.Rule.Says is "none" or "open" or "days" or "same" or "day" or "months" or "years" or "ago-before" or "later-before")
        {
            return Phrase(at, match, out date, out next);
        }

        if (Calendar(at, out date, out next))
        {
            date = Led(date);
            return true;
        }

        return Away(at, out date, out next) || BareDay(at, out date, out next) || Year(at, out date, out next);
    }

    /// <summary>A day or month by the calendar: in figures, day first, or month first.</summary>
    private bool Calendar(int at, out DateMention date, out int next) =>
        InFigures(at, out date, out next) || InShortFigures(at, out date, out next) || InStroke(at, out date, out next) || DayFirst(at, out date, out next) || MonthFirst(at, out date, out next);

    private bool Says(int at, out Match match) => lexicon.TryMatch(Slot.DateWord, wording, at, out match);

    private bool Says(int at, string what, out int next)
    {
        var says = Says(at, out var match) && match.Rule.Says == what;
        next = says ? match.To : at;
        return says;
    }

    /// <summary>Where the words that say it begin, if they end right before a lexeme; else the lexeme itself.</summary>
    private int Before(int at, string what)
    {
        for (var from = at - 1; from >= Math.Max(0, at - LongestLead); from--)
        {
            if (Says(from, out var match) && match.To == at && match.Rule.Says == what)
            {
                return from;
            }
        }

        return at;
    }

    private bool Follows(int at, string what) => Before(at, what) < at;

    private bool IsNamed(int at, Rule rule) =>
        (!_capital || char.IsUpper(wording.Text[wording[at].Start]))
        && (!rule.IsDoubtful || rule.Slot is not Slot.Weekday || Follows(at, "lead") || Follows(at, "last") || Follows(at, "next") || IsDateBeside(at + 1));

    private bool IsDateBeside(int at) => Calendar(Past(at, ',', '.'), out _, out _);

    private int Past(int at, char mark, char other = '\0') =>
        at < wording.Count && (wording[at].IsMark(mark) || (other != '\0' && wording[at].IsMark(other))) ? at + 1 : at;

    private bool Weekday(int at, Match day, out DateMention date, out int next)
    {
        // The full stop of "Thurs."; behind a whole name it ends the sentence.
        var behind = Past(day.To, ',', wording[day.To - 1].End - wording[day.To - 1].Start <= 5 && day.Rule.IsDoubtful ? '.' : ',');
        behind = Says(behind, "article", out var named) ? named : behind;
        if (Calendar(behind, out date, out next))
        {
            date = Led(date with { From = at });
            return true;
        }

        next = day.To;
        var (from, days) = Before(at, "last") is var last && last < at ? (last, -1) : Before(at, "next") is var ahead && ahead < at ? (ahead, 1) : (Before(at, "this"), 0);
        if (Says(next, "last-after", out var after))
        {
            (next, days) = (after, -1);
        }
        else if (Says(next, "next-after", out after))
        {
            (next, days) = (after, 1);
        }

        next = Says(next, "hours", out var hours) ? hours : next;
        date = Led(new(from, next, DateForm.Weekday, day.Rule.Id, Weekday: (IsoDayOfWeek)day.Rule.Amount, Days: days));
        return true;
    }

    private bool Phrase(int at, Match match, out DateMention date, out int next)
    {
        next = match.To;
        var rule = match.Rule;
        date = new(at, next, DateForm.FromPublication, rule.Id, Days: rule.Amount);
        switch (rule.Says)
        {
            case "none":
                return false;
            case "open":
                date = date with { Form = DateForm.Day, IsOpen = true };
                return true;
            case "ago-before" or "later-before":
                return AgoBefore(at, match, out date, out next);
            case "same":
                date = date with { Form = DateForm.FromLastDate };
                break;
            case "day":
                date = date with { Form = DateForm.FromLastDate, OrPublished = true };
                break;
            case "months":
                date = date with { Form = DateForm.Month };
                break;
            case "years":
                date = date with { Form = DateForm.Year };
                break;
        }

        next = Says(next, "hours", out var hours) ? hours : next;
        date = Led(date with { To = next });
        return true;
    }

    /// <summary>"il y a trois jours", "спустя два дня": the words stand before the number.</summary>
    private bool AgoBefore(int at, Match match, out DateMention date, out int next)
    {
        date = default;
        var isNumber = Numbers.TryRead(wording, lexicon, match.To, out var n, out next);
        if (!isNumber || !IsDays(n) || !Says(next, "unit", out next))
        {
            next = match.To;
            return false;
        }

        date = match.Rule.Says is "ago-before"
            ? new(at, next, DateForm.FromPublication, match.Rule.Id, Days: -(int)n)
            : new(at, next, DateForm.FromLastDate, match.Rule.Id, Days: (int)n * match.Rule.Amount);
        return true;
    }

    /// <summary>"three days ago", "two days later".</summary>
    private bool Away(int at, out DateMention date, out int next)
    {
        date = default;
        if (!Numbers.TryRead(wording, lexicon, at, out var n, out next) || !IsDays(n) || !Says(next, out var match) || match.Rule.Says is not ("ago" or "later"))
        {
            next = at + 1;
            return false;
        }

        var rule = match.Rule;
        date = rule.Says is "ago"
            ? new(at, match.To, DateForm.FromPublication, rule.Id, Days: -(int)n)
            : new(at, match.To, DateForm.FromLastDate, rule.Id, Days: (int)n * rule.Amount);
        next = match.To;
        return true;
    }

    private static bool IsDays(decimal n) => n is > 0 and <= MostDays && decimal.Truncate(n) == n;

    /// <summary>2016-12-16, 16/12/2016, 16.12.2016. Where day and month can't be told apart and the language has no one order, nothing is read.</summary>
    private bool InFigures(int at, out DateMention date, out int next)
    {
        (date, next) = (default, at + 1);
        if (at >= wording.Count)
        {
            return false;
        }

        var (text, from) = (wording.Text, wording[at].Start);
        Span<int> parts = stackalloc int[3];
        Span<int> lengths = stackalloc int[3];
        var (end, mark) = (from, '\0');
        for (var part = 0; part < 3; part++)
        {
            while (end < text.Length && Digits.Value(text[end]) is >= 0 and var digit && lengths[part] < 4)
            {
                parts[part] = (parts[part] * 10) + digit;
                lengths[part]++;
                end++;
            }

            if (lengths[part] == 0 || (part < 2 && (end >= text.Length || text[end] is not ('-' or '/' or '.') || (mark != '\0' && text[end] != mark))))
            {
                return false;
            }

            if (part < 2)
            {
                mark = text[end++];
            }
        }

        if (end < text.Length && char.IsLetterOrDigit(text[end]))
        {
            return false;
        }

        var isIso = lengths[0] == 4 && mark == '-';
        if (!isIso && (lengths[2] != 4 || mark == '-' || lengths[0] > 2))
        {
            return false;
        }

        while (next < wording.Count && wording[next].End <= end)
        {
            next++;
        }

        var (year, month, day) = isIso ? (parts[0], parts[1], parts[2]) : Ordered(parts[0], parts[1], parts[2], mark);
        date = new(at, next, DateForm.Day, isIso ? "date.iso" : "date.figures", year, month, day);
        return month is >= 1 and <= 12 && day is >= 1 and <= 31 && IsYear(year);
    }

    /// <summary>"01.07." at the head of an entry, in a language that writes the day first and dates with dots.</summary>
    private bool InShortFigures(int at, out DateMention date, out int next)
    {
        (date, next) = (default, at + 1);
        if (!_dayFirst || at >= wording.Count || wording.Of(at) is not { Length: 5 } of || of[2] != '.' || !(at + 1 < wording.Count && wording[at + 1].IsMark('.') && wording[at + 1].Start == wording[at].End))
        {
            return false;
        }

        var (day, month) = ((Digits.Value(of[0]) * 10) + Digits.Value(of[1]), (Digits.Value(of[3]) * 10) + Digits.Value(of[4]));
        date = new(at, next, DateForm.Day, "date.figures", null, month, day);
        return month is >= 1 and <= 12 && day is >= 1 and <= 31;
    }

    /// <summary>"17/10" at the head of a line or behind "on": read where only one of the two can be the day.</summary>
    private bool InStroke(int at, out DateMention date, out int next)
    {
        (date, next) = (default, at + 1);
        if (at + 2 >= wording.Count || !wording[at + 1].IsMark('/') || wording.Of(at) is not { Length: 2 } first || wording.Of(at + 2) is not { Length: 2 } second
            || wording[at + 2].Kind is not LexemeKind.Number || wording[at + 2].End - wording[at].Start != 5 || (at + 3 < wording.Count && wording[at + 3].IsMark('/')) || !(IsHeadOfLine(at) || Follows(at, "lead")))
        {
            return false;
        }

        var (day, month) = ((Digits.Value(first[0]) * 10) + Digits.Value(first[1]), (Digits.Value(second[0]) * 10) + Digits.Value(second[1]));
        next = at + 3;
        date = new(at, next, DateForm.Day, "date.figures", null, month, day);
        return day is > 12 and <= 31 && month is >= 1 and <= 12;
    }

    private bool IsHeadOfLine(int at) => at == 0 || wording.Text.AsSpan(wording[at - 1].End, wording[at].Start - wording[at - 1].End).Contains('\n');

    private (int Year, int Month, int Day) Ordered(int first, int second, int year, char mark) => (first, second) switch
    {
        ( > 12, _) => (year, second, first),
        (_, > 12) when mark == '/' && !_dayFirst => (year, first, second),
        _ when first == second || _dayFirst => (year, second, first),
        _ => (0, 0, 0),
    };

    private static bool IsYear(decimal year) => year is >= 1900 and <= 2100;

    /// <summary>"16 December 2016", "the 16th of December", "12-15 May", "12, 13 and 14 May".</summary>
    private bool DayFirst(int at, out DateMention date, out int next)
    {
        date = default;
        if (!Day(at, out var first, out next, out _))
        {
            return false;
        }

        var one = next;
        int? last = null;
        var isList = false;
        for (var i = 0; i < MostDaysInList && JointOrComma(next, out var joined, out var isComma) && Day(joined, out var day, out var behind, out _); i++)
        {
            (last, next, isList) = (day, behind, !isComma);
        }

        if ((last is null || !isList || last <= first || !Month(next, out var month, out next, out var rule, isBesideDay: true)) && !Month(next = one, out month, out next, out rule, isBesideDay: true))
        {
            next = at + 1;
            return false;
        }

        last = last > first && isList && next > one + 1 ? last : null;
        next = YearBehind(next, out var year) ?? PastShortYear(next) ?? next;
        if (last is null && OtherEnd(next, month, out var end, out var after))
        {
            (last, next) = (end > first ? end : null, after);
            next = YearBehind(next, out var endYear) ?? next;
            year ??= endYear;
        }

        date = new(at, next, DateForm.Day, rule!, year, month, first, EndDay: last);
        return true;
    }

    /// <summary>"12 May to 15 May": the same month again.</summary>
    private bool OtherEnd(int at, int month, out int day, out int next)
    {
        (day, next) = (0, at);
        return Joint(at, out var joined) && Day(joined, out day, out var behind, out _) && Month(behind, out var again, out next, out _, isBesideDay: true) && again == month;
    }

    private bool MonthFirst(int at, out DateMention date, out int next)
    {
        date = default;
        if (!Month(at, out var month, out next, out var rule, isBesideDay: false))
        {
            next = at + 1;
            return false;
        }

        var isDoubtful = IsDoubtfulMonth(at);
        if (_monthFirst && Day(next, out var day, out var behind, out _) && !IsCounted(at, behind))
        {
            next = behind;
            int? last = null;
            if (Joint(behind, out var joined) && Day(joined, out var end, out var after, out _) && end > day && !Month(after, out _, out _, out _, isBesideDay: true))
            {
                (last, next) = (end, after);
            }
            else if (OtherEndMonthFirst(behind, month, day, out end, out after))
            {
                (last, next) = (end, after);
            }

            next = YearBehind(next, out var with) ?? next;
            date = new(at, next, DateForm.Day, rule!, with, month, day, EndDay: last);
            return true;
        }

        if (YearBehind(next, out var year) is { } to)
        {
            next = to;
        }
        else if (isDoubtful && !IsLed(at))
        {
            next = at + 1;
            return false;
        }

        var (from, days) = Before(at, "part") is var part && part < at ? (part, 0) : Before(at, "last") is var before && before < at ? (before, -1) : (Before(at, "next"), 0);
        date = new(from, next, DateForm.Month, rule!, year, month, Days: days);
        return true;
    }

    private bool OtherEndMonthFirst(int at, int month, int day, out int end, out int next)
    {
        (end, next) = (0, at);
        return Joint(at, out var joined) && Month(joined, out var again, out var behind, out _, isBesideDay: true) && again == month && Day(behind, out end, out next, out _) && end > day;
    }

    private bool IsLed(int at) => Follows(at, "lead") || Follows(at, "of") || Follows(at, "since") || Follows(at, "from") || Follows(at, "joint")
        || Follows(at, "part") || Follows(at, "last") || Follows(at, "next") || Follows(at, "this") || Follows(at, "between");

    /// <summary>"In May 20 civilians were killed" tells a month and a count.</summary>
    private bool IsCounted(int at, int behind) => Before(at, "lead") is var lead && lead < at && !wording.Of(lead).Equals("on", StringComparison.OrdinalIgnoreCase)
        && IsCountedNoun(behind);

    private bool IsCountedNoun(int at) => lexicon.TryMatch(Slot.Who, wording, at, out _) || lexicon.TryMatch(Slot.Vehicle, wording, at, out _) || lexicon.TryMatch(Slot.OtherUnit, wording, at, out _);

    private bool IsDoubtfulMonth(int at) => Says(at, out var match) && match.Rule.IsDoubtful;

    private bool Month(int at, out int month, out int next, out string? rule, bool isBesideDay)
    {
        (month, next, rule) = (0, at, null);
        at = isBesideDay && Says(at, "of", out var of) ? of : at;
        if (!Says(at, out var match) || match.Rule.Says is not "month" || (_capital && !char.IsUpper(wording.Text[wording[at].Start])))
        {
            return false;
        }

        (month, next, rule) = (match.Rule.Amount, match.To, match.Rule.Id);
        next = OtherName(next, month);

        // "20 MAY HAVE LEFT" in a text of capitals.
        if (_capital && isBesideDay && match.Rule.IsDoubtful && lexicon.TryMatch(Slot.Particle, wording, next, out var particle) && particle.Rule.Value is "be" or "have" or "not")
        {
            return false;
        }

        // The full stop of a short form, where the date goes on behind it.
        if (next + 1 < wording.Count && wording[next].IsMark('.') && wording[next].Start == wording[next - 1].End && wording[next + 1].Kind is LexemeKind.Number && wording[next - 1].End - wording[next - 1].Start <= 5)
        {
            next++;
        }

        return true;
    }

    /// <summary>The same month by its other name, behind a stroke or in brackets, as Arabic texts give it.</summary>
    private int OtherName(int at, int month)
    {
        var isBracket = at < wording.Count && wording[at].IsMark('(');
        if (at < wording.Count && (isBracket || wording[at].IsMark('/')) && Says(at + 1, out var again) && again.Rule.Says is "month" && again.Rule.Amount == month)
        {
            return isBracket ? Past(again.To, ')') : again.To;
        }

        return at;
    }

    /// <summary>1 to 31 in figures, with or without an ending: 16, 16th, 1er; or by its name ("first").</summary>
    private bool Day(int at, out int day, out int next, out bool isOrdinal)
    {
        (day, next, isOrdinal) = (0, at + 1, false);
        if (at >= wording.Count)
        {
            return false;
        }

        if (Says(at, out var match) && match.Rule.Says is "ordinal")
        {
            (day, isOrdinal) = (match.Rule.Amount, true);
            return true;
        }

        var of = wording.Of(at);
        var digits = 0;
        while (digits < of.Length && digits < 3 && Digits.Value(of[digits]) is >= 0 and var digit)
        {
            day = (day * 10) + digit;
            digits++;
        }

        isOrdinal = digits < of.Length;
        if (digits is 0 or > 2 || day is 0 or > 31 || (isOrdinal && !IsOrdinalEnding(of[digits..])))
        {
            return false;
        }

        next = Says(next, "ending", out var behind) ? behind : next;
        return true;
    }

    private static bool IsOrdinalEnding(ReadOnlySpan<char> ending) =>
        ending.Length is > 0 and <= 3 && (ending.Equals("th", StringComparison.OrdinalIgnoreCase) || ending.Equals("st", StringComparison.OrdinalIgnoreCase)
        || ending.Equals("nd", StringComparison.OrdinalIgnoreCase) || ending.Equals("rd", StringComparison.OrdinalIgnoreCase) || ending.Equals("er", StringComparison.OrdinalIgnoreCase));

    /// <summary>A year in four figures, behind a comma too; what stands behind the year, or null.</summary>
    private int? YearBehind(int at, out int? year)
    {
        year = null;
        var comma = Past(at, ',');
        comma = Says(comma, "of", out var of) ? of : comma;
        if (!FourFigures(comma, out var read) || (comma > at && IsCountedNoun(comma + 1)))
        {
            return null;
        }

        year = read;
        return Says(comma + 1, "year", out var behind) ? behind : comma + 1;
    }

    /// <summary>"21 MAR 89": of which century is not said; the figures belong to the date and count nothing.</summary>
    private int? PastShortYear(int at) =>
        at < wording.Count && wording[at].Kind is LexemeKind.Number && wording.Of(at).Length == 2 && wording[at - 1].Kind is LexemeKind.Word && wording.Of(at - 1) is { Length: 3 } month
        && char.IsUpper(month[1]) && !IsCountedNoun(at + 1) ? at + 1 : null;

    private bool FourFigures(int at, out int year)
    {
        year = 0;
        if (at >= wording.Count || wording[at].Kind is not LexemeKind.Number || wording.Of(at) is not { Length: >= 4 } of || (of.Length > 4 && of[4] is not ('\'' or '’')))
        {
            return false;
        }

        foreach (var c in of[..4])
        {
            year = (year * 10) + (Digits.Value(c) is >= 0 and var digit ? digit : -10_000);
        }

        return IsYear(year);
    }

    /// <summary>"in 2014", "(2014)": only where the words around bear out that it is no count.</summary>
    private bool Year(int at, out DateMention date, out int next)
    {
        (date, next) = (default, at + 1);
        if (!FourFigures(at, out var year))
        {
            return false;
        }

        var named = Says(at + 1, "year", out var to);
        var bracketed = at > 0 && wording[at - 1].IsMark('(') && at + 1 < wording.Count && wording[at + 1].IsMark(')');
        if (!named && !bracketed && (!IsLed(at) || IsCountedNoun(at + 1) || lexicon.TryMatch(Slot.MeasureNoun, wording, at + 1, out _)))
        {
            return false;
        }

        next = named ? to : at + 1;
        date = Led(new(Before(at, "part"), next, DateForm.Year, "date.year", year));
        return true;
    }

    /// <summary>"on the 7th", "the night of the 16th": a day of a month that is not said. "The 7th Brigade" is none: an ordinal before a noun.</summary>
    private bool BareDay(int at, out DateMention date, out int next)
    {
        date = default;
        if (_bareDay && IsPlainBareDay(at, out date, out next))
        {
            return true;
        }

        if (!Day(at, out var day, out next, out var isOrdinal) || !isOrdinal || !char.IsDigit(wording.Text[wording[at].Start]))
        {
            next = at + 1;
            return false;
        }

        var article = Before(at, "article");
        if (article == at || !IsLed(article) || !EndsThere(next))
        {
            return false;
        }

        date = Led(new(article, next, DateForm.Day, "date.bare-day", Day: day));
        return true;
    }

    /// <summary>"Le 14, ...": an article in the singular before a number is a day, where nothing measured or counted follows.</summary>
    private bool IsPlainBareDay(int at, out DateMention date, out int next)
    {
        date = default;
        var article = Before(at, "article");
        if (article == at || !Day(at, out var day, out next, out _) || IsCountedNoun(next) || lexicon.TryMatch(Slot.MeasureNoun, wording, next, out _) || lexicon.TryMatch(Slot.Guard, wording, next, out _))
        {
            next = at + 1;
            return false;
        }

        date = Led(new(article, next, DateForm.Day, "date.bare-day", Day: day));
        return true;
    }

    private bool EndsThere(int at) => at >= wording.Count || wording[at].Kind is not LexemeKind.Word
        || IsHeadOfLine(at)
        || lexicon.TryMatch(Slot.Particle, wording, at, out _) || lexicon.TryMatch(Slot.Verb, wording, at, out _)
        || (lexicon.TryMatch(Slot.Who, wording, at, out var who) && who.To == at + 1 && (wording.Of(at)[^1] is 's' or 'S' || lexicon.Is(wording[at].Word, "people")));

    private bool JointOrComma(int at, out int next, out bool isComma)
    {
        isComma = at < wording.Count && wording[at].IsMark(',');
        next = at + 1;
        return isComma || Joint(at, out next);
    }

    /// <summary>A word or mark between the ends of a range. A dash with spaces around it is no lexeme; it stands in the gap.</summary>
    private bool Joint(int at, out int next)
    {
        next = at;
        if (at <= 0 || at >= wording.Count)
        {
            return false;
        }

        if (wording[at].IsMark('-'))
        {
            next = at + 1;
            return true;
        }

        var gap = wording.Text.AsSpan(wording[at - 1].End, Math.Min(5, wording[at].Start - wording[at - 1].End)).Trim();
        return gap is ['-'] or ['–'] or ['—'] || Says(at, "joint", out next) || Says(at, "joint-of-days", out next);
    }

    /// <summary>Looks before and behind a date for the words that open it: "since", "from" without an end, "onwards".</summary>
    private DateMention Led(DateMention date)
    {
        var from = date.From;
        from = Before(from, "article") is var article && (Follows(article, "since") || Follows(article, "from")) ? article : from;
        if (Before(from, "since") is var since && since < from)
        {
            return date with { From = since, IsOpen = true };
        }

        if (Before(from, "between") is var between && between < from && date.EndDay is not null)
        {
            return date with { From = between };
        }

        return Before(from, "from") is var start && start < from && date.EndDay is null && !Joint(date.To, out _)
            ? date with { From = start, IsOpen = true }
            : Says(date.To, "onwards", out var onwards) ? date with { To = onwards, IsOpen = true } : date;
    }
}
