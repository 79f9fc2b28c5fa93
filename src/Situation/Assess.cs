using Safeconduct.Situation.Derived;
using Safeconduct.Situation.Disputes;
using Safeconduct.Situation.Figures;
using Safeconduct.Situation.Movements;
using Safeconduct.Situation.Origins;
using Safeconduct.Situation.Standings;
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
    /// <exception cref="RefusedException"><c>assess.same-id-twice</c>: one id stands for two different statements.</exception>
    public static Assessed Of(IReadOnlyCollection<Statement> statements, Operation operation, View view)
    {
        ArgumentNullException.ThrowIfNull(statements);
        var known = Knowledge.InOrder(statements).Where(s => Knowledge.IsKnown(s, view, operation.Zone)).ToDictionary(s => s.Id);
        var grades = new Grades(known.Values);
        var replaced = new Replaced(known, operation.Zone);
        var seen = known.Values.Where(s => Knowledge.Counts(s, view.Lens, grades, known)).OrderBy(s => s.Id).ToList();
        var binding = seen.Where(s => !replaced.Contains(s.Id)).ToList();

        var keyed = FigureKeys.Of(CountSaid.All(seen, replaced.Contains), operation);
        var drafts = FigureDraft.All(keyed);
        var values = new ValueDisputes(operation).Of(drafts);
        var disputes = Named(values.Select(v => v.Dispute).Concat(new FactDisputes(operation).Of(binding)));
        var closing = ClosingFigures.Of(drafts, binding, operation).Concat(ClosingFigures.ByBatches(drafts)).ToList();

        var together = HoldsTogether.Of(drafts, operation);
        return new Assessed(
            operation,
            view,
            seen,
            [.. seen.Where(s => Knowledge.HourIsOpen(s, view, operation.Zone)).Select(s => s.Id)],
            [.. seen.Where(s => s.Imported is { IsUnmapped: true }).Select(s => s.Id)],
            FigureBoard.Of([.. drafts, .. closing], Widest(values), together, operation),
            DerivedFigures.Of(drafts, closing, operation),
            disputes,
            together.Conflicts,
            SameOrigins.Of(seen, keyed),
            StandingBoard.Of(seen, replaced.Contains, operation.Gazetteer, SubjectKind.Operation, SubjectKind.Route, SubjectKind.Truce, SubjectKind.Agreement),
            StandingBoard.Of(seen, replaced.Contains, operation.Gazetteer, SubjectKind.Area),
            Questions(binding))
        {
            Near = id => drafts.FirstOrDefault(d => FigureNames.Id(d.Key) == id) is { } draft ? together.Around(draft.Key) : null,
            Movements = MovementBoard.Of(seen, replaced.Contains, operation, view),
        };
    }

    /// <summary>In the order of their ids; where two would have one id, the second says so.</summary>
    private static IReadOnlyList<Dispute> Named(IEnumerable<Dispute> disputes) =>
    [
        .. disputes.GroupBy(d => d.Id, StringComparer.Ordinal)
            .SelectMany(g => g.Select((d, i) => i == 0 ? d : d with { Id = $"{d.Id}.{Shown.Number(i + 1)}" }))
            .OrderBy(d => d.Id, StringComparer.Ordinal),
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
