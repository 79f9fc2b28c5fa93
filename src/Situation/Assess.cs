using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Agreements.Readings;
using Safeconduct.Situation.Derived;
using Safeconduct.Situation.Disputes;
using Safeconduct.Situation.Figures;
using Safeconduct.Situation.Movements;
using Safeconduct.Situation.Origins;
using Safeconduct.Situation.Standings;
using Safeconduct.Situation.Tensions;
using Safeconduct.Situation.Ties;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Unknown;

namespace Safeconduct.Situation;

/// <summary>Concludes what follows from statements in one view. A pure function: the same statements give the same conclusions in any order of arrival, on any machine.</summary>
public static class Assess
{
    private const int MostWithHistory = 1_000;

    /// <summary>The statements that count in a view, in the order of their ids: what <see cref="Of"/> concludes from.</summary>
    /// <exception cref="RefusedException"><c>assess.same-id-twice</c>.</exception>
    public static IReadOnlyList<Statement> SeenIn(IReadOnlyCollection<Statement> statements, Operation operation, View view)
    {
        ArgumentNullException.ThrowIfNull(statements);
        var known = Knowledge.InOrder(statements).Where(s => Knowledge.IsKnown(s, view, operation.Zone)).ToDictionary(s => s.Id);
        var grades = new Grades(known.Values);
        return [.. known.Values.Where(s => Knowledge.Counts(s, view.Lens, grades, known)).OrderBy(s => s.Id)];
    }

    /// <param name="agreement">The agreement whose terms are read as well; null where there is none.</param>
    /// <param name="now">Up to when the clocks of its terms run where the view has no as-of; see <see cref="TermReadings"/>.</param>
    /// <exception cref="RefusedException"><c>assess.same-id-twice</c>: one id stands for two different statements.</exception>
    public static Assessed Of(IReadOnlyCollection<Statement> statements, Operation operation, View view, Agreement? agreement = null, NodaTime.Instant? now = null)
    {
        ArgumentNullException.ThrowIfNull(statements);
        var known = Knowledge.InOrder(statements).Where(s => Knowledge.IsKnown(s, view, operation.Zone)).ToDictionary(s => s.Id);
        var grades = new Grades(known.Values);
        var replaced = new Replaced(known, operation.Zone);
        var seen = known.Values.Where(s => Knowledge.Counts(s, view.Lens, grades, known)).OrderBy(s => s.Id).ToList();
        var binding = seen.Where(s => !replaced.Contains(s.Id)).ToList();

        var counts = CountSaid.All(seen, replaced.Contains);
        var keyed = FigureKeys.Of(counts, operation);
        var drafts = FigureDraft.All(keyed);
        var values = new ValueDisputes(operation).Of(drafts);
        var bodies = new Bodies(seen.Select(s => s.SaidBy.Id));
        var disputes = values.Select(v => v.Dispute)
            .Concat(new FactDisputes(operation).Of(binding))
            .Concat(new AccountDisputes(operation).Of(binding, counts))
            .Concat(new TermDisputes(operation).Of(binding, counts))
            .Concat(new MeasuredDisputes(operation).Of(binding))
            .Concat(new OwnDisputes(operation).Of(drafts, counts, bodies));
        var latest = ClosingFigures.Of(drafts, binding, operation).ToList();
        var closing = latest.Concat(ClosingFigures.ByBatches(drafts)).ToList();
        var tensions = new FigureTensions(operation, bodies).Of(drafts)
            .Concat(new MatterTensions(drafts, latest).Of(counts))
            .Concat(new PlanTensions(operation).Of(binding, drafts))
            .Concat(new WordTensions(operation).Of(seen, binding));

        var together = HoldsTogether.Of(drafts, operation, grades);
        return new Assessed(
            operation,
            view,
            seen,
            [.. seen.Where(s => Knowledge.HourIsOpen(s, view, operation.Zone)).Select(s => s.Id)],
            [.. seen.Where(s => s.Imported is { IsUnmapped: true }).Select(s => s.Id)],
            FigureBoard.Of([.. drafts, .. closing], Widest(values), together, operation),
            DerivedFigures.Of(drafts, closing, operation),
            Named(disputes, d => d.Id, (d, id) => d with { Id = id }),
            together.Conflicts,
            together.Fewest,
            Named(tensions, t => t.Id, (t, id) => t with { Id = id }),
            new AgreeingSources(operation, bodies).Of(drafts, binding),
            SameOrigins.Of(seen, keyed, operation),
            StandingBoard.Of(seen, replaced.Contains, operation.Gazetteer, SubjectKind.Operation, SubjectKind.Route, SubjectKind.Truce, SubjectKind.Agreement),
            StandingBoard.Of(seen, replaced.Contains, operation.Gazetteer, SubjectKind.Area),
            Questions(binding))
        {
            Conflicting = (id, most) => KeyOf(id) is { } key ? together.ConflictsNear(key, most) : null,
            Near = id => KeyOf(id) is { } key ? together.Around(key) : null,
            Movements = MovementBoard.Of(seen, replaced.Contains, operation, view),
            Agreement = agreement,
            ReadUpTo = view.AsOf ?? known.Values.Select(s => (NodaTime.Instant?)s.KnownFrom.Latest(operation.Zone)).Append(now).Max(),
            Terms = agreement is null ? [] : TermsOf(agreement, statements, operation, view, now),
        };

        FigureKey? KeyOf(string figureId) => drafts.FirstOrDefault(d => FigureNames.Id(d.Key) == figureId)?.Key;
    }

