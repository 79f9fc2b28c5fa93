using NodaTime;
using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts.Clauses;
using Safeconduct.Intake.Texts.Counts;
using Safeconduct.Intake.Texts.Dates;
using Safeconduct.Intake.Texts.Kinds;
using Safeconduct.Intake.Texts.Links;
using Safeconduct.Intake.Texts.Original;
using Safeconduct.Intake.Texts.Places;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Intake.Texts.Speakers;
using Safeconduct.Intake.Texts.Statuses;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.Texts;

/// <summary>Reads one text, paragraph by paragraph: each sentence is cut into clauses, each clause gets its speaker, its kind, its counts, its place and its time.</summary>
internal sealed class Reader
{
    private readonly TextRequest _request;
    private readonly Passage _p;
    private readonly Discourse _discourse = new();
    private readonly ClauseFinder _clauses;
    private readonly Attribution _attribution;
    private readonly CountFinder _counts;
    private readonly List<Proposal> _proposals = [];
    private readonly List<Span> _setAside = [];
    private readonly PlaceIndex? _index;
    private readonly List<PlaceFound> _known = [];
    private bool _isFirst = true;
    private int _paragraphFrom;

    public Reader(TextRequest request, TextWords words)
    {
        _request = request;
        _p = new(words.Lexicon, words);
        _clauses = new(_p);
        _attribution = new(_p, _discourse);
        _counts = new(_p);
        _index = request.Places is { Count: > 0 } places ? PlaceIndex.Of(places) : null;
    }

    public (IReadOnlyList<Proposal> Proposals, IReadOnlyList<Span> SetAside) Read(Action<int>? progress)
    {
        var blocks = new Blocks(_request.Original);
        while (blocks.Next(_p.Block))
        {
            _p.Read();
            if (Boilerplate.Is(_p))
            {
                _setAside.Add(_p.Block.Whole);
                continue;
            }

            _index?.Find(_p, _known);
            Paragraph();
            progress?.Invoke(blocks.At);
        }

        _proposals.Sort((a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start) : b.Span.End.CompareTo(a.Span.End));
        var numbers = new int[_proposals.Count + 1];
        for (var i = 0; i < _proposals.Count; i++)
        {
            numbers[_proposals[i].Number] = i + 1;
        }

        var numbered = _proposals.Select((p, i) => p with { Number = i + 1, Ties = p.Ties.Count == 0 ? p.Ties : [.. p.Ties.Select(t => t with { To = numbers[t.To] })] }).ToList();
        return (Linking.Tied(numbered, _request.Original), _setAside);
    }

    /// <summary>Names of persons in the paragraph: two to four capitals in a row that are no words of the lexicon, not at a sentence's start alone.</summary>
    private void Names()
    {
        for (var at = 0; at < _p.Count && !_p.IsCapitals; at++)
        {
            var to = at;
            while (to < _p.Count && to - at < 5 && _p.IsWord(to) && _p.IsCapital(to) && _p[to].Part is Part.None && _p[to].Noun is null && _p[to].DateAt == 0 && !(to > at && _p.Wording[to].Start - _p.Wording[to - 1].End != 1))
            {
                to++;
            }

            if (to - at is >= 2 and <= 4)
            {
                _discourse.Named(_p.Between(at, to));
            }

            at = Math.Max(at, to - 1);
        }
    }

    private void Paragraph()
    {
        _paragraphFrom = _proposals.Count;
        Names();
        var start = DateLine.Skip(_p);
        if (_isFirst && IsHeadline())
        {
            _isFirst = false;
            _setAside.Add(_p.Block.Whole);
            return;
        }

        _isFirst = false;
        _discourse.InQuote = null;
        if (LogLine() is { } day)
        {
            _discourse.LineDay = day;
        }

        foreach (var whole in _p.Sentences)
        {
            var sentence = LogPrefix(whole.From < start ? new Stretch(Math.Min(start, whole.To), whole.To) : whole);
            if (sentence.IsEmpty)
            {
                continue;
            }

            Sentence(sentence);
        }
    }

