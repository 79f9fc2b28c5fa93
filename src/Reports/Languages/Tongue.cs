using System.Globalization;
using System.Text;
using Safeconduct.Statements;

namespace Safeconduct.Reports.Languages;

/// <summary>
/// The words of the report in one language, from a table of our own (<c>Languages/*.words</c>): one phrase a key, the same keys in every language. Nothing is translated
/// by a machine, and a word that is missing fails a test, not a reader. Numbers are written with the language's own digits and marks.
/// </summary>
public sealed class Tongue
{
    /// <summary>The report itself is in English; other languages are summaries of it.</summary>
    public const string OfReports = "en";

    private static readonly string[] Codes = ["ar", "fr", "ru"];
    private static readonly Dictionary<string, Tongue> All = Codes.Prepend(OfReports).ToDictionary(c => c, c => new Tongue(c), StringComparer.Ordinal);

    private readonly Dictionary<string, string> _phrases = new(StringComparer.Ordinal);

    private Tongue(string code)
    {
        Code = code;
        Direction = Piece.Quote.DirectionOf(code);
        foreach (var line in Resource($"{code}.words").Split('\n').Where(l => l.Length > 0 && l[0] != '#'))
        {
            var at = line.IndexOf(" = ", StringComparison.Ordinal);
            _phrases.Add(line[..at], line[(at + 3)..]);
        }
    }

    /// <summary>The languages that a summary can be had in, by BCP 47 code.</summary>
    public static IReadOnlyList<string> OfSummaries => Codes;

    /// <summary>BCP 47.</summary>
    public string Code { get; }

    /// <summary>"rtl" or "ltr".</summary>
    public string Direction { get; }

    /// <summary>Every key of the table, for tests and translators.</summary>
    public IReadOnlyCollection<string> Keys => _phrases.Keys;

    /// <summary>The phrase as the table has it, with its {0}.</summary>
    /// <exception cref="KeyNotFoundException">Nobody wrote such a phrase.</exception>
    public string this[string key] => _phrases.TryGetValue(key, out var phrase) ? phrase : throw new KeyNotFoundException($"No phrase '{key}' in '{Code}'.");

    /// <summary>The language of a section; English where the table does not know it.</summary>
    public static Tongue Of(string language) => All.GetValueOrDefault(language) ?? All[OfReports];

    /// <summary>The language of a summary.</summary>
    /// <exception cref="RefusedException"><c>report.language</c>.</exception>
    public static Tongue OfSummary(string language) => Codes.Contains(language, StringComparer.Ordinal)
        ? All[language]
        : throw new RefusedException("report.language", $"There is no summary in '{Shown.Short(language)}': choose of {string.Join(", ", Codes)}. The report itself is in English.", "language");

    public bool Has(string key) => _phrases.ContainsKey(key);

    /// <summary>The phrase with its places filled in.</summary>
    public string Say(string key, params string[] with) => string.Format(CultureInfo.InvariantCulture, this[key], with);

    /// <summary>A whole number as the language writes it: ٩٬٥٠٠, 9 500 with a space that does not break, 9,500.</summary>
    public string Number(long n) => Digits(Code switch
    {
        "ar" => Shown.Grouped(n).Replace(',', '\u066C'),
        "fr" => Shown.Grouped(n).Replace(',', '\u202F'),
        "ru" => Shown.Grouped(n).Replace(',', '\u00A0'),
        _ => Shown.Grouped(n),
    });

    /// <summary>Text of ours with the language's own digits: years, hours.</summary>
    public string Digits(string text) => Code is "ar" ? string.Concat(text.Select(c => c is >= '0' and <= '9' ? (char)('\u0660' + (c - '0')) : c)) : text;

    /// <summary>"3 statements", with the form of the noun that the number governs.</summary>
    public string Many(string noun, long n) => Say($"noun.{noun}.{FormFor(n)}", Number(n));

    /// <summary>Which form of a noun a whole number governs. The rules are those of the plural rules in Unicode CLDR for whole numbers; zero has a form of its own in every table.</summary>
    public string FormFor(long n) => n == 0 ? "zero" : Code switch
    {
        "ar" => (n, n % 100) switch
        {
            (1, _) => "one",
            (2, _) => "two",
            (_, >= 3 and <= 10) => "few",
            (_, >= 11) => "many",
            _ => "other",
        },
        "ru" => (n % 10, n % 100) switch
        {
            (1, not 11) => "one",
            ( >= 2 and <= 4, < 12 or > 14) => "few",
            _ => "many",
        },
        "fr" => n == 1 ? "one" : n % 1_000_000 == 0 ? "many" : "other",
        _ => n == 1 ? "one" : "other",
    };

    private static string Resource(string name)
    {
        using var stream = typeof(Tongue).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is missing from the assembly.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Encoding.UTF8.GetString(bytes.ToArray()).ReplaceLineEndings("\n");
    }
}
