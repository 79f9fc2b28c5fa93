using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.Texts.Confirming;

/// <summary>How a claim stands to a statement that is in the book.</summary>
public enum Likeness
{
    /// <summary>The very claim of this text, recorded before.</summary>
    Recorded,

    /// <summary>The same source says it again.</summary>
    Repeats,

    /// <summary>Another source says the same. That is no proof that two know it.</summary>
    AlsoSaidBy,

    /// <summary>Both can't hold as they stand.</summary>
    Contradicts,
}

/// <summary>One statement of the book beside a claim: how they stand to each other, and in one sentence why.</summary>
public sealed record Beside(StatementId Id, Likeness Likeness, string Why);

/// <summary>
/// What a book holds beside a claim, to be shown before it is confirmed: the same quantity, event or state of the same place and time. It looks at claims alone, and it decides
/// nothing: what follows from statements is worked out elsewhere.
/// </summary>
public sealed class Alike
{
    /// <summary>More would hide the few that matter; the first are those of the same source, then contradictions.</summary>
    public const int MostShown = 8;

    private static readonly HashSet<(string, string)> Opposed = Pairs(
        ("suspended", "running"), ("suspended", "complete"), ("suspended", "in-force"), ("halted", "running"), ("halted", "complete"), ("not-begun", "running"), ("not-begun", "complete"),
        ("complete", "not-complete"), ("complete", "running"), ("in-force", "ended"), ("postponed", "running"), ("not-begun", "resumed"));

    private readonly DateTimeZone _zone;
    private readonly int _tolerance;
    private readonly Dictionary<StatementId, Statement> _byId = [];
    private readonly Dictionary<object, List<(Statement Statement, Claim Claim)>> _byKey = [];

    /// <param name="book">Statements as they stand now: none that was withdrawn or replaced.</param>
    public Alike(IEnumerable<Statement> book, DateTimeZone zone, int tolerancePercent = Operation.UsualTolerancePercent)
    {
        ArgumentNullException.ThrowIfNull(book);
        (_zone, _tolerance) = (zone, tolerancePercent);
        foreach (var statement in book)
        {
            _byId[statement.Id] = statement;
            foreach (var claim in statement.Claims())
            {
                if (KeyOf(claim) is { } key)
                {
                    if (!_byKey.TryGetValue(key, out var list))
                    {
                        _byKey[key] = list = [];
                    }

                    list.Add((statement, claim));
                }
            }
        }
    }

    public IReadOnlyList<Beside> Of(Statement drafted)
    {
        ArgumentNullException.ThrowIfNull(drafted);
        var found = new Dictionary<StatementId, Beside>();
        if (_byId.TryGetValue(drafted.Id, out var recorded))
        {
            found[drafted.Id] = new(drafted.Id, Likeness.Recorded, StatementBytes.Write(recorded).AsSpan().SequenceEqual(StatementBytes.Write(drafted)) ? "It is recorded already, word for word." : "It is recorded already, in other words.");
        }

        foreach (var claim in drafted.Claims())
        {
            foreach (var (statement, other) in KeyOf(claim) is { } key ? _byKey.GetValueOrDefault(key) ?? [] : [])
            {
                if (statement.Id != drafted.Id && Compare(drafted, claim, statement, other) is { } beside && (!found.TryGetValue(statement.Id, out var known) || known.Likeness < beside.Likeness))
                {
                    found[statement.Id] = beside;
                }
            }
        }

        return [.. found.Values.OrderBy(b => b.Likeness is Likeness.AlsoSaidBy).ThenBy(b => b.Likeness).ThenBy(b => b.Id).Take(MostShown)];
    }

    private static object? KeyOf(Claim claim) => claim.Match<object?>(
        c => (c.Quantity.Measure, c.Quantity.Unit, c.Quantity.Category, c.Quantity.Group, c.Quantity.Scope.Batch),
        h => h.Event.Type,
        h => h.Subject.Kind,
        o => (o.What, o.Who),
        _ => null);

