using System.Globalization;
using NodaTime;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Control;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Status;

namespace Safeconduct.Situation.Disputes;

/// <summary>
/// What happened or not, in which state a thing was, and who did it, where statements of one place and day plainly oppose each other. Two authors of one act are laid
/// side by side and never weighed.
/// </summary>
internal sealed class FactDisputes(Operation operation)
{
    public IEnumerable<Dispute> Of(IReadOnlyList<Statement> binding)
    {
        var events = binding.SelectMany(s => s.Claims().OfType<Claim.Happened>().Select(h => new EventSaid(s, h))).ToList();
        var states = binding.SelectMany(s => s.Claims().OfType<Claim.Holds>().Select(h => new StateOf(s, h))).ToList();
        return Denied(events).Concat(DeniedOverDays(events)).Concat(Authors(events)).Concat(Rivals(states)).Concat(FoughtOver(states, events)).Concat(TurnedBackOrArrived(events));
    }

    /// <summary>One convoy by name said to be turned back by one source and to have arrived by another, on one day; a source that says both tells of two steps.</summary>
    private IEnumerable<Dispute> TurnedBackOrArrived(IReadOnlyList<EventSaid> events)
    {
        var steps = events.Where(e => e.Claim is { Modality: Modality.Asserted, Event: { Type: "convoy-turned-back" or "convoy-arrived", Scope.Batch: not null } })
            .GroupBy(e => (Batch: BatchWords.FigureOf(e.Claim.Event.Scope.Batch), e.Claim.Event.Scope.From, Day: Day(e.Claim.Event.When.End)))
            .Where(g => g.Key.Batch is not null);
        foreach (var convoy in steps)
        {
            var both = convoy.GroupBy(e => e.Statement.SaidBy.Id).Where(g => g.Select(e => e.Claim.Event.Type).Distinct(StringComparer.Ordinal).Count() > 1).Select(g => g.Key).ToHashSet();
            var one = convoy.Where(e => !both.Contains(e.Statement.SaidBy.Id)).ToLookup(e => e.Claim.Event.Type == "convoy-arrived", e => e.Statement);
            if (one[true].Any() && one[false].Any())
            {
                yield return Dispute(
                    DisputeKind.Fact,
                    $"fact.convoy.{convoy.Key.Batch}.{FigureNames.Day(convoy.Key.Day)}",
                    [.. one[false]],
                    [.. one[true]],
                    $"{Sentence(convoy.Key.Batch!.Replace('-', ' '))}, {FigureNames.Day(convoy.Key.Day)}: turned back according to {Names(one[false])}, arrived according to {Names(one[true])}.");
            }
        }
    }

    /// <summary>The fighting for an area said to be over, and fighting in it said of the same day.</summary>
    private IEnumerable<Dispute> FoughtOver(IReadOnlyList<StateOf> states, IReadOnlyList<EventSaid> events)
    {
        var fighting = events.Where(e => e.Claim.Modality is Modality.Asserted && e.Claim.Event.Type == Token.Of(IncidentType.Fighting))
            .ToLookup(e => (PlaceOf(e.Claim.Event.Scope), Day(e.Claim.Event.When.End)), e => e.Statement);
        return states.Where(s => s.Claim.Modality is Modality.Asserted && s.Claim.Subject.Kind is SubjectKind.Area && Held(s.Claim.State).Extent == Token.Of(Extent.OperationFinished))
            .GroupBy(s => (s.Claim.Subject.Place, Day(s.Claim.From.End)), s => s.Statement)
            .Where(over => fighting.Contains(over.Key))
            .Select(over => Dispute(
                DisputeKind.Fact,
                $"fact.fighting.{Id(over.Key.Place)}.{FigureNames.Day(over.Key.Item2)}",
                [.. over],
                [.. fighting[over.Key]],
                $"Fighting, {Name(over.Key.Place)}, {FigureNames.Day(over.Key.Item2)}: finished according to {Names(over)}, going on according to {Names(fighting[over.Key])}."));
    }

