using System.Globalization;
using NodaTime;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Control;
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
        return Denied(events).Concat(Authors(events)).Concat(Rivals(states));
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

    private IEnumerable<Dispute> Authors(IReadOnlyList<EventSaid> events)
    {
        foreach (var act in events.Where(e => e.Claim is { Modality: Modality.Asserted, Event.AllegedAuthor: not null })
            .GroupBy(e => (e.Claim.Event.Type, Place: PlaceOf(e.Claim.Event.Scope), Day: Day(e.Claim.Event.When.End))))
        {
            var authors = AuthorsApart([.. act.GroupBy(e => e.Claim.Event.AllegedAuthor!, StringComparer.OrdinalIgnoreCase).OrderBy(g => g.Key, StringComparer.Ordinal)]);
            for (var i = 0; i < authors.Count; i++)
            {
                for (var j = i + 1; j < authors.Count; j++)
                {
                    var (one, other) = (authors[i], authors[j]);
                    yield return Dispute(
                        DisputeKind.Attribution,
                        $"attribution.{act.Key.Type}.{Id(act.Key.Place)}.{FigureNames.Day(act.Key.Day)}.{Shown.Number(i + 1)}-{Shown.Number(j + 1)}",
                        one.Said,
                        other.Said,
                        $"{Sentence(act.Key.Type.Replace('-', ' '))}, {Name(act.Key.Place)}, {FigureNames.Day(act.Key.Day)}: attributed to {one.Author} by {Names(one.Said)}, to {other.Author} by {Names(other.Said)}.");
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
        var isSelf = kind is not DisputeKind.Attribution && one.Concat(other).Select(s => s.SaidBy.Id.Body).Distinct(StringComparer.Ordinal).Count() == 1;
        return new Dispute(id, isSelf ? DisputeKind.Self : kind, [Ids(one), Ids(other)], why, null, null);
    }

    /// <summary>Authors that no word joins, each with those who name it; authors whose words overlap ("the group", "the group and another") are one position.</summary>
    private static List<(string Author, IReadOnlyList<Statement> Said)> AuthorsApart(IReadOnlyList<IGrouping<string, EventSaid>> authors)
    {
        var apart = new List<(string Author, List<Statement> Said)>();
        foreach (var author in authors)
        {
            if (!AuthorWords.Any(author.Key))
            {
                continue;
            }

            var same = apart.FindIndex(a => AuthorWords.Overlap(a.Author, author.Key));
            if (same < 0)
            {
                apart.Add((author.Key, [.. author.Select(e => e.Statement)]));
            }
            else
            {
                apart[same].Said.AddRange(author.Select(e => e.Statement));
            }
        }

        return [.. apart.Select(a => (a.Author, (IReadOnlyList<Statement>)a.Said))];
    }

    /// <summary>A denial that names one agreement or convoy speaks of that one; a denial that names none, of any.</summary>
    private static bool MaySpeakOfOne(EventSaid denied, EventSaid asserted) =>
        denied.Claim.Event.Scope.Batch is not { } one || asserted.Claim.Event.Scope.Batch is not { } other || AuthorWords.Overlap(one, other);

    /// <summary>Announced, signed, described: to deny one is to deny that there is such an agreement.</summary>
    private static string Family(string type) => type.StartsWith("agreement-", StringComparison.Ordinal) ? "agreement" : type;

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

/// <summary>Whether two phrases may name one party. Words that any party could bear ("fighters", "armed groups") say nothing of which one is meant.</summary>
internal static class AuthorWords
{
    private static readonly HashSet<string> OfAnyParty = new(StringComparer.Ordinal)
    {
        "the", "a", "an", "and", "or", "of", "in", "by", "with", "its", "their", "other", "another", "some", "unnamed", "named", "side",
        "group", "groups", "armed", "fighter", "fighters", "force", "forces", "troops", "soldiers", "army", "people", "men", "new", "agreement", "called", "it", "he",
    };

    public static bool Any(string phrase) => Of(phrase).Any();

    public static bool Overlap(string one, string other) => Of(one).Intersect(Of(other), StringComparer.Ordinal).Any();

    private static IEnumerable<string> Of(string phrase) => Token.Slug(phrase).Split('-', StringSplitOptions.RemoveEmptyEntries).Where(w => !OfAnyParty.Contains(w));
}