    private static IReadOnlyList<TermReading> TermsOf(Agreement agreement, IReadOnlyCollection<Statement> statements, Operation operation, View view, NodaTime.Instant? now)
    {
        // From when each has stood so is a history of its own, term by term: left out where there are so many that nobody reads them one by one.
        IReadOnlyDictionary<string, NodaTime.LocalDate> since = agreement.Terms.Count > MostWithHistory
            ? new Dictionary<string, NodaTime.LocalDate>(StringComparer.Ordinal)
            : TermHistory.Since(TermHistory.Of(agreement, statements, operation, view, now), operation.Zone);
        return [.. TermReadings.Of(agreement, statements, operation, view, now: now).Select(t => t with { Since = since.TryGetValue(t.Term.Number, out var day) ? day : null })];
    }

    /// <summary>In the order of their ids; where two would have one id, the second says so.</summary>
    private static IReadOnlyList<T> Named<T>(IEnumerable<T> items, Func<T, string> id, Func<T, string, T> renamed) =>
    [
        .. items.GroupBy(id, StringComparer.Ordinal)
            .SelectMany(g => g.Select((item, i) => i == 0 ? item : renamed(item, $"{g.Key}.{Shown.Number(i + 1)}")))
            .OrderBy(id, StringComparer.Ordinal),
    ];

    /// <summary>The dispute shown at a figure: the one that sets most apart.</summary>
    private static Dictionary<FigureKey, string> Widest(IEnumerable<(FigureKey Key, Dispute Dispute)> disputes) =>
        disputes.GroupBy(d => d.Key).ToDictionary(g => g.Key, g => g.OrderByDescending(d => d.Dispute.Amount ?? 0).ThenBy(d => d.Dispute.Id, StringComparer.Ordinal).First().Dispute.Id);

    private static IReadOnlyList<NotKnown> Questions(IReadOnlyList<Statement> statements) =>
    [
        .. statements.Select(s => (s.Id, Question: ((s.Said is Correction correction ? correction.Instead : s.Said) as Unknown)?.Question))
            .Where(q => q.Question is not null)
            .GroupBy(q => q.Question!.Trim().TrimEnd('.', '?'), StringComparer.OrdinalIgnoreCase)
            .Select(g => new NotKnown(g.Key, [.. g.Select(q => q.Id)]))
            .OrderBy(q => q.Ids[0]),
    ];
}
