namespace Safeconduct.Intake.Tables;

/// <summary>HXL hashtags: <c>#affected +ind +evacuated</c> is one tag with two attributes, in any order and any case, with or without spaces.</summary>
internal static class Hxl
{
    public static bool IsTag(string text)
    {
        var plain = text.AsSpan().Trim();
        if (plain.Length < 2 || plain[0] != '#' || !char.IsAsciiLetter(plain[1]))
        {
            return false;
        }

        foreach (var c in plain[1..])
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '+' or ' '))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Without spaces, in lower case.</summary>
    public static string Plain(string text) => text.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>The hashtag alone, and its attributes.</summary>
    public static (string Tag, HashSet<string> Attributes) Taken(string plain)
    {
        var parts = plain.Split('+', StringSplitOptions.RemoveEmptyEntries);
        return (parts[0], [.. parts.Skip(1)]);
    }

    /// <summary>Whether a tag is at least what is asked: the same hashtag, and every attribute of it.</summary>
    public static bool Fits(string plain, string asked)
    {
        var (tag, attributes) = Taken(plain);
        var (wanted, needed) = Taken(asked);
        return tag == wanted && needed.IsSubsetOf(attributes);
    }
}
