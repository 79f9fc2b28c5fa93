using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Safeconduct.Record;
using Safeconduct.Server.Operations;
using Safeconduct.Statements;
using Safeconduct.Storage.Files;

namespace Safeconduct.Server.Keeping;

/// <summary>What came back: each operation with its size and root, or that it could only be compared with the manifest because its keys are not here.</summary>
internal sealed record Restored(IReadOnlyList<(string Slug, long? Size, string? Root)> Operations, bool WithAccounts);

/// <summary>
/// Puts a backup in place of nothing: into a folder that is not there yet. Everything is unpacked and checked beside it first, every file against the manifest and every
/// record by opening it, and then the folder is renamed; a power cut before leaves the place empty.
/// </summary>
internal static class Restore
{
    private const string DataPrefix = "data/";
    private const string KeysPrefix = "keys/";

    /// <exception cref="RefusedException"><c>restore.in-use</c>, <c>restore.not-a-backup</c>, <c>restore.damaged</c>.</exception>
    public static Restored Read(string file, string data, TextWriter progress)
    {
        var target = new DataFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data)));
        if (Directory.Exists(target.Root))
        {
            throw new RefusedException("restore.in-use", "The folder is there already; a restore never writes over data. Name a new folder.", data);
        }

        // Beside the target under a name of its own, so that the keys' folder of the half-made copy is its own too.
        var half = new DataFolder(target.Root + ".half");
        Clear(half);
        var isInPlace = false;
        try
        {
            var manifest = Unpack(file, half, progress);
            if (manifest.WithKeys && Directory.Exists(target.Keys))
            {
                throw new RefusedException("restore.in-use", "The backup brings keys, and there is a folder of keys already.", target.Keys);
            }

            var keys = manifest.WithKeys ? half : target;
            var operations = Slugs(half).Select(slug => Checked(slug, half.RecordOf(slug), keys.KeysOf(slug), progress)).ToList();
            if (manifest.WithKeys)
            {
                Directory.Move(half.Keys, target.Keys);
            }

            Directory.Move(half.Root, target.Root);
            isInPlace = true;
            return new Restored(operations, File.Exists(target.Accounts));
        }
        finally
        {
            if (!isInPlace)
            {
                Clear(half);
            }
        }
    }

    private static BackupManifest Unpack(string file, DataFolder half, TextWriter progress)
    {
        using var zip = Opened(file);
        var manifest = ManifestOf(zip, file);
        foreach (var kept in manifest.Files)
        {
            progress.WriteLine(kept.Path);
            var entry = zip.GetEntry(kept.Path) ?? throw Damaged(kept.Path, "is named in the manifest and not there");
            var path = PlaceOf(kept.Path, half);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var input = entry.Open();
            using var output = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[1 << 20];
            var length = 0L;
            try
            {
                for (int read; (read = input.Read(buffer)) > 0 && length <= kept.Length; length += read)
                {
                    output.Write(buffer, 0, read);
                    hash.AppendData(buffer, 0, read);
                }
            }
            catch (InvalidDataException)
            {
                throw Damaged(kept.Path, "can't be unpacked");
            }

            if (length != kept.Length || Convert.ToHexStringLower(hash.GetHashAndReset()) != kept.Sha256)
            {
                throw Damaged(kept.Path, "is not of the length and SHA-256 that the manifest names");
            }

            output.Flush(flushToDisk: true);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }

        return manifest;
    }

    private static ZipArchive Opened(string file)
    {
        try
        {
            return ZipFile.OpenRead(file);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RefusedException("restore.not-a-backup", e is InvalidDataException ? "The file is not a backup, or its end is missing." : "There is no such file.", file);
        }
    }

    private static BackupManifest ManifestOf(ZipArchive zip, string file)
    {
        try
        {
            using var stream = zip.GetEntry(BackupManifest.Name)?.Open();
            if (stream is not null && JsonSerializer.Deserialize<BackupManifest>(stream, BackupManifest.Json) is { Safeconduct: BackupManifest.Version, Files: not null } manifest)
            {
                return manifest;
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new RefusedException("restore.not-a-backup", "The file has no manifest of a backup that this program reads.", file);
    }

    /// <summary>Where a file goes; a name that would lead out of the folder is refused.</summary>
    private static string PlaceOf(string name, DataFolder half)
    {
        var (root, rest) = name.StartsWith(DataPrefix, StringComparison.Ordinal) ? (half.Root, name[DataPrefix.Length..])
            : name.StartsWith(KeysPrefix, StringComparison.Ordinal) ? (half.Keys, name[KeysPrefix.Length..])
            : throw Damaged(name, "lies neither in data nor in keys");
        var path = Path.GetFullPath(Path.Combine(root, rest));
        return rest.Length > 0 && path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : throw Damaged(name, "leads out of the folder");
    }

    /// <summary>Opens the record as the server would: that walks the journal, verifies it and makes tiles and checkpoint anew.</summary>
    private static (string Slug, long? Size, string? Root) Checked(string slug, string record, string keys, TextWriter progress)
    {
        if (!Directory.Exists(keys))
        {
            using var closed = FilesStore.Open(record);
            closed.RemakeTiles();
            return (slug, null, null);
        }

        progress.WriteLine($"verifying {slug}");
        try
        {
            var opened = HostedOperation.Open(slug, record, keys);
            var page = opened.Page;
            opened.DisposeAsync().AsTask().GetAwaiter().GetResult();
            using var store = FilesStore.Open(record);
            store.RemakeTiles();
            return (slug, page.Size, page.Book.Head.Root.ToString());
        }
        catch (RecordException e)
        {
            throw Damaged($"operations/{slug}", $"does not stand up to its check: {e.Message}");
        }
    }

    private static IEnumerable<string> Slugs(DataFolder folder) => Directory.Exists(folder.OperationsFolder) ? Directory.EnumerateDirectories(folder.OperationsFolder).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal) : [];

    private static void Clear(DataFolder half)
    {
        foreach (var folder in new[] { half.Root, half.Keys }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static RefusedException Damaged(string name, string what) => new("restore.damaged", $"'{Shown.Short(name)}' {what}. Nothing was put in place.", name);
}