    /// <summary>"14:20 - ", "10 May: ": the entry's time is no part of what it says.</summary>
    private Stretch LogPrefix(Stretch sentence)
    {
        var at = sentence.From;
        while (at < sentence.To && at < sentence.From + 8 && (_p.IsMark(at, '/') || _p.Wording[at].Kind is LexemeKind.Clock or LexemeKind.Number || _p[at].DateAt > 0 || _p.IsComma(at) || (_p.IsWord(at) && _p.Text(at) is "GMT" or "UTC" or "hrs" or "h")))
        {
            at++;
        }

        if (at == sentence.From)
        {
            at = Label(sentence);
        }

        return at > sentence.From && at < sentence.To && (_p.IsMark(at, ':') || _p.HasDashBefore(at) || _p.IsMark(at, '—'))
            ? new(_p.HasDashBefore(at) && _p.Wording[at].Kind is not LexemeKind.Mark ? at : at + 1, sentence.To)
            : sentence;
    }

    /// <summary>"Access: ", "Explosive hazards: ": the words before a colon that head an entry. A name before a quotation is its speaker, and stays.</summary>
    private int Label(Stretch sentence)
    {
        for (var at = sentence.From; at < sentence.To && at < sentence.From + 5; at++)
        {
            if (_p.IsMark(at, ':'))
            {
                if (at == sentence.From || at + 2 >= sentence.To || _p.Wording[at].Start != _p.Wording[at - 1].End)
                {
                    return sentence.From;
                }

                _attribution.Labelled(new(sentence.From, at));
                return at;
            }

            if (!_p.IsWord(at) || _p[at].Verb is { } && _p[at].Noun is null && !_p.IsCapital(at))
            {
                return sentence.From;
            }
        }

        return sentence.From;
    }

    /// <summary>A short first line without an end is a headline; the body says it again.</summary>
    private bool IsHeadline() => _p.Count is > 0 and < 18 && !_p.Wording[_p.Count - 1].EndsSentence && !_p.IsQuote(_p.Count - 1) && !_p.IsMark(_p.Count - 1, ':') && _p.Block.Whole.End + 40 < _request.Original.Length && !_p.IsCapitals | _p.Count < 14 && LogLine() is null;

    /// <summary>"10 May: Gate opened": the date that a log's line begins with.</summary>
    private LocalDate? LogLine()
    {
        if (_p.Dates.Count == 0 || _p.Dates[0].From > 1 || _p.Dates[0].Form is not (DateForm.Day or DateForm.Weekday))
        {
            return null;
        }

        var to = _p.Dates[0].To;
        if (to < _p.Count && !(_p.IsMark(to, ':') || _p.IsMark(to, '.') || _p.HasDashBefore(to)))
        {
            return null;
        }

        return DateResolving.Resolve(_p.Dates[0], _request.Published, _discourse.Day, false)?.Start.Date;
    }

    private void Sentence(Stretch sentence)
    {
        var clauses = _clauses.Find(sentence);
        var from = _proposals.Count;
        foreach (var told in _attribution.Of(sentence, clauses))
        {
            Claims(told, sentence);
        }

        Deals(sentence, from);
        Demands(sentence, from);
        for (var i = 0; i < _p.Dates.Count; i++)
        {
            if (sentence.Has(_p.Dates[i].From) && !_p.Dates[i].IsOpen && Day(_p.Dates[i], false) is { } spoken)
            {
                _discourse.Day = spoken.Start.Date;
            }
        }

        for (var i = from; i < _proposals.Count; i++)
        {
            if (_proposals[i].Places is [{ Words: not null } place, ..])
            {
                (_discourse.Place, _discourse.PlaceCandidates) = (place.Name, place.Candidates);
            }
        }
    }

