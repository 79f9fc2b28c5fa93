using Safeconduct.Statements.Bytes;

namespace Safeconduct.Statements.Kinds;

/// <summary>Every kind of statement, one line each. A test walks this list and fails on a kind without a page of worked examples.</summary>
public static class Catalogue
{
    public static IReadOnlyList<(string Name, Func<Fields, Said> Read)> Kinds { get; } =
    [
        (Headcount.Headcount.Name, Headcount.Headcount.Read),
        (Movement.Movement.Name, Movement.Movement.Read),
        (Incident.Incident.Name, Incident.Incident.Read),
        (Obstruction.Obstruction.Name, Obstruction.Obstruction.Read),
        (Stop.Stop.Name, Stop.Stop.Read),
        (Control.Control.Name, Control.Control.Read),
        (Status.Status.Name, Status.Status.Read),
        (Agreement.Agreement.Name, Agreement.Agreement.Read),
        (Undertaking.Undertaking.Name, Undertaking.Undertaking.Read),
        (Access.Access.Name, Access.Access.Read),
        (Appeal.Appeal.Name, Appeal.Appeal.Read),
        (Diplomacy.Diplomacy.Name, Diplomacy.Diplomacy.Read),
        (Attribution.Attribution.Name, Attribution.Attribution.Read),
        (Unknown.Unknown.Name, Unknown.Unknown.Read),
        (Coverage.Coverage.Name, Coverage.Coverage.Read),
        (Screening.Screening.Name, Screening.Screening.Read),
        (Voluntariness.Voluntariness.Name, Voluntariness.Voluntariness.Read),
        (Handover.Handover.Name, Handover.Handover.Read),
        (Contact.Contact.Name, Contact.Contact.Read),
        (Clearance.Clearance.Name, Clearance.Clearance.Read),
        (Finding.Finding.Name, Finding.Finding.Read),
        (Assessment.Assessment.Name, Assessment.Assessment.Read),
        (Correction.Correction.Name, Correction.Correction.Read),
        (Withdrawal.Withdrawal.Name, Withdrawal.Withdrawal.Read),
        (Comment.Comment.Name, Comment.Comment.Read),
    ];

    private static readonly Dictionary<string, Func<Fields, Said>> ByName = Kinds.ToDictionary(k => k.Name, k => k.Read, StringComparer.Ordinal);

    /// <summary>Reads the fields of a kind.</summary>
    /// <exception cref="RefusedException"><c>body.unknown-kind</c>, and the kind's own.</exception>
    public static Said Read(string kind, Fields fields) => ByName.TryGetValue(kind, out var read)
        ? read(fields)
        : throw new RefusedException("body.unknown-kind", $"'{Shown.Short(kind)}' is not a kind of statement; the kinds are {string.Join(", ", Kinds.Select(k => k.Name))}.", fields.Path);
}
