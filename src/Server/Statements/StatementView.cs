using System.Text.Json;
using System.Text.Json.Nodes;
using Safeconduct.Record.Books;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Sync;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Server.Statements;

internal sealed record SourceAnswer(string Id, string Name, string Kind, IReadOnlyList<string> Roles);

/// <param name="DocumentSha256">The text they stand in, and from where to where; null where none was kept.</param>
internal sealed record WordsAnswer(string Text, string Language, string? DocumentSha256, int? Start, int? End);

internal sealed record ReceptionAnswer(string Channel, string HeardAt, bool ReadBack, string? CountedBy);

internal sealed record LinkAnswer(string Relation, string To);

internal sealed record LinkedAnswer(string Id, string Relation);

internal sealed record AttachedAnswer(string Sha256, string Media);

/// <summary>A statement as a page shows it.</summary>
internal sealed record StatementView(
    string Id, string Kind, string Wording, string? Paraphrase, SourceAnswer Source, IReadOnlyList<SourceAnswer> RelayedBy, string SaidAt, string KnownFrom, string About, string? AboutWords,
    string? From, string? To, string? Via, string Modality, string Basis, string Handling, string Consent, WordsAnswer? Words, string? Citation, ReceptionAnswer? Reception, string Standing,
    IReadOnlyList<LinkAnswer> Links, string Level, long Index)
{
    /// <summary>The place in the record of what was made coarse: its entry's header would tell the device of the shift and the minute.</summary>
    public const long Unplaced = -1;

    /// <summary>What it says field by field, where the room asked for that; null otherwise.</summary>
    public JsonNode? Said { get; init; }

    public static StatementView Of(Entered entered, BookPage page, IReadOnlyDictionary<StatementId, string> standing)
    {
        var s = entered.Statement;
        return new StatementView(
            s.Id.Value, s.Said.Kind, s.Wording, s.Paraphrase, SourceOf(s.SaidBy), [.. s.Chain.RelayedBy.Select(SourceOf)], s.SaidAt.ToString(), s.KnownFrom.ToString(), s.About.ToString(), s.About.Words,
            s.Where.From?.Value, s.Where.To?.Value, s.Where.Via?.Value, Token.Of(s.Modality), Token.Of(s.Basis), Token.Of(s.Handling), Token.Of(s.Consent),
            s.Words is { } w ? new WordsAnswer(w.Text, w.Language, w.DocumentSha256, w.SpanStart, w.SpanEnd) : null, s.Citation,
            s.Reception is { } r ? new ReceptionAnswer(r.Channel, r.HeardAt.ToString(), r.ReadBack, r.CountedBy) : null,
            standing.GetValueOrDefault(s.Id, "current"), [.. s.Links.Select(l => new LinkAnswer(Token.Of(l.Relation), l.To.Value))],
            SyncEndpoints.LevelOf(page.Book.LevelOf(entered)), s.IsCoarse ? Unplaced : entered.Index.Value);
    }

    public static SourceAnswer SourceOf(Source source) => new(source.Id.Value, source.Name, Token.Of(source.Kind), source.Roles ?? []);
}

/// <summary>What became of statements: which were corrected, replaced or taken back by a later one of their own.</summary>
internal static class Standing
{
    public static IReadOnlyDictionary<StatementId, string> Of(IEnumerable<Statement> statements) => Added([], statements);

    /// <summary>The same with further statements, where few of them replace others; the earlier answer stays as it is.</summary>
    public static IReadOnlyDictionary<StatementId, string> After(IReadOnlyDictionary<StatementId, string> before, IEnumerable<Statement> further)
    {
        var fresh = Of(further);
        return fresh.Count == 0 ? before : Added(new Dictionary<StatementId, string>(before), further);
    }

    private static Dictionary<StatementId, string> Added(Dictionary<StatementId, string> standing, IEnumerable<Statement> statements)
    {
        foreach (var about in statements.SelectMany(s => s.Claims()).OfType<Claim.About>())
        {
            var word = about.Relation switch
            {
                Relation.Withdraws => "withdrawn",
                Relation.Corrects => "corrected",
                Relation.Supersedes => "superseded",
                _ => null,
            };
            if (word is not null && standing.GetValueOrDefault(about.Statement) != "withdrawn")
            {
                standing[about.Statement] = word;
            }
        }

        return standing;
    }
}
