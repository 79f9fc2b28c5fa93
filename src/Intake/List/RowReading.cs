using Safeconduct.Intake.Lexicons;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Access;
using Safeconduct.Statements.Kinds.Agreement;
using Safeconduct.Statements.Kinds.Appeal;
using Safeconduct.Statements.Kinds.Attribution;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Kinds.Control;
using Safeconduct.Statements.Kinds.Diplomacy;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Movement;
using Safeconduct.Statements.Kinds.Obstruction;
using Safeconduct.Statements.Kinds.Status;
using Safeconduct.Statements.Kinds.Undertaking;
using Safeconduct.Statements.Kinds.Unknown;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.List;

/// <summary>What a row says, before links: the kind, how it is meant, a number that ties into nothing.</summary>
internal sealed record RowSays(Said Said, Modality Modality = Modality.Asserted, Measured? Measured = null, bool IsUnmapped = false);

/// <summary>
/// The mapping of list kinds to kinds of statements, as the table in <c>formats/statement-list.md</c> has it. One statement a row: the one the row is about.
/// A plan, a promise or a condition is never a count; what can't be mapped is kept as a comment.
/// </summary>
internal sealed class RowReading
{
    private const int LongestWords = 400;

    private static readonly string[] Own = ["its ", "their ", "his ", "her "];

    private readonly RowText _text;
    private readonly CountReading _counts;
    private readonly PartsReading _parts;
    private readonly WordSet _elsewhen;
    private readonly WordSet _unfinished;

    /// <summary>Who says the row that is being read.</summary>
    private string _saidBy = "";

    public RowReading(Lexicon lexicon)
    {
        _text = new(lexicon);
        _counts = new(_text);
        _parts = new(_text, _counts);
        _elsewhen = lexicon.SetOf("after", "before", "once", "as", "until");
        _unfinished = lexicon.SetOf("was", "were", "is", "are", "been", "be", "not", "who", "which", "that");
    }

    /// <summary>Reads one row.</summary>
    /// <param name="onFirstDay">The row is about the day on which counting starts there, in a list that has no field for running totals.</param>
    /// <param name="isRunningTotal">Whether a count of this row would run from the operation's start, as the row or the list says; null where the words decide.</param>
    public (RowSays Says, TimeSpoken About, Basis Basis) Read(ListRow row, SourceChain chain, bool? isRunningTotal, bool onFirstDay, List<Reason> why)
    {
        _text.Read(row);
        _saidBy = chain.SaidBy.Body ?? chain.SaidBy.Name.Split(" (")[0];
        var number = _counts.Read(row, why);
        var says = row.Kind switch
        {
            ListKind.Movement => Movement(row, number, isRunningTotal, onFirstDay, why),
            ListKind.Remaining => Remaining(row, number, isRunningTotal, why),
            ListKind.Casualty => Casualty(row, number, isRunningTotal, why),
            ListKind.Control => Control(row, number, why),
            ListKind.Incident => Incident(row, number, isRunningTotal, why),
            ListKind.Obstruction => Obstruction(row, number, why),
            ListKind.Agreement => Agreement(row, number, why),
            ListKind.Suspension => Status(row, number, State.Suspended, why),
            ListKind.Resumption => Status(row, number, State.Resumed, why),
            ListKind.Aid => Aid(row, number, why),
            ListKind.Negotiation => Negotiation(row, number, why),
            ListKind.Resolution => Resolution(row, number, why),
            ListKind.Term => Term(row, number, why),
            _ => throw new ArgumentOutOfRangeException(nameof(row)),
        };
        return (says, When(row, why), BasisOf(says, why));
    }

    private RowSays Movement(ListRow row, NumberRead? number, bool? running, bool onFirstDay, List<Reason> why)
    {
        if (number is null)
        {
            return NotKnown(row, Statements.Quantities.Measure.Left, why) ?? StateSaid(why) ?? AllOut(why) ?? StartPlanned(row, why) ?? Vague(row, why) ?? Step(row, null, why) ?? Unmapped(row, number, why);
        }

        if (number.Counted is not { } counted)
        {
            return Step(row, number.Measured, why) ?? Unmapped(row, number, why);
        }

        var measure = MeasureOf(why, Statements.Quantities.Measure.Left);
        return PlanOf(number.Main, why) is { } modality
            ? new(new Undertaking(row.Category, Measure: measure, HowMany: counted), modality)
            : Headcount(measure, counted, number.Main, running, onFirstDay, why);
    }