    /// <summary>"a truce deal brokered by two states", "the agreement of 31 October": a phrase that states a fact.</summary>
    private void Deals(Stretch sentence, int firstProposal)
    {
        for (var at = sentence.From; at + 1 < sentence.To; at++)
        {
            if (_p[at].Noun is not { Class: "truce" or "deal" } || _p[at].IsJoined)
            {
                continue;
            }

            var next = Math.Max(at + 1, _p[at].NounTo);
            while (next < sentence.To && _p[next].Noun is { Class: "truce" or "deal" })
            {
                next++;
            }

            if (next + 1 >= sentence.To || !(IsMade(next) || (_p[next].Part is Part.Of or Part.Prep && _p[next + 1].DateAt > 0 && (_p[next].Part is Part.Of || Clauses.Forms.OtherForms.Reads(_p)))))
            {
                at = next - 1;
                continue;
            }

            var from = at;
            while (from > sentence.From && _p.IsWord(from - 1) && _p[from - 1].Part is Part.None or Part.Det && _p[from - 1].Verb is null && from > at - 5)
            {
                from--;
                if (_p[from].Part is Part.Det)
                {
                    break;
                }
            }

            var to = next + 1;
            while (to < sentence.To && !_p.IsComma(to) && _p[to].Part is not (Part.Who or Part.That or Part.Sub or Part.But) && !VerbForms.IsAuxiliary(_p[to].Part) && _p.Wording[to].Kind is not LexemeKind.Mark && to - next < 12)
            {
                to++;
            }

            var words = Trimmed(new(from, to));
            var span = SpanOf(words);
            if (_proposals.Skip(firstProposal).Any(p => p.Kind is ClaimKind.Agreement && p.Span.Start >= span.Start - 12 && p.Span.Start <= span.Start + 3))
            {
                at = next;
                continue;
            }

            var around = _proposals.Skip(firstProposal).LastOrDefault(p => p.Span.Start <= span.Start);
            Add(new(words, null, around?.Source, around?.Via ?? [], null, "noun.deal"), words, new(ClaimKind.Agreement), _p[at].Noun!.Rule + "+made", Modality.Asserted, "status.plain", null, null, null);
            at = next;
        }
    }

