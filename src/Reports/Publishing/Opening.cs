using Safeconduct.Statements;

namespace Safeconduct.Reports.Publishing;

/// <summary>A document of the record: its place, the media type of its first file, and that file.</summary>
public sealed record PlacedDocument(long Entry, string Media, ReadOnlyMemory<byte> First);

/// <summary>
/// Which sealed files of the record an audience may open, in a bundle. Made once and asked for each file; what it does not know stays shut, such as the links between the
/// pseudonyms of one device.
/// </summary>
public sealed class Opening
{
    private const string Places = "application/geo+json";
    private readonly Audience audience;
    private readonly IReadOnlySet<long> statements;
    private readonly Dictionary<long, Func<int, bool>> documents;

    /// <param name="statements">The entries of those statements that the audience may be shown.</param>
    /// <param name="documents">Every document of the record.</param>
    /// <param name="isPart">Whether the copy is a part: of the documents it carries the list of places alone.</param>
    /// <param name="release">The entry of the release by which the copy leaves the room; no other release goes along, since it is none of the receiver's business.</param>
    public Opening(Audience audience, IReadOnlySet<long> statements, IReadOnlyCollection<PlacedDocument> documents, bool isPart = false, long? release = null)
    {
        ArgumentNullException.ThrowIfNull(documents);
        (this.audience, this.statements) = (audience, statements);
        var published = documents.Where(d => d.Media == Publication.Media).ToDictionary(d => d.Entry, d => Publication.Read(d.First));
        var reports = published.Values.Where(p => p.IsFor(audience)).Select(p => p.Reference).ToHashSet(StringComparer.Ordinal);
        HasReport = !isPart && reports.Count > 0;
        this.documents = documents.ToDictionary(d => d.Entry, d => d.Media == Release.Media ? _ => d.Entry == release
            : isPart ? _ => audience is Audience.Room ? d.Media == Places : IsListOfPlaces(d)
            : audience is Audience.Room ? _ => true
            : FilesOf(d, published.GetValueOrDefault(d.Entry), reports));
    }

    /// <summary>Whether a published report is among what opens.</summary>
    public bool HasReport { get; }

    /// <param name="entry">The entry's place in the record.</param>
    /// <param name="file">Which of its bodies, from 0.</param>
    public bool MayOpen(long entry, int file) => documents.TryGetValue(entry, out var opens)
        ? opens(file)
        : statements.Contains(entry) && (file == 0 || Disclosure.MayShowAttached(audience));

    private bool IsListOfPlaces(PlacedDocument document) => document.Media == Places && audience is not Audience.Public;

    /// <summary>
    /// What says that a report was published, and the editions made for the audience. Who signed stays in the room, and so do the operation's papers. An erratum goes where
    /// one of its reports went.
    /// </summary>
    private Func<int, bool> FilesOf(PlacedDocument document, Publication? publication, HashSet<string> reports)
    {
        if (publication is not null)
        {
            return file => file == 0 ? publication.IsFor(audience) : publication.Editions.ElementAtOrDefault(file - 1) is { } edition && edition.Audience >= audience;
        }

        // Places are named in everything that leaves the room; where exactly they lie is not told to the public.
        var opens = IsListOfPlaces(document) || (document.Media == Erratum.Media && Erratum.Read(document.First).Reports.Any(reports.Contains));
        return _ => opens;
    }
}