    private RowSays Remaining(ListRow row, NumberRead? number, bool? running, List<Reason> why)
    {
        if (number?.Counted is { } counted)
        {
            return Headcount(MeasureOf(why, Statements.Quantities.Measure.Remaining), counted, number.Main, running, false, why);
        }

        return NotKnown(row, Statements.Quantities.Measure.Remaining, why) ?? AllOut(why) ?? Vague(row, why) ?? StateSaid(why) ?? Unmapped(row, number, why);
    }

    private RowSays Casualty(ListRow row, NumberRead? number, bool? running, List<Reason> why)
    {
        if (number?.Counted is { } counted)
        {
            return Headcount(MeasureOf(why, Statements.Quantities.Measure.Harmed), counted, number.Main, running, false, why);
        }

        return number is null
            ? NotKnown(row, MeasureOf([], Statements.Quantities.Measure.Harmed), why) ?? DeniedAccount(row, why) ?? Vague(row, why) ?? Unmapped(row, number, why)
            : Unmapped(row, number, why);
    }

    private RowSays Control(ListRow row, NumberRead? number, List<Reason> why)
    {
        if (_text.Find(Slot.Appeal) is { } appeal)
        {
            why.Add(new("kind", "appeal", appeal));
            return new(new Appeal(row.Category, Phrase(appeal)), Modality.Demanded);
        }

        if (StateSaid(why) is { } state)
        {
            return state with { Measured = number?.Measured };
        }

        var holder = Named(Slot.Holder, "holder", why);
        var extent = TokenOf<Extent>(Slot.Extent, "extent", why);
        return holder is null && extent is null
            ? Unmapped(row, number, why)
            : new(new Control(extent ?? (number is null ? Extent.NotSaid : Extent.Part), holder), DeniedOr(Modality.Asserted, why), number?.Measured);
    }

    private RowSays Incident(ListRow row, NumberRead? number, bool? running, List<Reason> why)
    {
        if (number?.Counted is { Unit: Unit.Violations } violations)
        {
            return Headcount(Statements.Quantities.Measure.Observed, violations, number.Main, running, false, why);
        }

        if (_text.In(TextField.Paraphrase, Slot.NotKnown) is { } unknown && _text.Find(Slot.Author) is null)
        {
            why.Add(new("kind", "attribution", unknown));
            return new(new Attribution(row.Category), Measured: number?.Measured);
        }

        var author = AuthorOf(why);
        var type = TokenOf<IncidentType>(Slot.IncidentType, "incident", why);
        var (harm, measured) = HarmOf(number, why);
        if (type is null && author is null && number is null)
        {
            return Unmapped(row, number, why);
        }

        return new(new Incident(type ?? IncidentType.Other, row.Category, author, harm is null ? null : [harm]), DeniedOr(Modality.Asserted, why), measured);
    }

    private (Harm? Harm, Measured? Measured) HarmOf(NumberRead? number, List<Reason> why)
    {
        if (number?.Counted is not { } counted)
        {
            return (null, number?.Measured);
        }

        var hit = _text.Find(Slot.Measure);
        var isVehicle = counted.Unit is Unit.Vehicles or Unit.Trips;
        if (hit is { } h && Token.TryRead<Measure>(h.Value, out var measure) && (measure is Statements.Quantities.Measure.Burned) == isVehicle)
        {
            why.Add(new("measure", h.Value, h));
            return (new(measure, counted), null);
        }

        // A number in an incident of which no harm is said ("an attack on some 5,000 people"): kept and shown, never a count of harm.
        return (null, new Measured(counted.Bound.Low, counted.Bound.High, counted.Bound.IsApproximate, isVehicle ? "vehicles" : "people"));
    }

    private RowSays Obstruction(ListRow row, NumberRead? number, List<Reason> why)
    {
        if (number?.Counted is { } planned && PlanOf(number.Main, why) is { } modality)
        {
            return new(new Undertaking(row.Category, Named(Slot.Author, "who", why), MeasureOf(why, Statements.Quantities.Measure.Left), planned), modality);
        }

        if (_text.Find(Slot.AllOut) is { Value: "empty" } empty)
        {
            why.Add(new("kind", "movement", empty));
            return new(new Movement(Statements.Kinds.Movement.Step.Departed, Aboard: new(Unit.People, Category.Everyone, Bound.Exactly(0))));
        }

        var what = TokenOf<Obstructed>(Slot.Obstructed, "what", why) ?? Obstructed.Passage;
        var how = TokenOf<Hindrance>(Slot.Hindrance, "how", why) ?? Hindrance.Delayed;
        var affected = number is null ? VagueCount(row, why) : number.Counted;
        return new(new Obstruction(what, how, Named(Slot.Author, "author", why), affected, CauseOf(why)), DeniedOr(Modality.Asserted, why), number?.Measured);
    }

