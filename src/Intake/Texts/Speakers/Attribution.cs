using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts.Clauses;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements.Claims;

namespace Safeconduct.Intake.Texts.Speakers;

/// <summary>
/// Who answers for each clause of a sentence, by ordered sieves: "according to X"; "X said that ..." and what hangs on it; "..., X said"; quotations that go on; the first
/// person; a passive that names nobody. Pronouns and "the statement" are resolved in the text; nothing is looked up outside it.
/// </summary>
internal sealed class Attribution(Passage p, Discourse discourse)
{
    private readonly List<Told> _told = [];
    private readonly SpeakerNames _names = new(p, discourse);
    private readonly OtherAttribution _others = new(p, discourse, new SpeakerNames(p, discourse));
    private Speaker? _cited;
    private int _skip = -1;

    public IReadOnlyList<Told> Of(Stretch sentence, IReadOnlyList<Clause> clauses)
    {
        if (Clauses.Forms.OtherForms.Reads(p))
        {
            return _others.Of(sentence, clauses);
        }

        _told.Clear();
        _cited = null;
        _skip = -1;
        var aside = AccordingTo(sentence, out var whole);
        var start = aside ?? Quoted(sentence, clauses) ?? discourse.Carried ?? Governing.Own;
        discourse.Carried = null;
        var governing = start;
        for (var i = 0; i < clauses.Count; i++)
        {
            if (i == _skip)
            {
                continue;
            }

            var c = Without(clauses[i], whole);
            var speech = c.Verb.From < c.Verb.To ? p[c.Verb.HeadAt].Verb?.Speech ?? Speech.None : Speech.None;
            if (p[c.Verb.HeadAt].Verb?.Rule == "v.agree" && i + 1 < clauses.Count && clauses[i + 1].Join is Join.That)
            {
                governing = governing with { Modality = Modality.Planned, Rule = "sieve.agreed-that" };
                continue;
            }

            if (p[c.Verb.HeadAt].Verb?.Kind is not null || c.Verb.From >= c.Verb.To)
            {
                speech = Speech.None;
            }

            if (c.Join is Join.Main && governing.Source is not null && !ReferenceEquals(governing, start) && c.Whole.From > 0 && p[c.Whole.From].Part is Part.And && p.IsComma(c.Whole.From - 1) && speech is Speech.None
                && _names.Of(c.Subject) is { } again && (IsSame(again.Name, governing.Source.Name) || governing.Source.Name.StartsWith(p.Between(c.Subject.To - 1, c.Subject.To), StringComparison.Ordinal)))
            {
                // ", and the committee was": the speaker itself as the subject of a new clause is not what it said.
                governing = start;
            }

            governing = speech is Speech.None ? Content(c, governing) : Frame(c, i, clauses, speech, governing, start, sentence);
        }

        Remember(sentence, start);
        discourse.Carried = p.IsMark(sentence.To - 1, ';') && governing.Source is not null ? governing with { Modality = null } : null;
        return _told;
    }

    /// <summary>"Emergency Office: some 250 residents moved": who stands before the colon speaks, where the words name somebody.</summary>
    public void Labelled(Stretch label)
    {
        var head = Kinds.NounPhrase.Head(p, label);
        if ((head is { Class: "office" or "force" or "person" } || p.IsQuote(label.To + 1)) && _names.Of(label) is { } speaker)
        {
            discourse.Spoke(speaker);
            discourse.Carried = new Governing(speaker, [], null, "sieve.label");
        }
    }

    /// <summary>The speaker that some words name, or null.</summary>
    public Speaker? Named(Stretch words) => _names.Of(words);

    private static bool IsSame(string name, string speaker) => speaker.StartsWith(name, StringComparison.OrdinalIgnoreCase) || name.StartsWith(speaker, StringComparison.OrdinalIgnoreCase);

