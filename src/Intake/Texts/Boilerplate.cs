using Safeconduct.Intake.Lexicons;

namespace Safeconduct.Intake.Texts;

/// <summary>Short lines that belong to a page and not to its text: buttons, links, picture credits.</summary>
internal static class Boilerplate
{
    private const int LongestLine = 14;

    public static bool Is(Passage p)
    {
        if (p.Count == 0 || p.Count > LongestLine)
        {
            return false;
        }

        return p.Lexicon.TryMatch(Slot.SetAside, p.Wording, 0, out var match) && (match.Rule.Value is "caption" || match.To >= p.Count - 8);
    }
}

/// <summary>"BEIRUT, Aug. 21 (AP) -": where and when a report was filed stands before its first sentence and is no part of it.</summary>
internal static class DateLine
{
    private const int Longest = 14;

    /// <summary>The first lexeme behind it; 0 where there is none.</summary>
    public static int Skip(Passage p)
    {
        for (var at = 1; at < Math.Min(Longest, p.Count); at++)
        {
            if (p.HasDashBefore(at) || p.IsMark(at, '—'))
            {
                return LooksLikeOne(p, at) ? (p.IsMark(at, '—') ? at + 1 : at) : 0;
            }
        }

        return 0;
    }

    private static bool LooksLikeOne(Passage p, int to)
    {
        if (to <= 6 && p.IsMark(to, '—') && p.IsMark(to - 1, ')'))
        {
            return true;
        }

        var capitals = 0;
        var words = 0;
        var dated = false;
        var bracket = false;
        for (var at = 0; at < to; at++)
        {
            dated |= p[at].DateAt > 0;
            bracket |= p.IsMark(at, '(');
            if (p.IsWord(at) && p[at].DateAt == 0)
            {
                words++;
                capitals += p.IsCapital(at) ? 1 : 0;
            }

            if (p[at].Verb is not null && p[at].Noun is null && !p.IsCapital(at))
            {
                return false;
            }
        }

        return words > 0 && capitals >= words - 1 && (dated || bracket) && p.Text(0).Length > 1;
    }
}
