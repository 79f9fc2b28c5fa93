using Safeconduct.Statements.Sources;

namespace Safeconduct.Statements;

/// <summary>Who a view, report, export or bundle is for.</summary>
public enum Audience
{
    Room,
    Parties,
    Public,
}

/// <summary>
/// The one mechanism that decides what leaves the room. Every view, report, export and bundle asks it and nothing else decides; deny is the default.
/// Rules: a statement goes no further than its handling; outside the room the people concerned must have agreed, or their agreement is not needed;
/// what was referred goes to nobody here.
/// </summary>
public static class Disclosure
{
    public static bool MayShow(Statement statement, Audience to) => statement.Handling switch
    {
        Handling.ReferralOnly => false,
        Handling.Room => to is Audience.Room,
        Handling.Parties => to is Audience.Room || (to is Audience.Parties && Agreed(statement)),
        Handling.Public => to is Audience.Room || (to is Audience.Parties or Audience.Public && Agreed(statement)),
        _ => false,
    };

    /// <summary>
    /// Whether photos and documents kept with a statement may be shown: in the room alone. Faces and places in them may betray a person even where
    /// the words may be passed on; what leaves the room is a masked copy that somebody made and recorded as a statement of its own.
    /// </summary>
    public static bool MayShowAttached(Audience to) => to is Audience.Room;

    /// <summary>Those that may be shown, and how many may not: a view says that something is withheld, never what.</summary>
    public static (IReadOnlyList<Statement> Shown, int Withheld) For(IReadOnlyCollection<Statement> statements, Audience to)
    {
        var shown = statements.Where(s => MayShow(s, to)).ToList();
        return (shown, statements.Count - shown.Count);
    }

    /// <summary>Whether others published it for all to read, which no edition of ours can take back. What own observers saw is theirs to tell, whatever text it stands in.</summary>
    public static bool WasPrinted(Statement statement) => statement.Citation is not null && statement.SaidBy.Kind is not SourceKind.OwnObservers;

    private static bool Agreed(Statement statement) => statement.Consent is Consent.Given or Consent.NotNeeded;
}
