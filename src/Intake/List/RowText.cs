using Safeconduct.Intake.Lexicons;

namespace Safeconduct.Intake.List;

/// <summary>A match with the text it stands in.</summary>
internal readonly record struct Hit(Match Match, TextField Field, Wording In)
{
    public string Value => Match.Rule.Value;

    public string RuleId => Match.Rule.Id;

    public string Words => In.Between(Match.From, Match.To);
}

/// <summary>The two texts of a row, cut and searched. One instance serves row after row; it belongs to one reader.</summary>
internal sealed class RowText(Lexicon lexicon)
{
    private static readonly string[] Articles = ["the ", "The "];

    public Lexicon Lexicon => lexicon;

    public Wording Category { get; } = new();

    public Wording Paraphrase { get; } = new();

    /// <summary>The numbers of the paraphrase, in its order.</summary>
    public List<Mention> Numbers { get; } = [];

    public List<Mention> CategoryNumbers { get; } = [];

    private uint Kinds { get; set; }

    private ulong CategorySlots { get; set; }

    private ulong ParaphraseSlots { get; set; }

    public RowText Read(ListRow row)
    {
        Category.Read(row.Category, lexicon);
        Paraphrase.Read(row.Paraphrase, lexicon);
        Bounds.Find(Category, lexicon, CategoryNumbers);
        Bounds.Find(Paraphrase, lexicon, Numbers);
        Kinds = 1u << (int)row.Kind;
        CategorySlots = SlotsIn(Category, CategoryNumbers);
        ParaphraseSlots = SlotsIn(Paraphrase, Numbers);
        return this;
    }

    /// <summary>The category's words first, then the paraphrase's; within each the earlier rule, then the earlier place.</summary>
    public Hit? Find(Slot slot) => In(TextField.Category, slot) ?? In(TextField.Paraphrase, slot);

    public Hit? In(TextField field, Slot slot)
    {
        if (!May(field, slot))
        {
            return null;
        }

        var (wording, numbers) = field is TextField.Category ? (Category, CategoryNumbers) : (Paraphrase, Numbers);
        Match? best = null;
        for (var at = 0; at < wording.Count; at++)
        {
            if (MayStart(wording, at, slot) && lexicon.TryMatch(slot, wording, at, out var match, Kinds, field, numbers) && (best is null || Precedes(match, best.Value)))
            {
                best = match;
            }
        }

        return best is { } b ? HitOf(b, field) : null;
    }

    /// <summary>Every match in one text that does not overlap an earlier one.</summary>
    public IEnumerable<Hit> All(TextField field, Slot slot)
    {
        if (!May(field, slot))
        {
            yield break;
        }

        var (wording, numbers) = field is TextField.Category ? (Category, CategoryNumbers) : (Paraphrase, Numbers);
        for (var at = 0; at < wording.Count;)
        {
            if (MayStart(wording, at, slot) && lexicon.TryMatch(slot, wording, at, out var match, Kinds, field, numbers))
            {
                yield return HitOf(match, field);
                at = Math.Max(match.To, at + 1);
            }
            else
            {
                at++;
            }
        }
    }

    public bool TryAt(TextField field, Slot slot, int at, out Hit hit)
    {
        var (wording, numbers) = field is TextField.Category ? (Category, CategoryNumbers) : (Paraphrase, Numbers);
        if (at >= 0 && at < wording.Count && MayStart(wording, at, slot) && lexicon.TryMatch(slot, wording, at, out var match, Kinds, field, numbers))
        {
            hit = HitOf(match, field);
            return true;
        }

        hit = default;
        return false;
    }

    /// <summary>The captured words, without a leading article, a trailing possessive or auxiliary.</summary>
    public string Captured(Hit hit)
    {
        var wording = hit.Field is TextField.Category ? Category : Paraphrase;
        var words = wording.Between(hit.Match.CaptureFrom, hit.Match.CaptureTo).Trim();
        foreach (var article in Articles)
        {
            words = words.StartsWith(article, StringComparison.Ordinal) ? words[article.Length..] : words;
        }

        return words.EndsWith("'s", StringComparison.Ordinal) || words.EndsWith("’s", StringComparison.Ordinal) ? words[..^2] : words;
    }

    private ulong SlotsIn(Wording wording, List<Mention> numbers)
    {
        var slots = numbers.Count > 0 ? lexicon.SlotsOf(0) : 0;
        for (var at = 0; at < wording.Count; at++)
        {
            slots |= wording[at].Word > 0 ? lexicon.SlotsOf(wording[at].Word) : 0;
        }

        return slots;
    }

    public bool May(TextField field, Slot slot) => ((field is TextField.Category ? CategorySlots : ParaphraseSlots) >> (int)slot & 1) == 1;

    /// <summary>Whether a rule of the slot begins with this word, or with a number, which any lexeme may start.</summary>
    private bool MayStart(Wording wording, int at, Slot slot) =>
        ((lexicon.SlotsOf(0) | (wording[at].Word > 0 ? lexicon.SlotsOf(wording[at].Word) : 0)) >> (int)slot & 1) == 1;

    /// <summary>The earlier rule; of two matches of one rule that capture words, the one that captures fewer: the nearer words are meant.</summary>
    private static bool Precedes(Match match, Match best) => match.Rule.Order < best.Rule.Order
        || (match.Rule.Order == best.Rule.Order && match.CaptureTo > match.CaptureFrom && match.CaptureTo - match.CaptureFrom < best.CaptureTo - best.CaptureFrom);

    private Hit HitOf(Match match, TextField field) =>
        new(match, field, field is TextField.Category ? Category : Paraphrase);
}
