using NodaTime;
using Safeconduct.Situation.Disputes;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Control;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Status;

namespace Safeconduct.Situation.Tensions;

/// <summary>Statements that are not counts and look opposed: a replaced text, two matters in one word, a start put off, an author named alone and with another.</summary>
internal sealed class WordTensions(Operation operation)
{
    public IEnumerable<Tension> Of(IReadOnlyList<Statement> seen, IReadOnlyList<Statement> binding) =>
        Replacing(seen).Concat(Relayed(seen)).Concat(GroundAndOperation(binding)).Concat(OwnCauses(binding)).Concat(StartsPutOff(binding)).Concat(AuthorsTogether(binding)).Concat(Measured(binding));

    /// <summary>A statement marked as taking the place of an earlier one. By another body it is only a later figure.</summary>
    private IEnumerable<Tension> Replacing(IReadOnlyList<Statement> seen)
    {
        var byId = seen.ToDictionary(s => s.Id);
        return from later in seen
               from old in later.Linked(Relation.Supersedes).Concat(later.Linked(Relation.Corrects)).Distinct().Where(byId.ContainsKey).Select(o => byId[o])
               where later.Wording != old.Wording || later.Paraphrase != old.Paraphrase
               let isLaterDay = old.SaidBy.Id.Body != later.SaidBy.Id.Body && old.About.End.DayIn(operation.Zone) < later.About.End.DayIn(operation.Zone)
               from tension in Between.Words(
                   isLaterDay ? Explanation.Timing : Explanation.Revision,
                   DisputeKind.Value,
                   $"replaced.{old.Id}.{later.Id}",
                   [old],
                   [later],
                   $"'{Short(old)}' ({old.SaidBy.Name}) and '{Short(later)}' ({later.SaidBy.Name}): the second is {(isLaterDay ? "up to a later day" : "put in the place of the first")}.")
               select tension;
    }

    /// <summary>A copy that is linked to its original and is worded otherwise; where numbers are beyond rounding it is a dispute and stands there too.</summary>
    private static IEnumerable<Tension> Relayed(IReadOnlyList<Statement> seen)
    {
        var byId = seen.ToDictionary(s => s.Id);
        return from copy in seen
               from original in copy.Linked(Relation.Relays).Where(byId.ContainsKey).Select(o => byId[o])
               where copy.Wording != original.Wording
               from tension in Between.Words(Explanation.Relay, DisputeKind.Relay, $"copy.{original.Id}.{copy.Id}", [original], [copy], $"'{Short(original)}' ({original.SaidBy.Name}), passed on as '{Short(copy)}'.")
               select tension;
    }

    /// <summary>The fighting for an area is said to be over, and the operation out of it to be suspended: control of ground and a movement of people are two matters.</summary>
    private IEnumerable<Tension> GroundAndOperation(IReadOnlyList<Statement> binding)
    {
        var states = binding.SelectMany(s => s.Claims().OfType<Claim.Holds>().Select(h => (Statement: s, Claim: h))).Where(s => s.Claim.Modality is Modality.Asserted).ToList();
        var stopped = states.Where(s => s.Claim.Subject.Kind is SubjectKind.Operation && (s.Claim.State == Token.Of(State.Suspended) || s.Claim.State == Token.Of(State.Halted)))
            .ToLookup(s => (s.Claim.Subject.Place, Day(s.Claim.From.End)), s => s.Statement);
        return from over in states.Where(s => s.Claim.Subject.Kind is SubjectKind.Area && (s.Claim.State.StartsWith(Token.Of(Extent.OperationFinished), StringComparison.Ordinal) || s.Claim.State == Token.Of(Extent.Whole) || s.Claim.State.StartsWith(Token.Of(Extent.Whole) + " by ", StringComparison.Ordinal)))
                   .GroupBy(s => (s.Claim.Subject.Place, Day(s.Claim.From.End)), s => s.Statement)
               from tension in Between.Words(
                   Explanation.Scope,
                   DisputeKind.Fact,
                   $"ground-and-operation.{over.Key.Place?.Value ?? "place-not-stated"}.{FigureNames.Day(over.Key.Item2)}",
                   over,
                   stopped[over.Key],
                   $"The ground is said to be held or the fighting for it over ({Told.Names(over)}), the movement of people to be stopped ({Told.Names(stopped[over.Key])}): two matters.")
               select tension;
    }

