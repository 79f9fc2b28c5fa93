using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts.Proposals;

namespace Safeconduct.Intake.Texts.Clauses.Forms;

/// <summary>
/// Cuts a sentence of a language other than English into clauses: between two finite verbs at the joining word, else at a comma, else at an "and". A relative clause and a participle
/// between commas are clauses of their own inside the one they interrupt.
/// </summary>
internal static class OtherClauses
{
    public static void Find(Passage p, Stretch sentence, List<Clause> into)
    {
        into.Clear();
        var verbs = new List<VerbGroup>();
        for (var at = sentence.From; at < sentence.To;)
        {
            if (OtherForms.Finite(p, at, sentence) is { } group)
            {
                verbs.Add(group);
                at = Math.Max(at + 1, Math.Max(group.To, p[group.HeadAt].VerbTo <= sentence.To ? p[group.HeadAt].VerbTo : 0));
            }
            else
            {
                at++;
            }
        }

        if (verbs.Count == 0)
        {
            into.Add(Verbless(p, sentence));
            Insertions(p, new(sentence.From, sentence.To), verbs, into);
            return;
        }

        var start = sentence.From;
        if (verbs.Count > 0 && Opening(p, sentence.From, verbs[0].From) is > 0 and var joined)
        {
            // "Обмін можливий, якщо ...": what stands before the condition says something without a verb.
            into.Add(Verbless(p, new(sentence.From, joined)));
            start = joined;
        }

        var pending = -1;
        for (var i = 0; i < verbs.Count; i++)
        {
            var end = i + 1 < verbs.Count ? Split(p, verbs[i], verbs[i + 1]) : sentence.To;
            var from = start;
            if (FirstWho(p, start, verbs[i].From) is >= 0 and var who && who > start && i + 1 < verbs.Count && p.IsComma(end) && !Joins(p, end + 1))
            {
                // "The men, who have held it, freed two": what stands before waits for its own verb.
                (pending, from) = (start, who);
            }
            else if (pending >= 0)
            {
                (from, pending) = (pending, -1);
            }

            Add(p, from, verbs[i], end, into);
            Insertions(p, new(from, end), verbs, into);
            start = end;
        }
    }

    private static Clause Verbless(Passage p, Stretch sentence)
    {
        var whole = Trimmed(p, sentence);
        for (var at = sentence.From + 1; at < sentence.To && at < sentence.From + 16; at++)
        {
            // "Convoi du CICR refoulé au barrage": the line of a log leaves its auxiliary out.
            if (p[at].Verb?.Kind is not null && OtherForms.Of(p, at) is VerbForm.Participle && p[at].NumberAt == 0 && p[at].Noun is null && p[at - 1].Part is not (Part.Det or Part.Prep or Part.Of) && p[at - 1].NumberAt == 0 && !p.IsComma(at - 1))
            {
                return new(Join.Main, whole, Stretch.None, new(whole.From, at), new(at, VerbForms.End(p, at), at, Mood.Passive | Mood.Bare), new(at + 1, Math.Max(at + 1, whole.To)), Stretch.None);
            }
        }

        return new(Join.Main, whole, Stretch.None, whole, new(sentence.To, sentence.To, sentence.From, Mood.Bare), Stretch.None, Stretch.None);
    }

    /// <summary>", suspendues dans la nuit,", "18 camions d'aide bloqués au pont": what befell those named just before.</summary>
    private static void Insertions(Passage p, Stretch within, List<VerbGroup> verbs, List<Clause> into)
    {
        for (var at = within.From + 2; at < within.To; at++)
        {
            if (p[at].Verb?.Kind is not { } kind || OtherForms.Of(p, at) is not VerbForm.Participle || p[at].NumberAt > 0 || p[at].Noun is not null || verbs.Exists(v => v.From <= at && at < v.To) || into.Exists(c => c.Verb.From <= at && at < c.Verb.To))
            {
                continue;
            }

            var comma = p.IsComma(at - 1);
            var counted = Counted(p, at, within.From);
            if (!comma && (counted < 0 || kind.Kind is not (ClaimKind.Obstruction or ClaimKind.HeadcountRemaining or ClaimKind.Casualty)))
            {
                continue;
            }

            var to = at + 1;
            while (to < within.To && !p.IsComma(to) && p.Wording[to].Kind is not LexemeKind.Mark && p[to].Part is not (Part.Be or Part.Have or Part.Who or Part.That))
            {
                to++;
            }

            var from = comma ? at : counted;
            into.Add(new(comma ? Join.Relative : Join.Participle, new(from, to), Stretch.None, comma ? Stretch.None : new(counted, at), new(at, VerbForms.End(p, at), at, Mood.Bare | Mood.Passive), new(at + 1, Math.Max(at + 1, to)), comma ? new(Math.Max(within.From, at - 10), at - 1) : Stretch.None));
            at = to - 1;
        }
    }

    private static int Counted(Passage p, int at, int from)
    {
        for (var back = at - 1; back >= from && back >= at - 5; back--)
        {
            if (p[back].NumberAt > 0)
            {
                return p.Numbers[p[back].NumberAt - 1].From;
            }

            if (p.Wording[back].Kind is LexemeKind.Mark || p[back].Verb is not null && p[back].Noun is null)
            {
                return -1;
            }
        }

        return -1;
    }

