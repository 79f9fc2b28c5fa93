using Safeconduct.Intake.Lexicons;

namespace Safeconduct.Intake.Texts.Clauses;

/// <summary>
/// Cuts an English sentence into clauses by its finite verbs. No grammar of the language: a word is taken for a finite verb by its form and its neighbours, and a clause runs from
/// the last joining word or comma before its subject to the next. What is cut wrongly is proposed wrongly, and a person sees it.
/// </summary>
public sealed class ClauseFinder(Passage passage)
{
    private readonly List<VerbGroup> _verbs = [];
    private readonly List<Clause> _clauses = [];

    /// <summary>The clauses of a sentence; the list is filled anew by the next call.</summary>
    public IReadOnlyList<Clause> Find(Stretch sentence)
    {
        _verbs.Clear();
        _clauses.Clear();
        for (var at = sentence.From; at < sentence.To;)
        {
            if (Finite(at, sentence) is { } group)
            {
                _verbs.Add(group);
                at = Math.Max(group.To, at + 1);
            }
            else
            {
                at++;
            }
        }

        var pending = Stretch.None;
        for (var i = 0; i < _verbs.Count; i++)
        {
            var verb = _verbs[i];
            var start = Boundary(i == 0 ? sentence.From : _verbs[i - 1].To, verb.From);
            if (i == 0 && start > sentence.From)
            {
                // "The driver, who had waited, said": the subject waits for its verb; a lead and an opening phrase belong to the first clause.
                if (passage[start].Part is Part.Who && start - sentence.From >= 1)
                {
                    pending = Subject(sentence.From, start).Subject;
                }
                else
                {
                    start = sentence.From;
                }
            }

            Add(start, verb, NextStart(i, sentence.To), pending);
            pending = _clauses[^1].Join is Join.Relative && i > 0 && pending.IsEmpty ? Stretch.None : _clauses[^1].Join is Join.Relative or Join.Participle ? pending : Stretch.None;
        }

        if (_verbs.Count == 0)
        {
            _clauses.Add(new(Join.Main, Trimmed(sentence), Stretch.None, Trimmed(sentence), new(sentence.To, sentence.To, sentence.From, Mood.Bare), Stretch.None, Stretch.None));
        }

        return _clauses;
    }

    private int NextStart(int i, int end) => i + 1 < _verbs.Count ? Boundary(_verbs[i].To, _verbs[i + 1].From) : end;

    /// <summary>
    /// Where the clause of a verb begins: behind the previous verb, at the joining word nearest before the verb. A joining word that has had no verb yet ("as A and B have") is
    /// stronger than an "and" or a comma behind it; a comma right before the verb closes an insertion, which is stepped over.
    /// </summary>
    private int Boundary(int after, int verb)
    {
        var speaks = verb < passage.Count && IsSpeech(verb);
        var weak = -1;
        for (var at = verb - 1; at >= after; at--)
        {
            var part = passage[at].Part;
            if (IsJoining(at, after))
            {
                while (at > after && passage[at - 1].Part is Part.And or Part.Or or Part.But or Part.Sub)
                {
                    at--;
                }

                return at;
            }

            if (part is Part.And or Part.Or && weak < 0 && (at == verb - 1 || OpensClause(at + 1, verb)))
            {
                if (at == verb - 1 || (at > after && passage.IsComma(at - 1)))
                {
                    return at;
                }

                weak = at;
                continue;
            }

            if (at > after && passage.HasDashBefore(at) && weak < 0)
            {
                return at;
            }

            if (passage.Wording[at].Kind is not LexemeKind.Mark)
            {
                continue;
            }

            if (-passage.Wording[at].Word is ':' or '—' or ';' or '…')
            {
                return weak >= 0 ? weak : at + 1;
            }

            if (passage.IsComma(at))
            {
                if (at >= verb - 1 || OnlyAdverbs(at + 1, verb))
                {
                    var open = at - 1;
                    while (open > after && !passage.IsComma(open))
                    {
                        open--;
                    }

                    // ", a village north of it," and ", including 337 wounded,": back to the comma that opened it.
                    at = open > after ? open : at;
                    continue;
                }

                if (speaks)
                {
                    return at + 1;
                }

                weak = weak < 0 ? at + 1 : weak;
            }
            else if (passage.IsQuote(at) && at > after && passage.IsComma(at - 1))
            {
                return at + 1;
            }
        }

        return weak >= 0 ? weak : SubjectStart(after, verb);
    }

