using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Statements;

/// <summary>Who may see a statement. The default is the room alone.</summary>
public enum Handling
{
    Room,
    Parties,
    Public,

    /// <summary>Only those it was referred to: no list, report or export carries it.</summary>
    ReferralOnly,
}

/// <summary>Whether the people concerned agreed that it be passed on.</summary>
public enum Consent
{
    NotAsked,
    Given,
    Refused,

    /// <summary>Nobody's private matter: a published text, a count of vehicles.</summary>
    NotNeeded,
}

/// <summary>The original words, their language (BCP 47), and where they stand in the source document: its SHA-256 and the span in UTF-16 characters, end excluded.</summary>
/// <exception cref="RefusedException"><c>words.empty</c>, <c>words.language</c>, <c>words.sha256</c>, <c>words.span</c>.</exception>
public sealed record Words(string Text, string Language, string? DocumentSha256 = null, int? SpanStart = null, int? SpanEnd = null)
{
    public string Text { get; } = Text.Length > 0 ? Text : throw new RefusedException("words.empty", "The original words are missing; leave 'words' out where there are none.");

    public string Language { get; } = Language.Length is >= 2 and <= 35 && Language.All(c => char.IsAsciiLetterOrDigit(c) || c is '-')
        ? Language
        : throw new RefusedException("words.language", $"'{Shown.Short(Language)}' is not a language tag; write it as \"ar\", \"en\" or \"und\" where it is not known.");

    public string? DocumentSha256 { get; } = DocumentSha256 is null || (DocumentSha256.Length == 64 && DocumentSha256.All(char.IsAsciiHexDigitLower))
        ? DocumentSha256
        : throw new RefusedException("words.sha256", "The document is named by its SHA-256: 64 digits of 0-9 and a-f, in lower case.");

    public int? SpanStart { get; } = SpanStart is null or >= 0 && SpanStart is null == SpanEnd is null && !(SpanEnd <= SpanStart)
        ? SpanStart
        : throw new RefusedException("words.span", "A span has a start from 0 on and an end after it; give both or neither.");
}

/// <summary>A photo or document that belongs to a statement: the SHA-256 of its bytes and its media type. It is a further body of the same entry, in the order of the list.</summary>
/// <exception cref="RefusedException"><c>attached.sha256</c>, <c>attached.media</c>.</exception>
public sealed record Attached(string Sha256, string Media)
{
    public const int Most = 20;

    public string Sha256 { get; } = Sha256.Length == 64 && Sha256.All(char.IsAsciiHexDigitLower)
        ? Sha256
        : throw new RefusedException("attached.sha256", "What is attached is named by its SHA-256: 64 digits of 0-9 and a-f, in lower case.");

    public string Media { get; } = Media.Split('/') is [{ Length: > 0 }, { Length: > 0 }] && Media.Length <= 64 && Media.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '+' or '-' or '/')
        ? Media
        : throw new RefusedException("attached.media", $"'{Shown.Short(Media)}' is not a media type; write it as \"image/jpeg\", in lower case.");
}

/// <summary>Where an imported statement comes from: the row exactly as it stood, so that nothing the importer could not read is lost.</summary>
/// <param name="Row">The row's own bytes as text.</param>
/// <param name="Edition">The edition of the list, where two differ.</param>
/// <param name="IsUnmapped">The importer could not say what kind of statement it is; it is kept as a comment and shown as unmapped.</param>
public sealed record Imported(string Row, string? Edition = null, bool IsUnmapped = false);

/// <summary>
/// One act of saying. It is never changed; a correction is another statement that points back. Who recorded it, when, and on which device belong to the
/// record's entry, not to the statement.
/// </summary>
public sealed record Statement
{
    public required StatementId Id { get; init; }

    public required SourceChain Chain { get; init; }

    /// <summary>When the words were uttered or printed, as precisely as is known. Not when they were recorded.</summary>
    public required Moment SaidAt { get; init; }

    /// <summary>The time spoken of.</summary>
    public required TimeSpoken About { get; init; }

    /// <summary>What is said.</summary>
    public required Said Said { get; init; }

