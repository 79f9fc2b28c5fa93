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
    private bool _waits;

    /// <summary>The clauses of a sentence; the list is filled anew by the next call.</summary>
    public IReadOnlyList<Clause> Find(Stretch sentence)
    {
        if (Forms.OtherForms.Reads(passage))
        {
            Forms.OtherClauses.Find(passage, sentence, _clauses);
            return _clauses;
        }

        _verbs.Clear();
        _clauses.Clear();
        for (var at = sentence.From; at < sentence.To;)
        {
            if (Finite(at, sentence) is { } group)
            {
                _verbs.Add(group);
                at = Math.Max(Math.Max(group.To, at + 1), Math.Min(passage[group.HeadAt].VerbTo, sentence.To));
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
            var waits = !pending.IsEmpty && _clauses.Count > 0 && _clauses[^1].Join is Join.Relative or Join.Participle && passage[_verbs[i - 1].HeadAt].Verb?.Speech is not (Speech.Say or Speech.Confirm);
            var start = Boundary(i == 0 ? sentence.From : _verbs[i - 1].To, verb.From, verb.Is(Mood.Bare), waits);
            if (i == 0 && start > sentence.From)
            {
                // "The driver, who had waited, said": the subject waits for its verb; a lead and an opening phrase belong to the first clause.
                if (start - sentence.From >= 1 && (passage[start].Part is Part.Who || verb.Is(Mood.Bare)))
                {
                    pending = Subject(sentence.From, start).Subject;
                }
                else
                {
                    start = sentence.From;
                }
            }

            _waits = !pending.IsEmpty && (passage[start].Part is Part.Who || verb.Is(Mood.Bare)) && passage[verb.HeadAt].Verb?.Speech is not (Speech.Say or Speech.Confirm);
            Add(start, verb, NextStart(i, sentence.To), pending);
            pending = _clauses[^1].Join is Join.Relative && i > 0 && pending.IsEmpty ? Stretch.None : _clauses[^1].Join is Join.Relative or Join.Participle ? pending : Stretch.None;
        }

        if (_verbs.Count == 0 && BareVerb(sentence) is { } only)
        {
            Add(sentence.From, only, sentence.To, Stretch.None);
            _clauses[^1] = _clauses[^1] with { Join = Join.Main };
        }
        else if (_verbs.Count == 0)
        {
            _clauses.Add(new(Join.Main, Trimmed(sentence), Stretch.None, Trimmed(sentence), new(sentence.To, sentence.To, sentence.From, Mood.Bare), Stretch.None, Stretch.None));
        }

        return _clauses;
    }

    /// <summary>A line of a log without a finite verb: "Two shots heard", "Return convoy stopped by militia".</summary>
    private VerbGroup? BareVerb(Stretch sentence)
    {
        for (var at = sentence.From + 1; at < sentence.To && at < sentence.From + 16; at++)
        {
            if (passage[at].Verb is not null && !passage[at].IsJoined && passage[at].NumberAt == 0 && passage[at - 1].Part is not (Part.Det or Part.Prep or Part.Of or Part.To) && passage[at - 1].NumberAt == 0
                && VerbForms.Of(passage, at) is VerbForm.Past or VerbForm.Participle or VerbForm.Same)
            {
                return new(at, VerbForms.End(passage, at), at, Mood.Passive | Mood.Bare);
            }
        }

        return null;
    }

    private int NextStart(int i, int end) => i + 1 < _verbs.Count ? Boundary(_verbs[i].To, _verbs[i + 1].From, _verbs[i + 1].Is(Mood.Bare), _waits) : end;

    /// <summary>
    /// Where the clause of a verb begins: behind the previous verb, at the joining word nearest before the verb. A joining word that has had no verb yet ("as A and B have") is
    /// stronger than an "and" or a comma behind it; a comma right before the verb closes an insertion, which is stepped over.
    /// </summary>
    private int Boundary(int after, int verb, bool bare, bool waits)
    {
        if (bare)
        {
            // ", killing eight": the comma itself.
            return verb > after && passage[verb - 1].Part is Part.Sub ? verb - 1 : verb;
        }

        var speaks = verb < passage.Count && IsSpeech(verb);
        var weak = -1;
        var inserted = false;
        for (var at = verb - 1; at >= after; at--)
        {
            var part = passage[at].Part;
            if (passage[at].NumberAt > 0 && passage[at].NumberAt == passage[at - 1 < 0 ? 0 : at - 1].NumberAt)
            {
                // "between 600 and 800".
                continue;
            }

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
                    while (open > after && !passage.IsComma(open) && !passage.IsQuote(open))
                    {
                        open--;
                    }

                    if (open <= after && at == verb - 1 && after > 0 && !inserted)
                    {
                        // "must stop, allow": the verb goes on with the subject before.
                        return at + 1;
                    }

                    // ", a village north of it," and ", including 337 wounded,": back to the comma that opened it.
                    inserted = true;
                    at = open > after && passage.IsComma(open) ? open : at;
                    continue;
                }

                var opens = passage[at + 1];
                if (inserted && (opens.NumberAt > 0 || opens.Part is Part.Prep or Part.Of || (opens.Part is Part.Det && !passage.IsCapitals)))
                {
                    // Another apposition before the verb: ", 46, of the mission, said".
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

        // "The men who have held it freed two": the second verb goes with the waiting subject.
        return weak >= 0 ? weak : waits || !TakesClause(after) ? verb : SubjectStart(after, verb);
    }

    /// <summary>The verb that ends here may have what is said right behind it, without a joining word.</summary>
    private bool TakesClause(int after)
    {
        for (var i = _verbs.Count - 1; i >= 0; i--)
        {
            if (_verbs[i].To == after)
            {
                return passage[_verbs[i].HeadAt].Verb is { } v && (v.Speech is not Speech.None || v.Aspect is Aspect.See or Aspect.Allow);
            }
        }

        return true;
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

    /// <summary>"known as", "identified himself as": what somebody is called.</summary>
    private bool IsRoleOf(int at) => at > 0 && passage.Text(at).Equals("as", StringComparison.OrdinalIgnoreCase)
        && (VerbForms.Ends(passage.Text(at - 1), "self") || VerbForms.Ends(passage.Text(at - 1), "selves") || passage[at - 1].Verb?.Aspect is Aspect.See || passage.Text(at - 1) is "known" or "described" or "KNOWN" or "acting" or "serving" or "used" or "USED");

    private bool IsJoining(int at, int after) => passage[at].Part switch
    {
        Part.Sub => !IsRoleOf(at),
        Part.If or Part.Whether or Part.But => true,
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

        var (lead, subject) = Subject(at, verb.From, join is Join.Sub);
        if (join is Join.Sub && !lead.IsEmpty && passage.IsComma(lead.To - 1))
        {
            // "After three days of shelling, a ceasefire": no clause, only a time.
            join = Join.Main;
        }

        if (!pending.IsEmpty && join is Join.Shared or Join.Main && (subject.IsEmpty || (subject.Length == 1 && passage[subject.From].Part is Part.Pronoun)))
        {
            (join, subject) = (Join.Main, pending);
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
        for (var at = that - 1; at >= 0 && at >= that - 14; at--)
        {
            if (passage[at].Verb?.Speech is not (null or Speech.None))
            {
                return Join.That;
            }
        }

        return Join.Relative;
    }

    /// <summary>What stands before the subject ("On 4 March,", "Separately on Friday,"), and the subject.</summary>
    private (Stretch Lead, Stretch Subject) Subject(int from, int verb, bool isSub = false)
    {
        var start = from;
        for (var at = from; at < verb; at++)
        {
            if (passage.IsComma(at) && ((isSub && start == from && at + 1 < verb && !OnlyAdverbs(at + 1, verb)) || IsAdverbial(start, at)))
            {
                start = at + 1;
            }
        }

        // "Earlier on Friday the envoy said": a lead without a comma ends where its date does.
        if (start < verb && passage[start].NumberAt == 0 | passage[start].DateAt > 0 && (passage[start].Part is Part.Prep or Part.Adverb || passage[start].DateAt > 0) && !HasComma(start, verb))
        {
            var at = start;
            while (at < verb && (passage[at].Part is Part.Prep or Part.Adverb || passage[at].DateAt > 0))
            {
                at++;
            }

            start = at > start && at < verb && passage[at - 1].DateAt > 0 ? at : start;
        }

        while (start < verb && passage[start].NumberAt == 0 && (passage.IsQuote(start) || passage[start].Part is Part.Adverb || VerbForms.IsManner(passage, start) || passage.IsComma(start)))
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

        if (passage[from].NumberAt > 0 && passage[from].DateAt == 0)
        {
            return false;
        }

        // "only one road, Route 9,": a count is a subject and no lead.
        for (var at = from; at < to; at++)
        {
            if (passage[at].NumberAt > 0 && passage[at].DateAt == 0 && passage[from].Part is not (Part.Prep or Part.Sub))
            {
                return false;
            }
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

        // "after being held": a passive without a finite verb.
        if (at > sentence.From && at + 1 < sentence.To && passage[at - 1].Part is Part.Sub && passage.Text(at).Equals("being", StringComparison.OrdinalIgnoreCase) && passage[at + 1].Verb is not null)
        {
            return new VerbGroup(at, VerbForms.End(passage, at + 1), at + 1, Mood.Bare | Mood.Passive);
        }

        if (VerbForms.IsAuxiliary(mark.Part))
        {
            // "of their own will", "the might of": nouns.
            if (mark.Part is Part.Future or Part.Might or Part.Can or Part.Must && at > sentence.From && (passage[at - 1].Part is Part.Det or Part.Prep or Part.Of || passage.Text(at - 1).Equals("own", StringComparison.OrdinalIgnoreCase)))
            {
                return null;
            }

            // "to have", "to be": no clause of its own; "May 5" is a date; "can" the noun is rare.
            if ((at > sentence.From && passage[at - 1].Part is Part.To) || VerbForms.Ends(passage.Text(at), "ing") || (mark.Part is Part.Be && passage.Text(at).Equals("be", StringComparison.OrdinalIgnoreCase) && !IsWished(at, sentence)))
            {
                return null;
            }

            return VerbForms.Group(passage, at, sentence.To);
        }

        var form = VerbForms.Of(passage, at);
        return form switch
        {
            VerbForm.Past when IsFinitePast(at, sentence) => new VerbGroup(at, VerbForms.End(passage, at), at, Mood.None),
            VerbForm.Same when IsFinitePast(at, sentence) => new VerbGroup(at, VerbForms.End(passage, at), at, Inherited(at)),
            VerbForm.PastOnly => new VerbGroup(at, VerbForms.End(passage, at), at, Mood.None),
            VerbForm.Third when IsFiniteThird(at, sentence) => new VerbGroup(at, VerbForms.End(passage, at), at, Mood.None),
            VerbForm.Base when IsFiniteBase(at, sentence) => new VerbGroup(at, VerbForms.End(passage, at), at, Inherited(at)),
            VerbForm.Ing when mark.Verb is { Speech: Speech.Accuse or Speech.Say } && WithDoer(at, sentence) => new VerbGroup(at, VerbForms.End(passage, at), at, Mood.None),
            VerbForm.Ing when OpensParticiple(at, sentence) => new VerbGroup(at, VerbForms.End(passage, at), at, Mood.Bare),
            _ => null,
        };
    }

    /// <summary>"asked that grants be extended".</summary>
    private bool IsWished(int at, Stretch sentence)
    {
        for (var back = at - 1; back > sentence.From && back > at - 14; back--)
        {
            if (passage[back].Part is Part.That)
            {
                return passage[back - 1].Verb?.Speech is Speech.Demand;
            }
        }

        return false;
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
        if (passage.IsComma(before) && passage[at].Verb?.Speech is not (Speech.Say or Speech.Confirm or Speech.Deny) && !ClosesInsertion(before, sentence))
        {
            return false;
        }

        if (passage[at].Verb is null && _verbs.Count > 0 && at - _verbs[^1].To < 2)
        {
            return false;
        }

        if (part is Part.Det or Part.Prep or Part.Of or Part.To or Part.By or Part.Object || VerbForms.IsAuxiliary(part) || (passage.IsQuote(before) && before == at - 1 && passage[at].Verb?.Speech is null or Speech.None))
        {
            return false;
        }

        if (part is Part.And or Part.Or && before > sentence.From && VerbForms.Of(passage, before - 1) is VerbForm.Past or VerbForm.Participle && _verbs.Count > 0 && _verbs[^1].Is(Mood.Passive) && _verbs[^1].HeadAt == before - 1 && passage[at].Noun is null)
        {
            // "were killed or wounded": one passive, two verbs.
            return false;
        }

        // "sick and wounded crossed".
        if (part is Part.And or Part.Or && passage[at].Noun?.IsWounded == true && passage[before - 1].Noun is { Class: "person" })
        {
            return false;
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

        if (IsObject(before, sentence))
        {
            return false;
        }

        // Behind a noun, with "by" next or another finite verb to come before the clause ends: "a deal brokered by", "buses stopped there have returned".
        return !(at + 1 < sentence.To && passage[at + 1].Part is Part.By && passage[at].Verb?.Speech is null or Speech.None or Speech.Promise) && !AnotherFollows(at + 1, sentence);
    }

    /// <summary>The noun before belongs to another verb as its object: "to reach 100,000 people stranded".</summary>
    private bool IsObject(int noun, Stretch sentence)
    {
        for (var at = noun; at > sentence.From && at > noun - 7; at--)
        {
            if (at < noun && passage[at].Verb is { } verb && passage[at].Noun is null && passage[at].NumberAt == 0 && !passage[at].IsJoined)
            {
                return passage[at - 1].Part is Part.To && verb.Speech is not (Speech.Say or Speech.Confirm);
            }

            if (passage.Wording[at].Kind is LexemeKind.Mark || passage[at].Part is not (Part.None or Part.Det))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>The second of two commas with no verb between the subject and it: "The first convoy, made up of 16 lorries, arrived".</summary>
    private bool ClosesInsertion(int comma, Stretch sentence)
    {
        for (var at = _verbs.Count > 0 ? _verbs[^1].From - 1 : sentence.From; at > sentence.From && _verbs.Count > 0 && at > _verbs[^1].From - 8; at--)
        {
            if (passage[at].Part is Part.Who)
            {
                // ", which had been held up, arrived".
                return passage.IsComma(at - 1);
            }
        }

        var from = _verbs.Count > 0 ? _verbs[^1].To : sentence.From;
        for (var at = comma - 2; at > from; at--)
        {
            if (passage.IsComma(at) && at > sentence.From)
            {
                return passage[at - 1].DateAt == 0;
            }
        }

        return false;
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

            if ((part is Part.Be or Part.Have or Part.Future or Part.Would && passage[at - 1].Part is not Part.To) || (VerbForms.Of(passage, at) is VerbForm.PastOnly && !passage[at].IsJoined))
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
        while (before > sentence.From && (passage[before].Part is Part.Adverb || passage.IsQuote(before) || VerbForms.IsManner(passage, before)))
        {
            before--;
        }

        var part = passage[before].Part;
        if (part is Part.Det or Part.Prep or Part.Of or Part.To or Part.By || (_verbs.Count > 0 && _verbs[^1].To == at))
        {
            // "rejected reports that": a noun.
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

        if (verb.Rule is "s.say")
        {
            return true;
        }

        if (passage[at].Noun is not null)
        {
            return next is Part.That or Part.Det or Part.Pronoun or Part.Not && part is not Part.And;
        }

        return verb.Speech is Speech.None
            ? passage[before].Noun is not null || passage.IsCapital(before) || next is Part.Det or Part.That or Part.To or Part.Prep
            : passage.IsCapital(before) || passage[before].Noun is not null || next is Part.That or Part.Det or Part.Pronoun || passage.IsQuote(at - 1) || passage.IsQuote(at + 1) || passage[at + 1].NumberAt > 0;
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

        if (passage.IsComma(before) && ClosesInsertion(before, sentence) && passage[at].Noun is null && passage[at].Verb?.Kind is not null)
        {
            return true;
        }

        if (part is not Part.None || passage[at].Noun is not null || !passage.IsWord(before) || (_verbs.Count > 0 && passage[_verbs[^1].HeadAt].Verb?.Aspect is Aspect.Allow or Aspect.Force && at - _verbs[^1].To < 8))
        {
            return false;
        }

        // "3 buses depart", "the parties agree", "police say": a plural before it.
        return (passage[before].Noun is { Class: "person" or "force" or "office" or "vehicle" or "truck" } || VerbForms.Ends(passage.Text(before), "s")) && passage[before].Verb is null or { Kind: null } && passage[before].NumberAt == 0;
    }

    /// <summary>"must halt fire, allow access and respect": the mood of the verb before.</summary>
    private Mood Inherited(int at) => _verbs.Count > 0 && (passage[at - 1].Part is Part.And || passage.IsComma(at - 1)) ? _verbs[^1].Mood & (Mood.Must | Mood.Future | Mood.Would | Mood.Might) : Mood.None;

    /// <summary>"with each side accusing the other": a clause in all but form.</summary>
    private bool WithDoer(int at, Stretch sentence)
    {
        for (var back = at - 1; back > sentence.From && back >= at - 6; back--)
        {
            if (passage.Text(back).Equals("with", StringComparison.OrdinalIgnoreCase))
            {
                return back < at - 1;
            }
        }

        return false;
    }

    private bool OpensParticiple(int at, Stretch sentence)
    {
        if (at == sentence.From || passage[at].Verb is null || passage[at].Part is not Part.None)
        {
            return false;
        }

        // "fighting in the east" is a noun.
        if (passage[at].Noun is not null && at + 1 < sentence.To && (passage[at + 1].Part is Part.Prep or Part.Of || VerbForms.IsAuxiliary(passage[at + 1].Part)))
        {
            return false;
        }

        // "guerrillas holding 32 hostages in the embassy": a count makes it worth a clause of its own.
        if (at + 1 < sentence.To && passage[at + 1].NumberAt > 0 && passage[at].Verb?.Kind is { Kind: not Proposals.ClaimKind.Movement } && passage[at - 1].Noun is not null && passage[at - 1].Part is Part.None)
        {
            return true;
        }

        var before = at - 1;
        if (passage[before].Part is Part.And && _verbs.Count > 0 && _verbs[^1].Is(Mood.Bare))
        {
            // "killing one person and wounding four".
            return true;
        }

        return passage.IsComma(before) || passage[before].Part is Part.Sub || (passage.IsQuote(before) && before > sentence.From && passage.IsComma(before - 1));
    }
}
