namespace Safeconduct.Server.Access;

/// <summary>What an endpoint lets somebody do. Every endpoint names one; <see cref="Rules"/> says who may.</summary>
public enum Act
{
    /// <summary>One's own account: passkeys, language.</summary>
    KeepOwnAccount,

    /// <summary>Names and settings of an operation one belongs to.</summary>
    SeeOperation,

    /// <summary>Statements, figures, convoys, as the room sees them or as a party may.</summary>
    ReadSituation,

    /// <summary>One statement whole, with its entry and what is attached. Audited.</summary>
    ReadStatement,

    /// <summary>Say, correct, withdraw, comment.</summary>
    WriteStatement,

    /// <summary>Take in a list, or the claims of a text.</summary>
    Import,

    /// <summary>A text from which statements were taken, whole. For the room alone; audited.</summary>
    ReadText,

    /// <summary>Entries, checkpoint, proofs and bundle: whatever one may check.</summary>
    VerifyRecord,

    /// <summary>Let a copy of the record leave with what is for the room.</summary>
    ReleaseCopy,

    /// <summary>Addresses that are told when something is published: make, see, try and end them.</summary>
    ManageWebhooks,

    /// <summary>What is published to the caller.</summary>
    ReadReports,

    /// <summary>Drafts, previews, errata.</summary>
    ComposeReport,

    /// <summary>Check or clear a draft of another person.</summary>
    ClearReport,

    /// <summary>Put a finding to a party; see what was put to all.</summary>
    PutFinding,

    /// <summary>See what was put to oneself, and reply.</summary>
    Reply,

    /// <summary>Enter the agreement whose terms are read: its text, the form, what is wrong with either.</summary>
    EnterAgreement,

    /// <summary>How the readings of terms changed, and when that was known. For the room alone.</summary>
    FollowTerms,

    /// <summary>Enrol and revoke devices.</summary>
    ManageDevices,

    /// <summary>Invite observers and monitors; the administrator invites everybody.</summary>
    Invite,

    /// <summary>See and end memberships.</summary>
    ManageMembers,

    /// <summary>The audit log.</summary>
    ReadAudit,

    /// <summary>Open sensitive bodies for a stated reason and a short time.</summary>
    BreakGlass,

    /// <summary>Found operations; health and metrics. Reads no content.</summary>
    RunServer,

    /// <summary>Make, see and end the keys by which partners read feeds.</summary>
    ManageFeedKeys,

    /// <summary>Feeds that other programs read: features, and what is published. A member by the session, a partner by a key.</summary>
    ReadFeed,

    /// <summary>Deliver and fetch entries with an enrolled device.</summary>
    Sync,
}