    /// <summary>One source gives another cause or condition of a stop on a later day.</summary>
    private IEnumerable<Tension> OwnCauses(IReadOnlyList<Statement> binding) =>
        from own in binding.Select(s => (Statement: s, Status: SaidOf(s) as Status)).Where(s => s is { Status: { Cause: not null, State: State.Suspended or State.Halted }, Statement.Modality: Modality.Asserted })
            .GroupBy(s => (s.Statement.SaidBy.Id, PlaceOf(s.Statement)))
        let days = own.GroupBy(s => Day(s.Statement.About.End)).OrderBy(g => g.Key).Select(g => g.OrderBy(s => s.Statement.Id).ToList()).ToList()
        from pair in days.Zip(days.Skip(1))
        where pair.First[^1].Status!.Cause != pair.Second[^1].Status!.Cause
        from tension in Between.Words(
            Explanation.Timing,
            DisputeKind.Fact,
            $"causes.{own.Key.Id}.{FigureNames.Day(Day(pair.Second[0].Statement.About.End))}",
            pair.First.Select(s => s.Statement),
            pair.Second.Select(s => s.Statement),
            $"{pair.First[0].Statement.SaidBy.Name} on two days: '{pair.First[^1].Status!.Cause}' and '{pair.Second[^1].Status!.Cause}'.")
        select tension;

    /// <summary>Starts of one thing set for different days: put off.</summary>
    private IEnumerable<Tension> StartsPutOff(IReadOnlyList<Statement> binding) =>
        from matter in new TermDisputes(operation).StartsSaid(binding).GroupBy(s => (s.Area, s.What))
        let days = matter.GroupBy(s => s.At.ToInstant().InZone(operation.Zone).Date, s => s.Statement).OrderBy(g => g.Key).ToList()
        from pair in days.Zip(days.Skip(1))
        from tension in Between.Words(
            Explanation.Timing,
            DisputeKind.Term,
            $"start.{matter.Key.What}.{matter.Key.Area?.Value ?? "place-not-stated"}.{FigureNames.Day(pair.Second.Key)}",
            pair.First,
            pair.Second,
            $"Start of the {matter.Key.What}: {FigureNames.Day(pair.First.Key)} ({Told.Names(pair.First)}), then {FigureNames.Day(pair.Second.Key)} ({Told.Names(pair.Second)}): a start put off.")
        select tension;

    /// <summary>One source names an author alone, another names that author together with a further one.</summary>
    private IEnumerable<Tension> AuthorsTogether(IReadOnlyList<Statement> binding)
    {
        var acts = binding.SelectMany(s => s.Claims().OfType<Claim.Happened>().Where(h => h is { Modality: Modality.Asserted, Event.AllegedAuthor: not null }).Select(h => (Statement: s, h.Event)))
            .GroupBy(e => (e.Event.Type, Place: e.Event.Scope.From ?? e.Event.Scope.Via ?? e.Event.Scope.To, Day: Day(e.Event.When.End)));
        foreach (var act in acts)
        {
            var together = act.Where(e => Joint(e.Event.AllegedAuthor!)).ToList();
            var alone = act.Where(e => !Joint(e.Event.AllegedAuthor!) && together.Exists(t => AuthorWords.Overlap(t.Event.AllegedAuthor!, e.Event.AllegedAuthor!))).ToList();
            if (alone.Count > 0)
            {
                var with = together.Where(t => alone.Exists(a => AuthorWords.Overlap(t.Event.AllegedAuthor!, a.Event.AllegedAuthor!))).ToList();
                foreach (var tension in Between.Words(
                    Explanation.Inclusion,
                    DisputeKind.Attribution,
                    $"authors.{act.Key.Type}.{act.Key.Place?.Value ?? "place-not-stated"}.{FigureNames.Day(act.Key.Day)}",
                    alone.Select(e => e.Statement),
                    with.Select(e => e.Statement),
                    $"Attributed to {alone[0].Event.AllegedAuthor} ({Told.Names(alone.Select(e => e.Statement))}), and to {with[0].Event.AllegedAuthor} ({Told.Names(with.Select(e => e.Statement))}): the second names the first with another."))
                {
                    yield return tension;
                }
            }
        }
    }

    private static bool Joint(string author) => author.Contains(" and ", StringComparison.Ordinal);

    /// <summary>Measured numbers (per cent, km, breaches recorded) of one unit: of other days, of a part of the place, of another thing, put right by the source, or within rounding.</summary>
    private IEnumerable<Tension> Measured(IReadOnlyList<Statement> binding)
    {
        foreach (var unit in binding.Where(MeasuredDisputes.HasNumber).GroupBy(s => (s.Measured!.Unit, SaidOf(s).Kind)))
        {
            foreach (var tension in unit.GroupBy(s => (MeasuredDisputes.PlaceOf(s), MeasuredDisputes.Matter(s))).SelectMany(m => OtherDays([.. m]))
                .Concat(unit.GroupBy(s => MeasuredDisputes.DaysOf(s, operation)).SelectMany(d => SameDays([.. d.OrderBy(s => s.Id)]))))
            {
                yield return tension;
            }
        }
    }