    private bool OnlyAdverbs(int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            if (passage[at].Part is not Part.Adverb && !VerbForms.IsManner(passage, at) && !passage.IsQuote(at))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsSpeech(int verb)
    {
        for (var at = verb; at < passage.Count && at < verb + 4; at++)
        {
            if (passage[at].Verb is { } v)
            {
                return v.Speech is Speech.Say or Speech.Confirm;
            }
        }

        return false;
    }

    private bool IsJoining(int at, int after) => passage[at].Part switch
    {
        Part.Sub or Part.If or Part.Whether or Part.But => true,
        Part.Who => !(at > after && passage[at - 1].Part is Part.Prep or Part.Of),
        Part.That => !IsDeterminer(at),
        _ => false,
    };

    /// <summary>"said the convoy had left": nothing joins; the subject begins right behind the first verb and the words that belong to it.</summary>
    private int SubjectStart(int after, int verb)
    {
        var at = after;
        while (at < verb - 1 && (passage[at].Part is Part.Adverb or Part.Object || passage.IsComma(at)))
        {
            at++;
        }

        // "told reporters the convoy", "said on Friday the convoy", "told the BBC that": a date or an addressee is stepped over.
        while (at < verb - 1 && passage[at].DateAt > 0)
        {
            at++;
        }

        if (at < verb - 2 && passage[at].Part is Part.Prep && passage[at + 1].DateAt > 0)
        {
            at++;
            while (at < verb - 1 && passage[at].DateAt > 0)
            {
                at++;
            }
        }

        return at;
    }

    /// <summary>"that" before a noun it points at: "in that area".</summary>
    private bool IsDeterminer(int at) => at > 0 && passage[at - 1].Part is Part.Prep or Part.Of or Part.To or Part.By;

    /// <summary>Behind "and": a subject of its own stands before the verb, rather than the end of a list of nouns.</summary>
    private bool OpensClause(int from, int verb)
    {
        if (from >= verb)
        {
            return true;
        }

        var before = from - 2;
        var afterComma = before >= 0 && (passage.IsComma(before) || passage.IsQuote(before));
        return afterComma || passage[from].Part is Part.Pronoun or Part.Det or Part.There or Part.Adverb || passage[from].NumberAt > 0 || verb - from > 2;
    }

    private void Add(int from, VerbGroup verb, int to, Stretch pending)
    {
        var join = Join.Main;
        var at = from;
        while (at < verb.From && (passage[at].Part is Part.And or Part.Or or Part.But or Part.Sub or Part.If or Part.Whether or Part.Who or Part.That || passage.IsComma(at) || passage.IsQuote(at) || passage.IsMark(at, '(') || passage.IsMark(at, '-') || passage.IsMark(at, '…')))
        {
            join = passage[at].Part switch
            {
                Part.Sub => Join.Sub,
                Part.If => Join.If,
                Part.Whether => Join.Whether,
                Part.Who => Join.Relative,
                Part.That => at > 0 && passage[at - 1].Noun is not null && passage[at - 1].Verb?.Speech is null or Speech.None ? RelativeOrThat(at) : Join.That,
                _ => join,
            };
            at = passage[at].PartTo > at + 1 && passage[at].Part is Part.Sub ? passage[at].PartTo : at + 1;
        }

        if (verb.Is(Mood.Bare))
        {
            join = Join.Participle;
        }
        else if (at >= verb.From && join is Join.Main && _clauses.Count > 0)
        {
            join = Join.Shared;
        }

        var (lead, subject) = Subject(at, verb.From);
        if (join is Join.Sub && !lead.IsEmpty && passage.IsComma(lead.To - 1))
        {
            // "After three days of shelling, a ceasefire": no clause, only a time.
            join = Join.Main;
        }

        if (subject.IsEmpty && !pending.IsEmpty && join is Join.Shared or Join.Main)
        {
            (join, subject) = (Join.Main, pending);
        }

        if (join is Join.Shared && _clauses.Count > 0 && verb.Mood is Mood.None && VerbForms.Of(passage, verb.HeadAt) is VerbForm.Base or VerbForm.Same)
        {
            verb = verb with { Mood = _clauses[^1].Verb.Mood & (Mood.Must | Mood.Future | Mood.Would | Mood.Might) };
        }

        var whole = Trimmed(new(from, to));
        _clauses.Add(new(join, whole, lead, subject, verb, new(verb.To, Math.Max(verb.To, whole.To)), join is Join.Relative or Join.Shared or Join.Participle && subject.IsEmpty ? Antecedent(join, from) : Stretch.None));
    }

    /// <summary>The noun phrase before "who"; the subject that a shared verb goes on with.</summary>
    private Stretch Antecedent(Join join, int from)
    {
        if (join is not Join.Relative)
        {
            return _clauses.Count > 0 ? _clauses[^1].Subject.IsEmpty ? _clauses[^1].Antecedent : _clauses[^1].Subject : Stretch.None;
        }

        var to = from;
        while (to > 0 && (passage.IsComma(to - 1) || passage[to - 1].Part is Part.Prep or Part.Of))
        {
            to--;
        }

        var start = to;
        while (start > 0 && to - start < 8 && !passage.IsComma(start - 1) && !(passage[start - 1].Part is Part.Prep or Part.By or Part.To or Part.That or Part.Be or Part.Have) && !(passage[start - 1].Verb is not null && passage[start - 1].Noun is null))
        {
            start--;
        }

        return new(start, to);
    }

    /// <summary>"the truck that came": a relative; "the report that it came", "confirmed that": a content clause.</summary>
    private Join RelativeOrThat(int that)
    {
        for (var at = that - 1; at >= 0 && at >= that - 6; at--)
        {
            if (passage[at].Verb?.Speech is not (null or Speech.None))
            {
                return Join.That;
            }
        }

        return Join.Relative;
    }

    /// <summary>What stands before the subject ("On 4 March,", "Separately on Friday,"), and the subject.</summary>
    private (Stretch Lead, Stretch Subject) Subject(int from, int verb)
    {
        var start = from;
        for (var at = from; at < verb; at++)
        {
            if (passage.IsComma(at) && IsAdverbial(start, at))
            {
                start = at + 1;
            }
        }

        // "Earlier on Friday Putin said": a lead without a comma ends where its date does.
        if (start < verb && (passage[start].Part is Part.Prep or Part.Adverb || passage[start].DateAt > 0) && !HasComma(start, verb))
        {
            var at = start;
            while (at < verb && (passage[at].Part is Part.Prep or Part.Adverb || passage[at].DateAt > 0))
            {
                at++;
            }

            start = at > start && at < verb && passage[at - 1].DateAt > 0 ? at : start;
        }

        while (start < verb && (passage.IsQuote(start) || passage[start].Part is Part.Adverb || VerbForms.IsManner(passage, start) || passage.IsComma(start)))
        {
            start++;
        }

        var end = verb;
        while (end > start && (passage[end - 1].Part is Part.Adverb || passage.IsComma(end - 1) || passage.IsQuote(end - 1) || VerbForms.IsManner(passage, end - 1)))
        {
            end--;
        }

        return (start > from ? new(from, start) : Stretch.None, start < end ? new(start, end) : Stretch.None);
    }

    private bool HasComma(int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            if (passage.IsComma(at))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsAdverbial(int from, int to)
    {
        while (from < to && passage.IsQuote(from))
        {
            from++;
        }

        if (from >= to)
        {
            return true;
        }

        var first = passage[from];
        return first.Part is Part.Prep or Part.Adverb or Part.Of or Part.By or Part.To or Part.Sub || first.DateAt > 0 || VerbForms.IsManner(passage, from)
            || (to - from <= 4 && passage[to - 1].DateAt > 0) || first.Attribution is not null || (passage.IsWord(from) && VerbForms.Of(passage, from) is VerbForm.Ing);
    }

    private Stretch Trimmed(Stretch s)
    {
        var to = s.To;
        while (to > s.From && passage.Wording[to - 1].Kind is LexemeKind.Mark && !passage.IsMark(to - 1, ')') && !passage.IsMark(to - 1, '%'))
        {
            to--;
        }

        return new(s.From, to);
    }

    /// <summary>The finite verb group that starts here, or the participle of a clause behind a comma; null where the word is none.</summary>
    private VerbGroup? Finite(int at, Stretch sentence)
    {
        var mark = passage[at];
        if (mark.IsInNoun || mark.IsJoined || (at + 1 < passage.Count && passage[at + 1].IsJoined) || mark.DateAt > 0)
        {
            return null;
        }

        if (VerbForms.IsAuxiliary(mark.Part))
        {
            // "to have", "to be": no clause of its own; "May 5" is a date; "can" the noun is rare.
            if (at > sentence.From && passage[at - 1].Part is Part.To)
            {
                return null;
            }

            return VerbForms.Group(passage, at, sentence.To);
        }

        var form = VerbForms.Of(passage, at);
        return form switch
        {
            VerbForm.Past or VerbForm.Same when IsFinitePast(at, sentence) => new VerbGroup(at, VerbForms.End(passage, at), at, Mood.None),
            VerbForm.PastOnly => new VerbGroup(at, VerbForms.End(passage, at), at, Mood.None),
            VerbForm.Third when IsFiniteThird(at, sentence) => new VerbGroup(at, VerbForms.End(passage, at), at, Mood.None),
            VerbForm.Base when IsFiniteBase(at, sentence) => new VerbGroup(at, VerbForms.End(passage, at), at, Mood.None),
            VerbForm.Ing when OpensParticiple(at, sentence) => new VerbGroup(at, VerbForms.End(passage, at), at, Mood.Bare),
            _ => null,
        };
    }

    private bool IsFinitePast(int at, Stretch sentence)
    {
        if (at == sentence.From)
        {
            return VerbForms.Of(passage, at) is VerbForm.Past && passage[at].Verb is not null && !(at + 1 < sentence.To && passage[at + 1].Part is Part.By);
        }

        var before = at - 1;
        while (before > sentence.From && (passage[before].Part is Part.Adverb or Part.Not || VerbForms.IsManner(passage, before)))
        {
            before--;
        }

        var part = passage[before].Part;
        // Right behind a comma a past form belongs to an apposition: ", situated in the province,".
        if (passage.IsComma(before) && passage[at].Verb?.Speech is null or Speech.None)
        {
            return false;
        }

        if (part is Part.Det or Part.Prep or Part.Of or Part.To or Part.By || VerbForms.IsAuxiliary(part) || (passage.IsQuote(before) && before == at - 1 && passage[at].Verb?.Speech is null or Speech.None))
        {
            return false;
        }

        if (part is Part.And or Part.Or && before > sentence.From && VerbForms.Of(passage, before - 1) is VerbForm.Past or VerbForm.Participle && _verbs.Count > 0 && _verbs[^1].Is(Mood.Passive) && _verbs[^1].HeadAt == before - 1 && passage[at].Noun is null)
        {
            // "were stopped and searched": one passive, two verbs; the second is its own clause where the lexicon knows it.
            return passage[at].Verb?.Kind is not null;
        }

        // "the wounded", "displaced people": an adjective before its noun.
        if (passage[at].NumberAt > 0 || (at + 1 < sentence.To && passage[at + 1].Noun is { Class: "person" or "force" } && part is Part.Det or Part.None && before == at - 1 && passage[before].NumberAt > 0))
        {
            return false;
        }

        if (passage[before].NumberAt > 0 && passage[at].Noun?.IsWounded == true)
        {
            return false;
        }

        // Behind a noun, with "by" next or another finite verb to come before the clause ends: "a deal brokered by", "buses stopped there have returned".
        return !(at + 1 < sentence.To && passage[at + 1].Part is Part.By && passage[at].Verb?.Speech is null or Speech.None or Speech.Promise) && !AnotherFollows(at + 1, sentence);
    }

    private bool AnotherFollows(int from, Stretch sentence)
    {
        for (var at = from; at < sentence.To && at < from + 14; at++)
        {
            var part = passage[at].Part;
            if (passage.Wording[at].Kind is LexemeKind.Mark || part is Part.Who or Part.That or Part.Sub or Part.And or Part.But or Part.If or Part.Whether or Part.Pronoun)
            {
                return false;
            }

            if (part is Part.Be or Part.Have or Part.Future or Part.Would && passage[at - 1].Part is not Part.To)
            {
                // "said the convoy was": a verb of saying takes the rest as what is said.
                return passage[from - 1].Verb?.Speech is not (Speech.Say or Speech.Confirm);
            }
        }

        return false;
    }

    private bool IsFiniteThird(int at, Stretch sentence)
    {
        if (at == sentence.From)
        {
            return false;
        }

        var verb = passage[at].Verb!;
        var (before, next) = (at - 1, at + 1 < sentence.To ? passage[at + 1].Part : Part.None);
        while (before > sentence.From && passage[before].Part is Part.Adverb)
        {
            before--;
        }

        var part = passage[before].Part;
        if (part is Part.Det or Part.Prep or Part.Of or Part.To or Part.By or Part.And && part is not Part.And)
        {
            return false;
        }

        if (part is Part.Pronoun or Part.Who or Part.There)
        {
            return true;
        }

        // "United States", "Interior Ministry Reports": a capital inside a sentence is a name.
        if (passage.IsCapital(at) && !passage.IsCapitals)
        {
            return false;
        }

        if (passage[at].Noun is null && verb.Speech is not Speech.None && (passage.IsCapital(before) || passage[before].Noun is not null || next is Part.That or Part.Det || passage.IsQuote(at + 1) || passage.IsQuote(before)))
        {
            return true;
        }

        return next is Part.That or Part.Det or Part.Pronoun or Part.Not || (passage[at].Noun is null && passage[before].Noun is not null);
    }

    private bool IsFiniteBase(int at, Stretch sentence)
    {
        if (at == sentence.From)
        {
            return false;
        }

        var before = at - 1;
        while (before > sentence.From && (passage[before].Part is Part.Adverb || VerbForms.IsManner(passage, before)))
        {
            before--;
        }

        var part = passage[before].Part;
        if (part is Part.Pronoun or Part.Who)
        {
            return true;
        }

        if (passage.IsCapital(at) && !passage.IsCapitals)
        {
            return false;
        }

        // "must halt fire, allow access and respect": goes on with the verb before.
        if (_verbs.Count > 0 && (_verbs[^1].Mood & (Mood.Must | Mood.Future | Mood.Would | Mood.Might)) != Mood.None && (part is Part.And || passage.IsComma(at - 1)) && passage[at].Noun is null)
        {
            return true;
        }

        if (part is not Part.None || passage[at].Noun is not null || !passage.IsWord(before) || (_verbs.Count > 0 && passage[_verbs[^1].HeadAt].Verb?.Aspect is Aspect.Allow or Aspect.Force && at - _verbs[^1].To < 8))
        {
            return false;
        }

        // "3 buses depart", "the parties agree", "police say": a plural before it.
        return (passage[before].Noun is not null || VerbForms.Ends(passage.Text(before), "s") || passage[at].Verb!.Speech is not Speech.None) && passage[before].Verb is null or { Kind: null } && passage[before].NumberAt == 0;
    }

    private bool OpensParticiple(int at, Stretch sentence)
    {
        if (at == sentence.From || passage[at].Verb is null)
        {
            return false;
        }

        // "fighting in the east" is a noun.
        if (passage[at].Noun is not null && at + 1 < sentence.To && (passage[at + 1].Part is Part.Prep or Part.Of || VerbForms.IsAuxiliary(passage[at + 1].Part)))
        {
            return false;
        }

        var before = at - 1;
        return passage.IsComma(before) || passage[before].Part is Part.Sub || (passage.IsQuote(before) && before > sentence.From && passage.IsComma(before - 1));
    }
}
