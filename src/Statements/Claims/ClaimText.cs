using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Times;

namespace Safeconduct.Statements.Claims;

/// <summary>
/// A claim as one stable line for pages of examples, test vectors and traces; the forms are listed in <c>formats/statement.md</c>. Not for reports: those print words.
/// <c>count left people all: more than 9,500; from town; during 2031-05-02</c>.
/// </summary>
public static class ClaimText
{
    public static string Of(Claim claim) => claim.Match(Count, Happened, Holds, Owes, About);

    private static string Count(Claim.Count c) => Line(
        $"count {Token.Of(c.Quantity.Measure)} {Counted(c.Quantity.Unit, c.Quantity.Category, c.Quantity.Group)}: {c.Bound}",
        ScopeWords(c.Quantity.Scope),
        CutWords(c.Quantity.Cut));

    private static string Happened(Claim.Happened h) => Line(
        $"happened {h.Event.Type}",
        ScopeWords(h.Event.Scope),
        $"at {TimeWords(h.Event.When)}",
        h.Event.AllegedAuthor is { } author ? $"by '{author}'" : "",
        ModalityWords(h.Modality));

    private static string Holds(Claim.Holds h) => Line(
        $"holds {Token.Of(h.Subject.Kind)} {h.Subject.Place?.Value ?? "(no place)"}: {h.State}",
        $"from {TimeWords(h.From)}",
        ModalityWords(h.Modality));

    private static string Owes(Claim.Owes o) => Line(
        $"owes {o.Who ?? "(nobody named)"}: {o.What}",
        o.HowMany is { } n ? $"{(o.Measure is { } m ? Token.Of(m) + " " : "")}{Counted(n.Unit, n.Category, n.Group)}: {n.Bound}" : "",
        $"by {TimeWords(o.When)}",
        ModalityWords(o.Modality));

    private static string About(Claim.About a) => $"about {a.Statement}: {Token.Of(a.Relation)}";

    private static string Counted(Unit unit, Category category, string? group) =>
        string.Join(' ', new[] { Token.Of(unit), category.Space is CategorySpace.Whole ? "" : category.Slug, group is null ? "" : $"({group})" }.Where(w => w.Length > 0));

    private static string ScopeWords(Scope scope) => Line(
        scope.From is { } from ? $"from {from}" : "",
        scope.To is { } to ? $"to {to}" : "",
        scope.Via is { } via ? $"via {via}" : "",
        scope.Batch is { } batch ? $"batch '{batch}'" : "");

    private static string CutWords(Cut cut) => cut.Kind switch
    {
        CutKind.At => $"at {TimeWords(cut.Time)}",
        CutKind.During => $"during {TimeWords(cut.Time)}",
        CutKind.SinceStart => $"since the start up to {TimeWords(TimeSpoken.At(cut.Time.End, cut.Time.Words))}",
        _ => throw new ArgumentOutOfRangeException(nameof(cut)),
    };

    private static string TimeWords(TimeSpoken time) => time.Words is { } words ? $"{time} '{words}'" : time.ToString();

    private static string ModalityWords(Modality modality) => modality is Modality.Asserted ? "" : Token.Of(modality);

    private static string Line(params ReadOnlySpan<string> parts)
    {
        var said = new List<string>();
        foreach (var part in parts)
        {
            if (part.Length > 0)
            {
                said.Add(part);
            }
        }

        return string.Join("; ", said);
    }
}
