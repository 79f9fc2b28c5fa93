using System.Text;

namespace Safeconduct.Intake.Forms;

/// <summary>A language that forms are asked in.</summary>
/// <param name="Tag">BCP 47: <c>ar</c>.</param>
/// <param name="Name">As a form names it: its own name, then the tag in brackets.</param>
public sealed record FormLanguage(string Tag, string Name)
{
    /// <summary>English first: the language that a phone falls back to.</summary>
    public static IReadOnlyList<FormLanguage> All { get; } = [new("en", "English (en)"), new("ar", "العربية (ar)"), new("fr", "Français (fr)"), new("ru", "Русский (ru)")];

    public static FormLanguage? Find(string tag) => All.FirstOrDefault(l => l.Tag == tag);
}

/// <summary>The words of the forms (<c>forms.words</c>): data, not code. A key stands for one sentence in every language.</summary>
public static class FormWords
{
    private static readonly Dictionary<string, Dictionary<string, string>> Known = Read();

    public static IEnumerable<string> Keys => Known.Keys;

    /// <exception cref="KeyNotFoundException">A slip of ours: a form asks in words that are not there.</exception>
    public static string Of(string key, string language) =>
        Known.TryGetValue(key, out var words) && words.TryGetValue(language, out var word) ? word : throw new KeyNotFoundException($"forms.words has no '{key}' in '{language}'.");

    /// <summary>
    /// What a phone shows of a refusal: in English the sentence itself, which says everything; else what to do in the language of the one who reads it, and below it the sentence, for
    /// whoever in the room is asked about it.
    /// </summary>
    public static string Refusal(string code, string sentence, string language)
    {
        if (language == FormLanguage.All[0].Tag)
        {
            return sentence;
        }

        var key = Known.ContainsKey("answer." + code) ? "answer." + code : "answer.refused";
        return $"{Of(key, language)}\n{sentence}";
    }

    private static Dictionary<string, Dictionary<string, string>> Read()
    {
        using var stream = typeof(FormWords).Assembly.GetManifestResourceStream("forms.words") ?? throw new InvalidOperationException("The words of the forms are missing from the build.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var (known, at) = (new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n').Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line[0] == ' ')
            {
                at.Add(line[2..4], line[5..].TrimEnd());
            }
            else
            {
                known.Add(line.TrimEnd(), at = new Dictionary<string, string>(StringComparer.Ordinal));
            }
        }

        return known;
    }
}
