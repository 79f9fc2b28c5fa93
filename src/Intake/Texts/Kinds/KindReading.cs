using Safeconduct.Intake.Texts.Clauses;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Intake.Texts.Kinds;

/// <summary>The kind of a clause, and by which rule.</summary>
/// <param name="Patient">The words of whom or what it happened to.</param>
/// <param name="IsNegated">The clause says that it did not happen: "failed", "did not".</param>
/// <param name="IsStrong">A verb of its own says it, rather than a noun somewhere in the clause.</param>
internal readonly record struct ClauseKind(KindRead Kind, string Rule, Stretch Patient, bool IsNegated, bool IsStrong);

/// <summary>
/// What a clause is about: its verb where that has a kind, checked against the nouns with it; else, of a verb of little meaning, the noun or the inner verb that it leans on.
/// </summary>
internal static class KindReading
{
    public static ClauseKind? Of(Passage p, Clause c)
    {
        var head = c.Verb.HeadAt;
        var verb = c.Verb.From < c.Verb.To ? p[head].Verb : null;
        var (subject, rest) = (c.Doer, c.Rest);
        var patient = Patient(p, c);
        if (verb is not null && Refused(p, c, verb) is { } refused)
        {
            return refused;
        }

        if (verb?.Kind is { } own && HasNeeded(p, verb, subject, rest))
        {
            var (kind, rule) = Checked(p, verb, own, patient, c.Verb.Is(Mood.Passive) ? rest : subject);
            if (kind is { } k)
            {
                return Turned(p, c, new(k, rule, patient, c.Verb.Is(Mood.Negated), true));
            }
        }

        return ByAspect(p, c, verb, patient);
    }

    /// <summary>Of a stretch without a verb of its own: "a truce deal brokered by two states", "the suspension".</summary>
    public static ClauseKind? OfPhrase(Passage p, Stretch s, bool leansOnVerb = false)
    {
        if (leansOnVerb && NounPhrase.InnerVerb(p, s) is >= 0 and var verb)
        {
            return Inner(p, verb, s, Stretch.None, false);
        }

        var head = NounPhrase.HeadAt(p, s);
        if (head >= 0 && p[head].Noun!.Kind is { } kind && p[head].Noun!.Class is not "operation")
        {
            return new(kind, p[head].Noun!.Rule, s, false, false);
        }

        var inner = NounPhrase.InnerVerb(p, s);
        if (inner < 0 && s.From < s.To && p[s.From].Verb?.Kind is not null)
        {
            inner = s.From;
        }

        if (inner >= 0)
        {
            return Inner(p, inner, s, Stretch.None, false);
        }

        // "the suspension of the operation": a verb's noun.
        for (var at = s.From; at < s.To; at++)
        {
            if (NounOfState(p.Text(at)) is { } state)
            {
                return new(new(state), "noun-of-state", s, false, false);
            }
        }

        var noun = NounPhrase.WithKind(p, s);
        return noun >= 0 ? new(p[noun].Noun!.Kind!.Value, p[noun].Noun!.Rule, s, false, false) : null;
    }

    private static ClaimKind? NounOfState(ReadOnlySpan<char> word) =>
        word.StartsWith("suspension", StringComparison.OrdinalIgnoreCase) ? ClaimKind.Suspension
        : word.StartsWith("resumption", StringComparison.OrdinalIgnoreCase) ? ClaimKind.Resumption
        : word.StartsWith("obstruction", StringComparison.OrdinalIgnoreCase) ? ClaimKind.Obstruction
        : null;

    /// <summary>Whom it happened to: the object of an active verb, the subject of a passive one or of one without an object.</summary>
    private static Stretch Patient(Passage p, Clause c)
    {
        if (c.Verb.Is(Mood.Passive) || c.Rest.IsEmpty)
        {
            return c.Doer;
        }

        var at = c.Rest.From;
        while (at < c.Rest.To && (p[at].Part is Part.Adverb || VerbForms.IsManner(p, at) || p.IsQuote(at)))
        {
            at++;
        }

        return at >= c.Rest.To || p[at].Part is Part.Prep or Part.By or Part.To or Part.Sub or Part.Of || p[at].DateAt > 0 || p.IsComma(at) ? c.Doer : new(at, c.Rest.To);
    }

