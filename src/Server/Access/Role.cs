namespace Safeconduct.Server.Access;

/// <summary>What somebody is in one operation. A person may hold several; each is given by name and none follows from another.</summary>
public enum Role
{
    /// <summary>Records with an enrolled device; reads the lines and what was recorded there.</summary>
    Observer,

    /// <summary>Reads the room, records and corrects statements.</summary>
    Monitor,

    /// <summary>As a monitor; composes reports, puts findings to parties, invites observers and monitors.</summary>
    ReportingOfficer,

    /// <summary>Reads what is published to it, verifies the record, replies to what was put to it.</summary>
    Party,

    /// <summary>As a party: a guarantor of the arrangement.</summary>
    Guarantor,

    /// <summary>Reads who did what; sensitive bodies only after breaking the glass.</summary>
    Auditor,

    /// <summary>Reads the room, and alone lets a copy of it leave, to somebody and for a reason.</summary>
    HeadOfMission,
}

/// <summary>A member of one operation, as the session or the device shows it. Owned by the request.</summary>
/// <param name="Account">The account's id; never a name, so that it may stand in logs.</param>
/// <param name="PartySource">For a party or guarantor: the source in whose name it speaks.</param>
public sealed record Member(string Account, string Operation, IReadOnlySet<Role> Roles, PartySource? PartySource)
{
    public bool Is(Role role) => Roles.Contains(role);

    /// <summary>Of the mission itself: sees what the room sees, and hears it live.</summary>
    public bool IsInRoom => Is(Role.Observer) || Is(Role.Monitor) || Is(Role.ReportingOfficer) || Is(Role.HeadOfMission);
}

/// <summary>The source that a party's account speaks for.</summary>
public sealed record PartySource(string Id, string Name);
