using System.Text;
using Safeconduct.Record;
using Safeconduct.Reports.Publishing;
using Safeconduct.Statements;

namespace Safeconduct.Cli.Operations;

/// <summary>Bundles on disk: one ZIP, or a folder.</summary>
internal static class Bundles
{
    /// <summary>Refuses a folder that holds something already, before anything is recorded or written.</summary>
    /// <exception cref="RefusedException"><c>bundle.folder-in-use</c>.</exception>
    public static void CheckFree(string output)
    {
        if (!IsZip(output) && (File.Exists(output) || (Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any())))
        {
            throw new RefusedException("bundle.folder-in-use", "The folder is not empty; name a new one, or a file that ends in .zip.", output);
        }
    }

    /// <summary>Writes a copy of everything logged, whole or not at all.</summary>
    /// <param name="release">The entry of the release that lets it leave, where it needs one.</param>
    /// <param name="report">Makes a report for the copy where none was published for its audience.</param>
    public static void Write(OperationFolder operation, string output, Copy copy, string? terms, long? release, Func<byte[]?> report)
    {
        CheckFree(output);
        var entries = operation.Book.Statements.Where(e => copy.Included.Contains(e.Statement.Id)).Select(e => e.Index.Value).ToHashSet();
        var opening = copy.Opens(entries, [.. operation.Book.Snapshot().Documents.Select(d => new PlacedDocument(d.Index.Value, d.Media[0], d.First))], release);
        var made = copy.Part is null && !opening.HasReport ? report() : null;
        var papers = new ReaderPapers(copy.Lacks(opening.HasReport), terms is null ? null : Encoding.UTF8.GetBytes(terms), copy.Places(operation.Operation), made);
        var files = Bundle.Write(operation.Book.Log, operation.Keys.Log, (entry, body) => opening.MayOpen(entry.Index.Value, body), Verifier(), papers);
        if (IsZip(output))
        {
            InputFile.Write(output, stream => StoredZip.Write(files, stream));
            return;
        }

        var half = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)) + ".part";
        try
        {
            foreach (var file in files)
            {
                InputFile.Write(Path.Combine(half, file.Path), file.Bytes);
            }

            if (Directory.Exists(output))
            {
                Directory.Delete(output);
            }

            Directory.Move(half, output);
        }
        finally
        {
            if (Directory.Exists(half))
            {
                Directory.Delete(half, recursive: true);
            }
        }
    }

    public static VerificationReport Check(string path)
    {
        if (File.Exists(path))
        {
            return Bundle.VerifyZip(InputFile.Read(path));
        }

        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var file in FilesIn(new DirectoryInfo(path)))
        {
            files[Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/')] = InputFile.Read(file);
        }

        return Bundle.Verify(files);
    }

    private static bool IsZip(string output) => output.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    // A link in somebody else's folder may lead to a file of ours, or round in a circle.
    private static IEnumerable<string> FilesIn(DirectoryInfo folder)
    {
        foreach (var found in folder.EnumerateFileSystemInfos())
        {
            if (found.LinkTarget is not null)
            {
                throw new RefusedException("bundle.link", "This is a link; a bundle has none, and it was not followed.", found.FullName);
            }

            foreach (var file in found is DirectoryInfo inner ? FilesIn(inner) : [found.FullName])
            {
                yield return file;
            }
        }
    }

    /// <summary>The independent checker, built into the program from <c>formats/verify.py</c>.</summary>
    private static ReadOnlyMemory<byte> Verifier()
    {
        using var stream = typeof(Bundles).Assembly.GetManifestResourceStream("verify.py")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
