using System.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Intake.Lexicons;

/// <summary>What a rule decides; each is a section of the lexicon file.</summary>
public enum Slot
{
    Bound,
    BoundAfter,
    Vague,
    Further,
    FurtherBefore,
    Numbered,
    Month,
    BeforeYear,
    MeasureNoun,
    Who,
    Vehicle,
    OtherUnit,
    Group,
    Measure,
    PartBefore,
    PartAfter,
    BatchesOf,
    Speaks,
    NotAuthor,
    Planned,
    Conditional,
    Denied,
    NotKnown,
    AllOut,
    Batch,
    When,
    Author,
    Holder,
    Cause,
    State,
    Step,
    IncidentType,
    Obstructed,
    Hindrance,
    Extent,
    Act,
    Diplomatic,
    Aid,
    Standing,
    SinceStart,
    Later,
    Basis,
    Appeal,
    SourceKind,
    OfficeWord,
    Profession,
    Manner,
    Title,

    // Texts, beside all of the above.
    Verb,
    Noun,
    Particle,
    Attribution,
    Loaded,
    SetAside,
    Weekday,
    DateWord,
    Universal,
    Guard,

    /// <summary>Words before a number, or the number itself in a set phrase, by which it counts nothing.</summary>
    GuardBefore,
    Form,
    Number,

    /// <summary>Small words by what they tell a reader of texts: "still", "likely", "from", what stands for a speaker.</summary>
    Cue,

    /// <summary>How the language is built: where a phrase ends, its article, how it writes numbers and dates.</summary>
    Grammar,
}

/// <summary>In which of a row's texts a rule looks.</summary>
[Flags]
public enum TextField
{
    Category = 1,
    Paraphrase = 2,
    Both = 3,
}

/// <summary>One rule: when its pattern stands in the text, its slot has this value. The id is named in every trace.</summary>
/// <param name="Order">Its line; within a slot the earlier rule wins.</param>
/// <param name="Kinds">The list kinds it is for, one bit each; all where the section names none.</param>
public sealed record Rule(string Id, Slot Slot, string Value, int Order, TextField Field, uint Kinds, Element[] Pattern)
{
    /// <summary>The value's first word: "month" of "month 12".</summary>
    public string Says { get; } = Value.Split(' ')[0];

    /// <summary>The number in the value: 12 of "month 12"; 0 where there is none.</summary>
    public int Amount { get; } = Value.Split(' ').Select(w => int.TryParse(w, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : 0).FirstOrDefault(n => n != 0);

    /// <summary>The word means something else as often ("may", "sat"): it is read only where the words around it bear it out.</summary>
    public bool IsDoubtful { get; } = Value.EndsWith(" doubtful", StringComparison.Ordinal);
}

/// <summary>One element of a pattern.</summary>
/// <param name="Words">Any of these words.</param>
/// <param name="IsNumber">A number with the words that bound it.</param>
/// <param name="Gap">Up to so many lexemes, none of which ends a sentence.</param>
/// <param name="IsCapture">The words that are wanted: "blamed &lt;&gt;".</param>
/// <param name="IsOptional">May be absent.</param>
public sealed record Element(int[]? Words = null, bool IsNumber = false, int Gap = 0, bool IsCapture = false, bool IsOptional = false);

/// <summary>How a language writes numbers in figures.</summary>
/// <param name="SpaceThousands">4 500, with a space of any width.</param>
/// <param name="ApostropheEnding">150'den: the ending belongs to the number.</param>
internal readonly record struct FigureStyle(bool CommaThousands, bool DotThousands, bool SpaceThousands, bool CommaDecimal, bool ApostropheEnding);

/// <summary>Words of the lexicon, by number.</summary>
public readonly struct WordSet(bool[] has)
{
    public bool Has(Lexeme lexeme) => lexeme.Word > 0 && has[lexeme.Word];
}

/// <summary>Where a rule's pattern stands. Positions are lexemes, ends excluded; the capture is empty where the rule has none.</summary>
public readonly record struct Match(Rule Rule, int From, int To, int CaptureFrom, int CaptureTo, int NumberAt);

/// <summary>
/// The words that the importer reads by: a text file of rules, compiled once. Matching is a bounded walk over lexemes and takes no longer on hostile text:
/// a pattern has at most 12 elements and a gap at most 14 lexemes. English; another language is another file.
/// </summary>
public sealed class Lexicon
{
    private const int LongestPattern = 12;
    private const int LongestGap = 14;
    private const int LongestCapture = 14;
    private const int LongestWord = 40;

    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _stems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _stemLookup;
    private readonly Rule[]?[][] _byFirstWord;
    private readonly decimal[] _numbers;
    private readonly Built[] _built;
    private readonly ulong[] _slots;
    private readonly HashSet<(string Value, string Word)> _grammar = [];
    private readonly HashSet<string> _elisions;
    private int _shortestStem;

