namespace Safeconduct.Server.Access;

/// <summary>Who else than a role of an operation may do an act.</summary>
[Flags]
public enum Others
{
    None = 0,

    /// <summary>Anybody with an account.</summary>
    SignedIn = 1,

    /// <summary>Who runs the server.</summary>
    Administrator = 2,

    /// <summary>An enrolled device with its token.</summary>
    Device = 4,

    /// <summary>A partner's program with a key of the operation, or anybody where the operation opened its public feed.</summary>
    FeedKey = 8,
}

/// <summary>
/// The one table of who may do what. What does not stand here is denied. A test draws every endpoint with every role from it, so that a new endpoint
/// without a rule, or a rule that an endpoint does not keep, fails.
/// </summary>
public static class Rules
{
    private static readonly Dictionary<Act, (Role[] Roles, Others Others)> Table = new()
    {
        [Act.KeepOwnAccount] = ([], Others.SignedIn),
        [Act.SeeOperation] = ([Role.Observer, Role.Monitor, Role.ReportingOfficer, Role.Party, Role.Guarantor, Role.Auditor, Role.HeadOfMission], Others.None),
        [Act.ReadSituation] = ([Role.Observer, Role.Monitor, Role.ReportingOfficer, Role.Party, Role.Guarantor, Role.HeadOfMission], Others.None),
        [Act.ReadStatement] = ([Role.Observer, Role.Monitor, Role.ReportingOfficer, Role.Party, Role.Guarantor, Role.Auditor, Role.HeadOfMission], Others.None),
        [Act.WriteStatement] = ([Role.Observer, Role.Monitor, Role.ReportingOfficer], Others.None),
        [Act.Import] = ([Role.Monitor, Role.ReportingOfficer], Others.None),
        [Act.ReadText] = ([Role.Observer, Role.Monitor, Role.ReportingOfficer, Role.HeadOfMission], Others.None),
        [Act.VerifyRecord] = ([Role.Observer, Role.Monitor, Role.ReportingOfficer, Role.Party, Role.Guarantor, Role.Auditor, Role.HeadOfMission], Others.None),
        [Act.ReadReports] = ([Role.Observer, Role.Monitor, Role.ReportingOfficer, Role.Party, Role.Guarantor, Role.Auditor, Role.HeadOfMission], Others.None),
        [Act.ComposeReport] = ([Role.ReportingOfficer], Others.None),
        [Act.ClearReport] = ([Role.Monitor, Role.ReportingOfficer], Others.None),
        [Act.PutFinding] = ([Role.Monitor, Role.ReportingOfficer], Others.None),
        [Act.Reply] = ([Role.Party, Role.Guarantor], Others.None),
        [Act.EnterAgreement] = ([Role.ReportingOfficer], Others.None),
        [Act.FollowTerms] = ([Role.Observer, Role.Monitor, Role.ReportingOfficer, Role.HeadOfMission], Others.None),
        [Act.ManageDevices] = ([Role.Monitor, Role.ReportingOfficer], Others.None),
        [Act.Invite] = ([Role.ReportingOfficer], Others.Administrator),
        [Act.ManageMembers] = ([Role.ReportingOfficer], Others.Administrator),
        [Act.ReadAudit] = ([Role.Auditor], Others.Administrator),
        [Act.ReleaseCopy] = ([Role.HeadOfMission], Others.None),
        [Act.ManageWebhooks] = ([Role.ReportingOfficer], Others.None),
        [Act.BreakGlass] = ([Role.Auditor], Others.None),
        [Act.RunServer] = ([], Others.Administrator),
        [Act.ManageFeedKeys] = ([Role.ReportingOfficer], Others.None),
        [Act.ReadFeed] = ([Role.Observer, Role.Monitor, Role.ReportingOfficer, Role.Party, Role.Guarantor, Role.HeadOfMission], Others.FeedKey),
        [Act.Sync] = ([], Others.Device),
    };

    public static bool Allows(Act act, Role role) => Table.TryGetValue(act, out var rule) && rule.Roles.Contains(role);

    public static bool Allows(Act act, Others who) => Table.TryGetValue(act, out var rule) && (rule.Others & who) != Others.None;
}
