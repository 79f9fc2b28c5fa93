using System.Text;
using System.Text.Json;
using NodaTime;
using Safeconduct.Reports.Exchange.GeoJson;
using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Agreements.Wording;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;

namespace Safeconduct.Reports.Publishing;

/// <summary>A part of the record that a copy is limited to, such as what one party said.</summary>
/// <param name="Words">Which, as a copy says it of itself.</param>
public sealed record Part(string Words, Func<Statement, bool> Has)
{
    /// <summary>What a lens shows. A lens chooses here and concludes nothing, so it may leave the room.</summary>
    public static Part Of(Lens lens, IReadOnlyCollection<Statement> statements)
    {
        ArgumentNullException.ThrowIfNull(lens);
        var grades = new Grades(statements);
        return new($"what the lens '{lens}' shows", s => lens.Counts(s, grades));
    }
}

/// <summary>
/// A copy of the record for somebody outside of our programs: which statements go along whole, and in words what it lacks. Decided before a byte is written.
/// </summary>
/// <param name="Release">What lets it leave where it is for the room.</param>
public sealed record Copy(Audience Audience, IReadOnlySet<StatementId> Included, int Lacking, Part? Part, Release? Release)
{
    /// <param name="statements">Those of the record that the copy is made of.</param>
    /// <param name="at">Now: what may leave only later is left out.</param>
    /// <exception cref="RefusedException"><c>bundle.needs-release</c>.</exception>
    public static Copy Of(IReadOnlyCollection<Statement> statements, Operation operation, Instant at, Audience audience, Part? part = null, Release? release = null)
    {
        ArgumentNullException.ThrowIfNull(statements);
        ArgumentNullException.ThrowIfNull(operation);
        if (audience is Audience.Room && release is null)
        {
            throw NeedsRelease();
        }

        var settings = new ReportSettings("copy", operation.Name, at, audience);
        var included = Edition.Unchanged(Edition.Of(statements, operation, settings).Shown, audience).Where(s => part?.Has(s) != false).Select(s => s.Id).ToHashSet();
        return new(audience, included, statements.Count - included.Count, part, release);
    }

    /// <summary>Which sealed files of the record go along.</summary>
    /// <param name="entries">The entries of <see cref="Included"/>.</param>
    /// <param name="release">The entry of <see cref="Release"/>.</param>
    public Opening Opens(IReadOnlySet<long> entries, IReadOnlyCollection<PlacedDocument> documents, long? release = null) => new(Audience, entries, documents, Part is not null, release);

    /// <summary>What a reader is told of what is not here: for a copy's <c>LACKS.txt</c>, behind the table.</summary>
    /// <param name="hasReport">Whether a published report is among the documents of the audience.</param>
    public string Lacks(bool hasReport)
    {
        var text = new StringBuilder();
        text.Append($"This copy was made for {Audiences.Words(Audience)}.\n");
        if (Release is { } release)
        {
            text.Append($"It was released by {release.ReleasedBy} to {release.To}. Reason: {release.Reason}. The release is an entry of the record and is in this copy.\n");
        }

        if (Part is not null)
        {
            text.Append($"It is a part: {Part.Words}. The log and its proofs are whole, the places are there, other words are left out.\n");
        }

        text.Append($"\n{Shown.Grouped(Lacking)} of {Shown.Grouped(Lacking + Included.Count)} statements are not in it. In such a copy a statement is lacking\n");
        if (Part is not null)
        {
            text.Append("- where it does not belong to the part above;\n");
        }

        text.Append(Audience is Audience.Room
            ? "- where it was taken down for referral to another office alone;\n"
            : $"""
            - where whoever took it down let it go no further than {(Audience is Audience.Public ? "the room or the parties" : "the room")}, or the people concerned were not asked or did not agree;
            - where it may not leave yet: what was seen of a convoy stays until its arrival is stated and the operation's delay is over, a watch until its day is over, a
              finding until it is adopted;
            - where it is by itself an account by a witness, or a watch: reports merge the one and widen the other, and no copy carries either;
            - where it may be shown only more coarsely than it was said (a small count, an exact place): what was signed can't be made coarse, so lists and reports carry it;

            """);
        text.Append("- where its body was erased, or can't be opened.\n");
        if (Audience is not Audience.Room)
        {
            text.Append("""
                How many are lacking for which of these reasons is not told: the log shows where each entry stands, so that a number beside a reason could tell whose it was.

                Photographs and documents that are kept with statements stay in the room, and so do texts from which statements were taken, who signed a report, and the
                agreement's own text.

                """);
        }

        if (Audience is Audience.Public)
        {
            text.Append("Places are named and their positions left out.\n");
        }

        text.Append(Part is not null ? "\nReports and terms of the agreement are not in a part.\n" : hasReport ? "" : "\nNo report was published to those this copy is for.\n");
        return text.Append("\nA body that is lacking is still counted in the table, and its entry, hash and commitment stand in the log: if it is shown later, it can be held to them.\n").ToString();
    }

    /// <summary>
    /// The agreement's terms for a copy that does not carry the agreement's own text: those that somebody is known to have stated, in sentences. Null where there are none, and
    /// where the copy is a part or carries the text.
    /// </summary>
    public string? Terms(Agreement? agreement, Operation operation)
    {
        if (agreement is null || Part is not null || Audience is Audience.Room)
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var term in agreement.Terms.Where(t => t.StatedIn.Any(Included.Contains)))
        {
            text.Append($"{term.Number}  {term.Title}\n    stated in {string.Join(", ", term.StatedIn.Where(Included.Contains).Select(id => id.Value))}\n");
            foreach (var clause in term.Clauses)
            {
                text.Append($"    {AgreementProse.Of(Without(clause), agreement, operation)}\n");
            }

            text.Append('\n');
        }

        return text.Length == 0 ? null : $"{agreement.Title}\n\nIn plain sentences; how a term reads from statements is not told here.\n\n{text}";
    }

    /// <summary>The operation's places by name and kind, without positions, for a copy for the public, which does not carry the list itself: a feature collection. Null for others.</summary>
    public byte[]? Places(Operation operation)
    {
        if (Audience is not Audience.Public)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            json.WriteStartArray("features");
            foreach (var place in operation.Gazetteer.Places)
            {
                PlaceFeature.Write(json, place with { Position = null });
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>The refusal of a copy with bodies that are for the room.</summary>
    public static RefusedException NeedsRelease() => new(
        "bundle.needs-release",
        "A copy with what is for the room leaves by a release of the head of mission, which says to whom and why and is recorded: release it, or make the copy for the parties or the public.");

    /// <summary>The clause without ids that may not be in the copy, and without what the room makes of an account.</summary>
    private Clause Without(Clause clause) => clause switch
    {
        Clause.ByAccount c => c with { Kept = [], NotKept = [], BearsOnIt = [.. c.BearsOnIt.Where(Included.Contains)] },
        Clause.NotObservable c => c with { BearsOnIt = [.. c.BearsOnIt.Where(Included.Contains)] },
        _ => clause,
    };
}