    private RowSays Agreement(ListRow row, NumberRead? number, List<Reason> why)
    {
        if (number?.Counted is { } counted)
        {
            if (PlanOf(number.Main, why) is { } modality)
            {
                return new(new Undertaking(row.Category, Measure: MeasureOf(why, Statements.Quantities.Measure.Left), HowMany: counted), modality);
            }

            return new(new Agreement(ActOf(why), row.Category), DeniedOr(Modality.Asserted, why), new Measured(counted.Bound.Low, counted.Bound.High, counted.Bound.IsApproximate, "people or vehicles named"));
        }

        return new(new Agreement(ActOf(why), row.Category), DeniedOr(Modality.Asserted, why), number?.Measured);
    }

    private RowSays Status(ListRow row, NumberRead? number, State usual, List<Reason> why)
    {
        var state = TokenOf<State>(Slot.State, "state", why) ?? usual;
        return new(new Status(SubjectKind.Operation, state, CauseOf(why), Fleet(number, why)), DeniedOr(Modality.Asserted, why), number?.Measured);
    }

    /// <summary>The vehicles that a restart is told by: the number of all, then its parts.</summary>
    private IReadOnlyList<Counted>? Fleet(NumberRead? number, List<Reason> why) => number?.Counted is { Unit: Unit.Vehicles or Unit.Trips } counted
        ? [counted, .. _parts.Read(counted, number.Main, why)]
        : null;

    private RowSays Aid(ListRow row, NumberRead? number, List<Reason> why)
    {
        if (number?.Counted is { Unit: Unit.People } people)
        {
            return new(new Headcount(_text.Find(Slot.AllOut) is null ? Statements.Quantities.Measure.Present : Statements.Quantities.Measure.Remaining, people));
        }

        var act = TokenOf<AccessAct>(Slot.Aid, "act", why) ?? AccessAct.Assessed;
        return new(new Access(act, row.Category, number?.Counted), Measured: number?.Measured);
    }

    private RowSays Negotiation(ListRow row, NumberRead? number, List<Reason> why)
    {
        var denied = _text.Find(Slot.Denied);
        if (denied is { } d && _text.Find(Slot.Act) is not null)
        {
            why.Add(new("modality", "denied", d));
            return new(new Agreement(Act.Announced, row.Category), Modality.Denied, Shown(number));
        }

        var act = TokenOf<DiplomaticAct>(Slot.Diplomatic, "act", why) ?? DiplomaticAct.Talks;
        return new(new Diplomacy(act, row.Category), PlanOf(-1, why) ?? DeniedOr(Modality.Asserted, why), Shown(number));
    }

    private RowSays Resolution(ListRow row, NumberRead? number, List<Reason> why)
    {
        var modality = PlanOf(-1, why) ?? DeniedOr(Modality.Asserted, why);
        var act = modality is Modality.Denied ? DiplomaticAct.Position : TokenOf<DiplomaticAct>(Slot.Diplomatic, "act", why) ?? DiplomaticAct.Position;
        return new(new Diplomacy(act, row.Category, number?.Counted), modality, number?.Measured);
    }

    private RowSays Term(ListRow row, NumberRead? number, List<Reason> why)
    {
        var modality = DeniedOr(PlanOf(-1, why) ?? Modality.Promised, why);
        var measure = number?.Counted is null ? (Measure?)null : MeasureOf(why, Statements.Quantities.Measure.Left);
        return new(new Undertaking(row.Category, Measure: measure, HowMany: number?.Counted), modality, number?.Measured);
    }

