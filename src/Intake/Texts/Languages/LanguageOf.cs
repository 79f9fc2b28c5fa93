using System.Collections.Frozen;
using Safeconduct.Intake.Lexicons;

namespace Safeconduct.Intake.Texts.Languages;

/// <summary>
/// Tells the language of a text from its letters and from small words that every text of the language has. The same answer on every machine; "und" (undetermined)
/// where it is unsure, for a person to say.
/// </summary>
public static class LanguageOf
{
    public const string Undetermined = "und";

    /// <summary>More than this is not read: a text that changes its language later on is read as what it began as.</summary>
    private const int MostRead = 20_000;

    private const int LongestWord = 24;

    /// <summary>A text with fewer words gives no language away.</summary>
    private const int FewestWords = 3;

    private static readonly FrozenDictionary<string, string[]> Latin = Words(
        ("en", "the of and to in is was were that for on with by said from at have has been had are an it as their they not will but who after this which be people more than no all one two out up off over into under about before were when still monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december killed wounded children civilians convoy buses road north south east west hours town village"),
        ("fr", "le la les des du de et est une un dans qui par pour sur au aux avec ont que pas ce sont été selon à il elle se plus cette ses leur après l d qu n s aucun tous deux trois lundi mardi mercredi jeudi vendredi samedi dimanche janvier février avril mai juin juillet août septembre octobre novembre décembre morts blessés enfants civils convoi ville village heures"),
        ("tr", "ve bir bu için ile da de olarak olan kadar sonra en çok daha göre günü ise olduğunu ancak tarafından değil yeniden dün kişi gün açıkladı dedi üzerinde saat"),
        // Read only to be told apart.
        ("de", "der die das und ist nicht von mit den dem ein eine auf im zu für sich des wurde wurden sind nach auch aus bei als am werden hat haben"),
        ("es", "el los las de y en que del un una por con para es se su al lo como más fue han según no sobre entre"),
        ("it", "il di che e la per un una sono del della con non si da nel alla dei gli le ha hanno è al"),
        ("pt", "o os as de e que do da em um uma para com não por no na dos das foi se ao são mais"),
        ("nl", "de het een en van in is dat op te zijn met voor niet aan er door werd naar uit bij"),
        ("pl", "i w na z do się nie że jest to od po za przez o jak został oraz są"),
        ("ro", "și şi de la în a care cu pe din un o este nu pentru au fost mai să"),
        ("sv", "och att det som en på är av för med den till inte har de ett om var från"),
        ("az", "və bir bu üçün ilə da də olan olub edib edilib"),
        ("id", "yang dan di dari untuk pada dengan ini itu tidak dalam telah akan oleh"));

    private static readonly FrozenDictionary<string, string[]> Cyrillic = Words(
        ("ru", "и в на не что с по из от к за как был были для его они о до при это также со а или она он после"),
        ("uk", "і в у на не що з та до за від як із був були для його вони про при це також й або вона він після під"),
        ("bg", "и в на не че от да се за са по е с ще до като във след които към"),
        ("sr", "и у на не да се је су за од са који из што као"),
        ("be", "і ў на не што з да за ад як быў былі для яго яны пра гэта"));

    private static readonly FrozenSet<string> Arabic = FrozenSet.ToFrozenSet(["في", "من", "علي", "الي", "ان", "عن", "مع", "التي", "الذي", "هذا", "قال", "بعد", "لا", "ما", "بين", "او", "و", "كما", "لم", "قد", "عند", "منذ"], StringComparer.Ordinal);

    /// <returns>"en", "fr", "ru", "uk", "tr", "ar" or "und".</returns>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var seen = new Seen();
        Span<char> word = stackalloc char[LongestWord];
        var length = 0;
        var end = Math.Min(text.Length, MostRead);
        for (var at = 0; at <= end; at++)
        {
            // A mark of vowels or a soft hyphen stands inside its word.
            var c = at < end ? text[at] : ' ';
            if (char.IsLetter(c) || (length > 0 && c is '\'' or '’' && at + 1 < end && char.IsLetter(text[at + 1]) && seen.IsCyrillic))
            {
                seen.Letter(c);
                if (length < LongestWord)
                {
                    word[length] = c;
                }

                length++;
            }
            else if (length > 0 && c is not '\u00AD' && char.GetUnicodeCategory(c) is not System.Globalization.UnicodeCategory.NonSpacingMark)
            {
                seen.Word(word[..Math.Min(length, LongestWord)], length <= LongestWord);
                length = 0;
            }
        }

