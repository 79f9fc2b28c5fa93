using Safeconduct.Statements;

namespace Safeconduct.Situation.Ties;

/// <summary>The part of the network around one figure: the quantities at most two rules away and the rules among them. For drawing, and for reading a proof beside.</summary>
/// <param name="LeftOut">Quantities at that distance that are not listed, beyond the most that can be read.</param>
public sealed record Neighbourhood(IReadOnlyList<NearQuantity> Quantities, IReadOnlyList<NearRule> Rules, int LeftOut)
{
    /// <summary>More can't be read in one drawing.</summary>
    public const int Most = 20;

    /// <summary>Rules between the figure and the furthest quantity listed.</summary>
    public const int Furthest = 2;
}

/// <summary>One quantity near a figure. The figure itself is the first.</summary>
/// <param name="Distance">Rules between it and the figure; zero for the figure itself.</param>
/// <param name="Holds">What holds together; null where its own statements are contested, or the work ran out.</param>
/// <param name="Ids">Statements that speak of it; none where it only connects others.</param>
public sealed record NearQuantity(string What, int Distance, Consensus? Holds, bool IsContested, IReadOnlyList<StatementId> Ids);

/// <summary>One rule among the quantities listed, by their places in the list. Quantities of the rule that are not listed are counted.</summary>
/// <param name="LeavesRest">The parts need not be all of the whole.</param>
public sealed record NearRule(TieKind Kind, int Whole, IReadOnlyList<int> Parts, bool LeavesRest);
