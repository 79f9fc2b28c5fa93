using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Safeconduct.Server.Operations;
using Safeconduct.Statements;

namespace Safeconduct.Server.Keeping;

/// <summary>One file of a backup.</summary>
/// <param name="Path">With forward slashes, below <c>data/</c> or <c>keys/</c>.</param>
internal sealed record KeptFile(string Path, long Length, string Sha256);

/// <summary>What a backup holds: made while it is written, and written last.</summary>
internal sealed record BackupManifest(string Safeconduct, string MadeAt, bool WithKeys, IReadOnlyList<KeptFile> Files)
{
    public const string Version = "backup 1";
    public const string Name = "MANIFEST.json";

    public static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };
}

/// <summary>
/// Copies a server's data into one file, whether or not the server runs. The truth of a record is its journal, which only grows: what was acknowledged before a copy began is in
/// it, and a last entry that was copied half is cut when it is opened. Tiles follow from the journal and are left out. Accounts are copied by SQLite's own
/// online backup, and first: a phone that was enrolled in between enrols again, and loses nothing. Written beside its name and renamed when it is on the disk.
/// </summary>
internal static class Backup
{
    /// <exception cref="RefusedException"><c>backup.no-data</c>, <c>backup.exists</c>.</exception>
    public static BackupManifest Write(string data, string file, bool withKeys, TextWriter progress, DateTimeOffset now)
    {
        var folder = new DataFolder(System.IO.Path.GetFullPath(data));
        if (!Directory.Exists(folder.OperationsFolder) && !File.Exists(folder.Accounts))
        {
            throw new RefusedException("backup.no-data", "There is no server's data in this folder; name the folder that serve has as --data.", data);
        }

        if (File.Exists(file))
        {
            throw new RefusedException("backup.exists", "There is a file of this name already; a backup never takes another's place.", file);
        }

        var half = file + ".half";
        var kept = new List<KeptFile>();
        BackupManifest manifest;
        using (var output = new FileStream(half, FileMode.Create, FileAccess.Write))
        {
            using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
            {
                if (File.Exists(folder.Accounts))
                {
                    progress.WriteLine("accounts");
                    kept.Add(AddAccounts(zip, folder.Accounts));
                }

                foreach (var operation in Folders(folder.OperationsFolder))
                {
                    progress.WriteLine($"record of {System.IO.Path.GetFileName(operation)}");

                    // The checkpoint first: the journal that is copied after it holds all that it signed for.
                    if (File.Exists(System.IO.Path.Combine(operation, "checkpoint")))
                    {
                        kept.Add(Add(zip, System.IO.Path.Combine(operation, "checkpoint"), $"data/operations/{System.IO.Path.GetFileName(operation)}/checkpoint"));
                    }

                    kept.AddRange(Directory.EnumerateFiles(System.IO.Path.Combine(operation, "journal")).Order(StringComparer.Ordinal).Select(f => Add(zip, f, $"data/operations/{System.IO.Path.GetFileName(operation)}/journal/{System.IO.Path.GetFileName(f)}")));
                }

                if (withKeys && Directory.Exists(folder.Keys))
                {
                    progress.WriteLine("keys");
                    kept.AddRange(Directory.EnumerateFiles(folder.Keys, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => Add(zip, f, $"keys/{System.IO.Path.GetRelativePath(folder.Keys, f).Replace('\\', '/')}")));
                }

                manifest = new BackupManifest(BackupManifest.Version, now.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), withKeys, kept);
                using var stream = zip.CreateEntry(BackupManifest.Name).Open();
                JsonSerializer.Serialize(stream, manifest, BackupManifest.Json);
            }

            output.Flush(flushToDisk: true);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(half, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.Move(half, file);
        return manifest;
    }

    private static IEnumerable<string> Folders(string folder) => Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Where(d => Directory.Exists(System.IO.Path.Combine(d, "journal"))).Order(StringComparer.Ordinal) : [];

    private static KeptFile AddAccounts(ZipArchive zip, string accounts)
    {
        var copy = System.IO.Path.GetTempFileName();
        try
        {
            using (var from = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = accounts, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString()))
            using (var to = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString()))
            {
                from.Open();
                to.Open();
                from.BackupDatabase(to);
            }

            return Add(zip, copy, "data/accounts.db");
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private static KeptFile Add(ZipArchive zip, string path, string name)
    {
        using var input = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var output = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        var length = 0L;
        for (int read; (read = input.Read(buffer)) > 0; length += read)
        {
            output.Write(buffer, 0, read);
            hash.AppendData(buffer, 0, read);
        }

        return new KeptFile(name, length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
