namespace Safeconduct.Statements;

/// <summary>What a statement is called when it is cited: the list's own id where it was imported ("LIST-0111"), else a short number of the operation ("S-12"). It leads to the entry's hash; it is not the hash.</summary>
public readonly record struct StatementId : IComparable<StatementId>
{
    public const int LongestLength = 64;

    public StatementId(string value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > LongestLength || value.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            throw new RefusedException("id.not-an-id", $"An id is 1 to {LongestLength} characters without spaces; got '{Shown.Short(value)}'.");
        }

        Value = value;
    }

    public string Value { get; }

    public int CompareTo(StatementId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}

/// <summary>The id of a place in the operation's gazetteer.</summary>
public readonly record struct PlaceId : IComparable<PlaceId>
{
    public const int LongestLength = 80;

    public PlaceId(string value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > LongestLength || value.Any(char.IsControl))
        {
            throw new RefusedException("place.not-an-id", $"A place id is 1 to {LongestLength} characters; got '{Shown.Short(value)}'.");
        }

        Value = value;
    }

    public string Value { get; }

    public int CompareTo(PlaceId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}

/// <summary>Text made fit to stand in a message: cut short, control characters out.</summary>
public static class Shown
{
    /// <summary>Digits only, the same on every machine: 9500.</summary>
    public static string Number(long n) => n.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>With thousands marked: 9,500.</summary>
    public static string Grouped(long n) => n.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);

    public static string Short(string? text)
    {
        if (text is null)
        {
            return "nothing";
        }

        var plain = new System.Text.StringBuilder();
        var runes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (++runes > 60)
            {
                return plain.Append("...").ToString();
            }

            plain.Append(IsInvisible(rune) ? " " : rune.ToString());
        }

        return plain.ToString();
    }

    /// <summary>Control and format characters: the latter turn the direction of what follows and could make a message read as another.</summary>
    private static bool IsInvisible(System.Text.Rune rune) =>
        System.Text.Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format;
}
