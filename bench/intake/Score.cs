using System.Globalization;
using System.Text;
using System.Text.Json;
using Safeconduct.Intake.Texts.Proposals;

namespace Safeconduct.Bench.Intake;

/// <summary>
/// The metric of the hand-made answers: a claim is found when its span shares half of its words with the answer's and the kind is the same. Prints totals only, with the
/// interval that 1,000 resamples of the documents give.
/// </summary>
internal static class Score
{
    private const int Resamples = 1000;
    private const int Seed = 20_311_105;
    private static readonly string[] Slots = ["source", "quantity", "category", "place", "when", "status"];
    private static readonly string[] Lines = ["span", "claim", "exact", "slot", "slot:category", "slot:place", "slot:quantity", "slot:source", "slot:status", "slot:when"];

    private static readonly HashSet<string> Stop =
        new(["the", "a", "an", "of", "and", "said", "that", "s", "for", "in", "to", "its", "their", "his", "her", "mr", "mrs", "dr", "gen", "col", "lt", "maj"], StringComparer.Ordinal);

    public static int Run(string folder, string? language)
    {
        var documents = Documents(folder, language);
        if (documents.Count == 0)
        {
            Console.Error.WriteLine($"{folder} holds no texts.");
            return 1;
        }

        var whole = Sum(documents);
        var samples = Sampled(documents);
        Line($"{documents.Count} texts; in brackets 95 % of {Resamples:N0} resamples of them");
        foreach (var line in Lines)
        {
            var (tp, fp, fn) = whole.Of(line);
            Line($"{line,-16} P {Ratio(tp, tp + fp):F3} R {Ratio(tp, tp + fn):F3} F1 {F1((tp, fp, fn)):F3} {Interval(samples, t => F1(t.Of(line)))}   tp {tp} fp {fp} fn {fn}");
        }

        Line($"attribution      {Ratio(whole.Right, whole.Matched):F3} {Interval(samples, t => Ratio(t.Right, t.Matched))} of {whole.Matched} matched; {Ratio(whole.RightNamed, whole.Named):F3} {Interval(samples, t => Ratio(t.RightNamed, t.Named))} of {whole.Named} with a named source");
        return 0;
    }

    /// <summary>The chief figures of a folder, for a test that holds them.</summary>
    public static (double Span, double Claim, double Exact, double Attribution) Of(string folder, string? language)
    {
        var whole = Sum(Documents(folder, language));
        return (F1(whole.Of("span")), F1(whole.Of("claim")), F1(whole.Of("exact")), Ratio(whole.Right, whole.Matched));
    }