    private Governing Content(Clause c, Governing governing)
    {
        if (governing.Source is null && c.Verb.From < c.Verb.To && p[c.Verb.HeadAt].Verb?.Rule is "v.refuse-access" or "v.refuse-pass" or "v.claim-responsibility" && !c.Verb.Is(Mood.Passive) && _names.Of(c.Doer) is { } refuser)
        {
            // A refusal belongs to who refuses.
            discourse.Spoke(refuser);
            _told.Add(new(c.Core, c, refuser, [], null, "sieve.refuses"));
            return governing;
        }

        if (governing.Source is null && !c.Verb.Is(Mood.Passive) && c.Verb.From < c.Verb.To && p[c.Verb.HeadAt].Verb?.Rule is "v.propose" && !c.Doer.IsEmpty && IsSomebody(c.Doer) && _names.Of(c.Doer) is { } offers)
        {
            // An offer belongs to who makes it.
            _told.Add(new(c.Core, c, offers, [], null, "sieve.proposes"));
            return governing;
        }

        if (governing.Source is null && c.Verb.Is(Mood.Passive) && p[c.Verb.HeadAt].Verb?.Rule is "v.propose" && By(c.Rest) is { } by && _names.Of(by) is { } proposer)
        {
            _told.Add(new(c.Core, c, proposer, [], null, "sieve.proposed-by"));
            return governing;
        }

        if (governing.Source is null && !c.Subject.IsEmpty && _names.Person(c.Subject) is { } person)
        {
            discourse.Subject = person;
        }

        _told.Add(new(c.Core, c, governing.Source, governing.Via, governing.Modality, governing.Rule));
        return governing;
    }