    private static bool HasNeeded(Passage p, VerbWord verb, Stretch subject, Stretch rest) =>
        verb.Needs.Count == 0 || verb.Needs.Any(n => NounPhrase.Any(p, subject, n) || NounPhrase.Any(p, rest, n));

    private static (KindRead? Kind, string Rule) Checked(Passage p, VerbWord verb, KindRead own, params ReadOnlySpan<Stretch> nouns)
    {
        if (verb.With.Count == 0)
        {
            return (own, verb.Rule);
        }

        foreach (var words in nouns)
        {
            var noun = NounPhrase.Head(p, words);
            foreach (var (cls, instead) in verb.With)
            {
                if (noun?.Class == cls)
                {
                    return (instead, $"{verb.Rule}+{cls}");
                }
            }
        }

        return (own, verb.Rule);
    }

    /// <summary>"did not allow", "refused access", "failed to observe": what was not done is itself what happened.</summary>
    private static ClauseKind? Refused(Passage p, Clause c, VerbWord verb)
    {
        var negated = c.Verb.Is(Mood.Negated);
        if (verb.Aspect is Aspect.Allow && negated)
        {
            return new(new(ClaimKind.Obstruction), verb.Rule + "+not", Patient(p, c), false, true);
        }

        if (verb.Rule is "v.observe-truce" && negated && NounPhrase.Any(p, c.Rest, "truce"))
        {
            return new(new(ClaimKind.Incident), verb.Rule + "+not", Patient(p, c), false, true);
        }

        if (verb.Aspect is Aspect.Fail || verb.Speech is Speech.Refuse)
        {
            var inner = NounPhrase.InnerVerb(p, c.Rest);
            if (inner >= 0 && p[inner].Verb!.Rule is "v.observe-truce")
            {
                return new(new(ClaimKind.Incident), verb.Rule + "+observe", Patient(p, c), false, true);
            }

            for (var at = c.Rest.From; at < c.Rest.To && at < c.Rest.From + 4; at++)
            {
                if (p[at].Verb?.Aspect is Aspect.Allow)
                {
                    return new(new(ClaimKind.Obstruction), verb.Rule + "+allow", Patient(p, c), false, true);
                }
            }
        }

        return null;
    }

    private static ClauseKind? ByAspect(Passage p, Clause c, VerbWord? verb, Stretch patient)
    {
        var aspect = verb?.Aspect ?? Aspect.None;
        var negated = c.Verb.Is(Mood.Negated);
        var subjectHead = NounPhrase.Head(p, c.Doer);
        if (aspect is Aspect.Fail or Aspect.End)
        {
            if (subjectHead?.Class is "truce" or "deal" && aspect is Aspect.End or Aspect.Fail)
            {
                return new(new(ClaimKind.Suspension), verb!.Rule + "+truce", patient, false, true);
            }
        }

        // What the verb leans on: an inner verb behind it, the subject's noun, the object's noun, then any other.
        var leansBack = c.Verb.Is(Mood.Passive) || aspect is Aspect.Begin or Aspect.End or Aspect.Fail or Aspect.Happen or Aspect.Complete or Aspect.Continue or Aspect.None || c.Verb.Is(Mood.Copula);
        var inner = NounPhrase.InnerVerb(p, c.Rest);
        var reach = aspect is Aspect.None or Aspect.Do && NounPhrase.Head(p, c.Rest)?.Class is not ("operation" or "deal" or "truce") ? 6 : 14;
        if (inner >= 0 && inner - c.Rest.From <= reach)
        {
            return Turned(p, c, Inner(p, inner, c.Rest, c.Doer, negated));
        }

        if (leansBack)
        {
            var within = NounPhrase.InnerVerb(p, c.Doer);
            if (within >= 0)
            {
                return Turned(p, c, Inner(p, within, c.Doer, Stretch.None, negated || aspect is Aspect.Fail));
            }

            if (subjectHead?.Kind is { } kind)
            {
                return Turned(p, c, new(kind, subjectHead.Rule, c.Subject, negated || (aspect is Aspect.Fail && kind.Kind is ClaimKind.Movement), false));
            }
        }

        if (Copula(p, c, patient, negated) is { } state)
        {
            return state;
        }

        var objectHead = NounPhrase.Head(p, c.Rest);
        if (objectHead?.Kind is { } given)
        {
            return new(given, objectHead.Rule, patient, negated, false);
        }

        if (subjectHead?.Kind is { } said)
        {
            return new(said, subjectHead.Rule, patient, negated, false);
        }

        var noun = NounPhrase.WithKind(p, c.Rest);
        noun = noun < 0 ? NounPhrase.WithKind(p, c.Subject) : noun;
        return noun < 0 ? null : new(p[noun].Noun!.Kind!.Value, p[noun].Noun!.Rule, patient, negated, false);
    }