    private RowSays Headcount(Measure measure, Counted counted, int main, bool? running, bool onFirstDay, List<Reason> why)
    {
        // "700 people in all, in the first convoy" is one convoy's total, not the operation's.
        var batch = running is true ? null : BatchOf(why);
        var total = running ?? (batch is null && IsTotal(why));
        var parts = _parts.Read(counted, main, why);
        if (!total && onFirstDay && batch is null && measure is (Statements.Quantities.Measure.Left or Statements.Quantities.Measure.Arrived))
        {
            // What a day's count has at the end of the first day is what has left since the start.
            total = true;
            why.Add(new("running total", "yes", "list"));
        }

        var denied = _text.Find(Slot.Denied) is { } d && (d.Match.NumberAt < 0 ? d.RuleId == "deny.account" && main < 0 : d.Match.NumberAt == main || main < 0) ? d : (Hit?)null;
        if (denied is { } deny)
        {
            why.Add(new("modality", "denied", deny));
        }

        return new(new Headcount(measure, counted, total, parts.Count > 0 ? parts : null, batch), denied is null ? Modality.Asserted : Modality.Denied);
    }

    private RowSays? NotKnown(ListRow row, Measure measure, List<Reason> why)
    {
        if (_text.Find(Slot.NotKnown) is not { } hit)
        {
            return null;
        }

        why.Add(new("kind", "unknown", hit));
        var (unit, category) = _counts.Spoken(why);
        return new(new Unknown(row.Category, measure, new Counted(unit, category, Bound.NotKnown)));
    }

    private RowSays? StateSaid(List<Reason> why) => _text.Find(Slot.State) is { } hit && Token.TryRead<State>(hit.Value, out var state)
        ? Because("state", hit, why, new(new Status(SubjectKind.Operation, state, CauseOf(why)), DeniedOr(Modality.Asserted, why)))
        : null;

    private RowSays? AllOut(List<Reason> why)
    {
        if (_text.In(TextField.Paraphrase, Slot.AllOut) is not { Value: "all-out" } hit)
        {
            return null;
        }

        // "Everyone needing urgent care was out" does not say that nobody is left: the words between keep it narrow.
        var (unit, category) = _counts.Spoken(why);
        var group = _counts.GroupOf(-1, why) ?? (hit.Match.To - hit.Match.From > 4 || category == Category.Everyone ? hit.Words : null);
        return Because("bound", hit, why, new(new Headcount(Statements.Quantities.Measure.Remaining, new(unit, category, Bound.Exactly(0), group))));
    }

    private RowSays? StartPlanned(ListRow row, List<Reason> why) =>
        PlanOf(-1, why) is { } modality ? new(new Undertaking(row.Category), modality) : null;

    /// <summary>A word that stands for a number, in a row that has none: "hundreds", "many".</summary>
    private RowSays? Vague(ListRow row, List<Reason> why) => VagueCount(row, why) is { } counted
        ? new(new Headcount(MeasureOf(why, row.Kind switch
        {
            ListKind.Remaining => Statements.Quantities.Measure.Remaining,
            ListKind.Casualty => Statements.Quantities.Measure.Harmed,
            _ => Statements.Quantities.Measure.Left,
        }), counted))
        : null;

    private Counted? VagueCount(ListRow row, List<Reason> why)
    {
        foreach (var mention in _text.Numbers)
        {
            if (mention.VagueWord is not { } word)
            {
                continue;
            }

            var noun = _counts.NounAfter(mention.To);
            if (noun is null && row.Kind is ListKind.Movement)
            {
                continue;
            }

            why.Add(new("bound", word, "vague", _text.Paraphrase, mention.From, mention.To));
            var (unit, category) = noun is { } n ? (n.Unit, n.Category) : _counts.Spoken(why);
            return new(unit, category, Bound.Vague(word, (long?)mention.Low), _counts.GroupOf(mention.To, why));
        }

        return null;
    }

    private RowSays? Step(ListRow row, Measured? measured, List<Reason> why)
    {
        if (TokenOf<Step>(Slot.Step, "step", why) is not { } step)
        {
            return null;
        }

        return new(new Movement(step, BatchOf(why)), Measured: measured);
    }

    private RowSays? DeniedAccount(ListRow row, List<Reason> why) =>
        _text.Find(Slot.Denied) is { } hit ? Because("modality", hit, why, new(new Attribution(row.Category), Modality.Denied)) : null;

    private static RowSays Unmapped(ListRow row, NumberRead? number, List<Reason> why)
    {
        why.Add(new("kind", "comment", "default"));
        return new(new Comment(row.Paraphrase), Modality.Asserted, Shown(number), IsUnmapped: true);
    }

    private static Measured? Shown(NumberRead? number) => number?.Measured
        ?? (number?.Counted is { } counted ? new Measured(counted.Bound.Low, counted.Bound.High, counted.Bound.IsApproximate, Token.Of(counted.Unit)) : null);

