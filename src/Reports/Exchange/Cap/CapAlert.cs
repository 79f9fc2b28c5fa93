using NodaTime;
using Safeconduct.Statements.Places;

namespace Safeconduct.Reports.Exchange.Cap;

// The closed lists of CAP 1.2 (OASIS Standard, 1 July 2010, section 3.2), in its own words: a member is written as it is named here.

/// <summary>Whether it is meant: <c>status</c>.</summary>
public enum CapStatus
{
    Actual,
    Exercise,
    Test,
}

/// <summary>What it is to the messages before it: <c>msgType</c>.</summary>
public enum CapMessage
{
    Alert,
    Update,
    Cancel,
}

/// <summary><c>urgency</c>.</summary>
public enum CapUrgency
{
    Immediate,
    Past,
    Unknown,
}

/// <summary><c>severity</c>. Extreme is never chosen by a program.</summary>
public enum CapSeverity
{
    Severe,
    Moderate,
    Minor,
}

/// <summary><c>certainty</c>. Observed is for what this mission's own observers saw or counted; everything else is reported by somebody.</summary>
public enum CapCertainty
{
    Observed,
    Likely,
    Possible,
    Unknown,
}

/// <summary>An earlier message, as <c>references</c> names it.</summary>
public sealed record CapReference(string Sender, string Identifier, OffsetDateTime Sent);

/// <summary>What an area is called, and its ground: a circle or polygons, or neither where no position is known.</summary>
/// <param name="Circle">The centre, and the radius in kilometres.</param>
/// <param name="Polygons">Each closed, of at least four positions.</param>
public sealed record CapArea(string Description, (Position Centre, double Kilometres)? Circle, IReadOnlyList<IReadOnlyList<Position>> Polygons);

/// <summary>The message in one language.</summary>
public sealed record CapWords(string Language, string Event, string Headline, string Description, string? Instruction);

/// <summary>One message of the Common Alerting Protocol 1.2, before it is written.</summary>
/// <param name="Restriction">Who it is for, where it is not for the public; null where it is.</param>
/// <param name="Parameters">Further facts for programs, such as the ids of the statements it rests on.</param>
public sealed record CapAlert(
    string Identifier, string Sender, OffsetDateTime Sent, CapStatus Status, CapMessage Message, string? Restriction, string? Note, IReadOnlyList<CapReference> References, string Category,
    CapUrgency Urgency, CapSeverity Severity, CapCertainty Certainty, OffsetDateTime? Onset, string SenderName, IReadOnlyList<CapWords> Words, IReadOnlyList<(string Name, string Value)> Parameters, CapArea? Area);
