using System.Collections.Frozen;
using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Intake.Texts;

/// <summary>A small word that holds a sentence together.</summary>
public enum Part : byte
{
    None,
    Be,
    Have,
    Do,
    Future,
    Would,
    Might,
    Can,
    Must,
    Not,
    NotBe,
    NotDo,
    NotHave,
    NotFuture,
    NotCan,
    PronounHave,
    PronounBe,
    PronounFuture,
    That,
    Whether,
    If,
    Who,
    Sub,
    But,
    And,
    Or,
    To,
    Of,
    By,
    Prep,
    Pronoun,
    Object,
    Det,
    There,
    Adverb,
}

/// <summary>A past form that does not end in -ed.</summary>
public enum PastForm : byte
{
    None,
    Both,
    Past,
    Participle,
    Same,
}

/// <summary>What a small word tells that is neither verb nor noun.</summary>
public enum Cue : byte
{
    None,

    /// <summary>"still": those it is said of are where they were.</summary>
    Still,
    Dead,

    /// <summary>"likely", "perhaps".</summary>
    Unsure,

    /// <summary>"ready", "due": with what is to be done.</summary>
    Ready,

    /// <summary>"intention", "readiness".</summary>
    Wish,

    /// <summary>"the official", "the statement": whoever spoke before.</summary>
    StandsFor,

    /// <summary>"we", "our".</summary>
    FirstPerson,
    He,

    /// <summary>"there is none of".</summary>
    IsNone,

    PlaceFrom,
    PlaceTo,
    PlaceVia,
    PlaceAt,
}

/// <summary>By what act a verb names its speaker; or that it is no verb of saying.</summary>
public enum Speech : byte
{
    None,
    Say,
    Confirm,
    Deny,
    Refuse,
    Accuse,
    AccuseThat,
    Demand,
    Plan,
    Promise,
    Describe,
}

/// <summary>What a verb of little meaning does with its noun.</summary>
public enum Aspect : byte
{
    None,
    Begin,
    Continue,
    Complete,
    End,
    Fail,
    Do,
    Allow,
    Force,
    Happen,
    Come,
    Get,
    See,
}

/// <summary>A kind, and for a casualty what became of them.</summary>
public readonly record struct KindRead(ClaimKind Kind, Measure? Harm = null);

/// <summary>A verb of the lexicon: its own kind, kinds that a noun with it gives instead, and nouns without which it means nothing here.</summary>
public sealed record VerbWord(Rule Found, string Rule, KindRead? Kind, Speech Speech, Aspect Aspect, IReadOnlyList<(string Class, KindRead? Kind)> With, IReadOnlyList<string> Needs);

/// <summary>A noun of the lexicon: what sort of thing it names, and the kind of a claim about it.</summary>
public sealed record NounWord(string Rule, string Class, KindRead? Kind, bool IsWounded);

/// <summary>The values of a lexicon's rules for texts, parsed once.</summary>
public sealed class TextWords
{
    /// <summary>The languages that texts are read in, as BCP 47 tags.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "fr", "ru", "uk", "tr", "ar"];

    private static readonly FrozenDictionary<string, Lazy<TextWords>> Known = Languages.ToFrozenDictionary(l => l, l => new Lazy<TextWords>(() => new TextWords(l, Lexicon.For(l)!)), StringComparer.Ordinal);

    private readonly Dictionary<Rule, VerbWord> _verbs = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Rule, NounWord> _nouns = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Rule, Part> _parts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Rule, Cue> _cues = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Rule, PastForm> _forms = new(ReferenceEqualityComparer.Instance);

    private TextWords(string language, Lexicon lexicon)
    {
        Language = language;
        Lexicon = lexicon;
        foreach (var rule in lexicon.Rules)
        {
            switch (rule.Slot)
            {
                case Slot.Verb:
                    _verbs[rule] = VerbOf(rule);
                    break;
                case Slot.Noun:
                    _nouns[rule] = NounOf(rule);
                    break;
                case Slot.Particle:
                    _parts[rule] = Parsed<Part>(rule);
                    break;
                case Slot.Who or Slot.Vehicle when language is not "en":
                    _nouns[rule] = CountedOf(rule);
                    break;
                case Slot.Cue:
                    _cues[rule] = Parsed<Cue>(rule);
                    break;
                case Slot.Form:
                    _forms[rule] = Parsed<PastForm>(rule);
                    break;
                default:
                    break;
            }
        }
    }

