using Safeconduct.Intake.Texts.Dates;

namespace Safeconduct.Intake.Lexicons;

/// <summary>Tells numbers that may count people or vehicles from those that measure or name. Needs the text's dates to be found.</summary>
internal readonly ref struct NumberUse(Wording wording, Lexicon lexicon)
{
    private const int LongestGuard = 4;
    private const int OldestAge = 110;

    private readonly Wording _wording = wording;

    public static bool IsCountedNoun(Wording wording, Lexicon lexicon, int at) =>
        lexicon.TryMatch(Slot.Who, wording, at, out _) || lexicon.TryMatch(Slot.Vehicle, wording, at, out _) || lexicon.TryMatch(Slot.OtherUnit, wording, at, out _);

    public MentionUse Of(int from, int at, int next, decimal number)
    {
        if (DateOf(at, next) is { } date)
        {
            return date.Day is null && date.Month is null && date.Year is null ? MentionUse.Measure : MentionUse.Name;
        }

        if (IsNumbered(at, next, number) || IsDesignation(at, next) || IsListMark(at, next))
        {
            return MentionUse.Name;
        }

        var before = Guarded(from) ?? (at > from ? Guarded(at) : null);
        var here = lexicon.TryMatch(Slot.GuardBefore, _wording, at, out var idiom) && idiom.Rule.Says == "at" ? idiom.Rule.Value : null;
        if ((before ?? here) is { } guard)
        {
            return guard.EndsWith(" name", StringComparison.Ordinal) ? MentionUse.Name : MentionUse.Measure;
        }

        return IsMeasure(at, next) || IsAgeBehindName(from, next, number) ? MentionUse.Measure : MentionUse.Count;
    }

    /// <summary>"several hours" counts nothing either.</summary>
    public MentionUse OfVague(int next) => IsMeasure(next, next) ? MentionUse.Measure : MentionUse.Count;

    private string? Guarded(int at)
    {
        for (var from = at - 1; from >= Math.Max(0, at - LongestGuard); from--)
        {
            if (lexicon.TryMatch(Slot.GuardBefore, _wording, from, out var match) && match.To == at && match.Rule.Says is "before")
            {
                return match.Rule.Value;
            }
        }

        return null;
    }

    /// <summary>By halves: the dates stand in the order of the text.</summary>
    private DateMention? DateOf(int at, int next)
    {
        var (low, high) = (0, _wording.Dates.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _wording.Dates[middle].To <= at ? (middle + 1, high) : (low, middle);
        }

        return low < _wording.Dates.Count && _wording.Dates[low].From < next ? _wording.Dates[low] : null;
    }

    private bool IsNumbered(int at, int next, decimal number)
    {
        if (at > 0 && lexicon.TryMatch(Slot.Numbered, _wording, at - 1, out _))
        {
            return true;
        }

        if (number is < 1000 or > 2100 || at == 0 || _wording[at].Kind is not LexemeKind.Number || _wording[at].End - _wording[at].Start != 4)
        {
            return false;
        }

        // "the 2014 agreement", unless people or vehicles are what follows.
        return (lexicon.TryMatch(Slot.BeforeYear, _wording, at - 1, out _) && (number >= 1900 || !IsCountedNoun(_wording, lexicon, next)))
            || (number >= 1900 && lexicon.TryMatch(Slot.DateWord, _wording, at - 1, out var the) && the.Rule.Says is "article" && !IsCountedNoun(_wording, lexicon, next));
    }

    /// <summary>BM-21, No. 5, 24/7, 0400, a number glued to another: told from the characters around it.</summary>
    private bool IsDesignation(int at, int next)
    {
        if (_wording[at].Kind is not LexemeKind.Number)
        {
            return next < _wording.Count && _wording[next].Start == _wording[next - 1].End + 1 && _wording.Text[_wording[next - 1].End] == '-'
                && lexicon.TryMatch(Slot.GuardBefore, _wording, next, out var ordinal) && ordinal.Rule.Says is "ordinal";
        }

        var text = _wording.Text;
        var (start, end) = (_wording[at].Start, _wording[next - 1].End);
        if (start > 0 && text[start - 1] is '-' or '–' or '/' or '#' or '№' or '_' or '.' or ':' or '@')
        {
            return start > 1 && (text[start - 1] is '#' or '№' || char.IsLetterOrDigit(text[start - 2]));
        }

        if (end + 1 < text.Length && text[end] is '/' or ':' or '-' && Digits.Is(text[end + 1]))
        {
            return true;
        }

        var isZeroLed = Digits.Value(text[start]) == 0 && _wording[at].End - start > 1 && Digits.Is(text[start + 1]);
        return isZeroLed || (at > 1 && _wording[at - 1].IsMark('.') && _wording[at - 1].Start == _wording[at - 2].End && _wording.Of(at - 2).Equals("No", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>"(3)", "[12]", and "1." or "1)" at the head of a line.</summary>
    private bool IsListMark(int at, int next)
    {
        if (_wording[at].Kind is not LexemeKind.Number || next != at + 1)
        {
            return false;
        }

        var closed = next < _wording.Count && (_wording[next].IsMark(')') || _wording[next].IsMark(']'));
        if (closed && at > 0 && (_wording[at - 1].IsMark('(') || _wording[at - 1].IsMark('[')))
        {
            return true;
        }

        var text = _wording.Text;
        var line = _wording[at].Start - 1;
        while (line >= 0 && line > _wording[at].Start - 12 && text[line] is ' ' or '\t')
        {
            line--;
        }

        return (line < 0 || text[line] == '\n') && next + 1 < _wording.Count && (closed || _wording[next].IsMark('.')) && _wording[next].Start == _wording[at].End
            && _wording[at].End - _wording[at].Start <= 2;
    }

    private bool IsMeasure(int at, int next)
    {
        if (lexicon.TryMatch(Slot.MeasureNoun, _wording, next, out _)
            || lexicon.TryMatch(Slot.Guard, _wording, next, out _))
        {
            return true;
        }

        if (next < _wording.Count && (_wording[next].IsMark('%') || _wording[next].IsMark('٪') || _wording[next].IsMark('°') || IsMoney(next)))
        {
            return true;
        }

        // "14.00" and "2,5" count nobody; "2,5 thousand" may.
        if (next == at + 1 && _wording[at].Kind is LexemeKind.Number && HasFraction(at))
        {
            return true;
        }

        return (at > 0 && at < next && IsMoney(at - 1)) || IsHour(at, next);
    }

    private bool HasFraction(int at)
    {
        var of = _wording.Of(at);
        var last = of.LastIndexOfAny('.', ',', '\u066B');
        if (last < 0)
        {
            return false;
        }

        var digits = 0;
        while (last + 1 + digits < of.Length && Digits.Is(of[last + 1 + digits]))
        {
            digits++;
        }

        var behind = last + 1 + digits;
        return digits is not 3 && (behind == of.Length || of[behind] is '\'' or '’');
    }

    private bool IsMoney(int at) => _wording[at].IsMark('$') || _wording[at].IsMark('€') || _wording[at].IsMark('£') || _wording[at].IsMark('₽') || _wording[at].IsMark('₺') || _wording[at].IsMark('₴');

    /// <summary>3 p.m., 3pm is a word.</summary>
    private bool IsHour(int at, int next)
    {
        if (at >= next || next >= _wording.Count || _wording[next].Kind is not LexemeKind.Word)
        {
            return false;
        }

        var text = _wording.Text.AsSpan(_wording[next].Start);
        return text.StartsWith("p.m", StringComparison.OrdinalIgnoreCase) || text.StartsWith("a.m", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>"Name Surname, 34, said": a number alone between commas behind a name.</summary>
    private bool IsAgeBehindName(int from, int next, decimal number) =>
        number is > 0 and <= OldestAge && from > 1 && next < _wording.Count && _wording[from - 1].IsMark(',') && _wording[next].IsMark(',')
        && _wording[from - 2].Kind is LexemeKind.Word && _wording[from - 2].Word == 0 && char.IsUpper(_wording.Text[_wording[from - 2].Start]);
}
