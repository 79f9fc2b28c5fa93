using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts.Clauses;
using Safeconduct.Intake.Texts.Clauses.Forms;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements.Claims;

namespace Safeconduct.Intake.Texts.Speakers;

/// <summary>
/// Who answers for each clause of a sentence in a language other than English: "selon X"; "X a déclaré que ..."; "..., a déclaré X"; "X обвинил Y в ...". A semicolon ends what
/// somebody governs.
/// </summary>
internal sealed class OtherAttribution(Passage p, Discourse discourse, SpeakerNames names)
{
    private readonly List<Told> _told = [];

    public IReadOnlyList<Told> Of(Stretch sentence, IReadOnlyList<Clause> clauses)
    {
        _told.Clear();
        var from = sentence.From;
        for (var at = sentence.From; at <= sentence.To; at++)
        {
            if (at < sentence.To && !p.IsMark(at, ';') && !p.IsMark(at, '؛'))
            {
                continue;
            }

            var part = new Stretch(from, at);
            from = at + 1;
            if (!part.IsEmpty)
            {
                OfPart(part, [.. clauses.Where(c => part.Has(c.Whole.From) || (c.Verb.From < c.Verb.To && part.Has(c.Verb.HeadAt)))]);
            }
        }

        return _told;
    }

    private void OfPart(Stretch part, List<Clause> clauses)
    {
        var start = Aside(part, clauses, out var aside) ?? discourse.Carried ?? (discourse.InQuote is { } open ? new Governing(open, [], null, "sieve.quotation-goes-on") : Governing.Own);
        discourse.Carried = null;
        var governing = start;
        var first = _told.Count;
        for (var i = 0; i < clauses.Count; i++)
        {
            var c = clauses[i];
            var verb = c.Verb.From < c.Verb.To ? p[c.Verb.HeadAt].Verb : null;
            var speech = verb is null || verb.Kind is not null || c.Verb.Is(Mood.Bare) ? Speech.None : verb.Speech;
            if (speech is Speech.None || (c.Verb.Is(Mood.Passive) && speech is not (Speech.Demand or Speech.Accuse)))
            {
                Content(c, governing, aside);
                continue;
            }

            governing = p.Words.Language is "tr" ? Closing(c, speech, governing) : Frame(c, i, clauses, speech, governing, start, first, aside);
        }
    }

    private void Content(Clause c, Governing governing, Stretch aside)
    {
        var core = Without(c.Whole, aside);
        if (!core.IsEmpty)
        {
            _told.Add(new(core, c, governing.Source, governing.Via, governing.Modality, governing.Rule));
        }
    }

