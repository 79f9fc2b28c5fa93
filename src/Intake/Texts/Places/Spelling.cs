using System.Collections.Frozen;
using Safeconduct.Intake.Lexicons;

namespace Safeconduct.Intake.Texts.Places;

/// <summary>
/// Names of places as they are compared: Latin and Cyrillic letters as one skeleton of small Latin letters, in which the usual ways to write a name in another alphabet fall
/// together (ou and u, e and i, kh and h, doubled letters, signs above and below); and the consonants alone, since Arabic writes no short vowels. Only for comparing: what is
/// shown is what the text has.
/// </summary>
internal static class Spelling
{
    /// <summary>A longer word is no name of a place.</summary>
    public const int Longest = 40;

    private const string Cyrillic = "абвгдежзийклмнопрстуфхцчшщъыьэюя";

    private static readonly string[] OfCyrillic =
        ["a", "b", "v", "g", "d", "i", "j", "z", "i", "i", "k", "l", "m", "n", "u", "p", "r", "s", "t", "u", "f", "h", "c", "ch", "sh", "sh", "", "i", "", "i", "iu", "ia"];

    public static bool IsArabic(ReadOnlySpan<char> word) => !word.IsEmpty && Letters.IsArabic(word[0]);

    public static bool IsCyrillic(ReadOnlySpan<char> word) => !word.IsEmpty && word[0] is >= '\u0400' and <= '\u04FF';

    /// <summary>The skeleton of a word; of an Arabic one its letters in one form each. How many characters it wrote; 0 for a word that is too long. Room for twice the word is enough.</summary>
    public static int Full(ReadOnlySpan<char> word, Span<char> into)
    {
        if (word.Length > Longest)
        {
            return 0;
        }

        if (IsArabic(word))
        {
            return Letters.Fold(word, into);
        }

        var length = 0;
        foreach (var c in word)
        {
            foreach (var letter in LatinOf(c))
            {
                into[length++] = letter;
            }
        }

        return Collapsed(into[..length]);
    }

    /// <summary>The consonants of a word, in Latin letters.</summary>
    public static int Consonants(ReadOnlySpan<char> word, Span<char> into)
    {
        if (word.Length > Longest)
        {
            return 0;
        }

        var length = 0;
        if (IsArabic(word))
        {
            foreach (var c in word)
            {
                length = Put(into, length, ConsonantOf(c));
            }

            return length > 1 && into[length - 1] == 'h' && word[^1] is 'ه' or 'ة' ? length - 1 : length;
        }

        Span<char> full = stackalloc char[2 * Longest];
        foreach (var c in full[..Full(word, full)])
        {
            // A p is a b in Arabic; v is written with f or w, and so left to f.
            length = Put(into, length, c switch { 'a' or 'i' or 'u' => '\0', 'p' => 'b', 'v' => 'f', 'j' => 'g', _ => c });
        }

        // The ending -ah of a feminine name.
        return length > 1 && into[length - 1] == 'h' && word[^1] is 'h' or 'H' ? length - 1 : length;
    }

    private static int Put(Span<char> into, int length, char c)
    {
        if (c != '\0' && (length == 0 || into[length - 1] != c))
        {
            into[length++] = c;
        }

        return length;
    }

    private static char ConsonantOf(char c) => c switch
    {
        'ب' or 'پ' => 'b',
        'ت' or 'ث' or 'ط' => 't',
        'ج' or 'غ' or 'گ' => 'g',
        'ح' or 'خ' or 'ه' => 'h',
        'د' or 'ذ' or 'ض' => 'd',
        'ر' => 'r',
        'ز' or 'ظ' => 'z',
        'س' or 'ص' or 'ش' => 's',
        'ف' or 'ڤ' => 'f',
        'ق' or 'ك' or 'ک' => 'k',
        'ل' => 'l',
        'م' => 'm',
        'ن' => 'n',
        _ => '\0',
    };

