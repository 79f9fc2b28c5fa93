using System.IO.Compression;
using System.Runtime.InteropServices;
using Safeconduct.Intake.Tables;
using Safeconduct.Statements;

namespace Safeconduct.Spreadsheets;

/// <summary>
/// A ZIP archive that may be hostile: looked through before anything of it is unpacked, and what is unpacked is counted as it comes, since what an archive says
/// of its own sizes is only what it says. Nothing of it is ever written to a disk, so no name in it can lead anywhere.
/// </summary>
internal sealed class Archive : IDisposable
{
    public const int MostParts = 2_000;
    public const long MostUnpacked = 128L * 1024 * 1024;

    /// <summary>Text of tables packs to a tenth or a twentieth; two hundred times is made to burst. Small parts are let be.</summary>
    private const int MostTimes = 200;
    private const long SmallPart = 1024 * 1024;
    private const int MostTables = 100;

    private readonly ZipArchive _zip;

    private Archive(ZipArchive zip) => _zip = zip;

    /// <exception cref="RefusedException"><c>table.archive-broken</c>, <c>table.archive-parts</c>, <c>table.archive-bomb</c>, <c>table.archive-locked</c>, <c>table.archive-path</c>.</exception>
    public static Archive Open(ReadOnlyMemory<byte> bytes)
    {
        ZipArchive zip;
        try
        {
            zip = new ZipArchive(StreamOf(bytes), ZipArchiveMode.Read);
            _ = zip.Entries.Count;
        }
        catch (InvalidDataException)
        {
            throw new RefusedException("table.archive-broken", "The file is broken: it begins as an archive or workbook and does not hold together. Save or download it again.");
        }

        Check(zip);
        return new Archive(zip);
    }

    public bool Holds(string part) => _zip.Entries.Any(e => e.FullName.Replace('\\', '/').Equals(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>The tables of an archive of separated values; everything else in it is let be.</summary>
    public Workbook Tables(string name)
    {
        var tables = _zip.Entries.Where(e => e.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || e.Name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase)).OrderBy(e => e.FullName, StringComparer.Ordinal).ToList();
        if (tables.Count is 0 or > MostTables)
        {
            throw new RefusedException("table.archive-empty", tables.Count == 0 ? "The archive holds no .csv; hand in a ZIP of CSVs, a workbook (.xlsx), or the file itself." : $"The archive holds more than {Shown.Number(MostTables)} tables.", name);
        }

        var left = MostUnpacked;
        return new Workbook([.. tables.Select(t => CsvText.Read(Unpacked(t, ref left), Path.GetFileNameWithoutExtension(t.Name)))]);
    }

    public void Dispose() => _zip.Dispose();

    internal static Stream StreamOf(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(bytes.ToArray(), writable: false);

    internal static RefusedException Bomb(string part) =>
        new("table.archive-bomb", $"'{Shown.Short(part)}' unpacks to far more than a table of people's hand holds (at most {Shown.Grouped(MostUnpacked)} bytes in all); it was not read further. Save it anew, or as CSV.");

    private static void Check(ZipArchive zip)
    {
        if (zip.Entries.Count > MostParts)
        {
            throw new RefusedException("table.archive-parts", $"The file has {Shown.Grouped(zip.Entries.Count)} parts; at most {Shown.Grouped(MostParts)} are read.");
        }

        var unpacked = 0L;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in zip.Entries)
        {
            var path = part.FullName.Replace('\\', '/');
            if (path.StartsWith('/') || path.Split('/').Contains("..") || path.Contains(':', StringComparison.Ordinal) || !names.Add(path))
            {
                throw new RefusedException("table.archive-path", $"The archive names a part '{Shown.Short(part.FullName)}' that leads out of it or stands twice; it was not read. Make it anew.");
            }

            if (part.IsEncrypted)
            {
                throw new RefusedException("table.archive-locked", "The archive is locked with a password; hand it in without one.");
            }

            unpacked += part.Length;
            if (unpacked > MostUnpacked || (part.Length > SmallPart && part.Length / Math.Max(1, part.CompressedLength) > MostTimes))
            {
                throw Bomb(part.FullName);
            }
        }
    }

    /// <summary>Read until its end or until too much came, whatever its own header says.</summary>
    private static byte[] Unpacked(ZipArchiveEntry part, ref long left)
    {
        using var from = part.Open();
        using var to = new MemoryStream();
        var buffer = new byte[81_920];
        try
        {
            for (int read; (read = from.Read(buffer)) > 0;)
            {
                left -= read;
                if (left < 0)
                {
                    throw Bomb(part.FullName);
                }

                to.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            throw new RefusedException("table.archive-broken", $"'{Shown.Short(part.FullName)}' in the archive is broken; download it again.");
        }

        return to.ToArray();
    }
}