    private Lexicon(string version, IReadOnlyList<string> kinds, string text)
    {
        Version = version;
        Rules = Compile(text, kinds);
        Stemmed();
        _byFirstWord = [.. Enum.GetValues<Slot>().Select(IndexOf)];
        _numbers = new decimal[_words.Count + _stems.Count + 1];
        _built = new Built[_words.Count + _stems.Count + 1];
        foreach (var rule in Rules.Where(r => r.Slot is Slot.Number))
        {
            foreach (var word in rule.Pattern[0].Words!)
            {
                _numbers[word] = decimal.Parse(rule.Says, System.Globalization.CultureInfo.InvariantCulture);
                _built[word] |= BuiltOf(rule.Value[rule.Says.Length..].Trim());
            }
        }

        foreach (var (value, word) in _grammar)
        {
            if (_words.TryGetValue(Letters.Folded(word), out var number))
            {
                _built[number] |= BuiltOf(value);
            }
        }

        _elisions = _grammar.Where(g => g.Value == "elision").Select(g => Letters.Folded(g.Word)).ToHashSet(StringComparer.Ordinal);
        _slots = SlotsByWord();
        Figures = new(Has("figures", "comma-thousands"), Has("figures", "dot-thousands"), Has("figures", "space-thousands"), Has("figures", "comma-decimal"), Has("figures", "apostrophe-ending"));
        (UnitsFirst, TensThenUnits, FiguresGoOn, SixtyAndTen) = (Has("figures", "units-first"), Has("figures", "tens-then-units"), Has("figures", "go-on"), Has("figures", "sixty-and-ten"));
        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        _stemLookup = _stems.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The kinds of the statement list, in the order of their bits in <see cref="Rule.Kinds"/>.</summary>
    public static IReadOnlyList<string> ListKinds { get; } =
    [
        "movement", "remaining", "casualty", "control", "incident", "obstruction", "agreement", "suspension", "resumption", "aid", "negotiation", "resolution", "term",
    ];

    // Below the lists it is made with: static members are made in the order they stand.
    public static Lexicon English { get; } = Embedded("english.lexicon", "english-texts.lexicon");

    private static readonly Lazy<Lexicon> French = new(() => Embedded("french.lexicon"));
    private static readonly Lazy<Lexicon> Russian = new(() => Embedded("russian.lexicon"));
    private static readonly Lazy<Lexicon> Ukrainian = new(() => Embedded("ukrainian.lexicon"));
    private static readonly Lazy<Lexicon> Turkish = new(() => Embedded("turkish.lexicon"));
    private static readonly Lazy<Lexicon> Arab = new(() => Embedded("arabic.lexicon"));

    /// <summary>Changes whenever a rule does; stands in every explanation, so that a reading can be made again.</summary>
    public string Version { get; }

    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>How the language writes numbers in figures.</summary>
    internal FigureStyle Figures { get; }

    /// <summary>Arabic: units before tens, joined by "and".</summary>
    internal bool UnitsFirst { get; }

    /// <summary>Turkish: ten and two is twelve.</summary>
    internal bool TensThenUnits { get; }

    /// <summary>"3 bin 500".</summary>
    internal bool FiguresGoOn { get; }

    /// <summary>French: soixante-dix, quatre-vingts.</summary>
    internal bool SixtyAndTen { get; }

    /// <summary>The lexicon of a language by its tag ("en", "fr", "ru", "uk", "tr", "ar", and with a region: "fr-FR"); null where there is none.</summary>
    public static Lexicon? For(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return language.Split('-')[0].ToLowerInvariant() switch
        {
            "en" => English,
            "fr" => French.Value,
            "ru" => Russian.Value,
            "uk" => Ukrainian.Value,
            "tr" => Turkish.Value,
            "ar" => Arab.Value,
            _ => null,
        };
    }

    /// <summary>Compiles the text of a lexicon. The page is <c>formats/statement-list.md</c>, section "The lexicon".</summary>
    /// <exception cref="RefusedException"><c>lexicon.*</c>, with the line.</exception>
    public static Lexicon Read(string version, string text) => new(version, ListKinds, text);

    /// <summary>The word's number, or 0. A possessive counts as its word, a Turkish name with an ending behind an apostrophe too, and an Arabic word without what is written together with it.</summary>
    public int WordOf(ReadOnlySpan<char> word)
    {
        if (word.Length is 0 or > LongestWord)
        {
            return 0;
        }

        Span<char> folded = stackalloc char[word.Length];
        ReadOnlySpan<char> lower = folded[..Letters.Fold(word, folded)];
        if (_lookup.TryGetValue(lower, out var number) || (lower.EndsWith("'s") && _lookup.TryGetValue(lower[..^2], out number)))
        {
            return number;
        }

        if (Figures.ApostropheEnding && lower.IndexOf('\'') is > 0 and var ending)
        {
            return _lookup.TryGetValue(lower[..ending], out number) ? number : StemOf(lower[..ending]);
        }

        return lower.Length > 2 && Letters.IsArabic(lower[0]) ? Arabic(lower) : StemOf(lower);
    }

    /// <summary>"and", "so", then "by", "as", "for", then the article stand in one word with the noun. The longest form that the lexicon has wins.</summary>
    private int Arabic(ReadOnlySpan<char> word)
    {
        var rest = word;
        for (var step = 0; step < 4 && rest.Length > 1; step++)
        {
            if (_lookup.TryGetValue(rest, out var number) || (number = StemOf(rest)) > 0)
            {
                return number;
            }

            rest = Letters.WithoutClitic(rest, step, out step);
        }

        return 0;
    }

    /// <summary>"l'", "qu'": a word of its own before a vowel.</summary>
    internal bool Elides(ReadOnlySpan<char> word)
    {
        if (_elisions.Count == 0)
        {
            return false;
        }

        Span<char> folded = stackalloc char[word.Length];
        return _elisions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(folded[..Letters.Fold(word, folded)]);
    }

    /// <summary>The longest stem that the word begins with, or 0.</summary>
    private int StemOf(ReadOnlySpan<char> word)
    {
        if (_shortestStem == 0)
        {
            return 0;
        }

        for (var length = word.Length; length >= _shortestStem; length--)
        {
            if (_stemLookup.TryGetValue(word[..length], out var number))
            {
                return number;
            }
        }

        return 0;
    }

    /// <summary>A whole word or a longer stem that begins with a stem is the stem's word too: "évacué" alone stands in one rule and "évacu*" in another.</summary>
    private void Stemmed()
    {
        if (_stems.Count == 0)
        {
            return;
        }

        _shortestStem = _stems.Keys.Min(s => s.Length);
        var under = new Dictionary<int, List<int>>();
        foreach (var (word, number) in _words.Select(w => (w.Key, w.Value)).Concat(_stems.Select(w => (w.Key, w.Value))))
        {
            for (var length = word.Length; length >= _shortestStem; length--)
            {
                if (_stems.TryGetValue(word[..length], out var stem) && stem != number)
                {
                    (under.TryGetValue(stem, out var list) ? list : under[stem] = []).Add(number);
                }
            }
        }

        foreach (var rule in Rules)
        {
            for (var i = 0; i < rule.Pattern.Length; i++)
            {
                if (rule.Pattern[i].Words is { } words && words.Any(under.ContainsKey))
                {
                    rule.Pattern[i] = rule.Pattern[i] with { Words = [.. words.Concat(words.SelectMany(w => under.GetValueOrDefault(w, []))).Distinct()] };
                }
            }
        }
    }

    /// <summary>The slots that have a rule beginning with the word, one bit each; for 0, a rule beginning with a number. Lets a reader skip what cannot match.</summary>
    public ulong SlotsOf(int word) => _slots[word > 0 ? word : 0];

    /// <summary>A set of words to test a lexeme against without comparing text.</summary>
    public WordSet SetOf(params ReadOnlySpan<string> words)
    {
        var has = new bool[_words.Count + _stems.Count + 1];
        foreach (var word in words)
        {
            if (_words.TryGetValue(Letters.Folded(word), out var number))
            {
                has[number] = true;
            }
        }

        return new(has);
    }

    public bool Is(int number, string word) => number > 0 && _words.TryGetValue(word, out var known) && known == number;

    public bool TryMatch(Slot slot, Wording wording, int at, out Match match, uint kinds = uint.MaxValue, TextField field = TextField.Both, List<Mention>? mentions = null)
    {
        match = default;
        if (at < 0 || at >= wording.Count)
        {
            return false;
        }

        var word = wording[at].Word;
        var index = _byFirstWord[(int)slot];
        return (word > 0 && index[word] is { } rules && AnyOf(rules, wording, at, kinds, field, mentions, out match))
            || (mentions is not null && index[0] is { } numbered && AnyOf(numbered, wording, at, kinds, field, mentions, out match));
    }

    /// <summary>Whether the lexicon's section <c>grammar</c> has the word under the value: <c>dates : month-first</c>.</summary>
    public bool Has(string value, string word) => _grammar.Contains((value, word));

    internal bool IsArticle(int word) => Is(word, Built.Article);

    internal bool IsAnd(int word) => Is(word, Built.And);

    /// <summary>Between the ends of a range: "30 to 40", "three or four".</summary>
    internal bool Joins(int word) => Is(word, Built.Joins);

    internal bool IsHalf(int word) => Is(word, Built.Half);

    /// <summary>A word at which a captured phrase ends.</summary>
    internal bool IsStop(int word) => Is(word, Built.Stop);

    internal bool IsDual(int word) => Is(word, Built.Dual);

    /// <summary>"une vingtaine": the number word itself says "about".</summary>
    internal bool IsAbout(int word) => Is(word, Built.About);

    /// <summary>A form that is a number only behind another.</summary>
    internal bool IsBehind(int word) => Is(word, Built.Behind);

    /// <summary>Written short, with a full stop of its own.</summary>
    internal bool IsShort(int word) => Is(word, Built.Short);

    private bool Is(int word, Built what) => word > 0 && (_built[word] & what) != Built.None;

    private static Built BuiltOf(string value) => value switch
    {
        "article" => Built.Article,
        "and" => Built.And,
        "joins" => Built.Joins,
        "half" => Built.Half,
        "stop" => Built.Stop,
        "binds" => Built.Binds,
        "short" => Built.Short,
        "dual" => Built.Dual,
        "about" => Built.About,
        "behind" => Built.Behind,
        _ => Built.None,
    };

    internal decimal NumberWord(int word) => word > 0 ? _numbers[word] : 0;

    /// <summary>A language is one lexicon of one or more files; the first line of the first is its version.</summary>
    private static Lexicon Embedded(params ReadOnlySpan<string> names)
    {
        var text = new StringBuilder();
        foreach (var name in names)
        {
            using var stream = typeof(Lexicon).Assembly.GetManifestResourceStream(name)
                ?? throw new InvalidOperationException($"{name} is not embedded.");
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            text.Append(Encoding.UTF8.GetString(bytes.ToArray())).Append('\n');
        }

        var whole = text.ToString();
        return Read(whole[..whole.IndexOf('\n', StringComparison.Ordinal)].TrimStart('#', ' ').TrimEnd(), whole);
    }

    /// <summary>The next rule of the slot behind one that matched here.</summary>
    public bool TryMatchBehind(Rule earlier, Wording wording, int at, out Match match)
    {
        match = default;
        return wording[at].Word > 0 && _byFirstWord[(int)earlier.Slot][wording[at].Word] is { } rules
            && AnyOf([.. rules.SkipWhile(r => r.Order <= earlier.Order)], wording, at, uint.MaxValue, TextField.Both, null, out match);
    }

    private bool AnyOf(Rule[] rules, Wording wording, int at, uint kinds, TextField field, List<Mention>? mentions, out Match match)
    {
        foreach (var rule in rules)
        {
            if ((rule.Kinds & kinds) == 0 || (rule.Field & field) == default)
            {
                continue;
            }

            var found = new Found { Number = -1 };
            if (Walk(rule.Pattern, 0, wording, at, mentions, ref found))
            {
                match = new(rule, at, found.To, found.CaptureFrom, found.CaptureTo, found.Number);
                return true;
            }
        }

        match = default;
        return false;
    }

    /// <summary>Elements from one on against lexemes from one on; gaps and captures take as little as they can, a capture at the end as much as it may.</summary>
    private bool Walk(Element[] pattern, int element, Wording wording, int at, List<Mention>? mentions, ref Found found)
    {
        if (element == pattern.Length)
        {
            found.To = at;
            return true;
        }

        var e = pattern[element];
        if (e.IsCapture)
        {
            return element == pattern.Length - 1 ? Rest(wording, at, ref found) : Stretch(pattern, element, wording, at, 1, LongestCapture, mentions, ref found);
        }

        if (e.Gap > 0)
        {
            return Stretch(pattern, element, wording, at, 0, e.Gap, mentions, ref found);
        }

        if (e.IsNumber)
        {
            return Number(pattern, element, wording, at, mentions, ref found);
        }

        return (at < wording.Count && wording[at].Word > 0 && Array.IndexOf(e.Words!, wording[at].Word) >= 0 && Walk(pattern, element + 1, wording, at + 1, mentions, ref found))
            || (e.IsOptional && Walk(pattern, element + 1, wording, at, mentions, ref found));
    }

    private bool Stretch(Element[] pattern, int element, Wording wording, int at, int least, int most, List<Mention>? mentions, ref Found found)
    {
        for (var to = at; to - at <= most && to <= wording.Count; to++)
        {
            if (to - at >= least && Walk(pattern, element + 1, wording, to, mentions, ref found))
            {
                if (pattern[element].IsCapture)
                {
                    (found.CaptureFrom, found.CaptureTo) = (at, to);
                }

                return true;
            }

            if (to < wording.Count && (wording[to].EndsSentence || (pattern[element].IsCapture && wording[to].Kind is LexemeKind.Mark && !wording[to].IsMark(','))))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>A capture at the end of a pattern runs up to a mark or a word that begins another thought.</summary>
    private bool Rest(Wording wording, int at, ref Found found)
    {
        var to = at;
        while (to < wording.Count && to - at < LongestCapture && wording[to].Kind is not LexemeKind.Mark && !(to > at && IsStop(wording[to].Word) && !Is(wording[to - 1].Word, Built.Binds)))
        {
            to++;
        }

        (found.CaptureFrom, found.CaptureTo, found.To) = (at, to, to);
        return to > at;
    }

    private bool Number(Element[] pattern, int element, Wording wording, int at, List<Mention>? mentions, ref Found found)
    {
        for (var i = 0; mentions is not null && i < mentions.Count && mentions[i].From <= at; i++)
        {
            if ((mentions[i].From == at || mentions[i].NumberAt == at) && Walk(pattern, element + 1, wording, mentions[i].To, mentions, ref found))
            {
                found.Number = i;
                return true;
            }
        }

        return false;
    }

    private int Add(string word)
    {
        var (known, key) = word.EndsWith('*') ? (_stems, Letters.Folded(word[..^1])) : (_words, Letters.Folded(word));
        if (!known.TryGetValue(key, out var number))
        {
            known[key] = number = _words.Count + _stems.Count + 1;
        }

        return number;
    }

    /// <summary>The forms of an English verb that is regular: evacuate, evacuates, evacuated, evacuating; stop, stopped.</summary>
    private static IEnumerable<string> Inflected(string verb)
    {
        static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u';
        var (last, before) = (verb[^1], verb.Length > 1 ? verb[^2] : ' ');
        var doubled = verb.Length > 2 && !IsVowel(last) && last is not ('w' or 'x' or 'y') && IsVowel(before) && !IsVowel(verb[^3]);
        yield return verb;
        yield return last is 's' or 'x' or 'z' or 'h' && (last is not 'h' || before is 's' or 'c') ? verb + "es" : last is 'y' && !IsVowel(before) ? verb[..^1] + "ies" : verb + "s";
        yield return last is 'e' ? verb + "d" : last is 'y' && !IsVowel(before) ? verb[..^1] + "ied" : verb + "ed";
        yield return last is 'e' && before is not ('e' or 'y' or 'o') ? verb[..^1] + "ing" : verb + "ing";
        if (doubled)
        {
            yield return verb + last + "ed";
            yield return verb + last + "ing";
        }
    }

    private ulong[] SlotsByWord()
    {
        var slots = new ulong[_words.Count + _stems.Count + 1];
        for (var slot = 0; slot < _byFirstWord.Length; slot++)
        {
            for (var word = 0; word < slots.Length; word++)
            {
                slots[word] |= _byFirstWord[slot][word] is null ? 0 : 1UL << slot;
            }
        }

        return slots;
    }

    /// <summary>Rules by the number of their first word; at 0 those that begin with a number.</summary>
    private Rule[]?[] IndexOf(Slot slot)
    {
        var lists = new List<Rule>?[_words.Count + _stems.Count + 1];
        foreach (var rule in Rules.Where(r => r.Slot == slot))
        {
            foreach (var word in (IEnumerable<int>?)rule.Pattern[0].Words ?? [0])
            {
                (lists[word] ??= []).Add(rule);
            }
        }

        return [.. lists.Select(l => l?.ToArray())];
    }

    private List<Rule> Compile(string text, IReadOnlyList<string> kinds)
    {
        var rules = new List<Rule>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        Slot? slot = null;
        var mask = uint.MaxValue;
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] == '[')
            {
                (slot, mask) = Section(line, kinds, number);
                continue;
            }

            var rule = RuleOf(line, slot ?? throw Refused("lexicon.no-section", "A rule stands under a section, such as [measure].", number), mask, number);
            if (rule.Slot is Slot.Grammar)
            {
                _grammar.UnionWith(line.Split(" : ")[2].Split('/', StringSplitOptions.TrimEntries).Select(w => (rule.Value, w)));
            }

            rules.Add(ids.Add(rule.Id) ? rule : throw Refused("lexicon.same-id-twice", $"The rule id '{Shown.Short(rule.Id)}' is given twice; ids stand in traces and must be single.", number));
        }

        return rules;
    }

