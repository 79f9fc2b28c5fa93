namespace Safeconduct.Situation.Ties;

/// <summary>Why two or more quantities are tied, whatever anybody says.</summary>
public enum TieKind
{
    /// <summary>A narrower category on the same days is a part of the wider one.</summary>
    Category,

    /// <summary>What words single out ("critically ill") is a part of the category.</summary>
    Group,

    /// <summary>A running total up to a later day holds the earlier one.</summary>
    RunningTotal,

    /// <summary>Consecutive days add up.</summary>
    Days,

    /// <summary>A count that stops short of the day's end is a part of the day's.</summary>
    PartOfTheTime,

    /// <summary>One convoy or batch is a part of all that left in that time.</summary>
    Batch,

    /// <summary>Departures by the crossings of one area add up to the departures from it.</summary>
    Crossings,

    /// <summary>What happened in a place happened in the area around it.</summary>
    Place,

    /// <summary>Killed and wounded are those harmed.</summary>
    Harm,

    /// <summary>A statement names its count as a part of another's.</summary>
    NamedPart,

    /// <summary>Whoever was inside before is inside later, has left or has died, where somebody speaks of all of them.</summary>
    StockAndFlow,
}

/// <summary>
/// A structural rule among quantities: the whole is the sum of its parts and, unless they are known to be all of it, of a rest that is not below zero.
/// Every rule of the network has this one shape, so that a proof is a sum that adds up by eye.
/// </summary>
/// <param name="Owing">Quantities added on the side of the whole: only stock and flow has them.</param>
internal sealed record Tie(TieKind Kind, Node Whole, IReadOnlyList<Node> Parts, bool LeavesRest, IReadOnlyList<Node>? Owing = null)
{
    public bool Equals(Tie? other) => other is not null && Kind == other.Kind && Whole == other.Whole && LeavesRest == other.LeavesRest
        && Parts.SequenceEqual(other.Parts) && (Owing ?? []).SequenceEqual(other.Owing ?? []);

    public override int GetHashCode() => HashCode.Combine(Kind, Whole, Parts.Count);
}
