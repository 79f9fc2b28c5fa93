using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Claims;

/// <summary>A claim on one line, the same on every machine: for pages of examples, traces and tests. Not for print, and not read back.</summary>
public static class ClaimText
{
    public static string Of(Claim claim) => claim.Match(
        count => $"count {Of(count.Quantity)}: {count.Bound}",
        happened => $"{Token.Of(happened.Modality)} {happened.Event.Type}{Of(happened.Event.Scope)}, {happened.Event.When}{(happened.Event.AllegedAuthor is { } by ? $", alleged author: {by}" : "")}",
        holds => $"{Token.Of(holds.Modality)} {Token.Of(holds.Subject.Kind)} {holds.Subject.Place?.Value ?? "(no place)"} is {holds.State} from {holds.From}",
        owes => $"{Token.Of(owes.Modality)} {owes.Who ?? "(nobody named)"} to: {owes.What}{(owes.HowMany is { } n ? $" ({(owes.Measure is { } m ? Token.Of(m) + " " : "")}{n})" : "")}, {owes.When}",
        about => $"{Token.Of(about.Relation)} {about.Statement}");

    private static string Of(Quantity q) =>
        $"{Token.Of(q.Measure)} {Token.Of(q.Unit)} {q.Category.Slug}{(q.Group is { } group ? $" [{group}]" : "")}{Of(q.Scope)}, {Of(q.Cut)}";

    private static string Of(Scope scope) => string.Concat(
        scope.From is { } from ? $" from {from}" : "",
        scope.To is { } to ? $" to {to}" : "",
        scope.Via is { } via ? $" via {via}" : "",
        scope.Batch is { } batch ? $" ({batch})" : "");

    private static string Of(Cut cut) => cut.Kind switch
    {
        CutKind.At => $"at {cut.Time}",
        CutKind.During => $"during {cut.Time}",
        CutKind.SinceStart => $"since the start up to {cut.Time.End}",
        _ => throw new ArgumentOutOfRangeException(nameof(cut)),
    };
}