    private Measure MeasureOf(List<Reason> why, Measure usual)
    {
        if (_text.Find(Slot.Measure) is { } hit && Token.TryRead<Measure>(hit.Value, out var measure))
        {
            why.Add(new("measure", hit.Value, hit));
            return measure;
        }

        why.Add(new("measure", Token.Of(usual), "default"));
        return usual;
    }

    /// <summary>Planned, promised, demanded or conditional; null where the words assert. A rule that stands on a number must stand on the row's own.</summary>
    private Modality? PlanOf(int main, List<Reason> why)
    {
        foreach (var slot in (Slot[])[Slot.Planned, Slot.Conditional])
        {
            var hit = _text.In(TextField.Category, slot) ?? OnMain(slot, main);
            if (hit is { } h && Token.TryRead<Modality>(h.Value, out var modality))
            {
                why.Add(new("modality", h.Value, h));
                return modality;
            }
        }

        return null;
    }

    private Hit? OnMain(Slot slot, int main)
    {
        foreach (var hit in _text.All(TextField.Paraphrase, slot))
        {
            if (hit.Match.NumberAt < 0 || main < 0 || hit.Match.NumberAt == main)
            {
                return hit;
            }
        }

        return null;
    }

    private Modality DeniedOr(Modality otherwise, List<Reason> why)
    {
        if (_text.Find(Slot.Denied) is not { } hit)
        {
            return otherwise;
        }

        why.Add(new("modality", "denied", hit));
        return Modality.Denied;
    }

    private bool IsTotal(List<Reason> why)
    {
        if (_text.In(TextField.Paraphrase, Slot.SinceStart) is not { } hit)
        {
            return false;
        }

        why.Add(new("running total", "yes", hit));
        return true;
    }

    /// <summary>"the first convoy", in one spelling for one thing: a column, a group and a convoy that somebody calls first are compared.</summary>
    private string? BatchOf(List<Reason> why)
    {
        foreach (var field in (TextField[])[TextField.Category, TextField.Paraphrase])
        {
            foreach (var hit in _text.All(field, Slot.Batch))
            {
                var wording = field is TextField.Category ? _text.Category : _text.Paraphrase;
                if (IsAfterOrBefore(wording, hit.Match.From))
                {
                    continue;
                }

                if (hit.Value == "numbered")
                {
                    why.Add(new("batch", hit.Words, hit));
                    return hit.Words;
                }

                var ordinal = wording.Of(hit.Match.From).ToString().ToLowerInvariant() switch
                {
                    "final" or "latest" => "last",
                    "initial" => "first",
                    "stalled" => "stopped",
                    var word => word,
                };
                var restart = hit.Match.To + 2 < wording.Count && _text.TryAt(field, Slot.When, hit.Match.To, out var after) && after.RuleId == "when.after-restart" ? $" {after.Words}" : "";
                var batch = $"{ordinal} {hit.Value}{restart}";
                why.Add(new("batch", batch, hit));
                return batch;
            }
        }

        return null;
    }

    private bool IsAfterOrBefore(Wording wording, int at)
    {
        for (var back = at - 1; back >= Math.Max(0, at - 2); back--)
        {
            if (_elsewhen.Has(wording[back]))
            {
                return true;
            }
        }

        return false;
    }

    private TimeSpoken When(ListRow row, List<Reason> why)
    {
        if (!_text.May(TextField.Paraphrase, Slot.When) && !_text.May(TextField.Category, Slot.When))
        {
            return row.About;
        }

        var said = new List<string>();
        foreach (var hit in _text.All(TextField.Paraphrase, Slot.When).Concat(_text.All(TextField.Category, Slot.When)).Take(6))
        {
            var words = hit.Words;
            if (!row.About.IsInterval && hit.RuleId is "when.first-day" or "when.on-first-day" && !words.EndsWith("night", StringComparison.OrdinalIgnoreCase))
            {
                // "The first day" of a row about one day is that day, and not a part of it.
                continue;
            }

            if (!said.Exists(s => s.Contains(words, StringComparison.OrdinalIgnoreCase)))
            {
                said.RemoveAll(s => words.Contains(s, StringComparison.OrdinalIgnoreCase));
                said.Add(words);
                why.Add(new("time", words, hit));
            }
        }

        return said.Count == 0 ? row.About : new(row.About.Start, row.About.End, string.Join("; ", said));
    }

