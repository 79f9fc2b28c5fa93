using System.IO.Compression;

namespace Safeconduct.Printing;

/// <summary>Packages of Office documents are archives that carry the hour of their making and an order of chance; the same parts are put together again without either.</summary>
internal static class SameBytes
{
    /// <summary>The first hour an archive can carry: it says that none is meant.</summary>
    private static readonly DateTimeOffset NoHour = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Of(byte[] package)
    {
        using var from = new ZipArchive(new MemoryStream(package), ZipArchiveMode.Read);
        return Of(from.Entries.Select(e =>
        {
            using var stream = e.Open();
            using var part = new MemoryStream();
            stream.CopyTo(part);
            return (e.FullName, part.ToArray());
        }));
    }

    public static byte[] Of(IEnumerable<(string Name, byte[] Bytes)> parts)
    {
        using var bytes = new MemoryStream();
        using (var to = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            // What says the types stands first, as readers that stream expect.
            foreach (var (name, part) in parts.OrderBy(p => p.Name == "[Content_Types].xml" ? 0 : 1).ThenBy(p => p.Name, StringComparer.Ordinal))
            {
                var entry = to.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = NoHour;
                using var stream = entry.Open();
                stream.Write(part);
            }
        }

        return bytes.ToArray();
    }
}