    private Governing Frame(Clause c, int i, List<Clause> clauses, Speech speech, Governing governing, Governing start, int first, Stretch aside)
    {
        var next = clauses.Skip(i + 1).FirstOrDefault(n => n.Join is not Join.Participle);
        var inverted = !IsNominal(c.Subject);
        var name = inverted ? NameIn(c.Rest, speech) : c.Subject;
        var rest = inverted ? new Stretch(name.To, c.Rest.To) : c.Rest;
        var own = IsFirstPerson(c);
        var speaker = own || name.IsEmpty ? null : names.Of(name);
        var nested = c.Join is Join.That && governing.Source is not null;
        var source = own ? governing.Source : speaker ?? (inverted && !name.IsEmpty ? null : governing.Source ?? (speech is Speech.Say or Speech.Confirm ? discourse.Last : null));
        IReadOnlyList<Speaker> via = nested && speaker is not null && speaker.Name != governing.Source!.Name ? [.. governing.Via, governing.Source] : nested || own ? governing.Via : [];
        Modality? modality = speech switch { Speech.Deny => Modality.Denied, Speech.Demand => Modality.Demanded, Speech.Promise or Speech.Plan => Modality.Planned, _ => null };
        var framed = new Governing(source, via, modality, $"sieve.{speech.ToString().ToLowerInvariant()}:{p[c.Verb.HeadAt].Verb!.Rule}");
        if (speaker is not null)
        {
            discourse.Spoke(speaker);
        }

        if (inverted && speech is Speech.Say or Speech.Confirm && _told.Count > first && next is not { Join: Join.That } && (c.Verb.From == 0 || IsBehind(c)))
        {
            for (var k = _told.Count - 1; k >= first; k--)
            {
                if (_told[k].Source is null || _told[k].Source == start.Source)
                {
                    _told[k] = _told[k] with { Source = framed.Source, Via = framed.Via, Rule = framed.Rule + ":behind" };
                }
            }

            return framed with { Source = start.Source, Via = start.Via, Modality = null, Rule = start.Rule };
        }

        if (next is { Join: Join.That or Join.If })
        {
            if (speech is Speech.Demand)
            {
                // "demande que ... soient évacuées": the clause behind says what.
                clauses.Remove(next);
                _told.Add(new(Without(new(c.Verb.HeadAt, next.Whole.To), aside), next, framed.Source, via, modality, framed.Rule));
                return framed;
            }

            return framed;
        }

        if (speech is Speech.Plan && Kinds.NounPhrase.Head(p, c.Subject) is { Class: "deal" or "truce" or "proposal" } && Kinds.KindReading.OfPhrase(p, c.Rest) is not null)
        {
            // "Un accord ... prévoit la libération": the terms are planned; the deal itself is a fact.
            _told.Add(new(Without(c.Rest, aside), null, governing.Source, governing.Via, Modality.Planned, framed.Rule));
            return governing;
        }

        if (own || speech is Speech.Plan or Speech.Refuse)
        {
            _told.Add(new(Without(c.Whole, aside), c with { Join = Join.Main }, speech is Speech.Plan && !IsOffice(name) ? governing.Source : framed.Source, via, modality, framed.Rule));
            return governing;
        }

        if (speech is Speech.Describe)
        {
            _told.Add(new(new(c.Verb.HeadAt, c.Whole.To), null, framed.Source, via, null, framed.Rule, true));
            return framed;
        }

        var keeps = speech is Speech.Demand or Speech.Promise;
        var phrase = Without(new(keeps ? c.Verb.HeadAt : Content(rest), c.Whole.To), aside);
        if (!phrase.IsEmpty && !rest.IsEmpty && (speech is not (Speech.Say or Speech.Confirm) || Kinds.KindReading.OfPhrase(p, phrase) is not null))
        {
            _told.Add(new(phrase, null, framed.Source, via, modality, framed.Rule));
        }

        return framed with { Modality = speech is Speech.Deny ? null : modality };
    }

    /// <summary>Turkish: the speaker opens the sentence, the verb of saying closes it, and what is said stands between.</summary>
    private Governing Closing(Clause c, Speech speech, Governing governing)
    {
        var from = c.Whole.From;
        var to = c.Verb.From;
        var end = from;
        while (end < to && !p.IsComma(end) && p[end].DateAt == 0 && !p.IsQuote(end))
        {
            end++;
        }

        var comma = end;
        while (comma < to && !p.IsComma(comma))
        {
            comma++;
        }

        var content = comma < to ? comma + 1 : end < to ? end : from;
        if (content == from)
        {
            // No comma: the capitals, or the first word, name the speaker.
            end = from;
            while (end < to && p.IsCapital(end) && p[end].NumberAt == 0)
            {
                end++;
            }

            content = end;
        }

        while (content < to && p.Wording[content].Kind is LexemeKind.Mark)
        {
            content++;
        }

        var own = IsFirstPerson(c);
        var speaker = own || end == from ? null : names.Of(new(from, end));
        if (own || speaker is null)
        {
            content = from;
        }
        else
        {
            discourse.Spoke(speaker);
        }

        Modality? modality = speech switch { Speech.Deny => Modality.Denied, Speech.Demand => Modality.Demanded, Speech.Promise => Modality.Planned, _ => null };
        var rule = $"sieve.{speech.ToString().ToLowerInvariant()}:{p[c.Verb.HeadAt].Verb!.Rule}";
        var stop = to;
        while (stop > content && p.Wording[stop - 1].Kind is LexemeKind.Mark)
        {
            stop--;
        }

        if (stop <= content && _told.Count > 0 && Opening(_told[^1].Core) is > 0 and var quote && names.Of(new(_told[^1].Core.From, quote)) is { } quoted)
        {
            // "X, “...” dedi": the name stands before the quotation that the verb of saying closes.
            discourse.Spoke(quoted);
            var last = _told[^1];
            _told[^1] = last with { Core = new(quote + 1, last.Core.To), Source = quoted, Modality = last.Modality ?? modality, Rule = rule };
            return governing;
        }

        if (stop > content)
        {
            var reported = Reported(new(content, stop));
            _told.Add(new(new(content, speech is Speech.Demand ? c.Whole.To : stop), reported, speaker ?? governing.Source, [], modality, rule));
        }

        return governing;
    }

