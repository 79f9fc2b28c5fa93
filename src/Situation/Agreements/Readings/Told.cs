using NodaTime;
using Safeconduct.Statements;

namespace Safeconduct.Situation.Agreements.Readings;

/// <summary>How far a happening rests on more than one side's word. No votes: it asks who speaks, never how many.</summary>
internal enum Credence
{
    /// <summary>Somebody who is bound by nothing says so, or two parties do, and nobody denies it.</summary>
    Settled,

    /// <summary>Told by one side alone.</summary>
    OneSided,

    /// <summary>Somebody else denies it.</summary>
    Contested,
}

/// <summary>One happening as reports tell it: those of one named convoy, or of one day, are of one happening.</summary>
/// <param name="Early">Between this instant and <paramref name="Late"/>: what all its reports allow, or, where they exclude one another, what any of them does.</param>
internal sealed record Told(IReadOnlyList<Report> By, IReadOnlyList<Report> DeniedBy, Instant Early, Instant Late, Credence Credence)
{
    public IEnumerable<StatementId> Ids => By.Select(r => r.Id);

    public IEnumerable<StatementId> AllIds => By.Concat(DeniedBy).Select(r => r.Id);
}

/// <summary>For whom a source speaks under an agreement.</summary>
internal sealed class Sides
{
    private readonly Dictionary<string, (string Name, bool IsParty)> _bodies = new(StringComparer.Ordinal);

    public Sides(Agreement agreement)
    {
        foreach (var (signatory, isParty) in agreement.Guarantors.Select(s => (s, false)).Concat(agreement.Parties.Select(s => (s, true))))
        {
            foreach (var body in signatory.SpeaksThrough.Append(signatory.Name))
            {
                _bodies[body] = (signatory.Name, isParty);
            }
        }
    }

    /// <summary>Whether these statements, taken together, are more than one side's word.</summary>
    public bool IsSettled(IEnumerable<Statement> statements)
    {
        var parties = new HashSet<string>(StringComparer.Ordinal);
        foreach (var statement in statements)
        {
            if (Side(statement) is not { } side)
            {
                return true;
            }

            if (side.IsParty)
            {
                parties.Add(side.Name);
            }
        }

        return parties.Count > 1;
    }

    /// <summary>The signatory it speaks for; "" for a party or guarantor that the agreement does not list; null for those who are on no side.</summary>
    private (string Name, bool IsParty)? Side(Statement statement)
    {
        var body = statement.SaidBy.Id.Body;
        if (_bodies.TryGetValue(body, out var side))
        {
            return side;
        }

        return statement.SaidBy.Kind is Statements.Sources.SourceKind.Party or Statements.Sources.SourceKind.Guarantor ? ("", false) : null;
    }
}
