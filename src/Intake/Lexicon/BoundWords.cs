using Safeconduct.Statements.Quantities;

namespace Safeconduct.Intake.Lexicons;

/// <summary>A number in a speaker's words, alone: "more than 300", "about 50", "30 to 40", "hundreds", "none", "not known". The same grammar that reads lists.</summary>
public static class BoundWords
{
    private static readonly string[] Nothing = ["none", "no one", "nobody", "no", "0"];

    /// <summary>The bound, or null where the words are anything else or anything more.</summary>
    public static Bound? Read(string words)
    {
        var text = words.Trim();
        if (Nothing.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return Bound.Exactly(0);
        }

        if (text.Equals("not known", StringComparison.OrdinalIgnoreCase) || text.Equals("unknown", StringComparison.OrdinalIgnoreCase))
        {
            return Bound.NotKnown;
        }

        var wording = new Wording().Read(text, Lexicon.English);
        var mentions = new List<Mention>();
        Bounds.Find(wording, Lexicon.English, mentions);
        return mentions is [{ From: 0 } mention] && (mention.To == wording.Count || IsBoundBehind(wording, mention.To)) ? mention.AsBound() : null;
    }
    /// <summary>"300 or more": the words behind the number are a bound too, and nothing comes after them.</summary>
    private static bool IsBoundBehind(Wording wording, int at) => Lexicon.English.TryMatch(Slot.BoundAfter, wording, at, out var behind) && behind.To == wording.Count;
}
