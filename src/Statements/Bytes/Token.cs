using System.Text;

namespace Safeconduct.Statements.Bytes;

/// <summary>Enum members as they are written: lower case with hyphens, <c>RedCrossRedCrescent</c> as <c>red-cross-red-crescent</c>. The same in bytes, ids, JSON and messages.</summary>
public static class Token
{
    public static string Of<T>(T value)
        where T : struct, Enum => Tables<T>.Names[value];

    public static bool TryRead<T>(string token, out T value)
        where T : struct, Enum => Tables<T>.Values.TryGetValue(token, out value);

    public static IEnumerable<string> All<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(Of);

    /// <summary>Free words as a slug for ids: letters and digits in lower case, everything else a hyphen.</summary>
    public static string Slug(string words)
    {
        var slug = new StringBuilder(words.Length);
        foreach (var c in words)
        {
            if (char.IsLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (slug.Length > 0 && slug[^1] != '-' && c != '\'' && c != '’')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().TrimEnd('-');
    }

    private static string Hyphenated(string name)
    {
        var token = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && token.Length > 0)
            {
                token.Append('-');
            }

            token.Append(char.ToLowerInvariant(c));
        }

        return token.ToString();
    }

    private static class Tables<T>
        where T : struct, Enum
    {
        public static readonly IReadOnlyDictionary<T, string> Names = Enum.GetValues<T>().ToDictionary(v => v, v => Hyphenated(v.ToString()));
        public static readonly IReadOnlyDictionary<string, T> Values = Names.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}
