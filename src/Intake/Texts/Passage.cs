using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts.Dates;
using Safeconduct.Intake.Texts.Original;

namespace Safeconduct.Intake.Texts;

/// <summary>A stretch of lexemes, end excluded.</summary>
public readonly record struct Stretch(int From, int To)
{
    public static Stretch None { get; } = new(0, 0);

    public bool IsEmpty => From >= To;

    public int Length => To - From;

    public bool Has(int at) => at >= From && at < To;
}

/// <summary>
/// One paragraph cut into lexemes and sentences, with the lexicon's words marked in one pass. One instance is filled again and again; it belongs to one reader.
/// </summary>
public sealed class Passage(Lexicon lexicon, TextWords words)
{
    private const ulong TextSlots = (1UL << (int)Slot.Verb) | (1UL << (int)Slot.Noun) | (1UL << (int)Slot.Particle) | (1UL << (int)Slot.Attribution) | (1UL << (int)Slot.Loaded) | (1UL << (int)Slot.Universal) | (1UL << (int)Slot.Form) | (1UL << (int)Slot.Cue);

    private Mark[] _marks = new Mark[256];

    public Wording Wording { get; } = new();

    public Block Block { get; } = new();

    public Lexicon Lexicon => lexicon;

    public TextWords Words => words;

    public List<Stretch> Sentences { get; } = [];

    public List<Mention> Numbers { get; } = [];

    public List<DateMention> Dates => Wording.Dates;

    /// <summary>Written in capitals throughout, so that a capital shows no name.</summary>
    public bool IsCapitals { get; private set; }

    public int Count => Wording.Count;

    public ref Mark this[int at] => ref _marks[at];

    /// <summary>Reads what the block holds.</summary>
    public void Read()
    {
        Wording.Read(Block.Plain, lexicon);
        if (_marks.Length < Wording.Count + 1)
        {
            _marks = new Mark[Math.Max(Wording.Count + 1, _marks.Length * 2)];
        }

        Array.Clear(_marks, 0, Wording.Count + 1);
        IsCapitals = AllCapitals(Block.Plain);
        for (var at = 0; at < Wording.Count; at++)
        {
            Marked(at);
        }

        Needed();
        Bounds.Find(Wording, lexicon, Numbers);
        for (var i = 0; i < Dates.Count; i++)
        {
            for (var at = Dates[i].From; at < Dates[i].To; at++)
            {
                _marks[at].DateAt = i + 1;
            }
        }

        for (var i = 0; i < Numbers.Count; i++)
        {
            for (var at = Numbers[i].From; at < Numbers[i].To; at++)
            {
                _marks[at].NumberAt = i + 1;
            }
        }

        Texts.Sentences.Find(this);
    }

    public ReadOnlySpan<char> Text(int at) => Wording.Of(at);

    public string Between(int from, int to) => Wording.Between(from, to);

    public bool Is(int at, Part part) => at >= 0 && at < Count && _marks[at].Part == part;

    public bool IsMark(int at, char mark) => at >= 0 && at < Count && Wording[at].IsMark(mark);

    public bool IsWord(int at) => at >= 0 && at < Count && Wording[at].Kind is LexemeKind.Word;

    /// <summary>Begins with a capital, in a text where that shows something.</summary>
    public bool IsCapital(int at) => at >= 0 && at < Count && char.IsUpper(Block.Plain[Wording[at].Start]);

    public bool IsQuote(int at) => at >= 0 && at < Count && Wording[at].Kind is LexemeKind.Mark && -Wording[at].Word is '"' or '“' or '”' or '«' or '»' or '„' or '‟';

    public bool IsComma(int at) => at >= 0 && at < Count && Wording[at].Kind is LexemeKind.Mark && -Wording[at].Word is ',' or '،';