    private Governing Frame(Clause c, int i, IReadOnlyList<Clause> clauses, Speech speech, Governing governing, Governing start, Stretch sentence)
    {
        var inverted = c.Subject.IsEmpty && c.Join is not Join.Participle && StandsBehindQuote(c) && !c.Rest.IsEmpty;
        var subject = inverted ? new Stretch(c.Rest.From, NameEnd(c.Rest)) : c.Subject;
        var rest = inverted ? new Stretch(subject.To, c.Rest.To) : c.Rest;
        var next = i + 1 < clauses.Count ? clauses[i + 1] : null;

        if (speech is Speech.Say && AsSaying(rest) is { } quoted)
        {
            return Quoting(c, quoted, subject, i, next, governing, start);
        }

        if (p[c.Verb.HeadAt].Verb!.Rule is "s.quote" && c.Join is Join.Participle && !c.Rest.IsEmpty && _names.Of(c.Rest) is { } cited)
        {
            // "NAB, quoting security sources, said": the sources said it, and the agency passed it on.
            _cited = cited;
            return governing;
        }

        if (IsWeak(p[c.Verb.HeadAt].Verb!.Rule, subject) && next is not { Join: Join.That } && !(IsOpen(rest) && (inverted || QuoteStandsBefore(c))))
        {
            return Content(c, governing);
        }

        if (c.Verb.Is(Mood.Passive) && speech is not (Speech.Accuse or Speech.AccuseThat))
        {
            return Passive(c, next, speech, governing);
        }

        if (_names.IsFirstPerson(subject))
        {
            var meant = speech switch { Speech.Demand => Modality.Demanded, Speech.Plan or Speech.Promise => Modality.Planned, Speech.Deny or Speech.Refuse => Modality.Denied, _ => (Modality?)null };
            if (meant is null && next is { Join: Join.That } && IsOpen(rest))
            {
                return governing;
            }

            _told.Add(new(c.Core, c, governing.Source, governing.Via, meant ?? governing.Modality, governing.Rule, meant is null));
            return governing;
        }

        // "will brief the Council": what somebody is to say is an announcement, and says nothing yet.
        if (speech is Speech.Say && c.Verb.Is(Mood.Future) && next is not { Join: Join.That })
        {
            return Content(c, governing);
        }

        if (speech is Speech.Deny && Kinds.NounPhrase.Head(p, rest) is { Class: "resolution" })
        {
            _told.Add(new(c.Core, c, governing.Source, governing.Via, Modality.Denied, governing.Rule));
            return governing;
        }

        if (speech is Speech.Plan && rest.IsEmpty && !c.Verb.Is(Mood.Passive))
        {
            return governing;
        }

        if (speech is Speech.Promise && c.Join is Join.Participle or Join.Sub && c.Subject.IsEmpty && next is { Join: Join.That })
        {
            // "despite pledging that they would let it go ahead": the pledge and what it was are one.
            var giver = _names.Of(Former(i, clauses));
            _told.Add(new(new(c.Verb.HeadAt, next.Whole.To), null, giver ?? governing.Source, governing.Source is { } relay && giver is not null ? [.. governing.Via, relay] : governing.Via, Modality.Planned, "sieve.pledges"));
            _skip = i + 1;
            return governing;
        }

        if (speech is Speech.Refuse && rest.Length > 1 && p[rest.From].Part is Part.To && p[rest.From + 1].Verb?.Speech is Speech.Say or Speech.Describe or Speech.Confirm)
        {
            return governing;
        }

        if (speech is Speech.Plan or Speech.Refuse)
        {
            var planner = governing.Source is null && !subject.IsEmpty && p[c.Verb.HeadAt].Verb!.Rule is not "s.seek" && IsSomebody(subject) ? _names.Of(subject) : null;
            _told.Add(new(c.Core, c, planner ?? governing.Source, governing.Via, speech is Speech.Plan ? Modality.Planned : null, planner is null ? governing.Rule : "sieve.plans"));
            return governing;
        }

        if (speech is Speech.Say && NounPhraseClass(subject) is "attack" or "fire" or "fighting" or "vehicle" or "truck")
        {
            // "Mortar fire heard from the east": fire says nothing.
            return Content(c, governing);
        }

        Speaker? outlet = null;
        for (var at = subject.From + 1; at + 1 < subject.To && speech is Speech.Say; at++)
        {
            // "A military source quoted by the agency said": the agency passes it on.
            if (p[at].Verb?.Rule is "s.quote" && p[at + 1].Part is Part.By)
            {
                outlet = _names.Of(new(at + 2, subject.To));
                subject = new(subject.From, at);
                break;
            }
        }

        var named = subject.IsEmpty ? null : _names.Of(subject);
        var speaker = named ?? (c.Join is Join.Shared or Join.Participle ? Former(i, clauses, governing) : null);
        var nested = governing.Source is not null && !ReferenceEquals(governing, start) && named is not null && governing.Modality is not Modality.Denied && named.Name != governing.Source.Name
            && c.Join is Join.That or Join.Main or Join.Relative or Join.Participle or Join.Sub && !IsFresh(c);
        if (governing.Modality is Modality.Denied or Modality.Demanded && c.Join is Join.That)
        {
            return Content(c, governing);
        }

        if (_cited is { } inner && speaker is not null && speech is Speech.Say)
        {
            _cited = null;
            discourse.Spoke(inner);
            var passedOn = new Governing(inner, [speaker], null, "sieve.citing");
            if (IsOpen(rest) && next is null)
            {
                Backward(passedOn, start);
            }

            return passedOn;
        }

        IReadOnlyList<Speaker> via = nested ? [.. governing.Via, governing.Source!] : governing.Source is not null && speaker?.Name == governing.Source.Name ? governing.Via : [];
        via = outlet is null ? via : [outlet, .. via];
        var modality = speech switch { Speech.Deny => Modality.Denied, Speech.Demand => Modality.Demanded, Speech.Promise => Modality.Planned, _ => (Modality?)null };
        var framed = new Governing(speaker ?? governing.Source, via, modality, $"sieve.{speech.ToString().ToLowerInvariant()}:{p[c.Verb.HeadAt].Verb!.Rule}");
        if (speaker is not null && !(nested && speech is Speech.Promise))
        {
            discourse.Spoke(speaker);
        }

        if (speech is Speech.Describe && (c.Join is Join.Relative || (c.Whole.From > 0 && p.Text(c.Whole.From > sentence.From ? c.Whole.From : sentence.From).Equals("what", StringComparison.OrdinalIgnoreCase)) || PrecededByWhat(c)))
        {
            // "what it calls reconciliation" says nothing by itself.
            return governing;
        }

        if (speech is Speech.Describe || (speech is Speech.Accuse))
        {
            var from = speech is Speech.Describe ? c.Verb.HeadAt : rest.From;
            _told.Add(new(new(from, c.Whole.To), null, framed.Source, via, null, framed.Rule, speech is Speech.Describe));
            return framed with { Modality = null };
        }

        if (next is { Join: Join.That or Join.Whether or Join.If } || (next is { Join: Join.Main } && IsOpen(rest) && !inverted && !EndsAt(next)))
        {
            return next.Join is Join.If ? framed with { Modality = Modality.Conditional } : framed;
        }

        if (inverted && next is not { Join: Join.That } && i > 0)
        {
            // "said X, head of operations for Y": what follows the name belongs to it.
            Backward(framed, start);
            return framed with { Modality = null };
        }

        if (IsOpen(rest) && i > 0 && !StartsWith(c, sentence))
        {
            Backward(framed, start);
            return framed with { Modality = null };
        }

        if (IsOpen(rest) && rest.IsEmpty)
        {
            return framed with { Modality = null };
        }

        // "confirmed the suspension", "called for a corridor", "announced its desire to": what is said is a phrase.
        var keeps = speech is Speech.Demand or Speech.Deny or Speech.Confirm && !(speech is Speech.Demand && HasInfinitive(rest));
        var phrase = TrimmedPhrase(new(keeps ? c.Verb.HeadAt : rest.From, c.Whole.To));
        if (!phrase.IsEmpty && !IsOpen(rest))
        {
            foreach (var part in Divided(phrase, speech is Speech.Demand))
            {
                _told.Add(new(part, null, framed.Source, via, modality, framed.Rule));
            }
        }
        else if (IsOpen(rest))
        {
            Backward(framed, start);
        }

        return framed with { Modality = speech is Speech.Deny ? null : modality };
    }

