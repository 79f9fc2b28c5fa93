namespace Safeconduct.Record;

/// <summary>
/// Names that files of a bundle may have: the few letters that ours are made of, so that whoever unpacks one with any program, on any system, writes nothing outside of the
/// folder and no file over another. Source: <c>formats/bundle.md</c>.
/// </summary>
public static class BundleNames
{
    private const int Longest = 200;

    /// <summary>What is wrong with the first name that is none, or that is the same as another but for small and capital letters; null where all may stand.</summary>
    public static Fault? FaultIn(IEnumerable<string> paths)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in paths)
        {
            if (!IsOne(path))
            {
                return new Fault("bundle.name", $"a file is named '{PlainText.Name(path[..Math.Min(path.Length, 80)])}': names have a-z, A-Z, 0-9, hyphens, points and underscores, between single slashes, and lead out of no folder. Nothing was unpacked");
            }

            if (!seen.Add(path))
            {
                return new Fault("bundle.name-twice", $"two files are named '{path}', or the same but for small and capital letters. Nothing was unpacked");
            }
        }

        return null;
    }

    private static bool IsOne(string path) => path.Length is > 0 and <= Longest && path.Split('/').All(IsPart);

    private static bool IsPart(string part) =>
        part.Length > 0 && part[0] is not '.' && part[^1] is not '.' && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');
}