        return seen.Words < FewestWords ? Undetermined
            : seen.Arabic * 2 > seen.Letters ? seen.IsArabic() ? "ar" : Undetermined
            : seen.Cyrillic * 2 > seen.Letters ? seen.OfCyrillic()
            : seen.OfLatin();
    }

    /// <summary>From a word to the languages that have it.</summary>
    private static FrozenDictionary<string, string[]> Words(params ReadOnlySpan<(string Language, string Words)> lists)
    {
        var languages = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (language, words) in lists)
        {
            foreach (var word in words.Split(' '))
            {
                var folded = Letters.Folded(word);
                (languages.TryGetValue(folded, out var known) ? known : languages[folded] = []).Add(language);
            }
        }

        return languages.ToFrozenDictionary(l => l.Key, l => l.Value.Distinct().ToArray(), StringComparer.Ordinal);
    }

    /// <summary>What was counted so far.</summary>
    private sealed class Seen
    {
        private readonly Dictionary<string, int> _hits = new(StringComparer.Ordinal);
        private int _articles;
        private int _arabicWords;
        private int _foreign;
        private int _turkish;
        private int _russian;
        private int _ukrainian;
        private int _hard;

        public int Letters { get; private set; }

        public int Words { get; private set; }

        public int Arabic { get; private set; }

        public int Cyrillic { get; private set; }

        public bool IsCyrillic => Cyrillic > 0;

        public void Letter(char c)
        {
            Letters++;
            if (c is >= '\u0600' and <= '\u06FF')
            {
                Arabic++;
                _foreign += c is 'پ' or 'چ' or 'ژ' or 'گ' or 'ٹ' or 'ڈ' or 'ڑ' or 'ں' or 'ے' or 'ہ' or 'ھ' or 'ی' or 'ک' or 'ې' or 'ۍ' or 'ڵ' or 'ێ' ? 1 : 0;
            }
            else if (c is >= '\u0400' and <= '\u04FF')
            {
                Cyrillic++;
                _russian += c is 'ы' or 'э' or 'ё' or 'Ы' or 'Э' or 'Ё' ? 1 : 0;
                _ukrainian += c is 'і' or 'ї' or 'є' or 'ґ' or 'І' or 'Ї' or 'Є' or 'Ґ' ? 1 : 0;
                _hard += c is 'ъ' or 'Ъ' ? 1 : 0;
                _foreign += c is 'ў' or 'Ў' or 'ј' or 'љ' or 'њ' or 'ћ' or 'ђ' or 'џ' or 'ѓ' or 'ќ' or 'ѕ' or 'Ј' or 'Љ' or 'Њ' or 'Ћ' or 'Ђ' or 'қ' or 'ә' or 'ғ' or 'ү' or 'ұ' or 'ө' or 'ң' or 'ҳ' or 'ҷ' ? 1 : 0;
            }
            else
            {
                _turkish += c is 'ğ' or 'ş' or 'ı' or 'Ğ' or 'Ş' or 'İ' ? 1 : 0;
                _foreign += c is 'ß' or 'ñ' or 'ã' or 'õ' or 'ø' or 'å' or 'ł' or 'ę' or 'ą' or 'ż' or 'ș' or 'ț' or 'ă' or 'ə' or 'ř' or 'ě' or 'ů' or 'ő' or 'ű' or 'đ' or 'ä' or 'ò' or 'ì' or 'Ə' ? 1 : 0;
            }
        }

        public void Word(ReadOnlySpan<char> word, bool isWhole)
        {
            Words++;
            Span<char> folded = stackalloc char[word.Length];
            ReadOnlySpan<char> small = folded[..Lexicons.Letters.Fold(word, folded)];
            if (!isWhole || small.Length == 0)
            {
                return;
            }

            if (Lexicons.Letters.IsArabic(small[0]))
            {
                _articles += small.Length > 3 && small.StartsWith("ال") ? 1 : 0;
                _arabicWords += LanguageOf.Arabic.GetAlternateLookup<ReadOnlySpan<char>>().Contains(small) ? 1 : 0;
            }
            else if ((small[0] is >= '\u0400' and <= '\u04FF' ? LanguageOf.Cyrillic : Latin).GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(small, out var languages))
            {
                foreach (var language in languages)
                {
                    _hits[language] = _hits.GetValueOrDefault(language) + 1;
                }
            }
        }

        /// <summary>A Persian or Urdu text has letters of its own in every line; a name or two of them may stand in an Arabic one.</summary>
        public bool IsArabic() => _foreign * 50 < Arabic && (_articles + _arabicWords) * 8 >= Words;

        public string OfCyrillic()
        {
            if (_foreign > 0 && _foreign * 200 >= Cyrillic)
            {
                return Undetermined;
            }

            // Bulgarian has the hard sign in every line, and never the Russian letters.
            if (_hard * 150 > Cyrillic && _russian == 0)
            {
                return Undetermined;
            }

            var (russian, ukrainian) = (Hits("ru") + _russian, Hits("uk") + _ukrainian);
            return _ukrainian > 3 * _russian && ukrainian > russian ? "uk"
                : _russian > 3 * _ukrainian && russian > ukrainian && Hits("ru") >= Hits("bg") ? "ru"
                : Undetermined;
        }

        public string OfLatin()
        {
            var (best, second) = (Undetermined, 0);
            var most = 0;
            foreach (var (language, hits) in _hits.OrderBy(h => h.Key, StringComparer.Ordinal))
            {
                if (hits > most)
                {
                    (best, second, most) = (language, most, hits);
                }
                else
                {
                    second = Math.Max(second, hits);
                }
            }

            // Turkish has few small words and many letters of its own.
            if (_turkish * 60 > Letters && _foreign * 200 < Letters && Hits("tr") >= Hits("az") && Hits("tr") * 3 >= Hits("ro"))
            {
                return "tr";
            }

            var isSure = most >= 2 && most * 100 >= Words * 12 && most * 10 >= second * 13 && _foreign * 100 < Letters;
            return isSure && best is "en" or "fr" ? best : Undetermined;
        }

        private int Hits(string language) => _hits.GetValueOrDefault(language);
    }
}