    private IEnumerable<Dispute> Denied(IReadOnlyList<EventSaid> events) =>
        from day in events.GroupBy(e => (Family: Family(e.Claim.Event.Type), Place: PlaceOf(e.Claim.Event.Scope), Day: Day(e.Claim.Event.When.End)))
        let denied = day.Where(e => e.Claim.Modality is Modality.Denied).ToList()
        where denied.Count > 0
        let asserted = day.Where(e => e.Claim.Modality is Modality.Asserted && denied.Exists(d => MaySpeakOfOne(d, e))).ToList()
        where asserted.Count > 0
        let what = $"{day.Key.Family.Replace('-', ' ')}, {Name(day.Key.Place)}, {FigureNames.Day(day.Key.Day)}"
        select Dispute(
            DisputeKind.Fact,
            $"fact.{day.Key.Family}.{Id(day.Key.Place)}.{FigureNames.Day(day.Key.Day)}",
            [.. asserted.Select(e => e.Statement)],
            [.. denied.Select(e => e.Statement)],
            $"{Sentence(what)}: stated by {Names(asserted.Select(e => e.Statement))}, denied by {Names(denied.Select(e => e.Statement))}.");

    /// <summary>A denial that speaks of several days denies what is said of any of them at that place.</summary>
    private IEnumerable<Dispute> DeniedOverDays(IReadOnlyList<EventSaid> events)
    {
        var asserted = events.Where(e => e.Claim.Modality is Modality.Asserted).ToLookup(e => (Family(e.Claim.Event.Type), PlaceOf(e.Claim.Event.Scope)));
        foreach (var denied in events.Where(e => e.Claim.Modality is Modality.Denied && Day(e.Claim.Event.When.Start) < Day(e.Claim.Event.When.End)))
        {
            var key = (Family(denied.Claim.Event.Type), PlaceOf(denied.Claim.Event.Scope));
            var said = asserted[key].Where(e => Day(e.Claim.Event.When.End) >= Day(denied.Claim.Event.When.Start) && Day(e.Claim.Event.When.End) < Day(denied.Claim.Event.When.End) && MaySpeakOfOne(denied, e)).Select(e => e.Statement).ToList();
            if (said.Count > 0)
            {
                var days = $"{FigureNames.Day(Day(denied.Claim.Event.When.Start))} to {FigureNames.Day(Day(denied.Claim.Event.When.End))}";
                yield return Dispute(
                    DisputeKind.Fact,
                    $"fact.{key.Item1}.{Id(key.Item2)}.{denied.Statement.Id}",
                    said,
                    [denied.Statement],
                    $"{Sentence(key.Item1.Replace('-', ' '))}, {Name(key.Item2)}, {days}: stated by {Told.Names(said)}, denied by {denied.Statement.SaidBy.Name}.");
            }
        }
    }

    private IEnumerable<Dispute> Authors(IReadOnlyList<EventSaid> events)
    {
        foreach (var act in events.Where(e => e.Claim is { Modality: Modality.Asserted, Event.AllegedAuthor: not null })
            .GroupBy(e => (Type: Shots(e.Claim.Event.Type), Place: PlaceOf(e.Claim.Event.Scope), Day: Day(e.Claim.Event.When.End))))
        {
            var positions = AuthorsApart(act);
            for (var i = 0; i < positions.Count; i++)
            {
                for (var j = i + 1; j < positions.Count; j++)
                {
                    yield return Dispute(
                        DisputeKind.Attribution,
                        $"attribution.{act.Key.Type}.{Id(act.Key.Place)}.{FigureNames.Day(act.Key.Day)}.{Shown.Number(i + 1)}-{Shown.Number(j + 1)}",
                        [.. positions[i].Select(e => e.Statement)],
                        [.. positions[j].Select(e => e.Statement)],
                        $"{Sentence(act.Key.Type.Replace('-', ' '))}, {Name(act.Key.Place)}, {FigureNames.Day(act.Key.Day)}: attributed {Attributed(positions[i])}; and {Attributed(positions[j])}.");
                }
            }
        }
    }

