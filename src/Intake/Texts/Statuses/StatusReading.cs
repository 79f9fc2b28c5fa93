using Safeconduct.Intake.Texts.Clauses;
using Safeconduct.Intake.Texts.Kinds;
using Safeconduct.Intake.Texts.Speakers;
using Safeconduct.Statements.Claims;

namespace Safeconduct.Intake.Texts.Statuses;

/// <summary>Whether a claim is asserted, denied, planned, demanded or conditional: what its verb of saying makes of it, else its own verb group, else words that scope over it.</summary>
internal static class StatusReading
{
    public static (Modality Modality, string Rule) Of(Passage p, Told told, ClauseKind? kind, bool countsNone)
    {
        if (told.IsAboutSpeech && told.Modality is null)
        {
            return (Modality.Asserted, "status.plain");
        }

        var (own, rule) = told.Clause is { } c ? OfClause(p, c, kind, countsNone) : OfPhrase(p, told.Core, kind);
        return told.Modality switch
        {
            null => (own, rule),
            // "denied that it had not": two negations are left to the reader; the denial stands.
            Modality.Denied => (Modality.Denied, told.Rule),
            { } framed when own is Modality.Asserted || framed is Modality.Demanded => (framed, told.Rule),
            _ => (own, rule),
        };
    }

    private static (Modality Modality, string Rule) OfClause(Passage p, Clause c, ClauseKind? kind, bool countsNone)
    {
        var v = c.Verb;
        if (c.Join is Join.If)
        {
            return (Modality.Conditional, "status.if");
        }

        if (v.Is(Mood.Might) || Says(p, c.Core, Unsure))
        {
            return (Modality.Conditional, "status.might");
        }

        if (v.Is(Mood.Must))
        {
            return (Modality.Demanded, "status.must");
        }

        if (kind?.IsNegated == true && !countsNone)
        {
            return (Modality.Denied, "status.not");
        }

        if (v.Is(Mood.Future) || v.Is(Mood.IsTo))
        {
            return (Modality.Planned, "status.future");
        }

        if (v.Is(Mood.Would))
        {
            return (Modality.Planned, "status.would");
        }

        if (p[v.HeadAt].Verb?.Rule is "v.draft" || ReadyTo(p, c.Rest, v.Is(Mood.Copula)) || IsToBe(p, c.Rest))
        {
            return (Modality.Planned, "status.prepared");
        }

        return (Modality.Asserted, "status.plain");
    }

    private static (Modality Modality, string Rule) OfPhrase(Passage p, Stretch s, ClauseKind? kind)
    {
        if (Says(p, s, Unsure))
        {
            return (Modality.Conditional, "status.might");
        }

        if (IsToBe(p, s) || Says(p, s, Wish))
        {
            return (Modality.Planned, "status.to-be");
        }

        return kind?.IsNegated == true ? (Modality.Denied, "status.not") : (Modality.Asserted, "status.plain");
    }

    private static readonly string[] Unsure = ["likely", "unclear", "possibly", "perhaps", "may", "might", "could"];

    private static readonly string[] Ready = ["ready", "due", "prepared", "set", "expected", "scheduled"];

    private static readonly string[] Wish = ["desire", "intention", "plan", "plans", "readiness", "willingness", "intent"];

    private static bool Says(Passage p, Stretch s, string[] words)
    {
        if (Clauses.Forms.OtherForms.Reads(p))
        {
            return p.Has(words == Unsure ? Cue.Unsure : Cue.Wish, s);
        }

        for (var at = s.From; at < s.To; at++)
        {
            if (!p.IsWord(at) || p[at].DateAt > 0)
            {
                continue;
            }

            foreach (var word in words)
            {
                if (p.Text(at).Equals(word, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool ReadyTo(Passage p, Stretch s, bool copula)
    {
        for (var at = s.From; at + 1 < s.To && (copula ? at < s.From + 4 : true); at++)
        {
            if (p[at + 1].Part is Part.To && Array.Exists(Ready, r => p.Text(at).Equals(r, StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"hostages to be released".</summary>
    private static bool IsToBe(Passage p, Stretch s)
    {
        for (var at = s.From; at + 1 < s.To; at++)
        {
            if (p[at].Part is Part.To && p[at + 1].Part is Part.Be && at + 2 < s.To && p[at + 2].Verb is not null)
            {
                return true;
            }
        }

        return false;
    }
}