    private Beside? Compare(Statement drafted, Claim claim, Statement there, Claim other) => (claim, other) switch
    {
        (Claim.Count a, Claim.Count b) => IsOneQuantity(a.Quantity, b.Quantity) ? Counts(drafted, a.Bound, there, b.Bound) : null,
        (Claim.Happened a, Claim.Happened b) => Meets(a.Event.Scope, b.Event.Scope) && Meets(a.Event.When, b.Event.When) ? Stated(drafted, a.Modality, there, b.Modality, same: true) : null,
        (Claim.Holds a, Claim.Holds b) => (a.Subject.Place is null || b.Subject.Place is null || a.Subject.Place == b.Subject.Place) && Meets(a.From, b.From)
            ? a.State == b.State ? Stated(drafted, a.Modality, there, b.Modality, same: true) : AreOpposed(a, b) ? Stated(drafted, a.Modality, there, b.Modality, same: false) : null
            : null,
        (Claim.Owes, Claim.Owes) => Says(drafted, there),
        _ => null,
    };

    private Beside? Counts(Statement drafted, Bound a, Statement there, Bound b) =>
        Apart(a, b) ? new(there.Id, Likeness.Contradicts, $"{there.SaidBy.Name} says {b} of the same; this says {a}.")
        : a == b ? Says(drafted, there)
        : null;

    private static Beside? Stated(Statement drafted, Modality a, Statement there, Modality b, bool same)
    {
        var opposite = a is Modality.Asserted && b is Modality.Asserted ? !same : same && (a, b) is (Modality.Asserted, Modality.Denied) or (Modality.Denied, Modality.Asserted);
        return opposite ? new(there.Id, Likeness.Contradicts, $"{there.SaidBy.Name} says otherwise: {there.Wording}.") : same && a == b ? Says(drafted, there) : null;
    }

    private static Beside Says(Statement drafted, Statement there) => drafted.SaidBy.Id == there.SaidBy.Id
        ? new(there.Id, Likeness.Repeats, $"{there.SaidBy.Name} said the same on {there.SaidAt}.")
        : new(there.Id, Likeness.AlsoSaidBy, $"{there.SaidBy.Name} says the same.");

    private static bool AreOpposed(Claim.Holds a, Claim.Holds b) => Opposed.Contains((a.State, b.State))
        || (a.Subject.Kind is SubjectKind.Area && a.State.StartsWith("whole by ", StringComparison.Ordinal) && b.State.StartsWith("whole by ", StringComparison.Ordinal));

    /// <summary>No whole number fits both, with the operation's tolerance for what is only about so many.</summary>
    private bool Apart(Bound a, Bound b) => a is { IsNotKnown: false } && b is { IsNotKnown: false }
        && (a.LeastWithin(_tolerance) > b.MostWithin(_tolerance) || b.LeastWithin(_tolerance) > a.MostWithin(_tolerance));

    private bool IsOneQuantity(Quantity a, Quantity b) => a.Cut.Kind == b.Cut.Kind && Meets(a.Scope, b.Scope) && (a.Cut.Kind is CutKind.SinceStart ? IsOneDay(a.Cut.Time, b.Cut.Time) : IsOneTime(a.Cut.Time, b.Cut.Time));

    /// <summary>A place that one of them leaves out does not part them; the same slot with two places does.</summary>
    private static bool Meets(Scope a, Scope b)
    {
        static bool Fits(PlaceId? x, PlaceId? y) => x is null || y is null || x == y;
        return Fits(a.From, b.From) && Fits(a.To, b.To) && Fits(a.Via, b.Via) && ((a.From ?? a.To ?? a.Via) is null) == ((b.From ?? b.To ?? b.Via) is null);
    }

    private bool Meets(TimeSpoken a, TimeSpoken b) => a.Start.DayIn(_zone) <= b.End.DayIn(_zone) && b.Start.DayIn(_zone) <= a.End.DayIn(_zone);

    private bool IsOneTime(TimeSpoken a, TimeSpoken b) => a.Start.DayIn(_zone) == b.Start.DayIn(_zone) && IsOneDay(a, b);

    private bool IsOneDay(TimeSpoken a, TimeSpoken b) => a.End.DayIn(_zone) == b.End.DayIn(_zone);

    private static HashSet<(string, string)> Pairs(params (string A, string B)[] pairs) => [.. pairs, .. pairs.Select(p => (p.B, p.A))];
}