    private IEnumerable<Tension> OtherDays(List<Statement> said)
    {
        var days = said.GroupBy(s => MeasuredDisputes.DaysOf(s, operation)).OrderBy(g => g.Key.Item2).ThenByDescending(g => g.Key.Item1).Select(g => g.OrderBy(s => s.Id).ToList()).ToList();
        return from pair in days.Zip(days.Skip(1))
               let others = pair.Second.Where(s => pair.First.TrueForAll(f => MeasuredDisputes.Differ(f, s))).ToList()
               where others.Count > 0
               from tension in Pair(Explanation.Timing, pair.First, others, "of other days")
               select tension;
    }

    /// <summary>Of one time: against the first of each matter at each place, so that lines do not multiply.</summary>
    private IEnumerable<Tension> SameDays(List<Statement> said)
    {
        var matters = said.GroupBy(s => (Place: MeasuredDisputes.PlaceOf(s), Matter: MeasuredDisputes.Matter(s))).Select(g => (g.Key, Said: g.ToList())).ToList();
        foreach (var (key, own) in matters.Take(Positions.Cap))
        {
            var first = own[0];
            var differ = own.Where(s => MeasuredDisputes.Differ(first, s)).ToList();
            foreach (var tension in Pair(Explanation.Rounding, [first], differ.Where(s => MeasuredDisputes.MayMeet(first, s, operation.TolerancePercent)), "they meet once the words are read as said")
                .Concat(Pair(Explanation.Revision, [first], differ.Where(s => Voices.AreOne(first, s) && s.Chain.RelayedBy.Count == first.Chain.RelayedBy.Count), "one source, the second said later or in another text"))
                .Concat(Pair(Explanation.Scope, [first], matters.Where(m => m.Key.Place == key.Place && m.Key.Matter != key.Matter && string.CompareOrdinal(m.Key.Matter, key.Matter) > 0).SelectMany(m => m.Said).Where(s => MeasuredDisputes.Differ(first, s)), "of two things, in the words used"))
                .Concat(Elsewhere(first, matters.Where(m => m.Key.Place != key.Place).SelectMany(m => m.Said))))
            {
                yield return tension;
            }
        }
    }

    private IEnumerable<Tension> Elsewhere(Statement first, IEnumerable<Statement> others)
    {
        var differ = others.Where(s => MeasuredDisputes.Differ(first, s)).ToList();
        bool IsPart(Statement inner, Statement outer) => MeasuredDisputes.PlaceOf(inner) is { } i && MeasuredDisputes.PlaceOf(outer) is { } o && i != o && operation.Gazetteer.IsWithin(i, o);
        return Pair(Explanation.Inclusion, [first], differ.Where(s => IsPart(s, first) && MeasuredDisputes.Matter(s) == MeasuredDisputes.Matter(first)), "the second is of a part of the place")
            .Concat(Pair(Explanation.Scope, [first], differ.Where(s => !IsPart(s, first) && !IsPart(first, s) && first.Id.CompareTo(s.Id) < 0), "of two places or stretches"));
    }

    private IEnumerable<Tension> Pair(Explanation by, List<Statement> one, IEnumerable<Statement> other, string because)
    {
        var others = other.Take(Positions.Cap).ToList();
        return others.Count == 0 ? [] : Between.Words(
            by,
            DisputeKind.Value,
            $"measured.{Token.Slug(others[0].Measured!.Unit)}.{PlaceOf(others[0])?.Value ?? "place-not-stated"}.{FigureNames.Day(Day(others[0].About.End))}",
            one,
            others,
            $"{one[0].Measured} ({one[0].SaidBy.Name}) and {others[0].Measured} ({others[0].SaidBy.Name}): {because}.");
    }

    private static Statements.Kinds.Said SaidOf(Statement statement) => statement.Said is Correction correction ? correction.Instead : statement.Said;

    private static string Short(Statement statement) => Shown.Short(statement.Wording);

    private static PlaceId? PlaceOf(Statement statement) => statement.Where.From ?? statement.Where.Via ?? statement.Where.To;

    private LocalDate Day(Statements.Times.Moment moment) => moment.DayIn(operation.Zone);
}