    /// <summary>A word of the cue stands in the stretch.</summary>
    public bool Has(Cue cue, Stretch s)
    {
        for (var at = s.From; at < s.To; at++)
        {
            if (_marks[at].Cue == cue)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The lexeme is joined to the one before by a hyphen: "militant-held".</summary>
    public bool IsJoined(int at) => at > 0 && at < Count && Wording[at].Start > 0 && Block.Plain[Wording[at].Start - 1] is '-' or '‑' && Wording[at - 1].End == Wording[at].Start - 1;

    /// <summary>A dash with space around it stands before the lexeme.</summary>
    public bool HasDashBefore(int at)
    {
        if (at <= 0 || at >= Count)
        {
            return false;
        }

        var between = Block.Plain.AsSpan(Wording[at - 1].End, Wording[at].Start - Wording[at - 1].End);
        return between.Contains('–') || between.Contains(" - ", StringComparison.Ordinal) || between.Contains(" -- ", StringComparison.Ordinal);
    }

    private void Marked(int at)
    {
        var word = Wording[at].Word;
        ref var mark = ref _marks[at];
        mark.IsJoined = IsJoined(at);
        if (Wording[at].IsMark('&'))
        {
            (mark.Part, mark.PartTo) = (Part.And, at + 1);
            return;
        }

        if (word <= 0)
        {
            return;
        }

        var slots = lexicon.SlotsOf(word) & TextSlots;
        while (slots != 0)
        {
            var slot = (Slot)System.Numerics.BitOperations.TrailingZeroCount(slots);
            slots &= slots - 1;
            if (!lexicon.TryMatch(slot, Wording, at, out var match))
            {
                continue;
            }

            switch (slot)
            {
                case Slot.Verb:
                    (mark.Verb, mark.VerbTo) = (words.Verb(match.Rule), match.To);
                    break;
                case Slot.Noun when !mark.IsInNoun:
                    (mark.Noun, mark.NounTo) = (words.Noun(match.Rule), match.To);
                    for (var inside = at + 1; inside < match.To; inside++)
                    {
                        _marks[inside].IsInNoun = true;
                    }

                    break;
                case Slot.Particle when mark.PartTo <= at:
                    (mark.Part, mark.PartTo) = (words.Part(match.Rule), match.To);
                    for (var inside = at + 1; inside < match.To; inside++)
                    {
                        (_marks[inside].Part, _marks[inside].PartTo) = (mark.Part is Part.Sub ? Part.None : mark.Part, match.To);
                    }

                    break;
                case Slot.Attribution:
                    (mark.Attribution, mark.AttributionTo) = (match.Rule, match.To);
                    break;
                case Slot.Loaded:
                    (mark.Loaded, mark.LoadedTo) = (match.Rule, match.To);
                    break;
                case Slot.Universal:
                    (mark.Universal, mark.UniversalTo) = (match.Rule, match.To);
                    break;
                case Slot.Form:
                    mark.Form = words.Form(match.Rule);
                    break;
                case Slot.Cue:
                    mark.Cue = words.Cue(match.Rule);
                    break;
                default:
                    break;
            }
        }

        if (mark.Noun is null && !mark.IsInNoun && Clauses.Forms.OtherForms.Reads(this) && (lexicon.TryMatch(Slot.Vehicle, Wording, at, out var counted) || lexicon.TryMatch(Slot.Who, Wording, at, out counted)))
        {
            (mark.Noun, mark.NounTo) = (words.Noun(counted.Rule), counted.To);
        }
    }

    /// <summary>A verb that means something only with certain nouns gives way to its next rule where none of them is near.</summary>
    private void Needed()
    {
        for (var at = 0; at < Wording.Count; at++)
        {
            while (_marks[at].Verb is { Needs.Count: > 0 } verb && !Near(at, verb))
            {
                if (!lexicon.TryMatchBehind(verb.Found, Wording, at, out var match))
                {
                    break;
                }

                (_marks[at].Verb, _marks[at].VerbTo) = (words.Verb(match.Rule), match.To);
            }
        }
    }

    private bool Near(int verb, VerbWord word)
    {
        for (var at = Math.Max(0, verb - 12); at < Math.Min(Wording.Count, verb + 13); at++)
        {
            if (word.Needs.Contains(_marks[at].Noun?.Class ?? "-") || (word.Needs.Contains("number") && Wording[at].Kind is LexemeKind.Number) || (word.Needs.Contains("name") && IsCapital(at)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AllCapitals(string text)
    {
        var (upper, lower) = (0, 0);
        foreach (var c in text)
        {
            upper += char.IsUpper(c) ? 1 : 0;
            lower += char.IsLower(c) ? 1 : 0;
        }

        return upper > 20 && upper > lower * 4;
    }
}

/// <summary>What the lexicon knows of one lexeme.</summary>
public struct Mark
{
    public VerbWord? Verb { get; set; }
    public int VerbTo { get; set; }
    public NounWord? Noun { get; set; }
    public int NounTo { get; set; }
    public Part Part { get; set; }
    public int PartTo { get; set; }
    public Rule? Attribution { get; set; }
    public int AttributionTo { get; set; }
    public Rule? Loaded { get; set; }
    public int LoadedTo { get; set; }
    public Rule? Universal { get; set; }
    public int UniversalTo { get; set; }
    public PastForm Form { get; set; }
    public Cue Cue { get; set; }
    public bool IsJoined { get; set; }

    /// <summary>Inside a name of several words, behind its first.</summary>
    public bool IsInNoun { get; set; }

    /// <summary>One more than the number's place among the passage's numbers; 0 for none.</summary>
    public int NumberAt { get; set; }

    /// <summary>One more than the date's place among the passage's dates; 0 for none.</summary>
    public int DateAt { get; set; }
}