    /// <summary>"there are still groups", "were aboard", "was under siege", "were dead".</summary>
    private static ClauseKind? Copula(Passage p, Clause c, Stretch patient, bool negated)
    {
        if (!c.Verb.Is(Mood.Copula))
        {
            return null;
        }

        var there = p.Is(c.Subject.From, Part.There) || (c.Verb.From > 0 && p.Is(c.Verb.From - 1, Part.There));
        var objectHead = NounPhrase.Head(p, c.Rest);
        if (there && objectHead?.Class is "person" or "force" && there)
        {
            return new(new(ClaimKind.HeadcountRemaining), "there-are", c.Rest, negated, true);
        }

        for (var at = c.Rest.From; at < c.Rest.To && at < c.Rest.From + 3; at++)
        {
            if (p.Text(at).Equals("dead", StringComparison.OrdinalIgnoreCase))
            {
                return new(new(ClaimKind.Casualty, Measure.Killed), "were-dead", c.Subject, negated, true);
            }
        }

        var subjectHead = NounPhrase.Head(p, c.Subject);
        var still = false;
        for (var at = c.Verb.From; at < c.Rest.To && at < c.Verb.To + 2; at++)
        {
            still |= p.Text(at).Equals("still", StringComparison.OrdinalIgnoreCase);
        }

        return still && subjectHead?.Class is "person" or "force" && still ? new(new(ClaimKind.HeadcountRemaining), "are-still", c.Subject, negated, true) : null;
    }

    private static ClauseKind Inner(Passage p, int at, Stretch within, Stretch doer, bool negated)
    {
        var verb = p[at].Verb!;
        if (verb.Aspect is Aspect.Allow)
        {
            return new(new(ClaimKind.Obstruction), verb.Rule + "+not", new(at + 1, within.To), false, true);
        }

        var behind = new Stretch(at + 1, within.To);
        var before = new Stretch(within.From, at);
        var (kind, rule) = Checked(p, verb, verb.Kind!.Value, behind, before, doer);
        return new(kind ?? verb.Kind!.Value, rule, behind.IsEmpty || p[at + 1].Part is Part.Prep ? before : behind, negated, true);
    }

    /// <summary>A stop of fighting is a truce; a stop of anything else keeps its kind.</summary>
    private static ClauseKind Turned(Passage p, Clause c, ClauseKind kind)
    {
        if (kind.Kind.Kind is ClaimKind.Suspension && (NounPhrase.Head(p, c.Subject)?.Class is "fighting" or "attack" or "fire" || NounPhrase.Head(p, c.Rest)?.Class is "fighting" or "attack" or "fire"))
        {
            return kind with { Kind = new(ClaimKind.Agreement), Rule = kind.Rule + "+fighting" };
        }

        return kind;
    }
}
