using System.Text.Json;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Incident;

namespace Safeconduct.Reports.Exchange.GeoJson;

/// <summary>That somebody says that something happened, as a Feature: the statement, with the incident's own words as properties. An author is alleged by the source, never stated by us.</summary>
public static class IncidentFeature
{
    /// <summary>Those among the statements that speak of an incident and that their own source has not taken back or put right.</summary>
    public static IEnumerable<(Statement Statement, string Entry)> In(IReadOnlyList<(Statement Statement, string Entry)> entered)
    {
        ArgumentNullException.ThrowIfNull(entered);
        var replaced = entered.SelectMany(e => e.Statement.Claims()).OfType<Claim.About>().Where(a => a.Relation is Relation.Withdraws or Relation.Corrects or Relation.Supersedes).Select(a => a.Statement).ToHashSet();
        return entered.Where(e => Of(e.Statement) is not null && !replaced.Contains(e.Statement.Id));
    }

    public static IReadOnlyList<Box> Write(Utf8JsonWriter json, Statement statement, string entry, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(operation);
        var incident = Of(statement) ?? throw new ArgumentException("The statement speaks of no incident.", nameof(statement));
        return StatementFeature.Write(json, statement, entry, operation, () =>
        {
            json.WriteString("incident", Token.Of(incident.Type));
            json.WriteString("target", incident.Target);
            json.WriteString("alleged_author", incident.AllegedAuthor);
        });
    }

    private static Incident? Of(Statement statement) => statement.Said switch
    {
        Incident said => said,
        Correction { Instead: Incident instead } => instead,
        _ => null,
    };
}