    /// <summary>What is reported, as a clause of its own: the last verb before the verb of saying closes it.</summary>
    private Clause? Reported(Stretch s)
    {
        for (var at = s.To - 1; at >= s.From && at > s.To - 4; at--)
        {
            if (p[at].Verb is null || OtherForms.Of(p, at) is VerbForm.None)
            {
                continue;
            }

            var last = p.Text(s.To - 1);
            var mood = OtherForms.Ends(last, "ılacağını", "ileceğini", "ıldığını", "ildiğini", "uldüğünü", "ılmasını", "ilmesini") ? Mood.Passive : Mood.None;
            mood |= OtherForms.Ends(last, "acağını", "eceğini", "acak", "ecek") ? Mood.Future : Mood.None;
            return new(Join.Main, s, Stretch.None, new(s.From, at), new(at, s.To, at, mood), Stretch.None, Stretch.None);
        }

        return null;
    }

    private int Opening(Stretch s)
    {
        for (var at = s.From + 1; at < s.To; at++)
        {
            if (p.IsQuote(at))
            {
                return at;
            }
        }

        return -1;
    }

    private bool IsBehind(Clause c)
    {
        var before = c.Verb.From - 1;
        while (before > 0 && p[before].Part is Part.Adverb or Part.Pronoun or Part.Object)
        {
            before--;
        }

        return p.IsComma(before) || p.IsQuote(before) || p.Wording[before].Kind is LexemeKind.Mark || p.HasDashBefore(c.Verb.From);
    }