    public Basis Basis { get; init; }

    /// <summary>Where; the batch, if any, belongs to the kind.</summary>
    public Scope Where { get; init; } = new();

    public Modality Modality { get; init; }

    public Words? Words { get; init; }

    /// <summary>One or two neutral English sentences in the room's own words.</summary>
    public string? Paraphrase { get; init; }

    /// <summary>Title, publisher and date of the text read; null for what was said to us.</summary>
    public string? Citation { get; init; }

    public Reception? Reception { get; init; }

    /// <summary>A number that ties into no network.</summary>
    public Measured? Measured { get; init; }

    /// <summary>Photos and documents kept with it, sealed as it is.</summary>
    public IReadOnlyList<Attached> Attached { get; init; } = [];

    public Handling Handling { get; init; }

    public Consent Consent { get; init; }

    public IReadOnlyList<Link> Links { get; init; } = [];

    public Imported? Imported { get; init; }

    /// <summary>Made coarse for readers outside the room: a number, a place or an hour is given less finely than it was said. Nobody said it in this form, so it is shown, and never signed.</summary>
    public bool IsCoarse { get; init; }

    /// <summary>When the room could know of it: when it was heard where it came by voice, else when it was said.</summary>
    public Moment KnownFrom => Reception?.HeardAt ?? SaidAt;

    public Source SaidBy => Chain.SaidBy;

    /// <summary>What is said with how it is said: "planned: at least 20 buses departed". A plan or a denial printed without its modality would read as a fact, so print this and not <see cref="Said"/> alone.</summary>
    public string Wording => Modality is Modality.Asserted ? Said.ToString() : $"{Bytes.Token.Of(Modality)}: {Said}";

    public IEnumerable<StatementId> Linked(Relation relation) => Links.Where(l => l.Relation == relation).Select(l => l.To);

    /// <summary>The statement lowered to claims: what the kind says, then what the links say.</summary>
    public IEnumerable<Claim> Claims()
    {
        var said = Said.Claims(this).ToList();
        return said.Concat(Links.Select(l => new Claim.About(l.To, l.Relation)).Where(about => !said.Contains(about)));
    }

    /// <summary>What should have been said, by the same source: another statement, which points back. What belonged to the first act of saying alone (its words, source text, reception, what was attached) stays with it.</summary>
    public Statement Corrected(StatementId id, Moment saidAt, string reason, Said instead) => Answered(id, saidAt, new Kinds.Correction.Correction(Id, reason, instead));

    /// <summary>The taking back of this statement by the same source.</summary>
    public Statement Withdrawn(StatementId id, Moment saidAt, string reason) =>
        Answered(id, saidAt, new Kinds.Withdrawal.Withdrawal(Id, reason)) with { Modality = Modality.Asserted, Measured = null };

    /// <summary>Checks what no single field can: that the kind can be said in this way. Everything that makes statements passes through here.</summary>
    /// <exception cref="RefusedException">The kind's own codes; <c>link.to-itself</c>, <c>link.twice</c>, <c>attached.twice</c>.</exception>
    public Statement Checked()
    {
        if (Links.Any(l => l.To == Id))
        {
            throw new RefusedException("link.to-itself", $"{Id} points to itself.", "links");
        }

        if (Links.GroupBy(l => l).FirstOrDefault(g => g.Skip(1).Any())?.Key is { } twice)
        {
            throw new RefusedException("link.twice", $"{Id} points to {twice.To} twice in the same way ({Bytes.Token.Of(twice.Relation)}).", "links");
        }

        if (Attached.GroupBy(a => a.Sha256).FirstOrDefault(g => g.Skip(1).Any())?.Key is { } again)
        {
            throw new RefusedException("attached.twice", $"{again} is attached to {Id} twice.", "attached");
        }

        Said.Check(this);
        return this;
    }

    private Statement Answered(StatementId id, Moment saidAt, Said said) => this with
    {
        Id = id,
        SaidAt = saidAt,
        Said = said,
        Paraphrase = null,
        Words = null,
        Citation = null,
        Reception = null,
        Imported = null,
        Links = [],
        Attached = [],
    };
}