    /// <summary>"their demand for the release of 70", "an appeal by the committee for a cease-fire".</summary>
    private void Demands(Stretch sentence, int firstProposal)
    {
        for (var at = sentence.From + 1; at + 2 < sentence.To; at++)
        {
            if (!(_p.Text(at) is "demand" or "demands" or "appeal" or "appeals" or "plea" or "request" or "DEMAND" or "APPEAL" or "REQUEST") || _p[at - 1].Part is not (Part.Det or Part.None))
            {
                continue;
            }

            var by = Stretch.None;
            var next = at + 1;
            if (_p[next].Part is Part.By)
            {
                while (next + 1 < sentence.To && !_p.Text(next).Equals("for", StringComparison.OrdinalIgnoreCase) && next - at < 9)
                {
                    next++;
                }

                by = new(at + 2, next);
            }

            if (!_p.Text(next).Equals("for", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var to = next + 1;
            while (to < sentence.To && !_p.IsComma(to) && _p[to].Part is not (Part.Who or Part.Sub or Part.But) && !VerbForms.IsAuxiliary(_p[to].Part) && _p.Wording[to].Kind is not LexemeKind.Mark && to - next < 14)
            {
                to++;
            }

            var words = Trimmed(new(_p[at - 1].Part is Part.Det ? at - 1 : at, to));
            var span = SpanOf(words);
            if (KindReading.OfPhrase(_p, new(next + 1, to)) is not { IsFar: false } kind || _proposals.Skip(firstProposal).Any(x => x.Span.Holds(span) && x.Modality is Modality.Demanded))
            {
                continue;
            }

            var around = _proposals.Skip(firstProposal).LastOrDefault(x => x.Span.Start <= span.Start);
            var source = by.IsEmpty ? around?.Source : _attribution.Named(by) ?? around?.Source;
            var count = Main([.. _counts.In(new(next + 1, to))], kind, words);
            Add(new(words, null, source, by.IsEmpty ? around?.Via ?? [] : [], Modality.Demanded, "noun.demand"), words, kind.Kind, kind.Rule, Modality.Demanded, "noun.demand", count, kind, null);
        }
    }

    private bool IsMade(int at) => VerbForms.Of(_p, at) is VerbForm.Past or VerbForm.Participle && _p[at].Verb is { } verb
        && (verb.Kind?.Kind is ClaimKind.Agreement or ClaimKind.Negotiation or ClaimKind.Movement || verb.Speech is Speech.Say or Speech.Promise || verb.Aspect is Aspect.Do) && at + 1 < _p.Count && (_p[at + 1].Part is Part.By or Part.Prep or Part.To || (_p[at + 1].DateAt > 0 && Clauses.Forms.OtherForms.Reads(_p)));

    private void Claims(Told told, Stretch sentence)
    {
        var core = Trimmed(Purposes(told, sentence));
        if (told.Rule.EndsWith("s.put-at", StringComparison.Ordinal))
        {
            core = BehindAt(core);
        }

        if (core.Length < 1)
        {
            return;
        }

        var kind = told.Clause is { } clause ? KindReading.Of(_p, clause) : KindReading.OfPhrase(_p, core, told.Rule.StartsWith("sieve.accuse", StringComparison.Ordinal) || told.Modality is Modality.Demanded);
        if (told.Rule.StartsWith("sieve.accuse", StringComparison.Ordinal) && kind is null or { Kind.Kind: ClaimKind.Movement or ClaimKind.Agreement or ClaimKind.Negotiation or ClaimKind.Aid or ClaimKind.Resolution or ClaimKind.Statement })
        {
            // What somebody is accused of is a deed.
            kind = new(new(ClaimKind.Incident), "accused-of", kind?.Patient ?? core, false, true);
        }

        if (told.Rule == "sieve.pledges" && LetsGo(core))
        {
            // To pledge that others may go is a term.
            kind = new(new(ClaimKind.Agreement), "sieve.pledges+let", core, false, true);
        }

        if (told.IsAboutSpeech && told.Clause is null)
        {
            kind = null;
        }

        if (kind is null or { Kind.Kind: ClaimKind.Statement } && told.Source is null && !IsAnnounced(told))
        {
            return;
        }

        if (told.Source is null && told.Clause is { } vague && vague.Verb.Is(Mood.Must) && vague.Subject.Length == 1 && _p[vague.Subject.From].Part is Part.Pronoun)
        {
            return;
        }

        if (kind is { IsFar: true } && told.Source is null)
        {
            return;
        }

        if (kind is null && (told.Modality is Modality.Denied || IsCalledFalse(core)) && Denied(core) is { } denied)
        {
            kind = denied;
        }

        if (kind is null && told.Source is not null && _p[core.From].Part is Part.Prep or Part.To)
        {
            return;
        }

        if (told.Clause is { Join: Join.If } && told.Modality is not Modality.Demanded)
        {
            return;
        }

        if (kind is null && !IsAnnounced(told) && told.Clause is { } weak && (weak.Join is Join.Relative or Join.Participle or Join.Sub || core.Length < 3))
        {
            return;
        }

        if (kind is { IsStrong: false } && told.Source is null && (told.Clause is { Join: Join.Sub or Join.Relative } || (kind is { IsFar: true } && told.Clause is { Join: Join.Participle })))
        {
            return;
        }

        var counts = _counts.In(told.Core).ToList();
        if (core.Length <= (kind is { IsStrong: true } && Clauses.Forms.OtherForms.Reads(_p) ? 1 : 2) && counts.Count == 0 && told.Modality is not Modality.Denied)
        {
            return;
        }

        var main = Main(counts, kind, core);
        var (modality, statusRule) = StatusReading.Of(_p, told, kind, main is { Bound: { Low: 0, High: 0 } });
        if (told.Clause is { } conditioned && modality is Modality.Planned or Modality.Asserted && IsConditioned(conditioned, sentence))
        {
            (modality, statusRule) = (Modality.Conditional, "status.if-behind");
        }

        var when = When(core, sentence, modality);
        if (kind is { Rule: "v.agree" } && told.Clause is { } agreed && NounPhrase.InnerVerb(_p, agreed.Rest) is >= 0 and var settled && _p[settled].Verb!.Kind is { Kind: not ClaimKind.Agreement } inner)
        {
            // "agreed to exchange 75 detainees": an agreement, and what it is to bring.
            var within = Trimmed(new(settled, agreed.Whole.To));
            var first = Main(counts, new(inner, "", within, false, true), within);
            if (first is not null)
            {
                Add(told, within, inner, "v.agree+to", Modality.Planned, "status.agreed", first, null, when);
                main = null;
            }
        }

        if (main is null && told.Clause is { Join: Join.Relative, Subject.IsEmpty: true } relative && kind?.Kind.Kind is ClaimKind.Casualty or ClaimKind.Movement or ClaimKind.HeadcountRemaining or ClaimKind.Obstruction)
        {
            main = _counts.In(relative.Antecedent).Select(c => (CountFound?)c).FirstOrDefault();
            if (main is { IsAll: true } everyone && everyone.Words.To >= relative.Antecedent.To)
            {
                core = new(everyone.Words.From, core.To);
            }
        }

        var k = kind?.Kind ?? new KindRead(ClaimKind.Statement);
        var number = _proposals.Count + 1;
        Add(told, core, k, kind?.Rule ?? "kind.attributed", modality, statusRule, main, kind, when);
        if (k.Kind is ClaimKind.Statement)
        {
            return;
        }

        foreach (var count in counts)
        {
            if (count == main || (count.NounClass is "attack" or "fire" && k.Kind is not ClaimKind.Incident) || (count.NounClass is "unknown" && k.Kind is not (ClaimKind.Movement or ClaimKind.Casualty or ClaimKind.HeadcountRemaining)))
            {
                continue;
            }

            var nominal = Nominal(count, core);
            if (nominal is null && k.Kind is ClaimKind.Agreement or ClaimKind.Negotiation or ClaimKind.Resolution or ClaimKind.Control)
            {
                continue;
            }

            var (words, sub) = nominal ?? (count.Words, SubKind(count, k));
            Add(told, words, sub, count.Rule, modality, statusRule, count, kind, when, count.IsPart && number <= _proposals.Count ? number : 0);
        }
    }

    private bool LetsGo(Stretch core)
    {
        for (var at = core.From; at < core.To; at++)
        {
            if (_p[at].Verb is { Aspect: Aspect.Allow } or { Rule: "v.let-go" or "v.let-off" or "v.get-through" })
            {
                return true;
            }
        }

        return false;
    }

    private bool IsCalledFalse(Stretch core)
    {
        for (var at = core.From; at < core.To && core.Length <= 9; at++)
        {
            if (_p.Text(at) is "fabrication" or "nonsense" or "lie" or "untrue" or "baseless" or "LIE" or "UNTRUE" or "NONSENSE")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"put the toll at one dead and three injured": the counts behind "at" say it all, where they name who.</summary>
    private Stretch BehindAt(Stretch core)
    {
        for (var at = core.From; at + 2 < core.To; at++)
        {
            if (_p.Text(at).Equals("at", StringComparison.OrdinalIgnoreCase) && _p[at + 1].NumberAt > 0)
            {
                var behind = new Stretch(at + 1, core.To);
                return KindReading.OfPhrase(_p, behind) is { IsFar: false } || _counts.In(behind).Any(c => _p[c.Whom.From].Verb?.Kind is not null) ? behind : core;
            }
        }

        return core;
    }

    /// <summary>"pressed for a pause: to bring in aid and to free them": each purpose is a demand of its own.</summary>
    private Stretch Purposes(Told told, Stretch sentence)
    {
        if (told.Modality is not Modality.Demanded)
        {
            return told.Core;
        }

        for (var at = told.Core.From; at + 1 < told.Core.To; at++)
        {
            if (!_p.IsMark(at, ':') || _p[at + 1].Part is not Part.To)
            {
                continue;
            }

            var from = at + 1;
            for (var next = from + 1; next <= told.Core.To; next++)
            {
                if (next == told.Core.To || (_p[next].Part is Part.To && next + 1 < told.Core.To && _p[next + 1].Verb is not null && _p[next - 1].Part is Part.And || (_p[next].Part is Part.To && _p.IsComma(next - 1))))
                {
                    var to = next;
                    while (to > from && (_p[to - 1].Part is Part.And || _p.IsComma(to - 1) || _p[to - 1].NumberAt > 0))
                    {
                        to--;
                    }

                    Claims(told with { Core = new(from, to), Clause = null }, sentence);
                    from = next;
                }
            }

            return new(told.Core.From, at);
        }

        return told.Core;
    }

    /// <summary>"denied this", "denied responsibility": of the kind of the claim before.</summary>
    private ClauseKind? Denied(Stretch core)
    {
        if (core.Length > 9 || _proposals.Count == 0)
        {
            return null;
        }

        var last = _proposals[^1];
        for (var i = _proposals.Count - 1; i >= Math.Max(0, _proposals.Count - 4); i--)
        {
            if (_proposals[i].Kind is ClaimKind.Incident or ClaimKind.Obstruction)
            {
                last = _proposals[i];
                break;
            }
        }

        for (var at = core.From; at < core.To; at++)
        {
            if (_p.Text(at) is "this" or "it" or "that" or "responsibility" or "involvement" or "charge" or "charges" or "claim" or "claims" or "report" or "reports" or "allegation" or "allegations" or "accusation" or "accusations" or "account" or "fabrication" or "nonsense" or "lie" or "untrue" or "false" or "baseless" or "THIS" or "LIE")
            {
                return new(new(last.Kind, last.Harm), "denies-the-last", core, true, true);
            }
        }

        return null;
    }

    /// <summary>"would resume if the fire stopped".</summary>
    private bool IsConditioned(Clause c, Stretch sentence)
    {
        if (!(c.Verb.Is(Mood.Would) || c.Verb.Is(Mood.Future) || _p[c.Verb.HeadAt].Verb?.Speech is Speech.Plan or Speech.Promise))
        {
            return false;
        }

        for (var at = c.Verb.To; at < Math.Min(sentence.To, c.Whole.To + 4); at++)
        {
            if (_p[at].Part is Part.If || _p.Text(at) is "permitting" || (_p.Text(at) is "soon" && at + 1 < sentence.To && _p.Text(at + 1) is "as"))
            {
                return true;
            }
        }

        return c.Whole.From > sentence.From && _p[sentence.From].Part is Part.If;
    }

    /// <summary>In the text's own voice: what somebody is to say, or must do.</summary>
    private bool IsAnnounced(Told told) => told.Clause is { Doer.IsEmpty: false } c && !(c.Doer.Length == 1 && _p[c.Doer.From].Part is Part.Pronoun)
        && ((c.Verb.Is(Mood.Future) && _p[c.Verb.HeadAt].Verb is { Speech: not Speech.None } or { Kind.Kind: ClaimKind.Negotiation }) || c.Verb.Is(Mood.Must));

    /// <summary>"the release of two hostages": the count belongs to the noun, and the claim is the whole phrase.</summary>
    private (Stretch Words, KindRead Kind)? Nominal(CountFound count, Stretch core)
    {
        // "for more than 50 hostages to be released".
        if (count.Words.To + 2 < core.To && _p[count.Words.To].Part is Part.To && _p[count.Words.To + 1].Part is Part.Be && _p[count.Words.To + 2].Verb?.Kind is { } settled)
        {
            return (new(count.Words.From, count.Words.To + 3), settled);
        }

        var at = count.Words.From - 1;
        if (at <= core.From || _p[at].Part is not Part.Of || _p[at - 1].Noun is not { Class: "evacuation" or "toll", Kind: { } kind })
        {
            return null;
        }

        var from = at - 1;
        while (from > core.From && _p[from - 1].Part is Part.Det)
        {
            from--;
        }

        var to = count.Words.To;
        if (to + 1 < core.To && _p[to].Part is Part.Prep && _p[to + 1].DateAt > 0)
        {
            for (to++; to < core.To && _p[to].DateAt > 0; to++)
            {
            }
        }

        return (new(from, to), kind);
    }

    private KindRead SubKind(CountFound count, KindRead main)
    {
        if (main.Kind is not ClaimKind.Casualty)
        {
            return main;
        }

        for (var at = count.Words.From; at < Math.Min(count.Words.To + 2, _p.Count); at++)
        {
            if (_p[at].Verb?.Kind is { Kind: ClaimKind.Casualty } own)
            {
                return own;
            }

            if (at >= count.Words.To && _p[at].Part is not (Part.Be or Part.Have or Part.None))
            {
                break;
            }
        }

        return main;
    }

    /// <summary>The count that the clause itself carries: the first among those it happened to, else its first; never one named as a part.</summary>
    private static CountFound? Main(List<CountFound> counts, ClauseKind? kind, Stretch core)
    {
        CountFound? first = null;
        foreach (var count in counts)
        {
            if (count.IsPart || (count.NounClass is "unknown" && kind?.Kind.Kind is not (ClaimKind.Movement or ClaimKind.Casualty or ClaimKind.HeadcountRemaining or ClaimKind.Obstruction or null)))
            {
                continue;
            }

            // Terms, talks, texts and ground count nobody; a number in such a clause is another claim, if any.
            if (kind?.Kind.Kind is ClaimKind.Agreement or ClaimKind.Negotiation or ClaimKind.Resolution && count.NounClass is "person" or "force" or "vehicle" or "truck")
            {
                continue;
            }

            if (count.NounClass is "goods" or "aid" && kind?.Kind.Kind is ClaimKind.Resumption or ClaimKind.Suspension)
            {
                continue;
            }

            if (count.NounClass is "attack" or "fire" && kind?.Kind.Kind is not ClaimKind.Incident)
            {
                continue;
            }

            if (kind is { } k && k.Patient.From <= count.Words.From && count.Words.To <= k.Patient.To && k.Patient.Length < core.Length)
            {
                return count;
            }

            first ??= count;
        }

        return first;
    }

    private void Add(Told told, Stretch core, KindRead kind, string kindRule, Modality modality, string statusRule, CountFound? count, ClauseKind? clause, SaidWhen? when, int partOf = 0)
    {
        var span = SpanOf(core);
        // Spans of two paragraphs never meet.
        for (var i = _proposals.Count - 1; i >= _paragraphFrom; i--)
        {
            if (_proposals[i].Span == span && _proposals[i].Kind == kind.Kind)
            {
                return;
            }
        }

        var trace = new List<Trace> { new("source", told.Source?.Name ?? "narrator", told.Rule, told.Source?.Mention), new("kind", Token.Of(kind.Kind), kindRule, span), new("status", ClaimsForm.StatusOf(modality), statusRule) };
        SaidCount? said = null;
        if (count is { } c)
        {
            said = new(c.Bound, c.IsAll, SpanOf(c.Words), c.Unit, c.Category, c.IsFurther);
            trace.Add(new("count", c.IsAll ? "all" : c.Bound.ToString()!, c.Rule, SpanOf(c.Words)));
        }

        var places = PlaceReading.In(_p, core, kind.Kind, _known);
        if (places.Count == 0 && _discourse.Place is { } carried && kind.Kind is not (ClaimKind.Agreement or ClaimKind.Negotiation or ClaimKind.Resolution or ClaimKind.Statement))
        {
            places = [new(carried, null, _discourse.PlaceCandidates, PlaceRole.At)];
        }

        _proposals.Add(new()
        {
            Number = _proposals.Count + 1,
            Span = span,
            Quote = span.Of(_request.Original),
            Kind = kind.Kind,
            Source = told.Source,
            Via = told.Via,
            Count = said,
            Category = count is { } whom ? _p.Between(whom.Whom.From, whom.Whom.To) : Moved(clause, kind.Kind),
            Harm = kind.Kind is ClaimKind.Casualty ? kind.Harm ?? Safeconduct.Statements.Quantities.Measure.Harmed : null,
            Places = places,
            When = when,
            Modality = modality,
            Loaded = Loaded(core),
            Trace = trace,
            Ties = partOf > 0 ? [new(Bearing.PartOf, partOf, "including")] : [],
            Band = Calibration.BandOf(kind.Kind, clause is { IsStrong: true }, count is not null, modality),
        });
    }

    /// <summary>The words for whom or what it happened to, where nobody is counted.</summary>
    private string? Moved(ClauseKind? clause, ClaimKind kind)
    {
        if (clause is not { } c || kind is ClaimKind.Incident or ClaimKind.Control or ClaimKind.Agreement or ClaimKind.Negotiation or ClaimKind.Resolution or ClaimKind.Statement)
        {
            return null;
        }

        for (var at = c.Patient.From; at < c.Patient.To; at++)
        {
            if (_p[at].Noun is { Class: "person" or "force" or "vehicle" or "truck" or "body" } && !_p[at].IsJoined)
            {
                var to = at + 1;
                if (to + 1 < c.Patient.To && _p[to].Part is Part.And && _p[to + 1].Noun is { Class: "person" or "force" or "vehicle" or "truck" })
                {
                    to += 2;
                }

                return _p.Between(at, to);
            }
        }

        return null;
    }

    private List<Span> Loaded(Stretch core)
    {
        var loaded = new List<Span>();
        for (var at = core.From; at < core.To; at++)
        {
            if (_p[at].Loaded is not null)
            {
                loaded.Add(SpanOf(new(at, Math.Min(_p[at].LoadedTo, core.To))));
            }
        }

        return loaded;
    }

    /// <summary>The claim's own date; else the one its sentence begins or is said with; else, in a log, that of the line.</summary>
    private SaidWhen? When(Stretch core, Stretch sentence, Modality modality)
    {
        var future = modality is Modality.Planned or Modality.Demanded or Modality.Promised;
        SaidWhen? outside = null;
        for (var i = 0; i < _p.Dates.Count; i++)
        {
            var date = _p.Dates[i];
            if (!sentence.Has(date.From) || date.IsOpen)
            {
                continue;
            }

            var inside = core.Has(date.From);
            if (Day(date, inside && future) is not { } time)
            {
                continue;
            }

            var words = SpanOf(new(date.From, date.To));
            if (inside)
            {
                return new(time, words);
            }

            if (date.From < core.From || outside is null)
            {
                outside = new(time, words, true);
            }
        }

        return outside ?? (_discourse.LineDay is { } line && modality is Modality.Asserted or Modality.Denied ? new(TimeSpoken.At(Moment.OnDay(line)), null, true) : null);
    }

    private TimeSpoken? Day(DateMention date, bool future) => DateResolving.Resolve(date, _request.Published, _discourse.Day, future);

    private Span SpanOf(Stretch s) => _p.Block.Of(_p.Wording[s.From].Start, _p.Wording[s.To - 1].End);

    private bool VerbBehind(int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            if (VerbForms.IsAuxiliary(_p[at].Part))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Without joining words, commas and outer quotation marks.</summary>
    private Stretch Trimmed(Stretch s)
    {
        var (from, to) = (s.From, s.To);
        for (var at = from + 2; at < to; at++)
        {
            // ", including an elderly woman": parts are claims of their own and not of the whole's words, where nothing follows them.
            if (_p.IsComma(at - 1) && _p.Text(at).Equals("including", StringComparison.OrdinalIgnoreCase) && !VerbBehind(at, to))
            {
                to = at - 1;
            }
        }

        while (from < to && (_p.Wording[from].Kind is LexemeKind.Mark || _p[from].Part is Part.And or Part.But or Part.Or))
        {
            from++;
        }

        while (to > from && _p.Wording[to - 1].Kind is LexemeKind.Mark)
        {
            to--;
        }

        while (to > from + 2 && _p[to - 1].Part is Part.And or Part.But or Part.Or)
        {
            to--;
        }

        return new(from, to);
    }
}
