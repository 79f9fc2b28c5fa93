using System.Collections.Frozen;
using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts.Clauses;
using Safeconduct.Intake.Texts.Proposals;

namespace Safeconduct.Intake.Texts.Speakers;

/// <summary>From the words of a subject to the name of a speaker: articles and adverbs dropped, pronouns and "the statement" resolved to whoever spoke before in this text.</summary>
internal sealed class SpeakerNames(Passage p, Discourse discourse)
{
    private const int LongestName = 16;

    /// <summary>Words that stand for whoever spoke: of these only, where no earlier name has the word itself.</summary>
    private static readonly FrozenSet<string> Stand = new[]
    {
        "statement", "report", "communique", "communiqué", "official", "officials", "spokesman", "spokeswoman", "spokesperson", "spokesmen", "source", "sources", "agency", "ministry", "document", "message", "text",
        "release", "dispatch", "broadcast", "radio", "station", "command", "organisation", "organization", "group", "minister", "president", "mayor", "governor", "general", "commander", "bureau", "office",
        "paper", "newspaper", "movement", "authority", "committee", "mission", "leader", "envoy", "mediator", "former", "latter", "announcement", "declaration", "cable", "latest",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> StandsFor = Stand.GetAlternateLookup<ReadOnlySpan<char>>();

    public bool IsFirstPerson(Stretch subject)
    {
        if (subject.Length is not (1 or 2))
        {
            return false;
        }

        var text = p.Text(subject.To - 1);
        return text is "I" or "We" or "we" or "I’ve" or "I've" or "We’ve" or "We've" or "we've" or "we’ve" or "WE";
    }

    /// <summary>A subject that is a person's name: two capitals, or one behind a word for an office.</summary>
    public Speaker? Person(Stretch words)
    {
        if (p.IsCapitals || words.Length is 0 or > 8)
        {
            return null;
        }

        var capitals = 0;
        for (var at = words.From; at < words.To && !p.IsComma(at); at++)
        {
            if (p[at].Part is not Part.None and not Part.Det || (p[at].Noun is { Class: not "office" and not "person" } && !p.IsCapital(at)))
            {
                return null;
            }

            capitals += p.IsWord(at) && p.IsCapital(at) && p[at].Part is Part.None ? 1 : 0;
        }

        return capitals >= 2 ? Of(words) : null;
    }

    /// <summary>Null where the words name nobody: "it" at the start of a text, "there".</summary>
    public Speaker? Of(Stretch words)
    {
        if (words.IsEmpty)
        {
            return null;
        }

        var (from, to) = (words.From, words.To);
        if (p.IsMark(from, '['))
        {
            // "[Text] The station": an editor's words.
            var close = from;
            while (close < to && !p.IsMark(close, ']'))
            {
                close++;
            }

            from = close < to ? close + 1 : from + 1;
        }

        while (from < to && (p[from].Part is Part.Adverb or Part.And or Part.But or Part.Prep or Part.Sub || p.IsQuote(from) || p.IsComma(from) || p.Wording[from].Kind is LexemeKind.Mark or LexemeKind.Clock || VerbForms.IsManner(p, from)))
        {
            from++;
        }

        if (from >= to)
        {
            return null;
        }

        if (p[from].Part is Part.Pronoun or Part.Object && to - from == 1)
        {
            if (discourse.Subject is { } person && p.Text(from) is "he" or "she" or "He" or "She" or "him" or "HE" or "SHE")
            {
                return person with { Mention = SpanOf(from, to) };
            }

            return discourse.Last is { } last ? last with { Mention = SpanOf(from, to) } : null;
        }

        if (p[from].Part is Part.There or Part.Who or Part.That)
        {
            return null;
        }

        var definite = p[from].Part is Part.Det;
        var its = definite && p.Text(from) is "its" or "Its" or "his" or "His" or "her" or "Her" or "their" or "Their";
        var start = definite && !its ? from + 1 : from;
        while (start < to && (p[start].Part is Part.Adverb || p.IsMark(start, ',') || IsSoCalled(start)))
        {
            start++;
        }

        var end = End(start, to);
        if (start >= end)
        {
            return null;
        }

        if (!NamesSomebody(start, end))
        {
            return null;
        }

        var mention = SpanOf(from, end);
        var name = Cleaned(p.Between(start, end));
        // "A militia statement": the militia's.
        if (end - start == 2 && p[end - 1].Noun is { Class: "statement" })
        {
            name = Cleaned(p.Between(start, end - 1));
        }

        name = discourse.FullName(name);
        var description = definite && !HasCapital(start, end);
        if (discourse.Fuller(name, description) is { } fuller)
        {
            return new(fuller, mention);
        }

        if (Clauses.Forms.OtherForms.Reads(p) && end - start == 1 && p[start].Cue is Cue.StandsFor && discourse.Last is { } earlier)
        {
            return earlier with { Mention = mention };
        }

        if (Clauses.Forms.OtherForms.Reads(p) && end - start == 1 && discourse.OfStem(name) is { } longer)
        {
            return new(longer, mention);
        }

        if (description && end - start == 1 && StandsFor.Contains(p.Text(end - 1)) && discourse.Last is { } before)
        {
            return before with { Mention = mention };
        }

        return new(name, mention);
    }

    /// <summary>A name ends before "who", a bracket or a participle; what stands between commas behind it is an apposition and belongs to it.</summary>
    private int End(int start, int to)
    {
        var at = start;
        while (at < to && at - start < LongestName && p[at].Part is not (Part.Who or Part.That or Part.By) && !p.IsMark(at, '(') && !p.IsMark(at, ':') && !p.IsQuote(at) && p[at].DateAt == 0)
        {
            at++;
        }

        while (at > start && (p.IsComma(at - 1) || p[at - 1].Part is Part.Adverb or Part.Prep))
        {
            at--;
        }

        return at;
    }

    /// <summary>An hour, a number or a bare verb is no speaker.</summary>
    private bool NamesSomebody(int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            if (p.IsWord(at) && p[at].NumberAt == 0 && p[at].Part is Part.None && p.Text(at).Length > 1 && !(p.Text(at) is "GMT" or "UTC"))
            {
                return !(p[from].NumberAt > 0 && p[from].DateAt == 0 && p[at].Noun is not { Class: "office" or "person" or "force" });
            }
        }

        return false;
    }

    private bool IsSoCalled(int at) => p[at].Loaded is { Value: "doubt" } || (at > 0 && p[at - 1].Loaded is { Value: "doubt" } && p[at - 1].LoadedTo > at);

    private bool HasCapital(int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            if (p.IsCapital(at) && !p.IsCapitals)
            {
                return true;
            }
        }

        return false;
    }

    private Span SpanOf(int from, int to) => p.Block.Of(p.Wording[from].Start, p.Wording[to - 1].End);

    private static string Cleaned(string name) => name.EndsWith("'s", StringComparison.Ordinal) || name.EndsWith("’s", StringComparison.Ordinal) ? name[..^2] : name;
}
