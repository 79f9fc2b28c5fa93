using Safeconduct.Statements;

namespace Safeconduct.Reports.Publishing;

/// <summary>Which files of the record's documents an audience may open, in a bundle as on a page.</summary>
public static class Opening
{
    /// <summary>
    /// What says that a report was published, and the editions made for the audience. Who signed stays in the room, and so do the operation's papers. An erratum goes where
    /// one of its reports went.
    /// </summary>
    /// <param name="media">Of the document's first file.</param>
    /// <param name="first">The first file.</param>
    /// <param name="file">Which file is asked for, from 0.</param>
    /// <param name="published">Every report that is out.</param>
    public static bool MayOpen(string media, ReadOnlyMemory<byte> first, int file, Audience audience, IEnumerable<Publication> published) => audience is Audience.Room || media switch
    {
        Publication.Media when file == 0 => Publication.Read(first).IsFor(audience),
        Publication.Media => Publication.Read(first).Editions.ElementAtOrDefault(file - 1) is { } edition && edition.Audience >= audience,
        Erratum.Media => Erratum.Read(first) is var erratum && published.Any(p => p.IsFor(audience) && erratum.Reports.Contains(p.Reference)),
        // Places are named in everything that leaves the room.
        "application/geo+json" => true,
        _ => false,
    };
}
