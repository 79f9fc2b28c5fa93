using Safeconduct.Record;
using Safeconduct.Reports.Publishing;
using Safeconduct.Statements;

namespace Safeconduct.Cli.Operations;

/// <summary>Bundles on disk: one ZIP, or a folder.</summary>
internal static class Bundles
{
    /// <summary>Writes a bundle of everything logged. Opened in it: the statements given, what is attached to them where the audience may see it, and the documents made for the audience.</summary>
    public static void Write(OperationFolder operation, string output, Audience to, IReadOnlySet<long> statements)
    {
        var opening = new Opening(to, statements, [.. operation.Book.Snapshot().Documents.Select(d => new PlacedDocument(d.Index.Value, d.Media[0], d.First))]);
        var files = Bundle.Write(operation.Book.Log, operation.Keys.Log, (entry, body) => opening.MayOpen(entry.Index.Value, body), Verifier());
        if (output.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            using var zip = new MemoryStream();
            StoredZip.Write(files, zip);
            InputFile.Write(output, zip.ToArray());
            return;
        }

        if (Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any())
        {
            throw new RefusedException("bundle.folder-in-use", "The folder is not empty; name a new one.", output);
        }

        foreach (var file in files)
        {
            InputFile.Write(Path.Combine(output, file.Path), file.Bytes);
        }
    }

    public static VerificationReport Check(string path)
    {
        if (File.Exists(path))
        {
            return Bundle.VerifyZip(InputFile.Read(path));
        }

        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
        {
            files[Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/')] = InputFile.Read(file);
        }

        return Bundle.Verify(files);
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