    private bool IsNominal(Stretch s)
    {
        for (var at = s.From; at < s.To; at++)
        {
            if (p.IsWord(at) && p[at].DateAt == 0 && p[at].Part is Part.None or Part.Pronoun or Part.Det)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOffice(Stretch s) => Kinds.NounPhrase.Head(p, s) is null or { Class: "office" or "force" } && !s.IsEmpty;

    /// <summary>"Nous appelons", "Требуем", "نطالب": the author of the text.</summary>
    private bool IsFirstPerson(Clause c)
    {
        if (c.Subject.Length is 1 && p[c.Subject.From].Part is Part.Pronoun)
        {
            return p.Text(c.Subject.From).ToString().ToLowerInvariant() is "nous" or "je" or "j'" or "мы" or "я" or "ми" or "نحن" or "أنا";
        }

        var verb = p.Text(c.Verb.To - 1);
        return c.Subject.IsEmpty && p.Words.Language switch
        {
            "ru" => OtherForms.Ends(verb, "ем", "им", "ём"),
            "uk" => OtherForms.Ends(verb, "ємо", "имо", "емо"),
            "ar" => OtherForms.Starts(p.Text(c.Verb.HeadAt), "نطالب", "ندعو", "ونطالب", "وندعو", "نؤكد", "ونؤكد"),
            _ => false,
        } || (p.Words.Language is "tr" && OtherForms.Ends(verb, "iyoruz", "ıyoruz", "uyoruz", "üyoruz", "oruz"));
    }

    /// <summary>Behind a verb of saying: dates and an addressee are stepped over, and the name ends where something else begins.</summary>
    private Stretch NameIn(Stretch rest, Speech speech)
    {
        var at = rest.From;
        while (at < rest.To)
        {
            if (p[at].DateAt > 0 || p[at].Part is Part.Adverb or Part.Object || (p[at].Part is Part.Prep && at + 1 < rest.To && p[at + 1].DateAt > 0) || (at + 1 < rest.To && IsAddressee(at) && !p.IsComma(at + 1)))
            {
                at++;
            }
            else if (p.Words.Language is "fr" && p[at].Part is Part.Prep && at + 3 < rest.To && p[at + 1].Part is Part.Det && p[at + 3].Part is Part.Det or Part.Of)
            {
                at += 3;
            }
            else
            {
                break;
            }
        }

        var from = at;
        var arabic = p.Words.Language is "ar";
        while (at < rest.To && at - from < 12 && !p.IsQuote(at) && p[at].DateAt == 0 && p[at].Part is not (Part.That or Part.Who) && !p.IsMark(at, ':'))
        {
            if (p.IsComma(at) && !(at + 1 < rest.To && p.IsCapital(at + 1) && rest.To - at <= 5))
            {
                break;
            }

            if (at > from && p[at].Part is Part.Prep && !(at + 1 < rest.To && p.IsCapital(at + 1)))
            {
                break;
            }

            if (arabic && at > from && (p[at].Verb is not null || p[at].Noun?.Kind is not null || (speech is Speech.Accuse && at > from + 1 && p[at].Noun is { Class: "force" or "person" } && at + 1 < rest.To && OtherForms.Starts(p.Text(at + 1), "ب")) || OtherForms.Starts(p.Text(at), "ب") && at + 1 < rest.To && p[at].Part is Part.None && p.Text(at) is not "باسم"))
            {
                break;
            }

            at++;
        }

        return new(from, at);
    }

    /// <summary>"сообщил журналистам", "повідомив агентству": a dative behind the verb.</summary>
    private bool IsAddressee(int at) => p.Words.Language is "ru" or "uk" && !p.IsCapital(at) && p[at].Part is Part.None && OtherForms.Ends(p.Text(at), "там", "рам", "стам", "тству", "ству");

    private int Content(Stretch rest)
    {
        var at = rest.From;
        while (at < rest.To && (p[at].Part is Part.Adverb || p.IsComma(at) || p[at].DateAt > 0 || (at == rest.From && p.Words.Language is "ru" or "uk" && p.Text(at) is "о" or "об" or "про")))
        {
            at++;
        }

        return at;
    }

    /// <summary>"Selon X", "по данным X", "X'e göre": the speaker of the whole part, and the words that name it.</summary>
    private Governing? Aside(Stretch part, List<Clause> clauses, out Stretch words)
    {
        words = Stretch.None;
        for (var at = part.From; at < part.To; at++)
        {
            if (p[at].Attribution is not { Value: "before" or "after" or "last" } rule)
            {
                continue;
            }

            var (from, to) = (p[at].AttributionTo, p[at].AttributionTo);
            if (rule.Value is "last")
            {
                // "по его словам": whoever spoke before.
                (words, from, to) = (new(at, p[at].AttributionTo), at, at);
            }
            else if (rule.Value is "after")
            {
                (from, to) = (at, at);
                while (from > part.From && !p.IsComma(from - 1) && !p.IsQuote(from - 1) && p[from - 1].DateAt == 0)
                {
                    from--;
                }

                words = new(from, p[at].AttributionTo);
            }
            else
            {
                while (to < part.To && !p.IsComma(to) && !p.IsQuote(to) && p.Wording[to].Kind is not LexemeKind.Mark && to - from < 10 && p[to].DateAt == 0 && p[to].Part is not (Part.That or Part.Who) && !clauses.Exists(c => c.Verb.From == to && c.Verb.To > to))
                {
                    to++;
                }

                words = new(at, to);
            }

            var speaker = to > from ? names.Of(new(from, to)) : discourse.Last;
            if (speaker is not null)
            {
                speaker = p.Words.Language is "tr" && speaker.Name.LastIndexOfAny(['\'', '’']) is > 0 and var mark ? speaker with { Name = speaker.Name[..mark] } : speaker;
                discourse.Spoke(speaker);
                return new(speaker, [], null, rule.Id);
            }
        }

        words = Stretch.None;
        return null;
    }

    /// <summary>Without the words that name the speaker by the way, where they stand at an edge.</summary>
    private Stretch Without(Stretch s, Stretch words)
    {
        var (from, to) = (s.From, s.To);
        if (!words.IsEmpty && words.From <= from + 1 && words.To > from)
        {
            from = Math.Min(words.To, to);
        }
        else if (!words.IsEmpty && words.From > from && words.From < to)
        {
            to = words.From;
        }

        while (from < to && (p.IsComma(from) || p.IsQuote(from)))
        {
            from++;
        }

        while (to > from && (p.IsComma(to - 1) || p.IsQuote(to - 1)))
        {
            to--;
        }

        return new(from, to);
    }
}
