using Safeconduct.Situation.Disputes;
using Safeconduct.Situation.Figures;
using Safeconduct.Situation.Standings;
using Safeconduct.Situation.Tensions;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;

namespace Safeconduct.Situation;

/// <summary>Everything concluded from the statements in one view. Each part names the statements behind it, and an absence is an absence: nothing here defaults to good news.</summary>
/// <param name="Statements">Those in the view, in the order of their ids.</param>
/// <param name="HourNotStated">Those counted as known although their hour of publication is not stated.</param>
/// <param name="Unmapped">Rows kept as comments because the importer could not read their kind.</param>
/// <param name="Tensions">What looks opposed and one reason reconciles.</param>
/// <param name="Agreeing">Where different bodies meet in one number once it is taken apart; used to decide nothing.</param>
/// <param name="SameOrigin">Groups of statements that go back to one act of saying or counting: they corroborate nothing among themselves.</param>
/// <param name="Unknown">What somebody said is not known.</param>
public sealed record Assessed(
    Operation Operation,
    View View,
    IReadOnlyList<Statement> Statements,
    IReadOnlyList<StatementId> HourNotStated,
    IReadOnlyList<StatementId> Unmapped,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<Dispute> Disputes,
    IReadOnlyList<Tension> Tensions,
    IReadOnlyList<Agreeing> Agreeing,
    IReadOnlyList<OriginGroup> SameOrigin,
    IReadOnlyList<Standing> Status,
    IReadOnlyList<Standing> Control,
    IReadOnlyList<NotKnown> Unknown);

/// <summary>Statements of one origin, and one sentence why.</summary>
public sealed record OriginGroup(IReadOnlyList<StatementId> Ids, string Why);

/// <summary>Something that somebody said is not known.</summary>
public sealed record NotKnown(string Question, IReadOnlyList<StatementId> Ids);