    public string Language { get; }

    public Lexicon Lexicon { get; }

    /// <summary>Null where there is no lexicon for the language.</summary>
    public static TextWords? For(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        var dash = language.IndexOf('-', StringComparison.Ordinal);
        return Known.TryGetValue(dash < 0 ? language : language[..dash], out var words) ? words.Value : null;
    }

    public VerbWord Verb(Rule rule) => _verbs[rule];

    public NounWord Noun(Rule rule) => _nouns[rule];

    public Part Part(Rule rule) => _parts[rule];

    public Cue Cue(Rule rule) => _cues[rule];

    public PastForm Form(Rule rule) => _forms[rule];

    private static T Parsed<T>(Rule rule)
        where T : struct, Enum => Token.TryRead<T>(rule.Value, out var value) ? value : throw Refused(rule, rule.Value);

    private static VerbWord VerbOf(Rule rule)
    {
        KindRead? kind = null;
        var (speech, aspect) = (Speech.None, Aspect.None);
        var with = new List<(string, KindRead?)>();
        var needs = new List<string>();
        foreach (var word in rule.Value.Split(' '))
        {
            if (word.Split('=') is [var noun, var instead])
            {
                with.Add((noun, KindOf(rule, instead)));
            }
            else if (word[0] == '!')
            {
                needs.AddRange(word[1..].Split(','));
            }
            else if (SpeechOf(word) is { } said)
            {
                speech = said;
            }
            else if (Token.TryRead<Aspect>(word, out var light))
            {
                aspect = light;
            }
            else
            {
                kind = KindOf(rule, word);
            }
        }

        return new(rule, rule.Id, kind, speech, aspect, with, needs);
    }

    private static Speech? SpeechOf(string word) => word switch
    {
        "say" => Speech.Say,
        "say.confirm" => Speech.Confirm,
        "deny" => Speech.Deny,
        "deny.refuse" => Speech.Refuse,
        "accuse" => Speech.Accuse,
        "accuse.that" => Speech.AccuseThat,
        "demand" => Speech.Demand,
        "plan" => Speech.Plan,
        "plan.promise" => Speech.Promise,
        "describe" => Speech.Describe,
        _ => null,
    };

    /// <summary>What the lexicon counts is a noun, though its nouns do not list every form.</summary>
    private static NounWord CountedOf(Rule rule) => rule.Slot is Slot.Vehicle
        ? new(rule.Id, rule.Value is "trucks" ? "truck" : "vehicle", null, false)
        : new(rule.Id, rule.Value switch { "fighters" => "force", "bodies" => "body", _ => "person" }, null, rule.Value is "wounded-or-sick");

    private static NounWord NounOf(Rule rule)
    {
        var parts = rule.Value.Split(' ');
        return new(rule.Id, parts[0], parts.Length > 1 && parts[1] is not ("wounded" or "body") ? KindOf(rule, parts[1]) : null, parts.Contains("wounded"));
    }

    private static KindRead KindOf(Rule rule, string word)
    {
        var dot = word.IndexOf('.', StringComparison.Ordinal);
        Measure? harm = dot < 0 ? null : word[(dot + 1)..] switch { "killed" => Measure.Killed, "wounded" => Measure.Wounded, "captured" => Measure.Held, _ => throw Refused(rule, word) };
        return Token.TryRead<ClaimKind>(dot < 0 ? word : word[..dot], out var kind) ? new(kind, harm) : throw Refused(rule, word);
    }

    private static RefusedException Refused(Rule rule, string value) => new("lexicon.value", $"The rule {rule.Id} has the value '{Shown.Short(value)}', which its section does not know.", rule.Id);
}
