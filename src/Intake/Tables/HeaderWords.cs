using System.Text;

namespace Safeconduct.Intake.Tables;

/// <summary>What a count of a table is of: who, and what became of them where the header says that too.</summary>
/// <param name="Kind">The kind of the list; empty where only the who is said.</param>
/// <param name="Became">The words of the category with <c>{who}</c> in them; empty likewise.</param>
internal sealed record CountWords(string Who, string Kind = "", string Became = "")
{
    public string Category => Became.Length == 0 ? Who : Became.Replace("{who}", Who, StringComparison.Ordinal);
}

/// <summary>The words by which columns and values are known (<c>headers.words</c>): data, not code. Nothing here decides; what is found is proposed, with the word or tag it stands on.</summary>
internal sealed class HeaderWords
{
    private readonly Dictionary<string, List<(string[] Before, string[] Words)>> _sections = new(StringComparer.Ordinal);

    private HeaderWords()
    {
        using var stream = typeof(HeaderWords).Assembly.GetManifestResourceStream("headers.words") ?? throw new InvalidOperationException("The words of the headers are missing from the build.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        List<(string[], string[])> section = [];
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith("# ", StringComparison.Ordinal)))
        {
            if (line[0] == '[')
            {
                _sections[line[1..^1]] = section = [];
                continue;
            }

            var parts = line.Split(" : ");
            section.Add(([.. parts[..^1].Select(p => p.Trim())], [.. parts[^1].Split('|').Select(Plain).Where(w => w.Length > 0)]));
        }
    }

    public static HeaderWords Known { get; } = new();

    /// <summary>The fields that a header or a hashtag may stand for, with why.</summary>
    public (string Field, string Why)? FieldOf(Column column)
    {
        if (column.Tag is { } tag)
        {
            var best = _sections["tags"].Select(t => (Asked: t.Before[0], Field: t.Words[0].Replace(' ', '_'))).Where(t => Hxl.Fits(tag, t.Asked)).OrderByDescending(t => t.Asked.Count(c => c == '+')).FirstOrDefault();
            return best.Asked is null ? null : (best.Field, $"tag {best.Asked}");
        }

        return Named("fields", column.Question) is { } named ? (named.Before[0], $"header '{named.Word}'") : null;
    }

    /// <summary>What a column counts, where its header or hashtag says that it counts something; the end of the bound where it is one of two (<c>low</c>, <c>high</c>, <c>quantity</c>).</summary>
    public (CountWords Of, string Field, string Why)? CountOf(Column column)
    {
        if (column.Tag is { } tag)
        {
            return Hxl.Taken(tag) is ("#affected" or "#population" or "#reached", var attributes) ? (OfTag(attributes), attributes.Contains("min") ? "low" : attributes.Contains("max") ? "high" : "quantity", $"tag {tag}") : null;
        }

        if (Named("counts", column.Question) is { } count)
        {
            return (new("people", count.Before[1], count.Before[2]), "quantity", $"header '{count.Word}'");
        }

        return Named("who", column.Question) is { } who ? (new(who.Before[0]), "quantity", $"header '{who.Word}'") : null;
    }

    /// <summary>The list's own word for a value of a cell: a kind, a type of source, a flag.</summary>
    public string? ValueOf(string section, string text) => Named(section, text)?.Before[0];

    public bool IsForm(string what, string name) => _sections["form"].Any(f => f.Before[0] == what && f.Words.Contains(Plain(name), StringComparer.Ordinal));

    private CountWords OfTag(HashSet<string> attributes)
    {
        var who = _sections["who"].FirstOrDefault(w => attributes.Contains(w.Before[1])).Before?[0] ?? "people";
        var became = _sections["counts"].FirstOrDefault(c => attributes.Contains(c.Before[0]) || (c.Before[0] == "injured" && attributes.Contains("wounded"))).Before;
        return became is null ? new(who) : new(who, became[1], became[2]);
    }

    private (string[] Before, string Word)? Named(string section, string text)
    {
        foreach (var word in (string[])[Plain(text), Plain(text[(text.LastIndexOf('/') + 1)..])])
        {
            foreach (var (before, words) in _sections[section])
            {
                if (Array.IndexOf(words, word) >= 0)
                {
                    return (before, word);
                }
            }
        }

        return null;
    }

    /// <summary>Lower case; whatever is neither letter nor digit is one space.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c) || c is '\'')
            {
                plain.Append(char.ToLowerInvariant(c));
            }
            else if (plain.Length > 0 && plain[^1] != ' ')
            {
                plain.Append(' ');
            }
        }

        return plain.ToString().TrimEnd();
    }
}