    private static List<Tally> Documents(string folder, string? language)
    {
        var documents = new List<Tally>();
        foreach (var text in Folder.Texts(folder).Where(t => language is null || (t.Language ?? "en") == language))
        {
            using var gold = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, text.Name + ".claims.json")));
            using var found = JsonDocument.Parse(ClaimsForm.Write(text.Read()));
            documents.Add(Of(text.Whole[text.BodyStart..], Claims(gold), Claims(found)));
        }

        return documents;
    }

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;

    private static double F1((int Tp, int Fp, int Fn) t)
    {
        var (p, r) = (Ratio(t.Tp, t.Tp + t.Fp), Ratio(t.Tp, t.Tp + t.Fn));
        return p + r == 0 ? 0 : 2 * p * r / (p + r);
    }

    private static List<Tally> Sampled(List<Tally> documents)
    {
        var chance = new Random(Seed);
        var samples = new List<Tally>();
        for (var i = 0; i < Resamples; i++)
        {
            samples.Add(Sum(Enumerable.Range(0, documents.Count).Select(_ => documents[chance.Next(documents.Count)])));
        }

        return samples;
    }

    private static string Interval(List<Tally> samples, Func<Tally, double> figure)
    {
        double[] sorted = [.. samples.Select(figure).Order()];
        return string.Create(CultureInfo.InvariantCulture, $"[{sorted[Resamples / 40]:F3} {sorted[Resamples - 1 - (Resamples / 40)]:F3}]");
    }

    private static Tally Sum(IEnumerable<Tally> tallies)
    {
        var sum = new Tally();
        foreach (var t in tallies)
        {
            sum.Add(t);
        }

        return sum;
    }

    private static Tally Of(string body, List<Answer> gold, List<Answer> found)
    {
        var words = WordsOf(body);
        var tally = new Tally();
        var spans = Match(words, gold, found, false).Count;
        tally.Count("span", spans, found.Count - spans, gold.Count - spans);
        var matched = Match(words, gold, found, true);
        tally.Count("claim", matched.Count, found.Count - matched.Count, gold.Count - matched.Count);
        var exact = 0;
        for (var i = 0; i < gold.Count; i++)
        {
            var answer = matched.TryGetValue(i, out var j) ? found[j] : null;
            var right = answer is not null;
            foreach (var slot in Slots)
            {
                var (has, says, same) = (gold[i].Has(slot), answer?.Has(slot) == true, answer is not null && Same(slot, gold[i], answer));
                var hit = has && says && same;
                tally.Slot(slot, hit ? 1 : 0, says && !hit ? 1 : 0, has && !hit ? 1 : 0);
                right &= same || slot is not ("source" or "quantity" or "status");
            }

            exact += right ? 1 : 0;
            tally.Attributed(answer is not null, gold[i].Text("source") is not "narrator", answer is not null && Same("source", gold[i], answer));
        }

        foreach (var (j, extra) in found.Index())
        {
            foreach (var slot in Slots)
            {
                tally.Slot(slot, 0, !matched.ContainsValue(j) && extra.Has(slot) ? 1 : 0, 0);
            }
        }

        tally.Count("exact", exact, found.Count - exact, gold.Count - exact);
        return tally;
    }

    /// <summary>The best pairs first; of two as good the later, as the metric's first form has it.</summary>
    private static Dictionary<int, int> Match(List<int> words, List<Answer> gold, List<Answer> found, bool needsKind)
    {
        var pairs = new List<(double Score, int Gold, int Found)>();
        for (var i = 0; i < gold.Count; i++)
        {
            for (var j = 0; j < found.Count; j++)
            {
                var (one, other) = (gold[i].Span, found[j].Span);
                var (a, b, both) = (Within(words, one), Within(words, other), Within(words, (Math.Max(one.From, other.From), Math.Min(one.To, other.To))));
                var dice = a > 0 && b > 0 ? 2.0 * both / (a + b) : 0;
                var kind = gold[i].Text("kind") == found[j].Text("kind");
                if (dice >= 0.5 && (kind || !needsKind))
                {
                    pairs.Add((dice + ((0.3 * One(Same("quantity", gold[i], found[j]))) + (0.2 * One(Same("source", gold[i], found[j]))) + (0.1 * One(kind))), i, j));
                }
            }
        }

        pairs.Sort((a, b) => b.CompareTo(a));
        var (matched, taken) = (new Dictionary<int, int>(), new HashSet<int>());
        foreach (var (_, i, j) in pairs)
        {
            if (!matched.ContainsKey(i) && taken.Add(j))
            {
                matched[i] = j;
            }
        }

        return matched;
    }

    private static double One(bool yes) => yes ? 1 : 0;

    private static int Within(List<int> words, (int From, int To) span)
    {
        static int Before(List<int> words, int at) => words.BinarySearch(at) is var found && found < 0 ? ~found : found;
        return span.To <= span.From ? 0 : Before(words, span.To) - Before(words, span.From);
    }

    /// <summary>Where the words of a text begin, in code points.</summary>
    private static List<int> WordsOf(string body)
    {
        var (starts, at, inside) = (new List<int>(), 0, false);
        foreach (var rune in body.EnumerateRunes())
        {
            var word = IsOfWord(rune) || rune.Value == '_';
            if (word && !inside)
            {
                starts.Add(at);
            }

            (inside, at) = (word, at + 1);
        }

        return starts;
    }

    private static bool IsOfWord(Rune rune) => Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static HashSet<string> TokensOf(string text)
    {
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        var token = new StringBuilder();
        foreach (var rune in (text.ToLowerInvariant() + " ").EnumerateRunes())
        {
            if (IsOfWord(rune))
            {
                token.Append(rune);
            }
            else if (token.Length > 0)
            {
                tokens.Add(token.ToString());
                token.Clear();
            }
        }

        tokens.ExceptWith(Stop);
        return tokens;
    }

    private static bool Same(string slot, Answer gold, Answer found) => slot switch
    {
        "source" => SameSource(gold.Text(slot) ?? "narrator", found.Text(slot) ?? "narrator"),
        "quantity" => gold.Quantity == found.Quantity,
        "category" => TokensOf(gold.Text(slot) ?? "").Select(Singular).Intersect(TokensOf(found.Text(slot) ?? "").Select(Singular), StringComparer.Ordinal).Any(),
        "place" => TokensOf(gold.Text(slot) ?? "").Overlaps(TokensOf(found.Text(slot) ?? "")),
        "when" => SameDay(gold.Text(slot), found.Text(slot)),
        _ => (gold.Text(slot) ?? "asserted") == (found.Text(slot) ?? "asserted"),
    };

    private static string Singular(string word) => word.EndsWith("ies", StringComparison.Ordinal) ? word[..^3] + "y" : word.EndsWith('s') && word.Length > 3 ? word[..^1] : word;

    private static bool SameDay(string? one, string? other) => one == other
        || (one is not null && other is not null && Math.Min(one.Length, other.Length) >= 4 && (one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal)));

    private static bool SameSource(string one, string other)
    {
        if (one == other || (one == "narrator") != (other == "narrator"))
        {
            return one == other;
        }

        var (a, b) = (TokensOf(one), TokensOf(other));
        if (a.Count == 0 || b.Count == 0)
        {
            return false;
        }

        var both = a.Count(b.Contains);
        return both == a.Count || both == b.Count || (double)both / (a.Count + b.Count - both) >= 0.5
            || (Initials(one) is { Length: > 1 } first && b.Contains(first)) || (Initials(other) is { Length: > 1 } second && a.Contains(second));
    }

    private static string Initials(string name)
    {
        var initials = new StringBuilder();
        for (var at = 0; at < name.Length; at++)
        {
            if (char.IsAsciiLetterUpper(name[at]) && (at == 0 || !char.IsAsciiLetter(name[at - 1])))
            {
                initials.Append(char.ToLowerInvariant(name[at]));
            }
        }

        return initials.ToString();
    }

    private static List<Answer> Claims(JsonDocument file) => [.. file.RootElement.EnumerateArray().Select(c => new Answer(c))];

    private sealed record Answer(JsonElement Json)
    {
        public (int From, int To) Span { get; } = (Json.GetProperty("span")[0].GetInt32(), Json.GetProperty("span")[1].GetInt32());

        public (decimal? Low, decimal? High, bool All)? Quantity { get; } = Json.TryGetProperty("quantity", out var q) && q.ValueKind is JsonValueKind.Object
            ? (Number(q, "low"), Number(q, "high"), q.TryGetProperty("all", out var all) && all.ValueKind is JsonValueKind.True) : null;

        public string? Text(string slot) => Json.TryGetProperty(slot, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

        public bool Has(string slot) => slot switch
        {
            "source" => true,
            "status" => (Text(slot) ?? "asserted") != "asserted",
            "quantity" => Quantity is not null,
            _ => Text(slot) is not null,
        };

        private static decimal? Number(JsonElement quantity, string name) => quantity.TryGetProperty(name, out var n) && n.ValueKind is JsonValueKind.Number ? n.GetDecimal() : null;
    }

    private sealed class Tally
    {
        private readonly int[] _counts = new int[Lines.Length * 3];

        public int Matched { get; private set; }

        public int Right { get; private set; }

        public int Named { get; private set; }

        public int RightNamed { get; private set; }

        public (int Tp, int Fp, int Fn) Of(string line) => Array.IndexOf(Lines, line) * 3 is var at ? (_counts[at], _counts[at + 1], _counts[at + 2]) : default;

        public void Count(string line, int tp, int fp, int fn)
        {
            var at = Array.IndexOf(Lines, line) * 3;
            (_counts[at], _counts[at + 1], _counts[at + 2]) = (_counts[at] + tp, _counts[at + 1] + fp, _counts[at + 2] + fn);
        }

        public void Slot(string slot, int tp, int fp, int fn)
        {
            Count("slot", tp, fp, fn);
            Count("slot:" + slot, tp, fp, fn);
        }

        public void Attributed(bool matched, bool named, bool right)
        {
            Matched += matched ? 1 : 0;
            Right += matched && right ? 1 : 0;
            Named += matched && named ? 1 : 0;
            RightNamed += matched && named && right ? 1 : 0;
        }

        public void Add(Tally other)
        {
            for (var i = 0; i < _counts.Length; i++)
            {
                _counts[i] += other._counts[i];
            }

            (Matched, Right, Named, RightNamed) = (Matched + other.Matched, Right + other.Right, Named + other.Named, RightNamed + other.RightNamed);
        }
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
