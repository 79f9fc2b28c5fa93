using NodaTime;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements;

namespace Safeconduct.Intake.Texts.Speakers;

/// <summary>What a text has said so far that later sentences lean on: who spoke last, under what names, on which day, where.</summary>
internal sealed class Discourse
{
    /// <summary>More speakers than any text quotes; the earliest are forgotten.</summary>
    private const int MostSpeakers = 200;

    private readonly List<string> _names = [];

    /// <summary>The words of each name, which every later speaker is held against.</summary>
    private readonly List<List<string>> _wordsOfNames = [];

    public Speaker? Last { get; private set; }

    /// <summary>The date last spoken of.</summary>
    public LocalDate? Day { get; set; }

    /// <summary>The date of the log's line.</summary>
    public LocalDate? LineDay { get; set; }

    public string? Place { get; set; }

    /// <summary>What the gazetteer has under the place's name.</summary>
    public IReadOnlyList<PlaceId> PlaceCandidates { get; set; } = [];

    /// <summary>The speaker of a quotation that has begun and not ended.</summary>
    public Speaker? InQuote { get; set; }

    /// <summary>Who governs what follows a semicolon.</summary>
    public Governing? Carried { get; set; }

    /// <summary>The person named last as the one who did something, where that was after <see cref="Last"/> spoke.</summary>
    public Speaker? Subject { get; set; }

    public void Spoke(Speaker speaker)
    {
        Last = speaker;
        Subject = null;
        if (!_names.Contains(speaker.Name, StringComparer.Ordinal))
        {
            if (_names.Count == MostSpeakers)
            {
                _names.RemoveAt(0);
                _wordsOfNames.RemoveAt(0);
            }

            _names.Add(speaker.Name);
            _wordsOfNames.Add(Words(speaker.Name));
        }
    }

    /// <summary>Persons' names of the text by their last word.</summary>
    private readonly Dictionary<string, string> _persons = new(StringComparer.Ordinal);

    /// <summary>Notes a name of two to four words with capitals.</summary>
    public void Named(string name)
    {
        if (_persons.Count < MostSpeakers)
        {
            _persons.TryAdd(name[(name.LastIndexOf(' ') + 1)..], name);
        }
    }

    /// <summary>"Crang" or "General Crang" where the text has called him by more names; else the name itself.</summary>
    public string FullName(string name)
    {
        var last = name[(name.LastIndexOf(' ') + 1)..];
        return name.Split(' ').Length <= 2 && _persons.TryGetValue(last, out var full) && !full.Contains(name, StringComparison.Ordinal) | name == last && full.Length > last.Length ? full : name;
    }

    /// <summary>The fullest name in the text that a later, shorter one stands for: a surname, "the ministry", an acronym. Null where none or itself.</summary>
    public string? Fuller(string name, bool isDescription)
    {
        var words = Words(name);
        if (words.Count is 0 or > 3)
        {
            return null;
        }

        for (var i = _names.Count - 1; i >= 0; i--)
        {
            if (_names[i].Length <= name.Length)
            {
                continue;
            }

            var fuller = _wordsOfNames[i];
            var last = words[^1];
            if (isDescription ? fuller.Contains(last, StringComparer.OrdinalIgnoreCase) : words.TrueForAll(w => fuller.Contains(w, StringComparer.Ordinal)))
            {
                return _names[i];
            }

            if (words.Count == 1 && last.Length is >= 2 and <= 6 && last.All(char.IsUpper) && string.Equals(Initials(fuller), last, StringComparison.Ordinal))
            {
                return _names[i];
            }
        }

        return null;
    }

    /// <summary>"Bakanlık" behind "Savunma Bakanlığı": the last longer name with a word of the same beginning, for languages that bend their nouns.</summary>
    public string? OfStem(string word)
    {
        for (var i = _names.Count - 1; i >= 0 && word.Length > 5; i--)
        {
            var stem = word.AsSpan(0, Math.Max(5, word.Length - 3));
            foreach (var part in Words(_names[i]))
            {
                if (_names[i].Length > word.Length && part.AsSpan().StartsWith(stem, StringComparison.OrdinalIgnoreCase))
                {
                    return _names[i];
                }
            }
        }

        return null;
    }

    private static string Initials(IEnumerable<string> words) => string.Concat(words.Where(w => char.IsUpper(w[0])).Select(w => w[0]));

    private static List<string> Words(string name)
    {
        var words = new List<string>();
        foreach (var range in name.AsSpan().SplitAny(' ', '-', ',', '(', ')'))
        {
            var word = name[range].Trim('’', '\'', '"', '“', '”');
            word = word.EndsWith("'s", StringComparison.Ordinal) || word.EndsWith("’s", StringComparison.Ordinal) ? word[..^2] : word;
            if (word.Length > 0 && word is not ("the" or "The" or "a" or "of" or "an"))
            {
                words.Add(word);
            }
        }

        return words;
    }
}