    /// <summary>Verbs that name a speaker only with "that" or a quotation: to find, to write, to believe.</summary>
    private bool IsWeak(string rule, Stretch subject) => !(rule is "s.read" && Kinds.NounPhrase.Head(p, subject)?.Class is "statement") && rule is "s.learn" or "s.believe" or "s.write" or "s.read" or "s.broadcast";

    private bool QuoteStandsBefore(Clause c)
    {
        for (var at = c.Whole.From; at >= 0 && at >= c.Whole.From - 3; at--)
        {
            if (p.IsQuote(at))
            {
                return true;
            }
        }

        return false;
    }

    private bool PrecededByWhat(Clause c)
    {
        for (var at = c.Verb.From - 1; at >= 0 && at > c.Verb.From - 6; at--)
        {
            if (p.Text(at).Equals("what", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private string? NounPhraseClass(Stretch s) => Kinds.NounPhrase.Head(p, s)?.Class;

    /// <summary>An office or a name, rather than a thing that is planned.</summary>
    private bool IsSomebody(Stretch s)
    {
        var head = Kinds.NounPhrase.Head(p, s);
        if (s.Length == 1 && p[s.From].Part is Part.Pronoun)
        {
            return discourse.Last is not null;
        }

        if (head is { Class: "office" or "force" })
        {
            return true;
        }

        if (head is not null || p.IsCapitals)
        {
            return false;
        }

        for (var at = s.From; at < s.To; at++)
        {
            if (p.IsWord(at) && p.IsCapital(at) && p[at].Part is Part.None && (at > s.From || s.Length <= 4))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"demanded an end to the siege and passage for convoys": two demands.</summary>
    private List<Stretch> Divided(Stretch phrase, bool isDemand)
    {
        var parts = new List<Stretch>();
        var from = phrase.From;
        for (var at = phrase.From + 1; isDemand && at < phrase.To - 1; at++)
        {
            if (p[at].Part is not Part.And || Kinds.KindReading.OfPhrase(p, new(from, at)) is not { } one || Kinds.KindReading.OfPhrase(p, new(at + 1, phrase.To)) is not { IsFar: false } other || one.Kind == other.Kind)
            {
                continue;
            }

            parts.Add(new(from, at));
            from = at + 1;
        }

        parts.Add(new(from, phrase.To));
        return parts;
    }

    /// <summary>A clause of its own with a conjunction before it, rather than one inside what was said.</summary>
    private bool IsFresh(Clause c) => c.Join is Join.Sub || p[c.Whole.From].Part is Part.But or Part.And or Part.Sub;

    private bool StartsWith(Clause c, Stretch sentence) => c.Whole.From <= sentence.From;

    private bool EndsAt(Clause next) => p[next.Whole.From].Part is Part.And or Part.But;

    private Governing Quoting(Clause c, Stretch quoted, Stretch subject, int i, Clause? next, Governing governing, Governing start)
    {
        var speaker = c.Verb.Is(Mood.Passive) ? _names.Of(subject) : _names.Of(quoted);
        IReadOnlyList<Speaker> via = c.Verb.Is(Mood.Passive) || _names.Of(subject) is not { } relay ? [] : [relay];
        var framed = new Governing(speaker, via, null, "sieve.quoted-as-saying");
        if (speaker is not null)
        {
            discourse.Spoke(speaker);
        }

        if (next is not null)
        {
            return framed;
        }

        if (i > 0)
        {
            Backward(framed, start);
        }

        return framed;
    }

    /// <summary>"It was reported that ..." is nobody's; "was announced", "was told that" too, unless "by X" follows.</summary>
    private Governing Passive(Clause c, Clause? next, Speech speech, Governing governing)
    {
        var by = By(c.Rest);
        var framed = by is { } agent && _names.Of(agent) is { } speaker ? new Governing(speaker, [], ModalityOf(speech), "sieve.passive-by") : governing with { Modality = governing.Modality ?? ModalityOf(speech), Rule = "sieve.nobody-in-particular" };
        if (next is { Join: Join.That } && IsOpen(c.Rest))
        {
            return framed;
        }

        _told.Add(new(c.Core, c, framed.Source, framed.Via, framed.Modality, framed.Rule));
        return governing;
    }

    private static Modality? ModalityOf(Speech speech) => speech switch { Speech.Deny => Modality.Denied, Speech.Demand => Modality.Demanded, Speech.Plan or Speech.Promise => Modality.Planned, _ => null };

    /// <summary>What was said before ", X said".</summary>
    private void Backward(Governing framed, Governing start)
    {
        for (var k = _told.Count - 1; k >= 0; k--)
        {
            if (_told[k].Source is null || _told[k].Source == start.Source)
            {
                _told[k] = _told[k] with { Source = framed.Source, Via = framed.Via, Modality = _told[k].Modality ?? framed.Modality, Rule = framed.Rule + ":behind" };
            }
        }
    }

    /// <summary>The subject that a verb without one of its own goes on with.</summary>
    private Speaker? Former(int i, IReadOnlyList<Clause> clauses, Governing governing)
    {
        return governing.Source ?? (Former(i, clauses) is { IsEmpty: false } subject ? _names.Of(subject) : discourse.Last);
    }

    private static Stretch Former(int i, IReadOnlyList<Clause> clauses)
    {
        for (var k = i - 1; k >= 0; k--)
        {
            if (!clauses[k].Subject.IsEmpty)
            {
                return clauses[k].Subject;
            }
        }

        return Stretch.None;
    }

    /// <summary>"According to X": the speaker of the sentence, and the words that name it.</summary>
    private Governing? AccordingTo(Stretch sentence, out Stretch words)
    {
        words = Stretch.None;
        for (var at = sentence.From; at < sentence.To; at++)
        {
            if (p[at].Attribution is not { Value: "before" } rule)
            {
                continue;
            }

            var from = p[at].AttributionTo;
            var to = from;
            while (to < sentence.To && !p.IsComma(to) && !p.IsQuote(to) && (p.Wording[to].Kind is not LexemeKind.Mark || (p.IsMark(to, '.') && to > from && p.Text(to - 1).Length == 1 && to + 1 < sentence.To)) && to - from < 14 && !(to > from && p[to].DateAt > 0))
            {
                to++;
            }

            if (_names.Of(new(from, to)) is { } speaker)
            {
                words = new(at, to);
                discourse.Spoke(speaker);
                return new(speaker, [], null, rule.Id);
            }
        }

        return null;
    }

    /// <summary>The clause without the words that name its speaker by the way.</summary>
    private static Clause Without(Clause c, Stretch words)
    {
        if (words.IsEmpty || words.From < c.Verb.From || words.From >= c.Whole.To)
        {
            return c;
        }

        return c with { Whole = new(c.Whole.From, words.From), Rest = new(c.Rest.From, Math.Max(c.Rest.From, words.From)) };
    }

    /// <summary>A sentence that stands in quotation marks as a whole, or goes on with a quotation: its speaker is the one before.</summary>
    private Governing? Quoted(Stretch sentence, IReadOnlyList<Clause> clauses)
    {
        if (discourse.InQuote is { } open)
        {
            return new(open, [], null, "sieve.quotation-goes-on");
        }

        return p.IsQuote(sentence.From) && p.IsQuote(sentence.To - 1) && discourse.Last is { } last && clauses.All(c => c.Verb.From >= c.Verb.To || p[c.Verb.HeadAt].Verb?.Speech is null or Speech.None)
            ? new(last, [], null, "sieve.quotation-of-the-last")
            : null;
    }

    private void Remember(Stretch sentence, Governing start)
    {
        var open = discourse.InQuote is not null;
        Speaker? by = discourse.InQuote;
        for (var at = sentence.From; at < sentence.To; at++)
        {
            if (p.IsQuote(at))
            {
                open = p.IsMark(at, '“') || p.IsMark(at, '«') || (p.IsMark(at, '"') && !open);
                by = open ? discourse.Last : null;
            }
        }

        discourse.InQuote = open ? by ?? start.Source : null;
    }

    private bool StandsBehindQuote(Clause c) => c.Verb.From > 0 && (p.IsQuote(c.Verb.From - 1) || p.IsComma(c.Verb.From - 1));

    /// <summary>Nothing but an addressee, a place or a date stands there: "told reporters", "said in a statement on Friday".</summary>
    private bool IsOpen(Stretch rest)
    {
        for (var at = rest.From; at < rest.To; at++)
        {
            var mark = p[at];
            if (p.IsQuote(at) && at > rest.From)
            {
                return false;
            }

            if (mark.Part is Part.Prep or Part.Adverb or Part.By && at + 1 < rest.To)
            {
                // A phrase of place, manner or time takes all its words.
                while (at + 1 < rest.To && !p.IsComma(at + 1) && p[at + 1].Part is not (Part.That or Part.Who))
                {
                    at++;
                }

                continue;
            }

            if (p.IsComma(at) || mark.Part is Part.Adverb or Part.Object or Part.Pronoun || mark.DateAt > 0 || VerbForms.IsManner(p, at))
            {
                continue;
            }

            if (at == rest.From && Addressee(rest) is > 0 and var behind)
            {
                at = behind - 1;
                continue;
            }

            return false;
        }

        return true;
    }

    /// <summary>"told reporters", "informed the council": the words behind a verb of telling, up to a preposition.</summary>
    private int Addressee(Stretch rest)
    {
        if (rest.From == 0 || p[rest.From - 1].Verb?.Rule is not ("s.tell" or "s.inform"))
        {
            return 0;
        }

        var at = rest.From;
        while (at < rest.To && !p.IsComma(at) && p[at].Part is not (Part.Prep or Part.To or Part.That or Part.Who) && !p.IsQuote(at) && at - rest.From < 8)
        {
            at++;
        }

        return at;
    }

    private bool HasInfinitive(Stretch rest)
    {
        for (var at = rest.From + 1; at < rest.To && at < rest.From + 12; at++)
        {
            if (p[at].Part is Part.To && at + 1 < rest.To && p[at + 1].Verb is not null)
            {
                return true;
            }
        }

        return false;
    }

    private Stretch? AsSaying(Stretch rest)
    {
        for (var at = rest.From; at + 1 < rest.To && at < rest.From + 10; at++)
        {
            if (p.Text(at).Equals("as", StringComparison.OrdinalIgnoreCase) && p.Text(at + 1).Equals("saying", StringComparison.OrdinalIgnoreCase))
            {
                return new(rest.From, at);
            }
        }

        return null;
    }

    private Stretch? By(Stretch rest)
    {
        if (rest.IsEmpty || p[rest.From].Part is not Part.By)
        {
            return null;
        }

        return new(rest.From + 1, NameEnd(new(rest.From + 1, rest.To)));
    }

    private int NameEnd(Stretch rest)
    {
        var at = rest.From;
        while (at < rest.To && !p.IsComma(at) && !p.IsQuote(at) && p[at].Part is not (Part.That or Part.Who or Part.Sub or Part.And) && p[at].DateAt == 0 && !(p[at].Part is Part.Prep && at > rest.From && !p.IsCapital(at + 1)) && at - rest.From < 12)
        {
            at++;
        }

        return at;
    }

    private Stretch TrimmedPhrase(Stretch s)
    {
        var from = s.From;
        while (from < s.To && (p[from].Part is Part.Adverb or Part.Sub || p.IsComma(from) || p[from].DateAt > 0))
        {
            from++;
        }

        return new(from, s.To);
    }
}
