using Safeconduct.Statements;

namespace Safeconduct.Cli.Operations;

/// <summary>Files handed to a command, read whole and with a limit, so that a wrong one is refused before it is read.</summary>
internal static class InputFile
{
    public const long LargestBytes = 2_000_000_000;

    public static ReadOnlyMemory<byte> Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw new RefusedException("file.is-a-folder", "This is a folder; name a file.", path);
        }

        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new RefusedException("file.not-found", "There is no such file.", path);
        }

        return file.Length <= LargestBytes
            ? File.ReadAllBytes(path)
            : throw new RefusedException("file.too-large", $"A file of more than {Shown.Grouped(LargestBytes)} bytes is refused; split the list.", path);
    }

    /// <summary>The file beside another, where it is there.</summary>
    public static string? Beside(string path, string name)
    {
        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, name);
        return File.Exists(beside) ? beside : null;
    }

    /// <summary>Writes a file whole or not at all: a reader never sees half of it.</summary>
    public static void Write(string path, ReadOnlyMemory<byte> bytes) => Write(path, stream => stream.Write(bytes.Span));

    /// <summary>The same for what is written as it comes.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var half = full + ".part";
        try
        {
            using (var stream = new FileStream(half, FileMode.Create, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(half, full, overwrite: true);
        }
        finally
        {
            File.Delete(half);
        }
    }

    /// <summary>The value, or the first problem as a refusal at its place in the file.</summary>
    public static T Understood<T>(Parsed<T> parsed, string path)
        where T : class => parsed.Value ?? throw AsRefusal(parsed.Problems, path);

    public static RefusedException AsRefusal(IReadOnlyList<Problem> problems, string path)
    {
        var first = problems[0];
        var more = problems.Count > 1 ? $" ({Shown.Grouped(problems.Count - 1)} more)" : "";
        return new RefusedException(first.Code, first.Message + more, first.Place.Length == 0 ? path : $"{path}:{first.Place}");
    }
}
