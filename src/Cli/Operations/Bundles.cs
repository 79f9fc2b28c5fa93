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
        var documents = operation.Book.Snapshot().Documents.ToDictionary(d => d.Index.Value);
        var published = documents.Values.Where(d => d.Media[0] == Publication.Media).Select(d => Publication.Read(d.First)).ToList();
        var files = Bundle.Write(operation.Book.Log, operation.Keys.Log, (entry, body) => entry.Entry.Header.Kind switch
        {
            EntryKind.Statement => statements.Contains(entry.Index.Value) && (body == 0 || Disclosure.MayShowAttached(to)),
            EntryKind.Document => documents.TryGetValue(entry.Index.Value, out var d) && Opening.MayOpen(d.Media[0], d.First, body, to, published),
            _ => true,
        }, Verifier());
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
            InputFile.Write(Path.Combine(output, file.Path), file.Bytes.Span);
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
