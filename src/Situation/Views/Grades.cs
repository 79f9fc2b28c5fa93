using Safeconduct.Statements;
using Safeconduct.Statements.Kinds.Assessment;

namespace Safeconduct.Situation.Views;

/// <summary>How statements have been assessed: the latest reliability and the latest credibility given to each. What nobody has assessed has no grade, which is not a bad grade.</summary>
public sealed class Grades
{
    private readonly Dictionary<StatementId, Grade> _of = [];

    public Grades(IEnumerable<Statement> statements)
    {
        foreach (var statement in statements.Where(s => s.Said is Assessment).OrderBy(s => s.SaidAt).ThenBy(s => s.Id))
        {
            var said = (Assessment)statement.Said;
            var before = _of.GetValueOrDefault(said.Of);
            _of[said.Of] = new Grade(said.Reliability ?? before.Reliability, said.Credibility ?? before.Credibility);
        }
    }

    public static Grades None { get; } = new([]);

    public Grade Of(StatementId id) => _of.GetValueOrDefault(id);
}

/// <summary>Reliability of the source and credibility of the content are two judgements; either may be missing.</summary>
public readonly record struct Grade(Reliability? Reliability, long? Credibility);