    private IEnumerable<Dispute> Rivals(IReadOnlyList<StateOf> states)
    {
        foreach (var day in states.Where(s => s.Claim.Subject.Kind is not SubjectKind.Line).GroupBy(s => (s.Claim.Subject, Day: Day(s.Claim.From.End))))
        {
            var subject = $"{Token.Of(day.Key.Subject.Kind)}, {Name(day.Key.Subject.Place)}, {FigureNames.Day(day.Key.Day)}";
            var id = $"{Token.Of(day.Key.Subject.Kind)}.{Id(day.Key.Subject.Place)}.{FigureNames.Day(day.Key.Day)}";
            foreach (var state in day.Where(s => s.Claim.Modality is Modality.Asserted).GroupBy(s => s.Claim.State, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                var said = state.Select(s => s.Statement).ToList();
                var denied = day.Where(s => s.Claim.Modality is Modality.Denied && s.Claim.State == state.Key).Select(s => s.Statement).ToList();
                if (denied.Count > 0)
                {
                    yield return Dispute(DisputeKind.Fact, $"fact.{id}.{Token.Slug(state.Key)}", said, denied, $"{Sentence(subject)}: {Words(state.Key)} stated by {Names(said)}, denied by {Names(denied)}.");
                }

                foreach (var rival in day.Where(s => s.Claim.Modality is Modality.Asserted && Excludes(state.Key, s.Claim.State)).GroupBy(s => s.Claim.State, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
                {
                    var other = rival.Select(s => s.Statement).ToList();
                    yield return Dispute(
                        DisputeKind.Fact,
                        $"fact.{id}.{Token.Slug(state.Key)}.{Token.Slug(rival.Key)}",
                        said,
                        other,
                        $"{Sentence(subject)}: {Words(state.Key)} stated by {Names(said)}, {Words(rival.Key)} by {Names(other)}.");
                }
            }
        }
    }

    /// <summary>The first state leaves no room for the second on one day. Only states that end a matter exclude others: within a day a thing may stop and run again.</summary>
    private static bool Excludes(string state, string other)
    {
        if (state == Token.Of(State.Complete))
        {
            return other == Token.Of(State.NotComplete) || other == Token.Of(State.Suspended) || other == Token.Of(State.Halted);
        }

        var (extent, holder) = Held(state);
        var (otherExtent, otherHolder) = Held(other);
        if (extent == Token.Of(Extent.NotSaid) && otherExtent == extent)
        {
            return holder is not null && otherHolder is not null && !AuthorWords.Overlap(holder, otherHolder) && string.CompareOrdinal(state, other) < 0;
        }

        var isWhole = extent == Token.Of(Extent.Whole) || extent == Token.Of(Extent.OperationFinished);
        return isWhole && (otherExtent == Token.Of(Extent.WholeButPockets)
            || (otherExtent == Token.Of(Extent.Part) && holder is not null && otherHolder is not null && !AuthorWords.Overlap(holder, otherHolder))
            || (otherExtent == Token.Of(Extent.Whole) && holder is not null && otherHolder is not null && !AuthorWords.Overlap(holder, otherHolder) && string.CompareOrdinal(state, other) < 0));
    }

    private static (string Extent, string? Holder) Held(string state)
    {
        var by = state.IndexOf(" by ", StringComparison.Ordinal);
        return by < 0 ? (state, null) : (state[..by], state[(by + 4)..]);
    }

    private Dispute Dispute(DisputeKind kind, string id, IReadOnlyList<Statement> one, IReadOnlyList<Statement> other, string why)
    {
        var isSelf = kind is not DisputeKind.Attribution && Voices.AreOneBody(one.Concat(other));
        return new Dispute(id, isSelf ? DisputeKind.Self : kind, [Ids(one), Ids(other)], why, null, null);
    }

    /// <summary>
    /// Statements by the author they name; authors whose words overlap ("the group", "the group and another") are one position. A phrase that might mean the author of
    /// more than one position takes no side.
    /// </summary>
    private static List<List<EventSaid>> AuthorsApart(IEnumerable<EventSaid> events)
    {
        var positions = new List<List<EventSaid>>();
        foreach (var author in events.Where(e => AuthorWords.Any(Author(e))).GroupBy(Author, StringComparer.OrdinalIgnoreCase)
            .OrderBy(g => AuthorWords.OfManyParties(g.Key)).ThenBy(g => g.Key, StringComparer.OrdinalIgnoreCase))
        {
            var same = positions.Where(p => p.Exists(e => AuthorWords.Overlap(Author(e), author.Key))).ToList();
            if (same.Count == 0)
            {
                positions.Add([.. author]);
            }
            else if (same.Count == 1)
            {
                same[0].AddRange(author);
            }
        }

        return positions;
    }

    private static string Author(EventSaid said) => said.Claim.Event.AllegedAuthor ?? "";

    /// <summary>Each phrase with those who used it: nobody is made to name an author in another's words.</summary>
    private static string Attributed(IEnumerable<EventSaid> said) =>
        string.Join(", ", said.GroupBy(Author, StringComparer.OrdinalIgnoreCase).Select(g => $"to {g.Key} by {Names(g.Select(e => e.Statement))}"));

    /// <summary>A denial that names one agreement or convoy speaks of that one; a denial that names none, of any.</summary>
    private static bool MaySpeakOfOne(EventSaid denied, EventSaid asserted) =>
        denied.Claim.Event.Scope.Batch is not { } one || asserted.Claim.Event.Scope.Batch is not { } other
        || !AuthorWords.Any(one) || !AuthorWords.Any(other) || AuthorWords.Overlap(one, other);

    /// <summary>Announced, signed, described: to deny one is to deny that there is such an agreement.</summary>
    private static string Family(string type) => type.StartsWith("agreement-", StringComparison.Ordinal) ? "agreement" : type;

    /// <summary>Shots and shots at a convoy may be one act in two words.</summary>
    private static string Shots(string type) => type == Token.Of(IncidentType.FireOnConvoy) ? Token.Of(IncidentType.Shooting) : type;

    private static PlaceId? PlaceOf(Statements.Quantities.Scope scope) => scope.From ?? scope.Via ?? scope.To;

    private LocalDate Day(Statements.Times.Moment moment) => moment.DayIn(operation.Zone);

    private string Name(PlaceId? place) => place is { } p ? operation.Gazetteer.NameOf(p) : "place not stated";

    private static string Id(PlaceId? place) => place?.Value ?? "place-not-stated";

    private static string Words(string state) => $"'{state.Replace('-', ' ')}'";

    private static string Sentence(string words) => string.Concat(words[..1].ToUpper(CultureInfo.InvariantCulture), words[1..]);

    private static string Names(IEnumerable<Statement> statements) => string.Join(", ", statements.Select(s => s.SaidBy.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static IReadOnlyList<StatementId> Ids(IEnumerable<Statement> statements) => [.. statements.Select(s => s.Id).Distinct().Order()];

    private sealed record EventSaid(Statement Statement, Claim.Happened Claim);

    private sealed record StateOf(Statement Statement, Claim.Holds Claim);
}

/// <summary>
/// Whether two phrases may name one party. Words that many parties could bear ("fighters", "armed groups") tell two parties apart only where both phrases have such words and share none of
/// them: "fighters" may be the "opposition fighters", and is not the "government forces".
/// </summary>
internal static class AuthorWords
{
    private static readonly HashSet<string> Small = new(StringComparer.Ordinal)
    {
        "the", "a", "an", "and", "or", "of", "in", "by", "with", "its", "their", "other", "another", "some", "unnamed", "named", "side", "new", "called", "it", "he", "they", "agreement",
    };

    private static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "group", "groups", "armed", "fighter", "fighters", "force", "forces", "troops", "soldiers", "army", "people", "men",
    };

    public static bool Any(string phrase) => Of(phrase).Count > 0;

    /// <summary>True where the phrase has only words that many parties could bear.</summary>
    public static bool OfManyParties(string phrase) => Of(phrase).TrueForAll(Common.Contains);

    public static bool Overlap(string one, string other)
    {
        var (first, second) = (Of(one), Of(other));
        if (!first.TrueForAll(Common.Contains) && !second.TrueForAll(Common.Contains))
        {
            return first.Intersect(second, StringComparer.Ordinal).Any(w => !Common.Contains(w));
        }

        var (common, others) = (first.Where(Common.Contains).ToList(), second.Where(Common.Contains).ToList());
        return common.Count == 0 || others.Count == 0 || common.Intersect(others, StringComparer.Ordinal).Any();
    }

    private static List<string> Of(string phrase) => [.. Token.Slug(phrase).Split('-', StringSplitOptions.RemoveEmptyEntries).Where(w => !Small.Contains(w))];
}
