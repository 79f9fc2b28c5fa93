using Safeconduct.Intake.Texts.Clauses;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Intake.Texts.Kinds;

/// <summary>The kind of a clause, and by which rule.</summary>
/// <param name="Patient">The words of whom or what it happened to.</param>
/// <param name="IsNegated">The clause says that it did not happen: "failed", "did not".</param>
/// <param name="IsFar">Only some noun of the clause shows it, neither its subject nor its object.</param>
/// <param name="IsStrong">A verb of its own says it, rather than a noun somewhere in the clause.</param>
internal readonly record struct ClauseKind(KindRead Kind, string Rule, Stretch Patient, bool IsNegated, bool IsStrong, bool IsFar = false);

/// <summary>
/// What a clause is about: its verb where that has a kind, checked against the nouns with it; else, of a verb of little meaning, the noun or the inner verb that it leans on.
/// </summary>
internal static class KindReading
{
    public static ClauseKind? Of(Passage p, Clause c)
    {
        if (c.Verb.From >= c.Verb.To)
        {
            return OfPhrase(p, c.Core);
        }

        var head = c.Verb.HeadAt;
        var verb = c.Verb.From < c.Verb.To ? p[head].Verb : null;
        var (subject, rest) = (c.Doer, c.Rest);
        var patient = Patient(p, c);
        if (verb is not null && Refused(p, c, verb) is { } refused)
        {
            return refused;
        }

        if (verb?.Rule == "v.fall" && NounPhrase.Head(p, subject)?.Class is not "place" && !NounPhrase.Any(p, subject, "name"))
        {
            verb = null;
        }

        if (verb?.Kind is { } own && HasNeeded(p, verb, subject, rest))
        {
            // "shot at a bus": nobody is the object, and who shoots is not shot.
            var whom = !c.Verb.Is(Mood.Passive) && !rest.IsEmpty && patient == subject ? Stretch.None : patient;
            var (kind, rule) = Checked(p, verb, own, whom, c.Verb.Is(Mood.Passive) ? rest : subject);
            if (kind is { } k)
            {
                return Turned(p, c, new(k, rule, patient, c.Verb.Is(Mood.Negated) || NegatedSubject(p, c), true));
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

        if (s.From < s.To && p[s.From].NumberAt > 0 && Passes(p, s))
        {
            return new(new(ClaimKind.Movement), "log.through", s, false, true);
        }

        var noun = NounPhrase.WithKind(p, s);
        return noun >= 0 ? new(p[noun].Noun!.Kind!.Value, p[noun].Noun!.Rule, s, false, false, true) : null;
    }

    /// <summary>"11 ambulances through": a line of a log.</summary>
    private static bool Passes(Passage p, Stretch s)
    {
        for (var at = s.From + 1; at < s.To && at < s.From + 7; at++)
        {
            if (p.Text(at) is "through" or "out" or "across" or "aboard" or "board" or "away")
            {
                return true;
            }
        }

        return false;
    }

    private static ClaimKind? NounOfState(ReadOnlySpan<char> word) =>
        word.StartsWith("suspension", StringComparison.OrdinalIgnoreCase) ? ClaimKind.Suspension
        : word.StartsWith("resumption", StringComparison.OrdinalIgnoreCase) ? ClaimKind.Resumption
        : word.StartsWith("obstruction", StringComparison.OrdinalIgnoreCase) ? ClaimKind.Obstruction
        : null;

    /// <summary>Whom it happened to: the object of an active verb, the subject of a passive one or of one without an object.</summary>
    private static Stretch Patient(Passage p, Clause c)
    {
        if (Clauses.Forms.OtherForms.Reads(p))
        {
            return OtherPatient.Of(p, c);
        }

        if (c.Verb.Is(Mood.Passive) || c.Rest.IsEmpty)
        {
            return c.Doer;
        }

        var at = c.Rest.From;
        while (at < c.Rest.To && (p[at].Part is Part.Adverb || VerbForms.IsManner(p, at) || p.IsQuote(at)))
        {
            at++;
        }

        if (at < c.Rest.To && p[at].NumberAt > 0)
        {
            return new(at, c.Rest.To);
        }

        return at >= c.Rest.To || p[at].Part is Part.Prep or Part.By or Part.To or Part.Sub or Part.Of || p[at].DateAt > 0 || p.IsComma(at) ? c.Doer : new(at, c.Rest.To);
    }

    /// <summary>A verb whose nouns must be near: in the subject, or in the first words behind it.</summary>
    private static bool HasNeeded(Passage p, VerbWord verb, Stretch subject, Stretch rest) => Clauses.Forms.OtherForms.Reads(p) || NounPhrase.HasNeeded(p, verb, subject, new(rest.From, Math.Min(rest.To, rest.From + 9)));

    private static (KindRead? Kind, string Rule) Checked(Passage p, VerbWord verb, KindRead own, params ReadOnlySpan<Stretch> nouns)
    {
        if (verb.With.Count == 0)
        {
            return (own, verb.Rule);
        }

        for (var i = 0; i < nouns.Length; i++)
        {
            var words = nouns[i];
            var noun = NounPhrase.Head(p, words);
            if (i == 0 && noun is null && CountsBare(p, words) && verb.With.FirstOrDefault(w => w.Class == "person") is { Kind: { } people })
            {
                return (people, $"{verb.Rule}+number");
            }

            foreach (var (cls, instead) in verb.With)
            {
                // Who does it does not change what is done to whom; what moves does.
                if (noun?.Class == cls && (i == 0 || cls is not ("person" or "force" or "body" or "place" or "building")))
                {
                    return (instead, $"{verb.Rule}+{cls}");
                }
            }
        }

        return (own, verb.Rule);
    }

    /// <summary>"nine captured": a number alone counts people.</summary>
    private static bool CountsBare(Passage p, Stretch s) => s.Length is > 0 and <= 4 && p[s.From].NumberAt > 0;

    /// <summary>"did not allow", "refused access", "failed to observe": what was not done is itself what happened.</summary>
    private static ClauseKind? Refused(Passage p, Clause c, VerbWord verb)
    {
        var negated = c.Verb.Is(Mood.Negated);
        if (negated && (c.Verb.Is(Mood.Can) || c.Verb.Is(Mood.Might)) && verb.Rule is "v.reach" or "v.enter" or "v.leave" or "v.pass" or "v.cross" or "v.deliver" or "v.depart" or "v.get-through")
        {
            return new(new(ClaimKind.Obstruction), verb.Rule + "+cannot", Patient(p, c), false, true);
        }

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

        if (c.Verb.Is(Mood.Passive) && verb?.Speech is Speech.Say or Speech.Confirm && subjectHead?.Class is "person" or "force" && ToBe(p, c.Rest))
        {
            // "are believed to be still inside".
            return new(new(ClaimKind.HeadcountRemaining), verb!.Rule + "+to-be", c.Doer, negated, true);
        }

        if (aspect is Aspect.See && NounPhrase.WithKind(p, c.Rest) is >= 0 and var seen)
        {
            return new(p[seen].Noun!.Kind!.Value, p[seen].Noun!.Rule + "+seen-as", patient, negated, false);
        }

        if (aspect is Aspect.Complete && subjectHead?.Class is "operation" && NounPhrase.InnerVerb(p, c.Doer) < 0)
        {
            return new(new(ClaimKind.Control), verb!.Rule + "+operation", patient, negated, true);
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

            for (var at = c.Doer.From; at < c.Doer.To; at++)
            {
                // "The number of people killed in the attack has risen".
                if (p[at].Verb?.Kind is { Kind: ClaimKind.Casualty } harmed && !p[at].IsJoined && p[at].Noun is null && subjectHead?.Kind is null)
                {
                    return new(harmed, p[at].Verb!.Rule + "+of-whom", c.Doer.IsEmpty ? patient : c.Rest, negated, true);
                }
            }

            if (subjectHead?.Kind is { } kind)
            {
                return Turned(p, c, new(kind, subjectHead.Rule, c.Subject, negated || (aspect is Aspect.Fail && kind.Kind is ClaimKind.Movement), false));
            }
        }

        if (verb?.Rule is "s.intend" or "s.seek" && c.Verb.Is(Mood.Passive) | c.Rest.IsEmpty && subjectHead?.Class is "person" or "vehicle" or "truck" && c.Rest.Length < 4)
        {
            return new(new(ClaimKind.Movement), "log.expected", c.Doer, negated, true);
        }

        // "were stuck at", "are trapped": a participle that only describes.
        if (c.Verb.Is(Mood.Copula))
        {
            for (var at = c.Rest.From; at < c.Rest.To && at < c.Rest.From + 3; at++)
            {
                if (p[at].Verb?.Kind is { Kind: ClaimKind.Obstruction or ClaimKind.HeadcountRemaining or ClaimKind.Casualty } described && p[at].Noun is null)
                {
                    var (k, rule) = Checked(p, p[at].Verb!, described, c.Doer);
                    return new(k ?? described, rule, c.Doer, negated, true);
                }
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
        return noun < 0 ? null : new(p[noun].Noun!.Kind!.Value, p[noun].Noun!.Rule, patient, negated, false, true);
    }

    private static bool ToBe(Passage p, Stretch s) => s.Length > 2 && p[s.From].Part is Part.To && p[s.From + 1].Part is Part.Be && p[s.From + 2].Verb is null or { Kind.Kind: ClaimKind.HeadcountRemaining };

    /// <summary>"there are still groups", "were aboard", "was under siege", "were dead".</summary>
    private static ClauseKind? Copula(Passage p, Clause c, Stretch patient, bool negated)
    {
        if (!c.Verb.Is(Mood.Copula))
        {
            return null;
        }

        var there = p.Is(c.Subject.From, Part.There) || (c.Verb.From > 0 && p.Is(c.Verb.From - 1, Part.There));
        var objectHead = NounPhrase.Head(p, c.Rest);
        if (there && objectHead?.Class is "person" or "force")
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

        return still && subjectHead?.Class is "person" or "force" ? new(new(ClaimKind.HeadcountRemaining), "are-still", c.Subject, negated, true) : null;
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
        if (at > 1 && p[at - 1].Part is Part.To && p.Text(at - 2).Equals("unable", StringComparison.OrdinalIgnoreCase) && verb.Kind?.Kind is ClaimKind.Movement or ClaimKind.Aid)
        {
            return new(new(ClaimKind.Obstruction), verb.Rule + "+unable", behind, false, true);
        }

        var (kind, rule) = Checked(p, verb, verb.Kind!.Value, behind, before, doer);
        return new(kind ?? verb.Kind!.Value, rule, behind.IsEmpty || p[at + 1].Part is Part.Prep ? before : behind, negated, true);
    }

    /// <summary>"Nobody from our side fired".</summary>
    private static bool NegatedSubject(Passage p, Clause c) => c.Subject.Length > 0 && p[c.Subject.From].NumberAt == 0 && p[c.Subject.From].Universal is { Value: "none" or "none-who" };

    /// <summary>A stop of fighting is a truce; a stop of anything else keeps its kind.</summary>
    private static ClauseKind Turned(Passage p, Clause c, ClauseKind kind)
    {
        if (kind.Kind.Kind is ClaimKind.Suspension && (NounPhrase.Head(p, c.Subject)?.Class is "fighting" or "attack" or "fire" || NounPhrase.Head(p, c.Rest)?.Class is "fighting" or "attack" or "fire"))
        {
            return kind with { Kind = new(ClaimKind.Agreement), Rule = kind.Rule + "+fighting" };
        }

        if (kind.Kind.Kind is ClaimKind.Movement && NounPhrase.Head(p, c.Doer)?.Class is "vehicle" or "truck" or "aid" && (NounPhrase.Any(p, c.Whole, "truck") || NounPhrase.Any(p, c.Whole, "aid") || NounPhrase.Any(p, c.Whole, "goods")))
        {
            return kind with { Kind = new(ClaimKind.Aid), Rule = kind.Rule + "+load" };
        }

        return kind;
    }
}
