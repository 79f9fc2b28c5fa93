using System.Text;
using System.Text.Json;
using Safeconduct.Statements;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Reports.Leaving;

/// <summary>
/// Which counts of people are small enough to tell who was meant, and what is said in their place. A nought stays: it is said of nobody, and "none held" is what a family waits for.
/// So a reader who knows the rule knows that "fewer than 5" is one of 1 to 4, and each of these must stay possible (<see cref="Attack"/>).
/// </summary>
internal static class SmallCells
{
    private const string SomePeople = "some";

    /// <summary>Units that count people, one by one or crossing by crossing.</summary>
    public static bool IsOfPeople(Counted counted) => counted.Unit is Unit.People or Unit.Bodies or Unit.Movements;

    /// <summary>Whether the words say that there were fewer than the threshold, and not none.</summary>
    public static bool IsSmall(Counted counted, int below) => IsOfPeople(counted) && counted.Bound is { High: { } high }
        && high > 0 && high - (counted.Bound.HighIsStrict || counted.Bound.Approximation is Approximation.Below ? 1 : 0) < below;

    /// <summary>A floor below the threshold says of nobody that they were few; it only says no finer than "some".</summary>
    private static bool IsSmallFloor(Counted counted, int below) => IsOfPeople(counted) && counted.Bound is { IsFloor: true, Low: { } low } && low > 0 && low < below;

    /// <summary>What stands in the place of a small count, and of a small floor.</summary>
    public static Counted Covered(Counted counted, int below) =>
        IsSmall(counted, below) ? With(counted, Bound.FewerThan(below))
        : IsSmallFloor(counted, below) && counted.Bound is not { VagueWord: SomePeople } ? With(counted, Bound.Vague(SomePeople, VagueWords.Floors[SomePeople]))
        : counted;

    /// <summary>What stands in the place of a count that is not small and would tell one that is.</summary>
    public static Counted CoveredToo(Counted counted, int below) => With(counted, FloorOf(counted, below) switch
    {
        0 => Bound.Vague("an untold number of", null),
        1 => Bound.Vague(SomePeople, VagueWords.Floors[SomePeople]),
        var floor => Bound.AtLeast(floor),
    });

    /// <summary>The least that is told of a count that would tell a small one: the threshold where it is no smaller, else that there were some, else nothing, so that what is told stays true.</summary>
    public static long FloorOf(Counted counted, int below) => counted.Bound.LeastWithin(0) switch
    {
        { } least when least >= below => below,
        >= 1 => 1,
        _ => 0,
    };

    /// <summary>The counts of a statement, in the order in which <see cref="Said.Recounted"/> visits them.</summary>
    public static IReadOnlyList<Counted> Of(Said said)
    {
        var cells = new List<Counted>();
        said.Recounted(c =>
        {
            cells.Add(c);
            return c;
        });
        return cells;
    }

    private static Counted With(Counted counted, Bound bound) => new(counted.Unit, counted.Category, bound, counted.Group);
}

/// <summary>Numbers below a threshold in texts that people wrote: digits of any script, and number words in the languages of the room.</summary>
internal static class SmallNumbers
{
    // What a convoy or a batch is called: "convoy 3" counts nobody. The ids of statements, times and places count nobody either.
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal) { "batch", "convoy", "of", "on", "about", "by", "kind", "reply_by" };

    private static readonly string[][] Words =
    [
        ["one", "single", "lone", "un", "une", "seul", "seule", "один", "одна", "одного", "одну", "одной", "واحد", "واحدة"],
        ["two", "both", "couple", "pair", "twins", "deux", "двое", "два", "две", "двух", "оба", "обе", "اثنان", "اثنين", "اثنتان", "اثنتين"],
        ["three", "trio", "triplets", "trois", "трое", "три", "трех", "трёх", "ثلاثة", "ثلاث"],
        ["four", "quatre", "четверо", "четыре", "четырех", "четырёх", "أربعة", "أربع", "اربعة", "اربع"],
        ["five", "cinq", "пять", "пятеро", "пяти", "خمسة", "خمس"],
        ["six", "шесть", "шестеро", "шести", "ستة", "ست"],
        ["seven", "sept", "семь", "семеро", "семи", "سبعة", "سبع"],
        ["eight", "huit", "восемь", "восьми", "ثمانية", "ثماني", "ثمان"],
        ["nine", "neuf", "девять", "девяти", "تسعة", "تسع"],
        ["ten", "dix", "десять", "десяти", "عشرة", "عشر"],
        ["eleven", "onze", "одиннадцать"],
        ["twelve", "dozen", "douze", "двенадцать"],
        ["thirteen", "treize", "тринадцать"],
        ["fourteen", "quatorze", "четырнадцать"],
        ["fifteen", "quinze", "пятнадцать"],
        ["sixteen", "seize", "шестнадцать"],
        ["seventeen", "семнадцать"],
        ["eighteen", "восемнадцать"],
        ["nineteen", "девятнадцать"],
    ];

    private static readonly Dictionary<string, int> Values = Words.SelectMany((words, i) => words.Select(w => (w, i + 1)))
        .Concat(new[] { ("twenty", 20), ("thirty", 30), ("forty", 40), ("fifty", 50), ("sixty", 60), ("seventy", 70), ("eighty", 80), ("ninety", 90) })
        .ToDictionary(p => p.Item1, p => p.Item2, StringComparer.Ordinal);

    /// <summary>Whether a text names a number of 1 and more that is below the threshold.</summary>
    public static bool AreIn(string? text, int below) => text is not null && In(text).Any(n => n > 0 && n < below);

    /// <summary>Whether what is said names one in any of its texts; the bounds themselves are not texts. A name for a convoy counts nobody, unless it holds a number that is covered here.</summary>
    public static bool AreIn(Said said, int below, IReadOnlySet<long> covered)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            said.Recounted(c => new Counted(c.Unit, c.Category, Bound.NotKnown, c.Group)).Write(json);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(stream.ToArray());
        return Texts(document.RootElement, "").Any(t => Names.Contains(t.Name) ? In(t.Text).Any(covered.Contains) : AreIn(t.Text, below));
    }

    /// <summary>All texts of what is said, each with the name of its field.</summary>
    public static IReadOnlyList<string> TextsOf(Said said)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            said.Write(json);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(stream.ToArray());
        return [.. Texts(document.RootElement, "").Select(t => t.Text)];
    }

    private static IEnumerable<(string Name, string Text)> Texts(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value, p.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(e => Texts(e, name)),
        JsonValueKind.String => [(name, element.GetString()!)],
        _ => [],
    };

    private static IEnumerable<long> In(string text)
    {
        var word = new StringBuilder();
        foreach (var letter in text.Append(' '))
        {
            if (char.IsLetter(letter) || char.IsDigit(letter))
            {
                _ = word.Append(char.IsDigit(letter) ? (char)('0' + (int)char.GetNumericValue(letter)) : char.ToLowerInvariant(letter));
                continue;
            }

            if (word.Length > 0)
            {
                var token = word.ToString();
                word.Clear();
                if (ValueOf(token) is { } n)
                {
                    yield return n;
                }
            }
        }
    }

    private static long? ValueOf(string token)
    {
        if (Values.TryGetValue(token, out var n))
        {
            return n;
        }

        var digits = new string([.. token.Where(char.IsAsciiDigit)]);
        return digits.Length is > 0 and < 13 ? long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) : null;
    }
}
