using Safeconduct.Intake.Lexicons;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Intake.List;

/// <summary>
/// Counts inside a count: "6,462 people, over 3,000 of them fighters and 301 wounded". Part only where the words make it one ("of them", "including", "among them",
/// a list after a colon) or where the numbers named add up to exactly the whole. "Plus", "another", "more" stand beside it and are never parts.
/// </summary>
internal sealed class PartsReading(RowText text, CountReading counts)
{
    private const int MostParts = 12;

    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];

    private readonly List<Noun> _nouns = [];
    private readonly WordSet _auxiliaries = text.Lexicon.SetOf("were", "was", "are", "had", "been", "have", "is", "has");
    private readonly WordSet _elsewhere = text.Lexicon.SetOf("said", "plus", "by");
    private readonly WordSet _groupEnds = text.Lexicon.SetOf("and", "when", "who", "because");
    private readonly WordSet _and = text.Lexicon.SetOf("and");

    public IReadOnlyList<Counted> Read(Counted whole, int main, List<Reason> why)
    {
        if (text.Numbers.Count is 0 or > 60)
        {
            return [];
        }

        if (text.Numbers.Count == (main >= 0 ? 1 : 0))
        {
            return [];
        }

        Nouns();
        var marked = Marked(whole, main);
        if (marked.Count == 0)
        {
            marked = AddingUp(whole, main);
        }

        var parts = new List<Counted>();
        foreach (var (at, rule) in marked.Take(MostParts))
        {
            if (PartOf(whole, at, marked, parts) is { } part && !parts.Exists(p => p.Category == part.Category && p.Group == part.Group))
            {
                parts.Add(part);
                why.Add(new("including", $"{part}{(part.Group is { } g ? $" ({g})" : "")}", rule, text.Paraphrase, text.Numbers[at].From, Math.Max(text.Numbers[at].To, _nouns[at].End)));
            }
        }

        return parts;
    }

    private void Nouns()
    {
        _nouns.Clear();
        for (var i = 0; i < text.Numbers.Count; i++)
        {
            var to = text.Numbers[i].To;
            var of = text.TryAt(TextField.Paraphrase, Slot.PartAfter, to, out var hit) && hit.RuleId == "part.of-them" ? hit.Match.To : to;
            var from = of;
            while (from < text.Paraphrase.Count && IsAuxiliary(from))
            {
                from++;
            }

            var noun = counts.NounAfter(from);
            _nouns.Add(new(of > to, noun?.Unit, noun?.Category, of, noun?.End ?? of));
        }
    }

    private List<(int At, string Rule)> Marked(Counted whole, int main)
    {
        var marked = new List<(int At, string Rule)>();
        for (var i = 0; i < text.Numbers.Count; i++)
        {
            if (i != main && Usable(i, whole) && !text.Numbers[i].IsFurther && MarkOf(i, main, marked) is { } rule)
            {
                marked.Add((i, rule));
            }
        }

        return marked;
    }

    private string? MarkOf(int i, int main, List<(int At, string Rule)> before)
    {
        var m = text.Numbers[i];
        if (main >= 0 && !SameSentence(Math.Min(text.Numbers[main].From, m.From), Math.Max(text.Numbers[main].From, m.From)))
        {
            return null;
        }

        return _nouns[i].OfThem ? "part.of-them"
            : text.TryAt(TextField.Paraphrase, Slot.BatchesOf, m.From - 2, out var batches) ? batches.RuleId
            : before.Count > 0 && before[^1] is (var last, "batches.of") && last == i - 1 && m.From - text.Numbers[last].To <= 2 ? "batches.of"
            : MarkOfWords(i, main, before);
    }

    private string? MarkOfWords(int i, int main, List<(int At, string Rule)> before)
    {
        var m = text.Numbers[i];
        return MarkedBefore(m) ?? (AmongThem(m) ? "part.among-them-after" : null)
            ?? (main >= 0 && AfterColon(text.Numbers[main], m) ? "part.colon" : null)
            ?? (before.Count > 0 && before[^1].At == i - 1 && Continues(i) ? "part.list" : null)
            ?? (main >= 0 && main == i - 1 && Apposed(text.Numbers[main], m, i) ? "part.apposition" : null);
    }

    private string? MarkedBefore(Mention m)
    {
        for (var at = m.From - 1; at >= Math.Max(0, m.From - 3); at--)
        {
            if (text.Paraphrase[at].Kind is LexemeKind.Mark)
            {
                return null;
            }

            if (text.TryAt(TextField.Paraphrase, Slot.PartBefore, at, out var hit) && hit.Match.To <= m.From && hit.Match.To >= m.From - 1)
            {
                return hit.RuleId;
            }
        }

        return null;
    }

    /// <summary>"close to 3,000 fighters and over 360 sick or wounded among them": the words close the clause.</summary>
    private bool AmongThem(Mention m)
    {
        for (var at = m.To; at < text.Paraphrase.Count && at < m.To + 12 && text.Paraphrase[at].Kind is not LexemeKind.Mark; at++)
        {
            if (text.TryAt(TextField.Paraphrase, Slot.PartAfter, at, out var hit) && hit.RuleId != "part.of-them")
            {
                return true;
            }
        }

        return false;
    }

    private bool AfterColon(Mention main, Mention m)
    {
        for (var at = main.To; at < Math.Min(m.From, main.To + 7); at++)
        {
            if (text.Paraphrase[at].IsMark(':'))
            {
                return true;
            }

            if (_and.Has(text.Paraphrase[at]))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Only a few words, and nobody else speaking, between one part and the next.</summary>
    private bool Continues(int i)
    {
        var from = _nouns[i - 1].End;
        var to = text.Numbers[i].From;
        if (to - from is < 1 or > 6)
        {
            return false;
        }

        for (var at = from; at < to; at++)
        {
            if (_elsewhere.Has(text.Paraphrase[at]) || text.Paraphrase[at].EndsSentence)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>"811 patients, nearly 100 sent abroad": a number without a noun of its own, right behind the whole.</summary>
    private bool Apposed(Mention main, Mention m, int i) =>
        _nouns[i].Unit is null && m.From > main.To && m.From - main.To <= 4 && text.Paraphrase[m.From - 1].IsMark(',')
        && m.To < text.Paraphrase.Count && text.TryAt(TextField.Paraphrase, Slot.Measure, m.To, out _);

    /// <summary>Numbers of the sentence that make exactly the whole; those called "more" only where it takes them.</summary>
    private List<(int At, string Rule)> AddingUp(Counted whole, int main)
    {
        if (whole.Bound is not { Low: { } sum, High: { } high } || sum != high || sum == 0)
        {
            return [];
        }

        var candidates = Enumerable.Range(0, text.Numbers.Count)
            .Where(i => i != main && Usable(i, whole) && (main < 0 || SameSentence(Math.Min(text.Numbers[main].From, text.Numbers[i].From), Math.Max(text.Numbers[main].From, text.Numbers[i].From))) && text.Numbers[i].Low is not null)
            .Take(10).ToList();
        return Subset([.. candidates.Where(i => !text.Numbers[i].IsFurther)], sum) ?? Subset(candidates, sum) ?? [];
    }

    private List<(int At, string Rule)>? Subset(List<int> candidates, long sum)
    {
        for (var mask = (1 << candidates.Count) - 1; mask > 0; mask--)
        {
            var chosen = candidates.Where((_, k) => (mask >> k & 1) == 1).ToList();
            if (chosen.Count >= 2 && chosen.Sum(i => text.Numbers[i].Low!.Value) == sum)
            {
                return [.. chosen.Select(i => (i, "part.adds-up"))];
            }
        }

        return null;
    }

    private bool Usable(int i, Counted whole)
    {
        var m = text.Numbers[i];
        return m.Use is MentionUse.Count && m.VagueWord is null && (_nouns[i].Unit is null || _nouns[i].Unit == whole.Unit) && !Speaks(m);
    }

    /// <summary>"One detainee spoke of five civilians killed": the one is not among the five.</summary>
    private bool Speaks(Mention m)
    {
        for (var at = m.To; at < Math.Min(text.Paraphrase.Count, m.To + 4) && text.Paraphrase[at].Kind is LexemeKind.Word; at++)
        {
            if (text.TryAt(TextField.Paraphrase, Slot.Speaks, at, out _))
            {
                return true;
            }
        }

        return false;
    }

    private bool SameSentence(int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            if (text.Paraphrase[at].EndsSentence)
            {
                return false;
            }
        }

        return true;
    }

    private Counted? PartOf(Counted whole, int at, List<(int At, string Rule)> marked, List<Counted> before)
    {
        var m = text.Numbers[at];
        if (m.AsBound() is not { } bound || !NoLarger(bound, whole.Bound))
        {
            return null;
        }

        var category = _nouns[at].Category is { } named && whole.Category.Space is not CategorySpace.Whole ? named.And(whole.Category) : whole.Category;
        if (category is null)
        {
            return null;
        }

        if (category != whole.Category)
        {
            return new(whole.Unit, category, bound);
        }

        if (whole.Category.Space is CategorySpace.Vehicles && _nouns[at].Category is not null && marked[0].Rule == "part.adds-up" && Rest(whole, before) is { } rest)
        {
            return new(whole.Unit, rest, bound);
        }

        return (marked.Find(p => p.At == at).Rule == "batches.of" ? Ordinal(before.Count) : GroupAfter(at) ?? NounItself(at)) is { } group ? new(whole.Unit, category, bound, group) : null;
    }

    /// <summary>"25 buses and 700 vehicles": the second are the rest.</summary>
    private static Category? Rest(Counted whole, List<Counted> before) =>
        before.Aggregate((Category?)whole.Category, (left, p) => left?.Except(p.Category)) is { } rest && rest != whole.Category ? rest : null;

    private static string? Ordinal(int at) => at < Ordinals.Length ? $"{Ordinals[at]} batch" : null;

    /// <summary>"98 evacuees": where the noun is the only thing that sets the part apart.</summary>
    private string? NounItself(int at) => text.Paraphrase.Between(_nouns[at].From, _nouns[at].End) is { Length: > 0 and <= 60 } noun && noun is not ("people" or "persons" or "of them") ? noun : null;

    private static bool NoLarger(Bound part, Bound whole) => part.HasNumber && !(whole.High is { } most && (part.Low ?? part.High) > most);

    /// <summary>What sets the part apart where its category does not: the words up to the next mark or number.</summary>
    private string? GroupAfter(int at)
    {
        var from = _nouns[at].End;
        while (from < text.Paraphrase.Count && IsAuxiliary(from))
        {
            from++;
        }

        var stop = at + 1 < text.Numbers.Count ? text.Numbers[at + 1].From : text.Paraphrase.Count;
        var to = from;
        while (to < stop && to - from < 7 && text.Paraphrase[to].Kind is not LexemeKind.Mark && !_groupEnds.Has(text.Paraphrase[to]))
        {
            to++;
        }

        var words = text.Paraphrase.Between(from, to);
        return words.Length is > 0 and <= 100 ? words : null;
    }

    private bool IsAuxiliary(int at) => _auxiliaries.Has(text.Paraphrase[at]);

    private readonly record struct Noun(bool OfThem, Unit? Unit, Category? Category, int From, int End);
}
