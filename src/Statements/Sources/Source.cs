namespace Safeconduct.Statements.Sources;

/// <summary>What kind of source speaks: never which side it is on, and never a grade of how far to trust it.</summary>
public enum SourceKind
{
    /// <summary>This mission's own observers. Nobody else is ever read as one.</summary>
    OwnObservers,
    Party,
    Guarantor,
    Un,
    RedCrossRedCrescent,
    MonitorGroup,

    /// <summary>Rescuers, medical staff and aid organisations.</summary>
    Responder,

    /// <summary>Residents, people who were there, people who were told.</summary>
    Witness,
    Media,
}

/// <summary>The identity of a source within an operation: office and body as a slug, <c>ministry-of-health/press-office</c>. Two offices of one body are two sources.</summary>
/// <exception cref="RefusedException"><c>source.not-an-id</c>.</exception>
public readonly record struct SourceId(string Value) : IComparable<SourceId>
{
    public const int LongestLength = 400;

    public string Value { get; } = string.IsNullOrWhiteSpace(Value) || Value.Length > LongestLength
        ? throw new RefusedException("source.not-an-id", $"A source id is 1 to {LongestLength} characters; got '{Shown.Short(Value)}'.")
        : Value;

    /// <summary>The body an office belongs to: the first part.</summary>
    public string Body => Value.Split('/')[0];

    public int CompareTo(SourceId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}

/// <summary>A named office or person that says things. An office at an hour, not a country.</summary>
/// <param name="Id">Stable within the operation.</param>
/// <param name="Name">As it is printed: "Spokeswoman (City hospital)".</param>
/// <param name="Kind">What kind of source; doubles as a filter.</param>
/// <param name="Speaker">The person, where one is named.</param>
/// <param name="Office">The office or role within the body, where one is named.</param>
/// <param name="Body">The organisation, outlet, ministry or group.</param>
/// <param name="Roles">Declared roles in agreements: "guarantor", "party". A source may hold several; all are shown.</param>
public sealed record Source(SourceId Id, string Name, SourceKind Kind, string? Speaker = null, string? Office = null, string? Body = null, IReadOnlyList<string>? Roles = null)
{
    /// <summary>The room itself, where it remarks on what others said. Only the device that the operation was founded with speaks for it.</summary>
    public static Source Room { get; } = new(new SourceId("mission/room"), "Monitoring room", SourceKind.OwnObservers);

    public bool Equals(Source? other) => other is not null && Id == other.Id && Name == other.Name && Kind == other.Kind
        && Speaker == other.Speaker && Office == other.Office && Body == other.Body
        && (Roles ?? []).SequenceEqual(other.Roles ?? []);

    public override int GetHashCode() => HashCode.Combine(Id, Name, Kind);

    public override string ToString() => Name;
}

/// <summary>Who said it, and through whom it reached us, outermost first: "an outlet relayed that a minister said that a president had told him" is said by the president, relayed by the outlet, then the minister.</summary>
public sealed record SourceChain(Source SaidBy, IReadOnlyList<Source> RelayedBy)
{
    public bool Equals(SourceChain? other) => other is not null && SaidBy == other.SaidBy && RelayedBy.SequenceEqual(other.RelayedBy);

    public override int GetHashCode() => SaidBy.GetHashCode();

    public override string ToString() =>
        RelayedBy.Count == 0 ? SaidBy.Name : $"{SaidBy.Name}, relayed by {string.Join(", then ", RelayedBy.Select(r => r.Name))}";
}

/// <summary>How the one who said it knows. <see cref="NotSaid"/> is the honest default.</summary>
public enum Basis
{
    NotSaid,
    Counted,
    Seen,
    Heard,
    Told,
    Published,
    Inferred,
}

/// <summary>How a statement reached the room by voice or paper: kept beside the words so that a later reader can judge the ear as well as the mouth.</summary>
/// <param name="Channel">Radio, phone, in person, paper sheet, text.</param>
/// <param name="HeardAt">When it was heard, as the listener said.</param>
/// <param name="ReadBack">Whether it was read back to the speaker and agreed.</param>
/// <param name="CountedBy">Who counted, where that is not the one who spoke.</param>
public sealed record Reception(string Channel, Times.Moment HeardAt, bool ReadBack, string? CountedBy = null);