    private static int Opening(Passage p, int from, int verb)
    {
        for (var at = from + 2; at < verb; at++)
        {
            if (p[at].Part is Part.If && p.IsComma(at - 1))
            {
                return at;
            }
        }

        return -1;
    }

    private static int FirstWho(Passage p, int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            if (IsWho(p, at))
            {
                return at > from && p[at - 1].Part is Part.Prep ? at - 1 : at;
            }
        }

        return -1;
    }

    /// <summary>"dont 1 200 enfants", "из которых 60 детей" name a part, and begin no clause.</summary>
    private static bool IsWho(Passage p, int at) => p[at].Part is Part.Who && !(at + 1 < p.Count && p[at + 1].NumberAt > 0);

    private static bool Joins(Passage p, int at) => p[at].Part is Part.That or Part.Sub or Part.If or Part.But or Part.And || IsWho(p, at);

    private static int Split(Passage p, VerbGroup one, VerbGroup next)
    {
        var (from, to) = (Math.Max(one.To, p[one.HeadAt].VerbTo <= next.From ? p[one.HeadAt].VerbTo : one.To), next.From);
        if (p.Words.Language is "tr")
        {
            return one.To;
        }

        var (comma, and) = (-1, -1);
        for (var at = from; at < to; at++)
        {
            if (p[at].Part is Part.That or Part.Sub or Part.If or Part.But || IsWho(p, at) && !(p[at].Part is Part.That && at > from && p[at - 1].Part is Part.Adverb && !p.IsComma(at - 1)))
            {
                return at > from && p.IsComma(at - 1) ? at - 1 : at > from && p[at - 1].Part is Part.Prep or Part.And ? at - 1 : at;
            }

            if (p.IsMark(at, ';') || p.IsMark(at, '؛') || p.IsMark(at, ':') || p.IsMark(at, '—') || (at > from && p.HasDashBefore(at)))
            {
                return at;
            }

            if (p.IsComma(at))
            {
                comma = at == to - 1 && p[next.HeadAt].Verb?.Speech is null or Speech.None && comma >= 0 ? comma : at;
            }

            and = p[at].Part is Part.And ? at : and;
        }

        if (to < p.Count && p[to].Part is Part.And)
        {
            and = to;
        }

        return comma >= 0 ? comma : and >= 0 ? and : p[one.HeadAt].Verb?.Speech is not (null or Speech.None) ? from : to;
    }

    private static void Add(Passage p, int from, VerbGroup verb, int to, List<Clause> into)
    {
        var join = Join.Main;
        var at = from;
        while (at < verb.From && (Joins(p, at) || p[at].Part is Part.Or || p.Wording[at].Kind is LexemeKind.Mark && !p.IsMark(at, '(')))
        {
            join = p[at].Part switch { Part.That => Join.That, Part.Who => Join.Relative, Part.Sub => Join.Sub, Part.If => Join.If, _ => join };
            at++;
        }

        if (join is Join.If)
        {
            for (var comma = at + 1; comma < verb.From - 1; comma++)
            {
                if (p.IsComma(comma))
                {
                    // The condition's own verb is unknown: what is behind its comma is what would follow.
                    (join, at) = (Join.Main, comma + 1);
                    break;
                }
            }
        }

        if (at < verb.From && p[at].Part is Part.Prep && p[at + 1].Part is Part.Who)
        {
            join = Join.Relative;
        }

        var start = at;
        for (var i = at; i < verb.From; i++)
        {
            if (p.IsComma(i) && IsLead(p, start, i))
            {
                start = i + 1;
            }
        }

        while (start < verb.From && (p[start].Part is Part.Adverb or Part.Not || p[start].DateAt > 0 || p.Wording[start].Kind is LexemeKind.Mark))
        {
            start++;
        }

        var end = verb.From;
        while (end > start && (p[end - 1].Part is Part.Adverb or Part.Not or Part.Object || p.IsComma(end - 1) || p.IsQuote(end - 1) || p[end - 1].DateAt > 0))
        {
            end--;
        }

        var free = p.Words.Language is "ru" or "uk" or "ar";
        var subject = start < end && !(free && p[start].Part is Part.Prep && p[start].NumberAt == 0) ? new Stretch(start, end) : Stretch.None;
        var whole = Trimmed(p, new(at, to));
        var rest = new Stretch(verb.To, Math.Max(verb.To, whole.To));
        var antecedent = !subject.IsEmpty ? Stretch.None : free ? rest : join is Join.Relative && from > 1 ? new(Math.Max(0, from - 4), from) : into.Count > 0 ? into[^1].Doer : Stretch.None;
        into.Add(new(join is Join.Main && subject.IsEmpty && into.Count > 0 ? Join.Shared : join, whole, start > at ? new(at, start) : Stretch.None, subject, verb, rest, antecedent));
    }

    private static bool IsLead(Passage p, int from, int to)
    {
        while (from < to && p.IsQuote(from))
        {
            from++;
        }

        return from >= to || p[from].Part is Part.Prep or Part.Adverb or Part.Sub || p[from].DateAt > 0 || p[from].Attribution is not null;
    }

    private static Stretch Trimmed(Passage p, Stretch s)
    {
        var (from, to) = (s.From, s.To);
        while (to > from + 1 && p.Wording[to - 1].Kind is LexemeKind.Mark && !p.IsMark(to - 1, ')') && !p.IsMark(to - 1, '%'))
        {
            to--;
        }

        return new(from, to);
    }
}