    private Basis BasisOf(RowSays says, List<Reason> why)
    {
        if (says.Modality is not Modality.Asserted || says.IsUnmapped || _text.In(TextField.Paraphrase, Slot.Basis) is not { } hit || !Token.TryRead<Basis>(hit.Value, out var basis))
        {
            return Basis.NotSaid;
        }

        why.Add(new("basis", hit.Value, hit));
        return basis;
    }

    private string? AuthorOf(List<Reason> why)
    {
        if (_text.In(TextField.Paraphrase, Slot.Author) is { Value: "self" } self)
        {
            why.Add(new("author", _saidBy, self));
            return _saidBy;
        }

        return Named(Slot.Author, "author", why);
    }

    /// <summary>The words captured by the first rule of a slot; the paraphrase first, since it is the fuller.</summary>
    private string? Named(Slot slot, string name, List<Reason> why)
    {
        var hit = slot is Slot.Holder ? _text.Find(slot) : _text.In(TextField.Paraphrase, slot) ?? _text.In(TextField.Category, slot);
        if (hit is not { } h || h.Value == "self" || (slot is Slot.Author && !NamesSomebody(h)) || Phrase(h) is not { } words)
        {
            return null;
        }

        why.Add(new(name, words, h));
        return words;
    }

    /// <summary>A thing is no author, and neither is half a sentence.</summary>
    private bool NamesSomebody(Hit hit)
    {
        var wording = hit.Field is TextField.Category ? _text.Category : _text.Paraphrase;
        if (_unfinished.Has(wording[hit.Match.CaptureTo - 1]) || _text.TryAt(hit.Field, Slot.When, hit.Match.CaptureFrom - 1, out _))
        {
            // "Its observers were refused": those are the ones it was done to. "Held by noon": that is when.
            return false;
        }

        for (var at = hit.Match.CaptureFrom; at < hit.Match.CaptureTo; at++)
        {
            if (_text.TryAt(hit.Field, Slot.NotAuthor, at, out var thing) && (thing.Value == "thing" ? !IsBlamed(hit) : at == hit.Match.CaptureFrom && hit.Match.CaptureTo - at <= 2))
            {
                return false;
            }
        }

        return wording.Count > 0 && (hit.Match.CaptureTo - hit.Match.CaptureFrom <= 9 || IsBlamed(hit));
    }

    private static bool IsBlamed(Hit hit) => hit.RuleId is "author.blame" or "author.put-blame" or "author.blame-its-word" or "author.accused";

    /// <summary>The captured words. "Its forces" means another's in each mouth, so the speaker is put in.</summary>
    private string? Phrase(Hit hit)
    {
        var words = _text.Captured(hit);
        foreach (var own in Own)
        {
            words = words.StartsWith(own, StringComparison.Ordinal) ? $"{words[own.Length..]} of {_saidBy}" : words;
        }

        return words.Length == 0 ? null : words[..Math.Min(words.Length, LongestWords)];
    }

    private string? CauseOf(List<Reason> why)
    {
        if (_text.In(TextField.Paraphrase, Slot.Cause) is not { } hit)
        {
            return null;
        }

        var from = hit.Match.CaptureFrom;
        var to = from;
        while (to < _text.Paraphrase.Count && to - from < 25 && !_text.Paraphrase[to].EndsSentence && !_text.Paraphrase[to].IsMark(','))
        {
            to++;
        }

        var cause = hit.RuleId switch
        {
            "cause.until" or "cause.once" or "cause.told-to-leave" or "cause.demand" or "cause.in-dispute" => _text.Paraphrase.Between(hit.Match.From, to),
            "cause.sticking" => _text.Paraphrase.Between(hit.Match.CaptureFrom, hit.Match.CaptureTo),
            _ => _text.Paraphrase.Between(from, to),
        };
        why.Add(new("cause", cause, hit));
        return cause.Length > 0 ? cause[..Math.Min(cause.Length, LongestWords)] : null;
    }

    private Act ActOf(List<Reason> why) => TokenOf<Act>(Slot.Act, "act", why) ?? Act.Described;

    private T? TokenOf<T>(Slot slot, string name, List<Reason> why)
        where T : struct, Enum
    {
        if (_text.Find(slot) is not { } hit || !Token.TryRead<T>(hit.Value, out var value))
        {
            return null;
        }

        why.Add(new(name, hit.Value, hit));
        return value;
    }

    private static RowSays Because(string slot, Hit hit, List<Reason> why, RowSays says)
    {
        why.Add(new(slot, hit.Value, hit));
        return says;
    }
}