    private static (Slot Slot, uint Kinds) Section(string line, IReadOnlyList<string> kinds, int number)
    {
        var parts = line.Trim('[', ']').Split(':', StringSplitOptions.TrimEntries);
        if (!Token.TryRead<Slot>(parts[0], out var slot))
        {
            throw Refused("lexicon.unknown-section", $"'{Shown.Short(parts[0])}' is not a section; the sections are {string.Join(", ", Token.All<Slot>())}.", number);
        }

        if (parts.Length == 1)
        {
            return (slot, uint.MaxValue);
        }

        var mask = 0u;
        foreach (var kind in parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var bit = kinds.ToList().IndexOf(kind);
            mask |= bit >= 0 ? 1u << bit : throw Refused("lexicon.unknown-kind", $"'{Shown.Short(kind)}' is not a kind of the list; the kinds are {string.Join(", ", kinds)}.", number);
        }

        return (slot, mask);
    }

    private Rule RuleOf(string line, Slot slot, uint kinds, int number)
    {
        var parts = line.Split(" : ", StringSplitOptions.TrimEntries);
        if (parts.Length != 3)
        {
            throw Refused("lexicon.not-a-rule", "A rule is three parts with ' : ' between them: id, value, pattern.", number);
        }

        var words = parts[2].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var field = words[0] switch
        {
            "@category" => TextField.Category,
            "@words" => TextField.Paraphrase,
            _ => TextField.Both,
        };
        Element[] pattern = [.. words.Skip(field is TextField.Both ? 0 : 1).Select(w => ElementOf(w, number))];
        return pattern.Length is 0 or > LongestPattern || pattern[0] is { Words: null, IsNumber: false } or { IsOptional: true }
            ? throw Refused("lexicon.pattern", $"A pattern has 1 to {LongestPattern} elements and begins with a word or a number that must be there.", number)
            : new(parts[0], slot, parts[1], number, field, kinds, pattern);
    }

    private Element ElementOf(string word, int line) => word switch
    {
        "<n>" => new(IsNumber: true),
        "<>" => new(IsCapture: true),
        _ when word.StartsWith("..", StringComparison.Ordinal) => int.TryParse(word[2..], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var gap) && gap is > 0 and <= LongestGap
            ? new(Gap: gap)
            : throw Refused("lexicon.gap", $"'{Shown.Short(word)}' is not a gap; a gap is ..1 to ..{LongestGap}.", line),
        _ => new([.. word.TrimEnd('?').Split('/').SelectMany(w => w.EndsWith('+') ? Inflected(w[..^1]) : [w]).Select(Add).Distinct()], IsOptional: word.EndsWith('?')),
    };

    private static RefusedException Refused(string code, string message, int line) => new(code, message, $"line {Shown.Number(line)}");

    [Flags]
    private enum Built : ushort
    {
        None = 0,
        Article = 1,
        And = 2,
        Joins = 4,
        Half = 8,
        Stop = 16,
        Binds = 32,
        Dual = 64,
        Short = 128,
        About = 256,
        Behind = 512,
    }

    private struct Found
    {
        public int To;
        public int CaptureFrom;
        public int CaptureTo;
        public int Number;
    }
}