    private static ReadOnlySpan<char> LatinOf(char c)
    {
        var small = char.ToLowerInvariant(c);
        if (small is >= 'a' and <= 'z' or >= '0' and <= '9')
        {
            return Ascii.AsSpan(Ascii.IndexOf(small, StringComparison.Ordinal), 1);
        }

        if (Cyrillic.IndexOf(small, StringComparison.Ordinal) is >= 0 and var at)
        {
            return OfCyrillic[at];
        }

        return small switch
        {
            'ё' or 'і' or 'ї' or 'є' or 'ı' => "i",
            'ґ' or 'ğ' => "g",
            'ў' => "u",
            'ş' or 'š' => "sh",
            'ç' or 'č' => "ch",
            'ø' => "u",
            'ł' => "l",
            'đ' => "d",
            'ß' => "s",
            'æ' => "a",
            'œ' => "u",
            _ when char.IsDigit(small) && Digits.Value(small) is >= 0 and var digit => Ascii.AsSpan(26 + digit, 1),
            _ when char.IsLetter(small) => Bare(small),
            _ => "",
        };
    }

    private const string Ascii = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Latin letters by the letter that they are without their sign: é, â, ö. Our own table, so that a name compares the same on every machine.</summary>
    private static readonly FrozenDictionary<char, char> Signed = new[]
    {
        "aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ",
        "bḃḅḇ",
        "cçćĉċčḉ",
        "dďḋḍḏḑḓ",
        "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ",
        "fḟ",
        "gĝğġģǧǵḡ",
        "hĥȟḣḥḧḩḫẖ",
        "iìíîïĩīĭįǐȉȋḭḯỉị",
        "jĵǰ",
        "kķǩḱḳḵ",
        "lĺļľḷḹḻḽ",
        "mḿṁṃ",
        "nñńņňǹṅṇṉṋ",
        "oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ",
        "pṕṗ",
        "rŕŗřȑȓṙṛṝṟ",
        "sśŝşšșṡṣṥṧṩ",
        "tţťțṫṭṯṱẗ",
        "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự",
        "vṽṿ",
        "wŵẁẃẅẇẉẘ",
        "xẋẍ",
        "yýÿŷȳẏẙỳỵỷỹ",
        "zźżžẑẓẕ",
    }.SelectMany(group => group.Skip(1).Select(c => (c, group[0]))).ToFrozenDictionary(pair => pair.c, pair => pair.Item2);

    private static ReadOnlySpan<char> Bare(char c) => Signed.TryGetValue(c, out var letter) ? Ascii.AsSpan(letter - 'a', 1) : c.ToString();

    /// <summary>In place: letters that stand for each other become one, pairs that write one sound become one letter, doubled letters one.</summary>
    private static int Collapsed(Span<char> letters)
    {
        var length = 0;
        for (var at = 0; at < letters.Length; at++)
        {
            var c = letters[at];
            var behind = at + 1 < letters.Length ? letters[at + 1] : '\0';
            if (behind == 'h' && c is 'k' or 's' or 'g' or 't' or 'd' or 'c' or 'z' or 'p')
            {
                // kh is h; sh, gh, th and dh are told from s, g, t and d by few who write them down.
                c = c switch { 'k' => 'h', 'z' => 'j', 'p' => 'f', _ => c };
                at++;
            }

            c = c switch { 'e' or 'y' => 'i', 'o' or 'w' => 'u', 'q' or 'x' => 'k', 'c' when behind != 'h' => 'k', _ => c };
            if (length > 0 && letters[length - 1] is 'a' && c is 'i' or 'u' && at + 1 < letters.Length)
            {
                // Deir and Dayr, Jauf and Jof.
                letters[length - 1] = c;
                continue;
            }

            if (length == 0 || letters[length - 1] != c)
            {
                letters[length++] = c;
            }
        }

        // Karamah and Karama.
        return length > 2 && letters[length - 1] == 'h' && letters[length - 2] == 'a' ? length - 1 : length;
    }
}
